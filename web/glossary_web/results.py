"""The answer to a query as the search page shows it: hits, how it was read, what it can be narrowed to, help."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary_web.present import runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary import Glossary, Hit, Results
    from glossary.model import Concept
    from glossary_web.site import Site

LONGEST = 300  # what look-up takes; beyond it a text is meant
SENTENCE = 2000  # within this, the terms inside a query that found nothing are looked for
MOST = 200  # hits on a page
WORDS = 6  # entries of the general dictionary that are shown at first
READINGS = {
    "zh": "Chinese",
    "mixed": "characters and pinyin",
    "pinyin": "pinyin",
    "zhuyin": "zhuyin",
    "initials": "pinyin initials",
    "english": "English",
    "wildcard": "a pattern with wildcards",
}
# the prefix that keeps a query to one way of reading it, and its name
PREFIXES = {"zh": "zh", "mixed": "zh", "pinyin": "py", "zhuyin": "py", "initials": "py", "english": "en"}
ONLY = {"zh": "Chinese", "py": "pinyin", "en": "English"}
# what results can be narrowed by: the field, its heading, the closed list with the labels
FACETS = {
    "domain": ("Domain", "domains"),
    "kind": ("Kind", "kinds"),
    "register": ("Used by", "registers"),
    "region": ("Where it is used", "regions"),
    "use": ("With a form that is", "uses"),
    "evidence": ("Preferred rendering", "evidence"),
    "status": ("Review", "statuses"),
    "reviewed": ("Reviewed on", ""),
    "year": ("In use in", ""),
    "source": ("Cited work", ""),
}
FOLDED = ("use", "reviewed", "year", "source")  # shown when they are asked for
SHOWN = 8  # values of a facet before the rest is folded away
FEW = 4  # fewer hits than this are not worth narrowing
_ONLY = re.compile(r"(zh|py|en):(?=\S)", re.IGNORECASE)
_OPERATOR = re.compile(r"-|[a-z]+:", re.IGNORECASE)
_LANGS = {"pinyin": "zh-Latn", "initials": "zh-Latn"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as typed, the values it is narrowed to, and the one reading it is kept to (or "")."""

    typed: str
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def only(self) -> str:
        """The prefix that the query begins with."""
        found = _ONLY.match(self.typed)
        return found[1].lower() if found else ""

    @property
    def bare(self) -> str:
        """The query without that prefix."""
        return _ONLY.sub("", self.typed, count=1) if self.only else self.typed

    def whole(self, leave: str = "") -> str:
        """The query for the library; `leave` out the condition on one field.

        Conditions stand first, so that a quotation mark that is never closed cannot swallow them.
        """
        parts = [f'{name}:"{value}"' for name, value in self.filters.items() if name != leave]
        return " ".join([*parts, self.typed])


def asked(args: Mapping[str, str]) -> Asked:
    """What the address of a search page asks for."""
    filters = {name: value for name in FACETS if (value := args.get(name, "").replace('"', "").strip()[:100])}
    return Asked(args.get("q", "").strip(), filters)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that results can be narrowed to."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One field: its values, the most frequent first, and the one that is chosen (or "")."""

    field: str
    name: str
    values: list[Value]
    chosen: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which the query was read; `query` keeps it to that way, "" where it was the only one."""

    name: str
    only: str
    query: str


@dataclass(frozen=True, slots=True)
class General:
    """What the general dictionary has."""

    hits: list[Hit]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, how the query was read, and help where there are none."""

    asked: Asked
    hits: list[Hit]
    readings: list[Reading]
    total: int
    at_least: bool  # there are more than were counted
    similar: bool  # nothing but similar forms was found
    limit: int
    chips: list[tuple[str, str, str]]  # field, its name, the label of the value it is narrowed to
    facets: list[Facet]
    general: General | None
    suggestions: list[str]
    inside: list[Concept]
    outside: int  # how many there would be without the conditions
    proposal: str

    @property
    def too_long(self) -> bool:
        """Whether this is no query any more."""
        return len(self.asked.typed) > LONGEST

    @property
    def more(self) -> bool:
        """Whether there are hits that are not on the page."""
        return self.total > len(self.hits)

    @property
    def text(self) -> bool:
        """Whether it may have been meant as a text to read."""
        typed = self.asked.typed
        return self.too_long or (len(typed) > 12 and any(chinese for _, chinese in runs(typed)))


def answer(site: Site, query: Asked, limit: int, words: int = WORDS) -> Answer:
    """Look a query up in the glossary and in the general dictionary; where nothing is found, look for terms inside."""
    glossary = site.glossary
    found = glossary.lookup(query.whole(), limit, facets=True)
    inside: list[Concept] = []
    outside = 0
    if not found and query.typed and len(query.typed) <= SENTENCE:
        ids = dict.fromkeys(m.id for m in glossary.annotate(query.bare).matches)
        inside = [glossary[id] for id in list(ids)[:12]]
        outside = glossary.lookup(query.typed, 1).total if query.filters else 0
    known = {term.text for concept in inside for term in concept.zh}
    return Answer(
        query,
        list(found),
        readings(query, found.readings),
        total=found.total if len(found) == limit else len(found),  # words that are left out are counted by the hits
        at_least=found.more and len(found) == limit,
        similar=bool(found) and all(h.why == "similar" for h in found),
        limit=limit,
        chips=[(name, FACETS[name][0], label(site, name, value)) for name, value in query.filters.items()],
        facets=facets(site, query, found) if len(found) >= FEW or (found and query.filters) else [],
        general=general(glossary, query, words, bool(found) and found[0].why != "similar"),
        suggestions=[s for s in found.suggestions if s not in {*known, query.bare}],
        inside=inside,
        outside=outside,
        proposal=proposal(query.bare),
    )


