"""Yomitan dictionaries, held to our reading of its schemas, and Anki packages, held to Anki's own library."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from exchanged import ALL, BROADER, EMOTION, HOME, NO_CHINESE, NO_ENGLISH, TUTOR, concept, losses, whole, written
from msgspec.structs import replace

from glossary.errors import InputError, MissingPart
from glossary.exchange.anki import FIELDS
from glossary.model import ZhTerm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from glossary import Glossary

# what Yomitan allows (schemas of version 3), in our own words: elements with what else they may have
_ELEMENTS = {
    **{tag: {"content", "data", "lang"} for tag in "ruby rt rp table thead tbody tfoot tr".split()},
    **{tag: {"content", "data", "lang", "style", "title", "open"} for tag in "span div ol ul li details summary".split()},
    "br": {"data"}, "a": {"content", "href", "lang"},
}


def check_content(node: Any) -> None:
    """Structured content: text, a list, or an element."""
    if isinstance(node, list):
        for child in node:
            check_content(child)
    elif isinstance(node, dict):
        assert node.keys() - {"tag"} <= _ELEMENTS[node["tag"]], node
        assert all(isinstance(v, str) for v in node.get("data", {}).values())
        assert node["tag"] != "a" or re.match(r"https?:|\?", node["href"])
        check_content(node.get("content", ""))
    else:
        assert isinstance(node, str)


def check_dictionary(data: bytes) -> tuple[dict[str, Any], list[Any], dict[str, Any]]:
    """The index, the rows and the tags of a dictionary, all of them as Yomitan wants them."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    index = json.loads(archive.read("index.json"))
    assert index["title"]
    assert index["revision"]
    assert index["format"] == 3
    assert all(re.fullmatch("[a-z]{2,3}", index[k]) for k in ("sourceLanguage", "targetLanguage"))
    banks = [n for n in archive.namelist() if n.startswith("term_bank_")]
    assert banks == [f"term_bank_{i}.json" for i in range(1, len(banks) + 1)]
    assert set(archive.namelist()) == {"index.json", "tag_bank_1.json", "styles.css", *banks}
    tags = {t[0]: t for t in json.loads(archive.read("tag_bank_1.json"))}
    for name, category, order, note, score in tags.values():
        assert re.fullmatch(r"\S+", name)
        assert isinstance(category, str)
        assert isinstance(note, str)
        assert isinstance(order, int)
        assert isinstance(score, int)
    rows = [row for bank in banks for row in json.loads(archive.read(bank))]
    for term, reading, marks, rules, score, definitions, sequence, term_tags in rows:
        assert term == term.strip() != ""
        assert isinstance(reading, str)
        assert rules in ("", "n", "v", "adj", "adv")
        assert isinstance(score, int)
        assert isinstance(sequence, int)
        assert {*marks.split(), *term_tags.split()} <= tags.keys()
        assert [d["type"] for d in definitions] == ["structured-content"]
        check_content(definitions[0]["content"])
    return index, rows, tags


def plain_text(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(plain_text, node))
    return plain_text(node.get("content", "")) if isinstance(node, dict) else node


def test_yomitan_entry() -> None:
    data, report = written("yomitan", [EMOTION, BROADER], script="both", address="https://example.org/")
    index, rows, tags = check_dictionary(data)
    assert (index["revision"], index["sourceLanguage"], index["targetLanguage"]) == ("2026-11-22", "zh", "en")
    assert [(r[0], r[1], r[4], r[6], r[7]) for r in rows] == [
        ("情绪识别", "qíngxù shíbié", 100, 1, "preferred"), ("情緒識別", "qíngxù shíbié", 100, 1, "preferred"),
        ("情感识别", "qínggǎn shíbié", 50, 1, "admitted"), ("情感識別", "qínggǎn shíbié", 50, 1, "admitted"),
        ("情绪", "qíngxù", 100, 2, "preferred"), ("情緒", "qíngxù", 100, 2, "preferred")]
    assert rows[0][2] == "emotion draft"
    assert tags["emotion"][3] == "Emotion recognition"
    content = rows[0][5][0]["content"]
    text = plain_text(content)
    for piece in ("emotion recognition abbreviated ER, NGO", "mood detection deprecated, a mood lasts longer", "推断人的情绪",
                  "literally: emotion + recognise", "Contested.", "broader: 情绪", "ARTICLE 19 2021, pp. 14, 15, note 40"):
        assert piece in text
    links = re.findall(r'"href": "([^"]+)"', json.dumps(content))
    assert links == ["?query=%E6%83%85%E7%BB%AA", "https://example.org/a19", "https://example.org/c/k7q2m"]
    assert losses(report)["dropped", "relations to what is not exported"] == 1


