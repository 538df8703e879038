"""Tones as they are spoken, for learners: what happens to 一, to 不 and to third tones beside others.

Running text is written with dictionary tones (GB/T 16159); this is only for teaching, where the standard allows it.
一 is yí before a fourth tone and yì before the others, but yī in numbers, after 第 and at the end of a word; 不 is bú
before a fourth tone; of third tones in a row all but the last become second tones, within a word and from a word of one
syllable to the next. Longer runs depend on how a sentence is phrased; they are read as one group.
"""

from __future__ import annotations

from itertools import pairwise

from glossary.text.normalize import han_characters
from glossary.text.numerals import DIGITS, NUMERAL
from glossary.text.pinyin import join, term_syllables, word_syllables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class _Syllable:
    """One syllable: as it is written, and the tone that it is spoken with."""

    __slots__ = ("char", "letters", "spoken", "tone")

    def __init__(self, letters: str, tone: int, char: str) -> None:
        self.letters, self.tone, self.spoken, self.char = letters, tone, tone, char


def spoken(words: Sequence[tuple[str, str]]) -> list[str]:
    """The readings of (word, reading) as they are spoken; what has no reading, or none that fits, stays."""
    found = [_syllables(word, reading) for word, reading in words]
    for n, mine in enumerate(found):
        following = found[n + 1][:1] if n + 1 < len(found) else []
        run = mine + following if len(mine) == 1 else mine
        _one_and_not(mine, mine + following)
        for this, after in pairwise(run):
            if this.tone == after.tone == 3 and this in mine:
                this.spoken = 2
    return [_write(reading, mine) if mine else reading for (_, reading), mine in zip(words, found, strict=True)]


def _syllables(word: str, reading: str) -> list[_Syllable]:
    """The syllables of a word; none where they do not fit its characters."""
    chars = han_characters(word)
    try:
        pairs = term_syllables(word, reading) if reading else []
    except ValueError:
        return []
    return [_Syllable(s, t, c) for (s, t), c in zip(pairs, chars, strict=True)] if len(pairs) == len(chars) else []


def _one_and_not(mine: list[_Syllable], run: list[_Syllable]) -> None:
    for k, (this, after) in enumerate(pairwise(run)):
        if this.char == "不" and this.letters == "bu" and after.tone == 4:
            this.spoken = 2
        elif this.char == "一" and this.tone == 1 and after.char not in DIGITS:
            before = run[k - 1].char if k else ""
            last = k + 1 == len(mine) > 1  # 统一 tǒngyī, whatever follows
            if before not in NUMERAL and before != "第" and not last:
                this.spoken = 2 if after.tone == 4 else 4 if after.tone < 4 else 1


def _write(reading: str, syllables: list[_Syllable]) -> str:
    """The reading again with the tones as spoken: word division, capitals and hyphens stay."""
    out, at = [], 0
    for word in reading.split(" "):
        parts = []
        for part in word.split("-"):
            try:
                size = len(word_syllables(part))
            except ValueError:
                size = 0
            mine = syllables[at : at + size]
            at += size
            parts.append(join([(s.letters, s.spoken) for s in mine], part[:1].isupper()) if mine else part)
        out.append("-".join(parts))
    return " ".join(out)
