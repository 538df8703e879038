"""The verdicts: what became of each term of a source in its translation.

Lines are read in order. In each, all renderings that stand there word for word are found first; a rendering inside a
longer one of another term does not count, and a deprecated one that another term of the line is rightly rendered by is
not held against anybody. What has none is sought in other ways (`check.term`). Renderings are compared over the whole
document at the end (`check.consistency`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.check import consistency
from glossary.check.expected import Expected, Hit
from glossary.check.finding import CheckedLine
from glossary.check.introduced import short_form
from glossary.check.term import Term, is_inside, touched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from glossary.check.english import Text
    from glossary.check.line import Line, Made
    from glossary.match.annotation import Match
    from glossary.model import Concept


class Checker:
    """Checks documents. Keep it: it remembers what it has prepared.

    `concept_of` gives an entry by its id, `contrasts_of` the concepts that it is not to be confused with, `annotate`
    every term of a text, nested ones too, `wordings` what translations also say for a form.
    With `strict` no Chinese word is taken for an ordinary one: for bases that somebody made for the job.
    """

    def __init__(
        self,
        concept_of: Callable[[str], Concept],
        contrasts_of: Callable[[str], list[Concept]],
        annotate: Callable[[str], list[Match]],
        *,
        wordings: Mapping[str, Sequence[str]] | None = None,
        strict: bool = False,
    ) -> None:
        self._concept_of = concept_of
        self._contrasts_of = contrasts_of
        self._annotate = annotate
        self._contrasts: dict[tuple[str, ...], list[tuple[str, Expected]]] = {}
        self.wordings = wordings or {}
        self._strict = strict
        self._known: dict[tuple[str, ...], Expected] = {}
        self._inner: dict[str, list[tuple[str, tuple[str, ...]]]] = {}

    def check(self, lines: Iterable[Line], least: float = 0.0) -> list[CheckedLine]:
        """The findings of one document, line by line, in the order of the source; those less certain are counted."""
        given = list(lines)
        document = Document(self, given)
        made = []
        for i in range(len(given)):
            made.append(document.line(i))
            if i > 1:
                given[i - 2].forget()  # only its neighbours look at a line
        consistency.compare([m for each in made for m in each])
        out = []
        for line, each in zip(given, made, strict=True):
            found = [m.finding for m in each]
            kept = [f for f in found if f.verdict == "ok" or f.certainty >= least]
            out.append(CheckedLine(line.id, kept, line.note, doubtful=len(found) - len(kept)))
        return out

    def expected(self, ids: tuple[str, ...]) -> Expected:
        """What a written form that stands for these concepts asks for."""
        found = self._known.get(ids)
        if found is None:
            found = self._known[ids] = Expected([self._concept_of(id) for id in ids], strict=self._strict)
        return found

    def contrasts(self, ids: tuple[str, ...]) -> list[tuple[str, Expected]]:
        """(headword, renderings) of the concepts that these are not to be confused with."""
        if ids not in self._contrasts:
            found = {c.id: c for id in ids for c in self._contrasts_of(id) if c.id not in ids}
            self._contrasts[ids] = [(c.zh[0].text, self.expected((c.id,))) for c in found.values() if c.zh]
        return self._contrasts[ids]

    def inner(self, form: str) -> list[tuple[str, Expected]]:
        """The terms inside a term, the longest first."""
        if form not in self._inner:
            found = sorted(self._annotate(form), key=lambda m: m.start - m.end)
            self._inner[form] = [(m.text, m.ids) for m in found if m.end - m.start < len(form)]
        return [(text, self.expected(ids)) for text, ids in self._inner[form]]


class Document:
    """What is remembered from line to line: short forms that the text introduced, concepts that it has named."""

    def __init__(self, checker: Checker, lines: Sequence[Line]) -> None:
        self.checker = checker
        self._lines = lines
        self._acronyms: dict[str, list[str]] = {}
        self._names: dict[str, set[str]] = {}  # concept → short names given to it
        self._named: dict[str, int] = {}  # concept → the last line in which it was rendered
        self._written_out: Text | None = None  # the text of the line at hand, its acronyms written out

    def line(self, at: int) -> list[Made]:
        """The findings of one line, in the order of the source."""
        line = self._lines[at]
        groups: dict[tuple[str, ...], list[Match]] = {}
        for match in line.matches:
            groups.setdefault(match.term.ids, []).append(match)
        exact = self.exact(line)
        good = {ids: [h for h in hits if h.rendering.accepted] for ids, hits in exact.items()}
        shares = {ids: _own(ids, exact, good, groups, self._is_free(m[0])) for ids, m in groups.items()}
        for ids in groups:  # first all of them: an acronym may be explained after its use
            self._introduce(line, ids, shares[ids][0])
        self._written_out = line.text.expanded(self._acronyms) if self._acronyms else None
        wide = {ids: [h for h in accepted if h.last - h.first > 1] for ids, (accepted, _) in shares.items()}
        made: list[Made] = []
        for ids, matches in groups.items():
            expected = self.checker.expected(ids)
            if not expected.accepted:  # nothing to hold the translation against
                continue
            accepted, forbidden = shares[ids]
            others = [hits for other, hits in wide.items() if hits and other != ids]
            term = Term(self, line, at, matches, expected, others)
            accepted = term.own(accepted)
            found = term.share(accepted, forbidden) if accepted or forbidden else term.seek()
            if any(m.finding.verdict != "missing" for m in found):
                self._named.update(dict.fromkeys(ids, at))
            made += found
        return sorted(made, key=lambda m: (m.finding.start, m.finding.target_start))

    def exact(self, line: Line) -> dict[tuple[str, ...], list[Hit]]:
        """What stands in a line word for word of each of its terms."""
        if line.exact is None:
            line.exact = {i: self.checker.expected(i).exact(line.text) for i in {m.term.ids: 0 for m in line.matches}}
        return line.exact

    def _is_free(self, match: Match) -> bool:
        return self.checker.expected(match.term.ids).is_free("".join(match.text.split()), match.certainty)

    def _introduce(self, line: Line, ids: tuple[str, ...], hits: list[Hit]) -> None:
        for hit in hits:
            start, end = line.text.starts[hit.first], line.text.ends[hit.last - 1]
            short = "" if hit.rendering.abbreviation else short_form(line.en, start, end)
            if not short:
                continue
            if sum(c.isupper() for c in short) > 1:
                self._acronyms.setdefault(short, line.en[start:end].split())
            for id in ids:
                self._names.setdefault(id, set()).add(short)

    def by_short_form(self, line: Line, expected: Expected) -> list[Hit]:
        """By a name that the text introduced, or word for word once its acronyms are written out."""
        hits = []
        names = {n for id in expected.ids for n in self._names.get(id, ())}
        low = [r.lower() for r in line.text.raw] if names else []
        for short in names:
            words = short.lower().split()
            for i in range(len(low) - len(words) + 1):
                if low[i : i + len(words)] == words:
                    hits.append(Hit(i, i + len(words), expected.accepted[0], "short"))
        if self._written_out is not None and not hits:
            for hit in expected.exact(self._written_out):
                if hit.rendering.accepted:
                    first = line.text.token_at(self._written_out.starts[hit.first])
                    last = line.text.token_at(self._written_out.starts[hit.last - 1]) + 1
                    hits.append(Hit(first, last, hit.rendering, "short"))
        return sorted(hits, key=lambda h: h.first)

    def neighbours(self, at: int) -> list[Line]:
        """The lines before and after."""
        return [self._lines[i] for i in (at - 1, at + 1) if 0 <= i < len(self._lines)]

    def was_named(self, expected: Expected, at: int) -> bool:
        """Whether the concept was rendered in this line or the two before it."""
        return any(at - self._named.get(id, -9) <= 2 for id in expected.ids)


def _own(
    ids: tuple[str, ...],
    exact: dict[tuple[str, ...], list[Hit]],
    good: dict[tuple[str, ...], list[Hit]],
    groups: dict[tuple[str, ...], list[Match]],
    free: bool,
) -> tuple[list[Hit], list[Hit]]:
    """(accepted, forbidden) hits of a term, without what is the rendering of another term of the line.

    *Detention centre* is wrong for one kind of place and right for another; if both stand in the source, only as many
    are held against the first as the second does not need.
    """
    accepted = good[ids]
    forbidden = [h for h in exact[ids] if not h.rendering.accepted]
    # an ordinary word may well be found inside a longer rendering: 决定不起诉, "decision not to prosecute"
    whole = {a.first for a in accepted} if free else set()
    for other, hits in good.items():
        if other == ids or not hits:
            continue
        if forbidden:
            # the other term takes first what nobody holds against us
            free_first = sorted(hits, key=lambda h: touched(forbidden, h) is not None)
            claimed = sorted(free_first[: len(groups[other])], key=lambda h: h.first)
            # a word inside it is nobody else's: *teachers* in *double-position teachers*
            forbidden = [f for f in forbidden if (c := touched(claimed, f)) is None or is_inside(c, f)]
        accepted = [a for a in accepted if a.first in whole or not is_inside(a, touched(hits, a))]
    return accepted, forbidden
