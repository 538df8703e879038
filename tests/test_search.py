"""Look-up: every way to type a term, why it matched, the order, bad input."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import InputError
from glossary.search.hit import TIERS
from glossary.search.query import Query, read_pinyin

if TYPE_CHECKING:
    from glossary import Glossary


@pytest.mark.parametrize(("query", "id", "why"), [
    ("情绪识别", "k7q2m", "Chinese"),
    ("情緒識別", "k7q2m", "Chinese"),
    ("情緒识别", "k7q2m", "Chinese"),
    ("《情绪识别》", "k7q2m", "Chinese"),
    ("情 绪 识 别", "k7q2m", "Chinese"),
    ("ＡＩ双师课堂", "t5r8w", "Chinese"),
    ("qíngxù shíbié", "k7q2m", "pinyin with tones"),
    ("qi\u0301ngxu\u0300 shi\u0301bie\u0301", "k7q2m", "pinyin with tones"),
    ("qing2xu4shi2bie2", "k7q2m", "pinyin with tones"),
    ("qing2 xu4 shi2 bie2", "k7q2m", "pinyin with tones"),
    ("Qīngxù", "b2c3d", "similar"),
    ("recognising emotions", "k7q2m", "English words"),
    ("k7q2m", "k7q2m", "the entry's id"),
    ("shibie", "k7q2m", "inside the pinyin"),
    ("情绪sb", "k7q2m", "characters and pinyin"),
    ("qx识别", "k7q2m", "characters and pinyin"),
    ("雪亮gc", "m4n8p", "characters and pinyin"),
    ("亮gongch", "m4n8p", "characters and pinyin, inside"),
    ("情續识别", "k7q2m", "similar"),
    ("晴绪识别", "k7q2m", "similar"),
    ("雪亮工成", "m4n8p", "similar"),
    ("qinxushibie", "k7q2m", "similar"),
    ("qingxusibie", "k7q2m", "similar"),
    ("qingxushibei", "k7q2m", "similar"),
    ("qing1xu4 shi2bie2", "k7q2m", "similar"),
    ("emotion recogntion", "k7q2m", "similar"),
    ("emotoin", "b2c3d", "similar"),
    ("emotionrecognition", "k7q2m", "English"),
    ("情*识别", "k7q2m", "beginning of the Chinese"),
    ("雪亮?程", "m4n8p", "beginning of the Chinese"),
    ("recogni*", "k7q2m", "English words"),
    ("en:emotion recognition", "k7q2m", "English"),
    ("py:qingxu", "b2c3d", "pinyin"),
    ("zh:情绪", "b2c3d", "Chinese"),
    ("id:k7q2m", "k7q2m", "the entry's id"),
    ("kind:technology qingxu", "k7q2m", "beginning of the pinyin"),
    ("情绪 -识别", "b2c3d", "Chinese"),
    ('"sharp eyes"', "m4n8p", "English words"),
    ("qing xu shi bie", "k7q2m", "pinyin"),
    ("qingxushibie", "k7q2m", "pinyin"),
    ("QINGXU SHIBIE", "k7q2m", "pinyin"),
    ("qing'xu'shi'bie", "k7q2m", "pinyin"),
    ("qingxu4 shibie", "k7q2m", "pinyin"),
    ("qingxushib", "k7q2m", "beginning of the pinyin"),
    ("xueliang", "m4n8p", "beginning of the pinyin"),
    ("shuangshiketang", "t5r8w", "pinyin"),
    ("ㄑㄧㄥˊㄒㄩˋㄕˊㄅㄧㄝˊ", "k7q2m", "pinyin with tones"),
    ("qxsb", "k7q2m", "initials"),
    ("QXSB", "k7q2m", "initials"),
    ("xlgc", "m4n8p", "initials"),
    ("AI shuāngshī kètáng", "t5r8w", "pinyin"),
    ("ai shuangshi ke", "t5r8w", "beginning of the pinyin"),
    ("aishuangshiketang", "t5r8w", "pinyin"),
    ("sskt", "t5r8w", "initials"),
    ("shshkt", "t5r8w", "initials"),
    ("qxs", "k7q2m", "beginning of the initials"),
    ("emotion recognition", "k7q2m", "English"),
    ("Emotion-Recognition", "k7q2m", "English"),
    ("the emotion recognition", "k7q2m", "English"),
    ("ER", "k7q2m", "English"),
    ("mood detection", "k7q2m", "another rendering"),
    ("recognition of emotion", "k7q2m", "English words"),
    ("emotions recognition", "k7q2m", "English words"),
    ("sharp eyes", "m4n8p", "English words"),
    ("dazzling snow", "m4n8p", "English words"),
    ("nationwide effort", "m4n8p", "definition or note"),
    ("工程", "m4n8p", "inside the Chinese"),
    ("亮工", "m4n8p", "inside the Chinese"),
    ("程", "m4n8p", "inside the Chinese"),
    ("雪亮", "m4n8p", "beginning of the Chinese"),
    ("zzz", "", ""),
    ("没有这个词", "", ""),
])
def test_found_first_and_why(small: Glossary, query: str, id: str, why: str) -> None:
    results = small.lookup(query)
    assert [(h.id, h.why) for h in results[:1]] == ([(id, why)] if id else [])


@pytest.mark.parametrize(("query", "form", "spans"), [
    ("情緒識別", "情緒識別", [(0, 4)]),
    ("工程", "雪亮工程", [(2, 4)]),
    ("qxsb", "qíngxù shíbié", [(0, 1), (4, 5), (7, 8), (10, 11)]),
    ("qingxush", "qíngxù shíbié", [(0, 9)]),
    ("recognition", "emotion recognition", [(8, 19)]),
])
def test_matching_part_is_marked(small: Glossary, query: str, form: str, spans: list[tuple[int, int]]) -> None:
    matched = small.lookup(query)[0].matched
    assert (matched.form, matched.spans) == (form, spans)


def test_deprecated_form_is_said(small: Glossary) -> None:
    hit = small.lookup("mood detection")[0]
    assert (hit.id, hit.use, hit.matched.form, hit.en) == ("k7q2m", "deprecated", "mood detection", ["emotion recognition"])


def test_a_wrong_tone_is_only_similar(small: Glossary) -> None:
    for query in ("qing1xu4 shi2bie2", "qìngxù shíbié"):
        assert [(h.id, h.why) for h in small.lookup(query)][:1] == [("k7q2m", "similar")]


def test_a_border_typed_is_a_border(small: Glossary) -> None:
    assert [r.syllables for r in read_pinyin("xi'an")] == [("xi", "an")]
    assert ("xian",) in [r.syllables for r in read_pinyin("xian")]


def test_order_and_limit(small: Glossary) -> None:
    assert [h.id for h in small.lookup("情绪")] == ["b2c3d", "k7q2m"]
    assert [h.id for h in small.lookup("emotion")] == ["b2c3d", "k7q2m"]
    assert [h.id for h in small.lookup("情绪", limit=1)] == ["b2c3d"]
    tiers = [h.tier for h in small.lookup("qingxu")]
    assert tiers == sorted(tiers)
    with pytest.raises(InputError, match="the limit must be 1 or more"):
        small.lookup("情绪", 0)


def test_readings_are_told(small: Glossary) -> None:
    assert small.lookup("qxsb").readings == ["initials", "english"]
    assert small.lookup("qingxu").readings == ["pinyin", "english"]
    assert small.lookup("情绪").readings == ["zh"]
    assert small.lookup("ㄑㄧㄥˊ").readings == ["zhuyin"]


def test_the_contract_s_keys(small: Glossary) -> None:
    answer = small.lookup("qxsb").to_dict()
    assert set(answer) >= {"query", "readings", "hits", "suggestions"}
    assert set(answer["hits"][0]) >= {"id", "zh", "hant", "pinyin", "en", "zh_all", "en_all", "kind", "domains", "tier", "matched"}
    assert set(answer["hits"][0]["matched"]) == {"field", "form", "spans"}
    assert answer["hits"][0]["zh_all"] == ["情绪识别", "情緒識別"]
    assert answer["hits"][0]["en_all"] == ["emotion recognition", "ER", "mood detection"]
    assert len(TIERS) == len(set(TIERS))


BAD = ["", " ", "\0", "\x07情绪", "'\"; DROP TABLE concept; --", "<script>alert(1)</script>", "情绪" * 5000, "a" * 10000, "(((", '"', "*", "AND OR NOT",
       "NEAR(a b)", "term:x", "-", "%_%", "😀👩‍👩‍👧", "\u202e情绪\u202c", "\u200b", "情绪 recognition qíngxù", "。，！", "1234567890", "qing9", "u:", "ü", "''''",
       "ㄅ" * 200, "ng" * 60, "xianxianxianxianxianxianxianxianxianxian", "a" * 119, "*" * 200, "*a" * 100, "情*" * 60, "?" * 250, "a?" * 120, "[*", "情[*", "İ", "ﬁ", "\ufffd", "情\n绪"]


@pytest.mark.parametrize("query", BAD, ids=range(len(BAD)))
def test_any_query_is_answered(small: Glossary, query: str) -> None:
    start = time.perf_counter()
    answer = small.lookup(query).to_dict()
    assert answer["query"] == query
    assert time.perf_counter() - start < 5  # hangs, not speed


def test_invisible_characters_do_not_hide_a_term(small: Glossary) -> None:
    for query in ("\u202e情绪识别\u202c", "情\u200b绪识别", "情\n绪识别", "\ufeff情绪识别"):
        assert small.lookup(query)[0].id == "k7q2m"


def test_half_a_character(small: Glossary) -> None:
    with pytest.raises(InputError, match="lone surrogate"):
        small.lookup("\ud800")


@given(st.text(max_size=30))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(Query(text).readings, list)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_is_looked_up(small: Glossary, text: str) -> None:
    for hit in small.lookup(text):
        assert all(0 <= s < e <= len(hit.matched.form) for s, e in hit.matched.spans)


def test_several_bases(small: Glossary, small_base: str) -> None:
    from glossary import Glossary

    both = Glossary.open(small_base, small_base)
    assert [h.id for h in both.lookup("情绪")] == ["b2c3d", "k7q2m"]
    assert [m.id for m in both.annotate("情绪识别").matches] == ["k7q2m"]


def test_conditions(small: Glossary) -> None:
    assert [h.id for h in small.lookup("domain:surveillance")] == ["m4n8p"]
    assert [h.id for h in small.lookup("status:reviewed kind:technology")] == ["k7q2m"]
    assert [h.id for h in small.lookup("domain:emotion 情绪")] == ["b2c3d", "k7q2m"]
    assert small.lookup("domain:policing 情绪") == []
    assert {h.id for h in small.lookup("source:article19-2021")} == {"b2c3d", "k7q2m", "m4n8p", "t5r8w"}
    assert [h.id for h in small.lookup("情绪 -识别")] == ["b2c3d"]
    assert small.lookup("foo:情绪").readings == ["mixed"]


def test_facets_count_everything_found(small: Glossary) -> None:
    results = small.lookup("情绪", 1, facets=True)
    assert (len(results), results.total, results.more) == (1, 2, False)
    assert results.facets["domain"] == {"emotion": 2, "ai": 1}
    assert results.facets["status"] == {"draft": 1, "reviewed": 1}
    assert results.to_dict()["facets"] == results.facets
    assert small.lookup("情绪").facets == {}


def test_nothing_found_offers_what_is_known(small: Glossary) -> None:
    results = small.lookup("情绪识别无此雪亮工程")
    assert results == []
    assert results.suggestions == ["情绪识别", "雪亮工程"]
    assert small.lookup("unknown emotion qqqq").suggestions == ["emotion"]


def test_suggestions_while_typing_leave_out_what_is_similar(small: Glossary) -> None:
    assert [h.id for h in small.suggest("qingx")] == ["b2c3d", "k7q2m"]
    assert small.suggest("emotoin") == []
