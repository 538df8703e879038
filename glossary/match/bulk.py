"""Many texts: one after the other, or shared out to several processes, in order and in constant memory."""

from __future__ import annotations

import multiprocessing
from collections import deque
from typing import TYPE_CHECKING, Any

import msgspec

from glossary.match.annotation import Annotation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary.match.annotation import Match

CHUNK = 500_000  # code points that are sent to a process at a time
AHEAD = 3  # chunks under way for each process


class Columns(msgspec.Struct):
    """Matches as columns of equal length: number of the text, offsets, concept, certainty."""

    document: list[int]
    start: list[int]
    end: list[int]
    concept: list[str]
    certainty: list[str]

    def __len__(self) -> int:
        return len(self.start)


def annotate_many(
    annotate: Callable[..., Annotation], texts: Iterable[str], workers: int, options: dict[str, Any]
) -> Iterator[Annotation]:
    """Annotations in the order of the texts. `annotate` must be picklable where there are several workers.

    No more texts are taken than the processes have work for. Raises what `annotate` raises.
    """
    if workers < 2:
        for text in texts:
            yield annotate(text, **options)
        return
    cut = annotate("").cut
    with multiprocessing.get_context("spawn").Pool(workers, _start, (annotate, options)) as pool:
        under_way: deque[tuple[list[str], Any]] = deque()
        for chunk in _chunks(texts):
            under_way.append((chunk, pool.apply_async(_annotate, (chunk,))))
            if len(under_way) >= workers * AHEAD:
                yield from _done(*under_way.popleft(), cut)
        while under_way:
            yield from _done(*under_way.popleft(), cut)


def columns(annotations: Iterable[Annotation], first: int = 0) -> Columns:
    """The matches of some texts as columns; the texts are numbered from `first`."""
    out = Columns([], [], [], [], [])
    for number, annotation in enumerate(annotations, first):
        matches = annotation.matches
        out.document += [number] * len(matches)
        out.start += [m.start for m in matches]
        out.end += [m.end for m in matches]
        out.concept += [m.term.ids[0] for m in matches]
        out.certainty += [m.certainty for m in matches]
    return out


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text) + 100
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _done(chunk: list[str], result: Any, cut: Any) -> Iterator[Annotation]:
    for text, matches in zip(chunk, result.get(), strict=True):
        yield Annotation(text, matches, cut)


# in the processes

_annotator: tuple[Callable[..., Annotation], dict[str, Any]]


def _start(annotate: Callable[..., Annotation], options: dict[str, Any]) -> None:
    global _annotator
    _annotator = annotate, options


def _annotate(chunk: list[str]) -> list[list[Match]]:
    annotate, options = _annotator
    return [annotate(text, **options).matches for text in chunk]
