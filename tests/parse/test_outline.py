"""Nesting comes from the order in which styles of numbering appear and reappear."""

from __future__ import annotations

import pytest

from ipplan import parse
from support import codes, ids, outline, walk

HEAD = "某市知识产权工作方案\n"


def tree(*lines: str) -> list[str]:
    """Ids of a plan of these numbered lines, each with a sentence below it."""
    return ids(HEAD + "".join(f"{line}\n推进知识产权强市建设。\n" for line in lines))


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        (["一、甲项任务", "二、乙项任务"], ["1", "2"]),
        (["一、甲项任务", "（一）乙项任务", "（二）丙项任务", "二、丁项任务"], ["1", "1.1", "1.2", "2"]),
        (
            ["一、甲项任务", "（一）乙项任务", "1.丙项任务", "（1）丁项任务", "①戊项任务", "②己项任务", "（2）庚项任务", "二、辛项任务"],
            ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1", "1.1.1.1.2", "1.1.1.2", "2"],
        ),
        # numbers run on through the chapters
        (
            ["一、甲项任务", "（一）乙项任务", "1.丙项任务", "2.丁项任务", "（二）戊项任务", "3.己项任务", "4.庚项任务"],
            ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.3", "1.2.4"],
        ),
        # they restart under each
        (
            ["一、甲项任务", "（一）乙项任务", "1.丙项任务", "2.丁项任务", "（二）戊项任务", "1.己项任务"],
            ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1"],
        ),
        # they go on under a new parent
        (
            ["一、甲项任务", "（一）乙项任务", "（二）丙项任务", "二、丁项任务", "（三）戊项任务", "（四）己项任务"],
            ["1", "1.1", "1.2", "2", "2.3", "2.4"],
        ),
        # they repeat
        (["一、甲项任务", "二、乙项任务", "二、丙项任务", "二、丁项任务"], ["1", "2", "2~2", "2~3"]),
        # they skip and begin late
        (["一、甲项任务", "三、乙项任务"], ["1", "3"]),
        (["一、甲项任务", "（三）乙项任务", "（四）丙项任务"], ["1", "1.3", "1.4"]),
        # a style is missing in one chapter
        (
            ["一、甲项任务", "（一）乙项任务", "1.丙项任务", "二、丁项任务", "1.戊项任务", "2.己项任务", "三、庚项任务", "（一）辛项任务"],
            ["1", "1.1", "1.1.1", "2", "2.1", "2.2", "3", "3.1"],
        ),
        # arabic numbers outside, Chinese ones inside
        (["1.甲项任务", "（1）乙项任务", "（2）丙项任务", "2.丁项任务"], ["1", "1.1", "1.2", "2"]),
        (["第一章 甲项任务", "第一节 乙项任务", "一、丙项任务", "第二节 丁项任务", "第二章 戊项任务"], ["1", "1.1", "1.1.1", "1.2", "2"]),
        # half-width, full-width, blanks inside
        (["一、甲项任务", "(一) 乙项任务", "( 二 )丙项任务", "（１）丁项任务", "二 、戊项任务"], ["1", "1.1", "1.2", "1.2.1", "2"]),
        # large numbers
        (["二十一、甲项任务", "二十二、乙项任务"], ["21", "22"]),
        # the outermost style is the one that comes first
        (["（一）甲项任务", "1.乙项任务", "（二）丙项任务"], ["1", "1.1", "2"]),
    ],
)  # fmt: skip
def test_nesting(lines: list[str], want: list[str]) -> None:
    assert tree(*lines) == want


def test_articles_under_chapters() -> None:
    text = "某市知识产权管理办法\n第一章 总则\n第一条 为规范管理，制定本办法。\n第二条 本办法适用于本市。\n第二章 管理\n第三条 市局应当建立制度。\n第三章 附则\n第四条 本办法自公布之日起施行。\n"
    assert ids(text) == ["1", "1.1", "1.2", "2", "2.3", "3", "3.4"]


def test_articles_without_chapters() -> None:
    text = (
        "某市知识产权管理办法\n第一条 为规范管理，制定本办法：\n（一）专利；\n（二）商标。\n第二条 本办法适用于本市。\n"
    )
    assert ids(text) == ["1", "1.1", "1.2", "2"]


