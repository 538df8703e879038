"""What the API can do, declared once: the route, the checks of a request and the OpenAPI document come from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from flask import Blueprint, Response, request

from glossary_web.api.asked import MOST_HITS, MOST_LINES, MOST_TEXT, Asked, Nothing
from glossary_web.api.asking import JSON, LINES, PLAIN, read_bodies, read_query
from glossary_web.faults import Fault
from glossary_web.negotiation import negotiated
from glossary_web.site import the_site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
OPERATIONS: list[Operation] = []
# names of the headers that say what a request may hold at most
LIMITS = {"Glossary-Limit-Text": MOST_TEXT, "Glossary-Limit-Lines": MOST_LINES, "Glossary-Limit-Page": MOST_HITS}
DICTIONARY = ("api.service", "api.define")  # what always depends on whether there is a general dictionary
FRESH = "public, max-age=60, must-revalidate"  # a base changes only when the server is started again

Q = TypeVar("Q", bound=Asked)
B = TypeVar("B", bound=Asked)


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """One request: the query string, the bodies (one, or one a line), and the media type that is to be answered in."""

    query: Q
    bodies: list[B]
    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that the API can do."""

    method: str
    path: str  # in OpenAPI's writing: /concepts/{id}
    view: Callable[..., Any]
    asks: type[Asked]
    takes: type[Asked] | None
    gives: Any
    group: str
    media: tuple[str, ...]  # what it can answer in, the usual first; nothing where that is not for the client to choose
    lines: bool  # whether a body of many lines is taken
    limits: tuple[str, ...]
    faults: tuple[int, ...]  # beside those that every operation has
    example: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)  # what the parts of the path are
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # and what they may be, where that is a list
    files: tuple[str, ...] = ()  # media types of files that it may give instead of `gives`

    @property
    def name(self) -> str:
        """The operation's id, and the name of its route."""
        return self.view.__name__

    def run(self, **places: str) -> Response:
        """Answer a request."""
        media = self._media()
        query = read_query(self.asks)
        if self.takes is None:
            tag = tag_of(media)
            if tag in request.if_none_match.as_set(include_weak=True):
                return self._headed(Response(status=304), tag)
            answer = self._written(self.view(Call(query, [], media), **places), media)
            if request.if_none_match.star_tag and answer.status_code == 200:
                answer.close()
                answer = Response(status=304)
            return self._headed(answer, tag)
        bodies = read_bodies(self.takes, query, lines=self.lines)
        answer = self._written(self.view(Call(query, bodies, media), **places), media)
        return self._headed(answer, "")

    def _media(self) -> str:
        """The media type to answer in."""
        many = self.takes is not None and self.lines and request.mimetype == LINES
        offers = (LINES,) if many else self.media
        if not offers:
            return ""
        media = negotiated(offers) or (offers[0] if "format" in request.args else "")
        if not media:
            raise Fault(406, f"this can be had as {' or '.join(offers)}", field="Accept")
        return media

    def _written(self, value: Any, media: str) -> Response:
        if isinstance(value, Response):
            return value
        if media == PLAIN:
            return Response("".join(f"{v}\n" for v in value), content_type=f"{PLAIN}; charset=utf-8")
        if media == LINES:
            return Response(b"".join(msgspec.json.encode(v) + b"\n" for v in value), content_type=LINES)
        if self.takes is not None and isinstance(value, list):
            value = value[0]
        return Response(msgspec.json.encode(value) + b"\n", content_type=media or JSON)

    def _headed(self, response: Response, tag: str) -> Response:
        """Add what may be cached, and the limits."""
        if tag and response.status_code in (200, 304):
            response.set_etag(tag)
            response.headers["Cache-Control"] = FRESH
        elif not tag:
            response.headers["Cache-Control"] = "no-store"  # somebody's text
        response.vary.add("Accept")
        for name in self.limits:
            response.headers[name] = str(LIMITS[name])
        return response


def tag_of(media: str) -> str:
    """The entity tag of the answer to this request: known before it is worked out."""
    site = the_site()
    arguments = sorted(request.args.items(multi=True))
    # the general dictionary may be opened while the server runs; most answers do not depend on it
    dictionary = site.glossary.has_dictionary and ("dictionary" in request.args or request.endpoint in DICTIONARY)
    asked = repr((request.url_root, request.path, arguments, media, dictionary))
    return hashlib.sha256((site.stamp + asked).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def operation(
    method: str,
    path: str,
    *,
    asks: type[Asked] = Nothing,
    takes: type[Asked] | None = None,
    gives: Any,
    group: str,
    media: tuple[str, ...] = (JSON,),
    lines: bool = True,
    limits: tuple[str, ...] = (),
    faults: tuple[int, ...] = (),
    example: Mapping[str, Any] | None = None,
    places: Mapping[str, str] | None = None,
    choices: Mapping[str, tuple[str, ...]] | None = None,
    files: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an operation: its view takes a `Call` and the parts of the path, and returns plain data.

    With a body the view returns a list, one value for each text.
    """

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        made = Operation(
            method=method,
            path=path,
            view=view,
            asks=asks,
            takes=takes,
            gives=gives,
            group=group,
            media=media,
            lines=lines,
            limits=limits,
            faults=faults,
            example=example or {},
            places=places or {},
            choices=choices or {},
            files=files,
        )
        OPERATIONS.append(made)
        rule = path.replace("{", "<").replace("}", ">")
        blueprint.add_url_rule(rule, view.__name__, partial(Operation.run, made), methods=[method])
        return view

    return declare


def phrase(status: int) -> str:
    """What a status is called."""
    return HTTPStatus(status).phrase
