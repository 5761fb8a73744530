"""The heading grammar: every row's examples match it, its near misses do not."""

from __future__ import annotations

import pytest

from ipplan.parse.markers import STYLES, match_marker, uses_decimals
from ipplan.text import fold


@pytest.mark.parametrize(("style", "text"), [(s.name, e) for s in STYLES for e in s.examples])
def test_examples(style: str, text: str) -> None:
    found = match_marker(fold(text))
    assert found is not None
    assert found.style == style


@pytest.mark.parametrize(("style", "text"), [(s.name, e) for s in STYLES for e in s.near_misses])
def test_near_misses(style: str, text: str) -> None:
    found = match_marker(fold(text))
    assert found is None or found.style != style


def test_every_row_has_both() -> None:
    assert all(s.examples and s.near_misses for s in STYLES)
    assert len({s.name for s in STYLES}) == len(STYLES)


@pytest.mark.parametrize(
    ("text", "style", "ordinal"),
    [
        ("第一章 总则", "chapter", 1),
        ("第十二节 附则", "section", 12),
        ("第三条 为规范", "article", 3),
        ("第一百零三条 本办法", "article", 103),
        ("一、总体要求", "han_comma", 1),
        ("二十一、附则", "han_comma", 21),
        ("一．总体要求", "han_comma", 1),
        ("（十）强化", "han_paren", 10),
        ("(三)强化", "han_paren", 3),
        ("㈢强化", "han_paren", 3),
        ("1.完善", "arabic_dot", 1),
        ("１．完善", "arabic_dot", 1),
        ("16、厚植", "arabic_dot", 16),
        ("⒊完善", "arabic_dot", 3),
        ("（6）强化", "arabic_paren", 6),
        ("（６）强化", "arabic_paren", 6),
        ("⑹强化", "arabic_paren", 6),
        ("1）申请", "arabic_half", 1),
        ("⑩商标", "circled", 10),
        ("㉑商标", "circled", 21),
    ],
)
def test_ordinals(text: str, style: str, ordinal: int) -> None:
    found = match_marker(fold(text))
    assert found is not None
    assert (found.style, found.ordinal) == (style, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.5亿千瓦",
        "2024.6",
        "2024.",
        "3.5件",
        "一是加强领导",
        "一方面",
        "十大行动",
        "十四五规划",
        "1、2、3号楼",
        "（一）至（三）项",
        "（2021-2035年）",
        "第三条规定的情形",
        "第三方机构",
        "一站式服务",
        "三万件",
        "100家企业",
        "专利",
    ],
)
def test_no_heading(text: str) -> None:
    assert match_marker(fold(text)) is None


def test_decimals_only_where_a_document_counts_so() -> None:
    assert uses_decimals(["1.1 背景", "1.2 目标"])
    assert not uses_decimals(["1.5亿千瓦", "2.5万件"])
    assert match_marker("1.2 目标") is None
    found = match_marker("1.2 目标", decimals=True)
    assert found is not None
    assert (found.style, found.ordinal) == ("decimal2", 2)
