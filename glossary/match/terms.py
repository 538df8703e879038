"""The terms behind the numbers that an automaton gives, and what was found of them in one text.

Places are (start, end, number of the pattern), as the automaton gives them: they are judged, chosen and counted before
any object is made, so that nobody pays for objects who only wants columns.
"""

from __future__ import annotations

from functools import reduce
from operator import itemgetter, or_
from typing import TYPE_CHECKING

from glossary.match.annotation import Match, Term
from glossary.termbase.watched import WORDLIKE
from glossary.text.normalize import is_han

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.match.bulk import Lists
    from glossary.termbase.automaton import Found
    from glossary.termbase.store import Head, Store

UNKNOWN, WATCHED, LATIN, SHARED, PLACE, EVERYDAY = (1 << i for i in range(6))
# not met so far; no term; begins or ends with a Latin letter or digit; several concepts have it; is, or may be, the
# name of a place; is mostly said in an everyday sense
SHORT = 3  # characters; longer matches are only looked at where they end
SAFE, LATIN_EDGE, SHORT_HAN, LONG_HAN = range(4)  # what may be wrong at the edges of a match
_pattern = itemgetter(2)


class Terms:
    """Terms by pattern number of one language, read from the base when they are first met, many at a time.

    `term[p]` is what a pattern stands for, `id[p]` the likeliest concept,
    `risk[p]` is that of a Chinese pattern, of an English one how its letters must stand (`termbase.forms`).
    `notice[p]` says what of a pattern needs a look, as the sum of the marks above: of nearly all that were met nothing.
    """

    def __init__(self, store: Store, lang: str, watched: int = 0, below: int = 0) -> None:
        """`watched` patterns come after those of terms, and so many have numbers `below` zero: they end each list."""
        size = store.pattern_count(lang)
        self.term: list[Term] = [_NONE] * (size + below)
        self.id: list[str] = [""] * (size + below)
        self.risk = bytearray(size + below)
        self.notice = bytearray([UNKNOWN]) * size + bytearray([WATCHED]) * watched + bytearray([UNKNOWN]) * below
        self._own: dict[str, set[int]] = {}  # patterns that a concept has to itself
        self.lang = lang
        self._natures: dict[int, Nature] = {}
        self._concepts: dict[int, list[int]] = {}  # the numbers of the concepts of a pattern
        self._store = store

    def noticed(self, places: list[Found]) -> list[int]:
        """The ranks of those of the places that need a look, and see to it that the terms of all are there."""
        notice = self.notice
        out = [i for i, place in enumerate(places) if notice[place[2]]]
        unknown = {p for i in out if notice[p := places[i][2]] == UNKNOWN}
        if unknown:
            self._read(sorted(unknown))
            out = [i for i in out if notice[places[i][2]]]
        return out

    def marks(self, places: Iterable[Found]) -> int:
        """What needs a look at any of these places."""
        notice = self.notice
        return reduce(or_, {notice[p] for _, _, p in places}, 0)

    def _read(self, numbers: list[int]) -> None:
        rows = self._store.patterns(numbers, self.lang)
        heads = self._store.heads({n for _, _, _, ns in rows for n in ns})
        everyday = self._store.everyday
        notice = {}
        for p, text, extra, ns in rows:
            # a rendering has no reading: what is shown above English words is nothing
            pinyin, risk = (extra, _risk(text)) if self.lang == "zh" else ("", extra)
            self.term[p] = self._term([heads[n][0] for n in ns], ns[0], heads[ns[0]], pinyin)
            self.id[p], self.risk[p] = self.term[p].ids[0], risk
            self._concepts[p] = ns
            if len(ns) == 1:
                self._own.setdefault(heads[ns[0]][0], set()).add(p)
            notice[p] = (
                EVERYDAY * (text in everyday or text.lower() in everyday)
                + SHARED * (len(ns) > 1)
                + PLACE * any(heads[n][4] == "place" for n in ns)
                + LATIN * (self.lang == "zh" and risk == LATIN_EDGE)
            )
        for p, mark in notice.items():  # last: another thread may be reading
            self.notice[p] = mark

    def names(self, id: str, met: set[int]) -> bool:
        """Whether one of the patterns stands for this concept and no other."""
        return not met.isdisjoint(self._own.get(id, ()))

    def first(self, p: int, id: str) -> Term:
        """The term of a pattern that several concepts have, as that of one of them."""
        term = self.term[p]
        n = self._store.number(id)
        if n is None:
            return term
        ids = [id, *(i for i in term.ids if i != id)]
        return self._term(ids, n, self._store.heads([n])[n], term.pinyin)

    def nature(self, p: int) -> Nature:
        """The kinds and the domains of the concepts of a pattern that was met."""
        found = self._natures.get(p)
        if found is None:
            natures = self._store.natures(self._concepts[p])
            found = Nature(frozenset(k for k, _ in natures), frozenset(d for _, ds in natures for d in ds))
            self._natures[p] = found
        return found

    def _term(self, ids: list[str], n: int, head: Head, pinyin: str) -> Term:
        _, zh, en, ethnic, _ = head
        latin = None
        if ethnic and pinyin:
            from glossary.match.words import usual_latin

            latin = usual_latin(self._store.data([n])[n][2], pinyin)
        return Term(tuple(ids), zh, en, pinyin, latin)


