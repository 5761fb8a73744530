"""The day that a statement of responsibility names: 完成时限：2024年6月底, …负责，9月底前完成."""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import SPAN, DateError, parse_days
from ipplan.patterns import pattern
from ipplan.records import record

_WHEN = f"{SPAN}|年[底末内]前?"
#: 2023年12月底前完成 · 2025年 · 2024年6月底前 · 年底前全部完成
_DUE = pattern(
    rf"(?:于|在|到|截至|力争)?(?:{_WHEN})(?:内)?(?:全部|全面|基本)?(?:完成|前完成|实施|落实|到位|取得[^、，。；]{{0,8}}|底前完成)?"
)
_SPAN = pattern(_WHEN)
#: What every date holds one of.
_SIGN = pattern("[0-9〇零一二三四五六七八九十第春夏秋冬上下年]")


@record(frozen=True)
class Due:
    """The last day, or the words that give one once their year is known (9月底前)."""

    day: dt.date | None
    words: str | None = None


def is_due(text: str) -> bool:
    """Whether a part of a statement is a day and nothing else."""
    return _SIGN.search(text) is not None and _DUE.fullmatch(text.replace(" ", "")) is not None


def read_due(text: str) -> Due | None:
    """The first span of time in a text, ``None`` where there is none."""
    found = _SPAN.search(text)
    if not found:
        return None
    words = found[0].replace("年内", "年底")
    try:
        return Due(parse_days(words).end)
    except DateError:
        return Due(None, words) if dated(words, 2000) else None  # 2000 has every day


def dated(words: str, year: int) -> dt.date | None:
    """The last day of words without a year; ``None`` where that year has none (2月29日)."""
    try:
        return parse_days(words, year).end
    except DateError:
        return None
