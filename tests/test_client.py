"""The client answers as the library does, over the real server."""

from __future__ import annotations

import pickle
import socket
import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from conftest import serving

from glossary import Concept, Hit, InputError, Match, Page, Report, Results, ServiceError, Source, UnknownConcept, Word
from glossary.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary import Glossary

TEXT = "某市的课堂里，情緒識別系统记录学生的微表\n情；公安机关接入雪亮工程，在重庆试点。AI 也在 😀。"


@pytest.fixture(scope="module")
def client(bundled_server: str) -> Iterator[Client]:
    with Client(bundled_server) as made:
        yield made


def flat(value: Any) -> Any:
    """What can be compared: results and annotations as plain data."""
    if isinstance(value, Results):
        return {**value.to_dict(), "facets": value.facets}
    if isinstance(value, (Match, Word, Hit)):
        return value.to_dict()
    if isinstance(value, (list, tuple)):
        return [flat(v) for v in value]
    return value


def exported(g: Any, format: str, **how: Any) -> tuple[bytes, dict[str, Any]]:
    file = BytesIO()
    report = g.export(format, file, **how)
    assert isinstance(report, Report)
    return file.getvalue(), report.as_dict()


ZH = "情绪识别用于课堂。公安机关接入雪亮工程。情绪识别也用于审讯。"
EN = "Mood detection is used in classrooms. The police joined the Sharp Eyes Project. Emotional recognition is used too."
PAIRS = [{"id": "1", "zh": "情绪识别用于课堂。", "en": "Emotion recognition is used in classrooms."},
         {"id": "二", "zh": "雪亮工程", "en": "a project"}, {"id": "", "zh": "", "en": ""}]
CALLS: list[tuple[str, Callable[[Any], Any]]] = [
    ("look-up", lambda g: g.lookup("qxsb")),
    ("look-up in characters", lambda g: g.lookup("情緒", 50)),
    ("look-up with facets", lambda g: g.lookup("police", 5, facets=True)),
    ("look-up with a condition", lambda g: g.lookup("domain:emotion kind:technology", 30)),
    ("look-up of nothing", lambda g: g.lookup("zzzzzzqq")),
    ("an empty look-up", lambda g: g.lookup("")),
    ("odd characters", lambda g: g.lookup("a&b=c#d?e/f+g%h \"é\u3000")),
    ("suggestions", lambda g: g.suggest("renlian")),
    ("matches", lambda g: g.annotate(TEXT).matches),
    ("every match", lambda g: g.annotate(TEXT, every=True).matches),
    ("crossing matches", lambda g: g.annotate(TEXT, crossing=True).matches),
    ("tokens", lambda g: g.annotate(TEXT).tokens),
    ("the reading of an annotation", lambda g: g.annotate(TEXT).pinyin("numbers")),
    ("renderings in Chinese", lambda g: g.annotate("人脸识别 face recognition", lang="en").matches),
    ("tokens of an English text", lambda g: g.annotate("Face recognition 人脸识别", lang="en").tokens),
    ("no word borders", lambda g: g.annotate(TEXT, borders=False).matches),
    ("counts", lambda g: g.annotate(TEXT).counts()),
    ("many annotations", lambda g: [a.matches for a in g.annotate_many([TEXT, "", "雪亮工程"], every=True)]),
    ("words", lambda g: g.segment(TEXT)),
    ("pinyin", lambda g: g.pinyin(TEXT)),
    ("spoken tones", lambda g: g.pinyin("一个人不是你好", sandhi=True)),
    ("zhuyin", lambda g: g.pinyin(TEXT, "zhuyin")),
    ("a page", lambda g: g.browse()),
    ("a narrowed page", lambda g: g.browse(domain="policing", kind="law", order="english", after=3, limit=7)),
    ("a page narrowed by everything", lambda g: g.browse(region=["TW", "HK"], year="2010..2026", evidence=["attested", "entry"], use="admitted")),
    ("letters of a choice", lambda g: g.letters(register=["press", "ngo"], reviewed="2026-11")),
    ("a letter", lambda g: g.browse(letter="q", limit=5)),
    ("an empty page", lambda g: g.browse(domain="nowhere")),
    ("letters", lambda g: g.letters("english", "emotion")),
    ("vocabulary", lambda g: g.vocabulary),
    ("coverage", lambda g: g.coverage()),
    ("changes", lambda g: g.changes),
    ("a citation", lambda g: g.cite("anqz0", "mla", site="https://example.org", accessed="2026-11-23")),
    ("citations with works", lambda g: g.cite(["anqz0", "kxfzn"], "csl-json", works=True)),
    ("stats", lambda g: g.stats()),
    ("sources", lambda g: g.sources()),
    ("a source", lambda g: g.source("article19-2021")),
    ("the number of concepts", len),
    ("the edition", lambda g: g.edition),
    ("the digest", lambda g: g.digest),
    ("a dictionary", lambda g: g.has_dictionary),
    ("definitions", lambda g: g.define("银行")),
    ("a check", lambda g: g.check(ZH, EN)),
    ("a check the wrong way round", lambda g: g.check(EN, ZH)),
    ("a check of lines", lambda g: g.check_lines(PAIRS)),
    ("search strings", lambda g: g.query("anqz0", date="2026-11-23")),
    ("search strings with choices", lambda g: g.query(["情绪识别", g["kxfzn"]], ["cnki", "baidu", "google"], also=["课堂"], narrower=True,
                                                      english=True, size="short", exclude=["情绪管理"], date="2026-11-23")),
    ("a file", lambda g: exported(g, "csv", filters={"domain": ["emotion"]}, script="both")),
    ("a file for a text", lambda g: exported(g, "prompt", text=TEXT, options={"direction": "en-zh"})),
    ("a file of some entries", lambda g: exported(g, "tbx", ids=["anqz0", "kxfzn"])),
    ("a file of what is found", lambda g: exported(g, "jsonl", query="情绪", filters={"kind": ["technology", "concept"]})),
    ("membership", lambda g: ("anqz0" in g, "zzzzz" in g, "a/b?c" in g)),
    ("an entry", lambda g: g["anqz0"]),
    ("relations", lambda g: g.related("anqz0")),
]


