"""How far the entries of a base go: by domain, kind, status and review; which designations can be pointed at.

A designation is *attested* where it cites a work itself, *by its entry* where only the entry does, *proposed* where it
is marked as ours or as known without a source yet, and *unsourced* where nothing is said.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from glossary.termbase.facet import evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.termbase.store import Store

EVIDENCE = ("attested", "entry", "proposed", "unsourced")
Counts = dict[str, int]


def coverage(store: Store) -> dict[str, Any]:
    """The counts, as plain data.

    `domains` has a row for each (an entry counts in every domain of its own, so the rows overlap): entries, how many
    are reviewed and how many defined, and the evidence of their Chinese and English designations. `all` is the
    same row for the whole base, each entry once; `reviewed` counts entries by the day of their review ("" for none),
    `registers` and `uses` English renderings, `regions` Chinese forms that are used in one place.
    """
    whole = _row()
    domains: dict[str, dict[str, Any]] = {}
    by: dict[str, Counts] = {name: {} for name in ("kinds", "statuses", "reviewed", "registers", "uses", "regions")}
    for (data,) in store.rows("SELECT data FROM concept"):
        entry = json.loads(data)
        rows = [whole, *(domains.setdefault(code, _row()) for code in entry["domains"])]
        for row in rows:
            _add(row, entry)
        _count(by["kinds"], [entry["kind"]])
        _count(by["statuses"], [entry.get("status", "draft")])
        _count(by["reviewed"], [str(entry.get("reviewed", ""))])
        _count(by["registers"], (r for t in entry["en"] for r in t.get("register", ())))
        _count(by["uses"], (t.get("use", "preferred") for t in entry["en"]))
        _count(by["regions"], (t["region"] for t in entry["zh"] if t.get("region")))
    return {
        "all": whole,
        "domains": dict(sorted(domains.items())),
        **{name: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))) for name, counts in by.items()},
    }


def _row() -> dict[str, Any]:
    return {
        "entries": 0,
        "reviewed": 0,
        "defined": 0,
        "zh": dict.fromkeys(EVIDENCE, 0),
        "en": dict.fromkeys(EVIDENCE, 0),
    }


def _add(row: dict[str, Any], entry: dict[str, Any]) -> None:
    row["entries"] += 1
    row["reviewed"] += entry.get("status", "draft") != "draft"
    row["defined"] += bool(entry.get("definition", {}).get("en") or entry.get("definition", {}).get("zh"))
    for language in ("zh", "en"):
        _count(
            row[language],
            (evidence(term, entry) for term in entry[language]),
        )


def _count(counts: Counts, values: Iterable[str]) -> None:
    for value in values:
        counts[value] = counts.get(value, 0) + 1
