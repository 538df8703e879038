"""Annotation beside its peers, on the same text with the same terms: speed, and what each finds.

The text is made of the clauses of `tests/data/recognition.jsonl` (without the typographic traps) and of the report's
own terms, shuffled with a fixed seed; as documents of 10,000 characters, and line by line. Bases: the bundled one,
whose terms stand close in this text; words of CC-CEDICT, 5,000 drawn at random, and 120,000; with `1000000`, compounds
of two of them besides (half an hour); or the path of a compiled base. Each engine takes the forms of the base. Raw
daachorse, which gives tuples, is the limit.

All in one process and one thread, in turn, CPU time, best of the rounds, so that a busy machine disturbs little; only
the ratios are to be trusted. They do not give the same answer: how many of our matches each finds is printed beside
its speed.

    python -m benchmarks.annotate [bundled] [5000] [120000] [1000000] [BASE]
"""

from __future__ import annotations

import json
import logging
import random
import re
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.cold import measure
from benchmarks.scale import concepts
from glossary import Glossary
from glossary.termbase.automaton import Automaton
from glossary.termbase.compile import compile_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Engine = Callable[[list[str]], int]  # annotates texts, and says how many matches there are
    Spans = Callable[[str], set[tuple[int, int]]]

ROUNDS = 7
SIZE = 400_000  # characters
DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
TRAPS = {"break", "width", "zerowidth", "astral", "combining", "variant"}
FIRST = """
import sys
from glossary import Glossary
Glossary.open(*sys.argv[2:]).annotate("把情绪识别用于课堂，由公安机关负责。" * 20, borders=sys.argv[1] == "borders")
"""


def text_lines() -> list[str]:
    """Sentences of three clauses each, the same in every run."""
    clauses = [line.split("\t")[0] for line in (DATA / "report_runs.tsv").read_text(encoding="utf-8").splitlines()[2:]]
    for line in (DATA / "recognition.jsonl").read_text(encoding="utf-8").splitlines():
        value = json.loads(line)
        if value["kind"] not in TRAPS and re.search("[\u4e00-\u9fff]", value["text"]):
            clauses += [c for c in re.split("[，。；\n]", value["text"]) if c]
    rng = random.Random(7)
    out: list[str] = []
    while sum(map(len, out)) < SIZE:
        out.append("，".join(rng.choices(clauses, k=3)) + "。")
    return out


