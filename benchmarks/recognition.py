"""Recognition of terms in running text, scored on `tests/data/recognition.jsonl`.

Each line is a text with the spans that a careful reader marks: the leftmost-longest terms of the base that are used as
that term. `gold` spans must be found with one of their `ids`; `optional` ones, where readers may differ, count neither
way; `not` lists traps: `part` is a form that straddles two words or is part of another name, `sense` a form that is a
word of the text in a meaning that the base does not have. The set was written and marked without looking at what the
matcher finds; `tests/data/README.md` says how, and what was put right afterwards.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glossary.match.annotation import Match

FILE = Path(__file__).resolve().parent.parent / "tests" / "data" / "recognition.jsonl"


@dataclass
class Score:
    """Matches of one kind of line: found and right, marked but not right, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    lost: list[str] = field(default_factory=list)

    # how many of `wrong` are words of the text in another meaning than the base's
    sense: int = 0

    @property
    def precision(self) -> float:
        """The share of what was marked that is right; 1 where nothing was marked."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be marked that is; 1 where nothing should."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _f1(self.right, self.wrong, self.missed)

    @property
    def f1_form(self) -> float:
        """F1 when a word in another meaning is no error: what a matcher of forms can reach."""
        return _f1(self.right, self.wrong - self.sense, self.missed)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missed + other.missed,
            self.lost + other.lost,
            self.sense + other.sense,
        )


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def lines(lang: str, batch: int = 1) -> list[dict[str, Any]]:
    """The lines of one language, `zh` or `en`; those of the second batch were written when the matcher was done."""
    read = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [line for line in read if line["lang"] == lang and line.get("batch", 1) == batch]


def score(annotate: Callable[[str], Iterable[Match]], lang: str, batch: int = 1) -> dict[str, Score]:
    """Annotate every text of a language and count by kind of line; `annotate` gives the matches of one text."""
    out: dict[str, Score] = defaultdict(Score)
    for line in lines(lang, batch):
        out[line["kind"]] += _judge(line, list(annotate(line["text"])))
    return dict(out)


def _judge(line: dict[str, Any], matches: list[Match]) -> Score:
    gold = {(g["start"], g["end"]): g["ids"] for g in line["gold"]}
    optional = {(o["start"], o["end"]) for o in line.get("optional", ())}
    traps = {(t["start"], t["end"]): t["why"] for t in line.get("not", ())}
    mine = Score()
    for match in matches:
        span = (match.start, match.end)
        if match.id in gold.get(span, ()):
            mine.right += 1
            del gold[span]
        elif span not in optional:
            mine.wrong += 1
            mine.sense += traps.get(span) == "sense"
            why = "another concept" if span in gold else traps.get(span, "")
            mine.lost.append(f"{line['id']} + {match.text} {match.certainty} {why}: {line['text']!r}")
    mine.missed = len(gold)
    mine.lost += [f"{line['id']} – {line['text'][s:e]}: {line['text']!r}" for s, e in gold]
    return mine


def table(scores: dict[str, Score], show_lost: bool = False) -> None:
    """Print the figures by kind and all together."""
    print(f"{'kind':<12} {'right':>6} {'wrong':>6} {'missed':>7} {'P':>6} {'R':>6} {'F1':>6} {'F1 of forms':>12}")
    for kind, mine in [*sorted(scores.items()), ("all", sum(scores.values(), Score()))]:
        figures = f"{mine.precision:6.3f} {mine.recall:6.3f} {mine.f1:6.3f} {mine.f1_form:12.3f}"
        print(f"{kind:<12} {mine.right:>6} {mine.wrong:>6} {mine.missed:>7} {figures}")
        if show_lost and kind != "all":
            print("".join(f"      {line}\n" for line in mine.lost), end="")
    print()


def main(show_lost: bool = False) -> None:
    """Print the table of the Chinese lines, and that of the English ones; then both of the second batch."""
    glossary = Glossary.open()
    for batch in (1, 2):
        for lang in ("zh", "en"):
            table(score(lambda text: glossary.annotate(text).matches, lang, batch), show_lost)


if __name__ == "__main__":
    import sys

    main(show_lost="--lost" in sys.argv)
