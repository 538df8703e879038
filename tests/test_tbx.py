"""TBX: what is written is valid and read by others, what is read is understood, what is hostile is refused."""

from __future__ import annotations

import io
import re
import tracemalloc
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tbx_rules import faults

from glossary.errors import InputError
from glossary.exchange.registry import FORMATS, Options, format_of
from glossary.exchange.report import Report
from glossary.exchange.tbx import names, stream
from glossary.exchange.tbx.entry import _OWN as ENTRY_KEYS
from glossary.exchange.tbx.term import _OWN as TERM_KEYS
from glossary.model import Concept, Definition, EnTerm, Reference, Relation, Source, ZhTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary import Glossary

V3 = ("tbx", "tbx-linguist")
ALL = (*V3, "tbx2")


def written(concepts: Iterable[Concept], name: str = "tbx-linguist", **options: Any) -> tuple[bytes, Report]:
    """The file and the report of writing it."""
    chosen, report, file = format_of(name), Report(name, "write"), io.BytesIO()
    options.setdefault("script", "both")
    chosen.writer(concepts, file, report, Options(more=dict(chosen.variant), **options))
    return file.getvalue(), report


def taken(data: bytes | str) -> tuple[list[Concept], Report, Options]:
    report, options = Report("tbx", "read"), Options(name="a.tbx")
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(format_of("tbx").reader(file, report, options)), report, options


def losses(report: Report) -> dict[tuple[str, str], int]:
    return {(x.kind, x.field): x.count for x in report.losses}


def v3(body: str, *, style: str = "dca", more: str = "") -> str:
    return (f'<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="{style}" xml:lang="en" {more}'
            'xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>\n'
            f"<text><body>{body}</body></text></tbx>")


def v2(body: str, prolog: str = "") -> str:
    return (f'<?xml version="1.0"?>{prolog}\n<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p>'
            f"</sourceDesc></fileDesc></martifHeader><text><body>{body}</body></text></martif>")


def one(zh: str = "词", en: str = "word", lang: str = "zh-Hans", said: str = "") -> str:
    return (f'<conceptEntry id="c1">{said}<langSec xml:lang="{lang}"><termSec><term>{zh}</term></termSec></langSec>'
            f'<langSec xml:lang="en"><termSec><term>{en}</term></termSec></langSec></conceptEntry>')


WORK = Source("article19-2021", "report", "Emotional Entanglement", authors=("ARTICLE 19",), date="2021-01", licence="CC BY-NC-SA")
EMOTION = Concept(
    "b2c3d", "concept", ("emotion",), (ZhTerm("情绪", "qíngxù", trad="情緒"),), (EnTerm("emotion"),), "draft",
)
FULL = Concept(
    "k7q2m",
    "technology",
    ("emotion", "ai"),
    (
        ZhTerm("情绪识别", "qíngxù shíbié", "preferred", "情緒識別", "full", "CN", "qíngxù shìbié", "2010–", "of faces & voices", False,
               (Reference("article19-2021", "14–15", (40, 59)),)),
        ZhTerm("识情", "shíqíng", "superseded", "識情", "slogan", proposed=True),
    ),
    (
        EnTerm("emotion recognition", "preferred", "ER", ("ngo", "press"), "GB", "noun", "2010–", "note: see <there>", False,
               (Reference("elsewhere", section="3", article="2", entry="x", url="https://example.org/a?b=c&d", accessed="2026-11-22"),)),
        EnTerm("mood detection", "deprecated", pos="name"),
        EnTerm("reading of emotions", "admitted", pos="phrase"),
    ),
    "reviewed",
    "2026-11-22",
    "emotion + recognise",
    Definition("inferring what a person feels", "推断人的情绪", (Reference("article19-2021", "15"),)),
    "kind: of a note",
    (Relation("broader", "b2c3d", "in general"), Relation("contrast", "b2c3d"), Relation("related", "b2c3d")),
    (Reference("article19-2021", "15"),),
)


def works(cite: str) -> Source | None:
    return WORK if cite == WORK.cite else None


# out


