"""Which words of the segmenter are written together, apart, or with a capital (GB/T 16159)."""

from __future__ import annotations

from glossary.text import names, numerals
from glossary.text.lexicon import joined
from glossary.text.segment import is_word, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glossary.text.lexicon import Lexicon

ASPECT = {"着": "zhe", "著": "zhe", "了": "le", "过": "guo", "過": "guo"}
PARTICLES = {"的": "de", "地": "de", "得": "de", "了": "le"}
SUFFIXES = frozenset("们們性化者员員率度力型式权權罪局厅廳署院厂廠馆館室费費税稅器仪儀证證库庫网網商族感论論犯家手學学")
PREFIXES = frozenset("副非")
# Words after which a noun or measure word stands apart: each, every, a certain, this.
# Words of one syllable that stand apart before a verb.
ADVERBS = frozenset("不也都就又还很最更太该曾已将应可须均仍再才被把对请从向给让会能要想")
PRONOUNS = frozenset("我你他她它您谁")
_POINTERS = frozenset("各每某该該")
_POINTED = frozenset("各自 某些 各位 各处 每每 该当 各异 各界 某某 各各 各类".split())
_THIS = frozenset("这那哪這")
_THIS_JOINED = frozenset("个些么样般里边时会個麼樣裡邊時會儿")
# Kinds of places and bodies: after a name they have a capital of their own.
KINDS = frozenset(
    "省 市 县 区 镇 乡 州 盟 地区 自治区 自治州 自治县 大学 学院 法院 检察院 公安局 公安厅 人民法院 人民检察院 "
    "人民政府 中学 医院 日报".split()
)
_GENERIC = (
    "特别行政区 自治区 自治州 自治县 自治旗 经济技术开发区 开发区 高新区 新区 地区 省 市 县 区 镇 乡 村 州 旗 盟 "
    "路 街 江 河 湖 山 岛 海 湾 縣 區 鎮 鄉 島 灣"
).split()
# In these the second half is no word of its own: they are written as one.
_WHOLE = frozenset("总而言之 不亦乐乎 爱莫能助 一衣带水 糊里糊涂 黑不溜秋 吊儿郎当 一言以蔽之".split())


def split_phrase(word: str) -> list[str]:
    """The words of a phrase that the segmenter's dictionary has as one: 三级, 每年, 这种; [] where it is none."""
    at = numerals.split_measure(word)
    if at:
        rest = word[at + 1 :]
        return [word[:at], word[at], rest] if rest else [word[:at], word[at]]
    if len(word) == 2 and (
        (word[0] in _POINTERS and word not in _POINTED)
        or (word[0] in _THIS and word[1] in numerals.MEASURES and word[1] not in _THIS_JOINED)
        or (word[1] == "是" and word[0] in "也都这那又才正仍便则即這")
        or word[0] == "很"
        or (word[0] in "最更" and word[1] in "大小高低好多少早强优重长短快慢广深美坏")
    ):
        return [word[0], word[1]]
    return []


def unknown_phrase(word: str) -> list[str]:
    """The words of what the segmenter has as one and no dictionary for readers has; [] where it is one word.

    地走了 → 地, 走, 了; 跑得快 → 跑, 得, 快; 流了血 → 流, 了, 血; 他教 → 他, 教; 坐飞机 → 坐, 飞机.
    """
    if len(word) == 3 and word[1] in "得了着过":
        return list(word)
    if _is_verb_and_object(word):
        return [word[0], word[1:]]
    if len(word) == 3 and word[0] == word[1] and word[2] == "地":
        return [word[:2], "地"]
    if len(word) == 3 and word[2] == "地" and is_word(word[:2]) and tag(word[:2])[0] in "ad":
        return [word[:2], "地"]
    if len(word) == 2 and word[0] in ADVERBS and tag(word)[0] not in "npc":
        return [word[0], word[1]]
    if len(word) == 3 and word[0] in "就也都还又" and word[1] in ADVERBS and tag(word)[0] == "v":  # 就会亮
        return list(word)
    if len(word) == 2 and word[1] in "过過着著" and tag(word)[0] == "v":
        return [word[0], word[1]]
    if len(word) == 2 and (word[0] in PRONOUNS or (word[0] == "地" and tag(word)[0] in "vl")):
        return [word[0], word[1]]
    if len(word) == 3 and tag(word)[0] in "lv" and is_word(word[1:]) and tag(word[0])[0] == "v":
        return [word[0], word[1:]]
    inner = word[1:] if word[0] in "的得了" or (word[0] == "地" and word[-1] in "了着") else word
    last = inner[-1:] if len(inner) > 1 and inner[-1] in "了的得" else ""
    parts = [word[: len(word) - len(inner)], inner[: len(inner) - len(last)], last]
    return [p for p in parts if p] if len(parts[1]) < len(word) else []


def _is_verb_and_object(word: str) -> bool:
    """Whether what the segmenter has as a name is a verb and a plain noun: 盖房子, not 解晓东."""
    return (
        len(word) == 3
        and tag(word).startswith("nr")
        and word[0] in names.READ_SO
        and word[0] in names.OTHER
        and is_word(word[1:])
        and tag(word[1:]) == "n"
        and not names.GIVEN.issuperset(word[1:])
    )


def idiom(word: str, halves: list[str]) -> str:
    """A four-character idiom: two and two with a hyphen; those that cannot be halved, and 清清楚楚, as one word."""
    if word in _WHOLE or word[2] in "之而" or word[1] in "而之" or doubled(word):
        return joined(halves)
    return "-".join(halves)


def doubled(word: str) -> bool:
    """Whether each half of a word is one character twice: 清清楚楚."""
    return len(word) == 4 and word[0] == word[1] and word[2] == word[3]


def place(word: str, table: Lexicon) -> str:
    """The name of a place or body: its kind stands apart with a capital of its own (深圳市 → Shēnzhèn Shì)."""

    def spelled(part: str) -> str:
        known = table.words.get(part)
        reading = known or joined(r.lower().replace(" ", "").replace("-", "") or p for p, r in table.parts(part))
        return " ".join(w[:1].upper() + w[1:] for w in reading.split(" "))

    for kind in _GENERIC:
        if word.endswith(kind) and len(word) > len(kind) + 1:
            return f"{spelled(word[: -len(kind)])} {spelled(kind)}"
    return spelled(word)


def divide(word: str) -> list[str]:
    """Divide a compound of four characters or more into words that the segmenter's dictionary has."""
    if len(word) < 4:
        return [word]
    for size in (2, 3, 4):
        rest = len(word) - size
        if rest > 1 and is_word(word[:size]) and (is_word(word[size:]) or rest > 3):
            right = divide(word[size:])
            if all(is_word(w) for w in right):
                return [word[:size], *right]
    return [word]
