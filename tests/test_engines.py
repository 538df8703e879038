"""Search strings for outside engines: each engine's own rules, limits, addresses, what is chosen and what left out."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import Glossary, InputError
from glossary.model import concept_from
from glossary.queries.choose import lines
from glossary.queries.engine import FIELDS, GROUPS, LONGEST_ADDRESS, engines, engines_named, width, words
from glossary.queries.forms import stands_in
from glossary.termbase.compile import compile_base

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.model import Concept
    from glossary.queries.engine import Engine
    from glossary.queries.query import Query

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-23"
ALL = list(engines())
WEB = ["baidu", "bing", "google", "google-tw", "google-hk"]
ONE_AT_A_TIME = ["baidu-scholar", "wechat", "govcn", "ccgp", "standards", "openstd", "ndltd", "tw-law", "hk-legislation", "hklii"]

FACE, TUTOR, HOME, NARROW, LONGNAME, MAKER = "f4c3r", "t7t0r", "h0m3e", "n4rr0", "q1ngm", "m4k3r"
CONCEPTS: dict[str, dict[str, Any]] = {
    FACE: {"kind": "technology", "domains": ["biometrics"],
           "zh": [{"text": "人脸识别", "trad": "人臉識別", "pinyin": "rénliǎn shíbié"},
                  {"text": "面部识别", "trad": "面部識別", "pinyin": "miànbù shíbié", "use": "admitted", "type": "variant"},
                  {"text": "人脸辨识", "trad": "人臉辨識", "pinyin": "rénliǎn biànshí", "use": "admitted", "region": "TW"},
                  {"text": "容貌识别", "trad": "容貌識別", "pinyin": "róngmào shíbié", "use": "admitted", "region": "HK"},
                  {"text": "人脸识别技术", "trad": "人臉識別技術", "pinyin": "rénliǎn shíbié jìshù", "use": "admitted", "type": "full"},
                  {"text": "人面识别", "trad": "人面識別", "pinyin": "rénmiàn shíbié", "use": "superseded"},
                  {"text": "脸认", "trad": "臉認", "pinyin": "liǎnrèn", "use": "deprecated"},
                  {"text": "刷面", "trad": "刷面", "pinyin": "shuāmiàn", "use": "deprecated", "sources": [{"cite": "article19-2021", "page": "9"}]}],
           "en": [{"text": "facial recognition"}, {"text": "face recognition", "use": "admitted", "abbr": "FR"},
                  {"text": "face reading", "use": "deprecated"}]},
    TUTOR: {"kind": "role", "domains": ["education"],
            "zh": [{"text": "家教", "pinyin": "jiājiào"}, {"text": "家庭教师", "trad": "家庭教師", "pinyin": "jiātíng jiàoshī", "use": "admitted"}],
            "en": [{"text": "private tutor"}]},
    HOME: {"kind": "concept", "domains": ["education"],
           "zh": [{"text": "家庭教育", "pinyin": "jiātíng jiàoyù"}, {"text": "家教", "pinyin": "jiājiào", "use": "admitted", "type": "short"},
                  {"text": "教", "pinyin": "jiào", "use": "admitted", "type": "abbreviation"}],
           "en": [{"text": "family education"}]},
    NARROW: {"kind": "technology", "domains": ["biometrics"], "zh": [{"text": "动态面容比对", "trad": "動態面容比對", "pinyin": "dòngtài miànróng bǐduì"}],
             "en": [{"text": "live face matching"}], "broader": [FACE]},
    LONGNAME: {"kind": "law", "domains": ["legal"], "en": [{"text": "A law with “quotes” and 'marks' \"all\" over it"}],
               "zh": [{"text": "关于《某某法》若干问题的解释（试行）、互联网+与1:1“比对”" * 2, "pinyin": "guānyú"}]},
    MAKER: {"kind": "company", "domains": ["industry"], "zh": [{"text": "O'Neill \"科技\"", "pinyin": "kējì"}, {"text": "奥尼尔科技", "pinyin": "Àoní'ěr Kējì", "use": "admitted"}],
            "en": [{"text": "O'Neill Technology"}]},
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, bundled: Glossary) -> Glossary:
    path = tmp_path_factory.mktemp("engines") / "base.db"
    compile_base(path, [concept_from(id, data) for id, data in CONCEPTS.items()], {}, bundled.vocabulary)
    return Glossary.open(path)


@pytest.fixture(scope="module")
def sample(bundled: Glossary) -> list[Concept]:
    """Every twentieth concept, and those with the most, the longest and the oddest forms."""
    everything = list(bundled)
    many = sorted(everything, key=lambda c: -len(c.zh))[:40]
    long = sorted(everything, key=lambda c: -max(len(t.text) for t in c.zh))[:40]
    odd = [c for c in everything if re.search(r"[^\w]", "".join(t.text for t in c.zh) + "".join(t.text for t in c.en))][:60]
    return [*everything[::20], *many, *long, *odd]


# what an engine's own grammar says of a string: a reader for each kind, written apart from the code that writes


def read_fielded(string: str, mark: str, block: str, joint: str, negation: str, code: str) -> tuple[list[list[str]], list[str]]:
    """Blocks and excluded forms of `CODE=('a' + 'b') AND CODE=('c') NOT CODE=('d')` and its like."""
    wanted, *excluded = re.split(rf"(?<=\)){negation}(?=\S)", string)  # a form may hold the word itself
    assert len(excluded) <= 1

    def forms(piece: str) -> list[str]:
        inside = re.fullmatch(block, piece)
        assert inside, piece
        whole = re.findall(rf"(?:{code}=)?{mark}([^{mark}]+){mark}", inside[1])
        glue = re.sub(rf"(?:{code}=)?{mark}[^{mark}]+{mark}", "", inside[1])
        assert set(re.findall(r"\S+", glue)) <= {joint}, piece
        assert glue.count(joint) == len(whole) - 1
        return whole

    return [forms(p) for p in re.split(r"(?<=\)) (?:AND|and) (?=\S)", wanted)], [f for e in excluded for f in forms(e)]


def read_web(string: str, joint: str, minus: str) -> tuple[list[list[str]], list[str]]:
    """Blocks and excluded forms of `("a" OR "b") "c" -"d" site:tw`, by walking over it."""
    string = re.sub(r" site:[a-z.]+$", "", string)
    blocks: list[list[str]] = []
    excluded: list[str] = []
    for block, single, out in re.findall(rf'\(((?:"[^"]+"(?: {re.escape(joint)} )?)+)\)|(?<!\S)("[^"]+")|(?<!\S){minus}("[^"]+")', string):
        if out:
            excluded.append(out.strip('"'))
        else:
            blocks.append(re.findall('"([^"]+)"', block or single))
    quoted = [f" {joint} ".join('"' + form + '"' for form in block) for block in blocks]
    again = " ".join("(" + text + ")" if len(block) > 1 else text for text, block in zip(quoted, blocks, strict=True))
    assert again + "".join(f' {minus}"{form}"' for form in excluded) == string
    return blocks, excluded


def read_scholar(string: str) -> tuple[list[list[str]], list[str]]:
    assert not set("()") & set(re.sub('"[^"]*"', "", string))
    tokens = re.findall(r'-?"[^"]+"|OR', string)
    assert " ".join(tokens) == string
    blocks: list[list[str]] = []
    excluded = [t[2:-1] for t in tokens if t.startswith("-")]
    joined = False
    for token in (t for t in tokens if not t.startswith("-")):
        if token == "OR":
            joined = True
        else:
            blocks[-1].append(token.strip('"')) if joined else blocks.append([token.strip('"')])
            joined = False
    assert not joined
    return blocks, excluded


READERS: dict[str, Callable[[str], tuple[list[list[str]], list[str]]]] = {
    "cnki": lambda s: read_fielded(s, "'", r"SU=\((.+)\)", "+", " NOT ", "SU"),
    "wanfang": lambda s: read_fielded(s, '"', r"主题:\((.+)\)", "or", " not ", "主题"),
    "vip": lambda s: read_fielded(s, '"', r"\((.+)\)", "OR", " NOT ", "M"),
    "airiti": lambda s: read_fielded(s, '"', r"\((.+)\)", "OR", " NOT ", ""),
    "google-scholar": read_scholar,
    "baidu": lambda s: read_web(s, "|", "-"),
    "bing": lambda s: read_web(s, "OR", "NOT "),
    "google": lambda s: read_web(s, "OR", "-"),
    "google-tw": lambda s: read_web(s, "OR", "-"),
    "google-hk": lambda s: read_web(s, "OR", "-"),
    "baidu-scholar": lambda s: ([[s[1:-1]]], []) if re.fullmatch('"[^"]+"', s) else pytest.fail(s),
    **{id: lambda s: ([[s]], []) for id in ONE_AT_A_TIME if id != "baidu-scholar"},
}


def keeps_limits(engine: Engine, query: Query) -> None:
    limits = {**engine.limits}
    assert len(query.string) <= limits.pop("characters", 10**6)
    assert sum(2 if c >= "\u2e80" else 1 for c in query.string) <= limits.pop("width", 10**6)
    assert words(query.string) <= limits.pop("words", 10**6)
    terms = sum(len(f.split()) for f in (*query.forms, *query.excluded)) + query.string.count(" site:")
    assert terms <= limits.pop("terms", 10**6)
    assert not limits
    assert len(query.url.encode()) <= LONGEST_ADDRESS


def check(query: Query) -> None:
    """Everything that must hold of any query."""
    engine = engines()[query.engine]
    blocks, excluded = READERS[engine.id](query.string)
    assert tuple(f for b in blocks for f in b) == query.forms
    assert tuple(excluded) == query.excluded
    assert not set(query.forms) & set(query.dropped)
    assert list(query.reasons) == list(query.dropped)
    keeps_limits(engine, query)
    if engine.address:
        name = next(k for k, v in parse_qs(urlsplit(engine.address).query).items() if v == ["{q}"])
        assert parse_qs(urlsplit(query.url).query, encoding=engine.charset, errors="strict")[name] == [query.string]
        assert query.url.isascii()
        assert query.prefilled
    else:
        assert query.url == engine.form
        assert not query.prefilled


# the data


def test_a_reader_for_every_engine() -> None:
    assert set(READERS) == set(ALL)


@pytest.mark.parametrize("id", ALL)
def test_engine_record_is_whole(id: str) -> None:
    engine = engines()[id]
    assert engine.group in GROUPS
    assert engine.place in ("", "CN", "TW", "HK")
    assert engine.match in ("phrase", "words", "unknown")
    assert engine.form.startswith("https://")
    assert engine.address == "" or (engine.address.startswith("https://") and engine.address.count("{q}") == 1)
    assert engine.facts
    assert all(what and whence for what, whence in engine.facts)
    assert set(engine.fields) <= set(FIELDS)
    assert set(engine.limits) <= {"characters", "width", "words", "terms"}
    assert engine.quote in engine.term
    assert bool(engine.or_) == (engine.id not in ONE_AT_A_TIME)
    assert "情".encode(engine.charset)
    assert str(engine.checked) >= "2026-11-23"


def test_engines_by_name() -> None:
    assert [e.id for e in engines_named("scholar, CNKI,sogou")] == ["google-scholar", "cnki", "wechat"]
    assert [e.id for e in engines_named("all")] == ALL
    assert [e.id for e in engines_named(["vip,vip", "vip"])] == ["vip"]
    for wrong in ("", ",", "altavista"):
        with pytest.raises(InputError, match="search engine"):
            engines_named(wrong)


# each engine, on concepts of the base


@pytest.mark.parametrize("id", ALL)
def test_strings_follow_the_engine_s_rules(id: str, bundled: Glossary, sample: list[Concept]) -> None:
    """Over some 350 concepts in every size: the engine's grammar reads back exactly the forms; no limit is passed."""
    for number, concept in enumerate(sample):
        size = ("long", "short", "split")[number % 3]
        found = bundled.query(concept, id, size=size, english=number % 2 == 0, narrower=number % 5 == 0, date=DAY)
        if not found[0].string:  # only what is longer than the engine takes cannot be asked for
            assert any("too long" in why for why in found[0].reasons.values()), concept.label
            continue
        for query in found:
            check(query)
            assert len(query.forms) == 1 or size != "split"
        assert len(found) == 1 or size != "short"
        told = {f for q in found for f in (*q.forms, *q.dropped)}
        for zh in concept.zh:
            written = {"hans": zh.text, "hant": zh.trad or zh.text}[engines()[id].script]
            assert written in told or zh.region in ("TW", "HK"), concept.label


