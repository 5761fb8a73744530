"""Rows of an answer as text: a table for people, CSV, JSON; or as Parquet."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Rows = Sequence[Sequence[Any]]
_WIDEST = 48  # cells of a table are cut here


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e16 else repr(value)


def _cell(value: Any) -> str:
    """One value as text on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value) if value - value == 0 else str(value)
    if isinstance(value, list | tuple):
        return "；".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def _cut(text: str) -> str:
    text = "".join(c if c.isprintable() or c == "\u3000" else " " for c in text)
    if _width(text) <= _WIDEST:
        return text
    while _width(text) >= _WIDEST:
        text = text[:-1]
    return text + "…"


def table(names: Sequence[str], rows: Rows) -> str:
    """Aligned columns with a line under the head; numbers to the right."""
    cells = [[_cut(_cell(value)) for value in row] for row in rows]
    widths = [max([_width(name), *(_width(row[i]) for row in cells)]) for i, name in enumerate(names)]
    right = [bool(rows) and all(isinstance(r[i], int | float | None) for r in rows) for i in range(len(names))]

    def line(values: Sequence[str]) -> str:
        padded = [" " * (w - _width(v)) + v if r else v + " " * (w - _width(v))
                  for v, w, r in zip(values, widths, right, strict=True)]  # fmt: skip
        return "  ".join(padded).rstrip() + "\n"

    count = f"({len(rows)} row{'' if len(rows) == 1 else 's'})\n"
    return line(list(names)) + line(["-" * w for w in widths]) + "".join(map(line, cells)) + count


def to_csv(names: Sequence[str], rows: Rows) -> str:
    """CSV with a head, LF at line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        if value - value != 0:
            return None
        return int(value) if value == int(value) and abs(value) < 1e16 else value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def to_json(names: Sequence[str], rows: Rows) -> str:
    """An array of objects, one a line; a name that comes twice gets a number."""
    seen: dict[str, int] = {}
    keys = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        keys.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    objects = (json.dumps(dict(zip(keys, map(_plain, row), strict=True)), ensure_ascii=False) for row in rows)
    return "[\n" + ",\n".join(objects) + "\n]\n" if rows else "[]\n"


RENDER: dict[str, Callable[[Sequence[str], Rows], str]] = {"table": table, "csv": to_csv, "json": to_json}


def parquet(connection: duckdb.DuckDBPyConnection, sql: str) -> bytes:
    """The answer as the bytes of a Parquet file."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "answer.parquet")
        quoted = file.replace("'", "''")
        connection.execute(f"COPY ({sql.rstrip().rstrip(';')}\n) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
        with open(file, "rb") as stream:
            return stream.read()
