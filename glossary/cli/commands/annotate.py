"""`glossary annotate`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from glossary.cli import bulk
from glossary.cli.io import add_base, emit, open_base, read_text
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse

    from glossary.match.annotation import Annotation

COLUMNS = ("start", "end", "text", "id", "zh", "en", "certainty")  # of --format tsv


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "file", nargs="*", help="a text file (- is standard input); several files or folders give JSON Lines"
    )
    parser.add_argument("--all", action="store_true", help="nested and overlapping terms too")
    parser.add_argument("--crossing", action="store_true", help="also matches that straddle the border of two words")
    parser.add_argument("--no-borders", action="store_true", help="do not look at word borders: faster, less right")
    parser.add_argument("--everyday", action="store_true", help="also words that are said here in an everyday sense")
    parser.add_argument("--lang", choices=("zh", "en"), default="", help="the language (default: told from the text)")
    parser.add_argument("--tokens", action="store_true", help="the words of the text as well (JSON)")
    parser.add_argument(
        "--format",
        choices=("text", "html", "tsv", "json", "jsonl", "arrow", "parquet"),
        default="",
        help="what to write (default text; of several files jsonl)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", default="", help="where jsonl, arrow and parquet go")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes to share many texts out to")
    parser.add_argument("--progress", action="store_true", help="say how far it is, on a terminal or not")
    parser.add_argument(
        "--jsonl", metavar="FILE", help='one {"id": …, "text": …} a line, one answer a line; - is standard input'
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the annotated text; 1 where no term was found."""
    if bool(options.jsonl) == bool(options.file):
        raise InputError("give a file (- for standard input), or --jsonl FILE")
    how = {
        "every": options.all,
        "crossing": options.crossing,
        "borders": not options.no_borders,
        "everyday": options.everyday,
        "lang": options.lang,
    }
    several = len(options.file) > 1 or any(map(os.path.isdir, options.file))
    form = options.format or ("jsonl" if several or options.jsonl else "text")
    if form in bulk.FORMATS:
        return _many(options, form, how)
    if several or (options.jsonl and form != "json"):
        raise InputError(f"--format {form} takes one file; of several texts jsonl, arrow or parquet can be had")
    if options.output:
        raise InputError(f"-o goes with jsonl, arrow and parquet; {form} is written to standard output")
    if options.jsonl:  # whoever asks for JSON gets JSON Lines
        return _many(options, "jsonl", how)
    annotation = open_base(options).annotate(read_text(options.file[0]), **how)
    if form == "json":
        emit(annotation.to_dict(options.tokens))
    elif form == "tsv":
        print(*COLUMNS, sep="\t")
        for m in annotation.matches:
            cells = m.to_dict()
            print(*(str(cells[c]).replace("\t", " ").replace("\n", " ") for c in COLUMNS), sep="\t")
    elif form == "html":
        sys.stdout.write(_html(annotation))
    else:
        _print(annotation)
    return 0 if annotation.matches else 1


def _many(options: argparse.Namespace, form: str, how: dict[str, Any]) -> int:
    """Many texts; 2 where a file could not be read, 1 where no term was found in any."""
    documents = bulk.lines(options.jsonl) if options.jsonl else bulk.Files(options.file)
    found = bulk.run(
        open_base(options), documents, form, options.output, tokens=options.tokens, progress=options.progress,
        workers=options.workers, **how,
    )  # fmt: skip
    if isinstance(documents, bulk.Files):
        return 2 if documents.failed else int(not found)
    return 0


def _print(annotation: Annotation) -> None:
    """The text with each term in brackets, then the list of terms."""
    out, at = "", 0
    for match in annotation.matches:
        if match.start < at:
            continue
        out += annotation.text[at : match.start] + f"[{match.text}]"
        at = match.end
    print((out + annotation.text[at:]).rstrip("\n"))
    if annotation.matches:
        print()
    for match, count in annotation.counts():
        print(f"{match.zh}  {match.pinyin}  {match.en}  ×{count}  {match.id}")


def _html(annotation: Annotation) -> str:
    """A page of its own: pinyin above every word, terms marked."""
    from html import escape

    body = ""
    for word in annotation.tokens:
        text = escape(word.text)
        if word.pinyin:
            text = f"<ruby>{text}<rp>(</rp><rt>{escape(word.pinyin)}</rt><rp>)</rp></ruby>"
        if word.id:
            match = next(m for m in annotation.matches if m.start == word.start)
            text = f'<mark data-id="{escape(word.id)}" title="{escape(match.en)}">{text}</mark>'
        body += text.replace("\n", "<br>\n")
    return (
        '<!doctype html>\n<html lang="zh-Hans"><meta charset="utf-8"><title>Annotated text</title>\n'
        "<style>body{max-width:38em;margin:2em auto;line-height:2.4;font-size:1.2em}rt{font-size:.55em}</style>\n"
        f"<p>{body}</p>\n</html>\n"
    )
