"""Responsibility statements composed from known agencies: brackets, labels, verbs, lists."""

from __future__ import annotations

import calendar
import datetime as dt
from random import Random
from typing import Any

from generate.targets import document
from generate.words import DEPARTMENTS, GROUPS, LEVELS, Example, agencies, agency

_BRACKETS = ("（）", "()", "〔〕", "【】", "[]", "（)", "(）", "〖〗")
_LABELS = {
    "lead": ("牵头单位", "牵头部门", "主办单位", "牵头责任单位"),
    "support": ("配合单位", "配合部门", "协办单位", "参与单位"),
    "responsible": ("责任单位", "责任部门", "责任主体", "落实单位"),
}
_VERBS = {
    "lead": ("牵头", "牵头负责"),
    "support": ("配合", "参与", "协助", "按职责分工配合"),
    "responsible": ("负责", "按职责分工负责", "分别负责", "按照职责分工负责", "共同负责"),
}


def duty(role: str, names: list[str], **more: Any) -> dict[str, Any]:
    return {"role": role, "agencies": names, "deadline": None, **more}


def _bracket(rng: Random, inside: str, style: str | None = None) -> str:
    pair = style or rng.choice(_BRACKETS)
    if pair[0] in "([" and rng.random() < 0.5:
        inside = inside.replace("：", ":")
    return pair[0] + inside + pair[1]


def stated(body: str, *duties: dict[str, Any]) -> Example:
    """A statement with a paragraph and a chapter behind it."""
    return Example(document(body + "\n二、保障措施\n加强领导。\n"), {"assignments": list(duties)})


def _list(rng: Random, names: list[str]) -> str:
    return rng.choice(("、", "、", "、", "，")).join(names)


def _labelled(rng: Random, names: list[str], role: str) -> str:
    return f"{rng.choice(_LABELS[role])}：{_list(rng, names)}"


def labelled(rng: Random) -> Example:
    """（责任单位：A、B） in every bracket and width."""
    role = rng.choice(sorted(_LABELS))
    names = agencies(rng)
    tail = rng.choice(("", "。"))
    return stated(f"推进建设。{_bracket(rng, _labelled(rng, names, role))}{tail}", duty(role, names))


def two_labels(rng: Random) -> Example:
    first, second = agencies(rng), agencies(rng)
    mark = rng.choice(("。", "；", "，"))
    inside = f"牵头单位：{'、'.join(first)}{mark}{rng.choice(_LABELS['support'])}：{'、'.join(second)}"
    return stated(f"推进建设。{_bracket(rng, inside)}", duty("lead", first), duty("support", second))


def three_roles(rng: Random) -> Example:
    a, b, c = agencies(rng, 1, 2), agencies(rng, 1, 3), agencies(rng, 1, 2)
    mark = rng.choice(("；", "。"))
    inside = mark.join((f"牵头单位：{'、'.join(a)}", f"配合单位：{'、'.join(b)}", f"责任单位：{'、'.join(c)}"))
    return stated(f"推进建设。{_bracket(rng, inside)}", duty("lead", a), duty("support", b), duty("responsible", c))


def by_verb(rng: Random) -> Example:
    role = rng.choice(sorted(_VERBS))
    names = agencies(rng)
    return stated(f"推进建设。{_bracket(rng, '、'.join(names) + rng.choice(_VERBS[role]))}", duty(role, names))


def two_verbs(rng: Random) -> Example:
    """A牵头，B配合 · A牵头，B按职责分工负责."""
    first, second = agencies(rng, 1, 2), agencies(rng, 1, 3)
    role = rng.choice(("support", "responsible"))
    inside = f"{'、'.join(first)}牵头{rng.choice(('，', '；', ', '))}{'、'.join(second)}{rng.choice(_VERBS[role])}"
    return stated(f"推进建设。{_bracket(rng, inside)}", duty("lead", first), duty(role, second))