@pytest.mark.parametrize("id", ALL)
def test_many_together(id: str, bundled: Glossary, sample: list[Concept]) -> None:
    """Long lists are divided; nothing is lost and nothing asked for twice."""
    for start in range(0, 120, 30):
        found = bundled.query(sample[start : start + 30], id, english=True, date=DAY)
        for number, query in enumerate(found, 1):
            check(query)
            assert (query.part, query.parts) == (number, len(found))
        asked = [f for q in found for f in q.forms]
        assert len(asked) == len(set(asked))
        if not engines()[id].limits and not engines()[id].address and engines()[id].or_:
            assert len(found) == 1


@pytest.mark.parametrize("id", [i for i in ALL if engines()[i].and_])
def test_groups_are_joined_by_and(id: str, bundled: Glossary) -> None:
    found = bundled.query(["情绪识别", "表情识别"], id, also=[["公安", "看守所"]], date=DAY)
    pairs = set()
    for query in found:
        if engines()[id].or_:
            check(query)
            blocks, _ = READERS[id](query.string)
            assert len(blocks) == 2
            pairs |= {(a, b) for a in blocks[0] for b in blocks[1]}
        else:
            assert query.string == " ".join(query.forms)
            pairs.add((query.forms[0], query.forms[1]))
    first, second = {a for a, _ in pairs}, {b for _, b in pairs}
    assert {(a, b) for a in first for b in second} == pairs  # every combination is asked for
    assert len(second) >= 2


