"""TBX in."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from glossary.exchange.tbx.entry import Entry
from glossary.exchange.tbx.names import work_of
from glossary.exchange.tbx.pieces import text
from glossary.exchange.tbx.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept


def read(file: BinaryIO, report: Report, options: Options) -> Iterator[Concept]:
    """Take the concepts out of a TBX file of any generation, dialect and style.

    What the file leaves open is "" in the concept; categories that we have no field for, and sections in other
    languages, are kept as `remainder`. Memory grows by the ids only (some 100 bytes a concept), which are needed to
    find double ones and references that lead nowhere. Raises InputError that names the line.
    """
    seen: set[str] = set()
    wanted: dict[str, str] = {}  # target of a reference -> where it stands, until the target has come
    stream = Stream(file, options.name)
    for element in stream.entries():
        if element.tag == "refObject":
            _object(element, stream.own, report, options)
            continue
        entry = Entry(element, report, stream.own)
        if entry.id in seen:
            report.note("changed", "id used twice: the second entry gets a new one", entry.where)
            entry.id = ""
        concept = entry.concept()
        if concept is None:
            continue
        if concept.id:
            seen.add(concept.id)
        for relation in concept.relations:
            if relation.target not in seen:
                wanted.setdefault(relation.target, f"{entry.where} to {relation.target}")
        yield concept
    for target, where in wanted.items():
        if target not in seen:
            report.note("refused", "crossReference that leads nowhere", where)
    if stream.title:
        options.found.meta["title"] = stream.title


def _object(element: Element, own: bool, report: Report, options: Options) -> None:
    """A cited work of a file of ours; other objects (people, pictures) are left out."""
    items = [(item.get("type") or "", text(item)) for item in element.iter("item")]
    work = work_of(items) if own else None
    if work is None:
        report.note("dropped", "refObject", element.get("id") or "")
    else:
        options.found.sources[work.cite] = work
