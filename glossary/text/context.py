"""The words of one text that need more than themselves to be read or written."""

from __future__ import annotations

from itertools import accumulate

from glossary.text import names, numerals
from glossary.text.grammar import decide, takes
from glossary.text.orthography import ASPECT, split_phrase, unknown_phrase
from glossary.text.segment import tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary.text.reading import Reader

# what a word needs
FIXED, JUDGED, PHRASE, NAME, SURNAME, AFTER_VERB, SUFFIX, PREFIX, ORDINAL, ERHUA, PLACE = range(11)
DOTS = frozenset("·•・‧")  # between the parts of a transcribed name
_OPENING = frozenset("《〈“‘「『")  # what they begin goes on with the clause
_PARTS = 4  # words of the segmenter that one part of such a name may fall into
_OPENS = frozenset("和与及对向由被把给让请找见跟是在的位名")  # words of one character before a name


class Context:
    """One pass over the words of a text; it changes their readings and says which are joined."""

    def __init__(self, reader: Reader, words: Sequence[str], readings: list[str]) -> None:
        self._reader, self._words, self._readings = reader, words, readings
        self._joins: dict[int, str] = {}
        self._text = ""
        self._starts: list[int] = []
        self._done = -1  # words up to here belong to a name
        self._steps: dict[int, Callable[[int], None]] = {
            JUDGED: self._judge, PHRASE: self._phrase, NAME: self._name, SURNAME: self._surname,
            AFTER_VERB: self._after_verb, SUFFIX: self._suffix, PREFIX: self._prefix, ORDINAL: self._ordinal,
            ERHUA: self._erhua, PLACE: self._place,
        }  # fmt: skip

    def run(self, special: list[tuple[int, int]]) -> dict[int, str]:
        """Look at the words that need it (number, what they need), from left to right; returns the joins."""
        for n, role in special:
            if n > self._done:
                self._steps[role](n)
        if not DOTS.isdisjoint(self._words):
            self._dotted()
        return self._joins

    def _at(self, n: int) -> str:
        return self._words[n] if 0 <= n < len(self._words) else ""

    def _han(self, n: int) -> bool:
        return 0 <= n < len(self._words) and bool(self._readings[n])

    # polyphones

    def _judge(self, n: int) -> None:
        self._readings[n] = self._judged(n)

    def _judged(self, n: int) -> str:
        """The reading of a word by what stands around it."""
        word, before = self._words[n], self._at(n - 1)
        if len(word) == 1:
            known = self._between(word, before, [self._at(n + k) for k in range(1, 5)])
            if known or word not in self._reader.polyphones:
                return known or self._readings[n]
        return self._by_model(n, 0, word, before, self._at(n + 1))

    def _between(self, char: str, before: str, after: list[str]) -> str:
        """A reading that the words beside a character decide; "" where they do not."""
        measure = numerals.MEASURED.get(char)
        if measure and before and numerals.counts(before):
            return measure
        return decide(char, before, after)

    def _by_model(self, n: int, inside: int, word: str, before: str, after: str) -> str:
        if not self._starts:
            self._text = "".join(self._words)
            self._starts = list(accumulate(map(len, self._words), initial=0))
        return self._reader.judge(word, self._text, self._starts[n] + inside, before or "^", after or "^")

    def _phrase(self, n: int) -> None:
        """Several words that the segmenter has as one: each by those beside it."""
        inner = split_phrase(self._words[n]) or unknown_phrase(self._words[n])
        beside = [self._at(n - 1), *inner, *(self._at(n + k) for k in range(1, 5))]
        out, inside = "", 0
        for k, word in enumerate(inner):
            reading, joint = self._reader.part(word), " " if out else ""
            if word in ASPECT and k and takes(inner[k - 1], word) and (word != "了" or self._han(n + 1)):
                reading, joint = ASPECT[word], ""
            elif len(word) == 1 and self._reader.wavers(word):
                known = self._between(word, beside[k], beside[k + 2 :])
                if not known and word in self._reader.polyphones:
                    known = self._by_model(n, inside, word, beside[k], beside[k + 2])
                reading = known or reading
            out += joint + reading
            inside += len(word)
        self._readings[n] = out

    # names

    def _family(self, surname: str) -> str:
        return names.READ_SO.get(surname) or self._reader.spell(surname).capitalize()

    def _name(self, n: int) -> None:
        """A word that the segmenter takes for a name: surname and given name."""
        word = self._words[n]
        surname = names.surname_of(word)
        given = word[len(surname) :]
        if given in names.TITLES:
            self._readings[n] = f"{self._family(surname)} {self._reader.spell(given)}"
        elif self._at(n - 1) in ("老", "小") and len(given) == 1 and given in names.FOLLOWS:  # 小李来了
            self._readings[n - 1] = self._readings[n - 1].capitalize()
            self._readings[n] = f"{self._family(surname)} {self._reader.spell(given)}"
        elif word[0] in "老小" and len(word) == 2:
            self._readings[n] = f"{self._reader.spell(word[0]).capitalize()} {self._family(word[1])}"
        elif len(given) < 3 and names.likely(surname, given, False, self._at(n - 1), self._at(n + 1), names.TAGGED):
            self._readings[n] = f"{self._family(surname)} {self._reader.spell(given).capitalize()}"
        else:
            self._readings[n] = self._readings[n].capitalize()

    def _surname(self, n: int) -> None:
        """A character that may be a surname: it is where a title or a given name follows, or 老 or 小 goes before."""
        surname, after = self._words[n], self._at(n + 1)
        titled = after in names.TITLES and len(after) > 1 and (surname in names.CLEAR or self._opens(n))
        if titled or self._at(n - 1) == "姓":
            self._readings[n] = self._family(surname)
        elif self._at(n - 1) in ("老", "小") and (len(after) != 1 or self._familiar(n)):
            self._readings[n - 1] = self._readings[n - 1].capitalize()
            self._readings[n] = self._family(surname)
        elif used := self._given(n):
            self._readings[n] = self._family(surname)
            self._readings[n + 1] = self._reader.spell(after).capitalize()
            if used == 2:
                self._readings[n + 2] = self._reader.spell(self._at(n + 2))
                self._joins[n + 2] = ""
            self._done = n + used
        elif self._reader.wavers(surname):
            self._readings[n] = self._judged(n)

    def _familiar(self, n: int) -> bool:
        """Whether 小 or 老 and a surname are how somebody is called, with one character or none after: 我和小李。"""
        return names.is_familiar(self._words[n]) and (not self._han(n + 1) or self._at(n + 1) in names.FOLLOWS)

    def _given(self, n: int) -> int:
        """How many words after a possible surname are the given name; 0 where there is none."""
        surname, after, third = self._words[n], self._at(n + 1), self._at(n + 2)
        if not self._han(n + 1) or " " in self._readings[n + 1]:
            return 0
        two = len(after) == len(third) == 1 and after in names.GIVEN and third in names.GIVEN
        if two and names.likely(surname, after + third, False, self._at(n - 1), self._at(n + 3)):
            return 2
        known = len(after) == 2 and not tag(after).startswith("nr")
        return int(names.likely(surname, after, known, self._at(n - 1), third))

    def _opens(self, n: int) -> bool:
        """Whether nothing that belongs to the same phrase stands before a word."""
        before = self._at(n - 1)
        return not self._han(n - 1) or before in names.TITLES or len(before) > 1 or before in _OPENS

    def _dotted(self) -> None:
        """Names with a dot inside (伊力哈木·土赫提): each part one word with a capital."""
        for n, word in enumerate(self._words):
            if word in DOTS and self._abroad(n - 1) and self._abroad(n + 1):
                first, last = n - 1, n + 1
                while n - first < _PARTS and self._abroad(first - 1):
                    first -= 1
                while last - n < _PARTS and self._abroad(last + 1):
                    last += 1
                self._one_name(first, n)
                self._one_name(n + 1, last + 1)

    def _abroad(self, n: int) -> bool:
        return self._han(n) and names.TRANSCRIBED.issuperset(self._words[n])

    def _one_name(self, start: int, end: int) -> None:
        for k in range(start, end):
            reading = self._reader.spell(self._words[k]).lower().replace(" ", "")
            self._readings[k] = reading.capitalize() if k == start else reading
            if k > start:
                self._joins[k] = ""

    # words written together or with a capital

    def _after_verb(self, n: int) -> None:
        """着, 了, 过 are joined to the verb; 了 that ends a clause stands apart."""
        char, before = self._words[n], self._at(n - 1)
        if char in "着著" and self._judged(n) not in ("zhe", "zhù"):
            self._readings[n] = self._judged(n)
        elif not self._han(n - 1) or not takes(before, char):
            if char in "过過":
                self._readings[n] = "guò"
        elif char != "了" or self._han(n + 1) or self._at(n + 1).isalnum() or self._at(n + 1) in _OPENING:
            self._joins[n] = ""

    def _suffix(self, n: int) -> None:
        """A one-syllable suffix is joined to the word before it."""
        char, before = self._words[n], self._at(n - 1)
        joins = char in "们們" or (
            len(before) > 1 and (char in "性化者" or (len(before) == 2 and tag(before)[0] not in "rmqpcuytfx"))
        )
        if joins and self._han(n - 1) and " " not in self._readings[n - 1]:
            self._joins[n] = ""
            if char == "率":
                self._readings[n] = "lǜ"
        elif self._reader.wavers(char):
            self._readings[n] = self._judged(n)

    def _prefix(self, n: int) -> None:
        """A one-syllable prefix is joined to the noun after it."""
        after = self._at(n + 1)
        if self._han(n + 1) and len(after) > 1 and tag(after).startswith("n"):
            self._joins[n + 1] = ""

    def _ordinal(self, n: int) -> None:
        after = self._at(n + 1)
        if after and (after.isdigit() or numerals.is_numeral(after)):
            self._joins[n + 1] = "-"

    def _erhua(self, n: int) -> None:
        if self._han(n - 1) and self._at(n + 1) not in ("女", "子", "童"):
            self._readings[n], self._joins[n] = "r", ""

    def _place(self, n: int) -> None:
        """The kind of a place or body has a capital after its name."""
        if n and self._readings[n - 1][:1].isupper():
            self._readings[n] = self._readings[n].capitalize()
        elif self._words[n] in names.OTHER:
            self._surname(n)
