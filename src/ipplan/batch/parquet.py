"""One plan as a Parquet file: a row of plain columns, nested lists for what a plan has several of, and the whole as JSON.

Any number of these files is one table: ``SELECT unnest(targets) FROM 'OUT/**/*.parquet'``.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ipplan.batch.tables import TABLES, rows_of
from ipplan.model import Plan

if TYPE_CHECKING:
    import pyarrow as pa

_SCHEMA: Any = None


def schema() -> pa.Schema:
    """Columns of ``plans``, then one nested list for each other table, then ``plan``."""
    global _SCHEMA
    if _SCHEMA is None:
        import pyarrow as pa

        from ipplan.batch.arrow import field_of

        fields = [field_of(c) for c in TABLES["plans"].columns if not c.made_by_corpus]
        for name, table in TABLES.items():
            if name != "plans":
                inner = [field_of(c) for c in table.columns if c.name != "plan_id"]
                fields.append(pa.field(name, pa.list_(pa.struct(inner))))
        _SCHEMA = pa.schema([*fields, pa.field("plan", pa.string())], metadata={"schema": "ipplan/1"})
    return _SCHEMA


def to_parquet(plan: Plan) -> bytes:
    """The bytes of the file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = rows_of(plan)
    row: dict[str, Any] = dict(rows.pop("plans")[0])
    row |= rows
    row["plan"] = plan.model_dump_json(by_alias=True, exclude=None if plan.spans is not None else {"spans"})
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row], schema=schema()), out, compression="zstd", write_statistics=False)
    return out.getvalue()
