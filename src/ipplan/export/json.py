"""JSON: every key of the contract, in its order. One plan is an object, several are an array; jsonl is one a line."""

from __future__ import annotations

from collections.abc import Sequence

from ipplan.model import Plan


def _dump(plan: Plan, indent: int | None, full: bool) -> str:
    exclude = None if full and plan.spans is not None else {"spans"}
    return plan.model_dump_json(by_alias=True, indent=indent, exclude=exclude)


def to_json(plans: Sequence[Plan], *, full: bool = False) -> str:
    """Indented JSON with a final line end."""
    if len(plans) == 1:
        return _dump(plans[0], 2, full) + "\n"
    return "[\n" + ",\n".join(_dump(plan, 2, full) for plan in plans) + "\n]\n"


def to_jsonl(plans: Sequence[Plan], *, full: bool = False) -> str:
    """One object a line."""
    return "".join(_dump(plan, None, full) + "\n" for plan in plans)
