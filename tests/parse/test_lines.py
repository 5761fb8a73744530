"""Physical lines: every line has a kind, and the right one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan.parse.lines import read_lines
from ipplan.text import SourceText

PROSE = "以服务高质量发展为导向，推进知识产权强市建设，完善政策体系。"


def kind_of(line: str) -> str:
    """Kind of a line between two lines of running text."""
    lines, _ = read_lines(SourceText(f"{PROSE}\n{line}\n{PROSE}"), markdown=False)
    return lines[1].kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("— 3 —", "page"),
        ("- 3 -", "page"),
        ("－３－", "page"),
        ("—12—", "page"),
        ("第 3 页 共 10 页", "page"),
        ("第3页，共10页", "page"),
        ("3/10", "page"),
        ("3", "page"),
        ("· 3 ·", "page"),
        ("----------", "rule"),
        ("————————", "rule"),
        ("", "blank"),
        ("　　", "blank"),
        ("\u200b\u00a0", "blank"),
        ("3件", "text"),
        ("2024年", "text"),
        ("—3件—", "text"),
        ("3.5/10", "text"),
    ],
)
def test_kinds(line: str, kind: str) -> None:
    assert kind_of(line) == kind


def test_navigation_only_at_the_ends() -> None:
    lines, _ = read_lines(
        SourceText(f"首页 > 政务公开\n{PROSE}\n打印\n{PROSE}\n网站标识码：3200000000"), markdown=False
    )
    assert lines[0].kind == "web"
    assert lines[-1].kind == "web"
    assert lines[1].kind == lines[3].kind == "text"


@pytest.mark.parametrize("text", ["## 一、总体要求", "# 一、总体要求", "###　一、总体要求", "  ## 一、总体要求"])
def test_heading_marks_are_passed_over(text: str) -> None:
    source = SourceText(text)
    lines, _ = read_lines(source, markdown=False)
    assert source.raw[lines[0].start : lines[0].end] == "一、总体要求"
    assert lines[0].marker is not None


@given(st.text(st.sampled_from("一、（1）.#-—> 3专利。\n\r\u200b\u3000\x00"), max_size=120))
def test_no_line_is_lost(text: str) -> None:
    source = SourceText(text)
    lines, _ = read_lines(source, markdown=True)
    assert len(lines) == len(list(source.lines()))
    for line, (start, stop) in zip(lines, source.lines(), strict=True):
        assert start <= line.start <= line.end <= stop
