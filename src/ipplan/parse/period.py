"""The years a plan gives itself, by its title or its term (contract: Meta.period)."""

from __future__ import annotations

import datetime as dt
import re

from ipplan.draft import Period
from ipplan.normalize.dates import SPAN, YEAR, DateError, parse_days, plan_term
from ipplan.parse.front import DATE
from ipplan.patterns import pattern
from ipplan.text import Passage

_TERM = pattern(
    rf"(?:试点|示范|规划|实施|建设|创建|方案|行动|工作|执行|计划)(?:期|周期|期限|时限)(?:限|间|内)*(?:为|是|：|自|从)?[（ ]*(?P<span>{SPAN})"
)
#: What a campaign's own chapter on time is called: 一、整治时间.
_TIME_CHAPTER = pattern(
    "[一二三四五六七八九十]{1,3}、 ?"
    "(?:本次|专项|集中|综合|整治|行动|活动|治理|攻坚|创建|清理|实施|开展|工作|起止){1,3}(?:起止)?(?:时间|期限|时限) ?(?:[：。]|$)",
    needs=("时间", "期限", "时限"),
)
_ALONE = pattern(rf" *(?:为|自|从)?(?P<span>{SPAN})(?=[，。；（ ]|$)")
#: 决定从即日起至8月20日在全区开展…
_HELD = pattern(
    rf"(?:从|自|于)(?P<span>{SPAN})，?在(?:全[市区县省州镇旗]|辖区)[^，。；]{{0,12}}?(?:开展|组织|实施)(?!了)",
    needs=("全", "辖区"),
)
_VALID_TO = pattern(
    rf"有效期(?:至|到|截至|截止到|为?[^。；]{{0,20}}?至) ?(?P<end>{DATE}|{YEAR} ?年 ?(?:底|末|12 ?月(?:底)?)?)",
    needs=("有效期",),
)
_TITLE_SPAN = pattern(
    rf"{YEAR} ?年?(?:[-~至到]+){YEAR} ?年?|{YEAR} ?年 ?[0-9]{{1,2}} ?月[-~至到]+{YEAR} ?年 ?[0-9]{{1,2}} ?月",
    needs=("-", "~", "至", "到"),
)
_FIVE_YEARS = pattern("(?<![一二三四五六七八九十])([一二]?十[一二三四五六七八九]?五)(?!年)")
_ONE_YEAR = pattern(rf"(?P<y>{YEAR}) ?年度?(?=[^，。]*(?:要点|计划|方案|任务|安排|清单))")


_HAN = frozenset("一二三四五六七八九十")
#: A campaign of fewer days is an event.
_SHORTEST = 14


def read_period(title: str, passages: list[Passage], year: int | None = None) -> Period | None:
    """The years the plan gives itself, by its title, else by its term; ``year``: that of dates without one."""
    found = _TITLE_SPAN.search(title)
    try:
        if found:
            days = parse_days(found[0])
            return Period(start=days.start, end=days.end)
        nth = re.search("第([一二三四五六七八九十]{1,3})个五年", title)
        if nth:
            first, last = plan_term(nth[1] + "五")
            return Period(start=dt.date(first, 1, 1), end=dt.date(last, 12, 31))
        five, one = _FIVE_YEARS.search(title), _ONE_YEAR.search(title)
        # 2024年…“十四五”规划实施计划, “十四五”…2023年度推进方案
        ahead = one is not None and five is not None and (one.start() < five.start() or one[0].endswith("年度"))
        if five and not ahead and re.search("规划|计划|纲要|方案", title):
            first, last = plan_term(five[1])
            return Period(start=dt.date(first, 1, 1), end=dt.date(last, 12, 31))
        if one:
            days = parse_days(one["y"] + "年")
            return Period(start=days.start, end=days.end)
    except DateError:
        return None
    for passage in passages:
        if "期" in passage.fold or "时限" in passage.fold:
            stated = _stated_term(passage.fold)
            if stated:
                return stated
    return _campaign(passages, year)


def _campaign(passages: list[Passage], year: int | None) -> Period | None:
    """The days of a campaign, which its introduction or a chapter of its own states."""
    introducing = True
    for k, passage in enumerate(passages):
        folded = passage.fold
        introducing = introducing and not folded.startswith("一、")
        found = _HELD.search(folded) if introducing else None
        chapter = _TIME_CHAPTER.match(folded) if folded[:1] in _HAN else None
        if chapter and chapter.end() < len(folded):
            found = _ALONE.match(folded, chapter.end())
        elif chapter and k + 1 < len(passages):
            found = _ALONE.match(passages[k + 1].fold)
        if not found:
            continue
        try:
            days = parse_days(found["span"], year)
        except DateError:
            continue
        if days.end and (days.start is None or (days.end - days.start).days >= _SHORTEST):
            return Period(start=days.start, end=days.end)
    return None


def _stated_term(folded: str) -> Period | None:
    """The term a sentence states: 试点期内（2024年1月-2026年12月）, 有效期至2027年12月31日."""
    for term, group in ((_TERM, "span"), (_VALID_TO, "end")):
        found = term.search(folded)
        if not found:
            continue
        try:
            days = parse_days(found[group])
        except DateError:
            continue
        if group == "end":
            return Period(end=days.end)
        if days.start and days.end and (days.end - days.start).days >= 300:
            return Period(start=days.start, end=days.end)
    return None
