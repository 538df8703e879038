"""The command line as its users call it: exit codes, keys, bad input in one line."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import EMOTION, ROOT, write_terms

from glossary.cli import COMMANDS, main

if TYPE_CHECKING:
    from pathlib import Path


class Run:
    """What a call gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small_base: Path):  # type: ignore[no-untyped-def]
    def call(*args: str, stdin: str | bytes = "") -> Run:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        extra = ["--base", str(small_base)] if args and args[0] in ("lookup", "annotate", "segment", "pinyin", "stats") else []
        code = main([*args, *extra])
        out, err = capsys.readouterr()
        return Run(code, out, err)
    return call


def test_lookup(run) -> None:  # type: ignore[no-untyped-def]
    got = run("lookup", "qxsb")
    assert got.code == 0
    assert "情绪识别 情緒識別  qíngxù shíbié" in got.out
    assert "k7q2m · technology · emotion, ai · matched qíngxù shíbié (initials)" in got.out
    assert run("lookup", "qing", "xu").out.startswith("情绪 ")
    assert "deprecated: mood detection" in run("lookup", "mood", "detection").out


def test_lookup_finds_nothing(run) -> None:  # type: ignore[no-untyped-def]
    got = run("lookup", "zzz")
    assert (got.code, got.out, got.err) == (1, "", "nothing found for zzz\n")


def test_lookup_json(run) -> None:  # type: ignore[no-untyped-def]
    got = run("lookup", "--json", "--limit", "1", "情绪")
    assert [h["id"] for h in got.lines[0]["hits"]] == ["b2c3d"]


def test_lookup_jsonl_keeps_the_order(run) -> None:  # type: ignore[no-untyped-def]
    got = run("lookup", "--jsonl", "-", stdin='"qxsb"\n\n{"query": "zzz"}\n{"query": "情绪", "limit": 1}\n')
    assert got.code == 0
    assert [(o["query"], len(o["hits"])) for o in got.lines] == [("qxsb", 1), ("zzz", 0), ("情绪", 1)]


