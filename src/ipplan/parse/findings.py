"""Notes on the whole document, and notes → diagnostics with their lines."""

from __future__ import annotations

from ipplan.diagnostics import BY_CODE, Note
from ipplan.draft import Diagnostic
from ipplan.parse.brackets import is_balanced, match_brackets
from ipplan.parse.deadlines import impossible_dates
from ipplan.parse.document import Document
from ipplan.parse.lines import Line
from ipplan.parse.paragraphs import Paragraph
from ipplan.parse.sections import Own
from ipplan.patterns import pattern
from ipplan.text import SourceText


def line_notes(source: SourceText, lines: list[Line]) -> list[Note]:
    """One note per dropped line."""
    out = []
    for line in lines:
        if line.kind in ("page", "rule", "web"):
            text = source.raw[line.start : line.end]
            out.append(Note("IPP103", f"left out: {text[:40]}", line.start, line.end))
    return out


def date_notes(healed: list[Paragraph], known: list[Note]) -> list[Note]:
    """Dates that do not exist (2024年13月45日); those of the signature are ``known``."""
    seen = {note.start for note in known if note.code == "IPP304"}
    out = []
    for paragraph in healed:
        passage = paragraph.passage
        if passage.start not in seen:
            for note in impossible_dates(passage.fold):
                out.append(Note(note.code, note.message, *passage.span(note.start or 0, note.end or 0)))
    return out


def phase_notes(owns: list[Own]) -> list[Note]:
    """Phases whose dates run backwards."""
    out = []
    for own in owns:
        dated = own.dated
        if dated and dated.start and dated.end and dated.end < dated.start and own.node.head:
            span = own.node.head.passage.span(dated.at, dated.stop)
            out.append(Note("IPP601", f"{dated.start} to {dated.end}", *span, own.node.id))
    return out


def bracket_notes(healed: list[Paragraph]) -> list[Note]:
    out = []
    for paragraph in healed:
        folded = paragraph.passage.fold
        if is_balanced(folded):
            continue
        _, unclosed, unopened = match_brackets(folded)
        for at in sorted([*unclosed, *unopened])[:20]:
            if folded[at] == "）" and (at <= 4 or _HALF_MARKER.search(folded, max(0, at - 4), at)):
                continue  # the marker 1） or 一）, also of a list within the paragraph
            start = paragraph.passage.at(at)
            out.append(Note("IPP201", f"{paragraph.passage.text[at]} has no partner", start, start + 1))
    return out


_HALF_MARKER = pattern("(?:^|[。；：，！ ])[0-9一二三四五六七八九十]{1,3} ?$")
_BULLETS = frozenset("▲△●○◆◇■□★☆※▪◎➤►▶✓√·")
#: A. 行政保护, Ⅱ、主要任务
_LETTER = pattern(" *[A-Za-zⅠ-Ⅻ] ?[.、）](?=[ \u4e00-\u9fff])")


def marker_notes(healed: list[Paragraph], document: Document) -> list[Note]:
    bullets = [
        p for p in healed if p.marker is None and (p.passage.text[:1] in _BULLETS or _LETTER.match(p.passage.fold))
    ]
    out = []
    if bullets:
        first = bullets[0].passage
        out.append(
            Note(
                "IPP204",
                f"{len(bullets)} line(s) begin with {first.text[0]} or the like; they stay text",
                first.start,
                first.start + 1,
            )
        )
    if not document.root.children:
        out.append(Note("IPP205", "no numbered heading was found", 0, 1))
    return out


def diagnostics(source: SourceText, notes: list[Note]) -> list[Diagnostic]:
    out = []
    for note in notes:
        code = BY_CODE[note.code]
        out.append(
            Diagnostic(
                code=note.code,
                severity=code.severity,
                message=f"{code.name}: {note.message}",
                span=None if note.start is None else (note.start, note.end or note.start),
                line=None if note.start is None else source.line_of(note.start),
                section=note.section,
            )
        )
    out.sort(key=lambda d: (d.span or (-1, -1), d.code))
    return out