@pytest.mark.parametrize("call", [c for _, c in CALLS], ids=[name for name, _ in CALLS])
def test_client_and_library_answer_alike(client: Client, bundled: Glossary, call: Callable[[Any], Any]) -> None:
    ours, theirs = call(client), call(bundled)
    assert type(ours) is type(theirs)
    assert flat(ours) == flat(theirs)


def test_types_are_those_of_the_library(client: Client) -> None:
    hits = client.lookup("qxsb")
    assert isinstance(hits, Results)
    assert isinstance(hits[0], Hit)
    assert hits[0].matched.spans[0] == (0, 1)
    assert isinstance(client["anqz0"], Concept)
    assert isinstance(client.browse(), Page)
    assert isinstance(client.sources()[0][0], Source)
    assert client.annotate("情绪识别", tokens=True).tokens[0].id == "anqz0"


def test_every_concept_comes_over(client: Client, bundled: Glossary) -> None:
    assert list(client) == list(bundled)


def test_many_texts_go_in_several_requests(client: Client, bundled: Glossary) -> None:
    texts = ["雪亮工程" * (n % 3) for n in range(1100)] + ["情，" * 60_000, "绪，" * 60_000]
    found = list(client.annotate_many(texts))
    assert [len(a.matches) for a in found] == [len(a.matches) for a in bundled.annotate_many(texts)]


def test_pages_follow_each_other(client: Client) -> None:
    first = client.browse(domain="emotion", limit=10)
    assert first.next == 10
    second = client.browse(domain="emotion", limit=10, after=first.next)
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}


