"""Single English words as a checker compares them: inflection undone, families told.

Inflection is undone alike on both sides, rule by rule and not by a dictionary: `policing` and `police` become one,
which costs a checker next to nothing. Spelling variants are undone by `text.english`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from glossary.text.english import root, word

# what the rules below would get wrong
_FORMS = dict(
    pair.split(":")
    for pair in "ups:up ids:id ads:ad irises:iris used:use using:use aging:age aged:age agreed:agree freed:free "
    "guaranteed:guarantee".split()
)


@lru_cache(maxsize=65536)
def stem(text: str) -> str:
    """What the inflected forms of one word have in common: `recognises`, `recognising` → recogniz."""
    low = _FORMS.get(text.lower()) or word(text)
    if low == text.lower() and re.search("[^aeisu]s$|[^ixhz]es$", low) and len(low) > 6:
        low = word(low[:-1])  # neighbourhoods: the spelling rules know the singular
    if len(low) < 4 or not low.isascii():
        return low[:-1] if text[-1:] == "s" and text[:-1].isupper() else low  # AIs, Big Vs
    if low.endswith("ies") and len(low) > 4:
        low = low[:-3] + "y"
    elif re.search(r"(?:ss|x|ch|sh|zz)es$", low):
        low = low[:-2]
    elif low.endswith(("eaus", "eaux")) or (low.endswith("s") and not low.endswith(("ss", "us", "is"))):
        low = low[:-1]
    out = _verb(low)
    return out[:-1] if out.endswith("ll") else out  # the spelling rules make caled of called


def _verb(low: str) -> str:
    if low.endswith("ied") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith("ee"):
        return low  # flee, as fleeing
    for ending in ("ing", "ed"):
        rest = low.removesuffix(ending)
        if rest != low and len(rest) >= 3 and re.search("[aeiouy]", rest) and not low.endswith("eed"):
            if rest[-1] == rest[-2] and rest[-1] not in "lsze":
                rest = rest[:-1]
            return rest if rest.endswith("ee") else rest.removesuffix("e")
    return low.removesuffix("e") if len(low) > 3 else low


# derivations whose roots differ
_KIN = {
    stem(noun): stem(verb)
    for noun, verb in (
        pair.split(":")
        for pair in """
        detention:detain deception:deceive compliance:comply application:apply retention:retain suspicion:suspect
        speech:speak perception:perceive description:describe reception:receive expulsion:expel compulsion:compel
        disclosure:disclose exposure:expose seizure:seize arrival:arrive refusal:refuse trial:try proof:prove
        analysis:analyze emphasis:emphasize diagnosis:diagnose anonymity:anonymous privacy:private security:secure
        Chinese:China Taiwanese:Taiwan American:America Russian:Russia Japanese:Japan Korean:Korea European:Europe
        British:Britain French:France German:Germany scientific:science
        revocation:revoke invocation:invoke provocation:provoke storage:store identification:identify
        breach:break verification:verify notification:notify classification:classify
        facial:face vocal:voice criminal:crime mental:mind legal:law
        safety:safe secrecy:secret legality:legal equality:equal race:racial maintenance:maintain sustenance:sustain
        erasure:erase failure:fail closure:close sale:sell loss:lose choice:choose growth:grow theft:steal
        invasion:invade evasion:evade decision:decide division:divide admission:admit omission:omit solution:solve
        denial:deny guidance:guide hindrance:hinder robbery:rob bribery:bribe forgery:forge entry:enter signature:sign
        plea:plead belief:believe death:die abuse:abusive possession:possess repetition:repeat intent:intend
        extension:extend suspension:suspend persuasion:persuade allegation:allege
        anger:angry fear:fearful sadness:sad happiness:happy
        himself:self herself:self itself:self themselves:self oneself:self
        """.split()
    )
}


@lru_cache(maxsize=65536)
def kin(one: str, other: str) -> bool:
    """Whether two words, as `text.english.word` gives them, are of one family: recognition, recognise."""
    a, b = stem(one), stem(other)
    a, b = _KIN.get(a, a), _KIN.get(b, b)
    if a == b or root(one) == other or root(other) == one:
        return True
    if min(len(a), len(b)) < 5 or a[:4] != b[:4]:
        return False
    if _opposed(one, other) or _opposed(other, one):
        return False
    first, second = (root(one) or a), (root(other) or b)
    if first in (second, b) or second == a:
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 5 and shared >= min(len(a), len(b)) - 2


def _opposed(one: str, other: str) -> bool:
    """Whether two words name those on either side: *tenderee*, *tenderer*; or a person and a thing: *policeman*."""
    one, other = one.removesuffix("s"), other.removesuffix("s")
    return (one.endswith("ee") and other.endswith(("er", "or"))) or (one.endswith("man") and not other.endswith("man"))


@lru_cache(maxsize=65536)
def does(one: str, other: str) -> bool:
    """Whether one word names who does the other: *driver*, *driving*. Too little where it is all there is."""
    short, long = sorted((stem(one), stem(other)), key=len)
    return len(short) >= 4 and long in (short + "er", short + "or")
