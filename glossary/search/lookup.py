"""Look-up: one search path for every base and every size.

Candidates for all readings of the query, the best reason of each, one order (see `search.hit.TIERS`). Inside a tier:
the status of the matched form, how much of it was matched, its length, how well documented the entry is, its number;
so the order never depends on chance.
"""

from __future__ import annotations

from glossary.search.finder import Candidate, Finder
from glossary.search.hit import (
    EN_WORDS,
    MIXED,
    MIXED_INSIDE,
    PLAIN_INSIDE,
    SIMILAR,
    TIERS,
    USES,
    ZH_INSIDE,
    Hit,
    Match,
    Results,
)
from glossary.search.query import LONGEST, Query
from glossary.termbase.facet import FIELDS
from glossary.text.normalize import has_han, key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from glossary.termbase.store import Store

__all__ = ["TIERS", "lookup", "merge"]
COVERED = (ZH_INSIDE, EN_WORDS, PLAIN_INSIDE, MIXED_INSIDE)


def lookup(store: Store, text: str, limit: int = 20, *, facets: bool = False, quick: bool = False) -> Results:
    """Find concepts by anything that can be typed; see `TIERS` for the order and `search.syntax` for the operators.

    `facets` counts all that was found; `quick` (for suggestions while somebody types) leaves out what is only similar.
    A query longer than 300 code points finds nothing: the reading page is for texts.
    """
    query = Query(text)
    if len(query.key) > LONGEST:
        return Results(text, query.readings, [], [])
    finder = Finder(store, query, quick)
    request = query.request
    if query.key:
        _find(finder, quick)
    elif request.filters:
        store_found, finder.more = store.listed(request.filters)
        for n in store_found:
            finder.add(n, Candidate(0, "filter", lambda _: [], 0.0))
    found = _filtered(store, finder, request.filters) if request.filters and query.key else finder.found
    if request.exclude:
        entries = store.data(list(found))
        found = {n: c for n, c in found.items() if not _excluded(entries[n][2], request.exclude)}
    results = Results(text, query.readings, [], [])
    results.extend(_hits(store, found, limit, query))
    results.total, results.more = len(found), finder.more
    if facets:
        results.facets = store.facets(list(found), FIELDS)
    if not results and not quick:
        results.suggestions = _suggest(store, query)
    return results


def _find(finder: Finder, quick: bool) -> None:
    query = finder.query
    if query.wild:
        from glossary.search.mixed import add_wild

        add_wild(finder)
        return
    finder.all()
    best = min((c.tier for c in finder.found.values()), default=SIMILAR)
    if query.mixed and best >= MIXED:
        from glossary.search.mixed import add_mixed

        add_mixed(finder)
        best = min((c.tier for c in finder.found.values()), default=SIMILAR)
    strong = PLAIN_INSIDE if has_han(query.key) else EN_WORDS
    if best > strong and not quick and not query.request.exact and query.request.reading != "id":
        from glossary.search.similar import add_similar

        add_similar(finder)


def _filtered(store: Store, finder: Finder, filters: dict[str, list[str]]) -> dict[int, Candidate]:
    kept = store.having(list(finder.found), filters)
    return {n: c for n, c in finder.found.items() if n in kept}


def merge(parts: list[Results], limit: int) -> Results:
    """The answers of several bases as one: by tier, the earlier base first where tiers are equal."""
    if len(parts) == 1:
        return parts[0]
    hits = sorted((hit for part in parts for hit in part), key=lambda h: h.tier)
    unique = list({h.id: h for h in reversed(hits)}.values())[::-1]
    first = parts[0]
    suggestions = list(dict.fromkeys(s for part in parts for s in part.suggestions))
    out = Results(first.query, first.readings, unique[:limit], suggestions)
    # entries that two bases have are counted once as far as they are among the hits
    out.total = sum(p.total for p in parts) - (len(hits) - len(unique))
    out.more = any(p.more for p in parts)
    for part in parts:
        for field, counts in part.facets.items():
            mine = out.facets.setdefault(field, {})
            for value, count in counts.items():
                mine[value] = mine.get(value, 0) + count
    return out


