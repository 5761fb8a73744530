"""Series in time, lists within a paragraph, parts of a target, stops and lines of other forms."""

from __future__ import annotations

import calendar
import datetime as dt
from random import Random
from typing import Any

from generate.duties import duty
from generate.targets import document, one, target, verb_of
from generate.words import INCREMENT, THINGS, Example, agencies, arabic, count, metric, thing


def dotted(rng: Random) -> Example:
    """Sentences that end in a half-width or full-width dot."""
    dot, parts, wanted = rng.choice((".", "．", ". ")), [], []
    for _ in range(rng.randint(2, 4)):
        noun, unit = metric(rng)
        text, value = count(rng)
        parts.append(f"{noun}达{text}{unit}")
        wanted.append(target(noun, value, unit))
    comma = rng.choice((",", "，"))
    return one(dot.join([*parts, f"推进建设{comma}加强保护"]).rstrip() + dot.strip(), *wanted)


def listed_inside(rng: Random) -> Example:
    """1）…；2）…；, （1）…（2）…, ①…②… and 一是…二是… in one paragraph."""
    signs = rng.choice(
        (
            [f"{n}）" for n in range(1, 5)],
            [f"（{n}）" for n in range(1, 5)],
            [f"{n}." for n in range(1, 5)],
            [f"{n}、" for n in range(1, 5)],
            list("①②③④"),
            ["一是", "二是", "三是", "四是"],
            ["其一，", "其二，", "其三，", "其四，"],
        )
    )
    mark = "" if signs[0] == "①" and rng.random() < 0.5 else rng.choice(("；", "。"))
    parts, wanted = [], []
    for sign, (noun, unit) in zip(signs, rng.sample(THINGS, rng.randint(2, 4)), strict=False):
        text, value = arabic(rng)
        verb, more = verb_of(rng)
        parts.append(f"{sign}{verb}{noun}{text}{unit}")
        wanted.append(target(noun, value, unit, quote=f"{verb}{noun}{text}{unit}", **more))
    return one(f"重点做好以下工作：{mark.join(parts)}。", *wanted)


def noun_last(rng: Random) -> Example:
    """2024年培育3家，2025年培育5家企业: only the last names what is counted."""
    noun, unit = thing(rng)
    verb, more = verb_of(rng)
    first, n = rng.randint(2021, 2030), rng.randint(2, 4)
    values = [rng.randint(2, 99) for _ in range(n)]
    mark = rng.choice(("，", "、", "；"))
    tail = rng.choice(("", "", "以上"))
    more |= {"comparator": "ge"} if tail else {}
    body = mark.join(f"{first + k}年{verb}{value}{unit}{tail}" for k, value in enumerate(values))
    days = [dt.date(first + k, 12, 31) for k in range(n)]
    wanted = [
        target(noun, value, unit, deadline=day, deadline_from="text", **more)
        for value, day in zip(values, days, strict=True)
    ]
    return one(f"{body}{noun}。", *wanted)


def by_quarter(rng: Random) -> Example:
    """一季度20家、二季度30家: the quarters of the plan's year."""
    noun, unit = thing(rng)
    verb, more = verb_of(rng)
    year = rng.randint(2021, 2030)
    values = [rng.randint(2, 99) for _ in range(4)]
    names = [f"{n}季度" for n in "一二三四"]
    ends = [dt.date(year, m, calendar.monthrange(year, m)[1]) for m in (3, 6, 9, 12)]
    whole = target(noun, sum(values), unit, deadline=ends[3], deadline_from="plan", **more)
    parts = "、".join(f"{name}{value}{unit}" for name, value in zip(names, values, strict=True))
    wanted = [
        target(noun, v, unit, deadline=day, deadline_from="text", **more) for v, day in zip(values, ends, strict=True)
    ]
    body = f"{verb}{noun}{sum(values)}{unit}，其中{parts}。"
    return one(body, whole, *wanted, title=f"某市{year}年知识产权工作方案\n")


def parts_of(rng: Random) -> Example:
    """（其中规上企业200家） and （省级3个、市级7个） behind a target."""
    noun, unit = thing(rng)
    verb, more = verb_of(rng)
    if rng.random() < 0.5:
        value = rng.randint(20, 900)
        part = rng.randint(2, value)
        name = rng.choice(("规上企业", "高校院所", "重点产业", "中小企业"))
        word = rng.choice(("不少于", "", ""))
        inside = f"{rng.choice(('其中', '其中：', '含'))}{name}{word}{part}{unit}"
        rest = [target(name, part, unit, **{**more, "comparator": "ge" if word else "eq"})]
    else:
        levels = rng.sample(("国家级", "省级", "市级", "县级"), rng.randint(2, 3))
        values = [rng.randint(1, 50) for _ in levels]
        value = sum(values)
        inside = "、".join(f"{level}{v}{unit}" for level, v in zip(levels, values, strict=True))
        rest = [target(level, v, unit, **more) for level, v in zip(levels, values, strict=True)]
    return one(f"{verb}{noun}{value}{unit}（{inside}）。", target(noun, value, unit, **more), *rest)


