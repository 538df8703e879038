"""What writers of flat formats share: texts that fit a line, forms by script, evidence in words, what is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary.errors import InputError
from glossary.model import places
from glossary.text.script import to_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary.exchange.registry import Options
    from glossary.exchange.report import Report
    from glossary.model import Concept, EnTerm, Reference, ZhTerm

SCRIPTS = ("hans", "hant", "both")
DIRECTIONS = ("zh-en", "en-zh")
USABLE = ("preferred", "admitted")
_TRADITIONAL = frozenset({"TW", "HK", "MO"})  # regions that write traditional characters
# what breaks a line or a column, and what cannot be seen but turns text round or cannot be written as UTF-8
_BREAKS = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]+")

# every fact that a concept may hold, by the name under which its loss is reported
_OF_CONCEPT = ("kind", "domains", "status", "reviewed", "literal", "note", "relations", "sources", "remainder")
_OF_ZH = ("pinyin", "pinyin_tw", "use", "type", "region", "years", "note", "proposed", "sources", "remainder")
_OF_EN = ("use", "abbr", "register", "region", "pos", "years", "note", "proposed", "sources", "remainder")


def one_line(text: str) -> str:
    """A text on one line: breaks, tabs and control characters as one blank, direction marks left out."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BREAKS.sub(" ", _UNSEEN.sub("", text)).strip()


def clean(text: str, report: Report, field: str, where: str) -> str:
    """`one_line`, with a note in the report where it changed the text."""
    out = one_line(text)
    if out != text:
        report.note("changed", f"{field}: control characters, line breaks or outer blanks", where)
    return out


def option(options: Options, name: str, allowed: tuple[str, ...]) -> str:
    """One of the values that an option of a format may have; the first is the default. Raises InputError."""
    value = options.more.get(name, allowed[0])
    if value not in allowed:
        raise InputError(f"{name} must be {' or '.join(allowed)}, not {value!r}")
    return value


def only(options: Options, *known: str) -> None:
    """Refuse options that the format does not have. Raises InputError that lists those it has."""
    for name in options.more:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise InputError(f"this format has no option {name!r}; {has}")


def script_of(options: Options) -> str:
    """The script asked for. Raises InputError where there is no such script."""
    if options.script not in SCRIPTS:
        raise InputError(f"script must be {', '.join(SCRIPTS)}, not {options.script!r}")
    return options.script


def forms(term: ZhTerm, script: str) -> list[str]:
    """The written forms of a Chinese term in a script."""
    if script == "hans":
        return [term.text]
    hant = traditional(term)
    return [hant] if script == "hant" else list(dict.fromkeys((term.text, hant)))


def traditional(term: ZhTerm) -> str:
    """The traditional form of a term: its own, or else its text converted (half characters cannot be)."""
    return term.trad or to_traditional(_UNSEEN.sub("", term.text))


def renderings(concept: Concept) -> tuple[list[EnTerm], list[EnTerm]]:
    """The renderings that may be used, preferred first, and those that may not (deprecated, superseded)."""
    good = [t for t in concept.en if t.use in USABLE]
    return sorted(good, key=lambda t: t.use != "preferred"), [t for t in concept.en if t.use not in USABLE]


def names(concept: Concept) -> list[ZhTerm]:
    """The Chinese terms, preferred first, deprecated last."""
    order = {"preferred": 0, "admitted": 1, "superseded": 2}
    return sorted(concept.zh, key=lambda t: order.get(t.use, 3))


def at_home(concept: Concept, script: str, options: Options, report: Report, default: str = "own") -> list[ZhTerm]:
    """The Chinese terms as `names`; in simplified script without those said only in Taiwan, Hong Kong or Macao.

    They stay where the concept has no others, and with the option `regions=all`.
    """
    every = names(concept)
    if option(options, "regions", ("all", "own") if default == "all" else ("own", "all")) == "all" or script != "hans":
        return every
    kept = [t for t in every if t.region not in _TRADITIONAL]
    if not any(t.use in USABLE for t in kept):
        return every
    if len(kept) < len(every):
        report.note("dropped", "zh: forms of Taiwan, Hong Kong and Macao", concept.id, len(every) - len(kept))
    return kept


def evidence(concept: Concept, options: Options) -> list[tuple[str, str]]:
    """(work and places in it, its address or "") of each work that the concept or one of its terms cites."""
    works: dict[str, list[Reference]] = {}
    for reference in concept.references():
        works.setdefault(reference.cite, []).append(reference)
    out = []
    for cite, found in works.items():
        source = options.source_of(cite)
        where = places(found)
        urls = [r.url for r in found if r.url]
        url = next((u for u in [*urls, source.url if source else ""] if u.startswith(("http://", "https://"))), "")
        name = source.short_name if source else cite
        out.append((one_line(f"{name}, {where}" if where else name), url))
    return out


def label(options: Options, group: str, code: str) -> str:
    """The English label of a code of a closed list; the code itself where the base has no such list."""
    entry: Mapping[str, object] = options.vocabulary.get(group, {}).get(code, {})
    return str(entry.get("en", code))


def link(concept: Concept, options: Options) -> str:
    """The address of the entry below `options.more["address"]`; "" where no address is given."""
    root = options.more.get("address", "").rstrip("/")
    if root and not root.startswith(("http://", "https://")):
        raise InputError(f"address must begin with https:// or http://, not {root!r}")
    return f"{root}/c/{concept.id}" if root else ""


def edition(concepts: Iterable[Concept], options: Options) -> str:
    """The date of the edition: as given, or else that of the latest review; "" where there is neither."""
    return options.date or max((c.reviewed for c in concepts), default="")


def _held(concept: Concept) -> Iterator[tuple[str, int]]:
    """(name of a fact, how often the concept holds it)."""
    for name in _OF_CONCEPT:
        value = getattr(concept, name)
        if value:
            yield name, len(value) if isinstance(value, tuple) else 1
    definition = concept.definition
    yield "definition.en", bool(definition.en)
    yield "definition.zh", bool(definition.zh)
    yield "definition.sources", len(definition.sources)
    terms: tuple[ZhTerm, ...] | tuple[EnTerm, ...]
    for prefix, terms, fields in (("zh", concept.zh, _OF_ZH), ("en", concept.en, _OF_EN)):
        for name in fields:
            values = [getattr(t, name) for t in terms]
            yield f"{prefix}.{name}", sum(len(v) if isinstance(v, tuple) else int(bool(v)) for v in values)


def leave_out(concept: Concept, report: Report, carried: frozenset[str], script: str) -> None:
    """Count what a concept holds and a format does not carry; the forms in another script than `script` too."""
    for name, count in _held(concept):
        if count and name not in carried:
            report.note("dropped", name, concept.id, count)
    if script != "both":
        count = sum(bool(t.trad) and t.trad != t.text for t in concept.zh)
        if count:
            report.note("dropped", "zh.trad" if script == "hans" else "zh.text", concept.id, count)


def merged_sources(concept: Concept, report: Report) -> None:
    """Count what the terms and the definition cite themselves, where a format has one list for the whole concept."""
    count = len(concept.references()) - len(concept.sources)
    if count:
        report.note("changed", "sources of terms and definitions: one list for the concept", concept.id, count)
