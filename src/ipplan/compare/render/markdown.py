"""A comparison as Markdown tables."""

from __future__ import annotations

import re

from ipplan.compare.model import PlanDiff, PlanMatrix
from ipplan.compare.render.sheets import SIGNS, heading, legend, sheets
from ipplan.compare.render.tables import matrix_heading, matrix_sheets

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$])")


def render(result: PlanDiff | PlanMatrix) -> str:
    """Headings and tables; everything from the plans is escaped."""
    diff = isinstance(result, PlanDiff)
    lines = heading(result) if isinstance(result, PlanDiff) else matrix_heading(result)
    out = ["# Plans compared", "", *(f"- {_escaped(line)}" for line in lines)]
    for sheet in sheets(result) if isinstance(result, PlanDiff) else matrix_sheets(result):
        head = (*([""] if diff else []), *map(_escaped, sheet.head))
        note = [sheet.note, ""] if sheet.note else []
        out += ["", f"## {sheet.title}", "", *note, _line(head), _line(["---"] * len(head))]
        for row in sheet.rows:
            sign = [SIGNS.get(row.relation, "")] if diff else []
            out.append(_line([*sign, *map(_escaped, row.cells)]))
    if diff:
        out += ["", legend()]
    return "\n".join(out) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\r", " ").replace("\n", "<br>")


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
