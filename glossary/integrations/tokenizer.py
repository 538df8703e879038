"""A tokenizer with jieba's methods that keeps the terms of a base whole, for whatever expects a `jieba.Tokenizer`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.desk import Glossary

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tokenizer:
    """Cuts text into words; make it over a `Glossary`, or over the bundled base. Callable; picklable by paths.

        CountVectorizer(tokenizer=Tokenizer(), token_pattern=None)

    Words tile the text, white space and punctuation included, as jieba's do. Unlike jieba it holds no state that a call
    changes: there is no `add_word`; words come from the base.
    """

    def __init__(self, glossary: Glossary | None = None) -> None:
        self.glossary = glossary if glossary is not None else Glossary.open()

    def cut(self, sentence: str) -> Iterator[str]:
        """The words of a text."""
        return iter(self.lcut(sentence))

    def lcut(self, sentence: str) -> list[str]:
        """The words of a text as a list."""
        return [word.text for word in self.glossary.segment(sentence)]

    __call__ = lcut

    def tokenize(self, sentence: str) -> Iterator[tuple[str, int, int]]:
        """(word, start, end) in code points, end exclusive."""
        return ((word.text, word.start, word.end) for word in self.glossary.segment(sentence))
