"""Rows of a task table (任务分工表) → statements of responsibility, and the sections they hold for.

    任务                     | 牵头单位 | 配合单位         | 完成时限
    （一）加强知识产权保护   | 市法院   | 市公安局、市场局 | 2025年12月

A row holds for the section that its task names by title, text or number, where that is surely one; else for the section
the table stands in.
"""

from __future__ import annotations

import datetime as dt
import re

from ipplan.draft import AgencyRole
from ipplan.normalize.ordinals import HAN_ORDINAL, ordinal
from ipplan.parse.agencies import Statement, read_statement
from ipplan.parse.assignments import Found
from ipplan.parse.markers import match_marker
from ipplan.parse.outline import Node
from ipplan.parse.sections import Own
from ipplan.parse.tables.grid import Grid, Row, Slot, index_of
from ipplan.parse.tables.heads import AGENCIES
from ipplan.parse.tables.prose import completion
from ipplan.parse.tables.values import is_absent
from ipplan.patterns import pattern
from ipplan.records import field, record
from ipplan.text import Passage

_ROLES: dict[str, AgencyRole] = {"lead": "lead", "support": "support", "responsible": "responsible"}
_WORD = pattern("[\u4e00-\u9fffA-Za-z0-9]")
_MARKS = pattern("[^\u4e00-\u9fffA-Za-z0-9]+")
#: 三（二）4. step by step
_STEP = pattern(f"((?:第? ?|（ ?)(?:({HAN_ORDINAL})|([0-9]{{1,3}})) ?(?:）|、|[.]|部分|章|条)? ?)")
_LEAST_TITLE = 4
_LONGEST_PATH = 4

Stated = tuple[Passage, Found]


def date_rows(owns: list[Own], folded: str, year: int | None) -> None:
    """Give the rows whose day of completion names no year (10月底前) that day in the plan's ``year``."""
    for own in owns if year else ():
        for row in (stretch.row for stretch in own.stretches if stretch.row and not stretch.row.due):
            due = _due(row, folded, year)
            if due and row.index >= row.grid.first:
                row.due = due, "assignment"


def _due(row: Row, folded: str, year: int | None) -> dt.date | None:
    columns = row.grid.columns("due")
    return next((day for c in columns if (day := completion(_said(row.grid, row, c, folded), year))), None)


def table_duties(owns: list[Own], folded: str, year: int | None = None) -> list[tuple[Node, Stated]]:
    """Every statement of the task tables with the section it holds for, in text order; ``year``: that of bare days."""
    rows = [(own, stretch.passage, stretch.row) for own in owns for stretch in own.stretches if stretch.row]
    if not any(row.grid.columns(*AGENCIES) for _, _, row in rows):
        return []
    passages = {id(row): passage for _, passage, row in rows}
    names = _Names(owns)
    out: list[tuple[Node, Stated]] = []
    for own, _, row in rows:
        if row.index < row.grid.first or not row.grid.columns(*AGENCIES):
            continue
        found = _statements(row, passages, folded, year)
        if not found:
            continue
        node = _named(row, own.node, names, folded) or own.node
        out += [(node, stated) for stated in found]
    return out


def _statements(row: Row, passages: dict[int, Passage], folded: str, year: int | None) -> list[Stated]:
    """One statement per cell of agencies; a cell that reaches down over rows holds for each of them."""
    grid = row.grid
    due = _due(row, folded, year)
    out: list[Stated] = []
    seen: set[Slot] = set()
    for column in grid.columns(*AGENCIES):
        slot = grid.at(row.index, column)
        if slot is None or slot in seen or is_absent(folded[slot.start : slot.end]):
            continue
        seen.add(slot)
        passage = passages.get(id(grid.rows[slot.row]))
        if passage is None or len({s for s in grid.slots[row.index] if s}) < 2:
            continue
        start, end = index_of(passage, slot.start), index_of(passage, slot.end)
        statement = _cell(passage, start, end, _ROLES[grid.heads[column].kind])
        if statement.shares:
            statement.deadline = statement.deadline or due
            out.append((passage, Found(start, end, statement)))
    return out


def _cell(passage: Passage, start: int, end: int, role: AgencyRole) -> Statement:
    """The statement of a cell, which may stand on several lines; ``role`` is that of its column."""
    kept = [i for i in range(start, end) if passage.fold[i] != "\n"]
    text = "".join(passage.fold[i] for i in kept)
    statement = read_statement(text, 0, len(text), role=role)
    for share in statement.shares:
        for agency in share.agencies:
            agency.start, agency.end = kept[agency.start], kept[agency.end - 1] + 1
    return statement


def _said(grid: Grid, row: Row, column: int, folded: str) -> str:
    slot = grid.at(row.index, column)
    return folded[slot.start : slot.end] if slot else ""


def _key(text: str) -> str:
    """A title for comparison: its words, without number, marks and blanks."""
    text = text.strip()
    marker = match_marker(text)
    return _MARKS.sub("", text[marker.length :] if marker else text)


@record
class _Names:
    """The sections by title and first words, and by the path of their numbers."""

    owns: list[Own]
    by_key: dict[str, list[Node]] = field(default_factory=dict)
    by_id: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for own in self.owns:
            self.by_id[own.node.id] = own.node
            words = [own.title or ""]
            words += [s.passage.fold[s.start : s.end] for s in own.stretches[:1] if s.row is None]
            for text in words:
                key = _key(text)
                if len(key) >= _LEAST_TITLE and own.node not in self.by_key.setdefault(key, []):
                    self.by_key[key].append(own.node)

    def by_words(self, text: str, table: Node) -> list[Node]:
        """Sections outside the table's own whose title or text these words are, or begin with."""
        first = re.split("[。：；，\n]", text, maxsplit=1)[0]
        for words in (text, first):
            nodes = [node for node in self.by_key.get(_key(words), []) if not _within(node, table)]
            if nodes:
                return nodes
        return []

    def by_number(self, text: str) -> Node | None:
        """The section of a path of numbers and nothing else: 二、（三）, 三（二）4."""
        steps = _STEP.findall(text.strip())
        if (
            not steps
            or not steps[0][1]
            or not 2 <= len(steps) <= _LONGEST_PATH
            or "".join(step[0] for step in steps) != text.strip()
        ):
            return None
        return self.by_id.get(".".join(str(ordinal(han or number)) for _, han, number in steps))


def _within(node: Node, outer: Node) -> bool:
    at: Node | None = node
    while at is not None:
        if at is outer:
            return True
        at = at.parent
    return False


def _named(row: Row, table: Node, names: _Names, folded: str) -> Node | None:
    """The one section that the cells of a row name, the innermost task first."""
    grid = row.grid
    for column in reversed(grid.columns("task", "weak_name", "name", "serial")):
        text = _said(grid, row, column, folded).replace("\n", "")
        if not _WORD.search(text):
            continue
        if grid.heads[column].kind == "serial":
            node = names.by_number(text)
            return node if node and not _within(node, table) else None
        found = names.by_words(text, table)
        if len(found) > 1:
            marker = match_marker(text.strip())
            found = [node for node in found if marker and node.ordinal == marker.ordinal]
        if len(found) == 1:
            return found[0]
        node = names.by_number(text)
        if node and not _within(node, table):
            return node
    return None
