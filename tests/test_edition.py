"""Editions of the data: what they are called, what changed with each, and the file that is published."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import EMOTION, ROOT, write_terms

from glossary import Glossary, TermFileError
from glossary.termbase.changes import section, told
from glossary.termbase.diff import Change
from glossary_web.changes import editions

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_edition_is_named_alike_everywhere(bundled: Glossary) -> None:
    assert re.fullmatch(r"\d{4}\.\d{2}\.\d{2}", bundled.edition)
    assert bundled.stats()["edition"] == bundled.edition
    assert f"version {bundled.edition}, entry anqz0" in bundled.cite("anqz0", "mla")
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {bundled.edition}\n" in cited
    assert f"date-released: {bundled.edition.replace('.', '-')}\n" in cited
    assert editions(bundled.changes)[0]["title"] == bundled.edition
    assert re.search("^## .*", bundled.changes, re.MULTILINE)[0] == f"## {bundled.edition}"  # type: ignore[index]


def test_a_base_of_ones_own(tmp_path: Path) -> None:
    root = write_terms(tmp_path / "terms", a__b=EMOTION)
    assert (Glossary.open(root).edition, Glossary.open(root).changes) == ("", "")
    (root / "edition.toml").write_text('title = "mine"\ndate = 2025-01-31\n', encoding="utf-8")
    (root / "CHANGES.md").write_text("## 2025.01.31\n\nThe first.\n", encoding="utf-8")
    glossary = Glossary.open(root)
    assert glossary.edition == "2025.01.31"
    assert editions(glossary.changes) == [{"title": "2025.01.31", "said": "The first. ", "groups": []}]


@pytest.mark.parametrize(("text", "said"), [
    ('date = "soon"', "date"), ("date = 3", "date"), ('version = "1"', "unknown field; known are title, licence, date"),
    ('title = "', "is not TOML"),
])  # fmt: skip
def test_faults_are_named(tmp_path: Path, text: str, said: str) -> None:
    root = write_terms(tmp_path / "terms", a__b=EMOTION)
    (root / "edition.toml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(TermFileError, match=rf"edition\.toml.*{said}"):
        Glossary.open(root)


def term(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, **more}


@pytest.mark.parametrize(("fields", "said"), [
    ([("en", [term("a"), term("b", use="admitted")], [term("b"), term("a", use="admitted")])],
     ["English preferred: a → b"]),
    ([("en", [term("a"), term("b", use="admitted")], [term("b"), term("a", use="deprecated")])],
     ["English preferred: a → b", "English a: preferred → deprecated"]),
    ([("en", [term("a")], [term("c")])], ["English preferred: a → c", "English − a"]),
    ([("en", [term("a")], [term("a"), term("b", use="admitted"), term("c", use="deprecated")])],
     ["English + b", "English + c (deprecated)"]),
    ([("en", [term("a", proposed=True)], [term("a", sources=[{"cite": "x"}])])], ["English a: source found"]),
    ([("en", [term("a", sources=[{"cite": "x"}])], [term("a", proposed=True)])], ["English a: source withdrawn", "English sources"]),
    ([("zh", [term("甲", pinyin="jia")], [term("甲", pinyin="jiǎ", note="x")])], ["Chinese 甲: jia → jiǎ", "Chinese notes on use"]),
    ([("status", "draft", "reviewed"), ("definition", None, {"en": "x"}), ("broader", [], [{"to": "y"}]), ("related", None, ["z"])],
     ["draft → reviewed", "definition, relations"]),
])  # fmt: skip
def test_changes_are_told_in_words(fields: list[tuple[str, Any, Any]], said: list[str]) -> None:
    assert told(Change("b2c3d", "changed", "甲 · a", tuple(fields))) == said


def test_the_page_shows_what_the_command_writes() -> None:
    changes = [
        Change("b2c3d", "added", "甲：乙 · a: b"),
        Change("k7q2m", "changed", "丙 · c: d", (("note", None, "x"),)),
        Change("m4n8p", "removed", "丁 · e", (), ("b2c3d", "k7q2m")),
    ]
    text = section(changes, "2026.01.02", "2026.01.01")
    assert editions(text) == [{
        "title": "2026.01.02",
        "said": "Since 2026.01.01: 1 added, 1 changed, 1 removed. ",
        "groups": [
            ("Added", [{"id": "b2c3d", "label": "甲：乙 · a: b", "what": "", "to": []}]),
            ("Changed", [{"id": "k7q2m", "label": "丙 · c: d", "what": "note", "to": []}]),
            ("Removed", [{"id": "m4n8p", "label": "丁 · e", "what": "", "to": ["b2c3d", "k7q2m"]}]),
        ],
    }]  # fmt: skip


def test_what_is_published_comes_back_whole(tmp_path: Path, bundled: Glossary, need: Callable[[str, str], str]) -> None:
    """`make release` as a maintainer runs it; the next edition is compared with what it made."""
    make = need("make", "make")
    bin = Path(sys.executable).parent
    done = subprocess.run(
        [make, "release", f"BIN={bin}", "STAMP=/dev/null", f"DIST={tmp_path}"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    name = f"zh-en-glossary-{bundled.edition}"
    with zipfile.ZipFile(tmp_path / f"{name}.zip") as file:
        held = {n.removeprefix(f"{name}/") for n in file.namelist()} - {""}
        assert held == {"glossary.json", "glossary.csv", "glossary.tbx", "CHANGES.md", "LICENSE", "CITATION.cff"}
        assert {i.date_time[:3] for i in file.infolist()} == {tuple(map(int, bundled.edition.split(".")))}
        file.extractall(tmp_path)
    glossary = [sys.executable, "-m", "glossary"]
    subprocess.run([*glossary, "import", tmp_path / name / "glossary.json", "--base", tmp_path / "old.db"], cwd=ROOT, check=True,
                   capture_output=True)  # fmt: skip
    old = Glossary.open(tmp_path / "old.db")
    assert old.edition == bundled.edition
    assert bundled.changes_since(old) == []
