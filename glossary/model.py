"""What a concept is: frozen records without any I/O. `msgspec.structs.replace` gives one with fields changed.

A concept holds designations in two languages, each with its status and its evidence (after ISO 704, ISO 10241-1
and TBX). The same plain-dictionary form is used in the term files and in compiled bases; `concept_from` and
`concept_to` convert.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

Remainder = tuple[tuple[str, str], ...]

RELATIONS = (
    "broader",
    "related",
    "contrast",
    "part_of",
    "predecessor",
    "issued_by",
    "made_by",
    "used_in",
    "located_in",
    "concerns",
)
SYMMETRIC = frozenset({"related", "contrast"})


class Reference(Struct, frozen=True, gc=False):
    """Where something stands: a cited work and a place in it."""

    cite: str
    page: str = ""
    note: tuple[int, ...] = ()
    section: str = ""
    article: str = ""
    entry: str = ""
    url: str = ""
    accessed: str = ""

    @property
    def locator(self) -> str:
        """The place in words: `p. 20, notes 44, 60`."""
        parts = []
        if self.page:
            parts.append(("pp. " if any(c in self.page for c in "–-,") else "p. ") + self.page)
        if self.note:
            parts.append(("note " if len(self.note) == 1 else "notes ") + ", ".join(map(str, self.note)))
        if self.section:
            parts.append(f"section {self.section}")
        if self.article:
            parts.append(f"art. {self.article}")
        if self.entry:
            parts.append(f"s.v. {self.entry}")
        return ", ".join(parts)


class ZhTerm(Struct, frozen=True, gc=False):
    """A Chinese designation. `text` is simplified, `trad` traditional, `pinyin` by word with tone marks.

    `remainder` keeps, as (name, value), what an imported file said of it and this model has no field for.
    """

    text: str
    pinyin: str = ""
    use: str = "preferred"
    trad: str = ""
    type: str = ""
    region: str = ""
    pinyin_tw: str = ""
    years: str = ""
    note: str = ""
    proposed: bool = False
    sources: tuple[Reference, ...] = ()
    remainder: Remainder = ()


class EnTerm(Struct, frozen=True, gc=False):
    """An English rendering. `register` says who uses it; `proposed` that the rendering is ours.

    `remainder` is as in `ZhTerm`.
    """

    text: str
    use: str = "preferred"
    abbr: str = ""
    register: tuple[str, ...] = ()
    region: str = ""
    pos: str = ""
    years: str = ""
    note: str = ""
    proposed: bool = False
    sources: tuple[Reference, ...] = ()
    remainder: Remainder = ()


class Definition(Struct, frozen=True, gc=False):
    """A definition in one or both languages, and where its facts come from."""

    en: str = ""
    zh: str = ""
    sources: tuple[Reference, ...] = ()


class Relation(Struct, frozen=True, gc=False):
    """A link to another concept, stored on one side; the inverse is derived when a base is compiled."""

    type: str
    target: str
    note: str = ""


class Concept(Struct, frozen=True, gc=False):
    """One concept: everything that one idea is called, with evidence. The preferred designations stand first.

    `remainder` keeps, as (name, value), what an imported file said of it and this model has no field for.
    """

    id: str
    kind: str
    domains: tuple[str, ...]
    zh: tuple[ZhTerm, ...]
    en: tuple[EnTerm, ...]
    status: str = "draft"
    reviewed: str = ""
    literal: str = ""
    definition: Definition = Definition()
    note: str = ""
    relations: tuple[Relation, ...] = ()
    sources: tuple[Reference, ...] = ()
    remainder: Remainder = ()

    @property
    def label(self) -> str:
        """`情绪识别 · emotion recognition`."""
        return " · ".join(t[0].text for t in (self.zh, self.en) if t)

    def references(self) -> list[Reference]:
        """Every reference of the entry, its terms and its definition, in that order."""
        out = [*self.sources, *self.definition.sources]
        for zh in self.zh:
            out.extend(zh.sources)
        for en in self.en:
            out.extend(en.sources)
        return out


class Source(Struct, frozen=True, gc=False):
    """A cited work; `title_en` and `authors_en` are the English of a Chinese work's own."""

    cite: str
    type: str
    title: str
    title_en: str = ""
    title_zh: str = ""
    authors: tuple[str, ...] = ()
    authors_en: tuple[str, ...] = ()
    container: str = ""
    container_en: str = ""
    publisher: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    lang: str = ""
    url: str = ""
    accessed: str = ""
    licence: str = ""
    note: str = ""
    cited_in: tuple[Reference, ...] = ()

    @property
    def short_name(self) -> str:
        """How the work is called in passing: its author or maker, and the year."""
        authors = self.authors_en or self.authors
        year = self.date[:4]
        if self.type in ("dictionary", "termbase", "law", "treaty", "standard"):
            name = self.title_en or self.title
        elif authors:
            name = authors[0] + (" and " + authors[1] if len(authors) == 2 else " et al." if len(authors) > 2 else "")
        else:
            name = self.container_en or self.container or self.publisher or self.title_en or self.title
        return f"{name} {year}" if year and year not in name else name


class Topic(Struct, frozen=True, gc=False):
    """One file of the term folder: its name in both languages and the ids of its concepts in order."""

    path: str
    zh: str
    en: str
    ids: tuple[str, ...]


