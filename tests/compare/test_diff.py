"""What every diff keeps: empty against itself, mirrored when turned round, blind to form, awake to every change of sense."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ipplan
from compare.gold import FIXTURES, NAMES, gold_plan
from ipplan import Plan, PlanDiff
from ipplan.compare.diff import diff
from ipplan.model import Agency, Assignment, Meta, Phase, Section, Source, Target

TURNED = {
    "higher": "lower",
    "lower": "higher",
    "earlier": "later",
    "later": "earlier",
    "only_a": "only_b",
    "only_b": "only_a",
}
SOURCE = Source(name="p.txt", format="txt", sha256="0" * 64, chars=1)


def target(indicator: str, value: float, unit: str = "件", **fields: Any) -> Target:
    given = {"deadline": dt.date(2025, 12, 31), "quote": indicator, "span": (0, 1), "line": 1, **fields}
    return Target(indicator=indicator, value=value, unit=unit, **given)


def plan(*sections: Section, **meta: Any) -> Plan:
    return Plan(source=SOURCE, meta=Meta(**meta), sections=list(sections))


def section(id: str, title: str | None = None, *text: str, **fields: Any) -> Section:
    return Section(id=id, level=id.count(".") + 1, title=title, text=list(text), span=(0, 1), line=1, **fields)


def one_row(a: Target, b: Target) -> Any:
    (row,) = diff(plan(section("1", targets=[a])), plan(section("1", targets=[b]))).targets
    return row


# --- relations ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "relation", "ratio", "reasons"),
    [
        (target("有效发明专利量", 35000), target("有效发明专利拥有量", 35000), "same", 1.0, []),
        (target("有效发明专利", 100), target("有效发明专利", 150), "higher", 1.5, []),
        (
            target("有效发明专利", 100, comparator="ge"),
            target("有效发明专利", 100),
            "same",
            1.0,
            ["comparator: ge / eq"],
        ),
        (
            target("有效发明专利", 100),
            target("有效发明专利", 100, deadline=dt.date(2026, 12, 31)),
            "later",
            1.0,
            ["deadline: 2025-12-31 / 2026-12-31"],
        ),
        (
            target("有效发明专利", 100, deadline=None),
            target("有效发明专利", 100),
            "earlier",
            1.0,
            ["deadline: none / 2025-12-31"],
        ),
        (
            target("专利代理师", 300, "人"),
            target("专利代理师", 15, "人", basis="increment"),
            "not_comparable",
            None,
            ["basis: level / increment"],
        ),
        (
            target("知识产权质押融资额", 6, "元", frequency="annual"),
            target("知识产权质押融资额", 6, "元"),
            "not_comparable",
            None,
            ["frequency: annual / none"],
        ),
        (target("地理标志数", 5), target("地理标志数", 6, "个"), "higher", 1.2, ["counted in 件 / 个"]),
        (
            target("知识产权民事案件上诉率", 25, "%"),
            target("知识产权民事案件上诉率", 20, "%"),
            "lower",
            0.8,
            ["lower is better"],
        ),
        (
            target("专利密集型产业增加值占GDP比重", 0, "%"),
            target("专利密集型产业增加值占GDP比重", 5, "%"),
            "higher",
            None,
            [],
        ),
        (
            target("有效发明专利", 5, comparator="range", value_max=8),
            target("有效发明专利", 5, comparator="range", value_max=9),
            "higher",
            1.0,
            [],
        ),
    ],
)
def test_relation(a: Target, b: Target, relation: str, ratio: float | None, reasons: list[str]) -> None:
    row = one_row(a, b)
    assert (row.relation, row.ratio, row.reasons) == (relation, ratio, reasons)


def test_a_milestone_that_changed_is_named() -> None:
    def series(first: float) -> Section:
        early = target("有效发明专利", first, deadline=dt.date(2024, 12, 31))
        return section("1", targets=[target("有效发明专利", 90), early])

    (row,) = diff(plan(series(80)), plan(series(85))).targets
    assert [t.value for t in row.b] == [85, 90]
    assert (row.relation, row.reasons) == ("same", ["2024-12-31: 80 / 85"])


def test_growth_is_not_in_one_series_with_the_amount() -> None:
    amount = target("高新技术企业", 500, "家")
    growth = target("高新技术企业", 20, "%", basis="growth")
    rows = diff(plan(section("1", targets=[amount, growth])), plan(section("1", targets=[growth]))).targets
    assert [(r.relation, len(r.a), len(r.b)) for r in rows] == [("only_a", 1, 0), ("same", 1, 1)]


def test_a_name_that_says_little_pairs_versions_but_not_plans() -> None:
    a, b = (
        plan(section("1", targets=[target("重点企业", 10, "家")])),
        plan(section("1", targets=[target("重点企业", 5, "家")])),
    )
    assert [r.relation for r in diff(a, b, mode="versions").targets] == ["lower"]
    assert [r.relation for r in diff(a, b, mode="plans").targets] == ["only_a", "only_b"]


def test_a_reworded_target_is_found_between_versions() -> None:
    a = plan(section("1", "目标", targets=[target("全区重大科研平台累计数", 10, "个")]))
    b = plan(section("1", "目标", targets=[target("重大科研平台建设数", 10, "个")]))
    (row,) = diff(a, b, mode="versions").targets
    assert row.relation == "same"
    assert row.reasons == ["renamed: 全区重大科研平台累计数 / 重大科研平台建设数"]


# --- sections ----------------------------------------------------------------------------------------------------------

TASKS = [
    ("加强组织领导", "成立由分管领导任组长的工作专班，定期召开联席会议研究重大问题。"),
    ("培育高价值专利", "围绕生物医药和高端装备建设培育中心，形成一批核心专利组合。"),
    ("深化金融服务", "推动银行扩大质押融资规模，完善风险补偿资金池和贴息政策。"),
    ("优化人才队伍", "依托高校开设辅修专业，选派审查员到企业开展实务培训。"),
]


def chapter(*tasks: tuple[str, str]) -> Plan:
    children = [section(f"1.{i}", title, text) for i, (title, text) in enumerate(tasks, 1)]
    return plan(section("1", "重点任务", children=children))


def relations(a: Plan, b: Plan) -> list[tuple[str, str | None, str | None]]:
    rows = diff(a, b, mode="versions").sections
    return [(r.relation, r.a and r.a.id, r.b and r.b.id) for r in rows if r.relation != "same"]


def test_a_section_more_does_not_move_the_others() -> None:
    more = ("拓展国际合作", "与境外机构签署备忘录，互派专家开展交流。")
    assert relations(chapter(*TASKS), chapter(more, *TASKS)) == [("only_b", None, "1.1")]
    assert relations(chapter(*TASKS), chapter(*TASKS[1:])) == [("only_a", "1.1", None)]


def test_a_section_that_changed_its_place_has_moved() -> None:
    assert relations(chapter(*TASKS), chapter(*TASKS[1:], TASKS[0])) == [("moved", "1.1", "1.4")]


def test_reworded_sections_tell_old_and_new_words() -> None:
    title, text = TASKS[1]
    changed = (title, text.replace("培育中心", "示范中心").replace("一批", "20个"))
    a, b = chapter(*TASKS), chapter(TASKS[0], changed, *TASKS[2:])
    assert relations(a, b) == [("reworded", "1.2", "1.2")]
    row = next(r for r in diff(a, b, mode="versions").sections if r.relation == "reworded")
    assert [(c.a, c.b) for c in row.changes] == [("培育", "示范"), ("一批", "20个")]
    assert row.similarity is not None
    assert 0 < row.similarity < 1


def test_the_best_sum_is_taken_not_the_first_match() -> None:
    a = chapter(("培育专利", "培育核心专利组合和高价值专利。"), ("培育专利组合", "培育核心专利组合。"))
    b = chapter(("培育专利组合", "培育核心专利组合和高价值专利。"), ("培育专利", "培育核心专利。"))
    found = {(r.a and r.a.id, r.b and r.b.id) for r in diff(a, b, mode="versions").sections}
    assert found == {("1", "1"), ("1.1", "1.2"), ("1.2", "1.1")} or found == {
        ("1", "1"),
        ("1.1", "1.1"),
        ("1.2", "1.2"),
    }
    assert all(r.a and r.b for r in diff(a, b, mode="versions").sections)


# --- modes -------------------------------------------------------------------------------------------------------------


def test_versions_and_plans_are_told_apart() -> None:
    source = (FIXTURES / "taizhou" / "source.txt").read_text(encoding="utf-8")
    final = source.replace("2.3万件", "2.5万件").replace("加强组织领导", "强化组织领导")
    result = diff(ipplan.parse(source), ipplan.parse(final))
    assert result.mode == "versions"
    assert [r.relation for r in result.targets if r.relation != "same"] == ["higher"]
    assert {diff(gold_plan(x), gold_plan(y)).mode for x, y in combinations(NAMES, 2)} == {"plans"}


def test_one_text_of_two_districts_is_two_plans() -> None:
    a = gold_plan("taizhou")
    assert a.meta.region is not None
    region = a.meta.region.model_copy(update={"name": "扬州市", "code": "321000"})
    b = a.model_copy(update={"meta": a.meta.model_copy(update={"region": region})})
    assert diff(a, b).mode == "plans"


# --- always ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_differs_in_nothing_from_itself(name: str) -> None:
    result = diff(gold_plan(name), gold_plan(name))
    assert result.empty
    assert result.mode == "versions"
    assert not any(row.reasons for row in result.targets)


FORMS = {
    "crlf": lambda t: t.replace("\n", "\r\n").encode(),
    "bom": lambda t: b"\xef\xbb\xbf" + t.encode(),
    "gb18030": lambda t: t.encode("gb18030"),
    "utf16": lambda t: t.encode("utf-16"),
    "blank lines": lambda t: "\n\n".join(t.splitlines()).encode(),
    "half-width": lambda t: t.translate(str.maketrans("（）：；，〔〕", "():;,[]")).encode(),
    "full-width": lambda t: t.translate(str.maketrans("()0123456789%", "（）０１２３４５６７８９％")).encode(),
    "wrapped": lambda t: "\n".join(
        "\n".join(line[i : i + 34] for i in range(0, len(line), 34)) for line in t.splitlines()
    ).encode(),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_a_change_of_form_is_no_difference(name: str, form: str) -> None:
    text = (FIXTURES / name / "source.txt").read_text(encoding="utf-8")
    result = diff(ipplan.parse(text), ipplan.parse(FORMS[form](text), name="other.txt"))
    assert result.empty, [
        row for row in (*result.meta, *result.targets, *result.sections) if getattr(row, "relation", "") != "same"
    ]


def mirrored(result: PlanDiff) -> dict[str, Any]:
    """A diff as sets, with its sides exchanged."""
    return _boiled(result, turned=True)


def _boiled(result: PlanDiff, *, turned: bool = False) -> dict[str, Any]:
    def sides(a: Any, b: Any) -> tuple[Any, Any]:
        return (b, a) if turned else (a, b)

    def relation(row: Any) -> str:
        return TURNED.get(row.relation, row.relation) if turned else row.relation

    def ids(targets: Any) -> tuple[Any, ...]:
        return tuple((t.section, t.indicator, t.value, t.deadline) for t in targets)

    return {
        "mode": result.mode,
        "meta": {(r.field, *map(str, sides(r.a, r.b))) for r in result.meta},
        "targets": {(relation(r), r.indicator_id, *sides(ids(r.a), ids(r.b))) for r in result.targets},
        "sections": {
            (relation(r), r.similarity, r.moved, r.theme, *sides(r.a and r.a.id, r.b and r.b.id),
             tuple(sides(c.a, c.b) for c in r.changes))
            for r in result.sections
        },
        "agencies": {(r.department, *map(str, sides(r.a, r.b))) for r in result.agencies},
        "phases": {(relation(r), *map(str, sides(r.a, r.b))) for r in result.phases},
    }  # fmt: skip


@pytest.mark.parametrize("pair", list(combinations(NAMES, 2)))
def test_turned_round_it_is_mirrored(pair: tuple[str, str]) -> None:
    a, b = map(gold_plan, pair)
    assert mirrored(diff(a, b)) == _boiled(diff(b, a))


def test_the_rows_of_a_side_come_in_its_order() -> None:
    for x, y in (("taizhou", "nantong"), ("nantong", "taizhou")):
        rows = diff(gold_plan(x), gold_plan(y)).sections
        lines = [r.a.line for r in rows if r.a]
        assert lines == sorted(lines)


# --- generated plans ---------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "专利",
        "商标",
        "知识产权",
        "保护",
        "运用",
        "培育",
        "服务",
        "人才",
        "金融",
        "建设",
        "机制",
        "企业",
        "2025年",
        "（市）",
    ]
)
TEXTS = st.lists(WORDS, max_size=6).map("".join)
NAMES_OF_TARGETS = st.sampled_from(
    ["有效发明专利量", "知识产权质押融资额", "专利代理师", "重点企业", "某某平台", "知识产权服务机构"]
)
DATES = st.none() | st.dates(dt.date(2022, 1, 1), dt.date(2027, 12, 31))


@st.composite
def targets(draw: st.DrawFn) -> Target:
    return target(
        draw(NAMES_OF_TARGETS),
        draw(st.integers(0, 5) | st.floats(0, 100)),
        draw(st.sampled_from(["件", "家", "个", "人", "元", "%"])),
        basis=draw(st.sampled_from(["level", "increment", "cumulative", "growth"])),
        frequency=draw(st.sampled_from([None, "annual"])),
        comparator=draw(st.sampled_from(["eq", "ge", "gt"])),
        deadline=draw(DATES),
    )


@st.composite
def sections(draw: st.DrawFn, id: str, depth: int = 0) -> Section:
    count = draw(st.integers(0, 3)) if depth < 2 else 0
    names = [
        {"name": draw(TEXTS) or "局", "department": draw(st.sampled_from([None, "财政局", "公安局"])), "raw": "局"}
    ]
    assignment = Assignment(
        role=draw(st.sampled_from(["lead", "support"])), agencies=[Agency(**n) for n in names], span=(0, 1), line=1
    )
    phase = Phase(name=draw(TEXTS) or None, start=draw(DATES), end=draw(DATES), span=(0, 1), line=1)
    return section(
        id,
        draw(st.none() | TEXTS),
        *draw(st.lists(TEXTS, max_size=2)),
        role=draw(st.sampled_from([None, "tasks", "objectives", "safeguards"])),
        targets=draw(st.lists(targets(), max_size=2)),
        assignments=[assignment] if draw(st.booleans()) else [],
        phase=phase if draw(st.integers(0, 4)) == 0 else None,
        children=[draw(sections(f"{id}.{i}", depth + 1)) for i in range(1, count + 1)],
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(0, 3))
    return plan(*[draw(sections(str(i))) for i in range(1, count + 1)], title=draw(st.none() | TEXTS))


MODES = st.sampled_from([None, "versions", "plans"])


@given(plans(), MODES)
@settings(max_examples=60, deadline=None)
def test_any_plan_differs_in_nothing_from_itself(a: Plan, mode: Any) -> None:
    result = diff(a, a, mode=mode)
    if mode == "plans":  # names that say little do not pair there
        result = result.model_copy(update={"targets": [r for r in result.targets if r.a and r.b]})
    assert result.empty


@given(plans(), plans(), MODES)
@settings(max_examples=80, deadline=None)
def test_any_diff_is_mirrored_and_valid(a: Plan, b: Plan, mode: Any) -> None:
    there, back = diff(a, b, mode=mode), diff(b, a, mode=mode)
    assert mirrored(there) == _boiled(back)
    assert PlanDiff.model_validate_json(there.model_dump_json(by_alias=True)) == there
    assert {r.a.id for r in there.sections if r.a} | {r.b.id for r in there.sections if r.b} == {
        s for p in (a, b) for s in _ids(p.sections)
    }


def _ids(sections: list[Section]) -> list[str]:
    return [i for s in sections for i in (s.id, *_ids(s.children))]
