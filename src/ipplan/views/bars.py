"""The timeline as text: a scale of years, a bar per phase, a mark per deadline. Fits the width it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from ipplan.views.rows import Row

_SIGNS = {"period": "░", "phase": "█", "target": "◆", "commitment": "◇", "assignment": "○"}
_OPEN = {"start": "◀", "end": "▶"}
_WORDS = {"target": "targets", "commitment": "commitments", "assignment": "assignments"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the drawing and its kind (``plan`` and ``scale`` beside the kinds of rows)."""

    kind: str
    text: str


def draw(rows: Sequence[Row], width: int, *, several: bool) -> list[Line]:
    """The lines of the timeline, none wider than ``width`` cells; ``several``: name the plan above its rows."""
    if not rows:
        return []
    days = [day for row in rows for day in (row["start"], row["end"]) if isinstance(day, dt.date)]
    scale = _Scale(min(days), max(days), width)
    out: list[Line] = []
    for plan in dict.fromkeys(row["plan"] for row in rows):
        own = [row for row in rows if row["plan"] == plan]
        if several:
            out.append(Line("plan", scale.clip(str(plan), width)))
        out.append(Line("scale", scale.years()))
        out += [Line(str(row["kind"]), scale.bar(row)) for row in own if row["kind"] in ("period", "phase")]
        out += _deadlines(own, scale)
    return out


def _deadlines(rows: Sequence[Row], scale: _Scale) -> list[Line]:
    """One line per day and kind: alone with its words, together with their number and sections."""
    days: dict[tuple[dt.date, str], list[Row]] = {}
    for row in rows:
        if row["kind"] in _WORDS and isinstance(row["end"], dt.date):
            days.setdefault((row["end"], str(row["kind"])), []).append(row)
    out = []
    for (day, kind), group in sorted(days.items(), key=lambda item: (item[0][0], list(_WORDS).index(item[0][1]))):
        label = str(group[0]["label"])
        if len(group) > 1:
            label = f"{len(group)} {_WORDS[kind]}: {' '.join(dict.fromkeys(str(row['section']) for row in group))}"
        out.append(Line(kind, scale.mark(label, day, _SIGNS[kind])))
    return out


class _Scale:
    """Columns: label, dates, bars."""

    def __init__(self, first: dt.date, last: dt.date, width: int) -> None:
        self.first, self.last = dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)
        self.dates = 17 if width >= 60 else 0
        self.label = max(8, min(36, (width - self.dates - 4) * 2 // 5))
        self.room = max(4, width - self.label - self.dates - (4 if self.dates else 2))

    @staticmethod
    def clip(text: str, width: int) -> str:
        """Text cut to ``width`` cells, with … where it is cut."""
        text = " ".join(text.split())
        return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"

    def _at(self, day: dt.date) -> int:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return min(self.room - 1, int(share * self.room))

    def _line(self, label: str, dates: str, cells: str) -> str:
        head = set_cell_size(self.clip(label, self.label), self.label)
        middle = f"  {dates:<{self.dates}}" if self.dates else ""
        return f"{head}{middle}  {cells}".rstrip()

    def years(self) -> str:
        """A tick and, where there is room, its year at the place of each January."""
        cells = ["·"] * self.room
        free = 0
        for year in range(self.first.year, self.last.year + 1):
            at = self._at(dt.date(year, 1, 1))
            if at >= free and at + 4 <= self.room:
                cells[at : at + 4] = str(year)
                free = at + 5
        return self._line("", "", "".join(cells))

    def bar(self, row: Row) -> str:
        start, end = row["start"], row["end"]
        a = self._at(start) if isinstance(start, dt.date) else 0
        b = self._at(end) if isinstance(end, dt.date) else self.room - 1
        cells = " " * a + _SIGNS[str(row["kind"])] * max(1, b - a + 1)
        if not isinstance(end, dt.date):
            cells = cells[:-1] + _OPEN["end"]
        if not isinstance(start, dt.date):
            cells = _OPEN["start"] + cells[1:]
        left, right = (f"{day:%Y-%m}" if isinstance(day, dt.date) else "…" for day in (start, end))
        label = str(row["label"] or "") if row["kind"] == "phase" else "period of the plan"
        return self._line(label, f"{left} – {right}", cells)

    def mark(self, label: str, day: dt.date, sign: str) -> str:
        return self._line(label, f"{day:%Y-%m-%d}", " " * self._at(day) + sign)
