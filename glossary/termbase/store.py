"""An opened base: plain SQL over one read-only SQLite file. Knows nothing of ranking or of running text."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading

from glossary.errors import TermBaseError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from glossary.termbase.automaton import Automaton

FORMAT = "2"  # of schema.sql and of the keys; another number means that the file must be compiled again
Row = tuple[int, str, str, int]  # n, matched key text, form, use


class Store:
    """One opened base. Safe to share between threads (each has its own connection); picklable by its path."""

    def __init__(self, path: str, db: sqlite3.Connection | None = None) -> None:
        self.path = path
        self._local = threading.local()
        self._memory = db  # a base that lives in memory because no folder could be written
        self._automaton: Automaton | None = None
        self._lengths: list[int] | None = None
        self._lock = threading.Lock()
        try:
            found = dict(self.rows("SELECT name, value FROM meta WHERE name IN ('format', 'concepts', 'vocabulary')"))
        except sqlite3.DatabaseError as error:
            raise TermBaseError(
                f"{path}: is no compiled term base, or is damaged ({error}); compile it again"
            ) from None
        if found.get("format") != FORMAT:
            raise TermBaseError(f"{path}: was compiled by another version; compile it again")
        self.count = int(found["concepts"])
        self._vocabulary = found["vocabulary"]

    def __reduce__(self) -> tuple[Any, ...]:
        if self._memory is not None:
            raise TermBaseError("a base held in memory cannot be sent to another process; give it a file")
        return Store, (self.path,)

    @property
    def vocabulary(self) -> dict[str, dict[str, Any]]:
        """The closed lists with their labels."""
        lists: dict[str, dict[str, Any]] = json.loads(self._vocabulary)
        return lists

    def _db(self) -> sqlite3.Connection:
        if self._memory is not None:
            return self._memory
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            if not os.path.isfile(self.path):
                raise TermBaseError(f"{self.path}: there is no such term base")
            uri = "file:" + self.path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
            # immutable: the file is never written in place, so no lock and no journal is needed
            db = sqlite3.connect(uri + "?mode=ro&immutable=1", uri=True)
            self._local.db = db
        return db

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one query."""
        if self._memory is not None:
            with self._lock:  # one connection for all threads
                return self._memory.execute(sql, values).fetchall()
        return self._db().execute(sql, values).fetchall()

    # look-up by key

    def exact(self, field: str, text: str, limit: int = 500) -> list[Row]:
        """Concepts with this very key."""
        return self.rows(
            "SELECT n, text, form, use FROM key WHERE field = ? AND text = ? LIMIT ?", (field, text, limit)
        )

    def prefix(self, field: str, text: str, limit: int = 500) -> list[Row]:
        """Concepts with a key that begins so and goes on; the shortest first."""
        return self.rows(
            "SELECT n, text, form, use FROM key WHERE field = ? AND text > ? AND text < ? "
            "ORDER BY length(text) LIMIT ?",
            (field, text, text + "\U0010ffff", limit),
        )

    def han(self, tokens: str, limit: int = 500) -> list[int]:
        """Concepts with a form that holds this phrase of bigram tokens."""
        return [n for (n,) in self.rows("SELECT rowid FROM han WHERE han MATCH ? LIMIT ?", (tokens, limit))]

    def english(self, match: str, limit: int = 500) -> list[int]:
        """Concepts whose renderings or definition match an FTS5 expression; best first."""
        return [
            n
            for (n,) in self.rows(
                "SELECT rowid FROM english WHERE english MATCH ? ORDER BY rank, rowid LIMIT ?", (match, limit)
            )
        ]

    # concepts

    def data(self, ns: Sequence[int]) -> dict[int, tuple[str, dict[str, Any]]]:
        """(id, entry as plain data) of concepts by number."""
        out: dict[int, tuple[str, dict[str, Any]]] = {}
        for start in range(0, len(ns), 500):  # SQLite's limit of variables is 999 in old builds
            part = ns[start : start + 500]
            marks = ",".join("?" * len(part))
            for n, id, data in self.rows(f"SELECT n, id, data FROM concept WHERE n IN ({marks})", part):
                out[n] = id, json.loads(data)
        return out

    def number(self, id: str) -> int | None:
        """The number of a concept; None where the id is unknown here."""
        found = self.rows("SELECT n FROM concept WHERE id = ?", (id,))
        return found[0][0] if found else None

    def retired(self, id: str) -> list[str] | None:
        """What replaced a retired id; None where it never was one."""
        found = self.rows("SELECT targets FROM retired WHERE id = ?", (id,))
        return json.loads(found[0][0]) if found else None

    def numbers(self) -> Iterator[int]:
        """Every concept's number, in pinyin order."""
        yield from (n for (n,) in self.rows("SELECT n FROM concept ORDER BY n"))

    def relations(self, n: int) -> list[tuple[str, bool, str, str]]:
        """(type, inverse?, target id, note) of one concept, derived sides included."""
        return [
            (t, bool(i), id, note)
            for t, i, id, note in self.rows(
                "SELECT r.type, r.inverse, c.id, r.note FROM relation r JOIN concept c ON c.n = r.target "
                "WHERE r.n = ? ORDER BY r.inverse, r.type, c.n",
                (n,),
            )
        ]

    # running text

    def pattern(self, p: int) -> tuple[str, str, list[int]]:
        """(text, reading, numbers of the concepts) of one pattern."""
        text, pinyin, ns = self.rows("SELECT text, pinyin, ns FROM pattern WHERE p = ?", (p,))[0]
        return text, pinyin, [int(n) for n in ns.split()]

    def patterns_named(self, texts: list[str]) -> list[tuple[str, int]]:
        """(text, number) of those of the texts that are patterns."""
        marks = ",".join("?" * len(texts))
        return [(t, p) for t, p in self.rows(f"SELECT text, p FROM pattern WHERE text IN ({marks})", texts)]

    @property
    def pattern_lengths(self) -> list[int]:
        """The lengths that patterns have, the longest first."""
        if self._lengths is None:
            found = self.rows("SELECT value FROM meta WHERE name = 'pattern_lengths'")
            self._lengths = [int(n) for n in found[0][0].split()]
        return self._lengths

    def _pattern_texts(self) -> list[str]:
        return [text for (text,) in self.rows("SELECT text FROM pattern ORDER BY p")]

    def automaton(self) -> Automaton:
        """The stored automaton; built anew where it is missing, damaged or of another library's version."""
        if self._automaton is None:
            from glossary.termbase.automaton import Automaton

            made = None
            for _library, version, digest, data in self.rows("SELECT library, version, digest, data FROM automaton"):
                try:
                    if hashlib.sha256(data).hexdigest() == digest:
                        made = Automaton.load(data, version, self._pattern_texts)
                except (ValueError, ImportError):
                    pass
            self._automaton = made or Automaton.build(self._pattern_texts())
        return self._automaton
