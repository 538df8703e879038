"""Entries out of a TBX file, one at a time, with nothing expanded, fetched or kept.

Expat reads; element names come out as those of the 2019 standard, without prefix. A DOCTYPE is passed over, but a file
that declares entities is refused: TBX needs none, and they are how a small file becomes a large one. There are limits
on depth, on the size of an entry and on the number of names, so that no file takes more memory than its entries need.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from glossary.errors import InputError
from glossary.exchange.tbx.names import CATEGORIES, ELEMENTS, OWN

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 14  # more is slower: what is made of a chunk should fit into the processor's cache
DEEPEST = 32  # TBX itself goes no deeper than twelve
LARGEST = 8 << 20  # bytes of one entry, or of the header
LONGEST = 1 << 20  # bytes of one tag or comment, which Expat must hold whole and looks through again with each chunk
MOST_NAMES = 2000  # different names of elements and attributes
LINE = " line"  # the attribute in which an entry's line is kept; no XML attribute can be called so

# what expat cannot read itself and Chinese files are declared as
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "ms936"), "gb18030"),
    **dict.fromkeys(("big5", "cp950", "big5-hkscs", "big5hkscs"), "big5hkscs"),
}
_WORDS = """
    tbx tbxHeader fileDesc titleStmt title encodingDesc p text body back conceptEntry langSec termSec termGrp term note
    admin adminGrp adminNote date descrip descripGrp ref refObject refObjectSec item termNote termNoteGrp transac
    transacGrp transacNote xref
"""
_PLAIN = {name: name for name in (*_WORDS.split(), *CATEGORIES)}
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)""")


