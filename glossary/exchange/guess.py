"""Which format a file is: its content decides, its name only where the content leaves a choice."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.exchange.registry import FORMATS, Format, format_of

if TYPE_CHECKING:
    from typing import BinaryIO

HEAD = 8192
_OFFICE = {
    "xl/workbook.xml": "xlsx",
    "word/document.xml": "a Word document; save its table as .xlsx or .csv",
    "ppt/presentation.xml": "a presentation",
    "content.xml": "an OpenDocument file; save it as .xlsx or .csv",
}
_NOT_OURS = (
    (b"\xd0\xcf\x11\xe0", "an old .xls file, or one with a password; save it as .xlsx or .csv"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"7z\xbc\xaf", "packed with 7-Zip; unpack it first"),
    (b"Rar!", "packed with RAR; unpack it first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)


def guess(file: BinaryIO, name: str) -> Format:
    """The format of a file opened for bytes, which is left at its beginning. Raises InputError where it is none."""
    head = file.read(HEAD)
    file.seek(0)
    if not head.strip():
        raise InputError(f"{name}: is empty")
    if head.startswith(b"PK"):
        return _zip(file, name)
    if head.startswith(b"SQLite format 3\0"):
        return format_of("base")
    for mark, what in _NOT_OURS:
        if head.startswith(mark):
            raise InputError(f"{name}: is {what}")
    text = _text(head).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _xml(text, name)
    if text.startswith("{"):
        first, more = file.readline(2**22).rstrip(), file.read(1)
        file.seek(0)
        # the header of JSON Lines is a whole object, and something follows
        return format_of("jsonl" if name.lower().endswith(".jsonl") or (first.endswith(b"}") and more) else "json")
    low = name.lower()
    return format_of("tsv" if low.endswith((".tsv", ".tab", ".txt", ".utf8")) else "csv")


def _text(head: bytes) -> str:
    """The beginning as text, good enough to see what it is."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head.decode("utf-8", "replace")


def _zip(file: BinaryIO, name: str) -> Format:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise InputError(f"{name}: is a damaged or cut-off .xlsx (or other zip) file: {error}") from None
    finally:
        file.seek(0)
    for member, what in _OFFICE.items():
        if member in names:
            if what in FORMATS:
                return format_of(what)
            raise InputError(f"{name}: is {what}")
    raise InputError(f"{name}: is a zip archive, not a table; unpack it and name the file in it")


_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")


def _xml(text: str, name: str) -> Format:
    """TBX of either generation by its root element, which stands after comments and a DOCTYPE."""
    bare = re.sub(r"<!--.*?(-->|$)|<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>|<\?.*?\?>", "", text, flags=re.DOTALL)
    found = _ROOT.search(bare)
    root = found[1].lower() if found else ""
    wanted = {"tbx": ("tbx",), "martif": ("tbx2", "tbx-v2", "tbx")}.get(root, ())
    for one in wanted:
        if one in FORMATS and FORMATS[one].reads:
            return FORMATS[one]
    if root == "html":
        raise InputError(f"{name}: is a web page, not a table; save the table as .csv or .xlsx")
    readable = ", ".join(f.name for f in FORMATS.values() if f.reads)
    raise InputError(f"{name}: is XML with the root <{root or '?'}>; what can be read is {readable}")
