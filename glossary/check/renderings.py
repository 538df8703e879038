"""Renderings as patterns over stems: word for word, turned round a preposition, closed up or opened."""

from __future__ import annotations

import re
from functools import lru_cache

from glossary.check.english import AND, ANY, PASSED_OVER, PREPOSITION, PREPOSITIONS, TOKEN, Pattern, Text
from glossary.check.synonyms import alike
from glossary.check.words import kin, stem

_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")
_HEAD = re.compile(r"^(?:United Nations|UN) (?=[A-Z]\w+ \w+)")
_TAIL = re.compile(
    r"(?:,? of the People['’]s Republic of China|,? of (?:the )?PRC"
    r"|,? \(?(?:for )?(?:Trial(?: Implementation)?|Interim)\)?)$"
)


@lru_cache(maxsize=20000)
def patterns(rendering: str) -> tuple[Pattern, ...]:
    """What a rendering may look like word for word: as it is, without its aside, closed up where it is hyphenated."""
    out: dict[tuple[str, ...], Pattern] = {}
    for text in dict.fromkeys(
        (rendering, _ASIDE.sub("", rendering), _TAIL.sub("", rendering), _HEAD.sub("", rendering))
    ):
        made = _pattern(text)
        if made is None:
            continue
        out.setdefault(made.keys, made)
        for keys in _closed(text, made):
            out.setdefault(keys, Pattern(keys, made.words))
    return tuple(out.values())


def _pattern(text: str) -> Pattern | None:
    parsed = Text(text)
    keys: list[str] = []
    for i, key in enumerate(parsed.stems):
        if key in PREPOSITIONS and keys:
            if keys[-1] != PREPOSITION:
                keys.append(PREPOSITION)
        elif key == "age" and keys and keys[-1] == PREPOSITION and i + 1 < len(parsed.stems):
            continue  # "under the age of 14" is "under 14"
        elif key == "and":
            keys.append(AND)
        elif key not in PASSED_OVER and not (key in ("to", "be") and not keys):
            keys.append(key)
    while keys and keys[-1] in (PREPOSITION, AND):
        keys.pop()
    while keys and keys[0] in (PREPOSITION, AND):
        keys.pop(0)
    if not keys:  # nothing but small words: "for"
        return None
    words = tuple(f for f, s in zip(parsed.folded, parsed.stems, strict=True) if s in keys)
    bare = text.strip()
    capitals = len(keys) == 1 and len(bare) > 1 and bare.removesuffix("s").isupper()
    return Pattern(tuple(keys), words, capitals=capitals, comma="," in text)


def _closed(text: str, made: Pattern) -> list[tuple[str, ...]]:
    """The pattern with two neighbouring words written as one: `micro-expression` as `microexpression`."""
    raw = [w for w in TOKEN.findall(text) if stem(w) in made.keys]
    if len(raw) != len(made.keys):
        return []
    out = []
    for i in range(len(raw) - 1):
        if not raw[i].isupper():
            out.append((*made.keys[:i], stem(raw[i] + raw[i + 1]), *made.keys[i + 2 :]))
    return out


@lru_cache(maxsize=20000)
def opened(rendering: str) -> tuple[Pattern, ...]:
    """A closed compound as two words: `voiceprint` as `voice print`. Tried only where nothing else is found."""
    made = _pattern(rendering)
    if made is None:
        return ()
    words = {stem(w): w.lower() for w in TOKEN.findall(rendering)}
    out = []
    for i, key in enumerate(made.keys):
        each = words.get(key, "")
        if len(each) >= 6 and each.isalpha():
            for cut in range(3, len(each) - 2):
                keys = (*made.keys[:i], stem(each[:cut]), stem(each[cut:]), *made.keys[i + 1 :])
                out.append(Pattern(keys, made.words))
    return tuple(out)


@lru_cache(maxsize=20000)
def turns(rendering: str) -> tuple[Pattern, ...]:
    """What says the same with its parts turned round a preposition.

    *emotion recognition* → *recognition of emotion*; *right to privacy* → *privacy right*.
    """
    made = _pattern(rendering)
    if made is None or len(made.keys) < 2:
        return ()
    keys = made.keys
    out: list[tuple[str, ...]] = []
    if keys.count(PREPOSITION) == 1:
        k = keys.index(PREPOSITION)
        out.append((*keys[k + 1 :], *keys[:k]))
    if keys.count(PREPOSITION) <= 1 and AND not in keys:
        start = keys.index(PREPOSITION) if PREPOSITION in keys else len(keys)
        # the words before a preposition (or all) turned: "public opinion supervision" → "supervision of public opinion"
        for k in range(1, start):
            out.append((*keys[k:start], PREPOSITION, *keys[:k], *keys[start:]))
    return tuple(Pattern(k, made.words) for k in out)


def mixed(rendering: str, others: tuple[str, ...]) -> list[Pattern]:
    """A rendering of several words, each of which may be one of the same meaning, or the one that stands in its place
    in another rendering: *training institution* from *training agency* and *tutoring institution*.
    """
    made = _pattern(rendering)
    if made is None or len(made.keys) < 2 or made.capitals:
        return []
    same = [alike(key) for key in made.keys]
    for other in map(_pattern, others):
        if other and _is_parallel(made.keys, other.keys):
            same = [known | {key} for known, key in zip(same, other.keys, strict=True)]
    any_of = {k: ANY.join(("", *sorted(s), "")) for k, s in zip(made.keys, same, strict=True) if len(s) > 1}
    if not any_of:
        return []
    return [Pattern(tuple(any_of.get(k, k) for k in p.keys), p.words) for p in (made, *turns(rendering))]


def _is_parallel(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether word answers word: not *distracted driving* and *driver distraction*."""
    if len(ours) != len(theirs) or _marks(ours) != _marks(theirs):
        return False
    return not any(
        i != k and a not in (PREPOSITION, AND) and kin(a, b) for i, a in enumerate(ours) for k, b in enumerate(theirs)
    )


def _marks(keys: tuple[str, ...]) -> list[int]:
    return [i for i, key in enumerate(keys) if key in (PREPOSITION, AND)]
