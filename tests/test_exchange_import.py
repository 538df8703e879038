"""Import into a base of one's own and export out of one: merged, whole or not at all, and never twice."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from glossary import Glossary
from glossary.cli import main
from glossary.errors import GlossaryError, InputError, TermBaseError
from glossary.exchange.registry import FORMATS
from glossary_web import create_app

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
zh,en,domain,status,note,Client
情绪识别,emotion recognition,emotion,preferred,about feelings,ACME
情绪识别,mood detection,emotion,do not use,,
雪亮工程,Sharp Eyes Project,,,,
,face swap,,,,
"""


@pytest.fixture(scope="module")
def copy(bundled: Glossary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The curated base, imported."""
    folder = tmp_path_factory.mktemp("copy")
    bundled.export("jsonl", folder / "whole.jsonl")
    Glossary([]).import_(folder / "whole.jsonl", folder / "copy.db")
    return folder / "copy.db"


def put(folder: Path, text: str, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def take(folder: Path, text: str, name: str = "terms.csv", *, override: bool = False) -> dict[str, int]:
    return Glossary([]).import_(put(folder, text, name), folder / "mine.db", override=override).counts


def mine(folder: Path) -> Glossary:
    return Glossary.open(folder / "mine.db")


def test_what_was_imported_is_used_like_any_base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(tmp_path, TABLE) == {"added": 3, "changed": 0, "unchanged": 0}
    g = mine(tmp_path)
    assert g.lookup("qxsb")[0].en == ["emotion recognition"]
    assert g.lookup("mood detection")[0].use == "deprecated"
    assert g.lookup("face swap")[0].en == ["face swap"]
    assert [m.text for m in g.annotate("把情绪识别用于雪亮工程").matches] == ["情绪识别", "雪亮工程"]
    assert g.pinyin("情緒識別") == "qíngxù shíbié"
    assert main(["lookup", "--base", str(tmp_path / "mine.db"), "xlgc"]) == 0
    assert "Sharp Eyes Project" in capsys.readouterr().out


def test_the_web_app_shows_an_imported_base(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    g = mine(tmp_path)
    app = create_app(g).test_client()
    pages = {c.label: app.get(f"/c/{c.id}", follow_redirects=True) for c in g}
    assert {p.status_code for p in pages.values()} == {200}
    assert "<h1>face swap</h1>" in pages["face swap"].text
    assert "ACME" in pages["情绪识别 · emotion recognition"].text
    for path in ("/browse", "/browse?order=english", "/domains", "/?q=face", "/sources", "/api/v1/lookup?q=face"):
        assert app.get(path).status_code == 200, path
    read = app.post("/read", data={"text": "They use face swap software."}, follow_redirects=True)
    assert read.status_code == 200


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    before = (tmp_path / "mine.db").read_bytes(), (tmp_path / "mine.db").stat().st_mtime_ns
    assert take(tmp_path, TABLE) == {"added": 0, "changed": 0, "unchanged": 3}
    assert ((tmp_path / "mine.db").read_bytes(), (tmp_path / "mine.db").stat().st_mtime_ns) == before


def test_the_same_file_gives_the_same_ids_anywhere(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        take(tmp_path / name, TABLE)
    assert list(mine(tmp_path / "a")) == list(mine(tmp_path / "b"))


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx", "json", "jsonl"])
def test_the_curated_base_is_not_changed_by_its_own_export(name: str, bundled: Glossary, copy: Path, tmp_path: Path) -> None:
    bundled.export(name, tmp_path / f"out.{name}")
    before = copy.stat().st_mtime_ns
    report = Glossary([]).import_(tmp_path / f"out.{name}", copy)
    assert copy.stat().st_mtime_ns == before
    assert report.counts == {"added": 0, "changed": 0, "unchanged": len(bundled)}


def test_an_import_is_merged_with_what_is_there(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    assert take(tmp_path, "zh,en,definition\n情绪识别,emotion recognition,inferring feelings\n") == {"added": 0, "changed": 1, "unchanged": 0}
    concept = mine(tmp_path).lookup("情绪识别")[0]
    found = mine(tmp_path)[concept.id]
    assert found.definition.en == "inferring feelings"
    assert found.note == "about feelings"
    assert [(t.text, t.use) for t in found.en] == [("emotion recognition", "preferred"), ("mood detection", "deprecated")]


def test_another_rendering_joins_only_by_domain_or_a_common_rendering(tmp_path: Path) -> None:
    take(tmp_path, "zh,en,domain\n权利,right,legal\n")
    assert take(tmp_path, "zh,en,domain\n权利,entitlement,legal\n")["changed"] == 1
    assert take(tmp_path, "zh,en\n权利,right\n")["unchanged"] == 1
    assert take(tmp_path, "zh,en,domain\n权利,power,ai\n")["added"] == 1
    assert sorted(len(c.en) for c in mine(tmp_path)) == [1, 2]


def test_conflicts_are_said_and_the_file_wins(tmp_path: Path) -> None:
    take(tmp_path, "id,zh,en,definition,status\na1,情绪,emotion,one,preferred\n")
    report = Glossary([]).import_(put(tmp_path, "id,zh,en,definition,status\na1,情绪,emotion,two,deprecated\n"), tmp_path / "mine.db")
    found = [(x.kind, x.field, x.examples) for x in report.losses if x.kind == "conflict"]
    assert found == [("conflict", "definition.en", ["a1: one → two"]), ("conflict", "en.use", ["a1: preferred → deprecated"])]
    assert mine(tmp_path)["a1"].definition.en == "two"


def test_an_id_that_names_something_else_is_not_mixed_up(tmp_path: Path) -> None:
    take(tmp_path, "id,zh,en\n1,情绪,emotion\n2,数据,data\n")
    second = "id,zh,en,relations\n1,人脸,face,broader 2\n2,数据,data,\n"
    assert take(tmp_path, second) == {"added": 1, "changed": 0, "unchanged": 1}
    assert take(tmp_path, second) == {"added": 0, "changed": 0, "unchanged": 2}
    g = mine(tmp_path)
    assert g["1"].zh[0].text == "情绪"
    face = g[g.lookup("人脸")[0].id]
    assert face.id != "1"
    assert face.relations[0].target == "2"


def test_replace_takes_the_file_s_entry_as_it_is(tmp_path: Path) -> None:
    take(tmp_path, "id,zh,en,note\na1,情绪,emotion,x\na1,情绪,mood,\n")
    take(tmp_path, "id,zh,en,note\na1,心情,mood,\n", override=True)
    found = mine(tmp_path)["a1"]
    assert ([t.text for t in found.zh], [t.text for t in found.en], found.note) == (["心情"], ["mood"], "")


def test_relations_that_lead_nowhere_are_said(tmp_path: Path) -> None:
    report = Glossary([]).import_(put(tmp_path, "id,zh,en,relations\na1,情绪,emotion,broader b2\n"), tmp_path / "mine.db")
    assert any("the other concept is not in the base" in x.field for x in report.losses)
    assert mine(tmp_path).related("a1") == []
    take(tmp_path, "id,zh,en\nb2,心理,psychology\n")
    assert [c.id for _, _, c, _ in mine(tmp_path).related("a1")] == ["b2"]


def test_ids_that_cannot_stand_in_an_address_are_replaced(tmp_path: Path) -> None:
    take(tmp_path, "id,zh,en,relations\na/b c,情绪,emotion,\nd,心情,mood,broader a/b c\n")
    g = mine(tmp_path)
    assert g["d"].relations[0].target == g.lookup("情绪")[0].id
    assert take(tmp_path, "id,zh,en,relations\na/b c,情绪,emotion,\nd,心情,mood,broader a/b c\n")["unchanged"] == 2


def test_nothing_is_half_done(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    before = (tmp_path / "mine.db").read_bytes()
    bad = json.dumps({"format": "zh-en-glossary", "version": 1, "vocabulary": {}}) + "\n" + "{broken\n"
    with pytest.raises(InputError, match="line 2: is not JSON"):
        take(tmp_path, bad, "bad.jsonl")
    assert (tmp_path / "mine.db").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["bad.jsonl", "mine.db", "terms.csv"]
    with pytest.raises(InputError):
        Glossary([]).import_(put(tmp_path, "1,2\n"), tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = Glossary([]).import_(put(tmp_path, TABLE), tmp_path / "mine.db", dry_run=True)
    assert report.counts["added"] == 3
    assert not (tmp_path / "mine.db").exists()


def test_where_one_cannot_import_to(tmp_path: Path, bundled: Glossary) -> None:
    table = put(tmp_path, TABLE)
    with pytest.raises(InputError, match="bundled base is read-only"):
        bundled.import_(table)
    with pytest.raises(InputError, match="is a folder"):
        bundled.import_(table, tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        bundled.import_(table, tmp_path / "no" / "mine.db")
    with pytest.raises(TermBaseError, match="is no compiled term base"):
        bundled.import_(table, table)


def test_a_base_of_another_version_is_taken_over(tmp_path: Path, bundled: Glossary) -> None:
    take(tmp_path, TABLE)
    entries = list(mine(tmp_path))
    with sqlite3.connect(tmp_path / "mine.db") as db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
    db.close()
    with pytest.raises(TermBaseError, match=r"glossary import .*mine.db --base NEW"):
        mine(tmp_path)
    bundled.import_(tmp_path / "mine.db", tmp_path / "new.db")
    assert list(Glossary.open(tmp_path / "new.db")) == entries


def test_an_open_glossary_sees_its_own_import(tmp_path: Path) -> None:
    take(tmp_path, TABLE)
    g = mine(tmp_path)
    assert not g.lookup("网格化管理")
    assert [m.text for m in g.annotate("网格化管理").matches] == []
    g.import_(io.BytesIO("zh,en\n网格化管理,grid management\n".encode()), name="pasted.csv")
    assert g.lookup("网格化管理")[0].en == ["grid management"]
    assert [m.text for m in g.annotate("网格化管理").matches] == ["网格化管理"]


# export

def test_selections(bundled: Glossary) -> None:
    def ids(**asked: object) -> set[str]:
        file = io.BytesIO()
        bundled.export("jsonl", file, **asked)  # type: ignore[arg-type]
        lines = [json.loads(line) for line in file.getvalue().splitlines()]
        return {line["concept"]["id"] for line in lines if "concept" in line}

    emotion = ids(filters={"domain": ["emotion"]})
    assert emotion == {c.id for c in bundled if "emotion" in c.domains}
    assert ids(filters={"domain": ["emotion"], "kind": ["law"]}) == {c.id for c in bundled if "emotion" in c.domains and c.kind == "law"}
    assert ids(filters={"register": ["ngo", "press"]}) == {
        c.id for c in bundled if {"ngo", "press"} & {r for t in c.en for r in t.register}}
    assert ids(ids=["m0r70"]) == {"m0r70"}
    text = "微表情识别用于审讯"
    assert ids(text=text) == {i for m in bundled.annotate(text, every=True).matches for i in m.ids}
    assert ids(text=text, filters={"domain": ["emotion"]}) == ids(text=text) & emotion
    assert ids(query="枫桥经验") == {h.id for h in bundled.lookup("枫桥经验", 10_000)}
    assert ids(text="nothing Chinese") == set()


def test_selections_that_cannot_be(bundled: Glossary) -> None:
    with pytest.raises(InputError, match=r"no concept has the domain 'emotoin'; there are .*emotion"):
        bundled.export("json", io.BytesIO(), filters={"domain": ["emotoin"]})
    with pytest.raises(InputError, match="there is no filter 'colour'"):
        bundled.export("json", io.BytesIO(), filters={"colour": ["red"]})
    with pytest.raises(GlossaryError, match="no concept 'zzzzz'"):
        bundled.export("json", io.BytesIO(), ids=["zzzzz"])
    with pytest.raises(InputError, match=r"there is no format 'doc'; there are .*csv"):
        bundled.export("doc", io.BytesIO())


def test_an_export_that_fails_leaves_what_was_there(bundled: Glossary, tmp_path: Path) -> None:
    path = put(tmp_path, "mine", "out.csv")
    with pytest.raises(InputError):
        bundled.export("csv", path, options={"columns": "nothing"})
    assert path.read_text(encoding="utf-8") == "mine"
    assert os.listdir(tmp_path) == ["out.csv"]
    with pytest.raises(InputError, match="is a folder"):
        bundled.export("csv", tmp_path)


def test_an_entry_of_two_bases_is_written_once(tmp_path: Path) -> None:
    for name, en in (("a", "first"), ("b", "second")):
        Glossary([]).import_(io.BytesIO(f"id,zh,en\nx1,情绪,{en}\n{name},数据,data\n".encode()), tmp_path / f"{name}.db", name="x.csv")
    file = io.BytesIO()
    Glossary.open(tmp_path / "a.db", tmp_path / "b.db").export("csv", file)
    rows = file.getvalue().decode().splitlines()
    assert len(rows) == 4
    assert "first" in "".join(rows)
    assert "second" not in "".join(rows)


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if f.writes])
def test_every_format_writes_bases_with_gaps(name: str, tmp_path: Path) -> None:
    """An imported base has entries in one language, without domains, with free codes and kept values."""
    take(tmp_path, TABLE + "数据;資料,,我的领域,,,\n")
    file = io.BytesIO()
    report = mine(tmp_path).export(name, file)
    assert file.getvalue()
    assert report.as_dict()["format"] == name


# the command line

def test_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base, table = str(tmp_path / "mine.db"), str(put(tmp_path, TABLE))
    assert main(["import", table, "--base", base, "--dry-run"]) == 0
    assert "nothing is written" in capsys.readouterr().out
    assert main(["import", table, "--base", base, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["format"], report["concepts"], report["added"], report["base"]) == ("csv", 3, 3, base)
    assert {"kind": "kept", "field": "Client", "count": 1, "examples": ["line 2"]} in report["losses"]
    out, loss = tmp_path / "out.tsv", tmp_path / "loss.json"
    assert main(["export", "tsv", "-o", str(out), "--report", str(loss), "--base", base, "--query", "情绪"]) == 0
    assert capsys.readouterr().err == ""
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert json.loads(loss.read_text(encoding="utf-8"))["direction"] == "write"
    assert main(["export", "csv", "--base", base, "--concept", "nothing"]) == 2
    assert "there is no concept 'nothing'" in capsys.readouterr().err
    assert main(["export", "csv", "--base", base, "--text", str(put(tmp_path, "no term here", "text.txt"))]) == 1


def test_unknown_formats_list_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "nonsense"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in FORMATS)
    assert main(["export"]) == 0
    listed = capsys.readouterr().out
    assert all(f.title in listed for f in FORMATS.values())


@pytest.mark.parametrize(("args", "message"), [
    (["import", "nowhere.csv", "--base", "x.db"], "nowhere.csv: No such file"),
    (["import", "nowhere.csv"], "--base"),
    (["import", "nowhere.csv", "--base", "x.db", "--format", "doc"], "No such file|no format"),
    (["export", "csv", "--option", "columns"], "takes NAME=VALUE"),
    (["export", "csv", "--domain", "nonsense"], "no concept has the domain"),
])
def test_bad_use_is_one_line(args: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 2
    captured = capsys.readouterr()
    assert re.search(message, captured.err)
    assert "Traceback" not in captured.err
