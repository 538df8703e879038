"""Our own JSON: nothing is lost, the schema says what the check says, and what is malformed is named."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from glossary import Glossary
from glossary.errors import InputError, UnknownConcept
from glossary.exchange.lossless_shape import schema
from glossary.exchange.registry import Options, format_of
from glossary.exchange.report import Report
from glossary.model import Concept, EnTerm, ZhTerm

if TYPE_CHECKING:
    from pathlib import Path

BOTH = ["json", "jsonl"]


def read(data: bytes, name: str = "json") -> tuple[list[Concept], Options]:
    fmt = format_of(name)
    options = Options(name="terms.json", more=dict(fmt.variant))
    return list(fmt.reader(io.BytesIO(data), Report(name, "read"), options)), options


@pytest.fixture(scope="module")
def whole(bundled: Glossary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curated base as JSON and as JSON Lines."""
    folder = tmp_path_factory.mktemp("whole")
    for name in BOTH:
        report = bundled.export(name, folder / f"base.{name}")
        assert report.concepts == len(bundled)
        assert not report.losses
    return folder


@pytest.mark.parametrize("name", BOTH)
def test_the_curated_base_comes_back_as_it_was(name: str, whole: Path, bundled: Glossary, tmp_path: Path) -> None:
    base = tmp_path / "mine.db"
    Glossary([]).import_(whole / f"base.{name}", base)
    mine = Glossary.open(base)
    assert list(mine) == list(bundled)
    assert mine.sources() == bundled.sources()
    assert mine.vocabulary == bundled.vocabulary
    for id in ("qxsb", "emotion recognition", "人脸"):
        assert [h.id for h in mine.lookup(id)] == [h.id for h in bundled.lookup(id)]
    assert not mine.changes_since(bundled)
    mine.export(name, tmp_path / f"again.{name}")
    assert (tmp_path / f"again.{name}").read_bytes() == (whole / f"base.{name}").read_bytes()


def test_retired_ids_lead_on_after_an_import(whole: Path, bundled: Glossary, tmp_path: Path) -> None:
    retired = json.loads((whole / "base.json").read_text(encoding="utf-8"))["retired"]
    Glossary([]).import_(whole / "base.json", tmp_path / "mine.db")
    mine = Glossary.open(tmp_path / "mine.db")
    old, to = next((old, entry["to"]) for old, entry in retired.items() if entry["to"])
    assert mine[old] == bundled[to[0]]


