"""Finding: look-up, suggestions while typing, the general dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from glossary_web.api.asked import DefineAsked, LookupAsked, SuggestAsked
from glossary_web.api.given import Definitions, Results, Suggestions
from glossary_web.api.operation import Call, operation
from glossary_web.site import CREDIT, the_site

if TYPE_CHECKING:
    from glossary_web.api.asked import Asked


@operation(
    "GET",
    "/lookup",
    asks=LookupAsked,
    gives=Results,
    group="Look-up",
    limits=("Glossary-Limit-Page",),
    example={"q": "qxsb", "limit": 2},
)
def lookup(call: Call[LookupAsked, Asked]) -> dict[str, Any]:
    """Find concepts by characters, pinyin, initials, zhuyin or English.

    Everything that the search box takes can stand in `q`, conditions (`domain:policing`) too.
    """
    glossary, asked = the_site().glossary, call.query
    query = narrowed(asked)
    found = (
        glossary.suggest(query, asked.limit)
        if asked.quick
        else glossary.lookup(query, asked.limit, facets=asked.facets)
    )
    body: dict[str, Any] = found.to_dict()
    body["query"] = asked.q
    if asked.facets:
        body.setdefault("facets", {})
    if asked.dictionary:
        body["dictionary"] = dictionary(asked.q, asked.limit)
    return body


def narrowed(asked: LookupAsked) -> str:
    """The query with its conditions before it, so that a quotation mark never closed cannot swallow them."""
    conditions = [
        f'{name}:"{value.replace(chr(34), "")}"' for name, values in asked.filters().items() for value in values
    ]
    return " ".join([*conditions, asked.q])


def dictionary(query: str, limit: int) -> dict[str, Any] | None:
    """What the general dictionary has, with its credit line."""
    glossary = the_site().glossary
    return {"credit": CREDIT, **glossary.define(query, limit).to_dict()} if glossary.has_dictionary else None


@operation(
    "GET", "/suggest", asks=SuggestAsked, gives=Suggestions, group="Look-up", example={"q": "qingxu", "limit": 3}
)
def suggest(call: Call[SuggestAsked, Asked]) -> dict[str, Any]:
    """The first hits for what has been typed so far, in short; quick enough to be asked at every key stroke."""
    query = call.query.q.strip()
    found = the_site().glossary.suggest(query, call.query.limit)
    return {
        "query": query,
        "readings": found.readings,
        "suggestions": [
            {
                "id": h.id,
                "zh": h.zh,
                "hant": h.hant,
                "pinyin": h.pinyin,
                "en": h.en[0] if h.en else "",
                "why": h.why,
                "url": url_for("pages.entry", id=h.id),
            }
            for h in found
        ],
    }


@operation(
    "GET",
    "/define",
    asks=DefineAsked,
    gives=Definitions,
    group="Look-up",
    limits=("Glossary-Limit-Page",),
    example={"q": "银行", "limit": 2},
)
def define(call: Call[DefineAsked, Asked]) -> dict[str, Any]:
    """What the general dictionary has for a query, where one is open; it is never part of the term base."""
    return {"dictionary": dictionary(call.query.q, call.query.limit)}
