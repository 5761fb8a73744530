"""PDF: the same plan as from the text, furniture taken off, and a clear refusal where there is nothing to read."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from ipplan import ReadError, parse
from ipplan.read import read_bytes
from ipplan.read.layout import Page, drop_margins, lines_of, two_columns
from ipplan.read.pdf import _broken
from ipplan.text import ordinary
from support import FIXTURES, ROOT, codes, core, norm, source_of

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")
sys.path.insert(0, str(ROOT / "fixtures"))
import render_pdf
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

SENTENCE = "完善知识产权保护体系，健全工作机制，提升治理能力，服务高质量发展。"
PLAN = f"某市知识产权工作方案\n一、总体要求\n（一）指导思想。{SENTENCE * 4}\n（二）工作目标。{SENTENCE * 3}\n"


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont(render_pdf.FONT, 12)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "plan.pdf")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("name", FIXTURES)
def test_same_plan_as_from_text(name: str) -> None:
    text = source_of(name).read_text(encoding="utf-8-sig")
    data = render_pdf.render(text)
    read, plan = read_bytes(data), parse(data)
    wanted, got = Counter("".join(text.split())), Counter("".join(read.raw.split()))
    assert (wanted - got).total() <= 0.001 * wanted.total()
    assert not got - wanted
    assert plan.source.format == "pdf"
    assert core(plan) == core(parse(source_of(name)))
    assert norm(plan.meta) == norm(parse(source_of(name)).meta)
    assert "IPP106" in codes(plan)
    assert len(read.pages) > 5
    assert all(a < b for a, b in pairwise(read.pages))


@pytest.mark.parametrize(
    ("size", "leading", "left", "right"), [(16, 28, 78, 517), (10.5, 15.6, 90, 505), (12, 18, 70, 525)]
)
def test_other_type_and_margins(
    monkeypatch: pytest.MonkeyPatch, size: float, leading: float, left: float, right: float
) -> None:
    for name, value in (("SIZE", size), ("LEADING", leading), ("LEFT", left), ("RIGHT", right)):
        monkeypatch.setattr(render_pdf, name, value)
    source = source_of("nantong")
    assert core(parse(render_pdf.render(source.read_text(encoding="utf-8")))) == core(parse(source))


def test_paragraph_over_a_page_break_is_one_line() -> None:
    text = PLAN + "（三）任务。" + SENTENCE * 60 + "\n二、保障措施\n"
    read = read_bytes(render_pdf.render(text))
    assert read.raw == text
    assert len(read.pages) == 3
    assert read.raw[read.pages[1] - 1] != "\n"


def test_margins_are_reported_with_their_pages() -> None:
    read = read_bytes(render_pdf.render(PLAN * 12))
    messages = [note.message for note in read.notes if note.code == "IPP106"]
    assert len(messages) == 2
    assert all(f"on {len(read.pages)} of {len(read.pages)} pages" in message for message in messages)
    assert render_pdf.HEADER not in read.raw


def page(number: int, *rows: tuple[float, str]) -> Page:
    """A page of 800 points with rows of type of 10 points at the left margin."""
    glyphs = [(c, 50.0 + 10 * i, 60.0 + 10 * i, y, 10.0) for y, text in rows for i, c in enumerate(text)]
    return Page(number, 595.0, 0.0, 800.0, lines_of(glyphs))


def test_what_is_a_margin() -> None:
    # Other headers on odd and even pages; numbers that run on; like lines in the body stay.
    pages = [
        page(
            n,
            (780, "单页眉" if n % 2 else "双页眉"),
            (500, "责任单位：市局"),
            (480, f"正文{'一二三四五六'[n - 1]}"),
            (20, f"第{n}页"),
        )
        for n in range(1, 7)
    ]
    dropped = drop_margins(pages)
    assert {part.text: part.pages for part in dropped} == {
        "单页眉": [1, 3, 5],
        "双页眉": [2, 4, 6],
        "第1页": [1, 2, 3, 4, 5, 6],
    }
    assert [len(p.lines) for p in pages] == [2] * 6


def test_single_page_keeps_its_lines() -> None:
    assert drop_margins([page(1, (780, "某市人民政府文件"), (400, "正文"))]) == []


def test_gaps_and_double_drawing() -> None:
    line = lines_of([("宿", 0, 10, 0, 10), ("宿", 0.4, 10.4, 0, 10), ("城", 20, 30, 0, 10), ("区", 60, 70, 0, 10)])[0]
    assert line.text == "宿 城  区"
    assert [part[2] for part in line.parts] == [3, 1]


def test_radicals_become_ideographs() -> None:
    assert ordinary("⼈⺠政府⻓期⼯作⻔户") == "人民政府长期工作门户"
    data = render_pdf.render(PLAN.replace("工作", "⼯作").replace("务", "⺠"))
    read = read_bytes(data)
    assert "某市知识产权工作方案" in read.raw
    assert "服民高质量" in read.raw


def test_single_characters_in_a_font_that_is_not_in_the_file() -> None:
    pytest.importorskip("pdfplumber")

    def draw(canvas: Canvas) -> None:
        for row in range(10):
            for i, char in enumerate(SENTENCE):
                canvas.drawString(60 + 12 * i, 700 - 20 * row, char)

    assert read_bytes(drawn(draw)).raw.count("治理能力") == 10


def test_like_lines_in_a_font_that_is_not_in_the_file() -> None:
    pytest.importorskip("pdfplumber")
    data = drawn(lambda canvas: [canvas.drawString(60, 700 - 20 * row, SENTENCE) for row in range(10)])  # type: ignore[arg-type,return-value]
    assert read_bytes(data).raw.count(SENTENCE) == 10


def test_watermark_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(10):
            canvas.drawString(60, 700 - 20 * row, f"{row}{SENTENCE}")
        canvas.rotate(45)
        canvas.drawString(300, 100, "内部资料")

    read = read_bytes(drawn(draw))
    assert "内部" not in read.raw
    assert any("内部资料" in note.message for note in read.notes)


def test_page_on_its_side() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        for row in range(10):
            canvas.drawString(60, -100 - 20 * row, f"{row}、{SENTENCE}")

    assert read_bytes(drawn(draw)).raw.splitlines() == [f"{row}、{SENTENCE}" for row in range(10)]


def test_ruled_table() -> None:
    pytest.importorskip("pdfplumber")
    rows = [["指标", "2020年", "2025年"], ["发明专利", "12.5", "20"], ["商标", "3万", "5万"]]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "专栏1 主要指标")
        canvas.grid([60, 220, 340, 460], [760, 730, 700, 670])
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                canvas.drawString((66, 226, 346)[c], 740 - 30 * r, cell)
        canvas.drawString(60, 640, "以上指标均为预期性指标。")

    read = read_bytes(drawn(draw))
    assert read.raw.splitlines() == ["专栏1 主要指标", *map("\t".join, rows), "以上指标均为预期性指标。"]
    (table,) = read.tables
    assert [[read.raw[cell.start : cell.end] for cell in row] for row in table.rows] == rows


def test_two_columns_are_refused() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(30):
            canvas.drawString(50, 780 - 20 * row, f"{row:02}{SENTENCE[:18]}")
            canvas.drawString(310, 780 - 20 * row, f"{row:02}{SENTENCE[5:23]}")

    assert "two columns (page 1)" in refusal(drawn(draw))


def test_a_table_without_rules_is_not_two_columns() -> None:
    glyphs = [
        (c, x + 10 * i, x + 10 + 10 * i, 700.0 - 20 * row, 10.0)
        for row in range(25)
        for x, text in ((50.0, "发明专利拥有量"), (350.0, "20件"))
        for i, c in enumerate(text)
    ]
    assert not two_columns(Page(1, 595.0, 0.0, 842.0, lines_of(glyphs)))


def test_encrypted() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "x")
    canvas.save()
    assert "encrypted" in refusal(out.getvalue())


def test_damaged() -> None:
    assert "damaged" in refusal(b"%PDF-1.7\n" + b"nothing of the kind " * 20)
    refusal(render_pdf.render(PLAN)[:900])


def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipplan.read.ocr.available", lambda: False)


def scan(canvas: Canvas) -> None:
    pytest.importorskip("PIL")
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 220)), 0, 0, 595, 842)


def test_no_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    no_ocr(monkeypatch)
    message = refusal(drawn(scan))
    assert "no text layer" in message
    assert "OCR" in message


def test_one_scanned_page_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    no_ocr(monkeypatch)

    def draw(canvas: Canvas) -> None:
        for number in range(3):
            canvas.setFont(render_pdf.FONT, 12)
            if number == 1:
                scan(canvas)
            for row in range(10):
                if number != 1:
                    canvas.drawString(60, 700 - 20 * row, f"{number}{row}{SENTENCE}")
            canvas.showPage()

    assert any("page 2 is an image" in note.message for note in read_bytes(drawn(draw)).notes)


def test_garbage_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    no_ocr(monkeypatch)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for row in range(20):
            canvas.drawString(60, 700 - 20 * row, f"{row} ÃÇÈÊ ËÐÑÒÓ ÔÕÖØ ÙÚÛÜ")

    message = refusal(drawn(draw))
    assert "garbage" in message
    assert "OCR" in message


@pytest.mark.parametrize("text", ["\ue001\ue002\ue003\ue010\ue014", "锟斤拷烫屯" * 9, "\ufffd\ufffd\ufffd知识"])
def test_what_is_garbage(text: str) -> None:
    assert "garbage" in _broken([page(1, (500, text))], [], 1)


def test_what_is_not_garbage() -> None:
    assert not _broken([page(1, (500, SENTENCE), (480, "2025年，㎡ ① 100% Ⅲ"))], [], 1)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "ipplan[pdf]" in refusal(b"%PDF-1.7\n")


def test_without_the_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    monkeypatch.delitem(sys.modules, "ipplan.read.pdf_tables", raising=False)
    assert PLAN in read_bytes(render_pdf.render(PLAN)).raw


def test_content_decides_not_the_name() -> None:
    assert read_bytes(render_pdf.render(PLAN), "plan.txt").format == "pdf"


def test_many_pages() -> None:
    read = read_bytes(render_pdf.render(PLAN, pages=300))
    assert len(read.pages) == 300


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipplan.read.pdf.MAX_PAGES", 3)
    assert "has 5 pages" in refusal(render_pdf.render(PLAN, pages=5))


def test_ocr_library_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from ipplan.read import ocr

    def broken() -> None:
        raise ocr.NotLoaded("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_engine", broken)
    assert "OCR, which does not start (libGL" in refusal(drawn(scan))


def test_what_ocr_confuses_is_mended() -> None:
    from ipplan.read.ocr import mended, snapped

    assert mended('2021一2035年，“产业、城市"三个"一', False) == ("2021—2035年，“产业、城市”三个“一", True)
    text = "完善知识产权保护体系，健全机制"
    runs = [(text, 80.0 + i % 2, 500.0 + 3 * i, 700.0 - 20 * i, 12.0) for i in range(4)] + [
        ("结尾。", 81.0, 120.0, 600.0, 12.0)
    ]
    assert {run[1] for run in snapped(runs)} == {80.0}
    assert {run[2] for run in snapped(runs)} == {509.0, 120.0}
    assert snapped(runs[:3]) == runs[:3]


@pytest.mark.slow
def test_scan_read_by_ocr() -> None:
    """A page drawn and read again: the same sections and targets, and a warning that says so."""
    pytest.importorskip("rapidocr_onnxruntime")
    image = pytest.importorskip("PIL.Image")
    import pypdfium2

    text = f"某市知识产权工作方案\n一、总体要求\n{SENTENCE * 3}\n二、主要目标\n到2025年，有效发明专利拥有量达2.3万件，培育示范企业100家以上。\n"
    page = pypdfium2.PdfDocument(render_pdf.render(text))[0]
    out = io.BytesIO()
    image.fromarray(page.render(scale=200 / 72).to_numpy()).convert("L").save(out, "PDF", resolution=200)
    try:
        plan = parse(out.getvalue())
    except ReadError as error:
        pytest.skip(f"no Chinese font to draw the page with: {error}")
    assert [s.id for s in plan.sections] == ["1", "2"]
    assert [(t.value, t.unit) for t in plan.sections[1].targets] == [(23000, "件"), (100, "家")]
    assert (plan.meta.title or "").endswith("某市知识产权工作方案")
    (told,) = [d for d in plan.diagnostics if d.code == "IPP002"]
    assert told.severity == "warning"
    assert "1 page(s) read by OCR" in told.message
