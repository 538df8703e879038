"""Lists: the service itself, concepts page by page, domains, cited works, closed lists, counts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import msgspec
from flask import Response, url_for

import glossary as library
from glossary.model import plain
from glossary_web.api.asked import ConceptsAsked, LettersAsked, SourcesAsked
from glossary_web.api.asking import JSON
from glossary_web.api.cursor import cursor_at, link, offset_of
from glossary_web.api.given import Changes, CitedWork, CitedWorks, Concepts, Coverage, Domains, Letters, Service, Stats
from glossary_web.api.operation import LIMITS, Call, operation
from glossary_web.present import permanent
from glossary_web.site import the_site

if TYPE_CHECKING:
    from glossary_web.api.asked import Asked


@operation("GET", "/", gives=Service, group="The service")
def service(call: Call[Asked, Asked]) -> Response:
    """What this service is, what it holds and what a request may hold."""
    glossary = the_site().glossary
    openapi, documentation = url_for("api.openapi"), url_for("pages.api")
    response = json_response(
        {
            "name": "Chinese–English Glossary",
            "version": library.__version__,
            "edition": glossary.edition,
            "concepts": len(glossary),
            "digest": glossary.digest,
            "dictionary": glossary.has_dictionary,
            "licence": "CC BY 4.0",
            "limits": LIMITS,
            "openapi": permanent(openapi),
            "documentation": permanent(documentation),
        }
    )
    response.headers.add("Link", f'<{openapi}>; rel="service-desc"; type="{JSON}"')
    response.headers.add("Link", f'<{documentation}>; rel="service-doc"; type="text/html"')
    return response


@operation(
    "GET",
    "/concepts",
    asks=ConceptsAsked,
    gives=Concepts,
    group="Entries",
    limits=("Glossary-Limit-Page",),
    faults=(410,),
    example={"domain": "emotion", "limit": 2},
)
def concepts(call: Call[ConceptsAsked, Asked]) -> Response:
    """Concepts in the order of their pinyin or English, page by page.

    A page names the next one twice: as `cursor`, and as a link in the header `Link`. Of several bases the first is
    listed.
    """
    glossary, asked = the_site().glossary, call.query
    after = offset_of(asked.cursor) if asked.cursor else asked.after
    page = glossary.browse(letter=asked.letter, order=asked.order, after=after, limit=asked.limit, **asked.filters())
    cursor = cursor_at(page.next) if page.next is not None else None
    body: dict[str, Any] = {"total": page.total, "next": page.next, "cursor": cursor}
    if asked.whole:
        body["concepts"] = [plain(glossary[line.id]) for line in page.lines]
    else:
        body["lines"] = [asdict(line) for line in page.lines]
    return link(json_response(body), cursor)


@operation("GET", "/letters", asks=LettersAsked, gives=Letters, group="Entries", example={"order": "english"})
def letters(call: Call[LettersAsked, Asked]) -> dict[str, Any]:
    """How many concepts begin with each letter of the alphabet that lists follow; `#` for none."""
    return {"letters": the_site().glossary.letters(call.query.order, **call.query.filters())}


@operation("GET", "/domains", gives=Domains, group="Lists")
def domains(call: Call[Asked, Asked]) -> dict[str, Any]:
    """The fields of knowledge, with labels in both languages and the number of concepts."""
    site = the_site()
    return {
        "domains": [
            {
                "code": code,
                "en": site.label("domains", code),
                "zh": site.label("domains", code, "zh"),
                "concepts": count,
            }
            for code, count in site.domains
        ]
    }


@operation(
    "GET",
    "/sources",
    asks=SourcesAsked,
    gives=CitedWorks,
    group="Lists",
    limits=("Glossary-Limit-Page",),
    faults=(410,),
    example={"lang": "zh", "limit": 2},
)
def sources(call: Call[SourcesAsked, Asked]) -> Response:
    """The cited works by key, page by page."""
    asked = call.query
    works = [w for w in the_site().works.values() if w[0].lang.startswith(asked.lang)]
    after = offset_of(asked.cursor) if asked.cursor else 0
    end = after + asked.limit
    cursor = cursor_at(end) if end < len(works) else None
    found = [{"source": plain(source), "concepts": count} for source, count in works[after:end]]
    return link(json_response({"total": len(works), "cursor": cursor, "sources": found}), cursor)


@operation(
    "GET",
    "/sources/{cite}",
    gives=CitedWork,
    group="Lists",
    faults=(404,),
    places={"cite": "the key of the work"},
)
def source(call: Call[Asked, Asked], cite: str) -> dict[str, Any]:
    """One cited work; `/concepts?source=` lists the concepts that cite it."""
    site = the_site()
    found = site.glossary.source(cite)
    return {"source": plain(found), "concepts": site.works[cite][1] if cite in site.works else 0}


@operation("GET", "/vocabulary", gives=dict[str, dict[str, Any]], group="Lists")
def vocabulary(call: Call[Asked, Asked]) -> dict[str, Any]:
    """The closed lists (domains, kinds, uses, registers …): code → labels in both languages."""
    return the_site().vocabulary


@operation("GET", "/stats", gives=Stats, group="The service")
def stats(call: Call[Asked, Asked]) -> dict[str, Any]:
    """Counts of what the base holds."""
    return the_site().stats


@operation("GET", "/coverage", gives=Coverage, group="The service")
def coverage(call: Call[Asked, Asked]) -> dict[str, Any]:
    """How far the base goes: review, definitions and evidence by domain."""
    return the_site().coverage


@operation("GET", "/changes", gives=Changes, group="The service")
def changes(call: Call[Asked, Asked]) -> dict[str, Any]:
    """What has changed from edition to edition: entries added, changed and removed, as the base has it with it."""
    glossary = the_site().glossary
    return {"edition": glossary.edition, "text": glossary.changes}


def json_response(value: Any) -> Response:
    """An answer that is to get more headers."""
    return Response(msgspec.json.encode(value) + b"\n", content_type=JSON)
