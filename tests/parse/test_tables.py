"""Tables: the same targets out of every form of an indicator table, assignments out of task tables, nothing out of others."""

from __future__ import annotations

import io
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import docx, p
from ipplan import Plan, parse
from ipplan.parse import parse_with_ledger
from ipplan.parse.tables.heads import head_of
from ipplan.parse.tables.indicators import read_name
from ipplan.parse.tables.units import is_unit, read_unit
from ipplan.parse.tables.values import read_value
from ipplan.text import SourceText, fold
from support import ROOT, codes, walk

HEAD = "某市知识产权“十四五”规划\n一、总体要求\n（一）主要目标。到2025年，知识产权强市建设取得成效。\n专栏1 主要指标\n"
TAIL = (
    "二、重点任务\n（一）加强保护。加强专利、商标保护，完善保护体系。\n（二）促进运用。推进专利转化运用，完善服务。\n"
)
ROWS = [
    ["序号", "指标", "单位", "2020年", "2025年", "年均增长", "属性"],
    ["1", "每万人口高价值发明专利拥有量", "件", "6.3", "12", "——", "预期性"],
    ["2", "知识产权质押融资额", "亿元", "20.5", "＞60", "15%", "预期性"],
    ["3", "专利侵权纠纷结案率", "%", "——", "≥90", "——", "约束性"],
    ["4", "培训人次", "人次", "——", "[累计达到1000]", "——", "预期性"],
    ["5", "贯标企业", "家", "100", "200左右", "——", "预期性"],
]
#: indicator, comparator, value, unit, basis, nature, baseline
WANT = [
    ("每万人口高价值发明专利拥有量", "eq", 12, "件", "level", "expected", 6.3),
    ("知识产权质押融资额", "gt", 6_000_000_000, "元", "level", "expected", 2_050_000_000),
    ("知识产权质押融资额", "eq", 15, "%", "growth", "expected", None),
    ("专利侵权纠纷结案率", "ge", 90, "%", "level", "binding", None),
    ("培训人次", "eq", 1000, "人次", "cumulative", "expected", None),
    ("贯标企业", "approx", 200, "家", "level", "expected", 100),
]


def facts(plan: Plan) -> list[tuple[Any, ...]]:
    return [
        (t.indicator, t.comparator, t.value, t.unit, t.basis, t.nature, t.baseline.value if t.baseline else None)
        for s in walk(plan.sections)
        for t in s.targets
    ]


def duties(plan: Plan) -> list[tuple[str, str, list[str], str]]:
    return [
        (s.id, a.role, [u.name for u in a.agencies], str(a.deadline))
        for s in walk(plan.sections)
        for a in s.assignments
    ]


def checked(source: str | bytes, name: str = "plan.txt") -> Plan:
    """The plan, its spans and deadlines checked; nothing of the text may be lost."""
    plan = parse(source.encode() if isinstance(source, str) else source, name=name)
    if isinstance(source, str):
        format = "md" if name.endswith(".md") else "txt"
        for target in (t for s in walk(plan.sections) for t in s.targets):
            assert source[slice(*target.span)] == target.quote
            assert target.line == source[: target.span[0]].count("\n") + 1
        _, ledger = parse_with_ledger(SourceText(source, format=format))
        assert ledger is not None
        assert not ledger.unaccounted()
    return plan


def html_table(rows: list[list[str]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows) + "</table>"


def page(table: str) -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in HEAD.splitlines())
    tail = "".join(f"<p>{line}</p>" for line in TAIL.splitlines())
    return f"<html><body><div id='zoom'>{lines}{table}{tail}</div></body></html>".encode()


def word(rows: list[list[str]]) -> bytes:
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{p(c)}</w:tc>" for c in r) + "</w:tr>" for r in rows)
    before, behind = ("".join(map(p, text.splitlines())) for text in (HEAD, TAIL))
    return docx(f"{before}<w:tbl>{cells}</w:tbl>{behind}")


