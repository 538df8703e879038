"""An entry as its page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glossary_web.cited import cited

if TYPE_CHECKING:
    from glossary.model import Concept, EnTerm
    from glossary_web.site import Site

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
    }


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
