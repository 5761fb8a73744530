"""Phase headings composed from known days."""

from __future__ import annotations

import calendar
import datetime as dt
from random import Random
from typing import Any

from generate.targets import HEAD
from generate.words import Example

_NAMES = ("动员部署阶段", "全面实施阶段", "总结验收阶段", "启动阶段", "组织实施阶段", "巩固提升阶段", "自查自评阶段")


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _months(rng: Random) -> tuple[str, dt.date, dt.date]:
    """A span of months in one of its notations."""
    year = rng.randint(2020, 2032)
    a = rng.randint(1, 11)
    b = rng.randint(a + 1, 12)
    later = year + rng.randint(1, 3)
    dash = rng.choice(("—", "-", "～", "–", "至"))
    same = (dt.date(year, a, 1), _last(year, b))
    return rng.choice(
        (
            (f"{year}年{a}月{dash}{year}年{b}月", *same),
            (f"{year}年{a}月{dash}{b}月", *same),
            (f"{year}年{a}月{dash}{b}月底", *same),
            (f"{year}年{a}{dash}{b}月", *same),
            (f"{year}.{a}{dash}{year}.{b}", *same),
            (f"{year}年{a}月{dash}{later}年{b}月", dt.date(year, a, 1), _last(later, b)),
            (f"{year}年{a}月1日{dash}{b}月15日", dt.date(year, a, 1), dt.date(year, b, 15)),
        )
    )


def _parts(rng: Random) -> tuple[str, dt.date, dt.date]:
    """Quarters, halves, seasons, whole years."""
    year = rng.randint(2020, 2032)
    n = rng.randint(1, 4)
    quarter = (dt.date(year, n * 3 - 2, 1), _last(year, n * 3))
    season, first, end = rng.choice((("春季", 3, 5), ("夏季", 6, 8), ("秋季", 9, 11)))
    return rng.choice(
        (
            (f"{year}年第{'一二三四'[n - 1]}季度", *quarter),
            (f"{year}年{'一二三四'[n - 1]}季度", *quarter),
            (f"{year}年上半年", dt.date(year, 1, 1), dt.date(year, 6, 30)),
            (f"{year}年下半年", dt.date(year, 7, 1), dt.date(year, 12, 31)),
            (f"{year}年", dt.date(year, 1, 1), dt.date(year, 12, 31)),
            (f"{year}年—{year + 1}年", dt.date(year, 1, 1), dt.date(year + 1, 12, 31)),
            (f"{year}年{season}", dt.date(year, first, 1), _last(year, end)),
        )
    )


def _plan(headings: list[str], phases: list[dict[str, Any]]) -> Example:
    lines = [f"（{'一二三四五'[k]}）{heading}" for k, heading in enumerate(headings)]
    return Example(f"{HEAD}一、实施步骤\n" + "\n".join(lines) + "\n二、保障措施\n加强领导。\n", {"phases": phases})


def _row(name: str | None, start: dt.date | None, end: dt.date | None) -> dict[str, Any]:
    return {"name": name, "start": start, "end": end}


def _brackets(rng: Random, text: str) -> str:
    pair = rng.choice(("（）", "()", "〔〕", "【】", "（)"))
    return pair[0] + text + pair[1]


def bracketed(rng: Random) -> Example:
    headings, rows = [], []
    for name in rng.sample(_NAMES, rng.randint(1, 3)):
        text, start, end = _months(rng)
        tail = rng.choice(("。制定方案，落实任务。", "\n制定方案，落实任务。"))
        headings.append(f"{name}{_brackets(rng, text)}{tail}")
        rows.append(_row(name, start, end))
    return _plan(headings, rows)


def parts(rng: Random) -> Example:
    """Seasons, quarters, halves."""
    name = rng.choice(_NAMES)
    text, start, end = _parts(rng)
    return _plan([f"{name}（{text}）\n制定方案，落实任务。"], [_row(name, start, end)])


def bare(rng: Random) -> Example:
    """A heading that has only dates."""
    text, start, end = rng.choice((_months, _parts))(rng)
    return _plan([f"{text}\n制定方案，落实任务。"], [_row(None, start, end)])


