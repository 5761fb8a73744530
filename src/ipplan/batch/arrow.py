"""Column types of the tables as Arrow types."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ipplan.batch.tables import Column

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def type_of(name: str) -> Any:
    """The Arrow type for a DuckDB type."""
    import pyarrow as pa

    if name.endswith("[]"):
        return pa.list_(type_of(name[:-2]))
    types = {
        "VARCHAR": pa.string(),
        "INTEGER": pa.int32(),
        "DOUBLE": pa.float64(),
        "DATE": pa.date32(),
        "UINTEGER": pa.uint32(),
    }
    return types[name]


def field_of(column: Column) -> pa.Field:
    """A column as an Arrow field."""
    import pyarrow as pa

    return pa.field(column.name, type_of(column.type))