@pytest.mark.parametrize(("call", "error", "said"), [
    (lambda g: g["zzzzz"], UnknownConcept, "there is no concept 'zzzzz'"),
    (lambda g: g.related("zzzzz"), UnknownConcept, "there is no concept"),
    (lambda g: g.source("nothing"), UnknownConcept, "there is no cited work 'nothing'"),
    (lambda g: g.lookup("x", 0), InputError, "limit"),
    (lambda g: g.lookup("\ud800"), InputError, "lone surrogate"),
    (lambda g: g.annotate("\ud800"), InputError, "lone surrogate"),
    (lambda g: g.check("\ud800", "a"), InputError, "lone surrogate"),
    (lambda g: g.pinyin("情绪", "klingon"), InputError, "marks, numbers, plain"),
    (lambda g: g.browse(order="sideways"), InputError, "pinyin"),
    (lambda g: g.query("anqz0", "nowhere"), InputError, "nowhere"),
    (lambda g: exported(g, "docx"), InputError, "there is no format 'docx'"),
    (lambda g: exported(g, "csv", ids=["zzzzz"]), UnknownConcept, "zzzzz"),
    (lambda g: exported(g, "csv", filters={"domain": ["nowhere"]}), InputError, "no concept has the domain 'nowhere'"),
    (lambda g: exported(g, "csv", options={"colour": "red"}), InputError, "colour"),
])
def test_errors_are_those_of_the_library(client: Client, bundled: Glossary, call: Callable[[Any], Any],
                                         error: type[Exception], said: str) -> None:
    for g in (bundled, client):
        with pytest.raises(error, match=said):
            call(g)


def test_limits_are_said(client: Client) -> None:
    with pytest.raises(InputError, match=r"200,000 characters, not 200,001"):
        client.annotate("情" * 200_001)
    with pytest.raises(InputError, match="limit must be a whole number from 1 to 200"):
        client.lookup("x", 201)
    assert client.limits["Glossary-Limit-Text"] == 200_000


def test_retired_ids_lead_on(tmp_path: Any) -> None:
    from test_web import CONCEPTS, ER

    from glossary import Glossary
    from glossary.model import concept_from
    from glossary.termbase.compile import compile_base

    compile_base(tmp_path / "b.db", [concept_from(i, d) for i, d in CONCEPTS.items()], {}, {}, {"b0rn2": {"to": [ER]}})
    library = Glossary.open(tmp_path / "b.db")
    with serving(library) as at, Client(at + "/") as client:
        assert client["b0rn2"] == library["b0rn2"] == client[ER]
        assert "b0rn2" not in client
        assert "b0rn2" not in library


def test_one_connection_serves_many_requests_and_survives_its_end(bundled_server: str) -> None:
    with Client(bundled_server) as client:
        client.lookup("a")
        connection = client._local.connection
        before = connection.sock
        client.lookup("b")
        assert connection.sock is before
        before.shutdown(socket.SHUT_RDWR)  # as a server does that has waited too long
        assert client.lookup("qxsb")
        assert connection.sock is not before
    with pickle.loads(pickle.dumps(client)) as copy:
        assert copy.lookup("qxsb")[0].zh == "情绪识别"


def test_threads_have_a_connection_each(bundled_server: str) -> None:
    found: list[str] = []
    with Client(bundled_server) as client:
        threads = [threading.Thread(target=lambda: found.append(client.lookup("qxsb")[0].id)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == ["anqz0"] * 8


class _Odd(threading.Thread):
    """A server that gives one fixed answer to each connection."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer = answer
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def run(self) -> None:
        with self.socket:
            for _ in range(2):
                connection, _ = self.socket.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(self.answer)


@pytest.mark.parametrize(("answer", "said"), [
    (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n<html", "not JSON"),
    (b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "answered 500"),
    (b"HTTP/1.1 302 No\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "sends elsewhere"),
    (b"SSH-2.0-OpenSSH_9\r\n", "cannot be asked"),
])
def test_what_is_no_glossary_is_said(answer: bytes, said: str) -> None:
    server = _Odd(answer)
    server.start()
    with Client(server.address) as client, pytest.raises(ServiceError, match=said):
        client.lookup("a")


def test_addresses() -> None:
    with pytest.raises(InputError, match="no address of a glossary"):
        Client("localhost:8765")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Client(f"http://127.0.0.1:{port}") as client, pytest.raises(ServiceError, match="cannot be asked"):
        client.lookup("a")
