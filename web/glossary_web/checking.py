"""The page that holds a translation against its source: what was given, and what is shown of the findings."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary_web import own
from glossary_web.reading import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import FileStorage, MultiDict

    from glossary import Glossary
    from glossary.check.finding import Finding

VERDICTS = {
    "missing": "no accepted rendering",
    "forbidden": "a rendering to avoid",
    "inconsistent": "another rendering elsewhere",
    "ok": "rendered",
}
MOST_ROWS = 5000
MOST_KEPT = 500_000  # characters of a table that go back and forth with the page
COLUMNS = ("line", "sentence", "verdict", "zh", "found", "expected", "certainty", "concept", "reason")
EXAMPLE = (
    "公安机关在审讯中使用情绪识别系统。该系统分析微表情和步态。有关部门要求企业保护个人信息，并接受人脸识别备案。\n"
    "雪亮工程已经覆盖农村地区，网格员每天上报情况。",
    "Public security organs use emotion recognition systems in interrogations. The system analyses facial expressions "
    "and gait. Companies are told to protect personal information and to register face recognition.\n"
    "The Sharp Eyes Project now covers rural areas; grid workers file reports every day.",
)


@dataclass(slots=True)
class Row:
    """One finding as the table shows it; `line` is the row of a given table."""

    line: str
    finding: Finding
    number: int


@dataclass(slots=True)
class Text:
    """A text in pieces: (piece, verdict, number of the finding); no verdict where nothing is marked."""

    line: str
    source: list[tuple[str, str, int]]
    target: list[tuple[str, str, int]]


@dataclass(slots=True)
class Checked:
    """What is shown of a check."""

    rows: list[Row] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # row of the table, what is wrong with it
    swapped: bool = False
    silenced: int = 0
    doubtful: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each verdict there are."""
        return {v: n for v in VERDICTS if (n := sum(r.finding.verdict == v for r in self.rows))}

    @property
    def faults(self) -> list[Row]:
        """The findings that are not ok, in the order of the text."""
        return [r for r in self.rows if r.finding.verdict != "ok"]


Pairs = list[dict[str, str]]


@dataclass(slots=True)
class Given:
    """What was given to be checked: two texts, or the rows of a table; what is to be left out."""

    source: str = ""
    target: str = ""
    pairs: Pairs = field(default_factory=list)
    silence: list[str] = field(default_factory=list)
    doubtful: bool = False
    own: own.Own | None = None  # a list of terms to be checked by in place of ours

    @property
    def kept(self) -> str:
        """The rows for a hidden field, so that a table need not be chosen again; "" where they are too many."""
        found = json.dumps([[p["id"], p["zh"], p["en"]] for p in self.pairs], ensure_ascii=False) if self.pairs else ""
        return found if len(found) <= MOST_KEPT else ""


def given(glossary: Glossary, form: MultiDict[str, str], files: MultiDict[str, FileStorage]) -> Given:
    """What a form holds; a file goes before the box beside it. Raises InputError for what cannot be read."""
    out = Given(tidy(form.get("source", "")), tidy(form.get("target", "")), doubtful=form.get("doubtful") == "1")
    out.silence = [] if "none" in form.getlist("silence") else list(dict.fromkeys(form.getlist("silence")))
    for side in ("source", "target"):
        upload = files.get(f"{side}-file")
        if upload is not None and upload.filename:
            setattr(out, side, tidy(glossary.text_of(upload.read(), upload.filename)))
    out.own = own.given(form, files)
    table = files.get("table")
    if table is not None and table.filename:
        out.pairs = list(glossary.pairs(io.BytesIO(table.read()), table.filename))
    elif form.get("rows"):
        out.pairs = _kept(form["rows"])
    if len(out.pairs) > MOST_ROWS:
        raise InputError(
            f"the table has {len(out.pairs):,} rows; here {MOST_ROWS:,} may be checked, on the command line any number"
        )
    return out


