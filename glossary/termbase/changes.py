"""What changed between two editions, in words: a section of `terms/CHANGES.md`, which the web app shows too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary.termbase.diff import Change

SIDES = {"zh": "Chinese", "en": "English"}
MINOR = {
    "definition": "definition",
    "note": "note",
    "literal": "literal gloss",
    "sources": "sources",
    "domains": "domains",
    "kind": "kind",
}
SWAPPED = ("preferred → admitted", "admitted → preferred")  # said already where another term is preferred now
STATES = {"attested": "source found", "proposed": "source withdrawn"}


def section(changes: Sequence[Change], edition: str, since: str) -> str:
    """A section in Markdown: counts, then a line for each entry that was added, changed or removed."""
    kinds = {what: [c for c in changes if c.what == what] for what in ("added", "changed", "removed")}
    counts = ", ".join(f"{len(found):,} {what}" for what, found in kinds.items())
    out = [f"## {edition or 'The new edition'}", "", f"Since {since or 'the one before'}: {counts}.", ""]
    for what, found in kinds.items():
        if found:
            out += [f"### {what.capitalize()}", "", *map(_line, found), ""]
    return "\n".join(out)


def _line(change: Change) -> str:
    line = f"- `{change.id}` {change.label}"
    if change.what == "removed":
        return line + "".join(f" → `{id}`" for id in change.replaced_by)
    return line if change.what == "added" else f"{line}  \n  {'; '.join(told(change))}"  # a line break in Markdown


def told(change: Change) -> list[str]:
    """What was changed in an entry, in words: what a translator must know first, then what was touched besides."""
    out: list[str] = []
    minor: list[str] = []
    for field, old, new in change.fields:
        if field in SIDES:
            said, besides = _designations(old or [], new or [])
            out += [f"{SIDES[field]} {line}" for line in said]
            minor += [f"{SIDES[field]} {word}" for word in besides]
        elif field == "status":
            out.append(f"{old or 'draft'} → {new or 'draft'}")
        else:
            minor.append(MINOR.get(field, "relations"))
    return out + ([", ".join(dict.fromkeys(minor))] if minor else [])


def _designations(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """What was changed of the terms of one language: (each in words, what else was touched)."""
    out: list[str] = []
    minor: list[str] = []
    before, after = {_name(t): t for t in old}, {_name(t): t for t in new}
    if old and new and _name(old[0]) != _name(new[0]):
        out.append(f"preferred: {_name(old[0])} → {_name(new[0])}")
    shown = {_name(old[0]), _name(new[0])} if out else set()
    for name, term in after.items():
        if name not in before and name not in shown:
            out.append(f"+ {name}" + ("" if _use(term) == "admitted" else f" ({_use(term)})"))
    out += [f"− {name}" for name in before if name not in after]
    for name in (n for n in before if n in after):
        said, besides = _term(before[name], after[name])
        out += [f"{name}: {line}" for line in said if name not in shown or line not in SWAPPED]
        minor += besides
    return out, minor


def _term(old: dict[str, Any], new: dict[str, Any]) -> tuple[list[str], Iterable[str]]:
    out = []
    if _use(old) != _use(new):
        out.append(f"{_use(old)} → {_use(new)}")
    if old.get("pinyin") != new.get("pinyin"):
        out.append(f"{old.get('pinyin', '–')} → {new.get('pinyin', '–')}")
    if bool(old.get("proposed")) != bool(new.get("proposed")):
        out.append(STATES["proposed" if new.get("proposed") else "attested"])
    touched = {k for k in {*old, *new} if old.get(k) != new.get(k)} - {"use", "pinyin", "proposed", "text"}
    if not old.get("proposed") or new.get("proposed"):
        touched = {("sources" if k == "sources" else "notes on use") for k in touched}
    else:  # that a source was found has been said
        touched = {"notes on use" for k in touched if k != "sources"}
    return out, sorted(touched)


def _name(term: dict[str, Any]) -> str:
    return str(term["text"])


def _use(term: dict[str, Any]) -> str:
    return str(term.get("use", "preferred"))
