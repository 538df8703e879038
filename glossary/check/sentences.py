"""Sentences of a Chinese and of an English text, with offsets; no model, no list of more than abbreviations.

A sentence without end (a text whose stops were lost, a list of a thousand items) can be cut further, at its clauses.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"[^\r\n]+")
_CLOSE = "”’」』）)】》\"'"
_ZH_END = re.compile(rf"[。！？!?]+[{_CLOSE}]*|…+[{_CLOSE}]*(?=\S)")
# a stop, what closes after it, white space, and then what can begin a sentence
_EN_END = re.compile(r"(?<![.!?])[.!?]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])|(?<![!?])[!?]+[\"'”’)\]]*(?=\s)")
_BORDERS = (re.compile(r"[。！？!?；;]|[.](?=\s)"), re.compile(r"[，：、]|[,:](?=\s)"), re.compile(r"\s"))
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Rep|Sen|Gov|No|Nos|Art|Arts|Sec|Ch|Fig|Figs|Vol|Ed|Eds|pp?|para|paras|"
    r"cf|vs|v|viz|al|approx|est|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e)|"
    r"\b[A-Z](?:\.[A-Z])*)\.$"
)


def paragraphs(text: str) -> list[Span]:
    """The lines of a text that are not blank."""
    return [trimmed for m in _PARAGRAPH.finditer(text) if (trimmed := _trim(text, *m.span()))]


def chinese(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of Chinese between two offsets; a full stop ends one, a comma or semicolon does not."""
    stop = len(text) if end is None else end
    return _cut(text, start, stop, [m.end() for m in _ZH_END.finditer(text, start, stop)])


def english(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of English between two offsets; the stop of an abbreviation or an initial ends none."""
    stop = len(text) if end is None else end
    ends = []
    for found in _EN_END.finditer(text, start, stop):
        if found[0].startswith(".") and _ABBREVIATED.search(text, max(start, found.start() - 12), found.start() + 1):
            continue
        ends.append(found.end())
    return _cut(text, start, stop, ends)


def clauses(text: str, start: int, end: int, size: int) -> list[Span]:
    """Pieces of `size` characters or somewhat more, each up to a clause mark, else to white space, else just cut."""
    ends = []
    at = start
    while end - at > size:
        for border in _BORDERS:
            found = border.search(text, at + size, min(at + 3 * size, end))
            if found:
                break
        at = found.end() if found else min(at + 2 * size, end)
        ends.append(at)
    return _cut(text, start, end, ends)


def _cut(text: str, start: int, end: int, ends: list[int]) -> list[Span]:
    out = []
    for stop in (*ends, end):
        trimmed = _trim(text, start, stop)
        if trimmed:
            out.append(trimmed)
        start = stop
    return out


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
