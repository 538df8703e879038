"""Other people's tools, run with our parts as docs/bulk.md shows: pandas, Polars, scikit-learn, Spark, Arrow between processes."""

from __future__ import annotations

import multiprocessing
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from conftest import ROOT

from glossary import Glossary
from glossary.integrations.arrow import DDL, Annotate, schema
from glossary.integrations.tokenizer import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = ["情绪识别和情绪识别", "雪亮工程", "", "無", "Emotion recognition systems (情緒識別)"]
SPARK = """
import sys
from pyspark.sql import SparkSession
from glossary.integrations.arrow import DDL, Annotate

base, source, to = sys.argv[1:]
spark = (
    SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
)
documents = spark.read.parquet(source).repartition(8)
documents.select("id", "text").mapInArrow(Annotate(base), DDL).write.parquet(to)
workers = documents.rdd.mapPartitions(lambda _: [__import__("os").getppid()]).distinct().count()
print("executors:", workers)
spark.stop()
"""


def found(g: Glossary, texts: list[str], ids: list[str]) -> list[tuple[Any, ...]]:
    """What the library itself finds, as rows."""
    c = g.annotate_columns(texts)
    return sorted(zip([ids[n] for n in c.document], c.start, c.end, c.concept, c.certainty, strict=True))


def documents(folder: Path, texts: list[str]) -> tuple[Path, list[str]]:
    import pyarrow.parquet as parquet

    ids = [f"d{i:04}" for i in range(len(texts))]
    parquet.write_table(pa.table({"id": ids, "text": texts}), folder / "documents.parquet")
    return folder / "documents.parquet", ids


def test_spark_on_two_workers(
    small_base: Path, tmp_path: Path, need: Callable[[str, str], str], need_module: Callable[[str], Any]
) -> None:
    need("java", "apt-get install default-jre-headless")
    need_module("pyspark")
    source, ids = documents(tmp_path, TEXTS * 100)
    (tmp_path / "job.py").write_text(SPARK, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    run = subprocess.run(
        [sys.executable, str(tmp_path / "job.py"), str(small_base), str(source), str(tmp_path / "matches")],
        capture_output=True, text=True, check=False, env=env, cwd=tmp_path, timeout=300,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert "executors: 2" in run.stdout
    rows = pa.parquet.read_table(tmp_path / "matches").to_pylist()
    assert sorted(tuple(r.values()) for r in rows) == found(Glossary.open(small_base), TEXTS * 100, ids)
    assert len(rows) == 500


def over_ipc(job: tuple[str, bytes]) -> bytes:
    """One batch in and out as Arrow's stream of bytes, as an engine sends it to a worker."""
    base, data = job
    out = pa.BufferOutputStream()
    with pa.ipc.open_stream(data) as stream, pa.ipc.new_stream(out, schema()) as writer:
        for batch in Annotate(base)(stream):
            writer.write_batch(batch)
    return bytes(out.getvalue())


def test_batches_sent_to_processes(small_base: Path) -> None:
    jobs = []
    ids = [f"d{i}" for i in range(len(TEXTS))]
    for start in range(0, len(TEXTS), 2):
        batch = pa.RecordBatch.from_pydict({"id": ids[start:start + 2], "text": TEXTS[start:start + 2]})
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, batch.schema) as writer:
            writer.write_batch(batch)
        jobs.append((str(small_base), bytes(out.getvalue())))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        tables = [pa.ipc.open_stream(data).read_all() for data in pool.map(over_ipc, jobs)]
    rows = [tuple(r.values()) for r in pa.concat_tables(tables).to_pylist()]
    assert sorted(rows) == found(Glossary.open(small_base), TEXTS, ids)


def test_the_columns_have_the_same_names_everywhere() -> None:
    assert [field.split()[0] for field in DDL.split(", ")] == schema().names


@pytest.mark.parametrize("name", ["pandas", "polars", "sklearn"])
def test_examples_of_the_document(small_base: Path, need_module: Callable[[str], Any], name: str) -> None:
    """The example of docs/bulk.md runs as it stands, over the small base."""
    need_module(name)
    page = (ROOT / "docs" / "bulk.md").read_text(encoding="utf-8")
    (example,) = [code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if f"import {name}" in code or f"from {name}" in code]
    space: dict[str, Any] = {"g": Glossary.open(small_base), "texts": TEXTS, "Tokenizer": lambda: Tokenizer(Glossary.open(small_base))}
    exec(example.replace("from glossary.integrations.tokenizer import Tokenizer\n", ""), space)
    if name == "sklearn":
        assert space["counts"][0, space["vectors"].vocabulary_["情绪识别"]] == 2
        return
    frame = space["frame"]
    rows = frame.rows() if name == "polars" else list(frame.itertuples(index=False, name=None))
    assert sorted((str(r[0]), *r[1:]) for r in rows) == found(space["g"], TEXTS, [str(i) for i in range(len(TEXTS))])
    assert list(space["documents"]["matches"]) == [2, 1, 0, 0, 2]
