"""What a check returns. Offsets are code points into the two texts as they were given, end exclusive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

VERDICTS = ("ok", "missing", "forbidden", "inconsistent")
# Findings less certain than this are left out unless they are asked for: mostly ordinary words, rendered freely.
DOUBTFUL = 0.4


class Finding(msgspec.Struct, gc=False):
    """One occurrence of a term in the source and what became of it.

    `verdict`: `ok`; `missing` (no accepted rendering in the sentence); `forbidden` (a deprecated rendering stands
    there); `inconsistent` (an accepted rendering, but the document mostly has another). `target_start` is -1 where
    nothing was found. `certainty` is between 0 and 1: how likely a careful reader would say the same. `ids` are all
    concepts that the form may stand for; `concept` is the one that was found, else the likeliest. `rendering` is the
    entry's own form of what was found; `reason` says in words why the verdict is what it is. `sentence` and
    `target_sentence` count from 1 within the two texts; `majority` is what the document mostly has where the verdict
    is inconsistent.
    """

    concept: str
    ids: tuple[str, ...]
    zh: str
    start: int
    end: int
    expected: list[str]
    found: str
    rendering: str
    target_start: int
    target_end: int
    verdict: str
    certainty: float
    reason: str
    sentence: int = 1
    target_sentence: int = 1
    majority: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The finding with the keys of the public contract, and more."""
        return {
            "concept": self.concept,
            "zh": self.zh,
            "start": self.start,
            "end": self.end,
            "expected": self.expected,
            "found": self.found,
            "rendering": self.rendering,
            "target_start": self.target_start,
            "target_end": self.target_end,
            "verdict": self.verdict,
            "certainty": self.certainty,
            "reason": self.reason,
            "majority": self.majority,
            "sentence": self.sentence,
            "target_sentence": self.target_sentence,
            "ids": list(self.ids),
        }

    def moved(self, source: int, target: int, sentence: int = 1, target_sentence: int = 1) -> Finding:
        """The finding with its offsets and sentences counted from further back: of a sentence, in the whole text."""
        self.start, self.end = self.start + source, self.end + source
        if self.target_start >= 0:
            self.target_start, self.target_end = self.target_start + target, self.target_end + target
        self.sentence += sentence - 1
        self.target_sentence += target_sentence - 1
        return self

    def is_silenced(self, rules: Container[str]) -> bool:
        """Whether one of the rules, `CONCEPT` or `CONCEPT:verdict`, passes over it; a concept by id or by its form."""
        names = (self.concept, self.zh)
        return self.verdict != "ok" and any(n in rules or f"{n}:{self.verdict}" in rules for n in names)


class CheckedLine(msgspec.Struct):
    """The findings of one line (a sentence pair) of a document, by its id.

    `note` says what kept the line from being checked (no translation). `swapped` says that it was given the wrong way
    round; offsets are then into the Chinese and the English all the same. `doubtful` counts what was left out as too
    uncertain.
    """

    id: str | int
    findings: list[Finding]
    note: str = ""
    swapped: bool = False
    doubtful: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The line with the keys of the public contract; what is not so is left out."""
        out: dict[str, Any] = {"id": self.id, "findings": [f.to_dict() for f in self.findings]}
        more = {"note": self.note, "swapped": self.swapped, "doubtful": self.doubtful}
        return out | {key: value for key, value in more.items() if value}


class Check(msgspec.Struct):
    """The findings of two whole texts; `swapped` says that they were given the wrong way round.

    `note` says what kept them from being checked (the translation is Chinese).
    `beads` are the stretches that were laid side by side: (start, end) in the source, (start, end) in the target.
    """

    source: str
    target: str
    findings: list[Finding]
    swapped: bool = False
    doubtful: int = 0
    beads: list[tuple[int, int, int, int]] = []
    note: str = ""

    def __iter__(self) -> Iterator[Finding]:
        """The findings, one after the other."""
        return iter(self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The check for machines."""
        out: dict[str, Any] = {
            "swapped": self.swapped,
            "findings": [f.to_dict() for f in self.findings],
            "doubtful": self.doubtful,
            "beads": [list(bead) for bead in self.beads],
        }
        return out | ({"note": self.note} if self.note else {})
