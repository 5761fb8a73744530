"""Markdown with front matter and pipe tables."""

from __future__ import annotations

import sys
import time

import pytest

from forms import render
from ipplan import parse
from ipplan.read import read_bytes
from ipplan.read.md import read_md
from support import FIXTURES, ROOT, core, source_of, walk

sys.path.insert(0, str(ROOT / "fixtures"))
import render_md

SENTENCE = "推进知识产权强市建设，完善政策体系。"
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


@pytest.mark.parametrize("way", render_md.WAYS)
@pytest.mark.parametrize("name", FIXTURES)
def test_same_plan(name: str, way: str) -> None:
    lines = [line for line in render.lines_of(source_of(name).read_text(encoding="utf-8")) if line]
    text = render_md.WAYS[way](lines)
    plan, want = parse(text.encode(), name="plan.md", full=True), parse(source_of(name))
    assert plan.source.format == "md"
    assert core(plan) == core(want)
    for field in ("title", "doc_number", "recipients", "issuers", "issued_on", "status", "region", "period"):
        assert getattr(plan.meta, field) == getattr(want.meta, field), field
    for section in walk(plan.sections):
        for target in section.targets:
            assert text[slice(*target.span)] == target.quote
    kinds = {kind.kind for kind in plan.spans or ()}
    assert "unaccounted" not in kinds


def words(text: str) -> str:
    """What is left of a text when its marks are passed over."""
    source = read_bytes(text.encode(), "plan.md")
    return "".join(c for c, f in zip(source.raw, source.folded, strict=True) if f != "\u200b")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("**一、**总体*要求*", "一、总体要求"),
        ("3*4 与 2*3", "3*4 与 2*3"),
        ("file_name 与 _强调_", "file_name 与 强调"),
        ("到2025年达____件", "到2025年达____件"),
        (r"1\. 甲\*乙", "1. 甲*乙"),
        ("> > ## 一、甲 ##", "一、甲"),
        ("# 甲#乙", "甲#乙"),
        ("[甲](http://a.b/(c)_d)乙[丙](<x>)", "甲乙丙"),
        ("见[表1]和[^2]", "见[表1]和"),
        ("甲<br/>乙&nbsp;丙`丁`", "甲乙丙丁"),
        ("低于<5%，高于>3%", "低于<5%，高于>3%"),
        ("甲<!-- 乙 -->丙<!-- 没有完", "甲丙<!-- 没有完"),
        ("![图](a.png)甲", "甲"),
    ],
)
def test_marks(text: str, left: str) -> None:
    assert words(text).strip() == left


def test_what_is_left_out_is_reported() -> None:
    plan = parse(
        "# 某市工作方案\n\n<!-- 旧稿\n一、甲\n-->\n\n一、目标\n\n推进。[^1]\n\n[^1]: 见附件。\n".encode(),
        name="plan.md",
    )
    told = [d.message for d in plan.diagnostics if d.code == "IPP103"]
    assert [any(word in message for message in told) for word in ("旧稿", "一、甲", "见附件")] == [True] * 3
    assert [s.id for s in plan.sections] == ["1"]


def test_markdown_may_begin_with_tags() -> None:
    text = f'<p align="center">某市工作方案</p>\n\n## 一、总体要求\n\n{SENTENCE}\n'
    assert read_bytes(text.encode(), "plan.md").format == "md"
    assert read_bytes(f"<html><body>{SENTENCE}</body></html>".encode(), "plan.md").format == "html"
    assert [s.title for s in parse(text.encode(), name="plan.md").sections] == ["总体要求"]


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[a](",
        "* a*",
        "<!--",
        "<!-- x -->",
        "<!-- a\n",
        "<a ",
        "![",
        "\\*",
        "`",
        "[知](http://a.b/c)",
        "_a",
        "> ",
        "# ",
    ],
)
def test_hostile_marks_are_read_in_time(piece: str) -> None:
    start = time.process_time()
    read_md(("## 甲 " + piece * 20_000 + " " * 20_000 + "乙").encode(), "plan.md")
    assert time.process_time() - start < 5
