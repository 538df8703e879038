"""How a query can be read. Every reading that fits is kept; none is chosen silently."""

from __future__ import annotations

import re

from glossary.search.syntax import Request
from glossary.termbase.keys import letters
from glossary.text.normalize import has_han, key
from glossary.text.pinyin import bare, from_zhuyin, split_plain, unmark

LONGEST = 300  # code points; whoever types more wants the reading page
_ZHUYIN = re.compile(r"[\u3105-\u312f\u31a0-\u31bfˊˇˋ˙]")
_PUNCTUATION = re.compile(r"[,.;!?()\[\]<>/\"·…]+")
_LATIN = re.compile(r"[a-zü:' \-\d]+")
_INITIALS = re.compile(r"[bpmfdtnlgkhjqxrzcsywaeo]+")
_WILD = re.compile(r"\*|\?(?=\S)|(?<=\s)\?")  # a question mark at the end of a word is punctuation


class PinyinReading:
    """A way to read the query as pinyin: syllables, tones (0 where none was given), may the last one go on?"""

    __slots__ = ("partial", "syllables", "tones")

    def __init__(self, syllables: tuple[str, ...], tones: tuple[int, ...], partial: bool) -> None:
        self.syllables, self.tones, self.partial = syllables, tones, partial

    @property
    def plain(self) -> str:
        """The toneless key: syllables with blanks between."""
        return " ".join(self.syllables)


class Query:
    """A query and its readings.

    `key` is to compare Chinese by, `pinyin` the ways to read it as pinyin, `letters` its bare letters and digits (for
    terms with Latin in them), `initials` and `english` the text for those readings or "", `mixed` says that
    characters and Latin letters stand side by side, `wild` that it holds * or ?.
    """

    __slots__ = ("english", "id", "initials", "key", "letters", "mixed", "pinyin", "request", "text", "wild")

    def __init__(self, text: str) -> None:
        self.text = text
        self.request = Request(text)
        self.key = key(self.request.text)
        self.pinyin: list[PinyinReading] = []
        self.initials = self.letters = self.english = self.id = ""
        self.mixed = False
        self.wild = _WILD.search(self.key) is not None
        if not self.key or len(self.key) > LONGEST:
            return
        only = self.request.reading
        if only == "id" or re.fullmatch(r"[a-z][0-9a-z]{4}", self.key):
            self.id = self.key
        if only == "id" or self.wild:
            return
        if _ZHUYIN.search(self.key):
            spelled = from_zhuyin(self.key)
            if spelled:
                self.pinyin = read_pinyin(spelled)
        elif has_han(self.key):
            self.mixed = re.search("[a-zü]", bare(self.key)) is not None and only in ("", "zh", "py")
        else:
            self._latin(only)

    def _latin(self, only: str) -> None:
        if only in ("", "py"):
            spoken = _PUNCTUATION.sub(" ", self.key).strip()
            toneless = bare(spoken)
            self.letters = letters(self.key)
            if _LATIN.fullmatch(toneless):
                self.pinyin = read_pinyin(spoken)
                together = re.sub(r"[ '\-]", "", toneless)
                if 2 <= len(together) <= 24 and _INITIALS.fullmatch(together):
                    self.initials = together
        if only in ("", "en"):
            self.english = self.key

    @property
    def readings(self) -> list[str]:
        """The names of the readings, for showing."""
        if self.wild:
            return ["wildcard"]
        out = []
        if has_han(self.key):
            out.append("mixed" if self.mixed else "zh")
        if self.pinyin:
            out.append("zhuyin" if _ZHUYIN.search(self.key) else "pinyin")
        if self.initials:
            out.append("initials")
        if self.english:
            out.append("english")
        if not out and self.request.filters:
            out.append("filter")
        return out


def read_pinyin(text: str) -> list[PinyinReading]:
    """All ways to read a text as pinyin; [] where it is none. Marks, numbers, neither, or some of each; ü, u:, v."""
    text = re.sub("(?<=[a-zü])0", "5", text.replace("u:", "v").replace("U:", "v"))  # 0 for the neutral tone
    words = [w for w in re.split(r"[\s'\-]+", text) if w]
    ways: list[tuple[tuple[str, ...], tuple[int, ...], bool]] = [((), (), False)]
    for number, word in enumerate(words):
        # a blank or apostrophe is a border between syllables, which the cuts of each word respect
        options = _word_ways(word, last=number == len(words) - 1)
        if not options:
            return []
        ways = [(s + ns, t + nt, p) for s, t, _ in ways for ns, nt, p in options][:40]
    return [PinyinReading(s, t, p) for s, t, p in ways if s]


def _word_ways(word: str, last: bool) -> list[tuple[tuple[str, ...], tuple[int, ...], bool]]:
    chunks = re.findall(r"[^\d]+[1-5]?|\d", word)
    if any(c.isdigit() for c in chunks):
        return []
    ways: list[tuple[tuple[str, ...], tuple[int, ...], bool]] = [((), (), False)]
    for number, chunk in enumerate(chunks):
        tone = int(chunk[-1]) if chunk[-1].isdigit() else 0
        toneless, marks = unmark(chunk.rstrip("12345"))
        end = last and number == len(chunks) - 1 and not tone
        cuts = _cuts(toneless, end)
        found = []
        for cut in cuts:
            tones = _tones(cut, marks, tone)
            if tones is not None:
                found.append((cut, tones, end and cut[-1] != "r"))
        ways = [(s + c, t + ct, p) for s, t, _ in ways for c, ct, p in found][:40]
    return ways


def _cuts(toneless: str, end: bool) -> tuple[tuple[str, ...], ...]:
    toneless = toneless.replace("yv", "yu").replace("jv", "ju").replace("qv", "qu").replace("xv", "xu")
    cuts = split_plain(toneless)
    if end:  # the last syllable may be unfinished; one letter of it only where nothing else fits (xian is not xia-n)
        cuts += tuple(c for c in split_plain(toneless, True) if c not in cuts and (not cuts or len(c[-1]) > 1))
    if not cuts and toneless.endswith("r"):
        cuts = tuple((*cut, "r") for cut in split_plain(toneless[:-1]))
    # ü is also typed u or yu: lu for lü, nyu for nü
    for wrong, right in (("lyu", "lv"), ("nyu", "nv"), ("lue", "lve"), ("nue", "nve")):
        if wrong in toneless:
            cuts += tuple(c for c in split_plain(toneless.replace(wrong, right)) if c not in cuts)
    return cuts


def _tones(cut: tuple[str, ...], marks: list[tuple[int, int]], number: int) -> tuple[int, ...] | None:
    """The tone of each syllable, 0 where none is given; None where two marks fall on one syllable."""
    tones = []
    at = 0
    for syllable in cut:
        mine = [tone for pos, tone in marks if at <= pos < at + len(syllable)]
        if len(mine) > 1:
            return None
        tones.append(mine[0] if mine else 0)
        at += len(syllable)
    if number:
        tones[-1] = number
    return tuple(tones)
