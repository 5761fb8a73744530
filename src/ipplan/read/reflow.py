"""Lines of pages → paragraphs, by geometry: a line goes on where the line before it is full and it is not indented.

What cannot be told from the page (a title over several lines, a sentence that a page break cut) stays in lines of its
own; the parser heals it as it does in plain text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median

from ipplan.patterns import pattern
from ipplan.read.blocks import Block, CellBlock, Paragraph, TableBlock, assemble
from ipplan.read.layout import Grid, Page, TextLine
from ipplan.records import field, record
from ipplan.text import Table

_TERMINAL = frozenset("。！？；：…")
#: A paragraph that stops here has not ended, even if its last line had room for one character more.
_OPEN = frozenset("，、（《“〔—")
#: Share of the width of a page that its full lines reach at least.
_FILLED = 0.7
_NUMBERED = pattern(
    "第[一二三四五六七八九十百]{1,4}[章节条]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]"
    "|[0-9]{1,2}[、．.](?![0-9])|[①-⑳]"
)


@record
class Flow:
    """Source text of pages, its tables, and the offsets at which pages begin."""

    text: str
    tables: tuple[Table, ...]
    pages: tuple[int, ...]


@record
class _Margins:
    left: float
    right: float


@record
class _State:
    """What has been put down so far: blocks, and where each page began (paragraph or table, offset in it)."""

    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    before: TextLine | None = None
    paragraphs: int = 0
    tables: list[Grid] = field(default_factory=list)
    marks: list[tuple[str, int, int]] = field(default_factory=list)

    def close(self, *, blank: bool = False) -> None:
        """End the paragraph; ``blank``: a blank line follows."""
        if self.text:
            self._put("".join(self.text))
            self.text = []
        if blank:
            self._put("")
        self.before = None

    def _put(self, text: str) -> None:
        self.blocks.append(Paragraph(text, self.paragraphs))
        self.paragraphs += 1

    def mark(self) -> None:
        """A page begins here."""
        self.marks.append(("text", self.paragraphs, sum(map(len, self.text))))


def reflow(pages: Sequence[Page]) -> Flow:
    """The text of all pages: one line per paragraph and table row, a blank line where the page leaves a wide gap."""
    margins = _margins(pages)
    lines = [line for page in pages for line in page.lines]
    body = median([line.size for line in lines]) if lines else 12.0
    leading = _leading(pages, body)
    indented = _indented(pages, margins)
    state = _State()
    for page in pages:
        edges = margins[_group(page)]
        state.mark()
        above: float | None = None
        for item in _items(page):
            if isinstance(item, Grid):
                _table(state, item, first=above is None)
                above = item.bottom
                continue
            wide = above is not None and above - item.base > 1.75 * max(leading, 1.1 * item.size)
            if state.before is not None and (wide or not _goes_on(state.before, item, edges, indented)):
                state.close(blank=wide)
            _add(state, item)
            above = item.base
    state.close()
    text, tables, starts = assemble(state.blocks)
    return Flow(text, tables, _page_starts(state, text, tables, starts))


def _items(page: Page) -> list[TextLine | Grid]:
    """Lines and tables of a page, from the top."""
    items: list[TextLine | Grid] = [*page.lines, *page.grids]
    return sorted(items, key=lambda item: -(item.base if isinstance(item, TextLine) else item.top))


def _add(state: _State, line: TextLine) -> None:
    if state.text:
        last, first = state.text[-1][-1], line.text[0]
        if last.isascii() and first.isascii() and (last.isalpha() or last in ",;") and first.isalpha():
            state.text.append(" ")
    state.text.append(line.text)
    state.before = line


def _goes_on(before: TextLine, line: TextLine, edges: _Margins, indented: bool) -> bool:
    """Whether ``line`` continues the paragraph of ``before``."""
    em = line.size
    if abs(before.size - em) > 0.15 * em or before.left - edges.left > 5 * em:
        return False
    if line.left - edges.left > 0.8 * em and not (not indented and abs(line.left - before.left) < 0.5 * em):
        return False
    room = edges.right - before.right - line.lead
    stops = before.text[-1] in _TERMINAL
    if room >= 0.6 * em or (room > -0.12 * em and before.text[-1] not in _OPEN):
        return False
    return not (_NUMBERED.match(line.text) and (stops or not indented))


def _group(page: Page) -> tuple[int, int]:
    """Pages of one width and parity share their margins (books mirror them)."""
    return round(page.width / 10), page.number % 2


def _margins(pages: Sequence[Page]) -> dict[tuple[int, int], _Margins]:
    groups: dict[tuple[int, int], list[TextLine]] = defaultdict(list)
    for page in pages:
        groups[_group(page)] += page.lines
    out: dict[tuple[int, int], _Margins] = {}
    for key, lines in groups.items():
        twin = groups.get((key[0], 1 - key[1]), [])
        lines = lines if len(lines) >= 12 else [*lines, *twin]
        lefts = Counter(round(line.left) for line in lines)
        rights = Counter(round(line.right) for line in lines)
        few = max(1 if len(lines) < 12 else 2, 0.05 * len(lines))
        left = min((x for x in lefts if _near(lefts, x) >= few), default=min(lefts, default=0))
        most = max((x for x in rights if _near(rights, x) >= few), default=max(rights, default=0))
        em = median([line.size for line in lines]) if lines else 12.0
        # Punctuation may hang over the margin: it is where most of the long lines end.
        right = max((x for x in rights if most - 2 * em <= x), key=lambda x: (_near(rights, x), x), default=most)
        if right < _FILLED * 10 * key[0]:  # no line fills the page: its margins are taken for alike
            right = max(right, 10 * key[0] - left)
        out[key] = _Margins(float(left), float(right))
    return out


def _near(counts: Counter[int], x: int) -> int:
    return sum(counts[x + d] for d in (-2, -1, 0, 1, 2))


def _leading(pages: Sequence[Page], body: float) -> float:
    """The usual distance of two baselines."""
    gaps = []
    for page in pages:
        for above, below in zip(page.lines, page.lines[1:], strict=False):
            if abs(above.size - body) < 0.2 * body and abs(below.size - body) < 0.2 * body:
                gaps.append(above.base - below.base)
    return median(gaps) if gaps else 1.6 * body


def _indented(pages: Sequence[Page], margins: dict[tuple[int, int], _Margins]) -> bool:
    """Whether first lines of paragraphs are indented: many lines begin one to four characters behind the margin."""
    total = behind = 0
    for page in pages:
        left = margins[_group(page)].left
        for line in page.lines:
            total += 1
            behind += 1.2 * line.size < line.left - left < 4.5 * line.size
    return behind >= 0.08 * total


def _table(state: _State, grid: Grid, *, first: bool) -> None:
    """Put a table down; one that goes on at the top of the next page is one table, its repeated head left out."""
    rows = [
        [
            CellBlock([Paragraph("".join(line.text for line in lines))] if lines else [], columns, spans)
            for lines, columns, spans in row
        ]
        for row in grid.rows
    ]
    last = state.blocks[-1] if state.blocks else None
    if first and isinstance(last, TableBlock) and not state.text and _same_edges(state.tables[-1], grid):
        head = [cell.text() for cell in last.rows[0]]
        last.rows += rows[1:] if [cell.text() for cell in rows[0]] == head else rows
        state.marks[-1] = ("table", len(state.tables) - 1, len(last.rows) - len(rows))
        return
    state.close()
    state.tables.append(grid)
    state.blocks.append(TableBlock(rows))
    if first:
        state.marks[-1] = ("table", len(state.tables) - 1, 0)


def _same_edges(one: Grid, other: Grid) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs(a - b) < 4 for a, b in zip(one.edges, other.edges, strict=True)
    )


def _page_starts(state: _State, text: str, tables: tuple[Table, ...], starts: tuple[int, ...]) -> tuple[int, ...]:
    out: list[int] = []
    for kind, number, inside in state.marks:
        if kind == "table":
            rows = tables[number].rows
            out.append(rows[min(max(inside, 0), len(rows) - 1)][0].start)
        else:
            out.append(min(starts[number] + inside, len(text)) if number < len(starts) else len(text))
    return tuple(out)
