"""Pinyin as written: syllables, tones, and the other spellings derived from them.

Everything here works on a reading that somebody wrote (`qíngxù shíbié`). Guessing the reading of running
text is `text.reading`. Orthography: GB/T 16159; tone mark placement: Hanyu Pinyin (a or e, else the o of ou,
else the last vowel); the neutral tone is number 5, ü is written ü with marks and v in keys.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

TYPE_CHECKING = False  # `typing` itself costs start-up time
if TYPE_CHECKING:
    from collections.abc import Iterator

# Every syllable of Standard Mandarin by initial, in the spelling of Hanyu Pinyin (v for ü),
# with the interjections ê, m, n, ng, hm, hng left out: no term is read so.
_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng iao o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(i + f for i, finals in _FINALS.items() for f in finals.split())
_LONGEST = max(map(len, SYLLABLES))
# every way a syllable may begin, for the unfinished last one
PREFIXES = frozenset(s[:n] for s in SYLLABLES for n in range(1, len(s) + 1))

_MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_COMBINING = {tone: mark for mark, tone in _MARKS.items()}
_APOSTROPHES = "'’‘＇ʼ`´"
_VOWELS = "aeiouvü"


def is_syllable(text: str) -> bool:
    """Whether `text` (lower case, no tone, v or ü) is a syllable of Mandarin."""
    return text.replace("ü", "v") in SYLLABLES


@cache
def _bare_letters() -> dict[int, str]:
    """Every Latin letter with marks to the letter without (v for ü); made once."""
    letters = [chr(c) for c in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
    marked = {ord(c): unmark(c)[0] for c in letters if unicodedata.decomposition(c)}
    return marked | dict.fromkeys(range(0x300, 0x370), "")  # and combining marks that no letter took


def bare(text: str) -> str:
    """A reading without its tone marks, in lower case, v for ü: the first half of what `unmark` gives."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower().translate(_bare_letters())


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the tone marks off: the bare text (v for ü, lower case) and the (position, tone) of each mark."""
    if text.isascii():
        return text.lower(), []
    bare: list[str] = []
    tones: list[tuple[int, int]] = []
    for char in unicodedata.normalize("NFD", text):
        if char in _MARKS:
            tones.append((len(bare) - 1, _MARKS[char]))
        elif char == "\u0308" and bare and bare[-1] == "u":
            bare[-1] = "v"
        elif not unicodedata.combining(char):
            bare.append(char.lower())
    return "".join(bare), tones


@lru_cache(maxsize=4096)
def split_plain(text: str, partial: bool = False) -> tuple[tuple[str, ...], ...]:
    """All ways to cut a toneless string (`xian` → xian, xi an) into syllables, the likeliest first.

    With `partial` the last piece may be the beginning of a syllable. Longer than 60 letters: greedy only
    (the number of cuts grows with the length).
    """
    if len(text) > 60:
        one = _greedy(text, partial)
        return (one,) if one else ()
    n = len(text)
    ways: list[list[tuple[str, ...]]] = [[] for _ in range(n + 1)]
    ways[n] = [()]
    for at in range(n - 1, -1, -1):
        for end in range(min(n, at + _LONGEST), at, -1):
            piece = text[at:end]
            if piece in SYLLABLES or (partial and end == n and piece in PREFIXES):
                ways[at].extend((piece, *rest) for rest in ways[end][:40])
        # fan-gan before fang-an: an inner a, o, e is written with an apostrophe; 40 cuts are more than anybody means
        ways[at] = sorted(ways[at], key=lambda cut: (sum(s[0] in "aoe" for s in cut[1:]), len(cut)))[:40]
    return tuple(ways[0])


def _greedy(text: str, partial: bool) -> tuple[str, ...]:
    out: list[str] = []
    at = 0
    while at < len(text):
        for end in range(min(len(text), at + _LONGEST), at, -1):
            piece = text[at:end]
            if piece in SYLLABLES or (partial and end == len(text) and piece in PREFIXES):
                out.append(piece)
                at = end
                break
        else:
            return ()
    return tuple(out)


def syllables(reading: str) -> list[tuple[str, int]]:
    """Syllables of a written reading with their tones: `qíngxù` → [("qing", 2), ("xu", 4)].

    Takes marks or numbers; erhua `r` comes as ("r", 5). Latin letters and digits that are no pinyin
    (`ZNV`, `3D`) are left out.
    Raises ValueError, with the piece in its message, where a piece is no pinyin.
    """
    out: list[tuple[str, int]] = []
    for word in words(reading.replace("u:", "ü")):
        out.extend(_word_syllables(word))
    return out


_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+&/'’-]*")


def term_syllables(text: str, reading: str) -> list[tuple[str, int]]:
    """Syllables of a term's reading; Latin letters and digits that stand in the term itself are left out.

    `("EmoKit简介", "EmoKit jiǎnjiè")` → jian3 jie4. Raises ValueError like `syllables`.
    """
    for run in sorted(_LATIN.findall(text), key=len, reverse=True):
        reading = reading.replace(run, " ", 1)
    return syllables(reading)


def words(reading: str) -> list[str]:
    """The words of a reading: what stands between spaces and hyphens."""
    return [w for w in re.split(r"[\s\-–—·・,，、;；:：/()（）《》“”\"!！?？.。…|]+", reading) if w]


def word_syllables(word: str) -> list[tuple[str, int]]:
    """Syllables of one written word; see `syllables`. Capitals-only pieces and digits are no pinyin."""
    return list(_word_syllables(word))


@lru_cache(maxsize=65536)  # words repeat: a base of a million terms is made of some ten thousand
def _word_syllables(word: str) -> tuple[tuple[str, int], ...]:
    out: list[tuple[str, int]] = []
    for piece in _pieces(word):
        out.extend(_piece_syllables(piece))
    return tuple(out)


def _pieces(word: str) -> Iterator[str]:
    """Cut at apostrophes and after tone numbers; drop Latin words (all capitals) and plain digits."""
    for part in re.split(f"[{_APOSTROPHES}]", word):
        if not part:
            continue
        if re.search(r"[A-Za-z:üÜ][1-5]", part) and not re.search(r"[A-Z]{2}", part):
            yield from (p for p in re.findall(r"[^\d]+[1-5]?|\d+", part) if not p.isdigit())
        else:
            yield from (
                p
                for p in re.findall(r"[A-Z]{2,}(?![a-z\u0300-\u036fà-ɏ])|[^\dA-Z]+|[A-Z][^\dA-Z]*|\d+", part)
                if not p.isdigit() and not re.fullmatch(r"[A-Z]+", p)
            )


def _piece_syllables(piece: str) -> list[tuple[str, int]]:
    number = re.fullmatch(r"(.*?)([1-5])", piece)
    if number:
        bare = number[1].lower().replace("u:", "v").replace("ü", "v")
        if bare != "r" and bare not in SYLLABLES:
            raise ValueError(f"{piece!r} is no pinyin syllable")
        return [(bare, int(number[2]))]
    bare, marks = unmark(piece)
    for cut in split_plain(bare) or (split_plain(bare[:-1]) if bare.endswith("r") else ()):
        whole = cut if "".join(cut) == bare else (*cut, "r")
        toned = _lay_tones(whole, marks)
        if toned:
            return toned
    raise ValueError(f"{piece!r} is no pinyin")


def _lay_tones(cut: tuple[str, ...], marks: list[tuple[int, int]]) -> list[tuple[str, int]]:
    """Give each mark to the syllable that it stands on; [] where a syllable gets two or a consonant gets one."""
    out: list[tuple[str, int]] = []
    at = 0
    for syllable in cut:
        mine = [(pos - at, tone) for pos, tone in marks if at <= pos < at + len(syllable)]
        if len(mine) > 1 or (mine and mine[0][0] != mark_position(syllable)):
            return []
        out.append((syllable, mine[0][1] if mine else 5))
        at += len(syllable)
    return out


def mark_position(syllable: str) -> int:
    """Where the tone mark stands: on a or e, else on the o of ou, else on the last vowel."""
    for vowel in "ae":
        if vowel in syllable:
            return syllable.index(vowel)
    if "ou" in syllable:
        return syllable.index("ou")
    return max((i for i, c in enumerate(syllable) if c in _VOWELS), default=0)


def marked(syllable: str, tone: int) -> str:
    """`("nv", 3)` → `nǚ`."""
    at = mark_position(syllable)
    spelled = [("ü" if c == "v" else c) for c in syllable]
    if tone in _COMBINING:
        spelled[at] = unicodedata.normalize("NFC", spelled[at] + _COMBINING[tone])
    return "".join(spelled)


def join(pairs: list[tuple[str, int]], capital: bool = False) -> str:
    """Write syllables as one word with marks; an apostrophe stands before every inner a, o, e (dictionary rule)."""
    out = ""
    for syllable, tone in pairs:
        if out and syllable[0] in "aoe":
            out += "'"
        out += "r" if syllable == "r" else marked(syllable, tone)
    return out[:1].upper() + out[1:] if capital else out


_WORD = re.compile(rf"[A-Za-zÀ-ɏ\u0300-\u036f{_APOSTROPHES}]+")


def respell(reading: str, style: str) -> str:
    """A reading in another spelling, word by word; what is no pinyin stays.

    Styles: `marks` (as it is), `numbers` (qing2xu4), `plain` (qingxu), `initials` (qxsb), `zhuyin`,
    `alalc` (syllables apart, no tones; names as the library rule wants them are not told apart).
    """
    if style == "marks":
        return reading
    if style == "initials":
        return initials(reading)

    def one(match: re.Match[str]) -> str:
        word = match[0]
        try:
            pairs = word_syllables(word)
        except ValueError:
            return word
        if not pairs:
            return word
        return _spell_word(pairs, style, word[0].isupper())

    text = _WORD.sub(one, unicodedata.normalize("NFC", reading))
    return text.replace("-", " ") if style in ("zhuyin", "alalc") else text


def _spell_word(pairs: list[tuple[str, int]], style: str, capital: bool) -> str:
    if style == "numbers":
        out = "".join(f"{s.replace('v', 'ü')}{t}" for s, t in pairs)
    elif style == "plain":
        out = ""
        for s, _ in pairs:
            out += ("'" if out and s[0] in "aoe" else "") + s.replace("v", "ü")
    elif style == "alalc":
        out = " ".join(s.replace("v", "ü") for s, _ in pairs)
    elif style == "zhuyin":
        return " ".join(zhuyin(s, t) for s, t in pairs)
    else:
        raise ValueError(f"no pinyin style {style!r}")
    return out[:1].upper() + out[1:] if capital else out


def plain(reading: str) -> str:
    """The key without tones: `qingxushibie`, v for ü."""
    return "".join(s for s, _ in syllables(reading))


def initials(reading: str) -> str:
    """One letter a syllable: `qxsb`."""
    return "".join(s[0] for s, _ in syllables(reading) if s != "r")


# pinyin and zhuyin side by side, as the tables of primary schools have them
_ZHUYIN_INITIALS = dict(
    pair.split(":")
    for pair in """
    b:ㄅ p:ㄆ m:ㄇ f:ㄈ d:ㄉ t:ㄊ n:ㄋ l:ㄌ g:ㄍ k:ㄎ h:ㄏ
    j:ㄐ q:ㄑ x:ㄒ zh:ㄓ ch:ㄔ sh:ㄕ r:ㄖ z:ㄗ c:ㄘ s:ㄙ
    """.split()
)
_ZHUYIN_FINALS = dict(
    pair.split(":")
    for pair in (
        "a:ㄚ o:ㄛ e:ㄜ ê:ㄝ ai:ㄞ ei:ㄟ ao:ㄠ ou:ㄡ an:ㄢ en:ㄣ ang:ㄤ eng:ㄥ er:ㄦ i:ㄧ ia:ㄧㄚ io:ㄧㄛ ie:ㄧㄝ "
        "iai:ㄧㄞ iao:ㄧㄠ iu:ㄧㄡ ian:ㄧㄢ in:ㄧㄣ iang:ㄧㄤ ing:ㄧㄥ u:ㄨ ua:ㄨㄚ uo:ㄨㄛ uai:ㄨㄞ ui:ㄨㄟ uan:ㄨㄢ "
        "un:ㄨㄣ uang:ㄨㄤ ong:ㄨㄥ v:ㄩ ve:ㄩㄝ van:ㄩㄢ vn:ㄩㄣ iong:ㄩㄥ"
    ).split()
)
_ZHUYIN_TONES = ["", "", "ˊ", "ˇ", "ˋ", "˙"]


def zhuyin(syllable: str, tone: int) -> str:
    """`("qing", 2)` → ㄑㄧㄥˊ; the dot of the neutral tone stands first, as Taiwan prints it."""
    if syllable == "r":
        return "ㄦ"
    initial, final = _zhuyin_parts(syllable)
    body = _ZHUYIN_INITIALS.get(initial, "") + _ZHUYIN_FINALS.get(final, "")
    return "˙" + body if tone == 5 else body + _ZHUYIN_TONES[tone]


def _zhuyin_parts(s: str) -> tuple[str, str]:
    if s[0] == "y":
        rest = s[1:]
        if rest[0] == "u":
            return "", "v" + rest[1:]
        if rest == "ong":
            return "", "iong"
        return "", {"ou": "iu"}.get(rest, rest if rest[0] == "i" else "i" + rest)
    if s[0] == "w":
        rest = s[1:]
        return "", {"u": "u", "ei": "ui", "en": "un", "eng": "ong"}.get(rest, "u" + rest)
    initial = s[:2] if s[:2] in ("zh", "ch", "sh") else s[0] if s[0] in "bpmfdtnlgkhjqxrzcs" else ""
    final = s[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    if len(initial) and initial[0] in "zcsr" and final == "i":
        final = ""
    return initial, final


_ZHUYIN_BACK: dict[str, str] = {}


def from_zhuyin(text: str) -> str | None:
    """Zhuyin to a toneless-or-numbered pinyin key (`ㄑㄧㄥˊㄒㄩˋ` → `qing2xu4`); None where it is none."""
    if not _ZHUYIN_BACK:
        for s in SYLLABLES:
            _ZHUYIN_BACK.setdefault(zhuyin(s, 1), s)
    out = ""
    for match in re.finditer(r"(˙?)([\u3105-\u312f]+)([ˊˇˋ˙]?)|(\s+)|(.)", text):
        if match[4]:
            continue
        if match[5]:
            return None
        body, tone = (
            match[2],
            "5" if match[1] or match[3] == "˙" else {"ˊ": "2", "ˇ": "3", "ˋ": "4"}.get(match[3], ""),
        )
        while body:
            size = next((n for n in range(min(4, len(body)), 0, -1) if body[:n] in _ZHUYIN_BACK), 0)
            if not size:
                return None
            out += _ZHUYIN_BACK[body[:size]]
            body = body[size:]
        out += tone
    return out or None