@pytest.mark.parametrize("name", V3)
@pytest.mark.parametrize("script", ["hans", "hant", "both"])
def test_what_is_written_keeps_the_rules(name: str, script: str) -> None:
    data, report = written([EMOTION, FULL], name, script=script, source_of=works, title="A & B", licence="CC BY 4.0", date="2026-11-23")
    assert faults(data) == []
    assert report.concepts == 2
    text = data.decode()
    assert "<title>A &amp; B</title>" in text
    assert "<p>as of 2026-11-23</p><p>CC BY 4.0</p>" in text
    assert ("zh-Hans" in text) == (script != "hant")
    assert ("zh-Hant" in text) == (script != "hans")
    assert data == written([EMOTION, FULL], name, script=script, source_of=works, title="A & B", licence="CC BY 4.0", date="2026-11-23")[0]


def test_rules_find_faults() -> None:
    """The rules themselves: each of these is a fault of a well-known exporter or of a careless edit."""
    good = written([EMOTION, FULL], source_of=works)[0].decode()
    assert not faults(good.encode())
    for old, new in [
        ('style="dca"', 'style="x"'),
        ('<langSec xml:lang="en">', '<langSec xml:lang="en_GB">'),
        ('target="b2c3d"', 'target="nowhere"'),
        ('id="b2c3d"', 'id="2c"'),
        ("preferredTerm-admn-sts", "preferred"),
        ('type="partOfSpeech">noun', 'type="partOfSpeech">Noun'),
        ('<descrip type="definition">', '<descrip type="context">'),
        ('<termNote type="administrativeStatus">', "<note>x</note>" + '<termNote type="administrativeStatus">'),
        ("<term>情绪</term>", "<term></term>"),
        ("<sourceDesc>", "<publicationStmt><p>x</p></publicationStmt><sourceDesc>"),
        ("</langSec>\n</conceptEntry>", "</langSec>\n<note>late</note></conceptEntry>"),
    ]:
        assert old in good
        assert faults(good.replace(old, new, 1).encode()), f"{old} → {new}"


def test_linguist_has_readings_and_basic_keeps_them_as_notes() -> None:
    linguist, _ = written([EMOTION], "tbx-linguist", script="hans")
    assert '<admin type="reading">qíngxù</admin><adminNote type="readingNote">Hanyu Pinyin</adminNote>' in linguist.decode()
    basic, report = written([EMOTION], "tbx", script="hans")
    assert "<note>pinyin: qíngxù</note>" in basic.decode()
    assert losses(report)["changed", "pinyin: as a note"] == 1


@pytest.mark.parametrize("name", ALL)
def test_everything_comes_back(name: str) -> None:
    data, _ = written([EMOTION, FULL], name, source_of=works)
    back, report, options = taken(data)
    assert back == [EMOTION, FULL]
    assert report.losses == []
    assert options.found.sources == {WORK.cite: WORK}


@pytest.mark.parametrize("name", ALL)
def test_the_curated_base_comes_back(name: str, bundled: Glossary) -> None:
    """Every concept in both scripts, out and in: nothing is lost but labels of domains, which importing makes codes."""
    concepts = list(bundled)
    sources = {s.cite: s for s, _ in bundled.sources()}
    data, report = written(concepts, name, source_of=sources.get, vocabulary=bundled.vocabulary)
    codes = {label["en"]: code for code, label in bundled.vocabulary["domains"].items()}
    back, came, options = taken(data)
    assert report.concepts == len(concepts) > 4000
    assert [replace(c, domains=tuple(codes[d] for d in c.domains)) for c in back] == concepts
    assert came.losses == []
    cited = {r.cite for c in concepts for r in c.references()} & sources.keys()
    assert options.found.sources == {c: replace(sources[c], cited_in=()) for c in cited}
    assert {x.kind for x in report.losses} <= {"changed", "dropped"}
    if name in V3:
        assert faults(data) == []


def test_one_script_drops_the_other_and_says_so() -> None:
    odd = replace(EMOTION, zh=(ZhTerm("台湾", "Táiwān", trad="台灣"), ZhTerm("情绪", "qíngxù", trad="情緒")))
    _, report = written([odd], script="hans")
    assert losses(report)["dropped", "traditional form"] == 1
    data, _ = written([odd], script="hant")
    assert [(t.text, t.trad) for t in taken(data)[0][0].zh] == [("", "台灣"), ("", "情緒")]


def test_relations_out_of_the_file_are_left_out() -> None:
    data, report = written([FULL])
    assert "crossReference" not in data.decode()
    assert not faults(data)
    assert losses(report)["dropped", "relation to a concept that is not in the file"] == 3


