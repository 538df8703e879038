"""Terms in Chinese running text.

The text is folded (width, case, white space inside a term), the automaton gives the leftmost-longest matches, and
each is judged at its edges: Latin letters and digits must not go on (`AI` is not in `MAIL`); a short match must not
straddle the border of two words. Both scripts' forms are in the automaton, so the text is never converted.

Short matches are held against word borders: measured on gold texts, a match that crosses one is wrong nine times in ten
when it has two characters. Of four and more characters it is mostly right; it is dropped only where the word that goes
on over its end begins a term itself (未成年|人工智能, not 未成年人). Where the longest match is dropped, what it hid is
chosen anew: a shorter term in its place, or one that begins inside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.match.annotation import Match, Term
from glossary.match.borders import Borders
from glossary.match.words import usual_latin
from glossary.text.normalize import RunningFolder, is_han

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.termbase.automaton import Found
    from glossary.termbase.store import Store

SHORT = 3  # characters; longer matches are only looked at where they end
LATIN_EDGE, SHORT_HAN, LONG_HAN = 1, 2, 4  # bits of Term.risk
REMEMBERED = 50_000  # places in texts for which the patterns that begin there are kept
JOINTS = frozenset({"部门", "部門"})  # words whose first character often ends a term that is not meant
_WORDLIKE = re.compile(r"[0-9a-zà-ɏα-ωа-я]")


class Terms(dict[int, Term]):
    """Terms by pattern number, read from the base when one is first met."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __missing__(self, p: int) -> Term:
        text, pinyin, ns = self._store.pattern(p)
        risk = (SHORT_HAN if len(text) <= SHORT else LONG_HAN) if is_han(text[0]) and is_han(text[-1]) else 0
        if _WORDLIKE.match(text[0]) or _WORDLIKE.match(text[-1]):
            risk |= LATIN_EDGE
        term = self[p] = term_of(self._store, ns, pinyin, risk)
        return term


def term_of(store: Store, ns: list[int], pinyin: str, risk: int = 0) -> Term:
    """What all matches of one pattern share; the concepts by number, the likeliest first."""
    entries = store.data(ns)
    _, _, data = entries[ns[0]]
    zh, en = (data[side][0]["text"] if data[side] else "" for side in ("zh", "en"))
    return Term(tuple(entries[n][0] for n in ns), zh, en, pinyin, risk, usual_latin(data, pinyin))


class ChineseMatcher:
    """Finds the terms of one base in Chinese text. Make one and keep it: it holds the automaton and the terms met."""

    def __init__(self, store: Store) -> None:
        self._automaton = store.automaton()
        self._store = store
        self._terms = Terms(store)
        self._fold = RunningFolder(store.variants)
        self._chosen: dict[str, dict[int, int]] = {}

    def find(self, text: str, *, every: bool = False, crossing: bool = False, borders: bool = True) -> list[Match]:
        """The terms of a text; see `match.matcher.Matcher.annotate`."""
        folded = self._fold(text)
        found = (self._automaton.find_all if every else self._automaton.find)(folded.text)
        judge = _Judge(folded.text, crossing, len(found) if borders else 0, self._beginning)
        out = self._all(folded.text, found, judge) if every else self._longest(folded.text, found, judge)
        if not folded.same or folded.text != text:  # what is shown is the text as it was given
            for match, (s, e) in zip(out, folded.spans([(m.start, m.end) for m in out]), strict=True):
                match.start, match.end, match.text = s, e, text[s:e]
        return out

    def _all(self, text: str, found: list[Found], judge: _Judge) -> list[Match]:
        judged = ((s, e, t, judge.verdict(s, e, t.risk)) for s, e, p in found if (t := self._terms[p]))
        return [Match(s, e, text[s:e], term, verdict) for s, e, term, verdict in judged if verdict]

    def _longest(self, text: str, found: list[Found], judge: _Judge) -> list[Match]:
        """The hottest loop of all: a term without risk becomes a match with no call in between."""
        terms = self._terms
        out: list[Match] = []
        append = out.append
        done = 0  # everything before this offset is settled
        for s, e, p in found:
            if s < done:
                if e > done:  # it was overlapped by what was chosen instead of another: look at what it hid
                    done = self._choose(text, done, e, judge, out)
                continue
            term = terms[p]
            verdict = judge.verdict(s, e, term.risk) if term.risk else "aligned"
            if verdict:
                append(Match(s, e, text[s:e], term, verdict))
            else:
                done = self._choose(text, s, e, judge, out)
        return out

    def _choose(self, text: str, start: int, end: int, judge: _Judge, out: list[Match]) -> int:
        """Add the leftmost-longest sound matches that begin in [start, end); returns where they end, at least `end`."""
        at = start
        while at < end:
            step = 1
            for length, p in self._beginning(text, at).items():
                term = self._terms[p]
                verdict = judge.verdict(at, at + length, term.risk)
                if verdict:
                    out.append(Match(at, at + length, text[at : at + length], term, verdict))
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
            if len(self._chosen) > REMEMBERED:  # texts repeat themselves, but not without end
                self._chosen.clear()
            found = self._store.patterns_named([window[:n] for n in lengths if n <= len(window)])
            known = self._chosen[window] = dict(sorted(((len(t), p) for t, p in found), reverse=True))
        return known


class _Judge:
    """Decides at the edges of matches in one folded text; with none `expected` word borders are not looked at.

    `beginning` gives the patterns that begin at an offset of a text.
    """

    def __init__(
        self, text: str, crossing: bool, expected: int, beginning: Callable[[str, int], dict[int, int]]
    ) -> None:
        self._text = text
        self._crossing = crossing
        self._beginning = beginning
        self._borders = Borders(text, expected) if expected else None

    def verdict(self, start: int, end: int, risk: int) -> str:
        """How a match sits on the text's words: aligned, inside, crossing; "" where it is none."""
        if risk & LATIN_EDGE and self._goes_on(start, end):
            return ""
        if self._borders is None or not risk & (SHORT_HAN | LONG_HAN):
            return "aligned"
        verdict = self._borders.verdict(start, end) if risk & SHORT_HAN else self._end(start, end)
        return "" if verdict == "crossing" and not self._crossing else verdict

    def _end(self, start: int, end: int) -> str:
        """The verdict on a longer match by the word that goes on over its end, if one does."""
        assert self._borders is not None
        first, last = self._borders.word_at(start, end)
        if first <= start or last == end:
            return "aligned"
        # 部门 (department) is a word of nearly every name of a ministry that is followed by 门
        taken = (
            any(first + n >= last for n in self._beginning(self._text, first)) or self._text[end - 1 : last] in JOINTS
        )
        return "crossing" if taken else "aligned"

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether a Latin letter or digit at an edge of the match stands beside another one outside."""
        text, wordlike = self._text, _WORDLIKE.match
        return bool(
            (start and wordlike(text, start) and wordlike(text, start - 1))
            or (end < len(text) and wordlike(text, end - 1) and wordlike(text, end))
        )
