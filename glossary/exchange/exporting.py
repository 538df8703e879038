"""Concepts out of bases into a file of any format: what is asked for, and whole or not at all."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary.exchange.registry import Options, format_of
from glossary.exchange.report import Report
from glossary.model import concept_from
from glossary.termbase.browse import source as source_in
from glossary.termbase.browse import sources as sources_of
from glossary.termbase.facet import as_lists, fits
from glossary.text.script import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from glossary.model import Concept, Source
    from glossary.termbase.store import Store


def select(
    stores: Sequence[Store], filters: Mapping[str, Sequence[str]], ids: Iterable[str] | None = None
) -> Iterator[Concept]:
    """The concepts that satisfy every filter (any of its values) and, where `ids` is given, are among these.

    Of an id that several bases have, the first base's concept. Raises InputError for a filter or a value that no
    concept of the bases has.
    """
    asked = as_lists(filters)
    _check_values(stores, asked)
    wanted = None if ids is None else set(ids)
    seen: set[str] = set()
    for store in stores:
        ns = store.listed(asked, 2**62)[0] if asked else list(store.numbers())
        if wanted is not None:
            numbers = {n for n in map(store.number, wanted) if n is not None}
            ns = [n for n in ns if n in numbers]
        for start in range(0, len(ns), 500):
            found = store.data(ns[start : start + 500])
            for n in ns[start : start + 500]:
                id, _, data = found[n]
                if len(stores) > 1 and id in seen:
                    continue
                seen.add(id) if len(stores) > 1 else None
                yield concept_from(id, data)


def _check_values(stores: Sequence[Store], asked: Mapping[str, Sequence[str]]) -> None:
    for name, values in asked.items():
        sql = "SELECT DISTINCT value FROM facet WHERE field = ? ORDER BY value"
        known = {value for store in stores for (value,) in store.rows(sql, (name,))}
        for value in values:
            if not any(fits(name, value, one) for one in known):
                some = ", ".join(sorted(known)[:30]) + (" …" if len(known) > 30 else "")
                raise InputError(f"no concept has the {name} {value!r}; there are {some or 'none'}")


def export(
    stores: Sequence[Store],
    format: str,
    to: str | os.PathLike[str] | BinaryIO,
    concepts: Iterable[Concept],
    *,
    whole: bool,
    text: str = "",
    script: str = "hans",
    options: Mapping[str, str] | None = None,
) -> Report:
    """Write concepts to a path (made beside it and moved there) or to a file opened for bytes; returns the loss report.

    `whole` says that these are all concepts of the bases: formats that can hold it bring the rest along then;
    `text` is the one text whose concepts they are.
    """
    chosen = format_of(format)
    writer = chosen.writer
    more = dict(options or {})
    facts = _facts(stores)
    asked = Options(
        script=script,
        title=more.pop("title", facts.get("title", "")),
        date=more.pop("date", facts.get("date", "")),
        licence=more.pop("licence", facts.get("licence", "")),
        source_of=cache(lambda cite: next((s for store in stores if (s := source_in(store, cite))), None)),
        vocabulary=_vocabulary(stores),
        more={**more, **chosen.variant},
        sources=_sources(stores) if whole else {},
        retired=_retired(stores) if whole else {},
        traditional=bool(text) and to_simplified(text) != text,
    )
    report = Report(chosen.name, "write")
    if not isinstance(to, (str, os.PathLike)):
        with tempfile.SpooledTemporaryFile(64 * 1024 * 1024) as scratch:
            writer(concepts, scratch, report, asked)  # type: ignore[arg-type]  # it has all that a file has
            scratch.seek(0)
            while chunk := scratch.read(1 << 20):
                to.write(chunk)
        return report
    path = Path(to)
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(f"{path}: {'is a folder' if path.is_dir() else f'the folder {path.parent} does not exist'}")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(beside, "w+b") as file:
            writer(concepts, file, report, asked)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return report


def _facts(stores: Sequence[Store]) -> dict[str, str]:
    return stores[0].facts() if stores else {}


def _vocabulary(stores: Sequence[Store]) -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for store in stores:
        for group, codes in store.vocabulary.items():
            out[group] = {**codes, **out.get(group, {})}
    return out


def _sources(stores: Sequence[Store]) -> dict[str, Source]:
    return {s.cite: s for store in reversed(stores) for s, _ in sources_of(store)}


def _retired(stores: Sequence[Store]) -> dict[str, Any]:
    return {id: to for store in reversed(stores) for id, to in store.all_retired().items()}
