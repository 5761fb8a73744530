"""Which cells of a table are read as running text: those that say what is to be done, and nothing of an indicator table.

The numbers of any other table (投资, 名额, 清单) only describe.
"""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import SPAN, DateError, parse_days, plan_term
from ipplan.parse.tables.grid import Grid
from ipplan.parse.tables.heads import AGENCIES, indicator_heads
from ipplan.patterns import pattern

_YEAR = pattern("((?:19|20)[0-9]{2}) ?年")
_TERM = pattern("[一二]?十[一二三四五六七八九]?五")
_LEAST = 8
_MOST_OPEN = 60
_SPAN = pattern(SPAN)


def completion(folded: str, year: int | None = None) -> dt.date | None:
    """The last day of a cell of 完成时限: 2025年12月底前 → 2025-12-31; 长期坚持 has none.

    ``year`` is that of days that name none (10月底前).
    """
    found = _SPAN.search(folded)
    if not found:
        return None
    try:
        return parse_days(found[0].rstrip("前"), year).end
    except DateError:
        return None


def allow_prose(grid: Grid, folded: str) -> None:
    """Set what is read of each row as prose, and the deadline the table gives it."""
    caption = _caption_day(grid.caption)
    indicators = indicator_heads(grid.heads)
    tasks = [] if indicators or not grid.columns(*AGENCIES) else grid.columns("task", "weak_name")
    for row in grid.rows[grid.first :]:
        taken = {
            slot.cell
            for c in grid.columns(*AGENCIES, "due")
            if (slot := grid.at(row.index, c)) and slot.row == row.index
        }
        row.open = frozenset() if indicators else frozenset(range(min(len(row.cells), _MOST_OPEN))) - taken
        said = [slot for c in grid.columns("due") if (slot := grid.at(row.index, c))]
        due = next((day for slot in said if (day := completion(folded[slot.start : slot.end]))), None)
        if due:
            row.due = due, "assignment"
        elif indicators and caption:
            row.due = caption, "section"
        slots = [slot for c in tasks if (slot := grid.at(row.index, c)) and slot.row == row.index]
        row.read = frozenset(slot.cell for slot in slots if slot.end - slot.start >= _LEAST)


def _caption_day(caption: str) -> dt.date | None:
    """The last day of the year or term in a caption: “十四五”主要指标, 2025年主要指标."""
    years = _YEAR.findall(caption)
    if years:
        return dt.date(int(years[-1]), 12, 31)
    term = _TERM.search(caption)
    try:
        return dt.date(plan_term(term[0])[1], 12, 31) if term else None
    except DateError:
        return None