def test_combinations_are_kept_within_reason(bundled: Glossary, sample: list[Concept]) -> None:
    for id in ("baidu", "wechat"):
        found = bundled.query(sample[:25], id, also=[sample[30:55]], date=DAY)
        assert 20 < len(found) <= 60
        assert "would need more than 60 searches" in found[0].reasons.values()
        for query in found:
            keeps_limits(engines()[id], query)


def test_groups_where_the_engine_cannot(bundled: Glossary) -> None:
    query = bundled.query("情绪识别", "ccgp", also=["公安"], exclude=("广告",), site="gov.cn", field="title", date=DAY)[0]
    assert query.forms == ("情绪识别",)
    assert "cannot be told to join groups by AND, or to exclude terms, or to keep to a site, or to search the title alone" in query.note


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_words_at_all(bundled: Glossary, data: st.DataObject) -> None:
    """Terms as typed, whatever they hold."""
    text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda t: lines(t) != [])
    names = data.draw(st.lists(text, min_size=1, max_size=8))
    id = data.draw(st.sampled_from([i for i in ALL if engines()[i].quote]))
    names = [name + "〇" for name in names]  # so that it is no concept's
    found = bundled.query(names, id, as_typed=True, english=True, date=DAY)
    for query in (q for q in found if q.string):
        keeps_limits(engines()[id], query)
        assert query.string.count(engines()[id].quote) == 2 * len(query.forms)
        assert "\n" not in query.string


