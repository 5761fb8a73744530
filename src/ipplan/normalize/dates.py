"""Dates and spans of time as plans write them → calendar days.

Grammar (folded text; blanks may stand between the parts)::

    span   := point [SEP point] | point "起" | point "以前" | SEP point
    point  := year "年" [part | month] | year | month | part | year "." month ["." day]
    month  := M "月" ["份"] [day | 初 | 上旬 | 中旬 | 下旬 | 底 | 末]
    part   := 初 | 底 | 末 | 上半年 | 下半年 | [第] N "季度" | 春季 | 夏季 | 秋季 | 冬季
    SEP    := - ~ 至 到

Years, months and days may be Chinese numerals (二〇二四年五月三十一日). A part without a year takes the year of the point
before it. Seasons are quarters as plans use them (spring = January to March is not meant: 春季 is March to May).
"""

from __future__ import annotations

import datetime as dt
import re

from ipplan.normalize.ordinals import ordinal
from ipplan.patterns import pattern
from ipplan.records import record


class DateError(ValueError):
    """The token is not a date, or a date that does not exist."""


_HAN_YEAR = "[一二][〇零九八][〇零一二三四五六七八九]{2}"
YEAR = f"(?:(?:1[89]|2[01])[0-9]{{2}}|{_HAN_YEAR})"
_HAN_SMALL = "(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
MONTH = f"(?:1[0-9]|0?[0-9]|{_HAN_SMALL})"
DAY = f"(?:[0-3]?[0-9]|{_HAN_SMALL})"
_QUARTER = "第? ?[一二三四1-4] ?季度(?:末|底)?"
_PART = f"(?:上半年|下半年|{_QUARTER}|[春夏秋冬]季|年?初|年?底|年?末|年中|全年)"

SEP = "(?: ?(?:-{1,2}|~|至|到) ?)"
#: What looks like a span of time; :func:`parse_days` decides. A class, because the grammar twice over compiles slowly.
SPAN = (
    "(?:(?:自|从|截至|截止|即日起至|即日起到|即日起-|印发之日起至|发布之日起至)?"
    "[0-9〇零一二三四五六七八九十第春夏秋冬上下][0-9〇零一二三四五六七八九十年月日号底末初中上下半旬季度份全第至到起前以来今后及开始之长"
    "期春夏秋冬 .~/-]{1,44})"
)

