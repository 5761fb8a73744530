"""Time phases (阶段): a section whose title carries a span of dates, in brackets or bare, or is one."""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import SPAN, DateError, Days, parse_days
from ipplan.patterns import pattern
from ipplan.records import record

_HINT = pattern("[0-9〇年月季]")


@record
class Dated:
    """A phase found: its days and the half-open place of the dates (with their bracket) in the healed paragraph."""

    start: dt.date | None
    end: dt.date | None
    at: int
    stop: int


_BRACKET = pattern(rf"[（〔【] ?(?:时间|起止时间|时间安排)?：?({SPAN}) ?[）〕】] ?$")
_INNER = pattern(rf"[（〔【] ?(?:时间|起止时间|时间安排)?：?({SPAN}) ?[）〕】]")
_WHOLE = pattern(rf"(?:时间：)?({SPAN})")
_LEAD = pattern(rf" ?(?:时间：)?({SPAN}) ?[：。，、；] ?")
#: 2021年9月至10月为宣传发动阶段
_AS = pattern(rf"({SPAN}) ?(?:为|是)(?=[^，。；]{{2,14}}(?:阶段|期)$)")
_TRAIL = pattern(rf"(?:[：，、 ]|-{{1,2}}) ?({SPAN})$")
_START = pattern(rf" ?[（〔]?({SPAN})[）〕]?(?=[。；：，]|$)")
_PHASE_WORD = pattern("阶段|环节|时期|步骤|第[一二三四五六七八九十]步|期$")


_ANY_SPAN = pattern(f"[（〔【]? ?(?:时间|起止时间|时间安排)?：?{SPAN} ?[）〕】]?")
#: 3-4月: the first month without its 月.
_MONTHS = pattern("^([0-9]{1,2}) ?(?:-{1,2}|~|至|到) ?([0-9]{1,2}) ?月$")
#: The name of a phase whose bracket has no year: 全面推进, 总结评估.
_SHORT_NAME = 6
_RANGED = pattern("[-~至到]")
_PART_OF_YEAR = pattern("[月季半]")
_COUNTED = pattern("[0-9%]")
_PAST_HEAD = pattern("完成|印发|出台|召开|底前|月前|年前|之前|以前|，.*，")


def is_phase_head(folded: str, start: int, end: int) -> bool:
    """Whether a first sentence is a phase's head: a name with dates in brackets, behind a colon or in front, or dates alone."""
    if end - start > 70 or not _HINT.search(folded, start, end):
        return False
    text = folded[start:end]
    if _AS.match(text):
        return True
    for found in _ANY_SPAN.finditer(text):
        token = found[0].strip("（〔【）〕】：: ")
        bracketed = found[0][0] in "（〔【" and found[0][-1] in "）〕】"
        rest = (text[: found.start()] + text[found.end() :]).strip("：，、。； -")
        named = bool(_PHASE_WORD.search(rest))
        undated = bracketed and "年" not in token and "月" in token and bool(_RANGED.search(token))
        try:
            days = parse_days(token.removeprefix("时间：").removeprefix("起止时间："), 2000 if undated else None)
        except DateError:
            continue
        if undated and len(rest) >= 2 and (named or len(rest) <= _SHORT_NAME) and not _COUNTED.search(rest):
            return True  # 全面推进（4月11日至11月15日）
        if _COUNTED.search(rest) and not named:
            return False
        if len(rest) > 22 or ("年" not in token and "." not in token):
            return False
        if bracketed:
            return named or "月" in token or "季" in token
        spans = days.start is None or days.end is None or (days.end - days.start).days > 27
        if not rest:
            return spans
        joined = (
            found[0][0] == "："
            or text[found.end() : found.end() + 1] in ("：", "，", "、", " ")
            or text[found.start() - 1 : found.start()] in ("：", "，", " ")
        )
        ranged = days.end is None or days.start is None or (days.end - days.start).days > 31
        return joined and spans and (named or ranged) and not _PAST_HEAD.search(text)
    return False


def dated_title(folded: str, start: int, end: int, *, schedule: bool, year: int | None = None) -> Dated | None:
    """The dates of a title ``folded[start:end]``: ``启动阶段（2024年1月-4月）``, ``2022年7月至2022年12月``, ``启动阶段：2024年1月``.

    ``year`` is that of dates which name none (``推进阶段（5月-10月）``).
    """
    if not _HINT.search(folded, start, end):
        return None
    title = folded[start:end]
    likely = schedule or bool(_PHASE_WORD.search(title))
    found = _BRACKET.search(title)
    if found:
        if likely or "月" in found[1] or "季度" in found[1]:
            return _days(found[1], start + found.start(), end, year if likely else None, bracketed=True)
        return None
    whole = _WHOLE.fullmatch(title)
    if whole:
        return _days(whole[1], start, end, year if schedule else None)
    if not likely:
        return None
    named = _AS.match(title)
    if named:
        return _days(named[1], start, start + named.end(), year)
    inner = _INNER.search(title)
    if inner:
        return _days(inner[1], start + inner.start(), start + inner.end(), year, bracketed=True)
    trail = _TRAIL.search(title)
    if trail:
        return _days(trail[1], start + trail.start(), end, year)
    lead = _LEAD.match(title)
    if lead and lead.end() > lead.end(1) and lead.end() < len(title):
        return _days(lead[1], start, start + lead.end())
    return None


def dated_start(folded: str, at: int, year: int | None = None) -> Dated | None:
    """Dates at the beginning of the text behind a phase's title: ``启动阶段：2024年1月-4月。召开…``."""
    found = _START.match(folded, at)
    return _days(found[1], at, found.end(), year) if found else None


def _days(token: str, at: int, stop: int, year: int | None = None, *, bracketed: bool = False) -> Dated | None:
    try:
        days = parse_days(token)
    except DateError:
        if year is None or not _PART_OF_YEAR.search(token):
            return None
        try:
            days = parse_days(_MONTHS.sub(r"\1月-\2月", token), year)
        except DateError:
            return None
        if not _lasts(token, days, bracketed):
            return None
    return Dated(days.start, days.end, at, stop)


def _lasts(token: str, days: Days, bracketed: bool) -> bool:
    """Whether days without a year are a phase: 8月1日-8月20日, 5月, 即日起至5月15日; 6月底前 and 4月上旬 only in brackets."""
    if bracketed or days.start is None or days.end is None:
        return bracketed or token.startswith("即日")
    return (days.end - days.start).days >= (3 if _RANGED.search(token, 1) else 20)
