"""Deadlines in every scope, composed around a known target."""

from __future__ import annotations

import calendar
import datetime as dt
from random import Random

from generate.targets import HEAD, document, one, target
from generate.words import Example, count, metric, thing


def _day(rng: Random) -> tuple[str, dt.date]:
    """A phrase that looks ahead, and its last day."""
    year = rng.randint(2022, 2035)
    month = rng.randint(1, 12)
    last = calendar.monthrange(year, month)[1]
    n = rng.randint(1, 4)
    quarter = dt.date(year, n * 3, calendar.monthrange(year, n * 3)[1])
    end = dt.date(year, 12, 31)
    han = "〇一二三四五六七八九"
    return rng.choice(
        (
            (f"到{year}年", end),
            (f"至{year}年底", end),
            (f"截至{year}年末", end),
            (f"{year}年底前", end),
            (f"{year}年末", end),
            (f"{year}年", end),
            (f"{year}年{month}月底前", dt.date(year, month, last)),
            (f"到{year}年{month}月底", dt.date(year, month, last)),
            (f"{year}年{month}月前", dt.date(year, month, last)),
            (f"{year}年{'一二三四'[n - 1]}季度末", quarter),
            (f"{year}年第{'一二三四'[n - 1]}季度", quarter),
            (f"{year}年上半年", dt.date(year, 6, 30)),
            (f"{year - 2}—{year}年", end),
            (f"{year - 2}年至{year}年", end),
            ("“十四五”末", dt.date(2025, 12, 31)),
            ("“十五五”期间", dt.date(2030, 12, 31)),
            ("到“十五五”末", dt.date(2030, 12, 31)),
            (f"力争到{year}年", end),
            ("到" + "".join(han[int(c)] for c in str(year)) + "年", end),
        )
    )


def _extra(phrase: str) -> dict[str, str]:
    return {"commitment": "aspirational"} if phrase.startswith("力争") else {}


def by_clause(rng: Random) -> Example:
    phrase, day = _day(rng)
    noun, unit = metric(rng)
    text, value = count(rng)
    comma = rng.choice(("，", "，", "，全市"))
    return one(
        f"{phrase}{comma}{noun}达{text}{unit}。",
        target(noun, value, unit, deadline=day, deadline_from="text", **_extra(phrase)),
    )


def by_sentence(rng: Random) -> Example:
    """A deadline at the head of a sentence of several clauses."""
    phrase, day = _day(rng)
    (a, u), (b, v) = metric(rng), thing(rng)
    x, n = count(rng)
    y, m = count(rng)
    due = {"deadline": day, "deadline_from": "text", **_extra(phrase)}
    return one(f"{phrase}，{a}达{x}{u}，培育{b}{y}{v}。", target(a, n, u, **due), target(b, m, v, action="培育", **due))


def behind(rng: Random) -> Example:
    year, month = rng.randint(2022, 2035), rng.randint(1, 12)
    noun, unit = thing(rng)
    text, value = count(rng)
    day = dt.date(year, month, calendar.monthrange(year, month)[1])
    return one(
        f"建设{noun}{text}{unit}，{year}年{month}月底前完成。",
        target(noun, value, unit, action="建设", deadline=day, deadline_from="text"),
    )


def intro(rng: Random) -> Example:
    phrase, day = _day(rng)
    lines, wanted = [], []
    for _ in range(rng.randint(1, 3)):
        noun, unit = metric(rng)
        text, value = count(rng)
        lines.append(f"{noun}达{text}{unit}。")
        wanted.append(target(noun, value, unit, deadline=day, deadline_from="section", commitment=None))
    lead = rng.choice((f"{phrase}，实现以下目标：", f"{phrase}，主要目标如下：", f"{phrase}，力争实现以下指标："))
    return Example(document("\n".join([lead, *lines])), {"targets": wanted})


def opening(rng: Random) -> Example:
    phrase, day = _day(rng)
    noun, unit = metric(rng)
    text, value = count(rng)
    return Example(
        document(f"{phrase}，知识产权强市建设取得明显成效。{noun}达{text}{unit}。"),
        {"targets": [target(noun, value, unit, deadline=day, deadline_from="section")]},
    )


