"""Exports of the curated base: seconds for each format; and what jieba makes of our dictionary in running text."""

from __future__ import annotations

import io
import logging
import statistics
import time

import jieba

from glossary import Glossary

ROUNDS = 3


def main() -> None:
    """Print both tables."""
    glossary = Glossary.open()
    print("exports of", len(glossary), "concepts, both scripts, median of", ROUNDS)
    for name, format in glossary.formats().items():
        if format.writes:
            print("  {:<12} wall {:5.2f} s   CPU {:5.2f} s   {:9,} bytes".format(name, *_export(glossary, name)))
    _jieba(glossary)


def _export(glossary: Glossary, name: str) -> tuple[float, float, int]:
    walls, cpus, size = [], [], 0
    for _ in range(ROUNDS):
        file = io.BytesIO()
        wall, cpu = time.perf_counter(), time.process_time()
        glossary.export(name, file, script="both")
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        size = len(file.getvalue())
    return statistics.median(walls), statistics.median(cpus), size


def _jieba(glossary: Glossary) -> None:
    """How many of the terms in the base's own Chinese stay whole, and how many are found across two words."""
    jieba.setLogLevel(logging.WARNING)
    file = io.BytesIO()
    glossary.export("jieba", file)
    words = [line.split(" ")[0] for line in file.getvalue().decode().splitlines()]
    dictionaries = {
        "jieba alone": b"",
        "with our dictionary": file.getvalue(),
        "with 100,000 for each": "".join(f"{w} 100000\n" for w in words).encode(),
    }
    known = set(words)
    texts = [text for c in glossary for text in (c.definition.zh, c.note) if text]
    annotations = [glossary.annotate(text) for text in texts]
    print("terms in running text, as the base's own definitions and notes have them")
    for name, data in dictionaries.items():
        tokenizer = jieba.Tokenizer()
        tokenizer.load_userdict(io.BytesIO(data))
        total = whole = across = 0
        for annotation in annotations:
            at, cut = 0, set()
            for word in tokenizer.cut(annotation.text):
                cut.add((at, at + len(word)))
                at += len(word)
            wanted = {(m.start, m.end) for m in annotation.matches if m.text in known}
            ours = [(t.start, t.end) for t in annotation.tokens]
            total += len(wanted)
            whole += len(wanted & cut)
            across += sum(
                any(a < start < b < end or start < a < end < b for a, b in ours)
                for start, end in cut - set(ours)
                if end - start > 1 and annotation.text[start:end] in known
            )
        print(f"  {name:<22} {whole / total:6.1%} of {total} whole, {across} across the border of two words")
    print()
