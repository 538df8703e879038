"""A table of two columns, source and translation, sentence by sentence: what a check is given."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.exchange import table, xlsx
from glossary.exchange.guess import guess
from glossary.exchange.registry import Options
from glossary.exchange.report import Report
from glossary.exchange.table_columns import SAMPLE, find_columns, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


def read_pairs(file: BinaryIO, name: str) -> Iterator[dict[str, str]]:
    """{"id", "zh", "en"} of each row of a CSV, TSV or XLSX file opened for bytes; without an id its number is taken.

    Columns are found by their headers, or by what stands in them. Rows without either are passed over; an empty
    cell stays empty. Raises InputError where the file is no such table.
    """
    form = guess(file, name)
    if form.module not in ("table", "xlsx"):
        raise InputError(f"{name}: is {form.title}; a table of source and translation is CSV, TSV or XLSX")
    report, options = Report(form.name, "read"), Options(name=name, more=form.variant)
    numbered = xlsx.numbered(file, name) if form.module == "xlsx" else table.numbered(file, report, options)
    filled = (row for row in numbered if any(c.strip() for c in row[1]))
    sample = list(itertools.islice(filled, SAMPLE))
    if not sample:
        raise InputError(f"{name}: holds no rows")
    start = start_of([cells for _, cells in sample])
    columns = find_columns([cells for _, cells in sample[start:]], name, report)
    roles = [r.partition("@")[0] for r in columns.roles]
    zh = next((i for i, r in enumerate(roles) if r in ("zh", "hant")), -1)
    if zh < 0 or "en" not in roles:
        raise InputError(f"{name}: has no two columns of Chinese and English; name them zh and en")
    en, id = roles.index("en"), roles.index("id") if "id" in roles else -1
    for number, cells in itertools.chain(sample[start + columns.header :], filled):
        cell = dict(enumerate(cells))
        if cell.get(zh, "").strip() or cell.get(en, "").strip():
            yield {"id": cell.get(id, "").strip() or str(number), "zh": cell.get(zh, ""), "en": cell.get(en, "")}
