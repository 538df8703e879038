"""Short forms that a text introduces for itself: *facial recognition (FR)*, *the Measures* in brackets and quotes.

Whether an acronym belongs to the words before it is decided as in Schwartz, A. S. and Hearst, M. A. (2003), A Simple
Algorithm for Identifying Abbreviation Definitions in Biomedical Text, Pacific Symposium on Biocomputing: its letters
must be found in the words in order, the first at the beginning of a word.
"""

from __future__ import annotations

import re

_AFTER = re.compile(
    r"[ \w-]{0,30}?\s*[(（]\s*"
    r"(?:(?:here(?:in)?after|also|or|abbreviated (?:as|to)|referred to as|known as|called|the|(?:in|for) short),?\s+)*"
    r"(?:[\"“‘'](?:the )?(?P<name>[^\"”’')]{2,40})[\"”’']|(?P<short>[A-Z][A-Za-z0-9&.-]{1,11}))[^()（）]{0,25}[)）]"
)
_OR = re.compile(
    r",?\s*(?:,\s*or|abbreviated(?: as| to)?|known as|called|hereinafter|or)\s+(?:the\s+)?"
    r"(?P<short>[A-Z][A-Za-z0-9&]*[A-Z])\b"
)
_BEFORE = re.compile(r"\b(?P<short>[A-Z][A-Za-z0-9&.-]{1,11})\s*[(（]\s*(?:the |that is, |i\.e\.,? )?$")


def short_form(text: str, start: int, end: int) -> str:
    """The short form that a text introduces for the words between two offsets, right after or right before them."""
    after = _AFTER.match(text, end)
    if after:
        if after["name"]:
            return after["name"].strip()
        if stands_for(after["short"], text[start : after.start("short")]):
            return after["short"].replace(".", "")
    named = _OR.match(text, end)
    if named and stands_for(named["short"], text[start:end]):
        return named["short"]
    before = _BEFORE.search(text, max(0, start - 20), start)
    if before and stands_for(before["short"], text[start:end]):
        return before["short"].replace(".", "")
    return ""


def stands_for(short: str, long: str) -> bool:
    """Whether every letter of the acronym is found in the words, in order from the right; its first begins a word."""
    letters = [c for c in short.lower().removesuffix("s") if c.isalnum()]
    if sum(c.isupper() for c in short) < 2:
        return False
    at = len(long)
    for k, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (long[at].lower() != letter or (k == 0 and at > 0 and long[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    return True
