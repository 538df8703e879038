"""Errors as answers: a readable page, or a problem document (RFC 9457) below `/api/`."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from glossary.errors import GlossaryError, InputError, UnknownConcept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask


class Fault(HTTPException):
    """An answer with this status: what was wrong and what to do, and what a program may want to know of it.

    `members` stand in the problem document beside the detail: `field`, `line`, `limit`, `given`.
    """

    def __init__(self, status: int, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.code = self.status = status
        self.detail, self.members = detail, members


SAYING = {
    400: ("This request cannot be read", "Something in the address or in the form is not as it should be."),
    404: (
        "There is no such page",
        "The address may be mistyped. Entries keep their address for ever; if a link from "
        "here brought you, the link is wrong, not you.",
    ),
    406: (
        "Not in this form",
        "An entry can be had as a page (text/html), as JSON (application/json), JSON-LD (application/ld+json) or TBX "
        "(application/x-tbx).",
    ),
    405: ("This address does not take that", "It is there to be read, not to be written to."),
    413: (
        "That is too much at once",
        "The reading page takes up to 200,000 characters and two megabytes. Divide the "
        "text, or use the command glossary annotate, which has no limit.",
    ),
    500: (
        "Something broke on our side",
        "It is not your doing, and nothing of yours was lost. Try again; if it stays, "
        "the server's log says what happened.",
    ),
}


def install(app: Flask) -> None:
    """Answer every error in the form that its reader can use."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(GlossaryError, _ours)


def fault(status: int, detail: str = "", members: Mapping[str, Any] | None = None) -> Response:
    """The answer for an error: a page, or a problem document below `/api/`."""
    if request.path.startswith("/api/"):
        return problem(status, detail, members)
    title, advice = SAYING.get(status) or (HTTPStatus(status).phrase, "")
    page = render_template("error.html", status=status, title=title, detail=detail, advice=advice)
    return make_response(page, status)


def problem(status: int, detail: str = "", members: Mapping[str, Any] | None = None) -> Response:
    """A problem document."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    body.update(members or {})
    # ASCII only: what was wrong may be half a character, which UTF-8 cannot hold
    response = Response(json.dumps(body) + "\n", status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect is raised as an exception too
        return Response(error.get_body(), status, error.get_headers())
    detail = ""
    if isinstance(error, Fault):
        detail = error.description or ""
    elif request.path.startswith("/api/"):
        detail = _told(error)
    answer = fault(status, detail, getattr(error, "members", None))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _told(error: HTTPException) -> str:
    """What a program is told where no code of ours refused its request."""
    if error.code == 404:
        return f"there is no address {request.path}; /api/v1/openapi.json lists all"
    if isinstance(error, MethodNotAllowed):
        return f"{request.method} is not taken here, only {', '.join(sorted(error.valid_methods or ()))}"
    return error.description or ""


def _ours(error: GlossaryError) -> Response:
    if isinstance(error, UnknownConcept):
        return fault(404, str(error))
    if isinstance(error, InputError):
        return fault(400, str(error))
    raise error  # the server's fault: logged, and answered as 500
