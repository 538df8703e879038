"""`glossary pinyin`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.cli.commands.segment import words_object
from glossary.cli.io import add_base, emit, open_base, read_text, run_jsonl
from glossary.desk import STYLES
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", nargs="?", help="a text file; - is standard input")
    parser.add_argument("--style", choices=STYLES, default="marks", help="the spelling (default marks)")
    parser.add_argument("--sandhi", action="store_true", help="tones as they are spoken, for learners (yí gè, bú shì)")
    parser.add_argument("--json", action="store_true", help="words with offsets and readings as one JSON object")
    parser.add_argument(
        "--jsonl", metavar="FILE", help='one {"text": …} a line, one answer a line; - is standard input'
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the reading of the text."""
    if bool(options.jsonl) == bool(options.file):
        raise InputError("give a file (- for standard input), or --jsonl FILE")
    glossary = open_base(options)
    if options.jsonl:
        return run_jsonl(
            options.jsonl, "text", lambda text, _: words_object(glossary.annotate(text), options.style, options.sandhi)
        )
    annotation = glossary.annotate(read_text(options.file))
    if options.json:
        emit(words_object(annotation, options.style, options.sandhi))
    else:
        print(annotation.pinyin(options.style, options.sandhi).rstrip("\n"))
    return 0
