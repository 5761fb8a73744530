"""What was read → the ledger of primary kinds."""

from __future__ import annotations

from ipplan.parse.document import Document
from ipplan.parse.front import Part
from ipplan.parse.kinds import Ledger
from ipplan.parse.lines import Line
from ipplan.parse.paragraphs import Paragraph
from ipplan.parse.sections import Own
from ipplan.patterns import pattern
from ipplan.text import SourceText

#: Marks that are dropped when a line is read: those of Markdown, and control characters.
_MARK = pattern(r"[#*>+\-\x00-\x08\x0e-\x1f\x7f]+")


def paint(
    source: SourceText, lines: list[Line], document: Document, preamble: list[Paragraph], owns: list[Own]
) -> Ledger:
    """Paint the ledger from what was read."""
    book = Ledger(source)
    for line in lines:
        if line.kind in ("page", "rule", "web"):
            book.paint(line.start, line.end, "furniture")
    own_text = {id(p) for p in preamble}
    parts: list[Part] = [*document.front, *document.tail]
    for part in parts:
        passage = part.paragraph.passage
        kind = "text" if id(part.paragraph) in own_text else "meta"
        book.paint_passage(passage, 0, len(passage), kind)  # type: ignore[arg-type]
    for paragraph in document.root.body:
        book.paint_passage(paragraph.passage, 0, len(paragraph.passage), "text")
    for paragraph in document.contents:
        book.paint_passage(paragraph.passage, 0, len(paragraph.passage), "furniture")
    for own in owns:
        _paint_own(book, own)
    for line in lines:
        if line.row and "|" in source.folded[line.start : line.end]:
            for a, b in line.row.borders(line.start, line.end):
                book.paint(a, b, "punctuation")
    for start, end in source.marks:
        book.fill(start, end, "punctuation")
    for mark in _MARK.finditer(source.folded):
        book.fill(mark.start(), mark.end(), "punctuation")
    return book


def _paint_own(book: Ledger, own: Own) -> None:
    node = own.node
    if node.head:
        passage = node.head.passage
        book.paint_passage(passage, 0, own.marker, "marker")
        if node.annex:
            book.paint_passage(passage, own.marker, len(passage), "punctuation")
        if own.title_span:
            book.paint_passage(passage, own.marker, own.title_span[0], "punctuation")
            book.paint_passage(passage, *own.title_span, "title")
            after = [s.start for s in own.stretches if s.passage is passage and s.start >= own.title_span[1]]
            first = min(after, default=len(passage))
            book.paint_passage(passage, own.title_span[1], first, "punctuation")
    for paragraph in node.heading:
        book.paint_passage(paragraph.passage, 0, len(paragraph.passage), "title")
    for stretch in own.stretches:
        book.paint_passage(stretch.passage, stretch.start, stretch.end, "text")
        if not own.title_span and stretch.passage is (node.head.passage if node.head else None):
            book.paint_passage(stretch.passage, own.marker, stretch.start, "punctuation")
    for passage, found in own.assignments:
        book.paint_passage(passage, found.start, found.end, "assignment")
    for passage in own.due_lines:
        book.paint_passage(passage, 0, len(passage), "assignment")
    if own.dated and node.head:
        book.paint_passage(node.head.passage, own.dated.at, own.dated.stop, "phase")
