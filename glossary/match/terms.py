"""The terms behind the numbers that an automaton gives, and what was found of them in one text.

Places are (start, end, number of the pattern), as the automaton gives them: they are judged, chosen and counted before
any object is made, so that nobody pays for objects who only wants columns.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from glossary.match.annotation import Match, Term
from glossary.termbase.watched import WORDLIKE
from glossary.text.normalize import is_han

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.match.bulk import Lists
    from glossary.termbase.automaton import Found
    from glossary.termbase.store import Head, Store

SHORT = 3  # characters; longer matches are only looked at where they end
SAFE, LATIN_EDGE, SHORT_HAN, LONG_HAN = range(4)  # what may be wrong at the edges of a match
_pattern = itemgetter(2)


class Terms:
    """Terms by pattern number of one language, read from the base when they are first met, many at a time.

    `term[p]` is what a pattern stands for, `id[p]` the likeliest concept,
    `risk[p]` is that of a Chinese pattern, of an English one how its letters must stand (`termbase.forms`).
    """

    def __init__(self, store: Store, lang: str) -> None:
        size = store.pattern_count(lang)
        self.term: list[Term] = [_NONE] * size
        self.id: list[str] = [""] * size
        self.risk = bytearray(size)
        self.latin: set[int] = set()  # patterns met that begin or end with a Latin letter or digit
        self.places: set[int] = set()  # patterns met that are, or may be, names of places
        self._shared: set[int] = set()  # patterns that several concepts have
        self._own: dict[str, set[int]] = {}  # patterns that a concept has to itself
        self._known: set[int] = set()
        self.lang = lang
        self.everyday: set[int] = set()  # patterns met that are mostly said in an everyday sense
        self._natures: dict[int, Nature] = {}
        self._concepts: dict[int, list[int]] = {}  # the numbers of the concepts of a pattern
        self._store = store

    def meet(self, places: Iterable[Found]) -> set[int]:
        """See to it that `term` and `risk` are there for these places; returns their patterns."""
        met = set(map(_pattern, places))
        if not met <= self._known:
            self._read(sorted(met - self._known))
        return met

    def _read(self, numbers: list[int]) -> None:
        rows = self._store.patterns(numbers, self.lang)
        heads = self._store.heads({n for _, _, _, ns in rows for n in ns})
        everyday = self._store.everyday
        for p, text, extra, ns in rows:
            # a rendering has no reading: what is shown above English words is nothing
            pinyin, risk = (extra, _risk(text)) if self.lang == "zh" else ("", extra)
            self.term[p] = self._term([heads[n][0] for n in ns], ns[0], heads[ns[0]], pinyin)
            self.id[p], self.risk[p] = self.term[p].ids[0], risk
            if any(heads[n][4] == "place" for n in ns):
                self.places.add(p)
            if risk == LATIN_EDGE and self.lang == "zh":
                self.latin.add(p)
            self._concepts[p] = ns
            if text in everyday or text.lower() in everyday:
                self.everyday.add(p)
            if len(ns) > 1:
                self._shared.add(p)
            else:
                self._own.setdefault(heads[ns[0]][0], set()).add(p)
        self._known.update(numbers)  # last: another thread may be reading

    @property
    def has_shared(self) -> bool:
        """Whether any pattern met so far is one that several concepts have."""
        return bool(self._shared)

    def shared(self, met: set[int]) -> set[int]:
        """Those of the patterns that several concepts have."""
        return self._shared & met

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
    that stand in this text for another of their concepts than the likeliest.
    """

    __slots__ = ("named", "places", "terms", "verdicts")

    def __init__(self, places: list[Found], verdicts: dict[int, str], terms: Terms) -> None:
        self.places, self.verdicts, self.terms = places, verdicts, terms
        self.named: dict[int, Term] = {}

    def everyday(self) -> list[int]:
        """The ranks of the places of words that are mostly said in an everyday sense."""
        words = self.terms.everyday
        if words.isdisjoint(map(_pattern, self.places)):
            return []
        return [i for i, (_, _, p) in enumerate(self.places) if p in words]

    def sound(self) -> list[Found]:
        """The other places that are aligned, in order."""
        words = self.terms.everyday
        return sorted(place for i, place in enumerate(self.places) if place[2] not in words and i not in self.verdicts)

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
    if not any(f.places and f.terms.has_shared for f in findings):
        return
    met = [(f, set(map(_pattern, f.places))) for f in findings]
    for finding, patterns in met:
        for p in finding.terms.shared(patterns):
            ids = finding.terms.term[p].ids
            named = [id for id in ids if any(f.terms.names(id, others) for f, others in met)]
            if len(named) == 1 and named[0] != ids[0]:
                finding.named[p] = finding.terms.first(p, named[0])
