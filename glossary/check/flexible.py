"""Renderings whose words stand in another construction: recognition of emotions, face and gait recognition.

Each rule is one way in which English says a compound otherwise. Words are compared by stem, so inflection and
derivation are no matter (`emotions are recognised`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from glossary.check.expected import ARTICLES, stem

_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*|[,;:.!?()/–—]")
_CONJUNCTIONS = frozenset({"and", "or", ",", "/", "nor", "plus"})
_PREPOSITIONS = frozenset({"of", "in", "to", "for", "on", "by", "from", "with", "at", "over"})
_AUXILIARIES = frozenset(
    "is are was were be been being has have had can could will would may might must should not also".split()
)
_BREAKS = frozenset(";:.!?()–—")
NEAR = 6  # letters that two stems of one word share
FARTHEST = 5  # words between the parts of a compound that is shared out


class Token(NamedTuple):
    """A word or mark of an English sentence: its stem, itself in small letters, its offsets."""

    stem: str
    low: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and marks of a sentence, articles left out."""
    out = []
    for match in _TOKEN.finditer(text):
        low = match[0].lower().replace("’", "'").removesuffix("'s").rstrip("'")
        if low and low not in ARTICLES:
            out.append(Token(stem(low) if low[0].isalnum() else low, low, *match.span()))
    return out


def find(stems: tuple[str, ...], text: list[Token], letters: str) -> tuple[int, int] | None:
    """Where the words of a rendering stand in some construction of their own: offsets, or None.

    `letters` are those of the rendering in one spelling, without its blanks.
    """
    if not stems:
        return None
    apart = _written_apart(letters, len(stems), text)
    if apart is not None:
        return apart
    where: dict[str, list[int]] = {}
    for i, token in enumerate(text):
        where.setdefault(token.stem, []).append(i)
    for wanted in stems:
        if wanted not in where and wanted not in _PREPOSITIONS:
            # register and registration leave stems of different length
            near = [
                i
                for s, places in where.items()
                if min(len(s), len(wanted)) >= NEAR and _begins(s, wanted) and not s.endswith("ee")
                for i in places
            ]
            if not near:
                return None
            where[wanted] = sorted(near)
    for rule in (_in_order, _with_preposition, _without_preposition, _verb_and_object):
        found = rule(stems, text, where)
        if found is not None:
            first, last = found
            return text[first].start, text[last].end
    return None


def _written_apart(letters: str, words: int, text: list[Token]) -> tuple[int, int] | None:
    """The same letters with other blanks: black list for blacklist."""
    if len(letters) < NEAR:
        return None
    for i, token in enumerate(text):
        if letters.startswith(token.low[:3]):
            joined = ""
            for j in range(i, min(len(text), i + words + 2)):
                joined += text[j].low
                if joined.removesuffix("s") == letters:
                    return token.start, text[j].end
                if len(joined) > len(letters) + 1:
                    break
    return None


Places = dict[str, list[int]]


def _in_order(stems: tuple[str, ...], text: list[Token], where: Places) -> tuple[int, int] | None:
    """One after the other, inflected or derived, with one coordination between: face (and gait) recognition."""
    for start in where.get(stems[0], ()):
        at, shared = start, False
        for wanted in stems[1:]:
            after = [i for i in where.get(wanted, ()) if at < i <= at + 1 + FARTHEST]
            if not after:
                break
            if after[0] != at + 1:
                between = text[at + 1 : after[0]]
                marks = [t.low for t in between]
                if shared or not (marks[0] in _CONJUNCTIONS or marks[-1] in _CONJUNCTIONS) or _BREAKS & set(marks):
                    break
                shared = True
            at = after[0]
        else:
            return start, at
    return None


def _with_preposition(stems: tuple[str, ...], text: list[Token], where: Places) -> tuple[int, int] | None:
    """Head first: recognition of (citizens') emotions."""
    if len(stems) < 2 or _PREPOSITIONS & set(stems):
        return None
    for cut in range(len(stems) - 1, 0, -1):
        head, rest = stems[cut:], stems[:cut]
        for start in where.get(head[0], ()):
            at = start + len(head)
            if _stems(text, start, at) != head or at >= len(text) or text[at].low not in _PREPOSITIONS:
                continue
            for place in where.get(rest[0], ()):
                if (
                    at < place <= at + FARTHEST
                    and _stems(text, place, place + len(rest)) == rest
                    and not _broken(text, at, place)
                ):
                    return start, place + len(rest) - 1
    return None


def _without_preposition(stems: tuple[str, ...], text: list[Token], where: Places) -> tuple[int, int] | None:
    """Without its preposition: privacy rights for right to privacy, withdraw consent for withdrawal of consent."""
    cut = next((i for i, s in enumerate(stems) if s in _PREPOSITIONS), 0)
    if not 0 < cut < len(stems) - 1:
        return None
    head, rest = stems[:cut], stems[cut + 1 :]
    for words in ((*rest, *head), (*head, *rest)):
        for start in where.get(words[0], ()):
            if _stems(text, start, start + len(words)) == words:
                return start, start + len(words) - 1
    return None


def _verb_and_object(stems: tuple[str, ...], text: list[Token], where: Places) -> tuple[int, int] | None:
    """As a clause: recognises (their) emotions; emotions are recognised."""
    if len(stems) < 2 or len(stems[-1]) < 5:
        return None
    head, rest = stems[-1], stems[:-1]
    for start in where.get(head, ()):
        for place in where.get(rest[0], ()):
            end = place + len(rest)
            if _stems(text, place, end) != rest:
                continue
            if start < place <= start + 3 and not _joined(text, start + 1, place):
                return start, end - 1
            if end <= start <= end + 3 and all(t.low in _AUXILIARIES for t in text[end:start]) and start > end:
                return place, start
    return None


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _stems(text: list[Token], start: int, end: int) -> tuple[str, ...]:
    return tuple(t.stem for t in text[start:end])


def _broken(text: list[Token], start: int, end: int) -> bool:
    return any(t.low in _BREAKS for t in text[start:end])


def _joined(text: list[Token], start: int, end: int) -> bool:
    """Whether something between makes two phrases of it."""
    return any(t.low in _BREAKS or t.low in _CONJUNCTIONS or t.low in _PREPOSITIONS for t in text[start:end])
