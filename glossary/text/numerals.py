"""Chinese numerals in pinyin: what is joined, what stands apart, what has a hyphen (GB/T 16159, 6.1.5)."""

from __future__ import annotations

import re

DIGITS = "零〇一二三四五六七八九两兩"
NUMERAL = frozenset(DIGITS + "十百千万亿几多余萬億幾餘点分之")
ROUGH = "多余餘来來"  # 三十多 sānshí duō: apart
# Single measure words that follow a numeral inside one word of the segmenter (三级, 一个).
MEASURES = frozenset(
    "个位名家项条件本部张只台座份批套款所层级届期场岁米元倍次年月日天种类篇章节册支枝把根块片颗粒滴杯碗瓶盒箱袋包双"
    "对副组队群排列辆艘架幅首句段遍趟回番顿步声口头匹棵株朵束辈代国省市县区镇村户亩斤克吨升里寸尺丈秒人字点钟周季世纪行"
    "個項條張臺層屆場歲種類節塊顆雙對組隊輛聲頭畝噸國縣區鎮戶"
)
# As measure words these have a reading of their own.
MEASURED = {
    "只": "zhī",
    "场": "chǎng",
    "種": "zhǒng",
    "种": "zhǒng",
    "重": "chóng",
    "行": "háng",
    "处": "chù",
    "卷": "juàn",
}
MEASURED |= {
    "曲": "qǔ",
    "担": "dàn",
    "间": "jiān",
    "节": "jié",
    "發": "fā",
    "发": "fā",
    "分": "fēn",
    "度": "dù",
    "号": "hào",
}
MEASURED |= {"處": "chù", "場": "chǎng", "隻": "zhī", "間": "jiān", "家": "jiā", "石": "dàn", "倍": "bèi", "圈": "quān"}
_PART = re.compile(
    rf"分之|点|[{ROUGH}]|"
    rf"[{DIGITS}几幾]?十[{DIGITS}几幾]?|[{DIGITS}几幾][百千万亿萬億]|[{DIGITS}]{{3,}}|[{DIGITS}几幾]|[百千万亿萬億]+"
)


def is_numeral(word: str) -> bool:
    """Whether a word is a numeral throughout."""
    return word[0] in NUMERAL and NUMERAL.issuperset(word) and word[0] not in "点分之多余餘" and word[-1] not in "分之"


def read_numeral(word: str, sound: dict[str, str]) -> str:
    """The reading of a numeral: `一千二百三十四` → yīqiān èrbǎi sānshísì, `七八` → qī-bā."""
    plain = [c for c in word if c in DIGITS]
    if len(word) == 2 == len(plain) and word[0] != word[1] and "零" not in word and "〇" not in word:
        return f"{sound[word[0]]}-{sound[word[1]]}"
    out = []
    for part in _PART.findall(word):
        out.append("fēn zhī" if part == "分之" else "".join(sound[c] for c in part))
    return " ".join(out)


def split_measure(word: str) -> int:
    """Where a numeral ends and its measure word begins (三十多个 → 4); 0 where the word is nothing of the kind.

    After 个 a short noun may follow: 六个月.
    """
    at = 0
    while at < len(word) and word[at] in NUMERAL:
        at += 1
    if not at or at >= len(word) or word[0] in "点分之多余餘" or word[at] not in MEASURES:
        return 0
    rest = word[at + 1 :]
    return at if not rest or (word[at] in "个個" and rest in ("月", "人", "小时", "小時")) else 0


def counts(word: str) -> bool:
    """Whether a word is a number or points at something that is counted: 三, 12, 几, 这, 每."""
    return word.isdigit() or word in "这那哪每各某几數数多半整" or (bool(word) and is_numeral(word))