def test_the_worked_strings(small: Glossary) -> None:
    def strings(id: str, *names: str, **how: Any) -> list[str]:
        return [q.string for q in small.query(names or FACE, id, date=DAY, **how)]

    assert strings("cnki") == ["SU=('人脸识别' + '面部识别' + '人脸识别技术' + '人面识别' + '刷面')"]
    assert strings("cnki", field="title", size="short") == ["TI=('人脸识别' + '面部识别' + '人脸识别技术')"]
    assert strings("wanfang", size="short") == ['主题:("人脸识别" or "面部识别" or "人脸识别技术")']
    assert strings("vip", size="short") == ['(M="人脸识别" OR M="面部识别" OR M="人脸识别技术")']
    assert strings("google-scholar") == ['"人脸识别" OR "面部识别" OR "人面识别" OR "刷面"']
    assert strings("baidu") == ['("人脸识别" | "面部识别" | "人面识别" | "刷面")']
    assert strings("bing", site="gov.cn") == ['("人脸识别" OR "面部识别" OR "人面识别" OR "刷面") site:gov.cn']
    assert strings("google-tw") == ['("人臉辨識" OR "人臉識別" OR "面部識別" OR "人面識別" OR "刷面") site:tw']
    assert strings("google-hk") == ['("容貌識別" OR "人臉識別" OR "面部識別" OR "人面識別" OR "刷面") site:hk']
    assert strings("google-hk", site="gov.hk", old="none", size="short")[0].endswith(") site:gov.hk")
    assert strings("wechat") == ["人脸识别", "面部识别", "人脸识别技术", "人面识别", "刷面"]
    assert strings("ndltd", size="short") == ["人臉辨識"]
    assert strings("vip", TUTOR) == ['(M="家教" OR M="家庭教师") NOT (M="家庭教育")']
    assert strings("google", TUTOR, exclude=("招聘 网",)) == ['("家教" OR "家庭教师") -"招聘 网" -"家庭教育"']
    assert strings("cnki", FACE, NARROW, old="none", each=True) == ["SU=('人脸识别' + '面部识别' + '人脸识别技术')", "SU=('动态面容比对')"]


