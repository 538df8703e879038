"""TBX out: TBX-Basic and TBX-Linguist of 2019, and TBX-Basic of 2008 for programs that know only that.

What is written stays within what the public schemas of both their generations accept. Categories come as attributes
(DCA), which more programs read. Fields for which TBX has no category become notes `key: value`; the header says so.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from html import escape
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO

from glossary.errors import InputError
from glossary.exchange.tbx import kept
from glossary.exchange.tbx.kept import plain
from glossary.exchange.tbx.names import (
    CONCEPT_KEYS,
    OWN,
    TERM_KEYS,
    WRITTEN_POS,
    WRITTEN_TYPES,
    WRITTEN_USE,
    items_of,
    name_of,
    place_of,
    reference_of,
)
from glossary.text.script import to_simplified, to_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, EnTerm, Reference, Source, ZhTerm

IN_MEMORY = 16 << 20  # bytes of entries that are held in memory before they go to a temporary file


@dataclass(frozen=True, slots=True)
class _Dialect:
    type: str
    root: str
    header: str
    entry: str
    lang: str
    term: str
    objects: str
    hans: str
    hant: str
    categories: dict[str, tuple[str, str, str]]


_2019 = ("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec", "refObjectSec", "zh-Hans", "zh-Hant")
# programs of that generation know languages with a country
_2008 = ("martif", "martifHeader", "termEntry", "langSet", "tig", "refObjectList", "zh-CN", "zh-TW")
DIALECTS = {
    "basic": _Dialect("TBX-Basic", *_2019, kept.BASIC),
    "linguist": _Dialect("TBX-Linguist", *_2019, kept.LINGUIST),
    "2008": _Dialect("TBX-Basic", *_2008, kept.BASIC),
}


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write concepts as TBX; `options.more["dialect"]` is basic (as without it), linguist or 2008.

    Memory grows by the ids only; entries wait in a temporary file, because whether a relation leads to a concept of
    this file is known at the end.
    """
    name = options.more.get("dialect", "basic")
    if name not in DIALECTS:
        raise InputError(f"there is no TBX dialect {name!r}; there are {', '.join(DIALECTS)}")
    writer = _Writer(DIALECTS[name], report, options)
    seen: set[str] = set()
    with SpooledTemporaryFile(IN_MEMORY) as spool:
        for concept in concepts:
            if concept.id in seen:
                report.note("refused", "second concept with this id", concept.id)
                continue
            entry = writer.entry(concept)
            if entry:
                seen.add(concept.id)
                spool.write(entry.encode())
                report.concepts += 1
        missing = {name_of(id) for id in writer.wanted - seen}
        spool.seek(0)
        file.write(writer.head(bool(seen)).encode())
        if missing:
            for line in spool:
                if not line.startswith(_REF) or line.split(b'"', 4)[3].decode() not in missing:
                    file.write(line)
                else:
                    target = line.split(b'"', 4)[3].decode()
                    report.note("dropped", "relation to a concept that is not in the file", target)
        else:
            shutil.copyfileobj(spool, file)
        file.write(writer.foot(bool(seen)).encode())


_REF = b'<ref type="crossReference" target="'


