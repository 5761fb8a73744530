"""The flow of a web page: tags and text, in order, become paragraphs and tables as a browser shows them."""

from __future__ import annotations

import re

from ipplan.patterns import pattern
from ipplan.read.blocks import Block, CellBlock, Paragraph, TableBlock, is_data
from ipplan.read.head import facts_of, head_line

#: Elements that begin and end a line.
_BLOCKS = frozenset([
    "html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section",
    "summary", "ul", "ucapcontent", "caption",
])  # fmt: skip
_PIECES = pattern(r"[ \t\r\n\f]+|[^ \t\r\n\f]+")
_WIDE = pattern("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_TYPED = pattern(r"\s*[0-9一二三四五六七八九十（(①-⑳第A-Za-z]")
_MOST_SPAN = 1000
#: A row of a head table is no longer than this.
_LONGEST_HEAD = 200


class Flow:
    """Feed it tags and text; ``blocks`` is what came of them.

    A browser's rules: blanks collapse, inline tags do not part words.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._line: list[str] = []
        self._blank = ""
        self._tables: list[tuple[TableBlock, list[Block], bool]] = []
        self._lists: list[list[int | str]] = []  # [tag, next number, type]
        self._number = ""
        self._pre = 0

    def text(self, text: str) -> None:
        """Text of the page."""
        if self._pre:
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            for i, line in enumerate(lines):
                if i:
                    self._end_line(hard=True)
                self._add(line)
            return
        for piece in _PIECES.findall(text):
            if piece[0] in " \t\r\n\f":
                self._blank = "\n" if "\n" in piece or "\r" in piece or self._blank == "\n" else " "
                continue
            if self._blank and self._line:
                before = self._line[-1][-1]
                if not (self._blank == "\n" and _WIDE.match(before) and _WIDE.match(piece)):
                    self._line.append(" ")
            self._blank = ""
            self._add(piece)

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        if tag == "br":
            self._end_line(hard=True)
        elif tag == "table":
            self._end_line()
            self._tables.append((TableBlock(), self.blocks, False))
        elif tag == "tr":
            if self._tables:
                self._leave_cell()
                self._tables[-1][0].rows.append([])
        elif tag in ("td", "th"):
            self._end_line()
            if self._tables:
                self._leave_cell()
                table, outer, _ = self._tables[-1]
                if not table.rows:
                    table.rows.append([])
                cell = CellBlock(columns=_span(attributes.get("colspan")), rows=_span(attributes.get("rowspan")))
                table.rows[-1].append(cell)
                self._tables[-1] = (table, outer, True)
                self.blocks = cell.blocks
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "pre":
                self._pre += 1
            elif tag in ("ol", "ul", "menu", "dir"):
                self._lists.append([tag, _whole(attributes.get("start"), 1), attributes.get("type", "1")])
            elif tag == "li" and self._lists and self._lists[-1][0] == "ol":
                count = _whole(attributes.get("value"), int(self._lists[-1][1]))
                self._lists[-1][1] = count + 1
                self._number = _number(count, str(self._lists[-1][2]))

    def close(self, tag: str) -> None:
        """An end tag."""
        if tag == "table":
            self._end_line()
            if self._tables:
                self._leave_cell()
                table, outer, _ = self._tables.pop()
                self.blocks = outer
                self.blocks += _settled(table)
        elif tag in ("td", "th", "tr"):
            if self._tables:
                self._leave_cell()
            else:
                self._end_line()
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "pre":
                self._pre = max(0, self._pre - 1)
            elif tag in ("ol", "ul", "menu", "dir") and self._lists:
                self._lists.pop()
            elif tag == "li":
                self._number = ""

    def close_block(self) -> None:
        """The line ends here."""
        self._end_line()

    def _add(self, piece: str) -> None:
        if not piece:
            return
        if self._number and piece.strip():
            if not _TYPED.match(piece):
                self._line.append(self._number)
            self._number = ""
        self._line.append(piece)

    def _end_line(self, *, hard: bool = False) -> None:
        if self._line or hard:
            self.blocks.append(Paragraph("".join(self._line)))
        self._line = []
        self._blank = ""

    def _leave_cell(self) -> None:
        self._end_line()
        table, outer, inside = self._tables[-1]
        if inside:
            self._tables[-1] = (table, outer, False)
            self.blocks = outer


def _settled(table: TableBlock) -> list[Block]:
    """A data table as it is; of a table that lays out the page, rows of a head table (标题 | … | 文号 | …) as lines."""
    if is_data(table):
        return [table]
    out: list[Block] = []
    for row in table.rows:
        cells = [cell.text() for cell in row] if 2 <= len(row) <= 8 else []
        if cells and sum(map(len, cells)) <= _LONGEST_HEAD and facts_of(cells):
            out.append(Paragraph(head_line(cells)))
        else:
            out += [block for cell in row for block in cell.blocks]
    return out


def _span(value: str | None) -> int:
    return min(max(_whole(value, 1), 1), _MOST_SPAN)


def _whole(value: str | None, default: int) -> int:
    found = re.match(r"\s*(-?[0-9]{1,6})", value or "")
    return int(found[1]) if found else default


def _number(count: int, kind: str) -> str:
    """The marker a browser shows before an item of a numbered list."""
    if kind in ("a", "A") and 1 <= count <= 26:
        return chr(ord(kind) + count - 1) + ". "
    return f"{count}. "
