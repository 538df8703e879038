"""Terms in running text, words, readings: offsets fall on the original text, always."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import Glossary, InputError
from glossary.model import Concept, EnTerm, ZhTerm
from glossary.termbase.compile import compile_base

if TYPE_CHECKING:
    from pathlib import Path

TERMS = {
    "情绪": "qíngxù", "情绪识别": "qíngxù shíbié", "雪亮工程": "Xuěliàng Gōngchéng", "研究生": "yánjiūshēng", "人权": "rénquán",
    "AI": "AI", "AI双师课堂": "AI shuāngshī kètáng", "重庆": "Chóngqìng", "坦白从宽，抗拒从严": "tǎnbái cóngkuān, kàngjù cóngyán",
    "生命": "shēngmìng", "公安": "gōng'ān", "公安机关": "gōng'ān jīguān", "表情": "biǎoqíng", "国人": "guórén",
}


@pytest.fixture(scope="module")
def g(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    path: Path = tmp_path_factory.mktemp("match") / "m.db"
    concepts = [Concept(f"c{i:04d}", "concept", ("emotion",), (ZhTerm(zh, py),), (EnTerm(f"term {i}"),))
                for i, (zh, py) in enumerate(TERMS.items())]
    concepts.append(Concept("c9999", "concept", ("policing",), (ZhTerm("公安", "gōng'ān"),), (EnTerm("police"),)))
    compile_base(path, concepts)
    return Glossary.open(path)


def found(g: Glossary, text: str, **options: Any) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.zh) for m in g.annotate(text, **options).matches]


@pytest.mark.parametrize(("text", "terms"), [
    ("情绪识别", ["情绪识别"]), ("情緒識別", ["情绪识别"]), ("情绪的识别", ["情绪"]), ("雪亮\n工程", ["雪亮工程"]), ("雪亮\r\n  工程", ["雪亮工程"]),
    ("雪 亮 工 程", ["雪亮工程"]), ("雪亮\u200b工程", ["雪亮工程"]), ("雪亮\u3000工程", ["雪亮工程"]), ("ＡＩ双师课堂", ["AI双师课堂"]),
    ("ai双师课堂", ["AI双师课堂"]), ("MAIL", []), ("AI", ["AI"]), ("用AI识别", ["AI"]), ("AI2", []), ("OpenAI", []), ("坦白从宽，抗拒从严", ["坦白从宽，抗拒从严"]),
    ("研究生命起源", ["生命"]), ("中国人权", ["人权"]), ("公安机关", ["公安机关"]), ("", []), ("情", []), ("😀情绪😀", ["情绪"]),
    ("\u202e情绪\u202c", ["情绪"]), ("<b>情绪</b>", ["情绪"]), ("情绪情绪", ["情绪", "情绪"]), ("研究生学情绪", ["研究生", "情绪"]),
])
def test_leftmost_longest(g: Glossary, text: str, terms: list[str]) -> None:
    assert [zh for _, _, zh in found(g, text)] == terms


def test_offsets_fall_on_the_original(g: Glossary) -> None:
    text = "😀 在重慶，“雪亮\n 工程”用ＡＩ"
    matches = g.annotate(text).matches
    assert [(m.start, m.end, m.text, m.zh) for m in matches] == [
        (3, 5, "重慶", "重庆"), (7, 13, "雪亮\n 工程", "雪亮工程"), (15, 17, "ＡＩ", "AI")]
    assert all(text[m.start:m.end] == m.text for m in matches)


def test_nested_on_request(g: Glossary) -> None:
    assert found(g, "情绪识别", every=True) == [(0, 4, "情绪识别"), (0, 2, "情绪")]
    assert found(g, "公安机关", every=True) == [(0, 4, "公安机关"), (0, 2, "公安")]


def test_crossing_matches_are_dropped_or_said(g: Glossary) -> None:
    assert found(g, "研究生命起源") == [(2, 4, "生命")]
    crossing = g.annotate("研究生命起源", crossing=True).matches
    assert [(m.zh, m.certainty) for m in crossing] == [("研究生", "crossing")]
    everything = {(m.zh, m.certainty) for m in g.annotate("研究生命起源", every=True, crossing=True).matches}
    assert everything == {("研究生", "crossing"), ("生命", "aligned")}


EVERYDAY = [
    # names: alone, quoted, by what follows, by a name beside, by their full form elsewhere; else not
    ("他的理想是当一名作家。", []),
    ("理想", ["理想"]),
    ("谈了以下几家：\n理想；\n联想\n", ["理想", "联想"]),
    ("所谓“理想”，是一家车企。", ["理想", "车企"]),
    ("理想汽车昨天发布了财报。", ["理想汽车", "发布"]),
    ("快手发布了新的规定。", ["快手", "发布", "规定"]),
    ("我们比较了小米、联想的做法。", ["小米", "联想"]),
    ("看到照片，我联想到了童年。", []),
    # terms: by their field, by 被, by another form of the same concept
    ("饭后去公园散步。", []),
    ("他的钱被冻结了。", ["冻结"]),
    ("国保请他喝茶。", ["国保", "喝茶"]),
    ("网上的病毒和木马由黑客散播。", ["病毒", "木马", "黑客"]),
    ("木马转了三圈，孩子还不肯下来。", ["孩子"]),
    ("天网恢恢，疏而不漏。", []),
    ("家长意见不一。", ["家长"]),
    ("县里印发关于推进雪亮工程建设的意见。", ["印发", "雪亮工程", "建设", "意见"]),
    ("Turn right at the lights.", []),
    ("The Guardian asked the guardian of the child.", ["The Guardian", "guardian", "child"]),
    ("The state legislature passed it.", []),
    ("The right to privacy is a human right.", ["right to privacy", "human right"]),
]


@pytest.mark.parametrize(("text", "terms"), EVERYDAY)
def test_everyday_senses_are_left_out(bundled: Glossary, text: str, terms: list[str]) -> None:
    assert [m.text for m in bundled.annotate(text).matches] == terms


@pytest.mark.parametrize(("text", "terms"), [
    ("上海市北京西路123号", ["上海市"]), ("店开在西藏南路。", []), ("北京路3号", []), ("他在新疆路上遇到检查站。", ["新疆", "检查站"]),
    ("陈新疆老师退休了。", ["老师"]), ("在场的有王新疆律师。", ["新疆", "律师"]), ("新疆主席表示", ["新疆"]), ("和田先生来了。", []), ("北京先生们", ["北京"]),
])
def test_places_inside_other_names(bundled: Glossary, text: str, terms: list[str]) -> None:
    assert [m.text for m in bundled.annotate(text).matches] == terms


def test_a_measure_behind_a_term(bundled: Glossary) -> None:
    assert [m.text for m in bundled.annotate("对情感识别率的要求").matches] == ["情感识别"]


def test_everyday_senses_on_request(bundled: Glossary, g: Glossary) -> None:
    text = "他的理想是当一名作家。"
    assert [(m.text, m.certainty) for m in bundled.annotate(text, everyday=True).matches] == [("理想", "everyday")]
    assert [m.text for m in bundled.annotate(text, borders=False).matches] == ["理想"]
    assert g.annotate("散步").matches == []  # no list, no such term


def test_a_shared_form_stands_first_for_what_it_is_everywhere(tmp_path: Path) -> None:
    base = tmp_path / "h.db"
    local = ZhTerm("提审", "tíshěn", region="TW")
    everywhere = (ZhTerm("提讯", "tíxùn"), ZhTerm("提审", "tíshěn", use="admitted"))
    compile_base(base, [
        Concept("a0001", "procedure", ("legal",), (local,), (EnTerm("habeas corpus"),)),
        Concept("b0001", "procedure", ("criminal",), everywhere, (EnTerm("questioning"),)),
    ])  # fmt: skip
    match = Glossary.open(base).annotate("民警提审了他。").matches[0]
    assert (match.en, match.ids) == ("questioning", ("b0001", "a0001"))
    match = Glossary.open(base).annotate("法院准予提審。").matches[0]  # in traditional characters that of Taiwan
    assert (match.en, match.ids) == ("habeas corpus", ("a0001", "b0001"))


def test_homographs_are_reported(g: Glossary) -> None:
    match = g.annotate("公安").matches[0]
    assert set(match.ids) == {"c0010", "c9999"}
    assert match.id == match.ids[0]


def test_words_tile_the_text_and_terms_stay_whole(g: Glossary) -> None:
    text = "情绪识别在重庆，不\n是雪亮\n工程。"
    words = g.segment(text)
    assert "".join(w.text for w in words) == text
    assert all(text[w.start:w.end] == w.text for w in words)
    assert [w.text for w in words if w.id] == ["情绪识别", "重庆", "雪亮\n工程"]
    assert [w.pinyin for w in words if w.id] == ["qíngxù shíbié", "Chóngqìng", "Xuěliàng Gōngchéng"]


@pytest.mark.parametrize(("text", "style", "reading"), [
    ("情绪识别在重庆。", "marks", "qíngxù shíbié zài Chóngqìng."),
    ("情绪识别在重庆。", "numbers", "qing2xu4 shi2bie2 zai4 Chong2qing4."),
    ("情绪识别", "plain", "qingxu shibie"), ("情绪识别", "initials", "qxsb"), ("情绪识别", "zhuyin", "ㄑㄧㄥˊ ㄒㄩˋ ㄕˊ ㄅㄧㄝˊ"),
    ("情绪识别", "alalc", "qing xu shi bie"), ("《情绪》（一）", "marks", "“qíngxù” (yī)"), ("文字\n情绪", "marks", "wénzì\nqíngxù"),
    ("", "marks", ""), ("Hello, 情绪!", "marks", "Hello, qíngxù!"),
])
def test_reading_of_a_text(g: Glossary, text: str, style: str, reading: str) -> None:
    assert g.pinyin(text, style) == reading


def test_unknown_style(g: Glossary) -> None:
    with pytest.raises(InputError, match="there is no pinyin style 'wade'; there are marks, numbers"):
        g.pinyin("情绪", "wade")


def test_half_a_character(g: Glossary) -> None:
    with pytest.raises(InputError, match="lone surrogate"):
        g.annotate("情绪\udfff")


def test_counts_and_plain_data(g: Glossary) -> None:
    annotation = g.annotate("情绪和情绪，重庆")
    assert [(m.zh, n) for m, n in annotation.counts()] == [("情绪", 2), ("重庆", 1)]
    data = annotation.to_dict(tokens=True)
    assert set(data) == {"text", "matches", "tokens"}
    assert set(data["matches"][0]) == {"start", "end", "text", "id", "zh", "en", "certainty", "pinyin", "ids"}
    assert set(data["tokens"][0]) == {"start", "end", "text", "pinyin", "id"}  # `id` where the word is a term
    assert set(data["tokens"][1]) == {"start", "end", "text", "pinyin"}
    assert set(annotation.to_dict()) == {"text", "matches"}
    assert [a.text for a in g.annotate_many(["情绪", "重庆"])] == ["情绪", "重庆"]


ALPHABET = st.one_of(st.sampled_from([*"情绪识别雪亮工程研究生命人权国公安机关表AIai12 \n\u200b\u3000，。", "😀"]),
                     st.characters(exclude_categories=["Cs"]))


@given(st.text(ALPHABET, max_size=60))
def test_any_text_keeps_its_offsets(g: Glossary, text: str) -> None:
    annotation = g.annotate(text)
    assert "".join(t.text for t in annotation.tokens) == text
    end = 0
    for match in annotation.matches:
        assert end <= match.start < match.end <= len(text)
        assert text[match.start:match.end] == match.text
        end = match.end
    nested = g.annotate(text, every=True).matches
    assert {(m.start, m.end) for m in annotation.matches} <= {(m.start, m.end) for m in nested}


def test_a_megabyte(g: Glossary) -> None:
    text = "情绪识别技术在重庆的雪亮工程中使用。" * 20_000
    matches = g.annotate(text).matches
    assert len(matches) == 60_000
    assert matches[-1].end <= len(text)


def test_windows_give_the_borders_of_the_whole_text(bundled: Glossary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Judging each match in a window of its own gives what segmenting the whole text at once does."""
    from pathlib import Path

    from glossary.match import borders

    runs = (Path(__file__).parent / "data" / "report_runs.tsv").read_text(encoding="utf-8").splitlines()
    text = "，".join(line.split("\t")[0] for line in runs if not line.startswith("#")) + "，货物证明文件"
    whole = [(m.start, m.end, m.certainty) for m in bundled.annotate(text, crossing=True).matches]
    monkeypatch.setattr(borders, "WORTH", 0)
    assert [(m.start, m.end, m.certainty) for m in bundled.annotate(text, crossing=True).matches] == whole
    monkeypatch.setattr(borders, "WORTH", 10**9)
    monkeypatch.setattr(borders, "PIECE", 500)
    assert [(m.start, m.end, m.certainty) for m in bundled.annotate(text, crossing=True).matches] == whole
    assert {c for _, _, c in whole} == {"aligned", "inside", "crossing"}


