"""Dates by which something holds: 到2025年, 2026年6月底前, “十四五”末, 年底前, 试点期内（…—…）.

A phrase is a deadline where a plan looks ahead with it; 较2020年, 2020年以来, 2023年度…评定 are none.
"""

from __future__ import annotations

import datetime as dt
import re

from ipplan.diagnostics import Note
from ipplan.normalize.dates import SEP, YEAR, DateError, parse_days, plan_term
from ipplan.patterns import pattern
from ipplan.records import record

_TERM = '[“"]?(?P<five>[一二]?十[一二三四五六七八九]?五)[”"]? ?(?P<fivetail>期间|时期|期末|末期|末|规划期内|规划期末|规划末|以来)'
_LEAD = "(?P<lead>力争到|争取到|截至到|截止到|截至|截止|力争|争取|到了?|至|在|于|自|从|较|比|与|由|同比|的)?"
_TAIL = "(?P<tail>年底前|底以前|底之前|底前|末前|以前|之前|前|期间|度内|内|以来|起|底|末|年度|度|后|的)?"
_SMALL = "(?:[0-3]?[0-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
#: 上半年新增…, but 上半年工作, 上半年和下半年
_HALF = "(?:[上下]半年|第?[一二三四1-4]季度)(?![的度以前之工总情经运数考已同、和与及至到~-])"
#: 10月上旬举办…, 9月底召开…
_MONTH_PART = f"{_SMALL} ?月(?:底|末|上旬|中旬|下旬)(?![的以起至到~-])"
_BARE = f"(?:年(?:底|末|内)|{_SMALL} ?月(?:{_SMALL} ?日|底|末|初|中旬|上旬|下旬)?|第?[一二三四1-4]季度(?:末|底)?|上半年|下半年)"
#: What a phrase may begin with: most characters are passed over by it.
_FIRST = '(?=[力争截到至在于自从较比与由同的 “"一二三四五六七八九十0-9年第上下])'
_PHRASE = pattern(
    rf"{_FIRST}{_LEAD} ?(?:{_TERM}|(?P<range>{YEAR} ?年?{SEP}{YEAR} ?年|{YEAR} ?年 ?{_SMALL} ?月{SEP}(?:{YEAR} ?年 ?)?{_SMALL} ?月)"
    rf"|(?P<point>{YEAR} ?年 ?(?:{_SMALL} ?月份? ?(?:{_SMALL} ?[日号]|底|末|初|上旬|中旬|下旬)?|底|末|年?底|上半年|下半年|第?[一二三四1-4]季度(?:末|底)?)?"
    r"(?! ?[0-9]{1,4} ?月))"
    rf"|(?P<year2>{YEAR})(?=[，、])|(?P<bare>(?<![0-9一二两三四五六七八九十几半年近]){_BARE}"
    rf"(?=前|之前|以前|，|内|完成|，?建成|，?实现|达|全|$|(?<=季度)(?:、|和|分别|[（：]))"
    rf"|(?<![0-9一二三四五六七八九十两几数半年近])年内|(?<![0-9一二三四五六七八九十年每])(?:{_HALF}|{_MONTH_PART}))) ?{_TAIL}"
)
_OPEN_END = pattern(
    "度?及(?:以前|之前|此前)|[底末]?的?(?:实际)?(?:水平|基数|规模)?的?基础[上之]|(?:[春秋]季?)?(?:新?学期|学年)(?:开学)?(?:起|开始)|(?:全面|正式)?(?:起|开始)(?=[，每])"
)
_WHOLE_YEAR = pattern(f"{YEAR} ?年")
#: 2024、2025、2026年: the years of a list but its last.
_LISTED_YEAR = pattern(f"(?:[、和]{YEAR}){{1,9}} ?年")
_NUMBERS = pattern("[0-9]+")
_IMPOSSIBLE = pattern(r"[0-9]{4,} ?年(?: ?[0-9]{1,4} ?月(?: ?[0-9]{1,4} ?[日号])?)?")
_HINT = pattern('[0-9年月五季](?:(?<=[年月])|(?<=五)[”"]?[期末时规]|(?<=季)度|(?<=[0-9])[0-9]{3})')


