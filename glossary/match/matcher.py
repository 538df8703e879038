"""Find the terms of one base in running text.

The text is folded (width, case, white space inside a term), the automaton gives the leftmost-longest matches, and
each is judged at its edges: Latin letters and digits must not go on (`AI` is not in `MAIL`); a short match must not
straddle the border of two words. Both scripts' forms are in the automaton, so the text is never converted.

Only stretches that hold a short match are segmented for this: measured on gold texts, a match that crosses a word
border is wrong nine times in ten when it has two characters, and hardly ever when it has four or more. Where the
longest match is dropped, what it hid is chosen anew: a shorter term in its place, or one that begins inside it.
"""

from __future__ import annotations

import re
from itertools import accumulate

from glossary.match.annotation import Annotation, Match, Term, Word
from glossary.text.normalize import check_text, fold, is_han
from glossary.text.reading import read_word
from glossary.text.segment import cut, word_spans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glossary.termbase.store import Store

SHORT = 3  # characters; longer matches are not checked against word borders
LATIN_EDGE, SHORT_HAN = 1, 2  # bits of Term.risk
STRETCH = 200  # characters that are segmented at a time, to the end of their clause
FARTHEST = 20_000  # where a clause does not end sooner, it is cut here
_STOPS = frozenset(",.!?;:、。…\n\r")  # of folded text
_CLAUSE = re.compile(r"[,.!?;:、。…\n\r]+")
_WORDLIKE = re.compile(r"[0-9a-zà-ɏα-ωа-я]")
Judged = tuple[int, int, Term, str]  # start, end, term, certainty


class _Terms(dict[int, Term]):
    """Terms by pattern number, read from the base when one is first met."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __missing__(self, p: int) -> Term:
        text, pinyin, ns = self._store.pattern(p)
        entries = self._store.data(ns)
        _, _, data = entries[ns[0]]
        en = data["en"][0]["text"] if data["en"] else ""
        risk = SHORT_HAN if len(text) <= SHORT and is_han(text[0]) else 0
        if _WORDLIKE.match(text[0]) or _WORDLIKE.match(text[-1]):
            risk |= LATIN_EDGE
        term = self[p] = Term(tuple(entries[n][0] for n in ns), data["zh"][0]["text"], en, pinyin, risk)
        return term


class Matcher:
    """Annotates text with the terms of one base. Make one and keep it: it holds the automaton and the terms met."""

    def __init__(self, store: Store) -> None:
        self._automaton = store.automaton()
        self._store = store
        self._terms = _Terms(store)
        self._chosen: dict[str, dict[int, int]] = {}

    def annotate(self, text: str, *, every: bool = False, crossing: bool = False) -> Annotation:
        """Mark the terms of a text; leftmost-longest, or with `every` all of them, nested and overlapping too.

        With `crossing` matches that straddle a word border are kept and say so. Raises InputError where the text
        holds a lone surrogate.
        """
        folded = fold(check_text(text))
        judge = _Judge(folded.text, crossing)
        if every:
            terms = self._terms
            found = [
                (s, e, terms[p], verdict)
                for s, e, p in self._automaton.find_all(folded.text)
                if (verdict := judge.verdict(s, e, terms[p].risk))
            ]
        else:
            found = self._longest(folded.text, judge)
        if folded.text == text or folded.same:
            matches = [Match(s, e, text[s:e], term, verdict) for s, e, term, verdict in found]
        else:
            matches = []
            for s, e, term, verdict in found:
                start, end = folded.span(s, e)
                matches.append(Match(start, end, text[start:end], term, verdict))
        return Annotation(text, matches, self.words)

    def _longest(self, text: str, judge: _Judge) -> list[Judged]:
        terms = self._terms
        out: list[Judged] = []
        done = 0  # everything before this offset is settled
        for s, e, p in self._automaton.find(text):
            if s < done:
                if e > done:  # it was overlapped by what was chosen instead of another: look at what it hid
                    done = self._choose(text, done, e, judge, out)
                continue
            term = terms[p]
            verdict = judge.verdict(s, e, term.risk) if term.risk else "aligned"
            if verdict:
                out.append((s, e, term, verdict))
                done = e
            else:
                done = self._choose(text, s, e, judge, out)
        return out

    def _choose(self, text: str, start: int, end: int, judge: _Judge, out: list[Judged]) -> int:
        """Add the leftmost-longest sound matches that begin in [start, end); returns where they end, at least `end`."""
        at = start
        while at < end:
            step = 1
            for length, p in self._beginning(text, at).items():
                term = self._terms[p]
                verdict = judge.verdict(at, at + length, term.risk)
                if verdict:
                    out.append((at, at + length, term, verdict))
                    step = length
                    break
            at += step
        return max(at, end)

    def _beginning(self, text: str, at: int) -> dict[int, int]:
        """Patterns that begin at an offset: length to number, the longest first."""
        lengths = self._store.pattern_lengths
        window = text[at : at + lengths[0]] if lengths else ""
        known = self._chosen.get(window)
        if known is None:
            if len(self._chosen) > 50_000:  # texts repeat themselves, but not without end
                self._chosen.clear()
            found = self._store.patterns_named([window[:n] for n in lengths if n <= len(window)])
            known = self._chosen[window] = dict(sorted(((len(t), p) for t, p in found), reverse=True))
        return known

    def words(self, text: str, matches: list[Match]) -> list[Word]:
        """Cut a text into words that tile it: terms whole with their own reading, the gaps by the segmenter."""
        out: list[Word] = []
        at = 0
        for match in matches:
            if match.start < at:  # nested or overlapping: the first and longest has the word
                continue
            if match.start > at:
                out += _gap(text, at, match.start)
            out.append(Word(match.start, match.end, match.text, match.term.pinyin, match.term.ids[0]))
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

    def __init__(self, text: str, crossing: bool) -> None:
        self._text = text
        self._crossing = crossing
        self._high = 0  # borders are known up to here
        self._borders: set[int] = set()

    def verdict(self, start: int, end: int, risk: int) -> str:
        """How a match sits on the text's words: aligned, inside, crossing; "" where it is none."""
        text = self._text
        if risk & LATIN_EDGE:
            if start and _WORDLIKE.match(text, start) and _WORDLIKE.match(text, start - 1):
                return ""
            if end < len(text) and _WORDLIKE.match(text, end - 1) and _WORDLIKE.match(text, end):
                return ""
        if not risk & SHORT_HAN:
            return "aligned"
        borders = self._words(start, end)
        if start in borders and end in borders:
            return "aligned"
        for inner in range(start + 1, end):
            if inner in borders:
                return "crossing" if self._crossing else ""
        return "inside"

    def _words(self, start: int, end: int) -> set[int]:
        """The word borders around a match, found stretch by stretch: matches come from left to right.

        A stretch begins and ends where a clause does, so its words are those of the whole text.
        """
        if end > self._high:
            text, first = self._text, self._high
            if start - first > STRETCH:
                first = start
                while start - first < STRETCH and text[first - 1] not in _STOPS:
                    first -= 1
            stop = _CLAUSE.search(text, max(end, first + STRETCH), max(end, first) + FARTHEST)
            self._high = stop.end() if stop else min(len(text), max(end, first) + FARTHEST)
            self._borders.update(accumulate(map(len, cut(text[first : self._high])), initial=first))
        return self._borders
