"""Patterns for spaCy's EntityRuler and SpanRuler: one JSON object a line.

`label` is the kind in capitals and `id` the concept's id, as in our own component. Patterns are strings, which spaCy
cuts with the pipeline's own tokenizer and finds by its fast matcher of phrases; patterns of tokens took five
milliseconds a sentence with this base. So that case does not matter, tell the ruler `phrase_matcher_attr: LOWER`;
words in capitals and abbreviations are patterns of one token, whose case always counts (ER is not "er"). Renderings
that are no verb, adjective, adverb or name have their regular plural beside them.

Options: `language` (both, zh, en).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from glossary.exchange.facts import clean, forms, leave_out, only, option, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept

_CARRIED = frozenset({"kind"})
_CAPITALS = re.compile("[A-Z][A-Z0-9]+")
_NOT_NOUNS = ("verb", "adj", "adv", "name")
_LANGUAGES = ("both", "zh", "en")


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the patterns. Raises InputError for an unknown option."""
    only(options, "language")
    language, script = option(options, "language", _LANGUAGES), script_of(options)
    for concept in concepts:
        found: list[Any] = []
        if language != "en":
            found += (clean(f, report, "terms", concept.id) for term in concept.zh for f in forms(term, script))
        if language != "zh":
            found += _english(concept, report)
        lines = dict.fromkeys(_line(concept, pattern) for pattern in found if pattern)
        if not lines:
            report.note("dropped", "concepts without a term in the language", concept.id)
            continue
        file.write("".join(lines).encode())
        report.concepts += 1
        leave_out(concept, report, _CARRIED if language == "zh" else _CARRIED | {"en.abbr"}, script)
        if language != "both":
            other = concept.en if language == "zh" else concept.zh
            report.note("dropped", "en.text" if language == "zh" else "zh.text", concept.id, len(other))


def _line(concept: Concept, pattern: Any) -> str:
    entry = {"label": concept.kind.upper(), "pattern": pattern, "id": concept.id}
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _english(concept: Concept, report: Report) -> Iterator[Any]:
    for term in concept.en:
        text = clean(term.text, report, "terms", concept.id)
        for form in filter(None, (text, clean(term.abbr, report, "terms", concept.id))):
            yield [{"ORTH": form}] if _CAPITALS.fullmatch(form) else form
        if term.pos not in _NOT_NOUNS and (plural := _plural(text)):
            yield plural


def _plural(text: str) -> str:
    """The regular plural of a rendering, and that of compounds with -man; "" where its end is no singular word."""
    if not re.search("[A-Za-z][a-rt-z]$", text):
        return ""
    if re.search("(x|z|ch|sh)$", text):
        return text + "es"
    if re.search("[^aeiou]y$", text):
        return text[:-1] + "ies"
    return re.sub("man$", "men", text) if re.search("(?<!hu)man$", text) else text + "s"