def test_ids_that_xml_does_not_allow() -> None:
    ids = ["2_76365", "a b", "微表情", "x_x0041_", "-", "p:q", "k7q2m"]
    concepts = [replace(EMOTION, id=i, relations=(Relation("broader", "a b"),)) for i in ids]
    data, report = written(concepts)
    assert not faults(data)
    assert [c.id for c in taken(data)[0]] == ids
    assert {c.relations[0].target for c in taken(data)[0]} == {"a b"}
    assert losses(report)["changed", "id: as an XML name"] == 5


def test_second_concept_with_an_id_and_concept_without_a_term_are_refused() -> None:
    data, report = written([EMOTION, EMOTION, replace(EMOTION, id="zzzzz", zh=(), en=())])
    assert data.decode().count("<conceptEntry") == 1
    assert losses(report) == {
        ("refused", "second concept with this id"): 1,
        ("refused", "concept without a Chinese or English term"): 1,
        ("changed", "kind: as a note"): 1,
        ("changed", "status: as a note"): 1,
    }


def test_no_concept_at_all() -> None:
    data, report = written([])
    assert not faults(data)
    assert report.concepts == 0


def test_definition_without_a_term_in_its_language() -> None:
    concept = replace(FULL, zh=(), relations=())
    data, _ = written([concept], source_of=works)
    assert not faults(data)
    assert taken(data)[0] == [concept]


def test_control_characters_and_half_characters_do_not_get_into_the_file() -> None:
    data, report = written([replace(EMOTION, note="a\x00b\ud800c\nd", en=(EnTerm("x\x07y"),))])
    back = taken(data)[0][0]
    assert (back.note, back.en[0].text) == ("abc d", "xy")
    assert losses(report)["changed", "control characters: left out"] == 1


def test_what_was_kept_goes_back_to_its_place() -> None:
    source = v3(
        '<conceptEntry id="c1"><descrip type="subjectField">Law</descrip>'
        '<transacGrp><transac type="transactionType">origination</transac><date>2010-04-17</date>'
        '<transacNote type="responsibility" target="p1">Tom</transacNote></transacGrp>'
        '<xref type="xGraphic" target="https://example.org/a.png">a picture</xref>'
        "<note>first</note><note>second</note>"
        '<langSec xml:lang="fr"><termSec><term>courriel</term><termNote type="grammaticalGender">masculine</termNote>'
        '<descripGrp><descrip type="context">un courriel</descrip><admin type="source">AF</admin></descripGrp></termSec></langSec>'
        '<langSec xml:lang="en"><termSec><term>e-mail</term><termNote type="termType">variant</termNote>'
        '<descripGrp><descrip type="context">an <hi>e-mail</hi> came</descrip><admin type="source">B</admin></descripGrp>'
        '<descrip type="reliabilityCode">3</descrip></termSec></langSec>'
        '<langSec xml:lang="zh-CN"><termSec><term>电邮</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec>'
        "</conceptEntry>"
    )
    concepts, report, _ = taken(source)
    (concept,) = concepts
    assert concept.note == "first"
    assert concept.remainder == (
        ("transactionType", "origination"), ("transactionType date", "2010-04-17"), ("transactionType responsibility", "Tom"),
        ("xGraphic", "a picture"), ("xGraphic target", "https://example.org/a.png"), ("note", "second"),
        ("fr/term", "courriel"), ("fr/grammaticalGender", "masculine"), ("fr/context", "un courriel"), ("fr/context source", "AF"),
    )
    assert concept.en[0].remainder == (("termType", "variant"), ("context", "an e-mail came"), ("context source", "B"), ("reliabilityCode", "3"))
    assert concept.zh[0].remainder == (("partOfSpeech", "noun"),)
    assert losses(report)["kept", "language fr"] == 1
    for name in ALL:
        data, _ = written([concept], name, script="hans")
        text = data.decode()
        assert taken(data)[0] == [concept]
        assert '<xref type="xGraphic" target="https://example.org/a.png">a picture</xref>' in text
        assert "<note>also: reliabilityCode: 3</note>" in text
        assert re.search(r'<lang(Sec|Set) xml:lang="fr">', text)
        if name in V3:
            assert not faults(data)


