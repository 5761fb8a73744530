"""Patterns for file names: ``*`` and ``?`` within a name, ``**`` over folders, ``[abc]`` for one character."""

from __future__ import annotations

import re
from collections.abc import Callable


def has_magic(path: str) -> bool:
    """Whether the path is a pattern."""
    return any(sign in path for sign in "*?[")


def fixed_part(pattern: str) -> str:
    """The folder above the first part that is a pattern: ``a/b`` of ``a/b/*.txt``, ``.`` of ``*.txt``."""
    parts = pattern.split("/")
    first = next((i for i, part in enumerate(parts) if has_magic(part)), len(parts) - 1)
    return "/".join(parts[:first]) or ("/" if pattern.startswith("/") else ".")


def compile_glob(pattern: str) -> tuple[Callable[[str], object], int | None]:
    """A test for relative paths, and how many folders deep a match can be (``None``: any number)."""
    parts = pattern.split("/")
    out = []
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        if part == "**":
            out.append("(?:.+)?" if last else "(?:.+/)?")
        else:
            out.append(_part(part) + ("" if last else "/"))
    return re.compile("".join(out), re.DOTALL).fullmatch, None if "**" in parts else len(parts)


def _part(part: str) -> str:
    out, i = "", 0
    while i < len(part):
        sign = part[i]
        close = part.find("]", i + 2) if sign == "[" else -1
        if close > 0:
            inner = part[i + 1 : close].replace("\\", "\\\\").replace("[", "\\[")
            out += f"(?!/)[{'^' + inner[1:] if inner[0] in '!^' else inner}]"
            i = close
        else:
            out += {"*": "[^/]*", "?": "[^/]"}.get(sign) or re.escape(sign)
        i += 1
    return out
