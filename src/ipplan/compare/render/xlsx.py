"""The matrix as a workbook: numbers as numbers, text as text, no formulas. Needs the extra ``xlsx``."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from ipplan.compare.model import PlanDiff, PlanMatrix
from ipplan.compare.render.csv import matrix_lines


def render(result: PlanDiff | PlanMatrix) -> bytes:
    """The bytes of the workbook; the same matrix gives the same bytes. Raises ``ImportError`` without the extra."""
    import xlsxwriter

    if isinstance(result, PlanDiff):
        raise ValueError("a diff has no xlsx form; use csv")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True})
    gaps = [("plan", "no target for"), *((gap.plan, label) for gap in result.gaps for label in gap.missing)]
    for name, lines in (("indicators", matrix_lines(result)), ("gaps", iter(gaps))):
        sheet = book.add_worksheet(name)
        for i, line in enumerate(lines):
            for k, value in enumerate(line):
                _write(sheet, i, k, value, bold if i == 0 else None)
        sheet.freeze_panes(1, 2 if name == "indicators" else 0)
        sheet.set_column(0, 1, 26)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)
