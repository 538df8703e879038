"""`glossary annotate` on many texts: as JSON Lines, or as columns in an Arrow or Parquet file."""

from __future__ import annotations

import os
import sys
from collections import deque
from typing import TYPE_CHECKING, Any

from glossary.cli.io import each_json, read_text
from glossary.errors import InputError, MissingPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary import Glossary

    Document = tuple[str, dict[str, Any], str]  # as `Glossary.annotate_lines` takes it

TEXTS = (".txt", ".md", ".text")  # what is taken of a folder; a file that is named is always taken
FORMATS = ("jsonl", "arrow", "parquet")


class Files:
    """The texts of files and folders, in order; what cannot be read is said and passed over."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self.failed = 0

    def __iter__(self) -> Iterator[Document]:
        for path in self._each():
            try:
                text = read_text(path)
            except InputError as error:
                print(f"glossary: {error}; passed over", file=sys.stderr)
                self.failed += 1
            else:
                yield path, {"file": path}, text

    def _each(self) -> Iterator[str]:
        for path in self._paths:
            if not os.path.isdir(path):
                yield path
                continue
            for folder, folders, names in os.walk(path):
                folders.sort()
                for name in sorted(names):
                    if name.lower().endswith(TEXTS) and not name.startswith("."):
                        yield os.path.join(folder, name)


def lines(path: str) -> Iterator[Document]:
    """The texts of a JSON Lines input; an "id" is passed through."""
    for number, text, value in each_json(path, "text"):
        yield f"line {number}", {"id": value["id"]} if "id" in value else {}, text


def run(
    glossary: Glossary, documents: Iterable[Document], form: str, output: str, *, tokens: bool, progress: bool,
    **how: Any,
) -> int:  # fmt: skip
    """Annotate all, and write the answers; returns the number of matches. `how` goes to the glossary."""
    count = _Count(documents, progress or sys.stderr.isatty())
    if form == "jsonl":
        with _Output(output) as out:
            for line, matches in glossary.annotate_lines(count, tokens=tokens, **how):
                out.write(line)
                out.write(b"\n")
                count.found(matches)
    elif not output:
        raise InputError(f"--format {form} needs -o FILE")
    else:
        with _Table(form, output) as table:
            names: deque[str] = deque()
            first = 0  # number of the text whose name is the first that is kept
            for columns in glossary.annotate_batches(_texts(count, names), **how):
                if columns.document:
                    table.write({"document": [names[n - first] for n in columns.document]}, columns)
                    for _ in range(columns.document[-1] - first):  # the next may be of the same text
                        names.popleft()
                    first = columns.document[-1]
                count.found(len(columns))
    count.close()
    return count.matches


def _texts(documents: Iterable[Document], names: deque[str]) -> Iterator[str]:
    for number, (_, head, text) in enumerate(documents, 1):
        name = str(head.get("file", head.get("id", number)))
        names.append(name.encode("utf-8", "backslashreplace").decode())  # a file's name may be in another encoding
        yield text


class _Count:
    """Documents as they are taken, and what was found; says so on standard error where that is wanted."""

    def __init__(self, documents: Iterable[Document], shown: bool) -> None:
        self._documents, self._shown = documents, shown
        self._texts = self._said = self.matches = 0

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self._texts += 1
            yield document

    def found(self, matches: int) -> None:
        """Count matches."""
        self.matches += matches
        if self._texts >= self._said + 20:
            self._said = self._texts
            self._say("")

    def close(self) -> None:
        """The last word."""
        self._say("\n")

    def _say(self, end: str) -> None:
        if self._shown:
            print(f"\r{self._texts:,} texts, {self.matches:,} matches", end=end, file=sys.stderr, flush=True)


class _Scratch:
    """A file that is written beside its place and moved there when it is whole."""

    def __init__(self, path: str) -> None:
        self.path, self.scratch = path, f"{path}.{os.getpid()}"

    def settle(self, whole: bool) -> None:
        """Put it in its place, or leave nothing of it."""
        if whole:
            os.replace(self.scratch, self.path)
        elif os.path.exists(self.scratch):
            os.unlink(self.scratch)


class _Output:
    """Standard output, or a file that is there whole or not at all."""

    def __init__(self, path: str) -> None:
        self._place = _Scratch(path) if path else None
        try:
            self._file = open(self._place.scratch, "wb") if self._place else sys.stdout.buffer  # noqa: SIM115
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from None
        self.write = self._file.write

    def __enter__(self) -> _Output:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._place:
            self._file.close()
            self._place.settle(kind is None)


class _Table:
    """An Arrow or Parquet file of matches, there whole or not at all."""

    def __init__(self, form: str, path: str) -> None:
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingPart(
                "Arrow and Parquet need the package pyarrow: pip install 'zh-en-glossary[arrow]'"
            ) from None
        fields = [("document", pa.string()), ("start", pa.int64()), ("end", pa.int64())]
        self._schema = pa.schema([*fields, ("concept", pa.string()), ("certainty", pa.string())])
        self._batch = pa.RecordBatch.from_pydict
        self._place = _Scratch(path)
        try:
            if form == "parquet":
                import pyarrow.parquet as parquet

                self._writer: Any = parquet.ParquetWriter(self._place.scratch, self._schema)
            else:
                self._writer = pa.ipc.new_file(self._place.scratch, self._schema)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from None

    def write(self, documents: dict[str, list[str]], columns: Any) -> None:
        """Add the matches of some texts."""
        rest = {name: getattr(columns, name) for name in self._schema.names[1:]}
        self._writer.write_batch(self._batch({**documents, **rest}, schema=self._schema))

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._writer.close()
        self._place.settle(kind is None)
