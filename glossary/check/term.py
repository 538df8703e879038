"""One term in one line: every way in which its rendering can be there, from the surest to the most inferred.

Word for word comes first (`share`). A term without that is sought (`seek`) by a short form that the text introduced;
turned round a preposition or coordinated with another term; its words in other forms close together; without its
general noun; left in Chinese; in the neighbouring line; by a pronoun or a noun such as *the system* after it was named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary.check.english import BRACKET, PREPOSITIONS, STOP
from glossary.check.expected import DEEDS, FREQUENT, NAMES, PERSONS, Expected, Hit, Rendering
from glossary.check.finding import Finding
from glossary.check.line import Line, Made
from glossary.check.renderings import patterns
from glossary.text.segment import frequency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.check.checker import Document
    from glossary.match.annotation import Match

# How sure a verdict is, by its reason
CERTAINTY = {
    "exact": (0.95, ""),
    "short": (0.95, "by the short form that the text introduced"),
    "turned": (0.8, "its words turned, coordinated or divided"),
    "loose": (0.75, "its words in other forms"),
    "worded": (0.7, "as translations also say it, though it is no rendering of the term base"),
    "akin": (0.65, "with a word of the same meaning"),
    "parts": (0.6, "by the renderings of its parts"),
    "shortened": (0.7, "without its general noun, or with another"),
    "once": (0.75, "rendered once for several occurrences"),
    "freely": (0.5, "rendered freely, as slogans are"),
    "left": (0.75, "left in Chinese"),
    "nearby": (0.6, "rendered in the sentence beside it"),
    "noun": (0.5, "named before; here by a general noun"),
    "pronoun": (0.45, "named before; here by a pronoun"),
}
# of "missing"; among translations that others wrote freely, of names and what is confused three in four were right, of
# the rest one in three
EMPTY, NAMED, CONFUSED, LONG_TERM, SHORT_TERM, PART, COMMON_TERM, ORDINARY = 0.95, 0.85, 0.85, 0.7, 0.6, 0.6, 0.5, 0.3
SEVERAL, SINGLE, FREE = 0.95, 0.8, 0.6  # of "forbidden": words of the rendering, and an ordinary Chinese word
_SHARE = re.compile(r"%|\b(?:per ?cent|out of|one in|times|more|fewer|less)\b", re.IGNORECASE)
_PRONOUNS = frozenset("it its they them their theirs this these those which both one ones".split())
_OF_PERSONS = frozenset("they them their theirs these those he him his she her who both one ones".split())
_DOING = frozenset("do does did done doing".split())  # so
SHORT_SENTENCE = 6  # words up to which it does not matter where a pronoun stands
_POINTING = frozenset("the this that these those such said its their same both".split())
_LIGHT_ENDS = ("技术", "系统", "平台", "工作", "制度", "机制", "活动", "设备", "软件", "产品", "服务", "方法", "手段")
_PERSONS = ("人员", "人員", "者", "人士", "民警")
_POINTS = re.compile(r"(?:[该該此本这這]|上述|(?<!\w)其)$")  # but not 对其, 判处其


def is_inside(a: Hit, b: Hit | None) -> bool:
    """Whether a hit is part of a longer one."""
    return b is not None and b.first <= a.first and a.last <= b.last and a.last - a.first < b.last - b.first


def touched(hits: list[Hit], hit: Hit) -> Hit | None:
    """The last hit that shares a token with another, of hits in the order of the text that do not overlap.

    Where one of them holds the other whole, it is that one.
    """
    at = bisect_left(hits, hit.last, key=lambda h: h.first) - 1
    return hits[at] if at >= 0 and hits[at].last > hit.first else None


class Term:
    """All occurrences of one term in one line."""

    def __init__(
        self,
        document: Document,
        line: Line,
        at: int,
        matches: Sequence[Match],
        expected: Expected,
        others: list[list[Hit]],
    ) -> None:
        self._document = document
        self._line = line
        self._at = at
        self._matches = matches
        self._expected = expected
        self._others = others  # renderings of several words of other terms, by term
        self._form = "".join(matches[0].text.split())
        self._free = expected.is_free(self._form, matches[0].certainty)

    def share(self, accepted: list[Hit], forbidden: list[Hit]) -> list[Made]:
        """Give the renderings found to the occurrences, in order; what is said twice may be rendered once."""
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

    def own(self, hits: list[Hit]) -> list[Hit]:
        """Hits without one word of the rendering of a concept not to be confused with this one: *tender documents* are
        招标文件, though a *tender* is a 投标文件.
        """
        if all(h.last - h.first > 1 for h in hits):
            return hits
        longer = [
            other
            for _, expected in self._confusable()
            for other in expected.exact(self._line.text)
            if other.rendering.accepted
        ]
        return [h for h in hits if h.last - h.first > 1 or not any(is_inside(h, other) for other in longer)]

    def seek(self) -> list[Made]:
        """Where nothing stands word for word: every other way, then missing."""
        text, expected = self._line.text, self._expected
        if not text.raw:
            return [self._missing(m) for m in self._matches]
        for found_so in (
            self._document.by_short_form(self._line, expected),
            self._nested_forbidden(),
            expected.turned(text),
            expected.loose(text, person=self._line.zh.startswith(_PERSONS, self._matches[0].end)),
            expected.worded(text, self._document.checker.wordings.get(self._form, ())),
            expected.shortened(text, self._form),
            expected.freely(text),
        ):
            hits = self.own([h for h in found_so if not any(is_inside(h, touched(o, h)) for o in self._others)])
            hits = [h for h in hits if h.how != "loose" or not self._is_anothers(h)]
            if hits:
                accepted = [h for h in hits if h.rendering.accepted]
                return self.share(accepted, [h for h in hits if not h.rendering.accepted])
        found = (
            self._inside_longer()
            or self._without_end()
            or self._left()
            or self._otherwise()
            or self._nearby()
            or self._referred_to()
        )
        if not found and (bad := expected.loosely_forbidden(text)):
            return self.share([], bad)
        return found or [self._missing(m) for m in self._matches]

    def _is_anothers(self, hit: Hit) -> bool:
        """Whether the same noun with another form of a word is a rendering of a concept not to be confused with this
        one, which the source does not have: *speech recognition* for 声纹识别, *speaker recognition*.
        """
        made = patterns(hit.rendering.text)
        if hit.last - hit.first < 2 or self._line.text.stems[hit.last - 1] != made[0].keys[-1]:
            return False
        return any(
            other.rendering.accepted and other.first <= hit.first and hit.last <= other.last
            for _, expected in self._confusable()
            for other in expected.exact(self._line.text)
        )

    def _confusable(self) -> list[tuple[str, Expected]]:
        """The concepts not to be confused with this one that the source does not have, each after its headword."""
        present = {id for m in self._line.matches for id in m.term.ids}
        contrasts = self._document.checker.contrasts(self._expected.ids)
        return [(headword, expected) for headword, expected in contrasts if present.isdisjoint(expected.ids)]

    def _inside_longer(self) -> list[Made]:
        """What a longer term before it has said: *minors under 14* for 不满十四周岁未成年人 and then 未成年人."""
        exact = self._document.exact(self._line)
        mine = [h for h in exact.get(self._expected.ids, ()) if h.rendering.accepted]
        for longer in self._line.matches if mine else ():
            if longer.end > self._matches[0].start or self._form not in longer.text:
                continue
            for hit in mine:
                if any(o.rendering.accepted and is_inside(hit, o) for o in exact.get(longer.term.ids, ())):
                    return [self._placed(m, hit.first, hit.last, "once", hit.rendering) for m in self._matches]
        return []

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
        if self._form.endswith("率") and _SHARE.search(self._line.en):
            ends = ("率",)  # false positives run as high as 40 per cent
        for inner, expected in self._document.checker.inner(self._form) if ends else ():
            if any(inner + end == self._form for end in ends):
                hits = [h for h in expected.exact(self._line.text) if h.rendering.accepted]
                if hits:
                    return [self._placed(m, hits[0].first, hits[0].last, "shortened") for m in self._matches]
        return []

    def _otherwise(self) -> list[Made]:
        """With a word of the same meaning, or put together from what its parts are called; not as another concept.

        Not where the base was made for the job: its words are the ones to be used.
        """
        if self._expected.strict:
            return []
        hits = [
            h
            for h in self._expected.akin(self._line.text)
            if not any(is_inside(h, touched(o, h)) for o in self._others)
        ]
        hits = hits or self._by_parts()
        if not hits or any(self._confused(m) for m in self._matches[:1]):
            return []
        return self.share(hits, [])

    def _by_parts(self) -> list[Hit]:
        """Where the terms that a term is made of stand together: 人脸识别考勤, *attendance by face recognition*."""
        if self._expected.is_proper():
            return []
        parts = _cover(self._form, self._document.checker.inner(self._form))
        if len(parts) < 2 or len(self._form) < 5:  # of four characters a calque: 智慧警务 is no *wisdom police affairs*
            return []
        text = self._line.text
        places = [[h for h in part.exact(text) if h.rendering.accepted] for part in parts]
        if not all(places):
            return []
        for start in places[0]:
            near = [min(hits, key=lambda h: abs(h.first - start.first)) for hits in places]
            first, last = min(h.first for h in near), max(h.last for h in near)
            apart = all(not (a.first < b.last and b.first < a.last) for i, a in enumerate(near) for b in near[:i])
            slack = last - first - sum(h.last - h.first for h in near)
            if apart and slack <= 4 and not any(b in (STOP, BRACKET) for b in text.before[first + 1 : last]):
                return [Hit(first, last, self._expected.accepted[0], "parts")]
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
            taken = [hits for ids, hits in self._document.exact(other).items() if ids != self._expected.ids]
            every = [
                h
                for h in self._expected.exact(other.text)
                if h.rendering.accepted and not any(is_inside(h, touched(hits, h)) for hits in taken)
            ]
            hits = [h for h in every if not h.rendering.abbreviation] or every  # one, where it explains its acronym
            asked = sum(set(m.term.ids) == set(self._expected.ids) for m in other.matches)
            if len(hits) > asked:
                return [self._made(m, "ok", *CERTAINTY["nearby"]) for m in self._matches]
        return []

    def _referred_to(self) -> list[Made]:
        """A pronoun or a general noun, where the concept was rendered just before or the Chinese points too."""
        match, text = self._matches[0], self._line.text
        points = bool(_POINTS.search(self._line.zh, max(0, match.start - 3), match.start))
        if not points and not self._document.was_named(self._expected, self._at):
            return []
        generic = self._expected.generic()
        for i in range(len(text.raw) - 1):
            if text.raw[i].lower() not in _POINTING:
                continue
            for k in (i + 1, i + 2):
                if k < len(text.raw) and text.raw[k].lower() in generic:
                    return [self._placed(m, i, k + 1, "noun") for m in self._matches]
                if text.raw[i + 1].lower() in PREPOSITIONS or text.raw[i + 1][0].isupper():
                    break  # "the Internet Police" is somebody else
        place = match.start / max(1, len(self._line.zh))
        pronouns = (_OF_PERSONS if self._expected.kinds & PERSONS else frozenset()) | (
            _PRONOUNS if self._expected.kinds - PERSONS else frozenset()
        )
        for i in range(1, len(text.raw)):
            if text.raw[i].lower() == "so" and text.folded[i - 1] in _DOING and self._expected.kinds & DEEDS:
                return [self._placed(m, i - 1, i + 1, "pronoun") for m in self._matches]
        for i, raw in enumerate(text.raw):
            near = len(text.raw) <= SHORT_SENTENCE or abs(i / len(text.raw) - place) <= (0.12 if place < 0.2 else 0.25)
            if raw.lower() in pronouns and (near or points):
                return [self._placed(m, i, i + 1, "pronoun") for m in self._matches]
        return []

    # findings

    def _missing(self, match: Match) -> Made:
        if not self._line.en.strip():
            return self._made(match, "missing", EMPTY, "the translation is empty")
        confused = self._confused(match)
        if confused is not None:
            return confused
        if self._free:
            return self._made(match, "missing", ORDINARY, "no accepted rendering; the Chinese is an ordinary word")
        for inner, expected in self._document.checker.inner(self._form):
            if any(h.rendering.accepted for h in expected.exact(self._line.text)):
                return self._made(match, "missing", PART, f"only {inner} is rendered")
        certainty = SHORT_TERM
        if self._expected.kinds & NAMES:
            certainty = NAMED
        elif self._expected.is_named(self._form):
            certainty = LONG_TERM
        if certainty == SHORT_TERM and frequency(self._form) >= FREQUENT:
            certainty = COMMON_TERM
        return self._made(match, "missing", certainty, "no accepted rendering")

    def _confused(self, match: Match) -> Made | None:
        """The rendering of a concept that this is not to be confused with, where the source does not have that."""
        for headword, expected in self._confusable():
            for hit in expected.exact(self._line.text):
                sure = hit.rendering.accepted and (hit.literal or not self._free)
                sure = sure and not self._line.text.is_verb(hit.first, hit.last)
                theirs = [touched(hits, hit) for hits in self._others] if sure else []
                if sure and not any(is_inside(hit, other) or hit == other for other in theirs):
                    text = self._line.text
                    place = text.starts[hit.first], text.ends[hit.last - 1]
                    made = self._made(match, "missing", CONFUSED, "", place)
                    made.finding.reason = f"“{made.finding.found}” is {headword}, another concept"
                    return made
        return None

    def _found(self, match: Match, hit: Hit) -> Made:
        if hit.rendering.accepted:
            return self._placed(match, hit.first, hit.last, hit.how, hit.rendering)
        certainty = FREE if self._free else SEVERAL if hit.last - hit.first > 1 else SINGLE
        note = f": {hit.rendering.term.note}" if hit.rendering.term.note else ""
        text = self._line.text
        place = text.starts[hit.first], text.ends[hit.last - 1]
        return self._made(
            match, "forbidden", certainty, f"a {hit.rendering.term.use} rendering{note}", place, hit.rendering
        )

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


def _cover(form: str, inner: Sequence[tuple[str, Expected]]) -> list[Expected]:
    """The terms that side by side make up a form, but for light words and its general end; [] where they do not."""
    known = {text: expected for text, expected in inner if len(text) > 1}
    out: list[Expected] = []
    at = 0
    while at < len(form):
        end = next((e for e in range(len(form), at + 1, -1) if form[at:e] in known), 0)
        if end:
            out.append(known[form[at:end]])
            at = end
        elif form[at] in "的与和及、":
            at += 1
        else:
            return out if form[at:] in _LIGHT_ENDS else []
    return out


def _beside(hits: list[Hit]) -> Rendering | None:
    """A second accepted rendering right after the first, in brackets or after *or*: hukou (household registration)."""
    for first, second in pairwise(hits):
        if first.rendering.text != second.rendering.text and second.first - first.last <= 1:
            return second.rendering
    return None
