"""A comparison for a terminal: tables side by side, 80 columns wide where nothing else is known.

Widths are those of rich (a Chinese character takes two columns); the layout is our own, since rich's tables take a
tenth of a second for two plans, which is a quarter of the whole command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from ipplan.compare.model import PlanDiff, PlanMatrix
from ipplan.compare.render.sheets import SIGNS, Row, Sheet, heading, legend, sheets
from ipplan.compare.render.tables import matrix_heading, matrix_sheets

#: Blue and orange stay apart for every kind of colour-blindness; the signs say the same without them.
_BLUE, _ORANGE, _PURPLE, _GREY, _BOLD = "38;5;33", "38;5;208", "38;5;133", "90", "1"
_STYLES = {
    "higher": _BLUE, "later": _BLUE, "only_b": _BLUE, "lower": _ORANGE, "earlier": _ORANGE, "only_a": _ORANGE,
    "not_comparable": _PURPLE, "same": _GREY,
}  # fmt: skip
#: Shares of the width by column; 0 is as wide as its longest cell.
_SHARES = {
    "meta": (0, 1, 1), "targets": (5, 5, 5, 4), "sections": (0, 1, 1, 0), "agencies": (3, 2, 2, 3), "phases": (0, 1, 1),
}  # fmt: skip
_WIDEST = 34
_WORD = re.compile(r"[!-~]+ ?|.", re.DOTALL)
#: What could steer the terminal does not get there.
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
Line = list[tuple[str, str]]


def render(result: PlanDiff | PlanMatrix, *, width: int = 80, colour: bool = False) -> str:
    """The tables one under the other; lines as wide as ``width`` at most, with colours where they are wanted."""
    lines = _diff(result, width) if isinstance(result, PlanDiff) else _matrix(result, width)
    return "".join(_painted(line, colour) + "\n" for line in lines)


def _painted(line: Line, colour: bool) -> str:
    parts = [(text.translate(_CONTROLS), style if colour and text.strip() else "") for text, style in line]
    return "".join(f"\x1b[{style}m{text}\x1b[0m" if style else text for text, style in parts).rstrip()


def _diff(diff: PlanDiff, width: int) -> Iterator[Line]:
    for line in heading(diff):
        yield from ([(part, _BOLD if line[:2] in ("a:", "b:") else "")] for part in wrapped(line, width))
    found = sheets(diff)
    for sheet in found:
        yield from _title(sheet)
        if sheet.part == "sections" and any(not row.relation for row in sheet.rows):
            yield from _change_list(sheet.rows, width)
        else:
            yield from _table(sheet, _widths(sheet, width - 2), signed=True)
    if found:
        yield []
        yield from ([(part, _GREY)] for part in wrapped(legend(), width))


def _matrix(matrix: PlanMatrix, width: int) -> Iterator[Line]:
    yield from ([(part, "")] for part in wrapped(matrix_heading(matrix)[0], width))
    for sheet in matrix_sheets(matrix):
        yield from _title(sheet)
        yield from _table(sheet, _widths(sheet, width), signed=False)


def _title(sheet: Sheet) -> Iterator[Line]:
    yield []
    yield [(sheet.title + (f"  ({sheet.note})" if sheet.note else ""), _BOLD)]


def _widths(sheet: Sheet, width: int) -> list[int]:
    """Widths of the columns: fixed ones as wide as their cells, the others share the rest."""
    cells = [sheet.head, *(row.cells for row in sheet.rows)]
    longest = [max(cell_len(part) for row in cells for part in row[i].split("\n")) for i in range(len(sheet.head))]
    shares = _SHARES.get(sheet.part, (1,) * len(longest))
    room = width - sum(n for n, share in zip(longest, shares, strict=True) if not share) - 2 * (len(longest) - 1)
    if sheet.part not in _SHARES:
        fair = max(8, room // len(longest))
        return [min(n, max(fair, _WIDEST if sum(longest) <= room else fair)) for n in longest]
    return [n if not share else max(6, room * share // sum(shares)) for n, share in zip(longest, shares, strict=True)]


def _table(sheet: Sheet, widths: Sequence[int], *, signed: bool) -> Iterator[Line]:
    """Head, rule and rows; a cell that is too long goes on below."""
    yield from _cells("  " if signed else "", "", sheet.head, widths, "")
    yield [("─" * (sum(widths) + 2 * (len(widths) - 1) + 2 * signed), _GREY)]
    for row in sheet.rows:
        style = _STYLES.get(row.relation, "")
        sign = SIGNS.get(row.relation, " ") + " " if signed else ""
        yield from _cells(sign, style, row.cells, widths, style if row.relation == "same" else "")


def _cells(sign: str, sign_style: str, cells: Sequence[str], widths: Sequence[int], style: str) -> Iterator[Line]:
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for i in range(max(map(len, columns))):
        line: Line = [(sign if i == 0 else " " * len(sign), sign_style)]
        for column, width in zip(columns, widths, strict=True):
            part = column[i] if i < len(column) else ""
            line.append((part + " " * (width - cell_len(part) + 2), style))
        yield line


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns; Latin words stay whole where they fit."""
    out = []
    for paragraph in text.split("\n"):
        if cell_len(paragraph) <= width:
            out.append(paragraph)
            continue
        line, used = "", 0
        for word in _WORD.findall(paragraph):
            size = cell_len(word.rstrip())
            if used + size > width and line:
                out.append(line.rstrip())
                line, used = "", 0
            while size > width:
                out.append(word[:width])
                word = word[width:]
                size = cell_len(word)
            line += word
            used += cell_len(word)
        out.append(line.rstrip())
    return out


def _change_list(rows: Sequence[Row], width: int) -> Iterator[Line]:
    """Sections of two versions: what became of each, then its old and new words."""
    for row in rows:
        _, a, b, note = row.cells
        if row.relation:
            sides = [a] if not b else [b] if not a else [a, b] if a != b else [a]
            line = f"{' → '.join(sides)}" + (f"  {note}" if note else "")
            style = _STYLES.get(row.relation, "")
            for i, part in enumerate(wrapped(line, width - 2)):
                yield [((SIGNS[row.relation] if i == 0 else " ") + " " + part, style)]
            continue
        for sign, words, style in (("−", a, _ORANGE), ("+", b, _BLUE)):
            for i, part in enumerate(wrapped(words, width - 6) if words else []):
                yield [("    " + (sign if i == 0 else " ") + " " + part, style)]
