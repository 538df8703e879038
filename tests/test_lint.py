"""The rules of `glossary lint` beside those of shape: each finds the fault it is for, and what was found is kept."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import EMOTION, POLICING, SOURCES, write_terms

from glossary.lint import RULES, check
from glossary.lint.kept import kept
from glossary.termfiles.edit import fmt
from glossary.termfiles.folder import bundled_vocabulary
from glossary.termfiles.shape import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

DEFINED = 'definition.en = "inferring what a person feels from signals such as the face or the voice"'
MOOD = '{ text = "mood detection", use = "deprecated", note = "a mood lasts longer than what is measured" }'
FEELING = 'definition.en = "a short-lived state of feeling with bodily and mental signs"'

# (code, what is replaced in the file of emotions, by what, what the message must name)
FAULTS = [
    ("E107", "qíngxù shíbié", "qíngxù shí", "has 4 characters"),
    ("E109", 'text = "情绪", pinyin = "qíngxù"', 'text = "一样", pinyin = "yíyàng"', "一 is written yī"),
    ("E117", MOOD, '{ text = "emotion recognition", use = "admitted", proposed = true }', "emotion recognition"),
    ("E118", 'use = "preferred", abbr', 'use = "preferred", years = "about 2010", abbr', "'about 2010' are no years"),
    ("E118", 'use = "preferred", abbr', 'use = "preferred", years = "2010-2012", abbr', "write 2014"),
    ("E121", 'use = "preferred", abbr', 'use = "preferred", years = "2018–2012", abbr', "2018–2012"),
    ("E121", 'use = "preferred", abbr', 'use = "preferred", years = "1218–2012", abbr', "1218–2012"),
    ("W101", 'text = "情绪识别", pinyin = "qíngxù shíbié"', 'text = "情绪识别法律", pinyin = "qíngxùshíbiéfǎlǜ"', "qíngxùshíbiéfǎlǜ"),
    ("W103", MOOD, '{ text = "mood detection", use = "deprecated", proposed = true }', "mood detection"),
    ("W104", MOOD, '{ text = "mood detection", use = "admitted" }', "mood detection"),
    ("W104", 'sources = [\n  { cite = "article19-2021", page = "15" },\n]', 'definition.sources = [{ cite = "article19-2021", page = "15" }]', "emotion"),
    ("W105", DEFINED, DEFINED.replace("person feels", "behavior shows"), "behavior"),
    ("W106", DEFINED, DEFINED.replace("what a person", "under a draconian eye what one"), "draconian"),
    ("W107", DEFINED, DEFINED.replace("inferring", "The inferring of"), "The"),
    ("W107", DEFINED, DEFINED.replace('voice"', 'voice."'), "full stop"),
    ("W108", DEFINED, DEFINED.replace("inferring", "automated emotion recognition, or inferring"), "emotion recognition"),
    ("W108", "根据面部、声音等信号推断人的情绪", "根据面部信号的情绪识别", "情绪识别"),
    ("W109", MOOD, '{ text = "mood detection", use = "admitted", proposed = true, sources = [{ cite = "article19-2021", page = "3" }] }', "article19-2021"),
    ("W110", MOOD, '{ text = "behavior detection", use = "admitted", proposed = true }', "behavior"),
    ("W204", FEELING, 'definition.en = "what emotion recognition looks for"', "b2c3d"),
]


def found(root: Path, code: str) -> list[Problem]:
    return [p for p in check(root) if p.code == code]


def emotions(tmp_path: Path, old: str, new: str) -> Path:
    text = EMOTION.replace(old, new)
    if new == 'definition.en = "what emotion recognition looks for"':  # its other half, without the relation between them
        text = re.sub(r'broader = \[\n.*\n\]\n', "", text).replace(DEFINED, 'definition.en = "finding the emotion of a person"')
    assert text != EMOTION
    return write_terms(tmp_path / "terms", emotion__emotion=text, policing__programmes=POLICING)


@pytest.mark.parametrize(("code", "old", "new", "named"), FAULTS, ids=[f"{f[0]}-{i}" for i, f in enumerate(FAULTS)])
def test_fault_is_found_and_named(tmp_path: Path, code: str, old: str, new: str, named: str) -> None:
    problems = found(emotions(tmp_path, old, new), code)
    assert any(named in str(p) and p.file == "emotion/emotion.toml" and p.line > 1 for p in problems), problems


def test_what_is_right_is_silent(terms: Path) -> None:
    fmt(terms)
    assert {p.code for p in check(terms)} == {"W104"}  # the rendering that is not to be used rests on nothing
    for old, new in (("推断人的情绪", "推断人的情绪，即情绪识别"), ('use = "preferred", abbr', 'use = "preferred", years = "2014–", abbr')):
        file = terms / "emotion" / "emotion.toml"
        file.write_text(EMOTION.replace(old, new), encoding="utf-8")
        assert {p.code for p in check(terms)} == {"W104"}, new


def test_kinds_and_their_genus_may_name_each_other(tmp_path: Path) -> None:
    text = EMOTION.replace(DEFINED, 'definition.en = "finding the emotion of a person"').replace(FEELING, 'definition.en = "what emotion recognition looks for"')
    assert found(write_terms(tmp_path / "t", a__b=text), "W204") == []


def test_a_name_begins_with_a_capital(tmp_path: Path) -> None:
    text = POLICING.replace('kind = "programme"', 'kind = "institution"').replace("Xuěliàng", "xuěliàng")
    assert found(write_terms(tmp_path / "t", a__b=text), "E111")


def test_an_entry_without_any_source(tmp_path: Path) -> None:
    text = re.sub(r"sources = \[\n.*\n\]\n", "", POLICING, count=1)
    [problem] = found(write_terms(tmp_path / "t", a__b=text), "E116")
    assert problem.entry.startswith("t5r8w")


@pytest.mark.parametrize(("code", "old", "new", "named"), [
    ("E208", "[sohu-2017]", "[article19-2021]", "TOML"),  # in one file TOML itself says so; see below for two
    ("E118", 'date = "2021-01"', 'date = "2021-13"', "2021-13"),
    ("E212", 'date = "2021-01"', 'date = "0021"', "0021"),
    ("E212", 'date = "2017-04-28"', 'date = "2017-04-28"\naccessed = 2016-01-01', "2016-01-01, the work is of 2017-04-28"),
    ("W203", 'cited_in = [{ cite = "article19-2021", note = [18, 59] }]\n', "", "生物识别3.0时代"),
])
def test_faults_of_cited_works(tmp_path: Path, code: str, old: str, new: str, named: str) -> None:
    root = write_terms(tmp_path / "terms", emotion__emotion=EMOTION)
    assert old in SOURCES
    (root / "sources.toml").write_text(SOURCES.replace(old, new), encoding="utf-8")
    problems = check(root)
    assert any(p.code == ("E100" if named == "TOML" else code) and named in str(p) for p in problems), problems


def test_a_work_in_two_files(tmp_path: Path) -> None:
    root = write_terms(tmp_path / "terms", emotion__emotion=EMOTION)
    (root / "sources-more.toml").write_text(SOURCES, encoding="utf-8")
    assert {p.entry for p in found(root, "E208")} == {"article19-2021", "sohu-2017"}


def test_a_reference_read_before_its_work_appeared(tmp_path: Path) -> None:
    text = EMOTION.replace('page = "15" }', 'page = "15", accessed = 2020-12-31 }')
    [problem] = found(write_terms(tmp_path / "t", a__b=text), "E212")
    assert "article19-2021 read 2020-12-31, it is of 2021-01" in problem.message


def test_dates_to_come(tmp_path: Path) -> None:
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    text = EMOTION.replace("reviewed = 2026-11-22", f"reviewed = {tomorrow}").replace('use = "preferred", abbr', f'use = "preferred", years = "2010–{tomorrow.year + 1}", abbr')
    assert [p.field for p in found(write_terms(tmp_path / "t", a__b=text), "W205")] == ["reviewed", "en"]


def test_lists_are_labelled_in_both_languages(tmp_path: Path) -> None:
    root = write_terms(tmp_path / "terms", emotion__emotion=EMOTION)
    lists = root / "vocabulary.toml"
    text = lists.read_text(encoding="utf-8")
    without = text.replace(', inverse = { en = "narrower", zh = "下位" }', "").replace('press = { en = "press", zh = "新闻" }', 'press = { en = "press" }')
    lists.write_text(re.sub(r"\nconcerns = .*", "", without), encoding="utf-8")
    said = {(p.field, p.message.rpartition(": ")[2]) for p in found(root, "E211")}
    assert said == {("relations", "broader"), ("registers", "press"), ("relations", "concerns")}
    assert all("inverse" in labels for labels in bundled_vocabulary()["relations"].values())


def test_a_homograph_in_any_common_domain(tmp_path: Path) -> None:
    again = POLICING.replace("雪亮工程", "情绪识别").replace("Xuěliàng Gōngchéng", "Qíngxù Shíbié").replace('["surveillance"]', '["surveillance", "ai"]')
    [problem] = found(write_terms(tmp_path / "t", a__b=EMOTION, b__c=again), "E210")
    assert "k7q2m in a/b.toml has it too" in problem.message


def test_a_topic_too_large(tmp_path: Path) -> None:
    block = EMOTION[EMOTION.index("# 情绪 ·") : EMOTION.index("# 情绪识别")]
    more = "".join(block.replace("b2c3d", f"b2c{a}{b}") for a in "23456789" for b in "23456789")
    assert found(write_terms(tmp_path / "t", a__b=EMOTION + "\n" + more), "W202")


def test_everyday_words_are_terms(terms: Path) -> None:
    everyday = terms / "everyday.toml"
    everyday.write_text('[zh]\n"情绪识别" = "no other sense"\n"理想" = "an ideal"\n', encoding="utf-8")
    assert [(p.file, p.field, p.message.split(": ")[-1]) for p in found(terms, "E213")] == [("everyday.toml", "zh", "理想")]
    everyday.write_text('[fr]\n"mot" = "word"\n', encoding="utf-8")
    assert [p.file for p in found(terms, "E101")] == ["everyday.toml"]


def test_wordings_are_neither_renderings_nor_another_concept(terms: Path) -> None:
    file = terms / "emotion" / "emotion.toml"
    file.write_text(EMOTION.replace("broader = [", "contrast = ["), encoding="utf-8")
    wordings = terms / "wordings.toml"
    wordings.write_text('"情绪识别" = ["reading moods", "Emotion recognition", "emotion"]\n"理想" = ["an ideal"]\n', encoding="utf-8")
    said = [(p.file, p.field, p.message.split(": ")[-1]) for p in found(terms, "E214")]
    assert said == [
        ("wordings.toml", "情绪识别", "“Emotion recognition” is in the entry"),
        ("wordings.toml", "情绪识别", "“emotion” is 情绪 · emotion, another concept"),
        ("wordings.toml", "理想", "no Chinese form of the base"),
    ]
    wordings.write_text('"情绪识别" = "reading moods"\n', encoding="utf-8")
    assert [(p.file, p.entry) for p in found(terms, "E101")] == [("wordings.toml", "情绪识别")]


def test_what_an_editor_lets_stand(terms: Path) -> None:
    file = terms / "emotion" / "emotion.toml"
    file.write_text(EMOTION.replace(DEFINED, DEFINED.replace("inferring", "emotion recognition, or inferring")), encoding="utf-8")
    assert [p.entry for p in found(terms, "W108")] == ["k7q2m 情绪识别"]
    reviewed = terms / "reviewed.toml"
    reviewed.write_text('[W108]\nk7q2m = "the phrase is the definition"\n', encoding="utf-8")
    assert found(terms, "W108") == []
    reviewed.write_text('[W108]\nk7q2m = "so it is"\nb2c3d = "so it was"\n', encoding="utf-8")
    assert [(p.file, p.message) for p in found(terms, "W108")] == [("reviewed.toml", "'b2c3d' is not needed any more")]
    reviewed.write_text('[E116]\nk7q2m = "an error stays one"\n', encoding="utf-8")
    assert [p.file for p in found(terms, "E101")] == ["reviewed.toml"]


def test_every_rule_has_its_case() -> None:
    tests = Path(__file__).parent
    cases = "".join((tests / name).read_text(encoding="utf-8") for name in ("test_lint.py", "test_termfiles.py", "test_running_pinyin.py"))
    assert [code for code in RULES if f'"{code}"' not in cases] == []


# what was found is kept


def test_nothing_is_read_again_where_nothing_changed(terms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path / "cache"))
    asked: list[int] = []

    def find(*problems: Problem) -> Callable[[], list[Problem]]:
        return lambda: asked.append(1) or list(problems)  # type: ignore[func-returns-value]

    one, other = Problem("a", 1, "E101", "b", "c", "d"), Problem("a", 2, "W101", "情绪", "", "e")
    assert kept(terms, find(one, other)) == [one, other]
    assert kept(terms, find()) == [one, other]
    assert len(asked) == 1
    (terms / "emotion" / "more.toml").write_text("", encoding="utf-8")
    assert kept(terms, find(other)) == [other]
    [file] = (tmp_path / "cache").glob("lint-*.json")
    for damage in ("", "{", "[]", json.dumps({"of": json.loads(file.read_text(encoding="utf-8"))["of"], "problems": [[1]]})):
        file.write_text(damage, encoding="utf-8")
        assert kept(terms, find(one)) == [one]
    assert len(asked) == 6


def test_a_cache_that_cannot_be_written_only_costs_time(terms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path / "file" / "cache"))
    fmt(terms)
    assert {p.code for p in check(terms)} == {"W104"}
