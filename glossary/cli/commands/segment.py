"""`glossary segment`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glossary.cli.io import add_base, emit, open_base, read_text, run_jsonl
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse

    from glossary.match.annotation import Annotation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", nargs="?", help="a text file; - is standard input")
    parser.add_argument("--json", action="store_true", help="words with offsets and readings as one JSON object")
    parser.add_argument(
        "--jsonl", metavar="FILE", help='one {"text": …} a line, one answer a line; - is standard input'
    )
    add_base(parser)


def words_object(annotation: Annotation, style: str = "marks", sandhi: bool = False) -> dict[str, Any]:
    """The words and the reading of the whole text, with the keys of the public contract."""
    words = [w.to_dict() for w in annotation.tokens]
    if style != "marks":
        for word, reading in zip(words, annotation.readings(style), strict=True):
            word["pinyin"] = reading
    return {"text": annotation.text, "words": words, "pinyin": annotation.pinyin(style, sandhi)}


def run(options: argparse.Namespace) -> int:
    """Print the words with blanks between them."""
    if bool(options.jsonl) == bool(options.file):
        raise InputError("give a file (- for standard input), or --jsonl FILE")
    glossary = open_base(options)
    if options.jsonl:
        return run_jsonl(options.jsonl, "text", lambda text, _: words_object(glossary.annotate(text)))
    annotation = glossary.annotate(read_text(options.file))
    if options.json:
        emit(words_object(annotation))
        return 0
    for line in _lines(annotation):
        print(line)
    return 0


def _lines(annotation: Annotation) -> list[str]:
    """Lines of words with blanks between; the text's own line breaks are kept, but for one inside a term."""
    lines: list[list[str]] = [[]]
    for word in annotation.tokens:
        if word.text.strip():
            lines[-1].append("".join(word.text.split()) if word.id else word.text)
        else:
            lines += [[] for _ in range(word.text.count("\n"))]
    return [" ".join(line) for line in lines]
