"""Regular expressions that are compiled when they are first used.

A parse has some two hundred of them, of which one plan needs a part, and compiling them all takes longer than reading
the plan. Constants of a module are therefore written ``_WORD = pattern("…")``; what they are used for stays the same.
Where a match is impossible without one of a few words, ``needs`` names them: a text without them compiles nothing.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, AnyStr, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")
#: After so many texts without any of the words needed, compiled patterns answer sooner.
_PATIENCE = 200


class _Late:
    """Stands in for a compiled pattern. The first use fills the slots with the methods of the real one."""

    __slots__ = ("flags", "needs", "pattern", "refused", *_METHODS)

    def __init__(self, pattern: str | bytes, flags: int, needs: tuple[str, ...]) -> None:
        self.pattern = pattern
        self.flags = flags
        self.needs = needs
        self.refused = 0

    def __getattr__(self, name: str) -> Any:
        """Called for a slot that is still empty, and for what a pattern has besides."""
        if name.startswith("__"):
            raise AttributeError(name)
        if self.needs and name in ("finditer", "fullmatch", "match", "search"):
            return partial(self._ask, name)
        return getattr(self._compiled(), name)

    def _compiled(self) -> re.Pattern[Any]:
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return compiled

    def _ask(self, method: str, text: str, *span: int) -> Any:
        """What ``method`` answers, without compiling anything where the text lacks the words needed."""
        if self.refused < _PATIENCE and not any(word in text for word in self.needs):
            self.refused += 1
            return iter(()) if method == "finditer" else None
        return getattr(self._compiled(), method)(text, *span)

    def __repr__(self) -> str:
        return f"pattern({self.pattern!r})"


def pattern(source: AnyStr, flags: int = 0, *, needs: tuple[str, ...] = ()) -> re.Pattern[AnyStr]:
    """Like :func:`re.compile`, but nothing is compiled, and no mistake found, before the first use.

    ``needs``: words of which every match holds one, or stands behind or before one; a test demands that it is so.
    """
    return cast("re.Pattern[AnyStr]", _Late(source, flags, needs))
