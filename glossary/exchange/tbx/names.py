"""The words of the standard: elements and categories by generation and style, pick-lists, languages, our own notes.

Facts are those of ISO 30042:2008 and 2019, of the public TBX-Core, -Min, -Basic and -Linguist modules, and of files in
circulation, which use more words for a status than any of these.
"""

from __future__ import annotations

import re
from typing import Any

from glossary.model import Reference, Source

OWN = "zh-en-glossary"  # the header says so where notes of the form `key: value` carry fields of ours

# Every generation's element names, as those of 2019. Files written before 2019 have martif, termEntry, langSet, tig;
# the first TBX-Min had TBX, entry, langGroup, termGroup.
ELEMENTS = {
    "martif": "tbx",
    "TBX": "tbx",
    "martifHeader": "tbxHeader",
    "header": "tbxHeader",
    "termEntry": "conceptEntry",
    "entry": "conceptEntry",
    "langSet": "langSec",
    "langGroup": "langSec",
    "tig": "termSec",
    "ntig": "termSec",
    "termGroup": "termSec",
}

# What kind of element a category is, for files in the style that uses categories as element names (DCT).
CATEGORIES = {
    "administrativeStatus": "termNote",
    "context": "descrip",
    "crossReference": "ref",
    "customer": "admin",
    "customerSubset": "admin",
    "definition": "descrip",
    "externalCrossReference": "xref",
    "geographicalUsage": "termNote",
    "grammaticalGender": "termNote",
    "grammaticalNumber": "termNote",
    "partOfSpeech": "termNote",
    "projectSubset": "admin",
    "reading": "admin",
    "readingNote": "adminNote",
    "register": "termNote",
    "responsibility": "transacNote",
    "source": "admin",
    "subjectField": "descrip",
    "termLocation": "termNote",
    "termStatus": "termNote",
    "termType": "termNote",
    "transactionType": "transac",
    "transferComment": "termNote",
    "xGraphic": "xref",
}

STATUS_CATEGORIES = tuple(
    "administrativeStatus normativeAuthorization language-planningQualifier usageStatus termStatus status".split()
)
READING_CATEGORIES = ("reading", "pronunciation", "transcribedForm", "transliteratedForm")
DEFINITION_CATEGORIES = ("definition", "explanation")
DOMAIN_CATEGORIES = ("subjectField", "domain")

WRITTEN_USE = {use: f"{use}Term-admn-sts" for use in ("preferred", "admitted", "deprecated", "superseded")}
WRITTEN_POS = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb", "name": "noun", "phrase": "other"}
TYPES = {
    "fullform": "full",
    "shortform": "short",
    "abbreviation": "abbreviation",
    "variant": "variant",
}
WRITTEN_TYPES = {
    "full": "fullForm",
    "short": "shortForm",
    "abbreviation": "abbreviation",
    "variant": "variant",
    "slogan": "phrase",
}

_REGION_NAMES = {
    "CN": ("cn", "chn", "prc", "china", "mainland china", "people's republic of china"),
    "TW": ("tw", "twn", "taiwan"),
    "HK": ("hk", "hkg", "hong kong"),
    "SG": ("sg", "sgp", "singapore"),
    "GB": ("gb", "gbr", "uk", "united kingdom", "great britain"),
    "US": ("us", "usa", "united states"),
}
CODES = tuple(_REGION_NAMES)
REGIONS = {name: code for code, names in _REGION_NAMES.items() for name in names}

RELATIONS = {
    "crossReference": "related",
    "relatedConcept": "related",
    "relatedConceptBroader": "broader",
    "broaderConceptGeneric": "broader",
    "superordinateConceptGeneric": "broader",
    "broaderConceptPartitive": "part_of",
    "superordinateConceptPartitive": "part_of",
    "antonymConcept": "contrast",
    "falseFriend": "contrast",
}


_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.\-\u4e00-\u9fff]|_(?=x[0-9A-F]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-F]{4,6})_")


def name_of(id: str) -> str:
    """An id as XML allows it (an NCName): what may not stand there becomes `_xHHHH_`, and `id_of` undoes it."""
    name = _NOT_IN_A_NAME.sub(lambda m: f"_x{ord(m[0]):04X}_", id)
    if not name or name[0] in "0123456789.-":
        name = f"_x{ord(name[0]):04X}_{name[1:]}" if name else "_"
    return name


def id_of(name: str) -> str:
    """The id that was written as this name."""
    return _ESCAPED.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF)), name) if "_x" in name else name


def place_of(reference: Reference) -> str:
    """A reference in one line: key of the work, place, address: `article19-2021, p. 15, notes 40, 59`."""
    accessed = f"accessed {reference.accessed}" if reference.accessed else ""
    return ", ".join(filter(None, (reference.cite, reference.locator, reference.url, accessed)))


def reference_of(text: str) -> Reference:
    """The reference that `place_of` wrote; any other text is the name of a work, an address alone also its site."""
    if re.fullmatch(r"https?://\S+", text):
        return Reference(text.split("/")[2] or text, url=text)
    rest, fields = text, {}
    for name, pattern in (("accessed", r", accessed (\d{4}-\d\d-\d\d)"), ("url", r", (https?://\S+)")):
        found = re.search(pattern + "$", rest)
        if found:
            rest, fields[name] = rest[: found.start()], found[1]
    for name, mark in (("entry", ", s.v. "), ("article", ", art. "), ("section", ", section ")):
        if mark in rest:
            rest, _, fields[name] = rest.partition(mark) if name == "section" else rest.rpartition(mark)
    notes = re.search(r", notes? (\d{1,6}(?:, \d{1,6})*)$", rest)
    if notes:
        rest = rest[: notes.start()]
    for mark in (", pp. ", ", p. "):
        if mark in rest:
            rest, _, fields["page"] = rest.partition(mark)
    reference = Reference(rest, note=tuple(map(int, notes[1].split(", "))) if notes else (), **fields)
    return reference if place_of(reference) == text else Reference(text)


# The keys of notes that carry fields of ours, for which TBX has no category: `kind: technology`.
CONCEPT_KEYS = ("kind", "status", "literal", "note", "also")
TERM_KEYS = (
    "pinyin",
    "pinyin (Taiwan)",
    "years",
    "part of speech",
    "abbreviation of",
    "note",
    "used by",
    "rendering",
    "also",
)


def pair_of(value: str) -> tuple[str, str]:
    """The (name, value) that was written as `name: value`."""
    name, _, rest = value.partition(": ")
    return name, rest


_LISTS = ("authors", "authors_en")
_FIELDS = tuple(n for n in Source.__struct_fields__ if n not in ("cite", "cited_in", *_LISTS))


def items_of(work: Source) -> list[tuple[str, str]]:
    """A cited work as (type, text) of items."""
    out = [(name, value) for name in _FIELDS if (value := getattr(work, name))]
    return [("cite", work.cite), *out, *((name, value) for name in _LISTS for value in getattr(work, name))]


def work_of(items: list[tuple[str, str]]) -> Source | None:
    """The cited work that `items_of` took apart, or None where these are not its items."""
    known: dict[str, Any] = {name: value for name, value in items if name in _FIELDS}
    cite = next((value for name, value in items if name == "cite"), "")
    if not (cite and known.get("type") and known.get("title")):
        return None
    for name in _LISTS:
        known[name] = tuple(v for n, v in items if n == name)
    return Source(cite, **known)