def _kept(text: str) -> Pairs:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise InputError("the rows of the table came back damaged; choose the file again")
    out = []
    for row in rows:
        if not (isinstance(row, list) and len(row) == 3 and all(isinstance(cell, str) for cell in row)):
            raise InputError("the rows of the table came back damaged; choose the file again")
        out.append({"id": row[0], "zh": row[1], "en": row[2]})
    return out


def check(glossary: Glossary, asked: Given) -> Checked:
    """Check two texts, or the rows of a table, by the terms that were brought along or else by ours."""
    if asked.own is None:
        return _check(glossary, asked)
    with asked.own.opened(glossary) as brought:
        return _check(brought, asked)


def _check(glossary: Glossary, asked: Given) -> Checked:
    least = 0.0 if asked.doubtful else None
    out = Checked()
    silence = set(asked.silence)
    if asked.pairs:
        for pair, line in zip(asked.pairs, glossary.check_lines(asked.pairs, least=least), strict=True):
            zh, en = (pair["en"], pair["zh"]) if line.swapped else (pair["zh"], pair["en"])
            out.doubtful += line.doubtful
            note = line.note or ("was given the wrong way round" if line.swapped else "")
            if note:
                out.notes.append((str(line.id), note))
            _add(out, str(line.id), zh, en, line.findings, silence)
        return out
    found = glossary.check(asked.source, asked.target, least=least)
    if found.note:
        raise InputError(f"{found.note}; the source is Chinese, and its English translation stands beside it")
    out.swapped, out.doubtful = found.swapped, found.doubtful
    _add(out, "", found.source, found.target, found.findings, silence, found.beads)
    return out


def _add(
    out: Checked,
    line: str,
    source: str,
    target: str,
    findings: list[Finding],
    silence: set[str],
    beads: Sequence[tuple[int, int, int, int]] = (),
) -> None:
    kept: list[Row] = []
    for finding in findings:
        if finding.is_silenced(silence):
            out.silenced += 1
        else:
            kept.append(Row(line, finding, len(out.rows) + len(kept) + 1))
    out.rows += kept
    left = [(r.finding.start, r.finding.end, r) for r in kept]
    right = [(r.finding.target_start, r.finding.target_end, r) for r in kept if r.finding.target_start >= 0]
    for a, b, c, d in beads or ((0, len(source), 0, len(target)),):
        out.texts.append(Text(line, _pieces(source, left, a, b), _pieces(target, right, c, d)))


def _pieces(text: str, places: list[tuple[int, int, Row]], first: int, last: int) -> list[tuple[str, str, int]]:
    """The text between two offsets in pieces, the places marked."""
    out: list[tuple[str, str, int]] = []
    at = first
    for start, end, row in sorted(places, key=lambda p: (p[0], -p[1])):
        if start < at or end > last:
            continue
        out.append((text[at:start], "", 0))
        out.append((text[start:end], row.finding.verdict, row.number))
        at = end
    return [*out, (text[at:last], "", 0)]


def as_file(checked: Checked, form: str) -> tuple[str, str]:
    """(text, media type) of the findings as CSV, TSV or JSON."""
    if form == "json":
        found: list[Mapping[str, Any]] = [{"line": r.line, **r.finding.to_dict()} for r in checked.rows]
        return json.dumps({"findings": found}, ensure_ascii=False, indent=1), "application/json"
    text = io.StringIO()
    writer = csv.writer(text, dialect="excel-tab" if form == "tsv" else "excel")
    writer.writerow(COLUMNS)
    for r in checked.rows:
        f = r.finding
        expected = "; ".join(f.expected)
        cells = (r.line, f.sentence, f.verdict, f.zh, f.found, expected, f.certainty, f.concept, f.reason)
        writer.writerow([_defused(str(c)) for c in cells])
    return text.getvalue(), "text/tab-separated-values" if form == "tsv" else "text/csv"


def _defused(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