class Nature:
    """What kinds and domains the concepts of a pattern have."""

    __slots__ = ("domains", "kinds")

    def __init__(self, kinds: frozenset[str], domains: frozenset[str]) -> None:
        self.kinds, self.domains = kinds, domains


_NONE = Term((), "", "", "")


def _risk(text: str) -> int:
    if is_han(text[0]) and is_han(text[-1]):
        return SHORT_HAN if len(text) <= SHORT else LONG_HAN
    return LATIN_EDGE if WORDLIKE.match(text[0]) or WORDLIKE.match(text[-1]) else SAFE


class Finding:
    """What was found in one text in one language: places in the text as given, and what they stand for.

    `verdicts` has the certainty of those places, by their rank, that is not `aligned`; `named` the terms of patterns
    that stand in this text for another of their concepts than the likeliest; `marks` what may need a look.
    """

    __slots__ = ("marks", "named", "places", "terms", "verdicts")

    def __init__(self, places: list[Found], verdicts: dict[int, str], terms: Terms, marks: int) -> None:
        self.places, self.verdicts, self.terms, self.marks = places, verdicts, terms, marks
        self.named: dict[int, Term] = {}

    def marked(self, mark: int) -> list[int]:
        """The ranks of the places whose patterns have a mark."""
        if not self.marks & mark:
            return []
        notice = self.terms.notice
        return [i for i, (_, _, p) in enumerate(self.places) if notice[p] & mark]

    def sound(self) -> list[Found]:
        """The other places that are aligned, in order."""
        notice = self.terms.notice
        return sorted(
            place for i, place in enumerate(self.places) if not notice[place[2]] & EVERYDAY and i not in self.verdicts
        )

    def drop(self, ranks: set[int]) -> None:
        """Take places out."""
        kept = [i for i in range(len(self.places)) if i not in ranks]
        self.verdicts = {new: self.verdicts[i] for new, i in enumerate(kept) if i in self.verdicts}
        self.places = [self.places[i] for i in kept]

    def matches(self, text: str) -> list[Match]:
        """The places as objects; `text` is the text as given."""
        term = self.terms.term
        out = [Match(s, e, text[s:e], term[p], "aligned") for s, e, p in self.places]
        for i, verdict in self.verdicts.items():
            out[i].certainty = verdict
        if self.named:
            for match, (_, _, p) in zip(out, self.places, strict=True):
                match.term = self.named.get(p, match.term)
        return out

    def lists(self) -> Lists:
        """The places as lists: start, end, id of the concept, certainty."""
        certainty = ["aligned"] * len(self.places)
        for i, verdict in self.verdicts.items():
            certainty[i] = verdict
        id, places = self.terms.id, self.places
        ids = [id[p] for _, _, p in places]
        if self.named:
            ids = [self.named[p].ids[0] if p in self.named else id[p] for _, _, p in places]
        return [s for s, _, _ in places], [e for _, e, _ in places], ids, certainty


def settle(findings: list[Finding]) -> None:
    """Give a form that several concepts share to the one that the text names by a form of its own.

    So the short form of a name stands for whom the same text names in full.
    """
    if not any(f.marks & SHARED for f in findings):
        return
    met = [(f, set(map(_pattern, f.places))) for f in findings]
    for finding, patterns in met:
        notice = finding.terms.notice
        for p in [p for p in patterns if notice[p] & SHARED]:
            ids = finding.terms.term[p].ids
            named = {id for id in ids for f, others in met if f.terms.names(id, others)}
            if len(named) == 1 and ids[0] not in named:
                finding.named[p] = finding.terms.first(p, named.pop())
