"""Characters and pinyin side by side (`情绪sb`, `雪亮gc`, `qx识别`), and wildcards."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product

from glossary.search import spans
from glossary.search.finder import Candidate, Finder, han_phrase
from glossary.search.hit import EN_WORDS, MIXED, MIXED_INSIDE, PLAIN_PREFIX, USES, ZH_PREFIX
from glossary.termbase.keys import loose_letters
from glossary.text.normalize import HAN, han_characters, has_han, is_han, narrow
from glossary.text.pinyin import bare, split_plain, term_syllables

MOST = 100  # candidates that are compared
MOST_STARS = 4
Pair = tuple[str, str]  # a character of the term, its syllable ("" for a Latin letter)


def add_mixed(finder: Finder) -> None:
    """Add terms of which some characters were typed as such and others by their sound."""
    query = re.sub(r"[\s'·\-]", "", bare(finder.query.key))
    _verify(finder, query, _by_initials(finder, query))
    if not any(c.tier <= MIXED_INSIDE for c in finder.found.values()):
        _verify(finder, query, _by_characters(finder, max(re.findall(f"[{HAN}]+", query), key=len)))


def _verify(finder: Finder, query: str, ns: list[int]) -> None:
    typed = set(han_characters(query))
    for n, (_, _, data) in finder.store.data(finder.store.holding(ns, typed)).items():
        for i, term in enumerate(data["zh"]):
            for form in dict.fromkeys((term["text"], term.get("trad", term["text"]))):
                if not typed <= set(form):  # all that was typed as a character has to be there
                    continue
                span = match(query, pairs(form, term["pinyin"]))
                if span is None:
                    continue
                share = (span[1] - span[0]) / len(form)
                tier = MIXED if share == 1 else MIXED_INSIDE
                use = USES.index(term.get("use", "preferred"))
                finder.add(n, Candidate(tier, "mixed", lambda _, s=span: [s], share, i, use))  # type: ignore[misc]
                break


def _by_initials(finder: Finder, query: str) -> list[int]:
    """Concepts whose initials begin as the query's do, where every character gives the first letter of its sound."""
    units = re.findall(f"[{HAN}]|[a-z0-9]+", query)
    known = finder.store.characters(query)
    options: list[set[str]] = []
    for unit in units:
        if has_han(unit):
            options.append({s[0] for s in known.get(unit, ((), ""))[0]})
        else:
            letters = {re.sub("([zcs])h", r"\1", unit), ""}  # "": Latin letters of the term itself
            letters |= {"".join(s[0] for s in way) for way in split_plain(unit, True)[:6]}
            options.append(letters)
    seeds = ["".join(way) for way in islice(product(*options), 40)]
    found: dict[int, None] = {}
    for seed in dict.fromkeys(s for s in seeds if s):
        rows = [*finder.store.exact("initials", seed, MOST), *finder.store.prefix("initials", seed, MOST)]
        found.update(dict.fromkeys(n for n, _, _, _ in rows))
    return list(found)[:MOST]


def _by_characters(finder: Finder, run: str) -> list[int]:
    found = finder.store.han(han_phrase(run), MOST)
    if not found:
        from glossary.text.script import to_simplified

        found = finder.store.han(han_phrase(to_simplified(run)), MOST)
    return found


def pairs(form: str, reading: str) -> list[Pair]:
    """Each character of a term with its syllable; Latin letters and digits with none. [] where they do not agree."""
    try:
        syllables = [s for s, _ in term_syllables(form, reading) if s != "r"]
    except ValueError:
        return []
    chars = [c for c in narrow(form) if is_han(c) or c.isalnum()]
    if sum(is_han(c) for c in chars) != len(syllables):
        return []
    rest = iter(syllables)
    return [(c, next(rest) if is_han(c) else "") for c in chars]


def match(query: str, term: list[Pair]) -> tuple[int, int] | None:
    """Where a query of characters, syllables and initials fits a term: (start, end) in characters; None where not.

    Each character may be typed as itself, its syllable, or its initial (z or zh); the last syllable may be unfinished.
    """

    @cache
    def end(i: int, at: int) -> int:
        if at == len(query):
            return i
        if i == len(term):
            return -1
        char, syllable = term[i]
        ways = [char] if query.startswith(char, at) else []
        if syllable:
            heads = (syllable, syllable[:2] if syllable[:2] in ("zh", "ch", "sh") else "", syllable[0])
            ways += [h for h in dict.fromkeys(heads) if h and query.startswith(h, at)]
            rest = query[at:]
            if rest and syllable.startswith(rest):
                ways.append(rest)
        return max((end(i + 1, at + len(way)) for way in dict.fromkeys(ways)), default=-1)

    for start in range(len(term)):
        stop = end(start, 0)
        if stop > start:
            return start, stop
    return None


# wildcards


def add_wild(finder: Finder) -> None:
    """Add what a pattern with * (any number) and ? (one) fits: Chinese, or pinyin and English."""
    pattern = re.sub(r"\*[*?]*", "*", finder.query.key)
    literal = pattern.replace("*", "").replace("?", "")
    if not literal or pattern.count("*") > MOST_STARS:  # each * multiplies the work; nobody means more
        return
    if has_han(literal):
        _wild(finder, "zh", pattern, ZH_PREFIX, "zh")
        return
    only = finder.query.request.reading
    if only in ("", "py"):
        _wild(finder, "loose", loose_letters(bare(pattern).replace(" ", "")), PLAIN_PREFIX, "pinyin")
    if only in ("", "en"):
        _wild(finder, "en", pattern, EN_WORDS, "english")
        words = pattern.split()
        if len(words) == 1 and pattern.rstrip("*").isalnum():  # recogni*: the beginning of any word
            for n in finder.store.english(f'term : "{pattern.rstrip("*")}" *', MOST):
                if n not in finder.found:
                    finder.add(n, Candidate(EN_WORDS, "english", spans.words([pattern.rstrip("*")]), 0.5))


def _wild(finder: Finder, field: str, pattern: str, tier: int, name: str) -> None:
    if field in ("zh", "loose") and pattern[0] == "*" and pattern[-1] != "*":
        field, pattern = field + "-", pattern[::-1]  # the end is known: look in the keys sorted backwards
    shape = re.compile("".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern), re.DOTALL)
    for n, text, term, use in finder.store.glob(field, pattern, MOST):
        if shape.fullmatch(text):
            literal = len(pattern.replace("*", ""))
            finder.add(n, Candidate(tier, name, spans.whole, literal / max(1, len(text)), term, use))
