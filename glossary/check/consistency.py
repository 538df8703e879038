"""One term, one rendering: where a document has two accepted ones, the less frequent are held against it.

Not held against it: spellings, a long and a short form of one rendering (*facial recognition technology*, *facial
recognition*), abbreviations, a noun beside its verb, two renderings of which one explains the other in brackets, and
different Chinese forms of a concept rendered differently (新疆 and 新疆维吾尔自治区).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary.check.renderings import patterns
from glossary.text.segment import frequency

if TYPE_CHECKING:
    from glossary.check.expected import Rendering
    from glossary.check.line import Made


EVERYDAY = 3000  # jieba's count from which on a word is not looked at: 学生 may be student and pupil
# words whose spellings look-up takes for one, but between which a text must choose
CHOSEN = frozenset({"uighur"})


def compare(made: list[Made]) -> None:
    """Turn `ok` into `inconsistent` where another rendering is in the majority (of equals the one that came first)."""
    groups: dict[tuple[str, str], list[Made]] = {}
    for one in made:
        sure = one.rendering is not None and one.how in ("exact", "turned") and one.finding.verdict == "ok"
        # a notice or a decision is named by one word throughout, however common the word
        loose = one.free and frequency(one.finding.zh) >= EVERYDAY and one.expected.kinds != {"document"}
        if sure and not loose:
            groups.setdefault((one.finding.concept, one.pinyin), []).append(one)
    for group in groups.values():
        if len(group) > 1:
            _settle(group)


def _settle(group: list[Made]) -> None:
    renderings = {m.rendering.text: m.rendering for m in group if m.rendering is not None}
    if len(renderings) < 2:
        return
    alike = _classes(list(renderings.values()), [(m.rendering, m.beside) for m in group if m.rendering and m.beside])
    counts = Counter(alike[m.rendering.text] for m in group if m.rendering)
    if len(counts) < 2:
        return
    order = list(dict.fromkeys(alike[m.rendering.text] for m in group if m.rendering))
    main = max(order, key=lambda c: (counts[c], -order.index(c)))
    words = Counter(m.rendering.text for m in group if m.rendering and alike[m.rendering.text] == main)
    majority = words.most_common(1)[0][0]
    for m in group:
        if m.rendering is None or alike[m.rendering.text] == main:
            continue
        own = counts[alike[m.rendering.text]]
        m.finding.verdict, m.finding.majority = "inconsistent", majority
        m.finding.certainty = 0.5 if m.free else 0.9 if m.how == "exact" and m.expected.is_named(m.finding.zh) else 0.75
        m.finding.reason = f"elsewhere “{majority}” ({counts[main]}×); here as {own} of {sum(counts.values())}"


def _classes(renderings: list[Rendering], beside: list[tuple[Rendering, Rendering]]) -> dict[str, str]:
    """The representative of each rendering among those that count as the same."""
    chief = {r.text: r.text for r in renderings}

    def join(a: str, b: str) -> None:
        old, new = chief[b], chief[a]
        for text, of in chief.items():
            if of == old:
                chief[text] = new

    for i, a in enumerate(renderings):
        for b in renderings[i + 1 :]:
            if _same(a, b):
                join(a.text, b.text)
    for first, second in beside:
        if first.text in chief and second.text in chief:
            join(first.text, second.text)
    return chief


def _same(a: Rendering, b: Rendering) -> bool:
    if a.abbreviation or b.abbreviation:
        return True
    if a.term.pos and b.term.pos and a.term.pos != b.term.pos:
        return True
    if a.text.startswith("to ") != b.text.startswith("to "):
        return True
    ours, theirs = patterns(a.text), patterns(b.text)
    if not ours or not theirs:
        return False
    if {p.keys for p in ours} & {p.keys for p in theirs}:
        return not CHOSEN.intersection(ours[0].keys) or _letters(a.text) == _letters(b.text)
    return any(_holds(p.keys, q.keys) or _holds(q.keys, p.keys) for p in ours for q in theirs)


def _holds(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether several words of one stand in the other as they are: *provoking trouble*, not *compute*."""
    return len(short) > 1 and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalpha()).removesuffix("s")
