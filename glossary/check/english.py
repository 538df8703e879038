"""English as a checker reads it: a text of tokens with offsets, and where a pattern stands in it.

Articles and possessives are passed over, one preposition stands for another, and general abbreviations (AI, PRC) stand
for what they shorten.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from glossary.check.words import does, kin, stem
from glossary.text.english import word

TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_HAN_IN = re.compile(r"[\u3400-\u9fff]")
PASSED_OVER = frozenset("a an the its their his her our your my this that these those such any all s one each".split())
PREPOSITIONS = frozenset(
    "of to for in on by from over against about concerning regarding with at between into towards toward within among "
    "through via under".split()
)
_BE = frozenset("is are was were am be been being".split())
# words that part others less than words of content do: *religion in China must be Sinicised*
_SMALL = PASSED_OVER | _BE | frozenset("must shall should may can could will would has have had do does did".split())
MOST_SMALL = 3
COORDINATORS = frozenset("and or nor but as plus".split())
PREPOSITION = "\0of"  # in a pattern: any preposition
AND = "\0and"
ANY = "\1"  # before, between and after stems in a pattern: any of them
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
# as good as a preposition: offenders subject to, undergoing or in community corrections
_LINKS = (
    ("subject", "to"),
    ("related", "to"),
    ("relating", "to"),
    ("pertaining", "to"),
    ("based", "on"),
    ("aimed", "at"),
)
_SAME = {"undergo": "of", "ccp": "cpc", "usa": "us"} | {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
    if n > 1
}
SPACE, COMMA, BRACKET, STOP = range(4)  # what stands between two tokens


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
        for found in TOKEN.finditer(text):
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
                    self.raw[i] = short if short in PREPOSITIONS else short.upper()
                    for part in (self.raw, self.folded, self.stems, self.starts, self.ends, self.before):
                        del part[i + 1 : i + len(long)]
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
        return [r.lower() for r in self.raw[first:last]] == [w.lower() for w in TOKEN.findall(rendering)]

    def is_verb(self, first: int, last: int) -> bool:
        """Whether one word in -ing after a form of *be* is what somebody does: *is feeling low*."""
        return last - first == 1 and first > 0 and self.raw[first].endswith("ing") and self.raw[first - 1] in _BE

    def speaks_of_rights(self) -> bool:
        """Whether another right or freedom is named as such."""
        return any(raw.lower() in ("right", "rights", "freedom", "freedoms") for raw in self.raw)

    def token_at(self, offset: int) -> int:
        """The number of the first token that begins at an offset or after it."""
        return bisect_left(self.starts, offset)

    def find(self, pattern: Pattern, *, gaps: bool = False) -> list[tuple[int, int]]:
        """(first token, last token + 1) of every place where the pattern stands; with `gaps` also coordinated or broken
        by a bracket: *face and gait recognition*, *closed-circuit (CCTV) television*.
        """
        out = []
        first = pattern.keys[0]
        places = [i for key in first.split(ANY) for i in self.places.get(key, ())]
        for i in places:
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

    def loose(self, pattern: Pattern, more: int = 3, *, person: bool = False) -> tuple[int, int] | None:
        """Where the words of a pattern stand close together, in any order, as words of the same families.

        `more` is how many other words may stand between them, of two words also a few small ones besides. A word that
        names who does it counts only beside others, or with `person`.
        """
        wanted = [k for k in pattern.words if k]
        alone = not wanted[1:] and not person
        near = [[i for i, f in enumerate(self.folded) if (not alone if does(f, w) else kin(f, w))] for w in wanted]
        if not all(near):
            return None
        reach = len(wanted) - 1 + more
        small = len(wanted) == 2
        for start in near[0]:
            places = [_nearest(places, start) for places in near]
            first, last = min(places), max(places)
            if len(set(places)) < len(places) or last - first > reach + (small and self._small(first, last, reach)):
                continue
            if any(b in (STOP, BRACKET) for b in self.before[first + 1 : last + 1]):
                continue
            if self._turned(places, wanted) or (AND not in pattern.keys and self._joined(first, last)):
                continue
            return first, last + 1
        return None

    def _small(self, first: int, last: int, reach: int) -> int:
        """How many small words stand between two tokens that are little more than `reach` apart; else 0."""
        return sum(w in _SMALL for w in self.folded[first + 1 : last]) if last - first <= reach + MOST_SMALL else 0

    def _turned(self, places: list[int], wanted: list[str]) -> bool:
        """Whether two words stand side by side the wrong way round: `state security` is no `security state`.

        A verb may stand before its object, and a participle on either side of its noun: *systems that monitor drivers*,
        *matching faces*, *masked data*, *the tender failed*.
        """
        return any(
            later == earlier - 1
            and stem(wanted[k]) == self.stems[earlier]
            and stem(wanted[k + 1]) == self.stems[later]
            and _alike(self.folded[later], wanted[k + 1])
            and not self.folded[later].endswith(("ing", "ed"))
            and not self.folded[earlier].endswith("ed")
            for k, (earlier, later) in enumerate(pairwise(places))
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
        """Whether *and* makes two phrases of it: *recognition and emotion*, not *recognise and analyse emotions*."""
        between = self.stems[first + 1 : last]
        if not any(s in COORDINATORS for s in between):
            return False
        return len(between) < 2 or not (between[0] in COORDINATORS or between[-1] in COORDINATORS)


_LONG: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _words, _abbreviation in (*_SHORT.items(), *((link, "of") for link in _LINKS)):
    _stems = tuple(stem(w) for w in _words)
    _LONG.setdefault(_stems[0], []).append((_stems, _abbreviation))


def _alike(one: str, other: str) -> bool:
    """Whether two words differ by no more than a plural."""
    return one.removesuffix("s") == other.removesuffix("s")


def _nearest(places: list[int], to: int) -> int:
    """Of numbers in order the one nearest to another; the lower of two."""
    at = bisect_left(places, to)
    return min(places[max(0, at - 1) : at + 1], key=lambda i: abs(i - to))


def _is(found: str, key: str) -> bool:
    if key == PREPOSITION:
        return found in PREPOSITIONS
    if key[0] == ANY:
        return f"{ANY}{found}{ANY}" in key
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