def test_decimals() -> None:
    text = HEAD + "1 总则\n1.1 背景\n推进建设。\n1.2 目标\n推进建设。\n1.2.1 总目标\n推进建设。\n"
    assert [i for i in ids(text) if "2" in i][-1].endswith("1")
    assert {"IPP205"}.isdisjoint(codes(parse(text)))


def test_section_zero() -> None:
    plan = parse(HEAD + "根据上级要求，结合我市实际，制定本方案。\n一、总体要求\n推进建设。\n")
    assert plan.sections[0].id == "0"
    assert plan.sections[0].role == "preamble"
    assert plan.sections[0].text == ["根据上级要求，结合我市实际，制定本方案。"]


def test_no_headings_at_all() -> None:
    plan = parse(HEAD + "加强知识产权保护，促进知识产权运用。\n优化知识产权服务，强化知识产权监管。\n")
    (zero,) = plan.sections
    assert (zero.id, len(zero.text)) == ("0", 2)


def test_unnumbered_close_belongs_to_the_section_it_stands_in() -> None:
    plan = parse(HEAD + "一、任务\n（一）甲项任务\n推进建设。\n上述任务由各部门落实到位。\n二、保障\n加强领导。\n")
    assert [s.text for s in walk(plan.sections) if s.id == "1.1"] == [["推进建设。", "上述任务由各部门落实到位。"]]


@pytest.mark.parametrize(
    "line",
    [
        "一是加强领导，二是完善机制，三是强化保障。",
        "1.5亿千瓦装机容量全面建成投产。",
        "2024.6月底前完成全部工作。",
        "3.5件以上的目标如期实现。",
        "十大行动全面推进落实。",
        "第三方机构参与评估工作。",
        "第三条规定的情形另行处理。",
        "（一）至（三）项由市局负责。",
    ],
)
def test_no_heading(line: str) -> None:
    assert ids(f"{HEAD}一、总体要求\n推进建设。\n{line}\n二、任务\n加强保护。\n") == ["1", "2"]


def test_table_of_contents_is_not_read_twice() -> None:
    names = ["一、总体要求", "二、重点任务", "（一）强化创造", "（二）强化运用", "三、保障措施"]
    body = "".join(f"{n}\n推进知识产权强市建设。\n" for n in names)
    for toc in ("".join(f"{n}……{i}\n" for i, n in enumerate(names, 1)), "".join(f"{n}\n" for n in names)):
        plan = parse(HEAD + "目录\n" + toc + body)
        assert ids(plan) == ["1", "2", "2.1", "2.2", "3"]
        assert "IPP104" in codes(plan)
    assert "IPP104" not in codes(parse(HEAD + body))


def test_annexes() -> None:
    text = (
        HEAD + "一、总体要求\n推进建设。\n附件1\n某市任务分工表\n一、甲项任务\n推进建设。\n二、乙项任务\n推进建设。\n"
        "附件2\n某市联系名单\n1.甲项任务\n推进建设。\n"
    )
    plan = parse(text)
    assert ids(plan) == ["1", "annex1", "annex1.1", "annex1.2", "annex2", "annex2.1"]
    assert [(s.title, s.role) for s in plan.sections if s.id.startswith("annex")] == [
        ("某市任务分工表", "annex"),
        ("某市联系名单", "annex"),
    ]


def test_markdown_marks_do_not_decide_the_nesting() -> None:
    plain = HEAD + "一、甲项任务\n推进建设。\n（一）乙项任务\n推进建设。\n二、丙项任务\n推进建设。\n"
    marked = plain.replace("一、甲", "# 一、甲").replace("（一）", "# （一）").replace("二、丙", "### 二、丙")
    assert outline(marked) == outline(plain)


@pytest.mark.parametrize(
    ("lines", "want"),
    [
        (["一、甲", "二、乙", "三、丙"], []),
        (["一、甲", "一、乙"], ["IPP202"]),
        (["一、甲", "三、乙"], ["IPP203"]),
        (["二、甲", "三、乙"], ["IPP203"]),
        (["一、甲", "（一）乙", "二、丙", "（二）丁"], []),
        (["一、甲", "（一）乙", "二、丙", "（三）丁"], ["IPP203"]),
    ],
)
def test_numbering_is_watched(lines: list[str], want: list[str]) -> None:
    plan = parse(HEAD + "".join(f"{line}项任务\n推进建设。\n" for line in lines))
    assert [c for c in codes(plan) if c in ("IPP202", "IPP203")] == want
