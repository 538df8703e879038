"""A tokenizer with jieba's methods that keeps the terms of a base whole, for whatever expects a `jieba.Tokenizer`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.desk import Glossary
from glossary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tokenizer:
    """Cuts text into words; make it over a `Glossary`, or over the bundled base. Callable; picklable by paths.

        CountVectorizer(tokenizer=Tokenizer(), token_pattern=None)

    Words tile the text, white space and punctuation included, as jieba's do. Unlike jieba it holds no state that a call
    changes: there is no `add_word`; words come from the base. There is no full mode (`cut_all`), and between terms
    unknown words are always guessed (`HMM`), for which InputError is raised where something else is asked for.
    """

    def __init__(self, glossary: Glossary | None = None) -> None:
        self.glossary = glossary if glossary is not None else Glossary.open()

    def cut(self, sentence: str, cut_all: bool = False, HMM: bool = True) -> Iterator[str]:
        """The words of a text."""
        return iter(self.lcut(sentence, cut_all, HMM))

    def lcut(self, sentence: str, cut_all: bool = False, HMM: bool = True) -> list[str]:
        """The words of a text as a list."""
        return [word for word, _, _ in self.tokenize(sentence, "full" if cut_all else "default", HMM)]

    __call__ = lcut

    def cut_for_search(self, sentence: str, HMM: bool = True) -> Iterator[str]:
        """The words of a text for an index: before each word the shorter words and terms inside it."""
        return iter(self.lcut_for_search(sentence, HMM))

    def lcut_for_search(self, sentence: str, HMM: bool = True) -> list[str]:
        """`cut_for_search` as a list."""
        return [word for word, _, _ in self.tokenize(sentence, "search", HMM)]

    def tokenize(self, sentence: str, mode: str = "default", HMM: bool = True) -> Iterator[tuple[str, int, int]]:
        """(word, start, end) in code points, end exclusive; with mode `search` as `cut_for_search`."""
        if mode not in ("default", "search"):
            raise InputError(f"there is no mode {mode!r} here; there are default and search")
        if not HMM:
            raise InputError("between terms unknown words are always guessed; leave HMM as it is")
        if mode == "search":
            return iter(self.glossary.segment_for_search(sentence))
        return ((word.text, word.start, word.end) for word in self.glossary.segment(sentence))
