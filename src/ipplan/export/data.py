"""A plan or its draft as plain data: mappings in the contract's order, lists, texts, numbers, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipplan.draft import Plan as Draft
from ipplan.draft import as_data

if TYPE_CHECKING:
    from ipplan.model import Plan


def data_of(plan: Plan | Draft, full: bool) -> dict[str, Any]:
    """The data of ``plan``; ``full`` keeps the primary kinds (``spans``) where they were asked for."""
    data = as_data(plan) if isinstance(plan, Draft) else plan.model_dump(by_alias=True)
    if not full or plan.spans is None:
        del data["spans"]
    return data
