"""A comparison as plain tables, which the formats for people have in common. Signs, not only colours, say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ipplan.compare.model import (
    AgencyRow,
    Place,
    PlacedPhase,
    PlacedTarget,
    PlanDiff,
    RoleCounts,
    SectionRef,
    SectionRow,
    TargetRow,
)
from ipplan.compare.render.words import amount, value_words

#: Relation → sign. Read from a to b.
SIGNS = {
    "same": "=", "higher": "▲", "lower": "▼", "earlier": "◀", "later": "▶", "not_comparable": "≠",
    "only_a": "−", "only_b": "+", "moved": "↕", "reworded": "~", "changed": "~",
}  # fmt: skip
_MEANING = "= same  ▲ higher  ▼ lower  ◀ earlier  ▶ later  ≠ not comparable  − only a  + only b  ↕ moved  ~ changed"


@dataclass(frozen=True)
class Row:
    """One line of a table: its relation and the texts of its cells."""

    relation: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One table. The first column of every format is the sign of ``relation``."""

    part: str
    title: str
    head: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    note: str = ""


def heading(diff: PlanDiff) -> list[str]:
    """The lines above the tables."""
    kind = "two versions of one plan" if diff.mode == "versions" else "two plans"
    lines = [f"{side}: {one.title or one.name} ({one.name})" for side, one in (("a", diff.a), ("b", diff.b))]
    return [*lines, f"compared as {kind}; {'no differences' if diff.empty else summary(diff)}"]


def summary(diff: PlanDiff) -> str:
    """``targets: 3 higher, 1 only_a; sections: …``: how many rows of which relation."""
    parts = [f"meta: {len(diff.meta)}"] if diff.meta else []
    found = (
        ("targets", [row.relation for row in diff.targets]),
        ("sections", [row.relation for row in diff.sections]),
        ("agencies", [_agency_relation(row) for row in diff.agencies]),
        ("phases", [row.relation for row in diff.phases]),
    )
    for name, relations in found:
        counts = Counter[str](relations)
        told = ", ".join(f"{counts[r]} {r}" for r in SIGNS if r in counts)
        if told:
            parts.append(f"{name}: {told}")
    return "; ".join(parts)


def legend() -> str:
    """What the signs mean."""
    return _MEANING


def sheets(diff: PlanDiff, *, every: bool = False) -> list[Sheet]:
    """The tables of a diff that have rows. Between versions what is the same is left out, unless ``every``."""
    keep = every or diff.mode == "plans"
    found = [_meta(diff), _targets(diff, keep), _sections(diff, keep), _agencies(diff, keep), _phases(diff, keep)]
    return [sheet for sheet in found if sheet.rows]


def _meta(diff: PlanDiff) -> Sheet:
    rows = [Row("changed", (row.field, value_words(row.a), value_words(row.b))) for row in diff.meta]
    return Sheet("meta", "Metadata", ("field", "a", "b"), rows)


def _targets(diff: PlanDiff, keep: bool) -> Sheet:
    rows = [
        Row(r.relation, (r.label, _series(r.a), _series(r.b), _told(r)))
        for r in diff.targets
        if keep or r.relation != "same"
    ]
    return Sheet("targets", "Targets", ("indicator", "a", "b", "b/a, reasons"), rows)


def _told(row: TargetRow) -> str:
    ratio = [f"×{row.ratio:.3g}"] if row.ratio is not None and row.ratio != 1 else []
    return "; ".join([*ratio, *row.reasons])


def _series(targets: list[PlacedTarget]) -> str:
    return "\n".join(f"{amount(t)} by {t.deadline or '—'} {where(t.section, t.line)}" for t in targets)


def where(section: str, line: int) -> str:
    """``§3.1 L23``: section id and line."""
    return f"§{section} L{line}"