def test_keys_of_our_notes_are_the_same_in_both_directions() -> None:
    assert tuple(ENTRY_KEYS) == names.CONCEPT_KEYS
    assert sorted(TERM_KEYS) == sorted(names.TERM_KEYS)


# what others read


def test_translate_toolkit_reads_tbx2(bundled: Glossary) -> None:
    """The same terms, with the same status, in the same order."""
    from translate.storage.tbx import tbxfile

    concepts = [c for c in bundled if c.zh and c.en][::7]
    data, _ = written(concepts, "tbx2", script="hans")
    store = tbxfile(io.BytesIO(data), sourcelanguage="zh-CN", targetlanguage="en")
    assert len(store.units) == len(concepts)
    for unit, concept in zip(store.units, concepts, strict=True):
        assert unit.getid() == concept.id
        assert [(t.text, t.administrative_status) for t in unit.get_source_terms()] == [
            (z.text, f"{z.use}Term-admn-sts") for z in concept.zh
        ]
        english = [(t.text, t.deprecated) for t in unit.get_target_terms()]
        expected = []
        for t in concept.en:
            expected += [(t.text, t.use == "deprecated")] + ([(t.abbr, t.use == "deprecated")] if t.abbr else [])
        assert english == expected


# in


def test_both_styles_and_generations_say_the_same() -> None:
    dca = v3(
        '<conceptEntry id="c1"><descrip type="subjectField">emotion</descrip>'
        '<langSec xml:lang="en"><descripGrp><descrip type="definition">a feeling</descrip><admin type="source">S1</admin></descripGrp>'
        '<termSec><term>emotion</term><termNote type="partOfSpeech">noun</termNote>'
        '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote><note>n</note></termSec></langSec>'
        '<langSec xml:lang="zh-Hans"><termSec><term>情绪</term>'
        '<adminGrp><admin type="reading">qíngxù</admin><adminNote type="readingNote">pinyin</adminNote></adminGrp></termSec></langSec></conceptEntry>'
    )
    dct = v3(
        '<conceptEntry id="c1"><min:subjectField>emotion</min:subjectField>'
        '<langSec xml:lang="en"><descripGrp><basic:definition>a feeling</basic:definition><basic:source>S1</basic:source></descripGrp>'
        "<termSec><term>emotion</term><min:partOfSpeech>noun</min:partOfSpeech>"
        "<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus><note>n</note></termSec></langSec>"
        '<langSec xml:lang="zh-Hans"><termSec><term>情绪</term>'
        '<adminGrp><l:reading xmlns:l="http://www.tbxinfo.net/ns/linguist">qíngxù</l:reading>'
        '<l:readingNote xmlns:l="http://www.tbxinfo.net/ns/linguist">pinyin</l:readingNote></adminGrp></termSec></langSec></conceptEntry>',
        style="dct", more='xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic" ',
    )
    tig = v2(
        '<termEntry id="c1"><descripGrp><descrip type="subjectField">emotion</descrip></descripGrp>'
        '<langSet xml:lang="en-US"><descripGrp><descrip type="definition">a feeling</descrip><admin type="source">S1</admin></descripGrp>'
        '<ntig><termGrp><term>emotion</term><termNote type="partOfSpeech">Noun</termNote>'
        '<termNoteGrp><termNote type="administrativeStatus">preferred</termNote></termNoteGrp></termGrp><note>n</note></ntig></langSet>'
        '<langSet lang="zh_CN"><tig><term>情绪</term><termNote type="pronunciation">qíngxù</termNote></tig></langSet></termEntry>'
    )
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1t:", dca).replace("xmlns=", "xmlns:t=")
    expected = Concept(
        "c1", "", ("emotion",), (ZhTerm("情绪", "qíngxù", ""),), (EnTerm("emotion", pos="noun", note="n"),), "",
        definition=Definition("a feeling", "", (Reference("S1"),)),
    )
    for text in (dca, dct, prefixed):
        assert taken(text)[0] == [expected]
    assert taken(tig)[0] == [replace(expected, en=(replace(expected.en[0], region="US"),))]


