"""The forms in which one entry can be had, at the address of its page as below `/api/`."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec
from flask import Response, url_for

from glossary.model import plain
from glossary_web.present import entry_url, permanent
from glossary_web.security import share
from glossary_web.site import the_site

if TYPE_CHECKING:
    from glossary.model import Concept

# the form's name → its media type
FORMS = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "tbx": "application/x-tbx",
    "html": "text/html",
}
EXPORTS = {
    "jsonld": "jsonld",
    "tbx": "tbx-linguist",
}  # the form → the export format: the one that has a place for pinyin


def represent(concept: Concept, form: str) -> Response:
    """A concept in one of the forms that is not its page. Pages of other sites may read it."""
    if form == "json":
        body = msgspec.json.encode(whole(concept)) + b"\n"
    else:
        file = BytesIO()
        options = {"address": permanent(url_for("pages.home"))} if form == "jsonld" else {}
        the_site().glossary.export(EXPORTS[form], file, ids=[concept.id], script="both", options=options)
        body = file.getvalue()
    response = share(Response(body, content_type=FORMS[form]))
    response.headers.add("Link", f'<{permanent(entry_url(concept))}>; rel="canonical"')
    return response


def whole(concept: Concept) -> dict[str, Any]:
    """An entry with its relations in short and the address of its page."""
    related = [
        {
            "type": kind,
            "inverse": inverse,
            "id": other.id,
            "zh": other.zh[0].text if other.zh else "",
            "en": other.en[0].text if other.en else "",
            "note": note,
        }
        for kind, inverse, other, note in the_site().glossary.related(concept.id)
    ]
    return {**plain(concept), "related": related, "url": permanent(entry_url(concept))}
