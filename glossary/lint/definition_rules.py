"""Rules on definitions: none that repeats its term, none that leads back to itself, one form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.lint.pinyin_rules import NAMES
from glossary.lint.rules import concept_rule, folder_rule
from glossary.text.normalize import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glossary.lint.rules import Finding, FolderFinding
    from glossary.model import Concept
    from glossary.termfiles.folder import TermFolder

# Definitions are asked of everything that is not a plain name or a set phrase that explains itself.
DEFINED = frozenset(
    {
        "concept",
        "technology",
        "method",
        "procedure",
        "programme",
        "policy",
        "right",
        "principle",
        "offence",
        "role",
        "facility",
        "euphemism",
        "slogan",
    }
)
HEAD = 3  # words at the beginning of an English definition among which its genus begins


@concept_rule("E114")
def defined(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """An entry of this kind needs a definition in English."""
    if concept.kind in DEFINED and not concept.definition.en:
        yield "definition", f"kind is {concept.kind}"


@concept_rule("E115")
def not_the_term_itself(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A definition repeats its term."""
    flat, term = _words(concept.definition.en), _words(concept.en[0].text)
    if flat and term and concept.kind not in NAMES and term in (flat, flat[1:]):
        yield "definition.en", concept.definition.en
    zh = concept.definition.zh
    if zh and key(zh) in {key(t.text) for t in concept.zh}:
        yield "definition.zh", zh


@concept_rule("W107")
def definition_form(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A definition begins with an article in capitals, or ends with a full stop."""
    if re.match(r"(A|An|The|Any|To) ", concept.definition.en):
        yield "definition.en", concept.definition.en.split(" ")[0]
    for field, text in (("definition.en", concept.definition.en), ("definition.zh", concept.definition.zh)):
        if text.endswith((".", "。")):
            yield field, "ends with a full stop"


@concept_rule("W108")
def explained_by_others(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A definition says its own term where it should say what kind of thing it is."""
    if concept.kind in NAMES:
        return
    words, term = _words(concept.definition.en), _words(concept.en[0].text)
    if term and any(words[at : at + len(term)] == term for at in range(HEAD)) and words != term:
        yield "definition.en", concept.definition.en
    genus = re.split("[，。；：、（]", concept.definition.zh)[0].rstrip("的")  # stands at the end of the first clause
    if genus.endswith(concept.zh[0].text) and genus != concept.zh[0].text:
        yield "definition.zh", concept.definition.zh


@folder_rule("W204")
def not_circular(folder: TermFolder) -> Iterator[FolderFinding]:
    """Two definitions explain each other; can one do without the other's term?

    A whole may name its kinds or parts, and they it: that is not meant.
    """
    chosen = {id: c for id, c in folder.concepts.items() if c.kind not in NAMES}
    kin = {(id, r.target) for id, c in chosen.items() for r in c.relations if r.type in ("broader", "part_of")}
    english = {tuple(_words(c.en[0].text)): id for id, c in chosen.items()}
    chinese = {tuple(c.zh[0].text): id for id, c in chosen.items()}
    for field, terms, texts in (
        ("definition.en", english, {id: _words(c.definition.en) for id, c in chosen.items()}),
        ("definition.zh", chinese, {id: list(c.definition.zh) for id, c in chosen.items()}),
    ):
        longest = _longest(terms)
        says = {id: _terms_in(text, terms, longest) - {id} for id, text in texts.items()}
        for id, others in says.items():
            for other in sorted(others):
                if id > other and id in says[other] and not {(id, other), (other, id)} & kin:
                    yield id, field, f"{other} {folder.concepts[other].label} in {folder.home[other]}"


def _longest(terms: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """How long the terms are that begin with a word or character, at most."""
    out: dict[str, int] = {}
    for term in filter(None, terms):
        out[term[0]] = max(len(term), out.get(term[0], 0))
    return out


def _terms_in(text: Sequence[str], terms: Mapping[tuple[str, ...], str], longest: Mapping[str, int]) -> set[str]:
    """Whose terms stand in a text, the longest first at each place, none inside another."""
    out = set()
    at = 0
    while at < len(text):
        size = next((n for n in range(longest.get(text[at], 0), 0, -1) if tuple(text[at : at + n]) in terms), 0)
        if size:
            out.add(terms[tuple(text[at : at + size])])
        at += size or 1
    return out


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())
