"""A cell that holds a value → the value.

Round brackets around a whole cell are 〔 〕 (（）内为累计数).

Grammar (folded)::

    cell   := {lead} [〔] {lead} [comparator] [sign] number [multiplier] [SEP number [multiplier]] [unit] [after] [〕] [foot] [rest]
    lead   := comparator | basis | commitment | frequency        不低于 · 年均增长 · 力争 · 每年
    rest   := （|、|，|；|。 …                                       >7、力争高于…
    absent := - | -- | / | nothing

What is not read to its end is no value: 保持稳定, 见注2.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.normalize.numerals import NumeralError, parse_number
from ipplan.parse.quantities import find_quantities
from ipplan.parse.tables.units import multipliers, units
from ipplan.patterns import pattern
from ipplan.records import record

_NUMBER = pattern(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]{1,10})?(?![0-9])|[0-9]{1,15}(?: ?\.[0-9]{1,10})?")
_SEP = pattern(r"\s*(?:-{1,2}|~|至|到)\s*")
_ABSENT = pattern(r"[-/~—\s]*|无|空|…+")
_FOOT = pattern(r"[①-⑳¹²³⁴-⁹*※†]+")
_SIGNS = {
    "≥": "ge",
    "≧": "ge",
    ">=": "ge",
    "≤": "le",
    "≦": "le",
    "<=": "le",
    ">": "gt",
    "<": "lt",
    "≈": "approx",
    "=": "eq",
}
_BLANK = pattern(r"\s*")


@record
class Value:
    """A value read from a cell; ``start`` … ``end`` is its place, brackets included.

    ``unit`` is what the cell names itself. ``bracketed``: it stands in 〔 〕. ``besides``: a value in 〔 〕 behind it.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    unit: str | None = None
    comparator: str = "eq"
    basis: str | None = None
    frequency: str | None = None
    commitment: str | None = None
    bracketed: bool = False
    negative: bool = False
    besides: Value | None = None


@cache
def _leads() -> tuple[WordSet, dict[str, tuple[str, str]]]:
    """Words before the number: what they are, and what they say."""
    grammar = load("grammar")
    table: dict[str, tuple[str, str]] = {}
    for kind in ("frequency", "commitment", "comparators_before", "basis"):
        for name, words in grammar[kind].items():
            for word in words:
                table.setdefault(word, (kind, name))
    table |= dict.fromkeys(grammar["increment_actions"], ("basis", "increment"))
    table |= {sign: ("comparators_before", name) for sign, name in _SIGNS.items()}
    return WordSet(table), table


@cache
def _after() -> tuple[WordSet, dict[str, str]]:
    table = {word: name for name, words in load("grammar")["comparators_after"].items() for word in words}
    return WordSet(table), table


def is_absent(folded: str) -> bool:
    """Whether a cell says that there is no value."""
    return bool(_ABSENT.fullmatch(folded.strip()))


def read_value(folded: str, start: int, end: int) -> Value | None:
    """The value of the cell ``folded[start:end]``; ``None`` where it is absent, or no number.

    >>> v = read_value("〔累计达到1000〕", 0, 10)
    >>> v.value, v.bracketed
    (Decimal('1000'), True)
    >>> v = read_value("年均增长6%", 0, 6)
    >>> v.basis, v.frequency, v.unit
    ('growth', 'annual', '%')
    >>> read_value("保持稳定", 0, 4) is None
    True
    """
    while end > start and folded[end - 1].isspace():
        end -= 1
    at = begin = _BLANK.match(folded, start, end).end()  # type: ignore[union-attr]
    if end - at > 60 or is_absent(folded[at:end]):
        return None
    out = Value(begin, end, Decimal(0))
    at = _lead(folded, at, end, out)
    found = _NUMBER.match(folded, at, end)
    if not found:
        return _worded(folded, begin, end, out)
    stop = _number(folded, found, end, out)
    if stop is None:
        return None
    unit = units().at(folded, _blank(folded, stop, end), end)
    if unit:
        stop = _blank(folded, stop, end) + len(unit)
        out.unit = unit.removeprefix("个") or unit
    words, names = _after()
    tail = words.at(folded, _blank(folded, stop, end), end)
    if tail:
        stop = _blank(folded, stop, end) + len(tail)
        out.comparator = names[tail] if out.comparator == "eq" else out.comparator
    if out.bracketed:
        stop = _blank(folded, stop, end)
        if folded[stop : stop + 1] not in ("〕", "）"):
            return None
        stop += 1
    foot = _FOOT.match(folded, stop, end)
    rest = folded[foot.end() if foot else stop : end].strip()
    if rest == "〔累计〕" or rest == "（累计）":
        out.basis = "cumulative"
    elif rest and rest[0] not in "（〔、，；。":
        return None
    elif rest[:1] == "〔":
        out.besides = read_value(folded, end - len(rest), end)
    out.end = stop
    return out


