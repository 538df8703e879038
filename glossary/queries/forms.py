"""Which forms of a concept are worth asking an engine for, in which script and order, and why others are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.text.normalize import han_characters
from glossary.text.script import to_regional, to_traditional

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary.model import Concept, EnTerm, ZhTerm
    from glossary.queries.choose import Chosen
    from glossary.queries.engine import Engine
    from glossary.queries.query import Wanted

PLACES = {"CN": "mainland China", "TW": "Taiwan", "HK": "Hong Kong", "SG": "Singapore"}
_USES = {"preferred": 0, "admitted": 1, "superseded": 2, "deprecated": 3}
SHORTEST_LATIN = 4  # letters: a shorter abbreviation means too much else


@dataclass(frozen=True, slots=True)
class Form:
    """One written form and the rank it is asked for by (the lower the better)."""

    text: str
    rank: tuple[int, ...]


class Selection:
    """The forms of one block in order, what was left out with the reason, and what must not be found instead."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.dropped: dict[str, str] = {}
        self.excluded: list[str] = []


def select(chosen: Sequence[Chosen], engine: Engine, wanted: Wanted) -> Selection:
    """Choose the forms of a block: of every concept in it, of what is narrower, in English too if that is wanted."""
    out = Selection()
    found: list[Form] = []
    for item in chosen:
        for depth, concept in enumerate([item.concept, *item.narrower]):
            for form in _of_concept(concept, item, engine, wanted, out):
                found.append(Form(form.text, (min(depth, 1), *form.rank)))
    found.sort(key=lambda form: form.rank)
    out.forms = list(dict.fromkeys(form.text for form in found))
    if engine.match == "phrase":
        out.forms = _without_redundant(out.forms, out.dropped)
    for text in out.forms:
        out.dropped.pop(text, None)  # left out for one concept, wanted for another
    out.excluded = [t for t in dict.fromkeys(out.excluded) if not any(t in form for form in out.forms)]
    return out


def _of_concept(concept: Concept, item: Chosen, engine: Engine, wanted: Wanted, out: Selection) -> list[Form]:
    """The forms of one concept; never none if it has any that the engine can be asked for."""
    scripts = wanted.scripts or engine.script
    kept: list[Form] = []
    doubtful: list[tuple[Form, str]] = []
    for place, zh in enumerate(sorted(concept.zh, key=lambda t: (_away(t, engine), _USES[t.use]))):
        for text in _written(zh, engine, scripts):
            reason = _not_wanted(zh, wanted) or _unwritable(text, engine)
            doubt = _elsewhere(zh, engine, scripts) or _doubt(zh, text, item, wanted)
            form = Form(text, (0, place))
            if reason:
                out.dropped.setdefault(text, reason)
            elif doubt:
                doubtful.append((form, doubt))
            else:
                kept.append(form)
                if zh.use == "preferred" and wanted.homographs == "drop":
                    out.excluded += _other_senses(zh, item, engine, scripts)
    if not kept and doubtful:  # better a doubtful form than none
        kept = [doubtful.pop(0)[0]]
    for form, doubt in doubtful:
        out.dropped.setdefault(form.text, doubt)
    if wanted.english or not concept.zh:
        kept += _english(concept.en, engine, out)
    return kept


def _away(zh: ZhTerm, engine: Engine) -> bool:
    """Whether a term is not one of the engine's own place, where that has terms of its own."""
    return engine.place in ("TW", "HK") and zh.region != engine.place


def _not_wanted(term: ZhTerm, wanted: Wanted) -> str:
    if term.use not in ("superseded", "deprecated") or wanted.old == "all":
        return ""
    if wanted.old == "none":
        return f"{term.use}"
    return "" if term.use == "superseded" or term.sources else "deprecated, and no source uses it"


def _elsewhere(zh: ZhTerm, engine: Engine, scripts: str) -> str:
    """Why a term of another place is not asked for."""
    if not zh.region or zh.region == engine.place:
        return ""
    if engine.place or (zh.region in ("TW", "HK") and scripts == "hans"):
        return f"used in {PLACES.get(zh.region, zh.region)}"
    return ""


def _written(zh: ZhTerm, engine: Engine, scripts: str) -> list[str]:
    """A term as it is written in the scripts that are wanted."""
    place = engine.place if engine.place in ("TW", "HK") else zh.region
    general = zh.trad or to_traditional(zh.text, place)
    hant = [to_regional(general, place), general]  # people there write 衞 and 衛
    if scripts == "hans":
        texts = [zh.text]
    elif scripts == "hant" or zh.region in ("TW", "HK"):
        texts = hant
    else:
        texts = [zh.text, *hant]
    return list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))


def _unwritable(text: str, engine: Engine) -> str:
    if engine.quote and engine.quote in text:
        return f"holds {engine.quote}, the engine's own quotation mark"
    return ""


def _doubt(zh: ZhTerm, text: str, item: Chosen, wanted: Wanted) -> str:
    """Why a form would find other things too."""
    if wanted.homographs == "keep":
        return ""
    letters = sum(c.isalnum() for c in text)
    if letters < 2 or (not han_characters(text) and letters < SHORTEST_LATIN):
        return "too short: it stands in too many other words"
    others = item.others.get(zh.text, ())
    if others and zh.use != "preferred":
        return "also means " + "; ".join(o.label for o in others)
    return ""


def _other_senses(zh: ZhTerm, item: Chosen, engine: Engine, scripts: str) -> list[str]:
    """What the other concepts of a shared form are called by themselves."""
    out: list[str] = []
    for other in item.others.get(zh.text, ()):
        own = [t for t in other.zh if t.text != zh.text and t.use == "preferred"]
        out += [text for term in own for text in _written(term, engine, scripts)]
    return [text for text in out if not _unwritable(text, engine)]


def _english(terms: Iterable[EnTerm], engine: Engine, out: Selection) -> list[Form]:
    kept: list[Form] = []
    for place, term in enumerate(terms):
        if term.use not in ("preferred", "admitted"):
            out.dropped.setdefault(term.text, term.use)
            continue
        for text in filter(None, (term.text, term.abbr)):
            short = sum(c.isalnum() for c in text) < SHORTEST_LATIN
            reason = "too short: it stands for too much else" if short else _unwritable(text, engine)
            if reason:
                out.dropped.setdefault(text, reason)
            else:
                kept.append(Form(" ".join(text.split()), (1, place)))
    return kept


def _without_redundant(forms: list[str], dropped: dict[str, str]) -> list[str]:
    """Take out what a search for another form finds anyway: whatever contains that form."""
    kept = []
    for form in forms:
        inside = next((other for other in forms if other != form and stands_in(other, form)), "")
        if inside:
            dropped.setdefault(form, f"found by {inside}")
        else:
            kept.append(form)
    return kept


def stands_in(short: str, long: str) -> bool:
    """Whether a form stands in a longer one as a phrase: Chinese anywhere, Latin at the edges of words only."""
    at = long.find(short)
    while at >= 0:
        end = at + len(short)
        cut_before = at > 0 and _latin(long[at - 1]) and _latin(short[0])
        cut_after = end < len(long) and _latin(long[end]) and _latin(short[-1])
        if not cut_before and not cut_after:
            return True
        at = long.find(short, at + 1)
    return False


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"
