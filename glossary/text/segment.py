"""Words of running text, with offsets. jieba's dictionary and algorithm, in Rust where it is installed.

Nothing process-wide is touched: no user words are ever added; terms are kept whole by cutting only the gaps
between them (`glossary.match` does that).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        return self._tokenizer.lcut(text, HMM=hmm)  # type: ignore[no-any-return]

    def has_word(self, word: str) -> bool:
        return bool(self._tokenizer.FREQ.get(word))


@cache
def _segmenter() -> Any:
    """The segmenter, read-only: made once, in a tenth of a second."""
    try:
        import rjieba
    except ImportError:  # pragma: no cover - a platform without a wheel
        return _Jieba()
    return rjieba.Jieba()


def cut(text: str) -> list[str]:
    """Cut text into words that tile it; white space is a piece of its own."""
    return _segmenter().cut(text)  # type: ignore[no-any-return]


def cut_known(text: str) -> list[str]:
    """As `cut`, by words of the dictionary only: what it does not know falls into single characters."""
    return _segmenter().cut(text, False)  # type: ignore[no-any-return]


def is_word(text: str) -> bool:
    """Whether the segmenter's dictionary has a word."""
    return bool(_segmenter().has_word(text))


def word_spans(text: str, offset: int = 0) -> list[Span]:
    """Cut text into words; (start, end) in code points, shifted by `offset`. White space is a piece of its own."""
    out: list[Span] = []
    at = offset
    for word in cut(text):
        out.append((at, at + len(word)))
        at += len(word)
    return out
