"""SourceText → Plan. The pipeline, to be read aloud:

lines → paragraphs (healed) → parts of the document (front, contents, sections, tail) → tree → titles, roles, phases →
facts about the document → sections of the model, with what each states → diagnostics.
"""

from __future__ import annotations

from ipplan.diagnostics import BY_CODE, Note
from ipplan.model import Diagnostic, Phase, Plan, Section, Source
from ipplan.parse.brackets import match_brackets
from ipplan.parse.document import Document, numbering_notes, take_apart
from ipplan.parse.front import Part
from ipplan.parse.kinds import Ledger
from ipplan.parse.lines import Line, read_lines
from ipplan.parse.meta import Front, build_meta, read_front
from ipplan.parse.outline import Node
from ipplan.parse.paragraphs import Paragraph, paragraphs
from ipplan.parse.responsibility import assignments_of
from ipplan.parse.sections import Own, own_parts
from ipplan.text import SourceText


def parse_text(source: SourceText, *, full: bool = False) -> Plan:
    """Read a source text into a plan. ``full`` adds the primary kind of every character (``spans``)."""
    plan, _ = parse_with_ledger(source, ledger=full)
    return plan


def parse_with_ledger(source: SourceText, *, ledger: bool = True) -> tuple[Plan, Ledger | None]:
    """Like :func:`parse_text`, with the ledger of primary kinds beside the plan."""
    lines, _ = read_lines(source, markdown=source.format == "md")
    healed, notes = paragraphs(source, lines)
    document = take_apart(healed)
    front = read_front(document.front, document.tail)
    owns = own_parts(document.root)
    passages = [p.passage for p in healed]
    meta, meta_notes = build_meta(front, source, passages, source.raw)
    preamble = _preamble(document, front)
    sections = _sections(source, document.root, owns, preamble)
    notes = [*source.notes, *notes, *document.notes, *numbering_notes(document.root), *meta_notes, *_line_notes(source, lines)]
    notes += _bracket_notes(healed) + _marker_notes(healed, document)
    book = _paint(source, lines, healed, document, front, owns) if ledger else None
    plan = Plan(
        source=Source(name=source.name, format=source.format, encoding=source.encoding, sha256=source.sha256, chars=len(source.raw)),
        meta=meta,
        sections=sections,
        diagnostics=_diagnostics(source, notes),
        spans=book.spans() if book else None,
    )
    return plan, book


def _preamble(document: Document, front: Front) -> list[Paragraph]:
    return [*(part.paragraph for part in front.preamble), *document.root.body]


def _sections(source: SourceText, root: Node, owns: list[Own], preamble: list[Paragraph]) -> list[Section]:
    """Model sections, children first (an explicit order instead of recursion)."""
    built: dict[int, list[Section]] = {}
    ends: dict[int, int] = {}
    for own in reversed(owns):
        node = own.node
        children = built.pop(id(node), [])
        assert node.head is not None
        start = node.head.passage.start
        end = max([node.head.passage.end, *(p.passage.end for p in (*node.heading, *node.body)), ends.pop(id(node), 0)])
        section = _section(source, own, children[::-1], (start, end))
        built.setdefault(id(node.parent), []).append(section)
        ends[id(node.parent)] = max(ends.get(id(node.parent), 0), end)
    sections = built.get(id(root), [])[::-1]
    if preamble:
        sections.insert(0, _section_zero(source, preamble))
    return sections


def _section_zero(source: SourceText, preamble: list[Paragraph]) -> Section:
    start, end = preamble[0].passage.start, preamble[-1].passage.end
    return Section(
        id="0",
        level=1,
        role="preamble",
        text=[p.passage.text.strip() for p in preamble],
        span=(start, end),
        line=source.line_of(start),
    )


def _section(source: SourceText, own: Own, children: list[Section], span: tuple[int, int]) -> Section:
    node = own.node
    assert node.head is not None
    phase = None
    if own.dated:
        at = node.head.passage.span(own.dated.at, own.dated.stop)
        name = None if own.title_span and _only_dates(own) else own.title
        phase = Phase(name=name, start=own.dated.start, end=own.dated.end, span=at, line=source.line_of(at[0]))
    return Section.model_construct(
        id=node.id,
        marker=node.head.passage.text[: own.marker].strip(),
        level=node.level,
        title=own.title,
        role=node.role,
        text=[words for stretch in own.stretches if (words := stretch.words())],
        targets=[],
        commitments=[],
        assignments=assignments_of(source, own),
        phase=phase,
        children=children,
        span=span,
        line=source.line_of(span[0]),
    )


