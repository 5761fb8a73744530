"""Tables of plain text: rows on a line each, the same sign between their cells (TAB, ``|``, wide blanks)."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from ipplan.lexicon import load
from ipplan.parse.lines import Line
from ipplan.parse.tables.grid import Grid
from ipplan.parse.tables.heads import head_of, read_heads, told
from ipplan.patterns import pattern
from ipplan.text import SourceText

Cells = list[tuple[int, int]]
#: A table and the numbers of the lines each of its rows stands on.
Laid = tuple[Grid, list[list[int]]]

_WIDE = pattern(r"(?<=\S)(?: {2,})(?=\S)")
_REMARK = pattern("[（〔][^（）〔〕0-9]{1,10}[）〕]")
_LEAST_CELLS = 3
_LONGEST_CELL = 60


def separated(source: SourceText, lines: list[Line], n: int) -> Laid | None:
    """The table whose head is line ``n``, its cells parted by TAB, ``|`` or wide blanks."""
    content = source.folded[lines[n].start : lines[n].end]
    raw = source.raw[lines[n].start : lines[n].end]
    for sign, cut in ((("\t"), _tabs), ("|", _pipes), ("  ", _wide)):
        if sign in (raw if sign == "\t" else content):
            head = cut(source, lines[n])
            if len(head) >= 3 and told([head_of(source.folded[a:b]) for a, b in head]):
                return _rows(source, lines, n, sign, cut, len(head))
    return None


def _rows(
    source: SourceText, lines: list[Line], n: int, sign: str, cut: Callable[[SourceText, Line], Cells], width: int
) -> Laid | None:
    grid = Grid()
    rows: list[list[int]] = []
    blanks = 0
    k = n
    while k < len(lines) and blanks <= 2:
        line = lines[k]
        blanks = blanks + 1 if line.kind == "blank" else 0
        text = source.raw[slice(*_physical(source, line))] if sign == "\t" else source.folded[line.start : line.end]
        k += 1
        if line.kind in ("blank", "page", "rule"):
            continue
        cells = cut(source, line)
        own = [k - 1]
        if len(rows) > 1 and sign == "  " and len(cells) == 1 and _REMARK.fullmatch(text) and not line.row:
            continue  # （五年累计） below a value: a line of its own between two rows
        if len(rows) > 1 and sign == "  " and len(cells) == 1 and not line.row and _width_next(source, lines, k, width):
            column = _below(source, line, lines[rows[-1][-1]], grid.rows[-1].cells)
            if column is not None and not grid.rows[-1].torn:
                grid.rows[-1].torn = (column, *cells[0])
                continue
        if line.row or (sign not in text and len(cells) < 2):
            break
        while sign == "\t" and len(cells) < width and k < len(lines) and lines[k].kind == "text":
            more = cut(source, lines[k])  # a cell torn in two
            if len(cells) + len(more) - 1 != width or lines[k].row:
                break
            cells = [*cells[:-1], (cells[-1][0], more[0][1]), *more[1:]]
            own.append(k)
            k += 1
        if sign == "  " and len(cells) != width:
            return None
        grid.add(cells)
        rows.append(own)
    return (grid, rows) if len(rows) >= 2 and read_heads(grid, source.folded) else None


def _width_next(source: SourceText, lines: list[Line], k: int, width: int) -> bool:
    """Whether the next line of words is a row of the table."""
    for line in lines[k : k + 3]:
        if line.kind == "text":
            return len(_wide(source, line)) == width
    return False


def _below(source: SourceText, line: Line, above: Line, cells: Cells) -> int | None:
    """The column of the row above under which a line of one cell begins, as far as it is indented at all."""
    begin, top = _physical(source, line)[0], _physical(source, above)[0]
    at = _columns(source.raw[begin : line.start])
    if not at or line.end - line.start > _LONGEST_CELL:
        return None
    found = [c for c, (a, _) in enumerate(cells) if abs(_columns(source.raw[top:a]) - at) <= 2]
    return found[0] if len(found) == 1 else None


def _columns(raw: str) -> int:
    """The width of a text where characters are of one width and Chinese ones of two."""
    return sum(2 if char >= "\u2e80" else 1 for char in raw)


def _trimmed(source: SourceText, a: int, b: int) -> tuple[int, int]:
    text = source.folded[a:b]
    lead = len(text) - len(text.lstrip())
    return a + min(lead, b - a), max(a + lead, a + len(text.rstrip()))


def _physical(source: SourceText, line: Line) -> tuple[int, int]:
    """The line with the blanks and TABs at its ends."""
    start, end = line.start, line.end
    while start and source.raw[start - 1] in "\t \u3000":
        start -= 1
    while end < len(source.raw) and source.raw[end] in "\t \u3000":
        end += 1
    return start, end


def _tabs(source: SourceText, line: Line) -> Cells:
    """Cells parted by TAB; empty ones count, those in front of the first word too."""
    start, end = _physical(source, line)
    marks = [start - 1, *(start + m.start() for m in re.finditer("\t", source.raw[start:end])), end]
    cells = [_trimmed(source, a + 1, b) for a, b in pairwise(marks)]
    filled = [cell for cell in cells if cell[1] > cell[0]]
    return filled if len(cells) >= 2 * len(filled) - 1 > 3 else cells


def _pipes(source: SourceText, line: Line) -> Cells:
    marks = [
        line.start - 1,
        *(line.start + m.start() for m in re.finditer(r"\|", source.folded[line.start : line.end])),
    ]
    cells = [_trimmed(source, a + 1, b) for a, b in zip(marks, [*marks[1:], line.end], strict=True)]
    return cells[source.folded[line.start] == "|" : len(cells) - (source.folded[line.end - 1] == "|")]


def _wide(source: SourceText, line: Line) -> Cells:
    marks = [m.span() for m in _WIDE.finditer(source.folded, line.start, line.end)]
    edges = [line.start, *(at for mark in marks for at in mark), line.end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def tab_blocks(source: SourceText, lines: list[Line]) -> list[Laid]:
    """Two or more lines of as many cells, parted by TAB, that say nothing of what they hold."""
    out: list[Laid] = []
    block: list[tuple[int, Cells]] = []
    for n, line in enumerate([*lines, Line(0, 0, "text")]):
        cells: Cells = []
        if line.kind == "text" and not line.row and "\t" in source.raw[line.start : line.end]:
            cells = _tabs(source, line)
        short = len(cells) >= _LEAST_CELLS and all(b - a <= _LONGEST_CELL for a, b in cells)
        if short and (not block or len(block[0][1]) == len(cells)):
            block.append((n, cells))
        elif line.kind != "blank":
            if len(block) >= 2 and _is_block(source, lines, block):
                grid = Grid()
                for _, row in block:
                    grid.add(row)
                out.append((grid, [[k] for k, _ in block]))
            block = [(n, cells)] if short else []
    return out


def _is_block(source: SourceText, lines: list[Line], block: list[tuple[int, Cells]]) -> bool:
    """Whether lines parted by TABs are a table: not a table of contents, not the labels of a web page's head."""
    labels = load("words")["head_labels"]
    texts = ["".join(source.folded[a:b].split()).rstrip("：") for _, row in block for a, b in row]
    numbered = sum(1 for n, _ in block if lines[n].marker)
    return 2 * numbered <= len(block) and not any(text in labels for text in texts if text)
