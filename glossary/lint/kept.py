"""What was found the last time: where neither the term files nor the rules have changed, it is said again at once."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.cache import cache_dir, forget_old
from glossary.termfiles.folder import bundled_folder, term_paths
from glossary.termfiles.shape import Problem
from glossary.text.opinions import grounds

if TYPE_CHECKING:
    from collections.abc import Callable

# what a finding depends on beside the term files: rules, readers and what stands below them
ROOMS = ("lint", "termfiles", "text", "model.py")


def kept(root: Path, find: Callable[[], list[Problem]]) -> list[Problem]:
    """What `find` gives for a term folder, from the cache where nothing has changed since it was last asked."""
    place = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    path = Path(cache_dir(), f"lint-{place}.json")
    now = _fingerprint(root)
    try:
        known = json.loads(path.read_bytes())
        if known["of"] == now:
            return [Problem(*row) for row in known["problems"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none, or damaged: it is made again
    problems = find()
    text = json.dumps({"of": now, "problems": [astuple(p) for p in problems]}, ensure_ascii=False)
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(text, encoding="utf-8")
        os.replace(scratch, path)
        forget_old(path.parent, ("lint-",), {path.name})
    except OSError:
        pass  # a cache that cannot be written only costs time
    return problems


def _fingerprint(root: Path) -> str:
    """Changes with the term files, the rules and the engines whose readings are compared."""
    package = Path(__file__).resolve().parents[1]
    code = [p for room in ROOMS for p in sorted([package / room, *(package / room).rglob("*")]) if p.is_file()]
    seen = hashlib.sha256(f"{grounds()} {datetime.date.today()}".encode())  # some dates are not yet to come
    for path in (*term_paths(root), bundled_folder() / "vocabulary.toml", *code):
        if "__pycache__" in path.parts:
            continue
        try:
            content = path.read_bytes()
        except OSError:
            content = b""  # the reading of the folder will name it
        seen.update(f"{path}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return seen.hexdigest()
