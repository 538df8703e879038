"""OmegaT and DeepL glossaries; OmegaT itself reads and matches."""

from __future__ import annotations

import json
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from exchanged import ALL, BROADER, EMOTION, HOME, HOSTILE, TUTOR, concept, losses, whole, written
from msgspec.structs import replace

from glossary.errors import InputError
from glossary.model import ZhTerm

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary import Glossary
    from glossary.model import Concept

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")


@pytest.fixture
def omegat(need: Callable[[str, str], str], tmp_path: Path) -> Callable[..., list[Any]]:
    """Ask OmegaT what it shows for segments, with a glossary file."""
    need("omegat", "apt-get install omegat")
    java = need("java", "apt-get install default-jre")

    def ask(data: bytes, segments: list[str], source: str = "zh-CN", target: str = "en-GB") -> list[Any]:
        file, settings = tmp_path / "terms.txt", tmp_path / "settings"
        file.write_bytes(data)
        settings.mkdir(exist_ok=True)
        # the locale's encoding must not matter: older versions of OmegaT guess it for .txt
        run = subprocess.run(
            [java, "-Djava.awt.headless=true", "-Dfile.encoding=ISO-8859-1", "-cp", str(OMEGAT), "groovy.ui.GroovyMain",
             str(Path(__file__).with_name("omegat_glossary.groovy")), str(file), str(settings), source, target],
            input="".join(json.dumps(s) + "\n" for s in segments).encode(), capture_output=True, check=True, timeout=120,
        )
        return [json.loads(line) for line in run.stdout.splitlines()]

    return ask


def rows(data: bytes) -> list[list[str]]:
    """The rows of a table, without comment lines."""
    lines = data.decode("utf-8-sig").split("\n")
    assert lines.pop() == ""
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_omegat_rows() -> None:
    data, report = written("omegat", [EMOTION])
    assert data.startswith(b"\xef\xbb\xbf# -*- coding: utf-8 -*-\n# Test ")
    table = rows(data)
    assert [r[:2] for r in table] == [
        ["情绪识别", "emotion recognition"], ["情绪识别", "affect recognition"], ["情绪识别", "emotion reading"],
        ["情感识别", "emotion recognition"], ["情感识别", "affect recognition"], ["情感识别", "emotion reading"]]
    assert table[0][2] == ("preferred · abbreviated ER · qíngxù shíbié · inferring what a person feels"
                           " · do not use: mood detection (a mood lasts longer)")
    assert [r[2] for r in table[1:3]] == ["admitted", "superseded"]
    lost = losses(report)
    assert lost["dropped", "zh.trad"] == 2
    assert lost["dropped", "relations"] == 2
    assert lost["dropped", "en.sources"] == 1
    assert ("dropped", "en.use") not in lost


def test_omegat_scripts_and_deprecated() -> None:
    assert {r[0] for r in rows(written("omegat", [EMOTION], script="hant")[0])} == {"情緒識別", "情感識別"}
    assert len(rows(written("omegat", [EMOTION], script="both")[0])) == 12
    data, report = written("omegat", [EMOTION], deprecated="omit")
    assert b"mood detection" not in data
    assert losses(report)["dropped", "en: deprecated renderings"] == 1


def test_omegat_from_english() -> None:
    data, report = written("omegat", [EMOTION], direction="en-zh", script="both")
    table = rows(data)
    assert [r[:2] for r in table[:4]] == [["emotion recognition", f] for f in ("情绪识别", "情緒識別", "情感识别", "情感識別")]
    assert {r[0] for r in table} == {"emotion recognition", "ER", "affect recognition"}
    assert losses(report)["dropped", "en: deprecated and superseded renderings"] == 2


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_omegat_hostile(direction: str) -> None:
    data, report = written("omegat", ALL, direction=direction)
    for row in rows(data):
        assert len(row) == 3
        assert row[0].strip()
        assert row[1].strip()
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "#"))
            assert cell.isprintable() or "👩‍🏫" in cell
            assert "\u202e" not in cell
    assert report.concepts == len(ALL) - 3
    assert losses(report)["dropped", "concepts without a pair of terms"] == 3


def test_omegat_matches_hostile(omegat: Callable[..., list[Any]]) -> None:
    data, _ = written("omegat", ALL)
    head, *found = omegat(data, ["我们用情绪识别。", "#标签", "=cmd|'/C calc'!A0", "AI双师课堂和够“黑”", "家教", "倒写", "什么都没有"])
    assert head["entries"] == len(rows(data))
    sources = [{e["source"].strip(): e["targets"] for e in segment} for segment in found]
    assert set(sources[0]["情绪识别"]) == {"emotion recognition", "affect recognition", "emotion reading"}
    assert sources[1]["#标签"] == [" #tag"]
    assert sources[2]["=cmd|'/C calc'!A0"] == [" =1+1"]
    assert sources[3]["AI双师课堂"] == ["AI dual-teacher classroom"]
    assert sources[3]["够“黑”"] == ['say "no"; a|b']
    assert set(sources[4]["家教"]) == {"family education", "private tutor"}
    assert sources[5]["倒写"] == ["turned round"]
    assert sources[6] == {}
    comments = next(e["comments"] for e in found[0] if e["source"] == "情绪识别")
    assert sum(c.startswith("preferred") for c in comments) == 1


