"""`glossary lookup`."""

from __future__ import annotations

import sys

from glossary.cli.io import add_base, emit, open_base, run_jsonl
from glossary.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

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
    parser.add_argument("--explain", action="store_true", help="say how the query was read and why each hit matched")
    parser.add_argument(
        "--dictionary",
        nargs="?",
        const="",
        metavar="FILE",
        help="the general dictionary (CC-CEDICT) below the hits: of the installed package, or of a file",
    )
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the hits; 1 where nothing was found."""
    if bool(options.jsonl) == bool(options.query):
        raise InputError("give a query, or --jsonl FILE")
    if options.query and not "".join(options.query).strip():
        raise InputError("the query is empty; give characters, pinyin, initials or English")
    glossary = open_base(options)
    credit = "" if options.dictionary is None else glossary.open_dictionary(options.dictionary)

    def answer(text: str, limit: int) -> dict[str, Any]:
        out = glossary.lookup(text, limit, facets=options.explain).to_dict()
        if credit:
            out["dictionary"] = {"credit": credit, **glossary.define(text, limit).to_dict()}
        return out

    if options.jsonl:
        return run_jsonl(
            options.jsonl,
            "query",
            lambda text, value: answer(text, _limit(value.get("limit"), options.limit)),
            plain=True,
        )
    query = " ".join(options.query)
    if options.json:
        out = answer(query, options.limit)
        emit(out)
        return 0 if out["hits"] or out.get("dictionary", {}).get("hits") else 1
    results = glossary.lookup(query, options.limit)
    general = glossary.define(query, options.limit)
    _print(results, options.explain)
    if general:
        print(f"\n{credit}:")
        for hit in general:
            both = hit.zh if hit.hant == hit.zh else f"{hit.zh} {hit.hant}"
            print(f"{both}  {hit.pinyin}\n    {'; '.join(hit.en)}")
    return 0 if results or general else 1


def _limit(given: object, default: int) -> int:
    if given is None:
        return default
    if type(given) is not int:
        raise InputError('"limit" must be a number')
    return given


def _print(results: Results, explain: bool) -> None:
    if explain:
        more = "or more " if results.more else ""
        print(f"read as: {', '.join(results.readings) or 'nothing'}; {results.total} {more}found")
    if not results:
        print(f"nothing found for {results.query[:80]}", file=sys.stderr)
        if results.suggestions:
            print(f"known parts: {', '.join(results.suggestions)}", file=sys.stderr)
    for hit in results:
        print(_line(hit, explain))


def _line(hit: Hit, explain: bool) -> str:
    both = hit.zh if hit.hant == hit.zh else f"{hit.zh} {hit.hant}"
    why = hit.why if hit.use == "preferred" else f"{hit.why}; {hit.use}: {hit.matched.form}"
    facts = [hit.id, hit.kind, ", ".join(hit.domains)]
    searched = hit.matched.field != "filter"  # else nothing but conditions led to it
    if searched:
        facts.append(f"matched {hit.matched.form[:60]} ({why})")
    line = f"{both}  {hit.pinyin}\n    {'; '.join(hit.en)}\n    {' · '.join(facts)}"
    if explain and searched:
        marked = ", ".join(f"{s}–{e} {hit.matched.form[s:e]}" for s, e in hit.matched.spans)
        line += f"\n    tier {hit.tier}, {hit.matched.field}: {marked}"
    return line
