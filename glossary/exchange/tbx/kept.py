"""What an imported file said and the model has no field for → elements of the dialect that is written.

A category goes back to where it came from as far as the dialect has it there, with a value of its pick-list; anything
else becomes a note `also: category: value`, which reading turns back into what it was.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from glossary.exchange import words
from glossary.exchange.tbx.names import WRITTEN_POS, WRITTEN_USE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary.model import Remainder

Pair = tuple[str, str]
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# category: element, levels (c concept, l language, t term), pick-list where there is one
BASIC: dict[str, tuple[str, str, str]] = {
    "subjectField": ("descrip", "c", ""),
    "definition": ("descrip", "cl", ""),
    "context": ("descrip", "t", ""),
    "customerSubset": ("admin", "ct", ""),
    "projectSubset": ("admin", "ct", ""),
    "source": ("admin", "clt", ""),
    "externalCrossReference": ("xref", "ct", ""),
    "xGraphic": ("xref", "cl", ""),
    "administrativeStatus": ("termNote", "t", " ".join(WRITTEN_USE.values())),
    "partOfSpeech": ("termNote", "t", "noun verb adjective adverb other"),
    "geographicalUsage": ("termNote", "t", ""),
    "grammaticalGender": ("termNote", "t", "masculine feminine neuter other"),
    "termType": ("termNote", "t", "fullForm acronym abbreviation shortForm variant phrase"),
    "termLocation": (
        "termNote",
        "t",
        "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage interactiveMessage menuItem "
        "progressBar pushButton radioButton slider spinBox tab tableText textBox toolTip user-definedType",
    ),
    "transactionType": ("transac", "clt", "origination modification"),
    "note": ("note", "clt", ""),
}
LINGUIST = BASIC | {
    "reading": ("admin", "t", ""),
    "transferComment": ("termNote", "t", ""),
    "grammaticalNumber": ("termNote", "t", "singular plural dual mass otherNumber"),
    "register": (
        "termNote",
        "t",
        "colloquialRegister neutralRegister technicalRegister in-houseRegister bench-levelRegister slangRegister "
        "vulgarRegister",
    ),
}


def plain(text: str) -> str:
    """Text as it may stand in an element: markup escaped, on one line, without what XML cannot hold."""
    if not text.isprintable():
        text = _NOT_XML.sub("", text.replace("\n", " ").replace("\r", " "))
    return escape(text, quote=False)


def elements(pairs: Iterable[Pair], level: str, dialect: dict[str, tuple[str, str, str]]) -> list[str]:
    """The pairs as elements for this level (c, l or t), those first that must stand first (`termNote`)."""
    out = [e for group in _groups(pairs) for e in _elements(group, level, dialect)]
    return sorted(out, key=lambda e: not e.startswith("<termNote"))


def also(name: str, value: str) -> str:
    """A note that keeps what the dialect has no place for."""
    return f"<note>also: {plain(name)}: {plain(value)}</note>"


def sections(kept: Remainder) -> tuple[list[Pair], dict[str, list[Pair]]]:
    """What is kept of a concept: (of itself, of its part in each language, without the language in the name)."""
    own: list[Pair] = []
    parts: dict[str, list[Pair]] = {}
    for name, value in kept:
        tag, slash, category = name.partition("/")
        if slash and _LANGUAGE.fullmatch(tag.replace("_", "-")):
            parts.setdefault(tag.replace("_", "-"), []).append((category, value))
        else:
            own.append((name, value))
    return own, parts


def foreign(
    pairs: list[Pair], dialect: dict[str, tuple[str, str, str]]
) -> tuple[list[str], list[tuple[str, list[str]]]] | None:
    """A section in another language: (its elements, its terms each with theirs); None where it has no term."""
    starts = [i for i, (name, value) in enumerate(pairs) if name == "term" and value]
    if not starts:
        return None
    terms = []
    for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True):
        terms.append((pairs[start][1], elements(pairs[start + 1 : end], "t", dialect)))
    return elements(pairs[: starts[0]], "l", dialect), terms


def _groups(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """Each pair with those behind it that hang on it (`context`, `context source`)."""
    group: list[Pair] = []
    for name, value in pairs:
        if group and name.startswith(group[0][0] + " "):
            group.append((name, value))
            continue
        if group:
            yield group
        group = [(name, value)]
    if group:
        yield group


def _elements(group: list[Pair], level: str, dialect: dict[str, tuple[str, str, str]]) -> list[str]:
    (name, value), *rest = group
    tag, levels, values = dialect.get(name, ("", "", ""))
    value = _normal(name, value)
    parts = {n.removeprefix(name + " "): v for n, v in rest}
    target = parts.pop("target", "") if tag == "xref" else ""
    fits = level in levels and value and (not values or value in values.split()) and name != "note"
    if not fits or (tag == "xref" and (parts or not _ADDRESS.fullmatch(target))):
        return [also(n, v) for n, v in group]
    if tag == "xref":
        return [f'<xref type="{name}" target="{escape(target)}">{plain(value)}</xref>']
    head = f'<{tag} type="{name}">{plain(value)}</{tag}>'
    if tag == "termNote":
        return [head, *(also(n, v) for n, v in rest)]
    if not rest and tag != "transac":
        return [head]
    return [f"<{tag}Grp>{head}{''.join(_part(tag, n.removeprefix(name + ' '), v) for n, v in rest)}</{tag}Grp>"]


def _normal(name: str, value: str) -> str:
    """A value in the words of the pick-list, where it is one of those that mean the same."""
    if name == "administrativeStatus":
        return WRITTEN_USE.get(words.use_of(value), value)
    if name == "partOfSpeech":
        return WRITTEN_POS.get(words.pos_of(value), value)
    return value


def _part(tag: str, name: str, value: str) -> str:
    """What hangs on a category, inside its group."""
    if name == "source" and tag == "descrip":
        return f'<admin type="source">{plain(value)}</admin>'
    if name == "date" and tag == "transac" and _DATE.fullmatch(value[:10]):
        return f"<date>{value[:10]}</date>"
    if name == "responsibility" and tag == "transac":
        return f'<transacNote type="responsibility">{plain(value)}</transacNote>'
    return f"<note>{plain(value if name == 'note' else f'{name}: {value}')}</note>"
