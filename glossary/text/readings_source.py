"""Make the table of readings from its sources; see `text.lexicon`. Runs once for an installation."""

from __future__ import annotations

import gzip
import os
import re

from glossary.text.lexicon import Lexicon, joined
from glossary.text.normalize import HAN, is_han
from glossary.text.orthography import ADVERBS, doubled, idiom
from glossary.text.pinyin import SYLLABLES, join, marked, syllables
from glossary.text.polyphones import polyphones
from glossary.text.script import to_simplified
from glossary.text.segment import tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = re.compile(rf"\S+ ([{HAN}]{{2,}}) \[([^\]]+)\] /(.*)")
# senses that are not what a text means when it uses the word
_MINOR = re.compile(r"(?:\w+ )*variant of|surname |used in|\(?(?:old|archaic|Tw|Cantonese)\)?[ ,;]|see |Taiwan pr")
_KINDS = ("自治区", "自治州", "自治县", "自治旗", "地区", "新区", "省", "市", "县", "区", "镇", "乡")
_PLAIN_TONE = {"一": "yī", "不": "bù"}


def make(data: str, cedict: str) -> Lexicon:
    """Readings of characters, and of the words that a reader of characters would get wrong."""
    from pypinyin.constants import PINYIN_DICT

    chars = {chr(code): sounds.split(",")[0] for code, sounds in PINYIN_DICT.items()}
    chars |= defaults(os.path.join(data, "polyphones.txt"))
    known = known_words(data, cedict)
    judged = set(polyphones())
    own = dict(own_words(os.path.join(data, "words.tsv")))
    words: dict[str, str] = {}
    table = Lexicon(chars, words)
    for word in sorted(known, key=lambda w: (len(w), w)):
        reading = known[word]
        plain = joined(chars.get(c, c) for c in word)
        if reading == plain:
            # the characters are read so, but a shorter word inside, or the context, would say something else
            if (
                judged.intersection(word)
                or joined(r for _, r in table.parts(word)) != plain
                or word in own
                or tag(word)[:2] in ("nr", "ns", "nt")  # which would give an unknown word a capital
                or word[0] in ADVERBS  # which would cut an unknown one
                or (len(word) == 3 and word[1] == "得")
            ):
                words[word] = ""
        else:
            words[word] = reading
        table.know(word)
    every = "".join(chars)
    changed = [(char, plain) for char, plain in zip(every, to_simplified(every), strict=True) if char != plain]
    certain = (char for char, _ in changed if "," not in PINYIN_DICT[ord(char)])
    return Lexicon(chars, table.words, "".join(char for char, _ in changed), "".join(certain))


def known_words(data: str, cedict: str) -> dict[str, str]:
    """The reading of every word of more than one character that a source has."""
    from pypinyin.constants import PHRASES_DICT

    known: dict[str, str] = {}
    for word, sounds in PHRASES_DICT.items():
        if len(sounds) == len(word) > 1 and all(map(is_han, word)):
            known[word] = joined(_PLAIN_TONE.get(c) or s[0] for c, s in zip(word, sounds, strict=True))
            if len(word) == 4 and known[word].isalpha() and tag(word)[0] in "ilzad":
                known[word] = idiom(word, halves(known[word]))
    general = cedict_words(cedict, known)
    for word, reading in general.items():
        phrase = known.get(word, "")
        if "-" in phrase and reading.replace(" ", "").islower() and "-" not in reading:
            general[word] = idiom(word, halves(reading))
    known |= general
    known |= dict(own_words(os.path.join(data, "words.tsv")))
    return known


def own_words(path: str) -> Iterator[tuple[str, str]]:
    """The project's own words and readings: one a line, a tab between; # begins a remark."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            word, tab, reading = line.split("#")[0].strip().partition("\t")
            if tab:
                yield word, reading


def defaults(path: str) -> dict[str, str]:
    """The commonest reading of each character that the model of contexts judges."""
    out: dict[str, str] = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                char, readings, *_ = line.rstrip("\n").split("\t")
                out[char] = readings.split(" ")[0]
    return out


def cedict_file(folder: str) -> str:
    """The dictionary's file in the folder of its package; "" where there is none."""
    data = os.path.join(folder, "data") if folder else ""
    names = sorted(n for n in os.listdir(data) if n.endswith(".gz")) if os.path.isdir(data) else []
    return os.path.join(data, names[0]) if names else ""


