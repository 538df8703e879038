"""What annotating a text returns. All offsets are code points into the text as it was given, end exclusive."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.match.words import Words


class Term(msgspec.Struct, frozen=True, gc=False):
    """What all matches of one written form share: the concepts that have it, and the terms of the first."""

    ids: tuple[str, ...]
    zh: str
    en: str
    pinyin: str
    # the usual Latin form where the name is not Chinese, and the reading of what follows it (Ürümqi Shì)
    latin: tuple[str, str] | None = None


class Match(msgspec.Struct, gc=False):
    """A term in the text.

    `certainty`: `aligned` (it begins and ends where words do), `inside` (it is part of one longer word), `crossing` (it
    straddles the border of two words) or `everyday` (the text says the word in another sense); the last two are left
    out unless asked for.
    """

    start: int
    end: int
    text: str
    term: Term
    certainty: str

    @property
    def id(self) -> str:
        """The concept; where several have this form, the first."""
        return self.term.ids[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every concept that has this form."""
        return self.term.ids

    @property
    def zh(self) -> str:
        """The concept's preferred Chinese term."""
        return self.term.zh

    @property
    def en(self) -> str:
        """The concept's preferred rendering."""
        return self.term.en

    @property
    def pinyin(self) -> str:
        """The reading of the matched form."""
        return self.term.pinyin

    def shifted(self, by: int) -> Match:
        """The match with its offsets counted from elsewhere."""
        return Match(self.start + by, self.end + by, self.text, self.term, self.certainty)

    def to_dict(self) -> dict[str, Any]:
        """The match with the keys of the public contract."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "id": self.id,
            "zh": self.zh,
            "en": self.en,
            "certainty": self.certainty,
            "pinyin": self.pinyin,
            "ids": list(self.ids),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Match:
        """A match out of what `to_dict` made of it."""
        term = Term(tuple(data["ids"]), data["zh"], data["en"], data["pinyin"])
        return cls(data["start"], data["end"], data["text"], term, data["certainty"])

    def __repr__(self) -> str:
        return f"<Match {self.start}–{self.end} {self.text} {self.id} {self.en!r} {self.certainty}>"


class Word(msgspec.Struct, gc=False):
    """A word of the text: a whole term (`id` is set), a word, white space or punctuation (`pinyin` is "")."""

    start: int
    end: int
    text: str
    pinyin: str
    id: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The word with the keys of the public contract."""
        word = {"start": self.start, "end": self.end, "text": self.text, "pinyin": self.pinyin}
        return {**word, "id": self.id} if self.id else word

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Word:
        """A word out of what `to_dict` made of it."""
        return cls(data["start"], data["end"], data["text"], data["pinyin"], data.get("id", ""))

    def __repr__(self) -> str:
        return f"<Word {self.start}–{self.end} {self.text} {self.pinyin}>"


class Annotation:
    """A text with its terms; the words (`tokens`) are worked out when they are first read."""

    __slots__ = ("_tokens", "_words", "cut", "matches", "text")

    def __init__(self, text: str, matches: list[Match], cut: Callable[[str, list[Match]], Words]) -> None:
        self.text = text
        self.matches = matches
        self.cut = cut  # makes the words; the same function for every text of a matcher
        self._words: Words | None = None
        self._tokens: list[Word] | None = None

    @classmethod
    def told(cls, text: str, matches: list[Match], tokens: Callable[[], list[Word]]) -> Annotation:
        """An annotation that was made elsewhere; `tokens` gives its words when they are first read."""

        from glossary.match.words import Words

        def cut(_text: str, _matches: list[Match]) -> Words:
            told = tokens()
            terms = {n: Term((word.id,), "", "", word.pinyin) for n, word in enumerate(told) if word.id}
            return Words([word.text for word in told], [word.pinyin for word in told], {}, terms)

        return cls(text, matches, cut)

    # not functools.cached_property: before Python 3.12 that lets one thread at a time work out any text's words
    @property
    def words(self) -> Words:
        """The words, which tile the whole text: terms whole, everything between as the segmenter cuts it."""
        if self._words is None:
            self._words = self.cut(self.text, self.matches)
        return self._words

    @property
    def tokens(self) -> list[Word]:
        """The words as objects."""
        if self._tokens is None:
            words = self.words
            ends = list(accumulate(map(len, words.texts)))
            out = list(map(Word, [0, *ends[:-1]], ends, words.texts, words.readings))
            for n, term in words.terms.items():
                out[n].id = term.ids[0]
            self._tokens = out
        return self._tokens

    def readings(self, style: str = "marks") -> list[str]:
        """The reading of each of `tokens` in a style of `text.pinyin.respell`; "" where there is none."""
        from glossary.match.words import respelled

        return [respelled(reading, style) if reading else "" for reading in self.words.readings]

    def counts(self) -> list[tuple[Match, int]]:
        """The first match of each concept with the number of its matches, in order of appearance."""
        found: dict[str, list[Any]] = {}
        for match in self.matches:
            found.setdefault(match.id, [match, 0])[1] += 1
        return [(first, count) for first, count in found.values()]

    def pinyin(self, style: str = "marks", sandhi: bool = False) -> str:
        """The reading of the whole text, by word; see `text.pinyin.respell` for the styles.

        With `sandhi` the tones are those that are spoken (`text.sandhi`), else those of the dictionary.
        """
        from glossary.match.words import spell

        return spell(self.words, style, sandhi)

    def to_dict(self, tokens: bool = False) -> dict[str, Any]:
        """The annotation with the keys of the public contract."""
        out: dict[str, Any] = {"text": self.text, "matches": [m.to_dict() for m in self.matches]}
        if tokens:
            out["tokens"] = [t.to_dict() for t in self.tokens]
        return out