def section(rng: Random) -> Example:
    """The intro of a chapter reaches its sections, and not the next chapter."""
    phrase, day = _day(rng)
    (a, u), (b, v) = metric(rng), metric(rng)
    x, n = count(rng)
    y, m = count(rng)
    text = (
        f"{HEAD}一、主要目标\n{phrase}，实现以下目标：\n（一）创造能力。{a}达{x}{u}。\n（二）运用能力。{b}达{y}{v}。\n"
        f"二、主要任务\n{a}达{x}{u}。\n"
    )
    due = {"deadline": day, "deadline_from": "section"}
    return Example(text, {"targets": [target(a, n, u, **due), target(b, m, v, **due), target(a, n, u)]})


def phase(rng: Random) -> Example:
    year, month = rng.randint(2022, 2030), rng.randint(1, 12)
    noun, unit = thing(rng)
    text, value = count(rng)
    day = dt.date(year + 1, month, calendar.monthrange(year + 1, month)[1])
    body = (
        f"{HEAD}一、实施步骤\n（一）全面实施阶段（{year}年1月—{year + 1}年{month}月）\n1.建设{noun}{text}{unit}。\n"
        "2.加强宣传。\n"
    )
    wanted = target(noun, value, unit, action="建设", deadline=day, deadline_from="phase")
    return Example(body, {"targets": [wanted]})


def bracket(rng: Random) -> Example:
    year, month = rng.randint(2022, 2030), rng.randint(1, 12)
    noun, unit = thing(rng)
    text, value = count(rng)
    day = dt.date(year, month, calendar.monthrange(year, month)[1])
    tail = rng.choice(
        (
            f"（责任单位：市科技局；完成时限：{year}年{month}月）",
            f"（市科技局牵头，市财政局配合，{year}年{month}月底前完成）",
        )
    )
    return Example(
        document(f"建设{noun}{text}{unit}。{tail}\n二、保障措施\n加强领导。"),
        {"targets": [target(noun, value, unit, action="建设", deadline=day, deadline_from="assignment")]},
    )


def plan(rng: Random) -> Example:
    year = rng.randint(2021, 2030)
    noun, unit = thing(rng)
    text, value = count(rng)
    title = rng.choice(
        (f"某市知识产权工作方案（{year}—{year + 2}年）\n", f"某市知识产权三年行动计划（{year}-{year + 2}年）\n")
    )
    due = {"deadline": dt.date(year + 2, 12, 31), "deadline_from": "plan"}
    return one(f"建设{noun}{text}{unit}。", target(noun, value, unit, action="建设", **due), title=title)


def this_year(rng: Random) -> Example:
    """年底前, 9月底前: the year is that of the plan's date."""
    year = rng.randint(2020, 2028)
    month = rng.randint(3, 12)
    phrase, day = rng.choice(
        (("年底前", dt.date(year, 12, 31)), (f"{month}月底前", dt.date(year, month, calendar.monthrange(year, month)[1])),
         ("上半年", dt.date(year, 6, 30)), ("三季度末", dt.date(year, 9, 30)))
    )  # fmt: skip
    noun, unit = thing(rng)
    text, value = count(rng)
    body = f"{phrase}，建设{noun}{text}{unit}。\n二、保障措施\n加强领导。\n某市人民政府\n{year}年2月1日\n"
    return Example(
        document(body), {"targets": [target(noun, value, unit, action="建设", deadline=day, deadline_from="text")]}
    )


def series(rng: Random) -> Example:
    """到2025年达x，到2030年达y."""
    noun, unit = metric(rng)
    year = rng.randint(2022, 2026)
    low, high = rng.randint(2, 400), rng.randint(401, 999)
    return one(
        f"{noun}到{year}年达{low}{unit}，到{year + 5}年达{high}{unit}。",
        target(noun, low, unit, deadline=dt.date(year, 12, 31), deadline_from="text"),
        target(noun, high, unit, deadline=dt.date(year + 5, 12, 31), deadline_from="text"),
    )


def no_deadline(rng: Random) -> Example:
    """A year that looks back is no deadline."""
    noun, unit = metric(rng)
    text, value = count(rng)
    tail = rng.choice(("，较2020年有所提高", "，高于2023年的水平", "，自2019年起计算"))
    return one(f"{noun}达{text}{unit}{tail}。", target(noun, value, unit))
