"""The web face: pages for people and `/api/v1` for programs, over one `Glossary`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask
from jinja2 import StrictUndefined

from glossary.desk import Glossary
from glossary_web import faults, present, security
from glossary_web.api import blueprint as api
from glossary_web.pages import blueprint as pages
from glossary_web.site import Site

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["create_app"]

REQUEST_LIMIT = 2 * 1024 * 1024  # bytes; the longest text that the reading page takes fits three times over


def create_app(glossary: Glossary | None = None, config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application over `glossary`, or over the bundled base.

    `config` may set SITE_URL, the address that permanent links begin with (without it: the address of the request).
    """
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=REQUEST_LIMIT, MAX_FORM_MEMORY_SIZE=REQUEST_LIMIT, SITE_URL="")
    app.config.update(config or {})
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider's attribute
    app.json.sort_keys = False  # type: ignore[attr-defined]  # keys stand in the order of the contract
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["site"] = Site(glossary if glossary is not None else Glossary.open())
    present.install(app)
    security.install(app)
    faults.install(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    return app
