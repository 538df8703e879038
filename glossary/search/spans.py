"""Where in a written form a match is, so that it can be highlighted. Spans are code points, end exclusive."""

from __future__ import annotations

import re

from glossary.text import english
from glossary.text.normalize import narrow
from glossary.text.pinyin import bare, syllables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Spans = list[tuple[int, int]]
if TYPE_CHECKING:
    Finder = Callable[[str], Spans]


def whole(form: str) -> Spans:
    """All of it."""
    return [(0, len(form))] if form else []


def inside(text: str) -> Finder:
    """Where a text stands in the form."""

    def spans(form: str) -> Spans:
        at = narrow(form).find(text)
        return [(at, at + len(text))] if at >= 0 else []

    return spans


def first_letters(count: int) -> Finder:
    """The beginning of a reading that holds `count` letters."""

    def spans(form: str) -> Spans:
        seen = 0
        for i, char in enumerate(form):
            if seen == count:
                return [(0, i)]
            seen += bare(char).isalnum()
        return whole(form)

    return spans


def _syllable_starts(form: str) -> list[tuple[int, int]]:
    """(start, end) of each syllable of a reading."""
    out: list[tuple[int, int]] = []
    letters = [bare(c) for c in form]
    at = 0
    for syllable, _ in read(form):
        while at < len(form) and letters[at] != syllable[0]:
            at += 1
        start, taken = at, 0
        while at < len(form) and taken < len(syllable):
            taken += letters[at].isalpha()
            at += 1
        out.append((start, at))
    return out


def initials(count: int) -> Finder:
    """The first letter of each of the first `count` syllables of a reading."""
    return lambda form: [(s, s + 1) for s, _ in _syllable_starts(form)[:count]]


def sound(wanted: tuple[str, ...]) -> Finder:
    """Where these syllables stand in a reading; the last one may be the beginning of a syllable."""

    def spans(form: str) -> Spans:
        have = [s for s, _ in read(form)]
        places = _syllable_starts(form)
        for i in range(len(have) - len(wanted) + 1):
            if tuple(have[i : i + len(wanted) - 1]) == wanted[:-1] and have[i + len(wanted) - 1].startswith(wanted[-1]):
                return [(places[i][0], places[i + len(wanted) - 1][1])]
        return []

    return spans


def words(wanted: list[str]) -> Finder:
    """Where words of a text are the wanted ones, or begin or derive alike."""
    stems = [w[: max(4, len(w) - 3)] if len(w) > 5 else w for w in wanted]

    def spans(form: str) -> Spans:
        out = []
        for match in re.finditer(r"[^\W_]+", form):
            compared = english.word(match[0])
            low = match[0].lower()
            if any(compared.startswith(s) or low.startswith(s) for s in stems):
                out.append(match.span())
        return out

    return spans


def read(form: str) -> list[tuple[str, int]]:
    """Syllables of a reading; [] where it is none."""
    try:
        return syllables(form)
    except ValueError:
        return []
