"""The views: rows, their formats, the drawing of time, and why a section reads as it does."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.cells import cell_len

from ipplan import Target, parse
from ipplan.parse.explain import explain
from ipplan.text import SourceText
from ipplan.views.amounts import amount, number
from ipplan.views.bars import draw
from ipplan.views.rows import AGENCIES, TARGETS, TIMELINE, agency_rows, duty_rows, target_rows, timeline_rows
from ipplan.views.write import harmless, to_csv
from support import FIXTURES, source_of

Run = Callable[..., Any]
NANTONG, SUCHENG, TAIZHOU = map(source_of, ("nantong", "sucheng", "taizhou"))
VIEWS = ("targets", "agencies", "timeline")
COLUMNS = {"targets": TARGETS, "agencies": AGENCIES, "timeline": TIMELINE}


@pytest.mark.parametrize(
    ("value", "shown"),
    [(23000, "2.3万"), (15_000_000_000, "150亿"), (9999, "9999"), (12_345, "12345"), (100_000_000, "1亿"), (4.5, "4.5"), (0, "0"),
     (33.3333, "33.3333"), (123_400, "12.34万"), (1_000_000, "100万")],
)  # fmt: skip
def test_number(value: float, shown: str) -> None:
    assert number(value) == shown


def test_amount() -> None:
    def t(**more: Any) -> Target:
        return Target(**{"indicator": "甲", "value": 10, "unit": "件", "quote": "x", "span": (0, 1), "line": 1, **more})

    assert amount(t(comparator="ge")) == "≥10件"
    assert amount(t(value=30_560_000_000, unit="元")) == "305.6亿元"
    assert amount(t(value=1_200_000_000_000, unit="元")) == "1.2万亿元"
    assert amount(t(comparator="range", value_max=15, unit="%")) == "10%–15%"
    assert amount(t(comparator="range", value_max=20000, value=10000)) == "1万–2万件"


@pytest.mark.parametrize("name", FIXTURES)
def test_rows_are_complete(name: str) -> None:
    """Every target, every agency and every phase of a plan has its row."""
    from support import walk

    plan = parse(source_of(name))
    sections = list(walk(plan.sections))
    rows = target_rows([plan])
    assert [(r["indicator"], r["value"], r["line"]) for r in rows] == [
        (t.indicator, t.value, t.line) for s in sections for t in s.targets
    ]
    assert all(tuple(r) == TARGETS for r in rows)
    duties = duty_rows([plan])
    assert len(duties) == sum(len(a.agencies) for s in sections for a in s.assignments)
    for by in ("name", "department"):
        gathered = agency_rows(duties, by)
        assert sum(int(str(r[k])) for r in gathered for k in ("lead", "support", "responsible")) == len(duties)
        assert all(tuple(r) == AGENCIES for r in gathered)
    timeline = timeline_rows([plan])
    assert sum(r["kind"] == "phase" for r in timeline) == sum(s.phase is not None for s in sections)
    assert all(tuple(r) == TIMELINE for r in timeline)


@pytest.mark.parametrize("view", VIEWS)
def test_formats_agree(ipplan: Run, view: str) -> None:
    as_json = json.loads(ipplan(view, NANTONG, "-f", "json").out)
    as_yaml = yaml.safe_load(ipplan(view, NANTONG, "-f", "yaml").out)
    text = ipplan(view, NANTONG, "-f", "csv").out
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0] == list(COLUMNS[view])
    assert len(as_json) == len(as_yaml) == len(lines) - 1 > 0
    assert as_yaml == [{k: v for k, v in item.items() if v is not None} for item in as_json]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_table_fits(ipplan: Run, monkeypatch: pytest.MonkeyPatch, view: str, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = ipplan(view, NANTONG, SUCHENG)
    assert (ran.code, ran.err) == (0, "")
    assert max(cell_len(line) for line in ran.out.splitlines()) <= int(columns)


def test_filters(ipplan: Run) -> None:
    rows = json.loads(ipplan("targets", NANTONG, "-w", "indicator~专利", "-w", "value>=100", "-f", "json").out)
    assert rows
    assert all("专利" in r["indicator"] and r["value"] >= 100 for r in rows)
    rows = json.loads(ipplan("agencies", NANTONG, "--where", "role=lead", "-f", "json").out)
    assert rows
    assert all(r["lead"] and not r["support"] for r in rows)
    assert [r["lead"] for r in rows] == sorted((r["lead"] for r in rows), reverse=True)
    rows = json.loads(ipplan("timeline", NANTONG, "--where", "kind=phase", "-f", "json").out)
    assert len(rows) == 4


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("where", ["colour=red", "section", "line>=x", "plan>a"])
def test_bad_filter(ipplan: Run, view: str, where: str) -> None:
    ran = ipplan(view, SUCHENG, "--where", where)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith("ipplan: --where ")


def test_by_name(ipplan: Run) -> None:
    by_name = json.loads(ipplan("agencies", NANTONG, "--by", "name", "-f", "json").out)
    by_department = json.loads(ipplan("agencies", NANTONG, "-f", "json").out)
    assert "市市场监督管理局" in {r["agency"] for r in by_name}
    assert "市场监督管理局" in {r["agency"] for r in by_department}


def test_data_as_input(ipplan: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    assert ipplan("parse", NANTONG, "-o", path).code == 0
    for view in VIEWS:
        assert ipplan(view, path, "-f", "json").out == ipplan(view, NANTONG, "-f", "json").out


def test_output_file(ipplan: Run, tmp_path: Path) -> None:
    for format in ("table", "csv", "json", "yaml"):
        path = tmp_path / f"out.{format}"
        ran = ipplan("targets", TAIZHOU, "-f", format, "-o", path)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert path.read_text(encoding="utf-8") == ipplan("targets", TAIZHOU, "-f", format).out.replace("\r\n", "\n")
    assert "cannot be written" in ipplan("targets", TAIZHOU, "-o", tmp_path / "no" / "x.csv").line


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝x"])
def test_no_formula(text: str) -> None:
    assert harmless(text) == "'" + text
    assert next(csv.reader([to_csv([{"a": text}], ["a"]).splitlines()[1]])) if "\r" not in text else True


def test_no_formula_from_a_plan(ipplan: Run) -> None:
    body = "某市方案\n一、目标\n（一）=HYPERLINK(1)测试\n=cmd|专利拥有量达20件。（责任单位：@市科技局、市财政局）\n".encode()
    for view in VIEWS:
        for line in csv.reader(io.StringIO(ipplan(view, "-", "-f", "csv", stdin=body).out.removeprefix("\ufeff"))):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


@pytest.mark.parametrize("view", VIEWS)
def test_xlsx(ipplan: Run, tmp_path: Path, view: str) -> None:
    pytest.importorskip("xlsxwriter")
    one, two = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (one, two):
        assert ipplan(view, NANTONG, "-f", "xlsx", "-o", path).code == 0
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_xlsx_without_the_extra(ipplan: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ran = ipplan("targets", TAIZHOU, "-f", "xlsx", "-o", tmp_path / "x.xlsx")
    assert ran.code == 2
    assert "pip install 'ipplan[xlsx]'" in ran.line


@pytest.mark.parametrize("width", [40, 80, 200])
def test_bars(width: int) -> None:
    """No line is wider than asked for; a later phase begins no further left."""
    for name in FIXTURES:
        lines = draw(timeline_rows([parse(source_of(name))]), width, several=True)
        assert lines
        assert all(cell_len(line.text) <= width for line in lines)
        starts = [line.text.index("█") for line in lines if line.kind == "phase"]
        assert starts == sorted(starts)


def test_bars_open_and_long() -> None:
    base = dict.fromkeys(TIMELINE)
    rows: list[Any] = [
        {**base, "plan": "a", "kind": "phase", "label": "甲", "start": dt.date(2024, 1, 1), "end": None},
        {**base, "plan": "a", "kind": "phase", "label": "乙", "start": None, "end": dt.date(2400, 12, 31)},
    ]
    first, second = (line.text for line in draw(rows, 80, several=False) if line.kind == "phase")
    assert first.endswith("▶")
    assert "◀" in second
    assert draw([], 80, several=False) == []


@pytest.mark.parametrize("name", FIXTURES)
def test_why_explains_every_fact(name: str) -> None:
    """Every target, commitment, assignment and phase has a rule, and marks that lie inside its sentence."""
    raw = source_of(name).read_bytes().decode("utf-8")
    source = SourceText(raw)
    plan = parse(raw)
    for section, readings in explain(source, plan):
        facts = [*section.targets, *section.commitments, *section.assignments]
        assert len(readings) == len(facts) + (section.phase is not None)
        for reading in readings:
            assert reading.rule
            a, b = reading.sentence
            assert all(a <= mark.start < mark.end <= b for mark in reading.marks)
            if isinstance(reading.fact, Target):
                labels = {mark.label for mark in reading.marks}
                assert "value" in labels or "target" in labels


def test_why(ipplan: Run) -> None:
    ran = ipplan("why", TAIZHOU, "--at", "3.1")
    assert "[deadline 截至2026年末]" in ran.out.replace("\n", "")
    assert "[indicator1 有效发明专利拥有量]" in ran.out.replace("\n", "")
    assert "rule: noun quantity" in " ".join(ran.out.split())
    assert "专利标准创新人才" in ipplan("why", TAIZHOU, "--at", "line:22").out.replace("\n", "")
    assert "nothing was read" in ipplan("why", TAIZHOU, "--at", "1").out


@pytest.mark.parametrize(
    ("at", "says"),
    [("9.9", "no section 9.9"), ("line:99999", "no line 99999"), ("", "no section"), ("line:1", "in no section")],
)
def test_why_not(ipplan: Run, at: str, says: str) -> None:
    ran = ipplan("why", TAIZHOU, "--at", at)
    assert ran.code == 2
    assert says in ran.line


def test_why_wants_a_source(ipplan: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    ipplan("parse", TAIZHOU, "-o", path)
    assert "is data" in ipplan("why", path, "--at", "3.1").line