class _Writer:
    """Writes one file; entries are asked for one by one."""

    def __init__(self, dialect: _Dialect, report: Report, options: Options) -> None:
        self._dialect, self._report, self._options = dialect, report, options
        self._works: dict[str, Source] = {}
        self._unknown: set[str] = set()  # keys of works that the base has no record of
        self.wanted: set[str] = set()
        self._id = ""
        self._domains = options.vocabulary.get("domains", {})

    # the frame

    def head(self, any_entry: bool) -> str:
        """All before the entries."""
        d, options = self._dialect, self._options
        title = options.title or "Chinese–English term base"
        about = filter(None, (title, options.date and f"as of {options.date}", options.licence))
        style = ' style="dca"' if d.root == "tbx" else ""
        space = ' xmlns="urn:iso:std:iso:30042:ed-2"' if d.root == "tbx" else ""
        schema = "" if d.root == "tbx" else '<p type="XCSURI">TBXBasicXCSV02.xcs</p>\n'
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<{d.root} type="{d.type}"{style} xml:lang="en"{space}>\n<{d.header}>\n<fileDesc>\n'
            f"<titleStmt><title>{plain(title)}</title></titleStmt>\n"
            f"<sourceDesc>{''.join(f'<p>{plain(a)}</p>' for a in about)}</sourceDesc>\n</fileDesc>\n"
            f'<encodingDesc>\n{schema}<p type="{OWN}">Notes that begin with a key and a colon hold what TBX has no '
            f"category for: {', '.join(dict.fromkeys(CONCEPT_KEYS + TERM_KEYS))}.</p>\n</encodingDesc>\n"
            f"</{d.header}>\n<text>\n"
        ) + ("<body>\n" if any_entry else "")

    def foot(self, any_entry: bool) -> str:
        """All behind the entries: the cited works."""
        d = self._dialect
        out = ["</body>\n"] if any_entry else []
        if self._works:
            out.append(f'<back>\n<{d.objects} type="bibl">\n')
            for cite, work in sorted(self._works.items()):
                items = "".join(f'<item type="{name}">{plain(text)}</item>' for name, text in items_of(work))
                out.append(f'<refObject id="{_work_id(cite)}">{items}</refObject>\n')
                if work.cited_in:
                    self._report.note("dropped", "works in which a work is cited", cite)
            out.append(f"</{d.objects}>\n</back>\n")
        out.append(f"</text>\n</{d.root}>\n")
        return "".join(out)

    # an entry

    def entry(self, concept: Concept) -> str:
        """One entry, or "" where the concept has no term in a script that is written."""
        d = self._dialect
        self._id = concept.id
        if not (concept.zh or concept.en):
            self._report.note("refused", "concept without a Chinese or English term", concept.id)
            return ""
        own, parts = kept.sections(concept.remainder)
        sections: list[tuple[str, list[str], list[str]]] = []  # tag, what is said of it, its terms
        for tag, terms in self._chinese(concept.zh):
            said = [] if sections else self._part(concept, "zh", parts)
            sections.append((tag, said, terms))
        if concept.en:
            terms = [t for term in concept.en for t in self._english(term)]
            sections.append(("en", self._part(concept, "en", parts), terms))
        homeless = [x for x, terms in (("zh", concept.zh), ("en", concept.en)) if not terms]
        about = self._about(concept, homeless)
        for tag, pairs in parts.items():
            found = kept.foreign(pairs, d.categories)
            if found is None:
                own += [(f"{tag}/{name}", value) for name, value in pairs]
            else:
                sections.append((tag, found[0], [self._section(t, more) for t, more in found[1]]))
        about += kept.elements(own, "c", d.categories)
        lines = [f'<{d.entry} id="{name_of(concept.id)}">', *about]
        for tag, said, terms in sections:
            lines += [f'<{d.lang} xml:lang="{tag}">', *said, *terms, f"</{d.lang}>"]
        lines.append(f"</{d.entry}>\n")
        return "\n".join(lines)

    def _part(self, concept: Concept, lang: str, parts: dict[str, list[tuple[str, str]]]) -> list[str]:
        """What is said of the concept in one language; it is taken out of `parts`."""
        return self._definition(concept, lang) + kept.elements(parts.pop(lang, ()), "l", self._dialect.categories)

    def _about(self, concept: Concept, homeless: list[str]) -> list[str]:
        """What is said of the concept itself; also definitions in languages in which it has no term."""
        out = []
        for domain in concept.domains:
            label = self._domains.get(domain, {}).get("en", domain)
            out.append(f'<descrip type="subjectField">{plain(label)}</descrip>')
        for lang in homeless:
            out += self._definition(concept, lang, f' xml:lang="{lang if lang == "en" else self._dialect.hans}"')
        status = ", ".join(filter(None, (concept.status, concept.reviewed)))
        for key, value in (("kind", concept.kind), ("status", status), ("literal", concept.literal)):
            out += self._key(key, value)
        out += self._note(concept.note, CONCEPT_KEYS)
        for relation in concept.relations:
            self.wanted.add(relation.target)
            if relation.type != "related":
                self._report.note("changed", "relation type: in the text of a cross-reference", concept.id)
            text = f"{relation.type}: {relation.note}" if relation.note else relation.type
            out.append(f'<ref type="crossReference" target="{name_of(relation.target)}">{plain(text)}</ref>')
        out += self._sources(concept.sources)
        if name_of(concept.id) != concept.id:
            self._report.note("changed", "id: as an XML name", concept.id)
        return out

    def _definition(self, concept: Concept, lang: str, attribute: str = "") -> list[str]:
        definition = concept.definition
        text = definition.en if lang == "en" else definition.zh
        if not text:
            if definition.sources and not (definition.en or definition.zh) and lang == "en":
                self._report.note("dropped", "sources of a definition that is missing", concept.id)
            return []
        found = f'<descrip type="definition"{attribute}>{plain(text)}</descrip>'
        if not definition.sources:
            return [found]
        return [f"<descripGrp>{found}{''.join(self._sources(definition.sources))}</descripGrp>"]

    # terms

    def _chinese(self, terms: Sequence[ZhTerm]) -> list[tuple[str, list[str]]]:
        """(language tag, term sections) of each script that is asked for."""
        if not terms:
            return []
        script, d = self._options.script, self._dialect
        out = []
        if script != "hant":
            out.append((d.hans, [self._zh(t, t.text or to_simplified(t.trad), whole=True) for t in terms]))
        if script != "hans":
            traditional = [t.trad or to_traditional(t.text, t.region) for t in terms]
            whole = script == "hant"
            out.append((d.hant, [self._zh(t, f, whole=whole) for t, f in zip(terms, traditional, strict=True)]))
        for term in terms:
            if script == "hans" and term.trad and term.trad not in (to_traditional(term.text), term.text):
                self._report.note("dropped", "traditional form", self._id)
            elif script == "hant" and to_simplified(term.trad or term.text) != term.text:
                self._report.note("dropped", "simplified form", self._id)
        return out

    def _zh(self, term: ZhTerm, form: str, *, whole: bool) -> str:
        notes = [_term_note("administrativeStatus", WRITTEN_USE.get(term.use, ""))]
        notes.append(_term_note("termType", WRITTEN_TYPES.get(term.type, "")))
        if term.type == "slogan":
            self._report.note("changed", "type slogan: as phrase", self._id)
        notes.append(_term_note("geographicalUsage", term.region))
        about = self._reading("pinyin", term.pinyin, "Hanyu Pinyin")
        about += self._reading("pinyin (Taiwan)", term.pinyin_tw, "Hanyu Pinyin, Taiwan")
        if whole:
            about += self._said(term)
        return self._section(form, [*notes, *about])

    def _english(self, term: EnTerm) -> list[str]:
        notes = [_term_note("partOfSpeech", WRITTEN_POS.get(term.pos, ""))]
        notes.append(_term_note("administrativeStatus", WRITTEN_USE.get(term.use, "")))
        notes.append(_term_note("termType", "phrase" if term.pos == "phrase" else ""))
        notes.append(_term_note("geographicalUsage", term.region))
        about = self._key("part of speech", term.pos if term.pos == "name" else "")
        about += self._key("used by", ", ".join(term.register))
        about += self._said(term)
        out = [self._section(term.text, [*notes, *about])]
        if term.abbr:
            kind = "acronym" if term.abbr.isupper() else "abbreviation"
            use = "admitted" if term.use == "preferred" else term.use
            said = [_term_note("administrativeStatus", WRITTEN_USE.get(use, "")), _term_note("termType", kind)]
            self._report.note("changed", "abbreviation: as a term of its own", self._id)
            out.append(self._section(term.abbr, [*said, f"<note>abbreviation of: {plain(term.text)}</note>"]))
        return out

    def _said(self, term: ZhTerm | EnTerm) -> list[str]:
        """What Chinese and English terms have alike; kept term notes come first, as the schema wants them."""
        more = kept.elements(term.remainder, "t", self._dialect.categories)
        out = [e for e in more if e.startswith("<termNote")]
        out += self._key("rendering", "proposed" if term.proposed else "")
        out += self._key("years", term.years)
        out += self._note(term.note, TERM_KEYS)
        out += self._sources(term.sources)
        return out + [e for e in more if not e.startswith("<termNote")]

    def _section(self, term: str, said: Iterable[str]) -> str:
        """A term with what is said of it; term notes first."""
        if _CONTROL.search(term):
            self._report.note("changed", "control characters: left out", self._id)
        parts = sorted(filter(None, said), key=lambda e: not e.startswith("<termNote"))
        tag = self._dialect.term
        return f"<{tag}><term>{plain(term)}</term>{''.join(parts)}</{tag}>"

    # parts

    def _reading(self, key: str, value: str, note: str) -> list[str]:
        if not value:
            return []
        if "reading" not in self._dialect.categories:
            return self._key(key, value)
        return [
            f'<adminGrp><admin type="reading">{plain(value)}</admin>'
            f'<adminNote type="readingNote">{note}</adminNote></adminGrp>'
        ]

    def _key(self, key: str, value: str) -> list[str]:
        """A field of ours for which TBX has no category."""
        if not value:
            return []
        self._report.note("changed", f"{key}: as a note", self._id)
        return [f"<note>{key}: {plain(value)}</note>"]

    def _note(self, value: str, keys: tuple[str, ...]) -> list[str]:
        if not value:
            return []
        key, colon, _ = value.partition(": ")
        return [f"<note>{'note: ' if colon and key in keys else ''}{plain(value)}</note>"]

    def _sources(self, references: Iterable[Reference]) -> list[str]:
        out = []
        for reference in references:
            place = place_of(reference)
            if reference_of(place) != reference:
                self._report.note("changed", "place in a source: as plain text", self._id)
            cite = reference.cite
            if cite not in self._works and cite not in self._unknown:
                work = self._options.source_of(cite)
                if work is None:
                    self._unknown.add(cite)
                else:
                    self._works[cite] = work
            target = f' target="{_work_id(cite)}"' if cite in self._works else ""
            out.append(f'<admin type="source"{target}>{plain(place)}</admin>')
        return out


_CONTROL = re.compile("[\x00-\x1f\ufffe\uffff\ud800-\udfff]")


def _work_id(cite: str) -> str:
    return escape("work-" + name_of("w" + cite)[1:])


def _term_note(category: str, value: str) -> str:
    return f'<termNote type="{category}">{plain(value)}</termNote>' if value else ""
