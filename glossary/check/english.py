"""English as a checker reads it: a text of tokens with offsets, and renderings as patterns over their stems.

Inflection is undone alike on both sides (rule by rule, not by a dictionary: `policing` and `police` become one, which
costs a checker next to nothing), spelling variants by `text.english`. Articles and possessives are passed over, one
preposition stands for another, and general abbreviations (AI, PRC) stand for what they shorten.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from glossary.text.english import root, word

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_HAN_IN = re.compile(r"[\u3400-\u9fff]")
PASSED_OVER = frozenset("a an the its their his her our your my this that these those such any all s one each".split())
PREPOSITIONS = frozenset(
    "of to for in on by from over against about concerning regarding with at between into towards toward within among "
    "through via under".split()
)
COORDINATORS = frozenset("and or nor but as plus".split())
PREPOSITION = "\0of"  # in a pattern: any preposition
AND = "\0and"
# what is written short in any text of the field, and long in a rendering, or the other way about
_SHORT = {
    ("artificial", "intelligence"): "ai",
    ("people", "republic", "of", "china"): "prc",
    ("communist", "party", "of", "china"): "cpc",
    ("chinese", "communist", "party"): "cpc",
    ("united", "nations"): "un",
    ("united", "states"): "us",
    ("european", "union"): "eu",
}
_SAME = {"ccp": "cpc", "usa": "us"} | {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
    if n > 1
}
SPACE, COMMA, BRACKET, STOP = range(4)  # what stands between two tokens


# what the rules below would get wrong
_FORMS = {"irises": "iris", "used": "use", "using": "use", "aging": "age", "aged": "age"}


@lru_cache(maxsize=65536)
def stem(text: str) -> str:
    """What the inflected forms of one word have in common: `recognises`, `recognising` → recogniz."""
    low = _FORMS.get(text.lower()) or word(text)
    if len(low) < 4 or not low.isascii():
        return low
    if low.endswith("ies") and len(low) > 4:
        low = low[:-3] + "y"
    elif re.search(r"(?:ss|x|ch|sh|zz)es$", low):
        low = low[:-2]
    elif low.endswith(("eaus", "eaux")):
        low = low[:-1]
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")):
        low = low[:-1]
    return _verb(low)


def _verb(low: str) -> str:
    if low.endswith("ied") and len(low) > 4:
        return low[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = low.removesuffix(ending)
        if rest != low and len(rest) >= 3 and re.search("[aeiouy]", rest) and not low.endswith("eed"):
            if rest[-1] == rest[-2] and rest[-1] not in "lsz":
                rest = rest[:-1]
            return rest.removesuffix("e")
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
        safety:safe secrecy:secret legality:legal equality:equal race:racial maintenance:maintain sustenance:sustain
        """.split()
    )
}


@lru_cache(maxsize=65536)
def kin(one: str, other: str) -> bool:
    """Whether two words, as `text.english.word` gives them, are of one family: recognition, recognise."""
    a, b = stem(one), stem(other)
    a, b = _KIN.get(a, a), _KIN.get(b, b)
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or a[:4] != b[:4]:
        return False
    if any(one.removesuffix("s").endswith(e) != other.removesuffix("s").endswith(e) for e in ("ee", "man")):
        return False  # a tenderee is no tenderer
    first, second = (root(one) or a), (root(other) or b)
    if first == second or first == b or second == a:
        return True
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 5 and shared >= min(len(a), len(b)) - 2


@lru_cache(maxsize=65536)
def _does(one: str, other: str) -> bool:
    """Whether one word names who does the other: *driver*, *driving*. Too little where it is all there is."""
    short, long = sorted((stem(one), stem(other)), key=len)
    return len(short) >= 4 and long in (short + "er", short + "or")


