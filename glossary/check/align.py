"""Sentences side by side: the length-based dynamic programme of Gale and Church, with words in common as anchors.

Gale, W. A. and Church, K. W. (1993), A Program for Aligning Sentences in Bilingual Corpora, Computational Linguistics
19(1): sentences that translate each other are alike in length, so the cheapest path through both texts is sought over
beads of one or two sentences a side, each priced by how unlikely its lengths are and how rare its kind is. Paragraphs
are aligned first, then the sentences inside each bead of paragraphs.

What differs here: Chinese and English lengths are made comparable by their ratio in the two texts at hand; one long
Chinese sentence often becomes three English ones, so such beads are allowed; and a bead gets cheaper by what both
sides hold: numbers, Latin words, the renderings that the terms of the Chinese side ask for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.check import sentences
from glossary.check.english import Text
from glossary.text.normalize import is_han

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary.check.sentences import Span

# (sentences on the left, on the right): how often; after the paper's table 5, shifted towards 1–2 and 1–3, which are
# more frequent between Chinese and English than between two European languages
KINDS = {
    (1, 1): 0.83, (1, 2): 0.07, (2, 1): 0.05, (1, 3): 0.012, (3, 1): 0.008, (2, 2): 0.01, (1, 0): 0.01, (0, 1): 0.01,
}  # fmt: skip
VARIANCE = 6.8  # of the length of a translation, in characters for each character; the paper's figure
ANCHOR = 4.0  # what it is worth where all that could be in common is
BAND = 60  # sentences off the straight line that are looked at


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a paragraph: how long it is, and what its translation can be known by."""

    length: int
    marks: frozenset[str] = frozenset()


Bead = tuple[int, int, int, int]  # left from, left to, right from, right to; ends exclusive


def align(
    source: str, target: str, marks: Callable[[int, int], frozenset[str]] = lambda _start, _end: frozenset()
) -> list[tuple[Span, Span]]:
    """Spans of the Chinese source with the spans of the English target that render them; either may be empty.

    `marks` gives what a stretch of the source may be known by in the translation, as stems of `check.english`.
    """

    def ours(span: Span) -> Unit:
        return Unit(span[1] - span[0], marks(*span) | _marks(source[slice(*span)]))

    def theirs(span: Span) -> Unit:
        return Unit(span[1] - span[0], _marks(target[slice(*span)]))

    left, right = sentences.paragraphs(source), sentences.paragraphs(target)
    out = []
    for a, b, c, d in beads(list(map(ours, left)), list(map(theirs, right))):
        zh = [s for p in left[a:b] for s in sentences.chinese(source, *p)]
        en = [s for p in right[c:d] for s in sentences.english(target, *p)]
        for i, j, k, m in beads(list(map(ours, zh)), list(map(theirs, en))):
            out.append((_hull(zh, i, j), _hull(en, k, m)))
    return out


def _hull(spans: list[Span], first: int, last: int) -> Span:
    if first == last:
        at = spans[first][0] if first < len(spans) else spans[-1][1] if spans else 0
        return at, at
    return spans[first][0], spans[last - 1][1]


def _marks(text: str) -> frozenset[str]:
    """What a translation may be known by: numbers and words of Latin letters."""
    return frozenset(s for s in Text(text).stems if s.isascii() and (len(s) > 2 or s.isdigit()))


def share_of_han(text: str) -> float:
    """The part of a text's letters that are Han characters; -1 where it has no letters."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    return sum(map(is_han, letters)) / len(letters) if letters else -1.0


def is_swapped(source: str, target: str) -> bool:
    """Whether the source is certainly the English one: hardly a Han character in it, and mostly such in the target."""
    return share_of_han(target) > 0.5 and share_of_han(source) < 0.1


def beads(left: Sequence[Unit], right: Sequence[Unit]) -> list[Bead]:
    """The cheapest way to cut both sequences into beads."""
    if not left or not right:
        return [(0, len(left), 0, len(right))] if left or right else []
    ratio = sum(u.length for u in right) / max(1, sum(u.length for u in left))
    n, m = len(left), len(right)
    width = BAND + abs(n - m)
    best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(n + 1)]  # cost, sentences taken left and right
    best[0][0] = (0.0, 0, 0)
    priors = [(kind, -math.log(share)) for kind, share in KINDS.items()]
    for i in range(n + 1):
        centre = i * m // n
        for j in range(max(0, centre - width), min(m, centre + width) + 1):
            found = best[i].get(j)
            for (a, b), prior in priors:
                before = best[i - a].get(j - b) if i >= a and j >= b else None
                if before is None:
                    continue
                cost = before[0] + prior + _price(left[i - a : i], right[j - b : j], ratio)
                if found is None or cost < found[0]:
                    found = (cost, a, b)
            if found is not None:
                best[i][j] = found
    return _path(best, n, m)


def _path(best: list[dict[int, tuple[float, int, int]]], i: int, j: int) -> list[Bead]:
    out: list[Bead] = []
    while i or j:
        _, a, b = best[i][j]
        out.append((i - a, i, j - b, j))
        i, j = i - a, j - b
    return out[::-1]


def _price(left: Sequence[Unit], right: Sequence[Unit], ratio: float) -> float:
    """How unlikely it is that one side translates the other, as -log of a probability, less what they share."""
    ours = sum(u.length for u in left) * ratio
    theirs = sum(u.length for u in right)
    mean = (ours + theirs) / 2
    delta = abs(theirs - ours) / math.sqrt(VARIANCE * max(mean, 1.0))
    cost = -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-12))
    if not left or not right:
        return cost
    ours_marks: set[str] = set().union(*(u.marks for u in left))
    if not ours_marks:
        return cost
    shared = sum(mark in u.marks for mark in ours_marks for u in right[:1]) if len(right) == 1 else len(
        ours_marks & set().union(*(u.marks for u in right))
    )
    return cost - ANCHOR * shared / (len(ours_marks) + 1)
