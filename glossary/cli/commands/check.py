"""`glossary check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary.cli.io import add_base, emit, open_base, read_text, sentence_pairs
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import Any

    from glossary.check.finding import Check, CheckedLine, Finding
    from glossary.desk import Glossary

COLUMNS = ("line", "sentence", "verdict", "zh", "found", "expected", "certainty", "concept", "reason")


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
        "--lines",
        action="store_true",
        help="each line of SOURCE is rendered by the same line of TARGET; nothing is aligned",
    )
    parser.add_argument(
        "--format", choices=("text", "json", "tsv", "csv"), default="text", help="what to write (default text)"
    )
    parser.add_argument("--ok", action="store_true", help="list what is right as well")
    parser.add_argument(
        "--least",
        type=float,
        metavar="CERTAINTY",
        help="leave out findings less certain (0 to 1; without it those on ordinary words, 0 lists them)",
    )
    parser.add_argument(
        "--silence",
        action="append",
        default=[],
        metavar="CONCEPT[:VERDICT]",
        help="pass over findings on a concept, by its id or its Chinese (repeatable)",
    )
    parser.add_argument(
        "--silence-file", metavar="FILE", help="a file of such rules, one a line; what follows # is a comment"
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 where there is any that is not ok, or a pair that could not be checked."""
    if bool(options.jsonl) == bool(options.source):
        raise InputError("give SOURCE and TARGET, a table, or --jsonl FILE")
    silenced = _silenced(options)
    checked = _checked(options)
    faulty = False
    for line in checked:
        line.findings = [f for f in line.findings if not f.is_silenced(silenced)]
        faulty = faulty or bool(line.note) or any(f.verdict != "ok" for f in line.findings)
        said = line.note or ("was given the wrong way round" if line.swapped else "")
        if said:
            print(f"glossary: {line.id}: {said}", file=sys.stderr)
    if options.jsonl and options.format == "text":
        for line in checked:
            emit(line.to_dict())
    elif options.format == "json":
        emit({"lines": [line.to_dict() for line in checked]})
    else:
        _print(checked, options.format, options.ok)
    return 1 if faulty else 0


def _silenced(options: argparse.Namespace) -> set[str]:
    rules = [*options.silence, *(read_text(options.silence_file).splitlines() if options.silence_file else ())]
    out = {rule for line in rules if (rule := line.split("#")[0].strip().replace("：", ":"))}
    for rule in out:
        verdict = rule.partition(":")[2]
        if verdict not in ("", "missing", "forbidden", "inconsistent"):
            raise InputError(f"silence {rule!r}: the verdict is missing, forbidden or inconsistent")
    return out


def _checked(options: argparse.Namespace) -> list[CheckedLine]:
    """The findings line by line; two whole texts are one line without an id."""
    from glossary import CheckedLine

    glossary = open_base(options)
    if options.source and options.target and not options.lines:
        check = _texts(glossary, options)
        return [CheckedLine("", check.findings, doubtful=check.doubtful)]
    rows: Iterable[dict[str, Any]]
    if options.jsonl:
        rows = sentence_pairs(options.jsonl)
    elif options.target:
        rows = _side_by_side(options)
    else:
        rows = glossary.pairs(options.source)
    return glossary.check_lines(rows, least=options.least)


def _texts(glossary: Glossary, options: argparse.Namespace) -> Check:
    source, target = read_text(options.source), read_text(options.target)
    for name, text in ((options.source, source), (options.target, target)):
        if not text.strip():
            raise InputError(f"{name}: is empty")
    check = glossary.check(source, target, least=options.least)
    if check.note:
        raise InputError(f"{options.target}: {check.note}; give the Chinese text first, its English translation second")
    if check.swapped:
        print("glossary: the first text is English, the second Chinese: checked the other way round", file=sys.stderr)
    if not any("\u3400" <= c <= "\u9fff" for c in check.source):
        raise InputError(f"{options.source}: holds no Chinese; give the Chinese text first, its translation second")
    return check


def _side_by_side(options: argparse.Namespace) -> Iterable[dict[str, Any]]:
    ours, theirs = (read_text(name).splitlines() for name in (options.source, options.target))
    if len(ours) != len(theirs):
        raise InputError(
            f"{options.source} has {len(ours)} lines, {options.target} {len(theirs)}; "
            "with --lines they must have as many (leave it out to have them aligned)"
        )
    for number, (zh, en) in enumerate(zip(ours, theirs, strict=True), 1):
        if zh.strip() or en.strip():
            yield {"id": number, "zh": zh, "en": en}


def _print(checked: list[CheckedLine], form: str, ok: bool) -> None:
    rows = [(line.id, f) for line in checked for f in line.findings if ok or f.verdict != "ok"]
    if form in ("tsv", "csv"):
        import csv

        writer = csv.writer(sys.stdout, dialect="excel-tab" if form == "tsv" else "excel", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_defused(str(cell)) for cell in _cells(id, f)] for id, f in rows)
        return
    for id, f in rows:
        place, arrow = f"{id}: " if id != "" else f"{f.sentence}: ", f"→ {f.found}" if f.found else ""
        names = "; ".join(f.expected[:3])
        print(f"{place}{f.verdict:<12} {f.zh}  {arrow}  [{names}]  {f.certainty:.2f}  {f.concept}  {f.reason}")
    every = [f for line in checked for f in line.findings]
    counts = {v: sum(f.verdict == v for f in every) for v in ("ok", "missing", "forbidden", "inconsistent")}
    doubtful = sum(line.doubtful for line in checked)
    more = f" ({doubtful} doubtful left out, --least 0 lists them)" if doubtful else ""
    print(
        f"{len(every)} {'term' if len(every) == 1 else 'terms'}: "
        + (", ".join(f"{n} {v}" for v, n in counts.items() if n) or "nothing")
        + more
    )


def _cells(id: str | int, f: Finding) -> tuple[Any, ...]:
    expected = "; ".join(f.expected[:3])
    return id, f.sentence, f.verdict, f.zh, f.found, expected, f"{f.certainty:.2f}", f.concept, f.reason


def _defused(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