def test_the_first_tbx_min() -> None:
    text = """<?xml version='1.0' encoding="UTF-8"?>
<TBX dialect="TBX-Min"><header><id>x</id><languages source="zh" target="en"/></header><body>
<entry id="C002"><subjectField>biology</subjectField>
 <langGroup xml:lang="zh"><termGroup><term>狗</term><termStatus>preferred</termStatus></termGroup></langGroup>
 <langGroup xml:lang="en"><termGroup><term>dog</term><partOfSpeech>noun</partOfSpeech></termGroup>
  <termGroup><term>hound</term><termStatus>notRecommended</termStatus><customer>SAP</customer></termGroup></langGroup>
</entry></body></TBX>"""
    (concept,), _, _ = taken(text)
    assert concept.domains == ("biology",)
    assert [(t.text, t.use) for t in concept.zh] == [("狗", "preferred")]
    assert [(t.text, t.use) for t in concept.en] == [("dog", ""), ("hound", "deprecated")]
    assert concept.en[1].remainder == (("customer", "SAP"),)


@pytest.mark.parametrize(("word", "use"), [
    ("preferredTerm-admn-sts", "preferred"), ("preferredTerm", "preferred"), ("preferred", "preferred"), ("Preferred", "preferred"),
    ("admittedTerm-admn-sts", "admitted"), ("allowed", "admitted"), ("deprecatedTerm-admn-sts", "deprecated"),
    ("deprecatedTermadmnsts", "deprecated"), ("notRecommended", "deprecated"), ("forbidden", "deprecated"),
    ("supersededTerm-admn-sts", "superseded"), ("Obsolete", "superseded"),
])
@pytest.mark.parametrize("category", ["administrativeStatus", "normativeAuthorization", "usageStatus"])
def test_status_words(category: str, word: str, use: str) -> None:
    text = v3(one().replace("<term>词</term>", f'<term>词</term><termNote type="{category}">{word}</termNote>'))
    assert taken(text)[0][0].zh[0].use == use


def test_a_status_that_is_not_known_is_kept() -> None:
    text = v3(one().replace("<term>词</term>", '<term>词</term><termNote type="administrativeStatus">whatever</termNote>'))
    (concept,), report, _ = taken(text)
    assert (concept.zh[0].use, concept.zh[0].remainder) == ("", (("administrativeStatus", "whatever"),))
    assert losses(report) == {("kept", "administrativeStatus"): 1}


@pytest.mark.parametrize(("tag", "text", "trad", "region"), [
    ("zh", "词", "", ""), ("zh-CN", "词", "", ""), ("zh_CN", "词", "", ""), ("zh-cn", "词", "", ""), ("zh-Hans", "词", "", ""),
    ("zho", "词", "", ""), ("cmn-Hans-CN", "词", "", ""), ("zh-SG", "词", "", "SG"), ("zh-Hant", "", "词", ""),
    ("zh-TW", "", "词", "TW"), ("zh_TW", "", "词", "TW"), ("zh-Hant-HK", "", "词", "HK"), ("zh-hant-tw", "", "词", "TW"),
])
def test_language_tags(tag: str, text: str, trad: str, region: str) -> None:
    (concept,), _, _ = taken(v3(one(lang=tag)))
    assert [(t.text, t.trad, t.region) for t in concept.zh] == [(text, trad, region)]


def test_scripts_of_one_term_are_brought_together() -> None:
    text = v3(
        '<conceptEntry id="c1">'
        '<langSec xml:lang="zh-TW"><termSec><term>網路</term></termSec><termSec><term>資訊</term><note>n</note></termSec></langSec>'
        '<langSec xml:lang="zh-CN"><termSec><term>网络</term></termSec><termSec><term>资讯</term></termSec></langSec>'
        '<langSec xml:lang="zh-Latn-pinyin"><termSec><term>wǎngluò</term></termSec><termSec><term>zīxùn</term></termSec></langSec>'
        "</conceptEntry>"
    )
    (concept,), _, _ = taken(text)
    assert concept.zh == (
        ZhTerm("网络", "wǎngluò", ""), ZhTerm("资讯", "zīxùn", "", "資訊", note="n"), ZhTerm("", "", "", "網路", region="TW"),
    )


