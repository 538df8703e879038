"""Recognition in running text, and the level on the evaluation set that it may not fall below.

`score(glossary, "en")` scores the English lines in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import recognition
from benchmarks.recognition import Score, lines

if TYPE_CHECKING:
    from glossary import Glossary

# what the matcher reaches, less a little; raise them when it gets better, never lower them
FLOOR_ALL = {"zh": 0.97, "en": 0.955}
FLOOR_SECOND = {"zh": 0.98, "en": 0.96}  # of the second batch
FLOORS = {
    "astral": 1.0, "break": 0.96, "combining": 1.0, "contains": 0.71, "crossing": 0.92, "latin": 0.98, "names": 1.0,
    "negative": 1.0, "nested": 0.98, "number": 1.0, "overlap": 0.90, "plain": 0.99, "quoted": 0.89, "regional": 0.95,
    "register": 0.98, "sense": 0.61, "short": 0.88, "single": 0.55, "title": 1.0, "traditional": 0.98, "variant": 1.0,
    "width": 1.0, "zerowidth": 1.0,
}  # fmt: skip


def score(glossary: Glossary, lang: str) -> dict[str, Score]:
    """The figures of one language by kind of line."""
    return recognition.score(lambda text: glossary.annotate(text).matches, lang)


@pytest.fixture(scope="module")
def chinese(bundled: Glossary) -> dict[str, Score]:
    return score(bundled, "zh")


@pytest.mark.parametrize(("lang", "least", "without"), [("zh", 420, 36), ("en", 90, 10)])
def test_the_set_is_sound(bundled: Glossary, lang: str, least: int, without: int) -> None:
    found = lines(lang) + lines(lang, 2)
    assert len(found) >= least
    assert len({line["id"] for line in found}) == len(found)
    assert sum(not line["gold"] for line in found) >= without
    for line in found:
        end = 0
        for span in line["gold"]:
            assert span["start"] >= end, line
            end = span["end"]
            assert all(id in bundled for id in span["ids"]), span
            assert span["ids"], span
        for span in [*line["gold"], *line.get("optional", []), *line.get("not", [])]:
            assert line["text"][span["start"] : span["end"]] == span["text"] != "", line


def test_no_kind_falls_below_its_level(chinese: dict[str, Score]) -> None:
    assert set(chinese) == set(FLOORS)
    low = {kind: (round(s.f1, 3), s.lost) for kind, s in chinese.items() if s.f1 < FLOORS[kind]}
    assert low == {}


def test_all_together(bundled: Glossary, chinese: dict[str, Score]) -> None:
    assert sum(chinese.values(), Score()).f1 >= FLOOR_ALL["zh"]
    assert sum(score(bundled, "en").values(), Score()).f1 >= FLOOR_ALL["en"]


def test_texts_without_a_term_stay_without(chinese: dict[str, Score]) -> None:
    assert chinese["negative"].lost == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_second_batch(bundled: Glossary, lang: str) -> None:
    found = sum(recognition.score(lambda text: bundled.annotate(text).matches, lang, 2).values(), Score())
    assert found.f1 >= FLOOR_SECOND[lang], found.lost