@pytest.mark.parametrize(("text", "found"), [
    ("处拘役，并处罚金。", ["拘役", "罚金"]),  # 处罚金 is a word, and 处罚; the term is its head
    ("市政府发布通知。", ["政府", "发布", "通知"]),
    ("自主权是另一回事。", []),  # 主权 is no part of it
    ("会议撤销了研究所。", []),
    ("采购人为市公安局。", ["采购人", "公安局"]),  # though 人为 is a word
    ("敏感词库每天更新。", ["敏感词"]),
    ("安装疲劳驾驶预警系统。", ["疲劳驾驶预警", "系统"]),  # though 预警系统 is a term
    ("据澎湃报道。", ["澎湃"]),
    ("心潮澎湃。", []),
])
def test_borders_that_are_none(bundled: Glossary, text: str, found: list[str]) -> None:
    assert [m.text for m in bundled.annotate(text, lang="zh").matches] == found


ENGLISH = [("emotion recognition", ""), ("micro-expression", ""), ("World Health Organization", "WHO"), ("right to privacy", ""),
           ("behavioural analysis", ""), ("to detain", ""), ("Axis", ""), ("defendant (civil)", ""), ("face", ""), ("Face++", "")]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    path: Path = tmp_path_factory.mktemp("english") / "e.db"
    compile_base(path, [Concept(f"e{i:04d}", "concept", ("emotion",), (ZhTerm("情绪识别", "qíngxù shíbié"),), (EnTerm(text, abbr=abbr),))
                        for i, (text, abbr) in enumerate(ENGLISH)])
    return Glossary.open(path)


