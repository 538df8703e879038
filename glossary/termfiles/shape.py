"""The shape of the files: which fields there are, what stands in them, and where a fault is.

One declarative table a record; `check` walks plain TOML data along it and returns every fault at once,
each with file, line, entry and field. `terms/schema.json` says the same for editors; a test holds the two together.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from glossary.model import RELATIONS

ID = re.compile(r"[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{4}")
NEW = re.compile(r"new-[a-z0-9-]+")
CITE = re.compile(r"[a-z0-9]+(-[a-z0-9.]+)*")
PAGE = re.compile(r"[0-9ivxlcdm]+([–-][0-9ivxlcdm]+)?(, [0-9ivxlcdm]+([–-][0-9ivxlcdm]+)?)*")
BAD = re.compile("[\0-\x1f\ud800-\udfff]")  # what no text may hold: control characters, half characters
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
YEARS = re.compile(r"\d{4}(–(\d{4})?)?|–\d{4}")
LONGEST = {"text": 120, "pinyin": 400, "en": 400, "zh": 200, "note": 700, "literal": 120}

REFERENCE = {
    "cite": "cite!",
    "page": "page",
    "note": "numbers",
    "section": "line",
    "article": "line",
    "entry": "line",
    "url": "line",
    "accessed": "date",
}
LOCATORS = ("page", "note", "section", "article", "entry", "url")
ZH = {
    "text": "line!",
    "pinyin": "line!",
    "use": "code:uses!",
    "trad": "line",
    "type": "code:types",
    "region": "code:regions",
    "pinyin_tw": "line",
    "years": "years",
    "note": "line",
    "proposed": "flag",
    "sources": "references",
}
EN = {
    "text": "line!",
    "use": "code:uses!",
    "abbr": "line",
    "register": "codes:registers",
    "region": "code:regions",
    "pos": "code:pos",
    "years": "years",
    "note": "line",
    "proposed": "flag",
    "sources": "references",
}
DEFINITION = {"en": "line", "zh": "line", "sources": "references"}
RELATION = {"to": "line!", "note": "line"}
CONCEPT = {
    "kind": "code:kinds!",
    "domains": "codes:domains!",
    "status": "code:statuses!",
    "reviewed": "date",
    "zh": "zh!",
    "en": "en!",
    "literal": "line",
    "definition": "definition",
    "note": "line",
    **dict.fromkeys(RELATIONS, "relations"),
    "sources": "references",
}
EDITION = {"title": "line", "licence": "line", "date": "date"}
TOPIC = {"zh": "line!", "en": "line!"}
SOURCE = {
    "type": "code:works!",
    "title": "line!",
    "title_en": "line",
    "title_zh": "line",
    "authors": "lines",
    "authors_en": "lines",
    "container": "line",
    "container_en": "line",
    "publisher": "line",
    "date": "year",
    "volume": "line",
    "issue": "line",
    "pages": "line",
    "lang": "line",
    "url": "line",
    "accessed": "date",
    "licence": "line",
    "note": "line",
    "cited_in": "references",
}
_NESTED = {"references": REFERENCE, "zh": ZH, "en": EN}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: a rule's code, where it is, and what is wrong there."""

    file: str
    line: int
    code: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = ": ".join(p for p in (self.entry, self.field) if p)
        return f"{where}: {self.code} {what + ': ' if what else ''}{self.message}"

    @property
    def is_error(self) -> bool:
        """Whether this fails a check (codes in E) or only warns (codes in W)."""
        return self.code.startswith("E")


def line_of(text: str, entry: str, field: str = "") -> int:
    """The 1-based line of an entry's header, or of a field inside the entry; 0 where it cannot be found."""
    lines, starts = _lines(text)
    start = starts.get(entry, -1)
    if start < 0:
        return 0
    name = re.split(r"[.\[]", field)[0]
    if name:
        for i in range(start + 1, len(lines)):
            if lines[i].startswith("["):
                break
            if re.match(rf"{re.escape(name)}\b", lines[i]):
                return i + 1
    return start + 1


@lru_cache(maxsize=4)  # faults come file by file
def _lines(text: str) -> tuple[list[str], dict[str, int]]:
    """The lines of a file, and where each table begins."""
    lines = text.split("\n")
    starts: dict[str, int] = {}
    for i, line in enumerate(lines):
        header = re.match(r'\["([^"]+)"|\[([^\].]+)', line)
        if header:
            starts.setdefault(header[1] or header[2], i)
    return lines, starts


