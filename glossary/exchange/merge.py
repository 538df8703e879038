"""Two records of one concept made into one.

Lists (terms, domains, sources, relations, the remainder) are united; of fields that hold one value the newer record's
stands, or what `settle` chooses where both say something. What a record leaves open ("") never replaces anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import fields, replace

from glossary.model import Concept, Definition, EnTerm, Relation, ZhTerm

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from glossary.model import Reference

    Settle = Callable[[str, str, str], str]  # (field, the old value, the new one) → the one to keep

_ONE_ZH = tuple(f.name for f in fields(ZhTerm) if f.type is str and f.name != "text")
_ONE_EN = tuple(f.name for f in fields(EnTerm) if f.type is str and f.name != "text")
_ONE = ("kind", "status", "reviewed", "literal", "note")
_Term = TypeVar("_Term", ZhTerm, EnTerm)
_H = TypeVar("_H", bound="Hashable")


def newer(field: str, old: str, new: str) -> str:
    """The plainest choice: the newer value."""
    return new


def united(old: Iterable[_H], new: Iterable[_H]) -> tuple[_H, ...]:
    """The old list as it is, then what the new one has beside it."""
    had = tuple(old)
    return (*had, *(item for item in dict.fromkeys(new) if item not in had))


def merge(old: Concept, new: Concept, settle: Settle = newer, *, exact: bool = False) -> Concept:
    """One concept out of two records of it; the id is the old one's.

    Designations that differ only in capitals are the same where one of the records has just one of them, but not when
    `exact` (within one file the author has meant two).
    """
    known = set(old.references())
    values: dict[str, Any] = {name: _one(name, getattr(old, name), getattr(new, name), settle) for name in _ONE}
    return Concept(
        id=old.id,
        domains=united(old.domains, new.domains),
        zh=in_order(_terms(old.zh, new.zh, _ONE_ZH, "zh", settle, known, exact=exact)),
        en=in_order(_terms(old.en, new.en, _ONE_EN, "en", settle, known, exact=exact)),
        definition=_definition(old.definition, new.definition, settle, known),
        relations=_relations(old.relations, new.relations),
        sources=united(old.sources, (r for r in new.sources if r not in known)),
        remainder=united(old.remainder, new.remainder),
        **values,
    )


def tidy(concept: Concept) -> Concept:
    """A concept in which each designation stands once, the preferred ones first."""
    zh = in_order(_terms((), concept.zh, _ONE_ZH, "zh", newer, set(), exact=True))
    en = in_order(_terms((), concept.en, _ONE_EN, "en", newer, set(), exact=True))
    return concept if zh == concept.zh and en == concept.en else replace(concept, zh=zh, en=en)


def in_order(terms: tuple[_Term, ...]) -> tuple[_Term, ...]:
    """The preferred designations first, then those whose status is open; otherwise as they stood."""
    ranks = [("preferred", "").index(t.use) if t.use in ("preferred", "") else 2 for t in terms]
    return terms if ranks == sorted(ranks) else tuple(sorted(terms, key=lambda t: ranks[terms.index(t)]))


def _one(name: str, old: str, new: str, settle: Settle) -> str:
    if not new or not old or new == old:
        return new or old
    return settle(name, old, new)


def _same(terms: list[_Term], new: _Term, taken: set[str]) -> int:
    """The place of the designation that this one is: the same text and no other region; -1 where it is new.

    Capitals make no difference, but for a text that is in `taken`.
    """
    low = new.text.casefold()
    fits = [
        i
        for i, t in enumerate(terms)
        if (t.text == new.text or (t.text not in taken and t.text.casefold() == low))
        and (t.region == new.region or not t.region or not new.region)
    ]
    return min(fits, key=lambda i: (terms[i].text != new.text, terms[i].region != new.region), default=-1)


def _terms(
    old: tuple[_Term, ...],
    new: tuple[_Term, ...],
    names: tuple[str, ...],
    lang: str,
    settle: Settle,
    known: set[Reference],
    *,
    exact: bool,
) -> tuple[_Term, ...]:
    out = list(old)
    taken = {t.text for t in (*old, *new)} if exact else {t.text for t in new}
    for term in new:
        at = _same(out, term, taken)
        if at < 0:
            out.append(term)
        elif out[at] != term:
            out[at] = _term(out[at], term, names, lang, settle, known)
    return tuple(out)


def _term(old: _Term, new: _Term, names: tuple[str, ...], lang: str, settle: Settle, known: set[Reference]) -> _Term:
    values: dict[str, Any] = {n: _one(f"{lang}.{n}", getattr(old, n), getattr(new, n), settle) for n in names}
    values["proposed"] = old.proposed or new.proposed
    values["sources"] = united(old.sources, (r for r in new.sources if r not in known))
    values["remainder"] = united(old.remainder, new.remainder)
    if isinstance(new, EnTerm) and isinstance(old, EnTerm):
        values["register"] = united(old.register, new.register)
    return replace(old, **values)


def _definition(old: Definition, new: Definition, settle: Settle, known: set[Reference]) -> Definition:
    return Definition(
        _one("definition.en", old.en, new.en, settle),
        _one("definition.zh", old.zh, new.zh, settle),
        united(old.sources, (r for r in new.sources if r not in known)),
    )


def _relations(old: tuple[Relation, ...], new: tuple[Relation, ...]) -> tuple[Relation, ...]:
    out = {(r.type, r.target): r for r in old}
    for relation in new:
        at = relation.type, relation.target
        if at not in out or (relation.note and not out[at].note):
            out[at] = relation
    return tuple(out.values())
