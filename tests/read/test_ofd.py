"""OFD: characters by their places, packed distances, templates, matrices; the same plan as from the text."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest

from forms import render
from ipplan import ReadError, parse
from ipplan.read import read_bytes
from ipplan.read.ofd import _deltas
from support import FIXTURES, ROOT, core, norm, source_of

sys.path.insert(0, str(ROOT / "fixtures"))
import render_ofd

SENTENCE = "完善知识产权保护体系，健全工作机制。"


def ofd(*pages: str, template: str = "", head: str = "", root: str = "DocRoot") -> bytes:
    out = io.BytesIO()
    places = "".join(f'<o:Page BaseLoc="Pages/P{i}.xml"/>' for i in range(len(pages)))
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("OFD.xml", f'<o:OFD xmlns:o="o"><o:{root}>/Doc_0/Document.xml</o:{root}></o:OFD>')
        file.writestr("Doc_0/Document.xml", f'<o:D xmlns:o="o">{head}<o:Pages>{places}</o:Pages></o:D>')
        file.writestr("Doc_0/T.xml", f'<o:Page xmlns:o="o">{template}</o:Page>')
        for i, page in enumerate(pages):
            file.writestr(f"Doc_0/Pages/P{i}.xml", f'<o:Page xmlns:o="o">{page}</o:Page>')
    return out.getvalue()


def text(x: float, y: float, words: str, code: str = 'X="0" Y="4"', extra: str = "") -> str:
    inner = words if words.startswith("<") else f"<o:TextCode {code}>{words}</o:TextCode>"
    return f'<o:TextObject Boundary="{x} {y} 100 5" Size="5" {extra}>{inner}</o:TextObject>'


@pytest.mark.parametrize("name", FIXTURES)
def test_same_plan_as_from_the_text(name: str) -> None:
    lines = render.lines_of(source_of(name).read_text(encoding="utf-8"))
    plan, want = parse(render_ofd.render(lines)), parse(source_of(name))
    assert plan.source.format == "ofd"
    assert core(plan) == core(want)
    assert norm(plan.meta) == norm(want.meta)
    told = " ".join(d.message for d in plan.diagnostics if d.code == "IPP106")
    assert render_ofd.HEADER in told
    assert "— 1 —" in told


def test_distances() -> None:
    assert _deltas("7.5 7.6 g 2 7.5 g 3 5", 99) == [7.5, 7.6, 7.5, 7.5, 5, 5, 5]
    assert _deltas("g 99999999 5", 4) == [5, 5, 5, 5]
    assert _deltas("g x 5 3", 9) == [3]
    assert _deltas("nan inf 4", 9) == [4]


def test_objects_of_a_line_in_any_order() -> None:
    page = text(30, 40, "推进建设。") + text(40, 20, "要求") + text(20, 20, "一、总体") + text(20, 50, "加强领导。")
    source = read_bytes(ofd(page), "plan.ofd")
    assert source.raw.split() == ["一、总体要求", "推进建设。", "加强领导。"]
    assert source.pages == (0,)


def test_runs_that_go_on_and_matrices() -> None:
    runs = '<o:TextCode X="0" Y="4" DeltaX="5 5 5">一、总体</o:TextCode><o:TextCode>要求</o:TextCode>'
    shifted = text(0, 0, "（一）目标", 'X="0" Y="0"', 'CTM="2 0 0 2 20 60"')
    assert read_bytes(ofd(text(20, 20, runs) + shifted)).raw.split() == ["一、总体要求", "（一）目标"]


def test_template_and_watermark() -> None:
    head = '<o:TemplatePage ID="7" BaseLoc="T.xml"/>'
    page = (
        '<o:Template TemplateID="7"/>'
        + text(20, 60, SENTENCE)
        + text(80, 150, "内部资料", extra='CTM="0.7 -0.7 0.7 0.7 0 0"')
    )
    source = read_bytes(ofd(page, template=text(20, 20, "某市人民政府文件"), head=head))
    assert source.raw.split() == ["某市人民政府文件", SENTENCE]
    assert ["内部资料" in note.message for note in source.notes] == [True]


def test_two_columns_are_refused() -> None:
    page = "".join(text(x, 20 + 8 * i, SENTENCE[: 15 - i % 2]) for i in range(30) for x in (20, 110))
    with pytest.raises(ReadError, match=r"two columns \(page 1\)"):
        read_bytes(ofd(page), "plan.ofd")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (ofd(""), "OCR"),
        (ofd('<o:ImageObject Boundary="0 0 210 297"/>'), "OCR"),
        (ofd(text(20, 20, "锟斤拷烫屯" * 12)), "garbage"),
        (ofd(text(20, 20, "x"), root="Other"), "without a document"),
    ],
)
def test_refused_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word) as caught:
        read_bytes(data, "plan.ofd")
    assert "\n" not in str(caught.value)


def test_a_page_that_is_an_image_is_reported() -> None:
    source = read_bytes(ofd(text(20, 20, SENTENCE), "<o:ImageObject/>"))
    assert any("1 page(s) are images" in note.message for note in source.notes)