class Checker:
    """Collects the faults of one file. `vocabulary` holds the closed lists by name."""

    def __init__(self, file: str, text: str, vocabulary: dict[str, dict[str, Any]]) -> None:
        self.file, self.text, self.vocabulary = file, text, vocabulary
        self.problems: list[Problem] = []
        self.entry = ""

    def fault(self, code: str, field: str, message: str) -> None:
        """Note one fault of the current entry."""
        self.problems.append(
            Problem(self.file, line_of(self.text, self.entry, field), code, self.entry, field, message)
        )

    def record(self, data: Any, spec: dict[str, str], at: str = "") -> bool:
        """Check one table along its spec; True where it has the right shape."""
        if not isinstance(data, dict):
            self.fault("E101", at, f"must be a table, not {_name(data)}")
            return False
        before = len(self.problems)
        for name in data.keys() - spec.keys():
            self.fault("E101", f"{at}{name}", f"unknown field; known are {', '.join(spec)}")
        for name, kind in spec.items():
            if name in data:
                self._value(data[name], kind.rstrip("!"), f"{at}{name}", name)
            elif kind.endswith("!"):
                self.fault("E101", f"{at}{name}", "is missing")
        return len(self.problems) == before

    def _value(self, value: Any, kind: str, at: str, name: str) -> None:
        kind, _, arg = kind.partition(":")
        if kind in ("codes", "lines", "references", "zh", "en", "relations"):
            if not isinstance(value, list) or (not value and kind in ("codes", "zh", "en")):
                self.fault("E101", at, f"must be a list with something in it, not {_name(value)}")
                return
            for i, item in enumerate(value):
                self._item(item, kind, arg, f"{at}[{i}]")
        elif kind == "definition":
            self.record(value, DEFINITION, f"{at}.")
        else:
            self._scalar(value, kind, arg, at, name)

    def _item(self, item: Any, kind: str, arg: str, at: str) -> None:
        if kind in _NESTED:
            if (
                self.record(item, _NESTED[kind], f"{at}.")
                and kind == "references"
                and not any(k in item for k in LOCATORS)
            ):
                self.fault("E113", at, f"the reference to {item['cite']} needs a locator ({', '.join(LOCATORS)})")
        elif kind == "relations":
            if isinstance(item, dict):
                self.record(item, RELATION, f"{at}.")
            else:
                self._scalar(item, "line", "", at, "to")
        else:
            self._scalar(item, "code" if kind == "codes" else "line", arg, at, "")

    def _scalar(self, value: Any, kind: str, arg: str, at: str, name: str) -> None:
        if kind == "flag":
            if value is not True:
                self.fault("E101", at, "is written only when it is true")
        elif kind == "date":
            if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
                self.fault("E101", at, "must be a date like 2026-11-22, without quotes")
        elif kind == "numbers":
            numbers = value if isinstance(value, list) else [value]
            if not numbers or not all(type(n) is int and n > 0 for n in numbers):
                self.fault("E101", at, "must be a note number or a list of them")
        elif not isinstance(value, str):
            self.fault("E101", at, f"must be text, not {_name(value)}")
        else:
            self._line(value, kind, arg, at, name)

    def _line(self, value: str, kind: str, arg: str, at: str, name: str) -> None:
        if not value or value != value.strip() or BAD.search(value):
            self.fault("E103", at, "is empty, padded with blanks, or holds a control character")
        elif kind == "code" and value not in self.vocabulary.get(arg, {}):
            self.fault("E106", at, f"{value!r} is not one of the {arg} of vocabulary.toml")
        elif kind == "cite" and not CITE.fullmatch(value):
            self.fault("E102", at, f"{value!r} is no cite key (lower-case letters, digits, hyphens)")
        elif kind == "page" and not PAGE.fullmatch(value):
            self.fault("E113", at, f"{value!r} is no page: write 20 or 20–22")
        elif kind == "year" and not DATE.fullmatch(value):
            self.fault("E118", at, f"{value!r} is no date: write 2019, 2019-03 or 2019-03-21")
        elif kind == "years" and not YEARS.fullmatch(value):
            self.fault("E118", at, f"{value!r} are no years: write 2014, 2014–2018, 2014– or –2018")
        elif len(value) > LONGEST.get(name, 1000):
            self.fault("E119", at, f"is {len(value)} characters long; at most {LONGEST.get(name, 1000)}")


def _name(value: Any) -> str:
    return {
        "dict": "a table",
        "list": "a list",
        "str": "text",
        "int": "a number",
        "float": "a number",
        "bool": "true/false",
    }.get(type(value).__name__, type(value).__name__)
