"""`glossary lint`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.lint import RULES, check
from glossary.termfiles.folder import below, bundled_folder

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", type=Path, help="report on these files only (the whole folder is read)")
    parser.add_argument("--terms", type=Path, help="the term folder (default: the bundled one)")
    parser.add_argument(
        "--select",
        default="",
        metavar="CODES",
        help="only codes that begin so: E, W1, E108 (comma-separated)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--rules", action="store_true", help="list the rules and stop")


def run(options: argparse.Namespace) -> int:
    """Print every fault; 1 where there are errors (warnings alone give 0)."""
    if options.rules:
        for code, text in RULES.items():
            print(f"{code}  {text}")
        return 0
    root = options.terms or bundled_folder()
    only = [below(root, f) for f in options.files]
    problems = check(root, only=only, select=options.select)
    for problem in problems:
        if options.json:
            print(
                json.dumps(
                    {
                        "file": problem.file,
                        "line": problem.line,
                        "code": problem.code,
                        "entry": problem.entry,
                        "field": problem.field,
                        "message": problem.message,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            print(problem)
    errors = sum(p.is_error for p in problems)
    if not options.json:
        print(f"{errors} errors, {len(problems) - errors} warnings")
    return 1 if errors else 0
