"""Readings, scored on three sets of `tests/data`: words and phrases, one polyphone a sentence, whole sentences.

All three were written without looking at what the glossary reads; `tests/data/README.md` says how.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from glossary import Glossary
from glossary.text import pinyin as p

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"


@dataclass
class Score:
    """How many of one kind are right; `lost` are the others. `close` counts right sounds, words and capitals aside."""

    n: int = 0
    right: float = 0
    close: float = 0
    lost: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that is right in every point."""
        return self.right / self.n

    @property
    def sounds(self) -> float:
        """The share with the right syllables and tones, however they are divided and capitalised."""
        return self.close / self.n


def rows(name: str) -> list[list[str]]:
    """The lines of one set, without comments and header, cut at tabs."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]


def score_words(glossary: Glossary) -> dict[str, Score]:
    """Words and phrases (`readings.tsv`) by kind."""
    out: dict[str, Score] = defaultdict(Score)
    for text, pinyin, kind, *_ in rows("readings.tsv"):
        got, wanted = glossary.pinyin(text), pinyin.split(" | ")
        mine = out[kind]
        mine.n += 1
        mine.right += got in wanted
        mine.close += _letters(got) in map(_letters, wanted)
        if got not in wanted:
            mine.lost.append(f"{text}: {got}, not {pinyin}")
    return dict(out)


def score_polyphones(glossary: Glossary) -> dict[str, Score]:
    """The marked polyphones (`polyphones.tsv`) by character. Neutral and full tone are different readings."""
    out: dict[str, Score] = defaultdict(Score)
    for marked, wanted in rows("polyphones.tsv"):
        at, text = marked.index("▁"), marked.replace("▁", "")
        got = _reading_at(glossary, text, at)
        mine = out[text[at]]
        mine.n += 1
        mine.right += got == wanted
        mine.close += got[:-1] == wanted[:-1]
        if got != wanted:
            mine.lost.append(f"{marked}: {got}, not {wanted}")
    return dict(out)


def _reading_at(glossary: Glossary, text: str, at: int) -> str:
    """The reading of one character, as the word that holds it is read; "" where the word is not read by character."""
    word = next(w for w in glossary.segment(text) if w.start <= at < w.end)
    han = [i for i in range(word.start, word.end) if "\u3400" <= text[i] <= "\u9fff"]
    syllables = [s for part in re.split(r"[\s·-]+", word.pinyin) if part for s in p.word_syllables(part)]
    if len(han) != len(syllables):
        return ""
    letters, tone = syllables[han.index(at)]
    return f"{letters.replace('ü', 'v')}{tone or 5}"


def score_sentences(glossary: Glossary) -> Score:
    """Whole sentences (`romanised.tsv`): `right` is the F1 of their words, `close` the share of right sounds."""
    mine = Score()
    for text, pinyin in rows("romanised.tsv"):
        got = _words(glossary.pinyin(text))
        best = max((_words(w) for w in pinyin.split(" | ")), key=lambda w: _agreement(got, w))
        mine.n += 1
        mine.right += _agreement(got, best)
        mine.close += _letters(" ".join(got)) == _letters(" ".join(best))
        if got != best:
            mine.lost.append(f"{text} {' '.join(got)}, not {' '.join(best)}")
    return mine


def _words(pinyin: str) -> list[str]:
    """The words of a sentence without punctuation, the first as in the middle of a sentence."""
    words = [w for w in re.sub(r"[^\w'’·-]+", " ", pinyin).split() if w]
    return [words[0][:1].lower() + words[0][1:], *words[1:]] if words else []


def _agreement(got: list[str], wanted: list[str]) -> float:
    """F1 of the words that stand in both, in order; 1 is the same sentence."""
    same = sum(b.size for b in SequenceMatcher(None, got, wanted, autojunk=False).get_matching_blocks())
    return 2 * same / (len(got) + len(wanted))


def _letters(pinyin: str) -> str:
    return re.sub(r"[\s'’·-]+", "", pinyin).lower()


def total(scores: dict[str, Score]) -> Score:
    """All kinds together."""
    n, right, close = (sum(getattr(s, name) for s in scores.values()) for name in ("n", "right", "close"))
    return Score(n, right, close, [line for s in scores.values() for line in s.lost])


def main(show_lost: bool = False) -> None:
    """Print a table by set and kind."""
    glossary = Glossary.open()
    words, polyphones, sentences = score_words(glossary), score_polyphones(glossary), score_sentences(glossary)
    print(f"{'readings':<24} {'n':>5} {'right':>7} {'sounds':>7}")
    shown = [
        *sorted(words.items()),
        ("words, all", total(words)),
        ("polyphones", total(polyphones)),
        ("sentences", sentences),
    ]
    for kind, mine in shown:
        print(f"{kind:<24} {mine.n:>5} {mine.share:7.1%} {mine.sounds:7.1%}")
        if show_lost and kind != "words, all":
            print("".join(f"      {line}\n" for line in mine.lost), end="")
    print()


if __name__ == "__main__":
    import sys

    main(show_lost="--lost" in sys.argv)
