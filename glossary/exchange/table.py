"""CSV and TSV, both ways. What the columns are is told in `table_columns`, what rows are in `table_rows`."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary.exchange.table_columns import SAMPLE, TITLE_ROWS, find_columns, role_of, start_of
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
    yield from concepts_of(numbered(file, report, options), report, options)


def numbered(file: BinaryIO, report: Report, options: Options) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row of a table. Raises InputError as `read`."""
    encoding = encoding_of(file, options.name)
    if encoding not in ("utf-8", "utf-8-sig"):
        report.say(f"read as {encoding}")
    text = io.TextIOWrapper(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    try:
        sample = _lines(text, options.name)
        first = list(itertools.islice(sample, SAMPLE))
        dialect = _Dialect(first, options)
        if dialect.delimiter != options.more.get("delimiter", ","):
            report.say(f"columns parted by {DELIMITERS.get(dialect.delimiter, repr(dialect.delimiter))}")
        yield from _rows(itertools.chain(first[dialect.skip :], sample), dialect, options.name)
    finally:
        text.detach()


def concepts_of(rows: Iterator[tuple[int, list[str]]], report: Report, options: Options) -> Iterator[Concept]:
    """The concepts of the numbered rows of one table."""
    filled = (row for row in rows if any(c.strip() for c in row[1]))
    sample = list(itertools.islice(filled, SAMPLE))
    if not sample:
        raise InputError(f"{options.name}: holds no rows")
    start = start_of([cells for _, cells in sample])
    if start:
        report.say(f"the first {start} rows are taken for a title")
    columns = find_columns([cells for _, cells in sample[start:]], options.name, report)
    reader = RowReader(columns, report, options)
    yield from reader.concepts(itertools.chain(sample[start + columns.header :], filled))


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines of a text. Raises InputError that names the line where it cannot be read on."""
    number = 0
    try:
        for line in text:
            number += 1
            if "\0" in line:
                raise InputError(f"{name}: line {number}: holds a NUL character; this is no text")
            yield line
    except UnicodeDecodeError:
        raise InputError(f"{name}: begins as {text.encoding} but breaks after line {number}") from None


def _rows(lines: Iterable[str], dialect: _Dialect, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row; lines at the top that begin with # are remarks."""
    quoting: Any = csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE
    taken: list[str] = []  # the lines of the row at hand
    last: list[str] = []
    rows = csv.reader(_kept(lines, taken), delimiter=dialect.delimiter, quoting=quoting)
    top = True
    try:
        for cells in rows:
            last = taken[:]
            taken.clear()
            top = top and bool(cells) and cells[0].startswith("#") and not role_of(cells[0])
            if not top:
                yield rows.line_num + dialect.skip, cells
        _closed(last, dialect.delimiter, quoting)
    except _Unclosed:
        line = rows.line_num + dialect.skip - len(last) + 1
        raise InputError(f"{name}: line {line}: a quotation mark is opened there and never closed") from None
    except csv.Error as error:
        line = rows.line_num + dialect.skip
        raise InputError(f"{name}: line {line}: {error}; is a quotation mark missing?") from None


class _Unclosed(Exception):
    """The file ends within quotation marks: what follows them was swallowed."""


def _kept(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _closed(last: list[str], delimiter: str, quoting: Any) -> None:
    """Raise _Unclosed where the last row ends within quotation marks, over which the reader passes silently."""
    try:
        for _ in csv.reader(last, delimiter=delimiter, quoting=quoting, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _Unclosed from None


class _Dialect:
    """How the cells of a table are parted, told by its first lines: the sign that gives a header we know, else the
    one that gives the most even rows.

    Raises InputError where no sign gives two columns and the lines are too long to be terms.
    """

    def __init__(self, lines: list[str], options: Options) -> None:
        self.skip = 0
        told = _TOLD.match(lines[0]) if lines else None
        if told:  # how Excel is told
            self.skip, self.delimiter = 1, told[1]
        else:
            self.delimiter = _delimiter(lines, options)
        self.quoted = self.delimiter != "\t" or _quotes(lines)


_TOLD = re.compile(r"\ufeff?sep=(.)\s*$", re.IGNORECASE)


def _quotes(lines: list[str]) -> bool:
    """Whether quotation marks in a TSV file enclose cells, as Excel writes it, rather than being part of the text."""
    whole = max((i for i in range(len(lines) + 1) if "".join(lines[:i]).count('"') % 2 == 0), default=0)
    try:
        for _ in csv.reader(lines[: whole if whole > len(lines) // 2 else None], delimiter="\t", strict=True):
            pass
    except csv.Error:
        return False
    return True


def _delimiter(lines: list[str], options: Options) -> str:
    expected = options.more.get("delimiter", ",")
    best: tuple[tuple[int, float, bool], str] = ((0, 0.0, False), "")
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
        known = max(len({role_of(c) for c in row} - {""}) for row in rows[:TITLE_ROWS])
        found = (known if known > 1 else 0, round(even, 2), sign == expected)
        if (known > 1 or even >= 0.5) and found > best[0]:
            best = found, sign
    if best[1]:
        return best[1]
    filled = [line for line in lines if line.strip()]
    if sum(len(line) > _PROSE for line in filled) * 2 > len(filled):
        raise InputError(f"{options.name}: is no table: nothing parts its lines into columns")
    return expected