class Text:
    """The tokens of an English text: as written, in one spelling, stems, offsets, and what stands before each."""

    __slots__ = ("at", "before", "ends", "folded", "places", "raw", "starts", "stems")

    def __init__(self, text: str) -> None:
        self.raw: list[str] = []
        self.folded: list[str] = []
        self.stems: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.before: list[int] = []
        last = 0
        for found in _TOKEN.finditer(text):
            raw = found[0].replace(".", "") if "." in found[0] else found[0]
            self._add(raw, found.start(), found.end(), _between(text[last : found.start()]))
            last = found.end()
        self._shorten()
        self._index()

    def _add(self, raw: str, start: int, end: int, before: int) -> None:
        self.raw.append(raw)
        self.folded.append(word(raw))
        self.stems.append(stem(raw))
        self.starts.append(start)
        self.ends.append(end)
        self.before.append(before)

    def _index(self) -> None:
        self.places: dict[str, list[int]] = {}
        for i, key in enumerate(self.stems):
            self.places.setdefault(key, []).append(i)

    def _shorten(self) -> None:
        """Make one token of what is generally written short."""
        for i in range(len(self.stems) - 1, -1, -1):
            self.stems[i] = _SAME.get(self.stems[i], self.stems[i])
            for long, short in _LONG.get(self.stems[i], ()):
                if tuple(self.stems[i : i + len(long)]) == long:
                    self.ends[i] = self.ends[i + len(long) - 1]
                    self.stems[i] = self.folded[i] = short
                    self.raw[i] = short.upper()
                    for part in (self.raw, self.folded, self.stems, self.starts, self.ends, self.before):
                        del part[i + 1 : i + len(long)]  # type: ignore[attr-defined]
                    break

    def expanded(self, long: dict[str, list[str]]) -> Text | None:
        """The text with acronyms that it introduced written out, at the acronym's place; None where it has none."""
        if not any(raw.removesuffix("s") in long or raw in long for raw in self.raw):
            return None
        out = Text("")
        for i, raw in enumerate(self.raw):
            words = long.get(raw) or long.get(raw.removesuffix("s")) or [raw]
            for k, each in enumerate(words):
                out._add(each, self.starts[i], self.ends[i], self.before[i] if k == 0 else SPACE)
        out._shorten()
        out._index()
        return out

    def reads(self, first: int, last: int, rendering: str) -> bool:
        """Whether the tokens are a rendering to the letter, but for capitals and hyphens."""
        return [r.lower() for r in self.raw[first:last]] == [w.lower() for w in _TOKEN.findall(rendering)]

    def token_at(self, offset: int) -> int:
        """The number of the first token that begins at an offset or after it."""
        return bisect_left(self.starts, offset)

    def find(self, pattern: Pattern, *, gaps: bool = False) -> list[tuple[int, int]]:
        """(first token, last token + 1) of every place where the pattern stands; with `gaps` also coordinated or broken
        by a bracket: *face and gait recognition*, *closed-circuit (CCTV) television*.
        """
        out = []
        for i in self.places.get(pattern.keys[0], ()):
            end = self._follow(pattern, i, gaps)
            if end and (not pattern.capitals or self.raw[i].removesuffix("s").isupper()):
                out.append((i, end))
        return out

    def _follow(self, pattern: Pattern, i: int, gaps: bool) -> int:
        """The token after the pattern's last, where the rest of it follows token i; else 0."""
        most = COMMA if pattern.comma else SPACE
        at = i + 1
        jumped = not gaps
        last = pattern.keys[0]
        for key in pattern.keys[1:]:
            found = self._next(at, key, most, last == PREPOSITION)
            last = key
            if found is None and not jumped:
                found = self._over(at, key)
                jumped = True
            if found is None:
                return 0
            at = found + 1
        return at

    def _next(self, at: int, key: str, most: int, behind: bool) -> int | None:
        """The token from `at` on that the key stands for; articles, possessives and second prepositions passed over."""
        while at < len(self.stems) and self.before[at] <= most:
            found = self.stems[at]
            if _is(found, key):
                return at
            if found not in PASSED_OVER and not (behind and (found in PREPOSITIONS or found == "age")):
                return None
            at += 1
        return None

    def _over(self, at: int, key: str) -> int | None:
        """The token that the key stands for, beyond what is coordinated with what comes before, or a bracket."""
        if at >= len(self.stems):
            return None
        bracket = self.before[at] == BRACKET
        begins = self.before[at] == COMMA or self.stems[at] in COORDINATORS  # face and gait recognition
        coordinated = False
        for k in range(at, min(at + 9, len(self.stems))):
            if self.before[k] == STOP or (self.before[k] == BRACKET and not bracket):
                return None
            coordinated = coordinated or self.stems[k] in COORDINATORS
            if k == at or not _is(self.stems[k], key):
                continue
            if (bracket and self.before[k] == BRACKET) or (coordinated and (begins or self._ends(k))):
                return k
        return None

    def _ends(self, k: int) -> bool:
        """Whether a coordinator stands before token k, small words left out: freedom of speech and of assembly."""
        k -= 1
        while self.stems[k] in PREPOSITIONS or self.stems[k] in PASSED_OVER:
            k -= 1
        return self.stems[k] in COORDINATORS

    def loose(self, pattern: Pattern, more: int = 3) -> tuple[int, int] | None:
        """Where the words of a pattern stand close together, in any order, as words of the same families.

        `more` is how many other words may stand between them.
        """
        wanted = [k for k in pattern.words if k]
        near = [[i for i, f in enumerate(self.folded) if kin(f, w) or (wanted[1:] and _does(f, w))] for w in wanted]
        if not all(near):
            return None
        reach = len(wanted) - 1 + more
        for start in near[0]:
            places = [min(places, key=lambda i: abs(i - start)) for places in near]
            first, last = min(places), max(places)
            if len(set(places)) < len(places) or last - first > reach:
                continue
            if any(b in (STOP, BRACKET) for b in self.before[first + 1 : last + 1]):
                continue
            if self._turned(places, wanted) or self._joined(first, last):
                continue
            return first, last + 1
        return None

    def _turned(self, places: list[int], wanted: list[str]) -> bool:
        """Whether two words stand side by side the wrong way round: `state security` is no `security state`.

        A verb may stand before its object, and a participle before its noun: *systems that monitor drivers*, *matching
        faces*, *masked data*.
        """
        return any(
            later == earlier - 1
            and stem(wanted[k]) == self.stems[earlier]
            and stem(wanted[k + 1]) == self.stems[later]
            and _alike(self.folded[later], wanted[k + 1])
            and not self.folded[later].endswith(("ing", "ed"))
            for k, (earlier, later) in enumerate(zip(places, places[1:], strict=False))
        )


    def parted(self, pattern: Pattern) -> tuple[int, int] | None:
        """A phrase with an object before its preposition: *stored its data within the territory*."""
        if pattern.keys.count(PREPOSITION) != 1:
            return None
        cut = pattern.keys.index(PREPOSITION)
        head, rest = pattern.words[:cut], pattern.keys[cut + 1 :]
        for first, folded in enumerate(self.folded):
            at = first + len(head)
            if not kin(folded, head[0]) or not all(map(kin, self.folded[first:at], head)):
                continue
            for k in range(at, min(at + 8, len(self.stems) - 1)):
                if self.before[k] == STOP:
                    break
                if self.stems[k] in PREPOSITIONS:
                    last = k
                    for key in rest:
                        found = self._next(last + 1, key, SPACE, True)
                        if found is None:
                            break
                        last = found
                    else:
                        return first, last + 1
        return None

    def _joined(self, first: int, last: int) -> bool:
        """Whether *and* makes two phrases of it: *recognition and emotion*, but not *recognise and analyse emotions*."""
        between = self.stems[first + 1 : last]
        if not any(s in COORDINATORS for s in between):
            return False
        return len(between) < 2 or not (between[0] in COORDINATORS or between[-1] in COORDINATORS)


