"""Texts, files and terms that are no text, too much text, or made to do harm: nothing crashes, no offset moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import Glossary, InputError
from glossary.cli import main
from glossary.match import borders
from glossary.match.chinese import ChineseMatcher
from glossary.model import Concept, EnTerm, ZhTerm
from glossary.termbase.automaton import Automaton
from glossary.termbase.compile import compile_base
from glossary.termbase.store import Store
from glossary.text.normalize import RunningFolder, narrow
from glossary.text.script import variants

if TYPE_CHECKING:
    from pathlib import Path

    from glossary.termbase.automaton import Found
    from glossary.text.normalize import Folded

ODD = "情绪識証鷄Aİ１Ａ＋，。（）“„『』•⼈\u200b\u00ad\ufeff\U000e0100 \n\u3000\t😀é́\U00020000"


@given(st.text(st.sampled_from(ODD), max_size=40))
def test_folding_leads_back_to_the_very_character(text: str) -> None:
    others = variants()
    folded = RunningFolder(others)(text)
    at = 0
    for i, char in enumerate(folded.text):
        start, end = folded.span(i, i + 1)
        assert end == start + 1
        assert start >= at  # in order, and nothing twice
        at = end
        raw = text[start]
        plain = narrow(raw)
        assert char in {raw, raw.lower(), raw.lower()[0], plain, others.get(plain, plain), *"·“”「」"}
    places = [(i, i + 1, 0) for i in range(len(folded.text))]
    assert [(s, e) for s, e, _ in folded.places(places)] == [folded.span(i, i + 1) for i in range(len(folded.text))]


@pytest.mark.parametrize(("text", "terms"), [
    ("证件和証件", ["证件", "証件"]), ("他说：“ＡＩ”和鷄娃", ["ＡＩ", "鷄娃"]), ("ＧＢ／Ｔ　３５２７３", ["ＧＢ／Ｔ　３５２７３"]), ("İ证件", ["证件"]),
    ("证\u200b\n\u200b 件", ["证\u200b\n\u200b 件"]), ("（２０２０）办法", ["（２０２０）办法"]), ("証，办法(2020)", []), ("証，(2020)办法", ["(2020)办法"]),
])
def test_odd_characters_touch_nothing_else(tmp_path: Path, text: str, terms: list[str]) -> None:
    names = ["证件", "AI", "鸡娃", "GB/T 35273", "(2020)办法"]
    compile_base(tmp_path / "o.db", [Concept(f"o{i:04d}", "concept", ("law",), (ZhTerm(n, ""),), ()) for i, n in enumerate(names)])
    assert [m.text for m in Glossary.open(tmp_path / "o.db").annotate(text, borders=False).matches] == terms


class Folding(ChineseMatcher):
    """Folds every text."""

    def _first_in(self, text: str) -> tuple[Folded, list[Found], list[Found]]:
        folded = self._fold(text)
        found = self._terms_in(folded.text)
        return folded, found, self._noticed(found)[0]


CASED = ["AI", "人脸AI", "Ai芯片", "Wi-Fi", "GB/T 35273", "情绪", "情绪识别", "说明", "拉·登", "“双减”政策", "T恤", "識別", "2020年", "a b"]
PARTS = [*CASED, *"AaIiWwfFTtİＡｉ１K情绪识說説拉登·•・“”„‟〝 \n\u3000\t\x0c\u2003\u200b-/(（，。xX3é⼈", "wi-fi", "WI-FI", "GB", "gb/t", "AI芯片", "2020"]


@pytest.fixture(scope="module")
def cased(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("cased") / "c.db"
    compile_base(path, [Concept(f"c{i:04d}", "concept", ("law",), (ZhTerm(n, ""),), ()) for i, n in enumerate(CASED)])
    return Store(str(path))


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_a_text_looked_through_as_it_is_gives_what_its_folded_form_gives(cased: Store, text: str) -> None:
    found, expected = (matcher(cased).find(text, borders=False) for matcher in (ChineseMatcher, Folding))
    assert [(s, e, found.terms.id[p]) for s, e, p in found.places] == [(s, e, expected.terms.id[p]) for s, e, p in expected.places]


def test_most_texts_need_no_folding(cased: Store) -> None:
    folded: list[str] = []

    class Noting(ChineseMatcher):
        def _fold(self, text: str) -> Folded:
            folded.append(text)
            return super()._fold(text)

    matcher = Noting(cased)
    plain = ["AI芯片与 GB/T 35273，ＸＹ，Windows 的Tesla。\n情绪\n识别", "• 情绪\n• 說明，保罗・拉，拉•登", "MAIL wi-fi WI-FI Wi-Fi İX", "情绪　识别\t中"]
    for text in plain:
        matcher.find(text, borders=False)
    assert folded == []
    odd = ["aI", "ＡＩ", "説明", "情\u200b绪", "拉・登", "Wi-FI", "WI-fi", "İ", "情绪\u2003识别"]
    for text in odd:
        matcher.find(text, borders=False)
    assert folded == [t for t in odd if t not in ("WI-fi", "Wi-FI", "İ")]


@settings(max_examples=60)
@given(st.data())
def test_the_ways_of_finding_borders_agree(bundled: Glossary, data: st.DataObject) -> None:
    """Whole text, pieces of it, or only the clauses that hold a match."""
    parts = ["公安部门", "司法部", "未成年人工智能", "研究生命起源", "手指数", "情绪识别", "，", "。\n", "的", "在", "AI", " ", "、", "警情报告", "地基因"]
    text = "".join(data.draw(st.lists(st.sampled_from(parts), max_size=40)))
    with pytest.MonkeyPatch.context() as patch:
        shapes = []
        for worth, piece, kept in ((10**9, 20_000, 10**6), (10**9, 7, 10), (0, 7, 10)):
            patch.setattr(borders, "WORTH", worth)
            patch.setattr(borders, "PIECE", piece)
            patch.setattr(borders, "KEPT", kept)
            shapes.append([m.to_dict() for every in (False, True) for m in bundled.annotate(text, every=every, crossing=every, lang="zh").matches])
    assert shapes[0] == shapes[2]
    # a piece without a clause's end is cut where it is full, which may part a word: only where that is, may it differ
    if all(len(clause) <= 7 for clause in text.replace("。", "，").replace("\n", "，").replace("、", "，").split("，")):
        assert shapes[0] == shapes[1]


def test_terms_that_are_no_patterns(tmp_path: Path) -> None:
    """What is empty or longer than anybody's term is not looked for in running text; the rest of the base is."""
    long = "情绪识别" * 25_000
    texts = ["", " ", "\u200b", "（）", long, "情绪"]
    compile_base(tmp_path / "b.db", [
        Concept(f"b{i:04d}", "concept", ("law",), (ZhTerm(t, ""),), (EnTerm(t or "x"),)) for i, t in enumerate(texts)])
    g = Glossary.open(tmp_path / "b.db")
    for text in ("情绪", long[:1000], "", "   ", "a（）b"):
        assert {m.zh for m in g.annotate(text).matches} <= {"情绪", "（）"}
    assert len(g.annotate(long).matches) == 25_000