def readings(query: Asked, names: list[str]) -> list[Reading]:
    """The ways in which a query was read, those of one prefix together, each with the query that keeps to it."""
    groups: dict[str, list[str]] = {}
    for name in names:
        if name in READINGS:
            groups.setdefault(PREFIXES.get(name, ""), []).append(READINGS[name])
    free = len(groups) > 1 and not query.only and not _OPERATOR.match(query.typed)
    return [
        Reading(" or ".join(names), ONLY.get(prefix, ""), f"{prefix}:{query.typed}" if free and prefix else "")
        for prefix, names in groups.items()
    ]


def facets(site: Site, query: Asked, found: Results) -> list[Facet]:
    """What the hits can be narrowed to. The other values of a chosen field are counted as if it were not chosen."""
    out = []
    for name, (heading, _) in FACETS.items():
        chosen = query.filters.get(name, "")
        counts = found.facets.get(name, {})
        if chosen:
            counts = site.glossary.lookup(query.whole(leave=name), 1, facets=True).facets.get(name, {})
        values = [Value(code, label(site, name, code), count) for code, count in counts.items()]
        if name in ("year", "reviewed"):
            values.sort(key=lambda v: v.code, reverse=True)
        if chosen and chosen not in counts:  # a span, or what nothing has
            values.insert(0, Value(chosen, label(site, name, chosen), found.total))
        if chosen or len(values) > 1:
            out.append(Facet(name, heading, values, chosen))
    return out


def choices(site: Site) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What a list can be narrowed to: (field, its heading, (code, label) of its values; of a year or day none)."""
    return [
        (name, heading, [(code, site.label(group, code)) for code in site.vocabulary.get(group, {})])
        for name, (heading, group) in FACETS.items()
        if name != "source"
    ]


def label(site: Site, name: str, value: str) -> str:
    """How a value of a field is called."""
    if name == "source":
        work = site.work(value)
        return work.short_name if work else value
    return site.label(FACETS[name][1], value) if FACETS[name][1] else value.replace("..", "–")


def general(glossary: Glossary, query: Asked, size: int, found: bool) -> General | None:
    """What the general dictionary has: the best entries, and every homograph of what was typed.

    What is only similar stands there where the glossary has nothing better. None where no dictionary is open.
    """
    if not glossary.has_dictionary or not query.typed:
        return None
    entries = glossary.define(query.typed, max(size, 60))
    hits = [h for h in entries if not (found and h.why == "similar")]
    shown = hits[:size] + [h for h in hits[size:] if h.matched.field == "zh" and whole(h)]
    total = entries.total if len(hits) == len(entries) else len(hits)
    return General(shown, total, entries.more)


def whole(hit: Hit) -> bool:
    """Whether all of the matched form was typed."""
    return hit.matched.spans == [(0, len(hit.matched.form))]


def proposal(typed: str) -> str:
    """A text to copy for suggesting a term."""
    chinese = any(piece for _, piece in runs(typed))
    return (
        "A term for the Chinese–English Glossary\n\n"
        f"Chinese: {typed if chinese else ''}\nPinyin: \nEnglish: {'' if chinese else typed}\nWhat it means: \n"
        "Source (author, title, date, page or address): \nWho uses it: \n"
    )


def lang(hit: Hit) -> str:
    """The language of the form that matched."""
    match = hit.matched
    if match.field == "zh":
        return {hit.zh: "zh-Hans", hit.hant: "zh-Hant"}.get(match.form, "zh")
    return _LANGS.get(match.field, "en-GB")


def plain(hit: Hit) -> bool:
    """Whether the match shows in the headline itself, so that saying it again would only be noise."""
    match = hit.matched
    return (
        (match.field == "zh" and match.form in (hit.zh, hit.hant))
        or (match.field == "english" and match.form in hit.en)
        or (match.field in ("pinyin", "initials") and match.form == hit.pinyin)
        or match.field in ("id", "filter")
    )


def reason(hit: Hit) -> str:
    """Why a hit is there, in words; "" where nothing but conditions led to it."""
    if hit.matched.field == "filter":
        return ""
    return "similar" if hit.why == "similar" else f"matched {hit.why}"


def spans(hit: Hit, field: str, form: str) -> list[tuple[int, int]]:
    """What to highlight in a part of the headline."""
    match = hit.matched
    same = match.field == field or (field == "pinyin" and match.field == "initials")
    return match.spans if same and match.form == form else []