def test_annotate(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "text.txt"
    file.write_text("情绪识别与雪亮\n工程\n", encoding="utf-8")
    got = run("annotate", str(file))
    assert got.code == 0
    assert got.out.startswith("[情绪识别]与[雪亮\n工程]\n")
    assert "情绪识别  qíngxù shíbié  emotion recognition  ×1  k7q2m" in got.out
    assert run("annotate", "-", stdin="无").code == 1
    tsv = run("annotate", str(file), "--format", "tsv").out.splitlines()
    assert tsv[1].split("\t") == ["0", "4", "情绪识别", "k7q2m", "情绪识别", "emotion recognition", "aligned"]
    page = run("annotate", "-", "--format", "html", stdin="<b>情绪</b>").out
    assert "&lt;b&gt;" in page
    assert '<mark data-id="b2c3d" title="emotion"><ruby>情绪<rp>(</rp><rt>qíngxù</rt><rp>)</rp></ruby></mark>' in page.replace("\n", "")
    data = run("annotate", str(file), "--format", "json", "--tokens", "--all").lines[0]
    assert [m["text"] for m in data["matches"]] == ["情绪识别", "情绪", "雪亮\n工程"]
    assert data["tokens"][0]["pinyin"] == "qíngxù shíbié"


def test_annotate_jsonl(run) -> None:  # type: ignore[no-untyped-def]
    got = run("annotate", "--jsonl", "-", stdin='{"text": "情绪"}\n{"text": "无"}\n')
    assert [len(o["matches"]) for o in got.lines] == [1, 0]
    assert "tokens" not in got.lines[0]


def test_segment_and_pinyin(run) -> None:  # type: ignore[no-untyped-def]
    assert run("segment", "-", stdin="情绪识别技术\n雪亮\n工程").out == "情绪识别 技术\n雪亮工程\n"
    assert run("pinyin", "-", stdin="情绪识别，雪亮工程。\n").out == "qíngxù shíbié, Xuěliàng Gōngchéng.\n"
    assert run("pinyin", "-", "--style", "numbers", stdin="情绪").out == "qing2xu4\n"
    got = run("segment", "--jsonl", "-", stdin='{"text": "情绪识别"}').lines[0]
    assert got == {"text": "情绪识别", "words": [{"start": 0, "end": 4, "text": "情绪识别", "pinyin": "qíngxù shíbié", "id": "k7q2m"}], "pinyin": "qíngxù shíbié"}
    assert run("pinyin", "-", "--json", "--style", "initials", stdin="情绪识别").lines[0]["pinyin"] == "qxsb"
    assert run("segment", "-", "--json", stdin="情绪").lines[0]["words"][0]["text"] == "情绪"


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_other_encodings_are_converted_and_said(run, encoding: str) -> None:  # type: ignore[no-untyped-def]
    text = "情绪识别技术" if encoding == "gb18030" else "情緒識別技術"
    got = run("annotate", "-", stdin=text.encode(encoding))
    assert got.code == 0
    assert text[:4] in got.out
    assert f"standard input: read as {encoding}" in got.err


@pytest.mark.parametrize(("args", "stdin", "said"), [
    (["lookup"], "", "give a query, or --jsonl FILE"),
    (["lookup", "x", "--jsonl", "-"], "", "give a query, or --jsonl FILE"),
    (["lookup", "--limit", "0", "x"], "", "the limit must be 1 or more, not 0"),
    (["lookup", "--limit", "many", "x"], "", "invalid int value"),
    (["lookup", "--jsonl", "-"], '{"query": 7}\n', 'standard input: line 1: must be an object with "query" or a string'),
    (["lookup", "--jsonl", "-"], '"ok"\n{oops\n', "standard input: line 2: is not JSON"),
    (["lookup", "--jsonl", "-"], '{"query": "x", "limit": "y"}', 'line 1: "limit" must be a number'),
    (["lookup", "--jsonl", "nothing.jsonl"], "", "nothing.jsonl: No such file or directory"),
    (["annotate"], "", "give a file (- for standard input), or --jsonl FILE"),
    (["annotate", "nothing.txt"], "", "nothing.txt: No such file or directory"),
    (["annotate", "-"], b"\x00\x01", "standard input: is binary"),
    (["annotate", "-"], b"\xff\xff\xff\xff", "standard input: is neither UTF-8"),
    (["annotate", "--jsonl", "-"], '{"text": "\\ud800"}', "line 1: the text holds half a character"),
    (["annotate", "--jsonl", "-"], '"text"', 'must be an object with "text"'),
    (["segment", "."], "", "Is a directory"),
    (["pinyin", "-", "--style", "wade"], "", "invalid choice: 'wade'"),
    (["lint", "nothing.toml"], "", "nothing.toml: no such file"),
    (["lint", "/etc/hosts"], "", "is not below the term folder"),
    (["lint", "--terms", "nothing"], "", "there is no term folder here"),
    (["fmt", "--terms", "nothing"], "", "there is no term folder here"),
    (["dance"], "", "there is no command 'dance'"),
    (["lookup", " "], "", "the query is empty"),
    (["export", "doc"], "", "there is no format 'doc'; there are csv"),
    (["import", "x.csv"], "", "the following arguments are required: --base; see glossary import --help"),
    (["lookup", "--wat", "x"], "", "unrecognized arguments: --wat"),
])
def test_bad_use_is_one_clear_line(run, args: list[str], stdin: str | bytes, said: str) -> None:  # type: ignore[no-untyped-def]
    got = run(*args, stdin=stdin)
    assert got.code == 2
    assert said in got.err
    assert "Traceback" not in got.err
    assert got.err.startswith("glossary: ")
    assert got.err.count("\n") == 1


def test_missing_base(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "x", "--base", "/nothing/here.db"]) == 2
    assert "there is no such term base" in capsys.readouterr().err


