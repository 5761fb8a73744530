"""Regular expressions that are compiled when they are first used.

A parse has some two hundred of them, of which one plan needs a part, and compiling them all takes longer than reading
the plan. Constants of a module are therefore written ``_WORD = pattern("…")``; what they are used for stays the same.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Late:
    """Stands in for a compiled pattern. The first use fills the slots with the methods of the real one."""

    __slots__ = ("flags", "pattern", *_METHODS)

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called for a slot that is still empty, and for what a pattern has besides."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"pattern({self.pattern!r})"


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Like :func:`re.compile`, but nothing is compiled, and no mistake found, before the first use."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
