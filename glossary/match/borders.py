"""Word borders around matches: whether a match begins and ends where words do, or straddles two of them.

Words are those of the segmenter's dictionary; words that it would guess are not taken, they straddle true terms more
often than false ones. Where a text holds many matches, all of it is segmented once; where it holds few, only the
clauses that hold one: punctuation is always a border, so the answer is the same (over 91,000 matches in a corpus of
laws no verdict differed). Of a clause without end a window is taken, wide enough for nearly the same answer (with half
the window 4 verdicts in 10,000 differed, with this one none of 72,000).
"""

from __future__ import annotations

import re
from itertools import accumulate

from glossary.text.segment import cut_known, is_word

WINDOW = 8  # characters before and after a match that are segmented with it where its clause is longer than
CLAUSE = 40  # characters before or after the match
WORTH = 30  # segmenting so many characters of a text costs as much as finding and segmenting one clause
PIECE = 20_000  # a text is segmented in pieces of this size, to the end of their clause
KEPT = 100_000  # borders that are remembered
_MARKS = frozenset(",!?;:，、。！？；：…“”‘’（）《》「」『』【】 \n\r\t")  # never in a word
# 自主权 is 自主 and 权, and no 主权; but 市政府 is 市 and 政府, though 市政 is a word too
_SUFFIXES = frozenset("权權度员員人者率性法家院会會生师師官气氣业業团團长長力化关關用证證术術")
_INSTITUTES = frozenset("所院")
_CLAUSE = re.compile(r"[,.!?;:、，。！？；：…\n\r]")


class Borders:
    """The word borders of one text; at most `expected` matches are to be judged, in order."""

    def __init__(self, text: str, expected: int) -> None:
        self._text = text
        self._dense = expected * WORTH > len(text)
        self._reached = 0  # where the next piece begins
        self._clause = (0, 0)
        # the borders found so far: of a long text those of the last pieces, of one with few matches those of one clause
        self.known: set[int] = set()

    def _around(self, start: int, end: int) -> set[int]:
        if self._dense:
            while self._reached <= end and self._reached < len(self._text):
                self._next_piece()
            return self.known
        if self._clause[0] <= start and end <= self._clause[1]:
            return self.known
        first, last = self._clause_around(start, end)
        whole = last - first > 0
        if not whole:
            first, last = max(0, start - WINDOW), min(len(self._text), end + WINDOW)
        known = set(accumulate(map(len, cut_known(self._text[first:last])), initial=first))
        # what is known at the edges of a window holds for this match only
        self._clause, self.known = ((first, last), known) if whole else ((0, 0), set())
        return known

    def _clause_around(self, start: int, end: int) -> tuple[int, int]:
        """The clause that holds a match; (0, 0) where it is longer than is worth while."""
        text = self._text
        first, least = start, max(0, start - CLAUSE)
        while first > least and text[first - 1] not in _MARKS:
            first -= 1
        last, most = end, min(len(text), end + CLAUSE)
        while last < most and text[last] not in _MARKS:
            last += 1
        open_before = first and first == least and text[first - 1] not in _MARKS
        open_after = last < len(text) and last == most and text[last] not in _MARKS
        return (0, 0) if open_before or open_after else (first, last)

    def _next_piece(self) -> None:
        """Cut the next piece into words; what is asked for comes in order, so the first pieces are let go."""
        text, at = self._text, self._reached
        end = len(text)
        if end - at > PIECE:
            stop = _CLAUSE.search(text, at + PIECE, at + 2 * PIECE)
            end = stop.end() if stop else min(end, at + 2 * PIECE)
        if len(self.known) > KEPT:
            self.known = {i for i in self.known if i >= at - PIECE}
        self.known.update(accumulate(map(len, cut_known(text[at:end])), initial=at))
        self._reached = end

    def verdict(self, start: int, end: int) -> str:
        """How a match sits on the text's words: aligned, inside (a longer word) or crossing (a border of two).

        A match inside a longer word also crosses where that word is made of two others that meet in the match:
        司法部 in 司法部门, which is 司法 and 部门; 主权 in 自主权. And 研究 is not meant in 研究所.
        """
        known = self._around(start, end)
        if start in known and end in known:
            return "aligned"
        for inner in range(start + 1, end):
            if inner in known:
                return "crossing"
        return "crossing" if self._is_joint(start, end, known) else "inside"

    def word_at(self, start: int, end: int) -> tuple[int, int]:
        """The word that goes on over the end of a match; (end, end) where a border is there."""
        known = self._around(start, end)
        if end in known:
            return end, end
        first = next(i for i in range(end - 1, -1, -1) if i in known or i == 0)
        return first, next(i for i in range(end + 1, len(self._text) + 1) if i in known or i == len(self._text))

    def _is_joint(self, start: int, end: int, known: set[int]) -> bool:
        text = self._text
        last = next((i for i in range(end, len(text) + 1) if i in known), end)
        if text[end:last] in _INSTITUTES:
            return True
        if last > end and is_word(text[end - 1 : last]) and _is_part(text[start : end - 1]):
            return True
        first = next((i for i in range(start, -1, -1) if i in known), start)
        rest = text[start + 1 : end]
        ends = rest in _SUFFIXES or (len(rest) > 1 and is_word(rest))
        return ends and first < start and is_word(text[first : start + 1])


def _is_part(text: str) -> bool:
    return len(text) == 1 or is_word(text)
