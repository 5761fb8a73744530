"""The committed JSON Schema is that of the models, and the plans of the fixtures satisfy it."""

from __future__ import annotations

import json

from ipplan.export.schema import plan_schema
from ipplan.export.yaml import FIRST_LINE
from ipplan.model import Plan
from support import ROOT

KEPT = ROOT / "schema" / "plan.schema.json"


def test_drift() -> None:
    assert KEPT.read_text(encoding="utf-8") == plan_schema(), "the models have changed: run `make schema`"


def test_shape() -> None:
    schema = json.loads(plan_schema())
    assert schema["required"] == ["schema", "source", "meta"]
    assert list(schema["properties"]) == [f.alias or n for n, f in Plan.model_fields.items()]
    assert all(part["additionalProperties"] is False for part in [schema, *schema["$defs"].values()])


def test_the_first_line_names_the_schema_beside_the_plan() -> None:
    assert f"# yaml-language-server: $schema={KEPT.name}\n" == FIRST_LINE
