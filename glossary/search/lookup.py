"""Look-up in one base: candidates for every reading of the query, the best reason of each, one order.

Tiers are those of `search.hit.TIERS`. Inside a tier: status of the matched form, how much of the form was matched,
its length, the reading, the id; so the order never depends on chance.
"""

from __future__ import annotations

import re

from glossary.search.hit import (
    DEFINITION,
    EN,
    EN_OTHER,
    EN_WORDS,
    INITIALS,
    INITIALS_PREFIX,
    PLAIN,
    PLAIN_PREFIX,
    TONES,
    ZH,
    ZH_INSIDE,
    ZH_OTHER,
    ZH_PREFIX,
    Hit,
    Match,
    Results,
)
from glossary.search.query import LONGEST, Query
from glossary.termbase.keys import bigrams, english_key
from glossary.text.normalize import has_han, narrow
from glossary.text.pinyin import term_syllables, unmark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.search.query import PinyinReading
    from glossary.termbase.store import Store

USES = ("preferred", "admitted", "superseded", "deprecated")
# words that a rendering may have or lack without being another one
STOP = frozenset(
    ["a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "by", "with", "at", "from", "as", "is", "are"]
)
ENOUGH = 20  # weaker tiers are asked only while fewer hits than this were found


class _Candidate:
    """The best reason found so far for one concept."""

    __slots__ = ("field", "form", "order", "spans", "tier", "use")

    def __init__(
        self,
        tier: int,
        use: int,
        share: float,
        field: str,
        form: str,
        spans: Callable[[str], list[tuple[int, int]]],
    ) -> None:
        self.tier, self.use, self.field, self.form, self.spans = tier, use, field, form, spans
        self.order = (tier, use, -round(share, 4), len(form), form)

    def typed(self, text: str) -> _Candidate:
        """Prefer, among the spellings of one term, the one that was typed."""
        tier, use, share, length, form = self.order
        self.order = (tier, use, share, length, ("" if text in narrow(form) else "\U0010ffff") + form)
        return self


class _Finder:
    def __init__(self, store: Store, query: Query) -> None:
        self.store, self.query = store, query
        self.found: dict[int, _Candidate] = {}

    def add(self, n: int, candidate: _Candidate) -> None:
        known = self.found.get(n)
        if known is None or candidate.order < known.order:
            self.found[n] = candidate

    # Chinese

    def chinese(self) -> None:
        """Both scripts are in the index as they stand; only a query that mixes them has to be converted."""
        self._written(self.query.key)
        if not self.found:
            from glossary.text.script import to_simplified

            simplified = to_simplified(self.query.key)
            if simplified != self.query.key:
                self._written(simplified)

    def _written(self, text: str) -> None:
        for n, _, form, use in self.store.exact("zh", text):
            tier = ZH if use == 0 else ZH_OTHER
            self.add(n, _Candidate(tier, use, 1, "zh", form, _whole).typed(self.query.key))
        for n, found, form, use in self.store.prefix("zh", text):
            self.add(
                n,
                _Candidate(ZH_PREFIX, use, len(text) / len(found), "zh", form, _inside(text)).typed(self.query.key),
            )
        if len(self.found) < ENOUGH:
            self._inside(text)

    def _inside(self, text: str) -> None:
        tokens = bigrams(text)
        if not tokens:
            return
        # the last single character of the tokens stands for "a run ends here", which the query does not say
        parts = tokens.split()
        if len(parts) > 1 and len(parts[-1]) == 1 and has_han(parts[-1]):
            parts = parts[:-1]
        phrase = '"' + " ".join(parts) + '"' + ("*" if len(parts) == 1 else "")
        for n in self.store.han(phrase):
            if n not in self.found:
                self.add(n, _Candidate(ZH_INSIDE, 0, 0, "zh", "", _inside(text)))

    # pinyin

    def by_pinyin(self) -> None:
        for reading in self.query.pinyin:
            for n, _, form, use in self.store.exact("plain", reading.plain):
                fit = _fits(reading, form, whole=True)
                if fit:
                    tier = TONES if fit == "tones" else PLAIN
                    self.add(n, _Candidate(tier, use, 1, "pinyin", form, _whole))
            if len(reading.plain) > 1:
                for n, found, form, use in self.store.prefix("plain", reading.plain):
                    if _fits(reading, form):
                        self.add(
                            n,
                            _Candidate(
                                PLAIN_PREFIX,
                                use,
                                len(reading.plain) / len(found),
                                "pinyin",
                                form,
                                _letters(len(reading.plain)),
                            ),
                        )

    def by_letters(self) -> None:
        """Terms with Latin letters or digits in them, whose reading holds these as they are."""
        text = self.query.letters
        for n, _, form, use in self.store.exact("letters", text):
            self.add(n, _Candidate(PLAIN, use, 1, "pinyin", form, _whole))
        if len(text) > 2:
            for n, found, form, use in self.store.prefix("letters", text):
                share = len(text) / len(found)
                self.add(n, _Candidate(PLAIN_PREFIX, use, share, "pinyin", form, _letters(len(text))))

    def by_initials(self) -> None:
        for text in _initial_spellings(self.query.initials):
            for n, _, form, use in self.store.exact("initials", text):
                self.add(n, _Candidate(INITIALS, use, 1, "initials", form, _first_letters(len(text))))
            if len(text) > 1:
                for n, found, form, use in self.store.prefix("initials", text):
                    self.add(
                        n,
                        _Candidate(
                            INITIALS_PREFIX,
                            use,
                            len(text) / len(found),
                            "initials",
                            form,
                            _first_letters(len(text)),
                        ),
                    )

    # English

    def by_english(self) -> None:
        wanted = english_key(self.query.english)
        if not wanted:
            return
        for field in ("en", "abbr"):
            for n, _, form, use in self.store.exact(field, wanted):
                self.add(n, _Candidate(EN if use == 0 else EN_OTHER, use, 1, "english", form, _whole))
        words = re.findall(r"\w+", wanted)
        words = [w for w in words if w not in STOP] or words
        if not words:
            return
        quoted = [f'"{w}"' for w in words]
        together = " AND ".join(quoted)
        last = f"{' AND '.join([*quoted[:-1], quoted[-1] + ' *'])}" if len(words[-1]) > 2 else together
        spans = _words(words)
        for match, bonus in ((f"term : ({together})", 1.0), (f"term : ({last})", 0.5)):
            for n in self.store.english(match):
                if n not in self.found or self.found[n].tier > EN_WORDS:
                    self.add(n, _Candidate(EN_WORDS, 0, bonus, "english", "", spans))
        if len(self.found) < ENOUGH:
            for n in self.store.english(f"definition : ({together})"):
                if n not in self.found:
                    self.add(n, _Candidate(DEFINITION, 0, 0, "definition", "", spans))


def lookup(store: Store, text: str, limit: int = 20) -> Results:
    """Find concepts by anything that can be typed; see `TIERS` for the order.

    A query longer than 300 code points finds nothing: the reading page is for texts.
    """
    query = Query(text)
    if not query.key or len(query.key) > LONGEST:
        return Results(text, query.readings, [], [])
    finder = _Finder(store, query)
    if has_han(query.key):
        finder.chinese()
    if query.pinyin:
        finder.by_pinyin()
    if query.letters:
        finder.by_letters()
    if query.english:
        finder.by_english()
    if query.initials:
        finder.by_initials()
    return Results(text, query.readings, _hits(store, finder.found, limit), [])


def merge(parts: list[Results], limit: int) -> Results:
    """The answers of several bases as one: by tier, the earlier base first where tiers are equal."""
    if len(parts) == 1:
        return parts[0]
    hits = sorted((hit for part in parts for hit in part), key=lambda h: h.tier)
    seen: set[str] = set()
    unique = [h for h in hits if not (h.id in seen or seen.add(h.id))]  # type: ignore[func-returns-value]
    first = parts[0]
    suggestions = list(dict.fromkeys(s for part in parts for s in part.suggestions))
    return Results(first.query, first.readings, unique[:limit], suggestions)


def _hits(store: Store, found: dict[int, _Candidate], limit: int) -> list[Hit]:
    """The best candidates as hits. Forms that only the entry knows are filled in before the last sorting."""
    rough = sorted(found.items(), key=lambda item: (item[1].order, item[0]))[: max(limit * 3, 60)]
    entries = store.data([n for n, _ in rough])
    out: list[tuple[tuple[object, ...], Hit]] = []
    for n, best in rough:
        id, data = entries[n]
        form, use = best.form, best.use
        if not form:
            form, use = _form(best, data)
        spans = best.spans(form)
        share = sum(e - s for s, e in spans) / max(1, len(form)) if not best.form else -best.order[2]
        hit = Hit(id, data, best.tier, USES[use], Match(best.field, form, spans))
        out.append(((best.tier, use, -round(share, 4), len(form), n), hit))
    out.sort(key=lambda pair: pair[0])
    return [hit for _, hit in out[:limit]]


def _form(best: _Candidate, data: dict[str, object]) -> tuple[str, int]:
    """The designation that matched, where the index says only which concept did."""
    if best.field == "definition":
        definition = data.get("definition") or {}
        assert isinstance(definition, dict)
        text = str(definition.get("en", "") or data.get("note", ""))
        return (text if best.spans(text) else str(data.get("note", "")) or text), 0
    terms = data["zh" if best.field == "zh" else "en"]
    assert isinstance(terms, list)
    forms = [
        (str(f), USES.index(t.get("use", "preferred"))) for t in terms for f in (t["text"], t.get("trad", "")) if f
    ]
    # most of it marked, best status, first in the entry
    return max(
        enumerate(forms),
        key=lambda item: (
            sum(e - s for s, e in best.spans(item[1][0])) / len(item[1][0]),
            -item[1][1],
            -item[0],
        ),
    )[1]


# where in a form the match is


def _whole(form: str) -> list[tuple[int, int]]:
    return [(0, len(form))]


def _inside(text: str) -> Callable[[str], list[tuple[int, int]]]:
    def spans(form: str) -> list[tuple[int, int]]:
        at = narrow(form).find(text)
        return [(at, at + len(text))] if at >= 0 else []

    return spans


def _letters(count: int) -> Callable[[str], list[tuple[int, int]]]:
    """The beginning of a reading that holds `count` letters."""

    def spans(form: str) -> list[tuple[int, int]]:
        seen = 0
        for i, char in enumerate(form):
            if seen == count:
                return [(0, i)]
            seen += unmark(char)[0].isalnum()
        return [(0, len(form))]

    return spans


def _first_letters(count: int) -> Callable[[str], list[tuple[int, int]]]:
    """The first letter of each of the first `count` syllables of a reading."""

    def spans(form: str) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        bare = [unmark(c)[0] for c in form]
        at = 0
        for syllable, _ in _syllables(form):
            letters = syllable
            while at < len(form) and bare[at] != letters[0]:
                at += 1
            out.append((at, at + 1))
            taken = 0
            while at < len(form) and taken < len(letters):
                taken += bare[at].isalpha()
                at += 1
        return out[:count]

    return spans


def _words(words: list[str]) -> Callable[[str], list[tuple[int, int]]]:
    """Where the query's words (or words that begin like them) stand in an English text."""
    stems = [re.escape(w[: max(3, len(w) - 3)] if len(w) > 5 else w) for w in words]
    pattern = re.compile(r"\b(?:" + "|".join(stems) + r")\w*", re.IGNORECASE)

    def spans(form: str) -> list[tuple[int, int]]:
        return [m.span() for m in pattern.finditer(form)]

    return spans


def _syllables(form: str) -> list[tuple[str, int]]:
    try:
        return term_syllables("", form)
    except ValueError:
        return []


def _fits(reading: PinyinReading, form: str, whole: bool = False) -> str:
    """Whether a reading agrees with (the beginning of) a stored one.

    Gives "tones" where all tones are given and right, "plain" where some are missing, "" where it does not agree.
    """
    stored = _syllables(form)
    if len(stored) < len(reading.syllables) or (whole and len(stored) != len(reading.syllables)):
        return ""
    last = len(reading.syllables) - 1
    for i, (syllable, tone) in enumerate(zip(reading.syllables, reading.tones, strict=True)):
        have, have_tone = stored[i]
        if have != syllable and not (i == last and reading.partial and have.startswith(syllable)):
            return ""
        # a neutral tone may be typed as none, and its full tone is not known here
        if tone and tone != have_tone:
            return ""
    given = sum(t > 0 for t in reading.tones)
    wanted = sum(t < 5 for _, t in stored[: len(reading.tones)])
    return "tones" if given and given >= wanted else "plain"


def _initial_spellings(text: str) -> list[str]:
    """The initials as typed, and with zh, ch, sh taken as one sound."""
    return list(dict.fromkeys([text, re.sub("([zcs])h", r"\1", text)]))