def test_the_whole_base_satisfies_the_schema(whole: Path) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    data = json.loads((whole / "base.json").read_text(encoding="utf-8"))
    validator.validate(data)
    lines = [json.loads(line) for line in (whole / "base.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["concept"] for line in lines if "concept" in line] == data["concepts"]
    assert [line["source"] for line in lines if "source" in line] == data["sources"]


def test_a_part_brings_the_works_that_it_cites(bundled: Glossary, tmp_path: Path) -> None:
    bundled.export("json", tmp_path / "part.json", ids=["m0r70"])
    data = json.loads((tmp_path / "part.json").read_text(encoding="utf-8"))
    assert [c["id"] for c in data["concepts"]] == ["m0r70"]
    cited = {r.cite for r in bundled["m0r70"].references()}
    assert cited <= {s["cite"] for s in data["sources"]}
    assert len(data["sources"]) < 50


def header(**more: Any) -> dict[str, Any]:
    return {"format": "zh-en-glossary", "version": 1, "concepts": [], **more}


CONCEPT = {"id": "k7q2m", "kind": "concept", "domains": [], "status": "draft",
           "zh": [{"text": "情绪", "pinyin": "qíngxù", "use": "preferred"}], "en": [{"text": "emotion", "use": "preferred"}]}


def changed(**more: Any) -> dict[str, Any]:
    return header(concepts=[{**CONCEPT, **more}])


MALFORMED: list[tuple[Any, str]] = [
    ([], "must be an object"),
    ({"format": "other"}, "not this project's JSON"),
    (header(version=2), "version 2 of the format"),
    (header(concepts={}), "concepts: must be a list"),
    (header(concepts=[1]), "concept 1: must be an object"),
    (header(vocabulary=[]), "vocabulary: must be an object"),
    (header(retired={"a": 1}), "retired: must be an object of objects"),
    (header(retired={"a": {"to": [1]}}), "retired: a: must hold a list of ids"),
    (header(vocabulary={"domains": {"a": 1}}), "vocabulary: domains: must hold labels"),
    (changed(en=[{"text": "a", "use": "best"}]), r"en\[0\]: use: 'best' is none of preferred"),
    (header(sources=[{"cite": "a"}]), "source 1: type: is missing"),
    (changed(id=5), "concept 1: id: must be text"),
    (changed(id=""), "concept 1: id: is empty"),
    (changed(colour="red"), "concept 1: colour: unknown field"),
    (changed(zh=[{"text": "情绪"}]), r"concept 1: zh\[0\]: pinyin: is missing"),
    (changed(en="emotion"), "concept 1: en: must be a list"),
    (changed(en=[{"text": "a", "use": "preferred", "proposed": "yes"}]), r"en\[0\]: proposed: must be true or false"),
    (changed(domains=[1]), "domains: must be a list of texts"),
    (changed(remainder=[["a"]]), "remainder: must be a list of pairs of texts"),
    (changed(sources=[{"cite": "a", "note": ["x"]}]), r"sources\[0\]: note: must be a list of whole numbers"),
    (changed(broader=[{"note": "x"}]), r"broader\[0\]: to: is missing"),
    (changed(note="\ud800"), "note: holds half a character"),
]


@pytest.mark.parametrize(("value", "message"), MALFORMED)
def test_what_is_malformed_is_named(value: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(json.dumps(value).encode())
    assert str(caught.value).startswith("terms.json: ")
    if not re.search("half a character|is empty|version|must hold", message):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value, schema())


@pytest.mark.parametrize(("data", "message"), [
    (b'{"format": "zh-en-glossary", ', "is not JSON"),
    (b"[" * 100_000, "is not JSON"),
    (b'\xff{"a"', "is not JSON"),
])
def test_what_is_no_json_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(data)


def test_json_lines_name_the_line() -> None:
    good = json.dumps(header()) + "\n" + json.dumps({"concept": CONCEPT}) + "\n"
    assert len(read(good.encode(), "jsonl")[0]) == 1
    with pytest.raises(InputError, match="line 3: is not JSON"):
        read((good + "{\n").encode(), "jsonl")
    with pytest.raises(InputError, match="line 3: must be an object"):
        read((good + '{"concept": 1}\n').encode(), "jsonl")
    with pytest.raises(InputError, match="line 1: is not this project's JSON"):
        read(b'{"concept": {}}\n', "jsonl")


def test_the_remainder_is_kept() -> None:
    concept = Concept("k7q2m", "concept", (), (ZhTerm("情绪", "qíngxù", remainder=(("gender", "x"),)),),
                      (EnTerm("emotion", remainder=(("a", "b"), ("a", "c"))),), remainder=(("Client", "ACME"),))
    for name in BOTH:
        file = io.BytesIO()
        fmt = format_of(name)
        fmt.writer([concept], file, Report(name, "write"), Options(more=dict(fmt.variant)))
        assert read(file.getvalue(), name)[0] == [concept]
        if name == "json":
            jsonschema.validate(json.loads(file.getvalue()), schema())


def test_retired_ids_that_lead_in_a_circle_are_left_out(tmp_path: Path) -> None:
    data = header(concepts=[CONCEPT], retired={"a": {"to": ["b"]}, "b": {"to": ["a"]}, "c": {"to": ["k7q2m"]}})
    (tmp_path / "x.json").write_text(json.dumps(data), encoding="utf-8")
    Glossary([]).import_(tmp_path / "x.json", tmp_path / "mine.db")
    mine = Glossary.open(tmp_path / "mine.db")
    assert mine["c"].id == "k7q2m"
    with pytest.raises(UnknownConcept):
        mine["a"]
