"""Many texts: one after the other, or shared out to several processes, in order and in constant memory.

A process that is started is given the base by its path, and then pieces of some hundred thousand characters. What it
sends back is small: columns, lines of JSON, or numbers of which matches are made again.
"""

from __future__ import annotations

import json
import multiprocessing
from array import array
from collections import deque
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from glossary.errors import InputError
from glossary.match.annotation import Annotation, Match, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary.match.annotation import Word

    Annotate = Callable[[str], Annotation]  # picklable where there are several processes, like all that is handed over

PIECE = 500_000  # code points that a process is given at a time
EACH = 100  # what a text counts beside its length
AHEAD = 3  # pieces under way for each process

Document = tuple[str, dict[str, Any], str]  # what an error calls it, what its line begins with, its text
Lists = tuple[list[int], list[int], list[str], list[str]]  # start, end, concept, certainty
_T = TypeVar("_T")
_R = TypeVar("_R")


class Columns(msgspec.Struct):
    """Matches as columns of equal length: number of the text (from 0), offsets, concept, certainty."""

    document: list[int]
    start: list[int]
    end: list[int]
    concept: list[str]
    certainty: list[str]

    def __len__(self) -> int:
        return len(self.start)


def annotate_many(annotate: Annotate, texts: Iterable[str], workers: int) -> Iterator[Annotation]:
    """Annotations in the order of the texts. Raises what `annotate` raises.

    No more texts are taken than the processes have work for.
    """
    if workers < 2:
        yield from map(annotate, texts)
        return
    cut = annotate("").cut
    for piece, packed in _shared_out(partial(_packed, annotate), _pieces(texts, len), workers):
        for text, matches in zip(piece, packed.matches(piece), strict=True):
            yield Annotation(text, matches, cut)


def columns(find: Callable[[str], Lists], texts: Iterable[str], workers: int) -> Iterator[Columns]:
    """The matches of a stream of texts, a piece of the stream at a time; the texts are numbered through."""
    first = 0
    for piece, found in _shared_out(partial(_columns, find), _pieces(texts, len), workers):
        if first:
            found.document = [first + n for n in found.document]
        first += len(piece)
        yield found


def joined(parts: Iterable[Columns]) -> Columns:
    """Columns, one piece below the other."""
    out = Columns([], [], [], [], [])
    for part in parts:
        for name in out.__struct_fields__:
            getattr(out, name).extend(getattr(part, name))
    return out


def lines(annotate: Annotate, documents: Iterable[Document], workers: int, tokens: bool) -> Iterator[tuple[bytes, int]]:
    """(a line of JSON in UTF-8, how many matches it has) of each document, in order; InputError names the document."""
    # for one process a line in is a line out: somebody may be waiting for it
    pieces = _pieces(documents, lambda d: len(d[2])) if workers > 1 else ([d] for d in documents)
    for _, (found, fault) in _shared_out(partial(_lines, annotate, tokens), pieces, workers):
        yield from found
        if fault:
            raise InputError(fault)


def _pieces(items: Iterable[_T], size: Callable[[_T], int]) -> Iterator[list[_T]]:
    piece: list[_T] = []
    total = 0
    try:
        for item in items:
            piece.append(item)
            total += size(item) + EACH
            if total >= PIECE:
                yield piece
                piece, total = [], 0
    except InputError:  # what came before the fault is answered
        yield piece
        raise
    if piece:
        yield piece


def _shared_out(
    work: Callable[[list[_T]], _R], pieces: Iterable[list[_T]], workers: int
) -> Iterator[tuple[list[_T], _R]]:
    """Each piece with what `work` makes of it, in order."""
    if workers < 2:
        for piece in pieces:
            yield piece, work(piece)
        return
    # spawned, not forked: safe beside threads, and the same on every system
    with multiprocessing.get_context("spawn").Pool(workers, _start, (work,)) as pool:
        under_way: deque[tuple[list[_T], Any]] = deque()
        fault = None
        source = iter(pieces)
        while True:
            try:
                piece = next(source)
            except StopIteration:
                break
            except InputError as error:  # of the input: what came before it is answered
                fault = error
                break
            under_way.append((piece, pool.apply_async(_do, (piece,))))
            if len(under_way) >= workers * AHEAD:
                first, result = under_way.popleft()
                yield first, result.get()
        while under_way:
            first, result = under_way.popleft()
            yield first, result.get()
        if fault:
            raise fault


# in the processes

_work: Callable[[Any], Any]


def _start(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _do(piece: Any) -> Any:
    return _work(piece)


def _columns(find: Callable[[str], Lists], texts: list[str]) -> Columns:
    out = Columns([], [], [], [], [])
    for number, text in enumerate(texts):
        start, end, concept, certainty = find(text)
        out.document += [number] * len(start)
        out.start += start
        out.end += end
        out.concept += concept
        out.certainty += certainty
    return out


def _lines(annotate: Annotate, tokens: bool, documents: list[Document]) -> tuple[list[tuple[bytes, int]], str]:
    """The lines; and where one of the documents is faulty, those before it and what is wrong."""
    out: list[tuple[bytes, int]] = []
    for where, head, text in documents:
        try:
            annotation = annotate(text)
        except InputError as error:
            return out, f"{where}: {error}"
        parts = {"matches": annotation.matches} | ({"tokens": annotation.tokens} if tokens else {})
        pieces = [_json({**head, "text": text})[:-1]]
        for name, items in parts.items():
            pieces += [f',"{name}":['.encode(), *_listed(items), b"]"]
        out.append((b"".join([*pieces, b"}"]), len(annotation.matches)))
    return out, ""


def _listed(items: Sequence[Match | Word]) -> Iterator[bytes]:
    """The items as JSON, some at a time: as plain data they take ten times the memory."""
    for i in range(0, len(items), 1000):
        yield b"," if i else b""
        yield msgspec.json.encode([item.to_dict() for item in items[i : i + 1000]])[1:-1]


def _json(value: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # half a character in an id, or the name of a file in another encoding
        return json.dumps(value).encode()


class _Packed(msgspec.Struct):
    """The matches of some texts: how many each has, and of all of them offsets, rank in `terms`, odd certainties."""

    counts: list[int]
    start: array[int]
    end: array[int]
    term: array[int]
    terms: list[Term]
    certainty: dict[int, str]

    def matches(self, texts: list[str]) -> Iterator[list[Match]]:
        """The matches of each text."""
        places = zip(self.start, self.end, self.term, strict=True)
        at = 0
        for text, number in zip(texts, self.counts, strict=True):
            yield [
                Match(s, e, text[s:e], self.terms[t], self.certainty.get(i, "aligned"))
                for i, (s, e, t) in enumerate(islice(places, number), at)
            ]
            at += number


def _packed(annotate: Annotate, texts: list[str]) -> _Packed:
    found = [annotate(text).matches for text in texts]
    flat = [match for matches in found for match in matches]
    terms = {id(match.term): match.term for match in flat}
    rank = {key: i for i, key in enumerate(terms)}
    return _Packed(
        [len(matches) for matches in found],
        array("q", [m.start for m in flat]),
        array("q", [m.end for m in flat]),
        array("q", [rank[id(m.term)] for m in flat]),
        list(terms.values()),
        {i: m.certainty for i, m in enumerate(flat) if m.certainty != "aligned"},
    )