#: No phrase begins farther in front of its first hint than this.
_LONGEST_LEAD = 24


@record
class Deadline:
    """A deadline phrase at half-open ``start`` … ``end``: its last day, and whether it clearly looks ahead (到, 截至, …前)."""

    start: int
    end: int
    day: dt.date
    forward: bool
    first: dt.date | None = None


def find_deadlines(folded: str, flat: str, start: int, end: int, year: int | None = None) -> list[Deadline]:
    """Deadline phrases of ``folded[start:end]``; ``year`` is that of dates that name none (年底前)."""
    out: list[Deadline] = []
    hint = _HINT.search(folded, start, end)
    if not hint:
        return out
    for found in _PHRASE.finditer(folded, max(start, hint.start() - _LONGEST_LEAD), end):
        # What stands inside quotation marks or brackets is a name; “十四五” itself is quoted.
        if not found["five"] and "\ue000" in flat[found.start() : found.end()]:
            continue
        if found["five"] and "《" in folded[max(start, found.start() - 40) : found.start()].rpartition("》")[2]:
            continue
        lead, tail = found["lead"] or "", found["tail"] or ""
        if folded.endswith(("有效期", "有效期限"), start, found.start()):
            continue  # how long the plan is in force
        if _OPEN_END.match(folded, found.end(), end):
            continue  # 2023年及以前排查的, 2025年秋季学期起, 在2024年基础上
        if found["point"] and folded.startswith(("是", "系", "恰逢", "正值"), found.end()):
            continue  # 2024年是关键一年
        if (
            lead in ("较", "比", "与", "由", "从", "同比", "的")
            or tail in ("以来", "起", "年度", "后", "的")
            or found["fivetail"] == "以来"
        ):
            continue
        if tail == "度" or (lead == "自" and not tail):
            continue
        days = _days(found, year)
        if days is None or days[1] is None:
            continue
        first, last = days
        if found["point"] or found["range"]:
            year = last.year  # 2025年上半年…，年底前…: of the same year
        if tail in ("前", "之前", "以前") and found["point"] and _WHOLE_YEAR.fullmatch(found["point"].strip()):
            last = dt.date(last.year - 1, 12, 31) if tail != "前" else last
        forward = bool(lead and lead not in ("在", "于", "自")) or tail in (
            "前",
            "之前",
            "以前",
            "底前",
            "年底前",
            "末前",
            "底以前",
            "底之前",
        )
        out.append(Deadline(found.start(), found.end(), last, forward, first))
    return out


def _days(found: re.Match[str], year: int | None) -> tuple[dt.date | None, dt.date] | None:
    try:
        if found["five"]:
            first, last = plan_term(found["five"])
            return dt.date(first, 1, 1), dt.date(last, 12, 31)
        if found["range"]:
            days = parse_days(found["range"])
        elif found["point"]:
            days = parse_days(found["point"])
        elif found["year2"]:
            if not found["lead"] and not _LISTED_YEAR.match(found.string, found.end()):
                return None
            days = parse_days(found["year2"])
        else:
            if year is None:
                return None
            bare = found["bare"]
            days = parse_days("年底" if bare == "年内" else bare, year)
    except DateError:
        return None
    if days.end is None:
        return None
    return days.start, days.end


def impossible_dates(folded: str) -> list[Note]:
    """Dates that do not exist: 2024年13月45日, year 99999."""
    out: list[Note] = []
    if "年" not in folded:
        return out
    for found in _IMPOSSIBLE.finditer(folded):
        token = found[0].replace(" ", "")
        digits = _NUMBERS.match(token)
        assert digits
        if len(digits[0]) > 4:
            bad = True
        elif "月" in token:
            numbers = [int(x) for x in _NUMBERS.findall(token)]
            try:
                dt.date(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1)
                bad = False
            except ValueError:
                bad = True
        else:
            bad = False
        if bad:
            out.append(Note("IPP304", f"{token[:20]} does not exist", found.start(), found.end()))
    return out
