"""Healing: wrapped lines and page breaks become paragraphs, and every character keeps its offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan.parse.lines import read_lines
from ipplan.parse.paragraphs import paragraphs
from ipplan.text import SourceText
from support import FIXTURES, source_of


def healed(text: str, markdown: bool = False) -> list[str]:
    source = SourceText(text, format="md" if markdown else "txt")
    lines, _ = read_lines(source, markdown=markdown)
    return [p.passage.text for p in paragraphs(source, lines)[0]]


def provenance_holds(text: str) -> None:
    source = SourceText(text)
    lines, _ = read_lines(source, markdown=False)
    at = -1
    for paragraph in paragraphs(source, lines)[0]:
        passage = paragraph.passage
        for i, char in enumerate(passage.text):
            offset = passage.at(i)
            assert at < offset, "offsets grow"
            at = offset
            assert text[offset].replace("\u00a0", " ") == char


@given(
    st.lists(
        st.text(
            st.sampled_from("一二三、（）()《》“”。，；：.1234567890专利 \u00a0\u200b\u3000#*—-年月日附件责任单位"),
            max_size=40,
        ),
        max_size=30,
    ),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
)
def test_every_healed_character_knows_its_source(lines: list[str], end: str) -> None:
    provenance_holds(end.join(lines))


@pytest.mark.parametrize("name", FIXTURES)
def test_provenance_of_the_fixtures(name: str) -> None:
    provenance_holds(source_of(name).read_text(encoding="utf-8"))


A = "到2025年，建成知识产权强市，全市知识产权创造、"
B = "运用、保护、管理、服务水平全面提升，有效支撑高质量发展。"


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n— 2 —\n", "\n\n- 2 -\n\n", "\n2\n", "\r\n\r\n", "\n　　\n"])
def test_page_break_inside_a_sentence(gap: str) -> None:
    assert healed(f"（一）目标。{A}{gap}{B}\n（二）任务。加强保护。") == [
        f"（一）目标。{A}{B}",
        "（二）任务。加强保护。",
    ]


def test_paragraphs_stay_apart() -> None:
    text = "加强组织领导，完善工作机制，落实工作责任。\n加大资金投入，优化支出结构，提高使用效益。"
    assert healed(text) == text.split("\n")


def test_a_line_cannot_begin_with_a_comma() -> None:
    assert healed("加强领导\n，落实责任。") == ["加强领导，落实责任。"]


def test_a_title_left_open_is_closed_on_the_next_line() -> None:
    assert healed("根据《知识产权强国建设\n纲要》要求，制定本方案。") == [
        "根据《知识产权强国建设纲要》要求，制定本方案。"
    ]


def test_hard_wrap() -> None:
    body = "以服务高质量发展为导向，推进知识产权强市建设，完善政策体系，优化服务供给，健全工作机制。" * 5
    wrapped = "\n".join(body[i : i + 30] for i in range(0, len(body), 30))
    assert healed(f"一、总体要求\n{wrapped}\n二、重点任务") == ["一、总体要求", body, "二、重点任务"]


def test_zero_width_characters_go() -> None:
    assert healed("一、总\u200b体\ufeff要求\u200b") == ["一、总体要求"]


def test_nbsp_becomes_a_blank() -> None:
    assert healed("一、总体\u00a0要求") == ["一、总体 要求"]


def test_markdown_bold_goes() -> None:
    assert healed("**一、总体要求**", markdown=True) == ["一、总体要求"]
    assert healed("2**3 不变。", markdown=False) == ["2**3 不变。"]


def test_a_signature_is_a_paragraph_of_its_own() -> None:
    text = "加强宣传，营造氛围，推进知识产权强市建设，取得实效\n某市人民政府\n2024年5月31日"
    assert healed(text)[-1] == "2024年5月31日"
