"""The HTTP API: what it promises about requests, answers and errors, and its description of itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
import pytest

from glossary import Glossary, __version__
from glossary_web import create_app
from glossary_web.api import OPERATIONS
from glossary_web.api.openapi import EXAMPLE, document
from glossary_web.api.operation import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

ER = EXAMPLE
PAGE = f"/c/{ER}/qingxu-shibie"
TEXT = "课堂上的情绪识别系统。"
WRITING = [o.path for o in OPERATIONS if o.method == "POST" and "{" not in o.path]


@pytest.fixture(scope="module")
def client(bundled: Glossary) -> FlaskClient:
    return create_app(bundled).test_client()


@pytest.fixture(scope="module")
def described(bundled: Glossary) -> dict[str, Any]:
    app = create_app(bundled)
    with app.test_request_context():
        return document()


def address(operation: dict[str, Any], path: str) -> str:
    """The address of an operation with the examples of its description."""
    given = {p["name"]: p["example"] for p in operation.get("parameters", []) if "example" in p}
    for name in re.findall(r"{(\w+)}", path):
        path = path.replace("{" + name + "}", str(given.pop(name)))
    return "/api/v1" + path + (f"?{urlencode(given, doseq=True)}" if given else "")


def every(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(method, address(o, path), o) for path, methods in described["paths"].items() for method, o in methods.items()]


# the description


def test_the_description_is_openapi(client: FlaskClient, described: dict[str, Any]) -> None:
    assert client.get("/api/v1/openapi.json").get_json() == json.loads(json.dumps(described))
    assert described["openapi"].startswith("3.1")
    assert described["info"]["version"] == __version__
    routes = {str(rule.rule).replace("<", "{").replace(">", "}").removeprefix("/api/v1")
              for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert set(described["paths"]) == routes


def test_everything_is_described(described: dict[str, Any]) -> None:
    for name, schema in described["components"]["schemas"].items():
        assert schema["description"], name
        for field, inner in schema["properties"].items():
            assert inner.get("description") or "$ref" in inner, f"{name}.{field}"
    for _, _, operation in every(described):
        assert operation["summary"]
        for parameter in operation.get("parameters", []):
            assert parameter["description"], f"{operation['operationId']} {parameter['name']}"
    text = json.dumps(described)
    assert set(re.findall(r'"#/components/schemas/(\w+)"', text)) <= described["components"]["schemas"].keys()


def test_examples_work_and_answers_are_what_the_types_say(client: FlaskClient, described: dict[str, Any]) -> None:
    """Every example is answered; every answer fits its type, without a key that the type does not know."""
    types = {o.name: o.gives for o in OPERATIONS}
    for method, path, operation in every(described):
        bodies = operation.get("requestBody", {}).get("content", {})
        with client.post(path, json=bodies["application/json"]["example"]) if bodies else client.get(path) as answer:
            assert answer.status_code == 200, (method, path)
        kind = types[operation["operationId"]]
        if path.startswith("/api/v1/export"):
            path += ("&" if "?" in path else "?") + "report=1"
            answer = client.post(path, json=bodies["application/json"]["example"]) if bodies else client.get(path)
        made = msgspec.convert(answer.get_json(), kind)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            assert keys(answer.get_json()) <= keys(msgspec.to_builtins(made)) | {"facets"}, path


def keys(value: Any) -> set[str]:
    """Every key in a value, wherever."""
    if isinstance(value, dict):
        return set(value) | {k for v in value.values() for k in keys(v)}
    return {k for v in value for k in keys(v)} if isinstance(value, (list, tuple)) else set()


def test_the_page_shows_every_operation_and_type(client: FlaskClient, described: dict[str, Any]) -> None:
    html = client.get("/api").text
    for _, _, operation in every(described):
        assert f'<section id="{operation["operationId"]}"' in html
    for name in described["components"]["schemas"]:
        assert f'<section id="type-{name}"' in html
    assert "curl" in html
    assert 'src="http' not in html


def test_the_service_says_what_it_is(client: FlaskClient, bundled: Glossary) -> None:
    answer = client.get("/api/v1/")
    body = answer.get_json()
    assert body["concepts"] == len(bundled)
    assert body["digest"] == bundled.digest
    assert body["limits"] == LIMITS
    assert 'rel="service-desc"' in answer.headers.get_all("Link")[0]
    assert client.get(body["openapi"]).status_code == client.get(body["documentation"]).status_code == 200


# requests that do not fit


@pytest.mark.parametrize(("address", "field", "said"), [
    ("/lookup", "q", "'q' is missing"),
    ("/lookup?q=a&limt=5", "limt", "there is no parameter 'limt'; there are: q, limit"),
    ("/lookup?q=a&q=b", "q", "q is given 2 times"),
    ("/lookup?q=a&limit=0", "limit", "limit must be a whole number from 1 to 200"),
    ("/lookup?q=a&limit=201", "limit", "limit must be a whole number from 1 to 200"),
    ("/lookup?q=a&limit=1e2", "limit", "limit must be a whole number from 1 to 200"),
    ("/lookup?q=a&limit=5.0", "limit", "limit must be a whole number from 1 to 200"),
    ("/lookup?q=a&limit=%D9%A3", "limit", "limit must be a whole number from 1 to 200"),
    ("/lookup?q=a&limit=" + "9" * 5000, "limit", "limit must be a whole number from 1 to 200"),
    ("/lookup?q=a&facets=yes", "facets", "facets must be 1 or 0"),
    ("/lookup?q=" + "a" * 2001, "q", "q must be a string of at most 2,000 characters"),
    ("/concepts?order=sideways", "order", "order must be one of english, pinyin"),
    ("/concepts?letter=ab", "letter", "letter must be"),
    ("/concepts?after=-1", "after", "after must be"),
    ("/concepts?cursor=nonsense", "cursor", "this cursor is not of this list"),
    ("/concepts?cursor=%E2%80%99", "cursor", "this cursor is not of this list"),
    (f"/concepts/{ER}?format=docx", "format", "format must be one of"),
    ("/stats?x=1", "x", "there is no parameter 'x'; there are: none here"),
])
def test_parameters_that_do_not_fit_are_named(client: FlaskClient, address: str, field: str, said: str) -> None:
    answer = client.get("/api/v1" + address)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert problem["field"] == field
    assert said in problem["detail"]


@pytest.mark.parametrize(("body", "field", "said"), [
    ("", None, "not JSON"),
    ("{", None, "not JSON"),
    ("nonsense", None, "not JSON"),
    ('{"text": "a"} x', None, "not JSON"),
    ("[]", None, "must be a JSON object"),
    ('"text"', None, "must be a JSON object"),
    ("null", None, "must be a JSON object"),
    ("{}", "text", "'text' is missing"),
    ('{"text": 1}', "text", "text must be a string"),
    ('{"text": null}', "text", "text must be a string"),
    ('{"text": ["a"]}', "text", "text must be a string"),
    ('{"text": "a", "all": 1}', "all", "all must be true or false"),
    ('{"text": "a", "all": "true"}', "all", "all must be true or false"),
    ('{"text": "a", "tekst": 1}', "tekst", "there is no field 'tekst'; there are:"),
    ('{"text": "a", "text": "b"}', "text", "'text' stands twice"),
    ('{"text": "a", "all": {"b": 1, "b": 2}}', "b", "'b' stands twice"),
    ('{"text": NaN}', None, "NaN is no JSON value"),
    ('{"text": "a", "all": -Infinity}', None, "-Infinity is no JSON value"),
    ('{"text": "a", "all": 1e999}', "all", "all must be true or false"),
    ('{"text": "a", "all": ' + "9" * 5000 + "}", None, "not JSON"),
    ('{"text": "\\ud800"}', "text", "text holds half a character (lone surrogate U+D800) at position 0"),
    ('{"text": "a", "\\udfff": 1}', "the name of a field[1]", "half a character"),
    ('{"text": ' * 100_000, None, "nested too deeply"),
    ('{"text": ' + "[" * 100_000, None, "nested too deeply"),
    ('{"text": ' + "[" * 400 + "]" * 400 + "}", "text", "text must be a string"),
    (b"\xff\xfe{\x00", None, "not UTF-8"),
    (b'{"text": "\xed\xa0\x80"}', None, "not UTF-8"),
    (b'{"text": "\xc3"}', None, "not UTF-8"),
])
def test_hostile_json_is_refused_by_name(client: FlaskClient, body: str | bytes, field: str | None, said: str) -> None:
    answer = client.post("/api/v1/annotate", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    problem = json.loads(answer.data)
    assert said in problem["detail"]
    assert problem.get("field") == field
    assert len(answer.data) < 1000


def test_what_json_allows_is_taken(client: FlaskClient) -> None:
    for body in ('\ufeff{"text": "情绪识别"}', ' {"text": "\\u60c5\\u7eea\\u8bc6\\u522b"}\n', '{"text": "情绪识别", "all": false}'):
        answer = client.post("/api/v1/annotate", data=body.encode(), content_type="application/json; charset=UTF-8")
        assert [m["id"] for m in answer.get_json()["matches"]] == [ER], body
    assert client.post("/api/v1/annotate", data=b'{"text": "a"}').status_code == 200  # nothing said: taken for JSON


@pytest.mark.parametrize("media", ["text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x",
                                   "application/json; charset=gb18030", "text/plain; charset=latin-1"])
def test_other_media_types_are_415(client: FlaskClient, media: str) -> None:
    answer = client.post("/api/v1/annotate", data=b'{"text": "a"}', content_type=media)
    assert answer.status_code == 415
    assert answer.get_json()["field"] == "Content-Type"


@pytest.mark.parametrize(("accept", "status"), [
    ("application/json", 200), ("*/*", 200), ("application/*", 200), ("", 200), ("text/html, */*;q=0.1", 200), ("image/png", 406),
    ("application/json;q=0", 406), ("application/json;q=0, */*", 406), ("text/plain", 406), ("application/problem+json", 406),
])
def test_acceptance(client: FlaskClient, accept: str, status: int) -> None:
    answer = client.get("/api/v1/lookup?q=qxsb", headers={"Accept": accept})
    assert answer.status_code == status
    if status == 406:
        assert answer.content_type == "application/problem+json"
        assert "application/json" in answer.get_json()["detail"]


@pytest.mark.parametrize("path", WRITING)
def test_what_is_posted_cannot_be_got(client: FlaskClient, path: str) -> None:
    answer = client.get("/api/v1" + path)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}
    refused = client.delete("/api/v1/lookup")
    assert refused.status_code == 405
    assert refused.get_json()["detail"] == "DELETE is not taken here, only GET, HEAD, OPTIONS"
    assert client.get("/api/v1/none").get_json()["detail"].startswith("there is no address /api/v1/none; ")


# limits


def test_limits_stand_in_headers_and_errors(client: FlaskClient) -> None:
    assert client.get("/api/v1/lookup?q=a").headers["Glossary-Limit-Page"] == "200"
    answer = client.post("/api/v1/annotate", json={"text": "情" * 200_000})
    assert answer.status_code == 200
    assert answer.headers["Glossary-Limit-Text"] == "200000"
    assert answer.headers["Glossary-Limit-Lines"] == "1000"
    for body, media in ((json.dumps({"text": "情" * 200_001}, ensure_ascii=False), "application/json"), ("情" * 200_001, "text/plain"),
                        (f'{json.dumps({"text": "a" * 100_000})}\n{json.dumps({"text": "b" * 100_001})}\n', "application/x-ndjson")):
        answer = client.post("/api/v1/annotate", data=body.encode(), content_type=media)
        assert answer.status_code == 413, media
        problem = answer.get_json()
        assert (problem["limit"], problem["given"], problem["field"]) == (200_000, 200_001, "text")
        assert "200,000 characters, not 200,001" in problem["detail"]
    answer = client.post("/api/v1/annotate", data=b'{"text": ""}\n' * 1001, content_type="application/x-ndjson")
    assert answer.status_code == 413
    assert (answer.get_json()["limit"], answer.get_json()["given"]) == (1000, 1001)


# texts in other ways


def test_plain_text_in_and_out(client: FlaskClient) -> None:
    plain = {"data": TEXT.encode(), "content_type": "text/plain; charset=utf-8"}
    assert client.post("/api/v1/annotate?tokens=1", **plain).get_json() == client.post(
        "/api/v1/annotate", json={"text": TEXT, "tokens": True}).get_json()
    accept = {"Accept": "text/plain"}
    assert client.post("/api/v1/pinyin?style=numbers", headers=accept, **plain).text == "ke4tang2 shang4 de5 qing2xu4 shi2bie2 xi4tong3.\n"
    answer = client.post("/api/v1/segment", headers={"Accept": "text/plain;q=1, application/json;q=0.5"}, json={"text": TEXT})
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text == "课堂 上 的 情绪识别系统 。\n"
    assert client.post("/api/v1/annotate", headers=accept, **plain).status_code == 406


def test_a_translation_is_checked(client: FlaskClient, bundled: Glossary) -> None:
    zh, en = "情绪识别用于课堂。雪亮工程。", "Mood detection is used in classrooms. A project."
    answer = client.post("/api/v1/check", json={"zh": zh, "en": en, "id": "x"})
    assert answer.get_json() == {"id": "x", **bundled.check(zh, en).to_dict()}
    assert {f["verdict"] for f in answer.get_json()["findings"]} >= {"ok", "missing"}
    pairs = [{"id": "1", "zh": "情绪识别", "en": "emotion recognition"}, {"id": "2", "zh": "情绪识别", "en": "nothing"}]
    answer = client.post("/api/v1/check", data="\n".join(map(json.dumps, pairs)), content_type="application/x-ndjson")
    assert [json.loads(line) for line in answer.text.splitlines()] == [x.to_dict() for x in bundled.check_lines(pairs)]
    assert client.post("/api/v1/check", data=b"a", content_type="text/plain").status_code == 415
    assert client.post("/api/v1/check", json={"zh": zh}).get_json()["field"] == "en"
    answer = client.post("/api/v1/check", json={"zh": "情" * 150_000, "en": "a" * 50_001})
    assert (answer.status_code, answer.get_json()["given"], answer.get_json()["field"]) == (413, 200_001, "zh, en")


def test_choices_in_the_body_win_over_the_address(client: FlaskClient) -> None:
    for address, body, style in (("?style=numbers", {}, "numbers"), ("?style=numbers", {"style": "initials"}, "initials"), ("", {}, "marks")):
        answer = client.post("/api/v1/pinyin" + address, json={"text": "情绪", **body})
        assert answer.get_json()["pinyin"] == {"numbers": "qing2xu4", "initials": "qx", "marks": "qíngxù"}[style]


def test_many_lines_are_answered_line_by_line(client: FlaskClient) -> None:
    texts = ["情绪识别", "", "雪亮工程\n", "没有"]
    sent = "\n\n".join(json.dumps({"text": t}) for t in texts).encode()
    answer = client.post("/api/v1/annotate?tokens=1", data=sent, content_type="application/x-ndjson")
    assert answer.content_type == "application/x-ndjson"
    got = [json.loads(line) for line in answer.text.splitlines()]
    assert got == [client.post("/api/v1/annotate", json={"text": t, "tokens": True}).get_json() for t in texts]
    broken = client.post("/api/v1/annotate", data=sent + b'\n{"text": 1}\n', content_type="application/x-ndjson")
    assert broken.status_code == 400
    assert broken.get_json()["line"] == 5
    assert broken.get_json()["detail"] == "line 5: text must be a string of at most 200,000 characters"
    twice = client.post("/api/v1/annotate", data=b'{"text": "a"}\n{"text": "a", "text": "b"}', content_type="application/x-ndjson")
    assert twice.get_json()["detail"].startswith("line 2: 'text' stands twice")
    assert client.post("/api/v1/annotate", data=b"", content_type="application/x-ndjson").data == b""


# caching


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, described: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for method, path, _ in every(described):
        if method != "get":
            continue
        with client.get(path) as first:
            tag = first.headers["ETag"]
        assert re.fullmatch(r'"[0-9a-f]{24}"', tag)
        assert first.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
        for value in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = client.get(path, headers={"If-None-Match": value})
            assert again.status_code == 304, (path, value)
            assert again.data == b""
            assert again.headers["ETag"] == tag
        with client.get(path, headers={"If-None-Match": '"other"'}) as other:
            assert other.status_code == 200
        head = client.head(path)
        assert head.data == b""
        assert {k: v for k, v in head.headers if k != "Date"} == {k: v for k, v in first.headers if k != "Date"}
    # known before it is worked out
    tag = client.get("/api/v1/lookup?q=qxsb").headers["ETag"]
    monkeypatch.setattr("glossary.desk.Glossary.lookup", lambda *_, **__: 1 / 0)
    assert client.get("/api/v1/lookup?q=qxsb", headers={"If-None-Match": tag}).status_code == 304


def test_tags_differ_with_what_is_asked_and_what_is_held(client: FlaskClient, small: Glossary) -> None:
    def tag(of: FlaskClient, address: str, **headers: str) -> str:
        return of.get("/api/v1" + address, headers=headers).headers["ETag"]

    other = create_app(small).test_client()
    tags = [tag(client, "/lookup?q=a"), tag(client, "/lookup?q=b"), tag(client, "/lookup?q=a&limit=3"), tag(other, "/lookup?q=a"),
            tag(client, f"/concepts/{ER}"), tag(client, f"/concepts/{ER}", Accept="application/ld+json"), tag(client, "/stats"),
            tag(client, "/lookup?q=a", Host="terms.example")]
    assert len(set(tags)) == len(tags)
    assert tag(client, "/lookup?q=a&limit=3") == tag(client, "/lookup?limit=3&q=a")


def test_opening_the_dictionary_changes_only_what_depends_on_it(small_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(Glossary.open(small_base)).test_client()
    paths = ["/lookup?q=a", "/lookup?q=a&dictionary=1", "/define?q=a", "/"]
    before = [client.get("/api/v1" + path).headers["ETag"] for path in paths]
    monkeypatch.setattr(Glossary, "has_dictionary", True)
    after = [client.get("/api/v1" + path).headers["ETag"] for path in paths]
    assert [a != b for a, b in zip(before, after, strict=True)] == [False, True, True, True]


def test_texts_and_errors_are_not_kept(client: FlaskClient) -> None:
    answer = client.post("/api/v1/annotate", json={"text": TEXT})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    for path in ("/api/v1/concepts/zzzzz", "/api/v1/lookup"):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert answer.status_code in (400, 404)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


# pages of lists


def following(client: FlaskClient, address: str, name: str) -> list[Any]:
    """Everything of a list, by its links alone."""
    out: list[Any] = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        out += answer.get_json()[name]
        links = dict(re.findall(r'<([^>]*)>; rel="(\w+)"', ", ".join(answer.headers.get_all("Link")))[::-1])
        by_name = {rel: url for url, rel in links.items()}
        assert "cursor" not in by_name["first"]
        assert ("next" in by_name) == (answer.get_json()["cursor"] is not None)
        address = by_name.get("next", "")
    return out


def test_lists_are_read_by_following_links(client: FlaskClient, bundled: Glossary) -> None:
    lines = following(client, "/api/v1/concepts?domain=emotion&order=english&limit=37", "lines")
    assert [line["id"] for line in lines] == [x.id for x in bundled.browse(domain="emotion", order="english", limit=10**6).lines]
    works = following(client, "/api/v1/sources?limit=113", "sources")
    assert [w["source"]["cite"] for w in works] == [s.cite for s, _ in bundled.sources()]
    whole = client.get("/api/v1/concepts?whole=1&limit=3&letter=q").get_json()
    assert "lines" not in whole
    assert whole["concepts"][0] == {k: v for k, v in client.get(f"/api/v1/concepts/{whole['concepts'][0]['id']}").get_json().items()
                                    if k not in ("related", "url")}


def test_a_cursor_belongs_to_its_list_and_its_base(client: FlaskClient, small: Glossary) -> None:
    cursor = client.get("/api/v1/concepts?domain=emotion&limit=5").get_json()["cursor"]
    assert client.get(f"/api/v1/concepts?domain=emotion&limit=9&cursor={cursor}").get_json()["lines"]
    assert client.get(f"/api/v1/concepts?domain=policing&limit=5&cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/sources?cursor={cursor}").status_code == 400
    other = create_app(small).test_client().get(f"/api/v1/concepts?domain=emotion&cursor={cursor}")
    assert other.status_code == 410
    assert "has changed" in other.get_json()["detail"]


# other origins


def test_pages_of_other_sites_may_read(client: FlaskClient) -> None:
    origin = {"Origin": "https://translate.example"}
    for answer in (client.get("/api/v1/lookup?q=a", headers=origin), client.post("/api/v1/annotate", json={"text": "a"}, headers=origin),
                   client.get("/api/v1/none", headers=origin), client.head("/api/v1/stats", headers=origin),
                   client.get(PAGE, headers={**origin, "Accept": "application/json"})):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = client.options("/api/v1/annotate", headers=asked)
    assert answer.status_code == 200
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Max-Age"] == "86400"
    assert "Access-Control-Allow-Origin" not in client.get("/read", headers=origin).headers
    assert "Access-Control-Allow-Origin" not in client.get(PAGE, headers=origin).headers


# the forms of an entry

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(("accept", "media"), [
    ("", "text/html"), ("*/*", "text/html"), (BROWSER, "text/html"), ("application/json", "application/json"),
    ("application/ld+json", "application/ld+json"), ("text/html;q=0.5, application/json;q=0.9", "application/json"),
    ("text/html;q=0.5, application/ld+json", "application/ld+json"), ("text/*, application/json;q=0.9", "text/html"),
    ("application/*", "application/json"), ("text/html;q=0, */*", "application/json"),
    ("application/json;q=0, application/*, text/html;q=0.1", "application/ld+json"),
])
def test_an_entry_s_address_gives_the_form_that_is_liked_best(client: FlaskClient, accept: str, media: str) -> None:
    answer = client.get(PAGE, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.mimetype == media
    assert "Accept" in answer.headers["Vary"]


def test_an_entry_in_forms_that_there_are_not(client: FlaskClient) -> None:
    answer = client.get(PAGE, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "application/ld+json" in answer.text
    assert client.get(f"/c/{ER}", headers={"Accept": "application/json"}).get_json()["id"] == ER  # no slug needed
    answer = client.get("/c/zzzzz", headers={"Accept": "application/json"})
    assert answer.status_code == 404


def test_the_api_s_address_of_an_entry(client: FlaskClient) -> None:
    at = f"/api/v1/concepts/{ER}"
    whole = client.get(at)
    assert whole.mimetype == "application/json"
    assert whole.get_json() == client.get(PAGE, headers={"Accept": "application/json"}).get_json()
    assert 'rel="canonical"' in whole.headers["Link"]
    answer = client.get(at, headers={"Accept": BROWSER})
    assert answer.status_code == 303
    assert answer.headers["Location"] == PAGE
    assert "Accept" in answer.headers["Vary"]
    assert client.get(at + "?format=json", headers={"Accept": BROWSER}).mimetype == "application/json"
    assert client.get(at + "?format=jsonld", headers={"Accept": "image/png"}).mimetype == "application/ld+json"
    assert client.get(at + "?format=html").headers["Location"] == PAGE


def test_a_page_names_its_other_forms(client: FlaskClient) -> None:
    for media, address in re.findall(r'<link rel="alternate" type="([^"]*)" href="([^"]*)"', client.get(PAGE).text):
        assert client.get(address, headers={"Accept": BROWSER}).mimetype == media


def test_conditions_as_parameters(client: FlaskClient) -> None:
    def ids(address: str) -> list[str]:
        return [h["id"] for h in client.get("/api/v1/lookup?limit=200&" + address).get_json()["hits"]]

    both = ids("q=识别&domain=emotion&domain=policing")
    assert set(both) == set(ids("q=识别&domain=emotion")) | set(ids("q=识别&domain=policing"))
    assert set(ids("q=识别&domain=emotion&kind=technology")) < set(ids("q=识别&domain=emotion"))
    assert ids("q=%22识别&domain=emotion") == ids("q=识别&domain=emotion")  # a stray quotation mark swallows nothing
    assert ids("q=情续识别")
    assert ids("q=情续识别&quick=1") == []
