"""Our own JSON, which holds a base whole: concepts, cited works, closed lists, retired ids.

`json` is one object. `jsonl` has a header on its first line and then one `{"concept": …}`, `{"source": …}` or
`{"retired": …}` a line, so that files of any size are read and written as a stream.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from glossary.errors import InputError
from glossary.exchange.lossless_shape import check_concept, check_source
from glossary.model import concept_from, concept_to, plain, source_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, Source

NAME = "zh-en-glossary"
VERSION = 1
LARGEST = 512 * 1024 * 1024  # bytes of one JSON object, which must be held in memory; JSON Lines has no limit
_FACTS = ("title", "licence", "date")


def write(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    """Write concepts with the works that they cite, or with all of `options.sources`."""
    if options.more.get("lines"):
        _write_lines(concepts, file, report, options)
        return
    head = _header(options)
    file.write(_json(head)[:-1] + b',\n"concepts": [')
    cited: set[str] = set()
    for concept in concepts:
        cited.update(r.cite for r in concept.references())
        file.write((b",\n" if report.concepts else b"\n") + _json(_concept(concept)))
        report.concepts += 1
    file.write(b'\n],\n"sources": [')
    for n, source in enumerate(_works(cited, options)):
        file.write((b",\n" if n else b"\n") + _json(plain(source)))
    file.write(b"\n]}\n")


def _write_lines(concepts: Iterable[Concept], file: BinaryIO, report: Report, options: Options) -> None:
    file.write(_json(_header(options)) + b"\n")
    cited: set[str] = set()
    for concept in concepts:
        cited.update(r.cite for r in concept.references())
        file.write(_json({"concept": _concept(concept)}) + b"\n")
        report.concepts += 1
    for source in _works(cited, options):
        file.write(_json({"source": plain(source)}) + b"\n")


def _header(options: Options) -> dict[str, Any]:
    facts = {name: getattr(options, name) for name in _FACTS if getattr(options, name)}
    head = {"format": NAME, "version": VERSION, **facts, "vocabulary": dict(options.vocabulary)}
    return {**head, "retired": dict(options.retired)} if options.retired else head


def _concept(concept: Concept) -> dict[str, Any]:
    return {"id": concept.id, **concept_to(concept)}


def _works(cited: set[str], options: Options) -> Iterator[Source]:
    """The cited works, the works that they are cited in, and all that the caller wants in any case; by key."""
    known: dict[str, Source] = dict(options.sources)
    open_ = cited - known.keys()
    while open_:
        found = [s for s in map(options.source_of, sorted(open_)) if s is not None]
        known.update((s.cite, s) for s in found)
        open_ = {r.cite for s in found for r in s.cited_in} - known.keys()
    yield from (known[cite] for cite in sorted(known))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def read(file: BinaryIO, report: Report, options: Options) -> Iterator[Concept]:
    """Yield the concepts; cited works, closed lists and retired ids go into `options.found`.

    Raises InputError that names the line (JSON Lines) or the number of the concept (JSON), and the field.
    """
    if options.more.get("lines"):
        yield from _read_lines(file, options)
        return
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"{options.name}: is larger than {LARGEST // 2**20} MB; use JSON Lines (jsonl) for so much")
    whole = _parse(data, options.name, "")
    _take_header(whole, options, "")
    for name in ("concepts", "sources"):
        if not isinstance(whole.get(name, []), list):
            raise InputError(f"{options.name}: {name}: must be a list")
    for n, source in enumerate(whole.get("sources", ()), 1):
        _take_source(source, options, f"source {n}")
    for n, concept in enumerate(whole.get("concepts", ()), 1):
        yield _read_concept(concept, options.name, f"concept {n}")


def _read_lines(file: BinaryIO, options: Options) -> Iterator[Concept]:
    for number, raw in enumerate(file, 1):
        if not raw.strip():
            continue
        where = f"line {number}"
        value = _parse(raw, options.name, where)
        if number == 1:
            _take_header(value, options, where)
        elif "concept" in value:
            yield _read_concept(value["concept"], options.name, where)
        elif "source" in value:
            _take_source(value["source"], options, where)
        else:
            raise InputError(f'{options.name}: {where}: has neither "concept" nor "source"')


def _parse(raw: bytes, name: str, where: str) -> dict[str, Any]:
    at = f"{name}: {where}: " if where else f"{name}: "
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{at}is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise InputError(f"{at}must be an object")
    return value


def _take_header(value: dict[str, Any], options: Options, where: str) -> None:
    at = f"{options.name}: {where}: " if where else f"{options.name}: "
    if value.get("format") != NAME:
        raise InputError(f'{at}is not this project\'s JSON: it must begin with "format": "{NAME}"')
    if value.get("version") != VERSION:
        raise InputError(f"{at}is version {value.get('version')!r} of the format; this program reads version {VERSION}")
    for name in ("vocabulary", "retired"):
        lists = value.get(name, {})
        if not isinstance(lists, dict) or not all(isinstance(v, dict) for v in lists.values()):
            raise InputError(f"{at}{name}: must be an object of objects")
        for key, entry in lists.items():
            good = (
                all(isinstance(label, dict) for label in entry.values())
                if name == "vocabulary"
                else isinstance(to := entry.get("to", []), list) and all(isinstance(id, str) for id in to)
            )
            if not good:
                raise InputError(
                    f"{at}{name}: {key}: must hold {'labels' if name == 'vocabulary' else 'a list of ids'}"
                )
        getattr(options.found, name).update(lists)
    options.found.meta.update({n: str(value[n]) for n in _FACTS if value.get(n)})


def _take_source(value: Any, options: Options, where: str) -> None:
    check_source(value, f"{options.name}: {where}")
    rest = {k: v for k, v in value.items() if k != "cite"}
    options.found.sources[value["cite"]] = source_from(value["cite"], rest)


def _read_concept(value: Any, name: str, where: str) -> Concept:
    check_concept(value, f"{name}: {where}")
    return concept_from(value["id"], value)
