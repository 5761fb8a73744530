"""Where text stands on a page: glyphs → lines, page headers and footers, columns.

Coordinates are points with the origin at the bottom left, as in PDF. What recognised them (a PDF library, an OCR
engine) makes no difference here.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from ipplan.patterns import pattern
from ipplan.records import field, record

#: ``(text, left, right, baseline, size)``: one character, or a run of them where an engine gives runs.
Glyph = tuple[str, float, float, float, float]

_BLANKS = frozenset(" \t\u00a0\u3000\u2002\u2003")
#: What a line may not be broken within: the first characters of a line up to where it could have been broken.
_CHUNK = pattern("[（(《“‘〔【\\[]*(?:[A-Za-z]+|[0-9][0-9.,%]*|—+|…+|.)[，。、；：？！）)》”’〕】\\]%,.;:]*")
#: Number of a page, alone in its line: 3 · — 3 — · 第 3 页 共 9 页 · 3/9 · iv
#: 一 is how OCR reads the dashes.
_PAGE_NUMBER = pattern(r"[-—–―·~_一\s]*(?:第?\s*#\s*页?(?:[\s,，/]*共?\s*#\s*页?)?|[ivxlc]{1,5})[-—–―·~_一\s]*", re.I)
_DIGITS = pattern("[0-9０-９]+")
#: Share of a page's height, at either end, in which headers and footers stand.
_MARGIN = 0.17


@record
class TextLine:
    """A line of text: where it begins and ends, its baseline, the size of its type.

    ``lead``: width of the piece at its start that cannot be broken; ``parts``: ``(left, right, characters)`` of the
    pieces between wide gaps.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    lead: float
    parts: list[tuple[float, float, int]] = field(default_factory=list)


