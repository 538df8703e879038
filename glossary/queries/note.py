"""What was asked and what was left out, in sentences that can stand in a methods section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary import __version__
from glossary.queries.engine import FIELDS, limit_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from glossary.queries.choose import Chosen
    from glossary.queries.engine import Engine
    from glossary.queries.query import Wanted

_MONTHS = "January February March April May June July August September October November December".split()
_SCRIPT = {"hans": "simplified characters", "hant": "traditional characters", "both": "both scripts"}
NAMED = 12  # concepts that a note names before it only counts them
SHOWN = 25  # forms left out for one reason that a note lists before it only counts them


def note(
    engine: Engine,
    groups: Sequence[Sequence[Chosen]],
    part: Sequence[Sequence[str]],
    excluded: Sequence[str],
    dropped: Mapping[str, str],
    wanted: Wanted,
    number: int,
    parts: int,
) -> str:
    """The note of one query."""
    sentences = [
        _what(engine, wanted, number, parts),
        "Sought: " + ", together with ".join(map(_group, groups if engine.and_ else groups[:1])) + ".",
        _forms(engine, part, wanted),
        f"Excluded: {'; '.join(excluded)}." if excluded else "",
        _left_out(dropped),
        _not_obeyed(engine, wanted, len(groups)),
        _matching(engine, part, dropped),
        _limits(engine),
        "Not verified: " + "; ".join(engine.unchecked) + "." if engine.unchecked else "",
    ]
    return " ".join(filter(None, sentences))


def day(iso: str) -> str:
    """`2026-11-23` as `23 November 2026`."""
    year, month, number = iso.split("-")
    return f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def _what(engine: Engine, wanted: Wanted, number: int, parts: int) -> str:
    where = f"{engine.name} ({engine.zh}, {engine.form})"
    which = f", string {number} of {parts}" if parts > 1 else ""
    if engine.fields:
        name = wanted.field if wanted.field in engine.fields else "topic"
        which += f", field {engine.field_code(name)} ({FIELDS[name]})"
    when = f" on {day(wanted.date)}" if wanted.date else ""
    return f"Search string for {where}{which}, composed{when} with zh-en-glossary {__version__}."


def _group(group: Sequence[Chosen]) -> str:
    names = []
    for item in group[:NAMED]:
        names.append(f"{item.concept.label} ({item.concept.id or 'as typed'})")
        if item.narrower:
            count = len(item.narrower)
            names[-1] += f" and {count} narrower {'concept' if count == 1 else 'concepts'}"
    rest = len(group) - NAMED
    return " or ".join(names) + (f" or {rest} further concepts" if rest > 0 else "")


def _forms(engine: Engine, part: Sequence[Sequence[str]], wanted: Wanted) -> str:
    count = sum(map(len, part))
    if not count:
        return "There is no form that it could be asked for."
    script = _SCRIPT[wanted.scripts or engine.script]
    how = " joined by OR" if any(len(block) > 1 for block in part) else ""
    how += (" within each group and by AND between groups" if how else " joined by AND") if len(part) > 1 else ""
    return f"It holds {count} {'form' if count == 1 else 'forms'} (Chinese in {script}){how}."


def _left_out(dropped: Mapping[str, str]) -> str:
    reasons: dict[str, list[str]] = {}
    for form, why in dropped.items():
        reasons.setdefault(why, []).append(form)
    if not reasons:
        return "No form was left out."
    told = []
    for why, forms in reasons.items():
        listed = ", ".join(forms[:SHOWN]) + (f" and {len(forms) - SHOWN} more" if len(forms) > SHOWN else "")
        told.append(f"{listed} ({why})")
    return "Left out: " + "; ".join(told) + "."


def _not_obeyed(engine: Engine, wanted: Wanted, groups: int) -> str:
    """What was wished and the engine has no way to do."""
    out = []
    if groups > 1 and not engine.and_:
        out.append("join groups by AND")
    if wanted.exclude and not engine.not_:
        out.append("exclude terms")
    if wanted.site and not engine.site:
        out.append("keep to a site")
    if wanted.field != "topic" and wanted.field not in engine.fields:
        out.append(f"search the {FIELDS[wanted.field]} alone")
    return f"This engine cannot be told to {', or to '.join(out)}; that was left undone." if out else ""


def _matching(engine: Engine, part: Sequence[Sequence[str]], dropped: Mapping[str, str]) -> str:
    """Why longer forms stand beside the shorter ones in them, or do not."""
    if any(why.startswith("found by ") for why in dropped.values()):
        return (
            "Quoted forms are taken to match inside longer ones, so what contains a form that is sought was left out."
        )
    if engine.match == "phrase" or sum(map(len, part)) < 2:
        return ""
    if engine.match == "words":
        return "The engine matches indexed words, so longer forms are kept beside the shorter ones in them."
    return "It is not documented how the engine matches, so longer forms are kept beside the shorter ones in them."


def _limits(engine: Engine) -> str:
    limits = [limit_in_words(name, most) for name, most in engine.limits.items()]
    most = f" (among them: {', '.join(limits)})" if limits else ""
    return (
        f"The engine's rules{most} were taken from published descriptions on {day(engine.checked.isoformat())}; "
        "they were not tried on the site."
    )
