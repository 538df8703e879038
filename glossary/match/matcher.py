"""Find the terms of one base in running text of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.match.annotation import Annotation, Match
from glossary.match.chinese import ChineseMatcher, term_of
from glossary.match.english import EnglishMatcher
from glossary.match.words import words_of
from glossary.text.normalize import check_text

if TYPE_CHECKING:
    from glossary.match.annotation import Term
    from glossary.termbase.store import Store

LANGUAGES = ("", "zh", "en")
ENGLISH = 0.3  # bytes of UTF-8 beyond one a character, on average: in Chinese it is 2, in English nearly none


class Matcher:
    """Annotates text with the terms of one base. Make one and keep it: it holds the automata and the terms met."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._chinese: ChineseMatcher | None = None
        self._english: EnglishMatcher | None = None

    def annotate(
        self, text: str, *, every: bool = False, crossing: bool = False, borders: bool = True, lang: str = ""
    ) -> Annotation:
        """Mark the terms of a text; leftmost-longest, or with `every` all of them, nested and overlapping too.

        `lang` is zh or en; without it, it is told from the text: in Chinese, Chinese terms are looked for; in English,
        renderings, and Chinese terms in what it quotes. Short matches in Chinese that straddle a word border are left
        out; with `crossing` they are kept and say so, without `borders` nothing is looked at but the letters beside a
        match, which is several times as fast. Raises InputError where the text holds a lone surrogate.
        """
        check_text(text)
        if lang not in LANGUAGES:
            raise InputError(f"there is no language {lang!r} here; there are zh and en")
        matches: list[Match] = []
        if lang == "en" or (not lang and is_english(text)):
            self._english = self._english or EnglishMatcher(self._store)
            matches = self._english.find(text, every=every)
        if lang == "zh" or not lang:
            self._chinese = self._chinese or ChineseMatcher(self._store)
            chinese = self._chinese.find(text, every=every, crossing=crossing, borders=borders)
            matches = _together(matches, chinese, every) if matches else chinese
        return Annotation(text, _settled(self._store, matches), words_of)


def is_english(text: str) -> bool:
    """Whether a text is English, with Chinese in it at most as quotations: one Han character to six letters."""
    return text.isascii() or len(text.encode()) < len(text) * (1 + ENGLISH)


def annotate_all(
    matchers: list[Matcher], text: str, *, every: bool = False, crossing: bool = False, borders: bool = True,
    lang: str = "",
) -> Annotation:  # fmt: skip
    """Annotate with several bases: where matches overlap the earlier one wins, then the longer, then the first base."""
    parts = [m.annotate(text, every=every, crossing=crossing, borders=borders, lang=lang) for m in matchers]
    if len(parts) == 1:
        return parts[0]
    matches = parts[0].matches
    for part in parts[1:]:
        matches = _together(matches, part.matches, every)
    return Annotation(text, matches, words_of)


def _together(first: list[Match], second: list[Match], every: bool) -> list[Match]:
    """Matches from two sides in order; of overlapping ones the earlier, the longer, that of the first side."""
    ranked = sorted([*first, *second], key=lambda m: (m.start, -m.end))  # stable: the first side stays before
    if every:
        return ranked
    kept: list[Match] = []
    for match in ranked:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _settled(store: Store, matches: list[Match]) -> list[Match]:
    """Matches of a form that several concepts share, given to the one that the text names by a form of its own.

    So the short form of a name stands for whom the same text names in full.
    """
    if max([len(m.term.ids) for m in matches], default=0) < 2:
        return matches
    sure = {m.term.ids[0] for m in matches if len(m.term.ids) == 1}
    known: dict[tuple[str, ...], Term] = {}
    for match in matches:
        ids = match.term.ids
        if len(ids) > 1:
            named = [id for id in ids if id in sure]
            if len(named) == 1 and named[0] != ids[0]:
                if ids not in known:
                    numbers = [n for id in (named[0], *ids) if (n := store.number(id)) is not None]
                    known[ids] = term_of(store, list(dict.fromkeys(numbers)), match.term.pinyin, match.term.risk)
                match.term = known[ids]
    return matches
