"""Running text as it is read and written: words, names, numerals, grammar, tones as spoken, the table behind it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.lint.runner import check
from glossary.text import lexicon as table
from glossary.text.opinions import alike, disagreement, opinions
from glossary.text.pinyin import term_syllables
from glossary.text.polyphones import pack, polyphones, unpack, window
from glossary.text.reading import read_line, read_text
from glossary.text.sandhi import spoken
from glossary.text.segment import cut_around

if TYPE_CHECKING:
    from pathlib import Path

    from glossary import Glossary


@pytest.mark.parametrize(("text", "reading"), [
    # grammar
    ("看着", "kànzhe"), ("研究了问题", "yánjiūle wèntí"), ("去过北京", "qùguo Běijīng"), ("他走了", "tā zǒu le"), ("孩子们", "háizimen"),
    ("慢慢地走", "mànmàn de zǒu"), ("跑得很快", "pǎo de hěn kuài"), ("你得先去", "nǐ děi xiān qù"), ("为人民服务", "wèi rénmín fúwù"),
    ("以事实为根据", "yǐ shìshí wéi gēnjù"), ("还了书", "huánle shū"), ("还在下雨", "hái zài xiàyǔ"), ("准确率", "zhǔnquèlǜ"),
    # words apart and together
    ("不是", "bù shì"), ("不同", "bùtóng"), ("每年", "měi nián"), ("这个", "zhège"), ("人工智能", "réngōng zhìnéng"), ("副局长", "fùjúzhǎng"),
    ("清清楚楚", "qīngqīngchǔchǔ"), ("画龙点睛", "huàlóng-diǎnjīng"), ("中小学", "zhōng-xiǎoxué"),
    # numerals
    ("第三次会议", "dì-sān cì huìyì"), ("一千二百三十四", "yīqiān èrbǎi sānshísì"), ("三十多个", "sānshí duō gè"), ("三五天", "sān-wǔ tiān"),
    ("两只狗", "liǎng zhī gǒu"), ("六个月", "liù gè yuè"),
    # names
    ("习近平", "Xí Jìnpíng"), ("单先生", "Shàn xiānsheng"), ("解晓东说", "Xiè Xiǎodōng shuō"), ("区志强认为", "Ōu Zhìqiáng rènwéi"),
    ("欧阳修", "Ōuyáng Xiū"), ("仇某某", "Qiú Mǒumǒu"), ("深圳市南山区", "Shēnzhèn Shì Nánshān Qū"), ("单位", "dānwèi"), ("解释", "jiěshì"),
    ("他姓单", "tā xìng Shàn"), ("姓解的人", "xìng Xiè de rén"), ("我们的单先生", "wǒmen de Shàn xiānsheng"), ("我和小李", "wǒ hé Xiǎo Lǐ"),
    ("小李来了", "Xiǎo Lǐ lái le"), ("老王", "Lǎo Wáng"), ("一辆小车", "yī liàng xiǎochē"), ("盖房子", "gài fángzi"),
    ("德国总理", "Déguó zǒnglǐ"), ("河北人", "Héběirén"), ("他没还", "tā méi huán"), ("还没有来", "hái méiyǒu lái"), ("小王来了", "Xiǎo Wáng lái le"),
    # neutral tone, erhua, apostrophes
    ("东西", "dōngxi"), ("一会儿", "yīhuìr"), ("女儿", "nǚ'ér"), ("西安", "Xī'ān"),
    # traditional
    ("頭髮和發展", "tóufa hé fāzhǎn"), ("他看著我們", "tā kànzhe wǒmen"), ("總書記", "zǒngshūji"),
    ("", ""), ("abc 12", "abc 12"),
])
def test_text_is_written_by_word(text: str, reading: str) -> None:
    assert read_line(text) == reading
    assert "".join(word for word, _ in read_text(text)) == text


@pytest.mark.parametrize(("text", "reading"), [
    ("ＡＩ课堂，２０２１年", "AI kètáng, 2021 nián"), ("GB/T 28181和3,000人", "GB/T 28181 hé 3,000 rén"), ("A股、T恤", "A gǔ, T xù"),
    ("发布了《办法》。", "fābùle “bànfǎ”."), ("听成了“公安”", "tīngchéngle “gōng'ān”"), ("1，2，3", "1, 2, 3"),
    ("他说“OK” (2次)", "tā shuō “OK” (2 cì)"), ("见https://a.cn/b_c.htm", "jiàn https://a.cn/b_c.htm"),
    ("全新的可能性——课堂", "quánxīn de kěnéngxìng — kètáng"),
    ("她是劳东燕教授。", "tā shì Láo Dōngyān jiàoshòu."),
    ("屏幕就会亮起", "píngmù jiù huì liàng qǐ"),
    ("警察得将该人带往", "jǐngchá dé jiāng gāi rén dài wǎng"),
    ("日均运载15万人次", "rìjūn yùnzài 15 wàn réncì"),
])  # fmt: skip
def test_punctuation_and_what_is_plain_already(bundled: Glossary, text: str, reading: str) -> None:
    assert bundled.pinyin(text) == reading


def test_names_of_the_regions_are_written_as_usual(bundled: Glossary) -> None:
    assert bundled.pinyin("在乌鲁木齐市和拉萨，西藏。") == "zài Ürümqi Shì hé Lhasa, Xīzàng."
    assert bundled.pinyin("乌鲁木齐", "zhuyin") == "ㄨ ㄌㄨˇ ㄇㄨˋ ㄑㄧˊ"
    assert bundled.segment("乌鲁木齐")[0].pinyin == "Wūlǔmùqí"
    assert bundled.pinyin("热比娅·卡德尔") == "Rèbǐyà·Kǎdé'ěr"


def test_joined_words_in_other_styles(bundled: Glossary) -> None:
    assert bundled.pinyin("看着", "numbers") == "kan4zhe5"
    assert bundled.pinyin("看着", "alalc") == "kan zhe"
    assert bundled.pinyin("第3次", "plain") == "di-3 ci"


@pytest.mark.parametrize(("words", "readings"), [
    ([("一个", "yī gè")], ["yí gè"]), ([("不是", "bù shì")], ["bú shì"]), ([("一般", "yībān")], ["yìbān"]), ([("第一", "dì-yī")], ["dì-yī"]),
    ([("统一", "tǒngyī"), ("次", "cì")], ["tǒngyī", "cì"]), ([("很", "hěn"), ("好", "hǎo")], ["hén", "hǎo"]), ([("展览馆", "zhǎnlǎnguǎn")], ["zhánlánguǎn"]),
    ([("十一", "shíyī"), ("个", "gè")], ["shíyī", "gè"]), ([("一千", "yīqiān")], ["yìqiān"]), ([("AI", "")], [""]), ([("词", "no pinyin")], ["no pinyin"]),
])
def test_tones_as_spoken(words: list[tuple[str, str]], readings: list[str]) -> None:
    assert spoken(words) == readings


def test_sandhi_is_an_option(bundled: Glossary) -> None:
    assert bundled.pinyin("一个不对的词") == "yī gè bù duì de cí"
    assert bundled.pinyin("一个不对的词", sandhi=True) == "yí gè bú duì de cí"


@given(st.text(alphabet="情绪识别在重庆的了着们为得地还两只第三AI ，。\n·\x00𠀀髮單", max_size=40))
def test_words_tile_any_text(bundled: Glossary, text: str) -> None:
    words = bundled.segment(text)
    assert "".join(w.text for w in words) == text
    assert all(text[w.start:w.end] == w.text for w in words)
    bundled.pinyin(text)
    bundled.pinyin(text, "numbers", sandhi=True)


@given(st.text(alphabet="情绪识别重庆a \x00", max_size=20), st.data())
def test_spans_stay_whole(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [(s, e) for s, e in zip(places[::2], places[1::2], strict=False) if e > s]
    words, whole = cut_around(text, spans)
    assert "".join(words) == text
    assert [words[n] for n in whole] == [text[s:e] for s, e in spans]


def test_model_is_packed_and_unpacked() -> None:
    weights = {"1上": [(1, 26)], "w=": [(1, -3), (2, 1)]}
    assert unpack(pack(weights)) == weights
    assert window("重庆", 0) == "^^^重庆^^"
    assert window("在2017年重庆的", 6) == "00年重庆的^"
    assert len(polyphones()) > 50
    assert polyphones()["长"].choose(["nothing"]) == polyphones()["长"].readings[0]


def test_damaged_table_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path))
    monkeypatch.setattr("glossary.text.readings_source.known_words", lambda *_: {"重庆": "Chóngqìng", "情绪": "qíngxù", "西安": "Xī'ān"})
    table.lexicon.cache_clear()
    try:
        assert table.lexicon().words["重庆"] == "Chóngqìng"
        file = next(tmp_path.glob("readings-*.txt"))
        table.lexicon.cache_clear()
        assert table.lexicon().words["西安"] == "Xī'ān"
        assert "compiling" in capsys.readouterr().err
        file.write_bytes(file.read_bytes()[:-2])
        table.lexicon.cache_clear()
        assert table.lexicon().words["西安"] == "Xī'ān"
        assert "compiling" in capsys.readouterr().err
        os.chmod(tmp_path, 0o755)
    finally:
        table.lexicon.cache_clear()


def test_unwritable_cache_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path / "file" / "below"))
    monkeypatch.setattr("glossary.text.readings_source.known_words", lambda *_: {"重庆": "Chóngqìng"})
    table.lexicon.cache_clear()
    try:
        assert table.lexicon().words["重庆"] == "Chóngqìng"
        assert "so it is not cached" in capsys.readouterr().err
    finally:
        table.lexicon.cache_clear()


def test_first_reading_does_not_import_pypinyin() -> None:
    import subprocess
    import sys

    code = "import sys; from glossary.text.reading import read_line; print(read_line('情绪识别在重庆')); print(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert run.stdout == "qíngxù shíbié zài Chóngqìng\n"
    if "compiling the table" not in run.stderr:
        assert "pypinyin" not in run.stderr.split()


# what other engines say of an entry


def test_engines_disagree_where_a_reading_is_wrong() -> None:
    said = opinions("银行")
    assert {"glossary", "pypinyin", "jieba words", "CC-CEDICT"} <= said.keys()
    assert disagreement("银行", [("yin", 2), ("hang", 2)]) == []
    [(n, theirs, who)] = disagreement("银行", [("yin", 2), ("xing", 2)])
    assert (n, theirs) == (1, ("hang", 2))
    assert len(who) > 2
    assert disagreement("东西", term_syllables("东西", "dōngxi")) == []
    assert alike(("er", 2), ("r", 5))


def test_reviewed_differences_are_not_shown(terms: Path) -> None:
    file = terms / "emotion" / "emotion.toml"
    text = file.read_text(encoding="utf-8").replace('text = "情绪识别", pinyin = "qíngxù shíbié"', 'text = "重新识别", pinyin = "zhòngxīn shíbié"')
    file.write_text(text, encoding="utf-8")
    [problem] = check(terms, select="W102")
    assert "重 chóng" in problem.message
    reviewed = terms / "reviewed.toml"
    reviewed.write_text('[W102]\n"重新 zhòngxīn" = "so it is"\n', encoding="utf-8")
    assert check(terms, select="W102") == []
    reviewed.write_text('[W102]\n"重新 zhòngxīn" = "so it is"\n"情绪 qīngxù" = "why"\n', encoding="utf-8")
    assert ["is not needed" in p.message for p in check(terms, select="W102")] == [True]
    reviewed.write_text('[W102]\n"x" = 1\n', encoding="utf-8")
    assert [p.code for p in check(terms, select="E101")] == ["E101"]
