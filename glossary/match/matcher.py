"""Find the terms of one base in running text.

The text is folded (width, case, white space inside a term), the automaton gives the leftmost-longest matches, and
each is judged at its edges: Latin letters and digits must not go on (`AI` is not in `MAIL`); a short match must not
straddle the border of two words. Both scripts' forms are in the automaton, so the text is never converted.

Only clauses that hold a short match are segmented for this: measured on gold texts, a match that crosses a word
border is wrong nine times in ten when it has two characters, and hardly ever when it has four or more.
"""

from __future__ import annotations

import re

from glossary.match.annotation import Annotation, Match, Word
from glossary.text.normalize import HAN_RE, check_text, fold
from glossary.text.reading import read_word
from glossary.text.segment import word_spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glossary.termbase.automaton import Found
    from glossary.termbase.store import Store

SHORT = 3  # characters; longer matches are not checked against word borders
_CLAUSE = re.compile(r"[，。！？；：、\n\r!?;…]+")
_WORDLIKE = re.compile(r"[0-9a-zà-ɏα-ωа-я]")


class Matcher:
    """Annotates text with the terms of one base. Make one and keep it: it holds the automaton and the short entries."""

    def __init__(self, store: Store) -> None:
        self._automaton = store.automaton()
        self._patterns = store.patterns()
        self._number = {text: p for p, (text, _, _) in enumerate(self._patterns)}
        self._lengths = sorted({len(text) for text in self._number}, reverse=True)
        self._store = store
        self._short: dict[int, tuple[str, str, str]] = {}

    def annotate(self, text: str, *, every: bool = False, crossing: bool = False) -> Annotation:
        """Mark the terms of a text; leftmost-longest, or with `every` all of them, nested and overlapping too.

        With `crossing` matches that straddle a word border are kept and say so. Raises InputError where the text
        holds a lone surrogate.
        """
        folded = fold(check_text(text))
        judge = _Judge(folded.text)
        if every:
            found = [m for m in self._automaton.find_all(folded.text) if judge.edges(m)]
            kept = [(m, c) for m in found if (c := judge.certainty(m)) != "crossing" or crossing]
        else:
            kept = self._longest(folded.text, judge, crossing)
        matches = [self._match(text, folded.span(s, e), p, certainty) for (s, e, p), certainty in kept]
        return Annotation(text, matches, self.words)

    def _longest(self, text: str, judge: _Judge, crossing: bool) -> list[tuple[Found, str]]:
        out: list[tuple[Found, str]] = []
        done = 0  # everything before this offset is settled
        for match in self._automaton.find(text):
            if match[0] < done:
                continue
            if judge.edges(match) and (crossing or judge.certainty(match) != "crossing"):
                out.append((match, judge.certainty(match)))
                done = match[1]
                continue
            # the longest match here is none: what it hid may begin inside it, so choose anew up to the clause's end
            end = max(judge.clause(match)[1], match[1])
            for other in self._choose(text, match[0], end, judge, crossing):
                out.append((other, judge.certainty(other)))
                done = other[1]
            done = max(done, end)
        return out

    def _choose(self, text: str, start: int, end: int, judge: _Judge, crossing: bool) -> list[Found]:
        """Leftmost-longest among the sound matches that begin in [start, end)."""
        out = []
        at = start
        while at < end:
            step = 1
            for length in self._lengths:
                p = self._number.get(text[at : at + length])
                if p is None or at + length > len(text):
                    continue
                match = (at, at + length, p)
                if judge.edges(match) and (crossing or judge.certainty(match) != "crossing"):
                    out.append(match)
                    step = length
                    break
            at += step
        return out

    def _match(self, text: str, span: tuple[int, int], p: int, certainty: str) -> Match:
        _, pinyin, ns = self._patterns[p]
        missing = [n for n in ns if n not in self._short]
        if missing:
            for n, (id, data) in self._store.data(missing).items():
                en = data["en"][0]["text"] if data["en"] else ""
                self._short[n] = id, data["zh"][0]["text"], en
        first = self._short[ns[0]]
        ids = tuple(self._short[n][0] for n in ns)
        return Match(span[0], span[1], text[span[0] : span[1]], ids, first[1], first[2], pinyin, certainty)

    def words(self, text: str, matches: list[Match]) -> list[Word]:
        """Cut a text into words that tile it: terms whole with their own reading, the gaps by the segmenter."""
        out: list[Word] = []
        at = 0
        for match in matches:
            if match.start < at:  # nested or overlapping: the first and longest has the word
                continue
            out += _gap(text, at, match.start)
            out.append(Word(match.start, match.end, match.text, match.pinyin, match.id))
            at = match.end
        return out + _gap(text, at, len(text))


def annotate_all(matchers: list[Matcher], text: str, *, every: bool = False, crossing: bool = False) -> Annotation:
    """Annotate with several bases: where matches overlap the earlier one wins, then the longer, then the first base."""
    parts = [m.annotate(text, every=every, crossing=crossing) for m in matchers]
    if len(parts) == 1:
        return parts[0]
    ranked = sorted(
        ((m.start, -m.end, i, m) for i, part in enumerate(parts) for m in part.matches), key=lambda r: r[:3]
    )
    kept: list[Match] = []
    for start, _, _, match in ranked:
        if every or not kept or start >= kept[-1].end:
            kept.append(match)
    return Annotation(text, kept, matchers[0].words)


def _gap(text: str, start: int, end: int) -> list[Word]:
    if start >= end:
        return []
    return [Word(s, e, text[s:e], read_word(text[s:e])) for s, e in word_spans(text[start:end], start)]


class _Judge:
    """Decides at the edges of matches in one folded text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._clauses: list[tuple[int, int]] | None = None
        self._borders: dict[tuple[int, int], set[int]] = {}

    def edges(self, match: Found) -> bool:
        """Whether Latin letters and digits end where the match does."""
        text, (start, end, _) = self._text, match
        if start and _WORDLIKE.match(text[start]) and _WORDLIKE.match(text[start - 1]):
            return False
        return not (end < len(text) and _WORDLIKE.match(text[end - 1]) and _WORDLIKE.match(text[end]))

    def certainty(self, match: Found) -> str:
        """How a match sits on the words of its clause: aligned, inside or crossing."""
        start, end, _ = match
        if end - start > SHORT or not HAN_RE.match(self._text[start]):
            return "aligned"
        borders = self._words(self.clause(match))
        if start in borders and end in borders:
            return "aligned"
        inner = any(start < b < end for b in borders)
        return "crossing" if inner else "inside"

    def clause(self, match: Found) -> tuple[int, int]:
        """The clause that a match begins in, widened to hold all of it."""
        if self._clauses is None:
            ends = [m.end() for m in _CLAUSE.finditer(self._text)]
            self._clauses = list(zip([0, *ends], [*ends, len(self._text)], strict=True))
        from bisect import bisect_right

        i = bisect_right(self._clauses, (match[0], len(self._text) + 1)) - 1
        return self._clauses[max(i, 0)]

    def _words(self, clause: tuple[int, int]) -> set[int]:
        if clause not in self._borders:
            start, end = clause
            self._borders[clause] = {start, end} | {
                b for span in word_spans(self._text[start:end], start) for b in span
            }
        return self._borders[clause]
