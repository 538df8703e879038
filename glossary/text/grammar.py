"""Characters of everyday grammar, whose reading the words beside them decide: 地, 得, 为, verbs among polyphones."""

from __future__ import annotations

from functools import lru_cache

from glossary.text.segment import tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# How a character is read as a verb of its own; most of these are commoner in another reading.
VERBAL = dict(
    pair.split("=")
    for pair in (
        "量=liáng 数=shǔ 系=jì 藏=cáng 卷=juǎn 盛=chéng 铺=pū 种=zhòng 削=xiāo 露=lòu 勒=lēi 长=zhǎng 扇=shān 钻=zuān "
        "担=dān 背=bēi 调=tiáo 磨=mó 钉=dìng 挑=tiāo 切=qiē 缝=féng 剥=bāo 逮=dǎi 吐=tù 结=jiē 处=chǔ 倒=dǎo 撒=sā "
        "载=zài 冲=chōng 压=yā 晃=huàng 炸=zhà 闷=mēn 蒙=mēng 扎=zhā 钉=dìng 挣=zhèng 佣=yōng 中=zhòng 教=jiāo"
    ).split()
)
BESIDE = frozenset(VERBAL) | frozenset("地得为為差还還")
# What follows a verb: particles of aspect, complements, the object's measure word.
_AFTER_VERB = frozenset("了 着 过 完 好 住 满 掉 起来 下来 上来 下去 出来 出去 进去 在 到 成 出 一".split())
_ENDS = frozenset("，。；！？、,;!?…\n")
_ACTS = frozenset("将將依向于於令命")  # what somebody may do, in laws: 法院得依职权
_DEGREE = frozenset("很 太 最 更 较 还 只 挺 非常 十分 相当 比较 极其 这么 那么 成绩 质量 太".split())
_SHORT_OF = frozenset("一 两 了 点 一点 点儿 一点儿 得 得多 很多 多少".split())
_MADE = frozenset("作成称视认定变改化设列评判选任聘译名均应即较更极是不限约分立升誉命尊奉以作")
_MUST = frozenset("还 就 总 非 又 都 必须 可 也 只 而且 那么".split())
_FOR_WHOM = frozenset(
    "我 你 他 她 它 您 我们 你们 他们 她们 它们 其 自己 他人 别人 大家 当事人 被告人 人民 群众 用户 学生 孩子 客户 "
    "公众 社会 国家 企业 公民 老人 儿童 未成年人 百姓 老百姓 居民 消费者 患者".split()
)


def decide(char: str, before: str, after: Sequence[str]) -> str:
    """The reading of a character between the words beside it; "" where they do not decide."""
    if char in "地得为為":
        return particle("为" if char == "為" else char, before, after)
    return verbal("还" if char == "還" else char, before, after[0])


def verbal(char: str, before: str, after: str) -> str:
    """The reading of a character as a verb where the word after it says that it is one; "" where it does not."""
    if char == "差":
        return "chà" if before in _DEGREE or after in _SHORT_OF else ""
    if char == "教":
        return "jiāo" if after in _FOR_WHOM or (after and after[0] in "他她我你您") else ""
    if char == "还":
        # the adverb never ends a clause: 他没还。
        ends = not after or after[0] in _ENDS
        return "huán" if ends or after in ("了", "给", "清", "完") or after[0] in "书钱款债贷账" else ""
    if char == "长" and before in _DEGREE:
        return "cháng"
    if char in VERBAL and after in _AFTER_VERB and not (char in "中长处" and after in ("在", "一", "到", "好")):
        return VERBAL[char]
    return ""


def particle(char: str, before: str, after: Sequence[str]) -> str:
    """The reading of 地, 得 or 为 between words; "" where the words do not decide."""
    kind = tag(before)[0] if before else ""
    following = tag(after[0])[0] if after[0] else ""
    if char == "地":
        adverbial = len(before) > 1 and (kind in "dazilob" or before[0] == before[1] or before[-1] in "然般样")
        if (adverbial and following in "vap") or (kind in "dazv" and len(before) > 1 and following == "v"):
            return "de"
        if kind in "da" and len(before) > 1 and following == "n":  # verbs that the dictionary has as nouns: 唱歌
            return "de"
        return "dì" if not before or kind in "xm" else ""
    if char == "得":
        if len(before) > 1 and after[0] and after[0] in _ACTS:
            return "dé"
        if (kind == "r" or before in _MUST) and following in "vdpn" and following:
            return "děi"
        if (kind in "va" and following in "dazirp" and following) or kind == "a":
            return "de"
        return ""
    if before[-1:] in _MADE and before:
        return "wéi"
    if after[0] in _FOR_WHOM:
        rest = [w for w in after[1:] if w]
        return "wèi" if any(tag(w)[0] in "vp" for w in rest[:3]) else ""
    return ""


@lru_cache(maxsize=65536)
def takes(word: str, aspect: str) -> bool:
    """Whether a word can have an aspect particle. Many verbs stand as nouns in the segmenter's dictionary."""
    kind = "v" if word in ("还", "還") else tag(word)
    if kind == "x" or (len(word) > 2 and kind[0] != "v"):
        kind = tag(word[-2:])
    if aspect in "过過":
        return kind[0] == "v"
    return kind[0] in "vanli" or kind == "zg" or (kind == "p" and len(word) > 1) or (kind == "x" and len(word) < 3)
