"""Which concept of a base each imported one is, and the two made one: on disk, so that files of any size fit.

A concept with an id is the one that has this id; one without is the one that has its first Chinese term (its first
rendering, where it has no Chinese) and shares a domain, or of what was in the base before, shares a rendering. What
is new and has no id gets one that is made from its content, so that the same file always gives the same base.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from heapq import merge as merge_sorted
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from glossary.exchange.merge import merge
from glossary.model import Concept, concept_from, concept_to
from glossary.termbase.compile import pinyin_order
from glossary.text.normalize import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary.exchange.report import Report
    from glossary.model import Relation
    from glossary.termbase.store import Store

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_USABLE = re.compile(r"[^\s/\\?#%&\"'<>\x00-\x1f\x7f]{1,100}")  # what can stand in an address
_GIVEN = "\0"  # marks the target of a relation as the file's id, until all ids are known
_SCHEMA = """
CREATE TABLE staged (id TEXT PRIMARY KEY, data BLOB NOT NULL, fresh INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE form (text TEXT, id TEXT, PRIMARY KEY (text, id)) WITHOUT ROWID;
CREATE TABLE renamed (given TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
"""
CANDIDATES = 50  # homographs that are weighed


class Staging:
    """Collects what an import makes of a base; the base itself is only read."""

    def __init__(self, base: Store | None, report: Report, *, override: bool = False) -> None:
        self._base, self._report, self._override = base, report, override
        self._db = sqlite3.connect("")  # a file of SQLite's own, in memory as long as it is small
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.executescript(_SCHEMA)
        self.counts = {"added": 0, "changed": 0, "unchanged": 0}

    def close(self) -> None:
        """Let the scratch file go."""
        self._db.close()

    # taking concepts up

    def take(self, new: Concept) -> None:
        """Merge a settled concept with the one that it is, or add it."""
        given = new.id
        if new.relations:
            new = replace(new, relations=tuple(replace(r, target=_GIVEN + r.target) for r in new.relations))
        id, known = self._by_id(new) if given else self._by_term(new)
        if given and id != given:
            self._db.execute("INSERT OR REPLACE INTO renamed VALUES (?, ?)", (given, id))
        if known is None:
            self._put(new if id == given else replace(new, id=id), fresh=True)
            return
        concept, fresh = known
        if self._override and given and not fresh:
            self._put(replace(new, id=id), fresh=False)
        else:
            self._put(merge(concept, new, self._settle(id)), fresh=fresh)

    def _settle(self, id: str) -> Callable[[str, str, str], str]:
        def settle(field: str, old: str, new: str) -> str:
            self._report.note("conflict", field, f"{id}: {_short(old)} → {_short(new)}")
            return new

        return settle

    def _by_id(self, new: Concept) -> tuple[str, tuple[Concept, bool] | None]:
        """The id to use and the concept that has it. An id that names something else in the base is not used."""
        known = self._get(new.id)
        if _USABLE.fullmatch(new.id) and (known is None or self._override or _alike(known[0], new)):
            return (known[0].id if known else new.id), known
        kind = "id: names another concept of the base" if known else "id: cannot stand in an address"
        self._report.note("changed", kind, new.id)
        id = _derived(new, new.id)
        return id, self._get(id)

    def _by_term(self, new: Concept) -> tuple[str, tuple[Concept, bool] | None]:
        id = _derived(new)
        known = self._get(id)
        if known is not None:
            return id, known
        found = []
        for other in self._candidates(new):
            candidate = self._get(other)
            if candidate is None:
                continue
            concept, fresh = candidate
            same_field = _same_field(concept, new)
            common = len(_renderings(concept) & _renderings(new))
            if same_field or (common and not fresh):
                found.append(((not same_field, -common, other), concept, fresh))
        if not found:
            return id, None
        (_, _, other), concept, fresh = min(found, key=lambda f: f[0])
        return other, (concept, fresh)

    def _candidates(self, new: Concept) -> list[str]:
        form = _forms(new)[:1]
        staged = [id for (id,) in self._db.execute("SELECT id FROM form WHERE text = ? LIMIT 50", form)] if form else []
        if self._base is None or not form:
            return staged
        field, text = ("zh", key(new.zh[0].text)) if new.zh else ("en", key(new.en[0].text))
        rows = self._base.exact(field, text, CANDIDATES)
        return list(dict.fromkeys([*staged, *(self._base.entry(n)[0] for n, _, _, _ in rows)]))

    def _get(self, id: str) -> tuple[Concept, bool] | None:
        """(concept, whether this import brought it) by id, as it stands now."""
        row = self._db.execute("SELECT data, fresh FROM staged WHERE id = ?", (id,)).fetchone()
        if row is not None:
            return unpacked(row[0]), bool(row[1])
        if self._base is not None:
            n = self._base.number(id)
            if n is not None:
                return concept_from(id, self._base.entry(n)[1]), False
            for target in self._base.retired(id) or ():
                return self._get(target)
        return None

    def _put(self, concept: Concept, *, fresh: bool) -> None:
        self._db.execute("INSERT OR REPLACE INTO staged VALUES (?, ?, ?)", (concept.id, packed(concept), fresh))
        self._db.executemany("INSERT OR IGNORE INTO form VALUES (?, ?)", ((f, concept.id) for f in _forms(concept)))

    # giving them out

    def finish(self, supply: Callable[[Concept], Concept]) -> None:
        """Supply what is still open, resolve relations, and count what is added, changed and unchanged."""
        ids = self._db.execute("SELECT id, data, fresh FROM staged")
        scratch = self._db.cursor()
        scratch.execute("CREATE TABLE done (id TEXT PRIMARY KEY, place TEXT, data BLOB) WITHOUT ROWID")
        for id, data, fresh in ids:
            concept = supply(self._resolved(unpacked(data)))
            if fresh:
                self.counts["added"] += 1
            elif self._before(id) == _with_trad(concept_to(concept)):
                self.counts["unchanged"] += 1
                continue
            else:
                self.counts["changed"] += 1
            row = id, pinyin_order(concept), packed(concept)
            scratch.execute("INSERT INTO done VALUES (?, ?, ?)", row)
        scratch.execute("CREATE INDEX done_place ON done (place, id)")

    def _before(self, id: str) -> dict[str, Any] | None:
        n = self._base.number(id) if self._base is not None else None
        return self._base.entry(n)[1] if self._base is not None and n is not None else None

    def _resolved(self, concept: Concept) -> Concept:
        if not concept.relations:
            return concept
        relations: dict[tuple[str, str], Relation] = {}
        for relation in concept.relations:
            target = relation.target
            if target.startswith(_GIVEN):
                target = target[1:]
                row = self._db.execute("SELECT id FROM renamed WHERE given = ?", (target,)).fetchone()
                target = row[0] if row else target
                if self._get(target) is None:
                    where = f"{concept.id}: {target}"
                    self._report.note("kept", "relations: the other concept is not in the base", where)
            relations.setdefault((relation.type, target), replace(relation, target=target))
        return replace(concept, relations=tuple(relations.values()))

    def concepts(self) -> Iterator[Concept]:
        """The whole base as it is to be: what it had and what the import made of it, in pinyin order."""
        done = self._db.execute("SELECT place, id, data FROM done ORDER BY place, id")
        for _, id, data in merge_sorted(done, self._untouched(), key=lambda row: row[:2]):
            yield unpacked(data) if isinstance(data, bytes) else concept_from(id, msgspec.json.decode(data))

    def _untouched(self) -> Iterator[tuple[str, str, str]]:
        if self._base is None:
            return
        after: tuple[str, str] = ("", "")
        sql = "SELECT pinyin, id, data FROM concept WHERE (pinyin, id) > (?, ?) ORDER BY pinyin, id LIMIT 2000"
        while rows := self._base.rows(sql, after):
            for row in rows:
                if not self._db.execute("SELECT 1 FROM done WHERE id = ?", (row[1],)).fetchone():
                    yield row
            after = rows[-1][0], rows[-1][1]


def _forms(concept: Concept) -> list[str]:
    """What a concept can be recognised by: its Chinese terms, or where it has none its renderings."""
    return [key(t.text) for t in concept.zh] or ["en " + key(t.text) for t in concept.en]


def _same_field(old: Concept, new: Concept) -> bool:
    """Whether two concepts share a domain, or neither has one."""
    return bool(set(old.domains) & set(new.domains)) or not (old.domains or new.domains)


def _renderings(concept: Concept) -> set[str]:
    return {key(t.text) for t in concept.en}


def _alike(old: Concept, new: Concept) -> bool:
    """Whether two records share any designation (or one of them has none)."""
    a, b = ({*(key(t.text) for t in c.zh), *(key(t.text) for t in c.en)} for c in (old, new))
    return not a or not b or bool(a & b)


def _derived(concept: Concept, given: str = "") -> str:
    """An id made from what tells a concept from others: its first term, its domain, the file's id if it had one."""
    told = [*_forms(concept)[:1], *concept.domains[:1], *([given, *sorted(_renderings(concept))] if given else [])]
    number = int.from_bytes(hashlib.sha256("\0".join(told).encode()).digest()[:16], "big")
    out = _LETTERS[10 + number % 22]
    for _ in range(9):
        number //= 32
        out += _LETTERS[number % 32]
    return out


def _with_trad(data: dict[str, Any]) -> dict[str, Any]:
    """The plain form as a compiled base stores it, where every Chinese term has its traditional form."""
    from glossary.text.script import spellings

    for term in data["zh"]:
        if "trad" not in term:
            term["trad"] = spellings([term["text"]])[term["text"]][1]
    return data


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def packed(concept: Concept) -> bytes:
    """A concept as bytes, with what is still open in it (which the plain form would leave out)."""
    return msgspec.json.encode(concept)


def unpacked(data: bytes) -> Concept:
    """The concept out of `packed` bytes."""
    return _DECODER.decode(data)


_DECODER = msgspec.json.Decoder(Concept)
