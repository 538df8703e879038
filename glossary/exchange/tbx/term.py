"""A term section of a TBX file → a designation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary.exchange import words
from glossary.exchange.tbx import names
from glossary.exchange.tbx.pieces import GROUPS, category_of, first_of, pairs, text
from glossary.model import EnTerm, ZhTerm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from glossary.exchange.tbx.pieces import Pairs
    from glossary.model import Reference

_use_of = lru_cache(500)(words.use_of)
_pos_of = lru_cache(500)(words.pos_of)
_ONLY_GROUP = frozenset(("termGrp", "termNoteGrp"))
_GROUPS = GROUPS | _ONLY_GROUP
_LATIN = re.compile("[A-Za-zÀ-ǿḿ]")


class Term:
    """A designation while its section is read; what the section leaves open stays as it is here.

    `own` says that notes of the form `key: value` carry fields of ours. `definitions` are those that stand with the
    term, where the standard wants none; `abbreviates` is the full form of an abbreviation of a file of ours.
    """

    text = use = pinyin = pinyin_tw = type = pos = note = years = abbreviates = ""
    proposed = False
    register: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    definitions: tuple[Element, ...] = ()

    def __init__(self, section: Element, lang: str, region: str, own: bool) -> None:
        self.lang, self.region, self.own = lang, region, own
        self._read(section)

    def _read(self, section: Iterable[Element], opened: bool = False) -> None:
        for part in section:
            tag = part.tag
            if tag == "term":
                self.text = text(part)
                continue
            said = part
            if tag in _GROUPS:
                if tag in _ONLY_GROUP and not opened:
                    # they say nothing themselves, nor does one inside the other
                    self._read([p for child in part for p in (child if child.tag in _ONLY_GROUP else (child,))], True)
                    continue
                said = first_of(part)
            category = said.get("type") or category_of(said)
            read = _READ.get(category)
            if read is not None and read(self, part, text(said)):
                continue
            if category in names.DEFINITION_CATEGORIES:
                self.definitions += (part,)
            else:
                self._keep(pairs(part))

    def zh(self, trad: str = "", *, only: bool = False) -> ZhTerm:
        """As a Chinese term with this traditional form; `only` where it has no other."""
        simplified = "" if only else self.text
        return ZhTerm(
            simplified,
            self.pinyin,
            self.use,
            trad,
            self.type,
            self.region,
            self.pinyin_tw,
            self.years,
            self.note,
            self.proposed,
            self.sources,
            self.kept,
        )

    def en(self, abbr: str = "") -> EnTerm:
        """As an English rendering with this abbreviation."""
        return EnTerm(
            self.text,
            self.use,
            abbr,
            self.register,
            self.region,
            self.pos,
            self.years,
            self.note,
            self.proposed,
            self.sources,
            self.kept,
        )

    def take(self, other: Term) -> None:
        """Take over what only another form of this term says."""
        for name in ("use", "pinyin", "pinyin_tw", "type", "note", "years"):
            if not getattr(self, name):
                setattr(self, name, getattr(other, name))
        self.sources = tuple(dict.fromkeys(self.sources + other.sources))
        self.kept = tuple(dict.fromkeys(self.kept + other.kept))
        self.definitions += other.definitions

    def _keep(self, found: Pairs) -> None:
        if self.own or len(found) != 1 or not words.says_nothing(found[0][1]):
            self.kept += tuple(found)

    # each takes what one category says, or says False

    def _use(self, part: Element, value: str) -> bool:
        known = _use_of(value)
        self.use = known or self.use
        return bool(known)

    def _pos(self, part: Element, value: str) -> bool:
        if self.lang != "en":
            return False
        known = _pos_of(value)
        self.pos = self.pos or known
        return bool(known) or (self.own and value == "other")

    def _type(self, part: Element, value: str) -> bool:
        if self.lang == "en":
            if value == "phrase" and not self.pos:
                self.pos = value
                return True
            return value == "fullForm"
        known = "slogan" if self.own and value == "phrase" else names.TYPES.get(value.casefold(), "")
        self.type = self.type or known
        return bool(known)

    def _region(self, part: Element, value: str) -> bool:
        known = names.REGIONS.get(value.casefold())
        self.region = known or self.region
        return known is not None

    def _reading(self, part: Element, value: str) -> bool:
        """A reading in Latin letters is pinyin; one that is said to be Taiwan's is the reading there."""
        if self.lang != "zh" or not _LATIN.search(value):
            return False
        note = " ".join(map(text, part[1:])) if part.tag in GROUPS else ""
        if note and "pinyin" not in note.casefold():
            return False
        field = "pinyin_tw" if "Taiwan" in note else "pinyin"
        if getattr(self, field):
            return False
        setattr(self, field, value)
        return True

    def _source(self, part: Element, value: str) -> bool:
        self.sources += (names.reference_of(value),)
        return True

    def _note(self, part: Element, value: str) -> bool:
        if self.own:
            key, colon, rest = value.partition(": ")
            if colon and key in _OWN:
                _OWN[key](self, rest)
                return True
        if self.note:
            return False
        self.note = value
        return True


_READ: dict[str, Callable[[Term, Element, str], bool]] = {
    **dict.fromkeys(names.STATUS_CATEGORIES, Term._use),
    **dict.fromkeys(names.READING_CATEGORIES, Term._reading),
    "partOfSpeech": Term._pos,
    "termType": Term._type,
    "geographicalUsage": Term._region,
    "source": Term._source,
    "note": Term._note,
}


def _sets(name: str) -> Callable[[Term, str], None]:
    return lambda term, value: setattr(term, name, value)


_OWN: dict[str, Callable[[Term, str], None]] = {
    "pinyin": _sets("pinyin"),
    "pinyin (Taiwan)": _sets("pinyin_tw"),
    "years": _sets("years"),
    "part of speech": _sets("pos"),
    "abbreviation of": _sets("abbreviates"),
    "note": _sets("note"),
    "used by": lambda term, value: setattr(term, "register", tuple(value.split(", "))),
    "rendering": lambda term, value: setattr(term, "proposed", value == "proposed"),
    "also": lambda term, value: setattr(term, "kept", (*term.kept, names.pair_of(value))),
}
