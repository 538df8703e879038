"""References as people read them: one line for each cited work, its places joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.model import places
from glossary_web.present import day, web_address
from glossary_web.site import the_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.model import Reference, Source


@dataclass(frozen=True, slots=True)
class Cited:
    """A work and the places in it. `source` is None where the base has no record of the work."""

    cite: str
    name: str
    places: str
    urls: tuple[str, ...]
    source: Source | None


def cited(references: Iterable[Reference]) -> list[Cited]:
    """Join references by work, in order of appearance."""
    works: dict[str, list[Reference]] = {}
    for reference in references:
        works.setdefault(reference.cite, []).append(reference)
    out = []
    for cite, found in works.items():
        source = the_site().work(cite)
        urls = tuple(dict.fromkeys(u for r in found if (u := web_address(r.url))))
        out.append(Cited(cite, source.short_name if source else cite, places(found), urls, source))
    return out


def imprint_of(source: Source) -> str:
    """Who, where and when of a work, in one line."""
    comma = "、" if source.lang.startswith("zh") else ", "
    place = _both(source.container, source.container_en)
    volume = source.volume + (f"({source.issue})" if source.issue else "")
    parts = [
        _both(comma.join(source.authors), ", ".join(source.authors_en)),
        place,
        volume,
        f"pp. {source.pages}" if source.pages else "",
        source.publisher if source.publisher not in (*source.authors, source.container) else "",
        day(source.date),
    ]
    return ", ".join(filter(None, parts))


def _both(own: str, english: str) -> str:
    """A name with its English beside it, where that differs."""
    return f"{own} ({english})" if own and english and own != english else own or english
