"""Which words of a numbered paragraph are its title."""

from __future__ import annotations

import pytest

from ipplan import Section, parse
from support import walk

LONG = "把握发展机遇，完善政策体系，优化服务供给，健全工作机制，提升创造质量，加大保护力度，促进转化运用，支撑经济社会高质量发展。"


def read(*lines: str) -> list[Section]:
    plan = parse("某市知识产权工作方案\n一、总体要求\n" + "\n".join(lines) + "\n")
    return [s for s in walk(plan.sections) if s.id.startswith("1.")]


def test_heading_line() -> None:
    (s,) = read("（一）指导思想", LONG)
    assert (s.marker, s.title, s.text) == ("（一）", "指导思想", [LONG])


@pytest.mark.parametrize("end", ["。", "。 "])
def test_run_in(end: str) -> None:
    first, second = read(f"（一）坚持高质量发展{end}{LONG}", f"（二）坚持创新引领{end}{LONG}")
    assert (first.title, first.text) == ("坚持高质量发展", [LONG])
    assert (second.title, second.text) == ("坚持创新引领", [LONG])


def test_run_in_with_a_colon() -> None:
    (s,) = read(f"（一）总体目标：{LONG}{LONG}")
    assert (s.title, s.text) == ("总体目标", [LONG + LONG])


def test_run_in_of_forty_characters_at_most() -> None:
    title = "加快构建权界清晰、分工合理、责权一致、运转高效、法治保障的知识产权治理新体系新格局"
    (s,) = read(f"（一）{title[:40]}。{LONG}")
    assert s.title == title[:40]
    (s,) = read(f"（一）{title[:40]}全面统筹推进各项工作落实。{LONG}")
    assert s.title is None
    assert s.text[0].startswith(title[:40])


def test_item_that_is_one_statement_has_no_title() -> None:
    for s in read("（一）加强知识产权保护。", "（二）促进知识产权运用。", "（三）优化知识产权服务。"):
        assert s.title is None
        assert len(s.text) == 1


def test_statement_with_children_has_a_title() -> None:
    sections = read(
        "（一）加强知识产权保护。",
        "1.完善制度。",
        "2.强化执法。",
        "（二）促进知识产权运用。",
        "1.培育专利。",
        "2.推进交易。",
    )
    assert [s.title for s in sections] == ["加强知识产权保护", None, None, "促进知识产权运用", None, None]


def test_row_of_parallel_statements_has_no_title() -> None:
    (s,) = read("（一）完善知识产权政策制度。健全知识产权工作机制。优化知识产权公共服务。强化知识产权行政执法。")
    assert s.title is None


@pytest.mark.parametrize(
    "article", ["第一条【适用范围】本办法适用于本市行政区域。", "第一条 【适用范围】 本办法适用于本市行政区域。"]
)
def test_title_of_an_article(article: str) -> None:
    plan = parse(f"某市知识产权管理办法\n{article}\n第二条 本办法自公布之日起施行。\n")
    first, second = plan.sections
    assert (first.title, first.text) == ("适用范围", ["本办法适用于本市行政区域。"])
    assert second.title is None


def test_responsibility_is_no_part_of_title_or_text() -> None:
    (s,) = read("（一）强化保护（责任单位：市市场监管局）", LONG)
    assert s.title == "强化保护"
    (s,) = read(f"（一）强化保护。{LONG}（责任单位：市市场监管局）")
    assert (s.title, s.text) == ("强化保护", [LONG])


@pytest.mark.parametrize("blank", ["", " ", "　", "\u00a0"])
def test_blank_behind_the_marker(blank: str) -> None:
    (s,) = read(f"（一）{blank}指导思想", LONG)
    assert (s.marker, s.title) == ("（一）", "指导思想")


@pytest.mark.parametrize(
    ("chapter", "role"),
    [
        ("指导思想", "guidance"),
        ("总体要求", "guidance"),
        ("总体思路", "guidance"),
        ("基本原则", "principles"),
        ("工作目标", "objectives"),
        ("主要任务", "tasks"),
        ("重点工作", "tasks"),
        ("政策措施", "tasks"),
        ("工作步骤", "schedule"),
        ("进度安排", "schedule"),
        ("实施计划", "schedule"),
        ("保障措施", "safeguards"),
        ("组织保障", "safeguards"),
        ("其他", None),
    ],
)
def test_role_of_a_chapter(chapter: str, role: str | None) -> None:
    plan = parse(f"某市知识产权工作方案\n一、{chapter}\n推进建设。\n（一）甲项内容\n推进建设。\n二、附则\n推进建设。\n")
    assert [s.role for s in plan.sections[0].children] == [plan.sections[0].role] == [role]


def test_roles_below_the_umbrella_are_their_own() -> None:
    plan = parse(
        f"某市知识产权工作方案\n一、总体要求\n（一）指导思想\n{LONG}\n（二）基本原则\n{LONG}\n（三）工作目标\n{LONG}\n"
    )
    assert [s.role for s in walk(plan.sections)] == ["guidance", "guidance", "principles", "objectives"]