def places(references: Iterable[Reference]) -> str:
    """The places of several references to one work, joined: `pp. 15, 23–24, notes 21, 44`."""
    references = list(references)
    pages = sorted({p.strip() for r in references for p in r.page.split(",") if p.strip()}, key=_page_order)
    notes = sorted({n for r in references for n in r.note})
    parts = []
    if pages:
        parts.append(("pp. " if len(pages) > 1 or re.search("[–-]", pages[0]) else "p. ") + ", ".join(pages))
    if notes:
        parts.append(("notes " if len(notes) > 1 else "note ") + ", ".join(map(str, notes)))
    for name, sign in (("section", "section"), ("article", "art."), ("entry", "s.v.")):
        values = dict.fromkeys(v for r in references if (v := getattr(r, name)))
        if values:
            parts.append(f"{sign} {', '.join(values)}")
    return ", ".join(parts)


def _page_order(page: str) -> tuple[int, int, str]:
    numbers = [int(n) for n in re.findall(r"\d{1,9}", page)]
    return (numbers[0] if numbers else 0, numbers[-1] if numbers else 0, page)


def reference_from(data: dict[str, Any]) -> Reference:
    """Build a reference from its plain form; `note` may be one number or a list."""
    note = data.get("note", ())
    rest: dict[str, Any] = {k: str(v) for k, v in data.items() if k != "note"}
    return Reference(note=(note,) if isinstance(note, int) else tuple(note), **rest)


def _references(data: Any) -> tuple[Reference, ...]:
    return tuple(reference_from(r) for r in data or ())


def _remainder(data: dict[str, Any]) -> Remainder:
    return tuple((name, value) for name, value in data.get("remainder", ()))


def zh_from(data: dict[str, Any]) -> ZhTerm:
    """Build a Chinese term from its plain form."""
    return ZhTerm(**{**data, "sources": _references(data.get("sources")), "remainder": _remainder(data)})


def en_from(data: dict[str, Any]) -> EnTerm:
    """Build an English term from its plain form."""
    lists = {
        "register": tuple(data.get("register", ())),
        "sources": _references(data.get("sources")),
        "remainder": _remainder(data),
    }
    return EnTerm(**{**data, **lists})


def concept_from(id: str, data: dict[str, Any]) -> Concept:
    """Build a concept from the plain form used in term files and compiled bases; the form must be valid."""
    definition = data.get("definition", {})
    relations = []
    for kind in RELATIONS:
        for item in data.get(kind, ()):
            to, note = (item, "") if isinstance(item, str) else (item["to"], item.get("note", ""))
            relations.append(Relation(kind, to, note))
    return Concept(
        id=id,
        kind=data["kind"],
        domains=tuple(data["domains"]),
        zh=tuple(map(zh_from, data["zh"])),
        en=tuple(map(en_from, data["en"])),
        status=data.get("status", "draft"),
        reviewed=str(data.get("reviewed", "")),
        literal=data.get("literal", ""),
        note=data.get("note", ""),
        definition=Definition(
            definition.get("en", ""), definition.get("zh", ""), _references(definition.get("sources"))
        ),
        relations=tuple(relations),
        sources=_references(data.get("sources")),
        remainder=_remainder(data),
    )


def source_from(cite: str, data: dict[str, Any]) -> Source:
    """Build a cited work from its plain form."""
    fields: dict[str, Any] = {k: str(v) for k, v in data.items()}
    for name in ("authors", "authors_en"):
        fields[name] = tuple(data.get(name, ()))
    fields["cited_in"] = _references(data.get("cited_in"))
    return Source(cite=cite, **fields)


def plain(record: Any) -> dict[str, Any]:
    """A record as plain data for JSON: tuples as lists, nested records too, fields left out that are as by default."""
    out: dict[str, Any] = {}
    names = record.__struct_fields__
    required = len(names) - len(record.__struct_defaults__)
    for at, name in enumerate(names):
        value = getattr(record, name)
        if isinstance(value, tuple):
            value = [plain(v) if isinstance(v, Struct) else v for v in value]
        elif isinstance(value, Struct):
            value = plain(value)
        if at < required or value not in ("", False, None, [], {}):
            out[name] = value
    return out


def _terms(terms: tuple[ZhTerm, ...] | tuple[EnTerm, ...], names: tuple[str, ...]) -> list[dict[str, Any]]:
    out = []
    for term in terms:
        data: dict[str, Any] = {}
        for name in names:
            value = getattr(term, name)
            if value:
                data[name] = list(value) if name == "register" else value
        if term.sources:
            data["sources"] = [plain(r) for r in term.sources]
        if term.remainder:
            data["remainder"] = [list(pair) for pair in term.remainder]
        out.append(data)
    return out


_ZH = tuple(n for n in ZhTerm.__struct_fields__ if n not in ("sources", "remainder"))
_EN = tuple(n for n in EnTerm.__struct_fields__ if n not in ("sources", "remainder"))


def concept_to(concept: Concept) -> dict[str, Any]:
    """The plain form of a concept, as `concept_from` takes it (the id is the caller's key).

    Written out by hand: a million concepts go through it when a large base is compiled.
    """
    out: dict[str, Any] = {
        "kind": concept.kind,
        "domains": list(concept.domains),
        "status": concept.status,
        "zh": _terms(concept.zh, _ZH),
        "en": _terms(concept.en, _EN),
    }
    for name in ("reviewed", "literal", "note"):
        value = getattr(concept, name)
        if value:
            out[name] = value
    definition = plain(concept.definition) if concept.definition != _NO_DEFINITION else {}
    if definition:
        out["definition"] = definition
    if concept.sources:
        out["sources"] = [plain(r) for r in concept.sources]
    for relation in concept.relations:
        item = {"to": relation.target, "note": relation.note} if relation.note else relation.target
        out.setdefault(relation.type, []).append(item)
    if concept.remainder:
        out["remainder"] = [list(pair) for pair in concept.remainder]
    return out


_NO_DEFINITION = Definition()
