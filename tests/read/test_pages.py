"""Web pages of many makes give the same plan, and nothing of what stands around it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from forms import render
from ipplan import parse
from ipplan.api import load_source
from support import FIXTURES, ROOT, core, source_of

sys.path.insert(0, str(ROOT / "fixtures"))
import render_pages


def page(name: str, make: str) -> bytes:
    lines = render.lines_of(source_of(name).read_text(encoding="utf-8"))
    return render_pages.PAGES[make](lines, parse(source_of(name)).meta.title or "")


@pytest.mark.parametrize("make", render_pages.PAGES)
@pytest.mark.parametrize("name", FIXTURES)
def test_same_plan(name: str, make: str) -> None:
    plan, want = parse(page(name, make), name="plan.html"), parse(source_of(name))
    assert core(plan) == core(want)
    for field in ("title", "doc_number", "recipients", "status", "region", "period", "citations"):
        assert getattr(plan.meta, field) == getattr(want.meta, field), field
    if want.meta.issuers:
        assert (plan.meta.issuers, plan.meta.issued_on) == (want.meta.issuers, want.meta.issued_on)


@pytest.mark.parametrize("make", ["trs", "kaipu", "one_table", "unnamed"])
def test_head_table(make: str) -> None:
    meta = parse(page("taizhou", make)).meta
    assert meta.index_number == "014442636/2024-00099"
    assert str(meta.published_on) == "2024-12-20"


@pytest.mark.parametrize("make", render_pages.PAGES)
def test_nothing_of_the_page_around_it(make: str) -> None:
    """What is not dropped by the reader is furniture to the parser."""
    plan = parse(page("sucheng", make), full=True)
    raw = load_source(page("sucheng", make)).raw
    said = "".join(raw[slice(*s.span)] for s in plan.spans or () if s.kind in ("text", "title", "assignment"))
    for word in (
        "主办单位",
        "网站标识码",
        "扫一扫",
        "关闭窗口",
        "上一篇",
        "一、注释",
        "一、脚本",
        "起草背景",
        "热点推荐",
    ):
        assert word not in said, word


def test_script_writes_every_page(tmp_path: Path) -> None:
    render_pages.main(tmp_path)
    assert len(list(tmp_path.rglob("*.html"))) == len(FIXTURES) * len(render_pages.PAGES)