def _only_dates(own: Own) -> bool:
    assert own.dated and own.title_span
    return own.dated.at <= own.title_span[0] and own.dated.stop >= own.title_span[1]


def _line_notes(source: SourceText, lines: list[Line]) -> list[Note]:
    """One note per dropped line."""
    out = []
    for line in lines:
        if line.kind in ("page", "rule", "web"):
            text = source.raw[line.start : line.end]
            out.append(Note("IPP103", f"left out: {text[:40]}", line.start, line.end))
    return out


def _bracket_notes(healed: list[Paragraph]) -> list[Note]:
    out = []
    for paragraph in healed:
        folded = paragraph.passage.fold
        if not any(c in folded for c in "（）〔〕【】"):
            continue
        _, unclosed, unopened = match_brackets(folded)
        for at in sorted([*unclosed, *unopened])[:20]:
            if folded[at] == "）" and at <= 4:
                continue  # the marker 1） or 一）
            start = paragraph.passage.at(at)
            out.append(Note("IPP201", f"{paragraph.passage.text[at]} has no partner", start, start + 1))
    return out


_BULLETS = frozenset("▲△●○◆◇■□★☆※▪◎➤►▶✓√·")


def _marker_notes(healed: list[Paragraph], document: Document) -> list[Note]:
    bullets = [p for p in healed if p.marker is None and p.passage.text[:1] in _BULLETS]
    out = []
    if bullets:
        first = bullets[0].passage
        out.append(Note("IPP204", f"{len(bullets)} line(s) begin with {first.text[0]} or the like; they stay text", first.start, first.start + 1))
    if not document.root.children:
        out.append(Note("IPP205", "no numbered heading was found", 0, 1))
    return out


def _diagnostics(source: SourceText, notes: list[Note]) -> list[Diagnostic]:
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


def _paint(source: SourceText, lines: list[Line], healed: list[Paragraph], document: Document, front: Front, owns: list[Own]) -> Ledger:
    """Paint the ledger from what was read."""
    book = Ledger(source)
    for line in lines:
        if line.kind in ("page", "rule", "web"):
            book.paint(line.start, line.end, "furniture")
    preamble = {id(p) for p in _preamble(document, front)}
    parts: list[Part] = [*document.front, *document.tail]
    for part in parts:
        passage = part.paragraph.passage
        kind = "text" if id(part.paragraph) in preamble else "meta"
        book.paint_passage(passage, 0, len(passage), kind)  # type: ignore[arg-type]
    for paragraph in document.root.body:
        book.paint_passage(paragraph.passage, 0, len(paragraph.passage), "text")
    for paragraph in document.contents:
        book.paint_passage(paragraph.passage, 0, len(paragraph.passage), "furniture")
    for own in owns:
        _paint_own(book, own)
    for a, b in source.lines():
        book.fill(a, b, "punctuation") if _marks_only(source, lines, a, b, book) else None
    return book


def _paint_own(book: Ledger, own: Own) -> None:
    node = own.node
    if node.head:
        passage = node.head.passage
        book.paint_passage(passage, 0, own.marker, "marker")
        if node.annex:
            book.paint_passage(passage, own.marker, len(passage), "punctuation")
        if own.title_span:
            book.paint_passage(passage, *own.title_span, "title")
            first = own.stretches[0].start if own.stretches else len(passage)
            book.paint_passage(passage, own.title_span[1], first, "punctuation")
    for paragraph in node.heading:
        book.paint_passage(paragraph.passage, 0, len(paragraph.passage), "title")
    for stretch in own.stretches:
        book.paint_passage(stretch.passage, stretch.start, stretch.end, "text")
        if not own.title_span and stretch.passage is (node.head.passage if node.head else None):
            book.paint_passage(stretch.passage, own.marker, stretch.start, "punctuation")
    for passage, found in own.assignments:
        book.paint_passage(passage, found.start, found.end, "assignment")
    if own.dated and node.head:
        book.paint_passage(node.head.passage, own.dated.at, own.dated.stop, "phase")


def _marks_only(source: SourceText, lines: list[Line], a: int, b: int, book: Ledger) -> bool:
    return any(c in "#*>+-\x00" or ord(c) < 32 for c in source.raw[a : min(b, a + 400)])
