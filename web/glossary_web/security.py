"""The headers that every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# what a script of another site may read beside the body
EXPOSED = (
    "Allow, Content-Disposition, ETag, Link, Location, "
    "Glossary-Limit-Text, Glossary-Limit-Lines, Glossary-Limit-Page, Glossary-Concepts"
)


def install(app: Flask) -> None:
    """Set the headers on every answer: pages, files, errors."""
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if request.path.startswith("/api/"):
        share(response)
    elif "Access-Control-Allow-Origin" not in response.headers:
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def share(response: Response) -> Response:
    """Let pages of other sites read an answer. Everything here only reads, and nobody is signed in."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
