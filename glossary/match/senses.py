"""Leave out what a text says in an everyday sense: 理想 is a carmaker and an ideal, 散步 a protest and a walk.

Which words those are, an editor of the base says (`everyday.toml`). Such a word counts as the term where the text
shows that it is meant: it stands alone on a line or between quotation marks; the text names the same concept by another
form, for a text keeps to one sense of a word (Gale, Church and Yarowsky 1992); or it keeps the company of its field:
sound matches nearby. A name must show itself as one, by what follows it (理想汽车) or by a name beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary.match.terms import EVERYDAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary.match.terms import Finding, Terms
    from glossary.termbase.automaton import Found

NEAR = 60  # characters of Chinese on either side within which a term of the domain speaks for a word; English: thrice
BESIDE = 25  # … within which a name speaks for a name
NAMES = frozenset({"company", "product", "outlet", "journal", "programme", "institution", "place", "person"})
SEEN = 6  # characters before and behind a word that are looked at for what it stands in
_QUOTED = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", '"': '"'}
LONGEST_AND = 8  # characters between two names of a row
_AND = re.compile(r"\s*(?:[、,，/／和与及跟]|以及|and|or)\s*")
_STOP = re.compile(r"[。！？!?\n]|\.\s")
# What stands behind the name of a firm, a product or a paper, behind that of a programme, and before either.
_BEHIND_FIRM = """
    公司 集团 集團 科技 股份 控股 平台 汽车 汽車 手机 手機 电脑 電腦 新闻 新聞 门店 专卖店 專賣店 旗舰店 网站 網站
    官方 官网 旗下 创始人 創始人 董事长 董事長 总裁 總裁 高管 员工 用户 用戶 账号 帳號 主播 直播 短视频 短視頻 品牌
    评分 发布 發布 推出 宣布 回应 回應 上市 财报 股价 起诉 收购 投资 中标 裁员 融资 入股 签约 记者 記者 报道 報道
    报导 報導 组织 組織 App APP app CEO
""".split()
_BEHIND_PROGRAMME = "工程 计划 計劃 系统 系統 项目 項目 行动 行動 平台 摄像 攝影 覆盖 覆蓋".split()
_BEFORE = "公司 企业 企業 平台 厂商 廠商 品牌 车企 車企 巨头 媒体 媒體 应用 软件 軟體 旗下 据 據".split()
# … and behind a name that begins a clause.
_SUBJECT_GOES_ON = re.compile("今年|去年|昨天|昨日|近日|日前|此前|因|对|對|将|將|拟|擬")
_FIRM_GOES_ON = re.compile(rf"[(（][A-Za-z]|[A-Z0-9]|{'|'.join(_BEHIND_FIRM)}")
_PROGRAMME_GOES_ON = re.compile("|".join(_BEHIND_PROGRAMME))
_NAME_COMES = re.compile(rf"(?:{'|'.join(_BEFORE)})$")
# What stands before the kind of a document that is named: 关于推进雪亮工程建设的意见, 第三十四号决定.
_TITLE_COMES = re.compile(r"(?:关于|關於)[^。！？]{4,60}的$|第\w{1,7}[号號]$")
TITLE = 66  # characters before a word that are looked at for it
_PASSIVE = "被"  # 被冻结: what nobody would have done to him is the other sense


def drop_everyday(findings: list[Finding], text: str, keep: bool = False) -> None:
    """Take the places out that are not meant as terms, or `keep` and mark them; the findings are of one text."""
    for finding in findings:
        doubtful = finding.marked(EVERYDAY)
        ranks = _Company(findings, finding, text, doubtful).not_meant() if doubtful else set()
        if keep:
            finding.verdicts.update(dict.fromkeys(ranks, "everyday"))
        elif ranks:
            finding.drop(ranks)


def _is_alone(before: str, after: str, first: bool, last: bool) -> bool:
    """Whether a word is all that its line says; `first` and `last`: the text begins and ends within what is given."""
    *lines, begun = before.split("\n")
    ended, *more = after.split("\n")
    return bool((lines or first) and (more or last)) and not any(map(str.isalnum, begun + ended))


class _Company:
    """What stands beside the doubtful places of one finding."""

    def __init__(self, findings: list[Finding], finding: Finding, text: str, doubtful: list[int]) -> None:
        self._finding, self._text, self._doubtful = finding, text, doubtful
        self._reach = 1 if finding.terms.lang == "zh" else 3
        self._sound = [(f.terms, f.sound()) for f in findings]
        self._ids = {id for terms, places in self._sound for p in {p for _, _, p in places} for id in terms.term[p].ids}

    def not_meant(self) -> set[int]:
        """The ranks of the places that are not meant as terms."""
        places = self._finding.places
        kept = {i for i in self._doubtful if self._is_meant(i)}
        for i, j in pairwise(self._doubtful):  # names in a row speak for each other: 小米、联想
            between = self._text[places[i][1] : places[j][0]]
            if len(between) < LONGEST_AND and _AND.fullmatch(between) and self._is_name(i) and self._is_name(j):
                kept |= {i, j}
        return set(self._doubtful) - kept

    def _is_meant(self, i: int) -> bool:
        start, end, p = self._finding.places[i]
        text = self._text
        before, after = text[max(0, start - SEEN) : start], text[end : end + SEEN]
        if _is_alone(before, after, start < SEEN, end + SEEN > len(text)) or (
            _QUOTED.get(before[-1:], "\0") == after[:1]
        ):
            return True
        if i in self._finding.verdicts:  # a part of a longer word: 天网恢恢
            return False
        if not self._ids.isdisjoint(self._finding.terms.term[p].ids):
            return True
        if self._is_name(i):
            goes_on = _PROGRAMME_GOES_ON if "programme" in self._finding.terms.nature(p).kinds else _FIRM_GOES_ON
            begins = not before.strip() or not before[-1].isalnum()
            shown = goes_on.match(after) or _NAME_COMES.search(before) or (begins and _SUBJECT_GOES_ON.match(after))
            return bool(shown) or self._is_among_names(i)
        if before.endswith(_PASSIVE) or _TITLE_COMES.search(text, max(0, start - TITLE), start):
            return True
        return self._is_in_its_field(i)

    def _is_name(self, i: int) -> bool:
        return not NAMES.isdisjoint(self._finding.terms.nature(self._finding.places[i][2]).kinds)

    def _is_among_names(self, i: int) -> bool:
        start, end, p = self._finding.places[i]
        kinds = self._finding.terms.nature(p).kinds
        return any(
            not kinds.isdisjoint(terms.nature(q).kinds) and not _STOP.search(self._text, min(e, end), max(s, start))
            for terms, (s, e, q) in self._near(start, end, BESIDE)
        )

    def _is_in_its_field(self, i: int) -> bool:
        start, end, p = self._finding.places[i]
        domains = self._finding.terms.nature(p).domains
        return any(not domains.isdisjoint(terms.nature(q).domains) for terms, (_, _, q) in self._near(start, end, NEAR))

    def _near(self, start: int, end: int, reach: int) -> Iterator[tuple[Terms, Found]]:
        """The sound places that begin near a place."""
        low, high = start - reach * self._reach, end + reach * self._reach
        for terms, places in self._sound:
            for place in places[bisect_left(places, (low,)) : bisect_left(places, (high,))]:
                yield terms, place
