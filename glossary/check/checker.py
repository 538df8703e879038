"""The verdicts: what became of each term of a source in its translation.

Lines are read in order. In each, all renderings that stand there word for word are found first; a rendering inside a
longer one of another term does not count, and a deprecated one that another term of the line is rightly rendered by is
not held against anybody. A term without one is sought in other ways, from the surest to the most inferred: by a short
form that the text introduced; turned round a preposition or coordinated with another term; its words in other forms
close together; without its general noun; in the neighbouring line; by a pronoun or a noun such as *the system* after it
was named. The finding says which it was. Renderings are compared over the whole document at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary.check import consistency
from glossary.check.english import PREPOSITIONS, Text
from glossary.check.expected import FREQUENT, Expected, Hit, Rendering
from glossary.check.finding import CheckedLine, Finding
from glossary.check.introduced import short_form
from glossary.text.segment import frequency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from glossary.match.annotation import Match
    from glossary.model import Concept

# How sure a verdict is, by its reason
CERTAINTY = {
    "exact": (0.95, ""),
    "short": (0.95, "by the short form that the text introduced"),
    "turned": (0.8, "its words turned, coordinated or divided"),
    "loose": (0.75, "its words in other forms"),
    "shortened": (0.7, "without its general noun, or with another"),
    "once": (0.75, "rendered once for several occurrences"),
    "left": (0.75, "left in Chinese"),
    "nearby": (0.6, "rendered in the sentence beside it"),
    "noun": (0.5, "named before; here by a general noun"),
    "pronoun": (0.45, "named before; here by a pronoun"),
}
NAMED, SHORT_TERM, PART, COMMON_TERM, ORDINARY = 0.95, 0.75, 0.7, 0.55, 0.3  # of "missing"
SEVERAL, SINGLE, FREE = 0.95, 0.8, 0.6  # of "forbidden": words of the rendering, and an ordinary Chinese word
_PRONOUNS = frozenset("it its they them their theirs this these those he him his she her which who both one ones".split())
_POINTING = frozenset("the this that these those such said its their same both".split())
_LIGHT_ENDS = ("技术", "系统", "平台", "工作", "制度", "机制", "活动", "设备", "软件", "产品", "服务", "方法", "手段")
_DEMONSTRATIVE = ("该", "該", "此", "本", "这", "這", "上述", "其")


@dataclass(slots=True)
class Line:
    """One sentence pair with the terms that were found in its source; `note` says what is wrong with it."""

    id: str | int
    zh: str
    en: str
    matches: list[Match]
    note: str = ""
    _text: Text | None = None

    @property
    def text(self) -> Text:
        """The tokens of the translation."""
        if self._text is None:
            self._text = Text(self.en)
        return self._text


@dataclass(slots=True)
class Made:
    """A finding with what the comparison over the whole document needs."""

    finding: Finding
    pinyin: str  # of the form in the source, the same in both scripts
    expected: Expected
    rendering: Rendering | None = None
    how: str = ""
    beside: Rendering | None = None  # a second accepted rendering in brackets beside the first
    free: bool = False


class Checker:
    """Checks documents. Keep it: it remembers what it has prepared.

    `concept_of` gives an entry by its id, `annotate` every term of a text, nested ones too. With `strict` no Chinese
    word is taken for an ordinary one: for bases that somebody made for the job.
    """

    def __init__(
        self, concept_of: Callable[[str], Concept], annotate: Callable[[str], list[Match]], *, strict: bool = False
    ) -> None:
        self._concept_of = concept_of
        self._annotate = annotate
        self._strict = strict
        self._known: dict[tuple[str, ...], Expected] = {}
        self._inner: dict[str, list[tuple[str, tuple[str, ...]]]] = {}

    def check(self, lines: Iterable[Line], least: float = 0.0) -> list[CheckedLine]:
        """The findings of one document, line by line, in the order of the source; those less certain are counted."""
        given = list(lines)
        document = _Document(self, given)
        made = [document.line(i) for i in range(len(given))]
        consistency.compare([m for each in made for m in each])
        out = []
        for line, each in zip(given, made, strict=True):
            found = [m.finding for m in each]
            kept = [f for f in found if f.verdict == "ok" or f.certainty >= least]
            out.append(CheckedLine(line.id, kept, line.note, len(found) - len(kept)))
        return out

    def expected(self, ids: tuple[str, ...]) -> Expected:
        """What a written form that stands for these concepts asks for."""
        found = self._known.get(ids)
        if found is None:
            found = self._known[ids] = Expected([self._concept_of(id) for id in ids], strict=self._strict)
        return found

    def inner(self, form: str) -> list[tuple[str, Expected]]:
        """The terms inside a term, the longest first."""
        if form not in self._inner:
            found = sorted(self._annotate(form), key=lambda m: m.start - m.end)
            self._inner[form] = [(m.text, m.ids) for m in found if m.end - m.start < len(form)]
        return [(text, self.expected(ids)) for text, ids in self._inner[form]]


class _Document:
    """What is remembered from line to line: short forms that the text introduced, concepts that it has named."""

    def __init__(self, checker: Checker, lines: Sequence[Line]) -> None:
        self.checker = checker
        self._lines = lines
        self._acronyms: dict[str, list[str]] = {}
        self._names: dict[str, set[str]] = {}  # concept → short names given to it
        self._named: dict[str, int] = {}  # concept → the last line in which it was rendered

    def line(self, at: int) -> list[Made]:
        """The findings of one line, in the order of the source."""
        line = self._lines[at]
        groups: dict[tuple[str, ...], list[Match]] = {}
        for match in line.matches:
            groups.setdefault(match.term.ids, []).append(match)
        exact = {ids: self.checker.expected(ids).exact(line.text) for ids in groups}
        shares = {ids: _own(ids, exact, groups, self._is_free(m[0])) for ids, m in groups.items()}
        for ids, (accepted, _) in shares.items():  # all of the line first: an acronym may be used before it is explained
            self._introduce(line, ids, accepted)
        made: list[Made] = []
        for ids, matches in groups.items():
            expected = self.checker.expected(ids)
            if not expected.accepted:  # nothing to hold the translation against
                continue
            accepted, forbidden = shares[ids]
            others = [h for other, (good, _) in shares.items() if other != ids for h in good if h.last - h.first > 1]
            term = _Term(self, line, at, matches, expected, others)
            found = term.share(accepted, forbidden) if accepted or forbidden else term.seek()
            if any(m.finding.verdict != "missing" for m in found):
                self._named.update(dict.fromkeys(ids, at))
            made += found
        return sorted(made, key=lambda m: (m.finding.start, m.finding.target_start))

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
        low = [r.lower() for r in line.text.raw]
        for short in {n for id in expected.ids for n in self._names.get(id, ())}:
            words = short.lower().split()
            for i in range(len(low) - len(words) + 1):
                if low[i : i + len(words)] == words:
                    hits.append(Hit(i, i + len(words), expected.accepted[0], "short"))
        written_out = line.text.expanded(self._acronyms) if self._acronyms and not hits else None
        if written_out is not None:
            for hit in expected.exact(written_out):
                if hit.rendering.accepted:
                    first = line.text.token_at(written_out.starts[hit.first])
                    last = line.text.token_at(written_out.starts[hit.last - 1]) + 1
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
    groups: dict[tuple[str, ...], list[Match]],
    free: bool,
) -> tuple[list[Hit], list[Hit]]:
    """(accepted, forbidden) hits of a term, without what is the rendering of another term of the line.

    *Detention centre* is wrong for one kind of place and right for another; if both stand in the source, only as many
    are held against the first as the second does not need.
    """
    accepted = [h for h in exact[ids] if h.rendering.accepted]
    forbidden = [h for h in exact[ids] if not h.rendering.accepted]
    # an ordinary word may well be found inside a longer rendering: 决定不起诉, "decision not to prosecute"
    whole = {a.first for a in accepted} if free else set()
    for other, hits in exact.items():
        if other == ids:
            continue
        good = [h for h in hits if h.rendering.accepted]
        if forbidden:
            # the other term takes first what nobody holds against us
            free_first = sorted(good, key=lambda h: any(_overlap(h, f) for f in forbidden))
            claimed = free_first[: len(groups[other])]
            forbidden = [f for f in forbidden if not any(_overlap(f, c) for c in claimed)]
        accepted = [a for a in accepted if a.first in whole or not any(_inside(a, h) for h in good)]
    return accepted, forbidden


def _overlap(a: Hit, b: Hit) -> bool:
    return a.first < b.last and b.first < a.last


def _inside(a: Hit, b: Hit) -> bool:
    return b.first <= a.first and a.last <= b.last and a.last - a.first < b.last - b.first


class _Term:
    """All occurrences of one term in one line."""

    def __init__(
        self,
        document: _Document,
        line: Line,
        at: int,
        matches: Sequence[Match],
        expected: Expected,
        others: list[Hit],
    ) -> None:
        self._document = document
        self._line = line
        self._at = at
        self._matches = matches
        self._expected = expected
        self._others = others  # renderings of several words of other terms
        self._form = "".join(matches[0].text.split())
        self._free = expected.is_free(self._form, matches[0].certainty)

    def share(self, accepted: list[Hit], forbidden: list[Hit]) -> list[Made]:
        """Give the renderings found to the occurrences, in order; what is rendered once may stand twice in the source."""
        wanted = len(self._matches)
        if len(accepted) >= wanted:
            out = [self._found(m, h) for m, h in zip(self._matches, accepted, strict=False)]
            beside = _beside(accepted) if len(accepted) > wanted else None
            for made in out:
                made.beside = beside
            return out
        out = []
        hits = sorted((*accepted, *forbidden), key=lambda h: h.first)
        for k, match in enumerate(self._matches):
            if k < len(hits):
                out.append(self._found(match, hits[k]))
            else:
                out.append(self._placed(match, hits[-1].first, hits[-1].last, "once", hits[-1].rendering))
        return out

    def seek(self) -> list[Made]:
        """Where nothing stands word for word: every other way, then missing."""
        text, expected = self._line.text, self._expected
        if not text.raw:
            return [self._missing(m) for m in self._matches]
        for found_so in (
            self._document.by_short_form(self._line, expected),
            self._nested_forbidden(),
            expected.turned(text),
            expected.loose(text),
            expected.shortened(text, self._form),
        ):
            hits = [h for h in found_so if not any(_inside(h, other) for other in self._others)]
            if hits:
                accepted = [h for h in hits if h.rendering.accepted]
                return self.share(accepted, [h for h in hits if not h.rendering.accepted])
        found = self._without_end() or self._left() or self._nearby() or self._referred_to()
        return found or [self._missing(m) for m in self._matches]

    def _nested_forbidden(self) -> list[Hit]:
        """What the term base deprecates for a term inside this one: *emotional recognition systems*."""
        if len(self._form) < 4:
            return []
        for _, expected in self._document.checker.inner(self._form):
            hits = expected.exact(self._line.text)
            bad = [h for h in hits if not h.rendering.accepted and h.last - h.first > 1]
            if bad and len(bad) == len(hits):
                return bad
        return []

    def _without_end(self) -> list[Made]:
        """人脸识别技术 as *face recognition*: the part left out says little."""
        ends = tuple(end for end in _LIGHT_ENDS if self._form.endswith(end))
        for inner, expected in self._document.checker.inner(self._form) if ends else ():
            if any(inner + end == self._form for end in ends):
                hits = [h for h in expected.exact(self._line.text) if h.rendering.accepted]
                if hits:
                    return [self._placed(m, hits[0].first, hits[0].last, "shortened") for m in self._matches]
        return []

    def _left(self) -> list[Made]:
        """As it stands in the source, in the middle of the English."""
        place = self._line.en.find(self._matches[0].text)
        if place < 0:
            return []
        end = place + len(self._matches[0].text)
        return [self._made(m, "ok", *CERTAINTY["left"], (place, end)) for m in self._matches]

    def _nearby(self) -> list[Made]:
        """In the line before or after, where that has more of them than its own source asks for."""
        for other in self._document.neighbours(self._at):
            every = [h for h in self._expected.exact(other.text) if h.rendering.accepted]
            hits = [h for h in every if not h.rendering.abbreviation] or every  # one, where it explains its acronym
            asked = sum(set(m.term.ids) == set(self._expected.ids) for m in other.matches)
            if len(hits) > asked:
                return [self._made(m, "ok", *CERTAINTY["nearby"]) for m in self._matches]
        return []

    def _referred_to(self) -> list[Made]:
        """A pronoun or a general noun, where the concept was rendered just before or the Chinese points too."""
        match, text = self._matches[0], self._line.text
        points = self._line.zh[: match.start].endswith(_DEMONSTRATIVE)
        if not points and not self._document.was_named(self._expected, self._at):
            return []
        generic = self._expected.generic()
        for i in range(len(text.raw) - 1):
            if text.raw[i].lower() not in _POINTING:
                continue
            for k in (i + 1, i + 2):
                if k < len(text.raw) and text.raw[k].lower() in generic and text.raw[k - 1].lower() not in PREPOSITIONS:
                    return [self._placed(m, i, k + 1, "noun") for m in self._matches]
        place = match.start / max(1, len(self._line.zh))
        for i, raw in enumerate(text.raw):
            near = abs(i / len(text.raw) - place) <= (0.12 if place < 0.2 else 0.25)
            if raw.lower() in _PRONOUNS and (near or points):
                return [self._placed(m, i, i + 1, "pronoun") for m in self._matches]
        return []

    # findings

    def _missing(self, match: Match) -> Made:
        if not self._line.en.strip():
            return self._made(match, "missing", NAMED, "the translation is empty")
        if self._free:
            return self._made(match, "missing", ORDINARY, "no accepted rendering; the Chinese is an ordinary word")
        for inner, expected in self._document.checker.inner(self._form):
            if any(h.rendering.accepted for h in expected.exact(self._line.text)):
                return self._made(match, "missing", PART, f"only {inner} is rendered")
        certainty = NAMED if self._expected.is_named(self._form) else SHORT_TERM
        if certainty == SHORT_TERM and frequency(self._form) >= FREQUENT:
            certainty = COMMON_TERM
        return self._made(match, "missing", certainty, "no accepted rendering")

    def _found(self, match: Match, hit: Hit) -> Made:
        if hit.rendering.accepted:
            return self._placed(match, hit.first, hit.last, hit.how, hit.rendering)
        certainty = FREE if self._free else SEVERAL if hit.last - hit.first > 1 else SINGLE
        note = f": {hit.rendering.term.note}" if hit.rendering.term.note else ""
        text = self._line.text
        place = text.starts[hit.first], text.ends[hit.last - 1]
        return self._made(match, "forbidden", certainty, f"a {hit.rendering.term.use} rendering{note}", place, hit.rendering)

    def _placed(self, match: Match, first: int, last: int, how: str, rendering: Rendering | None = None) -> Made:
        """An ok that stands at tokens of the translation."""
        text = self._line.text
        made = self._made(match, "ok", *CERTAINTY[how], (text.starts[first], text.ends[last - 1]), rendering)
        made.how = how
        return made

    def _made(
        self,
        match: Match,
        verdict: str,
        certainty: float,
        reason: str,
        place: tuple[int, int] = (-1, -1),
        rendering: Rendering | None = None,
    ) -> Made:
        ids = match.term.ids
        concept = rendering.concept if rendering is not None and rendering.concept in ids else ids[0]
        start, end = place
        finding = Finding(
            concept, ids, match.text, match.start, match.end, self._expected.texts,
            self._line.en[start:end] if start >= 0 else "", rendering.text if rendering is not None else "",
            start, end, verdict, certainty, reason,
        )  # fmt: skip
        return Made(finding, match.term.pinyin, self._expected, rendering, free=self._free)


def _beside(hits: list[Hit]) -> Rendering | None:
    """A second accepted rendering right after the first, in brackets or after *or*: *hukou (household registration)*."""
    for first, second in zip(hits, hits[1:], strict=False):
        if first.rendering.text != second.rendering.text and second.first - first.last <= 1:
            return second.rendering
    return None
