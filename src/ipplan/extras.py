"""How an extra is installed: the same words in every message."""

from __future__ import annotations


def install(extra: str) -> str:
    """The command, and the one for a clone, as the README has it."""
    return f"pip install 'ipplan[{extra}]' (in a clone: pip install -e '.[{extra}]')"
