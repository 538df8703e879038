"""`glossary fmt`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from glossary.termfiles.edit import fmt
from glossary.termfiles.folder import below, bundled_folder

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", nargs="*", type=Path, help="these files only")
    parser.add_argument("--terms", type=Path, help="the term folder (default: the bundled one)")
    parser.add_argument("--check", action="store_true", help="change nothing; 1 where a file would change")


def run(options: argparse.Namespace) -> int:
    """Write the files in canonical form and name those that changed."""
    root = options.terms or bundled_folder()
    changed = fmt(root, only=[below(root, f) for f in options.files], write=not options.check)
    for name in changed:
        print(f"{'would change' if options.check else 'changed'}: {name}")
    return 1 if changed and options.check else 0
