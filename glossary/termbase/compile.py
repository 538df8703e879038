"""Concepts → a compiled base.

Concepts are taken as they come, in batches; what must be sorted is sorted by SQLite outside memory, so a million
concepts need no more memory than a thousand, but for the automaton, which holds every written form once.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from glossary.model import SYMMETRIC, concept_to, plain
from glossary.termbase.automaton import Automaton
from glossary.termbase.facet import facets
from glossary.termbase.forms import english_forms
from glossary.termbase.keys import USES, bigrams, chinese_keys, reading_keys, rendering_keys, sound_tokens, syllables
from glossary.termbase.store import FORMAT, PATTERNS
from glossary.termbase.watched import cases, runs, watched_by
from glossary.text import english
from glossary.text.character import characters
from glossary.text.normalize import fold, half_width, key, typographies
from glossary.text.pinyin import bare
from glossary.text.script import spellings, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from glossary.model import Concept, Source

LONGEST_PATTERN = 200  # code points; nobody's term is longer, and one automaton library hangs on very long patterns
BATCH = 2000
MOST_ENGLISH = 500_000  # English patterns; the automaton of more takes gigabytes and is made when it is first asked for
_SCRATCH = """
CREATE TEMP TABLE raw_key (field, text, n, term, use);
CREATE TEMP TABLE raw_pattern (text, pinyin, n, rank);
CREATE TEMP TABLE raw_english (text, written, n, rank);
CREATE TEMP TABLE raw_relation (n, type, target, note);
"""
_SORT = """
INSERT OR IGNORE INTO key SELECT field, text, n, term, use FROM raw_key ORDER BY field, text, n, term;
INSERT INTO pattern SELECT row_number() OVER (PARTITION BY single ORDER BY text) * (1 - 2 * single) + single - 1,
  text, pinyin, ns FROM (
  SELECT text, pinyin, min(rank), group_concat(n, ' ') AS ns, length(text) = 1 AND unicode(text) >= 0x3400 AS single
  FROM (
    SELECT text, pinyin, n, min(rank) AS rank FROM raw_pattern GROUP BY text, n ORDER BY text, rank, n)
  GROUP BY text ORDER BY text);
INSERT INTO english_pattern SELECT row_number() OVER (ORDER BY text) - 1, text, written, ns FROM (
  SELECT text, min(written) AS written, group_concat(n, ' ') AS ns FROM (
    SELECT text, min(written) AS written, n, min(rank) AS rank FROM raw_english GROUP BY text, n ORDER BY text, rank, n)
  GROUP BY text ORDER BY text);
