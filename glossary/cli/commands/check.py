"""`glossary check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary.cli.io import add_base, emit, open_base, read_text, sentence_pairs
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from glossary.check.finding import CheckedLine, Finding

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
    glossary = open_base(options)
    if options.jsonl:
        lines = glossary.check_lines(sentence_pairs(options.jsonl))
    elif options.target:
        check = glossary.check(read_text(options.source), read_text(options.target))
        if check.swapped:
            print(
                "glossary: the first text is English, the second Chinese: checked the other way round", file=sys.stderr
            )
        from glossary.check.finding import CheckedLine

        lines = [CheckedLine("", check.findings)]
    else:
        lines = glossary.check_lines(glossary.pairs(options.source))
    for line in lines:
        line.findings = [f for f in line.findings if _wanted(f, options)]
    faults = sum(f.verdict != "ok" for line in lines for f in line.findings)
    if options.jsonl and options.format == "text":
        for line in lines:
            emit(line.to_dict())
    elif options.format == "json":
        emit({"lines": [line.to_dict() for line in lines]})
    else:
        _print(lines, options.format, options.ok)
    return 1 if faults else 0


def _wanted(finding: Finding, options: argparse.Namespace) -> bool:
    silenced = any(s in (finding.concept, f"{finding.concept}:{finding.verdict}") for s in options.silence)
    return not silenced and (finding.verdict == "ok" or finding.certainty >= options.least)


def _print(lines: Iterable[CheckedLine], form: str, ok: bool) -> None:
    rows = [
        (line.id, f.verdict, f.zh, f.found, "; ".join(f.expected[:3]), f"{f.certainty:.2f}", f.concept, f.reason)
        for line in lines
        for f in line.findings
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
    every = [f for line in lines for f in line.findings]
    counts = {v: sum(f.verdict == v for f in every) for v in ("ok", "missing", "forbidden", "inconsistent")}
    print(f"{len(every)} terms: " + ", ".join(f"{n} {v}" for v, n in counts.items() if n))


def _defused(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
