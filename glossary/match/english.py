"""Terms in English running text: renderings in any inflection and spelling, edges before longest.

All occurrences of all forms are found, each between blanks of the folded text; those whose letters do not stand as
they must (WHO is not `who`) fall away, and of the rest the leftmost-longest are kept. So a match that is no word of its
own never hides one that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.match.terms import Finding, Terms
from glossary.termbase.forms import stands
from glossary.text.english import fold_running

if TYPE_CHECKING:
    from glossary.termbase.automaton import Found
    from glossary.termbase.store import Store


class EnglishMatcher:
    """Finds the renderings of one base in English text. Make one and keep it."""

    def __init__(self, store: Store) -> None:
        self._automaton = store.automaton("en")
        self._terms = Terms(store, "en")

    def find(self, text: str, *, every: bool = False) -> Finding:
        """The terms of a text, leftmost-longest, or with `every` nested and overlapping ones too."""
        folded = fold_running(text)
        found = self._automaton.find_all(folded.text)
        marks = self._terms.marks([found[i] for i in self._terms.noticed(found)])
        written = self._terms.risk
        places: list[Found] = []
        done = 0
        for s, e, p in found:
            if s < done and not every:
                continue
            start, end = folded.span(s + 1, e - 1)  # without the blanks around it
            if written[p] and not stands(text[start:end], written[p]):
                continue
            places.append((start, end, p))
            done = e - 1  # the blank after it is the one before the next
        return Finding(places, {}, self._terms, marks)
