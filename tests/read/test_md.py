"""Markdown with front matter and pipe tables."""

from __future__ import annotations

import pytest

from ipplan.read import read_bytes

FRONT = "---\ntitle: 某市知识产权工作方案\ndate: 2024-05-01\n文号: 某政发〔2024〕1号\ntags: [a, b]\n---\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter(end: str) -> None:
    text = (FRONT + "# 某市知识产权工作方案\n").replace("\n", end)
    source = read_bytes(text.encode(), "plan.md")
    assert source.raw == text
    ((start, stop),) = source.skip
    assert source.raw[start:stop] == FRONT.rstrip("\n").replace("\n", end)
    assert source.head == {
        "title": "某市知识产权工作方案",
        "page_date": "2024-05-01",
        "doc_number": "某政发〔2024〕1号",
    }


@pytest.mark.parametrize(
    "text", ["---\n一、总体要求\n", "---\n一、总体要求\n---\n", "---\n: [\n---\n", "一\n---\ntitle: x\n---\n"]
)
def test_no_front_matter(text: str) -> None:
    source = read_bytes(text.encode(), "plan.md")
    assert not source.skip
    assert not source.head


def test_pipe_table() -> None:
    text = "前\n\n| 指标 | 2025年 |\n| :--- | ---: |\n| 专利 | 5\\|6 件 |\n| 商标 |\n\n后 | 不是表\n"
    source = read_bytes(text.encode(), "plan.md")
    (table,) = source.tables
    assert [[text[c.start : c.end] for c in row] for row in table.rows] == [
        ["指标", "2025年"], ["专利", "5\\|6 件"], ["商标"],
    ]  # fmt: skip
    assert [text[a:b] for a, b in source.skip] == ["| :--- | ---: |"]
