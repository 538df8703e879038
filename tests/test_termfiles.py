"""Reading, checking, writing the term files; bad files are named by the code they must raise."""

from __future__ import annotations

import json
import random
import re
import tomllib
from typing import TYPE_CHECKING

import jsonschema
import pytest
from conftest import EMOTION, POLICING, write_terms

from glossary.errors import InputError, TermFileError
from glossary.lint import RULES, check
from glossary.model import concept_from, concept_to
from glossary.termfiles.canonical import draw_id, format_topic
from glossary.termfiles.edit import fmt, near_concepts, new_entry
from glossary.termfiles.folder import bundled_folder, read_folder
from glossary.termfiles.schema import topic_schema
from glossary.termfiles.shape import ID

if TYPE_CHECKING:
    from pathlib import Path

# Each makes one fault in a sound file: (code, what is replaced, by what, what the message must name)
FAULTS = [
    ("E100", '[topic]\nzh', '[topic\nzh', "line 3"),
    ("E101", 'kind = "technology"\n', "", "kind: is missing"),
    ("E101", 'kind = "technology"', 'kind = "technology"\ncolour = "red"', "colour: unknown field"),
    ("E101", 'kind = "technology"', "kind = 7", "kind: must be text, not a number"),
    ("E101", 'reviewed = 2026-11-22', 'reviewed = "yesterday"', "reviewed: must be a date"),
    ("E102", "[k7q2m]", "[lemon]", "is no id"),
    ("E103", 'literal = "emotion + recognise"', 'literal = " padded "', "literal: is empty, padded"),
    ("E104", 'text = "emotion recognition", use = "preferred"', 'text = "emotion recognition", use = "admitted"', "en[0].use"),
    ("E105", "qíngxù shíbié", "qíngxx shíbié", "is no pinyin"),
    ("E106", 'kind = "technology"', 'kind = "gadget"', "'gadget' is not one of the kinds"),
    ("E107", "qíngxù shíbié", "qíngxù", "has 4 characters"),
    ("E108", "qíngxù shíbié", "qíngxù shībié", "识 is not read shī"),
    ("E107", "qíngxù shíbié", "qíngxù shíbíe", "has 4 characters"),
    ("E112", "reviewed = 2026-11-22\n", "", "reviewed"),
    ("E113", 'page = "14–15", note = [40, 59]', 'accessed = 2026-01-01', "needs a locator"),
    ("E113", 'page = "14–15"', 'page = "fourteen"', "is no page"),
    ("E114", re.compile(r'definition.en = "inferring.*\n'), "", "kind is technology"),
    ("E115", re.compile(r'definition.en = "inferring.*'), 'definition.en = "the emotion recognition"', "repeats"),
    ("E119", 'literal = "emotion + recognise"', f'literal = "{"x" * 200}"', "200 characters long"),
    ("E120", 'text = "emotion recognition"', 'text = "情绪 recognition"', "has Han characters"),
    ("E203", 'cite = "article19-2021", page = "14–15"', 'cite = "nobody-1999", page = "14–15"', "nobody-1999"),
    ("E205", '"b2c3d",  # 情绪 · emotion', '"zzzzz",', "zzzzz"),
    ("E206", '"b2c3d",  # 情绪 · emotion', '"k7q2m",', "leads to itself"),
    ("E207", 'kind = "technology"', "kind   = 'technology'", "differs"),
]


def broken(tmp_path: Path, old: str | re.Pattern[str], new: str) -> Path:
    text = old.sub(new, EMOTION) if isinstance(old, re.Pattern) else EMOTION.replace(old, new)
    assert text != EMOTION
    return write_terms(tmp_path / "terms", emotion__emotion=text, policing__programmes=POLICING)


@pytest.mark.parametrize(("code", "old", "new", "named"), FAULTS, ids=[f"{f[0]}-{i}" for i, f in enumerate(FAULTS)])
def test_fault_is_found_and_named(tmp_path: Path, code: str, old: str, new: str, named: str) -> None:
    problems = check(broken(tmp_path, old, new))
    mine = [p for p in problems if p.code == code]
    assert mine, [str(p) for p in problems]
    assert any(named in str(p) for p in mine), [str(p) for p in mine]
    assert mine[0].file == "emotion/emotion.toml"
    if code not in ("E100", "E207", "E102"):
        assert mine[0].line > 1


def test_sound_folder_has_no_errors(terms: Path) -> None:
    fmt(terms)
    assert [str(p) for p in check(terms) if p.is_error] == []


