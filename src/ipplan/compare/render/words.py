"""Values in words: 15000000000 元 is 150亿元, and a cell that a spreadsheet would run is made harmless."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ipplan.compare.model import Cell, PlacedTarget

_COMPARATORS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": "", "eq": ""}
_BASES = {"increment": "新增", "cumulative": "累计", "growth": "增长", "reduction": "下降", "level": ""}
_EACH = {"annual": "每年", "quarterly": "每季", "monthly": "每月", "weekly": "每周", "daily": "每日"}
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def number(value: float) -> str:
    """23000 → ``2.3万``, 15000000000 → ``150亿``; small or uneven numbers as they are."""
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if abs(value) >= size and round(value / size, 4) == value / size:
            return f"{plain(value / size)}{word}"
    return plain(value)


def plain(value: float) -> str:
    """All digits of a number: 0.00004 is never 4e-05."""
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)).normalize(), "f")


def quotient(value: float) -> str:
    """Four digits that count: 0.00003341, 33.41, 3341万."""
    short = float(f"{value:.4g}")
    return number(short) if abs(short) >= 10**4 else plain(short)


def amount(target: PlacedTarget | Cell) -> str:
    """``新增≥2000家 每年``: comparator, value and unit, with basis and frequency where they say something."""
    upper = f"–{number(target.value_max)}" if target.value_max is not None else ""
    each = f" {_EACH[target.frequency]}" if target.frequency else ""
    unit = target.unit if not upper or target.unit != "%" else "%"
    return f"{_BASES[target.basis]}{_COMPARATORS[target.comparator]}{number(target.value)}{upper}{unit}{each}"


def value_words(value: Any) -> str:
    """A value of ``meta`` on few lines: lists by lines, mappings by their values."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(value_words(item) for item in value)
    if isinstance(value, dict):
        return " ".join(str(item) for item in value.values() if item is not None)
    return str(value)


def harmless(text: str) -> str:
    """A cell that begins like a formula gets an apostrophe in front: no spreadsheet runs it."""
    return "'" + text if text.startswith(_RISKY) else text
