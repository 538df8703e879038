"""CSV, TSV and XLSX: there and back is the same, and every table that people really have is read."""

from __future__ import annotations

import csv
import io
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from glossary import Glossary
from glossary.errors import InputError
from glossary.exchange.cells import as_meant, defuse, escape, escape_term, joined, split, split_terms
from glossary.exchange.complete import Completer
from glossary.exchange.guess import guess
from glossary.exchange.registry import Options, format_of
from glossary.exchange.report import Report
from glossary.exchange.table_columns import CONTRACT, role_of
from glossary.exchange.words import language_of, use_of
from glossary.model import Concept, Definition, EnTerm, Reference, Relation, Source, ZhTerm
from glossary.termfiles.folder import bundled_vocabulary
from glossary.text.script import to_simplified, to_traditional

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VOCABULARY = bundled_vocabulary()
TABLES = ["csv", "tsv", "xlsx"]


def written(name: str, concepts: list[Concept], **more: str) -> tuple[bytes, Report]:
    fmt = format_of(name)
    file, report = io.BytesIO(), Report(name, "write")
    script = more.pop("script", "hans")
    fmt.writer(concepts, file, report, Options(script=script, vocabulary=VOCABULARY, more={**more, **fmt.variant}))
    return file.getvalue(), report


def read(data: bytes, name: str = "terms.csv", format: str = "") -> tuple[list[Concept], Report, Options]:
    """The concepts of a file as an import completes them."""
    file = io.BytesIO(data)
    fmt = format_of(format) if format else guess(file, name)
    report, options = Report(fmt.name, "read"), Options(name=name, vocabulary=VOCABULARY, more=dict(fmt.variant))
    completer = Completer(report, options)
    found = [completer.supply(completer.settle(c)) for c in fmt.reader(file, report, options)]
    return found, report, options


def read_text(text: str, name: str = "terms.csv") -> tuple[list[Concept], Report, Options]:
    return read(text.encode(), name)


def pairs(concepts: list[Concept]) -> list[tuple[list[str], list[str]]]:
    return [([t.text for t in c.zh], [t.text for t in c.en]) for c in concepts]


def noted(report: Report) -> str:
    return report.as_text()


def in_one_order(concept: Concept) -> Concept:
    """Kept values come row by row; their order says nothing."""
    return replace(concept, remainder=tuple(sorted(concept.remainder)))


# there and back

HAN = st.text("情绪识别人脸公安雪亮工程网格化管理的数据", min_size=1, max_size=6)
LATIN = st.text("abcdeXYZ ;|\\()[]'\"=+-@,；（）,.\t ", min_size=1, max_size=16).map(lambda t: " ".join(t.split())).filter(
    lambda t: any(c.isalpha() and c.isascii() for c in t))
PROSE = st.text("abc 情绪;|\\=+-@'\",\n", max_size=20).map(str.strip)
USES = st.sampled_from(["admitted", "deprecated", "superseded"])
CITES = st.sampled_from(["article19-2021", "hrw-2017"])
REFERENCES = st.lists(
    st.builds(Reference, CITES, page=st.sampled_from(["", "3", "14–15"]), note=st.sampled_from([(), (4,), (4, 12)]),
              section=st.sampled_from(["", "title; text | more", "a · b"])),
    max_size=2, unique=True).map(tuple)


