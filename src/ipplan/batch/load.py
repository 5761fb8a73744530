"""Plan files → Arrow tables, a chunk at a time; runs in the process of ``corpus build`` or in several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ipplan.batch.arrow import field_of
from ipplan.batch.near import content_hash, normalised, signature
from ipplan.batch.tables import TABLES, Row, rows_of
from ipplan.batch.zips import open_any
from ipplan.export.load import PlanError, load_plans
from ipplan.model import Plan


def load_chunk(out: str, files: Sequence[str]) -> tuple[dict[str, Any], int, list[tuple[str, str]]]:
    """``(table → Arrow table, plans, [(file, what is wrong)])``; ``plan_id`` counts from 1 within the chunk."""
    import pyarrow as pa

    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    sketches: list[Row] = []
    faults: list[tuple[str, str]] = []
    number = 0
    for file in files:
        try:
            plans = read_plans(f"{out.rstrip('/')}/{file}")
        except (PlanError, OSError, ValueError) as error:
            problem = error.problem if isinstance(error, PlanError) else getattr(error, "strerror", None) or str(error)
            faults.append((file, " ".join(problem.split())[:300]))
            continue
        for plan in plans:
            number += 1
            text = normalised(plan)
            if text:
                sketches.append({"plan_id": number, "signature": signature(text)})
            for name, found in rows_of(plan).items():
                rows[name] += ({"plan_id": number, **row} for row in found)
            rows["plans"][-1] |= {"path": file, "content_hash": content_hash(text)}
    tables = {
        name: pa.Table.from_pylist(found, schema=pa.schema([field_of(c) for c in TABLES[name].columns]))
        for name, found in rows.items()
        if found
    }
    if sketches:
        schema = pa.schema([("plan_id", pa.int32()), ("signature", pa.list_(pa.uint32()))])
        tables["signatures"] = pa.Table.from_pylist(sketches, schema=schema)
    return tables, number, faults


def read_plans(path: str) -> list[Plan]:
    """The plans in one output of a batch. Raises ``PlanError``, ``OSError`` or ``ValueError``."""
    with open_any(path) as file:
        data: bytes = file.read()
    if path.endswith(".parquet"):
        import io

        import pyarrow.parquet as pq

        try:
            column = pq.read_table(io.BytesIO(data), columns=["plan"]).column("plan").to_pylist()
        except Exception as error:  # Arrow has errors of several families
            raise ValueError(
                f"is not a Parquet file that ipplan wrote ({' '.join(str(error).split())[:100]})"
            ) from None
        return [Plan.model_validate_json(text) for text in column]
    if path.endswith((".json", ".jsonl")):
        from pydantic import ValidationError

        try:
            lines = data.split(b"\n") if path.endswith(".jsonl") else [data]
            return [Plan.model_validate_json(line) for line in lines if line.strip()]
        except ValidationError:
            pass  # the loader knows arrays, and says what is wrong
    return load_plans(data.decode("utf-8-sig"), path)
