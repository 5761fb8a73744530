"""Plans → rows of the views. A row is a mapping from column to value; the columns of a view are a literal tuple."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ipplan.model import Plan, Section
from ipplan.views.amounts import amount

Value = str | int | float | dt.date | None
Row = dict[str, Value]

TARGETS = (
    "plan", "section", "title", "indicator", "indicator_id", "action", "comparator", "value", "value_max", "unit", "amount",
    "basis", "frequency", "commitment", "nature", "baseline", "baseline_date", "deadline", "deadline_from", "quote", "line",
)  # fmt: skip
DUTIES = ("plan", "section", "title", "role", "name", "alias", "department", "deadline", "line")
AGENCIES = (
    "plan", "agency", "names", "lead", "support", "responsible", "lead_sections", "support_sections", "responsible_sections",
)  # fmt: skip
TIMELINE = ("plan", "kind", "section", "label", "start", "end", "deadline_from", "line")

#: Fields of each view that hold numbers and dates; all others hold text.
NUMBERS = frozenset({"value", "value_max", "baseline", "line", "lead", "support", "responsible"})
DATES = frozenset({"deadline", "baseline_date", "start", "end"})


def names_of(plans: Sequence[Plan]) -> list[str]:
    """A name for each plan: that of its file, with a number where several have the same."""
    names = [plan.source.name for plan in plans]
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if names.count(name) == 1 else f"{name} {seen[name]}")
    return out


def sections_of(plan: Plan) -> Iterator[Section]:
    """Every section in document order."""
    todo = list(reversed(plan.sections))
    while todo:
        section = todo.pop()
        yield section
        todo += reversed(section.children)


def target_rows(plans: Sequence[Plan]) -> list[Row]:
    """One row per target, in document order."""
    out: list[Row] = []
    for name, plan in zip(names_of(plans), plans, strict=True):
        for section in sections_of(plan):
            for t in section.targets:
                base = t.baseline
                out.append(
                    {
                        "plan": name,
                        "section": section.id,
                        "title": section.title,
                        "indicator": t.indicator,
                        "indicator_id": t.indicator_id,
                        "action": t.action,
                        "comparator": t.comparator,
                        "value": t.value,
                        "value_max": t.value_max,
                        "unit": t.unit,
                        "amount": amount(t),
                        "basis": t.basis,
                        "frequency": t.frequency,
                        "commitment": t.commitment,
                        "nature": t.nature,
                        "baseline": base.value if base else None,
                        "baseline_date": base.date if base else None,
                        "deadline": t.deadline,
                        "deadline_from": t.deadline_from,
                        "quote": " ".join(t.quote.split()),
                        "line": t.line,
                    }
                )
    return out


def duty_rows(plans: Sequence[Plan]) -> list[Row]:
    """One row per agency and role as named, in document order."""
    out: list[Row] = []
    for name, plan in zip(names_of(plans), plans, strict=True):
        for section in sections_of(plan):
            for assignment in section.assignments:
                for agency in assignment.agencies:
                    out.append(
                        {
                            "plan": name,
                            "section": section.id,
                            "title": section.title,
                            "role": assignment.role,
                            "name": agency.name,
                            "alias": agency.alias,
                            "department": agency.department,
                            "deadline": assignment.deadline,
                            "line": assignment.line,
                        }
                    )
    return out


@dataclass(slots=True)
class _Duties:
    """What one agency does, while it is gathered."""

    names: dict[str, None] = field(default_factory=dict)
    sections: dict[str, list[str]] = field(default_factory=lambda: {"lead": [], "support": [], "responsible": []})


def agency_rows(duties: Sequence[Row], by: str) -> list[Row]:
    """Duties gathered by ``name`` or by ``department`` (its name where it has none): the busiest leaders first."""
    gathered: dict[tuple[str, str], _Duties] = {}
    for row in duties:
        label = str((row["department"] if by == "department" else None) or row["name"])
        found = gathered.setdefault((str(row["plan"]), label), _Duties())
        found.names[str(row["name"])] = None
        found.sections[str(row["role"])].append(str(row["section"]))
    out: list[Row] = []
    for (plan, label), found in gathered.items():
        counts = {role: len(ids) for role, ids in found.sections.items()}
        places = {f"{role}_sections": " ".join(dict.fromkeys(ids)) for role, ids in found.sections.items()}
        out.append({"plan": plan, "agency": label, "names": "、".join(found.names), **counts, **places})
    plans = list(dict.fromkeys(str(row["plan"]) for row in duties))
    return sorted(out, key=lambda row: (plans.index(str(row["plan"])), *(-int(str(row[r])) for r in _ROLES)))


_ROLES = ("lead", "responsible", "support")


def timeline_rows(plans: Sequence[Plan]) -> list[Row]:
    """The period of each plan, its phases and everything with a deadline, in document order."""
    out: list[Row] = []
    for name, plan in zip(names_of(plans), plans, strict=True):
        period = plan.meta.period
        if period and (period.start or period.end):
            out.append(_row(name, "period", None, plan.meta.title, period.start, period.end, None, None))
        for section in sections_of(plan):
            phase = section.phase
            if phase:
                label = phase.name or section.title
                out.append(_row(name, "phase", section.id, label, phase.start, phase.end, None, phase.line))
            for t in section.targets:
                if t.deadline:
                    label = f"{t.indicator} {amount(t)}"
                    out.append(_row(name, "target", section.id, label, None, t.deadline, t.deadline_from, t.line))
            for c in section.commitments:
                if c.deadline:
                    quote = " ".join(c.quote.split())
                    out.append(_row(name, "commitment", section.id, quote, None, c.deadline, c.deadline_from, c.line))
            for a in section.assignments:
                if a.deadline:
                    label = "、".join(agency.name for agency in a.agencies)
                    out.append(_row(name, "assignment", section.id, label, None, a.deadline, None, a.line))
    return out


def _row(
    plan: str,
    kind: str,
    section: str | None,
    label: str | None,
    start: dt.date | None,
    end: dt.date | None,
    source: str | None,
    line: int | None,
) -> Row:
    return dict(zip(TIMELINE, (plan, kind, section, label, start, end, source, line), strict=True))
