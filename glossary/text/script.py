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
    """Simplified to traditional; `region` HK for the standard forms of Hong Kong. The length is kept.

    Without a region they are those of Taiwan, which dictionaries take for traditional in general: 群眾, 行為.
    OpenCC's own standard (羣衆, 行爲) is printed nowhere else.
    """
    # in two steps: OpenCC's own chains of steps end a text at a NUL
    return _same_length(_same_length(text, "s2t"), "t2hk" if region == "HK" else "t2tw")


def variants() -> dict[str, str]:
    """Characters printed for others, old and Japanese forms among them (鷄, 綫, 証), with the usual traditional one.

    Those that `t2tw`, `hk2t` or `jp2t` of OpenCC replace one to one, and those outside the first level of Big5 that
    share their simplified form with a common character. What simplified Chinese writes is never among them.
    """
    chars = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    together = "".join(chars)
    simplified = _same_length(together, "t2s")
    replaced = _same_length(_same_length(_same_length(together, "jp2t"), "hk2t"), "t2tw")
    usual = _same_length(simplified, "s2t")
    out: dict[str, str] = {}
    for char, simple, other, common in zip(chars, simplified, replaced, usual, strict=True):
        if simple == char:
            continue
        if other != char and (_is_common(other) or not _is_common(char)):
            out[char] = other
        elif common != char and not _is_common(char) and _is_common(common):
            out[char] = common
    return {char: out.get(other, other) for char, other in out.items() if out.get(other) != char}


def _is_common(char: str) -> bool:
    """Whether a character is of the first level of Big5: the 5,401 in common use."""
    code = char.encode("big5", errors="ignore")
    return b"\xa4\x40" <= code <= b"\xc6\x7e"


def to_regional(text: str, region: str) -> str:
    """Traditional in general to the standard forms of Taiwan (TW) or Hong Kong (HK); otherwise as it is."""
    return _same_length(text, {"TW": "t2tw", "HK": "t2hk"}[region]) if region in ("TW", "HK") else text


def spellings(texts: list[str]) -> dict[str, list[str]]:
    """Every spelling of many terms at once: simplified, traditional (Taiwan), of Hong Kong, in OpenCC's own standard.

    One conversion a standard for all of them: a call for each would take longer than all the rest of compiling.
    Repeats are kept out, but the traditional form always stands second (it may be the simplified one again).
    """
    together = "\n".join(texts)
    simplified = to_simplified(together)
    general = _same_length(simplified, "s2t")
    columns = [simplified, _same_length(general, "t2tw"), _same_length(general, "t2hk"), general]
    out: dict[str, list[str]] = {}
    for text, *forms in zip(texts, *(c.split("\n") for c in columns), strict=True):
        out[text] = [forms[0], forms[1], *(f for f in dict.fromkeys(forms[2:]) if f not in forms[:2])]
    return out
