"""`glossary cite`."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING

from glossary.cli.io import add_base, open_base

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", nargs="+", help="ids of entries")
    parser.add_argument(
        "--style",
        choices=("bibtex", "csl-json", "apa", "chicago", "mla", "gbt7714"),
        default="chicago",
        help="format or style (default chicago)",
    )
    parser.add_argument("--works", action="store_true", help="also the works that the entries cite")
    parser.add_argument(
        "--site",
        default="",
        metavar="URL",
        help="where the web app is reached, for the entries' permanent addresses",
    )
    parser.add_argument("--date", default="", metavar="YYYY-MM-DD", help="the day of access (default today)")
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the citations, each work once."""
    date = options.date or datetime.date.today().isoformat()
    glossary = open_base(options)
    sys.stdout.write(glossary.cite(options.id, options.style, works=options.works, site=options.site, accessed=date))
    return 0
