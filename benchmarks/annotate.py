"""Annotating the report's own Chinese, repeated to 1 MB, beside two peers.

They are jieba with the terms as user dictionary and spaCy's PhraseMatcher; daachorse and rjieba alone are the limit.
Each gets the same terms and the same text,
in turn, in one process; CPU time, median of the rounds. They do not give the same answer: how many of our matches each
finds is printed beside its speed.
"""

from __future__ import annotations

import logging
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from glossary import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
RUNS = Path(__file__).resolve().parent.parent / "tests" / "data" / "report_runs.tsv"


def text_of_report(size: int = 1_000_000) -> str:
    """The report's runs of Chinese characters, one clause each, repeated to `size` bytes of UTF-8."""
    runs = [line.split("\t")[0] for line in RUNS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    once = "，".join(runs) + "。\n"
    return once * (size // len(once.encode()) + 1)


def main() -> None:
    """Print speed, ratio to jieba, and the share of our matches that each peer finds."""
    glossary = Glossary.open()
    text = text_of_report()
    terms = sorted({form for concept in glossary for t in concept.zh for form in (t.text, t.trad) if len(form) > 1})
    truth = {(m.start, m.end) for m in glossary.annotate(text).matches}
    engines: dict[str, Callable[[], set[tuple[int, int]]]] = {
        "glossary.annotate": lambda: {(m.start, m.end) for m in glossary.annotate(text).matches},
        "  without borders": lambda: {(m.start, m.end) for m in glossary.annotate(text, borders=False).matches},
        "daachorse, raw": raw_engine(terms, text),
        "rjieba, raw": rjieba_engine(text),
        "glossary.segment": lambda: {(w.start, w.end) for w in glossary.segment(text) if w.id},
        "jieba + user words": jieba_engine(terms, text),
        "spaCy PhraseMatcher": spacy_engine(terms, text),
    }
    times: dict[str, list[float]] = {name: [] for name in engines}
    found: dict[str, set[tuple[int, int]]] = {}
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            start = time.process_time()
            found[name] = engine()
            times[name].append(time.process_time() - start)
    size = len(text.encode()) / 1e6
    base = times["jieba + user words"]
    print(f"{len(terms)} forms, {size:.2f} MB, {len(truth)} matches, median of {ROUNDS}")
    for name, seconds in times.items():
        ratio = statistics.median(b / s for b, s in zip(base, seconds, strict=True))
        share = len(found[name] & truth) / len(truth)
        print(f"  {name:<20} {size / statistics.median(seconds):8.2f} MB/s   {ratio:6.1f} × jieba   finds {share:6.1%}")


def raw_engine(terms: list[str], text: str) -> Callable[[], set[tuple[int, int]]]:
    """The automaton alone, no object for a match: the limit."""
    import daachorse

    machine = daachorse.CharwiseDoubleArrayAhoCorasick(terms, match_kind=daachorse.MATCH_KIND_LEFTMOST_LONGEST)
    return lambda: {(s, e) for s, e, _ in machine.find(text)}


def rjieba_engine(text: str) -> Callable[[], set[tuple[int, int]]]:
    """Segmentation alone; it knows no terms."""
    import rjieba

    cutter = rjieba.Jieba()

    def run() -> set[tuple[int, int]]:
        cutter.cut(text)
        return set()

    return run


def jieba_engine(terms: list[str], text: str) -> Callable[[], set[tuple[int, int]]]:
    """Segment with the terms as user words, then look each word up."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    for term in terms:
        cutter.add_word(term)
    known = set(terms)
    return lambda: {(s, e) for w, s, e in cutter.tokenize(text) if w in known}


def spacy_engine(terms: list[str], text: str) -> Callable[[], set[tuple[int, int]]]:
    """Match phrases over the tokens of a blank Chinese pipeline (one token a character), longest first."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("zh")
    nlp.max_length = len(text) + 1
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("TERM", list(nlp.pipe(terms)))

    def run() -> set[tuple[int, int]]:
        doc = nlp.make_doc(text)
        return {(s.start_char, s.end_char) for s in filter_spans(matcher(doc, as_spans=True))}

    return run


if __name__ == "__main__":
    main()
