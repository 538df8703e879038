"""`glossary new`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from glossary.termfiles.edit import new_entry
from glossary.termfiles.folder import bundled_folder

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("topic", help="the topic file, such as emotion/recognition")
    parser.add_argument("zh", help="the preferred Chinese term, in simplified characters")
    parser.add_argument("en", help="the preferred English rendering")
    parser.add_argument("--terms", type=Path, help="the term folder (default: the bundled one)")
    parser.add_argument("--force", action="store_true", help="although the term is there already (a homograph)")


def run(options: argparse.Namespace) -> int:
    """Write the entry and print it."""
    id, block = new_entry(options.terms or bundled_folder(), options.topic, options.zh, options.en, force=options.force)
    print(f"{id} begun in {options.topic}; complete it, then run glossary fmt and glossary lint\n\n{block}")
    return 0
