"""Concepts → a compiled base."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from glossary.model import SYMMETRIC, concept_to, plain
from glossary.termbase.automaton import Automaton
from glossary.termbase.keys import bigrams, concept_keys, english_key, written_forms
from glossary.termbase.store import FORMAT
from glossary.text.normalize import HAN_RE, fold, key
from glossary.text.pinyin import unmark
from glossary.text.script import to_simplified, to_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from glossary.model import Concept, Source

LONGEST_PATTERN = 200  # code points; nobody's term is longer, and one automaton library hangs on very long patterns


def compile_base(
    path: Path,
    concepts: Iterable[Concept],
    sources: Mapping[str, Source] | None = None,
    vocabulary: Mapping[str, Any] | None = None,
    retired: Mapping[str, Any] | None = None,
    meta: Mapping[str, str] | None = None,
) -> None:
    """Write a compiled base to `path`: whole or not at all (it is made beside it and then moved there)."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.unlink(missing_ok=True)
    db = sqlite3.connect(scratch)
    try:
        fill(db, concepts, sources or {}, vocabulary or {}, retired or {}, meta or {})
        db.execute("PRAGMA optimize")
        db.commit()
        db.close()
        os.replace(scratch, path)
    finally:
        db.close()
        scratch.unlink(missing_ok=True)


def fill(
    db: sqlite3.Connection,
    concepts: Iterable[Concept],
    sources: Mapping[str, Source],
    vocabulary: Mapping[str, Any],
    retired: Mapping[str, Any],
    meta: Mapping[str, str],
) -> None:
    """Fill an empty database; see `compile_base`."""
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("PRAGMA synchronous=OFF")
    db.executescript((files("glossary.termbase") / "schema.sql").read_text(encoding="utf-8"))
    ordered = sorted(concepts, key=lambda c: (_pinyin_order(c), c.id))
    number = {concept.id: n for n, concept in enumerate(ordered, 1)}
    patterns: dict[str, tuple[str, list[int]]] = {}
    for n, concept in enumerate(ordered, 1):
        _add_concept(db, n, concept)
        _add_patterns(patterns, n, concept)
        _add_relations(db, n, concept, number)
    db.executemany("INSERT INTO source VALUES (?, ?)", ((c, _json(plain(s))) for c, s in sources.items()))
    db.executemany("INSERT INTO retired VALUES (?, ?)", ((i, _json(r.get("to", []))) for i, r in retired.items()))
    texts = sorted(patterns)
    db.executemany(
        "INSERT INTO pattern VALUES (?, ?, ?, ?)",
        ((p, t, patterns[t][0], " ".join(map(str, patterns[t][1]))) for p, t in enumerate(texts)),
    )
    built = Automaton.build(texts)
    stored = built.serialize()
    if stored is not None:
        db.execute(
            "INSERT INTO automaton VALUES (?, ?, ?, ?)",
            (built.library, built.version, hashlib.sha256(stored).hexdigest(), stored),
        )
    lengths = sorted({len(t) for t in texts}, reverse=True)
    facts = {
        "pattern_lengths": " ".join(map(str, lengths)),
        "format": FORMAT,
        "concepts": str(len(ordered)),
        "vocabulary": _json(vocabulary),
        **meta,
    }
    db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())


def _add_concept(db: sqlite3.Connection, n: int, concept: Concept) -> None:
    data = concept_to(concept)
    for term in data["zh"]:
        term.setdefault("trad", to_traditional(term["text"], term.get("region", "")))
    db.execute(
        "INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            n,
            concept.id,
            concept.kind,
            concept.domains[0],
            concept.status,
            _pinyin_order(concept),
            english_key(concept.en[0].text) if concept.en else "",
            _json(data),
        ),
    )
    db.executemany("INSERT OR IGNORE INTO domain VALUES (?, ?)", ((d, n) for d in concept.domains))
    db.executemany(
        "INSERT OR IGNORE INTO key VALUES (?, ?, ?, ?, ?)",
        ((text, field, n, form, use) for text, field, form, use in concept_keys(concept)),
    )
    db.executemany("INSERT OR IGNORE INTO cited VALUES (?, ?)", ((r.cite, n) for r in concept.references()))
    # both scripts: what was typed in either is found as it stands
    forms = dict.fromkeys(
        key(f) for term in concept.zh for form in written_forms(term) for f in (form, to_simplified(form))
    )
    db.execute("INSERT INTO han (rowid, t) VALUES (?, ?)", (n, " ".join(map(bigrams, forms))))
    db.execute(
        "INSERT INTO english (rowid, term, definition) VALUES (?, ?, ?)",
        (
            n,
            " ; ".join(f"{t.text} {t.abbr}" for t in concept.en),
            " ".join((concept.definition.en, concept.literal, concept.note)),
        ),
    )


def _add_patterns(patterns: dict[str, tuple[str, list[int]]], n: int, concept: Concept) -> None:
    for term in concept.zh:
        for form in written_forms(term):
            text = fold(form).text
            # a single character as a term would mark half of any text
            if (len(text) > 1 or not HAN_RE.match(text)) and 0 < len(text) <= LONGEST_PATTERN:
                ns = patterns.setdefault(text, (term.pinyin, []))[1]
                if n not in ns:
                    ns.append(n)


def _add_relations(db: sqlite3.Connection, n: int, concept: Concept, number: Mapping[str, int]) -> None:
    for relation in concept.relations:
        target = number.get(relation.target)
        if target is not None:
            rows = [
                (n, relation.type, target, relation.note, 0),
                (target, relation.type, n, relation.note, 0 if relation.type in SYMMETRIC else 1),
            ]
            db.executemany("INSERT OR IGNORE INTO relation VALUES (?, ?, ?, ?, ?)", rows)


def _pinyin_order(concept: Concept) -> str:
    return unmark(concept.zh[0].pinyin)[0].replace("'", "").strip() if concept.zh else ""


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
