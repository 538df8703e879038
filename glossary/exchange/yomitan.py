"""Yomitan dictionaries (version 3): a zip archive with an index, banks of terms and of tags, and a style sheet.

One row for every written form, as Yomitan does not convert between scripts: simplified, traditional, and the standard
forms of Taiwan and Hong Kong. All rows of a concept share a sequence number and one definition in structured content.
The pop-up takes 16 characters from the cursor, so a longer form is found by search but not by hovering.

Options: `direction` (zh-en, en-zh); `address` (of the web app, for links to the entries).
"""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote

from glossary.exchange.facts import (
    DIRECTIONS,
    clean,
    edition,
    evidence,
    label,
    leave_out,
    link,
    merged_sources,
    names,
    one_line,
    only,
    option,
    renderings,
    script_of,
)
from glossary.text.script import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, EnTerm, ZhTerm

BANK = 10_000  # rows a file
SCORES = {"preferred": 100, "admitted": 50, "superseded": 0, "deprecated": -100}
_CARRIED = frozenset(
    "domains status literal note relations sources definition.en definition.zh definition.sources zh.pinyin zh.use "
    "zh.region zh.type zh.years zh.note zh.sources en.use en.abbr en.register en.years en.note en.sources".split()
)
# the colour of a tag; Yomitan has a set of its own
_COLOURS = {"preferred": "popular", "admitted": "frequent", "superseded": "archaism", "deprecated": "archaism"}
# Yomitan undoes English inflection where the row names its part of speech
_RULES = {"": "n", "noun": "n", "verb": "v", "adj": "adj", "adv": "adv"}
_STYLES = """\
[data-sc-glossary="forms"] { font-size: 1.1em; }
[data-sc-glossary="mark"], [data-sc-glossary="minor"] { font-size: 0.85em; opacity: 0.75; }
[data-sc-glossary="avoid"] { text-decoration: line-through; }
[data-sc-glossary="definition"] { margin: 0.25em 0; font-style: italic; }
[data-sc-glossary="definition"][lang|="zh"] { font-style: normal; }
"""
Node = dict[str, Any] | str | list[Any]
Written = dict[tuple[str, str], list[str]]


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the archive; the concepts are held in memory. Raises InputError for an unknown option."""
    only(options, "direction", "address")
    direction, script = option(options, "direction", DIRECTIONS), script_of(options)
    entries = list(concepts)
    written = _written(entries, script)
    heads = {c.id: one_line(written[c.zh[0].text, c.zh[0].trad][0]) for c in entries if c.zh}
    tags: dict[str, list[Any]] = {}
    rows: list[str] = []
    for number, concept in enumerate(entries, 1):
        content = _entry(concept, heads, written, options, report)
        definition = _json({"type": "structured-content", "content": content})
        marks = [_tag(tags, "domains", d, options) for d in concept.domains]
        if concept.status and concept.status != "reviewed":
            marks.append(_tag(tags, "statuses", concept.status, options))
        found = _chinese(concept, written) if direction == "zh-en" else _english(concept)
        before = len(rows)
        for term, reading, rules, use in dict.fromkeys(found):
            head = clean(term, report, "terms", concept.id)
            if head:
                start = _json([head, one_line(reading), " ".join(marks), rules, SCORES.get(use, 0)])
                end = _json([number, _tag(tags, "uses", use, options)])
                rows.append(f"{start[:-1]},[{definition}],{end[1:]}")
        if len(rows) == before:
            report.note("dropped", "concepts without a term in the language", concept.id)
            continue
        report.concepts += 1
        leave_out(concept, report, _CARRIED, script)
        merged_sources(concept, report)
    _archive(file, rows, tags, _index(direction, edition(entries, options), options))


def _archive(file: BinaryIO, rows: list[str], tags: Mapping[str, list[Any]], index: dict[str, Any]) -> None:
    with zipfile.ZipFile(file, "w") as archive:

        def add(name: str, text: str) -> None:
            # the date is the earliest that zip can hold, so that the same base gives the same bytes
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, text, compresslevel=6)

        add("index.json", json.dumps(index, ensure_ascii=False, indent=2))
        for number, start in enumerate(range(0, len(rows), BANK), 1):
            add(f"term_bank_{number}.json", "[" + ",\n".join(rows[start : start + BANK]) + "]")
        add("tag_bank_1.json", "[" + ",\n".join(_json(t) for _, t in sorted(tags.items())) + "]")
        add("styles.css", _STYLES)


def _index(direction: str, date: str, options: Options) -> dict[str, Any]:
    source, target = direction.split("-")
    out = {
        "title": one_line(options.title) or ("Chinese–English" if source == "zh" else "English–Chinese") + " glossary",
        "revision": date or "1",
        "format": 3,
        "sequenced": True,
        "sourceLanguage": source,
        "targetLanguage": target,
        "url": options.more.get("address", ""),
        "attribution": one_line(options.licence),
    }
    return {k: v for k, v in out.items() if v != ""}


def _written(entries: list[Concept], script: str) -> Written:
    """The forms of every Chinese term in the scripts asked for, by its two texts; the one to show first."""
    terms = dict.fromkeys((t.text, t.trad) for c in entries for t in c.zh)
    flat = {text: one_line(text) for text, _ in terms}
    forms = spellings(sorted(set(flat.values()))) if script != "hans" else {}
    out = {}
    for text, traditional in terms:
        _, made, *regional = forms.get(flat[text], [text, text])
        hant = [traditional or made, made, *regional]
        out[text, traditional] = list(dict.fromkeys({"hans": [text], "hant": hant}.get(script, [text, *hant])))
    return out


def _chinese(concept: Concept, written: Written) -> Iterator[tuple[str, str, str, str]]:
    for term in names(concept):
        for form in written[term.text, term.trad]:
            yield form, term.pinyin, "", term.use


def _english(concept: Concept) -> Iterator[tuple[str, str, str, str]]:
    for term in concept.en:
        yield term.text, "", _RULES.get(term.pos, ""), term.use
        if term.abbr:
            yield term.abbr, "", "", term.use


def _tag(tags: dict[str, list[Any]], group: str, code: str, options: Options) -> str:
    """The name of a tag, which is entered into the bank; names are told apart by blanks, so they have none."""
    name = re.sub(r"\s+", "-", one_line(code))
    if name:
        order = {"uses": -1, "domains": 0}.get(group, 1)
        tags.setdefault(name, [name, _COLOURS.get(code, ""), order, label(options, group, code), 0])
    return name


# the entry in structured content


def _entry(
    concept: Concept, heads: Mapping[str, str], written: Written, options: Options, report: Report
) -> list[Node]:
    good, rest = renderings(concept)
    out: list[Node] = [_node("div", [_form(t, written, options) for t in names(concept)], glossary="forms")]
    if good:
        out.append(_node("ul", [_node("li", _rendering(t, options)) for t in good], glossary="renderings"))
    if rest:
        out.append(_node("ul", [_node("li", _unwanted(t, options)) for t in rest], glossary="unwanted"))
    for lang, text in (("en", concept.definition.en), ("zh-Hans", concept.definition.zh)):
        if text:
            out.append({**_node("div", one_line(text), glossary="definition"), "lang": lang})
    if concept.literal:
        out.append(_node("div", f"literally: {one_line(concept.literal)}", glossary="minor"))
    if concept.note:
        out.append(_node("div", one_line(concept.note), glossary="minor"))
    out += _relations(concept, heads, options, report)
    sources = evidence(concept, options)
    if sources:
        items = [_node("li", _anchor(text, url) if url else text) for text, url in sources]
        out.append(_node("details", [_node("summary", "Sources"), _node("ul", items)], glossary="minor"))
    address = link(concept, options)
    if address:
        out.append(_node("div", _anchor("Entry", address), glossary="minor"))
    return out


def _form(term: ZhTerm, written: Written, options: Options) -> Node:
    """One name: its forms, and for others than the preferred what it is."""
    first, *others = map(one_line, written[term.text, term.trad][:2])
    text = first + (f"（{others[0]}）" if others else "")
    marks = [] if term.use == "preferred" else [label(options, "uses", term.use)]
    marks += [label(options, "types", term.type), label(options, "regions", term.region), term.years, term.note]
    return _node("div", [{**_node("span", text), "lang": "zh"}, *_mark(term.pinyin, *marks)])


def _rendering(term: EnTerm, options: Options) -> list[Node]:
    registers = [label(options, "registers", r) for r in term.register]
    abbreviated = f"abbreviated {term.abbr}" if term.abbr else ""
    return [one_line(term.text), *_mark(abbreviated, *registers, term.years, term.note)]


def _unwanted(term: EnTerm, options: Options) -> list[Node]:
    how = "avoid" if term.use == "deprecated" else "old"
    registers = [label(options, "registers", r) for r in term.register]
    marks = _mark(label(options, "uses", term.use), *registers, term.abbr, term.years, term.note)
    return [_node("span", one_line(term.text), glossary=how), *marks]


def _mark(*texts: str) -> list[Node]:
    """Small print behind a form; none where there is nothing to say."""
    text = ", ".join(filter(None, map(one_line, texts)))
    return [_node("span", f" {text}", glossary="mark")] if text else []


def _relations(concept: Concept, heads: Mapping[str, str], options: Options, report: Report) -> list[Node]:
    """Links to the concepts that the export holds too."""
    items: list[Node] = []
    for relation in concept.relations:
        head = heads.get(relation.target)
        if head is None:
            report.note("dropped", "relations to what is not exported", concept.id)
            continue
        name = label(options, "relations", relation.type)
        items.append(_node("li", [f"{name}: ", _anchor(head, f"?query={quote(head)}"), *_mark(relation.note)]))
    return [_node("ul", items, glossary="minor")] if items else []


def _anchor(text: str, address: str) -> Node:
    return {"tag": "a", "href": address, "content": text}


def _node(tag: str, content: Node, **data: str) -> dict[str, Any]:
    out: dict[str, Any] = {"tag": tag, "content": content}
    return {**out, "data": data} if data else out


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
