"""The web app: pages, safety, bad input, the HTTP side of the contract."""

from __future__ import annotations

import json
import re
import socket
import tomllib
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from glossary.desk import Glossary
from glossary.errors import InputError, MissingPart
from glossary.model import concept_from, places, source_from
from glossary.termbase import dictionary
from glossary.termbase.compile import compile_base
from glossary_web import create_app, reading, serve
from glossary_web.present import day, pieces, runs, script, slug, web_address
from glossary_web.results import Asked, asked
from glossary_web.security import POLICY
from glossary_web.serve import address, make_server, port_of
from glossary_web.site import CREDIT

if TYPE_CHECKING:
    from flask.testing import FlaskClient

VOCABULARY = Path(__file__).parents[1] / "terms" / "vocabulary.toml"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
ER, ME, AFFECT, WANG = "k7q2m", "hn4tw", "c3v9d", "w4n9x"

REF: dict[str, Any] = {"cite": "article19-2021", "page": "15", "note": [21, 44]}
CONCEPTS: dict[str, dict[str, Any]] = {
    ER: {
        "kind": "technology", "domains": ["emotion", "ai"], "status": "reviewed", "reviewed": "2026-11-22",
        "zh": [{"text": "情绪识别", "pinyin": "qíngxù shíbié", "sources": [REF]},
               {"text": "情绪辨识", "pinyin": "qíngxù biànshí", "use": "admitted", "region": "TW", "type": "variant"}],
        "en": [{"text": "emotion recognition", "abbr": "ER", "register": ["ngo", "scholarship"],
                "sources": [REF, {"cite": "article19-2021", "page": "20–22"}]},
               {"text": "emotional recognition", "use": "deprecated", "register": ["mistranslation"],
                "note": "reads as if the recognition were emotional (见情绪)"},
               {"text": "mood sensing", "use": "admitted", "proposed": True}],
        "literal": "emotion + identify", "note": "The word of vendors; standards say 情感识别.",
        "definition": {"en": "the automated inference of emotion", "zh": "自动推断情绪的技术", "sources": [REF]},
        "broader": ["c3v9d"], "contrast": [{"to": ME, "note": "微表情 is an expression, not a technology"}],
        "sources": [{"cite": "wang-2019", "url": "https://example.org/a"}, {"cite": "evil"}],
    },
    ME: {"kind": "concept", "domains": ["emotion"], "zh": [{"text": "微表情", "pinyin": "wēibiǎoqíng"}],
         "en": [{"text": "micro-expression"}], "sources": [REF]},
    AFFECT: {"kind": "concept", "domains": ["emotion"], "zh": [{"text": "情感计算", "pinyin": "qínggǎn jìsuàn"}],
             "en": [{"text": "affective computing"}]},
    WANG: {"kind": "programme", "domains": ["surveillance"],
           "zh": [{"text": "雪亮工程", "pinyin": "Xuěliàng Gōngchéng"}], "en": [{"text": "Sharp Eyes Project"}]},
    "g4n1a": {"kind": "institution", "domains": ["policing"], "zh": [{"text": "公安局", "pinyin": "gōng'ānjú"},
              {"text": "绿<b>色", "pinyin": "lǜsè", "use": "superseded"}], "en": [{"text": HOSTILE}], "note": HOSTILE},
}
SOURCES: dict[str, dict[str, Any]] = {
    "article19-2021": {"type": "report", "title": "Emotional Entanglement", "authors": ["ARTICLE 19"], "date": "2021-01",
                       "lang": "en", "url": "https://www.article19.org/", "licence": "CC BY-NC-SA 2.5"},
    "wang-2019": {"type": "article", "title": "情绪识别综述", "title_en": "A review of emotion recognition", "lang": "zh",
                  "authors": ["王建国", "李伟"], "authors_en": ["Wang Jianguo", "Li Wei"], "container": "心理学报",
                  "date": "2019-03-02", "cited_in": [{"cite": "article19-2021", "note": [9]}]},
    "evil": {"type": "webpage", "title": HOSTILE, "lang": "en", "url": "javascript:alert(1)"},
}
PAGES = ["/", "/?q=情绪识别", "/?q=qxsb", "/?q=emotion", "/?q=zzzzzz", "/browse", "/browse?order=english&letter=e",
         "/browse?letter=%23", "/browse?letter=z&after=500", "/domains", "/domains/emotion", "/domains/emotion?letter=q",
         "/sources", "/sources?show=seed", "/sources?show=zh", "/sources/article19-2021", "/sources/wang-2019",
         "/sources/evil", "/read", "/read?example=1", "/about", "/api", "/about/coverage", "/query", f"/query?c={ER}&engine=all&english=1&narrower=1",
         "/query?c=g4n1a&engine=all&english=1", f"/c/{ER}/qingxu-shibie", "/c/g4n1a/gonganju"]


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> Glossary:
    path = tmp_path_factory.mktemp("web") / "base.db"
    compile_base(path, [concept_from(id, data) for id, data in CONCEPTS.items()],
                 {cite: source_from(cite, data) for cite, data in SOURCES.items()},
                 tomllib.loads(VOCABULARY.read_text(encoding="utf-8")), {"b0rn2": {"to": [ER]}})
    return Glossary.open(path)


