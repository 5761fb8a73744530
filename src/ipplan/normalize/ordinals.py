"""Ordinals of headings (一, 十六, 12): a small table up to 99, cn2an beyond."""

from __future__ import annotations

_DIGITS = "一二三四五六七八九"


def _table() -> dict[str, int]:
    table = {digit: i for i, digit in enumerate(_DIGITS, 1)}
    for tens in range(1, 10):
        head = ("" if tens == 1 else _DIGITS[tens - 1]) + "十"
        table[head] = tens * 10
        for unit, digit in enumerate(_DIGITS, 1):
            table[head + digit] = tens * 10 + unit
    table["一十"] = 10
    return table


_TABLE = _table()

#: Pattern of a Chinese ordinal, 一 to 九百九十九.
HAN_ORDINAL = (
    "[一二三四五六七八九]百(?:零[一二三四五六七八九]|[一二三四五六七八九]十[一二三四五六七八九]?)?|"
    "[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
)


def ordinal(token: str) -> int:
    """``十六`` → 16, ``12`` → 12, ``一百零三`` → 103. Raises ``ValueError`` for anything else."""
    if token.isascii() and token.isdigit():
        return int(token)
    if token in _TABLE:
        return _TABLE[token]
    import cn2an

    try:
        return int(cn2an.cn2an(token, "strict"))
    except (ValueError, TypeError, KeyError):
        raise ValueError(f"not an ordinal: {token!r}") from None


def small_ordinal(token: str) -> int | None:
    """1 to 99 from the table, else ``None``."""
    return _TABLE.get(token)
