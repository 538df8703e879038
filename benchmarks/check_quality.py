"""The check of a translation, scored by verdict on two sets of sentence pairs.

`tests/data/check_pairs.jsonl`, where every term is marked:

Each line is a Chinese sentence and its English; lines that share `doc` are one document, in order. `gold` lists every
term of the base in the Chinese with the verdict that a careful translator would give; `optional` ones, where readers
may differ, count neither way. A finding is right if it overlaps a gold term of the same concept and verdict. The pairs
were written and marked without looking at what the checker finds; `tests/data/README.md` says how.

`tests/data/check_prose.jsonl`, sentences of reports, news and laws in which only what matters is marked: every verdict
that is not ok, and the terms that a pair was written for. Any other term may only be ok: this set shows how much a
checker shouts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.recognition import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    Checker = Callable[[list[dict[str, str]]], Iterable[Any]]

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
FILE, PROSE = DATA / "check_pairs.jsonl", DATA / "check_prose.jsonl"
FREER = 10  # the first batch of the second set that another hand wrote, as freely as translators write
VERDICTS = ("ok", "missing", "forbidden", "inconsistent")


def pairs(file: Path = FILE) -> list[dict[str, Any]]:
    """The lines of a set."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def documents(file: Path = FILE) -> list[list[dict[str, Any]]]:
    """The lines by document: those with one `doc` together, every other by itself."""
    out: dict[str, list[dict[str, Any]]] = {}
    for line in pairs(file):
        out.setdefault(line.get("doc") or line["id"], []).append(line)
    return list(out.values())


def score(check: Checker) -> dict[str, Score]:
    """Check every document and count by verdict.

    `check` takes the lines of one document, `{"id", "zh", "en"}` each, and gives an object or a dict a line with
    `id` and `findings` (`concept`, `start`, `end`, `verdict`, `found`).
    """
    out = {verdict: Score() for verdict in VERDICTS}
    for document in documents():
        given = [{key: line[key] for key in ("id", "zh", "en")} for line in document]
        found = {_get(line, "id"): list(_get(line, "findings")) for line in check(given)}
        for line in document:
            _judge(line, found.get(line["id"], []), out)
    return out


def score_prose(check: Checker, batches: Container[int] = range(99)) -> dict[str, Score]:
    """Check every document of the second set and count by verdict, of some batches; see the module's docstring."""
    out = {verdict: Score() for verdict in VERDICTS}
    for document in documents(PROSE):
        if document[0]["batch"] not in batches:
            continue
        given = [{key: line[key] for key in ("id", "zh", "en")} for line in document]
        found = {_get(line, "id"): list(_get(line, "findings")) for line in check(given)}
        for line in document:
            _judge_prose(line, found.get(line["id"], []), out)
    return out


def _judge_prose(line: dict[str, Any], findings: list[Any], out: dict[str, Score]) -> None:
    wanted = [(term["zh"], term["verdict"]) for term in line["gold"]]
    for finding in findings:
        zh, verdict = str(_get(finding, "zh")), str(_get(finding, "verdict"))
        if (zh, verdict) in wanted:
            wanted.remove((zh, verdict))
            out[verdict].right += 1
        elif (zh, "optional") not in wanted and (verdict != "ok" or any(z == zh for z, _ in wanted)):
            out[verdict].wrong += 1
            out[verdict].lost.append(f"{line['id']} + {zh} → {_get(finding, 'found')!r}: {line['zh']} | {line['en']}")
    for zh, verdict in wanted:
        if verdict != "optional":
            out[verdict].missed += 1
            out[verdict].lost.append(f"{line['id']} – {zh}: {line['zh']} | {line['en']}")


def _get(thing: Any, key: str) -> Any:
    return thing[key] if isinstance(thing, dict) else getattr(thing, key)


def _same(term: dict[str, Any], finding: Any) -> bool:
    """Do a marked term and a finding overlap?"""
    return bool(term["start"] < _get(finding, "end") and _get(finding, "start") < term["end"])


def _judge(line: dict[str, Any], findings: list[Any], out: dict[str, Score]) -> None:
    """Count the findings of one line into the scores of the verdicts."""
    open_gold = list(line["gold"])
    for finding in findings:
        verdict = str(_get(finding, "verdict"))
        mine = [term for term in open_gold if _same(term, finding)]
        hits = [
            term
            for term in mine
            if term["verdict"] == verdict and _get(finding, "concept") in (term["concept"], *term.get("also", ()))
        ]
        if hits:
            out[verdict].right += 1
            open_gold.remove(hits[0])
        elif not any(_same(term, finding) for term in line["optional"]):
            out[verdict].wrong += 1
            zh = line["zh"][_get(finding, "start") : _get(finding, "end")]
            wanted = ", ".join(term["verdict"] for term in mine) or "no finding"
            out[verdict].lost.append(_lost(line, f"+ {zh} → {_get(finding, 'found')!r}, wanted {wanted}"))
    for term in open_gold:
        out[term["verdict"]].missed += 1
        out[term["verdict"]].lost.append(_lost(line, f"– {term['zh']} → {term['found']!r}"))


def _lost(line: dict[str, Any], what: str) -> str:
    return f"{line['id']} {line['kind']} {what}: {line['zh']} | {line['en']}"


def table(scores: dict[str, Score], show_lost: bool = False) -> None:
    """Print precision and recall by verdict."""
    print(f"{'verdict':<13} {'right':>6} {'wrong':>6} {'missed':>7} {'P':>6} {'R':>6}")
    for verdict, mine in scores.items():
        figures = f"{mine.right:>6} {mine.wrong:>6} {mine.missed:>7} {mine.precision:6.3f} {mine.recall:6.3f}"
        print(f"{verdict:<13} {figures}")
        if show_lost:
            print("".join(f"      {line}\n" for line in mine.lost), end="")
    print()


def main(show_lost: bool = False) -> None:
    """Print the table for the checker of this project."""
    from glossary import Glossary

    glossary = Glossary.open()
    print("every term marked")
    table(score(glossary.check_lines), show_lost)
    print("prose")
    table(score_prose(glossary.check_lines, range(FREER)), show_lost)
    print("freer prose")
    table(score_prose(glossary.check_lines, range(FREER, 99)), show_lost)


if __name__ == "__main__":
    import sys

    main(show_lost="--lost" in sys.argv)
