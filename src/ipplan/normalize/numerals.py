"""Number words → :class:`decimal.Decimal`. Reads the whole token or raises :class:`NumeralError`.

Arabic (``1,234`` ``2 9 0 0`` ``2.3``), Chinese (``二百`` ``三点五`` ``两``), mixed with multipliers (``2.3万`` ``1亿2千万``),
shares (``百分之九十`` → 90, ``三分之一`` → 33.3333, both in %). cn2an converts Chinese numerals beyond the small table.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from ipplan.normalize.ordinals import small_ordinal
from ipplan.patterns import pattern

#: Longest numeral that is read: no plan needs more digits, and time stays bounded.
MAX_LENGTH = 40
_SHARE = pattern("([一二两三四五六七八九十]+|[0-9]+)分之([一二两三四五六七八九十]+|[0-9]+)", needs=("分之",))
_READ_OUT = pattern("[零〇一二三四五六七八九]{3,}")
_COMMA = pattern("[,，]")


class NumeralError(ValueError):
    """The token is not one number."""


_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ARABIC = pattern(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_HAN = pattern("[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?")
_MIXED = pattern(rf"({_ARABIC.pattern})([十百千万亿]*)")
_DIGITS = str.maketrans("零〇一二两三四五六七八九", "001223456789")


def parse_number(token: str) -> Decimal:
    """The value of a numeral. Raises :class:`NumeralError`."""
    text = token.replace(" ", "")
    if not text or len(text) > MAX_LENGTH:
        raise NumeralError(f"not a number: {token[:20]!r}")
    if text.isascii() and text.isdigit():
        return Decimal(text)
    if text.startswith("百分之"):
        return parse_number(text[3:])
    share = _SHARE.fullmatch(text)
    if share:
        below, above = parse_number(share[1]), parse_number(share[2])
        if not below:
            raise NumeralError(f"not a number: {token!r}")
        return round(above * 100 / below, 4)
    if _HAN.fullmatch(text):
        return _han(text)
    at, total, last = 0, Decimal(0), None
    for found in _MIXED.finditer(text):
        if found.start() != at:
            break
        scale = _scale(found[2])
        if last is not None and scale >= last:
            break
        total += Decimal(_COMMA.sub("", found[1])) * scale
        last, at = scale, found.end()
    if at != len(text) or last is None:
        raise NumeralError(f"not a number: {token!r}")
    return total


def _scale(word: str) -> int:
    scale = 1
    for char in word:
        scale *= _SCALE[char]
    return scale


def _han(text: str) -> Decimal:
    if text in ("两", "俩"):
        return Decimal(2)
    if text in _SCALE:
        return Decimal(_SCALE[text])
    if _READ_OUT.fullmatch(text):  # 二〇二五: digits read one by one
        return Decimal(text.translate(_DIGITS))
    plain = text.replace("两", "二").replace("〇", "零")
    if plain[0] in "百千万亿":  # 百亿: one hundred 亿
        plain = "一" + plain
    if len(plain) == 2 and all(c in "一二三四五六七八九" for c in plain):
        raise NumeralError(f"two numbers or one: {text!r}")  # 二三: two or three
    small = small_ordinal(plain)
    return Decimal(small) if small is not None else _cn2an(plain)


def _cn2an(text: str) -> Decimal:
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(text, "strict")))
    except (ValueError, TypeError, KeyError, InvalidOperation, ArithmeticError):
        raise NumeralError(f"not a number: {text!r}") from None
