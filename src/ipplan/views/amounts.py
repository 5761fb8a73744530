"""Values as people write them: 23000 件 is 2.3万件."""

from __future__ import annotations

from ipplan.model import Target

_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": "", "eq": ""}


def number(value: float) -> str:
    """23000 → ``2.3万``, 15000000000 → ``150亿``; small or uneven numbers as they are."""
    for size, word in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        short = round(value / size, 2)
        if abs(value) >= size and round(short * size, 2) == value:
            return f"{short:g}{word}"
    return f"{value}" if isinstance(value, int) else f"{value:g}"


def amount(target: Target) -> str:
    """Comparator, value and unit: ``≥2.3万件``, ``10%–15%``."""
    upper = ""
    if target.value_max is not None:
        upper = ("%" if target.unit == "%" else "") + "–" + number(target.value_max)
    return f"{_SIGNS[target.comparator]}{number(target.value)}{upper}{target.unit}"
