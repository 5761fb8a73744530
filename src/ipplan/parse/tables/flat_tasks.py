"""Task tables that were flattened: one cell per line.

Such a table is taken for one only where its head runs through, its rows are numbered without a gap, and the cells of its
agencies hold agencies::

    head := serial {head}                 序号 / 重点任务 / 牵头单位 / 配合单位 / 完成时限
    row  := number cell {cell}            the cell of the task may stand on several lines
    part := (一 | （一）) title            between two rows; it stays text
"""

from __future__ import annotations

from collections.abc import Sequence

from ipplan.normalize.agencies import looks_like_agency
from ipplan.parse.lines import Line
from ipplan.parse.tables.grid import Grid, Head
from ipplan.parse.tables.heads import AGENCIES, head_of, task_heads
from ipplan.parse.tables.values import is_absent
from ipplan.patterns import pattern
from ipplan.text import SourceText

_PART = pattern("（?[一二三四五六七八九十]{1,3}）?[、.]?")
_NAMES = pattern("[、，； ]")
_HEAD_KINDS = frozenset(("serial", "group", "task", "weak_name", "due", "other", *AGENCIES))
_MOST_HEADS = 8
#: No task stands on more lines than these.
_MOST_LINES = 12


def read_flat_tasks(source: SourceText, lines: Sequence[Line], begin: int) -> tuple[Grid, list[list[int]]] | None:
    """The flattened task table whose head begins at line number ``begin``, and the lines of each row."""
    table = _Lines(source, lines, begin)
    heads = _head(table)
    if not heads:
        return None
    grid = Grid(heads=heads, first=1)
    grid.add([table.span(k) for k in range(len(heads))])
    rows = [[table.number(k) for k in range(len(heads))]]
    at, serial = len(heads), 1
    while True:
        at = _behind_part(table, at, serial)
        stop = _row_end(table, at, serial, heads)
        if stop is None:
            break
        grid.add(_cells(table, at, stop, heads))
        rows.append([table.number(k) for k in range(at, stop)])
        at, serial = stop, serial + 1
    return (grid, rows) if len(rows) > 2 else None


class _Lines:
    """The lines of words from a place on."""

    def __init__(self, source: SourceText, lines: Sequence[Line], begin: int) -> None:
        self._source, self._lines, self._at = source, lines, begin
        self._numbers: list[int] = []

    def number(self, k: int) -> int:
        """The number of the ``k``-th line of words; -1 behind the last."""
        while len(self._numbers) <= k and self._at < len(self._lines):
            line = self._lines[self._at]
            if line.kind == "text" and not line.row:
                self._numbers.append(self._at)
            self._at += 1
        return self._numbers[k] if k < len(self._numbers) else -1

    def span(self, k: int) -> tuple[int, int]:
        """The place of a line in the source."""
        line = self._lines[self.number(k)]
        return line.start, line.end

    def text(self, k: int) -> str:
        """A line without its blanks; nothing behind the last."""
        return "" if self.number(k) < 0 else "".join(self._source.folded[slice(*self.span(k))].split())


def _head(table: _Lines) -> list[Head]:
    heads: list[Head] = []
    while len(heads) < _MOST_HEADS and (head := head_of(table.text(len(heads)))).kind in _HEAD_KINDS:
        heads.append(head)
    return heads if len(heads) >= 3 and heads[0].kind == "serial" and task_heads(heads) else []


def _is_serial(text: str, serial: int) -> bool:
    return text.rstrip(".、") == str(serial)


def _behind_part(table: _Lines, at: int, serial: int) -> int:
    """Behind a title between the rows (二 / 加强知识产权保护)."""
    if _PART.fullmatch(table.text(at)):
        for k in (at + 1, at + 2):
            if _is_serial(table.text(k), serial):
                return k
    return at


def _row_end(table: _Lines, at: int, serial: int, heads: list[Head]) -> int | None:
    """Behind the row of this number: it keeps to the head, but for the lines of its task."""
    if not _is_serial(table.text(at), serial):
        return None
    least = at + len(heads)
    for stop in range(least, least + _MOST_LINES):
        if table.number(stop - 1) < 0:
            break
        following = _behind_part(table, stop, serial + 1)
        if _is_serial(table.text(following), serial + 1) and _keeps(table, at, stop, heads):
            return stop
    return least if table.number(least - 1) >= 0 and _keeps(table, at, least, heads) else None


def _cells(table: _Lines, at: int, stop: int, heads: list[Head]) -> list[tuple[int, int]]:
    """The cells of a row; what there is more than heads belongs to the task."""
    more = stop - at - len(heads)
    task = next(c for c, head in enumerate(heads) if head.kind in ("task", "weak_name"))
    out: list[tuple[int, int]] = []
    for column in range(len(heads)):
        first = at + column + (more if column > task else 0)
        last = first + (more if column == task else 0)
        out.append((table.span(first)[0], table.span(last)[1]))
    return out


def _keeps(table: _Lines, at: int, stop: int, heads: list[Head]) -> bool:
    """Whether the cells of agencies hold agencies."""
    more = stop - at - len(heads)
    task = next(c for c, head in enumerate(heads) if head.kind in ("task", "weak_name"))
    for column, head in enumerate(heads):
        if head.kind in AGENCIES:
            said = table.text(at + column + (more if column > task else 0))
            name = _NAMES.split(said)[0]
            if not is_absent(said) and not (looks_like_agency(name) or name.startswith("各")):
                return False
    return True


__all__ = ["read_flat_tasks"]