def test_yomitan_regional_forms_and_scripts() -> None:
    shelf = concept("c", (ZhTerm("里面", "lǐmiàn", trad="裏面"),), "inside")
    heads = [r[0] for r in check_dictionary(written("yomitan", [shelf], script="both")[0])[1]]
    assert heads == ["里面", "裏面", "裡面"]
    assert [r[0] for r in check_dictionary(written("yomitan", [EMOTION])[0])[1]] == ["情绪识别", "情感识别"]


def test_yomitan_from_english() -> None:
    index, rows, _ = check_dictionary(written("yomitan", [EMOTION], direction="en-zh")[0])
    assert (index["sourceLanguage"], index["targetLanguage"]) == ("en", "zh")
    assert [(r[0], r[3], r[4]) for r in rows] == [
        ("emotion recognition", "n", 100), ("ER", "", 100), ("affect recognition", "n", 50), ("emotion reading", "n", 0),
        ("mood detection", "n", -100)]


@pytest.mark.parametrize("direction", ["zh-en", "en-zh"])
def test_yomitan_hostile(direction: str) -> None:
    odd = concept("odd", "词", "word", domains=("data protection", ""), kind="")
    data, report = written("yomitan", [*ALL, odd], script="both", direction=direction)
    _, rows, tags = check_dictionary(data)
    assert "data-protection" in tags
    assert len({r[6] for r in rows}) == report.concepts == len(ALL)
    assert losses(report)["dropped", "concepts without a term in the language"] == 1
    assert "\u202e" not in "".join(r[0] for r in rows)


def test_yomitan_whole_base(bundled: Glossary) -> None:
    _, rows, tags = check_dictionary(written("yomitan", whole(bundled), script="both")[0])
    assert len(rows) > 10_000  # more than one bank
    assert {"preferred", "admitted", "emotion"} <= tags.keys()
    heads = {r[0] for r in rows}
    assert {"情绪识别", "情緒識別", "雪亮工程", "臺灣", "台湾"} <= heads


# Anki


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    made = Collection(str(tmp_path / "collection.anki2"))
    yield made
    made.close()


def import_package(collection: Collection, tmp_path: Path, data: bytes) -> dict[str, int]:
    path = tmp_path / "terms.apkg"
    path.write_bytes(data)
    options = ImportAnkiPackageOptions()  # as Anki proposes: update where newer
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
    return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting") if getattr(log, name)}


def import_table(collection: Collection, tmp_path: Path, data: bytes) -> dict[str, int]:
    path = tmp_path / "terms.txt"
    path.write_bytes(data)
    metadata = collection.get_csv_metadata(str(path), None)
    log = collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    return {n: len(getattr(log, n)) for n in ("new", "updated", "duplicate", "first_field_match", "conflicting") if getattr(log, n)}


def fields_of(collection: Collection, id: str) -> dict[str, str]:
    (note,) = collection.find_notes(f'"Id:{id}"')
    return dict(collection.get_note(note).items())


def test_anki_package(collection: Collection, tmp_path: Path) -> None:
    data, report = written("anki", [EMOTION, BROADER, NO_ENGLISH, NO_CHINESE], script="both", address="https://example.org")
    assert import_package(collection, tmp_path, data) == {"new": 4}
    assert collection.card_count() == 6  # a side that is empty makes no card
    note = fields_of(collection, "k7q2m")
    assert tuple(note) == FIELDS
    assert note["Simplified"] == "情绪识别"
    assert note["Traditional"] == "情緒識別"
    assert note["Pinyin"] == "qíngxù shíbié"
    assert note["English"] == "emotion recognition (ER)"
    assert note["Other names"] == "<span lang='zh'>情感识别（情感識別）</span> qínggǎn shíbié (TW)"
    assert note["Other renderings"] == (
        "affect recognition; <span class='old'>emotion reading</span> <span class='label'>superseded</span>; "
        "<span class='avoid'>mood detection</span> <span class='label'>deprecated, a mood lasts longer</span>")
    assert note["Note"] == "Literally: emotion + recognise<br>Contested.<br>emotion recognition: NGO"
    assert note["Sources"] == "<a href='https://example.org/a19'>ARTICLE 19 2021, pp. 14, 15, note 40</a>"
    assert note["Link"] == "<a href='https://example.org/c/k7q2m'>Entry</a>"
    assert collection.get_note(collection.find_notes("Id:k7q2m")[0]).tags == ["glossary::emotion"]
    assert losses(report)["dropped", "relations"] == 2
    assert "Test (both scripts)" in [d.name for d in collection.decks.all_names_and_ids()]


