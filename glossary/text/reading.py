"""The reading of running text that no entry covers, written by word after GB/T 16159, with dictionary tones.

Three things decide, in this order: what entries say (the caller brings those readings), what a dictionary says of the
whole word (`text.lexicon`), and for characters that stand alone or in unknown words what stands around them
(`text.polyphones`). Person names are told by `text.names`, numerals by `text.numerals`, and which of the segmenter's
words are written together or apart by `text.orthography`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate
from typing import cast

from glossary.text import grammar, names, numerals
from glossary.text.context import (
    AFTER_VERB,
    DOTS,
    ERHUA,
    FIXED,
    JUDGED,
    NAME,
    ORDINAL,
    PHRASE,
    PLACE,
    PREFIX,
    SUFFIX,
    SURNAME,
    Context,
)
from glossary.text.lexicon import joined, lexicon
from glossary.text.normalize import has_han
from glossary.text.orthography import (
    ASPECT,
    KINDS,
    PARTICLES,
    PREFIXES,
    SUFFIXES,
    divide,
    doubled,
    idiom,
    place,
    split_phrase,
    unknown_phrase,
)
from glossary.text.pinyin import join, word_syllables
from glossary.text.polyphones import features, polyphones, visible, window
from glossary.text.script import to_simplified
from glossary.text.segment import cut, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEPT = 200_000  # words whose reading is remembered, some 30 MB


class Reader:
    """Reads the words of texts. Keep one: it remembers every word that it met."""

    def __init__(self) -> None:
        self._lexicon = lexicon()
        self.polyphones = polyphones()
        self._met: dict[str, str] = {}
        self._roles: dict[str, int] = {}  # of words that need more than themselves

    def plain(self, text: str) -> str:
        """The text in simplified characters, as long as it was: what `read` is to be given the words of."""
        return text if self._lexicon.traditional.isdisjoint(text) else to_simplified(text)

    def certain(self, words: Sequence[str], text: str) -> dict[int, str]:
        """Readings of single characters that their traditional form in `text` settles (髮, 發), by number."""
        out: dict[int, str] = {}
        if self._lexicon.certain.isdisjoint(text):
            return out
        at = 0
        for n, word in enumerate(words):
            if len(word) == 1 and text[at] in self._lexicon.certain and self._roles.get(word, JUDGED) == JUDGED:
                out[n] = self._lexicon.chars[text[at]]
            at += len(word)
        return out

    def read(self, words: Sequence[str], given: Mapping[int, str] | None = None) -> tuple[list[str], dict[int, str]]:
        """Read words that tile a text: their readings ("" where there is none), and how some follow the word before.

        `given` holds the readings that are already known, by the number of the word. A word that is not in the second
        answer stands apart; "" means that it is joined to the word before it, "-" that a hyphen is between.
        """
        readings = list(map(self._met.get, words))
        if None in readings:
            readings = [self._meet(words[n]) if reading is None else reading for n, reading in enumerate(readings)]
        roles = self._roles
        special = [n for n, word in enumerate(words) if word in roles]
        if given:
            for n, known in given.items():
                readings[n] = known
            special = [n for n in special if n not in given]
        read = cast("list[str]", readings)
        if not special and DOTS.isdisjoint(words):
            return read, {}
        return read, Context(self, words, read).run([(n, roles[words[n]]) for n in special])

    def _meet(self, word: str) -> str:
        known = self._met.get(word)
        if known is not None:
            return known
        if len(self._met) >= KEPT:
            self._met.clear()
            self._roles.clear()
        reading, role = self._first(word)
        if role:
            self._roles[word] = role
        self._met[word] = reading
        return reading

    def _first(self, word: str) -> tuple[str, int]:
        """A word that was not met yet: its reading as far as it depends on nothing else, and what else it needs."""
        if not has_han(word):
            return "", FIXED
        if len(word) == 1:
            return self.single(word)
        if word in KINDS:
            return self._lexicon.words.get(word) or self.spell(word), PLACE
        table = self._lexicon
        known = table.words.get(word)
        if numerals.is_numeral(word) and not known:
            return numerals.read_numeral(word, table.chars), FIXED
        if len(word) == 2 and word[0] == "姓" and names.surname_of(word[1]):
            return f"xìng {names.READ_SO.get(word[1]) or self.spell(word[1]).capitalize()}", FIXED
        if word[0] in "老小" and names.is_called(word, tag(word)):
            rest = f" {self.spell(word[2:])}" if len(word) > 2 else ""
            return f"{self.spell(word[0]).capitalize()} {self.spell(word[1]).capitalize()}{rest}", FIXED
        inner = split_phrase(word)
        if inner and " " not in (known or ""):
            return self._phrase(inner)
        if known is None:
            return self.unknown(word)
        reading = known or joined(table.chars[c] for c in word)
        if len(word) == 4 and reading.islower() and reading.isalpha() and tag(word) == "i":
            return idiom(word, self._halves(reading)), FIXED
        return reading, FIXED

    def _phrase(self, inner: list[str]) -> tuple[str, int]:
        """Words that the segmenter has as one: read as they are, or where they stand if one of them needs that."""
        role = PHRASE if any(len(w) == 1 and (self.wavers(w) or w in ASPECT) for w in inner) else FIXED
        return " ".join(map(self.part, inner)), role

    def part(self, word: str) -> str:
        """The reading of a word inside a phrase, as far as it depends on nothing else."""
        return PARTICLES.get(word) or numerals.MEASURED.get(word) or self._meet(word)

    def _halves(self, reading: str) -> list[str]:
        pairs = word_syllables(reading)
        return [join(pairs[:2]), join(pairs[2:])]

    def single(self, char: str) -> tuple[str, int]:
        """A character that is a word of the segmenter."""
        reading = self._lexicon.chars.get(char, "")
        if char in ASPECT:
            return ASPECT[char], AFTER_VERB
        if char in SUFFIXES:
            return reading, SUFFIX
        if char in PREFIXES:
            return reading, PREFIX
        if char == "第":
            return reading, ORDINAL
        if char == "儿" or char == "兒":
            return "ér", ERHUA
        if char in KINDS:
            return reading, PLACE
        if names.surname_of(char):
            return reading, SURNAME
        return reading, JUDGED if self.wavers(char) else FIXED

    def wavers(self, char: str) -> bool:
        """Whether the reading of a character depends on what stands beside it."""
        return char in self.polyphones or char in grammar.BESIDE

    def unknown(self, word: str) -> tuple[str, int]:
        """A word that no dictionary has, or whose reading is plainly that of its characters."""
        inner = unknown_phrase(word)
        if inner:
            return self._phrase(inner)
        titled = self._titled(word)
        if titled:
            return titled, FIXED
        kind = tag(word)
        if word[0] == "第" and numerals.NUMERAL.issuperset(word[1:2]):
            return self._ordinal(word), FIXED
        if kind.startswith("nr") and names.surname_of(word):
            return self.spell(word), NAME
        reading = self.spell(word)
        if kind == "ns" or (kind == "nt" and len(word) > 4):
            return place(word, self._lexicon), FIXED
        if kind.startswith("nr") and not (len(word) == 4 and word[0] not in names.ABROAD):
            return reading.capitalize(), FIXED
        if len(word) == 4 and (kind == "i" or doubled(word)):
            return idiom(word, [self.spell(word[:2]), self.spell(word[2:])]), FIXED
        if len(word) > 3:
            return " ".join(self._whole(w) for w in divide(word)), FIXED
        parts = self._lexicon.parts(word)
        if len(parts[0][0]) > 1 and parts[0][1][:1].isupper() and tag(parts[0][0]) == "ns":
            return reading.capitalize(), FIXED  # 河北人, 法国队
        return reading, JUDGED if any(len(p) == 1 and p in self.polyphones for p, _ in parts) else FIXED

    def _titled(self, word: str) -> str:
        """A place and an office that the segmenter has as one word (德国总理): two words; "" for any other."""
        for size in (2, 3):
            land = self._lexicon.words.get(word[:-size]) if len(word) > size + 1 else None
            if land and land[:1].isupper() and word[-size:] in names.TITLES:
                return f"{land} {self._whole(word[-size:])}"
        return ""

    def _whole(self, word: str) -> str:
        known = self._lexicon.words.get(word)
        return known or self.spell(word)

    def _ordinal(self, word: str) -> str:
        """第三次 → dì-sān cì."""
        end = 1
        while end < len(word) and word[end] in numerals.NUMERAL:
            end += 1
        number = numerals.read_numeral(word[1:end], self._lexicon.chars)
        rest = word[end:]
        return f"dì-{number}" + (f" {self._whole(rest)}" if rest else "")

    def spell(self, word: str) -> str:
        """Read an unknown word by the words in it and the commonest readings of its characters, as one word."""
        known = self._lexicon.words.get(word)
        syllables: list[str] = []
        for piece, reading in [(word, known)] if known else self._lexicon.parts(word):
            if len(piece) > 1:
                reading = reading.lower()
                syllables += reading.replace("-", " ").split()
            else:
                syllables.append(reading or piece)
        return joined(syllables)

    def judge(self, word: str, text: str, at: int, before: str, after: str) -> str:
        """Read a word by what stands around it, at an offset in `text` and between two words."""
        syllables: list[str] = []
        for piece, reading in self._lexicon.parts(word):
            model = self.polyphones.get(piece) if len(piece) == 1 else None
            if model is not None:
                reading = model.choose(features(window(text, at), visible(before), visible(word), visible(after)))
            syllables.append(reading or piece)
            at += len(piece)
        return joined(syllables)


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader of this process."""
    return Reader()


