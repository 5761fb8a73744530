"""Time phases (阶段): a section whose title carries a span of dates, in brackets or bare, or is one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ipplan.normalize.dates import SPAN, DateError, parse_days
_HINT = re.compile("[0-9〇年月]")


@dataclass(slots=True)
class Dated:
    """A phase found: its days and the half-open place of the dates (with their bracket) in the healed paragraph."""

    start: dt.date | None
    end: dt.date | None
    at: int
    stop: int


_BRACKET = re.compile(rf"[（〔【] ?(?:时间|起止时间|时间安排)?：?({SPAN}) ?[）〕】] ?$")
_WHOLE = re.compile(rf"(?:时间：)?({SPAN})")
_LEAD = re.compile(rf" ?(?:时间：)?({SPAN}) ?[：。，、；]? ?")
_TRAIL = re.compile(rf"(?:[：，、 ]|-{{1,2}}) ?({SPAN})$")
_PHASE_WORD = re.compile("阶段|环节|时期|步骤|第[一二三四五六七八九十]步|期$")


def dated_title(folded: str, start: int, end: int, *, schedule: bool) -> Dated | None:
    """The dates of a title ``folded[start:end]``: ``启动阶段（2024年1月-4月）``, ``2022年7月至2022年12月``, ``启动阶段：2024年1月``."""
    title = folded[start:end]
    if not _HINT.search(title):
        return None
    likely = schedule or bool(_PHASE_WORD.search(title))
    found = _BRACKET.search(title)
    if found:
        if likely or "月" in found[1] or "季度" in found[1]:
            return _days(found[1], start + found.start(), end)
        return None
    whole = _WHOLE.fullmatch(title)
    if whole:
        return _days(whole[1], start, end)
    if not likely:
        return None
    trail = _TRAIL.search(title)
    if trail:
        return _days(trail[1], start + trail.start(), end)
    lead = _LEAD.match(title)
    if lead and lead.end() > lead.end(1) and lead.end() < len(title):
        return _days(lead[1], start, start + lead.end())
    return None


def dated_start(folded: str, at: int) -> Dated | None:
    """Dates at the beginning of the text behind a phase's title: ``启动阶段：2024年1月-4月。召开…``."""
    found = re.compile(rf" ?[（〔]?({SPAN})[）〕]?(?=[。；：，]|$)").match(folded, at)
    return _days(found[1], at, found.end()) if found else None


def _days(token: str, at: int, stop: int) -> Dated | None:
    try:
        days = parse_days(token)
    except DateError:
        return None
    return Dated(days.start, days.end, at, stop)
