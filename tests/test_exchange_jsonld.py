"""JSON-LD, read by rdflib: labels, links and sources are the graph that SKOS and schema.org programs expect."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, SDO, SKOS

from glossary import InputError

if TYPE_CHECKING:
    from glossary import Glossary

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader still uses it
ADDRESS = "https://terms.example/"


def graph(g: Glossary, **how: Any) -> tuple[Any, Any]:
    file = BytesIO()
    report = g.export("jsonld", file, options={"address": ADDRESS}, **how)
    return rdflib.Graph().parse(data=file.getvalue(), format="json-ld"), report


def labels(found: Any, id: str, kind: Any) -> set[tuple[str, str]]:
    return {(str(o), o.language) for o in found.objects(rdflib.URIRef(f"{ADDRESS}c/{id}"), kind)}


def test_an_entry_as_a_graph(small: Glossary) -> None:
    found, report = graph(small, ids=["k7q2m"])
    node = rdflib.URIRef(ADDRESS + "c/k7q2m")
    assert set(found.objects(node, RDF.type)) == {SKOS.Concept, SDO.DefinedTerm}
    assert labels(found, "k7q2m", SKOS.prefLabel) == {("情绪识别", "zh-Hans"), ("情緒識別", "zh-Hant"), ("qíngxù shíbié", "zh-Latn-pinyin"),
                                                      ("emotion recognition", "en")}
    assert labels(found, "k7q2m", SKOS.altLabel) == {("ER", "en")}
    assert labels(found, "k7q2m", SKOS.hiddenLabel) == {("mood detection", "en")}
    assert set(found.objects(node, SKOS.broader)) == {rdflib.URIRef(ADDRESS + "c/b2c3d")}
    assert set(found.objects(node, SKOS.inScheme)) == set(found.subjects(RDF.type, SKOS.ConceptScheme)) == {rdflib.URIRef(ADDRESS)}
    assert {str(o) for o in found.objects(node, SKOS.notation)} == {str(o) for o in found.objects(node, SDO.termCode)} == {"k7q2m"}
    assert len(set(found.objects(node, SKOS.definition))) == 2
    assert set(found.objects(node, DCTERMS.source)) == {rdflib.URIRef(ADDRESS + "sources/article19-2021")}
    assert str(found.value(node, DCTERMS.modified)) == "2026-11-22"
    assert {(x.kind, x.field) for x in report.losses} == {("dropped", "literal"), ("dropped", "en.register"), ("dropped", "en.note")}


def test_the_whole_base_keeps_the_rules_of_skos(bundled: Glossary) -> None:
    """One preferred label a language (S14), the kinds of label disjoint (S13), nothing broader than itself (S37 aside)."""
    found, report = graph(bundled, filters={"domain": ["emotion", "policing", "education"]})
    concepts = set(found.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == report.concepts > 500
    for concept in concepts:
        preferred = list(found.objects(concept, SKOS.prefLabel))
        assert len({o.language for o in preferred}) == len(preferred)
        kinds = [set(found.objects(concept, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert sum(map(len, kinds)) == len(set.union(*kinds))
        assert concept not in set(found.objects(concept, SKOS.broader))


def test_nothing_must_be_fetched_and_options_are_checked(small: Glossary) -> None:
    file = BytesIO()
    small.export("jsonld", file)
    whole = json.loads(file.getvalue())
    assert isinstance(whole["@context"], dict)
    assert "@base" not in whole["@context"]
    assert [node["@id"] for node in whole["@graph"]] == ["./", *(f"c/{c.id}" for c in small)]
    with pytest.raises(InputError, match="colour"):
        small.export("jsonld", BytesIO(), options={"colour": "red"})
