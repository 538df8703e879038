"""`glossary query`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from glossary.cli.io import add_base, emit, open_base, read_text
from glossary.errors import InputError

if TYPE_CHECKING:
    import argparse

    from glossary.desk import Glossary
    from glossary.queries.query import Query


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("concept", nargs="*", help="ids or terms, any of which will do; - reads a list, one a line")
    parser.add_argument(
        "--and",
        dest="also",
        nargs="+",
        action="append",
        default=[],
        metavar="CONCEPT",
        help="and any of these as well (repeatable)",
    )
    parser.add_argument(
        "--engine", action="append", default=[], metavar="E[,E…]", help="search engines, or all (default cnki)"
    )
    parser.add_argument("--engines", action="store_true", help="list the search engines")
    parser.add_argument("--json", action="store_true", help="one JSON object a query")
    size = parser.add_mutually_exclusive_group()
    for name, text in (
        ("long", "every form, in as few queries as the limits allow (default)"),
        ("short", "one query with the most telling forms"),
        ("split", "one query a form"),
    ):
        size.add_argument(f"--{name}", dest="size", action="store_const", const=name, help=text)
    parser.add_argument("--each", action="store_true", help="a query for each concept instead of one for all")
    parser.add_argument("--narrower", action="store_true", help="narrower concepts too")
    parser.add_argument("--with-english", action="store_true", help="English renderings too")
    parser.add_argument("--scripts", choices=("hans", "hant", "both"), default="", help="not the engine's own script")
    parser.add_argument(
        "--field",
        choices=("topic", "title", "keywords", "abstract", "wide", "text"),
        default="topic",
        help="where to search, for engines with fields (default topic)",
    )
    parser.add_argument(
        "--old",
        choices=("attested", "all", "none"),
        default="attested",
        help="superseded and deprecated forms: those that sources use (default), all, none",
    )
    parser.add_argument(
        "--homographs",
        choices=("drop", "keep"),
        default="drop",
        help="short forms that mean something else too (default drop)",
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="FORM", help="what must not be found (repeatable)"
    )
    parser.add_argument("--site", default="", metavar="DOMAIN", help="only this site, for engines that can (gov.cn)")
    parser.add_argument("--as-typed", action="store_true", help="terms that are in no base as they stand")
    parser.add_argument("--date", default="", metavar="YYYY-MM-DD", help="the day for the note (default today)")
    add_base(parser)


def run(options: argparse.Namespace) -> int:
    """Print the queries; 1 where there is nothing that an engine could be asked for."""
    glossary = open_base(options)
    if options.engines:
        return _list(glossary)
    found = glossary.query(
        _names(options.concept),
        options.engine or "cnki",
        also=options.also,
        narrower=options.narrower,
        as_typed=options.as_typed,
        each=options.each,
        size=options.size or "long",
        field=options.field,
        scripts=options.scripts,
        old=options.old,
        homographs=options.homographs,
        english=options.with_english,
        exclude=tuple(options.exclude),
        site=options.site,
        date=options.date or datetime.date.today().isoformat(),
    )
    for query in found:
        if options.json:
            emit(query.to_dict())
        else:
            _print(query)
    return 0 if any(query.string for query in found) else 1


def _names(given: list[str]) -> list[str]:
    """The names on the command line, with a list from standard input in the place of -."""
    if not given:
        raise InputError("name a concept: an id, a term, or - for a list on standard input")
    if given.count("-") > 1:
        raise InputError("standard input can be read once only")
    return [read_text("-") if name == "-" else name for name in given]


def _list(glossary: Glossary) -> int:
    for engine in glossary.engines:
        print(f"{engine.id:<15} {engine.place or '–':<3} {engine.name} · {engine.zh}")
    return 0


def _print(query: Query) -> None:
    part = f"  {query.part}/{query.parts}" if query.parts > 1 else ""
    print(f"{query.name}{part}")
    if query.string:
        print(f"    {query.string}")
        print(f"    {'open' if query.prefilled else 'paste into'} {query.url}")
    if query.part == query.parts:
        print(f"\n{query.note}\n")
