"""Words that other systems use for what we have codes for: status, review, language, part of speech.

Every reader asks here, so that a word means the same whatever format it comes in. A function returns "" for a word
that it does not know: the reader keeps such a word in the remainder.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BARE = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """A word to compare by: lower case, without blanks, hyphens, underscores and the ending of TBX's pick-lists."""
    low = word.strip().casefold()
    return _BARE.sub("", re.sub(r"(?:term)?-?admn-?sts$", "", low))


def _table(text: str) -> dict[str, str]:
    """`code: word, word` a line, as a table from each word (and the code itself) to its code."""
    out: dict[str, str] = {}
    for line in text.strip().splitlines():
        code, _, words = line.strip().partition(":")
        for word in (code, *words.split(",")):
            out[bare(word)] = code
    return out


_USES = _table("""
preferred: preferredTerm, preferred term, recommended, main, primary, must use
preferred: 首选, 首選, 首选词, 优先, 優先, 推荐, 推薦, 规范
admitted: admittedTerm, admitted term, allowed, accepted, acceptable, permitted, alternative, synonym, variant
admitted: secondary, 可用, 允许, 允許, 许用, 备选, 備選, 同义词, 别名
deprecated: deprecatedTerm, deprecated term, deprecatedTermadmnsts, notRecommended, not recommended, forbidden
deprecated: forbidden term, prohibited, banned, do not use, don't use, not allowed, rejected, avoid, incorrect, wrong
deprecated: 禁用, 禁止, 禁止使用, 不宜用, 不推荐, 不推薦, 勿用, 弃用, 棄用, 错误, 淘汰
superseded: supersededTerm, superseded term, obsolete, outdated, historical, old, replaced
superseded: 旧称, 舊稱, 曾用, 曾用名, 过时, 過時, 已废止
""")
_REVIEWS = _table("""
draft: new, proposed, suggested, candidate, provisional, pending, unapproved, to be reviewed, working, starterElement
draft: 草稿, 待审, 待審, 建议, 新
reviewed: checked, verified, processed, revised, 已审, 已審, 已校, 审校
approved: final, finalized, finalised, validated, standardized, standardised, consolidatedElement
approved: 定稿, 批准, 已批准, 已核准, 审定
""")
_POS = _table("""
noun: n, n., substantive, common noun, 名词, 名詞, 名
verb: v, v., vt, vi, 动词, 動詞, 动
adj: adjective, adj., a., 形容词, 形容詞, 形
adv: adverb, adv., 副词, 副詞, 副
phrase: phr, phr., noun phrase, verb phrase, collocation, set phrase, 短语, 短語, 词组, 詞組
name: proper noun, propernoun, proper name, pn, 专名, 專名, 专有名词, 專有名詞
""")
_UNSAID = {"", "notselected", "none", "unknown", "na", "nil", "unspecified", "其他", "无"}


def use_of(word: str) -> str:
    """How far a designation may be used (`preferredTerm-admn-sts`, 首选, `Do not use` …); "" where unknown."""
    return _USES.get(bare(word), "")


def review_of(word: str) -> str:
    """How far an entry has been worked on (`New`, `Finalized` …): draft, reviewed, approved; "" where unknown."""
    return _REVIEWS.get(bare(word), "")


def pos_of(word: str) -> str:
    """The code of a part of speech (`Proper Noun` → name); "" where unknown."""
    return _POS.get(bare(word), "")


def says_nothing(word: str) -> bool:
    """Whether a value only says that nothing was chosen (`Not Selected`, `N/A`)."""
    return bare(word) in _UNSAID


class Language(NamedTuple):
    """A language as we tell them apart: `lang` zh, en or another code; `script` Hans, Hant, Latn or ""; `region`."""

    lang: str
    script: str = ""
    region: str = ""


_LANGUAGES = {
    "zh": "zh", "zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh", "chinese": "zh", "mandarin": "zh",
    "en": "en", "eng": "en", "english": "en", "englisch": "en", "anglais": "en",
}  # fmt: skip
_SCRIPTS = {
    "hans": "Hans", "hant": "Hant", "latn": "Latn", "simplified": "Hans", "traditional": "Hant", "pinyin": "Latn",
    "chs": "Hans", "cht": "Hant", "prc": "Hans", "china": "Hans", "taiwan": "Hant",
}  # fmt: skip
_PLACES = {
    "prc": "CN", "china": "CN", "mainland": "CN", "taiwan": "TW", "singapore": "SG", "hongkong": "HK",
    "uk": "GB", "usa": "US", "unitedkingdom": "GB", "unitedstates": "US", "chn": "CN", "twn": "TW", "hkg": "HK",
    "sgp": "SG", "gbr": "GB",
}  # fmt: skip
_TWO_WORDS = re.compile("(hong|united) (kong|kingdom|states)")
_WRITTEN_IN = {"CN": "Hans", "SG": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}
_HAN_NAMES = {
    "中文": Language("zh"), "汉语": Language("zh"), "漢語": Language("zh"), "华语": Language("zh"),
    "中": Language("zh"), "简体": Language("zh", "Hans"), "简体中文": Language("zh", "Hans"),
    "简体字": Language("zh", "Hans"),
    "簡體": Language("zh", "Hans"), "簡體中文": Language("zh", "Hans"), "简中": Language("zh", "Hans"),
    "繁体": Language("zh", "Hant"), "繁體": Language("zh", "Hant"), "繁体中文": Language("zh", "Hant"),
    "繁體中文": Language("zh", "Hant"), "繁体字": Language("zh", "Hant"), "繁中": Language("zh", "Hant"),
    "正體": Language("zh", "Hant"), "正體中文": Language("zh", "Hant"),
    "英文": Language("en"), "英语": Language("en"), "英語": Language("en"), "英": Language("en"),
}  # fmt: skip


def language_of(tag: str) -> Language:
    """What a language tag or name means: zh, zh-CN, zh_CN, zh-Hans, zho, `Chinese (PRC)`, 中文 …

    `script` is "" where the tag leaves it open (plain `zh`), `region` as it is given (CN, TW, GB …). A language that
    is neither Chinese nor English comes back by its own code in lower case, no language at all as `Language("")`.
    """
    text = tag.strip()
    if text in _HAN_NAMES:
        return _HAN_NAMES[text]
    parts = [p for p in re.split(r"[\s_()\[\]/,-]+", _TWO_WORDS.sub(r"\1\2", text.casefold())) if p]
    lang = next((_LANGUAGES[p] for p in parts if p in _LANGUAGES), "")
    if not lang:
        return Language(parts[0] if parts and re.fullmatch("[a-z]{2,8}", parts[0]) else "")
    script = region = ""
    for part in parts[1:] if parts[0] in _LANGUAGES else parts:
        script = script or _SCRIPTS.get(part, "")
        region = region or _PLACES.get(part, part.upper() if re.fullmatch("[a-z]{2}", part) else "")
    if lang == "zh":
        script = script or _WRITTEN_IN.get(region, "")
    return Language(lang, script, region if region not in ("ZH", "EN") else "")
