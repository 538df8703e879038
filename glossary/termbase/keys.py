"""What a concept can be found by: every form, reading, set of initials and rendering, in the form to compare by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.text.normalize import HAN, key
from glossary.text.pinyin import term_syllables, unmark
from glossary.text.script import to_simplified, traditional_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.model import Concept, ZhTerm

USES = {"preferred": 0, "admitted": 1, "superseded": 2, "deprecated": 3}
_LEADING = re.compile(r"^(?:the|a|an|to) ")
_RUN = re.compile(f"[{HAN}]+|[a-z0-9]+")


def english_key(text: str) -> str:
    """English to compare by: lower case, hyphens and slashes as blanks, no leading article or `to`."""
    low = re.sub(r"[\s\-‐-―/]+", " ", key(text)).replace("'", "").strip()
    return _LEADING.sub("", low)


def written_forms(term: ZhTerm) -> list[str]:
    """Both scripts of a Chinese term (with the Taiwan and Hong Kong standards), without repeats."""
    simplified = term.text
    traditional = [term.trad, *traditional_forms(simplified)] if term.trad else traditional_forms(simplified)
    return list(dict.fromkeys([simplified, *traditional]))


def concept_keys(concept: Concept) -> Iterator[tuple[str, str, str, int]]:
    """(text, field, form, use) for everything that leads to this concept."""
    for term in concept.zh:
        use = USES[term.use]
        for form in written_forms(term):
            yield key(form), "zh", form, use
            yield key(to_simplified(form)), "zh", form, use
        for reading in filter(None, (term.pinyin, term.pinyin_tw)):
            yield from _reading_keys(term.text, reading, use)
    for rendering in concept.en:
        use = USES[rendering.use]
        yield english_key(rendering.text), "en", rendering.text, use
        if rendering.abbr:
            yield english_key(rendering.abbr), "abbr", rendering.abbr, use


def _reading_keys(text: str, reading: str, use: int) -> Iterator[tuple[str, str, str, int]]:
    try:
        pairs = term_syllables(text, reading)
    except ValueError:  # an imported base may hold anything; such a reading is shown but not searched
        return
    plain = "".join(s for s, _ in pairs)
    if pairs:
        yield "".join(f"{s}{t}" for s, t in pairs), "tones", reading, use
        yield plain, "plain", reading, use
        yield "".join(s[0] for s, _ in pairs if s != "r"), "initials", reading, use
    whole = letters(reading)
    if whole != plain:  # a term with Latin letters or digits in it: AI双师课堂, 36氪
        yield whole, "letters", reading, use


def letters(reading: str) -> str:
    """A reading as bare letters and digits, Latin parts included: `AI shuāngshī` → aishuangshi."""
    return "".join(c for c in unmark(key(reading))[0] if c.isascii() and c.isalnum())


def bigrams(text: str) -> str:
    """Tokens for the infix index: each pair of neighbouring Han characters, the last one alone; Latin runs whole."""
    out: list[str] = []
    for run in _RUN.findall(text):
        if run[0].isascii():
            out.append(run)
        else:
            out.extend(run[i : i + 2] for i in range(len(run)))
    return " ".join(out)
