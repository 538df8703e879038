"""Running text: its terms, its words, its reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from glossary_web.api.asked import AnnotateAsked, AnnotateBody, CheckBody, Nothing, PinyinAsked, PinyinBody, SegmentBody
from glossary_web.api.asking import JSON, LINES, PLAIN
from glossary_web.api.given import Annotation, Checked, Words
from glossary_web.api.operation import Call, operation
from glossary_web.site import the_site

if TYPE_CHECKING:
    import glossary

TEXT = ("Glossary-Limit-Text", "Glossary-Limit-Lines")
SAMPLE = "课堂上的情绪识别系统记录学生的微表情。"


@operation(
    "POST",
    "/annotate",
    asks=AnnotateAsked,
    takes=AnnotateBody,
    gives=Annotation,
    group="Texts",
    limits=TEXT,
    example={"text": SAMPLE},
)
def annotate(call: Call[AnnotateAsked, AnnotateBody]) -> list[dict[str, Any]]:
    """Mark the terms of a text. Offsets are code points into the text as given, end exclusive."""
    glossary = the_site().glossary
    return [
        glossary.annotate(
            body.text,
            every=body.all,
            crossing=body.crossing,
            borders=body.borders,
            everyday=body.everyday,
            lang=body.lang,
        ).to_dict(body.tokens)
        for body in call.bodies
    ]


@operation(
    "POST",
    "/segment",
    takes=SegmentBody,
    gives=Words,
    group="Texts",
    media=(JSON, PLAIN),
    limits=TEXT,
    example={"text": SAMPLE},
)
def segment(call: Call[Nothing, SegmentBody]) -> list[Any]:
    """Cut a text into words, terms whole. As plain text: the words with blanks between."""
    found = [the_site().glossary.annotate(body.text) for body in call.bodies]
    if call.media == PLAIN:
        return [" ".join(w.text for w in a.tokens if w.text.strip()) for a in found]
    return [words(a) for a in found]


@operation(
    "POST",
    "/pinyin",
    asks=PinyinAsked,
    takes=PinyinBody,
    gives=Words,
    group="Texts",
    media=(JSON, PLAIN),
    limits=TEXT,
    example={"text": SAMPLE, "style": "numbers"},
)
def pinyin(call: Call[PinyinAsked, PinyinBody]) -> list[Any]:
    """Romanise a text by word. As plain text: the reading alone."""
    found = [(the_site().glossary.annotate(body.text), body.style, body.sandhi) for body in call.bodies]
    if call.media == PLAIN:
        return [a.pinyin(style, sandhi) for a, style, sandhi in found]
    return [words(a, style, sandhi) for a, style, sandhi in found]


@operation(
    "POST",
    "/check",
    takes=CheckBody,
    gives=Checked,
    group="Texts",
    limits=TEXT,
    example={"zh": "情绪识别用于课堂。", "en": "Mood detection is used in classrooms."},
)
def check(call: Call[Nothing, CheckBody]) -> list[dict[str, Any]]:
    """Hold an English translation against its Chinese source, term by term.

    Two whole texts are aligned by sentence. Lines are sentence pairs of one document, in order; one answer a line.
    """
    glossary = the_site().glossary
    if call.media == LINES:
        least = call.bodies[0].least if call.bodies else None
        pairs = ({"id": b.id, "zh": b.zh, "en": b.en} for b in call.bodies)
        return [line.to_dict() for line in glossary.check_lines(pairs, least=least)]
    return [{"id": b.id, **glossary.check(b.zh, b.en, least=b.least).to_dict()} for b in call.bodies]


def words(annotation: glossary.Annotation, style: str = "marks", sandhi: bool = False) -> dict[str, Any]:
    """The words of a text and its reading, with the keys of the command line."""
    found = [word.to_dict() for word in annotation.tokens]
    if style != "marks":
        for word, reading in zip(found, annotation.readings(style), strict=True):
            word["pinyin"] = reading
    return {"text": annotation.text, "words": found, "pinyin": annotation.pinyin(style, sandhi)}