# what is chosen, and what is left out with its reason


def reasons(glossary: Glossary, name: str, id: str = "cnki", **how: Any) -> dict[str, str]:
    return glossary.query(name, id, date=DAY, **how)[0].reasons


def test_old_forms(small: Glossary) -> None:
    assert reasons(small, FACE)["脸认"] == "deprecated, and no source uses it"
    assert "脸认" not in reasons(small, FACE, old="all")
    left = reasons(small, FACE, old="none")
    assert (left["人面识别"], left["刷面"]) == ("superseded", "deprecated")


def test_places_and_scripts(small: Glossary) -> None:
    assert reasons(small, FACE)["人脸辨识"] == "used in Taiwan"
    assert reasons(small, FACE, "google-hk")["人臉辨識"] == "used in Taiwan"
    assert reasons(small, FACE, "tw-law")["容貌識別"] == "used in Hong Kong"
    both = small.query(FACE, "google", scripts="both", date=DAY)[0]
    assert both.forms[:6] == ("人脸识别", "人臉識別", "面部识别", "面部識別", "人臉辨識", "容貌識別")
    assert "Chinese in both scripts" in both.note
    assert small.query(FACE, "cnki", scripts="hant", date=DAY)[0].forms[0] == "人臉識別"


def test_a_term_of_one_place_only_is_asked_for_everywhere(bundled: Glossary) -> None:
    concept = next(c for c in bundled if {t.region for t in c.zh} == {"HK"})
    for id in ("cnki", "baidu", "ndltd", "google-hk"):
        assert bundled.query(concept, id)[0].forms


def test_longer_forms_are_left_out_where_a_phrase_matches_inside(small: Glossary) -> None:
    assert reasons(small, FACE, "baidu")["人脸识别技术"] == "found by 人脸识别"
    assert "人脸识别技术" in small.query(FACE, "wanfang")[0].forms
    assert stands_in("网信办", "国家网信办")
    assert not stands_in("art", "smart art1")
    assert stands_in("art", "smart art")


def test_homographs(small: Glossary) -> None:
    home = small.query(HOME, "google", date=DAY)[0]
    assert home.forms == ("家庭教育",)
    assert home.reasons == {"家教": "also means 家教 · private tutor", "教": "too short: it stands in too many other words"}
    assert small.query(HOME, "google", homographs="keep")[0].forms == ("教", )  # which finds the other two
    assert set(small.query(HOME, "cnki", homographs="keep")[0].forms) == {"家庭教育", "家教", "教"}
    tutor = small.query(TUTOR, "google", date=DAY)[0]
    assert tutor.excluded == ("家庭教育",)
    assert "Excluded: 家庭教育." in tutor.note
    assert small.query(TUTOR, "airiti")[0].excluded == ()
    assert small.query(TUTOR, "google", homographs="keep")[0].excluded == ()
    both = small.query([TUTOR, HOME], "google")[0]  # both senses are sought: nothing is ambiguous
    assert both.forms == ("家教", "家庭教育", "家庭教师")
    assert both.excluded == ()


