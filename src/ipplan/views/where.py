"""Filters of the views: ``--where field operator value``, several of them joined by *and*.

Grammar::

    filter   := field operator value
    operator := = | != | ~ | !~ | >= | <= | > | <
    value    := the rest, without outer blanks; for = and != it may be empty: the field has no value

Text is compared folded (width and case do not matter), ``~`` looks for a part of it. A section stands for itself and all
beneath it: ``section=4.2`` is 4.2 and 4.2.1. A number may have multipliers (``value>=2.3万``). A date may be a year or a
month, which stands for its days: ``deadline<=2025`` is the end of 2025 or before, ``deadline>2025`` later than that. A row
whose field has no value fits no comparison but ``field=`` and ``!=``. A field of a few values (``basis``, ``role`` …) is asked
for by its value or by the word for it: ``basis=increment`` and ``basis=新增`` are the same.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from ipplan.normalize.numerals import NumeralError, parse_number
from ipplan.text import fold
from ipplan.views.closed import CLOSED
from ipplan.views.rows import DATES, NUMBERS, Row, Value

Test = Callable[[Row], bool]


class WhereError(ValueError):
    """A filter that cannot be read: one clear line."""


_FILTER = re.compile(r"(?P<field>[^=!~<>≥≤]*)(?P<op>>=|<=|!=|!~|[=~<>≥≤])(?P<value>.*)", re.S)
_DATE = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2}))?(?:[-./月]([0-9]{1,2}))?[年月日]?")
_SAME = {"≥": ">=", "≤": "<="}


def keep(rows: Iterable[Row], filters: Sequence[str], fields: Sequence[str]) -> list[Row]:
    """The rows that fit every filter. Raises :class:`WhereError`."""
    tests = [read(text, fields) for text in filters]
    return [row for row in rows if all(test(row) for test in tests)]


def read(text: str, fields: Sequence[str]) -> Test:
    """One filter. ``fields`` are those of the view. Raises :class:`WhereError`."""
    found = _FILTER.fullmatch(text.strip())
    if not found:
        raise WhereError(f"--where {text!r}: expected field, operator (= != ~ !~ >= <= > <) and value")
    name, op, value = found["field"].strip(), _SAME.get(found["op"], found["op"]), found["value"].strip()
    if name not in fields:
        raise WhereError(f"--where {text!r}: there is no field {name!r}; fields are {', '.join(fields)}")
    if not value and op not in ("=", "!="):
        raise WhereError(f"--where {text!r}: there is no value behind {op}")
    if not value:
        return lambda row: (row[name] in (None, "")) is (op == "=")
    if name in NUMBERS and op not in ("~", "!~"):
        return _number(name, op, value, text)
    if name in DATES and op not in ("~", "!~"):
        return _date(name, op, value, text)
    if op not in ("=", "!=", "~", "!~"):
        raise WhereError(f"--where {text!r}: {name} is text; its operators are = != ~ !~")
    return _closed(name, op, value, text) if name in CLOSED else _text(name, op, value)


def _closed(name: str, op: str, value: str, text: str) -> Test:
    """A field of a few values: by value or by word, and no others."""
    words, wanted = CLOSED[name], _plain(value)
    if op.endswith("~"):
        meant = {v for v, word in words.items() if wanted in _plain(v) or (word and wanted in _plain(word))}
    else:
        meant = {v for v, word in words.items() if wanted in (_plain(v), _plain(word))}
        if not meant:
            told = ", ".join(f"{v} ({word})" if word else v for v, word in words.items())
            raise WhereError(f"--where {text!r}: {name} has no value {value!r}; its values are {told}")
    return lambda row: (row[name] in meant) is (op in ("=", "~"))


def _text(name: str, op: str, value: str) -> Test:
    wanted = _plain(value)

    def fits(row: Row) -> bool:
        have = _plain(_shown(row[name]))
        if op.endswith("~"):
            return (wanted in have) is (op == "~")
        same = have == wanted or (name == "section" and have.startswith(wanted + "."))
        return same is (op == "=")

    return fits


def _plain(text: str) -> str:
    return fold(text).casefold().strip()


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _number(name: str, op: str, value: str, text: str) -> Test:
    sign = -1 if value.startswith("-") else 1
    try:
        wanted = sign * parse_number(fold(value.lstrip("-")))
    except NumeralError:
        raise WhereError(f"--where {text!r}: {name} is a number; {value!r} is none") from None

    def fits(row: Row) -> bool:
        have = row[name]
        if not isinstance(have, int | float):
            return op == "!="
        return _compare(op, Decimal(str(have)), wanted, wanted)

    return fits


def _date(name: str, op: str, value: str, text: str) -> Test:
    first, last = _days(value, name, text)

    def fits(row: Row) -> bool:
        have = row[name]
        if not isinstance(have, dt.date):
            return op == "!="
        return _compare(op, have.toordinal(), first.toordinal(), last.toordinal())

    return fits


def _compare(op: str, have: Decimal | int, first: Decimal | int, last: Decimal | int) -> bool:
    """``have`` against the stretch from ``first`` to ``last``."""
    match op:
        case "=":
            return first <= have <= last
        case "!=":
            return not first <= have <= last
        case ">=":
            return have >= first
        case "<=":
            return have <= last
        case ">":
            return have > last
        case _:
            return have < first


def _days(value: str, name: str, text: str) -> tuple[dt.date, dt.date]:
    found = _DATE.fullmatch(fold(value).replace(" ", ""))
    try:
        if not found:
            raise ValueError
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        if day:
            return dt.date(year, month, day), dt.date(year, month, day)
        if found[2]:
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    except ValueError:
        raise WhereError(f"--where {text!r}: {name} is a date such as 2025-12-31, 2025-12 or 2025") from None
