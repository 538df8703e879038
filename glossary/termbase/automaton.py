"""The automaton that finds all patterns in a text: one small interface, two libraries behind it.

daachorse (double-array Aho–Corasick, serialisable) where it has a wheel, else ahocorasick-rs, built on load.
Both report code-point offsets and give the same matches; a property test holds them to brute force.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

Found = tuple[int, int, int]  # start, end, number of the pattern


class Automaton:
    """Finds patterns. `find` gives leftmost-longest matches, `find_all` every occurrence of every pattern."""

    __slots__ = ("_all", "_longest", "_texts", "library", "version")

    def __init__(self, library: str, version: str, longest: Any, texts: Callable[[], Sequence[str]]) -> None:
        self.library, self.version, self._longest, self._texts = library, version, longest, texts
        self._all: Any = None

    @classmethod
    def build(cls, patterns: Sequence[str], library: str = "") -> Automaton:
        """Build from patterns, numbered in their order. `library` forces one of the two."""
        if library != "ahocorasick_rs":
            try:
                import daachorse
            except ImportError:
                pass
            else:
                kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST
                made: Any = (
                    daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns), match_kind=kind) if patterns else None
                )
                return cls("daachorse", _version("daachorse"), made, lambda: patterns)
        import ahocorasick_rs as rs

        made = rs.AhoCorasick(patterns, matchkind=rs.MatchKind.LeftmostLongest) if patterns else None
        return cls("ahocorasick_rs", _version("ahocorasick_rs"), made, lambda: patterns)

    def serialize(self) -> bytes | None:
        """The automaton as bytes; None where the library cannot."""
        if self.library != "daachorse" or self._longest is None:
            return None
        return bytes(self._longest.serialize())

    @classmethod
    def load(cls, data: bytes, version: str, texts: Callable[[], Sequence[str]]) -> Automaton:
        """Take up a serialised automaton again; `texts` gives the patterns should they be needed.

        Raises ValueError where the bytes are damaged or of another version of the library.
        """
        import daachorse

        if version != _version("daachorse"):
            raise ValueError(f"made by daachorse {version}")
        return cls("daachorse", version, daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(data), texts)

    def find(self, text: str) -> list[Found]:
        """Leftmost-longest matches, left to right, not overlapping."""
        return self._run(self._longest, text) if self._longest is not None else []

    def find_all(self, text: str) -> list[Found]:
        """Every match, nested and overlapping ones too, by start, longest first."""
        if self._longest is None:
            return []
        if self._all is None:
            patterns = list(self._texts())
            if self.library == "daachorse":
                import daachorse

                self._all = daachorse.CharwiseDoubleArrayAhoCorasick(patterns)
            else:
                import ahocorasick_rs as rs

                self._all = rs.AhoCorasick(patterns)
        if self.library == "daachorse":
            found = list(self._all.find_overlapping(text))
        else:
            found = [(s, e, p) for p, s, e in self._all.find_matches_as_indexes(text, overlapping=True)]
        return sorted(found, key=lambda m: (m[0], -m[1]))

    def _run(self, machine: Any, text: str) -> list[Found]:
        if self.library == "daachorse":
            return list(machine.find(text))
        return [(s, e, p) for p, s, e in machine.find_matches_as_indexes(text)]


def _version(module: str) -> str:
    """The installed version, from the name of its metadata folder: importlib.metadata would cost 40 ms."""
    import os
    from importlib import import_module

    site = os.path.dirname(os.path.dirname(import_module(module).__file__ or ""))
    prefix = f"{module}-"
    return next(
        (
            name[len(prefix) : -len(".dist-info")]
            for name in os.listdir(site)
            if name.startswith(prefix) and name.endswith(".dist-info")
        ),
        "unknown",
    )