def test_english_and_narrower(small: Glossary) -> None:
    query = small.query(FACE, "cnki", english=True, narrower=True, date=DAY)[0]
    assert query.forms == ("人脸识别", "面部识别", "人脸识别技术", "人面识别", "刷面", "facial recognition", "face recognition",
                           "动态面容比对", "live face matching")
    assert (query.reasons["FR"], query.reasons["face reading"]) == ("too short: it stands for too much else", "deprecated")
    assert "and 1 narrower concept." in query.note


def test_what_cannot_be_written(small: Glossary) -> None:
    assert reasons(small, MAKER)["O'Neill \"科技\""] == "holds ', the engine's own quotation mark"
    assert small.query(MAKER, "baidu")[0].string == '"奥尼尔科技"'
    assert small.query(LONGNAME, "google-scholar")[0].string.startswith('"关于《某某法》')
    nothing = small.query(LONGNAME, "baidu", date=DAY)[0]  # longer than Baidu takes
    assert (nothing.string, nothing.forms, nothing.prefilled, nothing.url) == ("", (), False, "https://www.baidu.com/")
    assert "no form that it could be asked for" in nothing.note
    assert len(nothing.dropped) == 1
    both = small.query([LONGNAME, FACE], "baidu", date=DAY)
    assert "too long: the engine takes at most 38 Chinese characters" in both[0].reasons.values()
    assert both[0].forms[0] == "人脸识别"


def test_what_is_short_is_said(small: Glossary) -> None:
    left = reasons(small, FACE, size="short")
    assert left["人面识别"] == "less telling than the others"


def test_note_reads_as_a_method(small: Glossary) -> None:
    assert small.query(FACE, "google-tw", size="short", date=DAY)[0].note == (
        "Search string for Google, Taiwan's web addresses (Google（.tw）, https://www.google.com/), composed on 23 November 2026 "
        "with zh-en-glossary 0.1.0. Sought: 人脸识别 · facial recognition (f4c3r). It holds 3 forms (Chinese in traditional "
        "characters) joined by OR. Left out: 臉認 (deprecated, and no source uses it); 容貌識別 (used in Hong Kong); 人臉識別技術 "
        "(found by 人臉識別); 人面識別, 刷面 (less telling than the others). Quoted forms are taken to match inside longer ones, so "
        "what contains a form that is sought was left out. The engine's rules (among them: at most 32 words) were taken from "
        "published descriptions on 23 November 2026; they were not tried on the site. Not verified: how words are counted in "
        "Chinese; here two characters are one word."
    )


def test_the_same_question_has_the_same_answer(bundled: Glossary) -> None:
    def ask() -> list[dict[str, Any]]:
        return [q.to_dict() for q in bundled.query("人脸识别\n宁夏", "all", narrower=True, english=True)]

    first = ask()
    assert first == ask()
    assert {q["date"] for q in first} == {""}  # the library puts no date of its own
    assert not any(re.search(r"composed on", q["note"]) for q in first)


# names


def test_names(small: Glossary) -> None:
    for name in (FACE, "人脸识别", "人臉辨識", "face recognition", "FR", " Facial  Recognition "):
        assert small.query(name, "cnki")[0].concepts == (FACE,)
    assert small.query("家教", "cnki")[0].concepts == (TUTOR,)  # its preferred form
    pasted = "1. 人脸识别\n\n  • 家庭教育\r\n人脸识别\n- f4c3r\n"
    assert lines(pasted) == ["人脸识别", "家庭教育", "f4c3r"]
    assert lines("a\x00b\n\x07\n") == ["a b"]
    assert small.query(pasted, "cnki")[0].concepts == (FACE, HOME)
    assert small.query(["1:1比对"], "cnki", as_typed=True)[0].forms == ("1:1比对",)


def test_traditional_as_typed_is_asked_in_the_engine_s_script(small: Glossary) -> None:
    assert small.query("雲端監控", "baidu", as_typed=True)[0].string == '"云端监控"'
    assert small.query("云端监控", "ndltd", as_typed=True)[0].string == "雲端監控"
    assert small.query("smart brick", "baidu", as_typed=True)[0].string == '"smart brick"'


