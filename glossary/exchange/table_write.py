"""Concepts → rows of a table: a row for each pair of a Chinese term and a rendering, the preferred ones first."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING

import msgspec

from glossary.errors import InputError
from glossary.exchange.cells import defuse, escape, escape_term, joined, reference_text, relation_text
from glossary.exchange.facts import only, script_of
from glossary.exchange.table_columns import CONTRACT, KEPT, MORE, role_of
from glossary.text.script import to_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, EnTerm, ZhTerm

_CHINESE = ("CN", "TW", "HK", "SG", "MO")
IN_MEMORY = 64 * 1024 * 1024


class Rows:
    """The rows of some concepts, kept on disk until it is known which columns there are. A context manager."""

    def __init__(self, concepts: Iterable[Concept], report: Report, options: Options) -> None:
        self._report, self._options = report, options
        script_of(options)
        only(options, "columns", "bom", "delimiter")
        self._wanted = _wanted(options.more.get("columns", ""))
        self._rest: dict[str, None] = {}  # columns of the remainder, as they are met
        self._filled: set[str] = set()
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - see __exit__
        try:
            self._fill(concepts)
        except BaseException:
            self._file.close()
            raise
        named = [c for c in self._wanted if c in CONTRACT or c in self._filled]
        if options.script == "hant":  # it stands in the column zh
            named = [c for c in named if c != "hant"]
        # those asked for, the further ones where they hold anything, the remainder last
        self._names = [*named, *self._rest]
        self.header = [defuse(name) for name in self._names]

    def _fill(self, concepts: Iterable[Concept]) -> None:
        pack = msgspec.json.Encoder().encode
        for concept in concepts:
            self._report.concepts += 1
            for row in self._of(concept):
                self._file.write(pack(row) + b"\n")

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[list[str]]:
        unpack = msgspec.json.Decoder(dict[str, str]).decode
        self._file.seek(0)
        for line in self._file:
            row = unpack(line)
            yield [defuse(row[name]) if name in row else "" for name in self._names]

    def _of(self, concept: Concept) -> list[dict[str, str]]:
        """The rows of one concept."""
        count = max(len(concept.zh), len(concept.en), 1)
        zh = [*concept.zh, *concept.zh[:1] * (count - len(concept.zh))]
        en = [*concept.en, *concept.en[:1] * (count - len(concept.en))]
        rows = [
            {
                **(self._zh(zh[i], whole=i < len(concept.zh)) if zh else {}),
                **(self._en(en[i], whole=i < len(concept.en)) if en else {}),
            }
            for i in range(count)
        ]
        for i, row in enumerate(rows):
            row["region"] = _region(zh[i].region if zh else "", en[i].region if en else "")
        rows[0] |= self._facts(concept)
        self._remainder(concept, rows)
        for row in rows:
            row |= {"id": concept.id, "kind": concept.kind, "domain": joined(concept.domains)}
            self._filled.update(name for name, value in row.items() if value)
        self._count_losses(concept, rows)
        return [{k: v for k, v in row.items() if v} for row in rows]

    def _zh(self, term: ZhTerm, *, whole: bool) -> dict[str, str]:
        """The cells of a Chinese term; one that only stands beside a further rendering brings no more than its name."""
        trad = term.trad or to_traditional(term.text)
        hant = self._options.script == "hant"
        out = {"zh": escape_term(trad if hant else term.text), "hant": escape_term(trad), "pinyin": escape(term.pinyin)}
        out["zh_status"] = term.use
        if whole:
            out |= {
                "zh_type": term.type,
                "zh_years": term.years,
                "pinyin_tw": term.pinyin_tw,
                "zh_note": term.note,
                "zh_proposed": "yes" if term.proposed else "",
                "zh_source": " | ".join(map(reference_text, term.sources)),
            }
        return out

    def _en(self, term: EnTerm, *, whole: bool) -> dict[str, str]:
        out = {"en": escape_term(term.text), "status": term.use, "register": joined(term.register), "pos": term.pos}
        if whole:
            out |= {
                "abbr": term.abbr,
                "en_years": term.years,
                "en_note": term.note,
                "en_proposed": "yes" if term.proposed else "",
                "source": " | ".join(map(reference_text, term.sources)),
            }
        return out

    def _facts(self, concept: Concept) -> dict[str, str]:
        return {
            "definition": concept.definition.en,
            "definition_zh": concept.definition.zh,
            "definition_source": " | ".join(map(reference_text, concept.definition.sources)),
            "note": concept.note,
            "literal": concept.literal,
            "entry_source": " | ".join(map(reference_text, concept.sources)),
            "relations": " | ".join(map(relation_text, concept.relations)),
            "review": concept.status,
            "reviewed": concept.reviewed,
        }

    def _remainder(self, concept: Concept, rows: list[dict[str, str]]) -> None:
        """What an import kept, in columns of its own; a second value of a name stands in the next row."""
        pairs = [
            *concept.remainder,
            *((f"zh: {n}", v) for t in concept.zh for n, v in t.remainder),
            *((f"en: {n}", v) for t in concept.en for n, v in t.remainder),
        ]
        for name, value in pairs:
            name = name + KEPT if role_of(name) or name.endswith(KEPT) else name
            self._rest[name] = None
            free = next((row for row in rows if name not in row), None)
            if free is None:
                free = {k: v for k, v in rows[0].items() if k in ("zh", "hant", "en", "region")}
                rows.append(free)
            free[name] = value

    def _count_losses(self, concept: Concept, rows: list[dict[str, str]]) -> None:
        columns = {*self._wanted, *self._rest}
        left = {name for row in rows for name, value in row.items() if value and name not in columns}
        for name in left:
            held = sum(1 for row in rows if row.get(name))
            self._report.note("dropped", name, concept.id, held)
            self._report.say("the option columns=all keeps what is left out for want of a column")
        if self._options.script == "hant" and any(t.trad != t.text for t in concept.zh):
            self._report.note("dropped", "zh.text (the simplified form)", concept.id)


def _wanted(asked: str) -> list[str]:
    """The columns asked for: the contract's, `all`, or a list that has zh and en."""
    if not asked:
        return list(CONTRACT)
    if asked == "all":
        return [*CONTRACT, *MORE]
    names = [n.strip() for n in asked.split(",") if n.strip()]
    known = [*CONTRACT, *MORE]
    for name in names:
        if name not in known:
            raise InputError(f"columns: there is no column {name!r}; there are all, {', '.join(known)}")
    if not {"zh", "en"} <= set(names):
        raise InputError("columns: zh and en must be among them")
    return list(dict.fromkeys(names))


def _region(zh: str, en: str) -> str:
    """The regions of term and rendering in one cell; said of which where the code alone does not tell."""
    out = [zh if zh in _CHINESE else f"zh:{zh}"] if zh else []
    out += [f"en:{en}" if en in _CHINESE else en] if en else []
    return " | ".join(map(escape, out))
