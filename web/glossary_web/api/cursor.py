"""Opaque cursors: where a list goes on. A cursor belongs to one list, asked in one way, of one state of the base."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

from flask import request

from glossary_web.faults import Fault
from glossary_web.site import the_site

if TYPE_CHECKING:
    from flask import Response

_KEPT = 6  # bytes of each digest


def cursor_at(offset: int) -> str:
    """The cursor for going on with this list from an offset."""
    raw = _list() + _state() + offset.to_bytes(6, "big")
    return urlsafe_b64encode(raw).decode("ascii")


def offset_of(cursor: str) -> int:
    """The offset that a cursor stands for. Raises a 400 where it is of another list, 410 where the base has changed."""
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii"))
    except ValueError:
        raw = b""
    if len(raw) != 2 * _KEPT + 6 or raw[:_KEPT] != _list():
        raise Fault(400, "this cursor is not of this list; begin without one", field="cursor")
    if raw[_KEPT : 2 * _KEPT] != _state():
        raise Fault(410, "the base has changed since this cursor was made; begin again without one", field="cursor")
    return int.from_bytes(raw[2 * _KEPT :], "big")


def link(response: Response, cursor: str | None) -> Response:
    """Add the links to the next page and to the first (RFC 8288)."""
    from urllib.parse import urlencode

    others = [(k, v) for k, v in request.args.items(multi=True) if k not in ("cursor", "after")]
    if cursor:
        response.headers.add("Link", f'<{request.base_url}?{urlencode([*others, ("cursor", cursor)])}>; rel="next"')
    query = f"?{urlencode(others)}" if others else ""
    response.headers.add("Link", f'<{request.base_url}{query}>; rel="first"')
    return response


def _list() -> bytes:
    """What the list is, whatever the size of its pages."""
    others = sorted((k, v) for k, v in request.args.items(multi=True) if k not in ("cursor", "after", "limit", "whole"))
    return hashlib.sha256(repr((request.path, others)).encode("utf-8", "surrogatepass")).digest()[:_KEPT]


def _state() -> bytes:
    return hashlib.sha256(the_site().glossary.digest.encode()).digest()[:_KEPT]
