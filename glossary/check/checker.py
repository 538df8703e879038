"""The verdicts: what became of each term of a source in its translation.

Two passes over a document. The first finds accepted renderings in every line, and the acronyms and short names that
the translation introduces. The second gives each occurrence its verdict, from the surest reason to the weakest; then
renderings of one concept are compared over the whole document. A rendering inside a longer one of another term does
not count: *face recognition* is no rendering of 人脸.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glossary.check import flexible
from glossary.check.expected import Expected, Rendering, expected
from glossary.check.finding import CheckedLine, Finding
from glossary.text.english import fold_running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glossary.match.annotation import Match
    from glossary.model import Concept

# How sure a verdict is, by its reason; general words and matches inside a longer word are less sure.
SURE, LIKELY, MAYBE = 0.95, 0.75, 0.5
GENERAL, INSIDE = 0.65, 0.8  # factors
_INTRODUCED = re.compile(
    r"\s*[(（]\s*(?:hereinafter\s+|hereafter\s+|also\s+|abbreviated\s+(?:as|to)\s+|referred\s+to\s+as\s+|or\s+)*"
    r"[“\"'‘]?(?:the\s+)?([A-Z][A-Za-z&]*[A-Z][A-Za-z]*|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)[”\"'’]?\s*[)）]"
)
_OR = re.compile(r",?\s*(?:,\s*or|abbreviated(?: as| to)?|known as|called|hereinafter)\s+(?:the\s+)?([A-Z][A-Z&]+)\b")
_DEMONSTRATIVE = ("该", "該", "此", "本", "这", "這", "上述", "其")
_BEFORE = re.compile(r"\b([A-Z][A-Z&]+)\s*[(（]\s*(?:the\s+)?$")
_PRONOUNS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|this|these|those|such|he|him|his|she|her|hers|who|which|both|ones?"
    r"|the (?:former|latter)|(?:do|does|did) so)\b",
    re.IGNORECASE,
)
_DEFINITE = r"\b(?:the|this|that|these|those|such|its|their)\s+(?:\w+\s+)?"


@dataclass(slots=True)
class Line:
    """One sentence pair with the terms that were found in its source."""

    id: str
    zh: str
    en: str
    matches: list[Match]
    found: dict[tuple[str, ...], list[Found]] = field(default_factory=dict)
    tokens: list[flexible.Token] | None = None


@dataclass(slots=True)
class Found:
    """An accepted rendering in a line."""

    start: int
    end: int
    concept: str
    rendering: Rendering


class Checker:
    """Checks documents; `concept_of` gives an entry by its id. Keep it: it remembers what it has prepared."""

    def __init__(self, concept_of: Callable[[str], Concept]) -> None:
        self._concept_of = concept_of
        self._known: dict[str, Expected] = {}

    def check(self, lines: Iterable[Line]) -> list[CheckedLine]:
        """The findings of one document, line by line, in the order of the source."""
        document = list(lines)
        for line in document:
            self._find(line)
        short = self._introduced(document)
        out = []
        for i, line in enumerate(document):
            findings = [f for ids, group in _groups(line.matches) for f in self._group(document, i, ids, group, short)]
            out.append(CheckedLine(line.id, sorted(findings, key=lambda f: (f.start, -f.end))))
        _compare([f for line in out for f in line.findings], self._sameness)
        return out

    def _expected(self, id: str) -> Expected:
        if id not in self._known:
            self._known[id] = expected(self._concept_of(id))
        return self._known[id]

    def _sameness(self, finding: Finding) -> str:
        """What the rendering of a finding is compared by: its letters, in one spelling and number."""
        accepted = self._expected(finding.concept).accepted
        return next((r.same for r in accepted if r.text == finding.rendering), "")

    # first pass

    def _find(self, line: Line) -> None:
        """Accepted renderings of every term of a line, those inside longer ones of other terms left out."""
        folded = fold_running(line.en)
        for ids, _ in _groups(line.matches):
            spans = [
                Found(s, e, id, rendering)
                for id in ids
                for rendering in self._expected(id).accepted
                for s, e in rendering.find(folded.text, line.en, folded.span)
            ]
            line.found[ids] = _longest(spans)
        everything = [(f.start, f.end) for spans in line.found.values() for f in spans]
        for ids, spans in line.found.items():
            line.found[ids] = [f for f in spans if not any(_inside((f.start, f.end), other) for other in everything)]

    def _introduced(self, document: list[Line]) -> dict[str, set[str]]:
        """Acronyms and short names that the translation gives after a rendering, by concept."""
        out: dict[str, set[str]] = {}
        for line in document:
            for spans in line.found.values():
                for f in spans:
                    after = _INTRODUCED.match(line.en, f.end) or _OR.match(line.en, f.end)
                    before = _BEFORE.search(line.en, 0, f.start)
                    for name in (after, before):
                        if name is not None:
                            out.setdefault(f.concept, set()).add(name[1])
        return out

    # second pass

    def _group(
        self, document: list[Line], at: int, ids: tuple[str, ...], group: list[Match], short: dict[str, set[str]]
    ) -> list[Finding]:
        """Verdicts on all occurrences of one form in a line."""
        every = [self._expected(id) for id in ids]
        if not any(e.accepted for e in every):  # nothing to hold the translation against
            return []
        line = document[at]
        bad = self._forbidden(line, every)
        # a deprecated rendering that holds an accepted one is the longer of the two: Xinjiang province
        spans = [f for f in line.found[ids] if not any(_inside((f.start, f.end), place) for _, _, place in bad)]
        out = []
        for i, match in enumerate(group):
            say = _Say(match, every, line.en)
            if i < len(spans):
                f = spans[i]
                out.append(say("ok", SURE, "", f.concept, (f.start, f.end), f.rendering.text))
            elif i - len(spans) < len(bad):
                concept, rendering, place = bad[i - len(spans)]
                out.append(say("forbidden", SURE, "a deprecated rendering", concept, place, rendering.text))
            elif spans:
                f = spans[-1]
                once = "rendered once for several occurrences"
                out.append(say("ok", LIKELY, once, f.concept, (f.start, f.end), f.rendering.text))
            else:
                out.append(self._otherwise(document, at, say, short))
        return out

    def _forbidden(self, line: Line, every: list[Expected]) -> list[tuple[str, Rendering, tuple[int, int]]]:
        """Deprecated renderings in a line, unless they are part of what another term is rendered by."""
        folded = fold_running(line.en)
        taken = [(f.start, f.end) for spans in line.found.values() for f in spans]
        out: dict[tuple[int, int], tuple[str, Rendering, tuple[int, int]]] = {}
        for e in every:
            for rendering in e.forbidden:
                for s, t in rendering.find(folded.text, line.en, folded.span):
                    if not any(a <= s and t <= b for a, b in taken if (a, b) != (s, t)):
                        out.setdefault((s, t), (e.id, rendering, (s, t)))
        return [out[place] for place in sorted(out)]

    def _otherwise(self, document: list[Line], at: int, say: _Say, short: dict[str, set[str]]) -> Finding:
        """A term that has no accepted rendering as such: a short name, another construction, a reference, or none."""
        line, every = document[at], say.every
        for e in every:
            for name in sorted(short.get(e.id, ()), key=len, reverse=True):
                place = re.search(rf"\b{re.escape(name)}(?:s|'s|’s)?\b", line.en)
                if place is not None:
                    return say("ok", SURE, "introduced under this name", e.id, place.span())
        taken = [f for spans in line.found.values() for f in spans]
        if line.tokens is None:
            line.tokens = flexible.tokens(line.en)
        for e in every:
            for rendering in e.accepted:
                found = flexible.find(rendering.stems, line.tokens, rendering.same)
                if found is not None and not any(_inside(found, (f.start, f.end)) for f in taken):
                    return say("ok", LIKELY, "another construction", e.id, found, rendering.text)
        zh = line.en.find(say.match.text)
        if zh >= 0:
            return say("ok", LIKELY, "left in Chinese", every[0].id, (zh, zh + len(say.match.text)))
        return self._by_context(document, at, say) or say(
            "missing", SURE, "no accepted rendering" if line.en.strip() else "the translation is empty", every[0].id
        )

    def _by_context(self, document: list[Line], at: int, say: _Say) -> Finding | None:
        """Ok where a neighbouring line has a rendering to spare, or names the concept and this one refers to it."""
        line, every, ids = document[at], say.every, say.match.term.ids
        for near in document[max(0, at - 1) : at] + document[at + 1 : at + 2]:
            there = self._renderings(near, every)
            if len(there) > sum(m.term.ids == ids for m in near.matches):
                return say("ok", MAYBE, "rendered in the sentence beside it", there[0].concept)
        pronoun = _PRONOUNS.search(line.en)
        if pronoun is not None and line.zh[: say.match.start].endswith(_DEMONSTRATIVE):
            return say("ok", MAYBE, "referred to", every[0].id, pronoun.span())
        before = document[at - 1] if at else None
        if before is None or not any(m.term.ids == ids for m in before.matches) or not self._renderings(before, every):
            return None
        heads = sorted({re.escape(h) for e in every for rendering in e.accepted for h in _heads(rendering.text)})
        definite = re.compile(_DEFINITE + "(?:" + "|".join(heads) + r")(?:s|es)?\b", re.IGNORECASE)
        place = definite.search(line.en) or pronoun
        return say("ok", MAYBE, "referred to", every[0].id, place.span()) if place is not None else None

    def _renderings(self, line: Line, every: list[Expected]) -> list[Found]:
        """Accepted renderings of concepts in a line, whether or not its source has the term."""
        ids = tuple(e.id for e in every)
        if ids not in line.found:
            folded = fold_running(line.en)
            line.found[ids] = _longest(
                [
                    Found(s, t, e.id, r)
                    for e in every
                    for r in e.accepted
                    for s, t in r.find(folded.text, line.en, folded.span)
                ]
            )
        return line.found[ids]


def _heads(rendering: str) -> set[str]:
    """The words that stand for a rendering when it is referred to: its last one, or the one before a preposition."""
    head = re.split(r" (?:of|for|to|in|on|against) ", rendering, maxsplit=1)[0]
    return {rendering.split()[-1], head.split()[-1]}


def _groups(matches: list[Match]) -> list[tuple[tuple[str, ...], list[Match]]]:
    """Matches by what they may stand for, in order of appearance."""
    out: dict[tuple[str, ...], list[Match]] = {}
    for match in matches:
        out.setdefault(match.term.ids, []).append(match)
    return list(out.items())


def _longest(spans: list[Found]) -> list[Found]:
    """Of overlapping spans the longer, of equal ones the first; in order."""
    kept: list[Found] = []
    for f in sorted(spans, key=lambda f: f.start - f.end):
        if all(f.end <= k.start or k.end <= f.start for k in kept):
            kept.append(f)
    return sorted(kept, key=lambda f: f.start)


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and other != span


@dataclass(frozen=True, slots=True)
class _Say:
    """Makes the findings on one occurrence of a term."""

    match: Match
    every: list[Expected]
    target: str

    def __call__(
        self, verdict: str, certainty: float, reason: str, concept: str, place: tuple[int, int] = (-1, -1),
        rendering: str = "",
    ) -> Finding:  # fmt: skip
        match = self.match
        if verdict != "ok":
            certainty *= GENERAL if all(e.general for e in self.every) else 1
            certainty *= INSIDE if match.certainty == "inside" else 1
        start, end = place
        names = list(dict.fromkeys(name for e in self.every for name in e.names))
        found = self.target[start:end] if start >= 0 else ""
        return Finding(
            concept, match.term.ids, match.text, match.start, match.end, names, found, rendering, start, end, verdict,
            round(certainty, 2), reason,
        )  # fmt: skip


def _compare(findings: list[Finding], sameness: Callable[[Finding], str]) -> None:
    """Mark the rarer of two accepted renderings that one document has for one concept; of equals the later one."""
    by_concept: dict[str, list[tuple[Finding, str]]] = {}
    for finding in findings:
        if finding.verdict == "ok" and finding.certainty == SURE:
            same = sameness(finding)
            if same:
                by_concept.setdefault(finding.concept, []).append((finding, same))
    for group in by_concept.values():
        counts = Counter(same for _, same in group)
        if len(counts) < 2:
            continue
        usual = counts.most_common(1)[0][0]  # of equals the first met
        text = next(f.rendering for f, same in group if same == usual)
        for finding, same in group:
            # a longer rendering that holds the usual one is a fuller form of it
            if same != usual and same not in usual and usual not in same:
                finding.verdict, finding.certainty = "inconsistent", LIKELY
                finding.reason = f"the document has “{text}” too"
