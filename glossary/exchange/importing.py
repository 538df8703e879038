"""A file of any known format into a compiled base: whole or not at all, and a second time changes nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary.exchange.complete import Completer
from glossary.exchange.guess import guess
from glossary.exchange.registry import Found, Options, format_of
from glossary.exchange.report import Report
from glossary.exchange.staging import Staging
from glossary.termbase.browse import sources as sources_of
from glossary.termbase.bundled import is_bundled
from glossary.termbase.compile import compile_base
from glossary.termbase.store import Store
from glossary.termfiles.folder import bundled_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from glossary.model import Source


@contextmanager
def opened(path: str | os.PathLike[str] | BinaryIO) -> Iterator[BinaryIO]:
    """A file opened for bytes, in which one can seek; standard input and other streams are kept on disk for that."""
    if isinstance(path, (str, os.PathLike)):
        try:
            file = open(path, "rb")  # noqa: SIM115 - closed below
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from None
        with file:
            yield file
    elif path.seekable():
        yield path
    else:
        with tempfile.SpooledTemporaryFile(64 * 1024 * 1024) as scratch:
            shutil.copyfileobj(path, scratch)
            scratch.seek(0)
            yield scratch  # type: ignore[misc]  # it has all that a file has


EVERY = 5000  # concepts between two calls of `progress`


def import_file(
    file: BinaryIO,
    name: str,
    dest: str,
    *,
    format: str = "",
    options: Mapping[str, str] | None = None,
    dry_run: bool = False,
    override: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Read a file (opened for bytes, can be sought in) into the compiled base at `dest`, which is made if need be.

    `format` is a name of the registry; without it name and content decide. With `override` a concept that the file
    names by its id replaces the one that the base has; without it the two are merged. With `dry_run` nothing is
    written. Raises InputError or TermBaseError; then the base is as it was.
    """
    path = Path(dest)
    _check_dest(path)
    base = Store(str(path)) if path.exists() else None
    chosen = format_of(format) if format else guess(file, name)
    report = Report(chosen.name, "read")
    held = _Held(base)
    asked = Options(
        name=name,
        more={**chosen.variant, **(options or {})},
        vocabulary=held.vocabulary,
        source_of=held.sources.get,
        found=Found(),
    )
    completer = Completer(report, asked)
    staging = Staging(base, report, override=override)
    try:
        for concept in chosen.reader(file, report, asked):
            report.concepts += 1
            staging.take(completer.settle(concept))
            if report.concepts % EVERY == 0:
                progress(report.concepts)
        if not report.concepts:
            raise InputError(f"{name}: no concept was found in it")
        staging.finish(completer.supply)
        report.counts = staging.counts
        more = held.take(asked.found, report)
        if not dry_run and (more or base is None or staging.counts["added"] or staging.counts["changed"]):
            compile_base(path, staging.concepts(), held.sources, held.vocabulary, held.retired, held.meta)
        return report
    finally:
        staging.close()


def _check_dest(path: Path) -> None:
    if str(path) == ":memory:" or is_bundled(str(path)):
        raise InputError("the bundled base is read-only; name a base of your own to import into")
    if path.is_dir():
        raise InputError(f"{path}: is a folder; an import goes into a compiled base, a file that it makes if need be")
    if not path.parent.is_dir():
        raise InputError(f"{path}: the folder {path.parent} does not exist")


class _Held:
    """What a base holds beside its concepts, and what a file adds to it."""

    def __init__(self, base: Store | None) -> None:
        self.sources: dict[str, Source] = {}
        self.vocabulary: dict[str, dict[str, Any]] = bundled_vocabulary()
        self.retired: dict[str, Any] = {}
        self.meta: dict[str, str] = {}
        if base is not None:
            self.sources = {s.cite: s for s, _ in sources_of(base)}
            self.vocabulary = base.vocabulary or self.vocabulary
            self.retired = base.all_retired()
            self.meta = base.facts()

    def take(self, found: Found, report: Report) -> bool:
        """Take up what a reader found; whether that changes anything."""
        before = (dict(self.sources), dict(self.retired), dict(self.meta))
        for cite, source in found.sources.items():
            if cite in self.sources and self.sources[cite] != source:
                report.note("conflict", "cited works", cite)
            self.sources[cite] = source
        self.retired.update({id: entry for id, entry in found.retired.items() if not _leads_back(id, found.retired)})
        self.meta = {**found.meta, **self.meta}  # the base keeps its own title
        changed = before != (self.sources, self.retired, self.meta)
        for group, codes in found.vocabulary.items():
            for code, label in codes.items():
                if code not in self.vocabulary.setdefault(group, {}):
                    self.vocabulary[group][code] = label
                    changed = True
        return changed


def _leads_back(id: str, retired: Mapping[str, Any]) -> bool:
    """Whether what replaced a retired id is, in the end, that id again."""
    open_, seen = [id], set()
    while open_:
        one = open_.pop()
        if one in seen:
            return True
        seen.add(one)
        open_ += retired.get(one, {}).get("to", [])
    return False
