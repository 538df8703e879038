"""Reading TBX: a million entries in one go, and the rate beside translate-toolkit's on the same file in the same run.

translate-toolkit builds a tree of the whole file; it is asked for what we give: of each entry the id and every term in
both languages with its status and notes. Rounds are taken in turn; CPU time, median of the rounds' ratios.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from benchmarks.cold import measure
from glossary.exchange.registry import Options, format_of
from glossary.exchange.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
MILLION = 1_000_000
SHARED = 30_000  # entries of the file that both read: the peer needs 7 MB for a thousand
ENTRY = """<termEntry id="c{0}">
<descrip type="subjectField">law</descrip>
<langSet xml:lang="en">
<descripGrp><descrip type="definition">a thing numbered {0}, for a measurement</descrip></descripGrp>
<tig><term>thing {0}</term><termNote type="partOfSpeech">noun</termNote>\
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
<tig><term>item {0}</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
</langSet>
<langSet xml:lang="zh-CN">
<tig><term>事物{0}</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
</langSet>
</termEntry>
"""


def make(path: Path, count: int) -> None:
    """A file of so many entries."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX" xml:lang="en"><martifHeader><fileDesc>')
        file.write("<sourceDesc><p>made</p></sourceDesc></fileDesc></martifHeader><text><body>\n")
        file.writelines(ENTRY.format(i) for i in range(count))
        file.write("</body></text></martif>\n")


def ours(file: BinaryIO) -> int:
    """Read with the library: concepts with all that they hold."""
    return sum(1 for _ in format_of("tbx").reader(file, Report("tbx", "read"), Options()))


def theirs(file: BinaryIO) -> int:
    """Read with translate-toolkit: ids, and terms with status and notes."""
    from translate.storage.tbx import tbxfile

    store = tbxfile(file, sourcelanguage="en", targetlanguage="zh-CN")
    return sum(1 for u in store.units if u.getid() and u.get_source_terms() and u.get_target_terms())


def main() -> None:
    """Print entries a second of both, the ratio, and time and memory for a million."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.tbx"
        make(path, MILLION)
        # first, because a process begins with the peak of the one that starts it
        wall, cpu, peak = measure([sys.executable, "-m", "benchmarks.tbx", str(path)])
        size = path.stat().st_size / 1e6
        print(f"{MILLION:,} entries, {size:.0f} MB: {wall:.0f} s, {cpu:.0f} s CPU, {peak:.0f} MB at most")
        path.unlink()
        path = Path(folder) / "shared.tbx"
        make(path, SHARED)
        times: dict[Callable[[BinaryIO], int], list[float]] = {ours: [], theirs: []}
        for _ in range(ROUNDS):
            for reader, spent in times.items():
                with path.open("rb") as file:
                    start = time.process_time()
                    found = reader(file)
                    spent.append(time.process_time() - start)
                if found != SHARED:
                    raise SystemExit(f"{reader.__name__} found {found} of {SHARED} entries")
    ratio = statistics.median(b / a for a, b in zip(times[ours], times[theirs], strict=True))
    print(f"{SHARED:,} entries, median of {ROUNDS}; translate-toolkit is asked for the same: ids, terms, status, notes")
    for reader, spent in times.items():
        print(f"  {reader.__name__:<8} {SHARED / statistics.median(spent):9,.0f} entries a second")
    print(f"  ratio    {ratio:9.1f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with open(sys.argv[1], "rb") as given:
            ours(given)
    else:
        main()
