"""Written pinyin and what is derived from it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.text import pinyin as p
from glossary.text.reading import possible_readings, read_word, read_words


@pytest.mark.parametrize(("numbered", "marked"), [
    ("qing2xu4 shi2bie2", "qíngxù shíbié"), ("Xue3liang4 Gong1cheng2", "Xuěliàng Gōngchéng"), ("Xi1an1", "Xī'ān"),
    ("nu:3er2", "nǚ'ér"), ("hua1r5", "huār"), ("yi1hui4r5", "yīhuìr"), ("Wei2wu2er3", "Wéiwú'ěr"),
    ("lu:4se4", "lǜsè"), ("gong1an1 ji1guan1", "gōng'ān jīguān"), ("gui1", "guī"), ("liu2", "liú"), ("xiong2", "xióng"),
    ("wo3men5", "wǒmen"),
])
def test_numbers_and_marks_are_the_same_reading(numbered: str, marked: str) -> None:
    assert p.syllables(numbered) == p.syllables(marked)
    words = [p.join(p.word_syllables(w), w[0].isupper()) for w in p.words(numbered.replace("u:", "ü"))]
    assert " ".join(words) == marked


@pytest.mark.parametrize(("reading", "style", "expected"), [
    ("qíngxù shíbié", "numbers", "qing2xu4 shi2bie2"),
    ("qíngxù shíbié", "plain", "qingxu shibie"),
    ("qíngxù shíbié", "initials", "qxsb"),
    ("qíngxù shíbié", "zhuyin", "ㄑㄧㄥˊ ㄒㄩˋ ㄕˊ ㄅㄧㄝˊ"),
    ("qíngxù shíbié", "alalc", "qing xu shi bie"),
    ("rén-jī duìhuà", "alalc", "ren ji dui hua"),
    ("gōng'ān", "plain", "gong'an"),
    ("ZNV Lìwéi", "numbers", "ZNV Li4wei2"),
    ("lǜsè", "numbers", "lü4se4"),
    ("wǒmen", "zhuyin", "ㄨㄛˇ ˙ㄇㄣ"),
])
def test_other_spellings(reading: str, style: str, expected: str) -> None:
    assert p.respell(reading, style) == expected


def test_latin_in_the_term_is_no_pinyin() -> None:
    assert p.term_syllables("EmoKit简介", "EmoKit jiǎnjiè") == [("jian", 3), ("jie", 4)]
    assert p.term_syllables("AI双师课堂", "AI shuāngshī kètáng")[0] == ("shuang", 1)


@pytest.mark.parametrize("wrong", ["qíngxx", "qxsb", "hello", "zhuangg", "bō lø"])
def test_what_is_no_pinyin_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is no pinyin"):
        p.syllables(wrong)


def test_all_cuts_are_kept_and_the_likely_one_is_first() -> None:
    assert p.split_plain("xian") == (("xian",), ("xi", "an"))
    assert p.split_plain("fangan")[0] == ("fan", "gan")
    assert ("fang", "an") in p.split_plain("fangan")
    assert p.split_plain("qingxushi", True)[0] == ("qing", "xu", "shi")
    assert p.split_plain("qingxush") == ()
    assert p.split_plain("qingxush", True)[0] == ("qing", "xu", "sh")


@given(st.lists(st.sampled_from(sorted(p.SYLLABLES)), min_size=1, max_size=5), st.data())
def test_zhuyin_and_marks_lead_back(syllables: list[str], data: st.DataObject) -> None:
    tones = data.draw(st.lists(st.integers(1, 4), min_size=len(syllables), max_size=len(syllables)))
    pairs = list(zip(syllables, tones, strict=True))
    assert p.syllables(p.join(pairs)) == pairs
    spelled = " ".join(p.zhuyin(s, t) for s, t in pairs)  # without blanks ㄏㄨㄟ is hui, or hu and ei
    back = p.from_zhuyin(spelled)
    assert back is not None
    assert back.replace("2", "").replace("3", "").replace("4", "") == "".join(syllables)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert all(0 <= tone <= 5 for _, tone in p.syllables(text))
    assert p.split_plain(text) is not None


@pytest.mark.parametrize(("word", "reading"), [
    ("重庆", "Chóngqìng"), ("一个", "yī gè"), ("不是", "bù shì"), ("行为", "xíngwéi"), ("AI双师", "AI shuāngshī"), ("，", ""),
    ("abc", ""), ("西安", "Xī'ān"), ("女儿", "nǚ'ér"),
])
def test_guessed_reading_of_a_word(word: str, reading: str) -> None:
    assert read_word(word) == reading


def test_readings_of_words_stand_apart() -> None:
    assert read_words(["情绪", "识别", "AI"]) == "qíngxù shíbié AI"


def test_every_reading_of_a_character() -> None:
    assert {("zhong", 4), ("chong", 2)} <= possible_readings("重")
    assert possible_readings("a") == frozenset()
