"""The term base that ships: sound, complete for the report, right where machines are wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glossary.lint import check
from glossary.termfiles.folder import bundled_folder, read_folder
from glossary.text.normalize import has_han, key

if TYPE_CHECKING:
    from glossary import Glossary
    from glossary.termfiles.folder import TermFolder

RUNS = Path(__file__).parent / "data" / "report_runs.tsv"
REPORT = "article19-2021"
# runs that are neither a term nor, letter for letter, in a record: what they are
ODD = {
    "这家公司要打造审讯问讯的": "note 85 prints 问讯 where note 18 has the headline's 问询",
    "南京擎盾信息科技有限公司签署了战略合作": "the headword 南京擎盾信息科技有限公司 and the end of a sentence in note 90",
}


@pytest.fixture(scope="module")
def folder() -> TermFolder:
    return read_folder()


def test_no_errors() -> None:
    assert [str(p) for p in check(bundled_folder()) if p.is_error] == []


def test_every_run_of_the_report_is_accounted_for(folder: TermFolder) -> None:
    """A headword, part of a longer headword, or words of a cited work's title, authors or outlet."""
    forms = {key(t.text) for c in folder.concepts.values() for t in c.zh}
    longer = "\n".join(forms)
    works = "\n".join(
        key(text).replace(" ", "")
        for s in folder.sources.values()
        if any(r.cite == REPORT for r in s.cited_in)
        for text in (s.title, s.container, s.publisher, s.note, *s.authors)
    )
    runs = [line.split("\t")[0] for line in RUNS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(runs) == 444
    missing = [r for r in runs if r not in forms and r not in longer and r not in works]
    assert sorted(missing) == sorted(ODD)


def test_every_cited_chinese_work_has_its_record(folder: TermFolder) -> None:
    cited = [s for s in folder.sources.values() if s.lang.startswith("zh") and any(r.cite == REPORT for r in s.cited_in)]
    assert len(cited) >= 110
    for source in cited:
        assert source.title
        assert source.title_en or not has_han(source.title), source.cite
        assert all(r.note for r in source.cited_in if r.cite == REPORT), source.cite


def test_counts(folder: TermFolder) -> None:
    assert len(folder.concepts) >= 1000
    assert sum(any(r.cite == REPORT for r in c.references()) for c in folder.concepts.values()) >= 800


@pytest.mark.parametrize(("zh", "pinyin"), [
    ("重庆", "Chóngqìng"), ("行为", "xíngwéi"), ("便衣警察", "biànyī jǐngchá"), ("情绪识别", "qíngxù shíbié"), ("雪亮工程", "Xuěliàng Gōngchéng"),
    ("微表情", "wēibiǎoqíng"), ("公安部", "Gōng'ānbù"),
])
def test_readings_that_machines_get_wrong(bundled: Glossary, zh: str, pinyin: str) -> None:
    hit = bundled.lookup(zh)[0]
    assert (hit.zh, hit.pinyin) == (zh, pinyin)


@pytest.mark.parametrize(("query", "zh"), [
    ("qxsb", "情绪识别"), ("qing xu shi bie", "情绪识别"), ("雪亮工程", "雪亮工程"), ("Sharp Eyes Project", "雪亮工程"), ("bushiqibie", ""),
    ("facial recognition", "人脸识别"), ("好未来", "好未来"), ("TAL", "好未来"), ("gait recognition", "步态识别"), ("枫桥经验", "枫桥经验"),
    ("海康威视", "海康威视"), ("Hikvision", "海康威视"), ("华为", "华为"), ("Megvii", "旷视科技"), ("卡口", "卡口"), ("派出所", "派出所"),
    ("ICCPR", "公民权利和政治权利国际公约"), ("审讯", "审讯"), ("研判", "研判"), ("预警", "预警"), ("情绪", "情绪"),
])
def test_the_main_job(bundled: Glossary, query: str, zh: str) -> None:
    hits = bundled.lookup(query)
    assert (hits[0].zh if hits else "") == zh


def test_every_entry_is_found_by_its_own_forms(bundled: Glossary) -> None:
    """Characters in both scripts, pinyin and preferred English of each concept lead to it, in the first five."""
    lost = []
    for concept in bundled:
        first = concept.zh[0]
        queries = [first.text, first.trad, first.pinyin]
        if len(re.findall(r"[\u4e00-\u9fff]", first.text)) <= 8:
            queries.append(concept.en[0].text)
        for query in queries:
            if concept.id not in {h.id for h in bundled.lookup(query, 8)}:
                lost.append((concept.label, query))
    assert lost == []


def test_every_entry_is_recognised_in_text(bundled: Glossary) -> None:
    lost = []
    for concept in bundled:
        for form in (concept.zh[0].text, concept.zh[0].trad):
            if len(form) > 1 and concept.id not in {i for m in bundled.annotate(f"。{form}。").matches for i in m.ids}:
                lost.append(form)
    assert lost == []
