"""Plan → text of a format, in one literal table. Modules are imported when their format is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from ipplan.draft import Plan as Draft
    from ipplan.model import Plan


class Exporter(Protocol):
    """Writes plans: one whole text for any number of them."""

    def __call__(self, plans: Sequence[Plan | Draft], *, full: bool = False) -> str: ...


#: Format name → ``module:function``.
EXPORTERS: dict[str, str] = {
    "yaml": "ipplan.export.yaml:to_yaml",
    "json": "ipplan.export.json:to_json",
    "jsonl": "ipplan.export.json:to_jsonl",
}


def export(plans: Sequence[Plan | Draft], format: str = "yaml", *, full: bool = False) -> str:
    """The text of ``plans`` in ``format``. Raises ``ValueError`` for a format that is not in :data:`EXPORTERS`."""
    if format not in EXPORTERS:
        raise ValueError(f"there is no format {format!r}; formats are {', '.join(EXPORTERS)}")
    module, _, function = EXPORTERS[format].partition(":")
    write: Callable[..., str] = getattr(importlib.import_module(module), function)
    return cast(Exporter, write)(plans, full=full)
