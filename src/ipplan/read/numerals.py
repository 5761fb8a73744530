"""Counters in the number formats of Word: 一、（一）①第一百零一条."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"


def _counting(n: int) -> str:
    """一 … 九十九, then digit by digit: 一○○."""
    if n >= 100:
        return _digits(n, "○")
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def _thousand(n: int) -> str:
    """一 … 九十九, 一百, 一百零一, 一千零一十."""
    if n < 100:
        return _counting(n)
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("零" if zero else "") + _DIGITS[digit % 10] + name
            zero = False
        elif out and n:
            zero = True
    return out


def _japanese(n: int) -> str:
    """一 … 九十九, 百, 百一, 千."""
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("" if digit == 1 and name else _DIGITS[digit % 10]) + name
    return out


def _legal(signs: str) -> Callable[[int], str]:
    """壹, 贰 … 壹拾, 壹佰零壹."""
    table = str.maketrans("一二三四五六七八九十百千", signs)

    def text_of(n: int) -> str:
        text = _thousand(n)
        return ("一" + text if text.startswith("十") else text).translate(table)

    return text_of


def _digits(n: int, zero: str) -> str:
    return str(n).translate(str.maketrans("0123456789", zero + "一二三四五六七八九"))


def _letters(n: int) -> str:
    """a … z, aa, bb … as Word repeats them."""
    return chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 30)


def _roman(n: int) -> str:
    out = ""
    for value, sign in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        out += sign * (n // value)
        n %= value
    return out


def _row(first: str, count: int) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode; beyond them plain digits."""
    return lambda n: chr(ord(first) + n - 1) if n <= count else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if n <= len(signs) else str(n)


#: Number formats of Word. What is not here is shown in Arabic digits.
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal("壹贰叁肆伍陆柒捌玖拾佰仟"),
    "ideographLegalTraditional": _legal("壹貳參肆伍陸柒捌玖拾佰仟"),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographDigital": lambda n: _digits(n, "〇"),
    "taiwaneseDigital": lambda n: _digits(n, "○"),
    "japaneseDigitalTenThousand": lambda n: _digits(n, "〇"),
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "decimalFullWidth": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalFullWidth2": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalHalfWidth": str,
    "numberInDash": lambda n: f"- {n} -",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "bullet": lambda n: "",
    "none": lambda n: "",
}


def number_text(value: int, format: str) -> str:
    """A counter in a number format of Word. Formats that have no sign for zero or for large numbers show digits."""
    if format in ("none", "bullet"):
        return ""
    if value < 1 or value > 9999:
        return "〇" if value == 0 and format == "ideographDigital" else str(value)
    return FORMATS.get(format, str)(value)
