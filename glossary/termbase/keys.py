"""What a concept can be found by: every form, reading, set of initials and rendering, in the form to compare by.

| field | text | of |
| --- | --- | --- |
| `zh` | 情绪识别, 情緒識別, in every script and regional standard | a Chinese term |
| `zh-` | the simplified form backwards, to find what ends alike | a Chinese term |
| `tones` | qing2 xu4 shi2 bie2 | a reading |
| `plain` | qing xu shi bie (ü is v) | a reading |
| `loose` | joined, with sounds that are often confused made one: qinxusibie | a reading |
| `loose-` | loose, backwards | a reading |
| `letters` | the bare letters of a reading with Latin letters or digits in it: aishuangshiketang | a reading |
| `initials` | qxsb | a reading |
| `en` | emotion recognition | a rendering |
| `en=` | emotionrecognition: the rendering without blanks and hyphens | a rendering |
| `abbr` | er | a rendering's abbreviation |
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from glossary.text import english
from glossary.text.normalize import is_han, key
from glossary.text.pinyin import SYLLABLES, bare, term_syllables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Key = tuple[str, str]  # field, text
USES = {"preferred": 0, "admitted": 1, "superseded": 2, "deprecated": 3}
_LEADING = re.compile(r"^(?:the|a|an|to) ")
# Sounds that speakers of other varieties and learners confuse: retroflex and dental, front and back nasals. (n, l, r
# and f, h are swapped in the query instead: a typing error must not be hidden among them.)
_LOOSE = ((re.compile("([zcs])h"), r"\1"), (re.compile("(?<=[aei])ng$"), "n"))


def english_key(text: str) -> str:
    """English to compare by: words in one spelling, hyphens as blanks, no leading article or `to`."""
    return _LEADING.sub("", " ".join(english.words(text if text.isascii() else key(text))))


def loose_letters(text: str) -> str:
    """Letters that are no whole syllables, made alike as far as that goes without knowing where a syllable ends."""
    return re.sub("(?<=[aei])ng(?![aeiouv])", "n", _LOOSE[0][0].sub(r"\1", text))


def swapped(syllable: str) -> list[str]:
    """A syllable and what it may be meant for by who confuses n, l, r, or f, h before u."""
    first = syllable[:1]
    if first in "nlr":
        return [syllable, *(c + syllable[1:] for c in "nlr" if c != first and c + syllable[1:] in SYLLABLES)]
    if first in "fh":
        other = {"f": "h", "h": "f"}[first] + syllable[1:]
        more = [s for s in (other, other[0] + "u" + other[1:], other[0] + other[2:]) if s in SYLLABLES]
        return [syllable, *more]
    return [syllable]


def loose(syllables: Sequence[str]) -> str:
    """Syllables as one string in which often confused sounds are the same."""
    return "".join(map(_loose, syllables))


@cache
def _loose(syllable: str) -> str:
    for pattern, to in _LOOSE:
        syllable = pattern.sub(to, syllable)
    return syllable


def chinese_keys(forms: Sequence[str], simplified: str) -> Iterator[Key]:
    """Keys of a Chinese term: its written forms (both scripts) and its simplified form."""
    for form in forms:
        yield "zh", key(form)
    yield "zh-", key(simplified)[::-1]


Pairs = list[tuple[str, int]]


def syllables(text: str, reading: str) -> Pairs:
    """Syllables of a term's reading; [] where it is no pinyin (it is shown then but cannot be searched)."""
    try:
        return term_syllables(text, reading)
    except ValueError:
        return []


def reading_keys(text: str, reading: str, pairs: Pairs) -> Iterator[Key]:
    """Keys of one reading of a term; `pairs` are its syllables."""
    plain = [s for s, _ in pairs]
    if pairs:
        alike = loose(tuple(plain))
        yield "tones", " ".join([f"{s}{t}" for s, t in pairs])
        yield "plain", " ".join(plain)
        yield "loose", alike
        yield "loose-", alike[::-1]
        yield "initials", "".join([s[0] for s in plain if s != "r"])
    if not all(map(is_han, text)):
        whole = letters(reading)
        if whole and whole != "".join(plain):
            yield "letters", whole


def rendering_keys(text: str, abbr: str) -> Iterator[Key]:
    """Keys of an English rendering and its abbreviation."""
    wanted = english_key(text)
    if wanted:
        yield "en", wanted
        if " " in wanted:
            yield "en=", wanted.replace(" ", "")
    if abbr:
        short = english_key(abbr)
        yield "abbr", short
        if " " in short:
            yield "en=", short.replace(" ", "")


def letters(reading: str) -> str:
    """A reading as bare letters and digits, Latin parts included: `AI shuāngshī` → aishuangshi."""
    return "".join(c for c in bare(key(reading)) if c.isascii() and c.isalnum())


def sound_tokens(syllables: Sequence[str]) -> str:
    """Tokens for the index of sounds: each pair of neighbouring syllables (`qing0xu`), the last one alone.

    Pairs, because single syllables are so frequent that a phrase of them takes long in a large base.
    """
    return " ".join([*(f"{a}0{b}" for a, b in pairwise(syllables)), *syllables[-1:]])


def bigrams(text: str) -> str:
    """Tokens for the infix index: each pair of neighbouring Han characters, the last one alone; Latin runs whole."""
    out: list[str] = []
    latin = ""
    for i, char in enumerate(text):
        if char.isascii() and char.isalnum():
            latin += char
            continue
        if latin:
            out.append(latin)
            latin = ""
        if is_han(char):
            pair = text[i : i + 2]
            out.append(pair if len(pair) == 2 and is_han(pair[1]) else char)
    return " ".join([*out, latin] if latin else out)
