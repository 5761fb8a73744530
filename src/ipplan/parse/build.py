"""Own parts of the sections → sections of the model."""

from __future__ import annotations

from typing import cast

from ipplan.draft import Phase, Role, Section
from ipplan.parse.outline import Node
from ipplan.parse.paragraphs import Paragraph
from ipplan.parse.promises import Promises
from ipplan.parse.responsibility import Responsibilities, assignments_of
from ipplan.parse.sections import Own
from ipplan.text import SourceText


def build_sections(
    source: SourceText,
    root: Node,
    owns: list[Own],
    preamble: list[Paragraph],
    promises: dict[int, Promises],
    duties: Responsibilities,
) -> list[Section]:
    """Model sections, children first (an explicit order instead of recursion)."""
    built: dict[int, list[Section]] = {}
    ends: dict[int, int] = {}
    for own in reversed(owns):
        node = own.node
        children = built.pop(id(node), [])
        assert node.head is not None
        start = node.head.passage.start
        end = max([node.head.passage.end, *(p.passage.end for p in (*node.heading, *node.body)), ends.pop(id(node), 0)])
        section = _section(source, own, children[::-1], (start, end), promises[id(node)], duties)
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
        marker=None,
        level=1,
        title=None,
        role="preamble",
        text=[p.line.row.words(p.passage, []) if p.line.row else p.passage.text.strip() for p in preamble],
        targets=[],
        commitments=[],
        assignments=[],
        phase=None,
        children=[],
        span=(start, end),
        line=source.line_of(start),
    )


def _section(
    source: SourceText,
    own: Own,
    children: list[Section],
    span: tuple[int, int],
    promises: Promises,
    duties: Responsibilities,
) -> Section:
    node = own.node
    assert node.head is not None
    phase = None
    if own.dated:
        at = node.head.passage.span(own.dated.at, own.dated.stop)
        name = None if own.title_span and _only_dates(own) else own.title
        phase = Phase(name=name, start=own.dated.start, end=own.dated.end, span=at, line=source.line_of(at[0]))
    return Section(
        id=node.id,
        marker=node.head.passage.text[: own.marker].strip(),
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
