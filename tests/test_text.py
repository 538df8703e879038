"""Folding, script, words, decoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import InputError
from glossary.text.decode import decode
from glossary.text.normalize import check_text, fold, key, narrow
from glossary.text.script import spellings, to_simplified, to_traditional
from glossary.text.segment import word_spans

TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("情绪识别雪亮工程 \n\u200b\u3000ＡＩai·“”")))


@given(TEXT)
def test_folding_keeps_the_way_back(text: str) -> None:
    assert len(narrow(text)) == len(text)
    folded = fold(text)
    for i, char in enumerate(folded.text):
        start, end = folded.span(i, i + 1)
        assert narrow(text[start:end]) == char


@pytest.mark.parametrize(("text", "folded"), [
    ("雪亮\n工程", "雪亮工程"), ("雪 亮\u3000工程", "雪亮工程"), ("情\u200b绪", "情绪"), ("ＡＩ双师", "ai双师"), ("AI 双师", "ai 双师"),
    ("two words", "two words"), ("“情绪”", '"情绪"'), ("⼈权", "人权"), ("İ", "İ"),
])
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(("text", "wanted"), [
    (" 《情绪识别》 ", "情绪识别"), ("情 绪 识 别", "情绪识别"), ("“qxsb”", "qxsb"), ("ｑｘｓｂ", "qxsb"), ("卡尔·马克思", "卡尔马克思"),
    ("", ""), ("  ", ""), ("“”", ""),
])
def test_key(text: str, wanted: str) -> None:
    assert key(text) == wanted


def test_half_a_character_is_refused() -> None:
    assert check_text("情绪😀") == "情绪😀"
    with pytest.raises(InputError, match=r"lone surrogate U\+D800\) at position 2"):
        check_text("情绪\ud800")


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30))
def test_script_keeps_the_length(text: str) -> None:
    assert len(to_simplified(text)) == len(to_traditional(text)) == len(to_traditional(text, "TW")) == len(text)


def test_script() -> None:
    assert to_simplified("情緒識別在臺灣") == "情绪识别在台湾"
    assert to_traditional("情绪识别") == "情緒識別"
    assert spellings(["里面", "人", "臺灣"]) == {"里面": ["里面", "裡面", "裏面"], "人": ["人", "人"], "臺灣": ["台湾", "臺灣", "台灣"]}


@given(TEXT)
def test_words_tile_the_text(text: str) -> None:
    spans = word_spans(text, 5)
    assert "".join(text[s - 5:e - 5] for s, e in spans) == text
    assert all(s < e for s, e in spans)


def test_rust_and_python_cut_alike() -> None:
    """The two segmenters are one algorithm: the same words on running Chinese."""
    import jieba
    import rjieba

    text = ("情绪识别技术近年来在公共安全、教育和驾驶安全领域得到应用。研究人员指出，面部表情与内心情绪之间的关系并不可靠，"
            "相关产品的准确性缺乏独立验证。学校安装摄像头监测学生的专注度，引发家长对隐私的担忧。")
    assert rjieba.Jieba().cut(text) == jieba.Tokenizer().lcut(text)


TRADITIONAL = "情緒識別技術在公共安全領域的應用，引發人們對個人隱私的擔憂。"
SIMPLIFIED = "情绪识别技术在公共安全领域的应用，引发人们对个人隐私的担忧。"


@pytest.mark.parametrize(("text", "encoding", "said"), [
    (SIMPLIFIED, "utf-8", "utf-8"), (SIMPLIFIED, "utf-8-sig", "utf-8"), (SIMPLIFIED, "utf-16", "utf-16"),
    (SIMPLIFIED, "gb18030", "gb18030"), (SIMPLIFIED, "gbk", "gb18030"), (TRADITIONAL, "big5", "big5hkscs"),
    ("zh,en\n情绪,emotion\n", "utf-16-le", "utf-16-le"), ("zh,en\n情绪,emotion\n", "utf-16-be", "utf-16-be"),
    ("情绪", "gb18030", "gb18030"), ("情緒識別", "big5", "big5hkscs"), ("AI教育 2019", "gb18030", "gb18030"), ("", "utf-8", "utf-8"),
])
def test_encodings_are_detected_and_said(text: str, encoding: str, said: str) -> None:
    assert decode(text.encode(encoding), "x") == (text, said)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", bytes(range(256)), b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\x00", "é".encode("latin-1") * 5])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^file\.txt: "):
        decode(data, "file.txt")
