"""The parts of a document: front, table of contents, body with its sections, annexes, tail."""

from __future__ import annotations

from ipplan.diagnostics import Note
from ipplan.parse.contents import contents_span
from ipplan.parse.front import Part, annex_number, classify, tail_start
from ipplan.parse.notices import notice_parts, plan_behind
from ipplan.parse.outline import Node, number, outline
from ipplan.parse.paragraphs import Paragraph
from ipplan.records import field, record


@record
class Document:
    """A document taken apart: ``root`` holds the sections; every paragraph stands in exactly one part."""

    root: Node
    front: list[Part] = field(default_factory=list)
    tail: list[Part] = field(default_factory=list)
    contents: list[Paragraph] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def take_apart(paragraphs: list[Paragraph]) -> Document:
    """Split paragraphs into their parts and hang the numbered ones into a tree."""
    document = Document(Node(None, "root", 0, level=0))
    toc = contents_span(paragraphs)
    if toc:
        document.contents = paragraphs[toc[0] : toc[1]]
        first = document.contents[0].passage
        document.notes.append(
            Note("IPP104", f"table of contents of {toc[1] - toc[0]} lines passed over", first.start, first.end)
        )
        paragraphs = paragraphs[: toc[0]] + paragraphs[toc[1] :]
    numbered = begin = _first_section(paragraphs)
    title = plan_behind(paragraphs, begin)
    if title > numbered:
        begin = title + _first_section(paragraphs[title:])
    document.front = classify(paragraphs[:begin])
    notice_parts(document.front, numbered, title)
    groups = _annexes(paragraphs[begin:])
    for annex, group in groups:
        cut = tail_start(group) if annex is None or group is groups[-1][1] else len(group)
        document.tail += classify(group[cut:])
        body = group[:cut]
        if annex is None:
            outline(body, document.root)
            continue
        annex.parent = document.root
        document.root.children.append(annex)
        title = 0
        while title < min(3, len(body)) and _title_line(body[title]):
            title += 1
        annex.heading = body[:title]
        outline(body[title:], annex)
    number(document.root)
    return document


def _first_section(paragraphs: list[Paragraph]) -> int:
    """Index of the first numbered heading; entries of a list of attachments in a notice are none."""
    listed = False
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.passage.fold
        if paragraph.marker and not (
            listed and paragraph.marker.style in ("arabic_dot", "arabic_paren") and "。" not in text and len(text) < 80
        ):
            return i
        if paragraph.marker is None:
            listed = text.replace(" ", "").startswith("附件") and annex_number(text) is None
    return len(paragraphs)


def _annexes(paragraphs: list[Paragraph]) -> list[tuple[Node | None, list[Paragraph]]]:
    groups: list[tuple[Node | None, list[Paragraph]]] = [(None, [])]
    for paragraph in paragraphs:
        n = annex_number(paragraph.passage.fold) if paragraph.marker is None and len(paragraph.passage) <= 10 else None
        if n is not None:
            groups.append((Node(paragraph, "annex", n, annex=True), []))
        else:
            groups[-1][1].append(paragraph)
    return groups


def _title_line(paragraph: Paragraph) -> bool:
    text = paragraph.passage.fold
    return (
        paragraph.marker is None
        and not paragraph.line.row
        and len(text) <= 60
        and "。" not in text
        and "：" not in text
        and not text.endswith(("；", "，"))
    )


def numbering_notes(root: Node) -> list[Note]:
    """Repeated and skipped numbers: a list counts on from its sibling before, or from the last of its style anywhere."""
    notes: list[Note] = []
    last: dict[str, int] = {}
    todo = [root]
    order: list[Node] = []
    while todo:
        node = todo.pop()
        order.append(node)
        todo += reversed(node.children)
    sibling: dict[tuple[int, str], int] = {}
    for node in order[1:]:
        if node.head is None or node.annex:
            continue
        key = (id(node.parent), node.style)
        before = sibling.get(key)
        passage = node.head.passage
        if before is not None and node.ordinal == before:
            notes.append(
                Note("IPP202", f"number {node.ordinal} stands here twice", passage.start, passage.start + 1, node.id)
            )
        elif before is not None and node.ordinal != before + 1:
            notes.append(
                Note("IPP203", f"number {node.ordinal} follows {before}", passage.start, passage.start + 1, node.id)
            )
        elif before is None and node.ordinal not in (1, last.get(node.style, 0) + 1):
            notes.append(
                Note("IPP203", f"the list begins with number {node.ordinal}", passage.start, passage.start + 1, node.id)
            )
        sibling[key] = last[node.style] = node.ordinal
    return notes
