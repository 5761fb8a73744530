"""Rows of an indicator table → targets: one for each column of a year to come, and for the growth that leads there.

    指标           | 单位 | 2020年 | 2025年 | 年均增长 | 属性
    发明专利拥有量 | 件   | 1200   | >2000  | 〔800〕  | 预期性

The column of the last year before the plan gives the baseline.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from ipplan.parse.deadlines import Deadline
from ipplan.parse.grammar import Raw
from ipplan.parse.quantities import Quantity
from ipplan.parse.tables.grid import Head, Row, Slot, index_of
from ipplan.parse.tables.heads import indicator_heads
from ipplan.parse.tables.names import BRACKET, NATURE, Name, read_name
from ipplan.parse.tables.units import is_unit, read_unit
from ipplan.parse.tables.values import Value, read_value
from ipplan.text import Passage

_CHANGES = ("%", "百分点", "‰", "倍", "")


def sides(heads: list[Head], floor: int | None) -> tuple[list[int], list[int]]:
    """``(base columns, target columns)``: a year before the plan's first is a base, any other a target.

    Without a plan's year the first of several years is the base.
    """
    base = [c for c, head in enumerate(heads) if head.kind == "base"]
    target = [c for c, head in enumerate(heads) if head.kind == "target"]
    years = sorted((head.year, c) for c, head in enumerate(heads) if head.kind == "year" and head.year)
    known = [year for head in heads if head.kind == "target" and (year := head.year)]
    for k, (year, column) in enumerate(years):
        if floor is not None:
            past = year < floor
        else:
            past = k == 0 and not base and len(years) + len(target) > 1
        past = past or (bool(known) and year < min(known))
        (base if past else target).append(column)
    if floor is not None:
        base += [c for c in target if (year := heads[c].year) and year < floor]
        target = [c for c in target if c not in base]
    return base, sorted(target)


def row_targets(row: Row, passage: Passage, source_fold: str, floor: int | None) -> list[Raw]:
    """The targets of one row; places are those of the healed ``passage`` of the row."""
    grid = row.grid
    if row.index < grid.first or not indicator_heads(grid.heads):
        return []
    reader = _Reader(row, passage, source_fold)
    name = reader.name()
    if name is None:
        return []
    base, target = sides(grid.heads, floor)
    out: list[Raw] = []
    ends = [year for c in target if (year := grid.heads[c].year)]
    for column in target:
        value = reader.value(column)
        if value:
            raw = reader.target(name, value, column, growth=False)
            if value.besides and not _is_note(value.besides, grid.heads[column]):
                out.append(reader.target(name, value.besides, column, growth=False))
            if raw.basis == "level" and reader.summed():
                raw.basis = "cumulative"
            raw.baseline = None if raw.basis in ("growth", "reduction") else reader.baseline(base, column, name)
            out.append(raw)
    for column in grid.columns("growth"):
        value = reader.value(column)
        year = grid.heads[column].year or max(ends, default=None)
        if value and reader.changes(name, value, column) and (floor is None or year is None or year >= floor):
            out.append(reader.target(name, value, column, growth=True, year=year))
    return sorted(out, key=lambda raw: raw.quantity.start)


def _is_note(value: Value, head: Head) -> bool:
    """Whether 〔1〕 behind a value is the mark of a note."""
    return value.value < 10 and value.value == int(value.value) and "累计" not in head.text


class _Reader:
    """The cells of one row."""

    def __init__(self, row: Row, passage: Passage, source_fold: str) -> None:
        self.row, self.grid, self.passage, self.source = row, row.grid, passage, source_fold

    def slot(self, column: int) -> Slot | None:
        slot = self.grid.at(self.row.index, column)
        return slot if slot and slot.end > slot.start else None

    def said(self, column: int) -> str:
        slot = self.slot(column)
        return self.source[slot.start : slot.end] if slot else ""

    def name(self) -> Name | None:
        """The innermost name of the row; one that reaches down from a row above is known by its words alone."""
        columns = self.grid.columns("name") or self.grid.columns("weak_name")[:1]
        values = [slot for c in self.grid.columns("target", "year", "growth", "base") if (slot := self.slot(c))]
        for column in reversed(columns):
            slot = self.slot(column)
            if slot is None or slot in values:
                continue
            if slot.row == self.row.index and self.row.torn and self.row.torn[0] == column:
                said = self.source[slot.start : slot.end] + self.source[slice(*self.row.torn[1:])]
                name = read_name(said, said, 0, len(said))
                if name:
                    name.start = name.begin = index_of(self.passage, slot.start)
                    name.end = index_of(self.passage, slot.end)
                return name
            if slot.row == self.row.index:
                a, b = index_of(self.passage, slot.start), index_of(self.passage, slot.end)
                return read_name(self.passage.fold, self.passage.text, a, b)
            above = self.source[slot.start : slot.end]
            name = read_name(above, above, 0, len(above))
            if name:
                name.start = name.end = name.begin = -1
            return name
        return None

    def value(self, column: int) -> Value | None:
        """The value of a cell of this row (a value that stands for several rows is that of the first)."""
        slot = self.slot(column)
        if slot is None or slot.row != self.row.index:
            return None
        if slot == self.slot(column - 1) and column and self.grid.heads[column - 1].kind in ("target", "year", "base"):
            return None  # one cell for base and target: what it says is not known
        return read_value(self.passage.fold, index_of(self.passage, slot.start), index_of(self.passage, slot.end))

    def unit(self, name: Name, value: Value, column: int) -> tuple[Decimal, str]:
        """Multiplier and unit of a value: by the cell, its column, the unit column, the name, the head of the names."""
        if value.unit:
            return Decimal(1), value.unit
        head = self.grid.heads[column]
        said = ["" if head.kind == "growth" and value.bracketed else head.unit or ""]
        said += [self.said(c) for c in self.grid.columns("unit")]
        said += [name.unit or ""] + [head.unit or "" for head in self.grid.heads if head.kind in ("name", "weak_name")]
        said += [self._group_unit(), _caption_unit(self.grid.caption)]
        for text in said:
            unit = read_unit(text, name.text) if text else None
            if unit:
                return unit
        return Decimal(1), ""

    def summed(self) -> bool:
        """Whether the column of growth says of the value that it is a sum: 1.2 | 〔累计〕."""
        return any(self.said(c).strip("（）〔〕 ") == "累计" for c in self.grid.columns("growth"))

    def _group_unit(self) -> str:
        group = self._group()
        return group.unit or "" if group else ""

    def _group(self) -> Name | None:
        """The name of the group where it has a unit: 主要污染物排放总量减少（%） over 化学需氧量."""
        for column in self.grid.columns("name", "group"):
            said = self.said(column)
            found = BRACKET.search(said)
            if found and is_unit(found[1]):
                return read_name(said, said, 0, len(said))
        return None

    def changes(self, name: Name, value: Value, column: int) -> bool:
        """Whether the value of a column of growth is one: 年均 0.5 of a share may be points or percent."""
        unit = value.unit or self.grid.heads[column].unit
        if value.bracketed or unit or value.basis:
            return True
        row = self.unit(name, value, column)[1]
        return row not in ("%", "‰", "百分点") or name.basis in ("growth", "reduction")

    def target(self, name: Name, value: Value, column: int, *, growth: bool, year: int | None = None) -> Raw:
        head = self.grid.heads[column]
        multiplier, unit = self.unit(name, value, column)
        yearly = "年均" in head.text
        total = value.bracketed or (growth and "累计" in head.text and not yearly)
        if growth and not total and not value.unit:
            unit = head.unit or "%"
            multiplier = Decimal(1)
        group = self._group() if not name.basis and not name.unit else None
        basis = value.basis or name.basis or (group.basis if group else None)
        if total and basis not in ("growth", "reduction", "increment"):
            added = any(word in head.text for word in ("增加", "增量", "新增")) and not value.bracketed
            said = self.grid.cumulative or not value.bracketed
            basis = "increment" if added else "cumulative" if said else basis
        elif growth and not total and basis not in ("growth", "reduction"):
            falls = value.negative or any(word in head.text for word in ("下降", "降低", "减少"))
            basis = "reduction" if falls else "growth"
        if basis == "growth" and unit not in _CHANGES:
            basis = "increment"
        number = value.value * multiplier
        if value.negative and basis not in ("reduction", "growth"):
            number = -number
        elif value.negative:
            basis = "reduction"
        quantity = Quantity(
            value.start,
            value.end,
            number,
            unit,
            value.value_max * multiplier if value.value_max is not None else None,
            value.comparator,
        )
        own = name.start >= 0
        raw = Raw(
            (name.start, name.end) if own else (value.start, value.start),
            min(name.begin, value.start) if own else value.start,
            quantity,
            value.comparator,
            action=name.action,
            basis=basis or "level",
            frequency=value.frequency or name.frequency or ("annual" if growth and yearly and not total else None),
            commitment=value.commitment,
            nature=name.nature or self.nature(),
            rule="row of an indicator table",
            noun_text=name.text,
        )
        year = year or head.year
        raw.deadline = Deadline(0, 0, dt.date(year, 12, 31), True) if year else None
        raw.sentence = (raw.start, raw.end)
        return raw

    def baseline(self, base: list[int], column: int, name: Name) -> tuple[Decimal, int | None] | None:
        """The last value before the target's year."""
        heads = self.grid.heads
        ordered = sorted(base, key=lambda c: heads[c].year or 0, reverse=True)
        for c in ordered:
            value = self.value(c)
            if value and value.value_max is None and not (value.bracketed and self.grid.cumulative):
                multiplier, _ = self.unit(name, value, c)
                number = value.value * multiplier
                return -number if value.negative else number, heads[c].year
        return None

    def nature(self) -> str | None:
        """约束性 or 预期性, by the column, a group, the caption."""
        cells = [self.said(c) for c in (*self.grid.columns("nature"), *self.grid.columns("group"))]
        for text in (*cells, self._section(), self.grid.caption):
            found = [name for word, name in NATURE.items() if word in "".join(text.split())]
            if len(found) == 1:
                return found[0]
        return None

    def _section(self) -> str:
        """The row above that is one cell across: 约束性指标."""
        for r in range(self.row.index - 1, max(self.grid.first, self.row.index - 60) - 1, -1):
            cells = [(a, b) for a, b in self.grid.rows[r].cells if b > a]
            if len(cells) == 1 and cells[0][1] - cells[0][0] <= 20:
                return self.source[slice(*cells[0])]
        return ""


def _caption_unit(caption: str) -> str:
    found = re.search("单位：([^，。；）〕 ]{1,8})", caption)
    return found[1] if found else ""