def joined(rng: Random) -> Example:
    """A会同B负责; A牵头，会同B."""
    (first,), second = agencies(rng, 1, 1), agencies(rng, 1, 3)
    second = [name for name in second if name != first] or ["市民政局"]
    rest = "、".join(second)
    kind = rng.randrange(3)
    if kind == 0:
        return stated(f"推进建设。（{first}会同{rest}负责）", duty("responsible", [first]), duty("support", second))
    if kind == 1:
        return stated(f"推进建设。（{first}牵头，会同{rest}）", duty("lead", [first]), duty("support", second))
    return stated(f"推进建设。（{first}牵头会同{rest}负责）", duty("lead", [first]), duty("support", second))


def and_others(rng: Random) -> Example:
    names = agencies(rng, 2, 4)
    tail = rng.choice(("等部门", "等单位", "等有关部门", "等", "等相关部门"))
    if rng.random() < 0.5:
        return stated(f"推进建设。（责任单位：{'、'.join(names)}{tail}）", duty("responsible", names))
    return stated(f"推进建设。（{'、'.join(names)}{tail}按职责分工负责）", duty("responsible", names))


def groups(rng: Random) -> Example:
    """各 over its list, and names that hold brackets."""
    names = agencies(rng, 1, 2)
    kind = rng.randrange(3)
    if kind == 0:
        extra = rng.sample(GROUPS, rng.randint(1, 2))
        written, read = "、".join([*names, *extra]), [*names, *extra]
    elif kind == 1:
        a, b = rng.choice((("镇街", "园区"), ("县区", "开发区"), ("乡镇", "街道"), ("镇", "街道")))
        written, read = "、".join([*names, f"各{a}", b]), [*names, f"各{a}", f"各{b}"]
    else:
        places = rng.sample(("黄埔区", "天河区", "越秀区", "海珠区", "白云区"), 2)
        tail = rng.choice(("人民政府", "政府", "管委会"))
        written = "、".join([*names, places[0], places[1] + tail])
        read = [*names, places[0] + tail, places[1] + tail]
    return stated(f"推进建设。（责任单位：{written}）", duty("responsible", read))


def alias(rng: Random) -> Example:
    first, second = "市市场监督管理局", "市委宣传部"
    pair = rng.choice((("知识产权局", "市版权局"), ("市知识产权局", "版权局")))
    names = agencies(rng, 1, 2)
    pair_open, pair_close = rng.choice(("（）", "()", "〔〕"))
    inner = pair_open if pair_open != "〔" else "（"
    close = pair_close if pair_close != "〕" else "）"
    written = f"{first}{inner}{pair[0]}{close}、{second}{inner}{pair[1]}{close}、{'、'.join(names)}"
    wanted = duty("responsible", [first, second, *names], aliases=[*pair, *[None] * len(names)])
    return stated(f"推进建设。{_bracket(rng, '责任单位：' + written, rng.choice(('（）', '〔〕', '【】')))}", wanted)


def departments(rng: Random) -> Example:
    """Canonical departments of short and long names at every level."""
    names, wanted = [], []
    for _ in range(rng.randint(1, 4)):
        name, department = agency(rng)
        if department and name not in names:
            names.append(name)
            wanted.append(department)
    names, wanted = names or ["市财政局"], wanted or ["财政局"]
    return stated(f"推进建设。（责任单位：{'、'.join(names)}）", duty("responsible", names, departments=wanted))


def with_deadline(rng: Random) -> Example:
    year, month = rng.randint(2020, 2032), rng.randint(1, 12)
    day = dt.date(year, month, calendar.monthrange(year, month)[1])
    names = agencies(rng, 1, 3)
    listed = "、".join(names)
    label = rng.choice(("完成时限", "完成时间", "时间节点"))
    inside = rng.choice(
        (f"责任单位：{listed}；{label}：{year}年{month}月", f"责任单位：{listed}。{label}：{year}年{month}月底",
         f"{listed}负责，{year}年{month}月底前完成", f"责任单位：{listed}，{year}年{month}月底前完成")
    )  # fmt: skip
    return stated(f"推进建设。{_bracket(rng, inside)}", duty("responsible", names, deadline=day))


