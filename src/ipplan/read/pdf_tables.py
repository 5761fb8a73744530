"""What pdfplumber knows of a PDF beyond its text layer: ruled tables, and text in fonts that are not in the file."""

from __future__ import annotations

import io
from bisect import bisect_left
from typing import Any

import pdfplumber

from ipplan.read.layout import Glyph, Grid, TextLine, lines_of
from ipplan.text import ordinary


class Plumber:
    """A second reader of the document, which is opened when it is first asked for (it takes ten times as long)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def _page(self, index: int) -> Any:
        if self._document is None:
            self._document = pdfplumber.open(io.BytesIO(self._data))
        return self._document.pages[index]

    def grids(self, index: int, glyphs: list[Glyph]) -> list[Grid]:
        """The tables of page ``index`` (from 0), filled with ``glyphs``: two columns at least, three where there is but a row.

        A page break may part the head of a table from its rows, or a row from the rest.
        """
        page = self._page(index)
        try:
            top = float(page.height) + float(page.bbox[1])
            return [grid for table in page.find_tables() if (grid := _grid(table, top, glyphs)) is not None]
        finally:
            page.close()

    def glyphs(self, index: int) -> list[Glyph]:
        """The upright characters of page ``index``."""
        page = self._page(index)
        try:
            return [
                (
                    "\ufffd" if c["text"].startswith("(cid:") else ordinary(c["text"]),
                    c["x0"],
                    c["x1"],
                    c["matrix"][5],
                    max(float(c["size"]), 1.0),
                )
                for c in page.chars
                if c["upright"] and c["text"] >= " "
            ]
        finally:
            page.close()


def _grid(table: Any, height: float, glyphs: list[Glyph]) -> Grid | None:
    boxes = [tuple(map(float, cell)) for cell in table.cells]
    columns = _edges([x for box in boxes for x in (box[0], box[2])])
    lines = _edges([y for box in boxes for y in (box[1], box[3])])
    if len(columns) < 3 or len(lines) < 2 or (len(lines) == 2 and len(columns) < 4):
        return None
    rows: list[list[tuple[list[TextLine], int, int]]] = [[] for _ in lines[1:]]
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
        first, last = _at(lines, top), _at(lines, bottom)
        inside = [g for g in glyphs if x0 <= (g[1] + g[2]) / 2 < x1 and top <= height - g[3] - 0.3 * g[4] < bottom]
        rows[first].append((lines_of(inside), _at(columns, x1) - _at(columns, x0), last - first))
    return Grid(height - lines[0], height - lines[-1], tuple(columns), [row for row in rows if row])


def _edges(values: list[float]) -> list[float]:
    """Positions of the rules, those closer than 3 points being one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 3:
            out.append(value)
    return out


def _at(edges: list[float], value: float) -> int:
    return min(bisect_left(edges, value - 3), len(edges) - 1)
