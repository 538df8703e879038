"""What a file leaves open is worked out here, alike for every format.

`settle` comes before a concept is looked for in the base: scripts, readings and codes as we write them. `supply` comes
after it has been merged: readings, status, kind. Both say in the report what they did.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from glossary.exchange.merge import in_order, tidy
from glossary.exchange.words import pos_of
from glossary.model import EnTerm, ZhTerm
from glossary.text.normalize import has_han
from glossary.text.pinyin import from_zhuyin, join, plain, word_syllables
from glossary.text.reading import read_words
from glossary.text.script import to_simplified, to_traditional
from glossary.text.segment import cut

if TYPE_CHECKING:
    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept

# characters that OpenCC simplifies, but that simplified texts have too (乾安县, 慰藉): alone they prove nothing
_BOTH = frozenset("乾藉瞭麽於著徵夥")
_T = TypeVar("_T", ZhTerm, EnTerm)
_NUMBERED = re.compile("[A-Za-züÜ:]+[1-5]")
_WORD = re.compile(r"[A-Za-zÀ-ɏüÜ:\u0300-\u036f'’1-5]+")
_ZHUYIN = re.compile("[\u3105-\u312f]")
_UNCODED = re.compile(r"[\s/\\?#&%]+")
# control characters, and what cannot be seen but turns text round
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    return " ".join(_UNSEEN.sub("", text).split())


class Completer:
    """Completes the concepts of one file; `options.vocabulary` holds the codes that are known."""

    def __init__(self, report: Report, options: Options) -> None:
        self._report, self._options = report, options
        self._codes: dict[tuple[str, str], str] = {}

    # before a concept is looked for in the base

    def settle(self, concept: Concept) -> Concept:
        """Scripts, readings and codes as we write them; each designation once."""
        zh = tuple(t for t in map(self._zh, concept.zh) if t.text)
        en = tuple(t for t in map(self._en, concept.en) if t.text)
        kind = self._code("kinds", concept.kind)
        domains = tuple(dict.fromkeys(d for name in concept.domains for d in self._domains(name)))
        if (kind, domains, zh, en) != (concept.kind, concept.domains, concept.zh, concept.en):
            concept = replace(concept, kind=kind, domains=domains, zh=zh, en=en)
        return tidy(concept)

    def _zh(self, term: ZhTerm) -> ZhTerm:
        text, trad = clean(term.text), clean(term.trad)
        if not text or not trad:
            simplified = to_simplified(text or trad)
            if text and not ({a for a, b in zip(text, simplified, strict=True) if a != b} - _BOTH):
                simplified = text
            if text and simplified != text:
                self._report.note("changed", "zh: traditional made simplified, kept as hant", text)
                # a text of mixed script is written traditional throughout
                trad = text if to_traditional(text) == text else to_traditional(simplified)
            text = simplified
        reading = self._reading(clean(term.pinyin), text) if term.pinyin else ""
        region = self._code("regions", term.region)
        changed: dict[str, Any] = {"text": text, "trad": trad, "pinyin": reading, "region": region}
        return term if all(getattr(term, k) == v for k, v in changed.items()) else replace(term, **changed)

    def _en(self, term: EnTerm) -> EnTerm:
        values: dict[str, Any] = {
            "text": clean(term.text),
            "pos": pos_of(term.pos) or self._code("pos", term.pos),
            "region": self._code("regions", term.region),
            "register": tuple(self._code("registers", r) for r in term.register),
        }
        return term if all(getattr(term, k) == v for k, v in values.items()) else replace(term, **values)

    def _reading(self, given: str, text: str) -> str:
        """A reading with tone marks, out of numbers or zhuyin too; one that is no pinyin is kept as it is."""
        out = given
        if _ZHUYIN.search(given):
            out = from_zhuyin(given) or given
        if _NUMBERED.search(out):
            out = _WORD.sub(_mark, out)
        out = unicodedata.normalize("NFC", out)
        if out != given:
            self._report.note("changed", "pinyin: numbers or zhuyin made tone marks", f"{text} {given}")
        return out

    def _domains(self, name: str) -> list[str]:
        """The codes that a domain stands for: a code, a label in either language, several codes with commas."""
        name = clean(name)
        parts = [p.strip() for p in re.split("[,，、]", name)]
        if len(parts) > 1 and not self._known("domains", name) and all(self._known("domains", p) for p in parts):
            return [self._code("domains", p) for p in parts]
        return [code] if (code := self._code("domains", name)) else []

    def _known(self, group: str, name: str) -> str:
        codes = self._options.vocabulary.get(group, {})
        if name in codes:
            return name
        low = name.casefold()
        labels = ((c, str(label.get("en", c)).casefold(), label.get("zh")) for c, label in codes.items())
        return next((names[0] for names in labels if low in names), "")

    def _code(self, group: str, name: str) -> str:
        """The code for a code or its label; a name that we do not know becomes a code of its own, with it as label."""
        if not name:
            return ""
        found = self._codes.get((group, name))
        if found is None:
            text = clean(name)
            found = self._known(group, text)
            if not found and (found := _UNCODED.sub("-", text.casefold()).strip("-")):
                self._options.found.vocabulary.setdefault(group, {}).setdefault(found, {"en": text, "zh": text})
                self._report.note("kept", f"{group}: no code of ours", text)
            self._codes[group, name] = found
        return found

    # after it has been merged with what the base has

    def supply(self, concept: Concept) -> Concept:
        """Readings, status and kind where nobody has given them."""
        zh = _with_uses(concept.zh)
        if any(_wants_reading(t) for t in zh):
            zh = tuple(self._with_reading(t) if _wants_reading(t) else t for t in zh)
        return replace(
            concept,
            kind=concept.kind or "concept",
            status=concept.status or "draft",
            zh=zh,
            en=_with_uses(concept.en),
        )

    def _with_reading(self, term: ZhTerm) -> ZhTerm:
        ours = read_words(cut(term.text)) or term.text
        if not term.pinyin:
            self._report.note("supplied", "pinyin", term.text)
            return replace(term, pinyin=ours)
        if _plain(term.pinyin) == _plain(ours):
            self._report.note("supplied", "tones of the pinyin", term.text)
            return replace(term, pinyin=ours)
        self._report.note("kept", "pinyin without tones", f"{term.text} {term.pinyin}")
        return term


def _mark(word: Any) -> str:
    """One written word of pinyin with numbers, with marks instead; what is no pinyin stays."""
    text: str = word[0]
    if not _NUMBERED.search(text):
        return text
    try:
        return join(word_syllables(text), text[0].isupper())
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def _plain(reading: str) -> str:
    try:
        return plain(reading)
    except ValueError:
        return reading


def _wants_reading(term: ZhTerm) -> bool:
    """Whether a term has no reading, or one of bare letters though it has Han characters."""
    return not term.pinyin or (term.pinyin.isascii() and has_han(term.text) and _toneless(term.pinyin))


def _toneless(reading: str) -> bool:
    """Whether a reading is all syllables and none has a tone."""
    try:
        pairs = [p for w in reading.split() for p in word_syllables(w)]
    except ValueError:
        return False
    return bool(pairs) and all(tone == 5 for _, tone in pairs) and len(pairs) > 1


def _with_uses(terms: tuple[_T, ...]) -> tuple[_T, ...]:
    """Where no status is given: the first is preferred if no other is, the rest are admitted."""
    if all(t.use for t in terms):
        return terms
    taken = any(t.use == "preferred" for t in terms)
    out: list[_T] = []
    for term in terms:
        if not term.use:
            term = replace(term, use="admitted" if taken else "preferred")
            taken = True
        out.append(term)
    return in_order(tuple(out))
