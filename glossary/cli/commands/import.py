"""`glossary import`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary.cli.io import emit, pairs
from glossary.desk import Glossary

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", help="the file to read; - is standard input")
    parser.add_argument("--base", required=True, metavar="DEST", help="the compiled base to read into; made if need be")
    parser.add_argument("--format", default="", help="what the file is (default: told by its content)")
    parser.add_argument("--replace", action="store_true", help="an entry with an id replaces the one that has this id")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")
    parser.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="what only one format knows (repeatable)"
    )
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Read the file and say what became of it."""
    stdin = options.file == "-"
    report = Glossary([]).import_(
        sys.stdin.buffer if stdin else options.file,
        options.base,
        name="standard input" if stdin else options.file,
        format=options.format,
        options=pairs(options.option),
        dry_run=options.dry_run,
        override=options.replace,
        progress=_progress if sys.stderr.isatty() else lambda _: None,
    )
    if options.json:
        emit({**report.as_dict(), "base": options.base, "dry_run": options.dry_run})
        return 0
    print(report.as_text())
    done = ", ".join(f"{n:,} {what}" for what, n in report.counts.items())
    print(f"{options.base}: {done}{' (nothing is written: --dry-run)' if options.dry_run else ''}")
    return 0


def _progress(count: int) -> None:
    """A line on standard error that is written over each time, and by what follows."""
    print(f"\rglossary: {count:,} concepts read …", end="\r", file=sys.stderr, flush=True)
