"""The worked examples of docs/programs.md are what happens, and its table is the registry's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import ROOT

from glossary.exchange.registry import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")


def examples() -> list[tuple[str, str]]:
    """(command, what it prints) of each example."""
    lines = [line[4:] for line in PAGE.splitlines() if line.startswith("    ")]
    out: list[tuple[str, str]] = []
    for line in lines:
        if line.startswith("$ "):
            out.append((line[2:], ""))
        else:
            out[-1] = (out[-1][0], out[-1][1] + line + "\n")
    return out


def test_examples(tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(dict(examples())["cat notice.txt"], encoding="utf-8")
    assert len(examples()) >= 8
    for command, printed in examples():
        for program, module in (("glossary", "-m glossary"), ("python", "")):
            command = re.sub(rf"^{program} ", f"'{sys.executable}' {module} ", command)
        run = subprocess.run(["bash", "-c", command], capture_output=True, cwd=tmp_path, encoding="utf-8",
                             env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        assert run.returncode == 0, run.stderr
        assert run.stdout == printed, command


def test_every_program_format_is_explained() -> None:
    table = PAGE[PAGE.index("| format |") :]
    named = set(re.findall(r"`([a-z-]+)`", " ".join(row.split("|")[1] for row in table.split("\n\n")[0].splitlines()[2:])))
    assert named <= FORMATS.keys()
    assert {f.name for f in FORMATS.values() if not f.reads} <= named