def bases(wanted: list[str], folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """(what it is called, its path) of each base; compiled ones say what that took."""
    for name in wanted:
        if name == "bundled":
            yield "bundled base", []
            continue
        if not name.isdigit():
            yield name, [Path(name)]
            continue
        size = int(name)
        chosen = random.Random(5).sample(list(concepts(120_000)), size) if size < 100_000 else concepts(size)
        start = time.process_time()
        compile_base(folder / f"{size}.db", chosen)
        seconds = time.process_time() - start
        yield f"{size:,} concepts, compiled in {seconds:.0f} s of CPU", [folder / f"{size}.db"]


def main(wanted: list[str]) -> None:
    """Print a table for each base."""
    lines = text_lines()
    whole = "\n".join(lines)
    documents = [whole[i : i + 10_000] for i in range(0, len(whole), 10_000)]
    with tempfile.TemporaryDirectory() as folder:
        for name, path in bases(wanted, Path(folder)):
            glossary = Glossary.open(*path)
            forms = glossary._stores[0]._pattern_texts("zh")
            print(f"{name}: {len(forms):,} forms")
            _speed(glossary, forms, documents, lines)
            _first(path)
            _processes(glossary, documents)
            print()


def _ours(glossary: Glossary) -> dict[str, Engine]:
    many, batches = glossary.annotate_many, glossary.annotate_batches
    return {
        "glossary, objects, no borders": lambda texts: sum(len(a.matches) for a in many(texts, borders=False)),
        "glossary, columns, no borders": lambda texts: sum(len(c) for c in batches(texts, borders=False)),
        "glossary, objects": lambda texts: sum(len(a.matches) for a in many(texts)),
        "glossary, columns": lambda texts: sum(len(c) for c in batches(texts)),
        "glossary, words (segment)": lambda texts: sum(len(glossary.segment(text)) for text in texts),
    }


def _speed(glossary: Glossary, forms: list[str], documents: list[str], lines: list[str]) -> None:
    peers = dict(_peers(forms))
    engines = _ours(glossary) | {name: engine for name, (engine, _) in peers.items()}
    units = {"documents": documents, "lines": lines}
    best = {(name, unit): float("inf") for name in engines for unit in units}
    for _ in range(ROUNDS):
        for unit, texts in units.items():
            for name, engine in engines.items():
                if name in SLOW and best[name, unit] < float("inf"):
                    continue  # once is enough for what takes seconds
                fresh = [text[:1] + text[1:] for text in texts]  # a text that is read once has no UTF-8 at hand
                start = time.process_time()
                engine(fresh)
                best[name, unit] = min(best[name, unit], time.process_time() - start)
    truth = [{(m.start, m.end) for m in glossary.annotate(text).matches} for text in documents]
    total = sum(map(len, truth))
    size = sum(len(text.encode()) for text in documents) / 1e6
    print(
        f"  {size:.2f} MB, {total / sum(map(len, documents)) * 1000:.0f} matches in 1,000 characters, best of {ROUNDS}"
    )
    print(f"  {'':<30}  documents of 10,000 characters    line by line")
    for name in engines:
        raw, mine = best[RAW, "documents"], best[name, "documents"]
        share = ""
        spans = peers[name][1] if name in peers else None
        if spans:
            found = sum(len(spans(text) & t) for text, t in zip(documents, truth, strict=True))
            share = f"  finds {found / max(total, 1):.1%}"
        print(
            f"  {name:<30} {size / mine:7.1f} MB/s {raw / mine:6.2f} of raw   "
            f"{size / best[name, 'lines']:7.1f} MB/s {best[RAW, 'lines'] / best[name, 'lines']:6.2f} of raw{share}"
        )
    print(
        f"  objects beside rjieba alone: {best[RJIEBA, 'documents'] / best['glossary, objects', 'documents']:.2f} of it"
    )


RAW, RJIEBA, SPACY, JIEBA = "daachorse, raw", "rjieba alone", "spaCy PhraseMatcher", "jieba + user words"
SLOW = {SPACY, JIEBA}


def _each(find: Callable[[str], Any]) -> Engine:
    return lambda texts: sum(len(find(text)) for text in texts)


def _peers(forms: list[str]) -> Iterator[tuple[str, tuple[Engine, Spans | None]]]:
    import flashtext2
    import rjieba

    raw, other = Automaton.build(forms, "daachorse"), Automaton.build(forms, "ahocorasick_rs")
    yield RAW, (_each(raw.find), lambda text: {(s, e) for s, e, _ in raw.find(text)})
    yield "ahocorasick-rs, raw", (_each(other.find), None)
    yield RJIEBA, (_each(rjieba.Jieba().cut), None)
    keywords = flashtext2.KeywordProcessor(case_sensitive=True)
    for form in forms:
        keywords.add_keyword(form)
    find = keywords.extract_keywords_with_span
    yield "flashtext2", (_each(find), lambda text: _located(text, [word for word, _, _ in find(text)]))
    yield JIEBA, _jieba(forms)
    if len(forms) < 500_000:  # it would take gigabytes
        yield SPACY, _spacy(forms)


def _located(text: str, words: list[str]) -> set[tuple[int, int]]:
    """Where words stand that were found in this order; flashtext2's own offsets go wrong after some characters."""
    out = set()
    at = 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        out.add((start, at))
    return out


def _jieba(forms: list[str]) -> tuple[Engine, Spans]:
    """Segment with the terms as user words, then look each word up."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    for form in forms:
        cutter.add_word(form)
    known = set(forms)

    def find(text: str) -> set[tuple[int, int]]:
        return {(s, e) for w, s, e in cutter.tokenize(text) if w in known}

    return _each(find), find


def _spacy(forms: list[str]) -> tuple[Engine, Spans]:
    """Match phrases over the tokens of a blank Chinese pipeline (one token a character), longest first."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("zh")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("TERM", list(nlp.pipe(forms)))

    def find(text: str) -> set[tuple[int, int]]:
        return {(s.start_char, s.end_char) for s in filter_spans(matcher(nlp.make_doc(text), as_spans=True))}

    return _each(find), find


def _first(path: list[Path]) -> None:
    """CPU of a process that opens the base and annotates 360 characters, less that of a bare Python."""
    for how in ("no borders", "borders"):
        command = [sys.executable, "-c", FIRST, how, *map(str, path)]
        subprocess.run(command, check=True)
        mine, bare = (min(measure(c)[1] for _ in range(ROUNDS)) for c in (command, [sys.executable, "-c", "pass"]))
        print(f"  opening and first annotation, {how:<11} {(mine - bare) * 1000:6.0f} ms of CPU over a bare Python")


def _processes(glossary: Glossary, documents: list[str]) -> None:
    """Columns of 60 times the text, with one process and with two; this is wall time."""
    spent = {}
    for workers in (1, 2):
        start = time.perf_counter()
        for _ in glossary.annotate_batches(documents * 60, workers=workers):
            pass
        spent[workers] = time.perf_counter() - start
    print(f"  two processes, their start included: {spent[1] / spent[2]:.2f} times one ({spent[1]:.1f} s, wall time)")


run = partial(main, ["bundled", "5000"])

if __name__ == "__main__":
    main(sys.argv[1:] or ["bundled", "5000", "120000"])
