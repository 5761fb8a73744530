"""Plan → YAML, JSON, JSONL → plan: the same plan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ipplan import (
    Agency,
    Assignment,
    Baseline,
    Citation,
    Commitment,
    Diagnostic,
    Meta,
    Period,
    Phase,
    Plan,
    Region,
    Section,
    Source,
    Target,
    export,
    load,
    parse,
)
from support import FIXTURES, source_of

FORMATS = ["yaml", "json", "jsonl"]

#: Texts that YAML would take for something else.
TRICKY = [
    "", " ", "1", "1.3", "4.2.4", "0o17", "1_000", "1:30", "2024-05-31", "null", "~", "true", "no", "是", "- a", "a: b", "#x", "&a", "*a", "!x",
    "'", '"', "\\", "a\nb", "a\tb", "\u00a0", "\u3000x", "\u2028", "\x85", "\ufeff", "\U00020000", "%", "@", "`", "[", "{", "}", ",", "?", "|", ">",
    "x" * 500, "\x00", "\x7f", "<<", "=", ".inf", "1e3",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
MAYBE = st.none() | TEXT
DATE = st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
SPAN = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7))
LINE = st.integers(1, 10**6)
NUMBER = st.one_of(
    st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)
)


TARGET = st.builds(
    Target, indicator=TEXT, indicator_id=MAYBE, action=MAYBE, value=NUMBER, value_max=st.none() | NUMBER, unit=TEXT,
    baseline=st.none() | st.builds(Baseline, value=NUMBER, date=DATE), deadline=DATE, quote=TEXT, span=SPAN, line=LINE,
)  # fmt: skip
SECTION = st.builds(
    Section, id=TEXT, marker=MAYBE, level=st.integers(1, 9), title=MAYBE, text=st.lists(TEXT, max_size=2), targets=st.lists(TARGET, max_size=2),
    commitments=st.lists(st.builds(Commitment, kind=st.sampled_from(["zero", "establish"]), deadline=DATE, quote=TEXT, span=SPAN, line=LINE), max_size=1),
    assignments=st.lists(
        st.builds(Assignment, role=st.sampled_from(["lead", "support"]), agencies=st.lists(st.builds(Agency, name=TEXT, raw=TEXT), max_size=2), span=SPAN, line=LINE),
        max_size=1,
    ),
    phase=st.none() | st.builds(Phase, name=MAYBE, start=DATE, end=DATE, span=SPAN, line=LINE), span=SPAN, line=LINE, children=st.just([]),
)  # fmt: skip
PLAN = st.builds(
    Plan,
    source=st.builds(Source, name=TEXT, format=TEXT, sha256=TEXT, chars=LINE),
    meta=st.builds(
        Meta, title=MAYBE, issuers=st.lists(TEXT, max_size=2), issued_on=DATE, citations=st.lists(st.builds(Citation, title=TEXT, doc_number=MAYBE), max_size=2),
        region=st.none() | st.builds(Region, name=TEXT, code=MAYBE, level=st.just("zone")), period=st.none() | st.builds(Period, start=DATE, end=DATE),
    ),
    sections=st.lists(SECTION.flatmap(lambda s: st.just(s.model_copy(update={"children": [s]}))), max_size=2),
    diagnostics=st.lists(st.builds(Diagnostic, code=TEXT, severity=st.just("info"), message=TEXT, span=st.none() | SPAN), max_size=2),
)  # fmt: skip


@given(st.lists(PLAN, min_size=1, max_size=3), st.sampled_from(FORMATS), st.booleans())
def test_any_plan(plans: list[Plan], format: str, full: bool) -> None:
    text = export(plans, format, full=full)
    assert load(text) == plans
    assert export(load(text), format, full=full) == text


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("full", [False, True])
def test_the_fixtures(name: str, format: str, full: bool, tmp_path: Path) -> None:
    plan = parse(source_of(name), full=full)
    text = export([plan], format, full=full)
    path = tmp_path / f"plan.{format}"
    path.write_bytes(text.encode())
    assert load(path) == [plan]
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())  # as an editor may leave it
    assert load(path) == [plan]


def test_yaml_is_for_people() -> None:
    text = export([parse(source_of("taizhou"))])
    assert text.isprintable() or "\n" in text
    assert "知识产权" in text
    assert "\\u" not in text
    assert "null" not in text
    assert "[]" not in text
    assert "&id" not in text
    keys = [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    assert keys == ["schema", "source", "meta", "sections", "diagnostics"]
    assert yaml.safe_load(text)["meta"]["period"]["end"] == dt.date(2026, 12, 31)


def test_integral_numbers_have_no_fraction() -> None:
    target = Target(indicator="专利", value=23000.0, unit="件", quote="专利2.3万件", span=(0, 7), line=1)
    assert target.value == 23000
    assert isinstance(target.value, int)


def test_plans_cannot_be_changed() -> None:
    plan = parse("一、甲\n推进。")
    with pytest.raises(ValueError, match="frozen"):
        plan.meta.title = "x"  # type: ignore[misc]
