"""The JSON Schema of a plan, as `ipplan schema` prints it and `schema/plan.schema.json` keeps it."""

from __future__ import annotations

import json

from ipplan.draft import SCHEMA
from ipplan.model import Plan


def plan_schema() -> str:
    """JSON Schema (2020-12) of the contract, indented, with a final line end."""
    schema = Plan.model_json_schema(by_alias=True)
    schema["required"] = ["schema", *(key for key in schema.get("required", []) if key != "schema")]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA}
    body = {key: value for key, value in schema.items() if key != "title"}
    return json.dumps({**head, **body}, ensure_ascii=False, indent=2) + "\n"
