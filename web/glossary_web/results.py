"""The answer to a query as the search page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_web.present import runs

if TYPE_CHECKING:
    from glossary import Glossary, Hit
    from glossary.model import Concept

LONGEST = 120    # what look-up takes; beyond it a text is meant
SENTENCE = 2000  # within this, the terms inside a query that found nothing are looked for
READINGS = {"zh": "Chinese", "pinyin": "pinyin", "zhuyin": "zhuyin", "initials": "pinyin initials",
            "english": "English"}
_LANGS = {"pinyin": "zh-Latn", "initials": "zh-Latn"}


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, how the query was read, and help where there are none."""

    hits: list[Hit]
    readings: list[str]
    more: bool
    limit: int
    too_long: bool
    suggestions: list[str]
    inside: list[Concept]
    text: bool  # whether it may have been meant as a text to read


def answer(glossary: Glossary, query: str, limit: int) -> Answer:
    """Look a query up; where nothing is found, look for terms inside it."""
    found = glossary.lookup(query, limit + 1)
    inside: list[Concept] = []
    if not found and len(query) <= SENTENCE:
        ids = dict.fromkeys(m.id for m in glossary.annotate(query).matches)
        inside = [glossary[id] for id in list(ids)[:12]]
    return Answer(list(found)[:limit], [READINGS.get(r, r) for r in found.readings], len(found) > limit, limit,
                  len(query) > LONGEST, found.suggestions, inside,
                  len(query) > LONGEST or (len(query) > 12 and any(chinese for _, chinese in runs(query))))


def lang(hit: Hit) -> str:
    """The language of the form that matched."""
    match = hit.matched
    if match.field == "zh":
        return {hit.zh: "zh-Hans", hit.hant: "zh-Hant"}.get(match.form, "zh")
    return _LANGS.get(match.field, "en-GB")


def plain(hit: Hit) -> bool:
    """Whether the match shows in the headline itself, so that saying it again would only be noise."""
    match = hit.matched
    return (match.field == "zh" and match.form in (hit.zh, hit.hant)) or (
        match.field == "english" and match.form in hit.en) or (
        match.field in ("pinyin", "initials") and match.form == hit.pinyin)


def spans(hit: Hit, field: str, form: str) -> list[tuple[int, int]]:
    """What to highlight in a part of the headline."""
    match = hit.matched
    same = match.field == field or (field == "pinyin" and match.field == "initials")
    return match.spans if same and match.form == form else []
