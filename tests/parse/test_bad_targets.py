"""Targets, deadlines and responsibility in absurd input: diagnostics where the source is wrong, and linear time."""

from __future__ import annotations

import time

import pytest

from ipplan import Plan, Target, parse
from support import codes, walk

HEAD = "某市知识产权工作方案\n一、主要目标\n"


def targets(plan: Plan) -> list[Target]:
    return [t for s in walk(plan.sections) for t in s.targets]


@pytest.mark.parametrize("digits", [41, 60, 500, 5000, 50_000])
def test_a_number_that_is_too_long(digits: int) -> None:
    plan = parse(f"{HEAD}发明专利拥有量达{'9' * digits}件，商标注册量达20件。")
    assert "IPP401" in codes(plan)
    assert [(t.indicator, t.value) for t in targets(plan)] == [("商标注册量", 20)]


@pytest.mark.parametrize(
    "date",
    ["9999999999年", "2024年13月45日", "2024年2月30日", "2023年2月29日", "2024年0月1日", "2024年4月31日", "20255年",
     "2024年99月"],
)  # fmt: skip
def test_a_date_that_does_not_exist(date: str) -> None:
    plan = parse(f"{HEAD}到{date}，发明专利拥有量达900件。")
    assert "IPP304" in codes(plan)
    assert [(t.value, t.deadline) for t in targets(plan)] == [(900, None)]


@pytest.mark.parametrize("date", ["2024年2月29日", "2024年12月31日", "2025年", "2025年12月"])
def test_near_miss_a_date_that_exists(date: str) -> None:
    plan = parse(f"{HEAD}到{date}，发明专利拥有量达900件。")
    assert "IPP304" not in codes(plan)
    assert all(t.deadline for t in targets(plan))


@pytest.mark.parametrize(
    "dates", ["2024年13月—2024年15月", "2024年2月30日—2024年5月31日", "2024年6月—2024年14月", "9999999999年1月—2月"]
)
def test_a_phase_that_cannot_be(dates: str) -> None:
    plan = parse(f"某市方案\n一、实施步骤\n（一）启动阶段（{dates}）\n制定方案。\n")
    assert [s.phase for s in walk(plan.sections) if s.phase] == []
    assert "IPP304" in codes(plan)


def test_a_phase_that_ends_before_it_begins() -> None:
    plan = parse("某市方案\n一、实施步骤\n（一）启动阶段（2024年12月—2024年3月）\n制定方案。\n")
    assert "IPP601" in codes(plan)


def test_a_bracket_that_never_closes() -> None:
    plan = parse(f"{HEAD}推进建设。（责任单位：市科技局、市财政局。\n二、重点任务\n发明专利拥有量达900件。")
    assert "IPP201" in codes(plan)
    assert len(targets(plan)) == 1


