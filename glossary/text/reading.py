"""A reading for running text that no entry covers: a guess, written by word, dictionary tones.

pypinyin chooses the reading of each character by its phrase tables; the tone sandhi that those tables write for
一 and 不 is taken back, as GB/T 16159 asks. What entries say always wins (see `glossary.match.annotate`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from glossary.text.normalize import has_han, is_han
from glossary.text.pinyin import join, word_syllables

_PLAIN_TONE = {"一": ("yi", 1), "不": ("bu", 4)}


def _each_character(chars: str) -> Any:
    """What pypinyin cannot read comes back character by character (its types know only one string for all)."""
    return list(chars)


@lru_cache(maxsize=65536)
def read_word(word: str) -> str:
    """The reading of one word with tone marks, joined (`重庆` → chóngqìng); "" where it has no Han character."""
    if not has_han(word):
        return ""
    from pypinyin import Style, lazy_pinyin

    pieces: list[str] = []
    run: list[tuple[str, int]] = []
    at = 0
    for piece in lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True, errors=_each_character):
        char = word[at] if at < len(word) else ""
        at += 1
        if not char or not is_han(char):
            pieces += [join(run), char] if run else [char]
            run = []
            continue
        if char in _PLAIN_TONE:
            run.append(_PLAIN_TONE[char])
            continue
        try:
            run.extend(word_syllables(piece))
        except ValueError:  # a character that pypinyin does not know comes back as it is
            pieces += [join(run), char] if run else [char]
            run = []
    if run:
        pieces.append(join(run))
    return "".join(pieces)


def read_words(words: list[str]) -> str:
    """The readings of several words, with blanks between; other text stands as it is."""
    return " ".join(filter(None, (read_word(w) or w.strip() for w in words)))


def possible_readings(char: str) -> frozenset[tuple[str, int]]:
    """Every (syllable, tone) that pypinyin's character table knows for one character."""
    from pypinyin import Style, pinyin

    out: set[tuple[str, int]] = set()
    for reading in pinyin(
        char, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True, v_to_u=True, errors="ignore"
    ):
        for one in reading:
            try:
                out.update(word_syllables(one))
            except ValueError:
                continue
    return frozenset(out)
