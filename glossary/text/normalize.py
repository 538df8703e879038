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
from bisect import bisect_right
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# format characters that people cannot see: soft hyphen, zero-width space and joiners, direction marks, BOM
INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"

SPACES = "\t-\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # as \s, and twice as quick
COMMON_BLANKS = "\n \u3000\t\r\xa0"
WIDE_WORD = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"  # full-width digits and letters
UNCOMMON = dict(zip("•・‧･„〝‟〞『』", "····““””「」", strict=True))  # marks, and those that are printed more often

# Patterns over wide ranges take 2 ms each to compile, so each is made when it is first needed.


@cache
def _hidden() -> re.Pattern[str]:
    """What cannot be seen: the quickest way to know that there is nothing."""
    return re.compile(f"[{INVISIBLE}]")


@cache
def _between() -> re.Pattern[str]:
    """White space between two Han characters; looking back from the white space is twice as fast as on to it."""
    return re.compile(rf"[{SPACES}](?<=[{HAN}].)\s*(?=[{HAN}])", re.DOTALL)


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


_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}


def half_width(text: str) -> str:
    """Full-width letters, digits and marks as the usual ones, one to one; capitals stay."""
    return text.translate(_HALF_WIDTH)


def narrow(text: str) -> str:
    """Fold characters one to one; the result is as long as the text."""
    return text.translate(_table())


