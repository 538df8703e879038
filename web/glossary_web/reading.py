"""A text prepared for reading: lines of words, each with its reading above it, terms marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from glossary.errors import UnknownConcept
from glossary_web.present import visible

if TYPE_CHECKING:
    from glossary import Annotation, Glossary, Match, Word
    from glossary.model import Concept

MOST_WORDS = 4000  # different words that the general dictionary is asked for: a tenth of a second
_VOWELS = re.compile("[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜêv]+", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """A word of a line: base texts with the reading above each; `id` where it is a term."""

    parts: list[tuple[str, str]]
    id: str = ""


@dataclass(slots=True)
class Line:
    """One line of the text; `gap` where an empty line stands before it."""

    items: list[Item] = field(default_factory=list)
    gap: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it that can be seen."""
        return not any(item.id or item.parts[0][0].strip() for item in self.items)

    def add_blank(self, text: str) -> None:
        """Add white space, if there is any."""
        if text:
            self.items.append(Item([(text, "")]))


@dataclass(frozen=True, slots=True)
class Found:
    """A term of the text: its concept, how often it stands there, the forms it was met in, its homographs."""

    concept: Concept
    count: int
    stale: tuple[str, ...]
    others: tuple[Concept, ...]
    nested: bool  # it stands in this text inside longer terms only


def tidy(text: str) -> str:
    """The text as it is read: one kind of line end, control characters as pictures."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def lines(annotation: Annotation) -> list[Line]:
    """The words of a text in lines; empty lines become gaps."""
    out: list[Line] = []
    line = Line()
    for word in annotation.tokens:
        if word.id or word.text.strip():
            line.items.append(Item(parts(word), word.id))
            continue
        first, *rest = word.text.split("\n")
        line.add_blank(first)
        for blank in rest:
            if line.items and not line.empty:
                out.append(line)
                line = Line()
            else:
                line = Line(gap=bool(out))
            line.add_blank(blank)
    return out if line.empty else [*out, line]


def parts(word: Word) -> list[tuple[str, str]]:
    """Divide a term as its reading is divided: 情绪识别 → 情绪 qíngxù, 识别 shíbié."""
    readings = word.pinyin.split()
    if len(readings) < 2:
        return [(word.text, word.pinyin)]
    # In written pinyin every run of vowels is one syllable: two that meet are parted by an apostrophe.
    sizes = [len(_VOWELS.findall(r)) for r in readings]
    if sum(sizes) != len("".join(word.text.split())) or 0 in sizes or not word.text.isalpha():
        return [(word.text, word.pinyin)]
    out, at = [], 0
    for reading, size in zip(readings, sizes, strict=True):
        out.append((word.text[at : at + size], reading))
        at += size
    return out


def found(glossary: Glossary, annotation: Annotation) -> list[Found]:
    """The terms of a text, in order of appearance; what stands inside longer terms only comes after its longer term."""
    forms: dict[str, dict[str, None]] = {}
    first: dict[str, Match] = {}
    own: dict[str, int] = {}
    inside: dict[str, int] = {}
    end = 0
    for match in annotation.matches:
        forms.setdefault(match.id, {})["".join(match.text.split())] = None
        first.setdefault(match.id, match)
        counts = own if match.start >= end else inside
        counts[match.id] = counts.get(match.id, 0) + 1
        end = max(end, match.end) if counts is own else end
    return [_found(glossary, m, own.get(id) or inside[id], forms[id], id not in own) for id, m in first.items()]


def words(glossary: Glossary, annotation: Annotation) -> dict[str, list[tuple[str, list[str]]]]:
    """What the general dictionary says of the words of a text that are no terms, in order of appearance."""
    if not glossary.has_dictionary:
        return {}
    wanted = dict.fromkeys(w.text for w in annotation.tokens if w.pinyin and not w.id)
    return glossary.define_words(islice(wanted, MOST_WORDS))


def _found(glossary: Glossary, match: Match, count: int, forms: dict[str, None], nested: bool) -> Found:
    concept = glossary[match.id]
    stale = {form for term in concept.zh if term.use in ("deprecated", "superseded") for form in (term.text, term.trad)}
    others = []
    for id in match.ids[1:]:
        try:
            others.append(glossary[id])
        except UnknownConcept:  # a base further down the list may have been replaced under us
            continue
    return Found(concept, count, tuple(f for f in forms if f in stale), tuple(others), nested)
