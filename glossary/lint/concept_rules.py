"""Rules over one concept: designations, evidence, definitions, prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.lint.pinyin_rules import NAMES
from glossary.lint.rules import concept_rule
from glossary.text.normalize import has_han, key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.lint.rules import Finding
    from glossary.model import Concept, EnTerm, ZhTerm
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


@concept_rule("E104")
def one_preferred_first(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """The first term of a language is preferred, and no second one is for the same region."""
    for field, terms in (("zh", concept.zh), ("en", concept.en)):
        if terms[0].use != "preferred":
            yield f"{field}[0].use", f"{terms[0].text} is {terms[0].use}"
        seen = [t.region for t in terms if t.use == "preferred"]
        for region in {r for r in seen if seen.count(r) > 1}:
            yield field, f"{seen.count(region)} preferred terms{' for ' + region if region else ''}"


@concept_rule("E112")
def reviewed_with_date(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A reviewed entry says when it was reviewed, and a draft does not."""
    if (concept.status == "draft") == bool(concept.reviewed):
        yield "reviewed", f"status is {concept.status}, reviewed is {concept.reviewed or 'empty'}"


@concept_rule("E114")
def defined(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """An entry of this kind needs a definition in English."""
    if concept.kind in DEFINED and not concept.definition.en:
        yield "definition", f"kind is {concept.kind}"


@concept_rule("E115")
def not_circular(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A definition repeats its term."""
    flat = re.sub(r"[^a-z ]", " ", concept.definition.en.lower()).split()
    term = re.sub(r"[^a-z ]", " ", concept.en[0].text.lower()).split()
    if flat and term and concept.kind not in NAMES and (flat == term or flat[1:] == term):
        yield "definition.en", concept.definition.en
    zh = concept.definition.zh
    if zh and key(zh) in {key(t.text) for t in concept.zh}:
        yield "definition.zh", zh


@concept_rule("E116")
def has_source(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """The entry has no source at all."""
    if not concept.references():
        yield "sources", "give at least one reference with a locator"


@concept_rule("E117")
def no_repeated_term(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """The same designation stands twice in the entry."""
    for field, seen in (
        ("zh", [(t.text, t.region) for t in concept.zh]),
        ("en", [(t.text, t.region) for t in concept.en]),
    ):
        for text, _region in {s for s in seen if seen.count(s) > 1}:
            yield field, text


@concept_rule("E120")
def right_language(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A term stands in the wrong language, or holds half-width punctuation between Han characters."""
    for i, zh in enumerate(concept.zh):
        if not has_han(zh.text):
            yield f"zh[{i}].text", f"{zh.text} has no Han character"
        if re.search(r"[\u4e00-\u9fff][,;:!?][\u4e00-\u9fff]", zh.text):
            yield f"zh[{i}].text", f"{zh.text}: write ，；：！？"
    for i, en in enumerate(concept.en):
        if has_han(en.text):
            yield f"en[{i}].text", f"{en.text} has Han characters"


@concept_rule("W103")
def deprecated_says_why(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A deprecated rendering has no note that says why."""
    for i, term in enumerate(concept.en):
        if term.use == "deprecated" and not term.note and not concept.note:
            yield f"en[{i}]", term.text


@concept_rule("W104")
def attested_or_proposed(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A rendering that is not preferred has neither a source of its own nor the mark proposed."""
    terms: list[tuple[str, int, ZhTerm | EnTerm]] = [("zh", i, t) for i, t in enumerate(concept.zh)]
    terms += [("en", i, t) for i, t in enumerate(concept.en)]
    for field, i, term in terms:
        if i and not term.sources and not term.proposed:
            yield f"{field}[{i}]", term.text


_AMERICAN = re.compile(
    r"\b(\w+(?:ization|izing|yzed?|yzing)|behavior\w*|color\w*|labor(?!at)\w*|center\w*|favor\w*|"
    r"defense|offense|program|programs|license plates?|analog|catalog|traveler\w*|labeled|labeling|"
    r"modeling|counselor\w*)\b",
    re.IGNORECASE,
)


@concept_rule("W105")
def british_spelling(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """Our own prose is written in British spelling."""
    for field, text in (
        ("definition.en", concept.definition.en),
        ("note", concept.note),
        ("literal", concept.literal),
    ):
        for match in _AMERICAN.finditer(text):
            yield field, match[0]


_LOADED = re.compile(
    r"\b(brutal|draconian|dystopian|notorious\w*|regime|evil|sinister|infamous\w*|so-called|horrific|"
    r"glorious\w*|great leader|hostile forces|orwellian|propagandist\w*)\b",
    re.IGNORECASE,
)


@concept_rule("W106")
def neutral_wording(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A word that judges stands in our own prose; is it quoted, or can it go?"""
    for field, text in (("definition.en", concept.definition.en), ("note", concept.note)):
        for match in _LOADED.finditer(text):
            yield field, match[0]


@concept_rule("W107")
def definition_form(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A definition begins with a capital or an article-less verb, or ends with a full stop."""
    for field, text in (("definition.en", concept.definition.en), ("definition.zh", concept.definition.zh)):
        if text.endswith((".", "。")):
            yield field, "ends with a full stop"
