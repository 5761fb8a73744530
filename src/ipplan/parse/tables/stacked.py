"""Task tables whose cells were put down one below the other, each row behind its number.

    序号 / 重点任务 / 牵头单位 / 配合单位 / 完成时限
    1 / 培育高价值专利 / 市市场监管局 / 市科技局 / 12月底
    2 / …

It is taken for one only where the numbers run through, every row has a line for each column, and those who lead are
agencies. A row with more lines gives them to its last column of tasks.
"""

from __future__ import annotations

from collections.abc import Sequence

from ipplan.normalize.agencies import looks_like_agency
from ipplan.parse.lines import Line
from ipplan.parse.tables.grid import Grid, Head, Slot
from ipplan.parse.tables.heads import AGENCIES, head_of, task_heads
from ipplan.parse.tables.values import is_absent
from ipplan.patterns import pattern
from ipplan.text import SourceText

_SERIAL = pattern("([0-9]{1,3})[.、．]?")
_LIST = pattern("[、，；\\n ]")
_TASKS = ("task", "weak_name", "name")
_MOST_COLUMNS = 9
_MOST_LINES = 40

Rows = tuple[Grid, list[list[int]]]


def read_stacked(source: SourceText, lines: Sequence[Line], n: int) -> Rows | None:
    """The stacked task table whose head holds line number ``n``; ``None`` where that is not sure."""
    head = _head(source, lines, n)
    if head is None:
        return None
    heads = [head_of(_said(source, lines[k])) for k in head]
    if not heads or heads[0].kind != "serial" or not task_heads(heads):
        return None
    grid = Grid(heads=heads, first=1)
    numbers = [head]
    _add(grid, [[k] for k in head], lines)
    rows = _rows(source, lines, head[-1] + 1)
    for row in rows:
        last = len(rows) > 1 and row is rows[-1]
        stops = range(len(heads), len(row) + 1) if last else (len(row),)
        cells = next((found for stop in stops if (found := _columns(source, lines, row[:stop], heads))), None)
        if cells is None:
            return None
        _add(grid, cells, lines)
        numbers.append([k for cell in cells for k in cell])
    return (grid, numbers) if len(rows) >= 2 else None


def _said(source: SourceText, line: Line) -> str:
    return source.folded[line.start : line.end].strip()


def _head(source: SourceText, lines: Sequence[Line], n: int) -> list[int] | None:
    """Numbers of the lines around ``n`` that are heads, one column each."""
    if not head_of(_said(source, lines[n])).kind:
        return None
    out = [n]
    for step in (-1, 1):
        k = n + step
        while 0 <= k < len(lines) and len(out) <= _MOST_COLUMNS:
            line = lines[k]
            if line.kind != "blank":
                if line.row or not head_of(_said(source, line)).kind:
                    break
                out.append(k)
            k += step
    out.sort()
    return out if 3 <= len(out) <= _MOST_COLUMNS else None


def _rows(source: SourceText, lines: Sequence[Line], begin: int) -> list[list[int]]:
    """Numbers of the lines behind each number; what follows the last row may stand behind it."""
    rows: list[list[int]] = []
    for k in range(begin, len(lines)):
        line = lines[k]
        if line.kind == "blank":
            continue
        found = _SERIAL.fullmatch(_said(source, line))
        if found and int(found[1]) == len(rows) + 1:
            rows.append([])
        if not rows or line.row or len(rows[-1]) >= _MOST_LINES:
            break
        rows[-1].append(k)
    return rows


def _columns(source: SourceText, lines: Sequence[Line], row: list[int], heads: list[Head]) -> list[list[int]] | None:
    """The lines of each column: one, or more for the last column of tasks; those who support may be left out."""
    groups = _mended(source, lines, row)
    spare = len(groups) - len(heads)
    kinds = [head.kind for head in heads]
    tasks = max(c for c, kind in enumerate(kinds) if kind in _TASKS)
    if spare < 0:
        if spare < -1 or "support" not in kinds or kinds.index("support") < tasks:
            return None
        gap = kinds.index("support")
        cells = [*groups[:gap], [], *groups[gap:]]
    else:
        behind = tasks + 1 + spare
        long = [k for group in groups[tasks:behind] for k in group]
        cells = [*groups[:tasks], long, *groups[behind:]]
    return cells if _names_agencies(source, lines, cells, heads) else None


def _mended(source: SourceText, lines: Sequence[Line], row: list[int]) -> list[list[int]]:
    """The lines of a row, with those put together that a list goes on over: 市公安局、/ 市法院."""
    out: list[list[int]] = []
    for k in row:
        if out and _said(source, lines[out[-1][-1]]).endswith("、"):
            out[-1].append(k)
        else:
            out.append([k])
    return out


def _names_agencies(source: SourceText, lines: Sequence[Line], cells: list[list[int]], heads: list[Head]) -> bool:
    """Whether a column of agencies holds some, and none of them anything else."""
    said = [
        "".join(_said(source, lines[k]) for k in cell)
        for cell, head in zip(cells, heads, strict=True)
        if head.kind in AGENCIES
    ]
    named = [text for text in said if text and not is_absent(text)]
    return bool(named) and all(looks_like_agency(_LIST.split(text)[0]) for text in named)


def _add(grid: Grid, cells: list[list[int]], lines: Sequence[Line]) -> None:
    spans = [(lines[cell[0]].start, lines[cell[-1]].end) for cell in cells if cell]
    row = grid.add(spans)
    order = iter(enumerate(spans))
    grid.slots[-1] = [Slot(row.index, *_flat(next(order))) if cell else None for cell in cells]


def _flat(numbered: tuple[int, tuple[int, int]]) -> tuple[int, int, int]:
    return numbered[0], *numbered[1]
