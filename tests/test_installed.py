"""The wheel, installed by pip into an environment of its own, serves another program: library, spaCy, client, command.

Nothing is fetched: pip installs our wheel alone, and what it depends on is read from where these tests run, after the
new environment's own packages. So the test holds what the wheel brings and declares, not that the dependencies can be
had.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

SCRIPT = Path(__file__).parent / "data" / "another_tool.py"


def run(*args: str | Path, cwd: Path) -> str:
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "GLOSSARY_CACHE")}
    done = subprocess.run(list(map(str, args)), cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=300,
                          env={**clean, "GLOSSARY_CACHE": str(cwd / "cache"), "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_another_program_uses_what_pip_installed(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "new", cwd=tmp_path)
    python = tmp_path / "new" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--no-deps", wheel, cwd=tmp_path)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "zz_lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    said = run(python, SCRIPT, cwd=tmp_path).splitlines()
    assert said == [
        "library 情绪识别 4",
        "spacy 课堂 情绪识别系统 学生 微表情",
        "client 情绪识别 True Chóngqìng",
        "command 情绪识别",
    ]
    # the compiled base came with the wheel; readings are made of the packages that it depends on
    assert not list((tmp_path / "cache").glob("base-*"))


def test_every_dependency_that_the_wheel_declares_is_here(wheel: Path, tmp_path: Path) -> None:
    """So the environment lent above is one that pip would have made."""
    declared = run(sys.executable, "-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); "
                   "print(z.read(next(n for n in z.namelist() if n.endswith('/METADATA'))).decode())", wheel, cwd=tmp_path)
    needed = re.findall(r"^Requires-Dist: ([\w.-]+)(?![^\n]*(?:extra ==|;))", declared, re.MULTILINE)
    assert len(needed) >= 10
    for name in needed:
        assert importlib.metadata.version(name)
