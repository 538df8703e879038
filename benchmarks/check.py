"""Speed of the check: the evaluation pairs again and again, as 10,000 sentence pairs and as two long texts.

And how well texts are aligned: documents of 25 pairs drawn at random, in one paragraph, some of whose sentences have no
translation and some of which run together with the next; the share of the translated ones that come beside their own.
"""

from __future__ import annotations

import random
import time

from benchmarks.check_quality import FILE, PROSE, pairs
from glossary import Glossary

PAIRS = 10_000
DOCUMENTS, SENTENCES = 60, 25
LEFT_OUT, RUN_TOGETHER = 0.06, 0.06


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
    right, wanted = alignment(glossary)
    print(f"aligned: {right} of {wanted} sentences beside their translation ({right / wanted:.1%})")


def alignment(glossary: Glossary) -> tuple[int, int]:
    """(how many translated sentences were laid beside their translation, how many there are)."""
    single = [
        (line["zh"], line["en"])
        for file in (FILE, PROSE)
        for line in pairs(file)
        if line["zh"].endswith("。") and line["zh"].count("。") == 1
        if line["en"].endswith(".") and ". " not in line["en"]
    ]
    draw = random.Random(7)
    right = wanted = 0
    for _ in range(DOCUMENTS):
        source = target = ""
        places = []
        for zh, en in draw.sample(single, SENTENCES):
            chance = draw.random()
            begin = len(source), len(target)
            source += zh[:-1] + "，" if LEFT_OUT <= chance < LEFT_OUT + RUN_TOGETHER else zh
            if chance >= LEFT_OUT:
                target += en + " "
                places.append((begin[0], len(source), begin[1], len(target) - 1))
        beads = glossary.check(source, target).beads
        wanted += len(places)
        right += sum(any(a <= p and q <= b and c <= r and s <= d for a, b, c, d in beads) for p, q, r, s in places)
    return right, wanted


if __name__ == "__main__":
    main()
