"""Terms in English running text: renderings in any inflection and spelling, edges before longest.

All occurrences of all forms are found, each between blanks of the folded text; those whose letters do not stand as
they must (WHO is not `who`) fall away, and of the rest the leftmost-longest are kept. So a match that is no word of its
own never hides one that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.match.annotation import Match, Term
from glossary.match.chinese import term_of
from glossary.termbase.forms import stands
from glossary.text.english import fold_running

if TYPE_CHECKING:
    from glossary.termbase.store import Store


class _Terms(dict[int, tuple[Term, int]]):
    """Terms and how their letters must stand, by pattern number, read from the base when one is first met."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __missing__(self, p: int) -> tuple[Term, int]:
        _, written, ns = self._store.english_pattern(p)
        # a rendering has no reading: what is shown above English words is nothing
        found = self[p] = term_of(self._store, ns, ""), written
        return found


class EnglishMatcher:
    """Finds the renderings of one base in English text. Make one and keep it."""

    def __init__(self, store: Store) -> None:
        self._automaton = store.automaton("en")
        self._terms = _Terms(store)

    def find(self, text: str, *, every: bool = False) -> list[Match]:
        """The terms of a text, leftmost-longest, or with `every` nested and overlapping ones too."""
        folded = fold_running(text)
        out: list[Match] = []
        done = 0
        for s, e, p in self._automaton.find_all(folded.text):
            if s < done and not every:
                continue
            term, written = self._terms[p]
            start, end = folded.span(s + 1, e - 1)  # without the blanks around it
            raw = text[start:end]
            if written and not stands(raw, written):
                continue
            out.append(Match(start, end, raw, term, "aligned"))
            done = e - 1  # the blank after it is the one before the next
        return out
