"""A glossary to put into a prompt for a language model: one line a concept, or JSON.

    情绪识别 = emotion recognition (also: affect recognition; not: emotional recognition)

Names of one concept are divided by |. Where a form belongs to several concepts, the definition stands behind it, so
that the model can choose. With `limit` the text is kept within so many code points: first notes are left out, then
further renderings, then concepts from the end; the report says how many. What must not be used is kept as long as its
concept is.

Options: `direction` (zh-en, en-zh); `as` (text, json); `notes` (all, some: only why a rendering is not to be used,
none); `limit` (code points of the whole output); `regions` (own: in simplified script no forms of Taiwan, Hong Kong and
Macao, unless a concept has no others; all).
"""

from __future__ import annotations

import json
from collections import Counter
from math import inf
from typing import TYPE_CHECKING, Any, BinaryIO

from glossary.errors import InputError
from glossary.exchange.facts import (
    DIRECTIONS,
    USABLE,
    at_home,
    clean,
    forms,
    leave_out,
    one_line,
    only,
    option,
    renderings,
    script_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, ZhTerm

# what a line gives up, in this order, where room is short
_CUTS = ((), ("note",), ("note", "also"))
_LANGUAGES = {"zh-en": "Chinese to English", "en-zh": "English to Chinese"}
_HEAD = (
    "Glossary, {languages}. | divides names of one term. Use the rendering after =, one after also: if the context "
    "asks for it, never one after not:.\n"
)


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the glossary. Raises InputError for an unknown option, or a limit too small for a single term."""
    only(options, "direction", "as", "notes", "limit", "regions")
    direction, script = option(options, "direction", DIRECTIONS), script_of(options)
    notes, as_json = (
        option(options, "notes", ("some", "all", "none")),
        option(options, "as", ("text", "json")) == "json",
    )
    limit = _limit(options)
    regional = options.traditional and direction == "zh-en"
    entries: list[tuple[Concept, dict[str, Any]]] = []
    for concept in concepts:
        terms = at_home(concept, script, options, report, "all" if regional else "own")
        entry = _entry(concept, terms, direction, script, notes, report)
        if entry:
            entries.append((concept, entry))
        else:
            report.note("dropped", "concepts without a pair of terms", concept.id)
    _tell_apart(entries)
    text, cuts, kept = _within([e for _, e in entries], direction, as_json, limit)
    for concept, entry in entries[:kept]:
        report.concepts += 1
        _account(concept, report, direction, script, notes)
        for name in cuts:
            if name in entry:
                size = len(entry[name]) if isinstance(entry[name], list) else 1
                field = {"note": "notes, for want of room", "also": "further renderings, for want of room"}[name]
                report.note("shortened", field, concept.id, size)
    for concept, _ in entries[kept:]:
        report.note("dropped", "concepts, for want of room", concept.id)
    file.write(text.encode())


def _limit(options: Options) -> float:
    value = options.more.get("limit", "")
    if not value:
        return inf
    if not (value.isascii() and value.isdigit() and int(value)):
        raise InputError(f"limit must be a number of characters above 0, not {value!r}")
    return int(value)


def _account(concept: Concept, report: Report, direction: str, script: str, notes: str) -> None:
    """Count what is left out; of the notes on targets only those on wrong ones are carried."""
    carried = {"zh.use", "en.use", "en.abbr", *(["note"] if notes == "all" else [])}
    if notes != "none":
        name, targets = ("en.note", concept.en) if direction == "zh-en" else ("zh.note", concept.zh)
        carried.add(name)
        count = sum(bool(t.note) for t in targets if t.use in USABLE)
        if count:
            report.note("dropped", f"{name} of usable terms", concept.id, count)
    leave_out(concept, report, frozenset(carried), script)


def _entry(
    concept: Concept, terms: list[ZhTerm], direction: str, script: str, notes: str, report: Report
) -> dict[str, Any]:
    """One concept: `terms`, `use`, and where there are any `also`, `not` (each with why), `note`; {} without a pair."""
    good, rest = renderings(concept)
    english = [(_with(t.text, t.abbr), t.use, t.note) for t in [*good, *rest]]
    chinese = [(form, t.use, t.note) for t in terms for form in forms(t, script)]
    sources, targets = (chinese, english) if direction == "zh-en" else (english, chinese)
    if direction == "en-zh":  # a wrong rendering would be met in texts that mean something else
        sources = [s for s in sources if s[1] in USABLE]
    usable = [t for t in targets if t[1] in USABLE]
    if not usable or not sources:
        return {}
    wrong = [t for t in targets if t not in usable]
    entry: dict[str, Any] = {
        "terms": list(dict.fromkeys(clean(s[0], report, "terms", concept.id) for s in sources)),
        "use": one_line(usable[0][0]),
        "also": list(dict.fromkeys(one_line(t[0]) for t in usable[1:])),
        "not": [_with(one_line(t[0]), one_line(t[2]) if notes != "none" else "") for t in wrong],
        "note": one_line(concept.note) if notes == "all" else "",
        "definition": one_line(concept.definition.en),
    }
    return {k: v for k, v in entry.items() if v} if entry["use"] and all(entry["terms"]) else {}


def _with(text: str, more: str) -> str:
    return f"{text} ({more})" if more else text


def _tell_apart(entries: list[tuple[Concept, dict[str, Any]]]) -> None:
    """Keep the definition only where a form belongs to several concepts."""
    met = Counter(form for _, e in entries for form in e["terms"])
    for _, entry in entries:
        if all(met[form] == 1 for form in entry["terms"]):
            entry.pop("definition", None)


def _within(
    entries: list[dict[str, Any]], direction: str, as_json: bool, limit: float
) -> tuple[str, tuple[str, ...], int]:
    """(the text, which parts were cut, how many entries are in it)."""
    for cuts in _CUTS:
        text = _text(entries, cuts, direction, as_json)
        if len(text) <= limit:
            return text, cuts, len(entries)
    cuts = _CUTS[-1]
    low, high = 0, len(entries) - 1  # the most entries that fit; a text grows with every entry
    while low < high:
        middle = (low + high + 1) // 2
        if len(_text(entries[:middle], cuts, direction, as_json)) <= limit:
            low = middle
        else:
            high = middle - 1
    if low == 0:
        raise InputError(f"limit is {limit}: not even the first term has room")
    return _text(entries[:low], cuts, direction, as_json), cuts, low


def _text(entries: list[dict[str, Any]], cuts: tuple[str, ...], direction: str, as_json: bool) -> str:
    kept = [{k: v for k, v in e.items() if k not in cuts} for e in entries]
    if as_json:
        body = ",\n".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in kept)
        return f'{{"direction":"{direction}","terms":[\n{body}\n]}}\n'
    return _HEAD.format(languages=_LANGUAGES[direction]) + "".join(map(_line, kept))


def _line(entry: dict[str, Any]) -> str:
    more = [f"{name}: {'; '.join(entry[name])}" for name in ("also", "not") if name in entry]
    more += [entry[name] for name in ("definition", "note") if name in entry]
    return f"{'|'.join(entry['terms'])} = {_with(entry['use'], '; '.join(more))}\n"
