"""The pairs a careful reader would make on the five plans, and no others."""

from __future__ import annotations

from itertools import combinations

import pytest

from compare.gold import NAMES, gold_plan
from ipplan.compare.diff import diff

TARGETS = {
    ("taizhou", "nantong"): {
        # 150亿元 by 2026 and 50亿元 by 2025: 额 and 金额 are one thing
        "ip_pledge_financing_amount": ("lower", 1 / 3, ["deadline: 2026-12-31 / 2025-12-31"]),
        # people of various kinds trained, counted in 人次
        "ip_training_person_times": ("higher", 2.0, ["comparator: gt / eq", "deadline: 2026-12-31 / 2025-12-31"]),
    },
    ("taixing", "sucheng"): {
        # 优势(示范)企业 and 示范优势企业 are one thing; 9 in all against 6 累计
        "national_ip_advantage_demo_enterprises": ("not_comparable", None, ["basis: level / cumulative"]),
        # 专利、商标等知识产权质押融资额 and 知识产权质押融资登记金额, both 累计
        "ip_pledge_financing_amount": ("lower", 0.5, ["comparator: ge / gt"]),
    },
}

SECTIONS = {
    ("taizhou", "nantong"): {
        ("0", "0"), ("1", "1"), ("2", "2"), ("3", "3"), ("3.1", "3.1"), ("3.2", "3.2"), ("3.3", "3.3"), ("3.4", "3.4"),
        ("3.5", "3.5"), ("4", "4"), ("4.1", "4.1"), ("4.1.1", "4.1.2"), ("4.2", "4.2"), ("4.2.4", "4.2.3"),
        ("4.2.5", "4.2.4"), ("4.2.6", "4.2.6"), ("4.3", "4.4"), ("4.3.8", "4.4.2"), ("4.3.9", "4.4.3"), ("4.4", "4.3"),
        ("4.4.10", "4.3.1"), ("4.4.13", "4.3.4"), ("4.5", "4.5"), ("4.5.14", "4.5.1"), ("4.5.15", "4.6.1"), ("5", "5"),
        ("5.1", "5.1"), ("5.2", "5.2"), ("5.3", "5.4"), ("6", "6"), ("6.1", "6.1"), ("6.2", "6.2"), ("6.3", "6.3"),
    },
    ("taixing", "sucheng"): {
        ("0", "0"), ("1.1", "1"), ("1.2", "2"), ("1.3", "3"), ("1.3.1", "3.1"), ("1.3.3", "3.3"), ("1.3.4", "3.4"),
        ("2", "4"), ("2.2", "4.2"), ("2.2.4", "4.2.3"), ("2.3", "4.3"), ("2.3.8", "4.3.6"), ("2.4", "4.4"),
        ("2.4.10", "4.4.10"), ("2.5", "4.5"), ("2.5.12", "4.5.14"), ("2.5.13", "4.5.15"), ("3", "5"), ("3.1", "5.1"),
        ("3.2", "5.2"), ("3.4", "5.3"), ("4", "6"), ("4.1", "6.1"), ("4.3", "6.2"), ("4.4", "6.3"),
    },
}  # fmt: skip

PHASES = {
    ("taizhou", "nantong"): {("5.1", "5.1"), ("5.2", "5.2"), ("5.3", "5.4"), (None, "5.3")},
    ("taixing", "sucheng"): {("3.1", "5.1"), ("3.2", "5.2"), ("3.3", None), ("3.4", "5.3")},
}


@pytest.mark.parametrize("pair", TARGETS)
def test_targets(pair: tuple[str, str]) -> None:
    rows = diff(gold_plan(pair[0]), gold_plan(pair[1])).targets
    paired = {
        r.indicator_id: (r.relation, r.ratio and pytest.approx(r.ratio, 1e-4), r.reasons) for r in rows if r.a and r.b
    }
    assert paired == TARGETS[pair]


@pytest.mark.parametrize("pair", SECTIONS)
def test_sections(pair: tuple[str, str]) -> None:
    rows = diff(gold_plan(pair[0]), gold_plan(pair[1])).sections
    assert {(r.a.id, r.b.id) for r in rows if r.a and r.b} == SECTIONS[pair]


@pytest.mark.parametrize("pair", PHASES)
def test_phases(pair: tuple[str, str]) -> None:
    rows = diff(gold_plan(pair[0]), gold_plan(pair[1])).phases
    assert {(r.a and r.a.section, r.b and r.b.section) for r in rows} == PHASES[pair]


def test_the_targets_that_all_other_pairs_of_plans_share() -> None:
    shared = {
        (x, y): {r.indicator_id for r in diff(gold_plan(x), gold_plan(y)).targets if r.a and r.b}
        for x, y in combinations(NAMES, 2)
        if (x, y) not in TARGETS
    }
    amount, enterprises = "ip_pledge_financing_amount", "national_ip_advantage_demo_enterprises"
    assert shared == {
        ("taizhou", "taixing"): {
            amount, enterprises, "invention_patents_in_force", "valid_trademarks", "patent_standard_enterprises",
            "ip_service_agencies", "ip_training_person_times",
        },
        ("taizhou", "sucheng"): {amount, enterprises},
        ("taizhou", "changzhou-xinbei"): {amount, enterprises, "valid_trademarks", "ip_service_agencies"},
        ("nantong", "taixing"): {amount, "ip_training_person_times"},
        ("nantong", "sucheng"): {
            amount, "high_value_invention_patents_per_10k", "ip_protection_satisfaction", "ip_standard_entities",
            "patent_attorneys",
        },
        ("nantong", "changzhou-xinbei"): {amount, "madrid_trademarks"},
        ("taixing", "changzhou-xinbei"): {
            amount, enterprises, "invention_patents_per_10k", "valid_trademarks", "ip_service_agencies",
        },
        ("sucheng", "changzhou-xinbei"): {amount, enterprises, "ip_service_professionals"},
    }  # fmt: skip


def test_yearly_milestones_are_one_series() -> None:
    rows = diff(gold_plan("taixing"), gold_plan("changzhou-xinbei")).targets
    row = next(r for r in rows if r.indicator_id == "invention_patents_per_10k")
    assert [t.value for t in row.b] == [82, 86, 90, 92, 92]
    assert [str(t.deadline) for t in row.b][-1] == "2025-12-31"
    assert (row.relation, row.ratio) == ("higher", pytest.approx(92 / 29, 1e-4))


def test_a_different_unit_is_not_comparable() -> None:
    rows = diff(gold_plan("nantong"), gold_plan("sucheng")).targets
    row = next(r for r in rows if r.indicator_id == "ip_protection_satisfaction")
    assert (row.relation, row.ratio) == ("not_comparable", None)
    assert "unit: % / 分" in row.reasons
