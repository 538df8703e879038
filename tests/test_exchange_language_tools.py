"""jieba's user dictionary, spaCy's patterns, glossaries for prompts: held to jieba and spaCy themselves."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import jieba
import pytest
import spacy
from exchanged import (
    ALL,
    BROADER,
    EMOTION,
    HOME,
    HOSTILE,
    NO_CHINESE,
    ONLY_WRONG,
    TUTOR,
    concept,
    losses,
    whole,
    written,
)

from glossary.errors import InputError
from glossary.model import EnTerm

if TYPE_CHECKING:
    from glossary import Glossary
    from glossary.model import Concept


@pytest.mark.parametrize("script", ["hans", "hant", "both"])
def test_jieba_keeps_every_form_whole(bundled: Glossary, script: str) -> None:
    data, report = written("jieba", whole(bundled), script=script)
    words = [line.split(" ")[0] for line in data.decode().splitlines()]
    assert len(set(words)) == len(words) > 5000
    tokenizer = jieba.Tokenizer()
    alone = sum(tokenizer.lcut(w) == [w] for w in words)
    tokenizer.load_userdict(io.BytesIO(data))
    assert [w for w in words if tokenizer.lcut(w) != [w]] == []
    assert alone < 0.6 * len(words)  # without the dictionary it is another matter
    assert report.concepts > 4000
    assert 0 < losses(report)["dropped", "forms with a character at which jieba always cuts"] < 300


def test_jieba_lines() -> None:
    data, report = written("jieba", [EMOTION, BROADER, *HOSTILE], script="both")
    lines = data.decode().splitlines()
    for line in lines:
        assert re.fullmatch(r"[\u4e00-\u9fd5A-Za-z0-9+#&._%-]+ [1-9]\d* [a-z]+", line)
    words = [line.split()[0] for line in lines]
    assert {"情绪", "情緒", "情绪识别", "情緒識別", "AI双师课堂"} <= set(words)
    assert words == sorted(words, key=lambda w: (len(w), w))  # a longer form must win against the shorter ones in it
    lost = losses(report)
    assert lost["dropped", "en.text"] >= 5
    assert lost["dropped", "forms with a character at which jieba always cuts"] >= 8


def test_jieba_tags() -> None:
    people = [concept("p", "赵钱孙", "x", kind="person"), concept("q", "赵钱孙", "y", kind="place"), concept("r", "甲乙局", "z", kind="institution")]
    data, report = written("jieba", people)
    assert dict(line.split()[::2] for line in data.decode().splitlines()) == {"赵钱孙": "nr", "甲乙局": "nt"}
    assert losses(report)["chosen", "one part of speech for a form of several concepts"] == 1


def patterns(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def test_spacy_patterns() -> None:
    found = patterns(written("spacy", [EMOTION], script="both")[0])
    assert {p["label"] for p in found} == {"TECHNOLOGY"}
    assert {p["id"] for p in found} == {"k7q2m"}
    texts = [p["pattern"] for p in found]
    assert texts[:4] == ["情绪识别", "情緒識別", "情感识别", "情感識別"]
    assert [{"ORTH": "ER"}] in texts
    assert "emotion recognitions" in texts
    assert len(patterns(written("spacy", [EMOTION], language="zh")[0])) == 2
    assert "情绪识别" not in [p["pattern"] for p in patterns(written("spacy", [EMOTION], language="en")[0])]


@pytest.mark.parametrize(("singular", "plural"), [
    ("study", "studies"), ("survey", "surveys"), ("box", "boxes"), ("policeman", "policemen"), ("human", "humans"), ("search", "searches"),
    ("authorities", None), ("process", None), ("AI", None)])
def test_spacy_plurals(singular: str, plural: str | None) -> None:
    texts = [p["pattern"] for p in patterns(written("spacy", [concept("c", "词", singular)], language="en")[0])]
    assert texts[1:] == ([plural] if plural else [])
    verb = concept("c", "词", (EnTerm(singular, pos="verb"),))
    assert len(patterns(written("spacy", [verb], language="en")[0])) == 1


@pytest.mark.parametrize("ruler", ["entity_ruler", "span_ruler"])
def test_spacy_finds_every_term(bundled: Glossary, ruler: str) -> None:
    concepts = whole(bundled)
    chinese, english = spacy.blank("zh"), spacy.blank("en")
    for nlp in (chinese, english):
        added = nlp.add_pipe(ruler, config={"phrase_matcher_attr": "LOWER"})
        language = "zh" if nlp is chinese else "en"
        added.add_patterns(patterns(written("spacy", concepts, script="both", language=language)[0]))  # type: ignore[attr-defined]

    def found(nlp: spacy.language.Language, text: str) -> set[str]:
        doc = nlp(text)
        return {s.text for s in (doc.ents if ruler == "entity_ruler" else doc.spans["ruler"])}

    assert [t.text for c in concepts for t in c.zh if t.text not in found(chinese, t.text)] == []
    assert [t.trad for c in concepts[::5] for t in c.zh if t.trad and t.trad not in found(chinese, t.trad)] == []
    # in a sentence, at its beginning with a capital
    wrong = [t.text for c in concepts[::3] for t in c.en[:1]
             if (start := t.text[0].upper() + t.text[1:]) not in found(english, f"{start} is what they met.")]
    assert wrong == []
    assert "er" not in {t.lower() for t in found(english, "er, it is said")}
    assert "police officers" in found(english, "They met police officers.")


def test_spacy_hostile() -> None:
    data, report = written("spacy", ALL, script="both")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(patterns(data))  # type: ignore[attr-defined]
    assert [e.ent_id_ for e in nlp('They met tab and new line and say "no"; a|b.').ents] == ["tabbed", "quoted"]
    assert report.concepts == len(ALL)
    assert losses(written("spacy", ALL, language="zh")[1])["dropped", "concepts without a term in the language"] == 1


def test_prompt_line() -> None:
    data, _ = written("prompt", [EMOTION, BROADER], regions="all")
    head, *lines = data.decode().splitlines()
    assert head.startswith("Glossary, Chinese to English. ")
    assert lines == [
        "情绪识别|情感识别 = emotion recognition (ER) (also: affect recognition; not: emotion reading; mood detection (a mood lasts longer))",
        "情绪 = emotion"]
    assert written("prompt", [EMOTION], notes="none")[0].decode().endswith("not: emotion reading; mood detection)\n")
    assert written("prompt", [EMOTION], notes="all")[0].decode().endswith("; Contested.)\n")


def test_prompt_from_english() -> None:
    lines = written("prompt", [EMOTION], direction="en-zh", script="hant")[0].decode().splitlines()
    assert lines[1] == "emotion recognition (ER)|affect recognition = 情緒識別 (also: 情感識別)"


def test_prompt_tells_forms_of_several_concepts_apart() -> None:
    from msgspec.structs import replace

    from glossary.model import Definition

    home, tutor = replace(HOME, definition=Definition("what parents teach")), replace(TUTOR, definition=Definition("a teacher at home"))
    assert "private tutor (a teacher at home)" in written("prompt", [home, tutor])[0].decode()
    assert "a teacher at home" not in written("prompt", [tutor])[0].decode()


def test_prompt_json() -> None:
    value = json.loads(written("prompt-json", [EMOTION, BROADER], regions="all")[0])
    assert value == {"direction": "zh-en", "terms": [
        {"terms": ["情绪识别", "情感识别"], "use": "emotion recognition (ER)", "also": ["affect recognition"],
         "not": ["emotion reading", "mood detection (a mood lasts longer)"]},
        {"terms": ["情绪"], "use": "emotion"}]}


@pytest.mark.parametrize("name", ["prompt", "prompt-json"])
def test_prompt_limit(bundled: Glossary, name: str) -> None:
    concepts = whole(bundled)[:300]
    full, _ = written(name, concepts, notes="all")
    length = len(full.decode())
    short_of_notes, report = written(name, concepts, notes="all", limit=str(length - 1))
    assert len(short_of_notes.decode()) < length
    lost = losses(report)
    assert lost["shortened", "notes, for want of room"] == sum(bool(c.note) for c in concepts)
    assert ("shortened", "further renderings, for want of room") not in lost
    assert report.concepts == 300
    tight, report = written(name, concepts, notes="all", limit="4000")
    assert 3800 < len(tight.decode()) <= 4000
    lost = losses(report)
    assert lost["dropped", "concepts, for want of room"] == 300 - report.concepts > 0
    assert lost["shortened", "further renderings, for want of room"] == sum(
        len({t.text for t in c.en[1:] if t.use in ("preferred", "admitted")}) for c in concepts[: report.concepts])
    if name == "prompt":
        assert len(tight.decode().splitlines()) == report.concepts + 1
    else:
        assert len(json.loads(tight)["terms"]) == report.concepts


def test_prompt_limit_refused() -> None:
    for limit in ("0", "-5", "many", "1.5"):
        with pytest.raises(InputError, match="limit must be a number of characters above 0"):
            written("prompt", [EMOTION], limit=limit)
    with pytest.raises(InputError, match="limit is 20: not even the first term has room"):
        written("prompt", [EMOTION], limit="20")


def test_prompt_hostile() -> None:
    for direction in ("zh-en", "en-zh"):
        data, report = written("prompt", ALL, direction=direction)
        lines = data.decode().split("\n")
        assert len(lines) == report.concepts + 2 == len(ALL) - 3 + 2
        assert all(" = " in line for line in lines[1:-1])
        assert "\u202e" not in data.decode()
        assert json.loads(written("prompt-json", ALL, direction=direction)[0])["terms"]
        assert losses(report)["dropped", "concepts without a pair of terms"] == 3
    assert written("prompt", [NO_CHINESE, ONLY_WRONG])[1].concepts == 0


@pytest.mark.parametrize("name", ["omegat", "deepl", "jieba", "spacy", "yomitan", "anki", "anki-tsv", "prompt", "prompt-json"])
def test_same_concepts_same_bytes(name: str) -> None:
    def once() -> tuple[bytes, dict[str, object]]:
        data, report = written(name, iter(ALL), script="both")
        return data, report.as_dict()

    assert once() == once()


@pytest.mark.parametrize("name", ["omegat", "deepl", "jieba", "spacy", "yomitan", "anki", "anki-tsv", "prompt", "prompt-json"])
def test_nothing_to_write(name: str) -> None:
    nothing: list[Concept] = []
    assert written(name, nothing)[1].concepts == 0


def test_jieba_where_the_fast_tokenizer_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both estimate alike: the two differ by rounding at most."""
    import sys

    from glossary.text.segment import kept_whole

    words = ["警", "情绪识别", "雪亮工程", "人脸识别考勤"]
    fast = kept_whole(words)
    monkeypatch.setitem(sys.modules, "rjieba", None)
    assert all(abs(a - b) <= 1 for a, b in zip(fast, kept_whole(words), strict=True))
