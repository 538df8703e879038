"""Rules on dates: that they can be, in what follows what, and that they are not still to come."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from glossary.lint.rules import concept_rule, folder_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.lint.rules import Finding, FolderFinding
    from glossary.model import Concept, Reference
    from glossary.termfiles.folder import TermFolder

EARLIEST = "1800"  # an older year is a slip of the pen: the field has no older works or terms


@concept_rule("E121")
def years_in_order(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """The years in which a designation was used end before they begin, or lie too far back."""
    said = [(f"zh[{i}].years", t.years) for i, t in enumerate(concept.zh)]
    said += [(f"en[{i}].years", t.years) for i, t in enumerate(concept.en)]
    for field, text in said:
        years = [y for y in text.split("–") if y]
        if years != sorted(years) or any(y < EARLIEST for y in years):
            yield field, text


@folder_rule("E212")
def read_after_it_appeared(folder: TermFolder) -> Iterator[FolderFinding]:
    """A work was read before it appeared, or appeared too long ago."""
    for cite, work in folder.sources.items():
        if work.date and work.date < EARLIEST:
            yield cite, "date", work.date
        if work.accessed and not _follows(work.accessed, work.date):
            yield cite, "accessed", f"{work.accessed}, the work is of {work.date}"
    for id, concept in folder.concepts.items():
        for ref in concept.references():
            cited = folder.sources.get(ref.cite)
            if cited and ref.accessed and not _follows(ref.accessed, cited.date):
                yield id, "sources", f"{ref.cite} read {ref.accessed}, it is of {cited.date}"


def _follows(day: str, date: str) -> bool:
    """Whether a day is not before a date, of which only the year or the month may be known."""
    return day[: len(date)] >= date


@folder_rule("W205")
def not_to_come(folder: TermFolder) -> Iterator[FolderFinding]:
    """A date lies in the future."""
    today = datetime.date.today().isoformat()
    for cite, work in folder.sources.items():
        for field, date in (("date", work.date), ("accessed", work.accessed), *_read(work.cited_in)):
            if not _follows(today, date):
                yield cite, field, date
    for id, concept in folder.concepts.items():
        years = [("zh", y) for t in concept.zh for y in t.years.split("–")]
        years += [("en", y) for t in concept.en for y in t.years.split("–")]
        for field, date in (("reviewed", concept.reviewed), *years, *_read(concept.references())):
            if not _follows(today, date):
                yield id, field, date


def _read(references: list[Reference] | tuple[Reference, ...]) -> Iterator[tuple[str, str]]:
    return (("sources", r.accessed) for r in references)
