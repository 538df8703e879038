"""Lists out of a base: pages by domain, kind, source and letter; counts; cited works."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary.model import Source, source_from
from glossary.termbase.facet import as_lists, conditions
from glossary.termbase.keys import english_key
from glossary.text.normalize import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.termbase.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One concept in a list."""

    id: str
    zh: str
    hant: str
    pinyin: str
    en: str
    kind: str
    domain: str
    status: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its lines, the number of all lines, and the offset of the next page (None at the end)."""

    lines: list[Line]
    total: int
    next: int | None


def browse(
    store: Store,
    *,
    letter: str = "",
    order: str = "pinyin",
    after: int = 0,
    limit: int = 100,
    **filters: str | Sequence[str],
) -> Page:
    """A page of concepts that satisfy every filter (see `termbase.facet`), in the order of their pinyin or English.

    `letter` is a letter of the order (`#` for what begins with none); `after` is a line offset. Raises InputError.
    """
    if order not in ("pinyin", "english"):
        raise InputError(f"the order is pinyin or english, not {order!r}")
    clause, values = conditions(as_lists(filters))
    if letter:
        clause += f" AND {_letter(order)} = ?"
        values.append(letter.lower())
    total: int = store.rows(f"SELECT count(*) FROM concept WHERE {clause}", values)[0][0]
    rows = store.rows(
        f"SELECT id, kind, domain, status, data FROM concept WHERE {clause} ORDER BY {order}, n LIMIT ? OFFSET ?",
        [*values, limit, after],
    )
    lines = [_line(*row) for row in rows]
    return Page(lines, total, after + limit if after + limit < total else None)


def _line(id: str, kind: str, domain: str, status: str, data: str) -> Line:
    entry = json.loads(data)
    zh = entry["zh"][0] if entry["zh"] else {"text": "", "pinyin": ""}
    return Line(
        id,
        zh["text"],
        zh.get("trad", zh["text"]),
        zh["pinyin"],
        entry["en"][0]["text"] if entry["en"] else "",
        kind,
        domain,
        status,
    )


def _letter(order: str) -> str:
    return f"CASE WHEN substr({order}, 1, 1) BETWEEN 'a' AND 'z' THEN substr({order}, 1, 1) ELSE '#' END"


def named(store: Store, text: str) -> list[str]:
    """Ids of the concepts with exactly this Chinese form (either script), rendering or abbreviation, each once."""
    found = [
        *store.exact("zh", key(text)),
        *store.exact("en", english_key(text)),
        *store.exact("abbr", english_key(text)),
    ]
    return [store.entry(n)[0] for n in dict.fromkeys(row[0] for row in found)]


def letters(store: Store, order: str = "pinyin", **filters: str | Sequence[str]) -> dict[str, int]:
    """How many of the concepts that satisfy every filter begin with each letter."""
    where, values = conditions(as_lists(filters))
    sql = f"SELECT {_letter(order)} AS letter, count(*) FROM concept WHERE {where} GROUP BY letter ORDER BY letter"
    return dict(store.rows(sql, values))


def sources(store: Store) -> list[tuple[Source, int]]:
    """Every cited work with the number of concepts that cite it."""
    return [
        (source_from(cite, _source_data(data)), count)
        for cite, data, count in store.rows(
            "SELECT s.cite, s.data, (SELECT count(*) FROM facet WHERE field = 'source' AND value = s.cite) "
            "FROM source s ORDER BY s.cite"
        )
    ]


def source(store: Store, cite: str) -> Source | None:
    """One cited work; None where there is none with this key."""
    found = store.rows("SELECT data FROM source WHERE cite = ?", (cite,))
    return source_from(cite, _source_data(found[0][0])) if found else None


def _source_data(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    data.pop("cite", None)
    return data


def stats(store: Store) -> dict[str, Any]:
    """The edition of the base ("" where it says none) and counts of what it holds."""
    out: dict[str, Any] = {"edition": store.edition, "concepts": store.count}
    zh = en = proposed = 0
    for (data,) in store.rows("SELECT data FROM concept"):
        entry = json.loads(data)
        zh += len(entry["zh"])
        en += len(entry["en"])
        proposed += sum(t.get("proposed", False) for t in (*entry["zh"], *entry["en"]))
    out["chinese_forms"], out["english_renderings"], out["proposed"] = zh, en, proposed
    out["patterns"] = store.rows("SELECT count(*) FROM pattern")[0][0]
    out["relations"] = store.rows("SELECT count(*) FROM relation")[0][0]
    out["sources"] = store.rows("SELECT count(*) FROM source")[0][0]
    out["domains"] = dict(
        store.rows("SELECT value, count(*) FROM facet WHERE field = 'domain' GROUP BY value ORDER BY value")
    )
    for column in ("kind", "status"):
        out[f"{column}s" if column == "kind" else "statuses"] = dict(
            store.rows(f"SELECT {column}, count(*) FROM concept GROUP BY {column} ORDER BY {column}")
        )
    return out