@pytest.mark.parametrize(("zh", "pinyin", "code"), [
    ("一个中国", "yí gè Zhōngguó", "E109"), ("不是", "bú shì", "E109"), ("西安", "Xīān", "E110"), ("方案", "fāngàn", "E108"),
    ("公安", "gōng'ān", ""), ("重庆", "Chóngqìng", ""), ("花儿", "huār", ""), ("方案", "fāng'àn", ""), ("行为", "xíngwéi", ""),
    ("便衣", "biànyī", ""), ("便衣", "piányī", ""), ("传感器", "chuángǎnqì", ""), ("不是", "bùshì", ""),
])
def test_reading_rules(tmp_path: Path, zh: str, pinyin: str, code: str) -> None:
    text = EMOTION.replace('text = "情绪识别", pinyin = "qíngxù shíbié"', f'text = "{zh}", pinyin = "{pinyin}"')
    codes = {p.code for p in check(write_terms(tmp_path / "t", a__b=text)) if p.code in ("E105", "E107", "E108", "E109", "E110")}
    assert codes == ({code} if code else set())


def test_all_faults_come_back_in_one_run(tmp_path: Path) -> None:
    text = EMOTION.replace('kind = "technology"', 'kind = "gadget"').replace('page = "15"', 'page = "xv."')
    root = write_terms(tmp_path / "terms", emotion__emotion=text, policing__half=POLICING[:-30])
    with pytest.raises(TermFileError) as caught:
        read_folder(root)
    assert len(caught.value.problems) == 3
    assert "policing/half.toml" in str(caught.value)
    folder = read_folder(root, keep_going=True)
    assert len(folder.problems) == 3
    assert folder.concepts == {}


def test_rest_of_the_base_loads_where_asked(tmp_path: Path) -> None:
    root = write_terms(tmp_path / "terms", emotion__emotion=EMOTION, policing__half=POLICING[:-30])
    assert set(read_folder(root, keep_going=True).concepts) == {"b2c3d", "k7q2m"}


def test_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    root = write_terms(tmp_path / "terms", emotion__emotion=EMOTION)
    (root / "emotion" / "gb.toml").write_bytes('[topic]\nzh = "情绪"\n'.encode("gb18030"))
    problem = next(p for p in check(root) if p.code == "E100")
    assert (problem.file, problem.line) == ("emotion/gb.toml", 2)
    assert "save it as UTF-8" in problem.message


def test_same_id_in_two_files(tmp_path: Path) -> None:
    problems = check(write_terms(tmp_path / "terms", a__one=EMOTION, b__two=EMOTION))
    assert {p.code for p in problems} >= {"E201"}
    assert "a/one.toml" in next(p.message for p in problems if p.code == "E201")


def test_loop_of_broader(tmp_path: Path) -> None:
    loop = EMOTION.replace('definition.en = "a short', 'broader = ["k7q2m"]\ndefinition.en = "a short')
    assert "E204" in {p.code for p in check(write_terms(tmp_path / "terms", a__b=loop))}


def test_retired_ids(tmp_path: Path) -> None:
    root = write_terms(tmp_path / "terms", a__b=EMOTION)
    (root / "retired.toml").write_text('[k7q2m]\nto = ["b2c3d"]\n[h5h5h]\nto = ["zzzzz"]\n', encoding="utf-8")
    assert {"E202", "E209"} <= {p.code for p in check(root)}


def test_same_preferred_term_twice_in_a_domain(tmp_path: Path) -> None:
    twice = POLICING.replace("雪亮工程", "情绪").replace("Xuěliàng Gōngchéng", "Qíngxù").replace('["surveillance"]', '["emotion"]')
    codes = [p.code for p in check(write_terms(tmp_path / "terms", a__b=EMOTION, b__c=twice))]
    assert "E210" in codes
    assert "W201" in codes


def test_select_and_only(tmp_path: Path) -> None:
    root = write_terms(tmp_path / "terms", a__b=EMOTION.replace("[k7q2m]", "[lemon]"), b__c=POLICING.replace("[m4n8p]", "[LEMON]"))
    assert {p.file for p in check(root, only=["b/c.toml"])} == {"b/c.toml"}
    assert {p.code for p in check(root, select="E102")} == {"E102"}


def test_every_rule_says_what_it_means() -> None:
    assert all(re.fullmatch(r"[EW][12]\d\d", code) and len(text) > 15 for code, text in RULES.items())


# the canonical form


def test_canonical_form_is_stable_and_loses_nothing(terms: Path) -> None:
    before = read_folder(terms).concepts
    fmt(terms)
    assert fmt(terms) == []
    assert read_folder(terms).concepts == before


