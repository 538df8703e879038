"""Leave out names of places inside other names: 北京 in 北京西路, 新疆 in 陈新疆老师, 和田 in 和田先生."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.match.terms import PLACE
from glossary.text.names import CLEAR, COMMON, TITLES

if TYPE_CHECKING:
    from glossary.match.terms import Finding

_STREET = r"[东東南西北中][一二三四]?(?:路|街|大街|大道)|(?:路|街)\d+[号號]"
_BEHIND = re.compile(f"{_STREET}|{'|'.join(sorted(TITLES, key=len, reverse=True))}")
_POLITE_ONLY = re.compile("(?:先生|女士|小姐|太太)(?!们|們)")


def drop_in_names(finding: Finding, text: str) -> None:
    """Take out places that are part of a street's or a person's name; the finding is of Chinese terms."""
    parts = set()
    for i in finding.marked(PLACE):
        start, end, _ = finding.places[i]
        behind = _BEHIND.match(text, end)
        if behind and _is_part(text, start, end, behind[0]):
            parts.add(i)
    if parts:
        finding.drop(parts)


def _is_part(text: str, start: int, end: int, behind: str) -> bool:
    if behind not in TITLES or _POLITE_ONLY.match(text, end):
        return True
    # a surname before it, one that is a word too only where a clause begins: 陈新疆老师
    before = text[start - 1 : start] if start and end - start == 2 else ""
    return bool(before) and (before in CLEAR or (before in COMMON and not text[start - 2 : start - 1].isalpha()))
