"""Words of running text, with offsets. jieba's dictionary and algorithm, in Rust where it is installed.

Nothing process-wide is touched: no user words are ever added; terms are kept whole by cutting only the gaps
between them (`glossary.match` does that).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Span = tuple[int, int]


@cache
def _cutter() -> Callable[[str], list[str]]:
    """The word cutter: rjieba, or plain jieba with a tokenizer of its own."""
    try:
        import rjieba
    except ImportError:  # pragma: no cover - a platform without a wheel
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        return jieba.Tokenizer().lcut  # type: ignore[no-any-return]
    rust: Callable[[str], list[str]] = rjieba.Jieba().cut
    return rust


def cut(text: str) -> list[str]:
    """Cut text into words that tile it; white space is a piece of its own."""
    return _cutter()(text)


def word_spans(text: str, offset: int = 0) -> list[Span]:
    """Cut text into words; (start, end) in code points, shifted by `offset`. White space is a piece of its own."""
    out: list[Span] = []
    at = offset
    for word in _cutter()(text):
        out.append((at, at + len(word)))
        at += len(word)
    return out
