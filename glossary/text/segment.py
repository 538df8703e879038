"""Words of running text, with offsets. jieba's dictionary and algorithm, in Rust where it is installed.

Nothing process-wide is touched: no user words are ever added; terms are kept whole by cutting only the gaps
between them (`glossary.match` does that).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from glossary.text.normalize import half_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

Span = tuple[int, int]


class _Jieba:
    """jieba itself, with a tokenizer of its own, where the one in Rust has no wheel."""

    def __init__(self) -> None:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        self._tagger: Any = None

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        return self._tokenizer.lcut(text, HMM=hmm)  # type: ignore[no-any-return]

    def has_word(self, word: str) -> bool:
        return bool(self._tokenizer.FREQ.get(word))

    def suggest_freq(self, word: str) -> int:
        return self._tokenizer.suggest_freq(word)  # type: ignore[no-any-return]

    def add_word(self, word: str, frequency: int, tag: str) -> None:
        self._tokenizer.add_word(word, frequency, tag)

    def tag(self, word: str) -> list[tuple[str, str]]:
        from jieba import posseg

        if self._tagger is None:
            self._tagger = posseg.POSTokenizer(self._tokenizer)
        return [(pair.word, pair.flag) for pair in self._tagger.cut(word)]


_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")


@cache
def _segmenter() -> Any:
    """The segmenter, read-only: made once, in a tenth of a second."""
    return _new_segmenter()


def _new_segmenter() -> Any:
    """A segmenter with a dictionary of its own."""
    try:
        import rjieba
    except ImportError:  # pragma: no cover - a platform without a wheel
        return _Jieba()
    return rjieba.Jieba()


def cut(text: str) -> list[str]:
    """Cut text into words that tile it; white space is a piece of its own.

    Full-width letters and digits are words as the plain ones are; jieba takes each for a word.
    """
    if not _WIDE.search(text):
        return _segmenter().cut(text)  # type: ignore[no-any-return]
    words = _segmenter().cut(_WIDE.sub(lambda wide: half_width(wide[0]), text))
    ends = accumulate(map(len, words))
    return [text[end - len(word) : end] for word, end in zip(words, ends, strict=True)]


def cut_known(text: str) -> list[str]:
    """As `cut`, by words of the dictionary only: what it does not know falls into single characters."""
    return _segmenter().cut(text, False)  # type: ignore[no-any-return]


def is_word(text: str) -> bool:
    """Whether the segmenter's dictionary has a word."""
    return bool(_segmenter().has_word(text))


_GAP = "\x00"  # jieba cuts at it, and no text of words holds it


def cut_around(text: str, spans: Sequence[Span]) -> tuple[list[str], list[int]]:
    """Cut a text into words that tile it, keeping some spans of it whole (in order, apart, none empty).

    Returns the words, and the numbers of those that are the spans. The rest is cut in one go: a call for each gap
    would take longer than the cutting.
    """
    if not spans or _GAP in text:
        return _cut_gaps(text, spans)
    kept: list[str] = []
    at = 0
    for start, end in spans:
        kept += (text[at:start], _GAP)
        at = end
    words = cut("".join(kept) + text[at:])
    whole = [n for n, word in enumerate(words) if word == _GAP]
    if len(whole) != len(spans):  # pragma: no cover - a segmenter that joins what it does not know
        return _cut_gaps(text, spans)
    for n, (start, end) in zip(whole, spans, strict=True):
        words[n] = text[start:end]
    return words, whole


def _cut_gaps(text: str, spans: Sequence[Span]) -> tuple[list[str], list[int]]:
    words: list[str] = []
    whole: list[int] = []
    at = 0
    for start, end in spans:
        words += cut(text[at:start])
        whole.append(len(words))
        words.append(text[start:end])
        at = end
    return words + cut(text[at:]), whole


def word_spans(text: str, offset: int = 0) -> list[Span]:
    """Cut text into words; (start, end) in code points, shifted by `offset`. White space is a piece of its own."""
    out: list[Span] = []
    at = offset
    for word in cut(text):
        out.append((at, at + len(word)))
        at += len(word)
    return out


# what is never inside a word for jieba, whatever its dictionary says
JIEBA_CUTS_AT = re.compile(r"[^\u4e00-\u9fd5a-zA-Z0-9+#&._%-]")


def kept_whole(words: Sequence[str]) -> list[int]:
    """For each word the lowest frequency at which jieba, with its own dictionary, does not cut it up.

    jieba's own estimate, taken word by word: give the shorter words first, as a longer one must win against them.
    """
    segmenter = _new_segmenter()
    out = []
    for word in words:
        out.append(segmenter.suggest_freq(word))
        segmenter.add_word(word, out[-1], "n")
    return out


@lru_cache(maxsize=65536)
def tag(word: str) -> str:
    """The part of speech that jieba's dictionary gives a word, "x" for what it cuts in several."""
    found = _segmenter().tag(word)
    return str(found[0][1]) if len(found) == 1 else "x"


@cache
def _frequencies() -> dict[str, int]:
    """jieba's own counts of the words of up to four characters that it met a hundred times or more."""
    import os
    import re
    from importlib.util import find_spec

    package = find_spec("jieba")
    if package is None or not package.origin:
        return {}
    with open(os.path.join(os.path.dirname(package.origin), "dict.txt"), encoding="utf-8") as file:
        return {w: int(n) for w, n in re.findall(r"^(\S{1,4}) (\d{3,})\b", file.read(), re.MULTILINE)}


def frequency(word: str) -> int:
    """How often jieba's dictionary counted a word (of some 60 million); 0 where it is rare, longer or unknown."""
    return _frequencies().get(word, 0)
