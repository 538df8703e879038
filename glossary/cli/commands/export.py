"""`glossary export`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from glossary.cli.io import add_base, open_base, pairs, read_text
from glossary.desk import Glossary
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

    from glossary.exchange.registry import Format


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("format", nargs="?", default="", help="the format; without one, the list of all")
    parser.add_argument("-o", "--output", metavar="FILE", default="-", help="where to write (default: standard output)")
    parser.add_argument("--report", metavar="FILE", default="", help="write the loss report there as JSON")
    for name in Glossary.filters():
        parser.add_argument(
            f"--{name}", action="append", default=[], help=f"only entries with this {name} (repeatable: any of them)"
        )
    parser.add_argument("--concept", nargs="+", metavar="ID", help="only these entries")
    parser.add_argument("--query", default="", help="only what look-up finds for this")
    parser.add_argument("--text", metavar="FILE", help="only entries whose terms stand in this text")
    parser.add_argument(
        "--script", choices=("hans", "hant", "both"), default="hans", help="which Chinese forms (default hans)"
    )
    parser.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="what only one format knows (repeatable)"
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Write the file, the loss report on standard error; 1 where no entry was selected."""
    formats = Glossary.formats()
    if not options.format:
        print(_list(formats.values()))
        return 0
    if options.format.lower() not in formats:
        raise InputError(f"there is no format {options.format!r}; there are {', '.join(formats)}")
    glossary = open_base(options)
    report = glossary.export(
        options.format,
        sys.stdout.buffer if options.output == "-" else options.output,
        ids=options.concept,
        filters={name: getattr(options, name) for name in Glossary.filters()},
        query=options.query,
        text=read_text(options.text) if options.text else None,
        script=options.script,
        options=pairs(options.option),
    )
    if options.report:
        with open(options.report, "w", encoding="utf-8") as file:
            json.dump(report.as_dict(), file, ensure_ascii=False, indent=1)
            file.write("\n")
    else:
        print(report.as_text(), file=sys.stderr)
    return 0 if report.concepts else 1


def _list(formats: Collection[Format]) -> str:
    width = max(len(f.name) for f in formats)
    how = {(True, True): "in and out", (True, False): "in", (False, True): "out"}
    return "\n".join(f"  {f.name:<{width}}  {how[f.reads, f.writes]:<10}  {f.title}" for f in formats)