def described_inside(rng: Random) -> Example:
    """Near miss: a bracket that tells of a base year, of each, or of what there is."""
    noun, unit = thing(rng)
    verb, more = verb_of(rng)
    value = rng.randint(60, 900)
    inside = rng.choice(
        (
            f"2020年为{value // 2}{unit}",
            f"每年{value // 3}{unit}",
            f"已建成{value // 2}{unit}",
            f"目前{value // 2}{unit}",
        )
    )
    return one(f"{verb}{noun}{value}{unit}（{inside}）。", target(noun, value, unit, **more))


def since(rng: Random) -> Example:
    """由目前的3家增加到5家: what has been so far is the baseline."""
    noun, unit = metric(rng)
    base = rng.randint(2, 500)
    value = base + rng.randint(1, 500)
    word, day = rng.choice(
        (("目前的", None), ("现在的", None), ("现有", None), ("原来的", None), ("上年", None), ("去年的", None), ("", None),
         ("2023年底的", dt.date(2023, 12, 31)), ("“十三五”末的", dt.date(2020, 12, 31)))
    )  # fmt: skip
    verb = rng.choice(("增加到", "提高到", "提升至", "增至", "扩大到", "跃升至", "发展到"))
    body = f"{noun}{rng.choice('由从')}{word}{base}{unit}{verb}{value}{unit}。"
    return one(body, target(noun, value, unit, baseline={"value": base, "date": day}))


_SILENT: tuple[tuple[str, str, float, str, dict[str, Any]], ...] = (
    ("发明专利平均维持年限", "超过8年", 8, "年", {"comparator": "gt"}),
    ("平均受教育年限", "达到11.5年", 11.5, "年", {}),
    ("知识产权综合指数", "达到85", 85, "", {}),
    ("知识产权发展指数", "不低于78.5", 78.5, "", {"comparator": "ge"}),
    ("基尼系数", "控制在0.4以下", 0.4, "", {"comparator": "le"}),
    ("知识产权质押融资额", "实现倍增", 1, "倍", {"basis": "growth"}),
    ("经营主体总量", "实现三年倍增", 1, "倍", {"basis": "growth"}),
    ("专利申请量", "五年翻两番", 3, "倍", {"basis": "growth"}),
    ("知识产权综合实力", "进入全国百强", 100, "位", {"comparator": "le"}),
    ("研发人员", "达到1200人年", 1200, "人年", {}),
)


def silent(rng: Random) -> Example:
    """Measures that the noun tells: years, indices, doubling."""
    noun, said, value, unit, more = rng.choice(_SILENT)
    return one(f"{rng.choice(('', '推进建设，', '加强保护。'))}{noun}{said}。", target(noun, value, unit, **more))


def due_in_year(rng: Random) -> Example:
    """完成时限：6月底前 in a plan of one year."""
    names, year, month = agencies(rng), rng.randint(2021, 2030), rng.randint(1, 12)
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    phrase, day = rng.choice(
        (
            (f"{month}月底前", last),
            (f"{month}月", last),
            ("年底前", dt.date(year, 12, 31)),
            ("上半年", dt.date(year, 6, 30)),
        )
    )
    inside = f"责任单位：{'、'.join(names)}；完成时限：{phrase}"
    body = rng.choice((f"推进建设。（{inside}）", f"推进建设。\n责任单位：{'、'.join(names)}\n完成时限：{phrase}"))
    text = document(body + "\n二、保障措施\n加强领导。\n", title=f"某市{year}年知识产权工作要点\n")
    return Example(text, {"assignments": [duty("responsible", names, deadline=day)]})


def bracket_over_lines(rng: Random) -> Example:
    """A responsibility bracket of several lines."""
    lead, support = agencies(rng, 1, 1), agencies(rng, 1, 3)
    mark = rng.choice(("；", "。", ""))
    inside = f"牵头单位：{lead[0]}{mark}\n配合单位：{'、'.join(support)}{mark}\n完成时限：2024年9月底前"
    text = document(f"推进建设。\n（{inside}）\n二、保障措施\n加强领导。\n")
    day = dt.date(2024, 9, 30)
    return Example(text, {"assignments": [duty("lead", lead, deadline=day), duty("support", support, deadline=day)]})


def wrapped(rng: Random) -> Example:
    """A paragraph of three or four lines of one width in a text of a few lines."""
    parts, wanted = [], []
    for noun, unit in rng.sample(THINGS, 4):
        value = rng.randint(2, 99)
        verb = rng.choice(("培育", "新增", "建成"))
        parts.append(f"{verb}{noun}{value}{unit}")
        basis = "increment" if verb in INCREMENT else "level"
        wanted.append(target(noun, value, unit, action=verb, basis=basis))
    body = "，".join(parts) + "。"
    width, lines, line, room = rng.randint(36, 60), [], "", 0
    for char in body:
        wide = 1 if char.isascii() else 2
        if room + wide > width and char not in "，。":
            lines.append(line)
            line, room = "", 0
        line, room = line + char, room + wide
    return one("\n".join([*lines, line]), *wanted)
