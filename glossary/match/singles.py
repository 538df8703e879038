"""Terms of one character, where the text shows that they are meant.

A character alone is mostly part of a word, so the automaton does not look for any. It is meant where it stands between
quotation marks (“润”); the short name of a place where it stands in a row of such names (苏、浙、皖、沪) or beside
another before what parts or joins places (京沪高速, 宁甘边界); a division of the country after what counts or points it
out (某县, 十二个省) and beside another (市、县).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from glossary.text.segment import is_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary.match.terms import Terms
    from glossary.termbase.automaton import Found

_DIVISIONS = "省市县縣区區乡鄉镇鎮村州旗盟"
_COUNTED = "某各每本该該邻鄰跨出一二三四五六七八九十百千两兩几幾数數"
_BETWEEN_PLACES = (
    "高速|高铁|高鐵|铁路|鐵路|公路|城际|城際|双城|雙城|交界|边界|邊界|边境|邊境|之间|之間|合作|协作|協作|"
    "[两兩三四五六][地省市]"
)


class Singles:
    """Finds the terms of one character; `numbers` has their patterns by the character."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        all_of_them = "".join(numbers) or "\0"
        divisions = "".join(c for c in all_of_them if c in _DIVISIONS) or "\0"
        one = f"[{re.escape(all_of_them)}]"
        self._one = re.compile(one)
        # each way in which a character shows itself has its group
        self._shown = re.compile(
            rf"(?<=[“‘「『])(?P<quoted>{one})(?=[”’」』])"
            rf"|(?P<row>{one}(?:、{one})+)(?!、)"
            rf"|(?P<run>{one}{{2,4}})(?={_BETWEEN_PLACES})"
            rf"|(?:(?<=[{_COUNTED}])|(?<=[{_DIVISIONS}]、)|(?<=\w[个個]))(?P<division>[{divisions}])(?![{_DIVISIONS}])"
            rf"|(?P<before>[{divisions}])(?=、[{_DIVISIONS}])"
        )

    def places(self, text: str, found: list[Found], terms: Terms) -> list[Found]:
        """Where they stand in a text, in order, outside of the terms that were found in it."""
        candidates = list(self._candidates(text))
        if not candidates:
            return []
        starts = [place[0] for place in found]
        out = []
        for group, at in candidates:
            before = bisect_right(starts, at) - 1
            if before >= 0 and found[before][1] > at:
                continue
            word = {"division": text[at : at + 2], "before": text[max(0, at - 1) : at + 1]}.get(group, "")
            if len(word) == 2 and is_word(word):  # 乡、村庄
                continue
            out.append((group, (at, at + 1, self._numbers[text[at]])))
        terms.noticed([place for _, place in out])
        return [place for group, place in out if group not in ("row", "run") or "place" in terms.nature(place[2]).kinds]

    def _candidates(self, text: str) -> Iterator[tuple[str, int]]:
        done = 0
        for one in self._one.finditer(text):
            match = self._shown.match(text, one.start()) if one.start() >= done else None
            if not match:
                continue
            start, done = match.span()
            characters = match[0].replace("、", "")
            if len(set(characters)) == len(characters):  # 津津: no two places
                yield from ((match.lastgroup or "", at) for at in range(start, done) if text[at] != "、")
