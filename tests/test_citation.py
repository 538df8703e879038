"""Citations in every style, and the counts of coverage."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from glossary import Glossary, InputError, UnknownConcept
from glossary.exchange.citation import STYLES, cite
from glossary.exchange.works import Work, source_work
from glossary.model import source_from
from glossary.termbase.coverage import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-23"
ARTICLE = Work("wang-2019", "article", "情绪识别综述", "A review of emotion recognition", ("王建国", "李伟"), ("Wang Jianguo", "Li Wei"),
               container="心理学报", container_en="Acta Psychologica Sinica", date="2019-03-02", volume="51", issue="3", pages="1–9",
               lang="zh", url="https://example.org/a")
BOOK = Work("b", "book", "AI & {law}: 100% of $5_#~^\\", authors=("A. One", "B. Two", "C. Three", "D. Four"), publisher="OUP", date="2020", lang="en")
BARE = Work("bare", "webpage", "谁在看？", lang="zh", url="http://x.cn/{a} b", accessed="2026-11-22")


@pytest.mark.parametrize(("style", "work", "text"), [
    ("apa", ARTICLE, "Wang Jianguo, & Li Wei. (2019, March 2). 情绪识别综述 [A review of emotion recognition]. 心理学报 [Acta Psychologica Sinica], 51(3), 1–9. https://example.org/a"),
    ("chicago", ARTICLE, "Wang Jianguo, and Li Wei. “情绪识别综述.” [A review of emotion recognition.] 心理学报 [Acta Psychologica Sinica] 51, no. 3 (2019): 1–9. https://example.org/a"),
    ("mla", ARTICLE, "Wang Jianguo and Li Wei. “情绪识别综述.” [A review of emotion recognition.] 心理学报 [Acta Psychologica Sinica], vol. 51, no. 3, 2 Mar. 2019, pp. 1–9, https://example.org/a."),
    ("gbt7714", ARTICLE, "王建国, 李伟. 情绪识别综述[J/OL]. 心理学报, 2019, 51(3): 1–9. https://example.org/a"),
    ("apa", BOOK, "A. One, B. Two, C. Three, & D. Four. (2020). AI & {law}: 100% of $5_#~^\\. OUP."),
    ("mla", BOOK, "A. One, et al. AI & {law}: 100% of $5_#~^\\. OUP, 2020."),
    ("gbt7714", BOOK, "A. One, B. Two, C. Three, et al. AI & {law}: 100% of $5_#~^\\[M]. OUP, 2020."),
    ("apa", BARE, "谁在看？ (n.d.). Retrieved November 22, 2026, from http://x.cn/{a} b"),
    ("chicago", BARE, "“谁在看？” Accessed November 22, 2026. http://x.cn/{a} b"),
    ("gbt7714", BARE, "谁在看？[EB/OL]. [2026-11-22]. http://x.cn/{a} b"),
])
def test_styles(style: str, work: Work, text: str) -> None:
    assert cite([work], style) == text + "\n"


def test_bibtex() -> None:
    assert cite([ARTICLE], "bibtex") == (
        "@article{wang-2019,\n  author = {{王建国} and {李伟}},\n  title = {{情绪识别综述}},\n  journal = {心理学报},\n  year = {2019},\n"
        "  month = {3},\n  volume = {51},\n  number = {3},\n  pages = {1--9},\n  url = {https://example.org/a},\n"
        "  note = {English title: A review of emotion recognition},\n}\n")
    record = cite([BOOK], "bibtex")
    assert r"title = {{AI \& (law): 100\% of \$5\_\#\textasciitilde{}\textasciicircum{}\textbackslash{}}}" in record
    assert "url = {http://x.cn/%7Ba%7D%20b}" in cite([BARE], "bibtex")


def records(text: str) -> Iterator[str]:
    """BibTeX records, by counting braces; anything between two of them fails."""
    at = 0
    while at < len(text.rstrip()):
        head = re.compile(r"\s*@[a-z]+\{[^\s,{}]+,\n").match(text, at)
        assert head, text[at : at + 80]
        depth, end = 1, head.end()
        while depth:
            step = re.compile(r"\\.|[{}]", re.DOTALL).search(text, end)
            assert step
            depth += {"{": 1, "}": -1}.get(step[0], 0)
            end = step.end()
        yield text[at:end]
        at = end


def test_the_whole_base_can_be_cited(bundled: Glossary) -> None:
    ids = [c.id for c in bundled]
    items: list[dict[str, Any]] = json.loads(bundled.cite(ids, "csl-json", works=True, accessed=DAY))
    keys = [item["id"] for item in items]
    assert len(keys) == len(set(keys)) > len(ids) + 1000
    assert all(item["title"] and item["type"] for item in items)
    assert {p for item in items for p in item} <= {
        "id", "type", "title", "author", "container-title", "publisher", "volume", "issue", "page", "number", "version", "language", "URL",
        "note", "issued", "accessed"}
    found = list(records(bundled.cite(ids, "bibtex", works=True, accessed=DAY)))
    assert len(found) == len(items)
    for style in ("apa", "chicago", "mla", "gbt7714"):
        lines = bundled.cite(ids, style, works=True, site="https://e.org/", accessed=DAY).splitlines()
        assert len(lines) == len(items)
        assert all(line == line.strip() and "  " not in line for line in lines)
        assert "https://e.org/c/" in lines[0]


def test_an_entry_with_its_works(small: Glossary) -> None:
    assert small.cite("k7q2m", "apa", site="https://e.org", accessed=DAY) == (
        "zh-en-glossary contributors. (2026, November 22). 情绪识别 emotion recognition. In Chinese–English Glossary "
        "(Version 0.1.0, entry k7q2m). https://e.org/c/k7q2m\n")
    assert "n.d." in small.cite("b2c3d", "apa")  # a draft has no day
    both = small.cite(["k7q2m", "b2c3d", "k7q2m"], "chicago", works=True).splitlines()
    assert len(both) == 3  # the one cited work once
    assert both[2] == "ARTICLE 19. Emotional Entanglement. January 2021."


def test_what_cannot_be_cited(small: Glossary) -> None:
    with pytest.raises(UnknownConcept):
        small.cite("zzzzz")
    with pytest.raises(InputError, match="there is no citation style 'harvard'; there are bibtex"):
        small.cite("k7q2m", "harvard")
    with pytest.raises(InputError, match="the date is written 2026-11-23"):
        small.cite("k7q2m", accessed="yesterday")


def test_every_kind_of_work_has_a_shape(bundled: Glossary) -> None:
    for kind in bundled.vocabulary["works"]:
        work = source_work(source_from("k", {"type": kind, "title": "T", "container": "C", "publisher": "P", "date": "2020-01-02", "url": "https://e.org"}))
        for style in STYLES:
            assert "T" in cite([work], style)
            assert "2020" in cite([work], style)


def test_command(small_base: Path) -> None:
    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "glossary", "cite", *args, "--base", str(small_base)], capture_output=True,
                              text=True, encoding="utf-8", check=False)

    done = run("k7q2m", "--style", "gbt7714", "--site", "https://e.org/", "--date", DAY)
    assert done.stdout == ("zh-en-glossary contributors. 情绪识别 emotion recognition[DB/OL]//Chinese–English Glossary. Version 0.1.0, k7q2m. "
                           "(2026-11-22)[2026-11-23]. https://e.org/c/k7q2m\n")
    assert len(json.loads(run("k7q2m", "b2c3d", "--style", "csl-json", "--works").stdout)) == 3
    for wrong in (["zzzzz"], ["k7q2m", "--date", "x"], ["k7q2m", "--style", "x"], []):
        failed = run(*wrong)
        assert (failed.returncode, failed.stdout) == (2, "")
        assert failed.stderr
        assert "Traceback" not in failed.stderr


def test_examples_of_the_documents(bundled: Glossary) -> None:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, "coverage", "coverage.md", 0)
    assert len(test.examples) >= 3
    assert doctest.DocTestRunner().run(test).failed == 0


def test_coverage_of_the_small_base(small: Glossary) -> None:
    found = small.coverage()
    assert found["all"] == {
        "entries": 4, "reviewed": 1, "defined": 3,
        "zh": {"attested": 0, "entry": 4, "proposed": 0, "unsourced": 0},
        "en": {"attested": 0, "entry": 5, "proposed": 1, "unsourced": 0},
    }
    assert {code: row["entries"] for code, row in found["domains"].items()} == {"ai": 1, "education": 1, "emotion": 2, "surveillance": 1}
    assert found["reviewed"] == {"": 3, "2026-11-22": 1}
    assert found["statuses"] == {"draft": 3, "reviewed": 1}
    assert found["registers"] == {"ngo": 1}
    assert found["uses"] == {"preferred": 4, "admitted": 1, "deprecated": 1}


def test_coverage_agrees_with_the_entries(bundled: Glossary) -> None:
    found = bundled.coverage()
    concepts = list(bundled)
    assert found["all"]["entries"] == len(concepts)
    assert sum(found["kinds"].values()) == sum(found["reviewed"].values()) == len(concepts)
    assert found["all"]["zh"]["attested"] == sum(bool(t.sources) for c in concepts for t in c.zh)
    assert sum(found["all"]["en"][e] for e in EVIDENCE) == sum(len(c.en) for c in concepts)
    assert found["domains"].keys() == bundled.stats()["domains"].keys()
    assert {code: row["entries"] for code, row in found["domains"].items()} == bundled.stats()["domains"]
