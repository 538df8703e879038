"""Candidates for every reading of a query, each with the best reason found for it."""

from __future__ import annotations

import re

from glossary.search import spans
from glossary.search.hit import (
    DEFINITION,
    EN,
    EN_OTHER,
    EN_WORDS,
    ID,
    INITIALS,
    INITIALS_PREFIX,
    PLAIN,
    PLAIN_INSIDE,
    PLAIN_PREFIX,
    SIMILAR,
    TONES,
    ZH,
    ZH_INSIDE,
    ZH_OTHER,
    ZH_PREFIX,
)
from glossary.termbase.keys import bigrams, english_key, sound_tokens
from glossary.text import english
from glossary.text.normalize import has_han

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glossary.search.query import PinyinReading, Query
    from glossary.search.spans import Finder as SpanFinder
    from glossary.termbase.store import Row, Store

ENOUGH = 20  # weaker tiers are asked only while fewer hits than this were found
PLENTY = 400  # weaker readings of English words are not tried where more than this was found
LIKELIEST = 3  # of many ways to read the query as pinyin, so many are looked for inside readings
MOST = 1000  # candidates of one kind that are looked at
SUGGESTED = 100  # the same while somebody types
# words that a rendering may have or lack without being another one
STOP = frozenset("a an the of to in on for and or by with at from as is are s".split())


class Candidate:
    """The best reason found so far for one concept.

    `share` is how much of the form was matched (1 the whole); `term` the number of the designation in the entry, or
    -1 where the index says only which concept it is.
    """

    __slots__ = ("field", "order", "share", "spans", "term", "tier", "typed", "use")

    def __init__(self, tier: int, field: str, spans: SpanFinder, share: float, term: int = -1, use: int = 0) -> None:
        self.tier, self.field, self.spans, self.share, self.term, self.use = tier, field, spans, share, term, use
        self.typed = ""
        # smaller is better: tier, status of the form, how much of it is missing, place in the entry
        self.order = tier, use, -share, term


