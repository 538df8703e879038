"""What the tests share: a small term folder made of text, the compiled bases, and parts of the machine."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from glossary import Glossary
from glossary.termbase.compile import compile_base, in_order
from glossary.termfiles.folder import bundled_folder, read_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
# a slow machine is no fault of the code, and what has passed passes again
hypothesis.settings.register_profile("glossary", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("glossary")

SOURCES = """\
[article19-2021]
type = "report"
title = "Emotional Entanglement"
authors = ["ARTICLE 19"]
date = "2021-01"

[sohu-2017]
type = "news"
title = "生物识别3.0时代"
title_en = "The age of biometrics 3.0"
container = "搜狐"
date = "2017-04-28"
cited_in = [{ cite = "article19-2021", note = [18, 59] }]
"""
EMOTION = """\
#:schema ../schema.json

[topic]
zh = "情绪识别"
en = "Emotion recognition"

# 情绪 · emotion
[b2c3d]
kind = "concept"
domains = ["emotion"]
status = "draft"
zh = [
  { text = "情绪", pinyin = "qíngxù", use = "preferred" },
]
en = [
  { text = "emotion", use = "preferred" },
]
definition.en = "a short-lived state of feeling with bodily and mental signs"
sources = [
  { cite = "article19-2021", page = "15" },
]

# 情绪识别 · emotion recognition
[k7q2m]
kind = "technology"
domains = ["emotion", "ai"]
status = "reviewed"
reviewed = 2026-11-22
zh = [
  { text = "情绪识别", pinyin = "qíngxù shíbié", use = "preferred" },
]
en = [
  { text = "emotion recognition", use = "preferred", abbr = "ER", register = ["ngo"] },
  { text = "mood detection", use = "deprecated", note = "a mood lasts longer than what is measured" },
]
literal = "emotion + recognise"
definition.en = "inferring what a person feels from signals such as the face or the voice"
definition.zh = "根据面部、声音等信号推断人的情绪"
broader = [
  "b2c3d",  # 情绪 · emotion
]
sources = [
  { cite = "article19-2021", page = "14–15", note = [40, 59] },
]
"""
POLICING = """\
#:schema ../schema.json

[topic]
zh = "警务"
en = "Policing"

# AI双师课堂 · AI dual-teacher classroom
[t5r8w]
kind = "product"
domains = ["education"]
status = "draft"
zh = [
  { text = "AI双师课堂", pinyin = "AI shuāngshī kètáng", use = "preferred" },
]
en = [
  { text = "AI dual-teacher classroom", use = "preferred" },
]
sources = [
  { cite = "article19-2021", page = "27" },
]

# 雪亮工程 · Sharp Eyes Project
[m4n8p]
kind = "programme"
domains = ["surveillance"]
status = "draft"
zh = [
  { text = "雪亮工程", pinyin = "Xuěliàng Gōngchéng", use = "preferred" },
]
en = [
  { text = "Sharp Eyes Project", use = "preferred" },
  { text = "Project Dazzling Snow", use = "admitted", proposed = true },
]
definition.en = "a nationwide effort to join up video surveillance in towns and villages"
sources = [
  { cite = "article19-2021", page = "18", note = 36 },
]
"""


def write_terms(folder: Path, **topics: str) -> Path:
    """A term folder with these topic files (`emotion__emotion="…"`), the bundled closed lists and two sources."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(bundled_folder() / "vocabulary.toml", folder)
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    for name, text in topics.items():
        path = folder / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    """A sound small term folder of one's own."""
    return write_terms(tmp_path / "terms", emotion__emotion=EMOTION, policing__programmes=POLICING)


@pytest.fixture(scope="session")
def small_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small folder, compiled."""
    root = tmp_path_factory.mktemp("small")
    folder = read_folder(write_terms(root / "terms", emotion__emotion=EMOTION, policing__programmes=POLICING))
    compile_base(root / "small.db", in_order(folder.concepts.values()), folder.sources, folder.vocabulary)
    return root / "small.db"


@pytest.fixture(scope="session")
def small(small_base: Path) -> Glossary:
    """A glossary over the small base."""
    return Glossary.open(small_base)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled bases of a test run go to a folder of their own."""
    before = os.environ.get("GLOSSARY_CACHE")
    os.environ["GLOSSARY_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["GLOSSARY_CACHE"]
    else:
        os.environ["GLOSSARY_CACHE"] = before


@pytest.fixture(scope="session")
def bundled(_own_cache: None) -> Glossary:
    """A glossary over the bundled base."""
    return Glossary.open()


@pytest.fixture(scope="session")
def need() -> Callable[[str, str], str]:
    """`need("chromium", "apt-get install chromium")`: the program's path, or a skip that says what to install.

    With GLOSSARY_REQUIRE_PARTS set, as in CI, a missing part fails the test instead.
    """
    def find(names: str, how: str) -> str:
        for name in names.split():
            path = shutil.which(name)
            if path:
                return path
        message = f"{names.split()[0]} is not installed: {how}"
        if os.environ.get("GLOSSARY_REQUIRE_PARTS"):
            pytest.fail(message)
        pytest.skip(message)
    return find


@contextlib.contextmanager
def serving(glossary: Glossary) -> Iterator[str]:
    """The real server over a glossary, in a thread: its address."""
    from glossary_web import create_app
    from glossary_web.serve import address, make_server, port_of

    server = make_server(create_app(glossary), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield address("127.0.0.1", port_of(server))
    finally:
        server.trigger.pull_trigger(server.close)  # in the server's own thread
        thread.join(5)
        for channel in list(server.active_channels.values()):
            channel.handle_close()


@pytest.fixture(scope="session")
def bundled_server(bundled: Glossary) -> Iterator[str]:
    """The address of a server over the bundled base."""
    with serving(bundled) as at:
        yield at


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built once; the builder must be installed already, nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
                   check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def need_module() -> Callable[[str], Any]:
    """`need_module("polars")`: the module, or a skip that says what to install; see `need`."""
    def find(name: str) -> Any:
        try:
            return importlib.import_module(name)
        except ImportError:
            message = f"{name} is not installed: pip install 'zh-en-glossary[interop]'"
        if os.environ.get("GLOSSARY_REQUIRE_PARTS"):
            pytest.fail(message)
        pytest.skip(message)
    return find
