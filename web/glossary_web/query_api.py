"""`/api/v1/query`: search strings and links for outside search engines, with the keys of the command line."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request

from glossary.errors import InputError
from glossary_web import searching
from glossary_web.site import the_site

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("query_api", __name__, url_prefix="/api/v1")


@blueprint.get("/query")
def query() -> Response:
    """Queries for `c`: an id, a term, or several, one a line; `{"queries": [one object a query]}`.

    `engine` is repeatable, `date` is the day for the note, the rest are the options of the page.
    """
    if not request.args.get("c", "").strip():
        raise InputError("say what to search for: ?c=…")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    found = searching.ask(the_site().glossary, searching.read(request.args), request.args.get("date", today))
    return jsonify({"queries": [q.to_dict() for q in found]})


@blueprint.get("/engines")
def engines() -> Response:
    """The search engines that strings are written for."""
    return jsonify(
        {
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
    )