def _read(text: str) -> tuple[list[str], list[str], dict[int, str]]:
    """The words of a text in simplified characters, their readings, and how some follow the word before."""
    plain = reader().plain(text)
    words = cut(plain)
    readings, joints = reader().read(words, None if plain is text else reader().certain(words, text))
    return words, readings, joints


def read_text(text: str) -> list[tuple[str, str]]:
    """Cut a text into words that tile it, with their readings: for texts that hold no terms."""
    words, readings, _ = _read(text)
    ends = list(accumulate(map(len, words)))
    return [(text[s:e], r) for s, e, r in zip([0, *ends], ends, readings, strict=False)]


def read_line(text: str) -> str:
    """The reading of a short text by word, such as a draft for a new entry; other characters stand as they are."""
    out = ""
    words, readings, joints = _read(text)
    for n, (word, reading) in enumerate(zip(words, readings, strict=True)):
        piece = reading or word.strip()
        out += (joints.get(n, " ") if out and piece else "") + piece
    return out


def read_word(word: str) -> str:
    """The reading of one word with tone marks (`重庆` → Chóngqìng); "" where it has no Han character."""
    if not has_han(word):
        return ""
    return reader().read([word])[0][0]


def read_words(words: list[str]) -> str:
    """The readings of several words, with blanks between; other text stands as it is."""
    readings, _ = reader().read(words)
    return " ".join(filter(None, (r or w.strip() for r, w in zip(readings, words, strict=True))))


@cache
def possible_readings(char: str) -> frozenset[tuple[str, int]]:
    """Every (syllable, tone) that pypinyin's character table knows for one character."""
    from pypinyin.constants import PINYIN_DICT

    out: set[tuple[str, int]] = set()
    for reading in PINYIN_DICT.get(ord(char), "").split(","):
        try:
            found = word_syllables(reading)
        except ValueError:
            continue
        out.update(found if len(found) == 1 else ())  # biáng is no syllable of the standard language
    return frozenset(out)