def cedict_entries(file: str) -> Iterator[tuple[str, list[str], str]]:
    """(simplified form, syllables with marks, senses) of every entry of two Han characters or more.

    A syllable has a capital where the dictionary gives it one: it begins a name.
    """
    sounds: dict[str, str] = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = _ENTRY.match(line)
            if found:
                word, syllables = found[1], found[2].split(" ")
                for syllable in syllables:
                    if syllable not in sounds:
                        sounds[syllable] = _sound(syllable)
                read = [sounds[s] for s in syllables]
                if len(read) == len(word) and "" not in read:
                    yield word, read, found[3]


def _sound(syllable: str) -> str:
    """`Zhong1` → Zhōng, `r5` → r; "" for what is no syllable."""
    bare, tone = syllable[:-1].lower().replace("u:", "v"), syllable[-1:]
    if tone not in "12345" or (bare not in SYLLABLES and bare != "r"):
        return ""
    sound = "r" if bare == "r" else marked(bare, int(tone))
    return sound.capitalize() if syllable[0].isupper() else sound


def cedict_words(folder: str, phrases: dict[str, str] | None = None) -> dict[str, str]:
    """The reading of each word of CC-CEDICT, names divided by their capitals, idioms and long compounds by their words.

    Of homographs the likeliest is taken; see `cedict_heads`.
    """
    best, idioms = cedict_heads(folder, phrases)
    return {
        word: idiom(word, halves(reading)) if word in idioms else divided(word, reading, best)
        for word, reading in best.items()
    }


def cedict_heads(folder: str, phrases: dict[str, str] | None = None) -> tuple[dict[str, str], set[str]]:
    """The reading of each word of CC-CEDICT as it stands there, and which words are idioms of four characters.

    Of homographs the likeliest is taken: no variant, surname or name, and read as `phrases` has it.
    """
    file = cedict_file(folder)
    if not file:
        return {}, set()
    heads: dict[str, list[tuple[int, str]]] = {}
    idioms: set[str] = set()
    for word, read, senses in cedict_entries(file):
        name = read[0][0].isupper()
        reading = with_kind(word, read) if name else joined(read)
        rank = 4 * bool(_MINOR.match(senses)) + 2 * name + (reading.lower() != (phrases or {}).get(word, ""))
        heads.setdefault(word, []).append((rank, reading))
        if len(word) == 4 and "(idiom" in senses and not name:
            idioms.add(word)
    return {word: min(found, key=lambda f: f[0])[1] for word, found in heads.items()}, idioms


def halves(reading: str) -> list[str]:
    """A reading of four syllables as two words."""
    pairs = syllables(reading)
    return [join(pairs[:2]), join(pairs[2:])]


def with_kind(word: str, read: list[str]) -> str:
    """A name as one line: a capital begins a new word, and the kind of a place stands apart (Shēnzhèn Shì)."""
    if not any(s[0].isupper() for s in read[1:]):
        kind = next((k for k in _KINDS if word.endswith(k) and len(word) > len(k) + (k != "县")), "")
        if kind:
            read[-len(kind)] = read[-len(kind)].capitalize()
    out: list[list[str]] = []
    for sound in read:
        if sound[0].isupper() or not out:
            out.append([sound])
        else:
            out[-1].append(sound)
    return " ".join(map(joined, out))


def divided(word: str, reading: str, known: dict[str, str]) -> str:
    """Divide a compound of four characters or more where it is made of two words of two characters or more.

    GB/T 16159 joins two or three syllables that stand for one notion and divides longer ones by their words;
    names keep the division that their dictionary gives them.
    """
    if len(word) < 4 or reading != reading.lower() or doubled(word):
        return reading
    sizes = {4: (2,), 5: (2, 3), 6: (2, 3, 4), 7: (4, 3, 5)}.get(len(word), ())
    for size in sizes:
        if word[:size] in known and word[size:] in known:
            left, right = (divided(w, known[w], known) for w in (word[:size], word[size:]))
            if joined([left, right]).replace(" ", "").replace("'", "") == reading.replace("'", ""):
                return f"{left} {right}"
    return reading