class Stream:
    """A TBX file that is being read, called `name` in errors. What the header says is known with the first entry."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self.own = False  # whether notes carry fields of ours
        self.title = ""
        self._file = file
        self._root: Element | None = None
        self._body: Element | None = None
        self._stalled = 0
        self._names = 0

    def fault(self, line: int, message: str) -> InputError:
        """The error to raise for something at this line."""
        return InputError(f"{self.name}: line {line}: {message}")

    def entries(self) -> Iterator[Element]:
        """The entries as they come, each whole, with its line as attribute `LINE`; then the objects (`refObject`).

        Raises InputError where the file is not TBX, is broken, or breaks a limit.
        """
        chunk = self._file.read(CHUNK)
        if not chunk.strip():
            raise InputError(f"{self.name}: is empty")
        encoding, decoder = _encoding(chunk)
        parser = self._parser(encoding)
        fed = 0
        while True:
            final = not chunk
            try:
                given = decoder.decode(chunk, final).encode() if decoder else chunk
                fed += len(given)
                parser.Parse(given, final)
            except expat.ExpatError as error:
                raise self._broken(error) from None
            except UnicodeDecodeError as error:
                raise self.fault(parser.CurrentLineNumber, f"is not {error.encoding}, as its first line says") from None
            self._check(parser, len(chunk), fed)
            yield from self._drain(final)
            if final:
                break
            chunk = self._file.read(CHUNK)
        text = self._root.find("text") if self._root is not None else None
        if self._body is None and (text is None or len(text)):
            raise InputError(f"{self.name}: has no <body>, where the entries stand")

    def _parser(self, encoding: str | None) -> expat.XMLParserType:
        # Expat looks every name up here, which makes it the place to give old and prefixed names their plain form
        names = dict(ELEMENTS)
        parser = expat.ParserCreate(encoding, None, names)
        parser.buffer_text = True
        parser.specified_attributes = True  # not the defaults that a DOCTYPE may declare
        builder = TreeBuilder()
        build = builder.start

        def start(tag: str, attributes: dict[str, Any]) -> None:
            if tag == "conceptEntry":
                attributes[LINE] = parser.CurrentLineNumber
            build(tag, attributes)

        def root(tag: str, attributes: dict[str, Any]) -> None:
            prefixes = [name.removeprefix("xmlns:") for name in attributes if name.startswith("xmlns:")]
            names.update({f"{p}:{name}": plain for p in prefixes for name, plain in (ELEMENTS | _PLAIN).items()})
            if names.get(tag, tag) != "tbx":
                raise self.fault(
                    parser.CurrentLineNumber, f"the root element is <{tag[:40]}>; TBX has <tbx> or <martif>"
                )
            self._root = build("tbx", attributes)
            self._names = len(names)
            parser.StartElementHandler = start

        def entity(name: str, *_: object) -> None:
            raise self.fault(
                parser.CurrentLineNumber,
                f"the DOCTYPE declares the entity {name[:40]!r}; TBX needs none: take the declarations out",
            )

        def skipped(name: str, *_: object) -> None:
            raise self.fault(parser.CurrentLineNumber, f"&{name[:40]}; is not defined; write the character itself")

        parser.StartElementHandler = root
        parser.EndElementHandler = builder.end
        parser.CharacterDataHandler = builder.data
        parser.EntityDeclHandler = entity
        parser.SkippedEntityHandler = skipped
        return parser

    def _check(self, parser: expat.XMLParserType, size: int, fed: int) -> None:
        """Hold the limits, which are looked at once a chunk."""
        line = parser.CurrentLineNumber
        depth, element = 1, self._root
        while element is not None and len(element):
            depth, element = depth + 1, element[-1]
        if depth > DEEPEST and element is not None:
            raise self.fault(line, f"<{element.tag[:40]}> stands {depth} levels deep; {DEEPEST} are read")
        if fed - parser.CurrentByteIndex > LONGEST:
            raise self.fault(line, f"a tag or comment is longer than {LONGEST >> 20} MB")
        self._stalled += size
        if self._stalled > LARGEST:
            raise self.fault(line, f"an entry is larger than {LARGEST >> 20} MB")
        if len(parser.intern) > self._names + MOST_NAMES:
            raise self.fault(line, f"more than {MOST_NAMES} different names of elements and attributes")

    def _drain(self, final: bool) -> Iterator[Element]:
        """Entries and, behind them, works that are complete: all but the last, which may go on. They are let go."""
        if self._body is None and not self._find_body():
            return
        root, body = self._root, self._body
        assert root is not None
        assert body is not None
        done = body[:] if final else body[:-1]
        del body[: len(done)]
        above = root.find("text")
        after = above[-1] if above is not None and len(above) else body
        while after is not body and after.tag != "refObject" and len(after):
            done += after[:] if final else after[:-1]
            last = after[-1]
            del after[:-1]
            after = last
        if done:
            self._stalled = 0
        for element in done:
            if element.tag == "conceptEntry":
                yield element
            else:
                yield from element.iter("refObject")

    def _find_body(self) -> bool:
        root = self._root
        if root is None:
            return False
        self._body = root.find("body") if root.find("body") is not None else root.find("text/body")
        if self._body is None:
            return False
        self.own = any(p.get("type") == OWN for p in root.iterfind("tbxHeader/encodingDesc/p"))
        self.title = root.findtext("tbxHeader/fileDesc/titleStmt/title") or ""
        return True

    def _broken(self, error: expat.ExpatError) -> InputError:
        """What is wrong with the XML, in words."""
        if self._root is None:
            return self.fault(error.lineno, f"is not XML: {expat.ErrorString(error.code)}")
        element = self._root
        while len(element):
            element = element[-1]
        inside = element.tag[:40]
        if error.code in _ENDS:
            return self.fault(error.lineno, f"the file ends in the middle, in or after <{inside}>")
        reason = expat.ErrorString(error.code)
        if error.code == _TOKEN:
            reason += " (a stray < or &, or another encoding than the first line says)"
        return self.fault(error.lineno, f"is not well-formed XML, in or after <{inside}>: {reason}")


_ENDS = {
    expat.errors.codes[name]
    for name in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


def _encoding(head: bytes) -> tuple[str | None, codecs.IncrementalDecoder | None]:
    """The encoding to tell expat (None: let it see for itself), and a decoder where it needs help."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")):
        return None, None
    found = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
    declared = found[1].decode("ascii").casefold() if found else "utf-8"
    if declared in _CODECS:
        return "utf-8", codecs.getincrementaldecoder(_CODECS[declared])()
    if declared in ("utf8", "utf-16", "utf-16le", "utf-16be", "unicode"):  # what some programs write above UTF-8
        return "utf-8", None
    return None, None
