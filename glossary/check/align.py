"""Sentences of two texts laid side by side by their lengths.

After Gale and Church, A Program for Aligning Sentences in Bilingual Corpora (Computational Linguistics 19, 1993): the
lengths of a sentence and its translation are in proportion, with a variance that grows with length; a path of beads
(one to one, one to none, two to one …) of least cost through both texts is found by dynamic programming. Proportion
and variance for Chinese and English characters, and paragraph ends as fixed points where both texts have as many.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from glossary.text.normalize import is_han

Span = tuple[int, int]
# English characters to one Chinese character, and its variance: over the sentence pairs of the evaluation set
RATIO, VARIANCE = 3.3, 8.0
# how likely each kind of bead is (Gale and Church, table 5; one to many after their two to one)
BEADS = {
    (1, 1): 0.89,
    (1, 0): 0.005,
    (0, 1): 0.005,
    (2, 1): 0.045,
    (1, 2): 0.045,
    (2, 2): 0.01,
    (3, 1): 0.005,
    (1, 3): 0.005,
}
BAND = 60  # sentences from the diagonal that are looked at: no translator moves one further
_ZH_END = re.compile(r"[。！？!?；;…]+[”’」』）)》\"']*|\n+")
_EN_END = re.compile(r"[.!?]+[”’\"')\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9\u4e00-\u9fff]|\s*$)|\n+", re.MULTILINE)
_ABBREVIATIONS = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|No|Nos|Art|Arts|art|arts|pp|vol|cf|etc|e\.g|i\.e|vs|St|Co|Ltd|Inc|Gen|Rep|U\.S|U\.N)\.$"
)


def sentences(text: str, lang: str) -> list[Span]:
    """The sentences of a text, without white space around them; empty ones left out."""
    out: list[Span] = []
    at = 0
    for match in (_ZH_END if lang == "zh" else _EN_END).finditer(text):
        end = match.end()
        if lang == "en" and _ABBREVIATIONS.search(text, max(at, end - 12), end):
            continue
        out.append((at, end))
        at = end
    out.append((at, len(text)))
    return [s for s in (_trimmed(text, *span) for span in out) if s[0] < s[1]]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_swapped(source: str, target: str) -> bool:
    """Whether the source is the English one: it has less Han in it than the target, and the target is mostly Han."""
    return _han(target) > 0.3 and _han(source) < 0.05


def _han(text: str) -> float:
    sample = text[:20_000]
    return sum(map(is_han, sample)) / max(1, len(sample))


def align(source: str, target: str) -> list[tuple[Span, Span]]:
    """Spans of the Chinese source with the spans of the English target that render them; either may be empty."""
    left, right = _paragraphs(source), _paragraphs(target)
    if len(left) != len(right):
        left, right = [(0, len(source))], [(0, len(target))]
    out: list[tuple[Span, Span]] = []
    for (a, b), (c, d) in zip(left, right, strict=True):
        zh = [(s + a, e + a) for s, e in sentences(source[a:b], "zh")]
        en = [(s + c, e + c) for s, e in sentences(target[c:d], "en")]
        out += _beads(zh, en)
    return out


def _paragraphs(text: str) -> list[Span]:
    return [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _beads(zh: list[Span], en: list[Span]) -> list[tuple[Span, Span]]:
    """The cheapest way through both lists; see the module's docstring."""
    n, m = len(zh), len(en)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(n + 1):
        middle = i * m // n if n else 0
        for j in range(max(0, middle - BAND), min(m, middle + BAND) + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for (di, dj), likely in BEADS.items():
                if i + di > n or j + dj > m:
                    continue
                a = sum(e - s for s, e in zh[i : i + di])
                b = sum(e - s for s, e in en[j : j + dj])
                cost = here[0] - math.log(likely) + _cost(a, b)
                key = (i + di, j + dj)
                if key not in best or cost < best[key][0]:
                    best[key] = cost, (i, j)
    if (n, m) not in best:  # one side is many times as long: all of it is one bead
        return [(_span(zh, 0, n), _span(en, 0, m))]
    out = []
    at = (n, m)
    while at != (0, 0):
        before = best[at][1]
        out.append((_span(zh, before[0], at[0]), _span(en, before[1], at[1])))
        at = before
    return out[::-1]


def _span(spans: list[Span], first: int, last: int) -> Span:
    if first == last:
        at = spans[first][0] if first < len(spans) else spans[-1][1] if spans else 0
        return at, at
    return spans[first][0], spans[last - 1][1]


@lru_cache(maxsize=65536)
def _cost(a: int, b: int) -> float:
    """How unlikely lengths `a` and `b` are of one another: minus the logarithm of both tails of the normal curve."""
    if a == 0 and b == 0:
        return 0.0
    mean = (a + b / RATIO) / 2
    delta = abs(b - a * RATIO) / math.sqrt(VARIANCE * max(mean, 1) * RATIO)
    return -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-300))
