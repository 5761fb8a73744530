"""The matrix of any number of plans as plain tables."""

from __future__ import annotations

from ipplan.compare.model import Cell, MatrixRow, PlanMatrix
from ipplan.compare.render.sheets import Row, Sheet, where
from ipplan.compare.render.words import amount, quotient


def matrix_heading(matrix: PlanMatrix) -> list[str]:
    """The lines above the tables."""
    counts = ((len(matrix.plans), "plan"), (len(matrix.rows), "indicator"))
    told = ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counts)
    return [f"{told}; #1 is the most ambitious of those that can be compared"]


def matrix_sheets(matrix: PlanMatrix) -> list[Sheet]:
    """Indicators × plans, one table more per column of the user's table, and the gaps."""
    names = tuple(side.name for side in matrix.plans)
    rows = [Row("", (_label(r), *(_cell(c) for c in r.cells), "; ".join(r.reasons))) for r in matrix.rows]
    out = [Sheet("matrix", "Indicators", ("indicator", *names, "note"), rows)]
    for column in matrix.per:
        divided = [
            Row("", (_label(r), *(_per(c, column) for c in r.cells)))
            for r in matrix.rows
            if any(c and column in c.per for c in r.cells)
        ]
        if divided:
            out.append(Sheet(f"per {column}", f"Per {column}", ("indicator", *names), divided))
    gaps = [Row("", (gap.plan, "、".join(gap.missing))) for gap in matrix.gaps if gap.missing]
    if gaps:
        out.append(Sheet("gaps", "Gaps: no target for what half of the others have", ("plan", "indicators"), gaps))
    return out


def _label(row: MatrixRow) -> str:
    return row.label + (" (lower is better)" if row.polarity == "lower" else "")


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    rank = f" #{cell.rank}" if cell.rank else ""
    return f"{amount(cell)}{rank}\n{cell.deadline or '—'} {where(cell.section, cell.line)}"


def _per(cell: Cell | None, column: str) -> str:
    if cell is None or column not in cell.per:
        return ""
    rank = cell.per_rank.get(column)
    return quotient(cell.per[column]) + (f" #{rank}" if rank else "")
