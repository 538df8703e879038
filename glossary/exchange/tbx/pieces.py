"""What both an entry and a term need of the XML: text, what groups hold, and pairs that keep what has no field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

GROUPS = frozenset(("descripGrp", "adminGrp", "termNoteGrp", "transacGrp"))
Pairs = list[tuple[str, str]]
_BLANKS = re.compile(r"[ \t\r\n]+")


def text(element: Element) -> str:
    """The text of an element, without markup inside it, blanks and line breaks as one blank each."""
    found = "".join(element.itertext()) if len(element) else element.text
    if not found:
        return ""
    if "\n" in found or "  " in found or "\t" in found:
        found = _BLANKS.sub(" ", found)
    return found.strip(" \r")


def first_of(element: Element) -> Element:
    """What an element says: itself, or the first of a group."""
    return element[0] if element.tag in GROUPS and len(element) else element


def category_of(element: Element) -> str:
    """The category of an element in either style."""
    return element.get("type") or element.tag.rpartition(":")[2]


def pairs(element: Element) -> Pairs:
    """An element as (category, value) pairs; in a group the first names the rest, and groups in it are opened."""
    if element.tag not in GROUPS:
        return _pair(element)
    out: Pairs = []
    for leaf in (leaf for child in element for leaf in (child if child.tag in GROUPS else (child,))):
        found = _pair(leaf)
        out += [(f"{out[0][0]} {name}", value) for name, value in found] if out else found
    return out


def _pair(element: Element) -> Pairs:
    name = category_of(element)
    value, target = text(element), element.get("target") or ""
    out = [(name, value)] if value or target else []
    if target.startswith(("http:", "https:")):
        out.append((f"{name} target", target))
    return out