class Folded:
    """Folded text with the way back. `text` is what to match in; `span(i, j)` gives offsets into the original.

    `cuts` are the places in the folded text after which something was left out, `shifts` how far what follows each has
    moved in all.
    """

    __slots__ = ("_cuts", "_shifts", "text")

    def __init__(self, text: str, cuts: list[int], shifts: list[int]) -> None:
        self.text = text
        self._cuts, self._shifts = cuts, shifts

    @property
    def same(self) -> bool:
        """Whether offsets are those of the original."""
        return not self._cuts

    def places(self, found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """`span` for many (start, end, anything) in order of their start."""
        cuts, shifts = [*self._cuts, len(self.text) + 1], [0, *self._shifts]
        out: list[tuple[int, int, int]] = []
        i = shift = 0
        cut = cuts[0]
        for start, end, what in found:
            if cut < end:
                while cuts[i] <= start:
                    i += 1
                cut, shift = cuts[i], shifts[i]
                if cut < end:  # something was left out inside it
                    out.append((*self.span(start, end), what))
                    continue
            out.append((start + shift, end + shift, what))
        return out

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code-point offsets into the original of the folded span [start, end), end exclusive."""
        before, within = bisect_right(self._cuts, start), bisect_right(self._cuts, end - 1)
        return (
            start + (self._shifts[before - 1] if before else 0),
            end + (self._shifts[within - 1] if within else 0),
        )


def fold(text: str) -> Folded:
    """Prepare a term for matching; see the module's docstring. Nothing is shifted: `Folded.span` goes back."""
    return Folded(text, [], []) if _is_plain(text) else close_up(narrow(text))


class RunningFolder:
    """Prepares running text for matching, at the speed of reading it where little has to be changed.

    As `fold`, but punctuation stays as it is unless it stands between full-width letters or digits: written forms with
    punctuation in them are looked for in every usual typography (`typographies`), and uncommon marks become one of
    those. `variants` are characters that are printed for others.
    """

    def __init__(self, variants: Mapping[str, str]) -> None:
        self._table = {**_table(), **str.maketrans(UNCOMMON), **str.maketrans(dict(variants))}
        odd = WIDE_WORD + "".join(UNCOMMON) + "\u2e80-\u2fd5\uf900-\ufad9" + "".join(variants)
        # one set in front: that is what makes a search quick
        self._odd = re.compile(f"[{odd}](?:(?<=[{WIDE_WORD}])[\uff01-\uff5e\u3000]*[{WIDE_WORD}])?")
        strange = odd + INVISIBLE  # in most texts there is none
        self._first = re.compile(rf"[{SPACES}{strange}](?:(?<=[{strange}])()|(?<=[{HAN}].)\s*(?=[{HAN}]))", re.DOTALL)

    def __call__(self, text: str) -> Folded:
        """The folded text; `Folded.span` goes back to offsets in the original."""
        low = text.lower()
        if len(low) != len(text):
            low = text.replace("İ", "i").lower()  # the only letter that grows
        blanks = []
        for match in self._first.finditer(low):
            if match.lastindex:  # something strange
                return close_up(self._odd.sub(lambda m: m[0].translate(self._table), low))
            blanks.append(match.span())
        return _joined(low, blanks)


@cache
def _begun_by(blank: str) -> re.Pattern[str]:
    """White space between two Han characters that begins with this one: what begins with one sign is found quickly."""
    return re.compile(rf"{blank}(?<=[{HAN}].)\s*(?=[{HAN}])", re.DOTALL)


def close_common(text: str) -> Folded:
    """Leave out white space between two Han characters if it begins with a common blank; as quick as can be."""
    kinds = [blank for blank in COMMON_BLANKS if blank in text]
    spans = [match.span() for blank in kinds for match in _begun_by(blank).finditer(text)]
    return _joined(text, sorted(spans) if len(kinds) > 1 else spans)


def close_up(text: str) -> Folded:
    """Leave out what cannot be seen, and white space between two Han characters."""
    spans = [m.span() for m in _between().finditer(text)]
    return _joined(text, list(_gaps(text, spans)) if _hidden().search(text) else spans)


def _joined(text: str, spans: list[tuple[int, int]]) -> Folded:
    """The text without these spans of it, in order."""
    if not spans:
        return Folded(text, [], [])
    cuts: list[int] = []
    shifts: list[int] = []
    pieces: list[str] = []
    at = gone = 0
    for first, last in spans:
        pieces.append(text[at:first])
        gone += last - first
        cuts.append(last - gone)
        shifts.append(gone)
        at = last
    return Folded("".join([*pieces, text[at:]]), cuts, shifts)


def _gaps(text: str, blanks: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The white space between Han characters, and what cannot be seen, in order; together where they meet."""
    done = 0
    for hidden in _hidden().finditer(text):
        start, end = hidden.span()
        if start < done:
            continue
        while start > done and text[start - 1].isspace():
            start -= 1
        while end < len(text) and (text[end].isspace() or _hidden().match(text, end)):
            end += 1
        if start and end < len(text) and is_han(text[start - 1]) and is_han(text[end]):
            blanks.append((start, end))
        else:  # white space stays
            blanks += [(i, i + 1) for i in range(start, end) if not text[i].isspace()]
        done = end
    yield from sorted(blanks)


def typographies(form: str) -> list[str]:
    """A folded form as it may be printed, itself first.

    Full-width punctuation, Chinese quotation marks of both kinds, a bullet for the dot in names.
    Forms that are typographically mixed in themselves are not among them; nor does a text with full-width letters or
    digits need them, because its punctuation is folded too.
    """
    out = {form: None}
    wide = form.translate(_WIDE)
    for quotes in ("“”", "「」", '""'):
        for body in (wide, form):
            parts = body.split('"')
            joined = parts[0] + "".join(quotes[i % 2] + part for i, part in enumerate(parts[1:]))
            out[joined] = None
    if "·" in form:
        out.update({printed.replace("·", "•"): None for printed in list(out)})
    return list(out)


_WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "():,?!;+"}
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
    utf8_size(text)
    return text


def utf8_size(text: str) -> int:
    """The bytes of a text in UTF-8. Raises InputError as `check_text`."""
    from glossary.errors import InputError

    try:
        return len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds half a character (lone surrogate U+{ord(text[error.start]):04X}) at position "
            f"{error.start}; read it from its file again with the right encoding"
        ) from None
