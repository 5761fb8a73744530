"""Where tables stand: those the reader knows and those of plain text, laid over the lines.

In plain text a table is a head followed by rows with the same signs between the cells (TAB, ``|``, wide blanks), or a
head whose cells and rows were put down one below the other (:mod:`ipplan.parse.tables.flat`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ipplan.diagnostics import Note
from ipplan.parse.lines import Line
from ipplan.parse.tables.flat import FlatTable, head_run, read_flat
from ipplan.parse.tables.flat_tasks import read_flat_tasks
from ipplan.parse.tables.grid import Grid, Row, grid_of
from ipplan.parse.tables.heads import head_of, read_heads
from ipplan.parse.tables.plain import separated, tab_blocks
from ipplan.parse.tables.prose import allow_prose
from ipplan.parse.tables.stacked import read_stacked
from ipplan.parse.tables.tokens import may_begin
from ipplan.parse.tables.units import is_unit
from ipplan.patterns import pattern
from ipplan.text import SourceText

#: What the head of a table in plain text holds some of.
_HINT = pattern(r"指 {0,4}标|牵头|责任|任 ?务|目标值")
_SENTENCE = pattern("[。；！？]")
#: The head and the rows of a table run together on one line: 指标2015年2020年属性1森林覆盖率（%）21.6623.04约束性
_RUN_ON = pattern(r"指 *标(?:名称)? *(?:（?单位）?)? *(?:19|20)[0-9]{2} ?年[^，。；至到比较]{0,6}(?:19|20)[0-9]{2} ?年")
#: A unit in brackets with the value right behind it.
_GLUED = pattern("（([^（）\n]{1,10})）(?:-{1,2}|[0-9<>≥≤〔])")
_LEAST_GLUED = 3
_LONGEST_TASK_HEAD = 16
_TASK_HEADS = frozenset(("task", "weak_name", "lead", "responsible"))
_LONGEST_HEAD_LINE = 200
_LONGEST_CAPTION = 60


def lay_tables(source: SourceText, lines: list[Line]) -> list[Note]:
    """Give every line of a table its row, and note the tables that could not be read."""
    notes: list[Note] = []
    before: Grid | None = None
    starts = [line.start for line in lines]
    for table in source.tables:
        grid = grid_of(table)
        if read_heads(grid, source.folded):
            before = grid
        elif before and _goes_on(source, lines, starts, before, grid):
            grid.heads, grid.caption, grid.cumulative = before.heads, before.caption, before.cumulative
            before = grid
        else:
            before = None
            notes += _unread(source, grid)
        rows = [_lines_of(lines, starts, row) for row in grid.rows]
        _lay(source, lines, grid, rows)
    if _HINT.search(source.folded):
        notes += _in_text(source, lines, starts)
    if "\t" in source.raw:
        for grid, numbers in tab_blocks(source, lines):
            _lay(source, lines, grid, numbers)
    known = {source.line_of(note.start or 0) for note in notes}
    return notes + [n for n in _glued(source, lines, starts) if source.line_of(n.start or 0) not in known]


def _lines_of(lines: list[Line], starts: list[int], row: Row) -> list[int]:
    """Numbers of the lines a row stands on."""
    cells = [cell for cell in row.cells if cell[1] > cell[0]]
    if not cells:
        return []
    first, last = cells[0][0], max(b for _, b in cells)
    n = max(bisect_right(starts, first) - 1, 0)
    out = []
    while n < len(lines) and lines[n].start < last:
        if lines[n].end > first and lines[n].kind != "blank":
            out.append(n)
        n += 1
    return out


def _lay(source: SourceText, lines: list[Line], grid: Grid, rows: Sequence[list[int]]) -> None:
    """Bind lines to their rows; what a table is told by the lines around it."""
    numbers = [n for row in rows for n in row]
    if not numbers:
        return
    for row, own in zip(grid.rows, rows, strict=True):
        for n in own:
            lines[n].row, lines[n].marker, lines[n].kind = row, None, "text"
            for a, b in row.cells:  # a sign of comparison that was taken for a mark of Markdown belongs to the cell
                if a < lines[n].start < b and lines[n - 1].end <= a and "\n" not in source.raw[a : lines[n].start]:
                    lines[n].start = a
    above = next((line for line in reversed(lines[max(0, numbers[0] - 4) : numbers[0]]) if line.kind == "text"), None)
    if above and not above.row and above.end - above.start <= _LONGEST_CAPTION and not grid.caption:
        grid.caption = source.folded[above.start : above.end]
    for line in [line for line in lines[numbers[-1] + 1 : numbers[-1] + 9] if line.kind == "text"][:4]:
        said = source.folded[line.start : line.end]
        if "〔" in said and "内" in said and not line.row:
            grid.cumulative = "累计" in said or "累积" in said
    allow_prose(grid, source.folded)


def _goes_on(source: SourceText, lines: list[Line], starts: list[int], before: Grid, grid: Grid) -> bool:
    """Whether a table without a head is the rest of the one before it, on the next page."""
    if len(grid.slots[0]) != len(before.slots[-1]) or len(grid.slots[0]) < 3:
        return False
    end = max(b for _, b in before.rows[-1].cells)
    between = lines[bisect_right(starts, end) : bisect_right(starts, grid.rows[0].cells[0][0]) - 1]
    return all(line.kind in ("blank", "page") for line in between)


def _unread(source: SourceText, grid: Grid) -> list[Note]:
    """A note on a table that says it is one of indicators, but not what its columns hold."""
    for slots in grid.slots[:3]:
        heads = [head_of(source.folded[s.start : s.end]) for s in slots if s]
        kinds = {head.kind for head in heads}
        if "name" in kinds and kinds & {"unit", "nature", "base"}:
            cells = grid.rows[0].cells
            return [Note("IPP402", "no column of it is surely the value to reach", cells[0][0], cells[-1][1])]
    return []


def _in_text(source: SourceText, lines: list[Line], starts: list[int]) -> list[Note]:
    """Find the tables of plain text; every line is looked at once."""
    notes: list[Note] = []
    folded = source.folded
    done = 0
    at = 0
    while hit := _HINT.search(folded, at):
        n = max(bisect_right(starts, hit.start()) - 1, 0)
        line = lines[n]
        at = max(hit.end(), line.end)
        if n < done or line.row or line.kind != "text":
            continue
        content = folded[line.start : line.end]
        if len(content) > _LONGEST_HEAD_LINE or _SENTENCE.search(content):
            run_on = _RUN_ON.search(content)
            if run_on:
                a, b = line.start + run_on.start(), line.start + run_on.end()
                notes.append(Note("IPP402", "its cells run together on one line", a, b))
            continue
        run_on = _RUN_ON.search(content)
        found = separated(source, lines, n)
        if found is None and may_begin(content):
            begin = _begin(source, lines, n)
            flat = read_flat(source, lines, begin)
            if flat:
                found = (flat.grid, flat.lines)
                notes += _flat_notes(folded, lines, flat)
            elif head_run(source, lines, begin):
                a = lines[begin].start
                notes.append(Note("IPP402", "its rows do not keep to its head", a, lines[begin].end))
                done = n + 3  # the rest of that head
        if found is None:
            found = read_stacked(source, lines, n)
        if found is None and len(content) <= _LONGEST_TASK_HEAD and head_of(content).kind in _TASK_HEADS:
            found = read_flat_tasks(source, lines, _begin(source, lines, n))
        if found is None and run_on:
            notes.append(Note("IPP402", "its cells run together on one line", line.start, line.end))
        if found:
            grid, rows = found
            _lay(source, lines, grid, rows)
            done = max(n for row in rows for n in row) + 1
    return notes


def _glued(source: SourceText, lines: list[Line], starts: list[int]) -> list[Note]:
    """Lines of cells run together (湿地保有量（亿亩）8.0森林覆盖率（%）23): they are kept, and nothing is read from them."""
    counts: dict[int, int] = {}
    for found in _GLUED.finditer(source.folded):
        if is_unit(found[1]):
            n = max(bisect_right(starts, found.start()) - 1, 0)
            counts[n] = counts.get(n, 0) + 1
    notes = []
    for n, count in counts.items():
        line = lines[n]
        if count >= _LEAST_GLUED and line.kind == "text" and not line.row and not line.marker:
            grid = Grid()
            grid.add([(line.start, line.end)])
            line.row = grid.rows[0]
            notes.append(Note("IPP402", "its cells run together on one line", line.start, line.end))
    return notes


def _begin(source: SourceText, lines: list[Line], n: int) -> int:
    """The head may begin a line or two above the name: 序号, 类别."""
    begin = n
    for k in range(n - 1, max(-1, n - 4), -1):
        if lines[k].kind == "blank":
            continue
        text = "".join(source.folded[lines[k].start : lines[k].end].split())
        if lines[k].row or head_of(text).kind not in ("serial", "group"):
            break
        begin = k
    return begin


def _flat_notes(folded: str, lines: list[Line], flat: FlatTable) -> list[Note]:
    """Rows whose name is not sure, and what goes on behind the last row and looks like more of it."""
    notes = [Note("IPP402", "where the name of this row begins is not sure", a, a + 1) for a in flat.unsure]
    behind = [line for line in lines[flat.stop : flat.stop + 12] if line.kind == "text"][:3]
    texts = ["".join(folded[line.start : line.end].split()) for line in behind]
    bare = [text for text in texts if re.fullmatch("[-<>≥≤〔]*[0-9][0-9.,]{0,9}[%〕]?|-{1,2}|约束性|预期性", text)]
    if bare and not _SENTENCE.search("".join(texts[:1])):
        notes.append(Note("IPP402", "the rows from here on do not keep to its head", behind[0].start, behind[0].end))
    return notes
