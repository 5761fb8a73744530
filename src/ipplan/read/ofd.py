"""OFD (GB/T 33190), the Chinese page format: text objects of each page, put into lines by where they stand."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ipplan.read.archive import Archive
from ipplan.read.errors import ReadError
from ipplan.text import SourceText

if TYPE_CHECKING:
    from lxml import etree

_MAX_PAGES = 5000
_ADVICE = "ask for the plan as DOCX, PDF, HTML or text"


def read_ofd(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read an OFD file. Raises :class:`ReadError` where its pages hold no text (a scan)."""
    archive = Archive(data, name)
    root = archive.xml("OFD.xml")
    located = [text for element in _named(root, "DocRoot") if (text := (element.text or "").strip())]
    if not located:
        raise ReadError(name, "is an OFD file without a document", _ADVICE)
    parts: list[str] = []
    pages: list[int] = []
    size = 0
    for document in located:
        path = document.lstrip("/")
        folder = posixpath.dirname(path)
        for page in _named(archive.xml(path), "Page")[:_MAX_PAGES]:
            where = page.get("BaseLoc")
            if not where:
                continue
            full = where.lstrip("/") if where.startswith("/") else posixpath.normpath(posixpath.join(folder, where))
            text = _page_text(archive.xml(full))
            pages.append(size)
            parts.append(text)
            size += len(text)
    raw = "".join(parts)
    if not raw.strip():
        raise ReadError(name, "is an OFD file whose pages hold no text", "it is a scan and needs OCR first")
    return SourceText(raw, name=name, format="ofd", pages=tuple(pages))


def _named(root: etree._Element | None, name: str) -> list[etree._Element]:
    if root is None:
        return []
    return [e for e in root.iter() if isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] == name]


def _page_text(root: etree._Element | None) -> str:
    """Pieces at (nearly) the same height make a line, from left to right; a gap as wide as a character is a blank."""
    pieces: list[tuple[float, float, float, float, str]] = []
    for item in _named(root, "TextObject"):
        box = _numbers(item.get("Boundary", ""))
        if len(box) < 4:
            continue
        height = _numbers(item.get("Size", "")) or [box[3]]
        for code in _named(item, "TextCode"):
            text = "".join(map(str, code.itertext()))
            if text.strip():
                x = (_numbers(code.get("X", "")) or [0.0])[0]
                y = (_numbers(code.get("Y", "")) or [0.0])[0]
                pieces.append((box[1] + y, box[0] + x, box[0] + box[2], height[0], text))
    pieces.sort(key=lambda piece: (piece[0], piece[1]))
    lines: list[list[tuple[float, float, float, float, str]]] = []
    for piece in pieces:
        if lines and abs(piece[0] - lines[-1][0][0]) <= 0.4 * max(piece[3], 1.0):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    out: list[str] = []
    left = min((piece[1] for piece in pieces), default=0.0)
    for line in lines:
        line.sort(key=lambda piece: piece[1])
        text, reach = "", line[0][1]
        if line[0][3] > 0 and 1.5 <= (line[0][1] - left) / line[0][3] <= 2.5:
            text = "\u3000\u3000"
        for _, x, right, em, piece_text in line:
            if text.strip() and x - reach > em:
                text += " "
            text += piece_text.replace("\n", "").replace("\r", "")
            reach = right
        out.append(text.rstrip() + "\n")
    return "".join(out)


def _numbers(text: str) -> list[float]:
    out: list[float] = []
    for part in text.split()[:8]:
        try:
            out.append(float(part))
        except ValueError:
            return []
    return out
