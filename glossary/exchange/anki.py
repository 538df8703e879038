"""Anki: a package (.apkg) with cards in both directions, or the same notes as a table that Anki imports.

A note is known by an identifier made from the concept's id and the script, so importing a later edition updates what
is there; the table has the concept's id as its first field, by which Anki tells notes apart. The date of the edition
(option `date`, or else that of the latest review) is the time at which every note was changed: Anki takes over only
what is newer. (Facts: Anki's manual on text
files, and what its own library does with the result.)

Options: `as` (package, table); `address` (of the web app, for links to the entries).
"""

from __future__ import annotations

import itertools
import re
import sqlite3
import zipfile
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO

from glossary.errors import InputError, MissingPart
from glossary.exchange.facts import (
    USABLE,
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
    traditional,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, EnTerm, ZhTerm

FIELDS = (
    "Id",
    "Simplified",
    "Traditional",
    "Pinyin",
    "Other names",
    "English",
    "Other renderings",
    "Definition",
    "Note",
    "Sources",
    "Link",
)
_CARRIED = frozenset(
    "domains literal note sources definition.en definition.zh definition.sources zh.pinyin zh.use zh.region zh.note "
    "zh.sources en.use en.abbr en.register en.note en.sources".split()
)
# drawn once at random, as Anki asks: they must stay the same for notes to be found again
_NOTE_TYPES = {"hans": 1785210431, "hant": 1785210432, "both": 1785210433}
_DECKS = {"hans": 1785210441, "hant": 1785210442, "both": 1785210443}
_SCRIPT_NAMES = {"hans": "simplified", "hant": "traditional", "both": "both scripts"}
_FORMULA = "=+-@#"  # a spreadsheet would run it, or Anki take it for a line of the file's head

_STYLE = """\
.card { max-width: 34rem; margin: 1.5rem auto; padding: 0 1rem; font: 20px/1.5 system-ui, sans-serif;
  text-align: center; color: #1d2327; background: #fdfdfb; }
.zh { font-size: 2.1em; line-height: 1.3; }
.hant { font-size: 0.7em; opacity: 0.75; }
.en { font-size: 1.4em; }
.pinyin { color: #9a3b1f; }
.more, .definition, .note, details { text-align: start; font-size: 0.85em; margin: 0.7em 0; }
.label { font-size: 0.8em; opacity: 0.7; }
.avoid { text-decoration: line-through; }
details { opacity: 0.8; }
a { color: #1f5f99; }
.nightMode.card, .night_mode .card { color: #e6e4df; background: #1b1d1f; }
.nightMode .pinyin, .night_mode .pinyin { color: #f0a284; }
.nightMode a, .night_mode a { color: #8ab8e6; }
"""
_CHINESE = {
    "hans": '<div class="zh" lang="zh-Hans">{{Simplified}}</div>',
    "hant": '<div class="zh" lang="zh-Hant">{{Traditional}}</div>',
    "both": '<div class="zh"><span lang="zh-Hans">{{Simplified}}</span>'
    '{{#Traditional}} <span class="hant" lang="zh-Hant">{{Traditional}}</span>{{/Traditional}}</div>',
}
_READING = '<div class="pinyin" lang="zh-Latn-pinyin">{{Pinyin}}</div>'
_ENGLISH = '<div class="en" lang="en">{{English}}</div>'
_REST = """\
{{#Other renderings}}<div class="more"><span class="label">Also</span> {{Other renderings}}</div>{{/Other renderings}}
{{#Other names}}<div class="more"><span class="label">又称</span> {{Other names}}</div>{{/Other names}}
{{#Definition}}<div class="definition">{{Definition}}</div>{{/Definition}}
{{#Note}}<div class="note">{{Note}}</div>{{/Note}}
{{#Sources}}<details><summary>Sources</summary>{{Sources}}</details>{{/Sources}}
{{#Link}}<div class="more">{{Link}}</div>{{/Link}}
"""


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write the package or the table.

    Raises InputError for an unknown option or a date that is none, MissingPart where genanki is not installed.
    """
    only(options, "as", "address")
    script = script_of(options)
    entries = list(concepts)
    notes = _notes(entries, report, options)
    if option(options, "as", ("package", "table")) == "table":
        _table(notes, file, _name(script), _deck(options, script))
    else:
        _package(notes, file, edition(entries, options), options, script)


Note = tuple[list[str], list[str]]  # fields, tags


def _notes(concepts: Iterable[Concept], report: Report, options: Options) -> Iterator[Note]:
    for concept in concepts:
        report.concepts += 1
        leave_out(concept, report, _CARRIED, "both")
        merged_sources(concept, report)
        yield _fields(concept, report, options), [f"glossary::{_tag(d)}" for d in concept.domains if _tag(d)]


def _tag(domain: str) -> str:
    """A domain as a tag; tags are told apart by blanks and put in order by ::."""
    return re.sub(r"[\s:\"]+", "-", one_line(domain))


def _fields(concept: Concept, report: Report, options: Options) -> list[str]:
    chinese, (good, rest) = names(concept), renderings(concept)
    for text in (*(t.text for t in concept.zh), *(t.text for t in concept.en)):
        clean(text, report, "terms", concept.id)  # what `_text` changes is counted
    simplified = chinese[0].text if chinese else ""
    hant = traditional(chinese[0]) if chinese else ""
    definition = [_in(lang, t) for lang, t in (("en", concept.definition.en), ("zh-Hans", concept.definition.zh)) if t]
    notes = [f"Literally: {_text(concept.literal)}"] if concept.literal else []
    notes += [_text(concept.note)] if concept.note else []
    sources = [
        f"<a href='{escape(url)}'>{_text(text)}</a>" if url else _text(text) for text, url in evidence(concept, options)
    ]
    address = link(concept, options)
    return [
        _text(concept.id),
        _text(simplified),
        _text(hant) if hant != simplified or options.script == "hant" else "",
        _text(chinese[0].pinyin) if chinese else "",
        "; ".join(_other_name(t, options) for t in chinese[1:]),
        _rendering(good[0]) if good else "",
        "; ".join([*(_rendering(t, options) for t in good[1:]), *(_unwanted(t, options) for t in rest)]),
        "<br>".join(definition),
        "<br>".join([*notes, *_own_notes(chinese[:1], good[:1], options)]),
        "<br>".join(sources),
        f"<a href='{escape(address)}'>Entry</a>" if address else "",
    ]


def _own_notes(chinese: Sequence[ZhTerm], good: Sequence[EnTerm], options: Options) -> list[str]:
    """What is said of the two terms of the cards themselves."""
    said = [*((t.text, t.note) for t in chinese), *((t.text, t.note) for t in good)]
    out = [f"{_text(text)}: {_text(note)}" for text, note in said if note]
    registers = ", ".join(label(options, "registers", r) for t in good for r in t.register)
    return [*out, f"{_text(good[0].text)}: {_text(registers)}"] if registers else out


def _text(text: str) -> str:
    """Text as HTML; what Anki would take for a sound or a formula in LaTeX stays text."""
    return re.sub(r"\[(?=/?(?:sound:|anki:|latex\]|\$))", "&#91;", escape(one_line(text)))


def _in(lang: str, text: str) -> str:
    return f"<span lang='{lang}'>{_text(text)}</span>"


def _other_name(term: ZhTerm, options: Options) -> str:
    hant = traditional(term)
    forms = hant if options.script == "hant" or hant == term.text else f"{term.text}（{hant}）"
    use = label(options, "uses", term.use) if term.use not in USABLE else ""
    marks = ", ".join(filter(None, (use, label(options, "regions", term.region), term.note)))
    return " ".join(filter(None, (_in("zh", forms), _text(term.pinyin), f"({_text(marks)})" if marks else "")))


def _rendering(term: EnTerm, options: Options | None = None) -> str:
    """A rendering with its abbreviation; with options also who uses it."""
    out = _text(f"{term.text} ({term.abbr})" if term.abbr else term.text)
    if options is None:
        return out
    marks = ", ".join(filter(None, (*(label(options, "registers", r) for r in term.register), term.note)))
    return f"{out} <span class='label'>{_text(marks)}</span>" if marks else out


def _unwanted(term: EnTerm, options: Options) -> str:
    kind = "avoid" if term.use == "deprecated" else "old"
    marks = ", ".join(filter(None, (label(options, "uses", term.use), term.note)))
    return f"<span class='{kind}'>{_text(term.text)}</span> <span class='label'>{_text(marks)}</span>"


def _name(script: str) -> str:
    return f"Chinese–English term ({_SCRIPT_NAMES[script]})"


def _deck(options: Options, script: str) -> str:
    """The name of the deck; :: would make a deck within a deck."""
    title = one_line(options.title).replace("::", ":") or "Chinese–English glossary"
    return title if script == "hans" else f"{title} ({_SCRIPT_NAMES[script]})"


def _table(notes: Iterable[Note], file: BinaryIO, name: str, deck: str) -> None:
    head = ["#separator:tab", "#html:true", f"#notetype:{name}", f"#deck:{deck}"]
    head += ["#columns:" + "\t".join([*FIELDS, "Tags"]), f"#tags column:{len(FIELDS) + 1}"]
    file.write(("\n".join(head) + "\n").encode())
    for fields, tags in notes:
        cells = [*fields, " ".join(tags)]
        safe = (f"&#{ord(c[0])};{c[1:]}" if c.startswith(tuple(_FORMULA)) else c for c in cells)
        file.write(("\t".join(safe) + "\n").encode())


def _package(notes: Iterable[Note], file: BinaryIO, date: str, options: Options, script: str) -> None:
    try:
        import genanki
    except ImportError:
        raise MissingPart("an Anki package needs genanki: pip install 'zh-en-glossary[anki]'") from None
    front = _CHINESE[script]
    templates: list[dict[str, Any]] = [
        {"name": "Chinese → English", "qfmt": front, "afmt": f"{front}{_READING}<hr id=answer>{_ENGLISH}{_REST}"},
        {"name": "English → Chinese", "qfmt": _ENGLISH, "afmt": f"{_ENGLISH}<hr id=answer>{front}{_READING}{_REST}"},
    ]
    model = genanki.Model(
        _NOTE_TYPES[script],
        _name(script),
        fields=[{"name": name} for name in FIELDS],
        templates=templates,
        css=_STYLE,
        sort_field_index=1,
    )
    about = " · ".join(filter(None, map(one_line, (options.title, date, options.licence))))
    deck = genanki.Deck(_DECKS[script], _deck(options, script), escape(about))
    for number, (fields, tags) in enumerate(notes):
        guid = genanki.guid_for("zh-en-glossary", fields[0], script)
        deck.add_note(genanki.Note(model, fields, tags=tags, guid=guid, due=number))
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in (("collection.anki2", _collection(genanki.Package(deck), date)), ("media", b"{}")):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the same base gives the same bytes
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data, compresslevel=6)


def _collection(package: Any, date: str) -> bytes:
    """The database of a package, its times and numbers made from the date of the edition."""
    try:
        moment = datetime.fromisoformat(date or "2000-01-01")
    except ValueError:
        raise InputError(f"{date!r} is no date: write it as 2026-11-22") from None
    seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    db = sqlite3.connect(":memory:")
    try:
        package.write_to_db(db.cursor(), seconds, itertools.count(int(seconds * 1000)))
        db.commit()
        return db.serialize()
    finally:
        db.close()
