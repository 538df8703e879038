"""`glossary stats`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.cli.io import add_base, emit, open_base

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="one JSON object")
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the counts."""
    counts = open_base(options).stats()
    if options.json:
        emit(counts)
        return 0
    for name, value in counts.items():
        if isinstance(value, dict):
            print(f"{name}:")
            for key, count in value.items():
                print(f"  {key:<16} {count:>6}")
        else:
            print(f"{name.replace('_', ' '):<18} {value:>6}")
    return 0
