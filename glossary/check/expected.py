"""What the term base asks for: the renderings of a concept, which are accepted and which are not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from glossary.check.english import Pattern
from glossary.check.renderings import mixed, opened, patterns, turns
from glossary.check.words import kin
from glossary.text.normalize import is_han
from glossary.text.segment import frequency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.check.english import Text
    from glossary.model import Concept, EnTerm

WRONG = "mistranslation"  # the register of renderings that are errors
NAMES = frozenset("institution law treaty standard company product person place event outlet journal programme".split())
PERSONS = frozenset({"role", "person"})
DEEDS = frozenset({"procedure", "method", "concept", "right", "offence"})  # what somebody can do
# jieba's dictionary counts a word so often or oftener: it is an ordinary one. In the domains whose terms of art are
# everyday words too (逮捕, 歧视, 酷刑) it must be more frequent than elsewhere.
FREQUENT, FREQUENT_ART, FREQUENT_LONG = 250, 1000, 1000
ART = frozenset({"criminal", "human-rights", "dataprot", "legal"})
_LOOSE_PARTS = ("verb", "adj", "adv", "phrase")

# what a text calls a thing of this kind by when it has been named before: "the system", "this law"
GENERIC = {
    "technology": "technology technologies system systems tool tools technique software method product products device",
    "method": "method technique approach procedure practice",
    "procedure": "procedure process measure practice",
    "programme": "programme program project campaign scheme initiative network system",
    "policy": "policy measure rule",
    "document": "document text report opinion opinions notice",
    "law": "law act statute regulation regulations measures provisions rules legislation",
    "treaty": "treaty convention covenant instrument",
    "standard": "standard specification",
    "right": "right freedom",
    "principle": "principle rule",
    "offence": "offence offense crime charge",
    "institution": "institution body agency authority authorities bureau ministry commission committee department "
    "office organ organs organization court police academy centre",
    "role": "official officials officer officers person people worker workers",
    "facility": "facility facilities place site centre camp building",
    "company": "company firm developer vendor supplier manufacturer",
    "product": "product system tool app platform software device",
    "person": "he she him her",
    "place": "place area region city province county there",
    "event": "event incident conference forum",
    "concept": "concept idea system",
    "slogan": "slogan phrase",
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """One rendering of a concept: its text, whether it is accepted, and the entry's term."""

    text: str
    accepted: bool
    term: EnTerm
    concept: str
    abbreviation: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A rendering found: tokens [first, last) of the text. `how` is exact, turned or loose."""

    first: int
    last: int
    rendering: Rendering
    how: str = "exact"
    literal: bool = False  # without any inflection


class Expected:
    """The renderings of the concepts that one written form of the source stands for."""

    def __init__(self, concepts: Sequence[Concept], *, strict: bool = False) -> None:
        self.strict = strict
        self.ids = tuple(c.id for c in concepts)
        self.kinds = {c.kind for c in concepts}
        self._art = bool(ART.intersection(*(c.domains[:1] for c in concepts)))
        found: dict[str, Rendering] = {}
        for concept in concepts:
            for term in concept.en:
                ok = term.use != "deprecated" and WRONG not in term.register
                known = found.get(term.text)
                # among homographs any concept's rendering is right
                if known is None or (ok and not known.accepted):
                    found[term.text] = Rendering(term.text, ok, term, concept.id)
                if term.abbr and ok:
                    found.setdefault(term.abbr, Rendering(term.abbr, True, term, concept.id, abbreviation=True))
        self.renderings = tuple(found.values())
        self.accepted = tuple(r for r in self.renderings if r.accepted)
        self.forbidden = tuple(r for r in self.renderings if not r.accepted)
        self._exact = [(r, p) for r in self.renderings for p in patterns(r.text)]

    @cached_property
    def texts(self) -> list[str]:
        """The accepted renderings, abbreviations beside what they shorten, the preferred first."""
        return [r.text for r in self.accepted if not r.abbreviation]

    @cached_property
    def marks(self) -> frozenset[str]:
        """Stems by which a translation can be known."""
        return frozenset(k for r in self.accepted for p in patterns(r.text)[:1] for k in p.keys if k.isalnum())

    def exact(self, text: Text) -> list[Hit]:
        """Every place where a rendering, accepted or not, stands word for word; of those that overlap the longest."""
        found = [Hit(a, b, r, literal=text.reads(a, b, r.text)) for r, p in self._exact for a, b in text.find(p)]
        return _longest(found)

    def turned(self, text: Text) -> list[Hit]:
        """Where an accepted rendering stands turned round a preposition, coordinated with another, or opened up."""
        hits = []
        for r in self.accepted:
            if r.abbreviation:
                continue
            hits += [Hit(a, b, r, "turned") for p in turns(r.text) for a, b in text.find(p)]
            both: tuple[Pattern, ...] = (*patterns(r.text), *turns(r.text))
            hits += [Hit(a, b, r, "turned") for p in both if len(p.keys) > 1 for a, b in text.find(p, gaps=True)]
            hits += [Hit(a, b, r, "turned") for p in opened(r.text) for a, b in text.find(p)]
        return _longest(hits)

    def freely(self, text: Text) -> list[Hit]:
        """Of a slogan, where half the words of a rendering or more, and two at least, stand in one sentence."""
        for r in self.accepted if self.kinds == {"slogan"} else ():
            made = patterns(r.text)
            words = [w for w in made[0].words if len(w) > 3] if made else []
            places = [i for w in words for i, f in enumerate(text.folded) if kin(f, w)][:12]
            if places and sum(any(kin(f, w) for f in text.folded) for w in words) >= max(2, len(words) / 2):
                return [Hit(min(places), max(places) + 1, r, "freely")]
        return []

    def worded(self, text: Text, wordings: Sequence[str]) -> list[Hit]:
        """Where something stands that translations say for the form, though it is no rendering of the entry."""
        first = self.accepted[0]
        hits = [
            Hit(a, b, first, "worded")
            for each in wordings
            for p in patterns(each)
            for a, b in (*text.find(p), *(text.find(p, gaps=True) if len(p.keys) > 1 else ()))
        ]
        hits += [Hit(a, b, first, "worded") for each in wordings for p in turns(each) for a, b in text.find(p)]
        if not hits:
            near = [found for each in wordings for p in patterns(each)[-1:] if (found := text.loose(p))]
            hits = [Hit(a, b, first, "worded") for a, b in near]
        return _longest(hits)

    def shortened(self, text: Text, form: str) -> list[Hit]:
        """Where an accepted rendering stands without its general last noun, or with another; without *of the* …

        *Facial recognition* or *a facial-recognition platform* for 人脸识别系统; *statement* for *statement of the
        accused*; *freedom of expression and privacy* for the right to it.
        """
        out = []
        for r in self.accepted:
            short = without_light_head(r.text) if self.kinds & LIGHT_KINDS else ""
            if not short and len(form) <= 3 and " of the " in r.text:
                short = r.text.split(" of the ")[0]
            if not short and "right" in self.kinds and r.text.startswith("right to ") and text.speaks_of_rights():
                short = r.text.removeprefix("right to ")
            if short:
                found = [place for p in patterns(short) for place in text.find(p)]
                found += [place for p in patterns(short)[-1:] if not found and (place := text.loose(p))]
                out += [Hit(a, b, r, "shortened") for a, b in found]
        return _longest(out) or self._ones(text)

    def _ones(self, text: Text) -> list[Hit]:
        """*Association standards in line with international ones*: the head noun said before, then *one*."""
        if "one" not in text.places or self.is_proper():
            return []
        made = [(r, p) for r in self.accepted for p in patterns(r.text)[:1] if len(p.keys) == 2]
        return [
            Hit(a, b, r, "shortened")
            for r, p in made
            if p.keys[1] in text.places
            for a, b in text.find(Pattern((p.keys[0], "one"), p.words[:1]))
        ]

    def loose(self, text: Text, *, person: bool = False) -> list[Hit]:
        """Where the words of an accepted rendering stand close together in other forms: *recognises emotions*.

        With `person` the source speaks of those who do it: *petitioners* for 信访人员.
        """
        for r in self.accepted:
            made = patterns(r.text)
            if r.abbreviation or not made:
                continue
            found = text.loose(made[-1], person=person) or text.parted(made[-1])
            if found:
                return [Hit(*found, r, "loose")]
        return []

    def loosely_forbidden(self, text: Text) -> list[Hit]:
        """Where the words of a deprecated rendering stand close together in other forms: *Lamaist* for *Lamaism*."""
        made = [(r, p) for r in self.forbidden for p in patterns(r.text)[-1:] if not r.abbreviation]
        return [Hit(*found, r, "loose") for r, p in made if (found := text.loose(p))][:1]

    @cached_property
    def _akin(self) -> list[tuple[Rendering, Pattern]]:
        if self.is_proper():
            return []
        texts = tuple(r.text for r in self.accepted if not r.abbreviation)
        return [(r, p) for r in self.accepted if not r.abbreviation for p in mixed(r.text, texts)]

    def akin(self, text: Text) -> list[Hit]:
        """Where an accepted rendering stands with a word of the same meaning, or with a word of another rendering.

        A name has to be right to the word; and what the term base deprecates is not accepted by this way either.
        """
        hits = [Hit(a, b, r, "akin") for r, p in self._akin for a, b in text.find(p)]
        if hits and self.forbidden:
            bad = {i for h in self.exact(text) for i in range(h.first, h.last)}
            hits = [h for h in hits if not bad.intersection(range(h.first, h.last))]
        return _longest(hits)

    def is_free(self, form: str, certainty: str) -> bool:
        """Whether the source's form is an ordinary word, which translators may render freely."""
        if self.strict or (len(form) > 2 and self.kinds <= NAMES):
            return False
        if certainty != "aligned":
            return True
        if all(r.term.pos in _LOOSE_PARTS or r.text.startswith("to ") for r in self.accepted):
            return True
        limit = FREQUENT_ART if self._art or self.kinds & NAMES else FREQUENT
        return (len(form) <= 2 and frequency(form) >= limit) or (len(form) == 3 and frequency(form) >= FREQUENT_LONG)

    def is_named(self, form: str) -> bool:
        """Whether the source's form can hardly be anything but this term: four characters or more, or a name."""
        return sum(map(is_han, form)) >= 4 or bool(self.kinds & NAMES)

    def is_proper(self) -> bool:
        """Whether this is the name of one thing: a law, a programme; an institution unless it is a kind of them."""
        if not self.kinds <= NAMES:
            return False
        return self.kinds != {"institution"} or all(r.text[:1].isupper() for r in self.accepted)

    def generic(self) -> frozenset[str]:
        """Nouns by which a text may come back to the concept once it is named."""
        words = {w for kind in self.kinds for w in GENERIC.get(kind, "").split()}
        for r in self.accepted:
            made = patterns(r.text)
            if made and not r.abbreviation:
                words.add(_head(r.text))
        return frozenset(words)


