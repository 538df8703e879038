"""Rows of a table → concepts: rows that share an id, or have none and share term and domain, are one concept."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from glossary.errors import InputError
from glossary.exchange.cells import as_meant, references, relation, split, split_terms
from glossary.exchange.merge import merge
from glossary.exchange.staging import packed, unpacked
from glossary.exchange.words import bare, review_of, says_nothing, use_of
from glossary.model import Concept, Definition, EnTerm, Relation, ZhTerm
from glossary.text.normalize import han_characters, has_han, key
from glossary.text.script import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.exchange.table_columns import Columns

_YES = {"yes", "y", "true", "1", "x", "是", "√", "✓", "forbidden"}
_REGIONS = {
    "mainland": "CN", "china": "CN", "prc": "CN", "中国": "CN", "大陆": "CN", "大陸": "CN", "taiwan": "TW",
    "台湾": "TW", "台灣": "TW", "臺灣": "TW", "hongkong": "HK", "香港": "HK", "singapore": "SG", "新加坡": "SG",
    "uk": "GB", "british": "GB", "britain": "GB", "us": "US", "usa": "US", "american": "US",
}  # fmt: skip
_CHINESE = ("CN", "TW", "HK", "SG", "MO")
MOST_OF_ONE = 1000  # terms and kept values of one concept: nobody's has so many, and the time grows with the square


class Row:
    """The cells of one row by role; `rest` holds those with no place, as (name of the column, cell)."""

    __slots__ = ("cells", "number", "rest")

    def __init__(self, number: int, cells: dict[str, list[str]], rest: list[tuple[str, str]]) -> None:
        self.number, self.cells, self.rest = number, cells, rest

    def get(self, role: str) -> str:
        """The cell of a role; "" where there is none."""
        found = self.cells.get(role)
        return found[0] if found else ""


class RowReader:
    """Turns the rows of one table into concepts."""

    def __init__(self, columns: Columns, report: Report, options: Options) -> None:
        self._columns, self._report, self._options = columns, report, options

    def concepts(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[Concept]:
        """The concepts of numbered rows, in the order in which each is first met.

        Rows of one concept may stand far apart, so all are kept on disk until the last has been read.
        """
        db = sqlite3.connect("")
        try:
            db.execute("CREATE TABLE met (k TEXT PRIMARY KEY, first INTEGER NOT NULL) WITHOUT ROWID")
            db.execute("CREATE TABLE part (first INTEGER, n INTEGER, data BLOB, PRIMARY KEY (first, n)) WITHOUT ROWID")
            for number, cells in rows:
                row = self._row(number, cells)
                concept = self._concept(row) if row else None
                if concept is None:
                    continue
                same = _same(concept)
                db.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", (same, number))
                sql = "INSERT INTO part SELECT first, ?, ? FROM met WHERE k = ?"
                db.execute(sql, (number, packed(concept), same))
            yield from self._joined(db)
        finally:
            db.close()

    def _joined(self, db: sqlite3.Connection) -> Iterator[Concept]:
        whole: Concept | None = None
        last = -1
        for first, number, data in db.execute("SELECT first, n, data FROM part ORDER BY first, n"):
            concept = unpacked(data)
            if first == last and whole is not None:
                whole = self._merge(whole, concept, number)
                if len(whole.zh) + len(whole.en) + len(whole.remainder) > MOST_OF_ONE:
                    raise InputError(
                        f"{self._options.name}: line {number}: {whole.id or whole.label} has more than "
                        f"{MOST_OF_ONE:,} terms; is the column of ids one?"
                    )
                continue
            if whole is not None:
                yield whole
            whole, last = concept, first
        if whole is not None:
            yield whole

    def _merge(self, whole: Concept, part: Concept, number: int) -> Concept:
        """One concept with the facts of another row; what contradicts an earlier row goes into the remainder."""
        rest: list[tuple[str, str]] = []

        def settle(field: str, old: str, new: str) -> str:
            if field in ("note", "zh.note", "en.note"):
                return old if new in old.split("\n") else f"{old}\n{new}"
            self._report.note("kept", f"{field}: another row of the concept says otherwise", f"line {number}: {new}")
            rest.append((field, new))
            return old

        out = merge(whole, part, settle, exact=True)
        return replace(out, remainder=tuple(dict.fromkeys([*out.remainder, *rest]))) if rest else out

    # one row

    def _row(self, number: int, cells: list[str]) -> Row | None:
        """The row by roles; None where it is blank or has no term."""
        filled = [as_meant(c.strip()).strip() for c in cells]
        if not any(filled):
            return None
        roles, names = self._columns.roles, self._columns.names
        if len(filled) > len(roles) and any(filled[len(roles) :]):
            self._report.note("kept", "cells beyond the last column", f"line {number}")
        out: dict[str, list[str]] = {}
        rest: list[tuple[str, str]] = []
        for i, cell in enumerate(filled):
            role = roles[i] if i < len(roles) else ""
            if not cell:
                continue
            if role:
                out.setdefault(role, []).append(cell)
            else:
                rest.append((names[i] if i < len(names) else f"column {i + 1}", cell))
        if len(cells) < len(roles) and self._columns.header:
            self._report.note("changed", "rows that are shorter than the header", f"line {number}")
        for name, _ in rest:
            self._report.note("kept", name, f"line {number}")
        self._turn(out, number)
        if not any(role.partition("@")[0] in ("zh", "hant", "en") for role in out):
            self._report.note("refused", "rows without a term", f"line {number}")
            return None
        return Row(number, out, rest)

    def _turn(self, cells: dict[str, list[str]], number: int) -> None:
        """Languages that stand in each other's column change places."""
        zh, en = cells.get("zh"), cells.get("en")
        if zh and en and not any(map(has_han, zh)) and all(map(_is_chinese, en)):
            cells["zh"], cells["en"] = en, zh
        elif zh and not en and not any(map(has_han, zh)) and not cells.get("hant") and _is_english(zh[0]):
            cells["en"] = cells.pop("zh")
        elif en and not zh and all(map(_is_chinese, en)) and not cells.get("hant"):
            cells["zh"] = cells.pop("en")
        else:
            return
        self._report.note("changed", "Chinese and English stood in each other's column", f"line {number}")

    def _concept(self, row: Row) -> Concept | None:
        status, review = self._status(row, "status")
        zh_status, _ = self._status(row, "zh_status")
        if bare(row.get("forbidden")) in _YES:
            status = "deprecated"
        places = self._regions(row)
        relations = [self._relation(text, row) for text in split(row.get("relations"))]
        return Concept(
            id=row.get("id"),
            kind=row.get("kind"),
            domains=tuple(split(row.get("domain"))),
            zh=tuple(self._zh(row, zh_status, places)),
            en=tuple(self._en(row, status, places)),
            status=review or review_of(row.get("review")),
            reviewed=row.get("reviewed"),
            literal=row.get("literal"),
            definition=Definition(
                row.get("definition"),
                row.get("definition_zh"),
                references(row.get("definition_source"), self._options),
            ),
            note=row.get("note"),
            relations=tuple(r for r in relations if r),
            sources=references(row.get("entry_source"), self._options),
            remainder=tuple(dict.fromkeys(row.rest)),
        )

    def _status(self, row: Row, role: str) -> tuple[str, str]:
        """(use, review) of a status cell; a word that says neither is kept."""
        word = row.get(role)
        use, review = use_of(word), review_of(word)
        if word and not use and not review and not says_nothing(word):
            row.rest.append((role, word))
            self._report.note("kept", f"{role}: no status of ours", f"line {row.number}: {word}")
        return use, review

    def _regions(self, row: Row) -> dict[str, str]:
        """The region of the Chinese term and of the rendering, from the one column that both share."""
        out = {"zh": "", "en": ""}
        for text in split(row.get("region")):
            lang, colon, code = text.partition(":")
            if not colon or lang not in out:
                lang, code = "", text
            code = _REGIONS.get(bare(code), code.upper() if len(code) == 2 else code)
            lang = lang or ("zh" if code in _CHINESE else "en")
            if lang == "en" and not row.get("en"):
                lang = "zh"
            if lang == "zh" and not (row.get("zh") or row.get("hant")):
                lang = "en"
            out[lang] = code
        return out

    def _zh(self, row: Row, use: str, places: dict[str, str]) -> Iterator[ZhTerm]:
        readings = split(row.get("pinyin"))
        texts = self._several(row, "zh")
        trads = self._several(row, "hant")
        if len(texts) != len(trads) and texts and trads:
            # not one for one: the traditional forms stand by themselves and find their terms by OpenCC
            texts, trads = [*texts, *([""] * len(trads))], [*([""] * len(texts)), *trads]
        count = max(len(texts), len(trads))
        texts, trads = texts or [""] * count, trads or [""] * count
        if len(readings) != count:
            readings = [row.get("pinyin"), *[""] * count] if count else []
        for i, (text, trad) in enumerate(zip(texts, trads, strict=True)):
            facts = self._facts(row, "zh") if i == 0 else {}
            yield ZhTerm(
                text=text,
                pinyin=readings[i],
                use=_nth(use, i),
                trad=trad,
                region=places["zh"],
                sources=references(row.get("zh_source"), self._options)
                + (() if row.get("en") else references(row.get("source"), self._options)),
                **facts,
            )
        for role in ("zh@TW", "zh@HK", "zh@SG", "hant@TW", "hant@HK"):
            for text in self._several(row, role):
                given, trad = ("", text) if role.startswith("hant") else (text, "")
                yield ZhTerm(given, "", use="" if count else use, trad=trad, region=role[-2:])

    def _en(self, row: Row, use: str, places: dict[str, str]) -> Iterator[EnTerm]:
        i = 0
        for role in ("en", "en@GB", "en@US"):
            for text in self._several(row, role):
                facts: dict[str, Any] = self._facts(row, "en") if i == 0 else {}
                yield EnTerm(
                    text=text,
                    use=_nth(use, i),
                    region=role[3:] or places["en"],
                    register=tuple(split(row.get("register"))),
                    pos="" if says_nothing(row.get("pos")) else row.get("pos"),
                    sources=references(row.get("source"), self._options),
                    **facts,
                )
                i += 1

    def _facts(self, row: Row, lang: str) -> dict[str, Any]:
        """What further columns say of the first term of a row."""
        names = ("type", "years", "note") if lang == "zh" else ("years", "note")
        out: dict[str, Any] = {name: row.get(f"{lang}_{name}") for name in names}
        out["proposed"] = bare(row.get(f"{lang}_proposed")) in _YES
        out |= {"pinyin_tw": row.get("pinyin_tw")} if lang == "zh" else {"abbr": row.get("abbr")}
        return out

    def _several(self, row: Row, role: str) -> list[str]:
        cells = row.cells.get(role, [])
        out = [text for cell in cells for text in split_terms(cell)]
        if len(out) > len(cells):
            self._report.note("changed", f"{role}: several terms in a cell taken apart", f"line {row.number}")
        if any("、" in text for text in out):
            self._report.note("kept", f"{role}: 、 in a term; it parts no terms", f"line {row.number}")
        return out

    def _relation(self, text: str, row: Row) -> Relation | None:
        found = relation(text)
        if found is None:
            row.rest.append(("relations", text))
            self._report.note("kept", "relations: of no kind of ours", f"line {row.number}: {text}")
        return found


def _nth(use: str, i: int) -> str:
    """The status of the i-th term of a cell: only the first can be the preferred one."""
    return "admitted" if i and use == "preferred" else use


def _is_chinese(text: str) -> bool:
    """Whether a text is of characters in the main: `AI双师课堂`, but not `3C (電腦…)` explained in English."""
    return 2 * len(han_characters(text)) > sum(c.isascii() and c.isalpha() for c in text)


def _is_english(text: str) -> bool:
    """Whether a text is surely no Chinese term: Chinese terms without characters are short (`PXE`, `3D`)."""
    return " " in text.strip() and text.isascii()


def _same(concept: Concept) -> str:
    """Rows with the same of this are one concept."""
    if concept.id:
        return f"id {concept.id}"
    domains = " ".join(sorted(map(key, concept.domains)))
    if concept.zh:
        first = concept.zh[0]
        return f"zh {to_simplified(key(first.text or first.trad))} {domains}"
    return f"en {key(concept.en[0].text)} {domains}"
