"""Series of two plans paired by indicator or name, and what one is against the other."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from ipplan.compare.assign import assign
from ipplan.compare.model import Mode, PlacedTarget, TargetRelation, TargetRow
from ipplan.compare.series import Series, Subject, same_unit, series_of
from ipplan.compare.view import View, dice, pairs

#: How alike two names without an indicator must be, in two versions of one plan, to be one target reworded.
_RENAMED = 0.5
#: A name without an indicator only pairs two different plans if it says so much: 重点企业 may be anything.
_TELLING = 3
Pair = tuple[Series | None, Series | None]


def rows(a: View, b: View, aligned: dict[str, str], mode: Mode) -> list[TargetRow]:
    """One row per pair of series and per series without a partner, in the order of ``a``, then of ``b``.

    ``aligned``: section id in ``a`` → section id in ``b``.
    """
    found = pair(a, b, aligned, mode)
    found.sort(key=lambda p: (p[0] is None, p[0].position if p[0] else p[1].position if p[1] else 0))
    return [_row(x, y, a) for x, y in found]


def pair(a: View, b: View, aligned: dict[str, str], mode: Mode) -> list[Pair]:
    """Series of the same subject: first those that measure alike, then the rest; between versions also renamed ones."""
    left, right = series_of(a), series_of(b)
    out: list[Pair] = []
    for alike in (lambda x, y: x.kind == y.kind, lambda x, y: True):
        left, right = _match(left, right, alike, a, mode, out)
    if mode == "versions":
        left, right = _renamed(left, right, aligned, a, out)
    return [*out, *((x, None) for x in left), *((None, y) for y in right)]


def _match(
    left: list[Series],
    right: list[Series],
    alike: Callable[[Series, Series], bool],
    view: View,
    mode: Mode,
    out: list[Pair],
) -> tuple[list[Series], list[Series]]:
    rest = list(right)
    alone = []
    for x in left:
        y = next((y for y in rest if y.subject == x.subject and alike(x, y)), None)
        if y is None or not (mode == "versions" or _telling(x.subject, view)):
            alone.append(x)
        else:
            rest.remove(y)
            out.append((x, y))
    return alone, rest


def _telling(subject: Subject, view: View) -> bool:
    """Whether a name says enough to mean one thing in two different plans."""
    return subject.id is not None or len(view.vocabulary.rules.signature(subject.name).split("|")) >= _TELLING


def _renamed(
    left: list[Series], right: list[Series], aligned: dict[str, str], view: View, out: list[Pair]
) -> tuple[list[Series], list[Series]]:
    """Targets of two versions whose names were reworded: same section and unit, names alike, no deciding word lost."""
    gains: dict[tuple[int, int], float] = {}
    for i, x in enumerate(left):
        for j, y in enumerate(right):
            s, t = x.last, y.last
            if aligned.get(s.section) != t.section or not same_unit(s.unit, t.unit) or x.kind != y.kind:
                continue
            like = dice(pairs(s.indicator), pairs(t.indicator))
            same = (s.value, s.value_max, s.deadline) == (t.value, t.value_max, t.deadline)
            signature = view.vocabulary.rules.signature
            gate = signature(s.indicator) == signature(t.indicator)
            if like >= _RENAMED and (same or gate):
                gains[i, j] = like - _RENAMED + 0.01 + 0.2 * same
    chosen = assign(gains)
    out.extend((left[i], right[j]) for i, j in chosen.items())
    taken = set(chosen.values())
    return [x for i, x in enumerate(left) if i not in chosen], [y for j, y in enumerate(right) if j not in taken]


def _row(a: Series | None, b: Series | None, view: View) -> TargetRow:
    """The row of a pair."""
    some = a or b
    assert some is not None
    indicator = view.vocabulary.get(some.subject.id)
    label = indicator.zh if indicator else some.last.indicator
    ids = {series.subject.id for series in (a, b) if series}
    row = TargetRow.model_construct(
        indicator_id=some.subject.id if len(ids) == 1 else None,
        label=label,
        relation="only_a" if a else "only_b",
        a=a.targets if a else [],
        b=b.targets if b else [],
    )
    if a is None or b is None:
        return row
    relation, ratio, reasons = relate(a.last, b.last)
    if a.subject != b.subject:
        reasons.append(f"renamed: {a.last.indicator} / {b.last.indicator}")
    if indicator and indicator.polarity == "lower" and relation in ("higher", "lower"):
        reasons.append("lower is better")
    reasons += _milestones(a, b)
    return row.model_copy(update={"relation": relation, "ratio": ratio, "reasons": reasons})


def relate(a: PlacedTarget, b: PlacedTarget) -> tuple[TargetRelation, float | None, list[str]]:
    """What ``b`` is, seen from ``a``; the ratio of the values; and what else differs."""
    reasons = []
    if not same_unit(a.unit, b.unit):
        reasons.append(_differs("unit", a.unit, b.unit))
    for name in ("basis", "frequency"):
        if getattr(a, name) != getattr(b, name):
            reasons.append(_differs(name, getattr(a, name), getattr(b, name)))
    comparable = not reasons
    if comparable and a.unit != b.unit:
        reasons.append(f"counted in {a.unit} / {b.unit}")
    for name in ("comparator", "deadline"):
        if getattr(a, name) != getattr(b, name):
            reasons.append(_differs(name, getattr(a, name), getattr(b, name)))
    if not comparable:
        return "not_comparable", None, reasons
    ratio = float(f"{b.value / a.value:.6g}") if a.value else None
    if ratio is not None and not math.isfinite(ratio):
        ratio = None  # beyond what a number can hold
    before, after = _size(a), _size(b)
    if before != after:
        return ("higher" if after > before else "lower"), ratio, reasons
    if a.deadline != b.deadline and a.deadline and b.deadline:
        return ("earlier" if b.deadline < a.deadline else "later"), ratio, reasons
    if a.deadline != b.deadline:
        return ("earlier" if b.deadline else "later"), ratio, reasons
    return "same", ratio, reasons


def _size(target: PlacedTarget) -> tuple[float, float]:
    return (target.value, target.value if target.value_max is None else target.value_max)


def _differs(name: str, a: object, b: object) -> str:
    return f"{name}: {'none' if a is None else a} / {'none' if b is None else b}"


def _milestones(a: Series, b: Series) -> list[str]:
    """Dates before the end at which both plans state a number, and not the same."""
    if len(a.targets) == 1 and len(b.targets) == 1:
        return []
    values: dict[dt.date, tuple[set[float], set[float]]] = {}
    for side, series in ((0, a), (1, b)):
        for target in series.targets[:-1]:
            if target.deadline:
                values.setdefault(target.deadline, (set(), set()))[side].add(target.value)
    return [
        f"{date}: {' '.join(map(str, sorted(x)))} / {' '.join(map(str, sorted(y)))}"
        for date, (x, y) in sorted(values.items())
        if x and y and x != y
    ]
