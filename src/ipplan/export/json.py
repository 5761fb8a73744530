"""JSON: every key of the contract, in its order. One plan is an object, several are an array; jsonl is one a line."""

from __future__ import annotations

from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from ipplan.draft import Plan as Draft
from ipplan.export.data import data_of

if TYPE_CHECKING:
    from ipplan.model import Plan


def _dump(plan: Plan | Draft, indent: int | None, full: bool) -> str:
    if isinstance(plan, Draft):
        return _written(data_of(plan, full), None if indent is None else "\n")
    exclude = None if full and plan.spans is not None else {"spans"}
    return plan.model_dump_json(by_alias=True, indent=indent, exclude=exclude)


def _written(value: Any, line: str | None) -> str:
    """What pydantic writes for the model of a draft. ``line``: line end and indentation, ``None`` for one line."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, dict | list | tuple):
        inner = None if line is None else line + "  "
        if isinstance(value, dict):
            colon = ":" if line is None else ": "
            items = [f'"{key}"{colon}{_written(item, inner)}' for key, item in value.items()]
        else:
            items = [_written(item, inner) for item in value]
        first, last = "{}" if isinstance(value, dict) else "[]"
        if not items or inner is None:
            return first + ",".join(items) + last
        return f"{first}{inner}{f',{inner}'.join(items)}{line}{last}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float(value)
    return f'"{value.isoformat()}"'


def _float(value: float) -> str:
    text = repr(value)
    if "e" in text:  # 1e-07, which others write 1e-7
        from pydantic_core import to_json

        text = to_json(value).decode()
    return text


def to_json(plans: Sequence[Plan | Draft], *, full: bool = False) -> str:
    """Indented JSON with a final line end."""
    if len(plans) == 1:
        return _dump(plans[0], 2, full) + "\n"
    return "[\n" + ",\n".join(_dump(plan, 2, full) for plan in plans) + "\n]\n"


def to_jsonl(plans: Sequence[Plan | Draft], *, full: bool = False) -> str:
    """One object a line."""
    return "".join(_dump(plan, None, full) + "\n" for plan in plans)
