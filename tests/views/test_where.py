"""Filters of the views: every operator, and a clear line for what cannot be read."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan.views.closed import CLOSED
from ipplan.views.rows import DUTIES, TARGETS, TIMELINE, Row
from ipplan.views.where import WhereError, keep


def row(**given: object) -> Row:
    base: Row = dict.fromkeys(TARGETS)
    base |= {
        "section": "4.2.1",
        "indicator": "有效发明专利拥有量",
        "value": 23000,
        "deadline": dt.date(2025, 12, 31),
        "unit": "件",
    }
    return {**base, **given}  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("filter", "fits"),
    [
        ("indicator~专利", True), ("indicator!~专利", False), ("indicator=有效发明专利拥有量", True), ("indicator!=商标", True), ("indicator~商标", False),
        ("section=4.2", True), ("section=4", True), ("section=4.2.1", True), ("section=4.2.10", False), ("section=4.21", False), ("section!=4.2", False),
        ("value>=100", True), ("value >= 2.3万", True), ("value>2.3万", False), ("value<23001", True), ("value<=23000", True), ("value=23,000", True),
        ("value!=1", True), ("value≥23000", True), ("value~23", True), ("deadline<=2025-12-31", True), ("deadline<2025-12-31", False),
        ("deadline>=2025", True), ("deadline<2026", True), ("deadline=2025", True), ("deadline=2025-12", True), ("deadline>2025", False), ("deadline!=2024", True),
        ("deadline<=2025年12月", True), ("action=", True), ("action!=", False), ("unit=", False), ("action=新增", False), ("value_max>1", False), ("value_max!=1", True),
        ("indicator~有效 ", True), ("unit＝件", False),
    ],
)  # fmt: skip
def test_filter(filter: str, fits: bool) -> None:
    if "＝" in filter:
        with pytest.raises(WhereError):
            keep([row()], [filter], TARGETS)
    else:
        assert bool(keep([row()], [filter], TARGETS)) is fits


@pytest.mark.parametrize(
    ("filter", "fits"),
    [
        ("basis=increment", True), ("basis=新增", True), ("basis = Increment", True), ("basis=累计", False), ("basis!=累计", True), ("basis!=新增", False),
        ("basis~新", True), ("basis~incr", True), ("basis~无", False), ("basis!~累", True), ("comparator=≥", True), ("comparator=ge", True), ("comparator=gt", False),
        ("frequency=每年", False), ("frequency!=每年", True), ("frequency=", True), ("commitment=确保", True), ("deadline_from=section", True), ("nature=约束性", False),
    ],
)  # fmt: skip
def test_fields_of_a_few_values(filter: str, fits: bool) -> None:
    one = row(basis="increment", comparator="ge", commitment="firm", deadline_from="section")
    assert bool(keep([one], [filter], TARGETS)) is fits


def test_every_value_has_its_place() -> None:
    from typing import get_args

    from ipplan import draft

    for field, values in (
        ("basis", draft.Basis), ("frequency", draft.Frequency), ("comparator", draft.Comparator), ("role", draft.AgencyRole),
        ("deadline_from", draft.DeadlineFrom),
    ):  # fmt: skip
        assert set(CLOSED[field]) == set(get_args(values))
    duty: Row = dict.fromkeys(DUTIES) | {"role": "lead"}
    assert keep([duty], ["role=牵头"], DUTIES) == [duty]
    with pytest.raises(WhereError, match="its values are period, phase, target, commitment, assignment"):
        keep([], ["kind=phases"], TIMELINE)


def test_filters_narrow() -> None:
    rows = [row(), row(value=5), row(section="3.1")]
    assert keep(rows, ["section=4", "value>10"], TARGETS) == [rows[0]]
    assert keep(rows, [], TARGETS) == rows


@pytest.mark.parametrize(
    ("filter", "says"),
    [
        ("colour=red", "no field 'colour'; fields are plan, section"),
        ("value", "expected field, operator"),
        ("", "expected field, operator"),
        ("value>=many", "value is a number; 'many' is none"),
        ("deadline<=soon", "deadline is a date such as 2025-12-31"),
        ("deadline<=2025-13-45", "deadline is a date"),
        ("deadline=9999999999", "deadline is a date"),
        ("indicator>=专利", "indicator is text"),
        ("value>=", "no value behind >="),
        ("basis=new", r"basis has no value 'new'; its values are increment \(新增\), cumulative \(累计\), "),
        ("frequency!=yearly", r"its values are annual \(每年\)"),
        ("=5", "no field ''"),
        ("value>=" + "9" * 5000, "value is a number"),
    ],
)
def test_what_cannot_be_read(filter: str, says: str) -> None:
    with pytest.raises(WhereError, match=says) as error:
        keep([], [filter], TARGETS)
    assert "\n" not in str(error.value)


@given(st.text(max_size=30))
def test_any_text(text: str) -> None:
    """Rows, or a clear line: nothing else."""
    with contextlib.suppress(WhereError):
        keep([row()], [text], TARGETS)
