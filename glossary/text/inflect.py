"""English inflection and spelling by rule: every form in which a rendering may stand in running text.

The forms go into the automaton when a base is compiled, so a rule may give more than English has (`planed` beside
`planned`, `advize` beside `advise`): what nobody writes is never met. What must not happen is a form that is another
word; so verbs are inflected only where a rendering is marked as one. Rules of regular inflection after the spelling
rules that school grammars give; irregular forms are listed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NOUNS = dict(
    pair.split(":")
    for pair in """
    child:children person:people person:persons man:men woman:women foot:feet tooth:teeth mouse:mice criterion:criteria
    phenomenon:phenomena analysis:analyses crisis:crises thesis:theses hypothesis:hypotheses basis:bases
    diagnosis:diagnoses synthesis:syntheses index:indices matrix:matrices appendix:appendices vertex:vertices
    medium:media curriculum:curricula stimulus:stimuli datum:data life:lives wife:wives knife:knives leaf:leaves
    self:selves thief:thieves half:halves memorandum:memoranda referendum:referenda
    """.split()
)
_PLURALS = {many: one for one, many in reversed(_NOUNS.items())}
_VERBS = {
    line.split()[0]: line.split()[1:]
    for line in """
    be is are was were being been
    beat beaten
    become became
    begin began begun
    bind bound
    break broke broken
    bring brought
    build built
    buy bought
    catch caught
    choose chose chosen
    cut
    deal dealt
    do does did done
    draw drew drawn
    drive drove driven
    fall fell fallen
    feel felt
    fight fought
    find found
    forbid forbade forbidden
    gain gained
    get got
    give gave given
    go goes went gone
    have has had
    hear heard
    hide hid hidden
    hold held
    keep kept
    know knew known
    lead led
    learn learnt
    leave left
    lend lent
    lie lied lying
    lose lost
    make made
    meet met
    overcome overcame
    pay paid
    prepare prepared
    read
    ride rode ridden
    run ran
    say said
    see saw seen
    seek sought
    sell sold
    send sent
    set
    shake shook shaken
    shut
    sit sat
    speak spoke spoken
    spend spent
    spread
    steal stole stolen
    strike struck
    take took taken
    teach taught
    tell told
    think thought
    undergo underwent undergone
    upset
    wear wore worn
    win won
    withdraw withdrew withdrawn
    write wrote written
    """.strip().splitlines()
}
# words that end in s and are no plurals
_SINGULAR = frozenset(
    "news series species means physics ethics politics economics mathematics statistics always".split()
)
_OUR = "s|ed|ing|al|ally|able|ite|ites|less|hood|hoods|ism|ist|ists"
_SPELLINGS = tuple(
    (re.compile(british), american, re.compile(other), back)
    for british, american, other, back in (
        (
            r"is(e[sdr]?|ers?|ing|able|ations?|ational)$",
            r"iz\1",
            r"iz(e[sdr]?|ers?|ing|able|ations?|ational)$",
            r"is\1",
        ),
        (r"ys(e[sdr]?|ers?|ing)$", r"yz\1", r"yz(e[sdr]?|ers?|ing)$", r"ys\1"),
        (
            rf"our({_OUR})?$",
            r"or\1",
            rf"or({_OUR})?$",
            r"our\1",
        ),
        (r"([bct])re(s|d)?$", r"\1er\2", r"([bct])er(s|d)?$", r"\1re\2"),
        (r"ogue(s?)$", r"og\1", r"og(s?)$", r"ogue\1"),
        (r"(def|off|lic|pret)ence(s?)$", r"\1ense\2", r"(def|off|lic|pret)ense(s?)$", r"\1ence\2"),
        (r"ll(ed|ing|ers?|ors?)$", r"l\1", r"l(ed|ing|ers?|ors?)$", r"ll\1"),
        (r"ogramme(s?)$", r"ogram\1", r"ogram(s?)$", r"ogramme\1"),
        (r"dgement(s?)$", r"dgment\1", r"dgment(s?)$", r"dgement\1"),
        (r"eing$", r"ing", r"geing$", r"ging"),
        (r"aed", r"ed", r"\b(p)ed(?=o|ia)", r"\1aed"),
    )
)
_VARIABLE = re.compile("(?:[iy][sz]|our|or|re|er|og|ence|ense|ll?(?:ed|ing|ers?|ors?)|gram|dge?ment|eing)|ae|pe[oi]")
_PAIRS = dict(
    pair
    for line in """
    cheque check,tyre tire,grey gray,kerb curb,sceptic skeptic,sceptical skeptical,mould mold,plough plow,storey story,
    artefact artifact,enquiry inquiry,practise practice,licence license,jail gaol,travelling traveling,metre meter,
    fulfil fulfill,enrol enroll,enrolment enrollment,instalment installment,skilful skillful,wilful willful,
    uyghur uighur,uyghur uygur,macao macau,xinjiang sinkiang
    """.replace("\n", "").split(",")
    for pair in (tuple(line.split()), tuple(reversed(line.split())))
    if len(pair) == 2
)
_PREPOSITION = re.compile(r"(?<= )(?:of|for|to|in|on|at|by|with|from|against|under|between|without) ")
_NOTE = re.compile(r" \([a-z][^()]*\)$")  # `defendant (civil)`: said of the term, not part of it
_LEADING = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
_ES = ("s", "x", "z", "ch", "sh", "o")
_MOST_WORDS = 12  # longer renderings are titles; they stand as they are


def plurals(noun: str) -> list[str]:
    """Plural forms that a noun may have."""
    if noun in _PLURALS:
        return []
    if noun in _NOUNS:
        return [_NOUNS[noun], noun + "s"]
    if noun.endswith("man"):
        return [noun[:-3] + "men"]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return [noun[:-1] + "ies"]
    if noun.endswith("is"):
        return [noun[:-2] + "es"]
    out = [noun + "es"] if noun.endswith(_ES) else []
    return out if noun.endswith(("s", "x", "z", "ch", "sh")) else [*out, noun + "s"]


def singular(noun: str) -> str:
    """The singular of a regular plural; "" where the noun is none, as far as its ending says."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun in _SINGULAR or len(noun) < 4 or not noun.endswith("s") or noun.endswith(("ss", "us", "is", "ics")):
        return ""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("sses", "xes", "ches", "shes")) else noun[:-1]


