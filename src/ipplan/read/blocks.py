"""Blocks → source text: the paragraphs and tables every structured format is made of, put down line by line.

A table is data or layout. A data table is kept: each row is one line, its cells parted by a TAB, and
:attr:`~ipplan.text.SourceText.tables` says where each cell stands. A layout table only places its cells on the page:
what they hold is spliced into the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from ipplan.patterns import pattern
from ipplan.records import field, record
from ipplan.text import Cell, Table

_BLANKS = " \t\r\n\u00a0\u3000\u200b\ufeff"
_BLANK_RUN = pattern(r"[ \t\r\n\u00a0\u3000]+")
#: 一、 · （一） · 第一章 · 第一条: a cell with several of these holds a document, not a value.
_HEADING = pattern(
    r"[ \u00a0\u3000]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百]{1,4}[章条节])"
)
#: A cell longer than this is prose.
_LONGEST_CELL = 1500


@record
class Paragraph:
    """A line of its own (``text`` may hold manual line breaks). ``index``: its number among the file's paragraphs."""

    text: str
    index: int | None = None


@record
class CellBlock:
    """A cell as it is read: the blocks in it and how many columns and rows it covers."""

    blocks: list[Block] = field(default_factory=list)
    columns: int = 1
    rows: int = 1

    def text(self) -> str:
        """All text of the cell on one line, nested tables included."""
        return " ".join(text for text, _ in self.parts())

    def parts(self) -> list[tuple[str, int | None]]:
        """Its paragraphs that say something, blanks collapsed, with their numbers."""
        return [
            (text, paragraph.index)
            for paragraph in paragraphs_of(self.blocks)
            if (text := _BLANK_RUN.sub(" ", paragraph.text).strip(_BLANKS))
        ]


@record
class TableBlock:
    """A table as it is read: rows of cells."""

    rows: list[list[CellBlock]] = field(default_factory=list)


Block: TypeAlias = Paragraph | TableBlock


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """The text of blocks, cell by cell, in order."""
    return [paragraph.text for paragraph in paragraphs_of(blocks)]


def paragraphs_of(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs of blocks and of the tables among them, in order (an explicit stack instead of recursion)."""
    todo: list[Block] = list(blocks)[::-1]
    while todo:
        block = todo.pop()
        if isinstance(block, Paragraph):
            yield block
        else:
            todo += [inner for row in block.rows for cell in row for inner in cell.blocks][::-1]


def is_data(table: TableBlock) -> bool:
    """Whether a table holds data: two rows and two columns at least, and no cell that is a document of its own."""
    if sum(1 for row in table.rows if len(row) >= 2) < 2:
        return False
    sizes: list[list[int]] = []
    nested = False
    for row in table.rows:
        sizes.append([])
        for cell in row:
            lines = _short_lines(cell)
            if lines is None or sum(1 for line in lines if _HEADING.match(line)) >= 3:
                return False
            sizes[-1].append(sum(len(line.strip(_BLANKS)) for line in lines))
            nested = nested or any(isinstance(block, TableBlock) for block in cell.blocks)
    total = sum(map(sum, sizes))
    wide = sum(1 for row in sizes if sum(map(bool, row)) >= 2)
    if any(size > 400 and size > 0.7 * total for row in sizes for size in row):
        return False
    return wide >= (3 if nested else 2)


def _short_lines(cell: CellBlock) -> list[str] | None:
    """The lines of a cell; ``None`` where it is too long for a cell, found without reading all of it."""
    out: list[str] = []
    size = 0
    for block in cell.blocks:
        new = [block.text] if isinstance(block, Paragraph) else lines_of([block])
        out += new
        size += sum(map(len, new))
        if size > _LONGEST_CELL or len(out) > _LONGEST_CELL:
            return None
    return out


def settle(table: TableBlock) -> list[Block]:
    """A data table as it is; a layout table as the blocks of its cells."""
    if is_data(table):
        return [table]
    return [block for row in table.rows for cell in row for block in cell.blocks]


def assemble(blocks: Iterable[Block]) -> tuple[str, tuple[Table, ...], tuple[int, ...]]:
    """``(text, tables, starts)``: one line per paragraph and table row, one blank line at most between two of them.

    ``starts[i]`` is the offset of paragraph number ``i``, for formats that number their paragraphs.
    """
    parts: list[str] = []
    tables: list[Table] = []
    offsets: dict[int, int] = {}
    size = 0
    blank = True
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.index is not None:
                offsets[block.index] = size
            text = block.text.rstrip(_BLANKS)
            if text.strip(_BLANKS):
                parts.append(text + "\n")
                size += len(text) + 1
                blank = False
            elif not blank:
                parts.append("\n")
                size += 1
                blank = True
            continue
        rows: list[tuple[Cell, ...]] = []
        for row in block.rows:
            cells: list[Cell] = []
            for cell in row:
                start = size
                for text, index in cell.parts():
                    if size > start:
                        parts.append(" ")
                        size += 1
                    if index is not None:
                        offsets[index] = size
                    parts.append(text)
                    size += len(text)
                cells.append(Cell(start, size, cell.columns, cell.rows))
                parts.append("\t")
                size += 1
            if cells:
                parts[-1] = "\n"
                rows.append(tuple(cells))
        if rows:
            tables.append(Table(rows[0][0].start, size - 1, tuple(rows)))
            blank = False
    return "".join(parts), tuple(tables), _filled(offsets)


def _filled(offsets: dict[int, int]) -> tuple[int, ...]:
    """Offsets by number; a paragraph that left nothing in the text begins where the one before it does."""
    out: list[int] = []
    for index in range(max(offsets, default=-1) + 1):
        out.append(offsets.get(index, out[-1] if out else 0))
    return tuple(out)
