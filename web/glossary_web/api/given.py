"""What the API gives, as types: the OpenAPI document is made from them, and tests hold the answers to them."""

from __future__ import annotations

from typing import Annotated, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from glossary.model import Concept, Source
from glossary_web.api.asked import D


class Matched(Struct):
    """Why a hit is there."""

    field: Annotated[str, D("what matched: zh, pinyin, initials, zhuyin, english, definition, id, filter …")]
    form: Annotated[str, D("the form that matched, as written")]
    spans: Annotated[list[tuple[int, int]], D("what matched in the form: code points, end exclusive")]


class Hit(Struct):
    """One concept found."""

    id: Annotated[str, D("the concept's id")]
    zh: Annotated[str, D("the preferred Chinese term, simplified")]
    hant: Annotated[str, D("the same, traditional")]
    pinyin: Annotated[str, D("its reading, by word with tone marks")]
    en: Annotated[list[str], D("renderings that may be used, the preferred first")]
    zh_all: Annotated[list[str], D("every Chinese form")]
    en_all: Annotated[list[str], D("every English form")]
    kind: Annotated[str, D("the kind of concept; /vocabulary has the labels")]
    domains: Annotated[list[str], D("codes of its domains, the main one first")]
    status: Annotated[str, D("how far it has been reviewed")]
    tier: Annotated[int, D("the rank of the reason: 0 is the best")]
    why: Annotated[str, D("the reason in words")]
    use: Annotated[str, D("the status of the form that matched: preferred, admitted, superseded, deprecated")]
    matched: Matched


class Found(Struct):
    """Hits, the best first, with how the query was read."""

    query: Annotated[str, D("the query as it was read")]
    readings: Annotated[list[str], D("the ways in which it could be read")]
    total: Annotated[int, D("how many concepts were found")]
    more: Annotated[bool, D("whether there are more than were counted")]
    hits: Annotated[list[Hit], D("the concepts")]
    suggestions: Annotated[list[str], D("queries that do find something, where this one did not")]


class Dictionary(Found, kw_only=True):
    """What the general dictionary has; it is never part of the term base."""

    credit: Annotated[str, D("whose work it is; to be shown with it")]


class Results(Found):
    """What was found."""

    facets: Annotated[
        dict[str, dict[str, int]] | msgspec.UnsetType, D("field → code → number of concepts; where asked for")
    ] = msgspec.UNSET
    dictionary: Annotated[
        Dictionary | msgspec.UnsetType | None, D("where asked for; null where no general dictionary is open")
    ] = msgspec.UNSET


class Suggestion(Struct):
    """A hit in short."""

    id: Annotated[str, D("the concept's id")]
    zh: Annotated[str, D("the preferred Chinese term, simplified")]
    hant: Annotated[str, D("the same, traditional")]
    pinyin: Annotated[str, D("its reading")]
    en: Annotated[str, D("the preferred rendering")]
    why: Annotated[str, D("why it is there, in words")]
    url: Annotated[str, D("the path of its page")]


class Suggestions(Struct):
    """What may have been meant so far."""

    query: Annotated[str, D("the query as it was read")]
    readings: Annotated[list[str], D("the ways in which it could be read")]
    suggestions: Annotated[list[Suggestion], D("the concepts, the best first")]


class Definitions(Struct):
    """What the general dictionary has for a query."""

    dictionary: Annotated[Dictionary | None, D("null where no general dictionary is open")]


class Related(Struct):
    """The other side of a relation, in short."""

    type: Annotated[str, D("broader, contrast, made_by …; /vocabulary has the labels")]
    inverse: Annotated[bool, D("whether this is the derived other side")]
    id: Annotated[str, D("the other concept's id")]
    zh: Annotated[str, D("its preferred Chinese term")]
    en: Annotated[str, D("its preferred rendering")]
    note: Annotated[str, D("a note on the relation")]


class RelatedWhole(Struct):
    """The other side of a relation, whole."""

    type: Annotated[str, D("broader, contrast, made_by …; /vocabulary has the labels")]
    inverse: Annotated[bool, D("whether this is the derived other side")]
    note: Annotated[str, D("a note on the relation")]
    concept: Concept


class RelatedList(Struct):
    """Everything that a concept is related to."""

    related: Annotated[list[RelatedWhole], D("the relations")]