LIGHT_KINDS = frozenset("technology method product facility concept programme".split())
LIGHT_HEADS = frozenset(
    "device devices equipment system systems tool tools technology technologies technique techniques software platform "
    "apparatus machine product products service services".split()
)


@lru_cache(maxsize=20000)
def without_light_head(text: str) -> str:
    """A rendering of three words or more without a last noun that says little; "" where it has none."""
    if text.endswith("-making"):
        return text.removesuffix("-making")  # automated decisions
    words = text.removeprefix("ability to ").split()
    if len(words) > 1 and words[-1].lower() in ("ability", "language"):
        return " ".join(words[:-1])
    if text.startswith("ability to "):
        return " ".join(words)
    return " ".join(words[:-1]) if len(words) > 2 and words[-1].lower() in LIGHT_HEADS else ""


def _head(text: str) -> str:
    """The head noun of a rendering: before its first preposition, else the last word."""
    from glossary.check.english import PREPOSITIONS

    words = text.lower().split()
    for i, each in enumerate(words):
        if i and each in PREPOSITIONS:
            return words[i - 1]
    return words[-1] if words else ""


def _rank(hit: Hit) -> int:
    """Accepted before deprecated, but for a deprecated rendering letter by letter: *Telecommunications Union*."""
    return (0 if hit.literal else 2) + (not hit.rendering.accepted)


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of hits that overlap the longest, then the accepted one; in the order of the text."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (h.first - h.last, _rank(h), h.rendering.abbreviation, h.first)):
        span = set(range(hit.first, hit.last))
        if not span & taken:
            kept.append(hit)
            taken |= span
    return sorted(kept, key=lambda h: h.first)
