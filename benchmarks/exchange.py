"""Exports of the curated base, and the import of a large table: time, and memory at its height.

The large table is made of compounds of two dictionary words (realistic lengths, not real terms). Each import runs in a
process of its own, so that its memory is its own.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.scale import concepts
from glossary import Glossary

ROWS = 1_000_000
_IMPORT = """
import json, resource, sys, time
from glossary import Glossary
start, cpu = time.perf_counter(), time.process_time()
report = Glossary([]).import_(sys.argv[1], sys.argv[2], dry_run=sys.argv[3] == "dry run")
print(json.dumps({**report.as_dict(), "seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu,
                  "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def main(rows: int = ROWS) -> None:
    exports()
    imports(rows)


def exports() -> None:
    glossary = Glossary.open()
    print(f"exports of {len(glossary):,} concepts (target: under 2 s each)")
    with tempfile.TemporaryDirectory() as folder:
        for name, form in glossary.formats().items():
            if not form.writes:
                continue
            path = Path(folder) / f"base{form.extension}"
            spent = []
            for _ in range(3):
                start, cpu = time.perf_counter(), time.process_time()
                glossary.export(name, path)
                spent.append((time.perf_counter() - start, time.process_time() - cpu))
            wall, cpu = min(spent)
            print(f"  {name:<13} {wall:5.2f} s  ({cpu:.2f} s of CPU)  {path.stat().st_size / 1e6:6.1f} MB")


def imports(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "large.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["id", "zh", "pinyin", "en"])
            for n, concept in enumerate(concepts(rows)):
                out.writerow([f"r{n}", concept.zh[0].text, concept.zh[0].pinyin, concept.en[0].text])
        print(f"\nimport of a CSV file of {rows:,} rows, {table.stat().st_size / 1e6:.0f} MB")
        for what in ("dry run", "new base", "once more"):  # a dry run is everything but compiling
            run = subprocess.run(
                [sys.executable, "-c", _IMPORT, str(table), str(Path(folder) / "large.db"), what],
                capture_output=True,
                text=True,
                check=True,
            )
            told = json.loads(run.stdout)
            counts = f"{told['added']:,} added, {told['unchanged']:,} unchanged"
            print(f"  {what:<10} {told['seconds']:6.0f} s ({told['cpu']:.0f} s of CPU), {told['mb']:,.0f} MB; {counts}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
