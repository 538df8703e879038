"""An opened base: plain SQL over one read-only SQLite file. Knows nothing of ranking or of running text."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import sys
import threading
import time

from glossary.errors import TermBaseError
from glossary.termbase.facet import LAST, conditions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from glossary.termbase.automaton import Automaton
    from glossary.termbase.watched import Watched

FORMAT = "6"  # of schema.sql and of the keys; another number means that the file must be compiled again
KEPT = 2000  # entries that are kept parsed, some 4 MB
PATTERNS = {"zh": "pattern", "en": "english_pattern"}  # what is looked for in running text, by language
# id, first Chinese term, first rendering ("" where there is none), whether of the ethnic regions (of some others it is
Head = tuple[str, str, str, bool, str]  # true too), kind
Row = tuple[int, str, int, int]  # number of the concept, key, number of the designation in the entry, its status


class Store:
    """One opened base. Safe to share between threads (each has its own connection); picklable by its path."""

    def __init__(
        self, path: str, db: sqlite3.Connection | None = None, rebuild: Callable[[], None] | None = None
    ) -> None:
        self.path = path
        self._rebuild = rebuild  # makes the file anew from its source, where there is one
        self._local = threading.local()
        self._memory = db  # a base that lives in memory because no folder could be written
        self._automata: dict[str, Automaton] = {}
        self._lengths: list[int] | None = None
        self._everyday: frozenset[str] | None = None
        self._words: list[str] | None = None
        self._variants: dict[str, str] | None = None
        self._entries: dict[int, tuple[str, int, dict[str, Any]]] = {}
        self._lock = threading.Lock()
        self._digest = ""
        try:
            found = dict(
                self._run("SELECT name, value FROM meta WHERE name IN ('format', 'concepts', 'vocabulary')", ())
            )
        except sqlite3.DatabaseError as error:
            raise TermBaseError(
                f"{path}: is no compiled term base, or is damaged ({error}); compile it again"
            ) from None
        if found.get("format") != FORMAT:
            raise TermBaseError(
                f"{path}: was compiled by another version; compile it again, or take it over into a new file with "
                f"glossary import {path} --base NEW"
            )
        self.count = int(found["concepts"])
        self._vocabulary = found["vocabulary"]

    def __reduce__(self) -> tuple[Any, ...]:
        if self._memory is not None:
            raise TermBaseError("a base held in memory cannot be sent to another process; give it a file")
        return Store, (self.path,)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file: another one for other content. Read once, when first asked for."""
        if not self._digest:
            if self._memory is not None:
                self._digest = hashlib.sha256(self._memory.serialize()).hexdigest()
            else:
                with open(self.path, "rb") as file:
                    self._digest = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digest

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
        """Run one query. A damaged file is made anew from its source where it has one, else TermBaseError is raised."""
        try:
            return self._run(sql, values)
        except (sqlite3.OperationalError, sqlite3.ProgrammingError):  # what was asked is wrong, not the file
            raise
        except sqlite3.DatabaseError as error:
            if self._rebuild is None:
                raise TermBaseError(f"{self.path}: is damaged ({error}); compile it again") from None
            print(f"glossary: {self.path} is damaged ({error}); making it anew", file=sys.stderr)
            with self._lock:
                rebuild, self._rebuild = self._rebuild, None  # once: a second failure is a failure
                self._local = threading.local()
                if rebuild is not None:
                    rebuild()
            return self._run(sql, values)

    def _run(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._memory is not None:
            with self._lock:  # one connection for all threads
                return self._memory.execute(sql, values).fetchall()
        return self._db().execute(sql, values).fetchall()

    # look-up by key

    def exact(self, field: str, text: str, limit: int = 1000) -> list[Row]:
        """Designations with this very key."""
        return self.rows(
            "SELECT n, text, term, use FROM key WHERE field = ? AND text = ? LIMIT ?", (field, text, limit)
        )

    def prefix(self, field: str, text: str, limit: int = 1000) -> list[Row]:
        """Designations with a key that begins so and goes on; the shortest first (of the first 2,000)."""
        return self.rows(
            "SELECT n, text, term, use FROM (SELECT n, text, term, use FROM key "
            "WHERE field = ? AND text > ? AND text < ? LIMIT 2000) ORDER BY length(text) LIMIT ?",
            (field, text, text + LAST, limit),
        )

    def between(self, field: str, start: str, length: int, limit: int) -> list[Row]:
        """Designations with a key that begins so and is as long as `length`, give or take one."""
        return self.rows(
            "SELECT n, text, term, use FROM key WHERE field = ? AND text >= ? AND text < ? "
            "AND length(text) BETWEEN ? AND ? LIMIT ?",
            (field, start, start + LAST, length - 1, length + 1, limit),
        )

    def glob(self, field: str, pattern: str, limit: int) -> list[Row]:
        """Designations whose key fits a pattern with * and ?.

        Where the pattern begins with one there is no short way to them; what was found in 30 ms is given then.
        """
        start = re.split(r"[*?]", pattern, maxsplit=1)[0]
        sql = "SELECT n, text, term, use FROM key WHERE field = ? AND text >= ? AND text < ? AND text GLOB ? LIMIT ?"
        values = (field, start, start + LAST, pattern.replace("[", "[[]"), limit)
        db = self._db()
        end = time.monotonic() + 0.03
        out: list[Row] = []
        with self._lock:
            db.set_progress_handler(lambda: time.monotonic() > end, 10_000)
            try:
                out.extend(db.execute(sql, values))
            except sqlite3.OperationalError as error:
                if "interrupted" not in str(error):
                    raise
            finally:
                db.set_progress_handler(None, 0)
        return out

    def han(self, match: str, limit: int = 1000) -> list[int]:
        """Concepts by the index of character pairs and syllables; `match` is an FTS5 expression, "" finds nothing."""
        if not match:
            return []
        return [n for (n,) in self.rows("SELECT rowid FROM han WHERE han MATCH ? LIMIT ?", (match, limit))]

    def english(self, match: str, limit: int = 1000) -> list[int]:
        """Concepts by the words of renderings and definitions; `match` is an FTS5 expression."""
        return [n for (n,) in self.rows("SELECT rowid FROM english WHERE english MATCH ? LIMIT ?", (match, limit))]

    def words(self) -> list[str]:
        """Every English word of the base."""
        if self._words is None:
            self._words = [w for (w,) in self.rows("SELECT text FROM word")]
        return self._words

    def words_from(self, start: str, limit: int = 30) -> list[str]:
        """English words of the base that begin so."""
        sql = "SELECT text FROM word WHERE text >= ? AND text < ? LIMIT ?"
        return [w for (w,) in self.rows(sql, (start, start + LAST, limit))]

    def knows(self, word: str) -> bool:
        """Whether an English word stands in the base."""
        return bool(self.rows("SELECT 1 FROM word WHERE text = ?", (word,)))

    def characters(self, text: str) -> dict[str, tuple[tuple[str, ...], str]]:
        """(its toneless syllables, its parts) of each character of a text that is known."""
        chars = list(dict.fromkeys(text))[:200]
        marks = ",".join("?" * len(chars))
        found = self.rows(f"SELECT text, sounds, parts FROM character WHERE text IN ({marks})", chars)
        return {c: (tuple(sounds.split()), parts) for c, sounds, parts in found}

    # conditions and counts

    def listed(self, filters: dict[str, list[str]], limit: int = 1000) -> tuple[list[int], bool]:
        """Concepts that satisfy every condition (any value of each field), in order; and whether there are more."""
        where, values = conditions(filters)
        found = self.rows(f"SELECT n FROM concept WHERE {where} ORDER BY pinyin, n LIMIT ?", [*values, limit + 1])
        return [n for (n,) in found[:limit]], len(found) > limit

    def having(self, ns: list[int], filters: dict[str, list[str]]) -> set[int]:
        """Those of the concepts that satisfy every condition."""
        where, values = conditions(filters)
        kept: set[int] = set()
        for part in _parts(ns):
            marks = ",".join("?" * len(part))
            sql = f"SELECT n FROM concept WHERE n IN ({marks}) AND {where}"
            kept.update(n for (n,) in self.rows(sql, [*part, *values]))
        return kept

    def holding(self, ns: list[int], characters: Iterable[str]) -> list[int]:
        """Those of the concepts in whose entry all of these characters stand, in the order given."""
        wanted = list(characters)
        where = "".join(" AND instr(data, ?)" for _ in wanted)
        kept: set[int] = set()
        for part in _parts(ns):
            marks = ",".join("?" * len(part))
            kept.update(n for (n,) in self.rows(f"SELECT n FROM concept WHERE n IN ({marks}){where}", [*part, *wanted]))
        return [n for n in ns if n in kept]

    def facets(self, ns: list[int], fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many of the concepts have each value of each field, the most frequent first."""
        counts: dict[str, dict[str, int]] = {field: {} for field in fields}
        wanted = ",".join("?" * len(fields))
        for part in _parts(ns):
            marks = ",".join("?" * len(part))
            for field, value in self.rows(
                f"SELECT field, value FROM facet WHERE n IN ({marks}) AND field IN ({wanted})", [*part, *fields]
            ):
                counts[field][value] = counts[field].get(value, 0) + 1
        return {f: dict(sorted(c.items(), key=lambda kv: (-kv[1], kv[0]))) for f, c in counts.items()}

    # concepts

    def data(self, ns: Sequence[int]) -> dict[int, tuple[str, int, dict[str, Any]]]:
        """(id, weight, entry as plain data) of concepts by number. The data are shared: only to be read."""
        known = self._entries
        out = {n: known[n] for n in ns if n in known}
        for part in _parts([n for n in ns if n not in out]):
            marks = ",".join("?" * len(part))
            sql = f"SELECT n, id, weight, data FROM concept WHERE n IN ({marks})"
            for n, id, weight, data in self.rows(sql, part):
                out[n] = id, weight, json.loads(data)
        if len(out) <= KEPT // 4:  # what is looked up is looked up again; a walk over everything is not kept
            if len(known) > KEPT:
                self._entries = known = {}
            known.update(out)
        return out

    def entry(self, n: int) -> tuple[str, dict[str, Any]]:
        """(id, entry as plain data) of one concept."""
        id, _, data = self.data([n])[n]
        return id, data

    def reading(self, n: int, term: int) -> str:
        """The reading of one Chinese term of a concept."""
        found = self.rows("SELECT json_extract(data, ?) FROM concept WHERE n = ?", (f"$.zh[{term}].pinyin", n))
        return str(found[0][0])

    def number(self, id: str) -> int | None:
        """The number of a concept; None where the id is unknown here."""
        found = self.rows("SELECT n FROM concept WHERE id = ?", (id,))
        return found[0][0] if found else None

    def retired(self, id: str) -> list[str] | None:
        """What replaced a retired id; None where it never was one."""
        found = self.rows("SELECT targets FROM retired WHERE id = ?", (id,))
        return json.loads(found[0][0]) if found else None

    def all_retired(self) -> dict[str, dict[str, list[str]]]:
        """Every retired id and what replaced it, as the term folder has it."""
        return {id: {"to": json.loads(targets)} for id, targets in self.rows("SELECT id, targets FROM retired")}

    def facts(self) -> dict[str, str]:
        """What is said of the base as a whole: title, licence, date."""
        return dict(self.rows("SELECT name, value FROM meta WHERE name IN ('title', 'licence', 'date')"))

    @property
    def edition(self) -> str:
        """The day of the data as a version, 2026.11.23; "" where the base says none."""
        return self.facts().get("date", "").replace("-", ".")

    @property
    def changes(self) -> str:
        """The list of changes that the base was compiled with, in Markdown."""
        found = self.rows("SELECT value FROM meta WHERE name = 'changes'")
        return str(found[0][0]) if found else ""

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

    def pattern_count(self, lang: str) -> int:
        """How many patterns there are of a language; they are numbered from 0."""
        found = self.rows(f"SELECT max(p) FROM {PATTERNS[lang]}")
        return 0 if found[0][0] is None else max(0, int(found[0][0]) + 1)

    def singles(self) -> dict[str, int]:
        """The patterns of a single Han character, by that; their numbers are below zero."""
        return dict(self.rows("SELECT text, p FROM pattern WHERE p < 0"))

    def patterns(self, numbers: Sequence[int], lang: str) -> list[tuple[int, str, Any, list[int]]]:
        """(number, text, reading or in English how it must be written, numbers of the concepts) of patterns."""
        extra = "pinyin" if lang == "zh" else "written"
        out = []
        for part in _parts(numbers):
            marks = ",".join("?" * len(part))
            sql = f"SELECT p, text, {extra}, ns FROM {PATTERNS[lang]} WHERE p IN ({marks})"
            out += [(p, text, more, [int(n) for n in ns.split()]) for p, text, more, ns in self.rows(sql, part)]
        return out

    def heads(self, ns: Iterable[int]) -> dict[int, Head]:
        """What is shown of concepts, by number."""
        out = {}
        for part in _parts(list(ns)):
            marks = ",".join("?" * len(part))
            sql = (
                "SELECT n, id, ifnull(json_extract(data, '$.zh[0].text'), ''), "
                "ifnull(json_extract(data, '$.en[0].text'), ''), instr(data, '\"ethnic-region\"') > 0, kind "
                f"FROM concept WHERE n IN ({marks})"
            )
            out.update({n: (id, zh, en, bool(ethnic), kind) for n, id, zh, en, ethnic, kind in self.rows(sql, part)})
        return out

    @property
    def everyday(self) -> frozenset[str]:
        """The texts of the patterns that are mostly said in an everyday sense, of both languages."""
        if self._everyday is None:
            found = self.rows("SELECT value FROM meta WHERE name = 'everyday'")
            self._everyday = frozenset(found[0][0].split("\n")) if found else frozenset()
        return self._everyday

    def wordings(self) -> dict[str, list[str]]:
        """By written form, what translations say for it besides its renderings."""
        found = self.rows("SELECT value FROM meta WHERE name = 'wordings'")
        return dict(json.loads(found[0][0])) if found else {}

    def natures(self, ns: Iterable[int]) -> list[tuple[str, list[str]]]:
        """(kind, domains) of concepts by number."""
        marks = ",".join("?" * len(numbers := list(ns)))
        sql = f"SELECT kind, ifnull(json_extract(data, '$.domains'), '[]') FROM concept WHERE n IN ({marks})"
        return [(kind, json.loads(domains)) for kind, domains in self.rows(sql, numbers)]

    @property
    def pattern_lengths(self) -> list[int]:
        """The lengths that patterns have, the longest first."""
        if self._lengths is None:
            found = self.rows("SELECT value FROM meta WHERE name = 'pattern_lengths'")
            self._lengths = [int(n) for n in found[0][0].split()]
        return self._lengths

    @property
    def variants(self) -> dict[str, str]:
        """Characters that are printed for others, which patterns are written with; see `text.script.variants`."""
        if self._variants is None:
            pairs = str(self.rows("SELECT value FROM meta WHERE name = 'variants'")[0][0])
            self._variants = dict(zip(pairs[::2], pairs[1::2], strict=True))
        return self._variants

    def watched(self) -> Watched:
        """What is to be watched for in text that is not folded."""
        found: Watched = json.loads(self.rows("SELECT value FROM meta WHERE name = 'watched'")[0][0])
        return found

    def _pattern_texts(self, lang: str) -> list[str]:
        return [text for (text,) in self.rows(f"SELECT text FROM {PATTERNS[lang]} WHERE p >= 0 ORDER BY p")]

    def automaton(self, lang: str = "zh") -> Automaton:
        """The stored automaton of a language; made anew where it is missing, damaged or of another library's version.

        That of English gives every match, that of Chinese the leftmost-longest.
        """
        known = self._automata.get(lang)
        if known is not None:
            return known
        from glossary.termbase.automaton import Automaton

        made = None
        overlapping, watched = lang == "en", self.watched()["characters"] if lang == "zh" else ""
        sql = "SELECT version, digest, data FROM automaton WHERE lang = ?"
        for version, digest, data in self.rows(sql, (lang,)):
            try:
                if hashlib.sha256(data).hexdigest() == digest:
                    made = Automaton.load(data, version, lambda: self._pattern_texts(lang), overlapping, watched)
            except (ValueError, ImportError):
                pass
        made = made or Automaton.build(self._pattern_texts(lang), "", overlapping, watched)
        self._automata[lang] = made
        return made


def _parts(ns: Sequence[int]) -> Iterator[list[int]]:
    """A list in pieces: SQLite's limit of variables is 999 in old builds."""
    for start in range(0, len(ns), 500):
        yield list(ns[start : start + 500])
