"""The same for programs: `/api/v1`, JSON with the keys of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, redirect, request, url_for
from werkzeug.exceptions import BadRequest

from glossary.desk import STYLES
from glossary.errors import InputError
from glossary.model import plain
from glossary_web.present import entry_url, permanent
from glossary_web.site import CREDIT, the_site

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

MOST_HITS = 200
SUGGESTED = 8


@blueprint.get("/lookup")
def lookup() -> Response:
    """Concepts for a query; `facets` for counts of all that was found, `dictionary` for the general dictionary too."""
    glossary = the_site().glossary
    query, limit = _query(), _limit()
    facets, dictionary = _asked("facets"), _asked("dictionary")
    body: dict[str, Any] = glossary.lookup(query, limit, facets=facets).to_dict()
    if facets:
        body.setdefault("facets", {})
    if dictionary:
        general = {"credit": CREDIT, **glossary.define(query, limit).to_dict()}
        body["dictionary"] = general if glossary.has_dictionary else None
    return jsonify(body)


@blueprint.get("/suggest")
def suggest() -> Response:
    """The first hits for what has been typed so far, in short."""
    query = request.args.get("q", "").strip()
    found = the_site().glossary.suggest(query, SUGGESTED)
    return jsonify(
        {
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
    )


@blueprint.get("/concepts/<id>")
def concept(id: str) -> Response | Redirect:
    """One entry, whole."""
    glossary = the_site().glossary
    found = glossary[id]
    if found.id != id:
        return redirect(url_for("api.concept", id=found.id), 301)
    related = [
        {
            "type": kind,
            "inverse": inverse,
            "id": other.id,
            "zh": other.zh[0].text if other.zh else "",
            "en": other.en[0].text if other.en else "",
            "note": note,
        }
        for kind, inverse, other, note in glossary.related(id)
    ]
    return jsonify({**plain(found), "related": related, "url": permanent(entry_url(found))})


@blueprint.post("/annotate")
def annotate() -> Response:
    """The terms of a text; `all` for nested ones too, `tokens` for the words."""
    body = _body()
    annotation = the_site().glossary.annotate(body["text"], every=_flag(body, "all"))
    return jsonify(annotation.to_dict(_flag(body, "tokens")))


@blueprint.post("/segment")
def segment() -> Response:
    """The words of a text with their readings."""
    return jsonify(_words(_body()["text"], "marks"))


@blueprint.post("/pinyin")
def pinyin() -> Response:
    """The reading of a text, in any of the styles."""
    body = _body()
    style = body.get("style", "marks")
    if style not in STYLES:
        raise InputError(f"there is no such pinyin style; there are {', '.join(STYLES)}")
    return jsonify(_words(body["text"], style))


def _words(text: str, style: str) -> dict[str, Any]:
    annotation = the_site().glossary.annotate(text)
    words = [word.to_dict() for word in annotation.tokens]
    if style != "marks":
        for word, reading in zip(words, annotation.readings(style), strict=True):
            word["pinyin"] = reading
    return {"text": text, "words": words, "pinyin": annotation.pinyin(style)}


def _query() -> str:
    if "q" not in request.args:
        raise InputError("say what to look up: ?q=…")
    return request.args["q"]


def _limit() -> int:
    given = request.args.get("limit", "20")
    try:
        limit = int(given)
    except ValueError:
        limit = 0
    if not 1 <= limit <= MOST_HITS:
        raise InputError(f"the limit is a number from 1 to {MOST_HITS}")
    return limit


def _asked(name: str) -> bool:
    """A choice in the address."""
    given = request.args.get(name, "0")
    if given not in ("0", "1"):
        raise InputError(f"{name} is 1 or 0")
    return given == "1"


def _body() -> dict[str, Any]:
    """The JSON object of a request, with its text."""
    try:
        body = request.get_json(force=True)
    except (BadRequest, RecursionError):
        raise InputError("the request's body is not JSON") from None
    if not isinstance(body, dict) or not isinstance(body.get("text"), str):
        raise InputError('the request\'s body must be a JSON object with "text", a string')
    return body


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise InputError(f'"{name}" must be true or false')
    return value
