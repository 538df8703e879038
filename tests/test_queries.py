"""The search quality on the evaluation set, and the level that it may not fall below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.queries import FILE, Score, score

if TYPE_CHECKING:
    from glossary import Glossary

# what is found without fail: whole terms as they are written or spelled
PERFECT = {"exact-simplified", "exact-traditional", "pinyin-marks", "pinyin-numbers", "pinyin-plain-joined", "pinyin-plain-spaced", "initials"}
FLOOR = 0.90  # of any other kind
FLOOR_ALL = 0.97


@pytest.fixture(scope="module")
def scores(bundled: Glossary) -> dict[str, Score]:
    return score(bundled)


def test_there_are_enough_queries(scores: dict[str, Score]) -> None:
    assert sum(len(s.ranks) for s in scores.values()) >= 600
    assert len(FILE.read_text(encoding="utf-8").splitlines()) == 1 + sum(len(s.ranks) for s in scores.values())


def test_no_kind_falls_below_its_level(scores: dict[str, Score]) -> None:
    low = {k: (round(s.within, 3), s.lost) for k, s in scores.items() if s.within < (1 if k in PERFECT else FLOOR)}
    assert low == {}


def test_all_together(scores: dict[str, Score]) -> None:
    total = Score([r for s in scores.values() for r in s.ranks], sum(s.accepted for s in scores.values()))
    assert total.within >= FLOOR_ALL
