"""Terms in Chinese running text.

The text is compared in its folded form (width, case, white space inside a term), or as it is where that finds the same
(`termbase.watched`). The automaton gives the leftmost-longest matches, and each is judged at its edges: Latin letters
and digits must not go on (`AI` is not in `MAIL`); a short match must not straddle the border of two words. Both
scripts' forms are in the automaton, so the text is never converted.

Short matches are held against word borders: measured on gold texts, a match that crosses one is wrong nine times in ten
when it has two characters. Of four and more characters it is mostly right; it is dropped only where the word that goes
on over its end begins a term itself (未成年|人工智能, not 未成年人). Where the longest match is dropped, what it hid is
chosen anew: a shorter term in its place, or one that begins inside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.match.borders import Borders
from glossary.match.singles import Singles
from glossary.match.terms import LATIN, LATIN_EDGE, SHORT, SHORT_HAN, WATCHED, Finding, Terms
from glossary.termbase.watched import WORDLIKE, Watch
from glossary.text.normalize import RunningFolder, close_common
from glossary.text.segment import is_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.termbase.automaton import Found
    from glossary.termbase.store import Store
    from glossary.text.normalize import Folded

# what is a word by itself after a term of three characters: 采购人|为, though 人为 is a word; 敏感词|库
FOLLOWS = frozenset("为為是在有以及即则則与與和对對从從被把将將应應可或也均库庫")
MEASURES = frozenset("率量度")  # what a term of four characters and more goes on with
JOINTS = frozenset({"部门", "部門"})  # words whose first character often ends a term that is not meant: 商务部门


class ChineseMatcher:
    """Finds the terms of one base in Chinese text. Make one and keep it: it holds the automaton and the terms met."""

    def __init__(self, store: Store) -> None:
        self._automaton = store.automaton()
        self._reach = max(store.pattern_lengths, default=0)
        watched = store.watched()
        self._watch = Watch(watched)
        singles = store.singles()
        self._singles = Singles(singles)
        self._terms = Terms(store, "zh", len(watched["characters"]), len(singles))
        self._store = store
        self._folder: RunningFolder | None = None

    def find(self, text: str, *, every: bool = False, crossing: bool = False, borders: bool = True) -> Finding:
        """The terms of a text; see `match.matcher.Matcher.annotate`."""
        folded, found, noticed = self._all_in(text) if every else self._first_in(text)
        judge = _Judge(folded.text, self._terms_in, self._reach, crossing, len(found) if borders else 0)
        judge.marks = self._terms.marks(noticed)
        if every:
            places, verdicts = self._all(found, judge)
        elif borders:
            places, verdicts = self._longest(found, judge)
        else:
            places, verdicts = self._cut_off(found, judge)
        if borders:
            places, verdicts = self._with_singles(folded.text, places, verdicts, judge)
        return Finding(places if folded.same else folded.places(places), verdicts, self._terms, judge.marks)

    def _with_singles(
        self, text: str, places: list[Found], verdicts: dict[int, str], judge: _Judge
    ) -> tuple[list[Found], dict[int, str]]:
        more = self._singles.places(text, places, self._terms)
        if not more:
            return places, verdicts
        judge.marks |= self._terms.marks(more)
        told = {places[i]: verdict for i, verdict in verdicts.items()}
        both = sorted([*places, *more], key=lambda place: (place[0], -place[1]))
        return both, {i: told[place] for i, place in enumerate(both) if place in told}

    def _first_in(self, text: str) -> tuple[Folded, list[Found], list[Found]]:
        """The leftmost-longest terms, in the text but for its white space or, where that will not do, folded.

        The text they were found in, and those that need a look, too.
        """
        folded = close_common(text)
        found = self._automaton.find(folded.text)
        noticed, watched = self._noticed(found)
        if watched and not self._watch.passes([found[i][0] for i in watched], folded.text):
            folded = self._fold(text)
            found = self._automaton.find(folded.text)
            noticed, watched = self._noticed(found)
        return folded, _without(found, watched), noticed

    def _noticed(self, found: list[Found]) -> tuple[list[Found], list[int]]:
        """The terms that need a look, and the ranks of the watched characters."""
        ranks = self._terms.noticed(found)
        notice = self._terms.notice
        watched = [i for i in ranks if notice[found[i][2]] == WATCHED]
        return [found[i] for i in ranks if notice[found[i][2]] != WATCHED], watched

    def _all_in(self, text: str) -> tuple[Folded, list[Found], list[Found]]:
        folded = self._fold(text)
        found = self._automaton.find_all(folded.text)
        return folded, found, self._noticed(found)[0]

    def _fold(self, text: str) -> Folded:
        if self._folder is None:  # its patterns take some milliseconds, and few texts need it
            self._folder = RunningFolder(self._store.variants)
        return self._folder(text)

    def _terms_in(self, piece: str) -> list[Found]:
        found = self._automaton.find(piece)
        return _without(found, self._noticed(found)[1])

    def _all(self, found: list[Found], judge: _Judge) -> tuple[list[Found], dict[int, str]]:
        """Every sound place, and by rank the verdicts on those that are not aligned."""
        risk = self._terms.risk
        judged = [(place, judge.verdict(place[0], place[1], risk[place[2]])) for place in found]
        kept = [(place, verdict) for place, verdict in judged if verdict]
        return [place for place, _ in kept], {i: v for i, (_, v) in enumerate(kept) if v != "aligned"}

    def _longest(self, found: list[Found], judge: _Judge) -> tuple[list[Found], dict[int, str]]:
        """The leftmost-longest sound places. The hottest loop of all: what is surely sound is taken with no call."""
        risk, looks, known = self._terms.risk, judge.looks, judge.known
        places: list[Found] = []
        verdicts: dict[int, str] = {}
        append = places.append
        done = 0  # everything before this offset is settled
        for place in found:
            s, e, p = place
            if s < done:
                if e > done:  # it was overlapped by what was chosen instead of another: look at what it hid
                    done = self._choose(done, e, done + self._reach, judge, places, verdicts)
                continue
            r = risk[p]
            if r and (r == LATIN_EDGE or (looks and (e not in known or s not in known))):
                verdict = judge.verdict(s, e, r)
                known = judge.known
                if not verdict:
                    done = self._choose(s, e, e - 1, judge, places, verdicts)
                    continue
                if verdict != "aligned":
                    verdicts[len(places)] = verdict
            append(place)
        return places, verdicts

    def _cut_off(self, found: list[Found], judge: _Judge) -> tuple[list[Found], dict[int, str]]:
        """The same where nothing but letters can be wrong at an edge: only places that have some are looked at."""
        risk = self._terms.risk
        wrong = judge.marks & LATIN and [
            i for i, (s, e, p) in enumerate(found) if risk[p] == LATIN_EDGE and judge.goes_on(s, e)
        ]
        places: list[Found] = []
        verdicts: dict[int, str] = {}
        at = 0  # the rank of the place that comes next
        for i in wrong or ():
            if i < at:
                continue
            places += found[at:i]
            s, e, _ = found[i]
            done = self._choose(s, e, e - 1, judge, places, verdicts)
            at = i + 1
            while at < len(found) and found[at][0] < done:  # overlapped by what was chosen: look at what it hid
                if found[at][1] > done:
                    done = self._choose(done, found[at][1], done + self._reach, judge, places, verdicts)
                at += 1
        return (places + found[at:] if at else found), verdicts

    def _choose(
        self, start: int, end: int, limit: int, judge: _Judge, places: list[Found], verdicts: dict[int, str]
    ) -> int:
        """Add the leftmost-longest sound places that begin in [start, end); returns where they end, at least `end`.

        Such as begin at `start` are only looked for up to `limit`.
        """
        at = start
        while at < end:
            place = judge.next_place(at, limit)
            if (place is None or place[0] > at) and limit < at + self._reach:  # the limit may have hidden others
                at += 1
                limit = at + self._reach
                continue
            if place is None or place[0] >= end:
                break
            at, limit, p = place
            verdict = judge.verdict(at, limit, self._terms.risk[p])
            if verdict:
                if verdict != "aligned":
                    verdicts[len(places)] = verdict
                places.append(place)
                judge.marks |= self._terms.notice[p]  # what is chosen anew may have marks of its own
                at = limit
                limit = at + self._reach
            else:
                limit -= 1  # a shorter one
        return max(at, end)


def _without(found: list[Found], ranks: list[int]) -> list[Found]:
    """The places but for those of these ranks, in order; quicker than to look at each."""
    if not ranks:
        return found
    out: list[Found] = []
    at = 0
    for i in ranks:
        out += found[at:i]
        at = i + 1
    return out + found[at:]


class _Judge:
    """Decides at the edges of places in one text, as it was looked through; with none `expected` word borders are not
    looked at. `terms_in` gives the leftmost-longest terms of a piece; none is longer than `reach`.
    """

    def __init__(
        self, text: str, terms_in: Callable[[str], list[Found]], reach: int, crossing: bool, expected: int
    ) -> None:
        self._text = text
        self._terms_in, self._reach = terms_in, reach
        self._crossing = crossing
        self._borders = Borders(text, expected) if expected else None
        self.looks = expected > 0
        self.marks = 0  # what needs a look at any of the places

    @property
    def known(self) -> set[int]:
        """Borders of words that are known already; there may be more."""
        return self._borders.known if self._borders else set()

    def verdict(self, start: int, end: int, risk: int) -> str:
        """How a place sits on the text's words: aligned, inside, crossing; "" where it is none."""
        if risk <= LATIN_EDGE:
            return "" if risk and self.goes_on(start, end) else "aligned"
        if self._borders is None:
            return "aligned"
        if self._text[end - 1 : end + 1] in JOINTS:
            verdict = "crossing"
        else:
            verdict = self._borders.verdict(start, end) if risk == SHORT_HAN else self._end(start, end)
        if verdict == "crossing" and end - start == SHORT and self._text[end : end + 1] in FOLLOWS:
            verdict = "aligned" if self._borders.word_at(start, end) == (end - 1, end + 1) else verdict
        return "" if verdict == "crossing" and not self._crossing else verdict

    def next_place(self, start: int, limit: int) -> Found | None:
        """The leftmost-longest place within [start, limit), whether sound or not."""
        found = self._terms_in(self._text[start:limit])
        return (start + found[0][0], start + found[0][1], found[0][2]) if found else None

    def _end(self, start: int, end: int) -> str:
        """The verdict on a longer place by the word that goes on over its end, if one does."""
        assert self._borders is not None
        first, last = self._borders.word_at(start, end)
        if first <= start or last == end:
            return "aligned"
        if last - end > 1 and is_word(self._text[end:last]):  # 疲劳驾驶预警|系统, though 预警系统 is a term too
            return "aligned"
        if last - end == 1 and self._text[end] in MEASURES:  # 情感识别|率, though 识别率 is a term too
            return "aligned"
        begun = self.next_place(first, first + self._reach)
        return "crossing" if begun and begun[0] == first and begun[1] >= last else "aligned"

    def goes_on(self, start: int, end: int) -> bool:
        """Whether a Latin letter or digit at an edge of the place stands beside another one outside."""
        text, wordlike = self._text, WORDLIKE.match
        return bool(
            (start and wordlike(text, start) and wordlike(text, start - 1))
            or (end < len(text) and wordlike(text, end - 1) and wordlike(text, end))
        )
