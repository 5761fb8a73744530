"""Two plans compared: ``diff(a, b)`` is values only; how it looks is ``compare.render``'s business.

The plans are compared in one and the same order whichever comes first, and the result is turned round where needed, so
that ``diff(b, a)`` mirrors ``diff(a, b)`` exactly.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from ipplan.compare import sections, targets
from ipplan.compare.mode import mode_of
from ipplan.compare.model import AgencyRow, MetaRow, Mode, Place, PlanDiff, RoleCounts, SectionRow, Side
from ipplan.compare.phases import phase_rows
from ipplan.compare.view import View, plain, view
from ipplan.model import Plan
from ipplan.normalize.vocabulary import Vocabulary

_TURNED = {
    "higher": "lower",
    "lower": "higher",
    "earlier": "later",
    "later": "earlier",
    "only_a": "only_b",
    "only_b": "only_a",
}


def diff(a: Plan, b: Plan, *, mode: Mode | None = None, vocabulary: Vocabulary | None = None) -> PlanDiff:
    """What ``b`` is against ``a``: targets, sections, agencies, phases, metadata.

    ``mode``: ``versions`` (two versions of one plan: old and new words) or ``plans`` (two different plans); found by
    itself by default. ``vocabulary`` overrules the built-in indicators for targets that have none.
    """
    left, right = view(a, vocabulary), view(b, vocabulary)
    mode = mode or mode_of(left, right)
    turned = right.order < left.order
    first, second = (right, left) if turned else (left, right)
    scale = sections.Scale(first, second)
    aligned = sections.align(first, second, mode, scale)
    pairs = [(j, i) for i, j in aligned] if turned else aligned
    section_rows = sections.rows(first, second, aligned, mode, scale)
    if turned:
        section_rows = _in_order([_turn_section(row) for row in section_rows], left, right, pairs)
    ids = {left.nodes[i].section.id: right.nodes[j].section.id for i, j in pairs}
    names = _names(a, b)
    return PlanDiff.model_construct(
        mode=mode,
        vocabulary=left.vocabulary.label,
        a=Side.model_construct(name=names[0], title=a.meta.title, region=a.meta.region),
        b=Side.model_construct(name=names[1], title=b.meta.title, region=b.meta.region),
        meta=meta_rows(a, b),
        targets=targets.rows(left, right, ids, mode),
        sections=section_rows,
        agencies=agency_rows(left, right),
        phases=phase_rows(left, right),
    )


def _names(a: Plan, b: Plan) -> tuple[str, str]:
    """The names of the files, told apart where they are the same."""
    x, y = a.source.name, b.source.name
    return (x, y) if x != y else (f"{x} (a)", f"{y} (b)")


def _turn_section(row: SectionRow) -> SectionRow:
    relation = _TURNED.get(row.relation, row.relation)
    turned = [change.model_copy(update={"a": change.b, "b": change.a}) for change in row.changes]
    return row.model_copy(update={"relation": relation, "a": row.b, "b": row.a, "changes": turned})


def _in_order(rows: list[SectionRow], a: View, b: View, pairs: list[tuple[int, int]]) -> list[SectionRow]:
    """Rows in the order of ``a``, what only ``b`` has at its place."""
    at = {node.section.id: node.index for node in a.nodes}
    back = {b.nodes[j].section.id: i for i, j in pairs}
    before: dict[str, tuple[int, int]] = {}
    last = -1
    for node in b.nodes:
        last = back.get(node.section.id, last)
        before[node.section.id] = (last, node.index)

    def key(row: SectionRow) -> tuple[int, int, int]:
        if row.a is not None:
            return (at[row.a.id], 0, 0)
        assert row.b is not None
        anchor, index = before[row.b.id]
        return (anchor, 1, index)

    return sorted(rows, key=key)


def meta_rows(a: Plan, b: Plan) -> list[MetaRow]:
    """The fields of ``meta`` whose values differ in more than width and blanks."""
    x, y = (json.loads(plan.meta.model_dump_json()) for plan in (a, b))
    return [MetaRow(field=field, a=x[field], b=y[field]) for field in x if _folded(x[field]) != _folded(y[field])]


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_folded(item) for item in value]
    if isinstance(value, dict):
        return {k: _folded(v) for k, v in value.items()}
    return value


def agency_rows(a: View, b: View) -> list[AgencyRow]:
    """Every department of either plan: how often it leads, supports, is responsible, and where. Most named first."""
    sides: list[dict[str, list[tuple[str, Place]]]] = [{}, {}]
    for named, plan in zip(sides, (a, b), strict=True):
        for department, role, place in plan.agencies():
            named.setdefault(department, []).append((role, place))
    rows = [
        AgencyRow.model_construct(
            department=name,
            a=_counts(sides[0].get(name, [])),
            b=_counts(sides[1].get(name, [])),
            places_a=_places(sides[0].get(name, [])),
            places_b=_places(sides[1].get(name, [])),
        )
        for name in {**sides[0], **sides[1]}
    ]
    return sorted(rows, key=lambda row: (-sum((*dict(row.a).values(), *dict(row.b).values())), row.department))


def _counts(named: list[tuple[str, Place]]) -> RoleCounts:
    counts = Counter(role for role, _ in named)
    return RoleCounts.model_construct(lead=counts["lead"], support=counts["support"], responsible=counts["responsible"])


def _places(named: list[tuple[str, Place]]) -> list[Place]:
    return list({(place.section, place.line): place for _, place in named}.values())
