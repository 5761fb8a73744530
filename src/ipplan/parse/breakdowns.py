"""Numbers in the bracket behind a target that are aims of their own: 新增500家（其中规上企业200家）, 建成10个（省级3个、市级7个）.

They are where 其中 or 含 opens the bracket, or where its parts add up to the target; 达5000件（2020年为3000件） is neither.
"""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import YEAR, year_of
from ipplan.parse.before import read_before
from ipplan.parse.deadlines import Deadline
from ipplan.parse.grammar import Raw, basis_of, comparator_of, words
from ipplan.parse.quantities import Quantity, find_quantities
from ipplan.patterns import pattern
from ipplan.records import replace

_OPENING = pattern("（ ?(?P<of>其中[：，]?|含|包括|包含)? ?")
_PART = pattern(" ?[、，；和] ?")
_YEAR = pattern(rf"(?P<y>{YEAR}) ?年度? ?")
_SHARES = ("占比", "比重", "比例", "率")
_LONGEST = 80


def read_breakdown(folded: str, raw: Raw) -> list[Raw]:
    """The parts of a target that the bracket behind it names; none where it says something else."""
    at = raw.end
    while folded.startswith(" ", at):
        at += 1
    opening = _OPENING.match(folded, at)
    close = folded.find("）", at, at + _LONGEST) if opening else -1
    if not opening or close < 0 or words("past").inside(folded[at:close]) or "（" in folded[opening.end() : close]:
        return []
    quantities, _ = find_quantities(folded, opening.end(), close)
    alike = all(q.unit == raw.quantity.unit or (opening["of"] and q.unit == "%") for q in quantities)
    if not quantities or quantities[-1].end != close or not alike:
        return []
    out: list[Raw] = []
    begin = opening.end()
    for quantity in quantities:
        part = _part(folded, begin, raw, quantity)
        joint = _PART.match(folded, quantity.end, close)
        if part is None or (joint is None and quantity.end < close):
            return []
        out.append(part)
        begin = joint.end() if joint else close
    if opening["of"]:
        return out
    whole = sum(part.quantity.value for part in out) == raw.quantity.value
    years = all(part.deadline is not raw.deadline for part in out)  # 达到30家（2023年10家，2024年20家，2025年30家）
    return out if len(out) > 1 and (whole or years) else []


def read_years(folded: str, start: int, end: int) -> list[Raw]:
    """A clause whose only numbers are those of the years in its bracket: 培育优势企业（2024年5家、2025年8家）."""
    opener = folded.rfind("（", start, end)
    year = _YEAR.match(folded, opener + 1, end) if opener > start else None
    quantities = find_quantities(folded, year.end(), end - 1)[0] if year else []
    if not quantities:
        return []
    most = max(quantities, key=lambda quantity: quantity.value)
    before = read_before(folded, start, replace(most, start=opener, end=opener))
    if not before.action or before.noun[1] - before.noun[0] < 2:
        return []
    raw = Raw(before.noun, before.start, replace(most, start=opener, end=opener), "eq", action=before.action)
    raw.basis, raw.commitment, raw.end = basis_of(before.action) or "level", before.commitment, opener
    raw.quantity.value = sum((q.value for q in quantities), start=most.value * 0)
    return read_breakdown(folded, raw)


def _part(folded: str, begin: int, raw: Raw, quantity: Quantity) -> Raw | None:
    """One part of a breakdown: a name and its number, a verb, or a year."""
    share = quantity.unit != raw.quantity.unit
    if quantity.start == begin or (not share and quantity.value > (raw.quantity.value_max or raw.quantity.value)):
        return None
    year = _YEAR.fullmatch(folded, begin, quantity.start)
    if year:
        day = Deadline(year.start(), year.end(), dt.date(year_of(year["y"]), 12, 31), True)
        part = replace(raw, quantity=quantity, start=begin, deadline=day, rule="part of a target")
        part.noun_text = raw.noun_text or folded[slice(*raw.noun)]
        part.comparator, part.end = quantity.comparator or "eq", quantity.end
        return part
    before = read_before(folded, begin, quantity)
    named = before.noun[1] - before.noun[0] >= 2
    if share and not (named and folded.endswith(_SHARES, *before.noun)):
        return None
    alone = words("actions").at(folded, begin, quantity.start) if not named else None
    if not named and (alone is None or begin + len(alone) != quantity.start):
        return None
    action = alone or before.action or raw.action
    part = replace(raw, quantity=quantity, start=begin, action=action, rule="part of a target")
    part.noun = raw.noun if alone else before.noun
    part.noun_text = (raw.noun_text or folded[slice(*raw.noun)]) if alone else None
    part.basis = basis_of(action) or raw.basis if alone or before.action else raw.basis
    if share:
        part.action, part.basis = None, before.basis or "level"  # 新增1000件（其中企业占比不低于60%）
    part.comparator, part.end = comparator_of(before.comparator, quantity), quantity.end
    return part
