"""English to compare by: words in lower case, one spelling for British and American, irregular forms undone.

Every rule is applied to the index and to the query alike, so a rule may merge more than it should (`advise` and
`advize`) without harm: nothing of this is ever shown. Regular inflection is left to the Porter stemmer of the index.
Spelling rules after the classes that Oxford's style guides list as differing between British and American use.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from glossary.text.normalize import Folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HYPHEN = re.compile("[-‐‑–/]")
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑–/][^\W_]+)+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_SUFFIXES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"isation(s?)$", r"ization\1"),
        (r"is(e|es|ed|ing|er|ers|able)$", r"iz\1"),
        (r"ys(e|es|ed|ing|er|ers)$", r"yz\1"),
        (r"(?<=[a-z][a-z])our(s|ed|ing|ite|ites|able|al|ally|less|hood|ism|ist|ists)?$", r"or\1"),
        (r"(?<=[bt])re(s|d)?$", r"er\1"),
        (r"([a-z]{2}og)ue(s?)$", r"\1\2"),
        (r"(def|off|lic|pret)ence(s?)$", r"\1ense\2"),
        (r"ll(ed|ing|er|ers|or|ors|ation|ations|ment|ments|ful)?$", r"l\1"),
        (r"amme(s?|d|r|rs)$", r"am\1"),
        (r"dgement(s?)$", r"dgment\1"),
        (r"geing$", "ging"),
        (r"men$", "man"),
    )
)
_STARTS = re.compile(r"^(an)?(a?)(paed|haem|foet|oestr|gynaec|archae|encyclopaed|manoeuv|anaesth|orthopaed|diarrhoea)")
# forms that no rule gives: the lemma, or the other spelling
_IRREGULAR = dict(
    pair.split(":")
    for pair in """
    children:child feet:foot teeth:tooth mice:mouse people:person persons:person criteria:criterion phenomena:phenomenon
    analyses:analysis crises:crisis theses:thesis hypotheses:hypothesis bases:basis diagnoses:diagnosis indices:index
    matrices:matrix appendices:appendix vertices:vertex media:medium lives:life wives:wife knives:knife selves:self
    lying:lie lied:lie lies:lie liar:lie dying:die died:die tying:tie taught:teach took:take taken:take gave:give
    given:give wrote:write written:write spoke:speak spoken:speak sought:seek held:hold kept:keep knew:know known:know
    saw:see seen:see built:build sent:send bought:buy caught:catch felt:feel chose:choose chosen:choose drove:drive
    driven:drive
    brought:bring fled:flee withdrew:withdraw withdrawn:withdraw struck:strike lost:lose sold:sell told:tell
    fought:fight dealt:deal slept:sleep spent:spend shot:shoot shown:show threw:throw thrown:throw got:get
    understood:understand undertook:undertake undertaken:undertake overtook:overtake overtaken:overtake drew:draw
    drawn:draw drank:drink drunken:drunk arose:arise arisen:arise underwent:undergo undergone:undergo overrode:override
    overridden:override swore:swear sworn:swear thought:think fed:feed
    forbade:forbid forbidden:forbid hid:hide hidden:hide broke:break broken:break stole:steal stolen:steal rode:ride
    wore:wear worn:wear made:make said:say went:go gone:go began:begin begun:begin led:lead met:meet paid:pay ran:run
    cheque:check cheques:check tyre:tire tyres:tire grey:gray kerb:curb sceptic:skeptic sceptical:skeptical mould:mold
    plough:plow aluminium:aluminum pyjamas:pajamas storey:story storeys:story judgement:judgment cosy:cozy disc:disk
    artefact:artifact artefacts:artifact enquiry:inquiry enquiries:inquiry practise:practice practised:practiced
    licence:license licences:license defence:defense defences:defense offence:offense offences:offense uyghur:uighur
    uyghurs:uighur uygur:uighur uygurs:uighur uighurs:uighur tibetan:tibet autistic:autism epileptic:epilepsy
    schizophrenic:schizophrenia anxious:anxiety racist:racism psychotic:psychosis neurotic:neurosis diabetic:diabetes
    paranoid:paranoia
    """.split()
)


_ENDINGS = sorted(
    """
    e ed es er ers or ors ing ion ions ive ively able ability ment ments al ally ity ness ance ence ant ent y s
    ation ations ition itions ization izations ize ized izes izing izer izers ification ifications ify ified ifies
    ifying ate ated ates ating ator ators ative ic ical ics ism ist ists
    """.split(),
    key=len,
    reverse=True,
)


@lru_cache(maxsize=65536)
def word(text: str) -> str:
    """One word as it is compared: `Behaviours` → behaviors."""
    low = text.lower().replace("’", "'")
    low = re.sub(r"'s?$", "", low).replace("'", "")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if len(low) < 5 or not low.isascii():
        return low
    if "ae" in low or "oe" in low:
        low = _STARTS.sub(lambda m: m[0].replace("ae", "e").replace("oe", "e"), low)
    for pattern, to in _SUFFIXES:
        changed = pattern.sub(to, low)
        if changed != low:
            return changed
    return low


@lru_cache(maxsize=256)  # of a term the keys and the tokens are made, one after the other
def _words(text: str) -> tuple[str, ...]:
    if "." in text:
        text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    return tuple(map(word, _WORD.findall(text)))


def words(text: str) -> list[str]:
    """The words of a text as they are compared; dots between single letters are dropped (I.E.E.E.)."""
    return list(_words(text))


def tokens(text: str) -> str:
    """What goes into the index: the words, and each hyphenated compound also as one word (`microexpression`)."""
    joined = ["".join(words(c)) for c in _COMPOUND.findall(text)] if _HYPHEN.search(text) else []
    return " ".join([*_words(text), *joined])


def root(stem: str) -> str:
    """What a long word shares with its derivations: recognising, recognition → recogn. "" where too little is left."""
    return next((stem[: -len(e)] for e in _ENDINGS if stem.endswith(e) and len(stem) - len(e) >= 5), "")


# Running text. Every step keeps the length or is a cut that `Folded` knows the way back over.

_WRAPPED = re.compile(r"[-‐‑]?[^\S\n]*\n[^\S\n]*(?!\n)|[^\S\n]{2,}|[\u00ad\u200b-\u200f\u2060\ufeff]")
_FOREIGN = re.compile("[\u0250-\U0010ffff]")
_KEPT = "+&"  # part of names: Face++, R&D


@cache
def _letters() -> dict[int, str]:
    """Letters in lower case without their accents, everything else but digits a blank; one character for one."""
    out = {}
    for code in range(0x250):
        char = chr(code)
        plain = unicodedata.normalize("NFD", char.lower())[:1]
        out[code] = plain if plain.isalnum() and len(char.lower()) == 1 else char if char in _KEPT else " "
    return out


def fold_running(text: str) -> Folded:
    """English running text to be matched: words in lower case with one blank between, one blank at both ends.

    Hyphens and apostrophes are blanks too; punctuation leaves two blanks, so no term goes on over it. A line end
    inside a sentence is one blank. The blank at the front shifts nothing: `Folded.span` knows of it.
    """
    cuts, shifts, pieces = [0], [-1], [" "]
    at, gone = 0, -1
    for gap in _WRAPPED.finditer(text):
        start, end = gap.span()
        kept = 1 if gap[0][0].isspace() or gap[0][-1].isspace() else 0  # what is invisible goes altogether
        if end - start == kept:
            continue
        pieces.append(text[at:start] + " " * kept)
        gone += end - start - kept
        cuts.append(end - gone)
        shifts.append(gone)
        at = end
    joined = "".join([*pieces, text[at:], " "]).translate(_letters())
    return Folded(joined if joined.isascii() else _FOREIGN.sub(" ", joined), cuts, shifts)


def pattern(form: str) -> str:
    """A form as it is looked for in folded running text; "" where nothing of it is left."""
    inner = (form.translate(_letters()) if form.isascii() else fold_running(form).text).strip()
    return f" {inner} " if inner else ""
