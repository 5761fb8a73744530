"""Markdown with front matter and pipe tables; OFD."""

from __future__ import annotations

import io
import zipfile

import pytest

from ipplan import ReadError
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


def ofd(content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(
            "OFD.xml", '<o:OFD xmlns:o="o"><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>'
        )
        file.writestr(
            "Doc_0/Document.xml", '<o:D xmlns:o="o"><o:Pages><o:Page BaseLoc="Pages/P0/Content.xml"/></o:Pages></o:D>'
        )
        file.writestr("Doc_0/Pages/P0/Content.xml", f'<o:Page xmlns:o="o">{content}</o:Page>')
    return out.getvalue()


def test_ofd() -> None:
    def text(x: int, y: int, words: str) -> str:
        width = 5 * len(words)
        code = f'<o:TextCode X="0" Y="4">{words}</o:TextCode>'
        return f'<o:TextObject Boundary="{x} {y} {width} 5" Size="5">{code}</o:TextObject>'

    data = ofd(
        text(30, 40, "推进建设。") + text(20, 20, "一、总体") + text(40, 20, "要求") + text(20, 50, "加强领导。")
    )
    source = read_bytes(data, "plan.ofd")
    assert source.format == "ofd"
    assert source.raw == "一、总体要求\n\u3000\u3000推进建设。\n加强领导。\n"
    assert source.pages == (0,)


def test_ofd_without_text() -> None:
    with pytest.raises(ReadError, match="OCR"):
        read_bytes(ofd(""), "plan.ofd")