@st.composite
def concepts(draw: Any) -> Concept:
    texts = draw(st.lists(HAN, max_size=3, unique=True))
    zh = tuple(
        ZhTerm(t, "qíngxù", "preferred" if i == 0 else draw(USES), to_traditional(t), draw(st.sampled_from(["", "full", "short"])),
               draw(st.sampled_from(["", "TW", "US"])), years=draw(st.sampled_from(["", "2003–2013"])), note=draw(PROSE),
               proposed=draw(st.booleans()), sources=draw(REFERENCES))
        for i, t in enumerate(texts))
    renderings = draw(st.lists(LATIN, min_size=0 if zh else 1, max_size=3, unique_by=str.casefold))
    en = tuple(
        EnTerm(t, "preferred" if i == 0 else draw(USES), draw(st.sampled_from(["", "ER"])),
               draw(st.sampled_from([(), ("ngo",), ("press", "official")])), draw(st.sampled_from(["", "GB", "HK"])),
               draw(st.sampled_from(["", "noun"])), note=draw(PROSE), proposed=draw(st.booleans()), sources=())
        for i, t in enumerate(renderings))
    return Concept(
        draw(st.sampled_from(["k7q2m", "c1", "a;b"])), draw(st.sampled_from(["concept", "law"])),
        draw(st.sampled_from([(), ("emotion",), ("emotion", "ai")])), zh, en, draw(st.sampled_from(["draft", "reviewed"])),
        literal=draw(PROSE), definition=Definition(draw(PROSE), draw(PROSE), draw(REFERENCES)), note=draw(PROSE),
        relations=draw(st.sampled_from([(), (Relation("broader", "b2c3d"), Relation("contrast", "c1", "not; the | same"))])),
        sources=draw(REFERENCES),
        remainder=draw(st.sampled_from([(), (("Client", "ACME"),), (("Client", "a | b"), ("Client", "c"), ("zh", "x"))])))


@pytest.mark.parametrize("name", TABLES)
@given(concept=concepts())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_there_and_back(name: str, concept: Concept) -> None:
    data, report = written(name, [concept], columns="all")
    assert not [x for x in report.losses if x.kind == "dropped"]
    back, _, _ = read(data, f"x.{name}", format=name)
    assert [in_one_order(c) for c in back] == [in_one_order(concept)]


@given(values=st.lists(st.text("ab;；|\\\n 情", min_size=1).map(str.strip).filter(bool), max_size=4))
def test_cells_are_split_as_they_were_joined(values: list[str]) -> None:
    assert split(joined(values)) == values


