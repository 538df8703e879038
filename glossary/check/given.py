"""What is given to be checked: two whole texts, which are laid side by side, or sentence pairs; faults are said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from glossary.check import sentences
from glossary.check.align import ENDLESS, align, is_swapped, share_of_han
from glossary.check.finding import Check, CheckedLine
from glossary.check.line import Line
from glossary.errors import InputError
from glossary.text.normalize import check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from glossary.check.checker import Checker
    from glossary.match.annotation import Match

    Annotate = Callable[[str], list[Match]]

EMPTY = "there is no translation"
NO_ENGLISH = "the translation is Chinese"
CHINESE = 0.8  # of the letters of a translation that is none
LONG = 3  # sentences of a line from which it is cut up and aligned itself


def check_texts(checker: Checker, annotate: Annotate, source: str, target: str, least: float) -> Check:
    """Check two whole texts, sentence by sentence. Raises InputError for half a character."""
    check_text(source)
    check_text(target)
    swapped = is_swapped(source, target)
    if swapped:
        source, target = target, source
    if share_of_han(target) > CHINESE:
        return Check(source, target, [], note=NO_ENGLISH)
    cut = _cut(checker, annotate, source, target)
    found = checker.check([line for line, _ in cut], least)
    findings = _moved(found, [offsets for _, offsets in cut], source, target)
    beads = [(a, a + len(line.zh), c, c + len(line.en)) for line, (a, c) in cut]
    return Check(source, target, findings, swapped, sum(line.doubtful for line in found), beads)


def check_pairs(
    checker: Checker, annotate: Annotate, pairs: Iterable[Mapping[str, Any]], least: float
) -> list[CheckedLine]:
    """Check {"id", "zh", "en"} each, all of one document; a pair of several sentences is aligned itself.

    A pair with one language only has a note; where it is the translation that is not there, its terms are missing.
    Raises InputError that names the pair for half a character.
    """
    lines: list[Line] = []
    of: list[tuple[CheckedLine, str, str, list[tuple[int, int]]]] = []
    for pair in pairs:
        id, zh, en = pair["id"], pair["zh"], pair["en"]
        try:
            check_text(zh)
            check_text(en)
        except InputError as error:
            raise InputError(f"pair {id}: {error}") from None
        swapped = is_swapped(zh, en)
        if swapped:
            zh, en = en, zh
        note = _unfit(zh, en)
        if note and note != EMPTY:
            cut = [(Line(id, zh, en, [], note), (0, 0))]
        elif len(zh) > ENDLESS or (len(zh) > 40 and len(sentences.chinese(zh)) > LONG):
            cut = _cut(checker, annotate, zh, en)
        else:
            cut = [(Line(id, zh, en, annotate(zh)), (0, 0))]
        lines += [line for line, _ in cut]
        of.append((CheckedLine(id, [], note, swapped), zh, en, [offsets for _, offsets in cut]))
    found = iter(checker.check(lines, least))
    for answer, zh, en, offsets in of:
        mine = [next(found) for _ in offsets]
        answer.findings = _moved(mine, offsets, zh, en)
        answer.doubtful = sum(line.doubtful for line in mine)
    return [answer for answer, _, _, _ in of]


def _unfit(zh: str, en: str) -> str:
    """Why a pair cannot be checked; "" where it can."""
    if not en.strip():
        return EMPTY if zh.strip() else "there is no text"
    if share_of_han(en) > CHINESE:
        return NO_ENGLISH
    if not zh.strip():
        return "there is no source"
    return ""


def _cut(checker: Checker, annotate: Annotate, source: str, target: str) -> list[tuple[Line, tuple[int, int]]]:
    """A line for each sentence with what renders it, and where the two begin."""
    matches = annotate(source)
    starts = [m.start for m in matches]

    def marks(start: int, end: int) -> frozenset[str]:
        here = matches[bisect_left(starts, start) : bisect_left(starts, end)]
        return frozenset().union(*(checker.expected(m.term.ids).marks for m in here))

    out = []
    for (a, b), (c, d) in align(source, target, marks):
        here = [m.shifted(-a) for m in matches[bisect_left(starts, a) : bisect_left(starts, b)]]
        out.append((Line("", source[a:b], target[c:d], here), (a, c)))
    return out


def _moved(found: list[CheckedLine], offsets: list[tuple[int, int]], source: str, target: str) -> list[Any]:
    """Findings with offsets into the whole texts, and the numbers of their sentences."""
    every = [f.moved(*at) for line, at in zip(found, offsets, strict=True) for f in line.findings]
    if not every:
        return []
    ours = [s for p in sentences.paragraphs(source) for s, _ in sentences.chinese(source, *p)]
    theirs = [s for p in sentences.paragraphs(target) for s, _ in sentences.english(target, *p)]
    begins = {id(f): at[1] for line, at in zip(found, offsets, strict=True) for f in line.findings}
    for f in every:
        f.sentence = max(1, bisect_right(ours, f.start))
        f.target_sentence = max(1, bisect_right(theirs, f.target_start if f.target_start >= 0 else begins[id(f)]))
    return sorted(every, key=lambda f: (f.start, f.target_start))