@pytest.mark.parametrize(("names", "how", "message"), [
    ("", {}, "name at least one concept"),
    ([], {}, "name at least one concept"),
    ("qqqqq", {}, "not in the term base: 'qqqqq'"),
    (["人脸识", "zz9zz"], {}, "'人脸识' .near it: f4c3r 人脸识别"),
    ("x" * 201, {}, "at most 200 characters"),
    ("半\ud800", {}, "half a character"),
    ([f"某{i}" for i in range(501)], {}, "501 concepts"),
    (FACE, {"size": "huge"}, "size is long, short, split, not 'huge'"),
    (FACE, {"field": "smell"}, "field is topic"),
    (FACE, {"scripts": "latin"}, "scripts is hans, hant, both"),
    (FACE, {"site": "gov.cn -x"}, "the site is a domain"),
    (FACE, {"site": "gov.cn\n"}, "the site is a domain"),
    (FACE, {"date": "23.11.2026"}, "the date is written 2026-11-23"),
    (FACE, {"exclude": ("  ",)}, "a form to exclude has 1 to 100"),
    (FACE, {"exclude": ("识别",)}, "'识别' cannot be excluded: it stands in what is sought"),
    (FACE, {"engine": "yahoo"}, "there is no search engine 'yahoo'; there are cnki"),
])
def test_bad_input_is_said(small: Glossary, names: Any, how: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        small.query(names, how.pop("engine", "cnki"), **how)


def test_a_form_of_several_concepts_must_be_said_by_id(bundled: Glossary) -> None:
    with pytest.raises(InputError, match=r"'宁' may mean \w{5} \(.+\) or \w{5} \(.+\): give the id"):
        bundled.query("宁", "cnki")


# the command


def run(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "glossary", "query", *args], input=stdin, capture_output=True, text=True,
                          encoding="utf-8", check=False)


def test_command() -> None:
    done = run("情绪识别", "--engine", "baidu,wechat", "--date", DAY, "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [q["engine"] for q in found] == ["baidu", "wechat"]
    assert {"engine", "string", "url", "forms", "dropped", "note"} <= found[0].keys()
    assert found[0]["string"] == '"情绪识别"'
    done = run("-", "--and", "公安", "--engine", "bing", "--short", "--exclude", "招聘", "--site", "gov.cn", stdin="1. 情绪识别\n2. 微表情\n")
    assert '("情绪识别" OR "微表情") "公安" NOT "招聘" site:gov.cn' in done.stdout
    assert "open https://www.bing.com/search?q=%28" in done.stdout
    assert "Sought: " in done.stdout
    assert "cnki" in run("--engines").stdout


@pytest.mark.parametrize(("args", "message"), [
    ((), "name a concept"),
    (("nosuchterm",), "not in the term base"),
    (("情绪识别", "--engine", "foo"), "there is no search engine 'foo'"),
    (("情绪识别", "--short", "--long"), "not allowed with"),
    (("-", "-"), "once only"),
    (("情绪识别", "--date", "soon"), "the date is written"),
])
def test_command_says_what_is_wrong(args: tuple[str, ...], message: str) -> None:
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_command_with_nothing_to_ask(tmp_path: Path, small: Glossary) -> None:
    base = tmp_path / "b.db"
    compile_base(base, [concept_from(LONGNAME, CONCEPTS[LONGNAME])], {}, small.vocabulary)
    done = run(LONGNAME, "--engine", "baidu", "--base", str(base))
    assert done.returncode == 1
    assert "too long: the engine takes at most 38 Chinese characters" in done.stdout


def test_lengths() -> None:
    assert width("人脸 ab") == 7
    assert words('("人脸识别" OR "AI换脸" OR "face recognition") -"x" site:tw') == 2 + 2 + 2 + 1 + 1


def test_examples_of_the_documents(bundled: Glossary) -> None:
    """What docs/query.md shows is what happens."""
    text = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, "query", "query.md", 0)
    assert len(test.examples) >= 8
    assert doctest.DocTestRunner().run(test).failed == 0
