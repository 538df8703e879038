"""The spaCy component, over Chinese by character and over English tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from glossary.integrations.spacy import GlossaryComponent

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def nlp(small_base: Path) -> spacy.language.Language:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("glossary", config={"bases": [str(small_base)]})
    return pipeline


def test_terms_are_spans(nlp: spacy.language.Language) -> None:
    doc = nlp("情绪识别用于雪亮工程。")
    assert [(s.text, s.label_, s.id_) for s in doc.spans["glossary"]] == [
        ("情绪识别", "TECHNOLOGY", "k7q2m"), ("雪亮工程", "PROGRAMME", "m4n8p")]
    assert doc.spans["glossary"][0]._.glossary_match["en"] == "emotion recognition"
    assert [m.start for m in doc._.glossary_matches] == [0, 6]


def test_over_another_tokenisation(small_base: Path) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("glossary", config={"bases": [str(small_base)]})
    doc = pipeline("In 2021 情绪识别 was sold.")
    assert [s.id_ for s in doc.spans["glossary"]] == ["k7q2m"]
    joined = pipeline("研究情绪识别技术")
    whole = joined.spans["glossary"][0]
    assert whole.text == "研究情绪识别技术"  # one token: the span is widened, the offsets are kept
    assert whole._.glossary_match["start"] == 2


def test_saved_and_loaded(nlp: spacy.language.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    doc = again("情绪")
    assert [s.id_ for s in doc.spans["glossary"]] == ["b2c3d"]
    copied = spacy.blank("zh")
    copied.add_pipe("glossary")
    copied.from_bytes(nlp.to_bytes())
    component = copied.get_pipe("glossary")
    assert isinstance(component, GlossaryComponent)
    original = nlp.get_pipe("glossary")
    assert isinstance(original, GlossaryComponent)
    assert component.bases == original.bases


def test_pipe_over_many(nlp: spacy.language.Language) -> None:
    assert [len(d.spans["glossary"]) for d in nlp.pipe(["情绪", "无", "雪亮工程和情绪"])] == [1, 0, 2]


def test_entities_and_english(small_base: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("glossary", config={"bases": [str(small_base)], "entities": True})
    doc = nlp("They sell emotion recognition systems.")
    assert [(e.text, e.label_) for e in doc.ents] == [("emotion recognition", "TECHNOLOGY")]
    assert doc.ents[0].id_ == doc.spans["glossary"][0].id_
    again = spacy.blank("en")
    before, after = nlp.get_pipe("glossary"), again.add_pipe("glossary")
    assert isinstance(before, GlossaryComponent)
    assert isinstance(after, GlossaryComponent)
    after.from_bytes(before.to_bytes())
    assert [e.text for e in again("emotion recognition").ents] == ["emotion recognition"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_several_processes(small_base: Path, lang: str) -> None:
    """Documents come back from the processes with spans, entities and matches."""
    nlp = spacy.blank(lang)
    nlp.add_pipe("glossary", config={"bases": [str(small_base)], "entities": True})
    texts = ["情绪识别用于雪亮工程。", "无", "emotion recognition", "情绪和 emotion recognition"] * 5
    one, two = (list(nlp.pipe(texts, n_process=n, batch_size=4)) for n in (1, 2))
    assert [shape(d) for d in two] == [shape(d) for d in one]
    assert sum(len(d._.glossary_matches) for d in two) >= 15
    assert [d.text for d in two] == texts


def shape(doc: spacy.tokens.Doc) -> list[object]:
    spans = [(s.text, s.label_, s.id_, s._.glossary_match) for s in doc.spans["glossary"]]
    return [spans, [(e.text, e.label_) for e in doc.ents], [m.to_dict() | {"ids": m.ids, "py": m.pinyin} for m in doc._.glossary_matches]]


def test_a_document_is_saved_with_what_was_found(nlp: spacy.language.Language) -> None:
    doc = nlp("情绪识别用于雪亮工程。")
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert shape(again) == shape(doc)
    assert [m.pinyin for m in again._.glossary_matches] == ["qíngxù shíbié", "Xuěliàng Gōngchéng"]


def test_entities_leave_those_of_others_alone(small_base: Path) -> None:
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": [{"TEXT": "绪"}, {"TEXT": "识"}]}])  # type: ignore[attr-defined]
    nlp.add_pipe("glossary", config={"bases": [str(small_base)], "entities": True})
    doc = nlp("情绪识别用于雪亮工程。")
    assert [(e.text, e.label_) for e in doc.ents] == [("绪识", "ORG"), ("雪亮工程", "PROGRAMME")]
    assert [s.text for s in doc.spans["glossary"]] == ["情绪识别", "雪亮工程"]


def test_tokenizer_from_a_configuration(small_base: Path, tmp_path: Path) -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "glossary.Tokenizer.v1", "bases": [str(small_base)]}}}
    nlp = spacy.blank("zh", config=config)
    nlp.add_pipe("glossary", config={"bases": [str(small_base)]})
    text = "把情绪识别 用于\n雪亮工程， ok"
    doc = nlp(text)
    assert doc.text == text
    words = [t.text for t in doc]
    assert {"情绪识别", "雪亮工程", "把"} <= set(words)
    assert [s.text for s in doc.spans["glossary"]] == ["情绪识别", "雪亮工程"]
    assert [t._.glossary_pinyin for t in doc][1] == "qíngxù shíbié"
    nlp.to_disk(tmp_path / "nlp")
    for again in (spacy.load(tmp_path / "nlp"), spacy.blank("zh", config=config).from_bytes(nlp.to_bytes(exclude=["glossary"]))):
        assert [t.text for t in again(text)] == words
    assert [[t.text for t in d] for d in nlp.pipe([text] * 3, n_process=2)] == [words] * 3


@pytest.mark.parametrize("text", ["", " ", "\n\n情绪", "a  b", "情绪　识别\u200b和😀"])
def test_the_tokenizer_keeps_every_character(small_base: Path, text: str) -> None:
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "glossary.Tokenizer.v1", "bases": [str(small_base)]}}})
    assert nlp(text).text == text
