"""What tests of the formats share: hostile concepts, and writing to bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from glossary.exchange.registry import FORMATS, Options
from glossary.exchange.report import Report
from glossary.model import Concept, Definition, EnTerm, Reference, Relation, Source, ZhTerm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary import Glossary

RLO, LRM = "\u202e", "\u200e"
SCRIPT = "<script>alert('1')</script>"


def concept(id: str, zh: tuple[ZhTerm, ...] | str, en: tuple[EnTerm, ...] | str, **more: object) -> Concept:
    """A concept in brief."""
    chinese = (ZhTerm(zh, "x"),) if isinstance(zh, str) else zh
    english = (EnTerm(en),) if isinstance(en, str) else en
    fields: dict[str, object] = {"kind": "concept", "domains": ("emotion",), **more}
    return Concept(id=id, zh=chinese, en=english, **fields)  # type: ignore[arg-type]


EMOTION = concept(
    "k7q2m",
    (ZhTerm("情绪识别", "qíngxù shíbié", trad="情緒識別"), ZhTerm("情感识别", "qínggǎn shíbié", use="admitted", trad="情感識別", region="TW")),
    (EnTerm("emotion recognition", abbr="ER", register=("ngo",), sources=(Reference("a19", page="14", note=(40,)),)),
     EnTerm("affect recognition", use="admitted"),
     EnTerm("emotion reading", use="superseded"),
     EnTerm("mood detection", use="deprecated", note="a mood lasts longer")),
    definition=Definition("inferring what a person feels", "推断人的情绪"), note="Contested.", literal="emotion + recognise",
    relations=(Relation("broader", "b2c3d"), Relation("related", "zzzzz")), sources=(Reference("a19", page="15"),),
    status="draft", kind="technology",
)
BROADER = concept("b2c3d", (ZhTerm("情绪", "qíngxù", trad="情緒"),), "emotion")
# one form for two concepts: the second one prefers it
HOME = concept("home1", (ZhTerm("家庭教育", "jiātíng jiàoyù"), ZhTerm("家教", "jiājiào", use="admitted")), "family education")
TUTOR = concept("tutor", (ZhTerm("家教", "jiājiào"),), "private tutor")
NO_ENGLISH = concept("noeng", "无译", ())
NO_CHINESE = concept("nochi", (), "untranslated")
ONLY_WRONG = concept("wrong", "读心术", (EnTerm("mind reading", use="deprecated"),))
HOSTILE = [
    concept("tabbed", "制\t表", "tab\tand\nnew line"),
    concept("quoted", "够“黑”", 'say "no"; a|b'),
    concept("formula", "=cmd|'/C calc'!A0", "=1+1"),
    concept("plus", "+公式", "-formula"),
    concept("at", "@用户", "@user"),
    concept("hash", "#标签", "#tag"),
    concept("turned", f"{RLO}倒{LRM}写", f"turned {RLO}round"),
    concept("emoji", "表情👩‍🏫包", "emoji 👩‍🏫 pack"),
    concept("mixed", "AI双师课堂", "AI dual-teacher classroom"),
    concept("blank", "EmoAsk 系统", " EmoAsk  system "),
    concept("markup", f"{SCRIPT}警", f"{{{{English}}}} {SCRIPT} [sound:x.mp3] [latex]x[/latex] &amp;"),
    concept("control", "控\x00制\x1f符", "con\x07trol\u2028character"),
    concept("half", "半\ud800字", "half \udc00character"),
    concept("long", "长" * 500, "long " * 300),
]
ALL = [EMOTION, BROADER, HOME, TUTOR, NO_ENGLISH, NO_CHINESE, ONLY_WRONG, *HOSTILE]
SOURCES = {"a19": Source("a19", "report", "Emotional Entanglement", authors=("ARTICLE 19",), date="2021-01", url="https://example.org/a19")}
VOCABULARY = {
    "domains": {"emotion": {"en": "Emotion recognition"}},
    "registers": {"ngo": {"en": "NGO"}},
    "relations": {"broader": {"en": "broader"}},
}


def written(name: str, concepts: Iterable[Concept], script: str = "hans", **more: str) -> tuple[bytes, Report]:
    """What a format makes of concepts, and its report."""
    made = FORMATS[name]
    file, report = io.BytesIO(), Report(name, "write")
    options = Options(
        script=script, title="Test", date="2026-11-22", licence="CC BY 4.0", source_of=SOURCES.get,
        vocabulary=VOCABULARY, more={**made.variant, **more},
    )
    made.writer(concepts, file, report, options)
    return file.getvalue(), report


def losses(report: Report) -> dict[tuple[str, str], int]:
    """The counts of a report by kind and field."""
    return {(x.kind, x.field): x.count for x in report.losses}


def whole(bundled: Glossary) -> list[Concept]:
    """The whole curated base."""
    return list(bundled)
