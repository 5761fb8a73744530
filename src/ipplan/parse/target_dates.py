"""Which of a sentence's deadlines holds for a target in it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from ipplan.normalize.dates import YEAR
from ipplan.parse.clauses import Clause
from ipplan.parse.deadlines import Deadline
from ipplan.parse.grammar import Raw
from ipplan.patterns import pattern
from ipplan.records import replace

#: What may follow a day that a clause of its own names for the clause before.
_BY_THEN = pattern(
    "[前内]? ?(?:(?:全部|全面|基本|均)?(?:完成|实现|落实|到位|达标|达成|达到|建成投用|建成|办结|见效"
    "|投入使用|投入运行|投入运营|投产|投用|投运|运行|启用|竣工|完工|交付|上线|挂牌|开工|通过验收|验收)[。，；）]?|[。；）])?(?=$|[。；） ]|(?<=[。，；）]))"
)
#: 2024年起每年发布报告: the deadline before it is over.
_SINCE = pattern(f"{YEAR} ?年(?:起|开始|以后)")
_YEAR = pattern(f"{YEAR}|五")
_TERM = pattern("(?<![第前近一二三四五六七八九十])[二两三四五](?:个)?年(?:内|间|累计|共|合计|总)")
#: A sentence is looked back over so far, so that an endless one takes linear time.
_BACK = 400
_MOST_PARTS = 8


def date_targets(
    found: list[Raw],
    deadlines: list[Deadline],
    ends: list[int],
    clause: Clause,
    sentence: tuple[int, int],
    folded: str,
) -> None:
    """Give the targets of a clause their sentence and deadline; a series of dates goes one by one.

    ``deadlines``: those of the sentence, in order; ``ends``: where they end.
    """
    for raw in found:
        raw.sentence = sentence
        raw.deadline = raw.deadline or _deadline(raw, deadlines, ends, clause, folded)
    series = [raw for raw in found if raw.rule == "respectively" and raw.noun == found[0].noun]
    if len(series) > 1:
        ahead = [day for day in deadlines if day.end <= series[0].quantity.start][-len(series) :]
        listed = all(b.start - a.end <= 1 for a, b in pairwise(ahead))
        days = deadlines if len(series) == len(deadlines) else ahead if listed else []
        if len(days) == len(series):
            for raw, day in zip(series, days, strict=True):
                raw.deadline = day
        elif series[0].deadline:
            _by_years(series, series[0].deadline)


def _by_years(series: list[Raw], term: Deadline) -> None:
    """2025—2027年分别实现110亿元、125亿元、140亿元: one for each year."""
    if term.first and term.day.year - term.first.year + 1 == len(series) and (term.day.month, term.day.day) == (12, 31):
        for k, raw in enumerate(series):
            raw.deadline = replace(term, day=term.day.replace(year=term.first.year + k))


def _deadline(raw: Raw, deadlines: list[Deadline], ends: list[int], clause: Clause, folded: str) -> Deadline | None:
    """The nearest deadline phrase before the quantity in the sentence, else one behind it.

    Behind it means in the same clause, or in the next one where that says no more than the day (，2026年6月底前完成).
    """
    before = bisect_right(ends, raw.quantity.end)
    parted = before > 0 and _has_semicolon(folded, deadlines[before - 1].end, clause.start)
    if parted and _TERM.search(folded, clause.start, raw.quantity.start):
        return None  # 2024年底前盘点完毕；三年累计许可1000项
    for _ in range(_MOST_PARTS):
        if not before or not _of_these(folded, deadlines[before - 1], clause):
            break
        before -= 1
    if before:
        day = deadlines[before - 1]
        if _SINCE.search(folded, max(day.end, raw.quantity.start - _BACK), raw.quantity.start) or _only_there(
            folded, day, raw
        ):
            return None
        return day
    for day in deadlines:
        if day.start > clause.end + 12:
            break
        if day.forward and raw.quantity.end <= day.start <= clause.end + 12:
            if clause.stop == "；" and day.start > clause.end:
                return None
            return day if day.start <= clause.end or _BY_THEN.match(folded, day.end) else None
    return None


def _has_semicolon(folded: str, start: int, end: int) -> bool:
    return folded.find("；", max(start, end - _BACK), end) >= 0


def _of_these(folded: str, day: Deadline, clause: Clause) -> bool:
    """Whether a day tells only of a part of the item before: 其中上半年完成15家，培育｜2家."""
    if day.end > clause.start or folded[day.end : day.end + 1] in "，：":
        return False
    return folded[max(0, day.start - 4) : day.start].rstrip(" ，：").endswith("其中")


def _only_there(folded: str, day: Deadline, raw: Raw) -> bool:
    """Whether a day without a year, in the midst of what stands in front of a ；, tells of that alone."""
    if not day.forward or not _has_semicolon(folded, day.end, raw.quantity.start):
        return False
    leads = not folded[raw.sentence[0] : day.start].strip(" ，、")
    return not leads and _YEAR.search(folded, day.start, day.end) is None