def several(rng: Random) -> Example:
    """Several brackets in one paragraph."""
    out, wanted = [], []
    for k in range(rng.randint(2, 3)):
        names = agencies(rng, 1, 3)
        out.append(f"{('完善专利政策体系', '健全商标服务机制', '加强版权保护')[k]}（责任单位：{'、'.join(names)}）")
        wanted.append(duty("responsible", names))
    return stated(rng.choice(("，", "。", "；")).join(out) + "。", *wanted)


def labelled_line(rng: Random) -> Example:
    """A labelled line of its own."""
    role = rng.choice(sorted(_LABELS))
    names = agencies(rng)
    return stated(
        f"推进建设。\n{rng.choice(_LABELS[role])}：{'、'.join(names)}{rng.choice(('', '。'))}", duty(role, names)
    )


def bracket_line(rng: Random) -> Example:
    """A bracket on a line of its own."""
    role = rng.choice(sorted(_LABELS))
    names = agencies(rng)
    return stated(f"推进建设。\n{_bracket(rng, _labelled(rng, names, role))}", duty(role, names))


def clause(rng: Random) -> Example:
    """由X牵头，Y配合 as a sentence of its own."""
    first, second = agencies(rng, 1, 2), agencies(rng, 1, 3)
    lead = rng.choice(("由", ""))
    return stated(
        f"推进建设。{lead}{'、'.join(first)}牵头，{'、'.join(second)}配合。",
        duty("lead", first),
        duty("support", second),
    )


def broken(rng: Random) -> Example:
    """A bracket broken by a line end or a page break, or never closed."""
    names = agencies(rng, 3, 4)
    inside = "责任单位：" + "、".join(names)
    kind = rng.randrange(3)
    if kind == 2:
        return stated(f"推进建设。（{inside}。", duty("responsible", names))
    at = rng.randint(len(inside) - 8, len(inside) - 2)
    gap = "\n" if kind == 0 else "\n\n— 12 —\n\n"
    return stated(f"推进建设。（{inside[:at]}{gap}{inside[at:]}）", duty("responsible", names))


def first_leads(rng: Random) -> Example:
    names = agencies(rng, 2, 4)
    rule = rng.choice(("列首的为牵头单位", "列首位的为牵头单位", "排在第一位的为牵头单位"))
    return stated(
        f"推进建设。（责任单位：{'、'.join(names)}，{rule}，下同）",
        duty("lead", names[:1]),
        duty("support", names[1:]),
    )


def bare_list(rng: Random) -> Example:
    """A bracket that closes a paragraph and holds nothing but agencies."""
    level = rng.choice(LEVELS)
    names = [level + name for name, known in rng.sample([d for d in DEPARTMENTS if d[1]], rng.randint(2, 4)) if known]
    return stated(f"推进建设。（{'、'.join(names)}）", duty("responsible", names))


_NONE = (
    "建立龙头企业牵头、高校支撑、各创新主体相互协同的创新联合体。", "本方案由市市场监督管理局负责解释。", "市政府办牵头组织开展督查工作。",
    "各责任单位要加强领导，落实责任。", "推进中国（泰州）国际医药博览会建设。", "加强知识产权（专利、商标、版权）保护。",
    "推进建设（2023年12月底前完成）。", "行业协会参与、企业主导的机制不断完善。", "完善市级负责、县级落实的工作体系。",
    "支持链主企业牵头组建创新联合体，高校院所参与攻关。", "市科技局负责全市专利转化的组织实施工作。", "（略）", "加强（区）级机构建设。",
    "压实企业主体责任，落实部门监管责任。", "建立政府主导、部门协同、社会参与的格局。",
)  # fmt: skip


def none(rng: Random) -> Example:
    """What is no assignment."""
    picked = rng.sample(_NONE, rng.randint(1, 3))
    return stated("".join(picked))
