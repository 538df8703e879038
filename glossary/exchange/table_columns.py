"""What the columns of a table mean: our own names, what other programs and people call them, or what stands in them.

| column | what stands in it |
| --- | --- |
| zh, hant, pinyin, zh_status | a Chinese term, its traditional form, reading and status |
| en, status, abbr, register, pos | an English rendering, its status and so on |
| region | of the term (CN TW HK SG) or the rendering (GB US); `zh:US`, `en:HK` where that does not tell |
| id, kind, domain, definition, note, … | of the concept |
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.exchange.cells import as_meant
from glossary.exchange.words import bare, language_of
from glossary.text.normalize import has_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.exchange.report import Report

# what is always written, in this order
CONTRACT = (
    "id zh hant pinyin zh_status en status kind domain definition note source region register pos".split()
)  # fmt: skip
# what is written on request (`columns=all`), where it holds anything
MORE = (
    "abbr definition_zh literal zh_type zh_years en_years pinyin_tw zh_note en_note zh_proposed en_proposed "
    "zh_source entry_source definition_source relations review reviewed"
).split()
KNOWN = frozenset([*CONTRACT, *MORE, "forbidden"])
SAMPLE = 200  # rows that decide what a column is
KEPT = " (kept)"  # after the name of a kept value that is called like one of our columns
_KEPT = re.compile(re.escape(KEPT) + "$")
TITLE_ROWS = 6  # among which the header is looked for

# what may stand beside the name of a language in a header: `Definition (English)`, `zh_note`
_OF_LANGUAGE = {
    "": ("zh", "en"), "term": ("zh", "en"), "terms": ("zh", "en"), "name": ("zh", "en"), "text": ("zh", "en"),
    "definition": ("definition_zh", "definition"), "def": ("definition_zh", "definition"),
    "note": ("zh_note", "en_note"), "notes": ("zh_note", "en_note"), "comment": ("zh_note", "en_note"),
    "status": ("zh_status", "status"), "source": ("zh_source", "source"), "type": ("zh_type", ""),
    "years": ("zh_years", "en_years"), "proposed": ("zh_proposed", "en_proposed"), "pos": ("", "pos"),
    "abbreviation": ("", "abbr"), "reading": ("pinyin", ""), "pinyin": ("pinyin", ""),
}  # fmt: skip
_LANGUAGE_WORD = re.compile(
    r"\b(zh|zho|chi|cmn|chinese|mandarin|en|eng|english|hans|hant|latn|simplified|traditional|pinyin|prc|china|taiwan|"
    r"hong kong|hongkong|singapore|mainland|cn|tw|hk|sg|mo|gb|us|uk|united kingdom|united states)\b"
)


@cache
def _by_name() -> dict[str, str]:
    """The role of every header that has no language in it."""
    called = tomllib.loads((files("glossary.exchange") / "columns.toml").read_text(encoding="utf-8"))
    out = {bare(name): role for role, names in called.items() for name in (role, *names)}
    return out | {bare(name): name for name in (*CONTRACT, *MORE)}


def role_of(header: str) -> str:
    """What a column with this header holds: a name of KNOWN, `first` or `second` of a pair, or "" (the remainder).

    A language with a region comes as `en@GB`, `hant@TW`.
    """
    name = header.strip().lstrip("\ufeff").strip()
    if name in KNOWN:
        return name
    if (role := _by_name().get(bare(name))) is not None:
        return role
    language = language_of(name)
    if language.lang not in ("zh", "en"):
        return ""
    low = re.sub(r"[_\-/()\[\],.:]+", " ", name.casefold())
    rest = " ".join(_LANGUAGE_WORD.sub(" ", low).split()) if low.isascii() else ""
    if rest not in _OF_LANGUAGE:
        return ""
    role = _OF_LANGUAGE[rest][language.lang == "en"]
    if role == "zh" and language.script == "Latn":
        return "pinyin"
    if role == "zh" and language.script == "Hant":
        role = "hant"
    region = {"zh": ("TW", "HK", "SG"), "hant": ("TW", "HK"), "en": ("GB", "US")}.get(role, ())
    return f"{role}@{language.region}" if language.region in region else role


class Columns:
    """What each column holds: `roles` by position (`""`: the remainder, under its name in `names`)."""

    def __init__(self, roles: list[str], names: list[str], header: bool) -> None:
        self.roles, self.names, self.header = roles, names, header


def start_of(rows: Sequence[list[str]]) -> int:
    """How many rows stand above the header: titles, of one cell each; 0 where there is no header."""
    for i, row in enumerate(rows[:TITLE_ROWS]):
        if _is_header([role_of(cell) for cell in row]):
            return i
        if sum(bool(cell.strip()) for cell in row) > 1:
            return 0
    return 0


def find_columns(rows: Sequence[list[str]], name: str, report: Report) -> Columns:
    """What the columns of a table hold, by its header or by the script of what stands in them.

    `rows` are the first rows. Raises InputError where no column holds terms.
    """
    header = [as_meant(cell.strip()) for cell in rows[0]]
    roles = [role_of(cell) for cell in header]
    if _is_header(roles):
        roles = _pair_by_script(roles, rows[1:], report)
        return Columns(roles, [_KEPT.sub("", n) or f"column {i}" for i, n in enumerate(header, 1)], True)
    roles = _by_script(rows, name)
    report.say("no header: " + ", ".join(f"column {i} read as {r or 'a remark'}" for i, r in enumerate(roles, 1)))
    return Columns(roles, [f"column {i}" for i in range(1, len(roles) + 1)], False)


def _bases(roles: Sequence[str]) -> set[str]:
    return {r.partition("@")[0] for r in roles if r}


def _is_header(roles: list[str]) -> bool:
    """Both languages, a pair, or one of them and something else that we know; the same language twice is a row."""
    found = _bases(roles)
    if found & {"zh", "hant"} and found & {"en"}:
        return True
    if {"first", "second"} <= found or {"source", "second"} <= found:
        return True
    terms = found & {"zh", "hant", "en", "first"}
    return bool(terms) and (len(found) > len(terms) or len(found) > 1 or len(roles) == 1)


def _pair_by_script(roles: list[str], rows: Sequence[list[str]], report: Report) -> list[str]:
    """`source` and `target`, `term` and `translation`: the languages by what stands in the columns."""
    found = _bases(roles)
    if found & {"zh", "hant"} and "en" in found:
        return ["" if r in ("first", "second") else r for r in roles]
    out = ["first" if r == "source" and "first" not in found and "second" in found else r for r in roles]
    open_ = [i for i, r in enumerate(out) if r in ("first", "second")]
    chinese = {i: _han_share(rows, i) for i in open_}
    for i in open_:
        rival = any(out[j] == "zh" or (j in chinese and j != i and chinese[j] > chinese[i]) for j in range(len(out)))
        out[i] = "zh" if chinese[i] >= 0.5 and not rival else "en"
    if open_:
        report.say("languages by the script: " + ", ".join(f"column {i + 1} is {out[i]}" for i in open_))
    return out


def _han_share(rows: Sequence[list[str]], column: int) -> float:
    """How many of the filled cells of a column hold Chinese characters."""
    cells = [row[column] for row in rows if column < len(row) and row[column].strip()]
    return sum(map(has_han, cells)) / len(cells) if cells else 0.0


_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]|[a-zü][1-5](?![0-9])")


def _by_script(rows: Sequence[list[str]], name: str) -> list[str]:
    """Columns without a header: the first with characters is Chinese, the first in Latin letters English."""
    width = max(map(len, rows))
    roles = [""] * width
    for i in range(width):
        cells = [row[i] for row in rows if i < len(row) and row[i].strip()]
        if not cells:
            continue
        if _han_share(rows, i) >= 0.5:
            role = "zh" if "zh" not in roles else "note" if "note" not in roles else ""
        elif sum(bool(_TONED.search(c)) for c in cells) > len(cells) / 2:
            role = "pinyin" if "pinyin" not in roles else ""
        elif sum(any(map(str.isalpha, c)) for c in cells) > len(cells) / 2:
            role = "en" if "en" not in roles else "note" if "note" not in roles else ""
        else:
            role = ""
        roles[i] = role
    if "zh" not in roles and "en" not in roles:
        raise InputError(f"{name}: no column holds terms; give it a header with zh and en")
    return roles
