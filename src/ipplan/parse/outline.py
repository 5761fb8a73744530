"""Numbered paragraphs → tree. Nesting comes from the order in which styles of numbering appear, not from the number.

A stack holds the open sections. A style that is open closes down to itself and continues there; a style that is not open
begins a list inside the innermost section, unless the document has shown that it stands outside what is open.
"""

from __future__ import annotations

from ipplan.parse.markers import STYLES, Marker
from ipplan.parse.paragraphs import Paragraph
from ipplan.records import field, record

_RANK = {style.name: i for i, style in enumerate(STYLES)}
_DEEPEST = 12


@record
class Node:
    """A section under construction. ``head`` is its numbered paragraph; ``body`` the unnumbered ones that follow it.

    ``title``: half-open stretch of the head's healed text; ``rest``: where the run-in text begins.
    """

    head: Paragraph | None
    style: str
    ordinal: int
    body: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    level: int = 1
    id: str = ""
    role: str | None = None
    title: tuple[int, int] | None = None
    rest: int = 0
    annex: bool = False
    heading: list[Paragraph] = field(default_factory=list)


def _rank(style: str) -> int:
    return _RANK["arabic_dot"] if style.startswith("decimal") else _RANK.get(style, len(_RANK))


def outline(paragraphs: list[Paragraph], root: Node) -> None:
    """Hang the paragraphs into ``root`` as sections and bodies."""
    stack: list[Node] = [root]
    outer: set[tuple[str, str]] = set()
    for paragraph in paragraphs:
        marker = paragraph.marker
        if marker is None:
            stack[-1].body.append(paragraph)
            continue
        depth = _place(marker, stack, outer)
        del stack[depth:]
        parent = stack[-1]
        node = Node(paragraph, marker.style, marker.ordinal, parent=parent, level=parent.level + 1)
        parent.children.append(node)
        for above in stack[1:]:
            outer.add((above.style, marker.style))
        stack.append(node)


def _place(marker: Marker, stack: list[Node], outer: set[tuple[str, str]]) -> int:
    """How many open sections stay open for a section with this marker."""
    style = marker.style
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].style == style:
            return depth
    if style.startswith("decimal") and style not in ("decimal1", "decimal2"):
        return len(stack)
    for depth in range(1, len(stack)):
        if (style, stack[depth].style) in outer:
            return depth
    if marker.ordinal > 1:
        for depth in range(1, len(stack)):
            if _rank(style) < _rank(stack[depth].style) and (stack[depth].style, style) not in outer:
                return depth
    return min(len(stack), _DEEPEST)


def number(root: Node) -> None:
    """Give every section its id: the path of the ordinals as written; repeated ones get ``~2``, ``~3``."""
    todo = [root]
    while todo:
        node = todo.pop()
        seen: dict[str, int] = {}
        for child in node.children:
            own = f"annex{child.ordinal}" if child.annex else str(child.ordinal)
            path = f"{node.id}.{own}" if node.id else own
            seen[path] = seen.get(path, 0) + 1
            child.id = path if seen[path] == 1 else f"{path}~{seen[path]}"
            child.level = node.level + 1
            todo.append(child)


def walk(root: Node) -> list[Node]:
    """Every section below ``root`` in document order."""
    out: list[Node] = []
    todo = list(reversed(root.children))
    while todo:
        node = todo.pop()
        out.append(node)
        todo += reversed(node.children)
    return out