def test_one_language_only_and_none_of_ours() -> None:
    text = v3(
        '<conceptEntry id="a"><langSec xml:lang="en"><termSec><term>x</term></termSec></langSec></conceptEntry>'
        '<conceptEntry id="b"><langSec xml:lang="zh"><termSec><term>词</term></termSec></langSec></conceptEntry>'
        '<conceptEntry id="c"><langSec xml:lang="fr"><termSec><term>mot</term></termSec></langSec></conceptEntry>'
        '<conceptEntry id="d"><langSec xml:lang="en"><termSec><term> </term></termSec></langSec></conceptEntry>'
    )
    concepts, report, _ = taken(text)
    assert [(c.id, bool(c.zh), bool(c.en)) for c in concepts] == [("a", False, True), ("b", True, False)]
    found = {(x.kind, x.field): x.examples for x in report.losses}
    assert found["refused", "entry without a Chinese or English term"] == ["line 3 (c)", "line 3 (d)"]
    assert found["refused", "empty term"] == ["line 3 (d)"]


def test_references_that_lead_nowhere_and_ids_used_twice_are_reported() -> None:
    text = v3(
        one(said='<ref type="crossReference" target="c9">see there</ref>\n<ref type="crossReference" target="c2">x</ref>')
        + one().replace('"c1"', '"c2"') + "\n" + one(zh="另")
    )
    concepts, report, _ = taken(text)
    assert [c.id for c in concepts] == ["c1", "c2", ""]
    assert concepts[0].relations == (Relation("related", "c9", "see there"), Relation("related", "c2", "x"))
    found = {(x.kind, x.field): x.examples for x in report.losses}
    assert found["refused", "crossReference that leads nowhere"] == ["line 3 (c1) to c9"]
    assert found["changed", "id used twice: the second entry gets a new one"] == ["line 5 (c1)"]


def test_definitions_wherever_and_in_whatever_language_they_stand() -> None:
    text = v3(
        '<conceptEntry id="c1"><langSec xml:lang="zh-CN"><descrip type="definition">a feeling, in English</descrip>'
        '<termSec><term>情绪</term><descrip type="definition">短暂的感受</descrip></termSec></langSec>'
        '<langSec xml:lang="en"><descrip type="definition">another one</descrip><termSec><term>emotion</term></termSec></langSec></conceptEntry>'
    )
    (concept,), report, _ = taken(text)
    assert concept.definition == Definition("a feeling, in English", "短暂的感受")
    assert concept.remainder == (("en/definition", "another one"),)
    assert losses(report)["changed", "definition in en that stands in the section zh"] == 1


def test_notes_of_other_programs_are_not_taken_for_ours() -> None:
    (concept,), _, _ = taken(v3(one(said="<note>kind: of thing</note>")))
    assert (concept.kind, concept.note) == ("", "kind: of thing")


