"""The bundled base: compiled from the term files at first use, kept in the user's cache folder.

The compiled file is named by the content of the term files, so an edited file is compiled anew and an old one is
never used. Names, sizes and times of the files are remembered to spare reading them all at every start. Where no
cache folder can be written the base is compiled into memory, for this process only.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys

from glossary.cache import cache_dir, forget_old
from glossary.errors import TermBaseError
from glossary.termbase.store import FORMAT, Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "zh-en-glossary"  # what `terms/edition.toml` calls the term base: other bases have other titles, or none


def terms_dir() -> str:
    """Where the term files are: inside the installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "terms")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "terms")


def is_bundled(path: str) -> bool:
    """Whether a file is a base that came with this package, or its compiled form in the cache."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    full = os.path.abspath(path)
    cached = os.path.dirname(full) == os.path.abspath(cache_dir()) and os.path.basename(full).startswith("base-")
    return full == os.path.join(package, "base.db") or cached


def source_files(root: str = "") -> list[str]:
    """The term files, and the code that says what is compiled from them: a change of either makes a new base."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = [
        os.path.join(folder, name)
        for top in (*([root] if root else []), os.path.join(package, "termbase"), os.path.join(package, "text"))
        for folder, _, names in os.walk(top)
        for name in names
        if name.endswith((".toml", ".py", ".sql")) or name == "CHANGES.md"
    ]
    return sorted(found)


def stamp_of(root: str, paths: list[str]) -> str:
    """Changes whenever a file is added, removed or written."""
    seen = hashlib.sha256(f"{FORMAT} {root}".encode())
    for path in paths:
        facts = os.stat(path)
        seen.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:24]


def _content(root: str, paths: list[str]) -> str:
    """Changes with what the files say, wherever they are."""
    seen = hashlib.sha256(FORMAT.encode())
    for path in paths:
        seen.update(os.path.relpath(path, root).encode() + b"\0")
        with open(path, "rb") as file:
            seen.update(file.read() + b"\0")
    return seen.hexdigest()[:24]


def open_bundled(root: str = "") -> Store:
    """Open the base compiled from the bundled term files (or from `root`), compiling it where that is needed.

    An installed package brings the compiled file with it. Says on standard error that it compiles. Raises
    TermFileError where the files are faulty.
    """
    if not root:
        brought = _usable(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "base.db"))
        if brought is not None:
            return brought
    root = root or terms_dir()
    if not os.path.isdir(root):
        raise TermBaseError(f"{root}: the term files are missing; install the package again")
    paths = source_files(root)
    cache = cache_dir()
    stamp = os.path.join(cache, f"stamp-{stamp_of(root, paths)}")
    try:
        with open(stamp, encoding="ascii") as file:
            known = os.path.join(cache, file.read().strip())
        return Store(known, rebuild=lambda: _write(root, known))
    except (OSError, TermBaseError, UnicodeDecodeError):
        pass
    target = os.path.join(cache, f"base-{_content(root, paths)}.db")
    try:
        os.makedirs(cache, exist_ok=True)
        store = _usable(target, lambda: _write(root, target)) or _compile(root, target)
        scratch = f"{stamp}.{os.getpid()}"
        with open(scratch, "w", encoding="ascii") as file:
            file.write(os.path.basename(target))
        os.replace(scratch, stamp)
        forget_old(cache, ("base-", "stamp-"), {os.path.basename(target), os.path.basename(stamp)})
        return store
    except (OSError, sqlite3.OperationalError):
        return _in_memory(root)


def _usable(path: str, rebuild: Callable[[], None] | None = None) -> Store | None:
    try:
        return Store(path, rebuild=rebuild) if os.path.isfile(path) else None
    except TermBaseError:
        return None


def _compile(root: str, target: str) -> Store:
    print("glossary: compiling the term base (once; it is cached) …", file=sys.stderr)
    _write(root, target)
    return Store(target, rebuild=lambda: _write(root, target))


def _write(root: str, target: str) -> None:
    from pathlib import Path

    from glossary.termbase.compile import compile_base, in_order
    from glossary.termfiles.folder import read_folder

    folder = read_folder(Path(root))
    concepts = in_order(folder.concepts.values())
    compile_base(
        Path(target),
        concepts,
        folder.sources,
        folder.vocabulary,
        folder.retired,
        folder.facts,
        folder.everyday,
        folder.wordings,
    )


def _in_memory(root: str) -> Store:
    from pathlib import Path

    from glossary.termbase.compile import fill, in_order
    from glossary.termfiles.folder import read_folder

    print(
        f"glossary: {cache_dir()} cannot be written; compiling the term base in memory "
        "(set GLOSSARY_CACHE to a folder that can be written)",
        file=sys.stderr,
    )
    folder = read_folder(Path(root))
    db = sqlite3.connect(":memory:", check_same_thread=False)
    fill(
        db,
        in_order(folder.concepts.values()),
        folder.sources,
        folder.vocabulary,
        folder.retired,
        folder.facts,
        folder.everyday,
        folder.wordings,
    )
    db.commit()
    return Store(":memory:", db)
