"""Pinyin of running text beside other engines, on the Chinese definitions and evaluation texts of this project.

Each engine gets the same documents of 10,000 characters in turn, in one process; CPU time, median of the rounds. Those
that are not installed are left out: `pip install pypinyin-dict cppinyin g2pM` brings them. Only the first two divide
words, know names and keep the terms whole.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from glossary import Glossary
from glossary.text.reading import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
COLD = """
import time
start = time.process_time()
{}
print((time.process_time() - start) * 1000)
"""
FIRST = {
    "glossary": "from glossary.text.reading import read_line; read_line('情绪识别在重庆')",
    "pypinyin": "from pypinyin import lazy_pinyin; lazy_pinyin('情绪识别在重庆')",
    "rjieba": "import rjieba; rjieba.Jieba().cut('情绪识别在重庆')",
}


def documents(glossary: Glossary, size: int = 10_000) -> list[str]:
    """Definitions and evaluation texts, every one once, in documents of some `size` characters."""
    texts = [c.definition.zh for c in glossary if c.definition.zh]
    lines = (DATA / "recognition.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [entry["text"] for entry in map(json.loads, lines) if entry.get("lang") != "en"]
    whole = "\n".join(texts)
    return [whole[at : at + size] for at in range(0, len(whole), size)]


def engines(glossary: Glossary) -> dict[str, Callable[[str], object]]:
    """Every engine that is installed."""
    import rjieba
    from pypinyin import Style, lazy_pinyin

    out: dict[str, Callable[[str], object]] = {
        "glossary.pinyin": glossary.pinyin,
        "without terms": read_text,
        "rjieba, cutting only": rjieba.Jieba().cut,
        "pypinyin": lambda text: lazy_pinyin(text, style=Style.TONE3),
    }
    if find_spec("cppinyin"):
        import cppinyin

        out["cppinyin"] = cppinyin.Encoder().encode
    if find_spec("g2pM"):
        from g2pM import G2pM

        teacher = G2pM()
        out["g2pM"] = lambda text: [teacher(line) for line in text.split("\n") if line]
    if find_spec("pypinyin_dict"):
        out["pypinyin + CC-CEDICT"] = _with_cedict()
    return out


def _with_cedict() -> Callable[[str], object]:
    """Measured last: loading its phrases changes pypinyin for good."""

    def run(text: str) -> object:
        from pypinyin import Style, lazy_pinyin
        from pypinyin_dict.phrase_pinyin_data import cc_cedict

        if not loaded:
            cc_cedict.load()
            loaded.append(True)
        return lazy_pinyin(text, style=Style.TONE3)

    loaded: list[bool] = []
    return run


def main() -> None:
    """Print characters a second, ratios to pypinyin, and the time to the first reading."""
    glossary = Glossary.open()
    texts = documents(glossary)
    size = sum(map(len, texts))
    times: dict[str, list[float]] = {}
    found = engines(glossary)
    for name, engine in found.items():
        sample = texts[:2] if name == "g2pM" else texts
        rounds = []
        for _ in range(ROUNDS + 1):
            start = time.process_time()
            for text in sample:
                engine(text)
            rounds.append((time.process_time() - start) * size / sum(map(len, sample)))
        times[name] = rounds
    base = statistics.median(times["pypinyin"][1:])
    print(f"pinyin of {len(texts)} documents, {size} characters, median of {ROUNDS} after the first pass")
    for name, (first, *rounds) in times.items():
        later = statistics.median(rounds)
        print(
            f"  {name:<22} {size / later / 1000:8.0f} kchar/s  {base / later:6.1f} × pypinyin   "
            f"first pass {size / first / 1000:6.0f}"
        )
    for name, code in FIRST.items():
        runs = [
            float(subprocess.run([sys.executable, "-c", COLD.format(code)], capture_output=True, check=True).stdout)
            for _ in range(ROUNDS)
        ]
        print(f"  first reading, {name:<8} {statistics.median(runs):6.0f} ms of CPU")


if __name__ == "__main__":
    main()
