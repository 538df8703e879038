"""JSON-LD: each concept as a SKOS concept that is also a schema.org defined term.

SKOS because it is what thesaurus and linked-data programs read, and because its three kinds of label are our
statuses: what is preferred, what may be used, what is only to be found by. schema.org beside it, since search engines
read nothing else. OntoLex would say more about words but makes a graph of ten nodes out of one entry, and hardly a
program reads it. The context stands in the file, so that nothing has to be fetched to understand it.

Source: SKOS Reference (W3C, 2009): one preferred label a language, the kinds of label disjoint (S13, S14).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from glossary.exchange.facts import only

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, Reference

CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "hiddenLabel": {"@id": "skos:hiddenLabel", "@container": "@language"},
    "definition": {"@id": "skos:definition", "@container": "@language"},
    "scopeNote": {"@id": "skos:scopeNote", "@container": "@language"},
    "name": {"@id": "schema:name", "@container": "@language"},
    "subject": {"@id": "dct:subject", "@container": "@language"},
    "notation": "skos:notation",
    "termCode": "schema:termCode",
    "type": "dct:type",
    "title": "dct:title",
    "pagination": "schema:pagination",
    "modified": {"@id": "dct:modified", "@type": "xsd:date"},
    "licence": {"@id": "dct:license", "@type": "@id"},
    "source": "dct:source",
    **{
        name: {"@id": iri, "@type": "@id"}
        for name, iri in (
            ("inScheme", "skos:inScheme"),
            ("inDefinedTermSet", "schema:inDefinedTermSet"),
            ("broader", "skos:broader"),
            ("related", "skos:related"),
            ("partOf", "dct:isPartOf"),
            ("replaces", "dct:replaces"),
        )
    },
}
RELATIONS = {"broader": "broader", "related": "related", "part_of": "partOf", "predecessor": "replaces"}
LABELS = {"preferred": "prefLabel", "admitted": "altLabel", "superseded": "hiddenLabel", "deprecated": "hiddenLabel"}
SCHEME = "./"


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the concepts as one graph, as they come, with their forms in both scripts.

    Option: `address` of the web app, which the names of all nodes begin with. Raises InputError for any other.
    """
    only(options, "address")
    base = options.more.get("address", "")
    context = {**({"@base": base} if base else {}), **CONTEXT}
    file.write(b'{"@context": ' + _bytes(context) + b',\n"@graph": [\n')
    scheme = {"@id": SCHEME, "@type": ["skos:ConceptScheme", "schema:DefinedTermSet"], "title": options.title}
    file.write(_bytes({k: v for k, v in scheme.items() if v}))
    for concept in concepts:
        file.write(b",\n" + _bytes(_Node(concept, report, options).made))
        report.concepts += 1
    file.write(b"\n]}\n")


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


class _Node:
    """One concept as a node of the graph."""

    def __init__(self, concept: Concept, report: Report, options: Options) -> None:
        self._report, self._options, self._id = report, options, concept.id
        self._labels: dict[str, dict[str, list[str]]] = {name: {} for name in dict.fromkeys(LABELS.values())}
        self._chinese(concept)
        self._english(concept)
        first = {lang: texts[0] for lang, texts in self._labels["prefLabel"].items()}
        node: dict[str, Any] = {
            "@id": f"c/{concept.id}",
            "@type": ["skos:Concept", "schema:DefinedTerm"],
            "notation": concept.id,
            "termCode": concept.id,
            "inScheme": SCHEME,
            "inDefinedTermSet": SCHEME,
            "name": {lang: text for lang, text in first.items() if lang != PINYIN},
            **self._labels,
            "prefLabel": first,
            "definition": _filled({"en": concept.definition.en, "zh-Hans": concept.definition.zh}),
            "scopeNote": _filled({"en": concept.note}),
            "type": concept.kind,
            "subject": self._subjects(concept.domains),
            **self._relations(concept),
            "source": [self._source(r) for r in concept.references()],
            "modified": concept.reviewed,
            "licence": options.licence if options.licence.startswith("http") else "",
        }
        self.made = {name: value for name, value in node.items() if value}
        if concept.literal:
            report.note("dropped", "literal", concept.id)

    def _chinese(self, concept: Concept) -> None:
        for term in concept.zh:
            region = f"-{term.region}" if term.region else ""
            hant = term.trad or term.text
            self._label(term.use, f"zh-Hans{region if term.region in ('CN', 'SG') else ''}", term.text)
            self._label(term.use, f"zh-Hant{region if term.region in ('TW', 'HK') else ''}", hant)
            self._label(term.use, PINYIN, term.pinyin)
            self._dropped(term, ("type", "years", "note", "pinyin_tw"), "zh")

    def _english(self, concept: Concept) -> None:
        for term in concept.en:
            lang = f"en-{term.region}" if term.region in ("GB", "US") else "en"
            self._label(term.use, lang, term.text)
            self._label("admitted" if term.use == "preferred" else term.use, lang, term.abbr)
            self._dropped(term, ("register", "pos", "years", "note"), "en")

    def _label(self, use: str, lang: str, text: str) -> None:
        """Add a label, unless it is there: a text is a label of one kind only in each language."""
        if not text or any(text in texts.get(lang, ()) for texts in self._labels.values()):
            return
        name = LABELS[use]
        if name == "prefLabel" and self._labels[name].get(lang):
            name = "altLabel"
        if use == "superseded":
            self._report.note("changed", "use", self._id)
        self._labels[name].setdefault(lang, []).append(text)

    def _dropped(self, term: Any, names: tuple[str, ...], side: str) -> None:
        for name in names:
            if getattr(term, name):
                self._report.note("dropped", f"{side}.{name}", self._id)

    def _subjects(self, domains: tuple[str, ...]) -> dict[str, list[str]]:
        labels = self._options.vocabulary.get("domains", {})
        return {
            tag: [labels.get(code, {}).get(lang, code) for code in domains]
            for lang, tag in (("en", "en"), ("zh", "zh-Hans"))
            if domains
        }

    def _relations(self, concept: Concept) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for relation in concept.relations:
            name = RELATIONS.get(relation.type)
            if name is None:
                name = "related"
                self._report.note("changed", f"relation {relation.type}", self._id)
            targets = out.setdefault(name, [])
            if f"c/{relation.target}" not in targets:
                targets.append(f"c/{relation.target}")
        return out

    def _source(self, reference: Reference) -> dict[str, str]:
        work = self._options.source_of(reference.cite)
        return _filled(
            {
                "@id": f"sources/{reference.cite}",
                "title": work.title if work else "",
                "pagination": reference.locator,
            }
        )


PINYIN = "zh-Latn-pinyin"


def _filled(value: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in value.items() if v}