def _sections(diff: PlanDiff, keep: bool) -> Sheet:
    from ipplan.normalize.themes import label

    rows = []
    ordered = diff.sections
    if diff.mode == "plans":
        order = {theme: i for i, theme in enumerate(dict.fromkeys(row.theme for row in diff.sections))}
        ordered = sorted(diff.sections, key=lambda row: (row.theme is not None, order[row.theme]))
    for row in ordered:
        if keep or row.relation != "same":
            rows.append(Row(row.relation, (label(row.theme), _ref(row.a), _ref(row.b), _likeness(row))))
            rows += [Row("", ("", change.a, change.b, "")) for change in row.changes]
    return Sheet("sections", "Sections", ("theme", "a", "b", "alike"), rows)


def _ref(ref: SectionRef | None) -> str:
    return f"{where(ref.id, ref.line)} {ref.title or ''}".rstrip() if ref else ""


def _likeness(row: SectionRow) -> str:
    if row.similarity is None or row.relation in ("same", "moved"):
        return ""
    return f"{row.similarity:.2f}" + (" ↕" if row.moved and row.relation != "moved" else "")


def _agencies(diff: PlanDiff, keep: bool) -> Sheet:
    rows = [
        Row(_agency_relation(r), (r.department, _counts(r.a), _counts(r.b), _places(r)))
        for r in diff.agencies
        if keep or r.a != r.b
    ]
    return Sheet("agencies", "Agencies", ("department", "a", "b", "where"), rows, "lead / support / responsible")


def _agency_relation(row: AgencyRow) -> str:
    a, b = (sum(dict(side).values()) for side in (row.a, row.b))
    return "same" if row.a == row.b else "only_b" if not a else "only_a" if not b else "changed"


def _counts(counts: RoleCounts) -> str:
    return f"{counts.lead} / {counts.support} / {counts.responsible}" if any(dict(counts).values()) else ""


def _places(row: AgencyRow) -> str:
    def told(places: list[Place]) -> str:
        return ", ".join(where(p.section, p.line) for p in places[:4]) + (" …" if len(places) > 4 else "")

    return " | ".join(
        f"{side}: {told(places)}" for side, places in (("a", row.places_a), ("b", row.places_b)) if places
    )


def _phases(diff: PlanDiff, keep: bool) -> Sheet:
    rows = [
        Row(r.relation, (axis(diff, r.a, r.b), _phase(r.a), _phase(r.b)))
        for r in diff.phases
        if keep or r.relation != "same"
    ]
    return Sheet("phases", "Phases", (span_words(diff), "a", "b"), rows, "▀ a  ▄ b  █ both")


def _phase(phase: PlacedPhase | None) -> str:
    if phase is None:
        return ""
    dates = f"{phase.start or '…'} – {phase.end or '…'}"
    return f"{phase.name or ''} {dates} {where(phase.section, phase.line)}".strip()


_CELLS = 17


def _months(diff: PlanDiff) -> tuple[int, int] | None:
    dates = [d for row in diff.phases for p in (row.a, row.b) if p for d in (p.start, p.end) if d]
    months = [d.year * 12 + d.month - 1 for d in dates]
    return (min(months), max(months)) if months else None


def span_words(diff: PlanDiff) -> str:
    """``2022-07 … 2026-12``: from the first to the last month of all phases."""
    span = _months(diff)
    return " … ".join(f"{m // 12}-{m % 12 + 1:02}" for m in span) if span else "dates"


def axis(diff: PlanDiff, a: PlacedPhase | None, b: PlacedPhase | None) -> str:
    """Both phases as bars on the one time axis of all phases."""
    span = _months(diff)
    if span is None:
        return ""
    first, months = span[0], span[1] - span[0] + 1
    bars = [set(_cells(phase, first, months)) for phase in (a, b)]
    return "".join(
        "█" if i in bars[0] and i in bars[1] else "▀" if i in bars[0] else "▄" if i in bars[1] else "·"
        for i in range(_CELLS)
    )


def _cells(phase: PlacedPhase | None, first: int, months: int) -> Iterator[int]:
    if phase is None or not (phase.start or phase.end):
        return
    start = phase.start or phase.end
    end = phase.end or phase.start
    assert start is not None
    assert end is not None
    low = (start.year * 12 + start.month - 1 - first) * _CELLS // months
    high = ((end.year * 12 + end.month - first) * _CELLS - 1) // months
    yield from range(low, max(low, high) + 1)
