"""CSV and TSV, both ways. What the columns are is told in `table_columns`, what rows are in `table_rows`."""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.exchange.table_columns import SAMPLE, find_columns, role_of
from glossary.exchange.table_rows import RowReader
from glossary.exchange.table_write import Rows
from glossary.text.decode import encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "vertical bar"}
LONGEST_CELL = 1_000_000  # characters
_PROSE = 80  # characters; a line longer than this in the only column is no term


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write a table in UTF-8 (with `bom=yes` marked as such, for Excel), lines ended as RFC 4180 asks."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if options.more.get("bom") == "yes" else "utf-8", newline="")
    out = csv.writer(text, delimiter=options.more.get("delimiter", ","))
    with Rows(concepts, report, options) as rows:
        out.writerow(rows.header)
        out.writerows(rows)
    text.flush()
    text.detach()


def read(file: BinaryIO, report: Report, options: Options) -> Iterator[Concept]:
    """Read a table in any common encoding and with any common delimiter; see `table_rows`.

    Raises InputError that names the line where it is no table.
    """
    encoding = encoding_of(file, options.name)
    if encoding not in ("utf-8", "utf-8-sig"):
        report.say(f"read as {encoding}")
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    try:
        delimiter = _delimiter(text, options)
        if delimiter != options.more.get("delimiter", ","):
            report.say(f"columns parted by {DELIMITERS.get(delimiter, repr(delimiter))}")
        text.seek(0)
        rows = _numbered(text, delimiter, options.name)
        yield from concepts_of(rows, report, options)
    except UnicodeDecodeError as error:
        raise InputError(f"{options.name}: begins like {encoding} but breaks at byte {error.start}") from None
    finally:
        text.detach()


def concepts_of(rows: Iterator[tuple[int, list[str]]], report: Report, options: Options) -> Iterator[Concept]:
    """The concepts of the numbered rows of one table."""
    filled = (row for row in rows if any(c.strip() for c in row[1]))
    sample = list(itertools.islice(filled, SAMPLE))
    if not sample:
        raise InputError(f"{options.name}: holds no rows")
    columns = find_columns([cells for _, cells in sample], options.name, report)
    reader = RowReader(columns, report, options)
    rest = itertools.chain(sample[1:] if columns.header else sample, filled)
    yield from reader.concepts(rest)


def _numbered(text: io.TextIOWrapper, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row; lines at the top that begin with # are remarks."""
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(_without_nul(text, name), delimiter=delimiter, strict=False)
    top = True
    try:
        for cells in rows:
            top = top and bool(cells) and cells[0].startswith("#") and not role_of(cells[0])
            if not top:
                yield rows.line_num, cells
    except csv.Error as error:
        raise InputError(f"{name}: line {rows.line_num}: {_explained(str(error))}") from None


def _without_nul(text: Iterable[str], name: str) -> Iterator[str]:
    for number, line in enumerate(text, 1):
        if "\0" in line:
            raise InputError(f"{name}: line {number}: holds a NUL character; this is no text")
        yield line


def _explained(error: str) -> str:
    if "field larger" in error:
        return f"a cell of more than {LONGEST_CELL:,} characters; is a quotation mark missing?"
    return error


def _delimiter(text: io.TextIOWrapper, options: Options) -> str:
    """What parts the columns: the sign that gives a header we know, else the most even rows.

    Raises InputError where no sign gives two columns and the lines are too long to be terms.
    """
    lines = list(itertools.islice(text, SAMPLE))
    expected = options.more.get("delimiter", ",")
    best: tuple[tuple[int, float, bool], str] = ((0, 0.0, False), "")
    csv.field_size_limit(LONGEST_CELL)
    for sign in DELIMITERS:
        try:
            rows = [r for r in csv.reader(lines, delimiter=sign) if any(r)]
        except csv.Error:
            continue
        widths = [len(r) for r in rows]
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=lambda w: (widths.count(w), w))
        even = widths.count(usual) / len(widths) if usual > 1 else 0.0
        known = len({role_of(c) for c in rows[0]} - {""})
        found = (known if known > 1 else 0, round(even, 2), sign == expected)
        if (known > 1 or even >= 0.5) and found > best[0]:
            best = found, sign
    if best[1]:
        return best[1]
    filled = [line for line in lines if line.strip()]
    if sum(len(line) > _PROSE for line in filled) * 2 > len(filled):
        raise InputError(f"{options.name}: is no table: nothing parts its lines into columns")
    return expected
