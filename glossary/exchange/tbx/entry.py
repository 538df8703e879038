"""An entry of a TBX file → a concept. What the file leaves open stays empty; what has no field of ours is kept.

Kept things are (name, value) pairs: the name is the category (`context`), of a concept's part in a language with that
language before it (`zh/transactionType`), and what hangs on a thing follows it (`context source`). The module `kept`
turns them into elements again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary.exchange import words
from glossary.exchange.tbx import names
from glossary.exchange.tbx.pieces import GROUPS, category_of, first_of, pairs, text
from glossary.exchange.tbx.stream import LINE
from glossary.exchange.tbx.term import Term
from glossary.model import RELATIONS, Concept, Definition, EnTerm, Reference, Relation, ZhTerm

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from glossary.exchange.report import Report
    from glossary.exchange.tbx.pieces import Pairs

_HAN = re.compile("[\u3400-\u9fff]")
_language_of = lru_cache(500)(words.language_of)
_NO_DEFINITION = Definition()


class Entry:
    """Reads one entry. `own` says that notes of the form `key: value` carry fields of ours."""

    kind = status = reviewed = literal = note = definition_en = definition_zh = ""
    cited: tuple[Reference, ...] = ()  # of the definition
    sources: tuple[Reference, ...] = ()
    domains: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    readings: tuple[list[str], ...] = ()

    def __init__(self, element: Element, report: Report, own: bool) -> None:
        self._element, self._report, self._own = element, report, own
        self.id = names.id_of(element.get("id") or "")
        self._hans: list[Term] = []
        self._hant: list[Term] = []
        self._en: list[Term] = []

    @property
    def where(self) -> str:
        """The place of the entry in the file, for reports."""
        return f"line {self._element.get(LINE)}" + (f" ({self.id})" if self.id else "")

    def concept(self) -> Concept | None:
        """The concept, or None where the entry has no Chinese and no English term."""
        for child in self._element:
            if child.tag == "langSec":
                self._section(child)
            else:
                self._about(child, "")
        if not (self._hans or self._hant or self._en):
            self._report.note("refused", "entry without a Chinese or English term", self.where)
            return None
        for readings in self.readings:
            self._take_readings(readings)
        definition = _NO_DEFINITION
        if self.definition_en or self.definition_zh:
            definition = Definition(self.definition_en, self.definition_zh, tuple(dict.fromkeys(self.cited)))
        return Concept(
            self.id,
            self.kind,
            self.domains,
            self._chinese(),
            self._english(),
            self.status,
            self.reviewed,
            self.literal,
            definition,
            self.note,
            self.relations,
            self.sources,
            self.kept,
        )

    # sections

    def _section(self, section: Element) -> None:
        tag = section.get("xml:lang") or section.get("lang") or ""
        lang, script, region = _language_of(tag)
        if lang not in ("zh", "en"):
            self._foreign(section, tag or "und")
        elif script == "Latn":
            self.readings += ([text(t) for t in section.iter("term")],)
        else:
            terms = self._en if lang == "en" else self._hant if script == "Hant" else self._hans
            # zh-CN says how it is written more than where it is used; so does zh-TW in a file of ours
            region = "" if self._own or region == "CN" or region not in names.CODES else region
            for child in section:
                if child.tag == "termSec":
                    term = Term(child, lang, region, self._own)
                    if term.text and not term.kept and not term.definitions:
                        terms.append(term)
                    else:
                        self._remarkable(term, terms)
                else:
                    self._about(child, lang)

    def _remarkable(self, term: Term, terms: list[Term]) -> None:
        """A term of which there is something to say in the report, or to the concept."""
        for definition in term.definitions:
            self._definition(definition, first_of(definition), term.lang)
        for name, _ in term.kept if not term.abbreviates else ():
            self._report.note("kept", name, self.where)
        if term.text:
            terms.append(term)
        else:
            self._report.note("refused", "empty term", self.where)

    def _foreign(self, section: Element, tag: str) -> None:
        """A section in another language is kept whole."""
        self._report.note("kept", f"language {tag[:20]}", self.where)
        for child in section:
            for part in child if child.tag == "termSec" else (child,):
                self.kept += tuple([(f"{tag}/{name}", value) for name, value in self._pairs(part)])

    def _take_readings(self, readings: list[str]) -> None:
        """A section in Latin letters gives the readings of the Chinese terms in their order."""
        terms = self._hans or self._hant
        if len(readings) == len(terms) and not any(t.pinyin for t in terms):
            for term, reading in zip(terms, readings, strict=True):
                term.pinyin = reading
        else:
            self._report.note("kept", "language zh-Latn", self.where)
            self.kept += tuple([("zh-Latn/term", r) for r in readings])

    def _chinese(self) -> tuple[ZhTerm, ...]:
        """Simplified and traditional forms of the same term are brought together."""
        hans, hant = self._hans, self._hant
        if not hant:
            return tuple([t.zh() for t in hans])
        if not hans:
            return tuple([t.zh(t.text, only=True) for t in hant])
        if self._own and len(hans) == len(hant):
            return tuple([s.zh(t.text) for s, t in zip(hans, hant, strict=True)])
        from glossary.text.script import to_simplified

        left = [(to_simplified(t.text), t) for t in hant]
        out = []
        for term in hans:
            same = next((pair for pair in left if pair[0] == term.text), None)
            if same is not None:
                left.remove(same)
                term.take(same[1])
            out.append(term.zh(same[1].text if same else ""))
        return (*out, *(t.zh(t.text, only=True) for _, t in left))

    def _english(self) -> tuple[EnTerm, ...]:
        short = {t.abbreviates: t.text for t in self._en if t.abbreviates}
        if not short:
            return tuple([t.en() for t in self._en])
        full = {t.text for t in self._en if not t.abbreviates}
        return tuple([t.en(short.get(t.text, "")) for t in self._en if t.abbreviates not in full])

    # what is said of the concept, or of its part in one language

    def _about(self, element: Element, lang: str) -> None:
        first = first_of(element) if element.tag in GROUPS else element
        read = _READ.get(first.get("type") or category_of(first))
        if read is None or (lang and read is not Entry._definition):
            self._keep(element, f"{lang}/" if lang else "")
        else:
            read(self, element, first, lang)

    def _keep(self, element: Element, prefix: str = "") -> None:
        found = self._pairs(element)
        if found:
            self._report.note("kept", prefix + found[0][0], self.where)
            self.kept += tuple([(prefix + name, value) for name, value in found])

    def _pairs(self, element: Element) -> Pairs:
        found = pairs(element)
        if self._own and found and found[0][0] == "note" and found[0][1].startswith("also: "):
            return [names.pair_of(found[0][1].removeprefix("also: "))]
        return found

    def _domain(self, element: Element, first: Element, lang: str) -> None:
        domain = text(first)
        if domain and domain not in self.domains:
            self.domains += (domain,)

    def _definition(self, element: Element, first: Element, lang: str) -> None:
        """A definition; the language is that of its text, which is not always that of its section."""
        found = text(first)
        said = lang or _language_of(first.get("xml:lang") or "").lang
        han = 0 if found.isascii() else len(_HAN.findall(found))
        if said == "zh":
            told = "zh" if han or not re.search("[A-Za-z]{3}", found) else "en"
        else:
            told = "zh" if han * 3 > len(found) else "en"
        if getattr(self, f"definition_{told}"):
            self._keep(element, f"{told}/")
            return
        if lang and told != lang:
            self._report.note("changed", f"definition in {told} that stands in the section {lang}", self.where)
        setattr(self, f"definition_{told}", found)
        for child in element if element.tag in GROUPS else ():
            if category_of(child) == "source":
                self.cited += (names.reference_of(text(child)),)
            elif child is not first:
                self.kept += tuple([(f"{told}/definition {name}", value) for name, value in pairs(child)])

    def _source(self, element: Element, first: Element, lang: str) -> None:
        self.sources += (names.reference_of(text(first)),)

    def _relation(self, element: Element, first: Element, lang: str) -> None:
        target = first.get("target") or ""
        if not target or target.startswith(("http:", "https:")):
            self._keep(element)
            return
        kind, note = names.RELATIONS[category_of(first)], text(first)
        if self._own:
            code, _, rest = note.partition(": ")
            kind, note = (code, rest) if code in RELATIONS else (kind, note)
        self.relations += (Relation(kind, names.id_of(target), note),)

    def _remark(self, element: Element, first: Element, lang: str) -> None:
        said = text(first)
        key, colon, value = said.partition(": ")
        if self._own and colon and key in _OWN:
            _OWN[key](self, value)
        elif self.note:
            self._keep(element)
        else:
            self.note = said

    def _own_status(self, value: str) -> None:
        self.status, _, self.reviewed = value.partition(", ")


_READ: dict[str, Callable[[Entry, Element, Element, str], None]] = {
    **dict.fromkeys(names.DOMAIN_CATEGORIES, Entry._domain),
    **dict.fromkeys(names.DEFINITION_CATEGORIES, Entry._definition),
    **dict.fromkeys(names.RELATIONS, Entry._relation),
    "source": Entry._source,
    "note": Entry._remark,
}


def _sets(name: str) -> Callable[[Entry, str], None]:
    return lambda entry, value: setattr(entry, name, value)


_OWN: dict[str, Callable[[Entry, str], None]] = {
    "kind": _sets("kind"),
    "status": Entry._own_status,
    "literal": _sets("literal"),
    "note": _sets("note"),
    "also": lambda entry, value: setattr(entry, "kept", (*entry.kept, names.pair_of(value))),
}
