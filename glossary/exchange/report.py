"""What an import or export could not carry over as it was: counted by kind and field, with examples."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

KINDS = {
    "dropped": "left out",
    "chosen": "one of several taken",
    "shortened": "shortened",
    "changed": "written in another way",
    "kept": "kept as it was, without being understood",
    "supplied": "supplied by us",
    "conflict": "differs from what the base had; the file's is taken",
    "refused": "not taken over",
}
EXAMPLES = 5


@dataclass(slots=True)
class Loss:
    """One kind of loss in one field; `examples` are the first few places (ids, lines, elements)."""

    kind: str
    field: str
    count: int = 0
    examples: list[str] = dataclasses.field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What happened to a body of concepts on the way in or out of a format.

    `direction` is "read" or "write"; `concepts` counts those that were carried over. `notes` are remarks on the file
    as a whole, `counts` what an import did to the base (added, changed, unchanged).
    """

    format: str
    direction: str
    concepts: int = 0
    notes: list[str] = dataclasses.field(default_factory=list)
    counts: dict[str, int] = dataclasses.field(default_factory=dict)
    _losses: dict[tuple[str, str], Loss] = dataclasses.field(default_factory=dict)

    def note(self, kind: str, field: str, where: str = "", count: int = 1) -> None:
        """Count a loss; `kind` is one of KINDS, `where` an id, line or element to show as an example."""
        loss = self._losses.setdefault((kind, field), Loss(kind, field))
        loss.count += count
        if where and len(loss.examples) < EXAMPLES and where not in loss.examples:
            loss.examples.append(where)

    def say(self, text: str) -> None:
        """Add a remark on the file as a whole (how it was read), once."""
        if text not in self.notes:
            self.notes.append(text)

    @property
    def losses(self) -> list[Loss]:
        """The losses in the order of KINDS, the most frequent first."""
        order = list(KINDS)
        return sorted(self._losses.values(), key=lambda x: (order.index(x.kind), -x.count, x.field))

    def as_dict(self) -> dict[str, Any]:
        """The report for machines."""
        losses = [{"kind": x.kind, "field": x.field, "count": x.count, "examples": x.examples} for x in self.losses]
        out = {"format": self.format, "direction": self.direction, "concepts": self.concepts, **self.counts}
        return {**out, "notes": self.notes, "losses": losses}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """A report out of what `as_dict` made of it."""
        known = ("format", "direction", "concepts", "notes", "losses")
        counts = {name: count for name, count in data.items() if name not in known}
        report = cls(data["format"], data["direction"], data["concepts"], list(data["notes"]), counts)
        for loss in data["losses"]:
            report._losses[loss["kind"], loss["field"]] = Loss(**loss)
        return report

    def as_text(self) -> str:
        """The report for people: one line a loss."""
        done = "read" if self.direction == "read" else "written"
        what = "1 concept" if self.concepts == 1 else f"{self.concepts:,} concepts"
        lines = [f"{self.format}: {what} {done}" + (":" if self._losses else ", nothing lost")]
        lines += [f"  {text}" for text in self.notes]
        for x in self.losses:
            examples = f" ({', '.join(x.examples)}{' …' if x.count > len(x.examples) else ''})" if x.examples else ""
            lines.append(f"  {x.field}: {KINDS[x.kind]}, {'once' if x.count == 1 else f'{x.count:,} times'}{examples}")
        return "\n".join(lines)
