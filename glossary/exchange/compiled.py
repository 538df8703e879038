"""A compiled base as a file to read: bases are joined so, and one that an earlier version made is taken over."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.exchange.lossless_shape import check_concept, check_source
from glossary.model import concept_from, source_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept


def read(file: BinaryIO, report: Report, options: Options) -> Iterator[Concept]:
    """Yield the concepts of a base of any version; what else it holds goes into `options.found`.

    Raises InputError where the file is a database of another kind, or damaged.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "base.db")  # a copy: the file may be no file of the disk, and may be replaced
        with open(path, "wb") as copy:
            shutil.copyfileobj(file, copy)
        with closing(sqlite3.connect(path)) as db:
            try:
                yield from _concepts(db, options)
            except (sqlite3.Error, ValueError) as error:
                raise InputError(f"{options.name}: is no compiled term base, or is damaged: {error}") from None


def _concepts(db: sqlite3.Connection, options: Options) -> Iterator[Concept]:
    found = options.found
    facts = dict(db.execute("SELECT name, value FROM meta"))
    found.vocabulary.update(json.loads(facts.get("vocabulary", "{}")))
    found.meta.update({name: facts[name] for name in ("title", "licence", "date") if name in facts})
    found.retired.update({id: {"to": json.loads(to)} for id, to in db.execute("SELECT id, targets FROM retired")})
    for cite, text in db.execute("SELECT cite, data FROM source"):
        data = {**json.loads(text), "cite": cite}
        check_source(data, f"{options.name}: work {cite}")
        del data["cite"]
        found.sources[cite] = source_from(cite, data)
    for id, text in db.execute("SELECT id, data FROM concept ORDER BY n"):
        data = {**json.loads(text), "id": id}
        check_concept(data, f"{options.name}: entry {id}")
        yield concept_from(id, data)
