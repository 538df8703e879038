"""What is cited, in one shape: an entry of the term base, or a work that an entry cites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from glossary import __version__
from glossary.errors import InputError

if TYPE_CHECKING:
    from glossary.model import Concept, Source

PROJECT = "Chinese–English Glossary"
MAKERS = "zh-en-glossary contributors"
ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work. `authors` and `title` are its own; `authors_en` and `title_en` the English of a Chinese work.

    `type` is a code of the term base's list of works, or `entry`. Dates are ISO, as exact as they are known.
    """

    key: str
    type: str
    title: str
    title_en: str = ""
    authors: tuple[str, ...] = ()
    authors_en: tuple[str, ...] = ()
    container: str = ""
    container_en: str = ""
    publisher: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    lang: str = ""
    url: str = ""
    accessed: str = ""
    version: str = ""
    number: str = ""


def entry_work(concept: Concept, site: str, accessed: str, edition: str) -> Work:
    """An entry as a work: its terms as the title, the day of its review as the date, its permanent address.

    `site` is where the web app is reached; "" leaves the address out. The version is the `edition` of the data, where
    the base says one, else that of the software. Raises InputError where `accessed` is no date.
    """
    if accessed:
        try:
            date.fromisoformat(accessed)
        except ValueError:
            raise InputError(f"the date is written 2026-11-23, not {accessed[:40]!r}") from None
    return Work(
        key=f"zh-en-glossary-{concept.id}",
        type=ENTRY,
        title=" ".join(terms[0].text for terms in (concept.zh, concept.en) if terms),
        authors=(MAKERS,),
        container=PROJECT,
        date=concept.reviewed,
        lang="en",
        url=f"{site.rstrip('/')}/c/{concept.id}" if site else "",
        accessed=accessed,
        version=edition or __version__,
        number=concept.id,
    )


def source_work(source: Source) -> Work:
    """A cited work as the term base records it."""
    return Work(
        key=source.cite,
        type=source.type,
        title=source.title,
        title_en=source.title_en if source.title_en != source.title else "",
        authors=source.authors,
        authors_en=source.authors_en,
        container=source.container,
        container_en=source.container_en,
        publisher=source.publisher,
        date=source.date,
        volume=source.volume,
        issue=source.issue,
        pages=source.pages,
        lang=source.lang,
        url=source.url,
        accessed=source.accessed,
    )
