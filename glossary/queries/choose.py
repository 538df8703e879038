"""From what a caller names (ids, terms, a pasted list) to concepts with what is needed to ask for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from glossary.errors import InputError
from glossary.model import Concept, EnTerm, ZhTerm
from glossary.text.normalize import check_text, has_han
from glossary.text.script import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 500  # concepts in one call
LONGEST = 200  # characters of a name
SHOWN = 10  # unknown names that a message lists
_BULLET = re.compile(r"^\s*(?:[-*•·▪–—]|\d{1,3}[.)、])\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Base(Protocol):
    """What is asked of a glossary."""

    def __contains__(self, id: object) -> bool:
        """Whether there is a concept with this id."""
        ...

    def __getitem__(self, id: str) -> Concept:
        """The concept with this id."""
        ...

    def related(self, id: str) -> list[tuple[str, bool, Concept, str]]:
        """Its relations, derived sides included."""
        ...

    def suggest(self, query: str, limit: int) -> Sequence[Any]:
        """Hits (with `id` and `zh`) for a name that is not exactly a concept's."""
        ...

    def named(self, text: str) -> list[str]:
        """Ids of the concepts that are called exactly this."""
        ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """A concept to ask for; what is narrower; and, by form, the other concepts that have the same form."""

    concept: Concept
    narrower: tuple[Concept, ...] = ()
    others: dict[str, tuple[Concept, ...]] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether it stands in the base, and was not only typed."""
        return bool(self.concept.id)


def lines(text: str) -> list[str]:
    """The names in a pasted list: one a line, without bullets, numbers, control characters, empty lines, repeats."""
    found = (" ".join(_CONTROL.sub(" ", _BULLET.sub("", line)).split()) for line in text.splitlines())
    return list(dict.fromkeys(name for name in found if name))


def choose(
    base: Base, names: str | Concept | Iterable[str | Concept], *, narrower: bool, as_typed: bool
) -> list[Chosen]:
    """The concepts with these ids or terms (or given as they are), each once, in order.

    A string of several lines is a pasted list. A term that is no concept's is taken as it stands where `as_typed` says
    so. Raises InputError that says, for all names at once, which are unknown and which mean several concepts.
    """
    listed = [names] if isinstance(names, (str, Concept)) else names
    given = [n for item in listed for n in (lines(item) if isinstance(item, str) else [item])]
    if len(given) > MOST:
        raise InputError(f"{len(given)} concepts are more than one query can be made of; give {MOST} at most")
    concepts: dict[str, Concept] = {}
    unknown: list[str] = []
    problems: list[str] = []
    for name in given:
        if isinstance(name, Concept):
            concepts[name.id or name.label] = name
            continue
        found = _find(base, check_text(name).strip())
        if len(found) > 1:
            meant = " or ".join(f"{c.id} ({c.label})" for c in found)
            problems.append(f"{name!r} may mean {meant}: give the id")
        elif found:
            concepts[found[0].id] = found[0]
        elif as_typed and name.strip():
            concepts[name] = typed(name)
        else:
            unknown.append(name)
    if unknown:
        listing = ", ".join(_with_near(base, name) for name in unknown[:SHOWN]) + (" …" if unknown[SHOWN:] else "")
        problems.insert(0, f"not in the term base: {listing}; a term that is in no entry can be searched for as typed")
    if problems:
        raise InputError("; ".join(problems))
    if not concepts:
        raise InputError("name at least one concept: an id or a term")
    return _chosen(base, list(concepts.values()), narrower)


def _with_near(base: Base, name: str) -> str:
    """An unknown name with the entries that look-up would give for it."""
    near = ", ".join(f"{hit.id} {hit.zh}" for hit in base.suggest(name, 3))
    return f"{name!r} (near it: {near})" if near else repr(name)


def _find(base: Base, name: str) -> list[Concept]:
    if not name:
        return []
    if len(name) > LONGEST:
        raise InputError(f"{name[:20]!r}…: a name has at most {LONGEST} characters, and a list one name a line")
    if name in base:
        return [base[name]]
    found = [base[id] for id in base.named(name)]
    first = [c for c in found if any(t.use == "preferred" and name in (t.text, t.trad) for t in c.zh)]
    return first if len(first) == 1 else found


def typed(name: str) -> Concept:
    """A name that stands in no base, as a concept with this one form."""
    text = " ".join(check_text(name).split())
    if has_han(text):
        return Concept("", "concept", (), (ZhTerm(to_simplified(text), ""),), ())
    return Concept("", "concept", (), (), (EnTerm(text),))


def _chosen(base: Base, concepts: Sequence[Concept], narrower: bool) -> list[Chosen]:
    below = [_below(base, c) if narrower and c.id else [] for c in concepts]
    sought = {c.id for c in (*concepts, *(c for some in below for c in some))}
    return [Chosen(c, tuple(some), _others(base, (c, *some), sought)) for c, some in zip(concepts, below, strict=True)]


def _others(base: Base, concepts: Iterable[Concept], sought: set[str]) -> dict[str, tuple[Concept, ...]]:
    """The concepts that share a form with these and are not sought, by form."""
    out: dict[str, tuple[Concept, ...]] = {}
    for form in (term.text for c in concepts if c.id for term in c.zh):
        ids = [id for id in base.named(form) if id not in sought]
        if ids:
            out[form] = tuple(base[id] for id in ids)
    return out


def _below(base: Base, concept: Concept) -> list[Concept]:
    """Everything narrower, the nearest first."""
    out: dict[str, Concept] = {}
    level: Sequence[str] = [concept.id]
    while level and len(out) < MOST:
        following: list[str] = []
        for id in level:
            for kind, inverse, other, _ in base.related(id):
                if kind == "broader" and inverse and other.id not in out and other.id != concept.id:
                    out[other.id] = other
                    following.append(other.id)
        level = following
    return list(out.values())
