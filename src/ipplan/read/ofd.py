"""OFD (GB/T 33190), the Chinese page format: characters by where they stand, then lines and paragraphs as in a PDF.

A text object has a box on the page, perhaps a matrix, and runs of characters with the distances between them, equal
ones packed (``g 3 5`` is ``5 5 5``). Templates lie under pages; annotations (stamps, watermarks) are not read.
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipplan.diagnostics import Note
from ipplan.patterns import pattern
from ipplan.read.archive import Archive
from ipplan.read.errors import ReadError
from ipplan.read.layout import Glyph, Page, drop_margins, lines_of, two_columns
from ipplan.read.progress import tell
from ipplan.read.reflow import reflow
from ipplan.read.txt import garbage_share
from ipplan.records import field, record
from ipplan.text import SourceText, ordinary

if TYPE_CHECKING:
    from lxml import etree

_MAX_PAGES = 5000
_MOST_CHARS = 20_000  # of one run
_ADVICE = "ask for the plan as DOCX, PDF, HTML or text"
#: OFD measures in millimetres, :mod:`~ipplan.read.layout` in points.
_POINTS = 72 / 25.4
_A4 = (210.0, 297.0)
_SKEW = math.sin(math.radians(3))
_WIDE = pattern("[\u2e80-\uffef“”‘’—…]")


@record
class _Sheet:
    """What stands on one page: upright glyphs (y counted downwards until the page is done), text askew, its size."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    askew: str = ""
    images: bool = False