def test_omegat_finds_every_form(omegat: Callable[..., list[Any]], bundled: Glossary) -> None:
    data, _ = written("omegat", whole(bundled))
    forms = list(dict.fromkeys(r[0].strip() for r in rows(data)))
    segments = ["。".join(forms[i : i + 150]) for i in range(0, len(forms), 150)]
    head, *found = omegat(data, segments)
    assert head["entries"] == len(rows(data)) > 10_000
    met = {e["source"].strip() for segment in found for e in segment}
    missed = [f for f in forms if f not in met]  # OmegaT cuts words otherwise in such rows of terms: 996工作制。
    assert len(missed) < 10
    for form, segment in zip(missed, omegat(data, missed)[1:], strict=True):
        assert form in {e["source"] for e in segment}


def test_omegat_from_english_matches(omegat: Callable[..., list[Any]]) -> None:
    data, _ = written("omegat", [EMOTION, BROADER], direction="en-zh", script="hant")
    _, found = omegat(data, ["Emotion recognition is sold."], "en-GB", "zh-TW")
    targets = {e["source"]: set(e["targets"]) for e in found}
    assert targets["emotion recognition"] == {"情緒識別", "情感識別"}


def test_deepl_one_target_a_source() -> None:
    data, report = written("deepl", [EMOTION, HOME, TUTOR], regions="all")
    assert rows(data) == [
        ["情绪识别", "emotion recognition"], ["情感识别", "emotion recognition"], ["家庭教育", "family education"],
        ["家教", "private tutor"]]  # the concept that prefers the form has it, though it comes second
    lost = losses(report)
    assert lost["chosen", "one target for a source that has several"] == 1
    assert lost["dropped", "en: further renderings"] == 3


def test_deepl_from_english() -> None:
    data, report = written("deepl", [EMOTION], direction="en-zh", script="hant")
    assert rows(data) == [["emotion recognition", "情緒識別"], ["affect recognition", "情緒識別"]]
    assert losses(report)["dropped", "zh: further terms"] == 1


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
@pytest.mark.parametrize("script", ["hans", "hant", "both"])
def test_deepl_rules(bundled: Glossary, direction: str, script: str) -> None:
    """What DeepL's own library refuses: empty sides, control characters, outer blanks, a source twice."""
    for concepts in (ALL, whole(bundled)):
        data, report = written("deepl", concepts, script=script, direction=direction)
        table = rows(data)
        assert len({r[0] for r in table}) == len(table) > 10
        for row in table:
            assert len(row) == 2
            for term in row:
                assert term == term.strip() != ""
                assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029" for c in term)
                assert len(term.encode()) <= 1024
                assert term[0] not in "=+-@"
        assert len(data) <= 10 * 1024 * 1024
        assert report.concepts
    assert losses(written("deepl", HOSTILE)[1])["dropped", "terms of more than 1,024 bytes"] == 2


def test_deepl_too_large() -> None:
    def many() -> list[Concept]:
        return [concept(f"c{i}", f"词{i}", "x" * 900) for i in range(12_000)]

    with pytest.raises(InputError, match="DeepL takes 10,485,760 at most"):
        written("deepl", many())


@pytest.mark.parametrize("name", ["deepl", "prompt"])
def test_forms_of_other_regions_are_left_out_of_simplified_script(name: str) -> None:
    mixed = replace(EMOTION, zh=(*EMOTION.zh, ZhTerm("情绪辨识", "qíngxù biànshí", "admitted", region="TW")))
    island = replace(HOME, zh=tuple(replace(t, region="TW") for t in HOME.zh))
    data, report = written(name, [mixed, island])
    assert "情绪识别" in data.decode()
    assert "情绪辨识" not in data.decode()
    assert HOME.zh[0].text in data.decode()  # it has no other form
    assert losses(report)["dropped", "zh: forms of Taiwan, Hong Kong and Macao"] == 2
    for more in ({"regions": "all"}, {"script": "both"}):
        assert "情绪辨识" in written(name, [mixed], **more)[0].decode()
    assert "情緒辨識" in written(name, [mixed], script="hant")[0].decode()
    assert "情绪辨识" in written("omegat", [mixed])[0].decode()
    with pytest.raises(InputError, match="regions must be own or all"):
        written(name, [mixed], regions="CN")


def test_a_form_of_a_region_stays_in_the_glossary_of_a_text_that_has_it(bundled: Glossary) -> None:
    wanted = {("zh-en", "人臉辨識"): True, ("en-zh", "facial recognition"): False}
    for (direction, text), stays in wanted.items():
        file = BytesIO()
        bundled.export("prompt", file, text=text, options={"direction": direction})
        assert ("人脸辨识" in file.getvalue().decode()) is stays


@pytest.mark.parametrize("name", ["omegat", "deepl"])
def test_unknown_options(name: str) -> None:
    with pytest.raises(InputError, match="direction must be zh-en or en-zh, not 'sideways'"):
        written(name, [EMOTION], direction="sideways")
    with pytest.raises(InputError, match="no option 'colour'; it has direction"):
        written(name, [EMOTION], colour="red")
    with pytest.raises(InputError, match="script must be hans, hant, both, not 'latin'"):
        written(name, [EMOTION], script="latin")