_HINTS = get_type_hints(Concept)
Entry = msgspec.defstruct(
    "Entry",
    [
        ("related", Annotated[list[Related], D("its relations in both directions, in short")]),
        ("url", Annotated[str, D("the address of its page")]),
        *((f.name, _HINTS[f.name], *(() if f.required else (f.default,))) for f in fields(Concept)),
    ],
    namespace={"__doc__": "One concept, whole; empty fields are left out."},
    module=__name__,
)


class Line(Struct):
    """One concept of a list."""

    id: Annotated[str, D("the concept's id")]
    zh: Annotated[str, D("the preferred Chinese term, simplified")]
    hant: Annotated[str, D("the same, traditional")]
    pinyin: Annotated[str, D("its reading")]
    en: Annotated[str, D("the preferred rendering")]
    kind: Annotated[str, D("the kind of concept")]
    domain: Annotated[str, D("the code of its main domain")]
    status: Annotated[str, D("how far it has been reviewed")]


class Concepts(Struct):
    """A page of concepts: `lines`, or whole `concepts`."""

    total: Annotated[int, D("how many there are on all pages")]
    next: Annotated[int | None, D("after how many the next page begins; null at the end")]
    cursor: Annotated[str | None, D("for the next page; null at the end")]
    lines: Annotated[list[Line] | msgspec.UnsetType, D("the concepts in short")] = msgspec.UNSET
    concepts: Annotated[list[Concept] | msgspec.UnsetType, D("the concepts, whole")] = msgspec.UNSET


class Letters(Struct):
    """How many concepts begin with each letter."""

    letters: Annotated[dict[str, int], D("letter → number of concepts")]


class Domain(Struct):
    """A field of knowledge."""

    code: Annotated[str, D("what `domain=` takes")]
    en: Annotated[str, D("its English label")]
    zh: Annotated[str, D("its Chinese label")]
    concepts: Annotated[int, D("how many concepts it has")]


class Domains(Struct):
    """The fields of knowledge."""

    domains: Annotated[list[Domain], D("by English label")]


class CitedWork(Struct):
    """A cited work, and how many concepts cite it."""

    source: Source
    concepts: Annotated[int, D("how many concepts cite it")]


class CitedWorks(Struct):
    """A page of cited works, by key."""

    total: Annotated[int, D("how many there are on all pages")]
    cursor: Annotated[str | None, D("for the next page; null at the end")]
    sources: Annotated[list[CitedWork], D("the works")]


class Stats(Struct):
    """Counts of what the base holds."""

    edition: Annotated[str, D("the day of the data, as a version (2026.11.23); empty where the base says none")]
    concepts: Annotated[int, D("concepts")]
    chinese_forms: Annotated[int, D("Chinese terms")]
    english_renderings: Annotated[int, D("English renderings")]
    proposed: Annotated[int, D("designations that are our own proposals")]
    patterns: Annotated[int, D("written forms that are recognised in running text")]
    relations: Annotated[int, D("relations, both sides counted")]
    sources: Annotated[int, D("cited works")]
    domains: Annotated[dict[str, int], D("concepts by domain")]
    kinds: Annotated[dict[str, int], D("concepts by kind")]
    statuses: Annotated[dict[str, int], D("concepts by state of review")]


class Changes(Struct):
    """What has changed from edition to edition."""

    edition: Annotated[str, D("the edition of the data, as a version (2026.11.23); empty where the base says none")]
    text: Annotated[str, D("the list of changes, in Markdown; empty where the base has none")]


class Cited(Struct):
    """Citations."""

    style: Annotated[str, D("their style")]
    text: Annotated[str, D("the citations, in the order of the ids; CSL-JSON is JSON in a string")]


class Row(Struct):
    """How far entries go; `zh` and `en` count designations by evidence (attested, entry, proposed, unsourced)."""

    entries: Annotated[int, D("concepts")]
    reviewed: Annotated[int, D("those that a second person has read against their sources")]
    defined: Annotated[int, D("those with a definition in at least one language")]
    zh: Annotated[dict[str, int], D("Chinese forms by evidence")]
    en: Annotated[dict[str, int], D("English renderings by evidence")]


