"""What a concept may be called in a translation: patterns of its accepted and of its deprecated renderings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary.termbase.forms import CAPITALS, english_forms, stands
from glossary.text import english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.model import Concept, EnTerm

WRONG = "mistranslation"  # the register of renderings that are errors
ARTICLES = frozenset({"the", "a", "an"})


# words of one family that no ending shows
_FAMILIES = dict(
    pair.split(":")
    for pair in """
    chinese:china tibetan:tibet taiwanese:taiwan american:america russian:russia japanese:japan korean:korea
    european:europe british:britain french:france german:germany scientific:science scientist:science
    """.split()
)
_SHORT_ENDINGS = ("ing", "ed", "al", "ion", "e")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What a word shares with its inflections and derivations: recognition, recognised → recogn; faces → fac.

    Coarser than the stemmer of the index: it is only used where all words of a rendering stand together.
    """
    compared = english.word(word)
    compared = _FAMILIES.get(compared, compared)
    if len(compared) > 3 and compared.endswith("s") and not compared.endswith(("ss", "us", "is")):
        compared = compared[:-3] + "y" if compared.endswith("ies") else compared[:-1]
    if len(compared) > 6 and compared.endswith("sion") and compared[-5] != "s":  # decision, decide; suspension, suspend
        compared = compared[:-4] + "de"
    while not compared.endswith("ee"):  # a tenderee is no tenderer
        shorter = english.root(compared)
        if not shorter:
            ending = next((e for e in _SHORT_ENDINGS if compared.endswith(e) and len(compared) - len(e) >= 3), "")
            shorter = compared.removesuffix(ending) if ending else ""
        if not shorter:
            break
        compared = shorter
    if len(compared) > 3 and compared[-1] == compared[-2] and compared[-1] not in "aeiou":
        compared = compared[:-1]  # stopped, bidding
    return compared[:-1] + "i" if compared.endswith("y") and len(compared) > 3 else compared


@dataclass(frozen=True, slots=True)
class Rendering:
    """One rendering: its text, the patterns of its forms, the stems of its words.

    `same` tells it from others: its letters in one spelling and number, so that `micro-expression` and
    `microexpressions` are one rendering.
    """

    text: str
    patterns: tuple[tuple[str, int], ...]
    stems: tuple[str, ...]
    same: str

    def find(self, folded: str, raw: str, span_of: Callable[[int, int], tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Where it stands in a folded text: offsets into the raw one."""
        for pattern, written in self.patterns:
            at = folded.find(pattern)
            while at >= 0:
                start, end = span_of(at + 1, at + len(pattern) - 1)
                # a name in small letters is a slip of the keyboard, an acronym in small letters is another word
                if written != CAPITALS or stands(raw[start:end], written):
                    yield start, end
                at = folded.find(pattern, at + len(pattern) - 1)


@dataclass(frozen=True, slots=True)
class Expected:
    """The renderings of one concept, the preferred first."""

    id: str
    label: str
    accepted: tuple[Rendering, ...]
    forbidden: tuple[Rendering, ...]
    general: bool  # a word of the general language: what is said of it is less sure

    @property
    def names(self) -> list[str]:
        """The accepted renderings as an editor wants to see them."""
        return [r.text for r in self.accepted]


def expected(concept: Concept) -> Expected:
    """What to look for where a concept stands in the source."""
    accepted = [t for t in concept.en if t.use != "deprecated" and WRONG not in t.register]
    forbidden = [t for t in concept.en if t not in accepted]
    good = [_rendering(t) for t in accepted]
    known = {p for r in good for p, _ in r.patterns}
    bad = []
    for term in forbidden:
        made = _rendering(term)
        # the same words with another spelling or number may be an accepted form
        kept = tuple((p, w) for p, w in made.patterns if p not in known)
        bad.append(Rendering(made.text, kept, made.stems, made.same))
    short = min((len(t.text) for t in concept.zh), default=0) < 3
    general = concept.status == "draft" or (
        short and concept.kind == "concept" and not any(" " in t.text for t in accepted)
    )
    return Expected(concept.id, concept.label, tuple(good), tuple(bad), general)


def _rendering(term: EnTerm) -> Rendering:
    text = re.sub(r" \([a-z][^()]*\)$", "", term.text).removeprefix("to ")
    words = [w for w in re.findall(r"[^\W_]+", text.lower().replace("’s", "").replace("'s", "")) if w not in ARTICLES]
    same = "".join(english.word(w) for w in words)
    return Rendering(term.text, tuple(english_forms(term)), tuple(map(stem, words)), same.removesuffix("s"))


if TYPE_CHECKING:
    from collections.abc import Callable