def _texts(n: int) -> dict[str, str]:
    """Absurd texts of about ``n`` characters."""
    many = range(n // 16)
    return {
        "digits": f"{HEAD}发明专利拥有量达{'9' * n}件。",
        "Han digits": f"{HEAD}发明专利拥有量达{'一' * n}件。",
        "years": HEAD + "到9999999999年，发明专利达20件。" * (n // 22),
        "dates": HEAD + "到2024年13月45日，发明专利达20件。" * (n // 22),
        "open bracket": f"{HEAD}推进建设。（责任单位：市科技局{'、市财政局' * (n // 5)}",
        "open bracket in prose": f"{HEAD}推进建设（{'推进知识产权强市建设，' * (n // 11)}",
        "agencies": f"{HEAD}推进建设。（责任单位：{'、'.join(f'第{i}局' for i in many)}）",
        "the same agencies": f"{HEAD}推进建设。（责任单位：{'市科技局、' * (n // 5)}市财政局）",
        "targets": HEAD + "，".join(f"专利{i}拥有量达{i}件" for i in many) + "。",
        "the same targets": HEAD + "有效发明专利拥有量达2.3万件，" * (n // 16),
        "a list of targets": f"{HEAD}新增{'、'.join(f'专利{i}中心{i}个' for i in many)}。",
        "分别": f"{HEAD}{'、'.join(f'专利{i}量' for i in many)}分别达到{'、'.join(f'{i}件' for i in many)}。",
        "verbs": f"{HEAD}{'培育' * (n // 2)}10家企业。",
        "deadlines": f"{HEAD}{'到2025年，' * (n // 7)}发明专利达20件。",
        "a deadline for each": HEAD + "".join(f"到2025年发明专利{i}达{i}件，" for i in many),
        "commitments": HEAD + "实现重点园区全覆盖，" * (n // 10),
        "建成": f"{HEAD}到2025年，{'建成国家级中心，' * (n // 8)}",
        "phases": "某市方案\n一、实施步骤\n"
        + "".join(f"（{'一二三四五六七八九'[i % 9]}）启动阶段（2024年1月-{i % 12 + 1}月）\n推进。\n" for i in many),
        "由…提高到": f"{HEAD}{'由10件提高到' * (n // 7)}20件。",
        "quotation marks": f"{HEAD}{'“' * (n // 2)}10家企业{'”' * (n // 2)}",
        "clauses": HEAD + "由市科技局牵头，市财政局配合。" * (n // 15),
        "ranks": f"{HEAD}{'进入全国前' * (n // 5)}十位。",
        "a long name": f"{HEAD}{'知识产权' * (n // 4)}达20件。",
        "metrics": f"{HEAD}{'专利量和' * (n // 4)}商标数年增幅20%。",
        "a deadline for all": f"{HEAD}到2025年，{'新增专利1件，' * (n // 7)}",
        "a deadline for all, parts": f"{HEAD}到2025年，{'新增专利1件；' * (n // 7)}",
        "a deadline of a part": f"{HEAD}其中2025年底前完成，{'新增专利1件，' * (n // 7)}",
        "deadlines in the midst": HEAD + "2024年6月底前完成1件；" * (n // 14),
        "each": f"{HEAD}每年{'各县区各建成1个，' * (n // 9)}",
        "numbers in brackets": HEAD + "新增5家（其中规上2家）、" * (n // 13),
        "signs": HEAD + "①新增3件②新增4件" * (n // 10),
        "years with one noun": HEAD + "2024年完成3家，" * (n // 9),
        "grants": f"{HEAD}给予补贴，{'新增5家，奖励1元，' * (n // 10)}",
        "cells": HEAD + "序号\n任务\n责任单位\n1\n" * (n // 13),
        "上述指标": HEAD + "上述指标均为预期性指标。" * (n // 12),
    }


#: What still grows too fast: in what is written, in time.
@pytest.mark.parametrize("what", _texts(100))
def test_absurd_in_short(what: str) -> None:
    text = _texts(2000)[what]
    plan = parse(text, full=True)
    for section in walk(plan.sections):
        for part in (*section.targets, *section.commitments):
            assert text[slice(*part.span)] == part.quote


@pytest.mark.slow
@pytest.mark.parametrize("what", list(_texts(100)))
def test_quotes_stay_small(what: str) -> None:
    """What is written does not grow with the square of the text."""
    text = _texts(20_000)[what]
    written = sum(len(p.quote) for s in walk(parse(text).sections) for p in (*s.targets, *s.commitments))
    assert written <= 30 * len(text)


@pytest.mark.slow
@pytest.mark.parametrize("what", list(_texts(100)))
def test_time_is_linear(what: str) -> None:
    """Twice the text takes at most three times as long (the floor keeps small times, which are noise, from deciding)."""
    times = []
    for n in (40_000, 80_000):
        text = _texts(n)[what]
        times.append(max(0.25, min(_timed(text) for _ in range(2))))
    assert times[1] / times[0] <= 3, times


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"{HEAD}推进建设。（责任单位：市科技局{'、市财政局' * 210_000}",
            id="a bracket that never closes in a megabyte",
        ),
        pytest.param(
            f"{HEAD}推进建设。（责任单位：{'、'.join(f'第{i}局' for i in range(200_000))}）", id="200,000 agencies"
        ),
        pytest.param(f"{HEAD}{'，'.join(f'专利{i}拥有量达{i}件' for i in range(10_000))}。", id="ten thousand targets"),
    ],
)
def test_large_sizes(text: str) -> None:
    assert _timed(text) < 60  # a guard against hanging, no measure


def _timed(text: str) -> float:
    start = time.process_time()
    parse(text)
    return time.process_time() - start
