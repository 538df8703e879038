"""Simplified ↔ traditional by OpenCC.

For matching and keys only the length-preserving tables are used (t2s, tw2s, hk2s …), so offsets into the
converted text are offsets into the original; this is asserted. For display the Taiwan and Hong Kong standards
of the same tables are used.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glossary.errors import TermBaseError

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def _converter(config: str) -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(config).convert
    return convert


def _same_length(text: str, config: str) -> str:
    out = _converter(config)(text)
    if len(out) != len(text):  # a table of another OpenCC version that changes lengths would shift every offset
        raise TermBaseError(f"OpenCC's {config} changed the length of {text[:40]!r}; install opencc 1.4 or later")
    return out


def to_simplified(text: str) -> str:
    """Traditional (any standard) to simplified, character for character; the length is kept."""
    return _same_length(text, "t2s")


def to_traditional(text: str, region: str = "") -> str:
    """Simplified to traditional; `region` TW or HK for the standard forms of those places. The length is kept."""
    return _same_length(text, {"TW": "s2tw", "HK": "s2hk"}.get(region, "s2t"))


def traditional_forms(text: str) -> list[str]:
    """Every traditional spelling of a simplified term: general, Taiwan, Hong Kong; without repeats."""
    return list(dict.fromkeys(to_traditional(text, r) for r in ("", "TW", "HK")))