def test_anki_later_edition_updates(collection: Collection, tmp_path: Path) -> None:
    from exchanged import VOCABULARY

    from glossary.exchange.registry import FORMATS, Options
    from glossary.exchange.report import Report

    def edition(date: str, note: str) -> bytes:
        file = io.BytesIO()
        options = Options(date=date, vocabulary=VOCABULARY)
        FORMATS["anki"].writer([replace(EMOTION, note=note), BROADER], file, Report("anki", "write"), options)
        return file.getvalue()

    assert import_package(collection, tmp_path, edition("2026-11-22", "First.")) == {"new": 2}
    assert import_package(collection, tmp_path, edition("2026-11-22", "First.")) == {"duplicate": 2}
    assert import_package(collection, tmp_path, edition("2026-12-24", "Second."))["updated"] == 2
    assert collection.note_count() == 2
    assert "Second." in fields_of(collection, "k7q2m")["Note"]
    with pytest.raises(InputError, match="'soon' is no date: write it as 2026-11-22"):
        edition("soon", "")


def test_anki_date_is_that_of_the_latest_review(collection: Collection, tmp_path: Path) -> None:
    from glossary.exchange.registry import FORMATS, Options
    from glossary.exchange.report import Report

    def made(reviewed: str) -> bytes:
        file = io.BytesIO()
        FORMATS["anki"].writer([replace(EMOTION, reviewed=reviewed)], file, Report("anki", "write"), Options())
        return file.getvalue()

    assert import_package(collection, tmp_path, made("2026-11-22")) == {"new": 1}
    assert import_package(collection, tmp_path, made("2026-11-23")) == {"updated": 1}


@pytest.mark.parametrize("script", ["hans", "hant", "both"])
def test_anki_table_updates_the_package(collection: Collection, tmp_path: Path, script: str) -> None:
    assert import_package(collection, tmp_path, written("anki", ALL, script=script)[0]) == {"new": len(ALL)}
    changed = [replace(EMOTION, note="Changed."), *ALL[1:]]
    data, _ = written("anki-tsv", changed, script=script)
    import_table(collection, tmp_path, data)
    assert collection.note_count() == len(ALL)
    assert "Changed." in fields_of(collection, "k7q2m")["Note"]
    for line in data.decode().splitlines():
        if not line.startswith("#"):
            assert line.count("\t") == len(FIELDS)
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.split("\t"))


def test_anki_hostile_text_stays_text(collection: Collection, tmp_path: Path) -> None:
    for data, importing in ((written("anki", ALL)[0], import_package), (written("anki-tsv", ALL)[0], import_table)):
        importing(collection, tmp_path, data)
        for number in collection.find_notes("*"):
            note = collection.get_note(number)
            for card in note.cards():
                output = card.render_output()
                for html in (output.question_text, output.answer_text):
                    assert "<script>" not in html
                    assert "\u202e" not in html
                assert not output.question_av_tags
                assert not output.answer_av_tags
        markup = collection.get_note(collection.find_notes("Id:markup")[0]).cards()[0].render_output().answer_text
        assert "{{English}}" in markup
        assert "&lt;script&gt;" in markup
        assert "[latex]" not in markup


def test_anki_scripts(collection: Collection, tmp_path: Path) -> None:
    """The decks of two scripts are apart from each other, and show what was asked for."""
    import_package(collection, tmp_path, written("anki", [EMOTION], script="hans")[0])
    assert import_package(collection, tmp_path, written("anki", [EMOTION], script="hant")[0]) == {"new": 1}
    questions = {collection.get_note(n).cards()[0].render_output().question_text for n in collection.find_notes("*")}
    assert {re.sub("<[^>]+>", "", q) for q in questions} == {"情绪识别", "情緒識別"}


def test_anki_homographs_are_two_notes(collection: Collection, tmp_path: Path) -> None:
    assert import_table(collection, tmp_path, written("anki-tsv", [HOME, TUTOR])[0])["new"] == 2


def test_anki_whole_base(bundled: Glossary, collection: Collection, tmp_path: Path) -> None:
    concepts = whole(bundled)
    assert import_package(collection, tmp_path, written("anki", concepts)[0]) == {"new": len(concepts)}
    assert collection.card_count() == 2 * len(concepts)
    assert collection.db is not None
    assert collection.db.scalar("pragma integrity_check") == "ok"


def test_anki_without_genanki(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(MissingPart, match=r"zh-en-glossary\[anki\]"):
        written("anki", [EMOTION])
    assert written("anki-tsv", [EMOTION])[0]
