"""Targets of a plan as series: what a plan says of one thing at several dates is one series, by deadline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ipplan.compare.model import PlacedTarget
from ipplan.compare.view import View, name_core

#: Groups of counting words; 个 goes with any of the first, whatever the vocabulary counts in.
_COUNTERS = {"件", "家", "项", "所", "户", "枚", "处", "座", "支", "只", "对", "门", "种", "款", "条", "部", "批"}
_SAME = {"名": "人", "位": "人", "场次": "场", "次": "场"}


@dataclass(frozen=True)
class Subject:
    """What a series is about: an indicator, or, where the vocabulary has none, a normalised name."""

    id: str | None
    name: str


@dataclass(eq=False)
class Series:
    """The targets of one plan for one subject that can be measured against each other, by deadline."""

    subject: Subject
    kind: str
    targets: list[PlacedTarget] = field(default_factory=list)
    position: int = 0

    @property
    def last(self) -> PlacedTarget:
        return self.targets[-1]


def kind(target: PlacedTarget) -> str:
    """Changes in percent, additions and states are different series even of one indicator; so are measures."""
    if target.unit in ("%", "百分点", "倍", "‰"):
        return "growth" if target.basis in ("growth", "reduction") else "share"
    measure = "money" if target.unit.endswith("元") else "score" if target.unit == "分" else "count"
    step = "increment" if target.basis in ("increment", "growth", "reduction") else "state"
    return f"{measure} {step}"


def series_of(view: View) -> list[Series]:
    """All series of a plan, in the order in which they begin."""
    found: dict[tuple[Subject, str], Series] = {}
    roles = {node.section.id: node.section.role for node in view.nodes}
    for position, target in enumerate(view.targets):
        name = "" if target.indicator_id else name_core(target.indicator, view.vocabulary)
        subject = Subject(target.indicator_id, name)
        series = found.setdefault((subject, kind(target)), Series(subject, kind(target), position=position))
        series.targets.append(target)
    for series in found.values():
        order = {id(t): (t.deadline or dt.date.min, roles.get(t.section) == "objectives") for t in series.targets}
        series.targets.sort(key=lambda t: order[id(t)])
    return list(found.values())


def same_unit(a: str, b: str) -> bool:
    """Whether two units count alike: 个 goes with any counting word (个, 家), 名 is 人; 件 is not 家."""
    a, b = _SAME.get(a, a), _SAME.get(b, b)
    return a == b or ("个" in (a, b) and (a in _COUNTERS or b in _COUNTERS))
