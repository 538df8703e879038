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