def test_fmt_draws_ids_and_resolves_terms(tmp_path: Path) -> None:
    text = EMOTION.replace("[k7q2m]", "[new-qingxu-shibie]").replace('"b2c3d",  # 情绪 · emotion', '"情绪",')
    other = POLICING.replace('definition.en = "a nation', 'related = [{ to = "情绪识别", note = "uses 情绪识别" }]\ndefinition.en = "a nation')
    root = write_terms(tmp_path / "terms", emotion__emotion=text, policing__programmes=other)
    assert fmt(root, write=False)
    assert "[new-" in (root / "emotion" / "emotion.toml").read_text(encoding="utf-8")
    fmt(root)
    folder = read_folder(root)
    new = next(c for c in folder.concepts.values() if c.zh[0].text == "情绪识别")
    assert ID.fullmatch(new.id)
    assert new.relations[0].target == "b2c3d"
    related = folder.concepts["m4n8p"].relations[0]
    assert (related.target, related.note) == (new.id, "uses 情绪识别")
    assert f'{new.id}", note' in (root / "policing" / "programmes.toml").read_text(encoding="utf-8")
    assert "# 情绪识别 · emotion recognition" in (root / "policing" / "programmes.toml").read_text(encoding="utf-8")
    assert fmt(root) == []


def test_fmt_writes_nothing_where_a_file_is_faulty(terms: Path) -> None:
    path = terms / "emotion" / "emotion.toml"
    path.write_text(EMOTION.replace('kind = "technology"', "kind = 7"), encoding="utf-8")
    other = (terms / "policing" / "programmes.toml").read_bytes()
    with pytest.raises(TermFileError):
        fmt(terms)
    assert (terms / "policing" / "programmes.toml").read_bytes() == other


def test_plain_form_leads_back() -> None:
    data = tomllib.loads(EMOTION)["k7q2m"]
    concept = concept_from("k7q2m", data)
    assert concept_from("k7q2m", json.loads(json.dumps(concept_to(concept)))) == concept
    assert concept.label == "情绪识别 · emotion recognition"
    assert concept.sources[0].locator == "pp. 14–15, notes 40, 59"


def test_ids_are_drawn_anew() -> None:
    taken = {draw_id(()) for _ in range(50)}
    assert all(ID.fullmatch(i) for i in taken)
    rng = random.Random(1)
    first = draw_id((), rng)
    assert draw_id([first], random.Random(1)) != first


def test_entries_stand_in_pinyin_order() -> None:
    head, first, second = EMOTION.split("\n# ")
    swapped = f"{head}\n# {second}\n# {first}"
    assert swapped.index("[k7q2m]") < swapped.index("[b2c3d]")
    written = format_topic(tomllib.loads(swapped), {"b2c3d": "情绪 · emotion", "k7q2m": "情绪识别 · emotion recognition"})
    assert written.index("[b2c3d]") < written.index("[k7q2m]")


# beginning an entry


def test_new_entry(terms: Path) -> None:
    id, block = new_entry(terms, "emotion/emotion", "语音情绪识别", "speech emotion recognition")
    assert "yǔyīn qíngxù shíbié" in block
    folder = read_folder(terms)
    assert folder.concepts[id].en[0].proposed
    assert fmt(terms) == []


def test_new_entry_refuses_a_duplicate_and_shows_the_near_ones(terms: Path) -> None:
    with pytest.raises(InputError, match=r"情绪识别 is there already: k7q2m 情绪识别 · emotion recognition; b2c3d 情绪"):
        new_entry(terms, "emotion/emotion", "情绪识别", "emotion recognition")
    with pytest.raises(InputError, match=r"there is no topic file nothing\.toml"):
        new_entry(terms, "nothing", "新词", "new word")
    assert new_entry(terms, "emotion/emotion", "情绪", "sentiment", force=True)
    assert [c.id for c in near_concepts(read_folder(terms), "别的", "emotion")] == ["b2c3d"]


# the schema says the same as the checker


def test_schema_file_is_made_from_the_tables() -> None:
    root = bundled_folder()
    made = topic_schema(tomllib.loads((root / "vocabulary.toml").read_text(encoding="utf-8")))
    assert json.loads((root / "schema.json").read_text(encoding="utf-8")) == made
    jsonschema.Draft202012Validator.check_schema(made)


SHAPE = {"E101", "E102", "E103", "E106", "E113", "E119"}


@pytest.mark.parametrize(("old", "new"), [("", "")] + [(f[1], f[2]) for f in FAULTS if f[0] in SHAPE])
def test_schema_and_checker_agree(tmp_path: Path, old: str, new: str) -> None:
    root = broken(tmp_path, old, new) if old else write_terms(tmp_path / "terms", emotion__emotion=EMOTION)
    vocabulary = read_folder(root, keep_going=True).vocabulary
    data = tomllib.loads((root / "emotion" / "emotion.toml").read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(data, default=str))
    validator = jsonschema.Draft202012Validator(topic_schema(vocabulary), format_checker=jsonschema.FormatChecker())
    faults = [p for p in check(root) if p.code in SHAPE]
    assert bool(list(validator.iter_errors(plain))) == bool(faults)
