"""JSON (every key) and YAML (without what is absent) of a comparison."""

from __future__ import annotations

import json
from typing import Any

from ipplan.compare.model import PlanDiff, PlanMatrix


def render(result: PlanDiff | PlanMatrix, format: str) -> str:
    """The data itself."""
    if format == "json":
        return result.model_dump_json(by_alias=True, indent=2) + "\n"
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    data = _present(json.loads(result.model_dump_json(by_alias=True)))
    text = yaml.dump(data, Dumper=base, allow_unicode=True, sort_keys=False, width=2**31 - 1, default_flow_style=False)
    return str(text)


def _present(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _present(v) for k, v in value.items() if v is not None and v != [] and v != {}}
    if isinstance(value, list):
        return [_present(item) for item in value]
    return value


def diff_schema() -> str:
    """JSON Schema (2020-12) of ``ipplan-diff/1``, indented, with a final line end."""
    schema = PlanDiff.model_json_schema(by_alias=True, mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ipplan-diff/1"}
    return (
        json.dumps({**head, **{k: v for k, v in schema.items() if k != "title"}}, ensure_ascii=False, indent=2) + "\n"
    )


if __name__ == "__main__":  # `make schema`
    print(diff_schema(), end="")
