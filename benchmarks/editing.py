"""What an editor waits for: `glossary lint` and the compilation of 5,000 concepts, on one core.

The bundled entries, and as many of them once more under other ids as are wanting to 5,000. The table of readings is
made before, as it is once for an installation.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.cold import measure
from glossary.termfiles.canonical import draw_id
from glossary.termfiles.folder import bundled_folder, read_folder

SIZE = 5_000


def folder_of(size: int, root: Path) -> int:
    """Fill `root` with term files of so many concepts, or more where the bundled base has more; how many they are."""
    shutil.copytree(bundled_folder(), root)
    folder = read_folder(root)
    taken = {*folder.concepts, *folder.retired}
    count = len(folder.concepts)
    for name, topic in folder.topics.items():
        wanted = topic.ids[: max(0, size - count)]
        if not wanted:
            break
        head, *blocks = re.split(r"\n(?=# [^\n]*\n\[\w+\]\n)", folder.texts[name])
        chosen = [b for b in blocks if re.search(r"^\[(\w+)\]$", b, re.MULTILINE)[1] in wanted]  # type: ignore[index]
        for id in wanted:
            new = draw_id(taken)
            taken.add(new)
            chosen = [re.sub(rf"^\[{id}\]$", f"[{new}]", b, flags=re.MULTILINE) for b in chosen]
        copy = root / f"{name.removesuffix('.toml')}-again.toml"
        copy.write_text("\n".join([head, *chosen]), encoding="utf-8")
        count += len(wanted)
    return count


def main(size: int = SIZE) -> None:
    """Print the wall and processor time of each step."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    kept = os.environ.get("GLOSSARY_CACHE")
    try:
        if cores:
            os.sched_setaffinity(0, {min(cores)})
        _measure(size)
    finally:
        if cores:
            os.sched_setaffinity(0, cores)
        os.environ.pop("GLOSSARY_CACHE")
        if kept is not None:
            os.environ["GLOSSARY_CACHE"] = kept


def _measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root, cache = Path(scratch, "terms"), Path(scratch, "cache")
        os.environ["GLOSSARY_CACHE"] = str(cache)
        count = folder_of(size, root)
        glossary = [sys.executable, "-m", "glossary"]
        measure([*glossary, "lookup", "--base", str(root), "qxsb"])
        measure([*glossary, "lint", "--terms", str(root)])  # now there is the table of readings, and code is compiled
        for path in cache.glob("*"):
            if not path.name.startswith("readings-"):
                path.unlink()
        print(f"{count:,} concepts, one core")
        for said, command in (
            ("lint", ["lint", "--terms", str(root)]),
            ("lint, nothing changed", ["lint", "--terms", str(root)]),
            ("compile, and count", ["stats", "--base", str(root)]),
            ("count, nothing changed", ["stats", "--base", str(root)]),
        ):
            wall, cpu, _ = measure([*glossary, *command])
            print(f"  {said:<24} wall {wall:6.2f} s   CPU {cpu:6.2f} s")
        print()


if __name__ == "__main__":
    main()
