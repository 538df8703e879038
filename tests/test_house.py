"""The plan of the house is part of the code: arrows, the face, the wheel, the documents."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import glossary
from glossary.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
WINGS = {"search", "match", "check", "queries", "exchange", "corpus", "service"}
# floor by room; an arrow may only point to a lower floor, or stay in its room
FLOORS = {"errors": 0, "cache": 0, "text": 1, "model": 2, "termfiles": 3, "termbase": 3, "lint": 3, **dict.fromkeys(WINGS, 4),
          "desk": 5, "integrations": 6, "cli": 6, "client": 6}
# within floor 3: rules stand on the files, bundled bases are compiled from them
SIDEWAYS = {("lint", "termfiles"), ("termbase", "termfiles")}
TOP_MAY_SEE = {"desk", "model", "errors"}
# the editor's commands work on the term files themselves, which the desk does not hold; styles are shown as text
EXCEPTIONS = {
    ("cli/commands/lint.py", "lint"), ("cli/commands/lint.py", "termfiles"), ("cli/commands/fmt.py", "termfiles"),
    ("cli/commands/mcp.py", "integrations"), ("cli/commands/new.py", "termfiles"), ("cli/io.py", "text"),
}


def modules() -> list[Path]:
    return sorted([*(ROOT / "glossary").rglob("*.py"), *(ROOT / "web" / "glossary_web").rglob("*.py")])


def imports(path: Path) -> set[str]:
    """Rooms of `glossary` that a module imports while it runs (imports for type checking only are not counted)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(n) for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
               for n in ast.walk(node)}
    out = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "glossary" else [f"glossary.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        out |= {n.split(".")[1] for n in names if n.startswith("glossary.")}
    return out


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_arrows_point_down(path: Path) -> None:
    if path.is_relative_to(ROOT / "web"):
        wrong = {n for n in imports(path) if n in FLOORS} - TOP_MAY_SEE
        assert not wrong, f"the web app knows {TOP_MAY_SEE} only, not {wrong}"
        return
    inside = path.relative_to(ROOT / "glossary")
    room = inside.parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    for other in imports(path) & FLOORS.keys():
        if other == room or (room, other) in SIDEWAYS or (inside.as_posix(), other) in EXCEPTIONS:
            continue
        assert FLOORS[other] < FLOORS[room], f"{inside} may not import {other}"
        if FLOORS[room] == 6:
            assert other in TOP_MAY_SEE, f"{inside} knows {TOP_MAY_SEE} only, not {other}"


def test_every_room_is_planned() -> None:
    rooms = {p.name.removesuffix(".py") for p in (ROOT / "glossary").iterdir()
             if p.suffix == ".py" or (p.is_dir() and (p / "__init__.py").exists())}
    assert rooms - {"__init__", "__main__"} <= FLOORS.keys()


@pytest.mark.parametrize("heavy", ["spacy", "jieba", "pypinyin", "opencc"])
def test_each_heavy_library_lives_in_one_room(heavy: str) -> None:
    homes = {p.relative_to(ROOT / "glossary").parts[0] for p in (ROOT / "glossary").rglob("*.py")
             if re.search(rf"^\s*(?:import|from) {heavy}\b", p.read_text(encoding="utf-8"), re.MULTILINE)}
    assert len(homes) == 1


def test_face_defines_nothing() -> None:
    assert glossary.__all__ == sorted(glossary.__all__)
    for name in glossary.__all__:
        assert getattr(glossary, name).__module__.startswith("glossary.")
    homes = [n for names in glossary._HOMES.values() for n in names]
    assert sorted(homes) == glossary.__all__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = glossary.nothing


def test_lookup_imports_nothing_heavy(small_base: Path) -> None:
    """What `glossary lookup` may not import: each of these costs more than the look-up itself."""
    code = (f"import sys; from glossary.cli import main; main(['lookup', 'qxsb', '--base', {str(small_base)!r}]); "
            "print(*sys.modules, file=sys.stderr)")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, encoding="utf-8")
    loaded = set(run.stderr.split())
    assert "情绪识别" in run.stdout
    assert not loaded & {"spacy", "jieba", "rjieba", "pypinyin", "opencc", "flask", "dataclasses", "inspect", "logging",
                         "importlib.metadata", "importlib.resources", "daachorse", "platformdirs", "pathlib"}


def test_wheel_has_the_package_the_app_and_the_terms(wheel: Path, tmp_path: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    tops = {n.split("/")[0] for n in names}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"glossary", "glossary_web"}
    assert "glossary/terms/vocabulary.toml" in names
    assert "glossary/termbase/schema.sql" in names
    assert {"glossary/text/data/words.tsv", "glossary/text/data/polyphones.txt"} <= set(names)
    assert "glossary/queries/engines.toml" in names
    assert any(n.startswith("glossary_web/templates/") for n in names)
    archive.extractall(tmp_path / "installed")
    code = "from glossary import Glossary; g = Glossary.open(); print(len(g), g.lookup('qxsb')[0].zh)"
    used = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8", cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "GLOSSARY_CACHE": str(tmp_path / "nothing")},
    )
    assert used.stdout.split()[1] == "情绪识别"
    assert used.stderr == ""  # the compiled base came with it
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str) -> None:
    import argparse

    parser = argparse.ArgumentParser()
    importlib.import_module(f"glossary.cli.commands.{command}").add_arguments(parser)
    document = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"glossary {command}" in document
    for action in parser._actions:
        assert action.help, f"{action.dest} of {command} says nothing"
        for option in action.option_strings:
            if option.startswith("--") and option != "--help":
                assert option in document, f"{command} {option} is not in the README"


def test_version_is_in_the_changelog() -> None:
    assert f"## {glossary.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_constraints_pin_every_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    pinned = {line.split("==")[0].lower().replace("_", "-")
              for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if "==" in line}
    assert {re.split(r"[><=; ]", w)[0].lower() for w in wanted} <= pinned


def test_ranking_table_in_the_documents_is_the_code_s() -> None:
    from glossary.search.hit import TIERS

    document = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([a-z-]+) \| (.+?) \|$", document, re.MULTILINE)
    assert rows == [(str(i), name, why) for i, (name, why) in enumerate(TIERS)]


def test_examples_of_the_readme(bundled: glossary.Glossary) -> None:
    """What the README shows at a Python prompt is what happens."""
    import doctest

    parser = doctest.DocTestParser()
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    test = parser.get_doctest(text, {}, "README", "README.md", 0)
    assert len(test.examples) >= 5
    failures, _ = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)
    assert failures == 0