class Finder:
    """Collects candidates for a query in one base."""

    def __init__(self, store: Store, query: Query, quick: bool = False) -> None:
        self.store, self.query, self.quick = store, query, quick
        self.found: dict[int, Candidate] = {}
        self.most = SUGGESTED if quick else MOST
        self.more = False

    def add(self, n: int, candidate: Candidate) -> None:
        """Keep the better of this reason and the one that is known."""
        known = self.found.get(n)
        if known is None or candidate.order < known.order:
            self.found[n] = candidate

    def rows(self, rows: list[Row], tier: int, field: str, find: SpanFinder, length: int = 0) -> None:
        """Add rows of the key table; `length` of the query gives the share, 0 means that all of the key matched."""
        self.more = self.more or len(rows) >= self.most
        for n, text, term, use in rows:
            self.add(n, Candidate(tier, field, find, length / len(text) if length else 1.0, term, use))

    def all(self) -> None:
        """Everything that the readings of the query find, from the strongest to the weakest tier."""
        query = self.query
        if query.id:
            n = self.store.number(query.id)
            if n is not None:
                self.add(n, Candidate(ID, "id", spans.whole, 1.0))
        if query.request.reading == "id":
            return
        if has_han(query.key):
            self.chinese()
        if query.pinyin:
            self.by_pinyin()
        if query.letters:
            self.by_letters()
        if query.english:
            self.by_english()
        if query.initials:
            self.by_initials()

    def chinese(self) -> None:
        """Both scripts are in the index as they stand; only a query that mixes them has to be converted."""
        self._written(self.query.key)
        if not self.found:
            from glossary.text.script import to_simplified

            simplified = to_simplified(self.query.key)
            if simplified != self.query.key:
                self._written(simplified)

    def _written(self, text: str) -> None:
        for n, _, term, use in self.store.exact("zh", text):
            candidate = Candidate(ZH if use == 0 and term == 0 else ZH_OTHER, "zh", spans.whole, 1.0, term, use)
            candidate.typed = text
            self.add(n, candidate)
        self.rows(self.store.prefix("zh", text, self.most), ZH_PREFIX, "zh", spans.inside(text), len(text))
        self._inside(text)

    def _inside(self, text: str) -> None:
        for n in self.store.han(han_phrase(text), self.most):
            if n not in self.found:
                self.add(n, Candidate(ZH_INSIDE, "zh", spans.inside(text), 0.0))
        if len(self.found) < ENOUGH and len(text) > 1 and not self.quick:
            for n in self.store.han(han_phrase(text, "prose"), self.most):
                if n not in self.found:
                    self.add(n, Candidate(DEFINITION, "definition", spans.inside(text), 0.0))

    def by_pinyin(self) -> None:
        """Whole readings, their beginnings, and syllables inside. Borders between syllables stand in the key."""
        for number, reading in enumerate(self.query.pinyin):
            plain = reading.plain
            toned = any(reading.tones)
            for n, _, term, use in self.store.exact("plain", plain, self.most):
                fit = fits(reading, self.store.reading(n, term), whole=True) if toned else "plain"
                # with another tone it is what was meant only if nothing is better
                tier = {"tones": TONES, "plain": PLAIN, "": SIMILAR}[fit]
                self.add(n, Candidate(tier, "pinyin", spans.whole, 1.0 if fit else 0.95, term, use))
            if len(plain) < 2 or len(self.found) >= PLENTY:  # the likelier ways to read it come first
                continue
            letters = len(plain.replace(" ", ""))
            find = spans.first_letters(letters)
            # a finished syllable goes on with a border, an unfinished one with its other letters
            for start in (plain, plain + " ") if not reading.partial else (plain,):
                for n, text, term, use in self.store.prefix("plain", start, self.most):
                    if toned and not fits(reading, self.store.reading(n, term)):
                        continue
                    share = letters / len(text.replace(" ", ""))
                    self.add(n, Candidate(PLAIN_PREFIX, "pinyin", find, share, term, use))
            if (
                number < LIKELIEST
                and len(reading.syllables) > 1
                and not (toned or self.quick or len(self.found) >= ENOUGH)
            ):
                self._sounds_inside(reading)

    def _sounds_inside(self, reading: PinyinReading) -> None:
        # all pairs, without the last syllable alone: the reading may go on after it
        pairs = sound_tokens(reading.syllables).split()[:-1]
        match = f'sound : "{" ".join(pairs)}"' + (" *" if reading.partial else "")
        for n in self.store.han(match, self.most):
            if n not in self.found:
                self.add(n, Candidate(PLAIN_INSIDE, "pinyin", spans.sound(reading.syllables), 0.0))

    def by_letters(self) -> None:
        """Terms with Latin letters or digits in them, whose reading holds these as they are."""
        text = self.query.letters
        self.rows(self.store.exact("letters", text, self.most), PLAIN, "pinyin", spans.whole)
        if len(text) > 2:
            found = self.store.prefix("letters", text, self.most)
            self.rows(found, PLAIN_PREFIX, "pinyin", spans.first_letters(len(text)), len(text))

    def by_initials(self) -> None:
        """The first letters of all syllables, or of the first ones; zh, ch, sh may be typed as two letters."""
        typed = self.query.initials
        for text in dict.fromkeys([typed, re.sub("([zcs])h", r"\1", typed)]):
            find = spans.initials(len(text))
            self.rows(self.store.exact("initials", text, self.most), INITIALS, "initials", find)
            if len(text) > 1:
                self.rows(self.store.prefix("initials", text, self.most), INITIALS_PREFIX, "initials", find, len(text))

    def by_english(self) -> None:
        """Whole renderings and abbreviations; then words in them; then words of definitions and notes."""
        wanted = english_key(self.query.english)
        if not wanted:
            return
        for field, text in (
            ("en", wanted),
            ("abbr", wanted),
            ("en=", wanted.replace(" ", "")),
            ("en", wanted.replace(" ", "")),
        ):
            for n, _, term, use in self.store.exact(field, text, self.most):
                tier = EN if use == 0 and (term == 0 or field == "abbr") else EN_OTHER
                kind = "abbr" if field == "abbr" else "english"
                self.add(n, Candidate(tier, kind, spans.whole, 1.0, term, use))
        every = english.words(self.query.english)
        words = [w for w in every if w not in STOP] or every
        if words:
            self._english_words(every, words)

    def _english_words(self, every: list[str], words: list[str]) -> None:
        find = spans.words(words)
        quoted = [f'"{w}"' for w in words]
        phrase = '"' + " ".join(every) + '"'
        together = " AND ".join(quoted)
        attempts = [(f"term : {phrase}", 0.9)]
        if not self.query.request.exact:
            if len(every) > 1:
                attempts.append((f"term : ({together})", 0.8))
            begun = self.store.words_from(words[-1]) if len(words[-1]) > 2 else []
            if begun:  # the last word may be unfinished
                last = " OR ".join(f'"{w}"' for w in begun)
                attempts.append((f"term : ({' AND '.join([*quoted[:-1], f'({last})'])})", 0.6))
            roots = [english.root(w) for w in words]
            if any(roots):
                like = " AND ".join(f'"{r}" *' if r else q for r, q in zip(roots, quoted, strict=True))
                attempts.append((f"term : ({like})", 0.5))
        for match, share in attempts:
            if len(self.found) >= PLENTY:
                self.more = True
                break
            found = self.store.english(match, self.most)
            self.more = self.more or len(found) >= self.most
            for n in found:
                known = self.found.get(n)
                if known is None or known.tier > EN_WORDS:
                    self.add(n, Candidate(EN_WORDS, "english", find, share))
        if len(self.found) < ENOUGH and not self.quick:
            for n in self.store.english(phrase if self.query.request.exact else together, self.most):
                if n not in self.found:
                    self.add(n, Candidate(DEFINITION, "definition", find, 0.0))


def han_phrase(text: str, column: str = "form") -> str:
    """An FTS5 expression for a string of characters anywhere in a column; "" where there is nothing to look for."""
    parts = bigrams(text).split()
    # the last single character of the tokens stands for "a run ends here", which a query does not say
    if len(parts) > 1 and len(parts[-1]) == 1 and has_han(parts[-1]):
        parts = parts[:-1]
    if not parts:
        return ""
    return f'{column} : "' + " ".join(parts) + '"' + (" *" if len(parts) == 1 else "")


def fits(reading: PinyinReading, form: str, whole: bool = False) -> str:
    """Whether a reading of the query agrees with (the beginning of) a stored one.

    Gives "tones" where all tones are given and right, "plain" where some are missing, "" where it does not agree.
    """
    stored = spans.read(form)
    if len(stored) < len(reading.syllables) or (whole and len(stored) != len(reading.syllables)):
        return ""
    last = len(reading.syllables) - 1
    for i, (syllable, tone) in enumerate(zip(reading.syllables, reading.tones, strict=True)):
        have, have_tone = stored[i]
        if have != syllable and not (i == last and reading.partial and have.startswith(syllable)):
            return ""
        if tone and tone != have_tone and have_tone != 5 and tone != 5:
            return ""  # but a neutral tone may be typed as the full one, and the other way round
    given = sum(t > 0 for t in reading.tones)
    wanted = sum(t < 5 for _, t in stored[: len(reading.tones)])
    return "tones" if given and given >= wanted else "plain"