@pytest.mark.parametrize(("text", "terms"), [
    ("Emotion Recognition works", ["Emotion Recognition"]), ("emotion\n  recognition", ["emotion\n  recognition"]),
    ("emotion. Recognition", []), ("emotion-recognition systems", ["emotion-recognition"]), ("microexpressions", ["microexpressions"]),
    ("micro expressions", ["micro expressions"]), ("who asked the WHO?", ["WHO"]), ("rights to privacy", ["rights to privacy"]),
    ("behavioral analyses", ["behavioral analyses"]), ("they detained him", ["detained"]), ("an axis", []), ("Axis’s cameras", ["Axis"]),
    ("two defendants", ["defendants"]), ("surface, faces", ["faces"]), ("Face++ and face", ["Face++", "face"]), ("face face", ["face", "face"]),
    ("EMOTION RECOGNITION", ["EMOTION RECOGNITION"]), ("emo\u00adtion recognition", ["emo\u00adtion recognition"]), ("", []),
    ("Emotion recognition (情绪识别) detained", ["Emotion recognition", "情绪识别", "detained"]),
    ("naïve Émotion recognition", ["Émotion recognition"]),
])
def test_english(english: Glossary, text: str, terms: list[str]) -> None:
    matches = english.annotate(text).matches
    assert [m.text for m in matches] == terms
    assert all(text[m.start:m.end] == m.text for m in matches)


