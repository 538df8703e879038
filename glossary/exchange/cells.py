"""What stands in one cell of a table: several terms, references, relations; and cells that a spreadsheet would run.

Several values in a cell are parted by `;`, `；`, `|` or a line break, outside brackets; a comma parts nothing. A
parting sign that belongs to a value has a backslash before it. Terms are parted by a slash as well, with a blank or a
Han character on either side (`人脸识别/面部识别`), never inside `and/or`, `km/h` or `GB/T 28181`. The mark 、 parts
nothing: it stands in the names of many offences, rights and rules.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from glossary.model import RELATIONS, Reference, Relation, Source
from glossary.text.normalize import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.exchange.registry import Options

_PARTING = ";；|\n"
_OPEN, _SHUT = "([{（【《「“", ")]}）】》」”"
_ESCAPED = re.compile(r"(\\+)(?=[;；|\n])")
_SIGN = re.compile(r"(\\*)([;；|\n])")
_SLASH = re.compile(rf"(?<=([{HAN}\s]))(?<!\band\s)(\\*)([/／])(?=([{HAN}\s]))")
# what makes a spreadsheet take a cell for a formula; the apostrophe is how people and spreadsheets defuse one
_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_FIELDS = ("page", "note", "section", "article", "entry", "url", "accessed")
_CITE = re.compile(r"[a-z0-9]+(?:-[a-z0-9.]+)*")
_URL = re.compile(r"https?://[^\s;|]+")
_NUMBERS = re.compile(r"\d{1,9}(, \d{1,9})*")


def split(cell: str) -> list[str]:
    """The values of a cell, none of them empty."""
    if not any(sign in cell for sign in _PARTING):
        return [text] if (text := cell.strip()) else []
    parts, depth, start = [], 0, 0
    if any(cell.count(a) != cell.count(b) for a, b in zip(_OPEN, _SHUT, strict=True)):
        depth = -len(cell)  # a bracket that is never shut protects nothing
    for at, char in enumerate(cell):
        if char in _OPEN:
            depth += 1
        elif char in _SHUT:
            depth -= 1
        elif char in _PARTING and depth <= 0 and not _is_escaped(cell, at):
            parts.append(cell[start:at])
            start = at + 1
    parts.append(cell[start:])
    return [text for part in parts if (text := _unescape(part).strip())]


def split_terms(cell: str) -> list[str]:
    """The terms of a cell, none of them empty: as `split`, and parted by slashes too."""
    return [term for part in split(cell) for term in _by_slash(part)]


def _by_slash(text: str) -> list[str]:
    parts, start = [""], 0
    for found in _SLASH.finditer(text):
        before, slashes, sign, after = found.groups()
        if before.isspace() != after.isspace():
            continue
        parts[-1] += text[start : found.start()] + slashes[: len(slashes) // 2]
        start = found.end()
        if len(slashes) % 2 or _is_inside(text, found.start()):
            parts[-1] += sign
        else:
            parts.append("")
    parts[-1] += text[start:]
    return [term for part in parts if (term := part.strip())]


def _is_inside(text: str, at: int) -> bool:
    """Whether a place is between brackets."""
    return any(
        text.count(a, 0, at) > text.count(b, 0, at) and b in text[at:] for a, b in zip(_OPEN, _SHUT, strict=True)
    )


def escape_term(term: str) -> str:
    """One term, so that it stays one when its cell is split."""
    return escape(_SLASH.sub(lambda m: m[2] * 2 + "\\" + m[3] if m[1].isspace() == m[4].isspace() else m[0], term))


def _is_escaped(cell: str, at: int) -> bool:
    before = cell[:at]
    return bool((len(before) - len(before.rstrip("\\"))) % 2)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda m: m[1][: len(m[1]) // 2], text) if "\\" in text else text


def joined(values: Iterable[str]) -> str:
    """Values as one cell, so that `split` gives them back."""
    return " | ".join(escape(v) for v in values)


def escape(value: str) -> str:
    """One value, so that it stays one when the cell is split."""
    return _SIGN.sub(lambda m: m[1] * 2 + "\\" + m[2], value)


def defuse(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: with an apostrophe before it where it begins like one."""
    return "'" + cell if _RUNS.match(cell) else cell


def as_meant(cell: str) -> str:
    """A cell without the apostrophe that `defuse` put before it."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


# references


def reference_text(reference: Reference) -> str:
    """`article19-2021 · page 14–15 · note 40, 59`."""
    parts = [reference.cite]
    for name in _FIELDS:
        value = getattr(reference, name)
        if value:
            parts.append(f"{name} {', '.join(map(str, value)) if name == 'note' else value}")
    return escape(" · ".join(parts))


def references(cell: str, options: Options) -> tuple[Reference, ...]:
    """The references of a cell; a work that is not known yet is added to `options.found.sources`."""
    return tuple(dict.fromkeys(_reference(text, options) for text in split(cell)))


def _reference(text: str, options: Options) -> Reference:
    cite, *rest = text.split(" · ")
    if _CITE.fullmatch(cite):
        fields: dict[str, str] = {}
        last = ""
        for part in rest:
            name, _, value = part.partition(" ")
            if name in _FIELDS and value and name not in fields:
                fields[name] = value
                last = name
            elif last:  # a value may hold the sign that parts the fields
                fields[last] += f" · {part}"
        if fields or not rest:
            return _with_work(cite, fields, options)
    url = _URL.search(text)
    address = url[0].rstrip(".,)") if url else ""
    cite = _cite_of(text)
    if not _is_known(cite, options):
        kind = "webpage" if address == text else "work"
        options.found.sources[cite] = Source(cite=cite, type=kind, title=text, url=address)
        options.found.vocabulary.setdefault("works", {}).setdefault(kind, {"en": "work", "zh": "文献"})
    return Reference(cite, url=address)


def _is_known(cite: str, options: Options) -> bool:
    return cite in options.found.sources or options.source_of(cite) is not None


def _with_work(cite: str, fields: dict[str, str], options: Options) -> Reference:
    if not _is_known(cite, options):
        options.found.sources[cite] = Source(cite=cite, type="work", title=cite)
        options.found.vocabulary.setdefault("works", {}).setdefault("work", {"en": "work", "zh": "文献"})
    note = fields.pop("note", "")
    if note and not _NUMBERS.fullmatch(note):
        fields["section"] = " · ".join(filter(None, (fields.get("section", ""), f"note {note}")))
        note = ""
    return Reference(cite, note=tuple(int(n) for n in note.split(", ")) if note else (), **fields)


def _cite_of(text: str) -> str:
    """A key for a work that somebody described in words: its first Latin words, and a mark of the whole."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"^https?://(www\.)?", "", text.lower()))
    mark = hashlib.sha256(text.encode()).hexdigest()[:6]
    return "-".join([*words[:4], mark])[:60]


# relations


def relation_text(relation: Relation) -> str:
    """`broader b2c3d · note`."""
    return escape(f"{relation.type} {relation.target}" + (f" · {relation.note}" if relation.note else ""))


def relation(text: str) -> Relation | None:
    """A relation as `relation_text` writes it; None where it is none of ours."""
    head, _, note = text.partition(" · ")
    kind, _, target = head.partition(" ")
    return Relation(kind, target.strip(), note) if kind in RELATIONS and target.strip() else None
