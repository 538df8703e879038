"""The one canonical form of the files: order of entries and fields, line breaks, labels as comments.

`glossary fmt` writes it and lint compares with it, so that a diff shows only what was changed. A small writer of
our own: the general TOML writers cannot put a comment beside an id nor break an array inside an inline table.
"""

from __future__ import annotations

import datetime
import json
import random
from typing import TYPE_CHECKING, Any

from glossary.model import RELATIONS
from glossary.termfiles.shape import CONCEPT, ID, SOURCE, TOPIC
from glossary.text.pinyin import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_WIDE = 100  # an inline table longer than this breaks its inner arrays


def draw_id(taken: Iterable[str], rng: random.Random | None = None) -> str:
    """A new id that is not in `taken`: a letter and four letters or digits, without i, l, o, u."""
    taken = set(taken)
    rng = rng or random.SystemRandom()
    while True:
        id = rng.choice(ALPHABET[10:]) + "".join(rng.choice(ALPHABET) for _ in range(4))
        if id not in taken:
            return id


def sort_key(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """Entries stand in the order of the pinyin of their first Chinese term, then of its characters."""
    first = entry["zh"][0]
    return bare(first["pinyin"]).replace("'", ""), first["pinyin"].lower(), first["text"]


def format_topic(data: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """What a topic file holds, in canonical form: it must have the right shape. `labels` gives the comment by an id."""
    out = ["#:schema ../schema.json", "", "[topic]"]
    out += [f"{k} = {quote(data['topic'][k])}" for k in TOPIC if k in data["topic"]]
    entries = {k: v for k, v in data.items() if k != "topic"}
    for id in sorted(entries, key=lambda i: (*sort_key(entries[i]), i)):
        out += ["", f"# {labels.get(id, '')}".rstrip(), f"[{id}]"]
        for name in CONCEPT:
            if name in entries[id]:
                out += _field(name, entries[id][name], labels)
    return "\n".join(out) + "\n"


def format_sources(data: Mapping[str, Any]) -> str:
    """What a file of cited works holds, in canonical form: sorted by cite key."""
    out: list[str] = []
    for cite in sorted(data):
        out += [f"[{cite}]"]
        for name in SOURCE:
            if name in data[cite]:
                out += _field(name, data[cite][name], {})
        out.append("")
    return "\n".join(out)


def _field(name: str, value: Any, labels: Mapping[str, str]) -> list[str]:
    if name == "definition":
        return [
            line
            for part in ("en", "zh", "sources")
            if part in value
            for line in _field(f"definition.{part}", value[part], labels)
        ]
    if name in RELATIONS:
        lines = []
        for item in value:
            target = item if isinstance(item, str) else item["to"]
            label = f"  # {labels[target]}" if ID.fullmatch(target) and target in labels else ""
            lines.append(f"  {_value(item)},{label}")
        return [f"{name} = [", *lines, "]"]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [f"{name} = [", *(f"  {_broken(item, '  ')}," for item in value), "]"]
    return [f"{name} = {_value(value)}"]


def _broken(table: dict[str, Any], indent: str) -> str:
    """An inline table on one line, or with its inner array of references broken over several."""
    flat = _value(table)
    refs = table.get("sources")
    if len(indent) + len(flat) < _WIDE or not refs:
        return flat
    head = ", ".join(f"{k} = {_value(v)}" for k, v in _ordered(table) if k != "sources")
    inner = "".join(f"{indent}  {_value(r)},\n" for r in refs)
    return f"{{ {head}, sources = [\n{inner}{indent}] }}"


_ORDER = ("to", "text", "trad", "pinyin", "pinyin_tw", "use", "cite", "page")


def _ordered(table: dict[str, Any]) -> list[tuple[str, Any]]:
    """Fields of an inline table: names first, references last, the rest as the author put it."""

    def rank(item: tuple[str, Any]) -> int:
        return 99 if item[0] == "sources" else _ORDER.index(item[0]) if item[0] in _ORDER else 50

    return sorted(table.items(), key=rank)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, (int, datetime.date)):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in _ordered(value)) + " }"


def quote(text: str) -> str:
    """A TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