class Coverage(Struct):
    """How far the base goes: review, definitions and evidence."""

    all: Annotated[Row, D("each entry once")]
    domains: Annotated[dict[str, Row], D("by domain; an entry counts in every domain of its own")]
    kinds: Annotated[dict[str, int], D("concepts by kind")]
    statuses: Annotated[dict[str, int], D("concepts by state of review")]
    reviewed: Annotated[dict[str, int], D("concepts by the day of their review")]
    registers: Annotated[dict[str, int], D("English renderings by register")]
    uses: Annotated[dict[str, int], D("English renderings by use")]
    regions: Annotated[dict[str, int], D("Chinese forms that are used in one place, by place")]


class Service(Struct):
    """What this service is and what it offers."""

    name: Annotated[str, D("its name")]
    version: Annotated[str, D("the version of the software")]
    edition: Annotated[str, D("the day of the data, as a version (2026.11.23); empty where the base says none")]
    concepts: Annotated[int, D("how many concepts all opened bases have")]
    digest: Annotated[str, D("changes whenever the bases hold anything else")]
    dictionary: Annotated[bool, D("whether a general dictionary is open")]
    licence: Annotated[str, D("the licence of the entries")]
    limits: Annotated[dict[str, int], D("what a request may hold at most; each also stands in a header of the answer")]
    openapi: Annotated[str, D("the address of the machine-readable description")]
    documentation: Annotated[str, D("the address of the readable one")]


class TextMatch(Struct):
    """A term in a text."""

    start: Annotated[int, D("offset in code points")]
    end: Annotated[int, D("offset of its end, exclusive")]
    text: Annotated[str, D("the form as it stands in the text")]
    id: Annotated[str, D("the concept; where several have this form, the first")]
    zh: Annotated[str, D("its preferred Chinese term")]
    en: Annotated[str, D("its preferred rendering")]
    certainty: Annotated[str, D("aligned, inside (part of a longer word), crossing or everyday")]
    pinyin: Annotated[str, D("the reading of this form")]
    ids: Annotated[list[str], D("every concept that has this form")]


class Word(Struct):
    """A word of a text, a space or a mark; words tile the text."""

    start: Annotated[int, D("offset in code points")]
    end: Annotated[int, D("offset of its end, exclusive")]
    text: Annotated[str, D("the word")]
    pinyin: Annotated[str, D("its reading; empty for what is not read")]
    id: Annotated[str | msgspec.UnsetType, D("the concept, where the word is a term")] = msgspec.UNSET


class Annotation(Struct):
    """A text with its terms."""

    text: Annotated[str, D("the text as given")]
    matches: Annotated[list[TextMatch], D("the terms in order")]
    tokens: Annotated[list[Word] | msgspec.UnsetType, D("the words; where asked for")] = msgspec.UNSET


class Words(Struct):
    """A text in words, with its reading."""

    text: Annotated[str, D("the text as given")]
    words: Annotated[list[Word], D("the words")]
    pinyin: Annotated[str, D("the reading of the whole, by word")]


class Finding(Struct):
    """One occurrence of a term in the source, and what became of it."""

    concept: Annotated[str, D("the concept")]
    zh: Annotated[str, D("the form in the source")]
    start: Annotated[int, D("where it stands in the source: offset in code points")]
    end: Annotated[int, D("offset of its end, exclusive")]
    expected: Annotated[list[str], D("renderings that would be accepted")]
    found: Annotated[str, D("what stands in the translation instead of it; empty where nothing was found")]
    rendering: Annotated[str, D("the entry's own form of what was found")]
    target_start: Annotated[int, D("where that stands in the translation; -1 where nothing was found")]
    target_end: Annotated[int, D("offset of its end, exclusive")]
    verdict: Annotated[str, D("ok, missing, forbidden or inconsistent")]
    certainty: Annotated[float, D("between 0 and 1: how likely a careful reader would say the same")]
    reason: Annotated[str, D("why, in words")]
    majority: Annotated[str, D("what the document mostly has, where the verdict is inconsistent")]
    sentence: Annotated[int, D("the number of the sentence in the source, from 1")]
    target_sentence: Annotated[int, D("the number of the sentence in the translation, from 1")]
    ids: Annotated[list[str], D("every concept that the form may stand for")]