def conjugated(verb: str) -> list[str]:
    """Third person, past, participles; with and without doubled consonant, whichever English has."""
    if verb.endswith("e"):
        third, past, doing = verb + "s", verb + "d", [verb[:-1] + "ing", verb + "ing"]
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        third, past, doing = verb[:-1] + "ies", verb[:-1] + "ied", [verb + "ing"]
    else:
        third, past, doing = verb + ("es" if verb.endswith(_ES) else "s"), verb + "ed", [verb + "ing"]
        if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb):
            doing += [verb + verb[-1] + "ing", verb + verb[-1] + "ed"]
    return list(dict.fromkeys([third, past, *doing, *_VERBS.get(verb, [])]))


@lru_cache(maxsize=65536)  # words repeat: a large base is made of some ten thousand
def spelled(word: str) -> list[str]:
    """A word in the other spellings, British or American, that it may have; without itself."""
    out = [_PAIRS[word]] if word in _PAIRS else []
    if len(word) > 4 and _VARIABLE.search(word):
        for british, american, other, back in _SPELLINGS:
            out += [w for w in (british.sub(american, word), other.sub(back, word)) if w != word]
    return out


def forms(text: str, pos: str = "") -> list[str]:
    """A rendering in every form it may take in a text, itself first: `Behaviours`, `criteria for`, `detained`.

    `text` may be of several words: the last one is inflected, and the head before a preposition (`rights to privacy`);
    a verb where it stands first (`pos` verb, or a leading `to`). A lower-case note in brackets at the end and a
    leading article are no part of the form. Letters keep their case.
    """
    whole = _NOTE.sub("", text.strip())
    text = _LEADING.sub("", whole)
    verb = pos == "verb" or text.startswith("to ")
    text = text.removeprefix("to ")
    words = text.split(" ")
    if len(words) > _MOST_WORDS or not text:
        return [text] if text else []
    out = [text]
    for place in _places(text, words, verb):
        word = words[place].lower()
        acts = place == 0 and (verb or (len(words) > 1 and word in _VERBS))
        inflected = [*([] if verb else plurals(word)), *(conjugated(word) if acts else [])]
        out += [_with(words, place, form) for form in inflected if form != word]
    name = len(words) > 1 and all(w[:1].isupper() for w in words if len(w) > 3)
    if not verb and not name and pos != "adj":
        one = singular(words[-1].lower())
        if one and (len(words) > 1 or len(one) > 4):
            out.append(_with(words, len(words) - 1, one))
    other = []
    for form in out:
        parts = form.split(" ")
        for i, word in enumerate(parts):
            other += [_with(parts, i, s) for s in spelled(word.lower())]
            if "-" in word:  # a hyphen is a blank in folded text; here it may be nothing
                other.append(_with(parts, i, word.replace("-", "")))
    return list(dict.fromkeys([*out, *other, whole]))


def _places(text: str, words: list[str], verb: bool) -> list[int]:
    """Which words are inflected: the last one, the head before the first preposition, or the verb."""
    if verb:
        return [0]
    places = [len(words) - 1, *([0] if len(words) > 1 and words[0] in _VERBS else [])]  # `take effect`
    cut = _PREPOSITION.search(text)
    if cut:
        head = text[: cut.start()].count(" ") - 1
        if head >= 0:
            places.append(head)
    return places


def _with(words: list[str], place: int, word: str) -> str:
    return " ".join([*words[:place], word, *words[place + 1 :]])
