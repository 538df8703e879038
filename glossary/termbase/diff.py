"""What changed between two bases: concepts that came, went or were changed, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.termbase.store import Store

# fields whose change a translator need not hear of
SILENT = frozenset({"reviewed"})


@dataclass(frozen=True, slots=True)
class Change:
    """One concept that differs: `added`, `removed` or `changed`, the last with old and new value of each field."""

    id: str
    what: str
    label: str
    fields: tuple[tuple[str, Any, Any], ...] = ()
    replaced_by: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The change as plain data."""
        return {
            "id": self.id,
            "what": self.what,
            "label": self.label,
            "fields": [{"field": f, "old": old, "new": new} for f, old, new in self.fields],
            "replaced_by": list(self.replaced_by),
        }


def diff(old: Store, new: Store) -> list[Change]:
    """Every difference between two bases, in the order of the new one's pinyin, what went at the end."""
    before = dict(_entries(old))
    after = dict(_entries(new))
    out = []
    for id, data in after.items():
        if id not in before:
            out.append(Change(id, "added", _label(data)))
        elif before[id] != data:
            fields = tuple(
                (name, before[id].get(name), data.get(name))
                for name in dict.fromkeys((*data, *before[id]))
                if before[id].get(name) != data.get(name) and name not in SILENT
            )
            if fields:
                out.append(Change(id, "changed", _label(data), fields))
    for id, data in before.items():
        if id not in after:
            out.append(Change(id, "removed", _label(data), (), tuple(new.retired(id) or ())))
    return out


def _entries(store: Store) -> list[tuple[str, dict[str, Any]]]:
    numbers = list(store.numbers())
    found = store.data(numbers)
    return [(found[n][0], found[n][2]) for n in numbers]


def _label(data: dict[str, Any]) -> str:
    return " · ".join(side[0]["text"] for side in (data["zh"], data["en"]) if side)
