"""The search quality on the evaluation set: what people type, and the entry that they want.

`tests/data/queries.tsv` was written without looking at the search. Each line has a kind, a query, the preferred Chinese
term of the wanted entry (several with | where they are equally right), and the worst rank that a user would accept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from glossary import Glossary

FILE = Path(__file__).resolve().parent.parent / "tests" / "data" / "queries.tsv"


@dataclass
class Score:
    """The figures of one kind of query; `lost` are the lines not found within the accepted rank."""

    ranks: list[int] = field(default_factory=list)  # 0 where it was not found in the first ten
    accepted: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def within(self) -> float:
        """The share found within the accepted rank."""
        return self.accepted / len(self.ranks)

    def recall(self, rank: int) -> float:
        """The share found at this rank or better."""
        return sum(0 < r <= rank for r in self.ranks) / len(self.ranks)

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank."""
        return sum(1 / r for r in self.ranks if r) / len(self.ranks)


def score(glossary: Glossary) -> dict[str, Score]:
    """Put every query and sort the ranks by kind."""
    out: dict[str, Score] = defaultdict(Score)
    for line in FILE.read_text(encoding="utf-8").splitlines()[1:]:
        kind, query, wanted, rank, *_ = [*line.split("\t"), "", ""]
        hits = [hit.zh for hit in glossary.lookup(query, 10)]
        found = min((hits.index(zh) + 1 for zh in wanted.split("|") if zh in hits), default=0)
        mine = out[kind]
        mine.ranks.append(found)
        if 0 < found <= int(rank):
            mine.accepted += 1
        else:
            mine.lost.append(f"{query} → {wanted}, rank {found or '–'} (accepted {rank}); first: {', '.join(hits[:3])}")
    return dict(out)


def main(show_lost: bool = False) -> None:
    """Print a table by kind."""
    scores = score(Glossary.open())
    total = Score()
    print(f"{'kind':<26} {'n':>4} {'accepted':>9} {'at 1':>7} {'at 5':>7} {'MRR':>6}")
    for kind in sorted(scores):
        mine = scores[kind]
        total.ranks += mine.ranks
        total.accepted += mine.accepted
        print(_row(kind, mine))
        if show_lost:
            for line in mine.lost:
                print(f"      {line}")
    print(_row("all", total) + "\n")


def _row(kind: str, mine: Score) -> str:
    figures = f"{mine.within:9.1%} {mine.recall(1):7.1%} {mine.recall(5):7.1%} {mine.mrr:6.3f}"
    return f"{kind:<26} {len(mine.ranks):>4} {figures}"


if __name__ == "__main__":
    import sys

    main(show_lost="--lost" in sys.argv)
