"""An entry as its page shows it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from glossary_web.cited import cited
from glossary_web.present import permanent

if TYPE_CHECKING:
    from glossary.model import Concept, EnTerm
    from glossary_web.site import Site

STYLES = {"apa": "APA", "chicago": "Chicago", "mla": "MLA", "gbt7714": "GB/T 7714"}  # that people read
Linked = tuple["Concept", str]  # a related concept and the note on the relation


def entry(site: Site, concept: Concept) -> dict[str, Any]:
    """Everything that the template of an entry asks for."""
    contrasts, groups = relations(site, concept.id)
    return {
        "concept": concept,
        "contrasts": contrasts,
        "groups": groups,
        "works": cited(concept.references()),
        "users": lambda term: users(site, term),
        "styles": {name: cited_as(site, concept.id, style).strip() for style, name in STYLES.items()},
    }


def cited_as(site: Site, id: str, style: str, *, works: bool = False) -> str:
    """The citation of an entry, and with `works` of what it cites, as of today."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return site.glossary.cite(id, style, works=works, site=permanent(""), accessed=today)


def relations(site: Site, id: str) -> tuple[list[Linked], dict[str, list[Linked]]]:
    """What the concept must not be confused with, and the other relations by their label."""
    contrasts: list[Linked] = []
    groups: dict[str, list[Linked]] = {}
    for kind, inverse, other, note in site.glossary.related(id):
        if kind == "contrast":
            contrasts.append((other, note))
        else:
            groups.setdefault(site.relation(kind, inverse), []).append((other, note))
    return contrasts, groups


def users(site: Site, term: EnTerm) -> list[str]:
    """Who uses a rendering, where and when."""
    out = [site.label("registers", r) for r in term.register]
    if term.region:
        out.append(site.label("regions", term.region))
    if term.years:
        out.append(term.years)
    if term.proposed:
        out.append("proposed here")
    return out
