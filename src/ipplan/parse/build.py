"""Own parts of the sections → sections of the model."""

from __future__ import annotations

from typing import cast

from ipplan.draft import Phase, Role, Section
from ipplan.parse.outline import Node
from ipplan.parse.promises import Promises
from ipplan.parse.responsibility import Responsibilities, assignments_of
from ipplan.parse.sections import Own
from ipplan.text import SourceText


def build_sections(
    source: SourceText,
    root: Node,
    owns: list[Own],
    promises: dict[int, Promises],
    duties: Responsibilities,
) -> list[Section]:
    """Model sections, children first (an explicit order instead of recursion)."""
    built: dict[int, list[Section]] = {}
    ends: dict[int, int] = {}
    zero, *numbered = owns
    for own in reversed(numbered):
        node = own.node
        children = built.pop(id(node), [])
        assert node.head is not None
        start = node.head.passage.start
        end = max([node.head.passage.end, *(p.passage.end for p in (*node.heading, *node.body)), ends.pop(id(node), 0)])
        section = _section(source, own, children[::-1], (start, end), promises[id(node)], duties)
        built.setdefault(id(node.parent), []).append(section)
        ends[id(node.parent)] = max(ends.get(id(node.parent), 0), end)
    sections = built.get(id(root), [])[::-1]
    if zero.node.body:
        body = zero.node.body
        span = body[0].passage.start, body[-1].passage.end
        sections.insert(0, _section(source, zero, [], span, promises[id(zero.node)], duties))
    return sections


def _section(
    source: SourceText,
    own: Own,
    children: list[Section],
    span: tuple[int, int],
    promises: Promises,
    duties: Responsibilities,
) -> Section:
    node = own.node
    phase = None
    if own.dated and node.head:
        at = node.head.passage.span(own.dated.at, own.dated.stop)
        name = None if own.title_span and _only_dates(own) else own.title
        phase = Phase(name=name, start=own.dated.start, end=own.dated.end, span=at, line=source.line_of(at[0]))
    return Section(
        id=node.id,
        marker=node.head.passage.text[: own.marker].strip() if node.head else None,
        level=node.level,
        title=own.title,
        role=cast("Role | None", node.role),
        text=[words for stretch in own.stretches if (words := stretch.words())],
        targets=promises.targets,
        commitments=promises.commitments,
        assignments=assignments_of(source, duties.of.get(id(node), []), duties.leads_from),
        phase=phase,
        children=children,
        span=span,
        line=source.line_of(span[0]),
    )


def _only_dates(own: Own) -> bool:
    assert own.dated
    assert own.title_span
    return own.dated.at <= own.title_span[0] and own.dated.stop >= own.title_span[1]
