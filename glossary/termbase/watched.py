"""What tells a text that is as good as folded from one that must be folded first.

Folding running text costs as much as finding its terms, and nearly always it changes nothing that a term could stand
in. So Chinese text is looked through as it is given. Patterns with Latin letters are there in capitals, and as entries
write them, too (`cases`); and characters that folding would change into one of a pattern are patterns themselves: they
are watched (`watched_by`), and `Watch` says by what stands beside them whether a term could be meant.

Where a text passes, what is found in it is what would be found in its folded form; a property test holds that.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from math import prod

from glossary.text.normalize import COMMON_BLANKS, INVISIBLE, SPACES, UNCOMMON, WIDE_WORD, half_width, narrow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import TypedDict

    class Watched(TypedDict):
        """What a base says of its patterns: the characters to be watched for, in the order of their patterns; the runs
        of letters and digits that patterns have, in small letters; those with capitals that every pattern which has
        them has; and what patterns have beside marks that are printed in several ways.
        """

        characters: str
        runs: list[str]
        cased: list[str]
        around: list[str]


MOST_CASES = 64  # patterns that are made of one with Latin letters
# a letter or digit in any case and width; what goes on at its side is a word
WORDLIKE = re.compile(rf"[0-9A-Za-zÀ-ɏΑ-Ωα-ωА-я{WIDE_WORD}]")
_RUN = re.compile(rf"{WORDLIKE.pattern}+")
KEPT = 10_000  # words that are remembered
_MARKS = frozenset(UNCOMMON.values())


def runs(text: str) -> list[str]:
    """The runs of Latin, Greek and Cyrillic letters and of digits in a text."""
    return _RUN.findall(text)


def cases(patterns: Iterable[str], written: Mapping[str, Collection[str]]) -> tuple[dict[str, list[str]], set[str]]:
    """(further patterns of each that has letters, the runs with capitals that all patterns which have the run have).

    `written` has by the run in small letters how entries write it. A pattern that would make too many is left alone,
    and so are its runs everywhere: a text with a capital in one is folded.
    """
    found = {pattern: runs(pattern) for pattern in patterns}
    ways = {run: [run, *sorted({run.upper(), *written.get(run, ())} - {run})] for rs in found.values() for run in rs}
    for rs in found.values():
        if prod(len(ways[run]) for run in rs) > MOST_CASES:
            ways.update({run: [run] for run in rs})
    further: dict[str, list[str]] = {}
    for pattern, rs in found.items():
        gaps = _RUN.split(pattern)
        spelled = product(*(ways[run] for run in rs))
        made = ["".join(a + b for a, b in zip(gaps, (*chosen, ""), strict=True)) for chosen in spelled]
        if len(made) > 1:
            further[pattern] = made[1:]
    return further, {way for all_ways in ways.values() for way in all_ways[1:]}


def watched_by(patterns: Collection[str], variants: Mapping[str, str], cased: Collection[str]) -> Watched:
    """What is to be watched for with these patterns; `variants` are characters that are printed for others."""
    characters = set("".join(patterns))
    folded = {**variants, **UNCOMMON, **{c: narrow(c) for c in _span(0x2E80, 0x2FD6) + _span(0xF900, 0xFADA)}}
    odd = {c for c, plain in folded.items() if plain in characters and plain != c}
    odd |= {c for c, low in _capitals().items() if low in characters or not WORDLIKE.match(c)}
    odd |= {c for part in (WIDE_WORD, INVISIBLE) for c in _members(part)}
    odd |= {c for c in _members(SPACES) if c not in COMMON_BLANKS}
    held = [p for p in patterns if not p.isalpha()]
    around = {p[max(0, i - 1) : i + 2] for p in held for i, c in enumerate(p) if c in _MARKS}
    return {
        "characters": "".join(sorted(odd.difference(patterns))),
        "runs": sorted({run for p in patterns if not p.isalpha() or _RUN.search(p) for run in runs(p.lower())}),
        "cased": sorted(cased),
        "around": sorted(around),
    }


class Watch:
    """Decides on what is watched for in a text as it is given."""

    def __init__(self, watched: Watched) -> None:
        self._runs, self._cased = frozenset(watched["runs"]), frozenset(watched["cased"])
        self._around = frozenset(watched["around"])
        self._harmless: dict[str, bool] = {}  # words that were met: texts say the same ones again

    def passes(self, places: Iterable[int], text: str) -> bool:
        """Whether none of the watched characters at these offsets stands where folding could make a term of it."""
        done = 0
        for at in places:
            if at >= done:
                done = self._end_of_harmless(text, at)
                if not done:
                    return False
        return True

    def _end_of_harmless(self, text: str, at: int) -> int:
        """Where what a watched character belongs to ends, if no term can be in it, else 0."""
        run = _RUN.match(text, at)
        if not run:
            return at + 1 if self._is_harmless_mark(text, at) else 0
        end = run.end()
        while at and WORDLIKE.match(text, at - 1):
            at -= 1
        word = text[at:end]
        harmless = self._harmless.get(word)
        if harmless is None:
            if len(self._harmless) >= KEPT:
                self._harmless.clear()
            harmless = self._harmless[word] = self._is_harmless(word)
        return end if harmless else 0

    def _is_harmless(self, word: str) -> bool:
        if word in self._cased:
            return True
        low = word.lower() if word.isascii() else half_width(word).replace("İ", "i").lower()
        return low not in self._runs

    def _is_harmless_mark(self, text: str, at: int) -> bool:
        mark = UNCOMMON.get(text[at])
        if not mark:
            return False
        before, after = narrow(text[at - 1 : at]).lower(), narrow(text[at + 1 : at + 2]).lower()
        return self._around.isdisjoint({before + mark + after, before + mark, mark + after, mark})


@cache
def _capitals() -> dict[str, str]:
    """Every character that is made small, and into what."""
    both = ((chr(code), chr(code).lower()) for code in range(0x41, 0x1E944))
    return {c: low[0] for c, low in both if low != c}


def _span(first: int, end: int) -> list[str]:
    return [chr(code) for code in range(first, end)]


def _members(part: str) -> list[str]:
    """The characters of a part of a set in a regular expression: single ones, and spans with a hyphen."""
    out: list[str] = []
    for match in re.finditer(r"(.)-(.)|.", part, re.DOTALL):
        out += _span(ord(match[1]), ord(match[2]) + 1) if match[1] else [match[0]]
    return out
