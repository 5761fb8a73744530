"""ipplan reads Chinese government plans and turns them into data that can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Plan", "ReadError", "__version__", "parse"]

if TYPE_CHECKING:
    from ipplan.api import parse
    from ipplan.model import Plan
    from ipplan.read.errors import ReadError

_HOME = {"parse": "ipplan.api", "Plan": "ipplan.model", "ReadError": "ipplan.read.errors"}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        import importlib

        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'ipplan' has no attribute {name!r}")
