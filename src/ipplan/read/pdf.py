"""PDF: the text layer → source text, lines rejoined into paragraphs by where they stand.

Headers, footers and page numbers are taken off and reported. What has no usable text layer is refused, or read by OCR
where that is installed. PDFium is not thread-safe: one document is read at a time, under a lock.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

from ipplan.diagnostics import Note
from ipplan.extras import install
from ipplan.read.errors import ReadError
from ipplan.read.layout import Dropped, Glyph, Page, drop_margins, lines_of, two_columns
from ipplan.read.progress import tell
from ipplan.read.reflow import reflow
from ipplan.read.txt import garbage_share
from ipplan.records import record
from ipplan.text import SourceText, ordinary

if TYPE_CHECKING:
    from ipplan.read.pdf_tables import Plumber

#: More pages than any plan has; beyond, the file is refused before it is read.
MAX_PAGES = 5000
#: So many ends of drawn lines make a page that may hold a ruled table (two rows, two columns).
_FEW_RULES = 12
_OCR = f"read it with OCR first, or {install('ocr')}"
_UNEMBEDDED = f"its font is not in the file; to read it: {install('pdf-tables')}"

_lock = threading.Lock()


@record
class _Content:
    """What one page holds: glyphs in their main direction (degrees), the text askew to it, its rules, whether images.

    ``blind``: pieces of text in fonts that are not in the file, which PDFium passes over where the system has none
    like them.
    """

    glyphs: list[Glyph]
    angle: int
    askew: str
    rules: int
    images: bool
    blind: int


def read_pdf(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read the text layer of a PDF. Raises :class:`ReadError` where there is none, or none to be read in order."""
    try:
        import pypdfium2
    except ImportError:
        raise ReadError(name, "is a PDF, and pypdfium2 is not installed", install("pdf")) from None
    with _lock:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise ReadError(name, "is an encrypted PDF", "save a copy without a password") from None
            raise ReadError(name, "is not a readable PDF (damaged file)", "save it anew as PDF, or as text") from None
        try:
            return _read(document, data, name)
        except pypdfium2.PdfiumError as error:
            raise ReadError(name, f"is a damaged PDF ({error})", "save it anew as PDF, or as text") from None
        finally:
            document.close()


def _read(document: Any, data: bytes, name: str) -> SourceText:
    count = len(document)
    if count > MAX_PAGES:
        raise ReadError(name, f"has {count} pages, more than {MAX_PAGES}", "split it")
    if not count:
        raise ReadError(name, "is a PDF without pages", "save it anew as PDF, or as text")
    pages: list[Page] = []
    scans: list[int] = []
    blind = False
    notes: list[Note] = []
    plumber = _second_reader(data)
    for index in range(count):
        tell("page", index, count)
        page = document[index]
        try:
            content = _content(page)
            width, bottom, top = _frame(page.get_cropbox(), content.angle)
        finally:
            page.close()
        read = Page(index + 1, width, bottom, top)
        glyphs = content.glyphs
        if content.blind and plumber:
            glyphs = plumber.glyphs(index)
        elif content.blind:
            blind = True
            notes.append(_note(f"{content.blind} piece(s) of text on page {index + 1}: {_UNEMBEDDED}"))
        if content.rules >= _FEW_RULES and content.angle == 0 and plumber:
            read.grids = plumber.grids(index, glyphs)
            glyphs = [g for g in glyphs if not any(grid.bottom <= g[3] <= grid.top for grid in read.grids)]
        read.lines = lines_of(glyphs)
        if len(glyphs) < 5 and not read.grids and content.images:
            scans.append(index)
        if content.askew:
            notes.append(_note(f"askew on page {index + 1} (watermark?): {content.askew[:40]}"))
        if content.rules < _FEW_RULES and two_columns(read):
            raise ReadError(name, f"is set in two columns (page {index + 1})", "save its text in reading order as .txt")
        pages.append(read)
    broken = _broken(pages, scans, count)
    if broken and blind:
        raise ReadError(name, "has text in fonts that are not in the file", install("pdf-tables"))
    if broken or scans:
        _recognise(document, pages, list(range(count)) if broken else scans, name, broken, notes)
    notes = [*(_dropped(part, count) for part in drop_margins(pages)), *notes]
    flow = reflow(pages)
    return SourceText(flow.text, name=name, notes=notes, tables=flow.tables, pages=flow.pages)