def markdown(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


TORN = [["每万人口高价值", "发明专利拥有量"], ["[累计达到", "1000]"], ["200", "左右"]]


def torn(rows: list[list[str]]) -> str:
    text = "\n".join(cell for row in rows for cell in row) + "\n"
    for a, b in TORN:
        text = text.replace(a + b, f"{a}\n{b}")
    return text


FORMS: dict[str, tuple[str | bytes, str]] = {
    "tab": (HEAD + "".join("\t".join(row) + "\n" for row in ROWS) + TAIL, "plan.txt"),
    "tabs doubled": (HEAD + "".join("\t\t".join(row) + "\n" for row in ROWS) + TAIL, "plan.txt"),
    "pipes": (HEAD + "".join("|".join(row) + "\n" for row in ROWS) + TAIL, "plan.txt"),
    "wide blanks": (HEAD + "".join("    ".join(row) + "\n" for row in ROWS) + TAIL, "plan.txt"),
    "ideographic blanks": (HEAD + "".join("　　".join(row) + "\n" for row in ROWS) + TAIL, "plan.txt"),
    "single blanks": (HEAD + "".join(" ".join(row) + "\n" for row in ROWS) + TAIL, "plan.txt"),
    "markdown": (HEAD + markdown(ROWS) + TAIL, "plan.md"),
    "markdown in txt": (HEAD + markdown(ROWS) + TAIL, "plan.txt"),
    "one cell per line": (HEAD + "".join(cell + "\n" for row in ROWS for cell in row) + TAIL, "plan.txt"),
    "one cell per line, blank lines": (HEAD + "".join(cell + "\n\n" for row in ROWS for cell in row) + TAIL, "plan.txt"),
    "one cell per line, CRLF": ((HEAD + torn(ROWS) + TAIL).replace("\n", "\r\n"), "plan.txt"),
    "one cell per line in md": (HEAD + "".join(cell + "\n" for row in ROWS for cell in row) + TAIL, "plan.md"),
    "torn": (HEAD + torn(ROWS) + TAIL, "plan.txt"),
    "rows on two lines": (HEAD + "".join(" ".join(r[:4]) + "\n" + " ".join(r[4:]) + "\n" for r in ROWS) + TAIL, "plan.txt"),
    "html": (page(html_table(ROWS)), "plan.html"),
    "docx": (word(ROWS), "plan.docx"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_same_targets_from_every_form(form: str) -> None:
    source, name = FORMS[form]
    plan = checked(source, name)
    assert facts(plan) == WANT
    targets = [(s.id, t) for s in walk(plan.sections) for t in s.targets]
    assert {i for i, _ in targets} == {"1.1"}
    assert {(str(t.deadline), t.deadline_from) for _, t in targets} == {("2025-12-31", "text")}
    assert all(t.quote.startswith(t.indicator[:7]) for _, t in targets)
    assert targets[0][1].indicator_id == "high_value_invention_patents_per_10k"
    assert "IPP402" not in codes(plan)
    rows = [text for s in walk(plan.sections) for text in s.text if "\t" in text]
    assert [row.split("\t") for row in rows] == ROWS if name != "plan.docx" and "blanks" not in form else rows


def test_pdf() -> None:
    pytest.importorskip("pdfplumber")
    pytest.importorskip("reportlab")
    sys.path.insert(0, str(ROOT / "fixtures"))
    import render_pdf
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont(render_pdf.FONT, 10)
    for k, line in enumerate(HEAD.splitlines()):
        canvas.drawString(60, 780 - 20 * k, line)
    edges = [60, 90, 250, 300, 350, 440, 490, 540]
    canvas.grid(edges, [690 - 30 * k for k in range(len(ROWS) + 1)])
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            canvas.drawString(edges[c] + 3, 670 - 30 * r, text)
    canvas.save()
    assert facts(parse(out.getvalue())) == WANT


def test_merged_heads_names_and_natures() -> None:
    table = """<table>
    <tr><td rowspan=2>类别</td><td rowspan=2>指标名称（单位）</td><td rowspan=2>现状值</td><td colspan=2>目标值</td><td rowspan=2>属性</td></tr>
    <tr><td>2023年</td><td>2025年</td></tr>
    <tr><td rowspan=2>创造</td><td>发明专利拥有量（件）</td><td>100</td><td>150</td><td>200</td><td rowspan=2>约束性</td></tr>
    <tr><td>其中：高价值发明专利拥有量（件）</td><td>10</td><td>15</td><td>20</td></tr>
    <tr><td>运用</td><td>新增专利许可（次）</td><td>/</td><td>—</td><td>30</td><td>预期性</td></tr>
    </table>"""
    plan = parse(page(table))
    assert facts(plan) == [
        ("发明专利拥有量", "eq", 150, "件", "level", "binding", 100),
        ("发明专利拥有量", "eq", 200, "件", "level", "binding", 100),
        ("高价值发明专利拥有量", "eq", 15, "件", "level", "binding", 10),
        ("高价值发明专利拥有量", "eq", 20, "件", "level", "binding", 10),
        ("专利许可", "eq", 30, "次", "increment", "expected", None),
    ]
    dates = [str(t.deadline) for s in walk(plan.sections) for t in s.targets]
    assert dates == ["2023-12-31", "2025-12-31"] * 2 + ["2025-12-31"]
    assert [t.action for s in walk(plan.sections) for t in s.targets][-1] == "新增"


def test_values_without_a_year_take_that_of_the_caption() -> None:
    rows = "指标\t单位\t基期\t目标值\n发明专利拥有量\t件\t100\t200\n"
    plan = checked(HEAD.replace("专栏1 主要指标", "专栏1 “十四五”主要指标") + rows + TAIL)
    (target,) = [t for s in walk(plan.sections) for t in s.targets]
    assert (str(target.deadline), target.deadline_from) == ("2025-12-31", "section")
    assert target.baseline
    assert target.baseline.date is None


def test_groups_of_a_flattened_table() -> None:
    cells = "指标 2020年 2025年 年均/累计 属性 创新发展 研发经费投入增长（%） - - >7 预期性 发明专利拥有量（件） 6.3 12 - 预期性 民生福祉 城镇新增就业（万人） - - [20] 预期性"
    plan = checked(HEAD + cells.replace(" ", "\n") + "\n" + TAIL)
    assert [(t[0], t[2], t[4]) for t in facts(plan)] == [
        ("研发经费投入", 7, "growth"),
        ("发明专利拥有量", 12, "level"),
        ("城镇新增就业", 200_000, "cumulative"),
    ]


def test_the_head_is_repeated_on_the_next_page() -> None:
    cells = [cell for row in [*ROWS[:3], ROWS[0], *ROWS[3:]] for cell in row]
    assert facts(checked(HEAD + "\n".join(cells[:21]) + "\n— 3 —\n" + "\n".join(cells[21:]) + "\n" + TAIL)) == WANT


TASKS = [
    ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
    ["1", "加强保护", "市市场监管局", "市公安局、市法院", "2025年12月底"],
    ["2", "（二）促进运用", "市科技局", "市财政局", "长期"],
    ["3", "其他工作，培育优势企业100家。", "市发改委", "", "2024年6月"],
]
DUTIES = [
    ("2.1", "lead", ["市市场监管局"], "2025-12-31"),
    ("2.1", "support", ["市公安局", "市法院"], "2025-12-31"),
    ("2.2", "lead", ["市科技局"], "None"),
    ("2.2", "support", ["市财政局"], "None"),
    ("annex1", "lead", ["市发改委"], "2024-06-30"),
]


@pytest.mark.parametrize("form", ["tab", "md", "html", "docx"])
def test_tasks(form: str) -> None:
    annex = "附件\n任务分工表\n"
    if form == "tab":
        plan = checked(HEAD + TAIL + annex + "".join("\t".join(row) + "\n" for row in TASKS))
    elif form == "md":
        plan = checked(HEAD + TAIL + annex + markdown(TASKS), "plan.md")
    elif form == "html":
        lines = "".join(f"<p>{line}</p>" for line in (HEAD + TAIL + annex).splitlines())
        plan = parse(f"<html><body><div id='zoom'>{lines}{html_table(TASKS)}</div></body></html>".encode())
    else:
        cells = "".join("<w:tr>" + "".join(f"<w:tc>{p(c)}</w:tc>" for c in r) + "</w:tr>" for r in TASKS)
        plan = parse(docx("".join(map(p, (HEAD + TAIL + annex).splitlines())) + f"<w:tbl>{cells}</w:tbl>"))
    assert duties(plan) == DUTIES
    assert [(t.indicator, str(t.deadline), t.deadline_from) for s in walk(plan.sections) for t in s.targets] == [
        ("优势企业", "2024-06-30", "assignment")
    ]
    assert plan.sections[-1].title == "任务分工表"


@pytest.mark.parametrize(
    ("task", "section"),
    [("加强保护", "2.1"), ("1.加强保护。完善体系", "2.1"), ("二（一）", "2.1"), ("二、（二）", "2.2"), ("加强", "annex1"),
     ("加强保护和运用", "annex1"), ("2.1", "annex1"), ("九（九）", "annex1")],
)  # fmt: skip
def test_a_task_is_a_section_only_if_that_is_sure(task: str, section: str) -> None:
    plan = parse(HEAD + TAIL + f"附件\n任务分工表\n序号\t重点任务\t责任单位\n1\t{task}\t市科技局\n2\t其余\t市财政局\n")
    assert duties(plan)[0][0] == section


def test_cell_that_reaches_down() -> None:
    table = (
        html_table(TASKS[:3])
        .replace("<td>市科技局</td>", "")
        .replace("<td>市市场监管局</td>", "<td rowspan=2>市市场监管局</td>")
    )
    lines = "".join(f"<p>{line}</p>" for line in (HEAD + TAIL + "附件\n任务分工表\n").splitlines())
    plan = parse(f"<html><body><div id='zoom'>{lines}{table}</div></body></html>".encode())
    assert [d for d in duties(plan) if d[1] == "lead"] == [
        ("2.1", "lead", ["市市场监管局"], "2025-12-31"),
        ("2.2", "lead", ["市市场监管局"], "None"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "项目名称\t建设内容\t总投资（万元）\t2025年投资\n保护中心\t建设5个工作站\t500\t100\n",
        "地区\t2020年\t2025年\n宿豫区\t100\t200\n泗阳县\t50\t80\n",
        "姓名\t单位\t职务\n张三\t市科技局\t局长\n",
        "指标\t2018年\t2019年\n发明专利拥有量（件）\t100\t200\n",
        "指标\n单位\n2020年\n2025年\n属性\n加强领导\n完善体系\n",
        "指标\n2020年\n2025年\n发明专利\n拥有数\n100\n",
    ],
)
def test_not_read(table: str) -> None:
    plan = checked(HEAD + table + TAIL)
    assert not facts(plan)
    assert not duties(plan)
    assert [s.id for s in walk(plan.sections)] == ["1", "1.1", "2", "2.1", "2.2"]


def test_numbers_in_cells_are_no_headings() -> None:
    rows = "指标\t2020年\t2025年\n1.发明专利（件）\t1\t2\n一、商标\t\t\n（一）商标注册量（件）\t3\t4\n"
    plan = checked(HEAD + rows + TAIL)
    assert [s.id for s in walk(plan.sections)] == ["1", "1.1", "2", "2.1", "2.2"]
    assert [t[0] for t in facts(plan)] == ["发明专利", "商标注册量"]


def test_a_row_whose_name_is_not_sure_stays_text() -> None:
    plan = checked(
        HEAD
        + "指标\n2020年\n2025年\n属性\n某某工程\n某某事项\n1\n2\n预期性\n发明专利拥有量（件）\n3\n4\n预期性\n"
        + TAIL
    )
    assert [t[0] for t in facts(plan)] == ["发明专利拥有量"]
    assert "IPP402" in codes(plan)


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("12", ("eq", "12", None, None)), ("1,234.5", ("eq", "1234.5", None, None)), ("＞80", ("gt", "80", None, None)), ("≥ 90", ("ge", "90", None, None)),
        ("<15", ("lt", "15", None, None)), ("10左右", ("approx", "10", None, None)), ("95%以上", ("ge", "95", "%", None)), ("[5]", ("eq", "5", None, None)),
        ("〔累计达到1000〕", ("eq", "1000", None, "cumulative")), ("年均增长6%", ("eq", "6", "%", "growth")), ("2.3万", ("eq", "23000", None, None)),
        ("150亿元", ("eq", "15000000000", "元", None)), ("提高5个百分点", ("eq", "5", "百分点", "growth")), ("-10%", ("eq", "10", "%", None)), ("100①", ("eq", "100", None, None)),
        (">7、力争高于“十三五”", ("gt", "7", None, None)), ("10-15", ("range", "10", None, None)), ("翻一番", ("eq", "1", "倍", "growth")), ("不低于3.5", ("ge", "3.5", None, None)),
        ("5个", ("eq", "5", "个", None)), ("23.04〔1.38〕", ("eq", "23.04", None, None)), ("100（累计）", ("eq", "100", None, "cumulative")),
        ("——", None), ("-", None), ("/", None), ("", None), ("保持稳定", None), ("见注2", None), ("1.空气质量", None), ("2025年", ("eq", "2025", "年", None)),
        ("15.74 15左右", None), ("约束性", None), ("3岁以下婴幼儿", None), ("5G基站", None), ("100强企业", None), ("[5", None),
    ],
)  # fmt: skip
def test_cells(cell: str, want: tuple[str, str, str | None, str | None] | None) -> None:
    value = read_value(fold(cell), 0, len(cell))
    assert (value and (value.comparator, value.value, value.unit, value.basis)) == (
        want and (want[0], Decimal(want[1]), *want[2:])
    )


@pytest.mark.parametrize(
    ("head", "kind", "year"),
    [
        ("指 标", "name", None), ("指标名称（单位）", "name", None), ("序号", "serial", None), ("计量单位", "unit", None), ("2025年", "year", 2025),
        ("2020年（基期）", "base", 2020), ("2025年目标值", "target", 2025), ("“十四五”期末目标", "target", 2025), ("“十三五”末实际", "base", 2020), ("年均增长（%）", "growth", None),
        ("〔累计〕", "growth", None), ("2020年[累计]", "growth", 2020), ("指标属性", "nature", None), ("牵头单位", "lead", None), ("责任部门", "responsible", None),
        ("完成时限", "due", None), ("2025年投资（万元）", "", None), ("备注", "other", None), ("建设内容和规模", "", None), ("宿豫区", "", None), ("", "", None),
    ],
)  # fmt: skip
def test_heads(head: str, kind: str, year: int | None) -> None:
    read = head_of(fold(head))
    assert (read.kind, read.year if read.kind else None) == (kind, year)


@pytest.mark.parametrize(
    ("unit", "name", "want"),
    [
        ("件", "", (1, "件")), ("万件", "", (10_000, "件")), ("亿元", "", (10**8, "元")), ("万千瓦", "", (10_000, "千瓦")), ("千瓦", "", (1, "千瓦")), ("个百分点", "", (1, "百分点")),
        ("件/万人", "每万人口发明专利拥有量", (1, "件")), ("件/万人", "发明专利密度", (1, "件/万人")), ("万元/人", "人均可支配收入", (10_000, "元")), ("%", "", (1, "%")), ("——", "", None),
    ],
)  # fmt: skip
def test_units(unit: str, name: str, want: tuple[int, str] | None) -> None:
    read = read_unit(fold(unit), name)
    assert (read and (int(read[0]), read[1])) == want


@pytest.mark.parametrize(
    ("text", "sure"),
    [("万件", True), ("件/万人", True), ("GDP", False), ("件数", False), ("PCT", False), ("%", True), ("", False)],
)
def test_sure_units(text: str, sure: bool) -> None:
    assert is_unit(text) is sure


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("1.发明专利拥有量（件）①", ("发明专利拥有量", "件", None, None)), ("其中：高价值发明专利", ("高价值发明专利", None, None, None)), ("全市新增注册商标（万件）", ("注册商标", "万件", "increment", "新增")),
        ("单位GDP能源消耗降低（%）", ("单位GDP能源消耗", "%", "reduction", None)), ("国内生产总值（GDP）增长（%）", ("国内生产总值（GDP）", "%", "growth", None)),
        ("培训人次（累计，人次）", ("培训人次", "人次", "cumulative", None)), ("培育优势企业（家）", ("优势企业", "家", None, "培育")), ("PCT 国际专利申请量", ("PCT 国际专利申请量", None, None, None)),
        ("每万人口高价值\n发明专利拥有量", ("每万人口高价值发明专利拥有量", None, None, None)), ("合计", None), ("12", None), ("约束性", None),
    ],
)  # fmt: skip
def test_names(cell: str, want: tuple[str, str | None, str | None, str | None] | None) -> None:
    folded = fold(cell)
    name = read_name(folded, cell, 0, len(cell))
    assert (name and (name.text, name.unit, name.basis, name.action)) == want