@pytest.mark.parametrize(("encoding", "declared"), [
    ("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ' encoding="UTF-16"'), ("utf-16-le", ""), ("utf-16-be", ""),
    ("utf-8", ' encoding="UTF-16"'), ("utf-8", ' encoding="utf8"'), ("gb18030", ' encoding="GB18030"'), ("gbk", ' encoding="gb2312"'),
    ("big5", ' encoding="Big5"'),
])
def test_encodings(encoding: str, declared: str) -> None:
    text = v3(one(zh="情人", en="n" * 20000)).replace('<?xml version="1.0"?>', f'<?xml version="1.0"{declared}?>')
    if encoding in ("utf-16-le", "utf-16-be"):
        text = "\ufeff" + text
    (concept,), _, _ = taken(text.encode(encoding))
    assert concept.zh[0].text == "情人"


def test_entries_come_whole_however_the_file_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    text = written([EMOTION, FULL], source_of=works)[0]
    for size in (1, 2, 7, 100, 1000):
        monkeypatch.setattr(stream, "CHUNK", size)
        concepts, report, options = taken(text)
        assert concepts == [EMOTION, FULL]
        assert (report.losses, options.found.sources) == ([], {WORK.cite: WORK})


# hostile and broken files


BOMB = '<!DOCTYPE martif [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"


@pytest.mark.parametrize(("text", "message"), [
    (v2("<termEntry><langSet><tig><term>&i;</term></tig></langSet></termEntry>", BOMB), "line 1: the DOCTYPE declares the entity 'a'"),
    (v2("<termEntry/>", '<!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "line 1: the DOCTYPE declares the entity 'x'"),
    (v2("<termEntry/>", '<!DOCTYPE martif [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>'), "declares the entity 'x'"),
    (v2("\n<termEntry id='a'><note>&nbsp;</note></termEntry>", '<!DOCTYPE martif SYSTEM "a.dtd">'), "line 3: &nbsp; is not defined"),
    (v2("<note>&nbsp;</note>"), "line 2: .* undefined entity"),
    (v3("@").split("@")[0] + "<x>" * 100, "line 3: <x> stands 103 levels deep"),
    (v3(f"<x>{'y' * (9 << 20)}</x>"), "line 3: an entry is larger than 8 MB"),
    (v3(f"<x y='{'y' * (2 << 20)}'/>"), "line 3: a tag or comment is longer than 1 MB"),
    (v3(f"<!--{'y' * (2 << 20)}-->"), "line 3: a tag or comment is longer than 1 MB"),
    (v3("".join(f"<x{i}/>" for i in range(3000))), "line 3: more than 2000 different names"),
    (v3(one())[:-40], "line 3: the file ends in the middle, in or after <t"),
    (v3(one()).replace("</term>", "", 1), "line 3: is not well-formed XML, in or after <term>: mismatched tag"),
    (v3(one(zh="a & b")), "line 3: is not well-formed XML, in or after <term>: .*stray"),
    ("<html><body><p>x</p></body></html>", "line 1: the root element is <html>; TBX has <tbx> or <martif>"),
    ("zh,en\n词,word\n", "line 1: is not XML"),
    ("", "is empty"),
    ("  \n", "is empty"),
    ("<tbx/>", "has no <body>"),
    (v3("").replace("body", "corpus"), "has no <body>"),
])
def test_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        taken(text)
    assert str(error.value).startswith("a.tbx: ")
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\xff\xfe\x00\x00", b"\x00" * 100, v3(one()).encode("gb18030"), v3(one()).encode("utf-16")[:-101]])
def test_bytes_that_are_no_xml_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.tbx: line \d+: "):
        taken(data)


def test_a_wrong_encoding_is_named() -> None:
    text = v3(one(zh="@")).replace("?>", ' encoding="gb18030"?>', 1).encode().replace(b"@", b"\xff\xff")
    with pytest.raises(InputError, match="is not gb18030, as its first line says"):
        taken(text)


def test_a_doctype_is_passed_over() -> None:
    doctype = '<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd">'
    attributes = '<!DOCTYPE martif [<!ATTLIST term type CDATA "forged">]>'
    body = '<termEntry id="a"><langSet xml:lang="en"><tig><term>x</term></tig></langSet></termEntry>'
    for prolog in (doctype, '<!DOCTYPE martif SYSTEM "http://127.0.0.1:9/TBXcoreStructV02.dtd">', attributes):
        assert [c.en[0].text for c in taken(v2(body, prolog))[0]] == ["x"]


def test_deep_groups_that_are_closed_again() -> None:
    """Depth inside an entry that fits into one chunk: no recursion follows it."""
    deep = "<termGrp>" * 400 + "<term>x</term>" + "</termGrp>" * 400
    groups = "<descripGrp>" * 200 + "y" + "</descripGrp>" * 200
    text = v2(f'<termEntry id="a">{groups}<langSet xml:lang="en"><ntig><term>w</term>{deep}</ntig></langSet></termEntry><termEntry/>')
    assert [c.en[0].text for c in taken(text)[0]] == ["w"]


class Endless(io.RawIOBase):
    """A file of so many entries that nobody holds."""

    def __init__(self, count: int) -> None:
        self._parts = self._make(count)
        self._rest = b""

    def _make(self, count: int) -> Iterator[bytes]:
        head, tail = v3("@").split("@")
        yield head.encode()
        for i in range(count):
            yield one(zh=f"词{i}", en=f"word {i}").replace('"c1"', f'"c{i}"').encode()
        yield tail.encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer) and (part := next(self._parts, b"")):
            self._rest += part
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer):]
        buffer[: len(given)] = given
        return len(given)


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        report = Report("tbx", "read")
        tracemalloc.start()
        try:
            found = sum(1 for _ in format_of("tbx").reader(io.BufferedReader(Endless(count)), report, Options()))
            assert found == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small, large = peak(2000), peak(20000)
    assert large - small < 18000 * 200, (small, large)  # the ids, and nothing else


# there and back, whatever the concepts are

LINE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20).map(
    lambda s: " ".join(s.split(" ")).strip(" ")).filter(lambda s: s.strip() == s != "" and "  " not in s)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
