"""A glossary on another machine, with the methods and the types of the library itself.

    from glossary.client import Client
    with Client("http://127.0.0.1:8765") as g:
        g.lookup("qxsb")[0].en

What the library answers from its own files is asked over HTTP here: one connection a thread, kept open. The limits of
the service apply (`Client.limits`). Errors are those of the library; where the service cannot be reached or fails, it
is ServiceError. It needs nothing beyond the standard library and msgspec.
"""

from __future__ import annotations

import http.client
import os
import threading
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

import msgspec

from glossary import Annotation, Check, CheckedLine, Concept, Match, Page, Query, Report, Results, Source, Word
from glossary.errors import InputError, ServiceError, UnknownConcept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import BinaryIO

JSON, LINES = "application/json", "application/x-ndjson"
PAGE = 200  # concepts in one request when all are read
MOST_REDIRECTS = 3
_T = TypeVar("_T")


class Client:
    """The glossary at an address (`http://127.0.0.1:8765`; a path before `/api/v1` may stand in it).

    Safe to use from several threads; picklable by its address. `timeout` is in seconds, for each answer. Close it, or
    use it in a `with` block, to give the connections back.
    """

    def __init__(self, address: str, *, timeout: float = 30.0) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"{address!r} is no address of a glossary; it looks like http://127.0.0.1:8765")
        self.address, self.timeout = address, timeout
        self._root = parts.path.rstrip("/") + "/api/v1"
        self._local = threading.local()
        self._open: list[http.client.HTTPConnection] = []

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.address, self.timeout)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Client {self.address}>"

    def close(self) -> None:
        """Close the connections. A closed client opens new ones when it is used again."""
        while self._open:
            self._open.pop().close()

    # the service

    def service(self) -> dict[str, Any]:
        """What the service is: its version, the number of concepts, the digest of its bases, its limits."""
        found: dict[str, Any] = self._get("/")
        return found

    @cached_property
    def limits(self) -> dict[str, int]:
        """What a request may hold at most."""
        found: dict[str, int] = self.service()["limits"]
        return found

    @property
    def digest(self) -> str:
        """Another one whenever the bases hold anything else."""
        return str(self.service()["digest"])

    @property
    def edition(self) -> str:
        """Which edition of the data the service's first base holds, as its day: 2026.11.23."""
        return str(self.service()["edition"])

    @property
    def has_dictionary(self) -> bool:
        """Whether the service has a general dictionary open."""
        return bool(self.service()["dictionary"])

    # concepts

    def __len__(self) -> int:
        return int(self.service()["concepts"])

    def __iter__(self) -> Iterator[Concept]:
        """Every concept of the service's first base, in pinyin order."""
        cursor: str | None = ""
        while cursor is not None:
            page = self._get("/concepts", whole=1, limit=PAGE, cursor=cursor or None)
            yield from msgspec.convert(page["concepts"], list[Concept])
            cursor = page["cursor"]

    def __contains__(self, id: object) -> bool:
        status, _, _ = self._ask("HEAD", f"/concepts/{quote(_sound(str(id)), safe='')}")
        return status == 200

    def __getitem__(self, id: str) -> Concept:
        """The concept with this id; a retired id leads to what replaced it. Raises UnknownConcept."""
        return msgspec.convert(self._get(f"/concepts/{quote(_sound(id), safe='')}", format="json"), Concept)

    def related(self, id: str) -> list[tuple[str, bool, Concept, str]]:
        """(type, whether it is the derived other side, concept, note) of every relation of a concept."""
        found = self._get(f"/concepts/{quote(_sound(id), safe='')}/related")["related"]
        return [(r["type"], r["inverse"], msgspec.convert(r["concept"], Concept), r["note"]) for r in found]

    # finding

    def lookup(self, query: str, limit: int = 20, *, facets: bool = False) -> Results:
        """Find concepts by characters, pinyin, initials, zhuyin or English; the best reason first."""
        return Results.from_dict(self._get("/lookup", q=query, limit=limit, facets=int(facets)))

    def suggest(self, query: str, limit: int = 8) -> Results:
        """What `lookup` finds, without what is only similar."""
        return Results.from_dict(self._get("/lookup", q=query, limit=limit, quick=1))

    def define(self, query: str, limit: int = 20) -> Results:
        """What the service's general dictionary has for a query; nothing where it has none."""
        found = self._get("/define", q=query, limit=limit)["dictionary"]
        return Results.from_dict(found) if found else Results(query, [], [], [])

    # running text

    def annotate(
        self,
        text: str,
        *,
        every: bool = False,
        crossing: bool = False,
        borders: bool = True,
        everyday: bool = False,
        lang: str = "",
        tokens: bool = False,
    ) -> Annotation:
        """Mark the terms of a text. The words are asked for when they are first read, or at once with `tokens`."""
        how = {"all": every, "crossing": crossing, "borders": borders, "everyday": everyday, "lang": lang}
        return self._annotation(self._post("/annotate", {"text": text, **how, "tokens": tokens}), how)

    def annotate_many(
        self,
        texts: Iterable[str],
        *,
        every: bool = False,
        crossing: bool = False,
        borders: bool = True,
        everyday: bool = False,
        lang: str = "",
    ) -> Iterator[Annotation]:
        """Annotate texts one after the other; many go into one request."""
        how = {"all": every, "crossing": crossing, "borders": borders, "everyday": everyday, "lang": lang}
        for batch in self._batches(texts):
            lines = b"".join(msgspec.json.encode({"text": _sound(text), **how}) + b"\n" for text in batch)
            answer = self._send("POST", "/annotate", lines, LINES)
            yield from (self._annotation(msgspec.json.decode(line), how) for line in answer.splitlines())

    def segment(self, text: str) -> list[Word]:
        """The words of a text, terms whole; they tile the text."""
        return [Word.from_dict(word) for word in self._post("/segment", {"text": text})["words"]]

    def pinyin(self, text: str, style: str = "marks", *, sandhi: bool = False) -> str:
        """The reading of a text by word; styles: marks, numbers, plain, initials, zhuyin, alalc."""
        return str(self._post("/pinyin", {"text": text, "style": style, "sandhi": sandhi})["pinyin"])

    def check(self, source: str, target: str, *, least: float | None = None) -> Check:
        """Hold an English translation against its Chinese source, sentence by sentence."""
        found = self._post("/check", {"zh": source, "en": target, "least": least})
        source, target = (target, source) if found["swapped"] else (source, target)
        told = {"source": source, "target": target, **{k: v for k, v in found.items() if k != "id"}}
        return msgspec.convert(told, Check)

    def check_lines(self, lines: Iterable[Mapping[str, Any]], *, least: float | None = None) -> list[CheckedLine]:
        """The findings of a document given as sentence pairs: {"id", "zh", "en"} each, in order; in one request."""
        asked = [{k: _sound(v) if isinstance(v, str) else v for k, v in line.items()} for line in lines]
        sent = b"".join(msgspec.json.encode({**line, "least": least}) + b"\n" for line in asked)
        answer = self._send("POST", "/check", sent, LINES)
        return [msgspec.json.decode(line, type=CheckedLine) for line in answer.splitlines()]

    def _annotation(self, found: dict[str, Any], how: dict[str, Any]) -> Annotation:
        words = found.get("tokens")

        def tokens() -> list[Word]:
            asked = {"text": found["text"], **how, "tokens": True}
            given = words if words is not None else self._post("/annotate", asked)["tokens"]
            return [Word.from_dict(word) for word in given]

        return Annotation.told(found["text"], [Match.from_dict(match) for match in found["matches"]], tokens)

    def _batches(self, texts: Iterable[str]) -> Iterator[list[str]]:
        most, longest = self.limits["Glossary-Limit-Lines"], self.limits["Glossary-Limit-Text"]
        batch: list[str] = []
        size = 0
        for text in texts:
            if batch and (len(batch) == most or size + len(text) > longest):
                yield batch
                batch, size = [], 0
            batch.append(text)
            size += len(text)
        if batch:
            yield batch

    # citing, outside search engines, other programs' files

    def cite(
        self,
        ids: str | Iterable[str],
        style: str = "chicago",
        *,
        works: bool = False,
        site: str = "",
        accessed: str = "",
    ) -> str:
        """Citations of entries, and with `works` of what they cite; see `Glossary.cite`."""
        listed = [ids] if isinstance(ids, str) else list(ids)
        asked = {"style": style, "works": int(works), "site": site, "accessed": accessed}
        return str(self._get("/cite", id=[_sound(id) for id in listed], **asked)["text"])

    def query(
        self,
        concepts: str | Concept | Iterable[str | Concept],
        engine: str | Iterable[str] = "cnki",
        *,
        also: Iterable[str | Concept] = (),
        narrower: bool = False,
        as_typed: bool = False,
        each: bool = False,
        size: str = "long",
        field: str = "topic",
        scripts: str = "",
        old: str = "attested",
        homographs: str = "drop",
        english: bool = False,
        exclude: Iterable[str] = (),
        site: str = "",
        date: str = "",
    ) -> list[Query]:
        """Strings and links that ask outside search engines; see `Glossary.query`. Without a date the note has today's.

        `also` is one group of concepts here, any of which must be met too.
        """
        flags = {"narrower": narrower, "typed": as_typed, "each": each, "english": english}
        found = self._get(
            "/query",
            c=_listed(concepts),
            **{"and": _listed(also)},
            engine=[engine] if isinstance(engine, str) else list(engine),
            homographs=int(homographs == "keep"),
            exclude="\n".join(exclude),
            size=size,
            field=field,
            scripts=scripts,
            old=old,
            site=site,
            date=date,
            **{name: int(value) for name, value in flags.items()},
        )
        return msgspec.convert(found["queries"], list[Query])

    def export(
        self,
        format: str,
        to: str | os.PathLike[str] | BinaryIO,
        *,
        ids: Iterable[str] | None = None,
        filters: Mapping[str, Sequence[str]] | None = None,
        query: str = "",
        text: str | None = None,
        script: str = "hans",
        options: Mapping[str, str] | None = None,
    ) -> Report:
        """Write concepts to a path or an open file, in a format of the service; returns the loss report.

        See `Glossary.export` for what selects concepts. The whole file is held in memory.
        """
        asked = {
            **{name: list(values) for name, values in (filters or {}).items()},
            "concept": list(ids or ()),
            "q": query,
            "script": script,
            "option": [f"{name}={value}" for name, value in (options or {}).items()],
        }
        path = f"/export/{quote(_sound(format), safe='')}"

        def ask(report: int) -> bytes:
            address = _address(path, {**asked, "report": report})
            if text is None:
                return self._send("GET", address, accept="*/*")
            return self._send("POST", address, msgspec.json.encode({"text": _sound(text)}), JSON, accept="*/*")

        report = Report.from_dict(_decoded(ask(1)))
        data = ask(0)
        if isinstance(to, (str, os.PathLike)):
            with open(to, "wb") as file:
                file.write(data)
        else:
            to.write(data)
        return report

    # lists

    @property
    def vocabulary(self) -> dict[str, dict[str, Any]]:
        """The closed lists (domains, kinds, uses …) with their labels in both languages."""
        found: dict[str, dict[str, Any]] = self._get("/vocabulary")
        return found

    def browse(
        self,
        *,
        letter: str = "",
        order: str = "pinyin",
        after: int = 0,
        limit: int = 100,
        **filters: str | Sequence[str],
    ) -> Page:
        """A page of concepts in the order of their pinyin or English; go on with `after=page.next`."""
        page = self._get("/concepts", letter=letter, order=order, after=after, limit=limit, **filters)
        return msgspec.convert(page, Page)

    def letters(
        self, order: str = "pinyin", domain: str | Sequence[str] = "", **filters: str | Sequence[str]
    ) -> dict[str, int]:
        """How many concepts begin with each letter, by pinyin or by English; `filters` as for `browse`."""
        found: dict[str, int] = self._get("/letters", order=order, domain=domain, **filters)["letters"]
        return found

    def stats(self) -> dict[str, Any]:
        """Counts of the service's first base."""
        found: dict[str, Any] = self._get("/stats")
        return found

    def coverage(self) -> dict[str, Any]:
        """How far the service's first base goes: review, definitions and evidence by domain."""
        found: dict[str, Any] = self._get("/coverage")
        return found

    @property
    def changes(self) -> str:
        """What has changed from edition to edition, in Markdown; "" where the service's first base has no list."""
        return str(self._get("/changes")["text"])

    def sources(self) -> list[tuple[Source, int]]:
        """Every cited work with the number of concepts that cite it, by cite key."""
        out: list[tuple[Source, int]] = []
        cursor: str | None = ""
        while cursor is not None:
            page = self._get("/sources", limit=PAGE, cursor=cursor or None)
            out += [(msgspec.convert(w["source"], Source), w["concepts"]) for w in page["sources"]]
            cursor = page["cursor"]
        return out

    def source(self, cite: str) -> Source:
        """One cited work. Raises UnknownConcept where there is none with this key."""
        return msgspec.convert(self._get(f"/sources/{quote(_sound(cite), safe='')}")["source"], Source)

    # asking

    def _get(self, path: str, **asked: Any) -> Any:
        return _decoded(self._send("GET", _address(path, asked)))

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        for value in body.values():
            _sound(value)
        return _decoded(self._send("POST", path, msgspec.json.encode(body), JSON))

    def _send(self, method: str, path: str, body: bytes | None = None, media: str = "", accept: str = "") -> bytes:
        """The body of an answer. Raises the library's errors for refusals, ServiceError for failures."""
        status, answer, headers = self._ask(method, path, body, media, accept)
        for _ in range(MOST_REDIRECTS):
            if status not in (301, 302, 303, 307, 308):
                break
            path = self._below(headers.get("Location", ""), path)
            status, answer, headers = self._ask(method, path, body, media, accept)
        if status == 200:
            return answer
        problem = _problem(answer)
        detail = str(problem.get("detail") or f"{self.address} answered {status}")
        if status == 404 and problem.get("field") != "format":
            raise UnknownConcept(detail)
        if 400 <= status < 500:
            raise InputError(detail)
        raise ServiceError(detail)

    def _below(self, location: str, path: str) -> str:
        """Where a redirect leads, below the API; it never leads to another server."""
        target = urlsplit(urljoin(urljoin(self.address, self._root + path), location))
        here = urlsplit(self.address)
        if (target.scheme, target.netloc) != (here.scheme, here.netloc) or not target.path.startswith(self._root):
            raise ServiceError(f"{self.address} sends elsewhere: {location[:200]}")
        return target.path[len(self._root) :] + (f"?{target.query}" if target.query else "")

    def _ask(
        self, method: str, path: str, body: bytes | None = None, media: str = "", accept: str = ""
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        headers = {"Accept": accept or media or JSON, "User-Agent": "zh-en-glossary"}
        if media:
            headers["Content-Type"] = media
        for again in (True, False):
            connection = self._connection()
            reused = connection.sock is not None
            try:
                connection.request(method, self._root + path, body, headers)
                response = connection.getresponse()
                return response.status, response.read(), response.headers
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                # a connection that lay idle may have been closed from the other side: everything here may be repeated
                if again and reused and not isinstance(error, TimeoutError):
                    continue
                raise ServiceError(f"{self.address} cannot be asked: {error or type(error).__name__}") from None
        raise AssertionError("unreachable")

    def _connection(self) -> http.client.HTTPConnection:
        made: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if made is None:
            parts = urlsplit(self.address)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            made = self._local.connection = kind(str(parts.hostname), parts.port, timeout=self.timeout)
            self._open.append(made)
        return made


def _address(path: str, asked: Mapping[str, Any]) -> str:
    """A path with what is asked; None is not asked, and a list is asked name by name."""
    given = {
        name: [_sound(v) for v in value] if isinstance(value, list) else _sound(value)
        for name, value in asked.items()
        if value not in (None, [])
    }
    return path + (f"?{urlencode(given, doseq=True)}" if given else "")


def _listed(concepts: str | Concept | Iterable[str | Concept]) -> str:
    """Concepts as the API takes them: ids or terms, one a line."""
    if isinstance(concepts, (str, Concept)):
        concepts = [concepts]
    return "\n".join(c.id if isinstance(c, Concept) else c for c in concepts)


def _again(address: str, timeout: float) -> Client:
    return Client(address, timeout=timeout)


def _sound(value: _T) -> _T:
    """The value, unless it is a text with half a character in it, which no request can carry."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise InputError(
                f"the text holds half a character (lone surrogate) at position {error.start}; "
                "read it from its file again with the right encoding"
            ) from None
    return value


def _decoded(answer: bytes) -> Any:
    try:
        return msgspec.json.decode(answer)
    except msgspec.DecodeError as error:
        raise ServiceError(f"the answer is not JSON ({error}); is this the address of a glossary?") from None


def _problem(answer: bytes) -> dict[str, Any]:
    """The problem document of a refusal; empty where there is none."""
    with suppress(msgspec.DecodeError):
        found = msgspec.json.decode(answer)
        if isinstance(found, dict):
            return found
    return {}
