"""The small language of the search box: fields, quotes, exclusion. Everything else is text.

    zh:情绪  py:qingxu  en:emotion  id:k7q2m      read the text in this one way
    domain:policing  register:ngo  region:TW    conditions: the fields of termbase.facet
    year:2010..2015  reviewed:2026-11           years and days may be spans
    "right to privacy"                          these words in this order, nothing similar
    -recognition                                not with this in any of its forms
    情*识别  ?情  recogni*                       * for any letters or characters, ? for one

A prefix that is none of these is text, and so is a quote that is never closed.
"""

from __future__ import annotations

import re

from glossary.termbase.facet import FIELDS

READINGS = ("zh", "py", "en", "id")
_TOKEN = re.compile(
    rf"""(?P<minus>(?<!\S)-(?=[^\s-]))?(?:(?P<field>{"|".join((*READINGS, *FIELDS))})[:：]\s*)?"""
    r"""(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))""",
    re.IGNORECASE,
)


class Request:
    """A query taken apart: `text` to look for, the one `reading` that was asked for (or ""), and conditions."""

    __slots__ = ("exact", "exclude", "filters", "reading", "text")

    def __init__(self, text: str) -> None:
        self.reading = ""
        self.exact = False
        self.exclude: list[str] = []
        self.filters: dict[str, list[str]] = {}
        kept: list[str] = []
        at = 0
        for token in _TOKEN.finditer(text):
            field = (token["field"] or "").lower()
            value = token["quoted"] if token["quoted"] is not None else token["bare"]
            quoted = token["quoted"] is not None
            if not field and not token["minus"] and not (quoted and value.strip()):
                continue
            if not value.strip() and not quoted:
                continue
            kept.append(text[at : token.start()])
            at = token.end()
            self._take(field, value, quoted, bool(token["minus"]), kept)
        kept.append(text[at:])
        self.text = "".join(kept).strip()
        if self.exclude and not self.text and not self.filters:  # nothing to exclude from: it was meant as text
            self.text, self.exclude = text.strip(), []

    def _take(self, field: str, value: str, quoted: bool, minus: bool, kept: list[str]) -> None:
        if minus:
            self.exclude.append(value)
        elif field in FIELDS:
            self.filters.setdefault(field, []).append(value)
        else:
            self.reading = field or self.reading
            self.exact = self.exact or quoted
            kept.append(value)
