"""Speed of the check: the evaluation pairs again and again, as 10,000 sentence pairs and as two long texts."""

from __future__ import annotations

import time

from benchmarks.check_quality import pairs
from glossary import Glossary

PAIRS = 10_000


def main() -> None:
    """Print how long 10,000 sentence pairs take, given as pairs and as two texts to be aligned."""
    glossary = Glossary.open()
    known = pairs()
    lines = [{**known[i % len(known)], "id": str(i)} for i in range(PAIRS)]
    glossary.check_lines(lines[:100])
    start = time.process_time()
    glossary.check_lines(lines)
    print(f"{PAIRS:,} sentence pairs: {time.process_time() - start:.1f} s of CPU")
    source = "".join(line["zh"] for line in lines)
    target = " ".join(line["en"] for line in lines)
    start = time.process_time()
    glossary.check(source, target)
    print(f"the same as two texts, aligned: {time.process_time() - start:.1f} s of CPU")


if __name__ == "__main__":
    main()