CREATE UNIQUE INDEX concept_id ON concept (id);
CREATE INDEX concept_pinyin ON concept (pinyin, n);
CREATE INDEX concept_english ON concept (english, n);
CREATE INDEX facet_n ON facet (n, field, value);
CREATE UNIQUE INDEX pattern_text ON pattern (text);
INSERT OR IGNORE INTO relation SELECT r.n, r.type, c.n, r.note, 0 FROM raw_relation r JOIN concept c ON c.id = r.target;
DROP TABLE raw_key;
DROP TABLE raw_pattern;
DROP TABLE raw_english;
DROP TABLE raw_relation;
"""


def compile_base(
    path: Path,
    concepts: Iterable[Concept],
    sources: Mapping[str, Source] | None = None,
    vocabulary: Mapping[str, Any] | None = None,
    retired: Mapping[str, Any] | None = None,
    meta: Mapping[str, str] | None = None,
    everyday: Mapping[str, Iterable[str]] | None = None,
    wordings: Mapping[str, list[str]] | None = None,
    *,
    running: bool = True,
) -> None:
    """Write a compiled base to `path`: whole or not at all (it is made beside it and then moved there).

    Without `running` it can be searched but finds nothing in running text; it is made sooner and smaller.
    """
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.unlink(missing_ok=True)
    db = sqlite3.connect(scratch)
    try:
        fill(
            db,
            concepts,
            sources or {},
            vocabulary or {},
            retired or {},
            meta or {},
            everyday,
            wordings,
            running=running,
        )
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
    everyday: Mapping[str, Iterable[str]] | None = None,
    wordings: Mapping[str, list[str]] | None = None,
    *,
    running: bool = True,
) -> None:
    """Fill an empty database; see `compile_base`."""
    db.execute("PRAGMA journal_mode=OFF")
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA cache_size=-65536")
    db.executescript((files("glossary.termbase") / "schema.sql").read_text(encoding="utf-8") + _SCRATCH)
    count = 0
    written: dict[str, set[str]] = {}
    words: set[str] = set()
    plain_words: set[str] = set()
    worded: dict[str, list[str]] = {}
    others = variants()
    printed = str.maketrans(others)
    dates = {cite: source.date[:4] for cite, source in sources.items() if source.date}
    entries = iter(concepts)
    while batch := list(islice(entries, BATCH)):
        filled = _Batch(db, words, printed if running else None, dates, everyday or {}, wordings or {})
        filled.add(count + 1, batch)
        plain_words |= filled.everyday
        for run, ways in filled.written.items():
            written.setdefault(run, set()).update(ways)
        for form, said in filled.wordings.items():
            worded.setdefault(form, []).extend(said)
        count += len(batch)
    cased = _add_cases(db, written)
    db.executescript(_SORT)
    inverses = [
        (target, kind, n, note, 0 if kind in SYMMETRIC else 1)
        for n, kind, target, note in db.execute("SELECT n, type, target, note FROM relation").fetchall()
    ]
    db.executemany("INSERT OR IGNORE INTO relation VALUES (?, ?, ?, ?, ?)", inverses)
    db.executemany("INSERT INTO word VALUES (?)", ((w,) for w in sorted(words)))
    db.executemany("INSERT INTO character VALUES (?, ?, ?)", characters())
    db.executemany("INSERT INTO source VALUES (?, ?)", ((c, _json(plain(s))) for c, s in sources.items()))
    db.executemany("INSERT INTO retired VALUES (?, ?)", ((i, _json(r.get("to", []))) for i, r in retired.items()))
    watched = watched_by([text for (text,) in db.execute("SELECT text FROM pattern WHERE p >= 0")], others, cased)
    lengths = _store_automaton(db, watched["characters"])
    facts = {
        "format": FORMAT,
        "concepts": str(count),
        "vocabulary": _json(vocabulary),
        "pattern_lengths": lengths,
        "variants": "".join(a + b for a, b in others.items()),
        "everyday": "\n".join(sorted(plain_words)),
        "watched": _json(watched),
        "wordings": _json(worded),
        **meta,
    }
    db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
    db.execute("INSERT INTO han(han) VALUES ('optimize')")
    db.execute("INSERT INTO english(english) VALUES ('optimize')")
    db.commit()


def _add_cases(db: sqlite3.Connection, written: Mapping[str, set[str]]) -> set[str]:
    """Add the Chinese patterns with Latin letters in other cases; returns the runs of letters they are all in."""
    latin = [text for (text,) in db.execute("SELECT DISTINCT text FROM raw_pattern") if runs(text)]
    further, cased = cases(latin, written)
    rows = [(new, text) for text, made in further.items() for new in made]
    copy = "INSERT INTO raw_pattern SELECT ?, pinyin, n, rank FROM raw_pattern WHERE text = ?"
    db.executemany(copy, rows)
    return cased


def _store_automaton(db: sqlite3.Connection, watched: str) -> str:
    """Build and store the automata; returns the lengths that patterns have, the longest first."""
    lengths: set[int] = set()
    for lang, table in PATTERNS.items():
        if lang == "en" and db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > MOST_ENGLISH:
            continue
        texts = [text for (text,) in db.execute(f"SELECT text FROM {table} WHERE p >= 0 ORDER BY p")]
        built = Automaton.build(texts, "", lang == "en", watched if lang == "zh" else "")
        stored = built.serialize()
        if stored is not None:
            digest = hashlib.sha256(stored).hexdigest()
            row = lang, built.library, built.version, digest, stored
            db.execute("INSERT INTO automaton VALUES (?, ?, ?, ?, ?)", row)
        if lang == "zh":
            lengths = {len(t) for t in texts}
    return " ".join(map(str, sorted(lengths, reverse=True)))


class _Batch:
    """Rows of one batch of concepts, collected and then written table by table."""

    def __init__(
        self,
        db: sqlite3.Connection,
        words: set[str],
        variants: dict[int, str] | None,
        dates: dict[str, str],
        everyday: Mapping[str, Iterable[str]],
        wordings: Mapping[str, list[str]],
    ) -> None:
        self._db, self._words = db, words
        self._everyday = everyday
        self.everyday: set[str] = set()  # the patterns of those words
        self.written: dict[str, set[str]] = {}  # runs of letters with capitals, by what they are in small letters
        self._wordings = wordings
        self.wordings: dict[str, list[str]] = {}  # the same by every written form
        self._dates, self._latest = dates, max(dates.values(), default="")
        self._variants = variants  # None: nothing will be looked for in running text
        self._keys: list[tuple[str, str, int, int, int]] = []
        self._patterns: list[tuple[str, str, int, int]] = []
        self._forms: list[tuple[str, int, int, int]] = []
        self._facets: list[tuple[str, str, int]] = []
        self._relations: list[tuple[int, str, str, str]] = []
        self._concepts: list[tuple[Any, ...]] = []
        self._han: list[tuple[int, str, str, str]] = []
        self._english: list[tuple[int, str, str]] = []

    def add(self, first: int, concepts: list[Concept]) -> None:
        """Write the concepts, numbered from `first`."""
        forms = spellings([t.text for c in concepts for t in c.zh])
        for n, concept in enumerate(concepts, first):
            self._concept(n, concept, forms)
        many = self._db.executemany
        many("INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._concepts)
        many("INSERT INTO raw_key VALUES (?, ?, ?, ?, ?)", self._keys)
        many("INSERT INTO raw_pattern VALUES (?, ?, ?, ?)", self._patterns)
        many("INSERT INTO raw_english VALUES (?, ?, ?, ?)", self._forms)
        many("INSERT INTO raw_relation VALUES (?, ?, ?, ?)", self._relations)
        many("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", self._facets)
        many("INSERT INTO han (rowid, form, sound, prose) VALUES (?, ?, ?, ?)", self._han)
        many("INSERT INTO english (rowid, term, definition) VALUES (?, ?, ?)", self._english)

    def _note_capitals(self, form: str) -> None:
        if form.lower() != form:
            for run in runs(half_width(form)):
                if run.lower() != run:
                    self.written.setdefault(run.lower(), set()).add(run)

    def _concept(self, n: int, concept: Concept, forms: Mapping[str, list[str]]) -> None:
        data = concept_to(concept)
        references = concept.references()
        weight = len(references) + len(concept.relations)
        # a form without wordings of its own has those of the concept's other forms
        said = [w for term in concept.zh for w in self._wordings.get(term.text, ())]
        infix: dict[str, None] = {}
        sounds: list[str] = []
        for i, term in enumerate(concept.zh):
            simplified, *others = forms[term.text]
            written = list(dict.fromkeys(filter(None, (term.text, term.trad, simplified, *others))))
            data["zh"][i].setdefault("trad", others[0])
            use = USES[term.use]
            self._keys += [(f, t, n, i, use) for f, t in chinese_keys(written, simplified)]
            for form in written if said else ():
                self.wordings.setdefault(form, []).extend(self._wordings.get(term.text, said))
            for form in written:
                compared = key(form)
                infix[bigrams(compared)] = None
                if self._variants is not None:
                    looked_for = _printed(form, self._variants)
                    self._note_capitals(form)
                    rank = _rank(use, i, weight, term.region, form != simplified)
                    self._patterns += [(printed, term.pinyin, n, rank) for printed in looked_for]
                    if term.text in self._everyday.get("zh", ()):
                        self.everyday.update(looked_for)
            pairs = syllables(term.text, term.pinyin)
            self._keys += [(f, t, n, i, use) for f, t in reading_keys(term.text, term.pinyin, pairs)]
            if term.pinyin_tw:
                other = syllables(term.text, term.pinyin_tw)
                self._keys += [(f, t, n, i, use) for f, t in reading_keys(term.text, term.pinyin_tw, other)]
            sounds.append(sound_tokens([s for s, _ in pairs]))
        english_order = ""
        for i, rendering in enumerate(concept.en):
            use = USES[rendering.use]
            found = list(rendering_keys(rendering.text, rendering.abbr))
            english_order = english_order or found[0][1] if found else ""
            self._keys += [(f, t, n, i, use) for f, t in found]
            if self._variants is None:
                continue
            rank = _rank(use, i, weight)
            found_forms = list(english_forms(rendering))
            self._forms += [(form, written, n, rank) for form, written in found_forms]
            if rendering.text in self._everyday.get("en", ()):
                self.everyday.update(form for form, _ in found_forms)
        terms = " ; ".join([english.tokens(f"{t.text} {t.abbr}" if t.abbr else t.text) for t in concept.en])
        self._words.update([w for w in terms.split() if len(w) > 2 and w.isalpha()])
        self._words.update([w for t in concept.en for w in t.text.lower().split() if len(w) > 2 and w.isalpha()])
        prose = " ".join(filter(None, (concept.definition.en, concept.literal, concept.note)))
        chinese = bigrams(key(f"{concept.definition.zh}\n{concept.note}"))
        self._han.append((n, " ".join(infix), " . ".join(sounds), chinese))
        self._english.append((n, terms, english.tokens(prose) if prose else ""))
        domain = concept.domains[0] if concept.domains else ""
        row = n, concept.id, concept.kind, domain, concept.status, pinyin_order(concept), english_order, weight
        self._concepts.append((*row, _json(data)))
        self._facets += [(f, v, n) for f, v in facets(data, (r.cite for r in references), self._dates, self._latest)]
        self._relations += [(n, r.type, r.target, r.note) for r in concept.relations]


def _printed(form: str, variants: dict[int, str]) -> Iterable[str]:
    """A Chinese form as it is looked for in running text."""
    text = fold(form).text.translate(variants)
    if text.strip() and len(text) <= LONGEST_PATTERN:
        return (text,) if text.isalnum() else typographies(text)
    return ()


def _rank(use: int, place: int, weight: int, region: str = "", traditional: bool = False) -> int:
    """Which of the concepts that share a form it stands for first.

    Those first for which it is used everywhere (提审: the questioning of a prisoner, in Taiwan habeas corpus), or in
    traditional characters those of Taiwan and Hong Kong (監視器: a camera); then by status, place in the entry, and how
    much is known of the concept.
    """
    local = region in ("TW", "HK")
    return (((local != traditional) * 10 + use) * 100 + place) * 1000 - min(weight, 999)


def in_order(concepts: Iterable[Concept]) -> list[Concept]:
    """Concepts in pinyin order; ties, and so the numbers in the base, do not depend on where the entries stand."""
    return sorted(concepts, key=lambda c: (pinyin_order(c), c.id))


def pinyin_order(concept: Concept) -> str:
    """The toneless reading of the first term, by which lists are ordered."""
    return bare(concept.zh[0].pinyin).replace("'", "").strip() if concept.zh else ""


def _json(data: Any) -> str:
    return msgspec.json.encode(data).decode()