def _hits(store: Store, found: dict[int, Candidate], limit: int, query: Query) -> list[Hit]:
    """The best candidates as hits. Forms that only the entry knows are filled in before the last sorting."""
    rough = sorted(found.items(), key=lambda item: (item[1].order, item[0]))
    rough = rough[: max(limit * 2, 40)]
    entries = store.data([n for n, _ in rough])
    typed = query.request.text.lower()
    out: list[tuple[tuple[object, ...], Hit]] = []
    for n, best in rough:
        id, weight, data = entries[n]
        form, use, spans, share = _form(best, data)
        field = {"abbr": "english", "mixed": "zh"}.get(best.field, best.field)
        hit = Hit(id, data, best.tier, USES[use], Match(field, form, spans))
        literal = form.lower() == typed
        # of words in a rendering it matters more how much of it they are than whether it is the preferred one
        worth = (use > 1, -round(share, 2), use) if best.tier in COVERED else (use, -round(share, 3), 0)
        out.append(((best.tier, not literal, *worth, len(form), -weight, n), hit))
    out.sort(key=lambda pair: pair[0])
    return [hit for _, hit in out[:limit]]


def _form(best: Candidate, data: dict[str, Any]) -> tuple[str, int, list[tuple[int, int]], float]:
    """The designation that matched, its status, where it matched, and how much of it."""
    if best.field == "definition":
        definition = data.get("definition", {})
        for text in (definition.get("en", ""), definition.get("zh", ""), data.get("note", ""), data.get("literal", "")):
            if text and best.spans(text):
                return text, 0, best.spans(text), 0.0
        return data.get("definition", {}).get("en", ""), 0, [], 0.0
    if best.field in ("id", "filter") or not data["zh"]:
        return (data["zh"] or data["en"])[0]["text"], 0, [], best.share
    forms = _forms(best, data)
    if len(forms) == 1 and best.term >= 0:
        return *forms[0], best.spans(forms[0][0]), best.share
    scored = [(form, use, best.spans(form)) for form, use in forms]
    # as typed, most of it marked, best status, first in the entry
    _, (form, use, spans) = max(
        enumerate(scored),
        key=lambda item: (
            key(item[1][0]) == best.typed,
            sum(e - s for s, e in item[1][2]) / max(1, len(item[1][0])) if best.term < 0 else 0,
            -item[1][1],
            -item[0],
        ),
    )
    share = best.share
    if best.term < 0 and best.field in ("zh", "english"):
        covered = sum(e - s for s, e in spans) / max(1, len(form))
        share = covered if best.field == "zh" else (best.share + covered) / 2
    return form, use, spans, share


def _forms(best: Candidate, data: dict[str, Any]) -> list[tuple[str, int]]:
    """(form, status) of every designation that the candidate may mean."""
    terms = data["en" if best.field in ("english", "abbr") else "zh"]
    chosen = [terms[best.term]] if best.term >= 0 else terms
    parts = {"pinyin": ("pinyin", "pinyin_tw"), "initials": ("pinyin", "pinyin_tw"), "english": ("text", "abbr"),
             "abbr": ("abbr",)}.get(best.field, ("text", "trad"))  # fmt: skip
    forms = [(t[p], USES.index(t.get("use", "preferred"))) for t in chosen for p in parts if t.get(p)]
    return forms or [(chosen[0]["text"], 0)]


def _excluded(data: dict[str, Any], exclude: list[str]) -> bool:
    text = "\n".join(
        str(t.get(f, "")) for side in ("zh", "en") for t in data[side] for f in ("text", "trad", "pinyin", "abbr")
    ).lower()
    return any(e.lower() in text or key(e) in text for e in exclude)


def _suggest(store: Store, query: Query) -> list[str]:
    """What to try where nothing was found: the parts of the query that the base knows, the longest first."""
    text = query.key
    if not has_han(text):
        words = query.request.text.split()
        return [
            w for w in words if len(w) > 2 and (store.exact("en", w.lower(), 1) or store.exact("plain", w.lower(), 1))
        ]
    out: list[str] = []
    at = 0
    while at < len(text) and len(out) < 5:
        size = next((n for n in range(min(12, len(text) - at), 1, -1) if store.exact("zh", text[at : at + n], 1)), 0)
        if size:
            out.append(text[at : at + size])
        at += size or 1
    return [] if out == [text] else out