USE = st.sampled_from(("preferred", "admitted", "deprecated", "superseded"))
OPTIONAL = st.one_of(st.just(""), LINE)
REFERENCE = st.builds(
    Reference, cite=st.from_regex(r"[a-z0-9]+(-[a-z0-9.]+)*", fullmatch=True), page=st.sampled_from(("", "3", "3–4, 6")),
    note=st.sampled_from(((), (1,), (1, 22))), section=st.sampled_from(("", "3.1", "II, part 2")), article=st.sampled_from(("", "2, 20")),
    url=st.sampled_from(("", "https://example.org/?a=b&c=%20#x")), accessed=st.sampled_from(("", "2026-11-22")),
)
REFERENCES = st.lists(REFERENCE, max_size=2, unique=True).map(tuple)
KEPT = st.lists(st.tuples(st.sampled_from(("context", "grammaticalGender", "termLocation", "register", "note", "oddity", "context source")), LINE), max_size=3).map(tuple)
ZH = st.builds(ZhTerm, text=HAN, pinyin=st.sampled_from(("", "qíngxù")), use=USE, trad=HAN, type=st.sampled_from(("", "full", "short", "abbreviation", "variant", "slogan")),
               region=st.sampled_from(("", "CN", "TW")), pinyin_tw=st.sampled_from(("", "qíngxì")), years=OPTIONAL, note=OPTIONAL,
               proposed=st.booleans(), sources=REFERENCES, remainder=KEPT)
EN = st.builds(EnTerm, text=LINE, use=USE, register=st.sampled_from(((), ("ngo", "hk"))), region=st.sampled_from(("", "GB")),
               pos=st.sampled_from(("", "noun", "verb", "adj", "adv", "phrase", "name")), years=OPTIONAL, note=OPTIONAL,
               proposed=st.booleans(), sources=REFERENCES, remainder=KEPT)
CONCEPT = st.builds(
    Concept, id=LINE, kind=st.sampled_from(("", "law")), domains=st.lists(LINE, max_size=2, unique=True).map(tuple),
    zh=st.lists(ZH, max_size=2, unique_by=lambda t: t.text).map(tuple), en=st.lists(EN, max_size=2, unique_by=lambda t: t.text).map(tuple),
    status=st.sampled_from(("draft", "reviewed")), reviewed=st.sampled_from(("", "2026-11-22")), literal=OPTIONAL,
    definition=st.builds(Definition, en=st.sampled_from(("", "what it is")), zh=st.sampled_from(("", "所指"))), note=OPTIONAL,
    sources=REFERENCES,
    remainder=st.lists(st.tuples(st.sampled_from(("oddity", "fr/term", "fr/context", "de/term", "xGraphic", "note")), LINE), max_size=4).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CONCEPT, max_size=3, unique_by=lambda c: c.id), st.sampled_from(ALL))
def test_there_and_back(concepts: list[Concept], name: str) -> None:
    """Whatever there is comes back; only the order of what was kept may differ."""
    data, _ = written(concepts, name)
    if name in V3:
        assert faults(data) == []
    expected = [c for c in concepts if c.zh or c.en]
    assert list(map(_sorted, taken(data)[0])) == list(map(_sorted, expected))


def _sorted(concept: Concept) -> Concept:
    return replace(
        concept,
        zh=tuple(replace(t, remainder=tuple(sorted(t.remainder))) for t in concept.zh),
        en=tuple(replace(t, remainder=tuple(sorted(t.remainder))) for t in concept.en),
        remainder=tuple(sorted(concept.remainder)),
    )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for prefix in (b"", b"<tbx><text><body>", b'<?xml version="1.0"?><martif><text><body><termEntry><langSet xml:lang="en"><tig><term>'):
        with suppress(InputError):
            assert isinstance(taken(prefix + data)[0], list)


@settings(max_examples=300, deadline=None)
@given(st.builds(Reference, cite=LINE, page=OPTIONAL, section=OPTIONAL, article=OPTIONAL, entry=OPTIONAL, url=OPTIONAL))
def test_a_place_is_read_as_it_was_or_as_text(reference: Reference) -> None:
    text = names.place_of(reference)
    back = names.reference_of(text)
    assert back == reference or names.place_of(back) == text or back.url == text


def test_formats_are_registered() -> None:
    for name in ALL:
        assert FORMATS[name].reads
        assert FORMATS[name].writes
