"""The OpenAPI document, made from the declared operations and the types that they take and give."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

import glossary as library
from glossary_web.api.asking import JSON, LINES, PLAIN, schema_of
from glossary_web.api.given import Problem
from glossary_web.api.operation import LIMITS, OPERATIONS, Call, operation, phrase
from glossary_web.api.records import FIELDS, RECORDS
from glossary_web.forms import FORMS
from glossary_web.site import SEED, the_site

if TYPE_CHECKING:
    from glossary_web.api.asked import Asked
    from glossary_web.api.operation import Operation

GROUPS = {
    "Look-up": "Find concepts.",
    "Entries": "Concepts, one by one or in lists.",
    "Texts": "Running text: its terms, its words, its reading.",
    "Searches": "Strings and links for outside search engines.",
    "Files": "Terms for other programs.",
    "Lists": "Domains, cited works, closed lists.",
    "The service": "What this is and what it holds.",
}
ABOUT = """\
Everything here only reads; nothing that is sent is kept. There is no key and no account.
Answers are UTF-8 JSON with the keys of the command line. Offsets are code points into the text as given, end exclusive.
Errors are problem documents (RFC 9457) that name the parameter or field. An unknown parameter or field is an error, \
so that a misspelt one is noticed.
Answers to GET carry an `ETag`: send it back as `If-None-Match` and get 304 while nothing has changed.
Texts go in as JSON, as plain text (choices then stand in the address), or as JSON objects one a line, answered one a \
line in the same order. Limits stand in headers (`Glossary-Limit-…`), and in the error where one is passed."""
EXAMPLE = "anqz0"  # 情绪识别 · emotion recognition
_HEADERS = {
    "Glossary-Limit-Text": "characters that the texts of one request may have together",
    "Glossary-Limit-Lines": "lines that a request of many lines may have",
    "Glossary-Limit-Page": "the largest `limit`",
}
_REFERENCE = "#/components/schemas/{name}"


@operation("GET", "/openapi.json", gives=dict[str, Any], group="The service")
def openapi(call: Call[Asked, Asked]) -> dict[str, Any]:
    """This description (OpenAPI 3.1)."""
    return document()


def document() -> dict[str, Any]:
    """The whole document; its examples name what the opened bases hold."""
    site = the_site()
    lines = site.glossary.browse(limit=1).lines
    return _document(
        EXAMPLE if EXAMPLE in site.glossary or not lines else lines[0].id,
        SEED if SEED in site.works else next(iter(site.works), ""),
    )


@cache
def _document(id: str, cite: str) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    examples = {"id": id, "cite": cite}
    for made in OPERATIONS:
        paths.setdefault(made.path, {})[made.method.lower()] = _operation(made, examples)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Chinese–English Glossary",
            "version": library.__version__,
            "summary": "Chinese–English terminology over HTTP",
            "description": ABOUT,
            "license": {"name": "Entries: CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "tags": [{"name": name, "description": text} for name, text in GROUPS.items()],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _types() -> list[Any]:
    """Every type that the document speaks of, once."""
    found: dict[Any, None] = {Problem: None}
    for made in OPERATIONS:
        for kind in (made.gives, made.takes):
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                found[kind] = None
    return [*found, *RECORDS]


def _schemas() -> dict[str, Any]:
    _, components = msgspec.json.schema_components(_types(), ref_template=_REFERENCE)
    schemas: dict[str, Any] = copy.deepcopy(components)
    for name, notes in FIELDS.items():
        for target in (name, "Entry") if name == "Concept" else (name,):
            for field, note in notes.items():
                schemas[target]["properties"][field]["description"] = note
    return dict(sorted(schemas.items()))


def _operation(made: Operation, examples: dict[str, str]) -> dict[str, Any]:
    summary, _, more = (made.view.__doc__ or "").strip().partition("\n")
    out: dict[str, Any] = {"operationId": made.name, "summary": summary.rstrip(".;:"), "tags": [made.group]}
    text = "\n".join(line.strip() for line in more.strip().splitlines())
    if text:
        out["description"] = text
    out["parameters"] = [*_places(made, examples), *_parameters(made, examples)]
    if made.takes is not None:
        out["requestBody"] = _body(made)
    out["responses"] = {"200": _answer(made), **_others(made)}
    return {k: v for k, v in out.items() if v != []}


def _places(made: Operation, examples: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": text,
            "schema": {"enum": list(made.choices[name])}
            if name in made.choices
            else {"type": "string", "minLength": 1},
            **({"example": example} if (example := made.example.get(name, examples.get(name))) else {}),
        }
        for name, text in made.places.items()
    ]


def _parameters(made: Operation, examples: dict[str, str]) -> list[dict[str, Any]]:
    schema = schema_of(made.asks)
    out = []
    for name, field in schema["properties"].items():
        inner = {k: v for k, v in field.items() if k != "description"}
        if inner.get("type") == "boolean":  # both ways of writing it are taken, and nothing else
            inner = {"enum": ["0", "1", "false", "true"], "default": "0"}
        if inner.get("type") == "array":
            inner.pop("default", None)
        parameter = {"name": name, "in": "query", "description": field.get("description", ""), "schema": inner}
        if name in schema["required"]:
            parameter["required"] = True
            if name in examples:
                parameter["example"] = [examples[name]]
        if name in made.example and (made.takes is None or name not in schema_of(made.takes)["properties"]):
            parameter["example"] = made.example[name]
        out.append(parameter)
    return out


def _body(made: Operation) -> dict[str, Any]:
    kind: Any = made.takes
    properties = schema_of(kind)["properties"]
    reference = {"$ref": _REFERENCE.format(name=kind.__name__)}
    example = {name: value for name, value in made.example.items() if name in properties}
    content: dict[str, Any] = {JSON: {"schema": reference, "example": example}}
    if "text" in properties:
        plain = {"type": "string", "maxLength": properties["text"]["maxLength"]}
        content[PLAIN] = {"schema": plain, "example": made.example["text"]}
    if made.lines:
        schema = {"type": "array", "items": reference, "maxItems": LIMITS["Glossary-Limit-Lines"]}
        content[LINES] = {"schema": {**schema, "description": "as JSON, one a line"}, "example": [example]}
    return {"required": True, "content": content}


def _answer(made: Operation) -> dict[str, Any]:
    content: dict[str, Any] = {}
    (schema,), _ = msgspec.json.schema_components([made.gives], ref_template=_REFERENCE)
    for media in made.media or (JSON,):
        if media == JSON:
            content[media] = {"schema": schema}
        elif media != FORMS["html"]:  # its page is elsewhere: 303
            content[media] = {"schema": {"type": "object" if media.endswith("json") else "string"}}
    for media in made.files:
        if media.endswith("json"):
            content[media] = {
                "schema": {"anyOf": [schema, {"type": "object"}, {"type": "array"}]} if media == JSON else {}
            }
        else:
            content[media] = {"schema": {"type": "string", "contentMediaType": media}}
    if made.takes is not None and made.lines:
        many = {"type": "array", "items": content[JSON]["schema"], "description": "one a line, where lines were sent"}
        content[LINES] = {"schema": many}
    headers: dict[str, Any] = {name: _header("integer", _HEADERS[name], LIMITS[name]) for name in made.limits}
    if made.takes is None:
        headers["ETag"] = _header("string", "for `If-None-Match`")
    headers["Cache-Control"] = _header("string", "how long it may be kept")
    if "cursor" in schema_of(made.asks)["properties"]:
        headers["Link"] = _header("string", "the next page and the first (RFC 8288)")
    return {"description": "the answer", "headers": headers, "content": content}


def _header(kind: str, text: str, example: object = None) -> dict[str, Any]:
    schema = {"type": kind, **({"example": example} if example is not None else {})}
    return {"description": text, "schema": schema}


def _others(made: Operation) -> dict[str, Any]:
    reading = made.takes is None
    statuses = {*made.faults, 400, *((406,) if made.media else ()), *((304,) if reading else (413, 415))}
    out: dict[str, Any] = {}
    for status in sorted(statuses):
        if status < 400:
            out[str(status)] = {"description": phrase(status)}
        else:
            problem = {"application/problem+json": {"schema": {"$ref": _REFERENCE.format(name="Problem")}}}
            out[str(status)] = {"description": phrase(status), "content": problem}
    return out
