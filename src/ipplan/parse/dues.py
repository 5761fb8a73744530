"""Deadlines of duties (完成时限): 2025年12月底前, 2024年6月, 第三季度; those of a month or quarter may want a year."""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import SPAN, DateError, parse_days
from ipplan.patterns import pattern

#: 2023年12月底前完成 · 2025年 · 2024年6月底前 · 长期
_DEADLINE = pattern(
    rf"(?:于|在|到|截至|力争)?({SPAN})(?:内)?(?:全部|全面|基本)?(?:完成|前完成|实施|落实|到位|取得[^、，。；]{{0,8}}|底前完成)?"
)
_SPAN = pattern(SPAN)
_YEAR_END = pattern("年[底末内](?=[前之以内全完]|$)")
#: What every date holds one of.
_DATE_SIGN = pattern("[0-9〇零一二三四五六七八九十第春夏秋冬上下]")
#: 每年11月底前, 次年1月: no one year's.
_ANY_YEAR = pattern("每|次年|翌年|下一?年|当年|逐")
#: Any year that has every day.
_SOME_YEAR = 2000
#: 全年推进, 年内持续推进
_ONGOING = pattern(
    "(?:年内|全年|长期|常年|每年|逐年|适时|动态|持续|有序|稳步|逐步|加快|滚动|常态化?|分步|分年度|分阶段|贯穿|按[^，。；、]{1,8}){1,3}"
    "(?:推进|实施|落实|开展|坚持|进行|推动|执行|任务|工作|全年|完成)?"
)


def is_ongoing(text: str) -> bool:
    """Whether a piece of a list says that there is no last day: 全年推进, 年内持续推进, 按时间节点推进."""
    return len(text) <= 16 and _ONGOING.fullmatch(text) is not None


def is_due(text: str) -> bool:
    """Whether a part of a statement is a deadline and nothing else."""
    if _DATE_SIGN.search(text) is None:
        return text.startswith(("年底", "年末", "年内")) and len(text) <= 8
    return _DEADLINE.fullmatch(text.replace(" ", "")) is not None


def due_day(text: str, year: int | None = None) -> tuple[dt.date | None, str | None]:
    """The last day that a text names, or what it names without a year. ``year``: that of dates without one."""
    found = _SPAN.search(text) or _YEAR_END.search(text)
    if not found:
        return None, None
    span = found[0].replace("年内", "年底")
    try:
        return parse_days(span).end, None
    except DateError:
        pass
    if _ANY_YEAR.search(text):
        return None, None
    try:
        day = parse_days(span, year or _SOME_YEAR).end
    except DateError:
        return None, None
    return (day, None) if year else (None, span)
