"""schemathesis walks the API by its own description: no failure of the server, nothing that the description does not say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFIG = Path(__file__).parent / "data" / "schemathesis.toml"


def test_schemathesis_finds_nothing(bundled_server: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", f"{bundled_server}/api/v1/openapi.json",
         "--checks", "all", "--max-examples", "20", "--seed", "1"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=600,
        env={**os.environ, "SCHEMATHESIS_HOOKS": str(CONFIG.parent / "schemathesis_hooks.py"), "COLUMNS": "140"},
    )
    said = "\n".join(line[:300] for line in run.stdout.splitlines()[-120:]) + run.stderr[-2000:]
    assert run.returncode == 0, said
    assert "Test cases:" in said
