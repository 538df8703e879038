"""One concept, in the form that the client likes best: JSON, JSON-LD, TBX, or its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, redirect, url_for

from glossary.model import plain
from glossary_web.api.asked import CiteAsked, ConceptAsked
from glossary_web.api.asking import JSON, PLAIN
from glossary_web.api.given import Cited, Entry, RelatedList
from glossary_web.api.operation import Call, operation
from glossary_web.forms import FORMS, represent
from glossary_web.present import entry_url
from glossary_web.site import the_site

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Redirect

    from glossary_web.api.asked import Asked

ID = {"id": "the concept's id"}


@operation(
    "GET",
    "/concepts/{id}",
    asks=ConceptAsked,
    gives=Entry,
    group="Entries",
    media=tuple(FORMS.values()),
    faults=(301, 303, 404),
    places=ID,
)
def concept(call: Call[ConceptAsked, Asked], id: str) -> Response | Redirect:
    """One entry, whole.

    As JSON, as JSON-LD (SKOS and schema.org), as TBX, or its page: say which by `Accept` or `format`. A retired id
    leads to what replaced it.
    """
    glossary = the_site().glossary
    found = glossary[id]
    if found.id != id:
        return redirect(url_for("api.concept", id=found.id, format=call.query.format or None), 301)
    form: str = call.query.format or next(name for name, media in FORMS.items() if media == call.media)
    if form == "html":
        return redirect(entry_url(found), 303)
    return represent(found, form)


@operation("GET", "/concepts/{id}/related", gives=RelatedList, group="Entries", faults=(404,), places=ID)
def related(call: Call[Asked, Asked], id: str) -> dict[str, Any]:
    """The concepts that one is related to, whole, in both directions."""
    found = the_site().glossary.related(id)
    return {
        "related": [{"type": t, "inverse": inverse, "note": note, "concept": plain(c)} for t, inverse, c, note in found]
    }


@operation(
    "GET",
    "/cite",
    asks=CiteAsked,
    gives=Cited,
    group="Entries",
    media=(JSON, PLAIN),
    faults=(404,),
)
def cite(call: Call[CiteAsked, Asked]) -> Any:
    """Citations of entries, and with `works` of what they cite, in a style of reference managers or of print."""
    asked = call.query
    text = the_site().glossary.cite(asked.id, asked.style, works=asked.works, site=asked.site, accessed=asked.accessed)
    return [text.rstrip("\n")] if call.media == PLAIN else {"style": asked.style, "text": text}
