"""The deadline of a responsibility statement: 2023年12月底前完成, 完成时限：2021年6月, and 6月底前, whose year stands elsewhere."""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import SPAN, DateError, parse_days
from ipplan.patterns import pattern

_SPAN = pattern(SPAN)
#: 2023年12月底前完成 · 2025年 · 2024年6月底前
_WHOLE = pattern(rf"(?:于|在|到|截至|力争)?({SPAN})(?:内)?(?:完成|前完成|实施|落实|取得[^、，。；]{{0,8}}|底前完成)?")
#: 年底前完成 · 年内落实
_BARE = pattern(
    "(?:于|在)?(年[底末内中])(?:以前|之前|前)?(?:全部|全面|基本)?(?:完成|落实|实施|到位|见效|取得[^、，。；]{0,8})?"
)
#: What every date holds one of.
_SIGN = pattern("[0-9〇零一二三四五六七八九十第春夏秋冬上下年]")
#: Shows that a date is one but for its year.
_ANY_YEAR = 2000


_ONGOING = pattern(
    "(?:年内|全年|长期|常年|每年|逐年|适时|动态|持续|有序|稳步|逐步|加快|滚动|常态化?|分步|分年度|分阶段|贯穿|按[^，。；、]{1,8}){1,3}"
    "(?:推进|实施|落实|开展|坚持|进行|推动|执行|任务|工作|全年|完成)?"
)


def is_ongoing(text: str) -> bool:
    """Whether a piece of a list says that there is no last day: 全年推进, 年内持续推进, 按时间节点推进."""
    return len(text) <= 16 and _ONGOING.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Whether a piece of a list has the form of a date and of nothing else."""
    if not _SIGN.search(text):
        return False
    text = text.replace(" ", "")
    return _BARE.fullmatch(text) is not None or _WHOLE.fullmatch(text) is not None


def last_day(text: str) -> tuple[dt.date | None, str | None] | None:
    """The last day of the date in a text; where it names no year, the words that :func:`day_of_year` reads.

    ``None`` where the text has no date.
    """
    found = _SPAN.search(text)
    if found:
        try:
            return parse_days(found[0]).end, None
        except DateError:
            pass
    bare = _BARE.search(text)
    said = bare[1] if bare else found[0] if found else ""
    return (None, said) if day_of_year(said, _ANY_YEAR) else None


def day_of_year(said: str, year: int) -> dt.date | None:
    """The last day of a date without a year: 6月底 in 2024 → 2024-06-30."""
    try:
        return parse_days("年底" if said == "年内" else said, year).end
    except DateError:
        return None
