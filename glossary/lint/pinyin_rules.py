"""Rules on readings: possible syllables, one for each character, divided into words, no sandhi."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from glossary.lint.rules import concept_rule, folder_rule
from glossary.text.normalize import han_characters
from glossary.text.opinions import disagreement
from glossary.text.pinyin import join, term_syllables, word_syllables, words
from glossary.text.reading import possible_readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.lint.rules import Finding, FolderFinding
    from glossary.model import Concept
    from glossary.termfiles.folder import TermFolder

# Entries of these kinds are names: every word of their reading begins with a capital.
NAMES = frozenset(
    {
        "company",
        "product",
        "institution",
        "person",
        "outlet",
        "journal",
        "place",
        "law",
        "treaty",
        "standard",
        "programme",
    }
)
STRICT_NAMES = frozenset({"company", "institution", "person", "place"})


def _readings(concept: Concept) -> Iterator[tuple[str, str, str]]:
    for i, term in enumerate(concept.zh):
        yield f"zh[{i}].pinyin", term.text, term.pinyin
        if term.pinyin_tw:
            yield f"zh[{i}].pinyin_tw", term.text, term.pinyin_tw


def _pairs(text: str, reading: str) -> list[tuple[str, tuple[str, int]]] | None:
    """Han characters beside their syllables; None where the counts differ. Erhua's r belongs to its 儿."""
    try:
        syllables = term_syllables(text, reading)
    except ValueError:
        return None
    chars = han_characters(text)
    return list(zip(chars, syllables, strict=True)) if len(chars) == len(syllables) else None


@concept_rule("E105")
def legal_syllables(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A reading holds something that is no pinyin syllable."""
    for field, text, reading in _readings(concept):
        try:
            term_syllables(text, reading)
        except ValueError as error:
            yield field, f"{error} in {reading!r}"


@concept_rule("E107")
def one_syllable_each(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A reading has not one syllable for each Han character."""
    for field, text, reading in _readings(concept):
        try:
            count = len(term_syllables(text, reading))
        except ValueError:
            continue
        if count != len(han_characters(text)):
            yield field, f"{text} has {len(han_characters(text))} characters, {reading!r} {count} syllables"


@concept_rule("E108")
def possible_for_character(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A syllable is no reading of its character (the neutral tone is allowed everywhere)."""
    for field, text, reading in _readings(concept):
        for char, (syllable, tone) in _pairs(text, reading) or ():
            known = possible_readings(char)
            allowed = {s for s, _ in known} if tone == 5 else {s for s, t in known if t == tone}
            if known and syllable not in allowed and not (char == "儿" and syllable == "r"):
                yield field, f"{char} is not read {join([(syllable, tone)])} (in {text} {reading})"


@concept_rule("E109")
def no_sandhi(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """Tone sandhi is written; GB/T 16159 writes the dictionary tone."""
    for field, text, reading in _readings(concept):
        for char, pair in _pairs(text, reading) or ():
            if (char == "一" and pair in {("yi", 2), ("yi", 4)}) or (char == "不" and pair == ("bu", 2)):
                yield field, f"{char} is written {'yī' if char == '一' else 'bù'} (in {text} {reading})"


@concept_rule("E110")
def spelled_by_rule(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A word is not spelled as the rules have it: mark placement, ü, apostrophe before an inner a, o, e."""
    for field, text, reading in _readings(concept):
        latin = set(re.findall(r"[A-Za-z]+", text))
        for word in words(unicodedata.normalize("NFC", reading)):
            if word in latin or re.search(r"[A-Z].*[A-Z]", word) or re.search(r"\d", word):
                continue
            try:
                right = join(word_syllables(word), word[:1].isupper())
            except ValueError:
                continue
            if right != word.replace("’", "'"):
                yield field, f"{word} should be {right} (in {text})"


@concept_rule("E111")
def names_capitalised(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """The reading of a name does not begin with a capital."""
    if concept.kind not in STRICT_NAMES or not concept.en[0].text[:1].isupper():
        return  # a kind of institution (非政府组织) is no name
    for field, text, reading in _readings(concept):
        parts = [w for w in words(reading) if w not in text]
        if parts and not parts[0][:1].isupper():
            yield field, f"{reading!r}"


@concept_rule("W101")
def divided_into_words(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A word of the reading has more than four syllables; can it be divided?"""
    for field, text, reading in _readings(concept):
        for word in words(reading):
            try:
                if len(word_syllables(word)) > 4 and concept.kind not in {"person", "place"}:
                    yield field, f"{word} (in {text})"
            except ValueError:
                continue


@folder_rule("W102")
def read_as_others_do(folder: TermFolder) -> Iterator[FolderFinding]:
    """Most engines read a character otherwise; correct it, or say in reviewed.toml why it stands."""
    reviewed = folder.reviewed.get("W102", {})
    used: set[str] = set()
    for id, concept in folder.concepts.items():
        for i, term in enumerate(concept.zh):
            pairs = _pairs(term.text, term.pinyin)
            if pairs is None:
                continue
            chars = "".join(c for c, _ in pairs)
            for n, theirs, who in disagreement(term.text, [pair for _, pair in pairs]):
                known = _reviewed(reviewed, chars, [pair for _, pair in pairs], n)
                if known:
                    used.add(known)
                else:
                    said = f"{chars[n]} {join([theirs])} ({', '.join(who)})"
                    yield id, f"zh[{i}].pinyin", f"{term.text} {term.pinyin}: {said}"
    for entry in reviewed:
        if entry not in used:
            yield "reviewed.toml", "W102", f"{entry!r} is not needed any more"


def _reviewed(reviewed: dict[str, str], chars: str, pairs: list[tuple[str, int]], n: int) -> str:
    """The entry of reviewed.toml (`卡口 qiǎkǒu`) that covers the n-th character of a term; "" where none does."""
    for entry in reviewed:
        text, _, reading = entry.partition(" ")
        try:
            wanted = term_syllables(text, reading)
        except ValueError:
            continue
        at = chars.find(text)
        while at >= 0:
            if at <= n < at + len(text) and pairs[at : at + len(text)] == wanted:
                return entry
            at = chars.find(text, at + 1)
    return ""
