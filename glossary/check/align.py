"""Sentences side by side: the length-based dynamic programme of Gale and Church, with words in common as anchors.

Gale, W. A. and Church, K. W. (1993), A Program for Aligning Sentences in Bilingual Corpora, Computational Linguistics
19(1): sentences that translate each other are alike in length, so the cheapest path through both texts is sought over
beads of one or two sentences a side, each priced by how unlikely its lengths are and how rare its kind is. Paragraphs
are aligned first, then the sentences inside each bead of paragraphs.

What differs here: Chinese and English lengths are made comparable by their ratio in the two texts at hand; one long
Chinese sentence often becomes three English ones, so such beads are allowed; and a bead gets cheaper by what both
sides hold: numbers, Latin words, the renderings that the terms of the Chinese side ask for.

Where a sentence is longer than any (a text without stops), clauses are aligned in the same way and joined to windows,
so that what looks at one bead never looks at a whole book.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
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
ANCHOR = 10.0  # what it is worth where all that could be in common is
ENDLESS = 2000  # characters of Chinese from which a sentence is none; of English so many times as many
RATIO = 4
PIECE, WINDOW = 20, 1000  # characters of Chinese that are aligned in such a case, and that are then taken together
BAND = 60  # sentences off the straight line that are looked at
BEAM = 60.0  # what a path may cost more than the best so far before it is given up


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a paragraph: how long it is, and what its translation can be known by."""

    length: int
    marks: frozenset[str] = frozenset()


Step = tuple[float, int, int]  # cost so far, sentences taken on the left and on the right
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
        endless = _longest(zh) > ENDLESS or _longest(en) > ENDLESS * RATIO
        if endless:  # pieces about as many as the other side has
            many = _total(zh) // PIECE if _longest(en) > ENDLESS * RATIO else len(en)
            zh = [s for each in zh for s in sentences.clauses(source, *each, max(9, _total(zh) // max(1, many)))]
            en = [s for each in en for s in sentences.clauses(target, *each, max(9, _total(en) // max(1, len(zh))))]
        found = beads(list(map(ours, zh)), list(map(theirs, en)))
        for i, j, k, m in _joined(found, WINDOW // PIECE) if endless else found:
            out.append((_hull(zh, i, j), _hull(en, k, m)))
    return out


def _joined(parts: list[Bead], least: int) -> list[Bead]:
    """Neighbouring beads as one, until it holds so many pieces of either side."""
    out: list[Bead] = []
    for bead in parts:
        i, j, k, m = out[-1] if out else bead
        if out and j - i < least and m - k < least:
            out[-1] = (i, bead[1], k, bead[3])
        else:
            out.append(bead)
    return out


def _longest(spans: list[Span]) -> int:
    return max((end - start for start, end in spans), default=0)


def _total(spans: list[Span]) -> int:
    return sum(end - start for start, end in spans)


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
    n, m = len(left), len(right)
    price = _Price(left, right)
    width = BAND + abs(n - m)
    best: list[dict[int, Step]] = [{} for _ in range(n + 1)]
    best[0][0] = (0.0, 0, 0)
    priors = [(a, b, -math.log(share)) for (a, b), share in KINDS.items()]
    for i in range(n + 1):
        row = best[i]
        if not row:
            continue
        centre = i * m // n
        worst = min(cost for cost, _, _ in row.values()) + BEAM
        for j in range(max(min(row), centre - width), min(m, centre + width) + 1):
            here = row.get(j)
            if here is None and j > max(row):
                break
            if here is None or (here[0] > worst and i < n):
                continue
            for a, b, prior in priors:
                if i + a > n or j + b > m:
                    continue
                cost = here[0] + prior + price(i, i + a, j, j + b)
                known = best[i + a].get(j + b)
                if known is None or cost < known[0]:
                    best[i + a][j + b] = (cost, a, b)
    if m not in best[n]:  # one side is many times as long as the other
        return [(0, n, 0, m)]
    return _path(best, n, m)


def _path(best: list[dict[int, Step]], i: int, j: int) -> list[Bead]:
    out: list[Bead] = []
    while i or j:
        _, a, b = best[i][j]
        out.append((i - a, i, j - b, j))
        i, j = i - a, j - b
    return out[::-1]


class _Price:
    """How unlikely it is that stretches translate each other, as -log of a probability, less what they share."""

    def __init__(self, left: Sequence[Unit], right: Sequence[Unit]) -> None:
        self._left, self._right = left, right
        self._ours = list(accumulate((u.length for u in left), initial=0))
        self._theirs = list(accumulate((u.length for u in right), initial=0))
        self._ratio = self._theirs[-1] / max(1, self._ours[-1])
        self._shared: dict[tuple[int, int], int] = {}

    def __call__(self, i: int, k: int, j: int, m: int) -> float:
        ours = (self._ours[k] - self._ours[i]) * self._ratio
        theirs = self._theirs[m] - self._theirs[j]
        delta = abs(theirs - ours) / math.sqrt(VARIANCE * max((ours + theirs) / 2, 1.0))
        cost = _tail(int(delta * 20))
        if i == k or j == m:
            return cost
        shared = sum(self._common(a, b) for a in range(i, k) for b in range(j, m))
        return cost - ANCHOR * shared / (sum(len(u.marks) for u in self._left[i:k]) + 1) if shared else cost

    def _common(self, i: int, j: int) -> int:
        known = self._shared.get((i, j))
        if known is None:
            known = self._shared[i, j] = len(self._left[i].marks & self._right[j].marks)
        return known


@cache
def _tail(steps: int) -> float:
    """-log of both tails of the normal curve beyond so many twentieths of its deviation."""
    return -math.log(max(math.erfc(steps / 20 / math.sqrt(2)), 1e-12))