@pytest.mark.parametrize("pattern", ["", "长" * 100_000])
@pytest.mark.parametrize("library", ["daachorse", "ahocorasick_rs"])
def test_automata_refuse_such_patterns(pattern: str, library: str) -> None:
    with pytest.raises(InputError, match=r"pattern 1 has [\d,]+ characters"):
        Automaton.build(["情绪", pattern], library)


@pytest.mark.parametrize(("data", "said"), [
    (b"\0\1\2\xff" * 100, "is binary"), (bytes(range(128, 256)) * 20, "is neither UTF-8"), (b"\xff\xfe\x00\xd8", "breaks at byte"),
])
def test_files_that_are_no_text(small_base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, said: str) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text("情绪", encoding="utf-8")
    assert main(["annotate", str(bad), "--base", str(small_base)]) == 2
    assert said in capsys.readouterr().err
    assert main(["annotate", str(bad), str(good), "--base", str(small_base)]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert err.count("\n") == 1
    assert '"file":' in out
    assert out.count("\n") == 1


@pytest.mark.parametrize("line", ["情绪识别技术在课堂中使用，", "情绪识别技术在课堂中使用", "没有可找的东西", "“”", "１", "証", "\u200b", "a ", "İ", "情 "])
def test_one_long_line(small_base: Path, line: str) -> None:
    """Time and memory go with the length, whatever it is made of; a quadratic step would not end."""
    text = line * (3_000_000 // len(line))
    found = Glossary.open(small_base).annotate_columns([text])
    assert len(found) == (text.count("情绪识别") or text.replace(" ", "").count("情绪"))
