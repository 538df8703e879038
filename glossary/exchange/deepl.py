"""DeepL glossaries: source and target, separated by a tab, no header, one target for each source.

What the service refuses is kept out: a second entry for a source, an empty side, control characters, blanks at the
ends, more than 1,024 bytes a term or 10 MiB a file. Where one form belongs to two concepts, the one that prefers it
has it; the other loses it, which is reported. (Facts: DeepL's pages on glossaries, and the checks of its own Python
library.)

Options: `direction` (zh-en, en-zh); `regions` (own: in simplified script no forms of Taiwan, Hong Kong or Macao,
unless a concept has no others; all).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from glossary.errors import InputError
from glossary.exchange.facts import (
    DIRECTIONS,
    USABLE,
    at_home,
    clean,
    forms,
    leave_out,
    only,
    option,
    renderings,
    script_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, ZhTerm

TERM_BYTES = 1024
FILE_BYTES = 10 * 1024 * 1024
_FORMULA = "=+-@"  # a spreadsheet that opens the file would run what begins with one of these


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the glossary. Raises InputError for an unknown option, or where it would be too large for DeepL."""
    only(options, "direction", "regions")
    direction, script = option(options, "direction", DIRECTIONS), script_of(options)
    taken: dict[str, tuple[str, str, bool]] = {}  # source: target, concept, whether the concept prefers this source
    for concept in concepts:
        terms = at_home(concept, script, options, report)
        pairs_of = _chinese if direction == "zh-en" else _english
        pairs = list(pairs_of(concept, terms, script, report))
        if not pairs:
            report.note("dropped", "concepts without a pair of terms", concept.id)
            continue
        report.concepts += 1
        leave_out(concept, report, frozenset(), script)
        for source, target, preferred in pairs:
            source, target = (_fit(c, concept, report) for c in (source, target))
            if source and target:
                _take(taken, source, target, preferred, concept, report)
    data = "".join(f"{source}\t{target}\n" for source, (target, _, _) in taken.items()).encode()
    if len(data) > FILE_BYTES:
        raise InputError(
            f"{len(data):,} bytes; DeepL takes {FILE_BYTES:,} at most: export a part, for example a domain"
        )
    file.write(data)


def _fit(text: str, concept: Concept, report: Report) -> str:
    """A term as DeepL takes it; "" where it takes it in no form."""
    out = clean(text, report, "terms", concept.id)
    if out.startswith(tuple(_FORMULA)):
        out = out.lstrip(_FORMULA + " ")
        report.note("changed", "first characters = + - or @: taken off", concept.id)
    if len(out.encode()) > TERM_BYTES:
        report.note("dropped", f"terms of more than {TERM_BYTES:,} bytes", concept.id)
        return ""
    return out


def _take(
    taken: dict[str, tuple[str, str, bool]],
    source: str,
    target: str,
    preferred: bool,
    concept: Concept,
    report: Report,
) -> None:
    """Enter a pair, unless its source is taken with equal right."""
    before = taken.get(source)
    if before is None:
        taken[source] = (target, concept.id, preferred)
    elif before[0] != target:
        report.note("chosen", "one target for a source that has several", f"{source} ({before[1]}, {concept.id})")
        if preferred and not before[2]:
            taken[source] = (target, concept.id, preferred)


def _chinese(concept: Concept, terms: list[ZhTerm], script: str, report: Report) -> Iterator[tuple[str, str, bool]]:
    good, rest = renderings(concept)
    if good:
        _count(report, "en: further renderings", concept, len(good) - 1 + len(rest))
        for term in terms:
            for form in forms(term, script):
                yield form, good[0].text, term.use == "preferred"


def _english(concept: Concept, terms: list[ZhTerm], script: str, report: Report) -> Iterator[tuple[str, str, bool]]:
    good, rest = renderings(concept)
    terms = [t for t in terms if t.use in USABLE]
    if good and terms:
        _count(report, "en: deprecated and superseded renderings", concept, len(rest))
        written = [form for t in terms for form in forms(t, script)]
        _count(report, "zh: further terms", concept, len(written) - 1)
        for rendering in good:
            yield rendering.text, written[0], rendering.use == "preferred"


def _count(report: Report, field: str, concept: Concept, count: int) -> None:
    if count:
        report.note("dropped", field, concept.id, count)
