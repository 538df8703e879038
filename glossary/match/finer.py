"""Words for an index: those of the text, and before each the shorter ones inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.text.segment import is_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary.match.annotation import Match, Word


def finer(words: Iterable[Word], nested: Iterable[Match]) -> Iterator[tuple[str, int, int]]:
    """(word, start, end); before each word what is inside it, the shorter first.

    As in jieba's search mode these are the dictionary's words of two and of three characters; and terms of any length,
    which `nested` gives in order of their start.
    """
    terms = [(m.start, m.end) for m in nested]
    at = 0
    for word in words:
        inside = {(word.start + i, word.start + i + n) for n, i in _parts(word.text)}
        while at < len(terms) and terms[at][0] < word.end:
            if word.start <= terms[at][0] and terms[at][1] <= word.end:
                inside.add(terms[at])
            at += 1
        for start, end in sorted(inside - {(word.start, word.end)}, key=lambda s: (s[1] - s[0], s[0])):
            yield word.text[start - word.start : end - word.start], start, end
        yield word.text, word.start, word.end


def _parts(text: str) -> Iterator[tuple[int, int]]:
    for n in (2, 3):
        if len(text) > n:
            yield from ((n, i) for i in range(len(text) - n + 1) if is_word(text[i : i + n]))
