"""The page that holds a translation against its source: what was given, and what is shown of the findings."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from werkzeug.datastructures import FileStorage

    from glossary import Glossary
    from glossary.check.finding import Finding

VERDICTS = {
    "missing": "no accepted rendering",
    "forbidden": "a rendering to avoid",
    "inconsistent": "another rendering elsewhere",
    "ok": "rendered",
}
MOST_ROWS = 5000
COLUMNS = ("line", "verdict", "zh", "found", "expected", "certainty", "concept", "reason")
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
    swapped: bool = False
    silenced: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each verdict there are."""
        return {v: n for v in VERDICTS if (n := sum(r.finding.verdict == v for r in self.rows))}

    @property
    def faults(self) -> list[Row]:
        """The findings that are not ok, the surest first."""
        return sorted((r for r in self.rows if r.finding.verdict != "ok"), key=lambda r: -r.finding.certainty)


def check(glossary: Glossary, source: str, target: str, silence: Iterable[str]) -> Checked:
    """Check two texts."""
    found = glossary.check(source, target)
    out = Checked(swapped=found.swapped)
    _add(out, "", found.source, found.target, found.findings, set(silence))
    return out


def check_table(glossary: Glossary, upload: FileStorage, silence: Iterable[str]) -> Checked:
    """Check a table of two columns. Raises InputError where it is none, or holds too many rows."""
    pairs = list(glossary.pairs(io.BytesIO(upload.read()), upload.filename or "the file"))
    if len(pairs) > MOST_ROWS:
        raise InputError(
            f"the table has {len(pairs):,} rows; here {MOST_ROWS:,} may be checked, on the command line any number"
        )
    out = Checked()
    silenced = set(silence)
    for pair, line in zip(pairs, glossary.check_lines(pairs), strict=True):
        _add(out, line.id, pair["zh"], pair["en"], line.findings, silenced)
    return out


def _add(out: Checked, line: str, source: str, target: str, findings: list[Finding], silence: set[str]) -> None:
    kept: list[Row] = []
    for finding in findings:
        if finding.verdict != "ok" and silence & {finding.concept, f"{finding.concept}:{finding.verdict}"}:
            out.silenced += 1
        else:
            kept.append(Row(line, finding, len(out.rows) + len(kept) + 1))
    out.rows += kept
    left = [(r.finding.start, r.finding.end, r) for r in kept]
    right = [(r.finding.target_start, r.finding.target_end, r) for r in kept if r.finding.target_start >= 0]
    out.texts.append(Text(line, _pieces(source, left), _pieces(target, right)))


def _pieces(text: str, places: list[tuple[int, int, Row]]) -> list[tuple[str, str, int]]:
    out: list[tuple[str, str, int]] = []
    at = 0
    for start, end, row in sorted(places, key=lambda p: (p[0], -p[1])):
        if start < at:
            continue
        out.append((text[at:start], "", 0))
        out.append((text[start:end], row.finding.verdict, row.number))
        at = end
    return [*out, (text[at:], "", 0)]


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
        cells = (r.line, f.verdict, f.zh, f.found, "; ".join(f.expected), f.certainty, f.concept, f.reason)
        writer.writerow([_defused(str(c)) for c in cells])
    return text.getvalue(), "text/tab-separated-values" if form == "tsv" else "text/csv"


def _defused(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