def test_language_of_a_text(english: Glossary) -> None:
    chinese = "情绪识别用 emotion recognition 一词"
    assert [m.text for m in english.annotate(chinese).matches] == ["情绪识别"]
    assert [m.text for m in english.annotate(chinese, lang="en").matches] == ["emotion recognition"]
    with pytest.raises(InputError, match="no language 'fr' here; there are zh and en"):
        english.annotate("face", lang="fr")


def test_nested_english(english: Glossary) -> None:
    assert [m.text for m in english.annotate("face", every=True).matches] == ["face"]


def test_a_short_form_stands_for_whom_the_text_names_in_full(tmp_path: Path) -> None:
    zh = [("杭州海康威视数字技术股份有限公司", "海康"), ("青岛海康水产有限公司", "海康")]
    compile_base(tmp_path / "n.db", [
        Concept(f"n{i:04d}", "company", ("industry",), (ZhTerm(full, ""), ZhTerm(short, "", "admitted")), (EnTerm(f"company {i}"),))
        for i, (full, short) in enumerate(zh)])
    g = Glossary.open(tmp_path / "n.db")
    for i, (full, short) in enumerate(zh):
        matches = g.annotate(f"{full}（以下简称{short}）……{short}").matches
        assert [m.id for m in matches] == [f"n{i:04d}"] * 3
        assert matches[2].en == f"company {i}"
    assert set(g.annotate("海康").matches[0].ids) == {"n0000", "n0001"}


