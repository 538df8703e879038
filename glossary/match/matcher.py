"""Find the terms of one base in running text of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary.match.annotation import Annotation, Match
from glossary.match.chinese import ChineseMatcher
from glossary.match.names import drop_in_names
from glossary.match.senses import drop_everyday
from glossary.match.terms import settle
from glossary.text.normalize import check_text, utf8_size

if TYPE_CHECKING:
    from glossary.match.bulk import Lists
    from glossary.match.english import EnglishMatcher
    from glossary.match.terms import Finding
    from glossary.match.words import Words
    from glossary.termbase.store import Store

LANGUAGES = ("", "zh", "en")
# A text is English, with Chinese in it at most as quotations, where its UTF-8 has fewer bytes beyond one a character,
# on average, than this: in Chinese it is 2, in English nearly none; so one Han character to six letters.
ENGLISH = 0.3


class Matcher:
    """Annotates text with the terms of one base. Make one and keep it: it holds the automata and the terms met."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._chinese: ChineseMatcher | None = None
        self._english: EnglishMatcher | None = None

    def annotate(
        self,
        text: str,
        *,
        every: bool = False,
        crossing: bool = False,
        borders: bool = True,
        everyday: bool = False,
        lang: str = "",
    ) -> Annotation:
        """Mark the terms of a text; leftmost-longest, or with `every` all of them, nested and overlapping too.

        `lang` is zh or en; without it, it is told from the text: in Chinese, Chinese terms are looked for; in English,
        renderings, and Chinese terms in what it quotes. Short matches in Chinese that straddle a word border are left
        out; with `crossing` they are kept and say so, without `borders` nothing is looked at but the letters beside a
        match, which is several times as fast. Words of the base that the text says in an everyday sense are left out;
        with `everyday` they are kept and say so. Raises InputError where the text holds a lone surrogate.
        """
        findings = self.find(text, every=every, crossing=crossing, borders=borders, everyday=everyday, lang=lang)
        matches = findings[0].matches(text)
        for finding in findings[1:]:
            matches = _together(matches, finding.matches(text), every)
        return Annotation(text, matches, _words)

    def find(
        self,
        text: str,
        *,
        every: bool = False,
        crossing: bool = False,
        borders: bool = True,
        everyday: bool = False,
        lang: str = "",
    ) -> list[Finding]:
        """What `annotate` makes matches of: English terms, Chinese terms, or both, each in order."""
        if lang not in LANGUAGES:
            raise InputError(f"there is no language {lang!r} here; there are zh and en")
        findings: list[Finding] = []
        if lang != "en":
            self._chinese = self._chinese or ChineseMatcher(self._store)
            try:
                findings.append(self._chinese.find(text, every=every, crossing=crossing, borders=borders))
            except UnicodeEncodeError:
                check_text(text)
                raise
        # the size comes second: the search has made Python keep the text's UTF-8
        if lang == "en" or (not lang and utf8_size(text) < len(text) * (1 + ENGLISH)):
            findings.insert(0, self._english_matcher().find(check_text(text), every=every))
        if borders and lang != "en":
            drop_in_names(findings[-1], text)
        if borders:
            drop_everyday(findings, text, everyday)
        settle(findings)
        return findings

    def _english_matcher(self) -> EnglishMatcher:
        if self._english is None:  # what it imports costs as much as annotating a page
            from glossary.match.english import EnglishMatcher

            self._english = EnglishMatcher(self._store)
        return self._english


def annotate_all(
    matchers: list[Matcher], text: str, *, every: bool = False, crossing: bool = False, borders: bool = True,
    everyday: bool = False, lang: str = "",
) -> Annotation:  # fmt: skip
    """Annotate with several bases: where matches overlap the earlier one wins, then the longer, then the first base."""
    how = {"every": every, "crossing": crossing, "borders": borders, "everyday": everyday}
    parts = [m.annotate(text, lang=lang, **how) for m in matchers]
    if len(parts) == 1:
        return parts[0]
    matches = parts[0].matches
    for part in parts[1:]:
        matches = _together(matches, part.matches, every)
    return Annotation(text, matches, _words)


def lists_all(matchers: list[Matcher], text: str, **options: Any) -> Lists:
    """What `annotate_all` finds as lists: start, end, concept, certainty; of one base without any object."""
    if len(matchers) == 1:
        findings = matchers[0].find(text, **options)
        if len(findings) == 1:
            return findings[0].lists()
    found = annotate_all(matchers, text, **options).matches
    return [m.start for m in found], [m.end for m in found], [m.id for m in found], [m.certainty for m in found]


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


def _words(text: str, matches: list[Match]) -> Words:
    from glossary.match.words import words_of  # whoever asks for terms only does not wait for the readings

    return words_of(text, matches)
