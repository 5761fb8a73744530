"""Plans compared: two (``diff``) or any number (``compare``). Values first; rendering is in ``compare.render``."""

from __future__ import annotations

from ipplan.compare.diff import diff
from ipplan.compare.matrix import compare

__all__ = ["compare", "diff"]
