"""The form to compare by, with offsets back to the original.

Two uses. `fold` prepares running text for the matcher: every step keeps the way back to the code point it came
from. `key` prepares a term or a query for look-up. Both forms are simplified or traditional as given: script is
`text.script`'s business.

Steps: full-width ASCII and the ideographic space to half width; letters to lower case one to one; typographic
quotes and dashes to plain ones; a radical or compatibility ideograph to the character it stands for; white space
and invisible format characters inside a run of Han characters dropped (a term broken by a line end is still
one term).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# format characters that people cannot see: soft hyphen, zero-width space and joiners, direction marks, BOM
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"


# Patterns over wide ranges take 2 ms each to compile, so each is made when it is first needed.


@cache
def _drop() -> re.Pattern[str]:
    return re.compile(rf"(?<=[{HAN}])[\s\u3000{_INVISIBLE}]+(?=[{HAN}])|[{_INVISIBLE}]+")


@cache
def _inner() -> re.Pattern[str]:
    """What stands between characters of a term and may be typed or not; a question mark is a wildcard."""
    return re.compile(rf"(?<=[{HAN}])[ \-·\"',;:!()、—]+(?=[{HAN}])")


def is_han(char: str) -> bool:
    """Whether a character is a Han character."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or char == "\u3007"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U000323af"
    )


def han_characters(text: str) -> list[str]:
    """The Han characters of a text, in order."""
    return [c for c in text if is_han(c)]


def _is_plain(text: str) -> bool:
    """Whether a text is of common Han characters only: as nearly every term is, and then it is its own folded form."""
    return bool(text) and min(text) >= "\u4e00" and max(text) <= "\u9fff"


_QUOTES = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "〝": '"',
    "〞": '"',
    "‘": "'",
    "’": "'",
    "‛": "'",
    "ʼ": "'",
    "′": "'",
    "－": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "・": "·",
    "•": "·",
    "‧": "·",
    "･": "·",
    "\u3000": " ",
    "\u00a0": " ",
}


@cache
def _table() -> dict[int, str]:
    """One-to-one folding of characters; made once, in under a millisecond."""
    table = {0xFF01 + i: chr(0x21 + i).lower() for i in range(94)}
    table |= {ord(k): v for k, v in _QUOTES.items()}
    for start, end in ((0x41, 0x5B), (0xC0, 0x250), (0x370, 0x400), (0x400, 0x460)):
        for code in range(start, end):
            low = chr(code).lower()
            if len(low) == 1 and low != chr(code):
                table[code] = low
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFADA)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


def narrow(text: str) -> str:
    """Fold characters one to one; the result is as long as the text."""
    return text.translate(_table())


class Folded:
    """Folded text with the way back. `text` is what to match in; `span(i, j)` gives offsets into the original."""

    __slots__ = ("_map", "text")

    def __init__(self, text: str, offsets: list[int] | None) -> None:
        self.text = text
        self._map = offsets

    @property
    def same(self) -> bool:
        """Whether offsets are those of the original."""
        return self._map is None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code-point offsets into the original of the folded span [start, end), end exclusive."""
        if self._map is None:
            return start, end
        return self._map[start], self._map[end - 1] + 1


def _may_drop(text: str) -> bool:
    """Whether there is anything that `_drop` could find: not in ASCII, nor in letters and digits alone."""
    return not text.isascii() and not text.isalnum()


def fold(text: str) -> Folded:
    """Prepare running text for matching; see the module's docstring. Nothing is shifted: `Folded.span` goes back."""
    if _is_plain(text):
        return Folded(text, None)
    low = narrow(text)
    gaps = list(_drop().finditer(low)) if _may_drop(low) else []
    if not gaps:
        return Folded(low, None)
    pieces: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in (*(g.span() for g in gaps), (len(low), len(low))):
        pieces.append(low[at : gap[0]])
        offsets.extend(range(at, gap[0]))
        at = gap[1]
    return Folded("".join(pieces), offsets)


_BRACKETS = "\"'《》〈〉【】〔〕()[]{}<>“”‘’"
_SPACE = re.compile(r"\s+")


def key(text: str) -> str:
    """The form a term is looked up by: folded, no outer quotes and brackets, no punctuation inside Han runs."""
    if _is_plain(text):
        return text
    if text.isascii():  # nothing in it can be composed, folded or invisible
        return " ".join(text.lower().split()).strip(_BRACKETS).strip()
    out = _SPACE.sub(" ", fold(unicodedata.normalize("NFC", text)).text).strip().strip(_BRACKETS).strip()
    return out if out.isascii() or out.isalnum() else _inner().sub("", out)


def has_han(text: str) -> bool:
    """Whether any character of the text is a Han character."""
    return not text.isascii() and any(map(is_han, text))


def check_text(text: str) -> str:
    """Return the text, or raise InputError where it holds half a character (a lone surrogate)."""
    from glossary.errors import InputError

    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds half a character (lone surrogate U+{ord(text[error.start]):04X}) at position "
            f"{error.start}; read it from its file again with the right encoding"
        ) from None
    return text
