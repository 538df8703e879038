"""The evaluation set for the check of translations is sound, and its scorer counts what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.check_quality import VERDICTS, documents, pairs, score

if TYPE_CHECKING:
    from glossary import Glossary


def findings(line: dict[str, Any]) -> dict[str, Any]:
    return {"id": line["id"], "findings": line["gold"]}


def test_the_set_is_sound(bundled: Glossary) -> None:
    found = pairs()
    assert len({line["id"] for line in found}) == len(found) >= 220
    for line in found:
        for term in [*line["gold"], *line["optional"]]:
            assert line["zh"][term["start"] : term["end"]] == term["zh"], line
            assert term["found"] in line["en"], line
            assert term["verdict"] in VERDICTS, line
            assert term["found"] or term["verdict"] == "missing", line
            assert all(id in bundled for id in [term["concept"], *term.get("also", ())]), line
        ends = [term["end"] for term in line["gold"]]
        assert all(term["start"] >= end for term, end in zip(line["gold"][1:], ends, strict=False)), line


def test_there_is_enough_of_each_verdict_and_kind() -> None:
    found = pairs()
    counts = {v: sum(t["verdict"] == v for line in found for t in line["gold"]) for v in VERDICTS}
    assert all(counts[v] >= least for v, least in zip(VERDICTS, (400, 70, 40, 20), strict=True)), counts
    kinds = [line["kind"] for line in found]
    assert min(kinds.count(kind) for kind in kinds) >= 6
    assert 0.25 < sum(any(t["verdict"] != "ok" for t in line["gold"]) for line in found) / len(found) < 0.5


def test_who_says_what_the_gold_says_has_full_marks() -> None:
    by_id = {line["id"]: line for line in pairs()}
    scores = score(lambda lines: [findings(by_id[line["id"]]) for line in lines])
    assert {(mine.precision, mine.recall) for mine in scores.values()} == {(1.0, 1.0)}


def test_who_says_nothing_finds_nothing() -> None:
    scores = score(lambda lines: [{"id": line["id"], "findings": []} for line in lines])
    assert {mine.recall for mine in scores.values()} == {0.0}
    assert sum(mine.missed for mine in scores.values()) == sum(len(line["gold"]) for line in pairs())


def test_a_wrong_verdict_counts_against_both() -> None:
    by_id = {line["id"]: line for line in pairs()}

    def always_missing(lines: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [
            {"id": line["id"], "findings": [{**t, "verdict": "missing"} for t in by_id[line["id"]]["gold"]]}
            for line in lines
        ]

    scores = score(always_missing)
    total = sum(mine.missed for mine in scores.values())
    assert scores["missing"].recall == 1.0
    assert 0 < scores["missing"].wrong <= total
    assert scores["ok"].recall == 0.0


def test_optional_terms_count_neither_way() -> None:
    by_id = {line["id"]: line for line in pairs()}
    scores = score(
        lambda lines: [
            {"id": line["id"], "findings": [{**t, "verdict": "missing"} for t in by_id[line["id"]]["optional"]]}
            for line in lines
        ]
    )
    assert any(line["optional"] for line in by_id.values())
    assert scores["missing"].wrong == 0


def test_documents_keep_their_lines_in_order() -> None:
    several = [document for document in documents() if len(document) > 1]
    assert len(several) >= 30
    assert all([line["id"] for line in d] == sorted(line["id"] for line in d) for d in several)


# what the checker reaches, less a little; raise them when it gets better, never lower them
FLOORS = {"ok": (0.995, 0.995), "missing": (0.91, 0.99), "forbidden": (0.99, 0.99), "inconsistent": (0.99, 0.96)}


def test_no_verdict_falls_below_its_level(bundled: Glossary) -> None:
    for verdict, found in score(bundled.check_lines).items():
        precision, recall = FLOORS[verdict]
        assert found.precision >= precision, found.lost
        assert found.recall >= recall, found.lost
