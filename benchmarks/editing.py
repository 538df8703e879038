"""What an editor waits for: `glossary lint` and the compilation of 5,000 concepts, on one core.

The bundled entries, and as many of them once more under other ids as are wanting to 5,000. The table of readings is
made before, as it is once for an installation.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def _run(root: Path, cache: Path, *arguments: str) -> tuple[float, float]:
    """(seconds of wall time, seconds of processor time) of one command."""
    command = [sys.executable, "-m", "glossary", *arguments]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, env={**os.environ, "GLOSSARY_CACHE": str(cache)}, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 1), done.stderr.decode()
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(size: int = SIZE) -> None:
    """Print the wall and processor time of each step."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as scratch:
        root, cache = Path(scratch, "terms"), Path(scratch, "cache")
        count = folder_of(size, root)
        _run(root, cache, "pinyin", "--base", str(root), __file__)  # makes the table of readings
        for path in cache.glob("*"):
            if not path.name.startswith("readings-"):
                path.unlink()
        lint, stats = ("lint", "--terms", str(root)), ("stats", "--base", str(root))
        print(f"{count:,} concepts, one core            wall s   processor s")
        for said, command in (("lint", lint), ("lint, nothing changed", lint), ("compile and count", stats),
                              ("count, nothing changed", stats)):  # fmt: skip
            wall, cpu = _run(root, cache, *command)
            print(f"  {said:<30} {wall:8.2f} {cpu:12.2f}")


if __name__ == "__main__":
    main()