@given(st.text("=+-@\t'＝ab"))
def test_no_cell_is_run_and_every_one_comes_back(text: str) -> None:
    out = defuse(text)
    assert out[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert as_meant(out) == text


def test_partings_inside_brackets_are_text() -> None:
    assert split("a (b; c); d") == ["a (b; c)", "d"]
    assert split("a (b; c") == ["a (b", "c"]
    assert split("人脸识别；面部识别|人像识别\n刷脸") == ["人脸识别", "面部识别", "人像识别", "刷脸"]
    assert split("one, two, and three") == ["one, two, and three"]
    assert escape("a;b") == r"a\;b"


@pytest.mark.parametrize(
    ("cell", "terms"),
    [
        ("人脸识别/面部识别", ["人脸识别", "面部识别"]),
        ("人脸识别／面部识别；人像识别", ["人脸识别", "面部识别", "人像识别"]),
        ("facial recognition / face recognition", ["facial recognition", "face recognition"]),
        ("（1:1/1:N）人脸识别/刷脸", ["（1:1/1:N）人脸识别", "刷脸"]),
        ("（甲/乙）机", ["（甲/乙）机"]),
        ("and/or", ["and/or"]), ("and / or", ["and / or"]), ("AI/ML", ["AI/ML"]), ("km/h", ["km/h"]),
        ("GB/T 28181", ["GB/T 28181"]), ("TCP/IP协议", ["TCP/IP协议"]), ("公里/h", ["公里/h"]),
        ("非法集会、游行、示威罪", ["非法集会、游行、示威罪"]),
        (r"注意力缺陷\/多动障碍", ["注意力缺陷/多动障碍"]),
    ],
)  # fmt: skip
def test_slashes_part_terms_where_nothing_else_is_meant(cell: str, terms: list[str]) -> None:
    assert split_terms(cell) == terms


@given(values=st.lists(st.text("a;|\\ /／情、(", min_size=1).map(str.strip).filter(bool), max_size=4))
def test_terms_are_split_as_they_were_joined(values: list[str]) -> None:
    assert split_terms(" | ".join(map(escape_term, values))) == values


def test_what_parts_terms_and_what_may_is_said() -> None:
    table = "zh,en\n人脸识别/面部识别,facial recognition\n非法集会、游行、示威罪,unlawful assembly\n"
    found, report, _ = read(table.encode(), "x.csv")
    assert [[t.text for t in c.zh] for c in found] == [["人脸识别", "面部识别"], ["非法集会、游行、示威罪"]]
    said = {loss.field for loss in report.losses}
    assert {"zh: several terms in a cell taken apart", "zh: 、 in a term; it parts no terms"} <= said


def test_the_contract_s_columns_are_always_written() -> None:
    data, report = written("csv", [Concept("k7q2m", "concept", ("ai",), (ZhTerm("情绪", "qíngxù"),), (EnTerm("emotion", abbr="E"),))])
    header, row = csv.reader(io.StringIO(data.decode()))
    assert header == CONTRACT
    assert dict(zip(header, row, strict=True))["hant"] == "情緒"
    assert "abbr: left out, once (k7q2m)" in noted(report)
    assert "columns=all keeps" in noted(report)


def test_columns_that_do_not_exist_are_named() -> None:
    with pytest.raises(InputError, match="no column 'zhh'"):
        written("csv", [], columns="zhh,en")
    with pytest.raises(InputError, match="zh and en must be among them"):
        written("csv", [], columns="zh,note")
    with pytest.raises(InputError, match="no option 'colums'"):
        written("csv", [], colums="all")


def test_traditional_tables() -> None:
    concept = Concept("k7q2m", "concept", (), (ZhTerm("情绪", "qíngxù", trad="情緒"),), (EnTerm("emotion"),))
    data, report = written("csv", [concept], script="hant")
    assert "情緒" in data.decode()
    assert "情绪" not in data.decode()
    assert "the simplified form" in noted(report)
    back, _, _ = read(data)
    assert back[0].zh == concept.zh
    assert written("csv", [concept], script="hant", columns="zh,en")[0].decode() == "zh,en\r\n情緒,emotion\r\n"


def test_formulas_are_defused_in_every_table() -> None:
    concept = Concept("k7q2m", "concept", (), (ZhTerm("情绪", "qíngxù"),), (EnTerm('=HYPERLINK("http://x","y")'),), note="@SUM(1)")
    for name in TABLES:
        data, _ = written(name, [concept])
        if name == "xlsx":
            cells = [c for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows() for c in row]
            assert all(c.data_type != "f" for c in cells)
            texts = [str(c.value) for c in cells if c.value]
        else:
            texts = [c for row in csv.reader(io.StringIO(data.decode()), delimiter="\t" if name == "tsv" else ",") for c in row]
        assert '\'=HYPERLINK("http://x","y")' in texts
        assert "'@SUM(1)" in texts
        assert not any(t.startswith(("=", "@", "+", "-")) for t in texts)
        back, _, _ = read(data, f"x.{name}")
        assert (back[0].en, back[0].note) == (concept.en, concept.note)


def test_names_of_kept_columns_are_defused_too() -> None:
    concept = Concept("k7q2m", "concept", (), (ZhTerm("情绪", "qíngxù"),), (), remainder=(("=1+1", "a"), ("bad\x0bname", "b")))
    for name in TABLES:
        data, _ = written(name, [concept])
        back, _, _ = read(data, f"x.{name}")
        assert back[0].remainder[0] == ("=1+1", "a")
    assert "'=1+1" in written("csv", [concept])[0].decode()


# headers, languages, statuses

HEADERS = {
    "zh": "zh", "Chinese": "zh", "中文": "zh", "中文术语": "zh", "zh-CN": "zh", "zh_CN": "zh", "zh-Hans": "zh", "zho": "zh",
    "Chinese (PRC)": "zh", "Chinese term": "zh", "ZH": "zh", "zh-TW": "hant@TW", "zh-Hant": "hant", "繁體": "hant",
    "Traditional Chinese": "hant", "en": "en", "English": "en", "英文": "en", "EN-GB": "en@GB", "en_US": "en@US",
    "English (United Kingdom)": "en@GB", "English Term": "en", "Definition (English)": "definition", "definition_zh": "definition_zh",
    "Chinese definition": "definition_zh", "Part of Speech": "pos", "备注": "note", "Subject": "domain", "拼音": "pinyin",
    "zh-Latn-pinyin": "pinyin", "Entry_ID": "id", "Forbidden": "forbidden", "Source term": "first", "译文": "second",
    "source": "source", "target": "second", "Case sensitive": "", "fr": "", "Priority": "", "": "", "note": "note", "status": "status",
    "Chinese status": "zh_status", "en-note": "en_note",
}


@pytest.mark.parametrize(("header", "role"), HEADERS.items())
def test_headers(header: str, role: str) -> None:
    assert role_of(header) == role


TAGS = {
    "zh": ("zh", "", ""), "zh-CN": ("zh", "Hans", "CN"), "zh_CN": ("zh", "Hans", "CN"), "zh-Hans": ("zh", "Hans", ""),
    "zho": ("zh", "", ""), "zh-Hant": ("zh", "Hant", ""), "zh-Hant-TW": ("zh", "Hant", "TW"), "cmn-Hans-CN": ("zh", "Hans", "CN"),
    "zh-Latn-pinyin": ("zh", "Latn", ""), "Chinese (Traditional, Hong Kong)": ("zh", "Hant", "HK"), "en-GB": ("en", "", "GB"),
    "eng": ("en", "", ""), "fr": ("fr", "", ""), "": ("", "", ""), "繁體中文": ("zh", "Hant", ""),
}


@pytest.mark.parametrize(("tag", "meant"), TAGS.items())
def test_language_tags(tag: str, meant: tuple[str, str, str]) -> None:
    assert language_of(tag) == meant


STATUSES = {
    "preferred": "preferred", "Preferred": "preferred", "preferredTerm-admn-sts": "preferred", "首选": "preferred",
    "admittedTerm": "admitted", "Allowed": "admitted", "deprecated": "deprecated", "deprecatedTermadmnsts": "deprecated",
    "forbidden": "deprecated", "Do not use": "deprecated", "禁用": "deprecated", "notRecommended": "deprecated",
    "Obsolete": "superseded", "supersededTerm-admn-sts": "superseded", "旧称": "superseded", "whatever": "",
}


@pytest.mark.parametrize(("word", "use"), STATUSES.items())
def test_status_words(word: str, use: str) -> None:
    assert use_of(word) == use
    found, report, _ = read_text(f"zh,en,status\n情绪识别,first,preferred\n情绪识别,second,{word}\n")
    assert found[0].en[-1].use == (use or "admitted")
    assert (("status", word) in found[0].remainder) == (not use)
    assert ("no status of ours" in noted(report)) == (not use)


def test_status_that_is_a_stage_of_work_is_the_entry_s() -> None:
    found, _, _ = read_text("zh,en,status\n情绪识别,emotion recognition,New\n人脸识别,face recognition,Finalized\n")
    assert [(c.status, c.en[0].use) for c in found] == [("draft", "preferred"), ("approved", "preferred")]


@pytest.mark.parametrize("word", ["yes", "TRUE", "1", "是", "x"])
def test_a_column_of_forbidden_terms(word: str) -> None:
    found, _, _ = read_text(f"source,target,Forbidden\n情绪识别,mood detection,{word}\n情绪识别,emotion recognition,no\n")
    assert [(t.text, t.use) for t in found[0].en] == [("emotion recognition", "preferred"), ("mood detection", "deprecated")]


@pytest.mark.parametrize(("text", "said"), [
    ("source,target\n情绪识别,emotion recognition\n", "column 1 is zh, column 2 is en"),
    ("source,target\nemotion recognition,情绪识别\n", "column 1 is en, column 2 is zh"),
    ("term,translation,definition\nemotion recognition,情绪识别,\n", "column 1 is en"),
    ("情绪识别,emotion recognition\n人脸识别,face recognition\n", "no header: column 1 read as zh, column 2 read as en"),
    ("emotion recognition,情绪识别\n", "no header: column 1 read as en, column 2 read as zh"),
    ("情绪识别,qíngxù shíbié,emotion recognition\n", "column 2 read as pinyin"),
    ("zh,en\nemotion recognition,情绪识别\n", "stood in each other's column"),
    ("中文,Chinese\n情绪识别,emotion recognition\n", "no header"),
    ("zh;en\n情绪识别;emotion recognition\n", "parted by semicolon"),
    ("zh\ten\n情绪识别\temotion recognition\n", "parted by tab"),
    ("sep=;\r\nzh;en\r\n情绪识别;emotion recognition\r\n", "parted by semicolon"),
    ("Glossary of 2024,\n,\nzh,en\n情绪识别,emotion recognition\n", "taken for a title"),
    ("﻿zh,en\n情绪识别,emotion recognition\n", ""),
    ("zh,en\r情绪识别,emotion recognition\r", ""),
    ("\n\nzh,en\n\n ,\n情绪识别,emotion recognition\n\n", ""),
    ("# a remark\n情绪识别,emotion recognition\n", ""),
])
def test_tables_as_people_have_them(text: str, said: str) -> None:
    found, report, _ = read_text(text)
    assert (["情绪识别"], ["emotion recognition"]) in pairs(found)
    assert said in noted(report)


def test_source_is_a_citation_where_the_languages_are_named() -> None:
    found, _, options = read_text(
        'zh,en,source\n情绪识别,emotion recognition,https://example.org/a\n人脸识别,face recognition,"Wang 2019; Li 2020, p. 3"\n')
    assert found[0].en[0].sources[0].url == "https://example.org/a"
    titles = [options.found.sources[r.cite].title for r in found[1].en[0].sources]
    assert titles == ["Wang 2019", "Li 2020, p. 3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_encodings(encoding: str) -> None:
    rows = "zh,en\n" + "情緒,emotion\n人臉,face\n" * 3 if encoding == "big5" else "zh,en\n情绪识别,emotion recognition\n" * 2
    found, report, _ = read(rows.encode(encoding))
    assert found[0].zh[0].text == to_simplified(rows.splitlines()[1].split(",")[0])
    assert ("read as" in noted(report)) == (encoding not in ("utf-8", "utf-8-sig"))


def test_gb18030_far_into_a_large_file() -> None:
    head = b"zh,en\n" + b"".join(b"SIM%d,subscriber identity module\n" % i for i in range(40_000))
    found, report, _ = read(head + "情绪识别,emotion recognition\n人脸识别的数据,face data\n".encode("gb18030"))
    assert "人脸识别的数据" in {t.text for c in found for t in c.zh}
    assert "read as gb18030" in noted(report)


def test_rows_that_share_an_id_or_term_and_domain_are_one_concept() -> None:
    found, _, _ = read_text(
        "id,zh,en,status,domain\n1,情绪识别,emotion recognition,,\n2,雪亮工程,Sharp Eyes,,\n1,情感识别,affect recognition,,\n"
        ",权利,right,,legal\n,权利,entitlement,admitted,legal\n,权利,power,,ai\n,权利,claim,,\n")
    assert pairs(found) == [
        (["情绪识别", "情感识别"], ["emotion recognition", "affect recognition"]), (["雪亮工程"], ["Sharp Eyes"]),
        (["权利"], ["right", "entitlement"]), (["权利"], ["power"]), (["权利"], ["claim"])]


def test_rows_that_contradict_each_other_keep_both() -> None:
    found, report, _ = read_text("zh,en,definition,note\n情绪,emotion,one,a\n情绪,feeling,two,b\n")
    assert found[0].definition.en == "one"
    assert ("definition.en", "two") in found[0].remainder
    assert found[0].note == "a\nb"
    assert "another row of the concept says otherwise" in noted(report)


def test_an_id_that_is_none_is_said() -> None:
    rows = "".join(f"1,情绪,emotion {i}\n" for i in range(1200))
    with pytest.raises(InputError, match=r"terms.csv: line 1001: 1 has more than 1,000 terms; is the column of ids one\?"):
        read_text("id,zh,en\n" + rows)


def test_concepts_in_one_language_are_kept() -> None:
    found, _, _ = read_text("zh,en\n情绪识别,\n,face recognition\n")
    assert pairs(found) == [(["情绪识别"], []), ([], ["face recognition"])]


def test_ragged_rows_lose_nothing() -> None:
    found, report, _ = read_text("zh,en,note\n情绪识别,emotion recognition\n人脸识别,face recognition,a note,more,still more\n")
    assert found[1].remainder == (("column 4", "more"), ("column 5", "still more"))
    assert "rows that are shorter than the header" in noted(report)
    assert "cells beyond the last column: kept as it was, without being understood, once (line 3)" in noted(report)


def test_columns_with_no_place_are_kept_and_come_back() -> None:
    found, report, _ = read_text("zh,en,Client,Priority\n情绪识别,emotion recognition,ACME,1\n")
    assert found[0].remainder == (("Client", "ACME"), ("Priority", "1"))
    assert "Client: kept as it was" in noted(report)
    header, row = csv.reader(io.StringIO(written("csv", [replace(found[0], id="k7q2m")])[0].decode()))
    assert header[-2:] == ["Client", "Priority"]
    assert row[-2:] == ["ACME", "1"]


@pytest.mark.parametrize(("cell", "reading"), [
    ("qíngxù shíbié", "qíngxù shíbié"), ("qing2xu4 shi2bie2", "qíngxù shíbié"), ("Qing2 xu4", "Qíng xù"), ("", "qíngxù shíbié"),
    ("qingxu shibie", "qíngxù shíbié"), ("qingxushibie", "qíngxù shíbié"), ("ㄑㄧㄥˊㄒㄩˋ", "qíngxù"), ("chingshü", "chingshü"),
])
def test_pinyin_as_it_is_given(cell: str, reading: str) -> None:
    found, _, _ = read_text(f"zh,en,pinyin\n情绪识别,emotion recognition,{cell}\n")
    assert found[0].zh[0].pinyin == reading


def test_supplied_pinyin_is_said() -> None:
    _, report, _ = read_text("zh,en\n情绪识别,emotion recognition\n")
    assert "pinyin: supplied by us, once (情绪识别)" in noted(report)


def test_traditional_in_the_chinese_column() -> None:
    found, report, _ = read_text("zh,en\n情緒識別,emotion recognition\n")
    assert (found[0].zh[0].text, found[0].zh[0].trad) == ("情绪识别", "情緒識別")
    assert "traditional made simplified" in noted(report)


def test_what_only_looks_traditional_or_swapped_stays() -> None:
    found, report, _ = read_text("zh,en\n乾安县,Qian'an county\n慰藉,solace\n3C,\"computers (電腦), communications, consumer electronics\"\n")
    assert [c.zh[0].text for c in found] == ["乾安县", "慰藉", "3C"]
    assert not [x for x in report.losses if x.kind == "changed"]


def test_domains_by_label_and_domains_of_one_s_own() -> None:
    found, _, options = read_text(
        'zh,en,domain\n情绪,emotion,"Policing, public security and social control"\n人脸,face,"ai, emotion"\n网格,grid,Police law\n')
    assert [c.domains for c in found] == [("policing",), ("ai", "emotion"), ("police-law",)]
    assert options.found.vocabulary["domains"]["police-law"] == {"en": "Police law", "zh": "Police law"}


def test_tsv_with_quotation_marks_that_enclose_nothing() -> None:
    found, _, _ = read_text('情绪识别\t"mood" detection\n人脸识别\t"face\n雪亮\teyes\n', "terms.txt")
    assert [c.en[0].text for c in found] == ['"mood" detection', '"face', "eyes"]
    found, _, _ = read_text('zh\ten\tnote\n情绪识别\temotion\t"two\nlines"\n', "terms.tsv")
    assert found[0].note == "two\nlines"


# what is no table

@pytest.mark.parametrize(("data", "message"), [
    (b"", "terms.csv: is empty"),
    (b"zh,en\n", "no concept was found"),
    (b"PK\x03\x04 cut off", "terms.csv: is a damaged or cut-off .xlsx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old .xls file"),
    (b"%PDF-1.7", "is a PDF"),
    (b"SQLite format 3\0", "is no compiled term base, or is damaged"),
    (b"abc\0def,ghi\n", "NUL bytes"),
    (b"\xff\xfez\0h\0,\0\x00", "terms.csv"),
    (b"1,2\n3,4\n", "no column holds terms"),
    ("这是一篇很长的文章，没有任何表格，只有很多很多的文字，一句接着一句，没有列，也没有分隔符，读者会奇怪为什么有人要导入它，但这种事情总是会发生的。所以要说清楚这不是表格，而且要说得很明白，谁也不会弄错。\n".encode(), "is no table"),
    (b"<!doctype html><html><body>", "is a web page"),
    (b"<rss><x/></rss>", "root <rss>"),
    (b'{"a": 1}', "not this project's JSON"),
    ('zh,en\n"情绪,emotion\n人脸,face\n'.encode(), "line 2: a quotation mark is opened there and never closed"),
    ('zh,en\n情绪,"' .encode() + b"x" * 200_000 + b"\n", "line 2.*quotation mark"),
])
def test_what_is_no_table_is_said_in_one_line(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        Glossary([]).import_(tmp_path / "terms.csv", tmp_path / "mine.db")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "mine.db").exists()


def workbook(rows: list[list[Any]], *more: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for n, sheet_rows in enumerate([rows, *more]):
        sheet = book.active if n == 0 else book.create_sheet(f"S{n}")
        for row in sheet_rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_workbooks_as_people_have_them() -> None:
    data = workbook(
        [["Glossary", None], [None, None], ["中文", "英文", "Year"], ["情绪识别", "emotion recognition", 2019], ["数据", "=1+1", 1.5]],
        [["zh", "en"], ["人脸识别", "face recognition"]], [["just a remark"]])
    found, report, _ = read(data, "misnamed.csv")
    assert report.format == "xlsx"
    assert pairs(found) == [(["情绪识别"], ["emotion recognition"]), (["数据"], []), (["人脸识别"], ["face recognition"])]
    assert found[0].remainder == (("Year", "2019"),)
    assert "sheets without a header: left out" in noted(report)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"xl__workbook.xml": b"<workbook/>", **parts}.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(("data", "message"), [
    (zipped(xl__bomb=b"0" * 30_000_000), "grows more than 200 times"),
    (zipped(xl__sharedStrings=b"x", **{"xl/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "DOCTYPE"),
    (zipped(), "damaged or cut-off"),
    (workbook([["zh", "en"], ["情绪", "emotion"]])[:-300], "damaged or cut-off"),
])
def test_hostile_and_damaged_workbooks(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(data, "terms.xlsx")


def test_documents_of_other_kinds_are_named() -> None:
    for part, message in (("word/document.xml", "Word document"), ("content.xml", "OpenDocument")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(part, "<x/>")
        with pytest.raises(InputError, match=message):
            read(out.getvalue(), "terms.docx")


def test_long_cells_are_shortened_and_said() -> None:
    concept = Concept("k7q2m", "concept", (), (ZhTerm("情绪", "qíngxù"),), (EnTerm("emotion"),), note="x" * 40_000)
    data, report = written("xlsx", [concept])
    assert "shortened, once" in noted(report)
    assert len(read(data, "x.xlsx")[0][0].note) == 32_767


def test_libreoffice_opens_our_workbook(tmp_path: Path, need: Callable[[str, str], str]) -> None:
    office = need("soffice libreoffice", "apt-get install libreoffice-calc-nogui")
    concept = Concept("k7q2m", "concept", ("emotion",), (ZhTerm("情绪识别", "qíngxù shíbié", trad="情緒識別"),),
                      (EnTerm("emotion recognition"), EnTerm("=1+1", "deprecated")), note="two\nlines, “quoted”")
    (tmp_path / "terms.xlsx").write_bytes(written("xlsx", [concept])[0])
    subprocess.run([office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path), str(tmp_path / "terms.xlsx")],
                   check=True, capture_output=True, timeout=120)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "terms.csv").read_text(encoding="utf-8"))))
    assert [r["en"] for r in rows] == ["emotion recognition", "'=1+1"]
    assert rows[0] | {"zh": "情绪识别", "hant": "情緒識別", "pinyin": "qíngxù shíbié", "note": "two\nlines, “quoted”"} == rows[0]
    back, _, _ = read((tmp_path / "terms.csv").read_bytes())
    assert back == [concept]


def test_works_that_a_table_names_stay_known() -> None:
    reference = Reference("hrw-2017", page="3", note=(4, 12), url="https://example.org/a;b")
    concept = Concept("k7q2m", "concept", (), (ZhTerm("情绪", "qíngxù"),), (EnTerm("emotion", sources=(reference,)),))
    data, _ = written("csv", [concept])
    file = io.BytesIO(data)
    options = Options(source_of=lambda cite: Source(cite, "report", "A report") if cite == "hrw-2017" else None)
    found = list(format_of("csv").reader(file, Report("csv", "read"), options))
    assert found[0].en[0].sources == (reference,)
    assert not options.found.sources
