"""`glossary check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary.cli.io import add_base, emit, open_base, read_text, sentence_pairs
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse

    from glossary.check.finding import Finding

    Checked = tuple[str, list[Finding]]

COLUMNS = ("line", "verdict", "zh", "found", "expected", "certainty", "concept", "reason")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "source", nargs="?", help="the Chinese text, or a table (CSV, TSV, XLSX) with columns zh and en"
    )
    parser.add_argument("target", nargs="?", help="its English translation")
    parser.add_argument(
        "--jsonl", metavar="FILE", help='one {"id", "zh", "en"} a line, all one document; - is standard input'
    )
    parser.add_argument(
        "--format", choices=("text", "json", "tsv", "csv"), default="text", help="what to write (default text)"
    )
    parser.add_argument("--ok", action="store_true", help="list what is right as well")
    parser.add_argument(
        "--least", type=float, default=0.0, metavar="CERTAINTY", help="leave out findings less certain (0 to 1)"
    )
    parser.add_argument(
        "--silence",
        action="append",
        default=[],
        metavar="CONCEPT[:VERDICT]",
        help="pass over findings on a concept (repeatable)",
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 where there is any that is not ok."""
    if bool(options.jsonl) == bool(options.source):
        raise InputError("give SOURCE and TARGET, a table, or --jsonl FILE")
    lines = [(id, [f for f in found if _wanted(f, options)]) for id, found in _findings(options)]
    faults = sum(f.verdict != "ok" for _, found in lines for f in found)
    if options.jsonl and options.format == "text":
        for id, found in lines:
            emit({"id": id, "findings": [f.to_dict() for f in found]})
    elif options.format == "json":
        emit({"lines": [{"id": id, "findings": [f.to_dict() for f in found]} for id, found in lines]})
    else:
        _print(lines, options.format, options.ok)
    return 1 if faults else 0


def _findings(options: argparse.Namespace) -> list[Checked]:
    """(id, findings) of each line; two whole texts are one line without an id."""
    glossary = open_base(options)
    if options.source and options.target:
        check = glossary.check(read_text(options.source), read_text(options.target))
        if check.swapped:
            print(
                "glossary: the first text is English, the second Chinese: checked the other way round", file=sys.stderr
            )
        return [("", check.findings)]
    rows = sentence_pairs(options.jsonl) if options.jsonl else glossary.pairs(options.source)
    return [(line.id, line.findings) for line in glossary.check_lines(rows)]


def _wanted(finding: Finding, options: argparse.Namespace) -> bool:
    silenced = any(s in (finding.concept, f"{finding.concept}:{finding.verdict}") for s in options.silence)
    return not silenced and (finding.verdict == "ok" or finding.certainty >= options.least)


def _print(lines: list[Checked], form: str, ok: bool) -> None:
    rows = [
        (id, f.verdict, f.zh, f.found, "; ".join(f.expected[:3]), f"{f.certainty:.2f}", f.concept, f.reason)
        for id, found in lines
        for f in found
        if ok or f.verdict != "ok"
    ]
    if form in ("tsv", "csv"):
        import csv

        writer = csv.writer(sys.stdout, dialect="excel-tab" if form == "tsv" else "excel", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_defused(cell) for cell in row] for row in rows)
        return
    for id, verdict, zh, found, expected, certainty, concept, reason in rows:
        place, arrow = f"{id}: " if id else "", f"→ {found}" if found else ""
        print(f"{place}{verdict:<12} {zh}  {arrow}  [{expected}]  {certainty}  {concept}  {reason}")
    every = [f for _, found in lines for f in found]
    counts = {v: sum(f.verdict == v for f in every) for v in ("ok", "missing", "forbidden", "inconsistent")}
    print(f"{len(every)} terms: " + ", ".join(f"{n} {v}" for v, n in counts.items() if n))


def _defused(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
