"""Any number of plans as a matrix of indicators: values, deadlines, ranks, gaps, values per head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ipplan.compare.model import Cell, Gap, MatrixRow, PlacedTarget, PlanMatrix, Side
from ipplan.compare.series import Series, Subject, series_of
from ipplan.compare.view import View, view
from ipplan.model import Plan
from ipplan.normalize.vocabulary import Indicator, Vocabulary

#: Plan's name → column of the user's table → number to divide by.
Divisors = Mapping[str, Mapping[str, float]]
_DIVIDED = ("count", "money")


def compare(
    plans: Sequence[Plan],
    *,
    per: Divisors | None = None,
    names: Sequence[str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> PlanMatrix:
    """The matrix of ``plans``: for each indicator the last target of each plan.

    ``names`` head the columns (the names of the files by default); ``per`` gives numbers to divide amounts by. Raises
    ``ValueError`` where two of ``names`` are the same.
    """
    views = [view(plan, vocabulary) for plan in plans]
    heads = list(names) if names is not None else _told_apart([plan.source.name for plan in plans])
    if len(heads) != len(plans) or len(set(heads)) != len(heads):
        raise ValueError("every plan needs a name of its own: pass names=[…], one per plan, no two the same")
    chosen: dict[tuple[Subject, str], list[Series | None]] = {}
    for i, plan in enumerate(views):
        for series in series_of(plan):
            if series.subject.id is None and not _telling(series, plan):
                continue
            group = series.kind if series.kind == "growth" else "amount"
            row = chosen.setdefault((series.subject, group), [None] * len(views))
            row[i] = _better(row[i], series)
    columns = list(dict.fromkeys(column for values in (per or {}).values() for column in values))
    rows = [
        _row(subject, found, views[0].vocabulary, [per.get(h, {}) for h in heads] if per else [{}] * len(heads))
        for (subject, _), found in chosen.items()
    ]
    rows.sort(key=lambda row: (-sum(cell is not None for cell in row.cells), row.theme or "~", row.label))
    label = views[0].vocabulary.label if views else None
    sides = [
        Side.model_construct(name=h, title=p.meta.title, region=p.meta.region)
        for h, p in zip(heads, plans, strict=True)
    ]
    return PlanMatrix.model_construct(vocabulary=label, plans=sides, per=columns, rows=rows, gaps=_gaps(rows, heads))


def _told_apart(names: list[str]) -> list[str]:
    """``a, b, a`` → ``a, b, a (2)``."""
    return [f"{n} ({names[: i + 1].count(n)})" if n in names[:i] else n for i, n in enumerate(names)]


def _telling(series: Series, plan: View) -> bool:
    return len(plan.vocabulary.rules.signature(series.subject.name).split("|")) >= 3


def _better(old: Series | None, new: Series) -> Series:
    """Of two series of one plan for one indicator: a state before an addition, then the longer one."""
    if old is None:
        return new
    return max(old, new, key=lambda s: (s.kind.endswith("state") or s.kind == "share", len(s.targets), -s.position))


def _row(
    subject: Subject, found: Sequence[Series | None], vocabulary: Vocabulary, divisors: Sequence[Mapping[str, float]]
) -> MatrixRow:
    indicator = vocabulary.get(subject.id)
    lasts = [series.last if series else None for series in found]
    first = next(target for target in lasts if target)
    measures = Counter(_measure(t) for t in lasts if t)
    common = max(measures, key=lambda m: (measures[m], m == _measure(first), str(m)))
    lower = indicator is not None and indicator.polarity == "lower"
    cells = [_cell(t, by, indicator) if t else None for t, by in zip(lasts, divisors, strict=True)]
    ranked = [c for c, t in zip(cells, lasts, strict=True) if c and t and _measure(t) == common]
    rank = _ranks([c.value for c in ranked], lower) if not indicator or indicator.polarity != "none" else {}
    columns = list(dict.fromkeys(column for c in ranked for column in c.per))
    per_rank = {column: _ranks([c.per[column] for c in ranked if column in c.per], lower) for column in columns}
    out: list[Cell | None] = []
    for cell, target in zip(cells, lasts, strict=True):
        if cell and target and _measure(target) == common:
            places = {c: per_rank[c][value] for c, value in cell.per.items() if value in per_rank[c]}
            cell = cell.model_copy(update={"rank": rank.get(cell.value), "per_rank": places})
        out.append(cell)
    return MatrixRow.model_construct(
        indicator_id=subject.id,
        label=indicator.zh if indicator else first.indicator,
        unit=indicator.unit if indicator and common[0] != "%" else common[0],
        theme=indicator.theme if indicator else None,
        polarity=indicator.polarity if indicator else "higher",  # type: ignore[arg-type]
        cells=out,
        reasons=[f"ranked: {_said(common)}"] if len(measures) > 1 else [],
    )


def _measure(target: PlacedTarget) -> tuple[str, str, str | None]:
    """What must agree for two values to be ranked: unit (counting words alike), basis, frequency."""
    from ipplan.compare.series import same_unit

    unit = "个" if same_unit(target.unit, "个") else "人" if same_unit(target.unit, "人") else target.unit
    return (unit, target.basis, target.frequency)


def _said(measure: tuple[str, str, str | None]) -> str:
    return " ".join(part for part in measure if part)


def _cell(target: PlacedTarget, by: Mapping[str, float], indicator: Indicator | None) -> Cell:
    divided = indicator.dimension in _DIVIDED if indicator else target.unit not in ("%", "百分点", "分", "倍")
    fit = divided and target.unit not in ("%", "百分点", "倍") and target.basis not in ("growth", "reduction")
    names = (
        "value",
        "value_max",
        "unit",
        "comparator",
        "basis",
        "frequency",
        "deadline",
        "indicator",
        "section",
        "line",
    )
    return Cell.model_construct(
        **{name: getattr(target, name) for name in names},
        per={column: float(f"{target.value / n:.6g}") for column, n in by.items() if fit and n},
    )


def _ranks(values: Sequence[float], lower: bool) -> dict[float, int]:
    """Value → its rank; equal values share one. A value without another to stand against has none."""
    if len(values) < 2:
        return {}
    ordered = sorted(values, reverse=not lower)
    return {value: ordered.index(value) + 1 for value in values}


def _gaps(rows: Sequence[MatrixRow], heads: Sequence[str]) -> list[Gap]:
    """For each plan the indicators it has no target for although at least half of the others (two or more) have."""
    out = []
    for i, head in enumerate(heads):
        missing = [
            row.label
            for row in rows
            if row.cells[i] is None and 2 * sum(cell is not None for cell in row.cells) >= max(2, len(heads) - 1)
        ]
        out.append(Gap.model_construct(plan=head, missing=missing))
    return out
