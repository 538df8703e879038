"""The reading of one character from what stands around it: a linear model for characters with several readings.

Each reading of a character has a weight for each feature of its surroundings: the three characters on either side,
alone and together, and the words next to it. The weights were learned by an averaged perceptron; where they come from
and how well they do is in docs/pinyin.md, the training in benchmarks/train_polyphones.py. `data/polyphones.txt` holds
one character a line: the character, its readings (the commonest first), its features with their weights.
"""

from __future__ import annotations

import os
from functools import cache

from glossary.text.segment import tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

PAD = "^^^"  # what stands before and after a text
_PLAIN = {ord(c): "0" for c in "123456789０１２３４５６７８９"} | {ord(c): "_" for c in " \t\r\u3000"} | {10: "^"}
_LETTERS = "ZYXWVUTSRQPONMLKJIHGFEDCBA.abcdefghijklmnopqrstuvwxyz"  # weights from -26 to 26


def visible(text: str) -> str:
    """A text as it stands in a feature: all digits alike, white space made visible."""
    return text.translate(_PLAIN)


def kind_of(word: str) -> str:
    """The first letter of a word's part of speech; "x" for what is no word."""
    return tag(word)[0] if word > "\u3400" else "x"


def window(text: str, at: int) -> str:
    """The character at an offset with three on either side, as features have them."""
    if 3 <= at < len(text) - 3:
        return text[at - 3 : at + 4].translate(_PLAIN)
    return (PAD + text[max(0, at - 3) : at + 4].translate(_PLAIN) + PAD)[min(at, 3) :][:7]


def features(around: str, before: str, word: str, after: str) -> tuple[str, ...]:
    """What is known of the character in the middle of a window that stands in `word`, between two words."""
    x, y = around[4], around[5]
    b, c = around[1], around[2]
    bc, xy = around[1:3], around[4:6]
    return (
        "1" + c,
        "2" + x,
        "3" + bc,
        "4" + xy,
        "5" + c + x,
        "6" + b,
        "7" + y,
        "8" + around[:3],
        "9" + around[4:],
        "p" + before,
        "n" + after,
        "w" + word,
        f"l{len(word)}",
        "P" + kind_of(before),
        "N" + kind_of(after),
    )


class Character:
    """One character that is read in several ways."""

    __slots__ = ("_packed", "_weights", "readings")

    def __init__(self, readings: list[str], packed: str) -> None:
        self.readings = readings
        self._packed = packed
        self._weights: dict[str, list[tuple[int, int]]] | None = None

    def weights(self) -> dict[str, list[tuple[int, int]]]:
        """(reading's number, weight) by feature; unpacked when they are first wanted."""
        if self._weights is None:
            self._weights = unpack(self._packed)
        return self._weights

    def choose(self, found: Sequence[str]) -> str:
        """The likeliest reading where these features are found."""
        scores = [0] * len(self.readings)
        weights = self.weights()
        for feature in found:
            hit = weights.get(feature)
            if hit:
                for number, weight in hit:
                    scores[number] += weight
        return self.readings[scores.index(max(scores))]


def pack(weights: dict[str, list[tuple[int, int]]]) -> str:
    """Features and their weights as one line: `feature=`, then a digit and a letter for each reading it speaks of."""
    return " ".join(
        f"{feature}=" + "".join(f"{n}{_LETTERS[w + 26]}" for n, w in pairs)
        for feature, pairs in sorted(weights.items())
    )


def unpack(packed: str) -> dict[str, list[tuple[int, int]]]:
    """The other way round."""
    out: dict[str, list[tuple[int, int]]] = {}
    for item in packed.split(" ") if packed else ():
        feature, _, values = item.rpartition("=")
        out[feature] = [(int(values[i]), _LETTERS.index(values[i + 1]) - 26) for i in range(0, len(values), 2)]
    return out


@cache
def polyphones() -> dict[str, Character]:
    """Every character that the model judges."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "polyphones.txt")
    out: dict[str, Character] = {}
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            char, readings, packed = line.rstrip("\n").split("\t")
            if " " in readings:
                out[char] = Character(readings.split(" "), packed)
    return out
