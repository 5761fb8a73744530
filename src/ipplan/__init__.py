"""ipplan reads Chinese government plans and turns them into data that can be trusted.

The public names are loaded on first use, so that ``import ipplan`` costs nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ipplan.api import load, parse
    from ipplan.compare import compare, diff
    from ipplan.compare.model import PlanDiff, PlanMatrix
    from ipplan.export import export
    from ipplan.export.load import PlanError
    from ipplan.model import (
        Agency,
        Assignment,
        Baseline,
        Citation,
        Commitment,
        Diagnostic,
        KindSpan,
        Meta,
        Period,
        Phase,
        Plan,
        Region,
        Section,
        Source,
        Target,
    )
    from ipplan.read.errors import ReadError

#: Public name → the module it lives in.
_HOME = {
    "parse": "ipplan.api",
    "load": "ipplan.api",
    "export": "ipplan.export",
    "diff": "ipplan.compare",
    "compare": "ipplan.compare",
    "PlanDiff": "ipplan.compare.model",
    "PlanMatrix": "ipplan.compare.model",
    "ReadError": "ipplan.read.errors",
    "PlanError": "ipplan.export.load",
    **dict.fromkeys(
        (
            "Agency",
            "Assignment",
            "Baseline",
            "Citation",
            "Commitment",
            "Diagnostic",
            "KindSpan",
            "Meta",
            "Period",
            "Phase",
            "Plan",
            "Region",
            "Section",
            "Source",
            "Target",
        ),
        "ipplan.model",
    ),
}

__all__ = [
    "Agency",
    "Assignment",
    "Baseline",
    "Citation",
    "Commitment",
    "Diagnostic",
    "KindSpan",
    "Meta",
    "Period",
    "Phase",
    "Plan",
    "PlanDiff",
    "PlanError",
    "PlanMatrix",
    "ReadError",
    "Region",
    "Section",
    "Source",
    "Target",
    "__version__",
    "compare",
    "diff",
    "export",
    "load",
    "parse",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        import importlib

        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'ipplan' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """Keeps ``ipplan.parse`` the function: importing the package ``ipplan.parse`` would put the module in its place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
