"""Excel workbooks, both ways; the rows are those of a CSV file. openpyxl lives here."""

from __future__ import annotations

import datetime
import re
import zipfile
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError, MissingPart
from glossary.exchange.table import concepts_of
from glossary.exchange.table_columns import role_of
from glossary.exchange.table_write import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept

LARGEST = 2 * 1024**3  # bytes of all parts unpacked
MOST = 200  # times that a part may grow when it is unpacked; sheets of terms grow some 10 times
MOST_ROWS = 1_048_575  # of a sheet, below its header
LONGEST_CELL = 32_767  # characters that a cell can hold
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {"zh": 22, "hant": 22, "pinyin": 26, "en": 36, "definition": 50, "note": 40, "source": 40}


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingPart("XLSX needs the package openpyxl: pip install 'zh-en-glossary[xlsx]'") from None
    return openpyxl


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write a workbook with one sheet; every cell is text, the header stays in view and can be filtered."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    with Rows(concepts, report, options) as rows:
        sheet, count = None, 0
        header = [_cell(name, "header", report) for name in rows.header]
        for cells in rows:
            if sheet is None or count == MOST_ROWS:
                sheet, count = _sheet(openpyxl, book, header), 0
            sheet.append([_cell(c, name, report) if c else None for c, name in zip(cells, header, strict=True)])
            count += 1
        if sheet is None:
            _sheet(openpyxl, book, header)
    book.save(file)


def _sheet(openpyxl: Any, book: Any, header: list[str]) -> Any:
    sheet = book.create_sheet("terms" if not book.worksheets else f"terms {len(book.worksheets) + 1}")
    sheet.freeze_panes = "A2"
    for i, name in enumerate(header, 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(i)].width = _WIDTHS.get(name, 12)
    bold = openpyxl.styles.Font(bold=True)
    cells = []
    for name in header:
        cell = openpyxl.cell.WriteOnlyCell(sheet, name)
        cell.font = bold
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _cell(text: str, column: str, report: Report) -> str:
    """A cell's text: spreadsheets cannot hold some control characters, nor more than 32,767 of any."""
    out = text if text.isprintable() else _UNWRITABLE.sub("", text)
    if len(out) > LONGEST_CELL:
        report.note("shortened", f"{column}: a cell holds at most {LONGEST_CELL:,} characters", out[:30])
        out = out[:LONGEST_CELL]
    return out


def read(file: BinaryIO, report: Report, options: Options) -> Iterator[Concept]:
    """Read every sheet that has a header we know, or the first one; formulas count with their last value.

    Raises InputError where the file is no workbook, is damaged, or unpacks to far more than it should.
    """
    openpyxl = _openpyxl()
    _guard(file, options.name)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged file
        raise InputError(f"{options.name}: is a damaged or cut-off workbook: {error}") from None
    try:
        found = 0
        sheets = [s for s in book.worksheets if hasattr(s, "iter_rows")]
        for sheet in sheets:
            rows = _numbered(sheet, options.name)
            first = next((r for r in rows if any(r[1])), None)
            if first is None:
                continue
            if found and not any(map(role_of, first[1])):
                report.note("dropped", "sheets without a header", sheet.title)
                continue
            found += 1
            if len(sheets) > 1:
                report.say(f"sheet {sheet.title!r} read")
            yield from concepts_of(_again(first, rows), report, options)
        if not found:
            raise InputError(f"{options.name}: holds no rows")
    finally:
        book.close()


def numbered(file: BinaryIO, name: str) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each row of the first sheet that has any. Raises InputError as `read`."""
    openpyxl = _openpyxl()
    _guard(file, name)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged file
        raise InputError(f"{name}: is a damaged or cut-off workbook: {error}") from None
    try:
        for sheet in (s for s in book.worksheets if hasattr(s, "iter_rows")):
            rows = _numbered(sheet, name)
            first = next((r for r in rows if any(r[1])), None)
            if first is not None:
                yield from _again(first, rows)
                return
    finally:
        book.close()


def _again(first: tuple[int, list[str]], rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rows


def _numbered(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [_text(c) for c in cells]
    except InputError:
        raise
    except Exception as error:  # as above
        raise InputError(f"{name}: sheet {sheet.title!r} is damaged or cut off: {error}") from None


def _text(value: Any) -> str:
    """What a cell shows, or near it: whole numbers without a point, days without a time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _guard(file: BinaryIO, name: str) -> None:
    """Refuse archives that unpack to far more than a table would, and XML that defines entities."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if sum(p.file_size for p in parts) > LARGEST:
                raise InputError(f"{name}: unpacks to more than {LARGEST // 2**30} GB; it is not opened")
            for part in parts:
                if part.file_size > MOST * max(part.compress_size, 1) and part.file_size > 2**20:
                    raise InputError(f"{name}: {part.filename} grows more than {MOST} times; it is not opened")
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as xml:
                        if b"<!DOCTYPE" in xml.read(4096).upper():
                            raise InputError(f"{name}: {part.filename} has a DOCTYPE; no spreadsheet writes one")
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{name}: is a damaged or cut-off .xlsx file: {error}") from None
    finally:
        file.seek(0)