CELLS = st.sampled_from(
    ["指标", "序号", "单位", "2020年", "2025年", "目标值", "属性", "年均增长", "牵头单位", "任务", "完成时限", "发明专利拥有量（件）", "件", "1", "12.5", "〔", "〕", ">60",
     "约束性", "——", "———", "累计", "", " ", "加强保护", "市科技局", "专栏1", "一、", "（一）", "2025年12月"]
)  # fmt: skip
SEPARATORS = st.sampled_from(["\n", "\t", "  ", "|", " ", "\n\n", "\r\n"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(CELLS, SEPARATORS), max_size=60), st.sampled_from(["txt", "md"]))
def test_no_character_is_lost_in_any_table(cells: list[tuple[str, str]], format: str) -> None:
    raw = HEAD + "".join(a + b for a, b in cells) + "\n" + TAIL
    plan, ledger = parse_with_ledger(SourceText(raw, format=format))
    assert ledger is not None
    assert [raw[a:b] for a, b in ledger.unaccounted()] == []
    for target in (t for s in walk(plan.sections) for t in s.targets):
        assert raw[slice(*target.span)] == target.quote
        assert isinstance(target.value, int | float | Decimal)


def test_linear_time() -> None:
    rows = "".join(f"{k}\n发明专利拥有量（件）\n{k}\n{k + 1}\n预期性\n" for k in range(1, 400))
    plan = parse(HEAD + "序号\n指标\n2020年\n2025年\n属性\n" + rows + TAIL)
    assert len(facts(plan)) > 100