@record
class Grid:
    """A ruled table: its cells' lines of text row by row, with how many columns and rows each covers."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: list[list[tuple[list[TextLine], int, int]]]


@record
class Page:
    """A page: its number (from 1), its box, its lines from the top, its ruled tables."""

    number: int
    width: float
    bottom: float
    top: float
    lines: list[TextLine] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


@record
class Dropped:
    """A header, footer or page number: how it reads on the first page it stands on, and the pages."""

    text: str
    pages: list[int]


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Glyphs on one baseline are a line; lines are in order from the top."""
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: -g[3]):
        if rows and base - glyph[3] < 0.45 * min(size, glyph[4]):
            rows[-1].append(glyph)
            size = max(size, glyph[4]) if glyph[0] not in _BLANKS else size
        else:
            rows.append([glyph])
            base, size = glyph[3], glyph[4]
    return [line for row in _with_raised(rows) if (line := _line(row)) is not None]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Raised or lowered figures (m², the sign of a footnote) belong to the line they are set in."""
    out: list[list[Glyph]] = []
    for row in rows:
        above = out[-1] if out else []
        if _set_off(above, row):
            row += out.pop()
        elif _set_off(row, above):
            out[-1] += row
            continue
        out.append(row)
    return out


def _set_off(few: list[Glyph], line: list[Glyph]) -> bool:
    """Whether these are one to three small figures or signs a little above or below the type of ``line``."""
    figures = [g for g in few if g[0] not in _BLANKS]
    if not 0 < len(figures) <= 3 or len(line) <= len(figures):
        return False
    size = max(g[4] for g in line)
    return all(
        g[4] < 0.8 * size
        and g[0] < "\u2e80"
        and abs(g[3] - line[0][3]) < 0.6 * size
        and min(abs(g[1] - other[2]) for other in line) < 0.5 * size
        for g in figures
    )


def _line(row: list[Glyph]) -> TextLine | None:
    """One line of its glyphs: blanks as wide as the gaps, nothing at its ends, what is drawn twice once."""
    row.sort(key=lambda g: g[1])
    out: list[str] = []
    lefts: list[float] = []
    parts: list[tuple[float, float, int]] = []
    blank = before = ""
    edge = right_of = start = 0.0
    counted = 0
    for text, left, right, _, size in row:
        if text in _BLANKS:
            if out:
                blank += text
                edge = max(edge, right)
            continue
        if out:
            if text == before and left - lefts[-1] < 0.25 * size:
                continue  # bold by drawing twice
            blank = blank or _gap(before[-1], text[0], (left - edge) / max(size, 0.1))
            if left - right_of > 1.2 * size:
                parts.append((start, right_of, len(out) - counted))
                start, counted = left, len(out) + len(blank)
            out += blank
            lefts += [left] * len(blank)
        else:
            start = left
        out += text
        lefts += [left + (right - left) * i / len(text) for i in range(len(text))]
        blank, before, edge, right_of = "", text, right, right
    if not out:
        return None
    parts.append((start, right_of, len(out) - counted))
    lefts.append(right_of)
    words = "".join(out)
    chunk = _CHUNK.match(words)
    lead = lefts[chunk.end() if chunk else 1] - lefts[0]
    sizes = [g[4] for g in row if g[0] >= "\u2e80"] or [g[4] for g in row if g[0] not in _BLANKS]
    return TextLine(words, lefts[0], right_of, row[0][3], median(sizes), lead, parts)


def _gap(before: str, after: str, gap: float) -> str:
    """The blanks that a gap between two characters stands for."""
    if before.isascii() and after.isascii() and (before.isalnum() or before in ".,;:)%") and after.isalnum():
        return " " if gap > 0.18 else ""
    return "" if gap < 0.6 else " " if gap < 1.6 else "  "


def drop_margins(pages: Sequence[Page]) -> list[Dropped]:
    """Take headers, footers and page numbers off the pages: like text at like height on most (or every other) page."""
    dropped: list[Dropped] = []
    full = [page for page in pages if page.lines]
    if len(full) < 2:
        return dropped
    needed = max(2, math.ceil(0.4 * len(full)))
    for edge in (0, -1):
        for _ in range(4):
            alike: dict[str, list[Page]] = defaultdict(list)
            for page in full:
                if page.lines and _in_margin(page, edge):
                    alike[_pattern(page.lines[edge].text)].append(page)
            found = False
            for key, members in alike.items():
                height = median(page.lines[edge].base for page in members)
                members = [page for page in members if abs(page.lines[edge].base - height) < 12]
                if len(members) < needed and not (_PAGE_NUMBER.fullmatch(key) and _counts(members, edge)):
                    continue
                dropped.append(Dropped(members[0].lines[edge].text, [page.number for page in members]))
                for page in members:
                    page.lines.pop(edge)
                found = True
            if not found:
                break
    return dropped


def _in_margin(page: Page, edge: int) -> bool:
    share = (page.lines[edge].base - page.bottom) / max(page.top - page.bottom, 1.0)
    return share > 1 - _MARGIN if edge == 0 else share < _MARGIN


def _pattern(text: str) -> str:
    """The text of a line with its numbers made alike, and all forms of a page's number."""
    key = re.sub(r"\s+", " ", _DIGITS.sub("#", text))
    return "#" if "#" in key and _PAGE_NUMBER.fullmatch(key) else key


def _counts(pages: list[Page], edge: int) -> bool:
    """Whether the numbers in these lines run on as the pages do (on three pages at least)."""
    numbers = [(page.number, [int(n) for n in _DIGITS.findall(page.lines[edge].text)[:1]]) for page in pages]
    shifts = {page - number[0] for page, number in numbers if number}
    return len(pages) >= 3 and len(shifts) == 1


def two_columns(page: Page) -> bool:
    """Whether the page is set in two columns: nearly all its lines stay on one side of a gap near the middle.

    Cells of a table are short; lines of a column fill its width.
    """
    parts = [part for line in page.lines for part in line.parts]
    if len(parts) < 20:
        return False
    low, high = min(p[0] for p in parts), max(p[1] for p in parts)
    width = high - low
    for step in range(9):
        middle = low + width * (0.42 + 0.02 * step)
        left = [p for p in parts if p[1] <= middle]
        right = [p for p in parts if p[0] >= middle]
        if len(left) < 8 or len(right) < 8 or len(left) + len(right) < 0.8 * len(parts):
            continue
        filled = [sum(1 for p in side if p[1] - p[0] > 0.36 * width and p[2] >= 8) for side in (left, right)]
        if filled[0] >= 0.55 * len(left) and filled[1] >= 0.55 * len(right):
            return True
    return False
