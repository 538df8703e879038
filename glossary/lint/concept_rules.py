"""Rules over one concept: designations, evidence, prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.lint.rules import concept_rule
from glossary.text.normalize import has_han

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.lint.rules import Finding
    from glossary.model import Concept, EnTerm, ZhTerm
    from glossary.termfiles.folder import TermFolder


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
    """A designation has no source to point at and is not marked proposed (the first may rest on the entry's)."""
    for field, i, term in _designations(concept):
        if (i or not concept.sources) and not term.sources and not term.proposed:
            yield f"{field}[{i}]", term.text


@concept_rule("W109")
def not_both(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A designation is marked proposed although a source of its own has it."""
    for field, i, term in _designations(concept):
        if term.proposed and term.sources:
            yield f"{field}[{i}]", f"{term.text}: {term.sources[0].cite}"


def _designations(concept: Concept) -> Iterator[tuple[str, int, ZhTerm | EnTerm]]:
    yield from (("zh", i, t) for i, t in enumerate(concept.zh))
    yield from (("en", i, t) for i, t in enumerate(concept.en))


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


@concept_rule("W110")
def american_forms_marked(concept: Concept, _: TermFolder) -> Iterator[Finding]:
    """A rendering in American spelling that no source of its own has so is not marked region = "US"."""
    for i, term in enumerate(concept.en):
        for match in _AMERICAN.finditer(term.text):
            if not term.sources and term.region != "US" and match[0].islower():  # names are spelled as they are
                yield f"en[{i}]", f"{term.text}: {match[0]}"


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