@pytest.mark.parametrize(("text", "terms"), [
    ("司法部门", []), ("未成年人工智能", ["未成年", "人工智能"]), ("公安部门", []), ("鷄娃和綫索", ["鸡娃", "线索"]), ("网信办约谈", ["网信办"]),
    ("“坦白”从宽", []), ("「甲＋乙」", ["甲+乙"]), ("甲＋乙", ["甲+乙"]), ("《办法（试行）》", ["办法(试行)"]), ("办法(试行)", ["办法(试行)"]),
    ("保罗•艾克曼", ["保罗·艾克曼"]), ("葛\U000e0100熔金", ["葛熔金"]),
])
def test_traps(tmp_path_factory: pytest.TempPathFactory, text: str, terms: list[str]) -> None:
    names = ["司法部", "公安部", "未成年人", "未成年", "人工智能", "鸡娃", "线索", "网信办", "甲+乙", "办法(试行)", "保罗·艾克曼", "葛熔金"]
    path = tmp_path_factory.mktemp("traps") / "t.db"
    compile_base(path, [Concept(f"t{i:04d}", "concept", ("law",), (ZhTerm(n, ""),), ()) for i, n in enumerate(names)])
    assert [m.zh for m in Glossary.open(path).annotate(text).matches] == terms


def test_an_article_hides_no_longer_term(bundled: Glossary) -> None:
    found = bundled.annotate("The police officers said the police read The Guardian.", lang="en").matches
    assert [m.text for m in found if "olice" in m.text or "Guardian" in m.text] == ["police officers", "police", "The Guardian"]


@pytest.mark.parametrize(("text", "found"), [
    ("苏、浙、皖、沪四地", ["苏", "浙", "皖", "沪"]), ("蘇、浙、皖、滬四地", ["蘇", "浙", "皖", "滬"]), ("京沪高速", ["京", "沪"]),
    ("京剧", []), ("川流不息", []), ("津津有味之间", []), ("河北某县某村", ["河北", "某县", "某村"]), ("市、县人民政府", ["县", "人民政府"]),
    ("在乡、村庄规划区内", []), ("县里的村", []), ("“润”是口头禅", ["润"]), ("他想润", []), ("全国十二个省", ["省"]),
])  # fmt: skip
def test_terms_of_one_character_where_the_text_shows_them(bundled: Glossary, text: str, found: list[str]) -> None:
    wanted = [f.removeprefix("某") for f in found]
    matches = bundled.annotate(text).matches
    assert [m.text for m in matches if len(m.text) == 1 or m.text in wanted] == wanted
    assert all(text[m.start : m.end] == m.text for m in matches)
    assert not [m for m in bundled.annotate(text, borders=False).matches if len(m.text) == 1]
    assert not [f for f in bundled.check(text, "Something else.").findings if len(f.zh) == 1]


def test_homographs_of_one_character(bundled: Glossary) -> None:
    """宁 is Nanjing, and Ningxia where the text names that."""
    assert [m.en for m in bundled.annotate("宁沪高速").matches][:2] == ["Nanjing", "Shanghai"]
    assert [m.en for m in bundled.annotate("宁夏，宁甘边界").matches][:2] == ["Ningxia"] * 2
