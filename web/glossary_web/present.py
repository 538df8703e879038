"""Small things that templates need: languages of runs, highlighted pieces, slugs, dates, short citations.

Nothing here makes markup: pieces are plain strings, and the templates escape them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, request, url_for

from glossary_web.site import the_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask import Flask

    from glossary.model import Concept

_HAN = "\u2e80-\u2fdf\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WIDE = "\u3000-\u303f\uff00-\uffef"
_RUN = re.compile(rf"[{_WIDE}]*[{_HAN}](?:[{_HAN}{_WIDE}·]|[A-Za-z0-9]+(?=[{_HAN}]))*")
_MONTHS = ("January February March April May June July August September October November December").split()
# control characters as their pictures: they are seen, and cannot disturb the page
_PICTURES = {**{c: 0x2400 + c for c in range(32) if c not in (9, 10)}, 0x7F: 0x2421}


def runs(text: str) -> list[tuple[str, bool]]:
    """Cut a text into runs: (piece, whether it is Chinese)."""
    out: list[tuple[str, bool]] = []
    at = 0
    for found in _RUN.finditer(text):
        if found.start() > at:
            out.append((text[at : found.start()], False))
        out.append((found[0], True))
        at = found.end()
    if at < len(text):
        out.append((text[at:], False))
    return out


def script(text: str) -> str:
    """The language tag of a Chinese text: by the characters that only one of the two scripts has."""
    return "zh-Hant" if sum(map(_leaning, text[:4000])) < 0 else "zh-Hans"


@lru_cache(maxsize=30000)
def _leaning(char: str) -> int:
    """1 for a character of GB 2312 that Big5 lacks, -1 for the opposite, else 0."""
    if char < "\u4e00":
        return 0
    return _encodes(char, "gb2312") - _encodes(char, "big5")


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def pieces(text: str, spans: Iterable[Sequence[int]]) -> list[tuple[str, bool]]:
    """Cut a text at spans: (piece, whether it is to be highlighted)."""
    out: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted((s[0], s[1]) for s in spans):
        if start < at:
            continue
        if start > at:
            out.append((text[at:start], False))
        out.append((text[start:end], True))
        at = end
    if at < len(text):
        out.append((text[at:], False))
    return out


def visible(text: str) -> str:
    """The text with control characters as pictures."""
    return text.translate(_PICTURES)


def slug(concept: Concept) -> str:
    """The decoration of an entry's address: `qingxu-shibie`."""
    if not concept.zh:
        return "-"
    bare = unicodedata.normalize("NFD", concept.zh[0].pinyin).replace("u\u0308", "v").replace("U\u0308", "v")
    bare = "".join(c for c in bare if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub("['’]", "", bare)).strip("-")[:80] or "-"


def hant_lang(region: str) -> str:
    """The language tag of a traditional form."""
    return {"TW": "zh-Hant-TW", "HK": "zh-Hant-HK"}.get(region, "zh-Hant")


def day(date: str) -> str:
    """`2021-01-05` as `5 January 2021`; other forms as they are."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if not found or (found[2] and not 1 <= int(found[2]) <= 12):
        return date
    parts = [str(int(found[3])) if found[3] else "", _MONTHS[int(found[2]) - 1] if found[2] else "", found[1]]
    return " ".join(filter(None, parts))


def web_address(url: str) -> str:
    """The address where it may be linked to: http and https only; else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def entry_url(concept: Concept) -> str:
    """The address of an entry's page, below the root."""
    return url_for("pages.entry", id=concept.id, slug=slug(concept))


def permanent(path: str) -> str:
    """The whole address of a path."""
    root = current_app.config["SITE_URL"] or request.url_root
    return str(root).rstrip("/") + path


def install(app: Flask) -> None:
    """Give the templates these helpers."""
    app.jinja_env.filters.update(runs=runs, script=script, visible=visible, slug=slug, day=day, web_address=web_address)
    app.jinja_env.globals.update(pieces=pieces, entry_url=entry_url, hant_lang=hant_lang, permanent=permanent)

    @app.context_processor
    def common() -> dict[str, object]:
        return {"site": the_site()}
