"""What entries are chosen by: the same conditions in look-up, lists, counts, exports, the API and the pages."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from glossary import Glossary
from glossary.errors import InputError
from glossary.model import concept_from, source_from
from glossary.termbase.compile import compile_base
from glossary.termbase.facet import FIELDS, as_lists, facets
from glossary.termfiles.folder import bundled_vocabulary
from glossary_web import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

SOURCES = {"old-1999": {"type": "law", "title": "旧法", "date": "1999-05-01"}, "new-2021": {"type": "report", "title": "New", "date": "2021"}}
OLD, NEW = {"cite": "old-1999", "page": "1"}, {"cite": "new-2021", "page": "1"}
ENTRIES: dict[str, dict[str, Any]] = {
    "a1aaa": {"kind": "law", "domains": ["legal"], "status": "reviewed", "reviewed": "2026-11-22",
              "zh": [{"text": "旧法", "pinyin": "jiùfǎ", "sources": [OLD]}, {"text": "舊法", "pinyin": "jiùfǎ", "region": "TW"}],
              "en": [{"text": "Old Law", "register": ["legal-translation"], "sources": [OLD]}, {"text": "Bad Law", "use": "deprecated"}]},
    "b2bbb": {"kind": "concept", "domains": ["legal", "ai"], "status": "reviewed", "reviewed": "2026-12-01",
              "zh": [{"text": "新词", "pinyin": "xīncí", "years": "2014–2016"}], "en": [{"text": "new word", "proposed": True}],
              "sources": [NEW]},
    "c3ccc": {"kind": "concept", "domains": ["ai"], "zh": [{"text": "今词", "pinyin": "jīncí", "years": "2018–"}, {"text": "昔词", "pinyin": "xīcí", "years": "–1990"}],
              "en": [{"text": "present word", "region": "GB"}], "definition": {"en": "a word", "sources": [OLD]}},
    "d4ddd": {"kind": "concept", "domains": ["ai"], "zh": [{"text": "词典", "pinyin": "cídiǎn"}], "en": [{"text": "dictionary"}], "sources": [NEW]},
}
CASES: list[tuple[dict[str, list[str]], str]] = [
    ({"domain": ["legal"]}, "ab"), ({"domain": ["legal", "ai"]}, "abcd"), ({"domain": ["legal"], "kind": ["concept"]}, "b"),
    ({"status": ["draft"]}, "cd"), ({"use": ["deprecated"]}, "a"), ({"register": ["legal-translation"]}, "a"),
    ({"region": ["TW"]}, "a"), ({"region": ["TW", "GB"]}, "ac"), ({"source": ["old-1999"]}, "ac"),
    ({"evidence": ["attested"]}, "a"), ({"evidence": ["proposed"]}, "b"), ({"evidence": ["unsourced"]}, "c"), ({"evidence": ["entry"]}, "d"),
    # the years that stand by a form, and those of the works where it was found; an open end goes to the last known year
    ({"year": ["1999"]}, "a"), ({"year": ["2015"]}, "b"), ({"year": ["2021"]}, "bcd"), ({"year": ["1990"]}, "c"), ({"year": ["2017"]}, ""),
    ({"year": ["2016..2018"]}, "bc"), ({"year": ["..1999"]}, "ac"), ({"year": ["2019.."]}, "bcd"), ({"year": ["1999", "2015"]}, "ab"),
    ({"year": ["2022.."]}, ""), ({"reviewed": ["2026-11"]}, "a"), ({"reviewed": ["2026"]}, "ab"), ({"reviewed": ["2026-11-23.."]}, "b"),
    ({"reviewed": ["..2026-11"]}, "a"), ({"reviewed": ["2026-11-22"], "region": ["TW"]}, "a"), ({"reviewed": ["2026-11-22"], "region": ["HK"]}, ""),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    path = tmp_path_factory.mktemp("filters") / "base.db"
    concepts = [concept_from(id, data) for id, data in ENTRIES.items()]
    compile_base(path, concepts, {cite: source_from(cite, data) for cite, data in SOURCES.items()}, bundled_vocabulary())
    return Glossary.open(path)


@pytest.fixture(scope="module")
def client(base: Glossary) -> FlaskClient:
    return create_app(base).test_client()


@pytest.mark.parametrize(("filters", "wanted"), CASES, ids=[json.dumps(f) for f, _ in CASES])
def test_the_same_everywhere(base: Glossary, client: FlaskClient, filters: dict[str, list[str]], wanted: str) -> None:
    ids = {id for id in ENTRIES if id[0] in wanted}
    assert {line.id for line in base.browse(**filters).lines} == ids  # type: ignore[arg-type]
    assert sum(base.letters(**filters).values()) == len(ids)  # type: ignore[arg-type]
    query = " ".join(f"{name}:{value}" for name, values in filters.items() for value in values)
    assert {hit.id for hit in base.lookup(query)} == ids
    assert {hit.id for hit in base.lookup(f"{query} 词")} == {id for id in ids if id != "a1aaa"}
    assert {line["id"] for line in client.get("/api/v1/concepts", query_string=filters).get_json()["lines"]} == ids
    assert {hit["id"] for hit in client.get("/api/v1/lookup", query_string={"q": "word", **filters}).get_json()["hits"]} == ids & {"b2bbb", "c3ccc"}
    if all(len(values) == 1 for values in filters.values()):
        html = client.get("/browse", query_string=filters).text
        assert {id for id in ENTRIES if f"/c/{id}" in html} == ids
        assert f"{len(ids)} {'entry' if len(ids) == 1 else 'entries'}" in html
    if ids:
        file = io.BytesIO()
        base.export("jsonl", file, filters=filters)
        lines = map(json.loads, file.getvalue().splitlines())
        assert {line["concept"]["id"] for line in lines if "concept" in line} == ids
    else:
        with pytest.raises(InputError, match="no concept has the"):
            base.export("jsonl", io.BytesIO(), filters={k: v for k, v in filters.items() if k in ("year", "region")})


def test_counts_of_every_field(base: Glossary) -> None:
    counted = base.lookup("domain:ai", facets=True).facets
    assert tuple(counted) == FIELDS == Glossary.filters()
    assert counted["evidence"] == {"entry": 1, "proposed": 1, "unsourced": 1}
    assert counted["year"]["2021"] == 3
    assert counted["reviewed"] == {"2026-12-01": 1}


def test_a_page_keeps_what_it_is_narrowed_to(client: FlaskClient) -> None:
    html = client.get("/domains/ai?evidence=proposed&year=2015&order=english").text
    assert '<option value="proposed" selected>' in html
    assert 'value="2015"' in html
    assert "/domains/ai?evidence=proposed&amp;year=2015&amp;order=english&amp;letter=x" in html
    assert 'id="narrow-domain"' not in html  # the page itself says the domain
    assert '<details class="narrow" open>' in html
    assert '<details class="narrow">' in client.get("/domains/ai").text
    assert 'name="source" value="new-2021"' in client.get("/browse?source=new-2021").text


def test_spans_among_the_facets_of_a_search(client: FlaskClient) -> None:
    html = client.get("/?q=词&year=2014..2021").text
    assert "In use in:</span> 2014–2021" in html
    years = html[html.index("In use in <span") :]
    assert years.index(">2021<") < years.index(">2015<") < years.index("</details>")


def test_what_there_is_not(base: Glossary) -> None:
    with pytest.raises(InputError, match="there is no filter 'colour'; there are domain, kind"):
        base.browse(colour="red")
    assert base.browse(region="", year=[]).total == len(ENTRIES)
    assert base.browse(year="abc..").total == 0
    assert as_lists({"year": "2015", "region": ["", "TW"], "kind": ""}) == {"year": ["2015"], "region": ["TW"]}


@pytest.mark.parametrize(("years", "latest", "wanted"), [
    ("2014", "2020", ["2014"]), ("2014–2016", "2020", ["2014", "2015", "2016"]), ("2019–", "2021", ["2019", "2020", "2021"]),
    ("2019–", "", ["2019"]), ("2019–", "2010", ["2019"]), ("–2013", "2020", ["2013"]), ("since 2010", "2020", []), ("", "2020", []), ("–", "2020", []),
    ("1–", "2020", []),
])
def test_years_in_use(years: str, latest: str, wanted: list[str]) -> None:
    entry = {"kind": "concept", "domains": [], "zh": [{"text": "词", "pinyin": "cí", "years": years}], "en": []}
    assert [v for f, v in facets(entry, (), {}, latest) if f == "year"] == wanted


def test_a_condition_alone_says_nothing_of_a_match(base: Glossary, capsys: pytest.CaptureFixture[str]) -> None:
    from glossary.cli import main

    assert main(["lookup", "--base", base._stores[0].path, "region:TW"]) == 0
    assert "matched" not in capsys.readouterr().out


def test_bundled_entries_can_be_chosen(bundled: Glossary, tmp_path: Path) -> None:
    """Every field has a value that some entries have and others have not."""
    whole = len(bundled)
    counts = bundled.lookup("domain:legal", 1, facets=True).facets
    for field in FIELDS:
        value = list(counts[field])[-1]
        assert 0 < bundled.browse(limit=1, **{field: value}).total < whole, field  # type: ignore[arg-type]
