"""docs/exchange.md says what the code does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conftest import ROOT

from glossary.cli import main
from glossary.exchange.registry import FORMATS, Format
from glossary.exchange.report import KINDS
from glossary.exchange.table_columns import CONTRACT, MORE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEXT = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")


def row(form: Format) -> str:
    how = {(True, True): "in and out", (True, False): "in", (False, True): "out"}[form.reads, form.writes]
    return f"| `{form.name}` | {form.title} | {how} | {form.held_to} | {form.cannot} |"


def test_the_table_of_formats_is_the_registry() -> None:
    """Where this fails, `python tests/test_exchange_docs.py` puts the rows into the document."""
    found = re.findall(r"^\| `.*\|$", TEXT, re.MULTILINE)
    assert found == [row(f) for f in FORMATS.values()]


def test_columns_and_kinds_of_loss_are_all_named() -> None:
    blocks = re.sub(r"\s+", " ", TEXT)
    assert " ".join(CONTRACT) in blocks
    assert " ".join(MORE) in blocks
    assert all(kind in blocks for kind in KINDS)


def test_the_worked_example_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = [re.sub(r"^    ", "", b, flags=re.MULTILINE).strip("\n") + "\n" for b in re.findall(r"(?:^    .*\n|^\n(?=    ))+", TEXT, re.MULTILINE)]
    table = next(b for b in blocks if b.startswith("Chinese (PRC)"))
    first = next(b for b in blocks if b.startswith("$ glossary import team.csv --base mine.db\n"))
    again = next(b for b in blocks if "tail -n 1" in b)
    read = next(b for b in blocks if "glossary annotate" in b)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "team.csv").write_text(table, encoding="utf-8")
    assert main(["import", "team.csv", "--base", "mine.db"]) == 0
    assert capsys.readouterr().out == first.split("\n", 1)[1]
    main(["import", "team.csv", "--base", "mine.db"])
    assert capsys.readouterr().out.splitlines()[-1:] == again.splitlines()[1:]
    (tmp_path / "letter.txt").write_text("该系统把情绪识别用于审讯，并接入雪亮工程。\n", encoding="utf-8")
    main(["annotate", "--base", "mine.db", "letter.txt"])
    assert capsys.readouterr().out == read.split("\n", 1)[1]
    assert main(["export", "xlsx", "--text", "letter.txt", "--option", "columns=zh,en,status", "-o", "letter.xlsx"]) == 0


def rewrite() -> None:
    """Put the rows of the registry into the document (`python tests/test_exchange_docs.py`)."""
    head = "| --- | --- | --- | --- | --- |\n"
    bare = re.sub(r"^\| `.*\|\n", "", TEXT, flags=re.MULTILINE)
    rows = "".join(f"{row(f)}\n" for f in FORMATS.values())
    (ROOT / "docs" / "exchange.md").write_text(bare.replace(head, head + rows), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