def _blank(folded: str, at: int, end: int) -> int:
    found = _BLANK.match(folded, at, end)
    return found.end() if found else at


def _lead(folded: str, at: int, end: int, out: Value) -> int:
    """Pass over the words and the bracket in front of the number, and note what they say."""
    words, table = _leads()
    while at < end:
        char = folded[at]
        word = words.at(folded, at, end)
        if char.isspace() or char in "：":
            at += 1
        elif not out.bracketed and (char == "〔" or (char == "（" and folded[end - 1] == "）")):
            out.bracketed = True
            at += 1
        elif char in "+-" and folded[at + 1 : at + 2].isdigit():
            out.negative = char == "-"
            at += 1
        elif word:
            kind, name = table[word]
            if kind == "comparators_before" and name != "eq":
                out.comparator = name
            elif kind in ("basis", "frequency", "commitment"):
                setattr(out, kind, name)
                if kind == "basis" and ("年均" in word or "每年" in word or word.startswith("年")):
                    out.frequency = "annual"
            at += len(word)
        else:
            break
    return at


def _number(folded: str, found: re.Match[str], end: int, out: Value) -> int | None:
    """Read the number, its multiplier and the end of a range; the place behind them."""
    scales, factors = multipliers()
    try:
        out.value = parse_number(found[0])
        stop = found.end()
        scale = scales.at(folded, stop, end) if not units().at(folded, stop, end) else None
        stop += len(scale or "")
        joint = _SEP.match(folded, stop, end)
        second = _NUMBER.match(folded, joint.end(), end) if joint else None
        if second:
            out.value_max = parse_number(second[0])
            stop = second.end()
            last = scales.at(folded, stop, end) if not units().at(folded, stop, end) else None
            stop += len(last or "")
            out.value_max *= factors[last] if last else 1
            out.value *= factors[last] if last and not scale else 1
            out.comparator = "range"
        elif joint is None or joint.end() < end:
            unit = units().at(folded, stop, end)
            joint = _SEP.match(folded, stop + len(unit), end) if unit else None
            second = _NUMBER.match(folded, joint.end(), end) if joint else None
            if second:  # 10%-15%
                out.value_max, out.comparator = parse_number(second[0]), "range"
                stop = second.end()
        out.value *= factors[scale] if scale else 1
    except NumeralError:
        return None
    if out.value_max is not None and out.value_max <= out.value:
        return None
    return stop


def _worded(folded: str, start: int, end: int, out: Value) -> Value | None:
    """翻一番, 百分之九十, 前10位: a quantity in words that fills the cell."""
    found, _ = find_quantities(folded, start, end)
    if len(found) != 1 or found[0].end < end or out.bracketed:
        return None
    quantity = found[0]
    if _lead(folded, start, quantity.start, Value(0, 0, Decimal(0))) < quantity.start:
        return None
    out.value, out.value_max, out.unit = quantity.value, quantity.value_max, quantity.unit
    out.comparator = quantity.comparator or out.comparator
    out.basis = "growth" if quantity.kind == "fold" else out.basis
    out.end = quantity.end
    return out


def has_only_leads(folded: str) -> bool:
    """Whether a text is nothing but words that stand in front of a number: 年均增长, 累计达到, >."""
    return bool(folded) and _lead(folded, 0, len(folded), Value(0, 0, Decimal(0))) == len(folded)


def is_after(folded: str) -> bool:
    """Whether a text is a comparator that stands behind a number: 左右, 以上."""
    return folded in _after()[1]
