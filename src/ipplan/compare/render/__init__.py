"""A diff or a matrix → text of a format, in one literal table. Modules are imported when their format is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from ipplan.compare.model import PlanDiff, PlanMatrix

#: Format name → module in this package; its ``render`` writes a diff or a matrix.
FORMATS: dict[str, str] = {
    "text": "text",
    "json": "data",
    "yaml": "data",
    "markdown": "markdown",
    "html": "html",
    "csv": "csv",
    "xlsx": "xlsx",
}


def render(result: PlanDiff | PlanMatrix, format: str, *, width: int = 80, colour: bool = False) -> str | bytes:
    """The text (for ``xlsx`` the bytes) of a comparison. ``width`` and ``colour`` are for the format ``text``."""
    module = importlib.import_module(f"ipplan.compare.render.{FORMATS[format]}")
    write: Callable[..., str | bytes] = module.render
    if format == "text":
        return write(result, width=width, colour=colour)
    return write(result, format) if FORMATS[format] == "data" else write(result)
