"""Near misses: a wrong character that sounds or looks alike, confused sounds, wrong tones, typing errors.

A string with one error has an intact first or second half. So candidates come from the two ends of the sorted keys
(forwards and backwards), and the edit distance (optimal string alignment, rapidfuzz) decides. English words that the
base does not know are replaced by its nearest known words.
"""

from __future__ import annotations

from itertools import islice, product

from glossary.search import spans
from glossary.search.finder import STOP, Candidate, Finder
from glossary.search.hit import SIMILAR
from glossary.termbase.keys import english_key, loose, loose_letters, swapped
from glossary.text import english
from glossary.text.normalize import has_han

MOST = 2000  # candidates that are compared


def add_similar(finder: Finder) -> None:
    """Add what is similar to the query; to be called where nothing stronger was found."""
    query = finder.query
    if has_han(query.key):
        _characters(finder)
    else:
        if query.letters:
            _pinyin(finder)
        if query.english:
            _english(finder)


def _characters(finder: Finder) -> None:
    from rapidfuzz.distance import OSA

    from glossary.text.script import to_simplified

    store, text = finder.store, to_simplified(finder.query.key)
    if len(text) < 2:
        return
    known = store.characters(text)
    head, tail = (len(text) + 1) // 2, len(text) // 2
    near = [(t, n, term, use) for n, t, term, use in store.between("zh", text[:head], len(text), MOST)]
    near += [(t[::-1], n, term, use) for n, t, term, use in store.between("zh-", text[-tail:][::-1], len(text), MOST)]
    for found, n, term, use in near:
        distance = OSA.distance(text, found, score_cutoff=1)
        if distance != 1:
            continue
        cost = _cost(text, found, known, store.characters(found))
        if len(text) > 2 or cost < 1:
            finder.add(n, Candidate(SIMILAR, "zh", spans.whole, 1 - cost / len(text), term, use))
    for sounds in product(*(known.get(c, ((), ""))[0] or ("",) for c in text)):
        if not all(sounds):
            break
        for way in islice(product(*map(swapped, sounds)), 64):
            for n, _, term, use in store.exact("loose", loose(way)):
                finder.add(n, Candidate(SIMILAR, "pinyin", spans.whole, 0.9, term, use))


def _cost(text: str, found: str, known: dict[str, tuple[tuple[str, ...], str]],
          other: dict[str, tuple[tuple[str, ...], str]]) -> float:  # fmt: skip
    """How far one error is: sounding or looking alike is nearer than any other."""
    if len(text) != len(found):
        return 1.0
    wrong = [(a, b) for a, b in zip(text, found, strict=True) if a != b]
    if len(wrong) != 1:
        return 0.9  # two neighbours changed places
    a, b = wrong[0]
    sounds_a, parts_a = known.get(a, ((), ""))
    sounds_b, parts_b = other.get(b, ((), ""))
    if {loose([s]) for a in sounds_a for s in swapped(a)} & {loose([s]) for s in sounds_b}:
        return 0.5
    if set(parts_a) & set(parts_b) or a in parts_b or b in parts_a:
        return 0.6
    return 1.0


def _pinyin(finder: Finder) -> None:
    from rapidfuzz.distance import OSA

    store, query = finder.store, finder.query
    for reading in query.pinyin:
        for n, _, term, use in store.exact("plain", reading.plain):  # right but for the tones
            finder.add(n, Candidate(SIMILAR, "pinyin", spans.whole, 0.95, term, use))
        for way in islice(product(*map(swapped, reading.syllables)), 64):
            for n, _, term, use in store.exact("loose", loose(way)):
                finder.add(n, Candidate(SIMILAR, "pinyin", spans.whole, 0.9, term, use))
    text = loose_letters(query.letters)
    if len(text) < 5:
        return
    half = len(text) // 2 - 1  # one less on both sides: two swapped letters may stand in the middle
    near = [(t, n, term, use) for n, t, term, use in store.between("loose", text[:half], len(text), MOST)]
    tail = text[-half:][::-1]
    near += [(t[::-1], n, term, use) for n, t, term, use in store.between("loose-", tail, len(text), MOST)]
    allowed = 1 if len(text) < 10 else 2
    for found, n, term, use in near:
        distance = OSA.distance(text, found, score_cutoff=allowed)
        if distance <= allowed:
            finder.add(n, Candidate(SIMILAR, "pinyin", spans.whole, 0.9 - distance / len(text), term, use))


def _english(finder: Finder) -> None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    store = finder.store
    every = english.words(finder.query.english)
    if not every or len(every) > 8:
        return
    vocabulary = store.words()
    choices: list[dict[str, int]] = []  # for each word what it may be meant for, and how far that is
    for word in every:
        if len(word) < 4 or store.knows(word):
            choices.append({word: 0})
            continue
        cutoff = 1 if len(word) < 8 else 2
        near: dict[str, int] = {}
        for found, distance, _ in process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=cutoff, limit=20):
            near.setdefault(english.word(found), int(distance))
        choices.append(near or {word: 0})
    if len(every) > 1 and all(sum(c.values()) == 0 for c in choices):
        _all_but_one(finder, [w for w in every if w not in STOP])
    for way in islice(product(*(c.items() for c in choices)), 60):
        replaced = [w for w, _ in way]
        if replaced == every:
            continue
        far = sum(d for _, d in way)
        for n, _, term, use in store.exact("en", english_key(" ".join(replaced))):
            finder.add(n, Candidate(SIMILAR, "english", spans.whole, 1 - 0.1 * far, term, use))
        match = " AND ".join(f'"{w}"' for w in replaced if w not in STOP or len(replaced) == 1)
        for n in store.english(f"term : ({match})", 200) if match else ():
            if n not in finder.found:
                finder.add(n, Candidate(SIMILAR, "english", spans.words(replaced), 0.5 - 0.1 * far))


def _all_but_one(finder: Finder, words: list[str]) -> None:
    """Renderings with all words but one of the query: policy of double reduction → double reduction."""
    for i in range(len(words) if 1 < len(words) < 7 else 0):
        rest = [*words[:i], *words[i + 1 :]]
        for n in finder.store.english("term : (" + " AND ".join(f'"{w}"' for w in rest) + ")", 200):
            if n not in finder.found:
                finder.add(n, Candidate(SIMILAR, "english", spans.words(rest), 0.4))
