"""The forms of an English rendering that are looked for in running text, and how their letters must stand there.

WHO is not `who`, and Axis the company is not an axis: an acronym must stand in capitals (a plural s may follow), a name
of one word must begin with one, a name after an article too (The Guardian). Anything else may be written in small
letters, capitals, or as a heading. Function words, which stand in the base for words of titles, are not looked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.text.english import pattern
from glossary.text.inflect import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.model import EnTerm

ANYHOW, CAPITAL, CAPITALS, LAST_CAPITAL = range(4)  # how the letters must stand
FUNCTION_WORDS = frozenset(
    """
    a about after against all also an and any are as at be been before by can do does each every for from has have
    here how if in into is it its more most no nor not of off on one or other our out over say says said so some such
    than that the their them then there these they this those through to too under until up upon very was we were what
    when where which while who whom whose why will with without would you your
    """.split()
)
_ARTICLES = ("the ", "a ", "an ")
_ARTICLE_NAME = re.compile(r"(?:The|Great) [A-Z]\w+")  # The Guardian, and not the guardian; the Great Firewall
SHORTEST, LONGEST = 2, 200  # letters; one letter is no term, longer ones are sentences


def written(form: str) -> int:
    """How the letters of a form must stand where it is met."""
    if form.isupper() and sum(map(str.isalpha, form)) > 1:
        return CAPITALS
    if form[:1].isupper() and " " not in form:
        return CAPITAL
    return LAST_CAPITAL if _ARTICLE_NAME.fullmatch(form) else ANYHOW


def english_forms(term: EnTerm) -> Iterator[tuple[str, int]]:
    """(pattern, how it must be written) of every form of a rendering and of its abbreviation."""
    for text in (term.text, term.abbr):
        if not SHORTEST <= len(text) <= LONGEST:
            continue
        wanted = written(text)
        seen = set()
        for form in forms(text, term.pos) if wanted != CAPITALS else (text, text + "s"):
            if form.startswith(_ARTICLES):  # it would hide the longer term after it: the [police officers]
                continue
            look = pattern(form)
            if (
                len(look) > SHORTEST + 1
                and (wanted == CAPITALS or look.strip() not in FUNCTION_WORDS)
                and look not in seen
            ):
                seen.add(look)
                yield look, wanted


def stands(raw: str, how: int) -> bool:
    """Whether a form met in a text is written as it must be: AIs, not ais."""
    if how == CAPITALS:
        bare = raw[:-1] if raw[-1:] == "s" else raw
        return bare == bare.upper()
    if how == LAST_CAPITAL:
        return raw.split()[-1][:1].isupper()
    return how == ANYHOW or raw[:1].isupper()
