"""The automaton that finds all patterns in a text: one small interface, two libraries behind it.

daachorse (double-array Aho–Corasick, serialisable) where it has a wheel, else ahocorasick-rs, built on load.
Both report code-point offsets and give the same matches; a property test holds them to brute force.
"""

from __future__ import annotations

from glossary.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

LONGEST = 1000  # code points of a pattern
Found = tuple[int, int, int]  # start, end, number of the pattern


class Automaton:
    """Finds patterns. `find` gives leftmost-longest matches, `find_all` every occurrence of every pattern.

    It is made for one of the two (`overlapping` for the second) and stored so; the other is built when first asked for.
    `find` finds single characters that are `watched` for too, numbered after the patterns.
    """

    __slots__ = ("_machines", "_texts", "_watched", "library", "overlapping", "version")

    def __init__(self, library: str, texts: Callable[[], Sequence[str]], overlapping: bool, watched: str = "") -> None:
        self.library, self.version, self.overlapping = library, _version(library), overlapping
        self._texts, self._watched = texts, watched
        self._machines: dict[bool, Any] = {}

    @classmethod
    def build(
        cls, patterns: Sequence[str], library: str = "", overlapping: bool = False, watched: str = ""
    ) -> Automaton:
        """Build from patterns, numbered in their order. `library` forces one of the two.

        Raises InputError for a pattern that is empty (one library finds nonsense then) or very long (the other hangs).
        """
        for p, pattern in enumerate(patterns):
            if not 0 < len(pattern) <= LONGEST:
                raise InputError(f"pattern {p} has {len(pattern):,} characters; 1 to {LONGEST:,} can be looked for")
        if not library:
            library = "daachorse" if _has_daachorse() else "ahocorasick_rs"
        made = cls(library, lambda: patterns, overlapping, watched)
        made._machine(overlapping)
        return made

    @classmethod
    def load(
        cls, data: bytes, version: str, texts: Callable[[], Sequence[str]], overlapping: bool = False, watched: str = ""
    ) -> Automaton:
        """Take up a serialised automaton again; `texts` gives the patterns should they be needed.

        Raises ValueError where the bytes are damaged or of another version of the library, ImportError without it.
        """
        import daachorse

        made = cls("daachorse", texts, overlapping, watched)
        if version != made.version:
            raise ValueError(f"made by daachorse {version}")
        made._machines[overlapping] = daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(data)
        return made

    def serialize(self) -> bytes | None:
        """The automaton as bytes; None where the library cannot, or there is no pattern."""
        machine = self._machine(self.overlapping)
        return bytes(machine.serialize()) if machine is not None and self.library == "daachorse" else None

    def find(self, text: str) -> list[Found]:
        """Leftmost-longest matches, left to right, not overlapping."""
        machine = self._machine(False)
        if machine is None:
            return []
        if self.library == "daachorse":
            return list(machine.find(text))
        return [(s, e, p) for p, s, e in machine.find_matches_as_indexes(text)]

    def find_all(self, text: str) -> list[Found]:
        """Every match, nested and overlapping ones too, by start, longest first."""
        machine = self._machine(True)
        if machine is None:
            return []
        if self.library == "daachorse":
            found = list(machine.find_overlapping(text))
        else:
            found = [(s, e, p) for p, s, e in machine.find_matches_as_indexes(text, overlapping=True)]
        return sorted(found, key=lambda m: (m[0], -m[1]))

    def _machine(self, overlapping: bool) -> Any:
        """The library's object of a kind, built where it is not there yet; None where there are no patterns."""
        if overlapping not in self._machines:
            patterns = list(self._texts())
            if patterns and not overlapping:
                patterns += self._watched
            self._machines[overlapping] = _build(self.library, patterns, overlapping) if patterns else None
        return self._machines[overlapping]


def _build(library: str, patterns: list[str], overlapping: bool) -> Any:
    if library == "daachorse":
        import daachorse

        if overlapping:
            return daachorse.CharwiseDoubleArrayAhoCorasick(patterns)
        return daachorse.CharwiseDoubleArrayAhoCorasick(patterns, match_kind=daachorse.MATCH_KIND_LEFTMOST_LONGEST)
    import ahocorasick_rs as rs

    return rs.AhoCorasick(patterns) if overlapping else rs.AhoCorasick(patterns, matchkind=rs.MatchKind.LeftmostLongest)


def _has_daachorse() -> bool:
    try:
        import daachorse  # noqa: F401 - only whether it is there
    except ImportError:  # a platform without a wheel
        return False
    return True


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