CEDICT = """\
# CC-CEDICT
行 行 [hang2] /row/line/commercial firm/
行 行 [xing2] /to walk/to go/capable/
行動 行动 [xing2 dong4] /operation/action/CL:個|个[ge4]/
情緒 情绪 [qing2 xu4] /mood/state of mind/<b>bold/
研究 研究 [yan2 jiu1] /research/a study/
地鐵 地铁 [di4 tie3] /subway/metro/
學生 学生 [xue2 sheng5] /student/schoolchild/
"""
# a base with enough of everything to be narrowed
MANY = {f"m{n}aaa": {"kind": ["law", "technology", "concept"][n % 3], "domains": [["policing"], ["emotion", "ai"]][n % 2],
                     "status": ["draft", "reviewed"][n % 2], "zh": [{"text": f"警情{c}", "pinyin": f"jǐngqíng {p}"}],
                     "en": [{"text": f"police emotion {n}", "register": [["ngo"], ["press"]][n % 2]}],
                     "sources": [{"cite": f"work-{n % 9}"}]}
        for n, (c, p) in enumerate(zip("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地",
                                       "jiǎ yǐ bǐng dīng wù jǐ gēng xīn rén guǐ zǐ chǒu yín mǎo chén sì wǔ wèi shēn yǒu xū hài tiān dì".split(),
                                       strict=True))}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Enough entries to be narrowed and paged, and a general dictionary."""
    folder = tmp_path_factory.mktemp("rich")
    compile_base(folder / "base.db", [concept_from(id, data) for id, data in {**CONCEPTS, **MANY}.items()],
                 {cite: source_from(cite, data) for cite, data in SOURCES.items()},
                 tomllib.loads(VOCABULARY.read_text(encoding="utf-8")))
    (folder / "small.u8").write_text(CEDICT, encoding="utf-8")
    glossary = Glossary.open(folder / "base.db")
    assert glossary.open_dictionary(str(folder / "small.u8")) == CREDIT
    return create_app(glossary).test_client()


@pytest.fixture(scope="module")
def client(glossary: Glossary) -> FlaskClient:
    return create_app(glossary).test_client()


class Structure(HTMLParser):
    """Checks that elements nest and close, and gathers what a page must not have."""

    VOID = frozenset("meta link input br hr img".split())

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attrs: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attrs += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.inline.append(tag)
        self.inline += [name for name, value in attrs if name.startswith("on") or name == "style"
                        or (name in ("href", "src", "action") and (value or "").strip().lower().startswith("javascript:"))]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> out of place"


def structure(html: str) -> Structure:
    page = Structure()
    page.feed(html)
    page.close()
    assert not page.open
    return page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_made(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = structure(answer.text)
    assert answer.text.startswith("<!doctype html>")
    assert page.tags.count("h1") == 1
    assert page.tags.count("main") == 1
    assert page.tags.count("title") == 1
    assert ("html", "lang", "en-GB") in page.attrs
    assert ("a", "class", "skip") in page.attrs
    assert ("nav", "aria-label", "Main") in page.attrs
    assert len(page.ids) == len(set(page.ids))
    assert page.inline == []
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


@pytest.mark.parametrize("path", [*PAGES, "/static/site.css", "/static/site.js", "/c/zzzzz", "/nowhere", "/api/v1/lookup?q=a",
                                  "/api/v1/nowhere", "/api/v1/lookup", f"/c/{ER}", "/favicon.ico"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Permissions-Policy" in headers


def test_all_links_of_all_pages_lead_somewhere(client: FlaskClient) -> None:
    seen, todo = set(), ["/"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        with client.get(path, follow_redirects=True) as answer:
            assert answer.status_code == 200, path
            html = answer.get_data(as_text=True) if "html" in str(answer.content_type) else ""
        if html:
            todo += [value.split("#")[0] for _, name, value in structure(html).attrs
                     if name in ("href", "src") and value.startswith("/") and value.split("#")[0] not in seen]
    assert f"/c/{ER}/qingxu-shibie" in seen
    assert "/sources/wang-2019" in seen


def test_search_strings_on_the_page(client: FlaskClient) -> None:
    html = client.get("/query", query_string={"c": "情绪识别\n微表情", "and": "雪亮工程", "engine": ["baidu", "cnki", "wechat", "google-tw"]}).text
    text = unescape(html)
    assert """SU=('情绪识别' + '微表情') AND SU=('雪亮工程')""" in text
    assert 'data-copy="SU=(' in html
    assert """("情緒辨識" OR "微表情" OR "情緒識別") "雪亮工程" site:tw""" in text
    assert "Sought: 情绪识别" in re.sub("<[^>]+>", "", text)
    assert f'href="/c/{ER}/qingxu-shibie"' in html
    outward = re.findall(r'<a href="(https://[^"]+)" target="_blank" rel="([^"]+)"', html)
    assert len(outward) == 4 + 1
    assert {rel for _, rel in outward} == {"external noopener noreferrer"}
    assert any(unescape(url).startswith("https://www.baidu.com/s?wd=%28%22%E6%83%85") for url, _ in outward)
    assert html.count("checked") == 4  # the form remembers


def test_an_entry_leads_to_its_search_strings(client: FlaskClient) -> None:
    assert f'href="/query?c={ER}"' in client.get(f"/c/{ER}", follow_redirects=True).text


@pytest.mark.parametrize(("asked", "said"), [
    ({"c": "zzzz"}, "Not in the term base: 'zzzz'"),
    ({"c": ER, "engine": "altavista"}, "There is no search engine 'altavista'"),
    ({"c": ER, "size": "huge"}, "Size is long, short, split, not 'huge'"),
    ({"c": ER, "site": "a b"}, "The site is a domain"),
    ({"c": "\n".join(f"某{i}" for i in range(61)), "typed": "1"}, "The page takes 60 concepts"),
    ({"c": "某" * 8001}, "The page takes 60 concepts and 8,000 characters"),
    ({"c": HOSTILE + "x"}, "Not in the term base"),
])
def test_search_strings_that_cannot_be(client: FlaskClient, asked: dict[str, str], said: str) -> None:
    answer = client.get("/query", query_string=asked)
    assert answer.status_code == 400
    assert said in unescape(re.sub("<[^>]+>", "", answer.text.replace("<script>alert", "BAD")))
    assert "<script>alert" not in answer.text
    assert 'id="ask"' in answer.text  # the form, as it was filled in
    problem = client.get("/api/v1/query", query_string=asked)
    assert (problem.status_code, problem.mimetype) == (400, "application/problem+json")


def test_an_entry_can_be_cited(client: FlaskClient) -> None:
    html = unescape(client.get(f"/c/{ER}", follow_redirects=True).text)
    text = re.sub("<[^>]+>", "", html)
    assert "(2026, November 22). 情绪识别 emotion recognition. In Chinese–English Glossary" in text
    assert "情绪识别 emotion recognition[DB/OL]" in text
    assert f'href="/cite/{ER}.bib"' in html
    assert f'href="/api/v1/concepts/{ER}"' in html
    bib = client.get(f"/cite/{ER}.bib?works=1")
    assert bib.headers["Content-Disposition"] == f"attachment; filename={ER}.bib"
    assert bib.content_type == "application/x-bibtex; charset=utf-8"
    assert f"url = {{http://localhost/c/{ER}}}" in bib.text
    assert bib.text.count("\n@") == 2 + 1
    csl = client.get(f"/cite/{ER}.json")
    assert csl.mimetype == "application/vnd.citationstyles.csl+json"
    assert [item["id"] for item in json.loads(csl.text)] == [f"zh-en-glossary-{ER}"]
    assert client.get("/cite/zzzzz.bib").status_code == 404
    assert client.get(f"/cite/{ER}.pdf").status_code == 404


def test_coverage_page(client: FlaskClient) -> None:
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", client.get("/about/coverage").text))
    assert "What the 5 entries hold" in text
    assert "Emotion recognition and affective computing 3 33% 33% " in text
    assert "attested: it cites a work itself" in text


def test_search_strings_by_api(client: FlaskClient) -> None:
    answer: Any = client.get("/api/v1/query", query_string={"c": ER, "engine": "cnki,bing", "english": "1", "date": "2026-11-23"}).json
    assert [q["engine"] for q in answer["queries"]] == ["cnki", "bing"]
    first = answer["queries"][0]
    assert {"engine", "string", "url", "forms", "dropped", "note"} <= first.keys()
    assert first["date"] == "2026-11-23"
    assert first["forms"] == ["情绪识别", "emotion recognition", "mood sensing"]
    assert client.get("/api/v1/query").status_code == 400
    assert client.get("/api/v1/query", query_string={"c": ER, "date": "x"}).status_code == 400
    listed: Any = client.get("/api/v1/engines").json
    assert {"id": "cnki", "prefilled": False}.items() <= listed["engines"][0].items()


def test_an_entry_says_everything(client: FlaskClient) -> None:
    html = client.get(f"/c/{ER}/qingxu-shibie").text
    for part in ('lang="zh-Hans">情绪识别', 'lang="zh-Hant"', "情緒識別", 'lang="zh-Hant-TW"', "qíngxù shíbié", "emotion + identify",
                 "deprecated", "mistranslation", "NGO, scholarship", "pp. 15, 20–22, notes 21, 44", "proposed here",
                 "the automated inference of emotion", "自动推断情绪的技术", "Do not confuse with", "micro-expression", "broader",
                 "affective computing", "22 November 2026", f"http://localhost/c/{ER}", "https://example.org/a",
                 "/domains/emotion", "/sources/wang-2019", "variant, Taiwan"):
        assert part in html, part
    assert "narrower" in client.get(f"/c/{AFFECT}", follow_redirects=True).text


def test_addresses_of_an_entry(client: FlaskClient, glossary: Glossary) -> None:
    right = f"/c/{ER}/qingxu-shibie"
    for wrong in (f"/c/{ER}", f"/c/{ER}/wrong-slug", "/c/b0rn2", f"/c/{ER.upper()}"):
        answer = client.get(wrong)
        assert answer.status_code in (301, 302), wrong
        assert answer.headers["Location"] == right
    assert client.get("/c/b0rn2").status_code == 301
    assert slug(glossary["g4n1a"]) == "gonganju"
    site = create_app(glossary, {"SITE_URL": "https://terms.example/"}).test_client()
    assert f"https://terms.example/c/{ER}" in site.get(right).text


@pytest.mark.parametrize("path", ["/c/zzzzz", "/c/zzzzz/x", "/c/%ED%A0%80", "/c/%00", "/nowhere", "/domains/none", "/sources/none",
                                  "/c/" + "x" * 5000, "/static/none.css"])
def test_unknown_addresses_get_a_readable_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = structure(answer.text)
    assert page.inline == []
    assert ("nav", "aria-label", "Main") in page.attrs


def test_hits_say_why_they_matched(client: FlaskClient) -> None:
    html = client.get("/?q=情绪").text
    assert "<mark>情绪</mark>识别" in html
    assert "matched beginning of the Chinese" in html
    assert "<mark>q</mark>íng<mark>x</mark>ù <mark>s</mark>hí<mark>b</mark>ié" in client.get("/?q=qxsb").text
    assert '<span class="chip">Chinese</span>' in html
    stale = client.get("/?q=emotional recognition").text
    assert '<span class="use deprecated">deprecated</span>' in stale
    assert "use <b>emotion recognition</b> instead" in stale


def test_nothing_found_helps(client: FlaskClient) -> None:
    html = client.get("/?q=" + quote("某某人研究微表情的那个事情")).text
    assert "Nothing found" in html
    assert "These terms stand inside it" in html
    assert "What can be tried" in html
    assert "micro-expression" in html
    assert "Read it as a text" in html


ODD = ["\ud800", "\x00", "\x07\x1b[31m", "😀👨‍👩‍👧", "\u202e\u2066情绪\u200f", HOSTILE, "情\n绪\t识别", "情" * 10_000, "a" * 10_000,
       "'\"`;--%_*?[]{}()~^", "ü" * 40, "{{ 7*7 }}", "&lt;", "ｑｘｓｂ", "\ufeff情绪", "NEAR(a b)", "a AND", '"', "-", "."]


@pytest.mark.parametrize("text", ODD)
def test_odd_queries_and_texts_get_readable_answers(client: FlaskClient, text: str) -> None:
    asked = quote(text, errors="surrogatepass")
    answers = [client.get("/?q=" + asked), client.get("/api/v1/lookup?q=" + asked), client.get("/api/v1/suggest?q=" + asked),
                   client.get("/read?text=" + asked), client.get("/sources/" + asked), client.get("/browse?letter=" + asked),
                   client.get("/c/" + asked), client.get("/domains/" + asked),
                   client.post("/read", data={"text": text.encode("utf-8", "surrogatepass")})]
    for answer in answers:
        assert answer.status_code in (200, 301, 302, 308, 400, 404), text
        if "html" in answer.content_type and answer.status_code < 300:
            page = structure(answer.text)
            assert page.inline == []
            assert "<script>alert" not in answer.text
            assert "49" not in answer.text or "7*7" not in text
    for name in ("annotate", "segment", "pinyin"):
        answer = client.post(f"/api/v1/{name}", data=json.dumps({"text": text}))
        assert answer.status_code == (400 if text == "\ud800" else 200)
        body = answer.get_json()
        assert body["text" if answer.status_code == 200 else "detail"]


def test_a_text_for_reading(client: FlaskClient) -> None:
    html = client.post("/read", data={"text": "第一行：情緒識別。\r\n\r\n第二行微\n表情，AI 与情绪识别<b>\x07"}).text
    page = structure(html)
    assert '<rt lang="zh-Latn">shíbié</rt>' in html
    assert f'data-term="{ER}"' in html
    assert '<p class="gap">' in html
    assert "2×" in html
    assert "\u2407" in html
    assert "&lt;b&gt;" in html
    assert sum(1 for tag, name, value in page.attrs if tag == "a" and name == "class" and value == "term") == 3
    assert "There was no text" in client.post("/read", data={"text": " "}).text
    assert client.post("/read", data={}).status_code == 200


def test_lines_are_kept(client: FlaskClient) -> None:
    html = client.post("/read", data={"text": "甲\n乙\n\n\n丙\n"}).text
    block = html[html.index('<div class="text"'):html.index("<aside")]
    assert block.count("<p") == 3
    assert block.count('class="gap"') == 1


def test_too_much_is_refused_readably(client: FlaskClient) -> None:
    for body in ({"text": "情" * 200_001}, {"text": "a" * 2_200_000}):
        answer = client.post("/read", data=body)
        assert answer.status_code == 413
        assert "That is too much at once" in answer.text
        structure(answer.text)
    answer = client.post("/api/v1/annotate", data="a" * 2_200_000)
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"


def test_lookup_has_the_keys_of_the_contract(client: FlaskClient) -> None:
    body = client.get("/api/v1/lookup?q=情绪识别&limit=1").get_json()
    assert set(body) >= {"query", "readings", "total", "hits", "suggestions"}
    assert "facets" not in body
    assert "dictionary" not in body
    assert len(body["hits"]) == 1
    assert set(body["hits"][0]) >= {"id", "zh", "hant", "pinyin", "en", "zh_all", "en_all", "kind", "domains", "status", "tier", "why", "matched"}
    assert set(body["hits"][0]["matched"]) == {"field", "form", "spans"}
    assert "情绪识别" in client.get("/api/v1/lookup?q=情绪识别").text  # UTF-8, not escapes
    short = client.get("/api/v1/suggest?q=qingxu").get_json()["suggestions"][0]
    assert set(short) >= {"id", "zh", "hant", "pinyin", "en", "url"}


def test_concepts_as_json(client: FlaskClient) -> None:
    body = client.get(f"/api/v1/concepts/{ER}").get_json()
    assert body["id"] == ER
    assert body["zh"][0]["pinyin"] == "qíngxù shíbié"
    assert body["en"][0]["sources"][0] == {"cite": "article19-2021", "page": "15", "note": [21, 44]}
    assert {"type": "broader", "inverse": False, "id": AFFECT, "zh": "情感计算", "en": "affective computing", "note": ""} in body["related"]
    assert body["url"] == f"http://localhost/c/{ER}/qingxu-shibie"
    assert client.get("/api/v1/concepts/b0rn2").headers["Location"].endswith(ER)


def test_texts_as_json(client: FlaskClient) -> None:
    text = "某地用情绪识别。"
    body = client.post("/api/v1/annotate", json={"text": text}).get_json()
    assert body == {"text": text, "matches": [{"start": 3, "end": 7, "text": "情绪识别", "id": ER, "zh": "情绪识别",
                                               "en": "emotion recognition", "certainty": "aligned",
                                               "pinyin": "qíngxù shíbié", "ids": [ER]}]}
    body = client.post("/api/v1/annotate", json={"text": text, "tokens": True, "all": True}).get_json()
    assert set(body) == {"text", "matches", "tokens"}
    assert "".join(t["text"] for t in body["tokens"]) == text
    for name in ("segment", "pinyin"):
        body = client.post(f"/api/v1/{name}", json={"text": text}).get_json()
        assert list(body) == ["text", "words", "pinyin"]
        assert set(body["words"][0]) == {"start", "end", "text", "pinyin"}
        assert "qíngxù shíbié" in body["pinyin"]
    body = client.post("/api/v1/pinyin", json={"text": text, "style": "numbers"}).get_json()
    assert "qing2xu4 shi2bie2" in body["pinyin"]
    assert "qing2xu4 shi2bie2" in [w["pinyin"] for w in body["words"]]


@pytest.mark.parametrize(("method", "path", "body", "status"), [
    ("get", "/api/v1/lookup", None, 400), ("get", "/api/v1/lookup?q=a&limit=0", None, 400),
    ("get", "/api/v1/lookup?q=a&limit=x", None, 400), ("get", "/api/v1/lookup?q=a&limit=99999", None, 400),
    ("get", "/api/v1/lookup?q=a&facets=yes", None, 400), ("get", "/api/v1/lookup?q=a&dictionary=2", None, 400),
    ("get", "/api/v1/concepts/zzzzz", None, 404), ("get", "/api/v1/none", None, 404), ("get", "/api/v1/annotate", None, 405),
    ("post", "/api/v1/annotate", "", 400), ("post", "/api/v1/annotate", "{", 400), ("post", "/api/v1/annotate", b"\xff\xfe", 400),
    ("post", "/api/v1/annotate", "[]", 400), ("post", "/api/v1/annotate", '{"text": 1}', 400),
    ("post", "/api/v1/annotate", "[" * 100_000, 400), ("post", "/api/v1/annotate", '{"text": "a", "all": 1}', 400),
    ("post", "/api/v1/annotate", '{"text": "\\ud800"}', 400), ("post", "/api/v1/pinyin", '{"text": "a", "style": "x"}', 400),
    ("post", "/api/v1/pinyin", '{"text": "a", "style": ["marks"]}', 400),
])
def test_api_errors_are_problem_documents(client: FlaskClient, method: str, path: str, body: str | bytes | None, status: int) -> None:
    answer = getattr(client, method)(path, data=body)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = json.loads(answer.data)
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert "Traceback" not in answer.text


def test_wrong_choices_are_said(client: FlaskClient) -> None:
    assert client.get("/browse?order=sideways").status_code == 400
    assert client.get("/sources?show=none").status_code == 400
    assert client.post("/about").status_code == 405
    for value in ("-5", "x", "9" * 400):
        assert client.get("/browse?after=" + value).status_code == 200
        assert client.get("/?q=qing&limit=" + value).status_code == 200


def test_a_fault_of_ours_is_a_page_without_its_traceback(glossary: Glossary, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(glossary)
    monkeypatch.setattr(type(app.extensions["site"].glossary), "lookup", lambda *_, **__: 1 / 0)
    app.logger.disabled = True
    client = app.test_client()
    page = client.get("/?q=a")
    assert page.status_code == 500
    assert "Something broke on our side" in page.text
    assert "ZeroDivisionError" not in page.text
    problem = client.get("/api/v1/lookup?q=a")
    assert problem.status_code == 500
    assert problem.content_type == "application/problem+json"


def test_a_host_header_cannot_write_into_the_page(client: FlaskClient) -> None:
    answer = client.get(f"/c/{ER}/qingxu-shibie", headers={"Host": 'x"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.text


def test_a_port_in_use_is_said_in_one_line(glossary: Glossary) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=rf"port {port} is already in use.*--port") as error:
            make_server(create_app(glossary), "127.0.0.1", port)
        assert "\n" not in str(error.value)
    with pytest.raises(InputError, match="between 0 and 65535"):
        make_server(create_app(glossary), "127.0.0.1", 99999)
    with pytest.raises(InputError, match="no address of this computer"):
        make_server(create_app(glossary), "192.0.2.1", 0)


def test_the_server_says_its_address(glossary: Glossary) -> None:
    server = make_server(create_app(glossary), "127.0.0.1", 0)
    try:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address("0.0.0.0", port_of(server)))
    finally:
        server.close()
    assert address("::", 80) == "http://[::1]:80"


def test_small_things() -> None:
    assert runs("FER (人脸情绪识别) 与 AI") == [("FER (", False), ("人脸情绪识别", True), (") ", False), ("与", True), (" AI", False)]
    assert "".join(piece for piece, _ in runs("a，。b情绪3D打印!")) == "a，。b情绪3D打印!"
    assert pieces("abcd", [[2, 3], [0, 1]]) == [("a", True), ("b", False), ("c", True), ("d", False)]
    assert script("測謊儀") == "zh-Hant"
    assert script("测谎仪") == "zh-Hans"
    assert day("2021-01-05") == "5 January 2021"
    assert day("2021-13") == "2021-13"
    assert day("c. 1900") == "c. 1900"
    assert web_address("https://a.b/c") == "https://a.b/c"
    assert web_address("javascript:alert(1)") == web_address("http://[") == web_address("data:,x") == ""
    assert source_from("w", SOURCES["wang-2019"]).short_name == "Wang Jianguo and Li Wei 2019"
    assert places([]) == ""


RICH = ["/?q=警情", "/?q=jingqing", "/?q=emotion&domain=emotion&status=reviewed", "/?q=警情&source=work-1&limit=5", "/?domain=policing",
        "/?q=py:jingqing", "/?q=py:emotion", "/?q=情续识别", "/?q=行", "/?q=zzzzzz", "/?q=警情&domain=nowhere", "/?q=%22a&kind=law",
        "/?q=-警情&kind=law", "/?q=警情&domain=%22x&words=5", "/?q=xing&words=0", "/about",
        "/read?text=学生在地铁研究情绪识别和情绪。"]


@pytest.mark.parametrize("path", RICH)
def test_rich_pages_are_well_made(rich: FlaskClient, path: str) -> None:
    answer = rich.get(path)
    assert answer.status_code == 200
    page = structure(answer.text)
    assert page.inline == []
    assert page.tags.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert "<b>bold" not in answer.text


def links(html: str, part: str = "") -> dict[str, str]:
    """The links of a page, or of a part of it: text to address."""
    inside = html[html.index(part):] if part else html
    return {re.sub(r"<[^>]*>", "", text).strip(): unescape(href)
            for href, text in re.findall(r'<a[^>]*? href="([^"]*)"[^>]*>(.*?)</a>', inside, re.DOTALL)}


def found(html: str) -> int:
    count = re.search(r"<b>(?:Nothing exact; )?([\d,]+)", html)
    return int(count[1].replace(",", "")) if count else 0


def test_hits_can_be_narrowed_and_widened_again(rich: FlaskClient) -> None:
    html = rich.get("/?q=警情&limit=30").text
    assert found(html) == len(MANY) == 24
    side = links(html, '<aside class="facets"')
    narrower = side["Policing, public security and social control"]
    assert narrower.endswith("&domain=policing")  # and not the limit
    html = rich.get(narrower).text
    assert found(html) == 12
    assert "take it off" in html
    side = links(html, '<aside class="facets"')
    assert "Emotion recognition and affective computing" in side  # the other values stay, with their own counts
    html = rich.get(side["law or regulation"]).text
    assert found(html) == 4
    chips = {text: href for text, href in links(html, 'class="read-as"').items() if text.startswith(("Domain:", "Kind:", "take all"))}
    assert len(chips) == 3
    assert found(rich.get(next(href for text, href in chips.items() if text.startswith("Kind"))).text) == 12
    assert found(rich.get(chips["take all off"]).text) == 24
    assert found(rich.get("/?domain=policing&kind=law").text) == 4


def test_cited_works_are_folded_and_cut(rich: FlaskClient) -> None:
    html = rich.get("/?q=警情").text
    assert "Cited work" in html
    assert "1 more</summary>" in html
    assert found(rich.get("/?q=警情&source=work-1").text) == 3


def test_conditions_are_not_swallowed_by_what_was_typed(rich: FlaskClient) -> None:
    query = asked({"q": '"jingqing', "kind": 'law" domain:"x', "page": "1"})
    assert query.filters == {"kind": "law domain:x"}
    assert query.whole() == 'kind:"law domain:x" "jingqing'
    assert query.whole(leave="kind") == '"jingqing'
    assert found(rich.get('/?q="jingqing&kind=law').text) == 8


def test_a_condition_that_leaves_nothing_says_so(rich: FlaskClient) -> None:
    html = rich.get("/?q=微表情&domain=policing").text
    assert "Nothing found" in html
    assert "Without the conditions there is one entry" in html
    assert found(rich.get(links(html)["look everywhere"]).text) == 1


def test_a_query_can_be_kept_to_one_reading(rich: FlaskClient) -> None:
    both = rich.get("/?q=emotion&domain=emotion").text
    only = next(href for text, href in links(both, 'class="read-as"').items() if text.startswith("English"))
    assert unescape(only).endswith("q=en%3Aemotion&domain=emotion")
    html = rich.get(only).text
    assert "only English" in html
    back = next(href for text, href in links(html, 'class="read-as"').items() if text.startswith("only English"))
    assert back == "/?q=emotion&domain=emotion"
    assert "read it in any way" in rich.get("/?q=py:emotion").text
    assert (Asked("py:qing xu").only, Asked("py:qing xu").bare) == ("py", "qing xu")
    assert (Asked("zh: x").only, Asked("domain:x").only) == ("", "")


def test_hits_come_in_pages(rich: FlaskClient) -> None:
    html = rich.get("/?q=警情").text
    assert html.count('class="hit"') == 20
    more = links(html)["Show more"]
    assert more.endswith("limit=50#hit-21")
    html = rich.get(more).text
    assert html.count('class="hit"') == 24
    assert "Show more<" not in html
    assert found(rich.get("/?q=警情 -警情甲&limit=50").text) == 23


def test_similar_hits_are_offered_as_a_question(client: FlaskClient) -> None:
    html = client.get("/?q=情续识别").text
    assert '<h2 class="meant">Did you mean</h2>' in html
    assert "Nothing exact; 1 similar" in html
    assert "Suggest the term" in html
    assert "Did you mean" not in client.get("/?q=情绪").text


def test_a_term_can_be_suggested(client: FlaskClient) -> None:
    html = client.get("/?q=" + quote("深层<b>伪装学")).text
    page = structure(html)
    assert ("textarea", "readonly", "") in page.attrs
    assert "Chinese: 深层&lt;b&gt;伪装学\nPinyin: \nEnglish: \n" in html
    assert "Source (" in html
    assert "@" not in html[html.index("<main"):]
    assert "Chinese: \nPinyin: \nEnglish: quizzical\n" in client.get("/?q=quizzical").text
    assert "Suggest the term" not in client.get("/?q=情绪").text


def test_the_syntax_is_explained_by_examples(client: FlaskClient) -> None:
    html = client.get("/").text
    shown = links(html, 'id="syntax"')
    assert {"py:can", "情*识别", "domain:emotion", "emotion -recognition"} <= shown.keys()
    assert found(client.get(shown["情*识别"]).text) == 1
    assert found(client.get(shown["domain:emotion"]).text) == 3


def test_the_general_dictionary_stands_apart(client: FlaskClient, rich: FlaskClient) -> None:
    html = rich.get("/?q=行").text
    block = html[html.index('<section class="general"'):]
    assert html.index("Nothing found") < html.index('<section class="general"')
    assert ">háng<" in block
    assert ">xíng<" in block
    assert "commercial firm" in block
    assert 'href="https://cc-cedict.org/"' in block
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license' in block
    one = rich.get("/?q=行&words=1").text
    assert ">háng<" in one  # homographs of what was typed are never cut
    assert ">xíng<" in one
    assert "xíngdòng" not in one
    assert "Show more of 3" in one
    assert "state of mind" in rich.get("/?q=qingxu&domain=emotion").text  # conditions are those of our own entries
    assert 'class="general"' not in client.get("/?q=行").text
    assert "It is open here" in rich.get("/about").text
    assert "It is not open here" in client.get("/about").text


def test_words_that_are_no_terms_get_their_senses(client: FlaskClient, rich: FlaskClient) -> None:
    text = "学生在地铁研究情绪识别。学生说情绪识别。"
    html = rich.post("/read", data={"text": text}).text
    structure(html)
    block = html[html.index('id="words"'):html.index("</aside>")]
    assert re.findall(r'data-word="(.*?)"', block) == ["学生", "地铁", "研究"]
    assert "schoolchild" in block
    assert "CC BY-SA 4.0" in block
    assert 'name="words"' in html
    plain = client.post("/read", data={"text": text}).text
    assert 'id="words"' not in plain
    assert 'name="words"' not in plain


def test_terms_inside_terms_are_listed_apart(tmp_path: Path) -> None:
    inner = {"zh": [{"text": "情绪", "pinyin": "qíngxù"}], "en": [{"text": "emotion"}], "kind": "concept", "domains": ["emotion"]}
    compile_base(tmp_path / "b.db", [concept_from(ER, CONCEPTS[ER]), concept_from("q2w3e", inner)], {},
                 tomllib.loads(VOCABULARY.read_text(encoding="utf-8")))
    client = create_app(Glossary.open(tmp_path / "b.db")).test_client()
    html = client.post("/read", data={"text": "用情绪识别。"}).text
    assert '<li id="t-q2w3e" class="nested">' in html
    assert "1 term<" in html
    assert "and 1 inside them" in html
    assert 'name="nested"' in html
    html = client.post("/read", data={"text": "用情绪识别的情绪，情绪识别。"}).text
    assert '<li id="t-q2w3e">' in html
    assert "2 terms<" in html
    assert html.count("2×") == 1  # counted where it stands by itself
    assert 'name="nested"' not in html


def test_lookup_for_programs_gives_facets_and_the_dictionary(client: FlaskClient, rich: FlaskClient) -> None:
    body = rich.get("/api/v1/lookup?q=警情&limit=2&facets=1&dictionary=1").get_json()
    assert body["total"] == 24
    assert body["facets"]["domain"] == {"ai": 12, "emotion": 12, "policing": 12}
    assert set(body["facets"]) == set(Glossary.filters())
    body = rich.get("/api/v1/lookup?q=行&dictionary=1").get_json()
    assert body["dictionary"]["credit"] == dictionary.CREDIT == CREDIT
    assert [h["pinyin"] for h in body["dictionary"]["hits"]][:2] == ["háng", "xíng"]
    assert client.get("/api/v1/lookup?q=行&dictionary=1").get_json()["dictionary"] is None
    assert rich.get("/api/v1/suggest?q=jingq").get_json()["suggestions"][0]["why"] == "beginning of the pinyin"
    assert rich.get("/api/v1/suggest").get_json()["suggestions"] == []


def test_the_server_does_without_the_dictionary(glossary: Glossary, monkeypatch: pytest.MonkeyPatch,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    def missing(*_: object) -> str:
        raise MissingPart("not installed")

    def broken(*_: object) -> str:
        raise OSError("no room")

    monkeypatch.setattr(Glossary, "open_dictionary", missing)
    serve._warm(glossary)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(Glossary, "open_dictionary", broken)
    serve._warm(glossary)
    assert "without the general dictionary: no room" in capsys.readouterr().err


def test_a_long_text_asks_the_dictionary_for_so_many_words_only(rich: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_WORDS", 2)
    html = rich.post("/read", data={"text": "学生在地铁研究。" * 50}).text
    assert re.findall(r'data-word="(.*?)"', html) == ["学生"]  # the second, 在, is not in this dictionary
