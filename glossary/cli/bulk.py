"""`glossary annotate` on many files: each in turn, as JSON Lines, or as columns in an Arrow or Parquet file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from glossary.cli.io import emit, read_text
from glossary.errors import InputError, MissingPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary import Annotation, Glossary

TEXTS = (".txt", ".md", ".text")  # what is taken of a folder; a file that is named is always taken
BATCH = 200  # texts whose matches are written at a time


class Files:
    """The texts of files and folders, in order; what cannot be read is said and passed over."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self.names: list[str] = []  # of the texts that were given out
        self.failed = 0

    def __iter__(self) -> Iterator[str]:
        for path in self._each():
            try:
                text = read_text(path)
            except InputError as error:
                print(f"glossary: {error}; passed over", file=sys.stderr)
                self.failed += 1
                continue
            self.names.append(path)
            yield text

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


def run(
    glossary: Glossary, paths: list[str], form: str, output: str, *, workers: int, progress: bool, tokens: bool,
    options: dict[str, Any],
) -> int:  # fmt: skip
    """Annotate all; 0, 1 where no term was found anywhere, 2 where a file could not be read."""
    files = Files(paths)
    found = 0
    annotations = glossary.annotate_many(files, workers=workers, **options)
    sink = _Columns(form, output) if form in ("arrow", "parquet") else None
    try:
        for i, annotation in enumerate(annotations):
            found += len(annotation.matches)
            if sink is None:
                emit({"file": files.names[i], **annotation.to_dict(tokens)})
            else:
                sink.add(files.names[i], annotation)
            if progress and i % 20 == 19:
                print(f"\r{i + 1:,} texts, {found:,} matches", end="", file=sys.stderr, flush=True)
        if sink is not None:
            sink.close()
    finally:
        if sink is not None:
            sink.drop()
    if progress:
        print(f"\r{len(files.names):,} texts, {found:,} matches", file=sys.stderr)
    return 2 if files.failed else int(not found)


class _Columns:
    """Writes matches as columns; the file is made beside its place and moved there when it is whole."""

    def __init__(self, form: str, output: str) -> None:
        if not output:
            raise InputError(f"--format {form} needs -o FILE")
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingPart(
                "Arrow and Parquet need the package pyarrow: pip install 'zh-en-glossary[arrow]'"
            ) from None
        numbers = [(name, pa.int64()) for name in ("start", "end")]
        words = [(name, pa.string()) for name in ("concept", "certainty")]
        self._pa, self._path = pa, output
        self._schema = pa.schema([("document", pa.string()), *numbers, *words])
        self._scratch = f"{output}.{os.getpid()}"
        if form == "parquet":
            import pyarrow.parquet as parquet

            self._writer: Any = parquet.ParquetWriter(self._scratch, self._schema)
        else:
            self._writer = self._pa.ipc.new_file(self._scratch, self._schema)
        self._kept: list[tuple[str, Annotation]] = []

    def add(self, name: str, annotation: Annotation) -> None:
        """Take the matches of one text."""
        self._kept.append((name, annotation))
        if len(self._kept) >= BATCH:
            self._write()

    def _write(self) -> None:
        rows = [(name, m) for name, annotation in self._kept for m in annotation.matches]
        data = {
            "document": [name for name, _ in rows],
            "start": [m.start for _, m in rows],
            "end": [m.end for _, m in rows],
            "concept": [m.id for _, m in rows],
            "certainty": [m.certainty for _, m in rows],
        }
        self._writer.write_table(self._pa.table(data, schema=self._schema))
        self._kept = []

    def close(self) -> None:
        """Write the rest, and put the file in its place."""
        self._write()
        self._writer.close()
        os.replace(self._scratch, self._path)

    def drop(self) -> None:
        """Leave nothing half-written behind."""
        if os.path.exists(self._scratch):
            os.unlink(self._scratch)
