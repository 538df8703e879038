"""Strings and links from concepts: blocks of forms, kept within each engine's limits.

Within a block any form will do, every block must be met: (情绪识别 OR 情感识别) AND (公安 OR 警方).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.queries.choose import choose
from glossary.queries.engine import Engine, engines_named
from glossary.queries.forms import Selection, select
from glossary.queries.note import note
from glossary.queries.query import Query, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary.model import Concept
    from glossary.queries.choose import Base, Chosen

MOST_COMBINATIONS = 60  # searches where forms of several blocks must be combined
TELLING = 3  # forms of a concept in a short query
Blocks = list[list[str]]


def queries(
    base: Base,
    concepts: str | Concept | Iterable[str | Concept],
    engine: str | Iterable[str],
    also: Iterable[str | Concept | Iterable[str | Concept]],
    wanted: Wanted,
    *,
    narrower: bool = False,
    as_typed: bool = False,
    each: bool = False,
) -> list[Query]:
    """Queries for every engine that is named, in order; see `Glossary.query`."""
    found = engines_named(engine)
    groups = [choose(base, group, narrower=narrower, as_typed=as_typed) for group in (concepts, *also)]
    first = [[item] for item in groups[0]] if each else [groups[0]]
    return [query for e in found for group in first for query in compose([group, *groups[1:]], e, wanted)]


def compose(groups: Sequence[Sequence[Chosen]], engine: Engine, wanted: Wanted) -> list[Query]:
    """The queries that ask one engine for any concept of each group.

    Where it can be asked for nothing there is one with an empty string, which says why.
    """
    asked = groups if engine.and_ else groups[:1]  # the note says so
    selections = [select(group, engine, wanted) for group in asked]
    dropped = {text: why for s in selections for text, why in s.dropped.items()}
    excluded = _excluded(selections, engine, wanted)
    writer = _Writer(engine, wanted, excluded, dropped)
    parts = writer.parts([_telling(s, len(g), wanted) for s, g in zip(selections, asked, strict=True)])
    used = {form for part in parts for block in part for form in block}
    for form in (form for s in selections for form in s.forms if form not in used):
        dropped.setdefault(form, "less telling than the others")
    dropped = {form: why for form, why in dropped.items() if form not in used}
    out = []
    for number, part in enumerate(parts or [[]], 1):
        string = writer.string(part) if part else ""
        out.append(
            Query(
                engine=engine.id,
                name=engine.name,
                string=string,
                url=engine.url(string) if part else engine.form,
                prefilled=bool(engine.address and part),
                forms=tuple(form for block in part for form in block),
                excluded=excluded if part else (),
                dropped=tuple(dropped),
                reasons=dropped,
                note=note(engine, groups, part, excluded, dropped, wanted, number, max(1, len(parts))),
                concepts=tuple(item.concept.id for group in asked for item in group if item.known),
                date=wanted.date,
                part=number,
                parts=max(1, len(parts)),
            )
        )
    return out


def _excluded(selections: Sequence[Selection], engine: Engine, wanted: Wanted) -> tuple[str, ...]:
    """What must not be found, where the engine can be told so and it would not exclude what is sought."""
    forms = [form for s in selections for form in s.forms]
    named = [" ".join(form.split()) for form in wanted.exclude]
    for form in named:
        if any(form in other for other in forms):
            raise InputError(f"{form!r} cannot be excluded: it stands in what is sought")
    candidates = dict.fromkeys([*named, *(t for s in selections for t in s.excluded)])
    fit = [t for t in candidates if not any(t in form for form in forms) and not (engine.quote and engine.quote in t)]
    return tuple(fit) if engine.not_ else ()


def _telling(selection: Selection, concepts: int, wanted: Wanted) -> list[str]:
    """The forms to ask for: all, or for a short query the first few of each concept."""
    return selection.forms[: TELLING * concepts] if wanted.size == "short" else list(selection.forms)


class _Writer:
    """Writes one engine's queries; what does not fit is noted in `dropped`."""

    def __init__(self, engine: Engine, wanted: Wanted, excluded: Sequence[str], dropped: dict[str, str]) -> None:
        self.engine, self.wanted, self.excluded, self.dropped = engine, wanted, excluded, dropped

    def string(self, blocks: Blocks) -> str:
        return self.engine.string(blocks, self.excluded, self.wanted.field, self.wanted.site)

    def _excess(self, blocks: Blocks) -> str:
        searched = [form for block in blocks for form in block] + list(self.excluded)
        scoped = bool((self.wanted.site and self.engine.site) or self.engine.scope)
        return self.engine.excess(self.string(blocks), sum(len(form.split()) for form in searched) + scoped)

    def parts(self, blocks: Blocks) -> list[Blocks]:
        """The blocks, divided until every part keeps the limits."""
        if not all(blocks):
            return []
        if not self.engine.or_ or self.wanted.size == "split":
            return self._singly(blocks)
        if self.wanted.size == "short":
            return self._shortened(blocks)
        found = self._divided(blocks)
        while len(blocks) > 1 and len(found) > MOST_COMBINATIONS:
            longest = max(blocks, key=len)
            self._cut(longest, len(longest) * 2 // 3)
            found = self._divided(blocks)
        return found

    def _cut(self, block: list[str], size: int) -> None:
        """Take the least preferred forms out of a block that makes too many combinations."""
        for form in block[size:]:
            self.dropped.setdefault(form, f"would need more than {MOST_COMBINATIONS} searches")
        del block[size:]

    def _singly(self, blocks: Blocks) -> list[Blocks]:
        """One form of each block at a time, in order of preference."""
        if self.wanted.size == "short":
            blocks = [block[:1] for block in blocks]
        while len(blocks) > 1 and _combinations(blocks) > MOST_COMBINATIONS:
            longest = max(blocks, key=len)
            self._cut(longest, len(longest) - 1)
        return [part for forms in product(*blocks) if self._fits(part := [[form] for form in forms])]

    def _fits(self, blocks: Blocks) -> bool:
        """Whether a part that cannot be divided any more keeps the limits; if not, that is noted."""
        excess = self._excess(blocks)
        if excess:
            longest = max((form for block in blocks for form in block), key=len)
            self.dropped.setdefault(longest, f"too long: the engine takes {excess}")
        return not excess

    def _shortened(self, blocks: Blocks) -> list[Blocks]:
        """One query: the first form of each block, then more in turn as long as they fit."""
        part: Blocks = [block[:1] for block in blocks]
        if not self._fits(part):
            rest = [block[1:] or block for block in blocks]
            return self._shortened(rest) if rest != blocks else []
        for turn in range(1, max(map(len, blocks))):
            for number, block in enumerate(blocks):
                if turn < len(block):
                    longer = [[*b, block[turn]] if i == number else b for i, b in enumerate(part)]
                    part = part if self._excess(longer) else longer
        return [part]

    def _divided(self, blocks: Blocks) -> list[Blocks]:
        if not self._excess(blocks):
            return [blocks]
        widest = max(range(len(blocks)), key=lambda i: len(blocks[i]))
        forms = blocks[widest]
        if len(forms) == 1:
            return [blocks] if self._fits(blocks) else []

        def with_(some: list[str]) -> Blocks:
            return [some if i == widest else block for i, block in enumerate(blocks)]

        if len(blocks) > 1:
            half = (len(forms) + 1) // 2
            return [*self._divided(with_(forms[:half])), *self._divided(with_(forms[half:]))]
        out: list[Blocks] = []
        some: list[str] = []
        for form in forms:  # fill each query before the next is begun
            if not self._fits(with_([form])):
                continue
            if some and self._excess(with_([*some, form])):
                out.append(with_(some))
                some = []
            some = [*some, form]
        return [*out, with_(some)] if some else out


def _combinations(blocks: Blocks) -> int:
    count = 1
    for block in blocks:
        count *= len(block)
    return count