_READ = pattern(
    f"(?:(?P<y>{YEAR}) ?年?)?"
    f" ?(?:(?P<part>{_PART})"
    f"|(?P<m>{MONTH}) ?月份? ?(?:(?P<d>{DAY}) ?[日号]|(?P<mp>初|上旬|中旬|下旬|底|末))?"
    f"|[./-] ?(?P<m2>1[0-2]|0?[1-9])(?: ?[./-] ?(?P<d2>3[01]|[12][0-9]|0?[1-9]))?(?: ?月)?)?"
)
_SEP = pattern(SEP)
_FROM_NOW = pattern(
    "(?:即日|印发之日|发布之日|方案印发之日|公布之日)起? ?[至到-]{1,2} ?|截[至止] ?", needs=("即日", "之日", "截")
)
_BARE_DAYS = pattern(f"((?:{YEAR} ?年 ?)?{MONTH} ?月 ?)({DAY}) ?日?{SEP}({DAY} ?日)")
_BARE_MONTHS = pattern(f"({YEAR} ?年 ?)({MONTH})({SEP})({MONTH} ?月(?:底|末)?)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_SEASON = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 12)}


@record(frozen=True)
class Days:
    """First and last day of a span, both included; a side that is open is ``None``."""

    start: dt.date | None
    end: dt.date | None


def year_of(token: str) -> int:
    """``2024`` or ``二〇二四`` → 2024. Raises :class:`DateError`."""
    text = token.strip().translate(_DIGITS)
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise DateError(f"not a year: {token!r}")
    return int(text)


def parse_point(token: str, year: int | None = None) -> Days:
    """First and last day of one point in time; ``year`` is used where the token names none. Raises :class:`DateError`."""
    found = _READ.fullmatch(token.strip())
    if not found or not token.strip():
        raise DateError(f"not a date: {token!r}")
    y = year_of(found["y"]) if found["y"] else year
    if y is None:
        raise DateError(f"no year: {token!r}")
    month = found["m"] or found["m2"]
    day = found["d"] or found["d2"]
    try:
        if day:
            exact = dt.date(y, ordinal(month), ordinal(day))
            return Days(exact, exact)
        if month:
            return _month_part(y, ordinal(month), found["mp"])
        return _year_part(y, found["part"])
    except ValueError as error:
        raise DateError(f"no such date: {token!r}") from error


def parse_days(token: str, year: int | None = None) -> Days:
    """A span of time; ``2022年7月-12月底`` → 2022-07-01 … 2022-12-31. Raises :class:`DateError`."""
    open_start = _FROM_NOW.match(token.strip())
    if open_start:
        return Days(None, parse_days(token.strip()[open_start.end() :], year).end)
    days_only = _BARE_DAYS.fullmatch(token.strip())
    if days_only:
        return Days(
            parse_point(days_only[1] + days_only[2] + "日", year).start,
            parse_point(days_only[1] + days_only[3], year).end,
        )
    text = token.strip()
    if _BARE_MONTHS.search(text):
        text = _BARE_MONTHS.sub(r"\1\2月\3\4", text, count=1)
    for mark in _SEP.finditer(text):
        first, second = text[: mark.start()].strip(), text[mark.end() :].strip()
        if not first or not second or (_READ.fullmatch(second) is None and second not in ("今", "长期")):
            continue
        if second[0] in "-~" or _READ.fullmatch(_unled(first)) is None:
            continue
        return _between(_unled(first), second, year)
    body = _unled(text)
    for tail, keep in (
        ("及以后", "start"),
        ("以后", "start"),
        ("以来", "start"),
        ("开始", "start"),
        ("起", "start"),
        ("以前", "end"),
        ("之前", "end"),
        ("前", "end"),
    ):
        if body.endswith(tail):
            days = parse_point(body[: -len(tail)], year)
            return Days(days.start, None) if keep == "start" else Days(None, days.end)
    return parse_point(body, year)


def _unled(text: str) -> str:
    """Without the 自 or 从 it begins with."""
    return text[1:] if text[:1] in ("自", "从") else text


def _between(first: str, second: str, year: int | None) -> Days:
    try:
        start = parse_point(first, year).start
    except DateError:
        # 7月-2024年8月: the year stands only behind.
        own = re.match(YEAR, second)
        if not own:
            raise
        start = parse_point(first, year_of(own[0])).start
        end = parse_point(second).end
        if start and end and start > end:  # 11月-2025年1月
            start = parse_point(first, year_of(own[0]) - 1).start
    if second in ("今", "长期"):
        return Days(start, None)
    assert start is not None
    return Days(start, parse_point(second, start.year).end)


def parse_date(token: str) -> dt.date:
    """One day: ``2024年5月31日``, ``二〇二四年五月三十一日``, ``2024-05-31``. Raises :class:`DateError`."""
    days = parse_point(token)
    if days.start is None or days.start != days.end:
        raise DateError(f"not a day: {token!r}")
    return days.start


def _last(year: int, month: int) -> dt.date:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return dt.date(year, month, 29 if leap else 28)
    return dt.date(year, month, 30 if month in (4, 6, 9, 11) else 31)


def _month_part(y: int, m: int, part: str | None) -> Days:
    first = dt.date(y, m, 1)
    last = _last(y, m)
    if part in ("初", "上旬"):
        return Days(first, dt.date(y, m, 10))
    if part == "中旬":
        return Days(dt.date(y, m, 11), dt.date(y, m, 20))
    if part == "下旬":
        return Days(dt.date(y, m, 21), last)
    if part in ("底", "末"):
        return Days(last, last)
    return Days(first, last)


def _year_part(y: int, part: str | None) -> Days:
    first, last = dt.date(y, 1, 1), dt.date(y, 12, 31)
    if not part:
        return Days(first, last)
    if part.endswith(("底", "末")) and "季" not in part:
        return Days(last, last)
    if part.endswith("初"):
        return Days(first, dt.date(y, 1, 31))
    if part == "全年":
        return Days(first, last)
    if part == "年中":
        return Days(dt.date(y, 6, 30), dt.date(y, 6, 30))
    if part == "上半年":
        return Days(first, dt.date(y, 6, 30))
    if part == "下半年":
        return Days(dt.date(y, 7, 1), last)
    if part[0] in _SEASON:
        a, b = _SEASON[part[0]]
        return Days(dt.date(y, a, 1), _last(y, b))
    digit = re.sub("[第季度末底 ]", "", part)
    quarter = ordinal(digit)
    return Days(dt.date(y, quarter * 3 - 2, 1), _last(y, quarter * 3))


def plan_term(token: str) -> tuple[int, int]:
    """五年规划: ``十四五`` → (2021, 2025). The first five-year plan began in 1953, the sixth in 1981.

    Raises :class:`DateError` for anything else.
    """
    text = token.strip("“”\"' ")
    if not text.endswith("五") or len(text) < 2:
        raise DateError(f"not a five-year plan: {token!r}")
    try:
        n = ordinal(text[:-1])
    except ValueError:
        raise DateError(f"not a five-year plan: {token!r}") from None
    if not 6 <= n <= 30:
        raise DateError(f"not a five-year plan: {token!r}")
    start = 1981 + (n - 6) * 5
    return start, start + 4
