"""The grid of a table: its rows of cells, and which cell stands at each place once merged cells are spread out."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from ipplan.records import field, record
from ipplan.text import Passage, Table

_MOST_COLUMNS = 60
#: Between two cells of a row in the text of a section.
CELL_BREAK = "\t"


@record(frozen=True)
class Head:
    """What a column holds. ``kind``: serial, group, name, unit, nature, base, target, year, growth, task, lead, support,
    responsible, due, other, or nothing. ``year`` and ``unit`` where the head names them; ``text`` is the head itself.
    """

    kind: str = ""
    year: int | None = None
    unit: str | None = None
    text: str = ""


@record(frozen=True)
class Slot:
    """A cell at its place: number of the row it stands in, number among that row's cells, half-open source span."""

    row: int
    cell: int
    start: int
    end: int


@record(eq=False)
class Row:
    """A row: its own cells as half-open source spans. ``read``: numbers of the cells that are read as prose; ``open``: of
    those in which brackets of responsibility are looked for.

    ``due``: date and origin of a deadline that the table gives its prose (完成时限, caption); ``undated``: the cell of one
    that may want a year.
    """

    grid: Grid
    index: int
    cells: list[tuple[int, int]]
    read: frozenset[int] = frozenset()
    open: frozenset[int] = frozenset()
    due: tuple[dt.date, str] | None = None
    undated: str | None = None
    torn: tuple[int, int, int] | None = None  # column and half-open source span of the rest of a cell, on the next line

    def places(self, passage: Passage) -> list[tuple[int, int]]:
        """The cells as half-open places in the healed text of the row."""
        return [(index_of(passage, a), index_of(passage, b)) for a, b in self.cells]

    def borders(self, start: int, end: int) -> list[tuple[int, int]]:
        """What stands between the cells in the source span ``start`` … ``end``: the ``|`` of Markdown."""
        inside = [cell for cell in self.cells if cell[0] >= start and cell[1] <= end]
        edges = [start, *(at for cell in inside for at in cell), end]
        return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]

    def words(self, passage: Passage, holes: list[tuple[int, int]]) -> str:
        """The cells as written, parted by :data:`CELL_BREAK`; blank where the row has no words at all."""
        out = []
        for a, b in self.places(passage):
            text, at, parts = passage.text, a, []
            for lo, hi in holes:
                if a <= lo and hi <= b:
                    parts.append(text[at:lo])
                    at = hi
            parts.append(text[at:b])
            out.append(_joined("".join(parts).splitlines()).strip())
        return CELL_BREAK.join(out) if any(out) else ""

    def masked(self, passage: Passage, holes: list[tuple[int, int]]) -> str:
        """The folded text with all but the prose blanked out; a line end behind each cell; same length."""
        folded = passage.fold
        out = [" "] * len(folded)
        for k, (a, b) in enumerate(self.places(passage)):
            if k in self.read:
                out[a:b] = folded[a:b].replace("\n", " ")
                if b < len(out):
                    out[b] = "\n"
        for a, b in holes:
            out[a:b] = " " * (b - a)
        return "".join(out)


@record(eq=False)
class Grid:
    """A table laid out. ``slots[r][c]``: the cell at row ``r``, column ``c``; ``heads`` by column; ``first``: number of
    the first row below the head. ``caption``: the folded line above. ``cumulative``: whether 〔 〕 says 累计.
    """

    rows: list[Row] = field(default_factory=list)
    slots: list[list[Slot | None]] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    first: int = 0
    caption: str = ""
    cumulative: bool = True

    def add(self, cells: list[tuple[int, int]]) -> Row:
        """A further row of cells that cover one column each."""
        row = Row(self, len(self.rows), cells)
        self.slots.append([Slot(row.index, k, a, b) for k, (a, b) in enumerate(cells)])
        self.rows.append(row)
        return row

    def columns(self, *kinds: str) -> list[int]:
        """The columns of these kinds."""
        return [c for c, head in enumerate(self.heads) if head.kind in kinds]

    def at(self, row: int, column: int) -> Slot | None:
        """The cell at a place."""
        slots = self.slots[row]
        return slots[column] if column < len(slots) else None


def grid_of(table: Table) -> Grid:
    """Spread out a table's merged cells."""
    out = Grid()
    running: dict[int, tuple[Slot, int]] = {}
    for r, cells in enumerate(table.rows):
        out.rows.append(Row(out, r, [(cell.start, cell.end) for cell in cells]))
        slots: list[Slot | None] = []
        below: dict[int, tuple[Slot, int]] = {}
        for k, cell in enumerate(cells):
            _reach_down(slots, running, below)
            slot = Slot(r, k, cell.start, cell.end)
            for _ in range(min(max(cell.columns, 1), _MOST_COLUMNS - len(slots))):
                if cell.rows > 1:
                    below[len(slots)] = (slot, cell.rows - 1)
                slots.append(slot)
        _reach_down(slots, running, below)
        running = below
        out.slots.append(slots)
    return out


def _reach_down(
    slots: list[Slot | None], running: dict[int, tuple[Slot, int]], below: dict[int, tuple[Slot, int]]
) -> None:
    """Put down the cells of the rows above that cover the next places of this row."""
    while len(slots) in running and len(slots) < _MOST_COLUMNS:
        slot, left = running[len(slots)]
        if left > 1:
            below[len(slots)] = (slot, left - 1)
        slots.append(slot)


def index_of(passage: Passage, offset: int) -> int:
    """The healed character that stands at source ``offset`` or is the first behind it."""
    at = 0
    for a, b in passage.pieces:
        if offset < a:
            return at
        if offset <= b:
            return at + offset - a
        at += b - a
    return at


def _ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "（）、，。；：“”《》〔〕％"


def unbroken(text: str) -> str:
    """A name without the line ends and blanks that a narrow cell puts between ideographs; other blanks stay single."""
    lines = [line.split() for line in text.splitlines()]
    return _joined(["".join(_apart(words)) for words in lines])


def _apart(words: list[str]) -> list[str]:
    out = words[:1]
    for before, word in pairwise(words):
        out += [word] if _ideograph(before[-1]) and _ideograph(word[0]) else [" ", word]
    return out


def _joined(lines: list[str]) -> str:
    """The lines of a torn cell put together; a blank only between two Latin words."""
    out = ""
    for line in lines:
        text = line.strip()
        out += (
            " " + text
            if out[-1:].isascii() and out[-1:].isalnum() and text[:1].isascii() and text[:1].isalpha()
            else text
        )
    return out