def read_ofd(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read an OFD file. Raises :class:`ReadError` where its pages hold no text (a scan), or none in reading order."""
    archive = Archive(data, name)
    root = archive.xml("OFD.xml")
    located = [text for element in _named(root, "DocRoot") if (text := (element.text or "").strip())]
    if not located:
        raise ReadError(name, "is an OFD file without a document", _ADVICE)
    pages: list[Page] = []
    notes: list[Note] = []
    images = 0
    for document in located:
        for sheet in _sheets(archive, document.lstrip("/")):
            number = len(pages) + 1
            page = Page(number, sheet.width * _POINTS, 0.0, sheet.height * _POINTS, lines_of(_upright(sheet)))
            images += not page.lines and sheet.images
            if sheet.askew:
                notes.append(Note("IPP106", f"askew on page {number} (watermark?): {sheet.askew[:40]}"))
            if two_columns(page):
                raise ReadError(name, f"is set in two columns (page {number})", "save its text in order as .txt")
            pages.append(page)
    text = "".join(line.text for page in pages for line in page.lines)
    if not text.strip():
        raise ReadError(name, "is an OFD file whose pages hold no text", "it is a scan and needs OCR first")
    if garbage_share(text) > 0.5:
        raise ReadError(name, "has text that is garbage (fonts without Unicode)", "read it with OCR first")
    if images:
        notes.append(Note("IPP106", f"{images} page(s) are images without text: not read"))
    dropped = [
        Note("IPP106", f"on {len(d.pages)} of {len(pages)} pages, first on page {d.pages[0]}: {d.text[:40]}")
        for d in drop_margins(pages)
    ]
    flow = reflow(pages)
    return SourceText(flow.text, name=name, format="ofd", notes=dropped + notes, tables=flow.tables, pages=flow.pages)


def _sheets(archive: Archive, path: str) -> Iterator[_Sheet]:
    """The pages of a document, each with its template under it."""
    folder = posixpath.dirname(path)
    document = archive.xml(path)
    size = _size(document) or _A4
    templates = {
        element.get("ID", ""): _at(folder, where)
        for element in _named(document, "TemplatePage")
        if (where := element.get("BaseLoc"))
    }
    places = [where for element in _named(document, "Page") if (where := element.get("BaseLoc"))]
    if len(places) > _MAX_PAGES:
        raise ReadError(archive.name, f"has {len(places)} pages, more than {_MAX_PAGES}", "split it")
    for done, where in enumerate(places):
        tell("page", done, len(places))
        root = archive.xml(_at(folder, where))
        sheet = _Sheet(*(_size(root) or size))
        for used in _named(root, "Template"):
            under = templates.get(used.get("TemplateID", ""))
            if under:
                _collect(sheet, archive.xml(under))
        _collect(sheet, root)
        yield sheet


def _collect(sheet: _Sheet, root: etree._Element | None) -> None:
    for item in _named(root, "TextObject"):
        box = _numbers(item.get("Boundary", ""))
        if len(box) >= 4:
            _text_object(sheet, item, box)
    sheet.images = sheet.images or bool(_named(root, "ImageObject"))


def _text_object(sheet: _Sheet, item: etree._Element, box: list[float]) -> None:
    """Put down the characters of a text object; a missing X or Y goes on from the run before."""
    matrix = _numbers(item.get("CTM", ""))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    size = (_numbers(item.get("Size", "")) or [box[3]])[0]
    scale = (_numbers(item.get("HScale", "")) or [1.0])[0]
    tall = max(size * math.hypot(c, d), 0.1)
    askew = abs(b) > _SKEW * math.hypot(a, b) or a < 0
    x = y = 0.0
    for code in _named(item, "TextCode"):
        text = "".join(map(str, code.itertext())).replace("\n", "").replace("\r", "")[:_MOST_CHARS]
        x, y = (_numbers(code.get("X", "")) or [x])[0], (_numbers(code.get("Y", "")) or [y])[0]
        across, down = _deltas(code.get("DeltaX", ""), len(text)), _deltas(code.get("DeltaY", ""), len(text))
        if askew or (not any(across) and any(down)):
            sheet.askew += text.strip()
            continue
        for i, char in enumerate(text):
            own = size * scale * (1.0 if _WIDE.match(char) else 0.5)
            step = across[i] if i < len(across) else 0.0 if across and i < len(text) - 1 else own
            left, base = box[0] + a * x + c * y + e, box[1] + b * x + d * y + f
            width = min(own, step) if step > 0 else own
            if char >= " ":
                sheet.glyphs.append((ordinary(char), left, left + max(width * math.hypot(a, b), 0.1), base, tall))
            x += step or own
            y += down[i] if i < len(down) else 0.0


def _deltas(text: str, most: int) -> list[float]:
    """Distances between characters, ``g count value`` unpacked."""
    parts = text.split()
    out: list[float] = []
    i = 0
    while i < len(parts) and len(out) < most:
        packed = parts[i] == "g"
        values = _numbers(" ".join(parts[i + 1 : i + 3] if packed else parts[i : i + 1]))
        if packed and len(values) == 2:
            out += [values[1]] * min(max(int(values[0]), 0), most - len(out))
        elif not packed and values:
            out += values
        i += 3 if packed else 1
    return out


def _upright(sheet: _Sheet) -> list[Glyph]:
    """The glyphs in points, counted from the bottom of the page."""
    return [
        (char, left * _POINTS, right * _POINTS, (sheet.height - base) * _POINTS, size * _POINTS)
        for char, left, right, base, size in sheet.glyphs
    ]


def _size(root: etree._Element | None) -> tuple[float, float] | None:
    """Width and height of the first area that states them."""
    for element in _named(root, "PhysicalBox"):
        box = _numbers(element.text or "")
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            return box[2], box[3]
    return None


def _at(folder: str, where: str) -> str:
    return where.lstrip("/") if where.startswith("/") else posixpath.normpath(posixpath.join(folder, where))


def _named(root: etree._Element | None, name: str) -> list[etree._Element]:
    if root is None:
        return []
    return [e for e in root.iter() if isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] == name]


def _numbers(text: str) -> list[float]:
    out: list[float] = []
    for part in text.split()[:8]:
        try:
            number = float(part)
        except ValueError:
            return []
        if not math.isfinite(number):
            return []
        out.append(number)
    return out
