"""Many texts: several processes, columns, files and folders, Arrow batches; other people's pipelines."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from glossary import Glossary, InputError
from glossary.cli import main
from glossary.integrations.arrow import Annotate
from glossary.integrations.tokenizer import Tokenizer
from glossary.match import bulk
from glossary.termbase.compile import compile_base

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["情绪识别用于审讯。", "没有", "", "Emotion recognition (情绪识别)", "雪亮\n工程和情绪识别"] * 20


def test_several_processes_give_the_same_in_the_same_order(small_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PIECE", 700)
    g = Glossary.open(small_base)
    one = [[m.to_dict() for m in a.matches] for a in g.annotate_many(TEXTS)]
    two = list(g.annotate_many(iter(TEXTS), workers=2))
    assert [[m.to_dict() for m in a.matches] for a in two] == one
    assert [a.text for a in two] == TEXTS
    assert "".join(t.text for t in two[0].tokens) == TEXTS[0]
    assert sum(map(len, one)) >= 60


def test_no_more_texts_are_taken_than_there_is_work_for(small_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PIECE", 1000)
    taken = 0

    def texts() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield "情绪识别" * 50

    found = Glossary.open(small_base).annotate_many(texts(), workers=2)  # type: ignore[arg-type]
    assert len(next(found).matches) == 50
    assert taken <= 100
    found.close()  # type: ignore[attr-defined]


def test_columns(small_base: Path) -> None:
    g = Glossary.open(small_base)
    found = g.annotate_columns(TEXTS)
    assert len(found) == sum(len(a.matches) for a in g.annotate_many(TEXTS))
    for n, start, end, concept in zip(found.document, found.start, found.end, found.concept, strict=True):
        assert concept in g
        assert TEXTS[n][start:end].strip()


def test_files_and_folders(small_base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sub").mkdir()
    for name, text in {"b.txt": "情绪识别", "a.md": "无", "sub/c.txt": "情緒識別\n情绪识别", ".hidden.txt": "情绪识别", "d.pdf": "x"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["annotate", str(tmp_path), "--base", str(small_base), "--progress"]) == 0
    out = capsys.readouterr()
    lines = [json.loads(line) for line in out.out.splitlines()]
    assert [(line["file"].removeprefix(f"{tmp_path}/"), len(line["matches"])) for line in lines] == [("a.md", 0), ("b.txt", 1), ("sub/c.txt", 2)]
    assert out.err.endswith("3 texts, 3 matches\n")
    (tmp_path / "bad.txt").write_bytes(b"\0\1")
    assert main(["annotate", str(tmp_path), "--base", str(small_base), "--format", "parquet", "-o", str(tmp_path / "o.parquet")]) == 2
    assert "bad.txt: is binary" in capsys.readouterr().err
    table = parquet.read_table(tmp_path / "o.parquet")
    assert table.column_names == ["document", "start", "end", "concept", "certainty"]
    assert table.num_rows == 3
    names = [str(tmp_path / n) for n in ("b.txt", "a.md")]
    assert main(["annotate", *names, "--base", str(small_base), "--format", "arrow", "-o", str(tmp_path / "o.arrow"), "--workers", "2"]) == 0
    assert pa.ipc.open_file(str(tmp_path / "o.arrow")).read_all().num_rows == 1
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("o.")) == ["o.arrow", "o.parquet"]


@pytest.mark.parametrize(("arguments", "said"), [
    (["a.txt", "b.txt", "--format", "html"], "--format html takes one file"), (["a.txt", "--format", "arrow"], "needs -o FILE"), ([], "give a file"),
    (["a.txt", "-o", "x"], "text is written to standard output"), (["--jsonl", "a.txt", "--format", "tsv"], "--format tsv takes one file"),
    (["a.txt", "b.txt", "-o", "no/such/folder"], "no/such/folder: No such file"), (["a.txt", "--format", "arrow", "-o", "no/x"], "no/x: "),
])
def test_bad_calls(small_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("情绪", encoding="utf-8")
    assert main(["annotate", *arguments, "--base", str(small_base)]) == 2
    assert said in capsys.readouterr().err


def test_arrow_batches(small_base: Path) -> None:
    batch = pa.RecordBatch.from_pydict({"n": [7, 8, 9], "body": ["情绪识别", None, "和情緒識別"]})
    annotate = pickle.loads(pickle.dumps(Annotate(str(small_base), text="body", id="n")))
    (found,) = annotate([batch])
    assert found.schema.field("document").type == pa.int64()
    assert [(r["document"], r["start"], r["end"], r["certainty"]) for r in found.to_pylist()] == [(7, 0, 4, "aligned"), (9, 1, 5, "aligned")]
    with pytest.raises(InputError, match="no column 'text'; it has n, body"):
        Annotate(str(small_base), id="n").one(batch)


def test_a_tokenizer_like_jieba_s(small_base: Path) -> None:
    cutter = pickle.loads(pickle.dumps(Tokenizer(Glossary.open(small_base))))
    text = "情绪识别用于审讯。"
    assert "".join(cutter.cut(text)) == text
    assert cutter(text) == cutter.lcut(text)
    assert "情绪识别" in cutter(text)
    assert all(text[s:e] == w for w, s, e in cutter.tokenize(text))
    searched = list(cutter.tokenize(text, mode="search"))
    assert [w for w, _, _ in searched] == cutter.lcut_for_search(text) == ["情绪", "识别", "情绪识别", "用于", "审讯", "。"]
    assert all(text[s:e] == w for w, s, e in searched)
    with pytest.raises(InputError, match="no mode 'full' here"):
        cutter.cut(text, cut_all=True)
    with pytest.raises(InputError, match="leave HMM as it is"):
        cutter.cut(text, HMM=False)


def test_search_words_are_jieba_s_where_there_is_no_term(tmp_path: Path) -> None:
    import jieba

    compile_base(tmp_path / "none.db", [])
    cutter = Tokenizer(Glossary.open(tmp_path / "none.db"))
    text = "中华人民共和国的消费者协会，在南京市长江大桥召开2024年会议 and more。"
    assert list(cutter.tokenize(text, mode="search")) == list(jieba.Tokenizer().tokenize(text, mode="search"))
    assert cutter.lcut(text) == jieba.Tokenizer().lcut(text)


def jsonl(path: Path, lines: list[str]) -> str:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_json_lines_keep_their_ids(small_base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], workers: str) -> None:
    ids: list[object] = [7, "a", None, {"n": [1.5]}, "\ud800"]
    source = jsonl(tmp_path / "in", [json.dumps({"id": i, "text": "情绪识别"}) for i in ids] + ['{"text": "无"}'])
    to = str(tmp_path / "out")
    assert main(["annotate", "--jsonl", source, "--base", str(small_base), "--workers", workers, "-o", to]) == 0
    lines = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines[:5]] == ids
    assert "id" not in lines[5]
    assert [len(line["matches"]) for line in lines] == [1] * 5 + [0]
    assert main(["annotate", "--jsonl", source, "--base", str(small_base), "--workers", workers, "--format", "parquet", "-o", to]) == 0
    assert parquet.read_table(to).column("document").to_pylist() == ["7", "a", "None", "{'n': [1.5]}", "\\ud800"]
    assert capsys.readouterr().err == ""  # no terminal, no progress


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_came_before_a_faulty_line_is_answered(
    small_base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], workers: str
) -> None:
    good = ['{"text": "情绪"}'] * 3
    for bad, said in ((r'{"text": "\ud800"}', "line 4: the text holds half a character"), ("{", "line 4: is not JSON")):
        source = jsonl(tmp_path / "in", [*good, bad, *good])
        assert main(["annotate", "--jsonl", source, "--base", str(small_base), "--workers", workers]) == 2
        out, err = capsys.readouterr()
        assert len(out.splitlines()) == 3
        assert said in err
        assert err.count("\n") == 1
        assert main(["annotate", "--jsonl", source, "--base", str(small_base), "--workers", workers, "-o", str(tmp_path / "no")]) == 2
        assert [p.name for p in tmp_path.iterdir()] == ["in"]  # nothing half-written
        capsys.readouterr()


def test_columns_name_the_right_texts_over_many_pieces(
    small_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 300)
    names = []
    for i in range(40):
        names.append(str(tmp_path / f"{i:02}.txt"))
        (tmp_path / f"{i:02}.txt").write_text("情绪" * (i % 3), encoding="utf-8")
    to = tmp_path / "o.arrow"
    assert main(["annotate", *names, "--base", str(small_base), "--format", "arrow", "-o", str(to)]) == 0
    assert pa.ipc.open_file(str(to)).read_all().column("document").to_pylist() == [n for i, n in enumerate(names) for _ in range(i % 3)]


def test_lists_are_the_objects_in_columns(bundled: Glossary, small_base: Path) -> None:
    """Of Chinese, English with Chinese in it, shared short forms, nested terms, several bases."""
    from benchmarks.recognition import lines

    texts = [line["text"] for line in lines("zh")[::7] + lines("en")[::7]] + ["Emotion recognition (情绪识别) detained"]
    for g in (bundled, Glossary.open(small_base), Glossary([*Glossary.open(small_base)._stores, *bundled._stores])):
        for options in ({}, {"every": True, "crossing": True}, {"borders": False}):
            found = g.annotate_columns(texts, **options)
            assert list(zip(found.document, found.start, found.end, found.concept, found.certainty, strict=True)) == [
                (n, m.start, m.end, m.id, m.certainty)
                for n, a in enumerate(g.annotate_many(texts, **options)) for m in a.matches]
            assert len(found) >= 5


def test_a_line_is_what_the_annotation_says(bundled: Glossary) -> None:
    text = "情绪识别用于审讯，“AI”和雪亮\n工程。" * 300
    for tokens in (False, True):
        ((line, count),) = bundled.annotate_lines([("it", {"id": [1]}, text)], tokens=tokens)
        annotation = bundled.annotate(text)
        assert json.loads(line) == {"id": [1], **annotation.to_dict(tokens)}
        assert count == len(annotation.matches) > 600
    ((line, count),) = bundled.annotate_lines([("it", {}, "")])
    assert (json.loads(line), count) == ({"text": "", "matches": []}, 0)
