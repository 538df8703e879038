"""Annotation of Arrow batches: from batches of texts to batches of matches, for any engine that maps them.

Spark's `mapInArrow`, Ray, Dask and a loop over the batches of a Parquet file all take `Annotate`. It is picklable by
the paths of its bases; each process opens them once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from glossary.desk import Glossary
from glossary.errors import InputError, MissingPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def pyarrow() -> Any:
    """The library. Raises MissingPart where it is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise MissingPart("Arrow and Parquet need the package pyarrow: pip install 'zh-en-glossary[arrow]'") from None
    return pyarrow


DDL = "document string, start long, end long, concept string, certainty string"  # the columns as Spark writes them


def schema(document: Any = None) -> Any:
    """The columns of matches; `document` is the Arrow type of the texts' ids (string unless given)."""
    pa = pyarrow()
    fields = [("start", pa.int64()), ("end", pa.int64()), ("concept", pa.string()), ("certainty", pa.string())]
    return pa.schema([("document", document or pa.string()), *fields])


@cache
def _opened(bases: tuple[str, ...]) -> Glossary:
    return Glossary.open(*bases)


class Annotate:
    """Maps Arrow batches with a column of texts, and one of ids, to batches of matches.

    `bases` are paths of term bases (none: the bundled one), `text` and `id` the names of the columns; options as for
    `Glossary.annotate`. A text that is null has no matches. Raises InputError where a column is missing.
    """

    def __init__(self, *bases: str, text: str = "text", id: str = "id", **options: Any) -> None:
        self.bases, self.text, self.id, self.options = bases, text, id, options

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """One batch of matches for each batch of texts, in order."""
        for batch in batches:
            yield self.one(batch)

    def one(self, batch: Any) -> Any:
        """The matches of one batch."""
        pa = pyarrow()
        missing = {self.text, self.id} - set(batch.schema.names)
        if missing:
            raise InputError(f"the batch has no column {sorted(missing)[0]!r}; it has {', '.join(batch.schema.names)}")
        texts = [t or "" for t in batch.column(self.text).to_pylist()]
        glossary = _opened(self.bases)
        found = glossary.annotate_columns(texts, **self.options)
        ids = batch.column(self.id).take(pa.array(found.document, pa.int64()))
        data = {"document": ids, **{name: getattr(found, name) for name in schema().names[1:]}}
        return pa.RecordBatch.from_pydict(data, schema=schema(ids.type))
