"""OmegaT glossaries: source, target, comment, separated by tabs; a row for each form and rendering.

The file begins with a byte order mark: older versions guess the encoding of `.txt`, and the mark leaves nothing to
guess. Lines that begin with # are comments to OmegaT, and there is no escaping, so a form that begins with # is
written with a blank before it, which its matching by words passes over; the same is done for the signs with which a
spreadsheet begins a formula. OmegaT sorts the targets of one source by the alphabet, so the comment says which one
is preferred. (Facts: the manual's chapter on glossaries, and the behaviour of version 3.6 and later.)

Options: `direction` (zh-en, en-zh); `deprecated` (comment: renderings not to use are named in the comment of the
preferred one; omit: left out).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from glossary.exchange.facts import (
    DIRECTIONS,
    USABLE,
    clean,
    forms,
    leave_out,
    names,
    one_line,
    only,
    option,
    renderings,
    script_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept

_CARRIED = {
    "zh-en": frozenset({"definition.en", "zh.pinyin", "zh.use", "en.use", "en.abbr", "en.note"}),
    "en-zh": frozenset({"definition.en", "zh.pinyin", "zh.use", "en.abbr", "zh.note"}),
}
Row = tuple[str, str, str]


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the glossary; see the module for the options. Raises InputError for an unknown one."""
    only(options, "direction", "deprecated")
    direction, script = option(options, "direction", DIRECTIONS), script_of(options)
    forbidden = option(options, "deprecated", ("comment", "omit")) == "comment"
    head = " · ".join(filter(None, map(one_line, (options.title, options.date, options.licence))))
    file.write(("\ufeff# -*- coding: utf-8 -*-\n" + (f"# {head}\n" if head else "")).encode())
    rows_of = _chinese_rows if direction == "zh-en" else _english_rows
    for concept in concepts:
        rows = _cells(rows_of(concept, script, forbidden, report), concept, report)
        lines = ["\t".join(row) for row in dict.fromkeys(rows)]
        if lines:
            file.write(("\n".join(lines) + "\n").encode())
            report.concepts += 1
            leave_out(concept, report, _CARRIED[direction], script)
        else:
            report.note("dropped", "concepts without a pair of terms", concept.id)


def _cells(rows: Iterable[Row], concept: Concept, report: Report) -> Iterator[Row]:
    """The rows as they can be written."""
    for row in rows:
        source, target, comment = (clean(c, report, "terms and comments", concept.id) for c in row)
        if source and target:
            yield (
                _guarded(source, concept, report),
                _guarded(target, concept, report),
                _guarded(comment, concept, report),
            )


def _guarded(cell: str, concept: Concept, report: Report) -> str:
    if cell.startswith(("#", "=", "+", "-", "@")):
        report.note("changed", "first character # = + - or @: a blank before it", concept.id)
        return " " + cell
    return cell


def _chinese_rows(concept: Concept, script: str, forbidden: bool, report: Report) -> Iterator[Row]:
    good, rest = renderings(concept)
    targets = [*good, *(t for t in rest if t.use == "superseded")]  # what was right once is, with its mark
    bad = [(t.text, t.note) for t in rest if t.use != "superseded"]
    if bad and not (forbidden and targets):
        report.note("dropped", "en: deprecated renderings", concept.id, len(bad))
    for term in names(concept):
        old = "" if term.use in USABLE else f"the Chinese is {term.use}"
        for form in forms(term, script):
            for i, target in enumerate(targets):
                parts = [target.use, old, f"abbreviated {target.abbr}" if target.abbr else "", target.note]
                if i == 0:
                    parts += [term.pinyin, concept.definition.en, _avoid(bad) if forbidden else ""]
                yield form, target.text, _joined(parts)


def _english_rows(concept: Concept, script: str, forbidden: bool, report: Report) -> Iterator[Row]:
    good, rest = renderings(concept)
    if rest:  # as sources they would be found where a text means something else
        report.note("dropped", "en: deprecated and superseded renderings", concept.id, len(rest))
    targets = [t for t in names(concept) if t.use != "deprecated"]
    bad = [(forms(t, script)[0], t.note) for t in concept.zh if t.use == "deprecated"]
    if bad and not (forbidden and targets):
        report.note("dropped", "zh: deprecated terms", concept.id, len(bad))
    for rendering in good:
        for source in filter(None, (rendering.text, rendering.abbr)):
            for i, target in enumerate(targets):
                parts = [target.use, target.pinyin, target.note]
                if i == 0:
                    parts += [concept.definition.en, _avoid(bad) if forbidden else ""]
                for form in forms(target, script):
                    yield source, form, _joined(parts)


def _avoid(terms: list[tuple[str, str]]) -> str:
    """`do not use: mood detection (why)`."""
    words = [f"{text} ({note})" if note else text for text, note in terms]
    return f"do not use: {'; '.join(words)}" if words else ""


def _joined(parts: list[str]) -> str:
    return " · ".join(filter(None, map(one_line, parts)))
