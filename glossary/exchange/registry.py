"""The formats that there are, by name; their modules are imported when one is used."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from glossary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary.exchange.report import Report
    from glossary.model import Concept, Source


@dataclass(slots=True)
class Found:
    """What a reader meets beside concepts: cited works by key, new codes of the closed lists, retired ids, facts."""

    sources: dict[str, Source] = field(default_factory=dict)
    vocabulary: dict[str, dict[str, Any]] = field(default_factory=dict)
    retired: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)  # title, licence, date


@dataclass(frozen=True, slots=True)
class Options:
    """How to write, or to read. `script` is hans, hant or both; `source_of` gives a cited work by its key.

    `name` is what errors call the file that is read; a reader puts what is no concept into `found`.
    `traditional` says that the concepts are those of one text in traditional characters, with the forms of its region.
    `sources` and `retired` are what a format that holds a whole base writes beside the concepts.
    """

    script: str = "hans"
    title: str = ""
    date: str = ""  # ISO; given by the caller so that the same base gives the same file
    licence: str = ""
    source_of: Callable[[str], Source | None] = lambda _: None
    vocabulary: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)  # what only one format knows (dialect=linguist …)
    name: str = "the file"
    found: Found = field(default_factory=Found)
    sources: Mapping[str, Source] = field(default_factory=dict)
    retired: Mapping[str, Any] = field(default_factory=dict)
    traditional: bool = False


class Reader(Protocol):
    """Takes concepts out of a file as a stream, in constant memory where the format allows it.

    It says what the file says: what the file leaves open stays empty (`Concept.id`, `kind`, `status`, a term's `use`
    and `pinyin`; `ZhTerm.text` where only a traditional form is given, or the traditional form in `text`), codes stand
    as they are written there. `exchange.complete` supplies the rest, alike for every format.
    """

    def __call__(self, file: BinaryIO, report: Report, options: Options) -> Iterator[Concept]:
        """Yield the concepts of a file opened for reading bytes (it can be sought in).

        Raises InputError that names the file (`options.name`), the line or element, and the field.
        """
        ...


class Writer(Protocol):
    """Writes concepts to a file as they come, in constant memory where the format allows it."""

    def __call__(self, concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
        """Write the concepts to a file opened for writing bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `module` (in this package) has `read`, `write` or both, and takes `variant` in `options.more`."""

    name: str
    title: str
    extension: str  # with the dot
    media_type: str
    module: str
    reads: bool = False
    writes: bool = True
    variant: Mapping[str, str] = field(default_factory=dict)
    held_to: str = ""  # the program or schema that tests hold it to
    cannot: str = ""  # what it has no place for, in words

    @property
    def reader(self) -> Reader:
        """The function that reads it. Raises InputError where the format is only written."""
        if not self.reads:
            raise InputError(f"{self.name} can be written but not read")
        reader: Reader = import_module(f"glossary.exchange.{self.module}").read
        return reader

    @property
    def writer(self) -> Writer:
        """The function that writes it. Raises InputError where the format is only read."""
        if not self.writes:
            raise InputError(f"{self.name} can be read but not written")
        writer: Writer = import_module(f"glossary.exchange.{self.module}").write
        return writer


_TBX_CANNOT = "who uses a rendering, kind, status of the entry, literal gloss, years: as notes `key: value`"
_ALL: tuple[Format, ...] = (
    Format(
        "csv",
        "CSV table",
        ".csv",
        "text/csv",
        "table",
        reads=True,
        variant={"delimiter": ","},
        held_to="Python's csv; LibreOffice opens it",
        cannot="what has no column, unless asked for (columns=all)",
    ),
    Format(
        "tsv",
        "TSV table",
        ".tsv",
        "text/tab-separated-values",
        "table",
        reads=True,
        variant={"delimiter": "\t"},
        held_to="Python's csv",
        cannot="what has no column, unless asked for (columns=all)",
    ),
    Format(
        "xlsx",
        "Excel workbook",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        reads=True,
        held_to="openpyxl; LibreOffice opens it",
        cannot="what has no column, unless asked for (columns=all); cells over 32,767 characters",
    ),
    Format(
        "json",
        "Our JSON, whole",
        ".json",
        "application/json",
        "lossless",
        reads=True,
        held_to="its own JSON Schema; the curated base there and back is the same",
        cannot="nothing is lost",
    ),
    Format(
        "jsonl",
        "Our JSON Lines, whole, for bases of any size",
        ".jsonl",
        "application/jsonl",
        "lossless",
        reads=True,
        variant={"lines": "yes"},
        held_to="the same schema, a concept a line",
        cannot="nothing is lost",
    ),
    Format(
        "base",
        "Compiled base, to join two or take over an old one",
        ".db",
        "application/vnd.sqlite3",
        "compiled",
        reads=True,
        writes=False,
        held_to="our own: import makes one",
        cannot="nothing is lost",
    ),
    Format(
        "omegat",
        "OmegaT glossary",
        ".txt",
        "text/plain",
        "omegat",
        held_to="OmegaT 3.6: read and matched by it",
        cannot="domains, relations, sources; fields within the comment",
    ),
    Format(
        "deepl",
        "DeepL glossary",
        ".tsv",
        "text/tab-separated-values",
        "deepl",
        held_to="the service's rules: one target a source, no control characters, 1,024 bytes a term, 10 MiB",
        cannot="anything but one target for each source",
    ),
    Format(
        "jieba",
        "jieba user dictionary",
        ".txt",
        "text/plain",
        "jieba",
        held_to="jieba 0.42: loads it and keeps every form whole",
        cannot="English; forms with blanks or punctuation",
    ),
    Format(
        "spacy",
        "spaCy patterns",
        ".jsonl",
        "application/jsonl",
        "spacy",
        held_to="spaCy 3.8: EntityRuler and SpanRuler find every term",
        cannot="which term is preferred; definitions, sources",
    ),
    Format(
        "yomitan",
        "Yomitan dictionary",
        ".zip",
        "application/zip",
        "yomitan",
        held_to="its schemas, version 3",
        cannot="forms of more than 16 characters are not found by hovering",
    ),
    Format(
        "anki",
        "Anki package",
        ".apkg",
        "application/octet-stream",
        "anki",
        held_to="Anki's own library: imports it, and a later edition as an update",
        cannot="relations, kinds, review",
    ),
    Format(
        "anki-tsv",
        "Anki table",
        ".txt",
        "text/plain",
        "anki",
        variant={"as": "table"},
        held_to="Anki's own library: imports it, over the package too",
        cannot="as the package; card templates",
    ),
    Format(
        "prompt",
        "glossary for a prompt",
        ".txt",
        "text/plain",
        "prompt",
        cannot="definitions (but of forms with several meanings), sources, relations",
    ),
    Format(
        "prompt-json",
        "glossary for a prompt, JSON",
        ".json",
        "application/json",
        "prompt",
        variant={"as": "json"},
        cannot="as the text",
    ),
    Format(
        "tbx",
        "TBX-Basic (ISO 30042:2019)",
        ".tbx",
        "application/x-tbx",
        "tbx",
        reads=True,
        variant={"dialect": "basic"},
        held_to="the public schemas of 2019 and 2023 and their rules",
        cannot=f"{_TBX_CANNOT}; pinyin: as a note",
    ),
    Format(
        "tbx-linguist",
        "TBX-Linguist (ISO 30042:2019), with pinyin",
        ".tbx",
        "application/x-tbx",
        "tbx",
        reads=True,
        variant={"dialect": "linguist"},
        held_to="the public schemas of 2019 and 2023 and their rules",
        cannot=_TBX_CANNOT,
    ),
    Format(
        "tbx2",
        "TBX-Basic (ISO 30042:2008)",
        ".tbx",
        "application/x-tbx",
        "tbx",
        reads=True,
        variant={"dialect": "2008"},
        held_to="translate-toolkit",
        cannot=f"{_TBX_CANNOT}; pinyin: as a note",
    ),
    Format(
        "jsonld",
        "JSON-LD (SKOS and schema.org)",
        ".jsonld",
        "application/ld+json",
        "jsonld",
        held_to="rdflib",
        cannot="who uses a rendering, kinds of term, literal gloss; relations beyond broader, part and successor",
    ),
)
FORMATS: dict[str, Format] = {f.name: f for f in _ALL}


def format_of(name: str) -> Format:
    """The format with this name. Raises InputError that lists what there is."""
    found = FORMATS.get(name.lower())
    if found is None:
        raise InputError(f"there is no format {name!r}; there are {', '.join(FORMATS)}")
    return found