def test_lint_fmt_new(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    root = write_terms(tmp_path / "terms", emotion__emotion=EMOTION.replace('kind = "technology"', 'kind   = "technology"'))
    assert run("fmt", "--terms", str(root), "--check").code == 1
    got = run("fmt", "--terms", str(root))
    assert (got.code, got.out) == (0, "changed: emotion/emotion.toml\nchanged: sources.toml\nchanged: schema.json\n")
    assert run("fmt", "--terms", str(root), "--check").code == 0
    assert run("lint", "--terms", str(root)).code == 0
    got = run("new", "emotion/emotion", "怒气", "anger", "--terms", str(root))
    assert got.code == 0
    assert "nùqì" in got.out
    got = run("lint", "--terms", str(root), str(root / "emotion" / "emotion.toml"), "--json")
    assert got.code == 1  # a new entry still lacks its definition and its source
    assert {o["code"] for o in got.lines} >= {"E114", "E116"}
    assert run("new", "emotion/emotion", "怒气", "anger", "--terms", str(root)).code == 2
    assert "E108" in run("lint", "--rules").out


def test_diff(run, small_base: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    changed = EMOTION.replace("mood detection", "mood recognition").replace("2026-11-22", "2026-11-23")
    new = write_terms(tmp_path / "terms", emotion__emotion=changed)
    got = run("diff", str(small_base), str(new))
    assert got.code == 1
    assert "changed  k7q2m  情绪识别 · emotion recognition" in got.out
    assert "mood detection (deprecated) → emotion recognition (preferred); mood recognition (deprecated)" in got.out
    assert "removed  m4n8p  雪亮工程 · Sharp Eyes Project" in got.out
    assert got.out.endswith("0 added, 1 changed, 2 removed\n")
    assert [o["id"] for o in run("diff", str(small_base), str(new), "--json", "--text", "-", stdin="雪亮工程").lines] == ["m4n8p"]
    assert run("diff", str(small_base), str(small_base)).code == 0
    assert run("diff", "nothing.db").code == 2


def test_stats(run) -> None:  # type: ignore[no-untyped-def]
    got = run("stats", "--json").lines[0]
    assert (got["concepts"], got["sources"], got["domains"]["emotion"], got["statuses"]["reviewed"]) == (4, 2, 2, 1)
    assert "concepts" in run("stats").out


def test_help_and_version(run) -> None:  # type: ignore[no-untyped-def]
    got = run("--help")
    assert got.code == 0
    assert all(name in got.out for name in COMMANDS)
    assert run().code == 2
    assert run("--version").out.startswith("glossary 0.")
    for name in COMMANDS:
        assert run(name, "--help").code == 0


def test_port_in_use(small_base: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        got = subprocess.run([sys.executable, "-m", "glossary", "serve", "--port", str(port), "--base", str(small_base)],
                             capture_output=True, text=True, cwd=ROOT, timeout=60, env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'web'}"})
    assert got.returncode == 2
    assert str(port) in got.stderr
    assert got.stderr.count("\n") == 1


def test_reader_that_goes_away(small_base: Path) -> None:
    """`glossary … | head -1` ends quietly."""
    lines = '"情绪"\n' * 5000
    got = subprocess.run(f"{sys.executable} -m glossary lookup --jsonl - --base {small_base} | head -1", input=lines, shell=True,
                         capture_output=True, text=True, cwd=ROOT, encoding="utf-8")
    assert "b2c3d" in got.stdout
    assert got.stderr == ""


def test_output_is_utf8_whatever_the_locale(small_base: Path) -> None:
    got = subprocess.run([sys.executable, "-m", "glossary", "lookup", "qxsb", "--base", str(small_base)], capture_output=True,
                         cwd=ROOT, env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert "情绪识别" in got.stdout.decode("utf-8")
