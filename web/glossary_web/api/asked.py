"""What the API takes, as types: requests are checked by them, and the OpenAPI document is made from them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

MOST_HITS = 200
MOST_TEXT = 200_000  # code points in one request
MOST_LINES = 1000  # texts in one request
LONGEST_QUERY = 2000  # code points; look-up itself reads 300
Style = Literal["marks", "numbers", "plain", "initials", "zhuyin", "alalc"]


def D(text: str, **limits: Any) -> Meta:
    """A description, with the limits that go with it."""
    return Meta(description=text, **limits)


Limit = Annotated[int, D("how many at most", ge=1, le=MOST_HITS)]
Typed = Annotated[str, D("the query: Chinese, pinyin, initials, zhuyin or English", max_length=LONGEST_QUERY)]
Cursor = Annotated[str, D("where a list goes on: `cursor` of the page before; opaque", max_length=200)]
Codes = Annotated[list[str], D("only concepts with this code; repeat it for any of several", max_length=20)]
Code = Annotated[str, D("only concepts with this code", max_length=100)]
Text = Annotated[str, D("the text", max_length=MOST_TEXT)]


class Asked(Struct, forbid_unknown_fields=True):
    """Base of what is asked for in a query string or a body: an unknown name is an error."""


class Nothing(Asked):
    """No parameters."""


class Narrowed(Asked):
    """Conditions on concepts: fields must all hold, of several values of one any will do."""

    domain: Codes = field(default_factory=list)
    kind: Codes = field(default_factory=list)
    status: Codes = field(default_factory=list)
    reviewed: Annotated[
        list[str],
        D("only concepts reviewed on this day, in this month (2026-11), or in a span (2026-11-01..)", max_length=20),
    ] = field(default_factory=list)
    use: Annotated[
        list[str], D("only concepts with a designation of this status (preferred, deprecated …)", max_length=20)
    ] = field(default_factory=list)
    register: Annotated[list[str], D("only concepts with a rendering that these use", max_length=20)] = field(
        default_factory=list
    )
    region: Annotated[list[str], D("only concepts with a designation of this place", max_length=20)] = field(
        default_factory=list
    )
    year: Annotated[
        list[str],
        D("only concepts with a designation in use in this year, or in a span (2010..2015, 2019..)", max_length=20),
    ] = field(default_factory=list)
    evidence: Annotated[
        list[str],
        D("only concepts whose preferred rendering is attested, entry, proposed or unsourced", max_length=20),
    ] = field(default_factory=list)
    source: Annotated[list[str], D("only concepts that cite this work (its key)", max_length=20)] = field(
        default_factory=list
    )

    def filters(self) -> dict[str, list[str]]:
        """The conditions that were made."""
        return {name: values for name in Narrowed.__struct_fields__ if (values := getattr(self, name))}


class LookupAsked(Narrowed, kw_only=True):
    """A query and what it is narrowed to."""

    q: Typed
    limit: Limit = 20
    quick: Annotated[bool, D("leave out what is only similar: for suggestions while somebody types")] = False
    facets: Annotated[bool, D("count all that was found by every field that it can be narrowed by")] = False
    dictionary: Annotated[bool, D("add what the general dictionary has")] = False


class SuggestAsked(Asked):
    """What has been typed so far."""

    q: Typed = ""
    limit: Annotated[int, D("how many at most", ge=1, le=50)] = 8


class DefineAsked(Asked):
    """A query for the general dictionary."""

    q: Typed
    limit: Limit = 20


class ConceptsAsked(Narrowed):
    """Which concepts to list, and how."""

    letter: Annotated[
        str, D("only those that begin so; `#` for what begins with no letter", pattern="^([A-Za-z#]|)$")
    ] = ""
    order: Annotated[Literal["pinyin", "english"], D("the alphabet that the list follows")] = "pinyin"
    whole: Annotated[bool, D("whole entries (`concepts`) in place of `lines`")] = False
    limit: Limit = 100
    after: Annotated[int, D("begin after so many; to go on use `cursor`", ge=0, le=2**31)] = 0
    cursor: Cursor = ""


class ConceptAsked(Asked):
    """How to show one concept."""

    format: Annotated[
        Literal["", "json", "jsonld", "tbx", "html"], D("the form, where `Accept` cannot be set; it wins over `Accept`")
    ] = ""


class CiteAsked(Asked):
    """Which entries to cite, and how."""

    id: Annotated[
        list[Annotated[str, Meta(min_length=1)]], D("the ids of the entries; repeat it", min_length=1, max_length=100)
    ]
    style: Annotated[
        Literal["bibtex", "csl-json", "apa", "chicago", "mla", "gbt7714"], D("the style of the citations")
    ] = "chicago"
    works: Annotated[bool, D("also the works that the entries cite")] = False
    site: Annotated[str, D("the address of the web app, for permanent addresses", max_length=500)] = ""
    accessed: Annotated[str, D("the day of access (2026-11-23)", max_length=10)] = ""


class LettersAsked(Narrowed):
    """Which index."""

    order: Annotated[Literal["pinyin", "english"], D("the alphabet")] = "pinyin"


class SourcesAsked(Asked):
    """Which cited works."""

    lang: Annotated[str, D("only works in this language (`zh`, `en` …)", max_length=20)] = ""
    limit: Limit = 100
    cursor: Cursor = ""


class AnnotateAsked(Asked):
    """Choices for annotating; in the address or beside `text`, where they win."""

    all: Annotated[bool, D("nested and overlapping terms too")] = False
    crossing: Annotated[bool, D("also matches that straddle the border of two words")] = False
    everyday: Annotated[bool, D("also words that are said here in an everyday sense")] = False
    tokens: Annotated[bool, D("the words of the text as well")] = False
    lang: Annotated[Literal["", "zh", "en"], D("whose terms to look for; without it that is told from the text")] = ""
    borders: Annotated[bool, D("leave out short matches that straddle two words")] = True


class AnnotateBody(AnnotateAsked, kw_only=True):
    """A text to mark the terms of."""

    text: Text


class SegmentBody(Asked):
    """A text to cut into words."""

    text: Text


class PinyinAsked(Asked):
    """How to spell; in the address or beside `text`, where it wins."""

    style: Annotated[Style, D("the spelling: tone marks, numbers, neither, initials, zhuyin, ALA-LC")] = "marks"
    sandhi: Annotated[bool, D("tones as they are spoken, for learners")] = False


class PinyinBody(PinyinAsked, kw_only=True):
    """A text to romanise."""

    text: Text


class QueryAsked(Asked):
    """What to search for, and how."""

    concept: Annotated[list[str], D("ids or terms, of which any will do; repeat it", max_length=60)] = field(
        default_factory=list
    )
    c: Annotated[str, D("the same, one a line", max_length=8000)] = ""
    and_: Annotated[str, D("ids or terms, one a line, of which one must be met too", max_length=8000)] = field(
        default="", name="and"
    )
    engine: Annotated[
        list[str], D("engines, repeated or with commas; `all` for all (/engines lists them)", max_length=40)
    ] = field(default_factory=lambda: ["cnki"])
    size: Annotated[Literal["long", "short", "split"], D("every form, the most telling, or one search a form")] = "long"
    field: Annotated[
        Literal["topic", "title", "keywords", "abstract", "wide", "text"], D("where to look, for engines with fields")
    ] = "topic"
    scripts: Annotated[Literal["", "hans", "hant", "both"], D("which scripts; else that of the engine's place")] = ""
    old: Annotated[Literal["attested", "all", "none"], D("superseded and deprecated forms")] = "attested"
    english: Annotated[bool, D("English renderings too")] = False
    narrower: Annotated[bool, D("narrower concepts too")] = False
    homographs: Annotated[bool, D("keep forms that mean something else too")] = False
    each: Annotated[bool, D("one search for each concept")] = False
    typed: Annotated[bool, D("take terms that are in no base as they are typed")] = False
    exclude: Annotated[str, D("forms that must not be found, one a line", max_length=2000)] = ""
    site: Annotated[str, D("stay in this domain, such as gov.cn", max_length=253)] = ""
    date: Annotated[str, D("the day for the note (2026-11-23); else today", max_length=10)] = ""


class ExportAsked(Narrowed):
    """Which concepts to write, and how."""

    concept: Annotated[list[str], D("only concepts with these ids; repeat it", max_length=500)] = field(
        default_factory=list
    )
    q: Annotated[str, D("only what look-up finds for this", max_length=LONGEST_QUERY)] = ""
    script: Annotated[Literal["hans", "hant", "both"], D("which Chinese forms")] = "hans"
    option: Annotated[list[str], D("what only one format knows, as NAME=VALUE; repeat it", max_length=20)] = field(
        default_factory=list
    )
    report: Annotated[bool, D("the loss report in place of the file")] = False


class ExportBody(Asked):
    """A text: only concepts whose terms stand in it are written."""

    text: Text


class CheckBody(Asked, kw_only=True):
    """A Chinese text and its English translation; one line of a document where lines are sent."""

    zh: Annotated[str, D("the Chinese", max_length=MOST_TEXT)]
    en: Annotated[str, D("the English", max_length=MOST_TEXT)]
    id: Annotated[
        Annotated[str, D("a name", max_length=200)] | int, D("a name for this line; it comes back with the findings")
    ] = ""
    least: Annotated[
        float | None,
        D("leave out findings less certain, 0 to 1 (of lines the first one's); without it those on ordinary words"),
    ] = None
