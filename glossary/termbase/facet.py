"""What concepts can be chosen and counted by: one list for look-up, lists, exports, the API and the pages.

    domain, kind, source     as the entry says; source is the key of a work that it cites anywhere
    status, reviewed         of the entry: draft, reviewed, approved, and the day of the review
    use, register, region    of any of its designations, in either language
    evidence                 of its preferred rendering: attested, entry, proposed, unsourced (see termbase.coverage)
    year                     in which one of its designations was in use: the years that stand by it, and those of
                             the works that it was found in

Values of one field are alternatives, fields are conditions that must all hold. A year or day may be a span, its ends
included: 2010..2015, 2019.., ..2005; and 2026-11 is all of that month.
"""

from __future__ import annotations

import re

from glossary.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Wanted = Mapping[str, str | Sequence[str]]

FIELDS = ("domain", "kind", "status", "reviewed", "use", "register", "region", "year", "evidence", "source")
SPANS = ("reviewed", "year")
LAST = "\U0010ffff"  # sorts after every text that begins alike
_YEARS = re.compile(r"(?P<first>\d{4})?(?P<dash>–)?(?P<last>\d{4})?")
_LONGEST = 300  # years of one span: what an imported file says need not be true


def facets(
    entry: Mapping[str, Any], cited: Iterable[str], dates: Mapping[str, str], latest: str
) -> Iterator[tuple[str, str]]:
    """(field, value) of everything that an entry, given as plain data, is counted under.

    `cited` are the keys of all the works that it cites, `dates` the years of works, `latest` the last year for spans
    that have no end.
    """
    terms = [*entry["zh"], *entry["en"]]
    yield "kind", entry["kind"]
    yield "status", entry.get("status", "draft")
    for field, values in (
        ("domain", entry["domains"]),
        ("source", cited),
        ("reviewed", [str(entry.get("reviewed", ""))]),
        ("use", [t.get("use", "preferred") for t in terms]),
        ("register", [r for t in entry["en"] for r in t.get("register", ())]),
        ("region", [t.get("region", "") for t in terms]),
        ("year", [y for t in terms for y in _years(t.get("years", ""), latest)]),
        ("year", [dates.get(r["cite"], "") for part in (entry, *terms) for r in part.get("sources", ())]),
    ):
        yield from ((field, value) for value in dict.fromkeys(values) if value)
    for first in (entry["en"] or entry["zh"])[:1]:
        yield "evidence", evidence(first, entry)


def evidence(term: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    """What a designation rests on: `attested`, `entry`, `proposed` or `unsourced`; see `termbase.coverage`."""
    if term.get("sources"):
        return "attested"
    if term.get("proposed"):
        return "proposed"
    return "entry" if entry.get("sources") else "unsourced"


def _years(span: str, latest: str) -> Iterator[str]:
    """Every year of `2014`, `2014–2018`, `2014–` (up to `latest`) or `–2018` (of which only the last is known)."""
    found = _YEARS.fullmatch(span)
    if found and (found["first"] or found["last"]):
        start = int(found["first"] or found["last"])
        end = int(found["last"] or (found["dash"] and latest) or start)
        yield from map(str, range(start, min(end, start + _LONGEST) + 1))
        if end < start:  # open, and the last known year lies before it
            yield str(start)


def as_lists(filters: Wanted) -> dict[str, list[str]]:
    """Filters as lists of values, without those that are empty. Raises InputError for a field that there is not."""
    for name in filters:
        if name not in FIELDS:
            raise InputError(f"there is no filter {name!r}; there are {', '.join(FIELDS)}")
    lists = {name: [v] if isinstance(v, str) else list(v) for name, v in filters.items()}
    return {name: kept for name, values in lists.items() if (kept := [v for v in values if v])}


def span(value: str) -> tuple[str, str]:
    """The first and the last text that a span takes in: `2010..2015`, `2019..`, `..2005`, `2026-11`."""
    first, dots, last = value.partition("..")
    return first, (last if dots else first) + LAST


def fits(name: str, value: str, known: str) -> bool:
    """Whether a concept that has the value `known` of a field is among those wanted."""
    first, last = span(value)
    return first <= known <= last if name in SPANS else known == value


def conditions(filters: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """An SQL condition on `concept.n` and its values: every field, any of its values."""
    clauses, values = ["1"], []
    for field, wanted in filters.items():
        if field in SPANS:
            ways = " OR ".join(["value BETWEEN ? AND ?"] * len(wanted))
            values += [field, *(end for value in wanted for end in span(value))]
        else:
            ways = f"value IN ({','.join('?' * len(wanted))})"
            values += [field, *wanted]
        clauses.append(f"n IN (SELECT n FROM facet WHERE field = ? AND ({ways}))")
    return " AND ".join(clauses), values