_LONG: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _words, _abbreviation in _SHORT.items():
    _stems = tuple(stem(w) for w in _words)
    _LONG.setdefault(_stems[0], []).append((_stems, _abbreviation))


def _alike(one: str, other: str) -> bool:
    """Whether two words differ by no more than a plural."""
    return one.removesuffix("s") == other.removesuffix("s")


def _is(found: str, key: str) -> bool:
    if key == PREPOSITION:
        return found in PREPOSITIONS
    return found == key or (key == AND and found in ("and", "or"))


def _between(text: str) -> int:
    """What kind of border stands between two tokens."""
    if text in (" ", "", "-", "‑", "–"):
        return SPACE
    if any(c in ".;:!?—。；：！？" for c in text) or "--" in text or "\n\n" in text:
        return STOP
    if any(c in "()[]（）" for c in text) or _HAN_IN.search(text):
        return BRACKET
    return COMMA if any(c in ",，、" for c in text) else SPACE


class Pattern:
    """A rendering, or a turn of it, as what to look for: stems, and marks for a preposition and for *and*."""

    __slots__ = ("capitals", "comma", "keys", "words")

    def __init__(self, keys: tuple[str, ...], words: tuple[str, ...], *, capitals: bool = False, comma: bool = False):
        self.keys = keys
        self.words = words  # the content words in one spelling
        self.capitals = capitals
        self.comma = comma


_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")
_TAIL = re.compile(
    r"(?:,? of the People['’]s Republic of China|,? of (?:the )?PRC|,? \(?(?:for )?(?:Trial(?: Implementation)?|Interim)\)?)$"
)


@lru_cache(maxsize=20000)
def patterns(rendering: str) -> tuple[Pattern, ...]:
    """What a rendering may look like word for word: as it is, without its aside, closed up where it is hyphenated."""
    out: dict[tuple[str, ...], Pattern] = {}
    for text in dict.fromkeys((rendering, _ASIDE.sub("", rendering), _TAIL.sub("", rendering))):
        made = _pattern(text)
        if made is None:
            continue
        out.setdefault(made.keys, made)
        for keys in _closed(text, made):
            out.setdefault(keys, Pattern(keys, made.words))
    return tuple(out.values())


def _pattern(text: str) -> Pattern | None:
    parsed = Text(text)
    keys = []
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
    raw = [w for w in _TOKEN.findall(text) if stem(w) in made.keys]
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
    words = {stem(w): w.lower() for w in _TOKEN.findall(rendering)}
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
