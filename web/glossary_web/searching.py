"""What a visitor asks of outside search engines, and the answer by engine."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from glossary.desk import Glossary
    from glossary.model import Concept
    from glossary.queries.engine import Engine
    from glossary.queries.query import Query

MOST = 60  # concepts on the page
LONGEST = 8000  # characters of the lists together: an address that every browser takes
USUAL = ("cnki", "baidu", "google-scholar", "ccgp")  # the engines asked where none is named
PLACES = {"TW": "Taiwan and Hong Kong", "HK": "Taiwan and Hong Kong"}
GROUPS = {"papers": "Scholarly databases", "web": "The web", "official": "Official sites"}
SIZES = {"long": "every form", "short": "the most telling forms", "split": "one form at a time"}
FIELDS = {
    "topic": "topic",
    "title": "title",
    "keywords": "keywords",
    "abstract": "abstract",
    "wide": "title, keywords, abstract",
    "text": "full text",
}
SCRIPTS = {"": "as the engine's place writes", "hans": "simplified", "hant": "traditional", "both": "both"}
OLD = {"attested": "where sources use them", "all": "all", "none": "none"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A filled-in form; `how` is passed on to `Glossary.query`."""

    concepts: str
    also: str
    engines: tuple[str, ...]
    exclude: str
    how: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The queries for one engine, with what was left out by reason."""

    engine: Engine
    queries: tuple[Query, ...]
    left_out: dict[str, list[str]]


def read(args: MultiDict[str, str]) -> Asked:
    """The form from a query string; what is missing has its usual value."""

    def flag(name: str) -> bool:
        return args.get(name, "0") not in ("", "0")

    return Asked(
        concepts=args.get("c", "").strip(),
        also=args.get("and", "").strip(),
        engines=tuple(args.getlist("engine")) or USUAL,
        exclude=args.get("exclude", "").strip(),
        how={
            "size": args.get("size", "long"),
            "field": args.get("field", "topic"),
            "scripts": args.get("scripts", ""),
            "old": args.get("old", "attested"),
            "homographs": "keep" if flag("homographs") else "drop",
            "english": flag("english"),
            "narrower": flag("narrower"),
            "each": flag("each"),
            "as_typed": flag("typed"),
            "site": args.get("site", "").strip(),
        },
    )


def answer(glossary: Glossary, asked: Asked) -> list[Group]:
    """The queries for every engine that is asked. Raises InputError for what cannot be asked, or too much of it."""
    by_id = {engine.id: engine for engine in glossary.engines}
    found: dict[str, list[Query]] = {}
    for query in ask(glossary, asked, today()):
        found.setdefault(query.engine, []).append(query)
    return [Group(by_id[id], tuple(queries), _by_reason(queries)) for id, queries in found.items()]


def today() -> str:
    """The date of today, for the notes."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def ask(glossary: Glossary, asked: Asked, date: str) -> list[Query]:
    """The queries as a list. Raises InputError for what cannot be asked, or too much of it."""
    if len(asked.concepts) + len(asked.also) > LONGEST or len(asked.concepts.splitlines()) > MOST:
        raise InputError(
            f"the page takes {MOST} concepts and {LONGEST:,} characters at a time; "
            "the command glossary query takes 500 concepts"
        )
    return glossary.query(
        asked.concepts,
        asked.engines,
        also=[asked.also] if asked.also else (),
        exclude=tuple(filter(None, map(str.strip, asked.exclude.splitlines()))),
        date=date,
        **asked.how,
    )


def sought(glossary: Glossary, groups: list[Group]) -> list[Concept]:
    """The concepts of the base that the queries are about."""
    ids = dict.fromkeys(id for group in groups for query in group.queries for id in query.concepts)
    return [glossary[id] for id in ids]


def _by_reason(queries: list[Query]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for form, why in {form: why for q in queries for form, why in q.reasons.items()}.items():
        out.setdefault(why, []).append(form)
    return out


def choices(glossary: Glossary) -> dict[str, Any]:
    """What the form offers."""
    engines: dict[str, list[Engine]] = {label: [] for label in (*GROUPS.values(), PLACES["TW"])}
    for engine in glossary.engines:
        engines[PLACES.get(engine.place) or GROUPS[engine.group]].append(engine)
    return {"engines": engines, "size": SIZES, "field": FIELDS, "scripts": SCRIPTS, "old": OLD}