def colon(rng: Random) -> Example:
    name = rng.choice(_NAMES)
    text, start, end = _months(rng)
    mark = rng.choice(("：", ":"))
    return _plan([f"{name}{mark}{text}。制定方案，落实任务。"], [_row(name, start, end)])


def numbered(rng: Random) -> Example:
    """第一阶段（…）：动员部署."""
    text, start, end = _months(rng)
    head = rng.choice(
        (
            f"第一阶段（{text}）：动员部署。制定方案。",
            f"第一阶段（{text}）\n制定方案。",
            f"第一阶段：动员部署（{text}）\n制定方案。",
        )
    )
    return _plan([head], [{"start": start, "end": end}])


def chinese_year(rng: Random) -> Example:
    year = rng.randint(2020, 2030)
    han = "".join("〇一二三四五六七八九"[int(c)] for c in str(year))
    name = rng.choice(_NAMES)
    return _plan(
        [f"{name}（{han}年七月至十二月）\n制定方案。"], [_row(name, dt.date(year, 7, 1), dt.date(year, 12, 31))]
    )


def opened(rng: Random) -> Example:
    """Open at one end."""
    year, month = rng.randint(2020, 2030), rng.randint(1, 12)
    name = rng.choice(_NAMES)
    text, start, end = rng.choice(
        ((f"{year}年{month}月起", dt.date(year, month, 1), None), (f"{year}年{month}月前", None, _last(year, month)),
         (f"{year}年{month}月底前", None, _last(year, month)), (f"{year}年{month}月以后", dt.date(year, month, 1), None))
    )  # fmt: skip
    return _plan([f"{name}（{text}）\n制定方案。"], [_row(name, start, end)])


def leading(rng: Random) -> Example:
    """Dates in front of the name: 2024年7月-8月，动员部署."""
    text, start, end = _months(rng)
    mark = rng.choice(("：", "，"))
    return _plan([f"{text}{mark}动员部署。制定方案。"], [{"start": start, "end": end}])


def none(rng: Random) -> Example:
    """Dates in titles of tasks are no phase."""
    head = rng.choice(
        (
            "落实《知识产权强国建设纲要（2021—2035年）》",
            "做好2024年重点工作",
            "推进2023年度评定",
            "组织4·26宣传周",
            "落实“十四五”规划",
        )
    )
    return Example(f"{HEAD}一、主要任务\n（一）{head}\n推进建设。\n", {"phases": []})


def forms(rng: Random) -> Example:
    """Names without 阶段, single months, days of one month, from now on."""
    year, month = rng.randint(2020, 2032), rng.randint(1, 12)
    first, last = dt.date(year, month, 1), _last(year, month)
    name = rng.choice(("动员部署", "组织实施", "总结评估", "宣传发动"))
    text, start, end = rng.choice(
        ((f"{name}（{year}年{month}月）", first, last), (f"{name}（{year}年{month}月1日至{month}月15日）", first, dt.date(year, month, 15)),
         (f"{name}（{year}年{month}月1日-15日）", first, dt.date(year, month, 15)), (f"{name}（{year}年全年）", dt.date(year, 1, 1), dt.date(year, 12, 31)),
         (f"{name}（{year}年{month}月上旬）", first, dt.date(year, month, 10)), (f"{name}（{year}年{month}月—{year + 1}年底）", first, dt.date(year + 1, 12, 31)))
    )  # fmt: skip
    return _plan([f"{text}\n制定方案。"], [_row(name, start, end)])


def until(rng: Random) -> Example:
    """Until a month: 2024年12月底前, 即日起至…: only the end is known."""
    year, month = rng.randint(2020, 2032), rng.randint(1, 12)
    name = rng.choice(_NAMES)
    text = rng.choice(
        (
            f"即日起至{year}年{month}月底",
            f"{year}年{month}月底前",
            f"截至{year}年{month}月底",
            f"印发之日起至{year}年{month}月",
        )
    )
    return _plan([f"{name}（{text}）\n制定方案。"], [_row(name, None, _last(year, month))])
