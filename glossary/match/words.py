"""The words of a text and their readings, and the line of pinyin that they make."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from glossary.text.normalize import half_width
from glossary.text.pinyin import respell, unmark
from glossary.text.reading import reader
from glossary.text.segment import cut_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary.match.annotation import Match, Term


class Words:
    """The words of a text, side by side: what they say, how they are read, which are terms."""

    __slots__ = ("joints", "readings", "terms", "texts")

    def __init__(
        self, texts: list[str], readings: list[str], joints: dict[int, str], terms: Mapping[int, Term]
    ) -> None:
        self.texts, self.readings, self.joints, self.terms = texts, readings, joints, terms


def words_of(text: str, matches: list[Match]) -> Words:
    """Cut a text into words that tile it and read them: terms whole with their own reading, the gaps as they are.

    Of nested or overlapping matches the first and longest is the word.
    """
    whole: list[Match] = []
    at = 0
    for match in matches:
        if match.start >= at:
            whole.append(match)
            at = match.end
    simple = reader().plain(text)
    texts, numbers = cut_around(simple, [(m.start, m.end) for m in whole])
    terms = {n: match.term for n, match in zip(numbers, whole, strict=True)}
    given = {n: term.pinyin for n, term in terms.items()}
    if simple is text:
        readings, joints = reader().read(texts, given)
    else:
        readings, joints = reader().read(texts, reader().certain(texts, text) | given)
        ends = list(accumulate(map(len, texts)))
        texts = [text[s:e] for s, e in zip([0, *ends], ends, strict=False)]
    return Words(texts, readings, joints, terms)


def usual_latin(data: dict[str, Any], pinyin: str) -> tuple[str, str] | None:
    """How a place or person whose name is not Chinese is usually written in Latin letters; None for all others.

    GB/T 16159 writes such names as their own language is romanised (Ürümqi, not Wūlǔmùqí). An entry is one where it is
    a place of the ethnic regions with one English word that is not its pinyin, and no short Chinese name of one
    character (藏, 港), or a person of those regions whose name has a dot between its parts. What follows the name in
    the term, such as 市, is read as usual: its reading comes second.
    """
    if "ethnic-region" not in data["domains"] or not data["zh"] or not data["en"]:
        return None
    first, en = data["zh"][0], data["en"][0]["text"]
    sound, name = (unmark(written)[0].replace("'", "").replace(" ", "") for written in (first["pinyin"], en))
    chinese = sound == name or any(len(t["text"]) == 1 for t in data["zh"])
    place = data["kind"] == "place" and en.isalpha() and not chinese
    person = data["kind"] == "person" and "·" in first["text"]
    if not (place or person) or not sound or not pinyin.startswith(first["pinyin"]):
        return None
    return en, pinyin[len(first["pinyin"]) :].strip()


_PUNCTUATION = {
    "，": ",",
    "、": ",",
    "。": ".",
    "；": ";",
    "：": ":",
    "！": "!",
    "？": "?",
    "（": "(",
    "）": ")",
    "《": "“",
    "》": "”",
    "〈": "‘",
    "〉": "’",
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "【": "[",
    "】": "]",
    "——": "—",
    "—": "—",
    "……": "…",
    "“": "“",
    "”": "”",
    "‘": "‘",
    "’": "’",
    "．": ".",
    "～": "~",
    "·": "·",
}
_CLOSE = set(",.;:!?)]”’…%}")
_OPEN = set("([“‘{")
_DOUBLE = frozenset("—…")
_INNER = frozenset("aoeāáǎàōóǒòēéěè")


@lru_cache(maxsize=65536)
def respelled(reading: str, style: str) -> str:
    """A reading in another style; see `text.pinyin.respell`."""
    return respell(reading, style)


@lru_cache(maxsize=4096)
def _mark(text: str) -> tuple[str, str, str]:
    """What a word without reading is in a line of pinyin, and the blank before and after it ("\\n": a new line)."""
    if not text.strip():
        return ("\n", "", "") if "\n" in text else ("", "", "")
    if text == "·":  # between the parts of a name
        return text, "", ""
    piece = _PUNCTUATION.get(text) or half_width(text)
    return piece, "" if piece[0] in _CLOSE else " ", "" if piece[-1] in _OPEN else " "


def _undoubled(rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Without the second half of a Chinese dash or ellipsis, which is one mark in Latin letters."""
    last = ""
    for row in rows:
        if row[0] != last or last not in _DOUBLE:
            yield row
        last = row[0]


def spell(words: Words, style: str = "marks", sandhi: bool = False) -> str:
    """Readings of words as one line: blanks between words, punctuation after GB/T 16159, line breaks kept.

    A place or person whose name is not Chinese is written as it usually is in Latin letters, but in zhuyin, in
    initials and in the libraries' spelling, which transcribe every character.
    """
    readings = words.readings
    if sandhi:
        from glossary.text.sandhi import spoken

        readings = spoken(list(zip(words.texts, readings, strict=True)))
    if style != "marks":
        readings = [respelled(reading, style) if reading else "" for reading in readings]
    blanks = [" "] * len(readings)
    if style not in ("zhuyin", "alalc"):
        for n, joint in words.joints.items():
            blanks[n] = "'" if joint == "" and readings[n][:1] in _INNER else joint
    if style in ("marks", "numbers", "plain"):
        for n, term in words.terms.items():
            if term.latin:
                readings = list(readings) if readings is words.readings else readings
                readings[n] = " ".join(filter(None, (term.latin[0], respelled(term.latin[1], style))))
    out: list[str] = []
    add = out.append
    blank = ""  # what stands before the next word
    plain = False  # whether the word before was plain characters, which stay as close as they are: GB/T, 3,000
    for text, reading, mine in _undoubled(zip(words.texts, readings, blanks, strict=True)):
        if reading:
            add(mine if blank else "")
            add(reading)
            blank, plain = " ", False
        else:
            piece, before, after = _mark(text)
            if piece == "\n":
                add(piece)
                blank = ""
            elif piece:
                close = plain and piece.isascii() and text not in _PUNCTUATION
                add("" if close else mine if mine == "-" else before and blank)
                add(piece)
                blank = after
            plain = bool(piece) and text not in _PUNCTUATION and piece.isascii()
    line = "".join(out)
    return line.replace(" ", "").replace("-", "") if style == "initials" else line
