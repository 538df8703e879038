"""`glossary lookup`."""

from __future__ import annotations

import sys

from glossary.cli.io import add_base, emit, open_base, run_jsonl
from glossary.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from glossary.search.hit import Hit, Results


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("query", nargs="*", help="what to look up: 情绪识别, qíngxù shíbié, qing2xu4, qxsb, emotion")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most N hits (default 10)")
    parser.add_argument("--json", action="store_true", help="the answer as one JSON object")
    parser.add_argument(
        "--jsonl",
        metavar="FILE",
        help='one query a line (a JSON string, or {"query": …}), one answer a line; - is standard input',
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the hits; 1 where nothing was found."""
    if bool(options.jsonl) == bool(options.query):
        raise InputError("give a query, or --jsonl FILE")
    glossary = open_base(options)
    if options.jsonl:
        return run_jsonl(
            options.jsonl,
            "query",
            lambda text, value: glossary.lookup(text, _limit(value.get("limit"), options.limit)).to_dict(),
            plain=True,
        )
    results = glossary.lookup(" ".join(options.query), options.limit)
    if options.json:
        emit(results.to_dict())
    else:
        _print(results)
    return 0 if results else 1


def _limit(given: object, default: int) -> int:
    if given is None:
        return default
    if type(given) is not int:
        raise InputError('"limit" must be a number')
    return given


def _print(results: Results) -> None:
    if not results:
        print(f"nothing found for {results.query[:80]}", file=sys.stderr)
    for hit in results:
        print(_line(hit))


def _line(hit: Hit) -> str:
    both = hit.zh if hit.hant == hit.zh else f"{hit.zh} {hit.hant}"
    why = hit.why if hit.use == "preferred" else f"{hit.why}; {hit.use}: {hit.matched.form}"
    facts = " · ".join((hit.id, hit.kind, ", ".join(hit.domains), f"matched {hit.matched.form[:60]} ({why})"))
    return f"{both}  {hit.pinyin}\n    {'; '.join(hit.en)}\n    {facts}"