class Checked(Struct):
    """The findings of a text, or of one line of a document."""

    id: Annotated[str | int, D("the name that was given to it")]
    findings: Annotated[list[Finding], D("the findings, in the order of the source")]
    swapped: Annotated[
        bool | msgspec.UnsetType, D("whether whole texts were given the wrong way round, and so were turned")
    ] = msgspec.UNSET
    note: Annotated[str | msgspec.UnsetType, D("what kept it from being checked")] = msgspec.UNSET
    doubtful: Annotated[int | msgspec.UnsetType, D("how many findings were left out as doubtful")] = msgspec.UNSET
    beads: Annotated[
        list[tuple[int, int, int, int]] | msgspec.UnsetType,
        D("of whole texts the stretches laid side by side: start and end in the source, start and end in the target"),
    ] = msgspec.UNSET


class Query(Struct):
    """One search, for an outside engine."""

    engine: Annotated[str, D("the engine")]
    string: Annotated[str, D("what to paste; empty where every form was left out")]
    url: Annotated[str, D("the address that opens the search, or the engine's form")]
    forms: Annotated[list[str], D("the forms that it asks for")]
    dropped: Annotated[list[str], D("the forms that were left out")]
    note: Annotated[str, D("worded for a methods section")]
    name: Annotated[str, D("the engine's name")]
    prefilled: Annotated[bool, D("whether the address holds the string already")]
    excluded: Annotated[list[str], D("the forms that must not be found")]
    reasons: Annotated[dict[str, str], D("why each form was left out")]
    concepts: Annotated[list[str], D("ids of the concepts that it is about")]
    date: Annotated[str, D("the day of the note")]
    part: Annotated[int, D("which of the searches for this engine it is")]
    parts: Annotated[int, D("how many there are, where one could not hold everything")]


class Queries(Struct):
    """Searches, engine by engine."""

    queries: Annotated[list[Query], D("the searches")]


class Engine(Struct):
    """An outside search engine that strings are written for."""

    id: Annotated[str, D("what `engine=` takes")]
    name: Annotated[str, D("its name")]
    zh: Annotated[str, D("its Chinese name")]
    group: Annotated[str, D("papers, web or official")]
    place: Annotated[str, D("CN, TW or HK; empty for the whole world")]
    form: Annotated[str, D("the address of its search form")]
    prefilled: Annotated[bool, D("whether an address can hold the string")]
    fields: Annotated[list[str], D("the fields that it can be asked in")]
    limits: Annotated[dict[str, int], D("how long a string may be, how many forms it may hold …")]
    checked: Annotated[str, D("when its syntax was last checked")]
    unchecked: Annotated[list[str], D("what of it could not be checked")]


class Engines(Struct):
    """The search engines."""

    engines: Annotated[list[Engine], D("the engines")]


class Format(Struct):
    """A format that terms are written in."""

    name: Annotated[str, D("what `/export/{format}` takes")]
    title: Annotated[str, D("what it is")]
    extension: Annotated[str, D("how its files end")]
    media_type: Annotated[str, D("its media type")]
    reads: Annotated[bool, D("whether the command line reads it too")]
    held_to: Annotated[str, D("the program or schema that tests hold it to")]
    cannot: Annotated[str, D("what it has no place for")]


class Formats(Struct):
    """The formats."""

    formats: Annotated[list[Format], D("the formats")]


class Loss(Struct):
    """What could not be carried over as it was."""

    kind: Annotated[str, D("dropped, chosen, shortened, changed …")]
    field: Annotated[str, D("the field")]
    count: Annotated[int, D("how often")]
    examples: Annotated[list[str], D("the first few places")]


class LossReport(Struct):
    """What a format could not hold."""

    format: Annotated[str, D("the format")]
    direction: Annotated[str, D("write")]
    concepts: Annotated[int, D("how many concepts were written")]
    losses: Annotated[list[Loss], D("what was lost")]
    notes: Annotated[list[str], D("what else there is to say")] = msgspec.field(default_factory=list)


class Problem(Struct):
    """What went wrong (RFC 9457)."""

    title: Annotated[str, D("the kind of error")]
    status: Annotated[int, D("the HTTP status")]
    type: Annotated[str, D("always about:blank: the status says the kind")] = "about:blank"
    detail: Annotated[str, D("what was wrong and what to do")] = ""
    field: Annotated[str, D("which parameter or field it concerns")] = ""
    limit: Annotated[int | msgspec.UnsetType, D("the limit that was passed")] = msgspec.UNSET
    given: Annotated[int | msgspec.UnsetType, D("what was given instead")] = msgspec.UNSET
    line: Annotated[int | msgspec.UnsetType, D("the line of a body of many lines")] = msgspec.UNSET
