"""Search strings and links for outside engines. Nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict

from glossary_web import searching
from glossary_web.api.asked import QueryAsked
from glossary_web.api.given import Engines, Queries
from glossary_web.api.operation import Call, operation
from glossary_web.faults import Fault
from glossary_web.site import the_site

if TYPE_CHECKING:
    from glossary_web.api.asked import Asked

FLAGS = ("english", "narrower", "homographs", "each", "typed")


@operation(
    "GET",
    "/query",
    asks=QueryAsked,
    gives=Queries,
    group="Searches",
    example={"concept": ["情绪识别"], "engine": ["cnki", "baidu"]},
)
def query(call: Call[QueryAsked, Asked]) -> dict[str, Any]:
    """Strings and links that ask outside search engines for concepts; nothing is fetched.

    `concept` or `c` says what to search for: ids, or terms in either language. An engine's limits may need several
    searches.
    """
    asked = call.query
    concepts = "\n".join(filter(None, (*asked.concept, asked.c)))
    if not concepts.strip():
        raise Fault(400, "say what to search for: ?concept=…", field="concept")
    form = MultiDict(
        {
            "c": concepts,
            "and": asked.and_,
            **{name: getattr(asked, name) for name in ("size", "field", "scripts", "old", "exclude", "site")},
            **{name: str(int(getattr(asked, name))) for name in FLAGS},
        }
    )
    form.setlist("engine", asked.engine)
    found = searching.ask(the_site().glossary, searching.read(form), asked.date or searching.today())
    return {"queries": [q.to_dict() for q in found]}


@operation("GET", "/engines", gives=Engines, group="Searches")
def engines(call: Call[Asked, Asked]) -> dict[str, Any]:
    """The search engines that strings are written for."""
    return {
        "engines": [
            {
                "id": e.id,
                "name": e.name,
                "zh": e.zh,
                "group": e.group,
                "place": e.place,
                "form": e.form,
                "prefilled": bool(e.address),
                "fields": list(e.fields),
                "limits": dict(e.limits),
                "checked": e.checked.isoformat(),
                "unchecked": list(e.unchecked),
            }
            for e in the_site().glossary.engines
        ]
    }
