"""Rows → CSV, XLSX, JSON, YAML. Cells are data: none of them runs as a formula in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from ipplan.views.rows import Row, Value

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A cell that begins like a formula gets an apostrophe in front, so that no spreadsheet runs it."""
    return "'" + text if text.startswith(_RISKY) else text


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """CSV as Excel opens it: byte order mark, CRLF, formulas neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return "\ufeff" + out.getvalue()


def _cell(value: Value) -> Value:
    return "" if value is None else harmless(value) if isinstance(value, str) else value


def to_json(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A JSON array of objects; dates are ISO 8601."""
    return json.dumps([_plain(row, columns) for row in rows], ensure_ascii=False, indent=2) + "\n"


def to_yaml(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A YAML list of mappings, without what is null."""
    import yaml

    kept = [{key: value for key, value in _plain(row, columns).items() if value is not None} for row in rows]
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(kept, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10**6))


def _plain(row: Row, columns: Sequence[str]) -> dict[str, Any]:
    return {c: v.isoformat() if isinstance(v := row[c], dt.date) else v for c in columns}


def to_xlsx(rows: Sequence[Row], columns: Sequence[str], sheet: str) -> bytes:
    """A workbook with one sheet; text stays text, the same rows give the same bytes. ``ImportError`` without the extra."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for k, column in enumerate(columns):
        page.write_string(0, k, column, bold)
        page.set_column(k, k, 28 if column in _BROAD else 12)
    for i, row in enumerate(rows, 1):
        for k, column in enumerate(columns):
            value = row[column]
            if isinstance(value, dt.date):
                page.write_datetime(i, k, dt.datetime(value.year, value.month, value.day), day)
            elif isinstance(value, int | float):
                page.write_number(i, k, value)
            elif value:
                page.write_string(i, k, value[:_LONGEST])
    page.freeze_panes(1, 0)
    if rows:
        page.autofilter(0, 0, len(rows), len(columns) - 1)
    book.close()
    return out.getvalue()


_BROAD = frozenset({"title", "indicator", "quote", "agency", "names", "label"})
#: Excel takes no longer cell.
_LONGEST = 32_767

#: Format → writer of text.
WRITERS: dict[str, Callable[[Sequence[Row], Sequence[str]], str]] = {"csv": to_csv, "json": to_json, "yaml": to_yaml}
