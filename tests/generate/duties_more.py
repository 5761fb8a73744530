"""More forms of responsibility: labels with verbs, marks inside a list, bodies beside the usual bureaus."""

from __future__ import annotations

from random import Random

from generate.duties import duty, stated
from generate.words import Example, agencies

BODIES = (
    "市委组织部", "市委宣传部", "市委网信办", "市委编办", "团市委", "市总工会", "市科协", "市工商联", "市贸促会", "市邮政管理局", "市烟草专卖局",
    "市中级人民法院", "市人民检察院", "南通海关", "市供电公司", "市大数据管理局", "市知识产权保护中心", "人民银行泰州市分行", "市妇联", "市残联",
    "市地方金融监管局", "市国资委", "市政务服务管理办公室", "市机关事务管理局", "市政府办公室", "市公共资源交易中心", "市文明办", "市信访局", "市气象局",
)  # fmt: skip


def bodies(rng: Random) -> Example:
    names = rng.sample(BODIES, rng.randint(1, 5))
    listed = "、".join(names)
    if rng.random() < 0.5:
        return stated(f"推进建设。（责任单位：{listed}）", duty("responsible", names))
    return stated(f"推进建设。（{listed}按职责分工负责）", duty("responsible", names))


def label_and_verbs(rng: Random) -> Example:
    """责任单位：A牵头，B配合."""
    first, second = agencies(rng, 1, 2), agencies(rng, 1, 3)
    mark = rng.choice(("，", "；"))
    return stated(
        f"推进建设。（责任单位：{'、'.join(first)}牵头{mark}{'、'.join(second)}配合）",
        duty("lead", first),
        duty("support", second),
    )


def marked_lead(rng: Random) -> Example:
    """责任单位：A（牵头）、B、C: the lead is marked inside the list."""
    names = agencies(rng, 2, 4)
    return stated(
        f"推进建设。（责任单位：{names[0]}（牵头）、{'、'.join(names[1:])}）",
        duty("lead", names[:1]),
        duty("responsible", names[1:]),
    )


def national(rng: Random) -> Example:
    pool = ("知识产权局", "发展改革委", "科技部", "财政部", "中央宣传部", "最高人民法院", "最高人民检察院", "公安部", "市场监管总局", "海关总署", "教育部", "商务部",
            "工业和信息化部", "司法部", "人力资源社会保障部", "国家版权局")  # fmt: skip
    names = rng.sample(pool, rng.randint(2, 5))
    first = rng.choice(("", "牵头"))
    others = rng.choice(("", "等", "等部门"))
    if first:
        return stated(
            f"推进建设。（{names[0]}牵头，{'、'.join(names[1:])}{others}按职责分工负责）",
            duty("lead", names[:1]),
            duty("responsible", names[1:]),
        )
    return stated(f"推进建设。（{'、'.join(names)}{others}按职责分工负责）", duty("responsible", names))


def by_somebody(rng: Random) -> Example:
    """由A负责 in brackets; （A负责）; 责任单位为A."""
    names = agencies(rng, 1, 3)
    listed = "、".join(names)
    text = rng.choice(
        (
            f"（由{listed}负责）",
            f"（{listed}负责）",
            f"（{listed}分别负责）",
            f"（责任单位为{listed}）",
            f"（责任单位： {listed}）",
        )
    )
    return stated(f"推进建设。{text}", duty("responsible", names))


def with_leader(rng: Random) -> Example:
    """Persons beside the agencies are no agency."""
    names = agencies(rng, 1, 3)
    label, person = rng.choice((("责任领导", "张三"), ("责任人", "李四"), ("牵头领导", "王五"), ("联系人", "赵六")))
    inside = rng.choice(("{p}；责任单位：{n}", "{p}，责任单位：{n}")).format(p=f"{label}：{person}", n="、".join(names))
    if rng.random() < 0.5:
        inside = f"责任单位：{'、'.join(names)}；{label}：{person}"
    return stated(f"推进建设。（{inside}）", duty("responsible", names))


def both_lines(rng: Random) -> Example:
    """牵头单位：… and 配合单位：… on lines of their own."""
    first, second = agencies(rng, 1, 2), agencies(rng, 1, 4)
    return stated(
        f"推进建设。\n牵头单位：{'、'.join(first)}\n配合单位：{'、'.join(second)}",
        duty("lead", first),
        duty("support", second),
    )


def in_a_heading(rng: Random) -> Example:
    """A bracket behind a heading that has no text."""
    from generate.targets import HEAD

    names = agencies(rng, 1, 3)
    text = f"{HEAD}一、主要任务\n（一）加强专利保护（责任单位：{'、'.join(names)}）\n推进建设。\n（二）促进运用。推进建设。\n"
    return Example(
        text, {"assignments": [duty("responsible", names, section="1.1")], "titles": {"1.1": "加强专利保护"}}
    )