def _content(page: Any) -> _Content:
    """All glyphs of a page. Blanks and line ends that PDFium makes up are left out: the geometry says more."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    raw = text.raw
    unicode_of, angle_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharAngle
    origin_of, box_of, made_up = (
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_IsGenerated,
    )
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    found: dict[int, list[Glyph]] = {}
    high = 0
    for i in range(pdfium.FPDFText_CountChars(raw)):
        code = unicode_of(raw, i)
        if 0xD800 <= code < 0xDC00:  # first half of a character beyond the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if code in (2, 0xFFFE):  # a hyphen at a line's end
            code = 0x2D
        if code <= 32 and (code != 32 or made_up(raw, i) == 1):
            continue
        box_of(raw, i, box)
        origin_of(raw, i, x, y)
        angle = round(-math.degrees(angle_of(raw, i))) % 360  # PDFium counts clockwise
        glyph = _turned(ordinary(chr(code)), angle, x.value, y.value, box)
        found.setdefault(angle, []).append(glyph)
    rules, images, blind = _objects(page.raw, raw)
    text.close()
    main = max(found, key=lambda a: len(found[a]), default=0)
    straight = [a for a in found if min(abs(a - main), 360 - abs(a - main)) <= 3]
    glyphs = [g for a in straight for g in found[a]]
    askew = "".join(g[0] for a in found if a not in straight for g in found[a])
    return _Content(glyphs, main, askew, rules, images, blind)


def _turned(char: str, angle: int, x: float, y: float, box: Any) -> Glyph:
    """A glyph in the coordinates of its own direction of writing; its size is its width if it is an ideograph."""
    left, right, low, high = box.left, box.right, box.bottom, box.top
    if angle:
        turn = math.radians(angle)
        cos, sin = math.cos(turn), math.sin(turn)
        corners = [(px, py) for px in (left, right) for py in (low, high)]
        along, across = [px * cos + py * sin for px, py in corners], [py * cos - px * sin for px, py in corners]
        left, right, low, high = min(along), max(along), min(across), max(across)
        y = y * cos - x * sin
    size = right - left if char >= "\u2e80" and right - left > 1 else 0.9 * (high - low)
    return char, left, right, y, max(size, 1.0)


def _frame(box: tuple[float, float, float, float], angle: int) -> tuple[float, float, float]:
    """``(width, bottom, top)`` of a page's box, seen in the direction of its text."""
    left, bottom, right, top = box
    turn = round(angle / 90) % 4
    if turn == 1:
        return top - bottom, -right, -left
    if turn == 2:
        return right - left, -top, -bottom
    if turn == 3:
        return top - bottom, left, right
    return right - left, bottom, top


def _objects(page: Any, text: Any) -> tuple[int, bool, int]:
    """Ends of drawn lines (counted up to :data:`_FEW_RULES`), whether there are images, blind pieces of text."""
    import pypdfium2.raw as pdfium

    rules, images, blind = 0, False, 0
    for i in range(min(pdfium.FPDFPage_CountObjects(page), 20_000)):
        drawn = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(drawn)) == 0:
                blind += pdfium.FPDFTextObj_GetText(drawn, text, None, 0) <= 2  # nothing but the end mark
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += max(0, pdfium.FPDFPath_CountSegments(drawn)) if rules < _FEW_RULES else 0
        images = images or kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    return rules, images, blind


def _second_reader(data: bytes) -> Plumber | None:
    """What finds ruled tables and reads fonts that are not in the file, where its library is installed."""
    try:
        from ipplan.read.pdf_tables import Plumber
    except ImportError:
        return None
    return Plumber(data)


def _broken(pages: list[Page], scans: list[int], count: int) -> str:
    """What is wrong with the text layer as a whole, or ``""``."""
    texts = [line.text for page in pages for line in page.lines]
    texts += [
        line.text for page in pages for grid in page.grids for row in grid.rows for cell in row for line in cell[0]
    ]
    chars = Counter("".join(texts))
    total = sum(chars.values()) - chars[" "]
    if total < 5 or len(scans) > 0.8 * count:
        return "has no text layer (scanned pages)"
    odd = sum(n for c, n in chars.items() if _odd(ord(c)))
    if odd > 0.2 * total or garbage_share("".join(texts)) > 0.5:
        return "has a text layer that is garbage (fonts without Unicode)"
    return ""


def _odd(code: int) -> bool:
    """Private use, replacement, controls, and the Latin and combining ranges that no Chinese text is made of."""
    return (
        0xE000 <= code < 0xF900
        or code in (0xFFFD, 0xFFFF)
        or code < 32
        or 0x80 <= code < 0xB0
        or 0xC0 <= code < 0x370
        or 0x400 <= code < 0x2000
        or code >= 0xF0000
    )


def _recognise(document: Any, pages: list[Page], wanted: list[int], name: str, broken: str, notes: list[Note]) -> None:
    """Read pages by OCR where it is installed; else refuse the file, or report the pages that could not be read."""
    from ipplan.read import ocr

    if not ocr.available():
        if broken:
            raise ReadError(name, broken, _OCR)
        notes += [_note(f"page {index + 1} is an image without text: not read; {_OCR}") for index in wanted]
        return
    for done, index in enumerate(wanted):
        tell("page by OCR", done, len(wanted))
        page = document[index]
        try:
            pages[index].lines = lines_of(ocr.glyphs_of(page))
            pages[index].grids = []
        except ocr.NotLoaded as error:
            raise ReadError(
                name, f"needs OCR, which does not start ({error})", f"reinstall it: {install('ocr')}"
            ) from None
        finally:
            page.close()
    if not any(page.lines for page in pages):
        raise ReadError(name, "is a scan in which OCR found no text", "scan it anew, or type it")
    notes.append(Note("IPP002", f"no usable text layer: {len(wanted)} page(s) read by OCR", 0, 0))


def _dropped(part: Dropped, count: int) -> Note:
    return _note(f"on {len(part.pages)} of {count} pages, first on page {part.pages[0]}: {part.text[:40]}")


def _note(message: str) -> Note:
    return Note("IPP106", message)
