"""Word files (DOCX): the XML is walked as Word shows it, without macros, fields or links being run.

In: tracked insertions, content controls, text boxes (behind the paragraph they hang on), footnotes and endnotes (behind
the paragraph that refers to them), line breaks, automatic numbers. Out: tracked deletions, hidden text, field codes,
comments. Page headers and footers are left out and reported.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipplan.diagnostics import Note
from ipplan.read.archive import Archive, relations
from ipplan.read.blocks import Block, CellBlock, Paragraph, TableBlock, assemble, settle
from ipplan.read.errors import ReadError
from ipplan.read.numbering import Numbering, number_of
from ipplan.text import SourceText

if TYPE_CHECKING:
    from lxml import etree

_SAVE_ANEW = "save it anew as .docx"
#: Elements whose content is not shown: deletions, moves away, field codes, properties, ruby readings.
_SILENT = frozenset([
    "del", "moveFrom", "delText", "delInstrText", "instrText", "rPr", "pPr", "sdtPr", "sdtEndPr", "tblPr",
    "tblGrid", "trPr", "tcPr", "sectPr", "rt", "rubyPr", "fldData", "ctrlPr", "proofErr", "bookmarkStart",
    "bookmarkEnd", "annotationRef", "docPartObj",
])  # fmt: skip
#: Elements that stand for a character.
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
#: Signs of Wingdings and Symbol that plans use.
_SYMBOLS = {
    "F0FE": "☑", "F0A8": "□", "F06F": "□", "F052": "☑", "F0FC": "✓", "F0D8": "➢", "F06C": "●", "F06E": "■", "F075": "◆",
    "F0B7": "•", "F0B3": "≥", "F0A3": "≤", "F0B4": "×", "F0B1": "±", "F0B0": "°", "F0E0": "→",
}  # fmt: skip


def read_docx(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read a Word file. Raises :class:`ReadError` for macros, passwords, DTDs, zip bombs and damage."""
    archive = Archive(data, name)
    if any(posixpath.basename(part).lower() == "vbaproject.bin" for part in archive.names):
        raise ReadError(name, "is a Word file with macros", "save it as .docx without macros")
    main = _main_part(archive)
    root = archive.xml(main)
    body = next((child for child in root if _local(child) == "body"), None) if root is not None else None
    if body is None:
        raise ReadError(name, "is no Word document (it has no body)", _SAVE_ANEW)
    related = relations(archive, main)
    walker = _Walker(archive, related)
    blocks = walker.blocks(body)
    raw, tables, starts = assemble(blocks)
    if not raw.strip():
        raise ReadError(name, "is a Word file without text", "if it holds a scanned picture, it needs OCR first")
    source = SourceText(raw, name=name, format="docx", tables=tables, paragraph_starts=starts)
    source.notes += _left_out(archive, related, walker)
    return source


def _main_part(archive: Archive) -> str:
    for kind, path in relations(archive, "").values():
        if kind == "officeDocument" and path in archive.names:
            return path
    if "word/document.xml" in archive.names:
        return "word/document.xml"
    raise ReadError(archive.name, "is no Word document (it has no main part)", _SAVE_ANEW)


def _part(archive: Archive, related: dict[str, tuple[str, str]], kind: str) -> etree._Element | None:
    for type_, path in related.values():
        if type_ == kind:
            return archive.xml(path)
    return None


def _left_out(archive: Archive, related: dict[str, tuple[str, str]], walker: _Walker) -> list[Note]:
    notes: list[Note] = []
    seen: set[str] = set()
    for kind, path in sorted(related.values()):
        if kind not in ("header", "footer", "comments", "aFChunk") or path in seen:
            continue
        seen.add(path)
        if kind == "aFChunk":
            notes.append(Note("IPP106", f"embedded file {path} left out"))
            continue
        root = archive.xml(path)
        words = " ".join("".join(text for text in _plain(root)).split()) if root is not None else ""
        if words:
            what = {"header": "page header", "footer": "page footer"}.get(kind, "comments")
            shown = words[:40] + ("…" if len(words) > 40 else "")
            notes.append(Note("IPP106", f"{what} left out ({len(words)} characters): {shown}"))
    if walker.hidden:
        notes.append(Note("IPP106", f"{walker.hidden} character(s) of hidden text left out"))
    return notes


def _plain(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if _local(element) == "t":
            yield element.text or ""
        elif _local(element) == "p":
            yield " "


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str | None:
    for key, value in element.attrib.items():
        if str(key).rsplit("}", 1)[-1] == name:
            return str(value)
    return None


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    if element is None:
        return None
    return next((child for child in element if _local(child) == name), None)


def _on(element: etree._Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and _attribute(element, "val") not in ("0", "false", "off")


class _Walker:
    """Walks stories (body, cells, text boxes, notes). The parser refuses XML nested more than 256 deep."""

    def __init__(self, archive: Archive, related: dict[str, tuple[str, str]]) -> None:
        styles = _part(archive, related, "styles")
        self.numbering = Numbering(_part(archive, related, "numbering"), styles)
        self.notes = {
            "footnoteReference": self._notes(_part(archive, related, "footnotes"), "footnote"),
            "endnoteReference": self._notes(_part(archive, related, "endnotes"), "endnote"),
        }
        self.index = 0
        self.hidden = 0

    @staticmethod
    def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
        out: dict[str, etree._Element] = {}
        for note in root if root is not None else ():
            if _local(note) == kind and _attribute(note, "type") in (None, "normal"):
                out[_attribute(note, "id") or ""] = note
        return out

    def blocks(self, story: etree._Element) -> list[Block]:
        """The blocks of a story, in order. Nothing is lost: what stands in unknown wrappers is looked for in them."""
        out: list[Block] = []
        carried = ""  # text of paragraphs whose end mark was deleted: it runs on into the next one
        todo = list(story)[::-1]
        while todo:
            element = todo.pop()
            name = _local(element)
            if name == "p":
                text, behind, deleted = self._paragraph(element)
                if deleted:
                    carried += text
                else:
                    number = self._number(element)
                    out.append(Paragraph(number + carried + text, self.index))
                    carried = ""
                    self.index += 1
                for inner in behind:
                    out += self.blocks(inner)
            elif name == "tbl":
                out += settle(self._table(element))
            elif name == "AlternateContent":
                todo += self._chosen(element)[::-1]
            elif name not in _SILENT:
                todo += list(element)[::-1]
        if carried.strip():
            out.append(Paragraph(carried, self.index))
            self.index += 1
        return out

    @staticmethod
    def _chosen(element: etree._Element) -> list[etree._Element]:
        """One of the alternatives: the first choice, else the fallback."""
        for name in ("Choice", "Fallback"):
            found = _child(element, name)
            if found is not None and len(found):
                return list(found)
        return []

    def _number(self, paragraph: etree._Element) -> str:
        properties = _child(paragraph, "pPr")
        num, level = number_of(properties)
        style = _child(properties, "pStyle")
        found = self.numbering.resolve(_attribute(style, "val") if style is not None else None, num, level)
        return self.numbering.marker(*found) if found else ""

    def _paragraph(self, paragraph: etree._Element) -> tuple[str, list[etree._Element], bool]:
        """``(text, stories that hang on it, whether its end mark is deleted)``."""
        mark = _child(_child(paragraph, "pPr"), "rPr")
        deleted = mark is not None and any(_local(child) in ("del", "moveFrom") for child in mark)
        out: list[str] = []
        behind: list[etree._Element] = []
        todo = list(paragraph)[::-1]
        while todo:
            element = todo.pop()
            name = _local(element)
            if name == "t":
                text = element.text or ""
                if _attribute(element, "space") != "preserve":
                    text = text.strip(" \t\r\n")
                out.append(text.replace("\r", "").replace("\n", " "))
            elif name in _SIGNS:
                out.append(_SIGNS[name])
            elif name == "sym":
                code = (_attribute(element, "char") or "").upper()
                out.append(_SYMBOLS.get(code) or _character(code))
            elif name in self.notes:
                note = self.notes[name].pop(_attribute(element, "id") or "", None)
                if note is not None:
                    behind.append(note)
            elif name == "txbxContent":
                behind.append(element)
            elif name == "AlternateContent":
                todo += self._chosen(element)[::-1]
            elif name == "r" and _on(_child(_child(element, "rPr"), "vanish")):
                self.hidden += sum(len(text.strip()) for text in _plain(element))
            elif name not in _SILENT:
                todo += list(element)[::-1]
        return "".join(out), behind, deleted

    def _table(self, table: etree._Element) -> TableBlock:
        out = TableBlock()
        merged: dict[int, CellBlock] = {}  # column → the cell above that runs on
        for row in self._inside(table, "tr"):
            properties = _child(row, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                continue
            cells: list[CellBlock] = []
            column = _count(_child(properties, "gridBefore"), 0)
            for cell in self._inside(row, "tc"):
                own = _child(cell, "tcPr")
                width = _count(_child(own, "gridSpan"), 1)
                merge = _child(own, "vMerge")
                blocks = self.blocks(cell)
                above = merged.get(column)
                if merge is not None and _attribute(merge, "val") != "restart" and above is not None:
                    above.rows += 1
                    above.blocks += [b for b in blocks if isinstance(b, TableBlock) or b.text.strip()]
                else:
                    cells.append(CellBlock(blocks, width))
                    merged.pop(column, None)
                    if merge is not None:
                        merged[column] = cells[-1]
                column += width
            out.rows.append(cells)
        return out

    @staticmethod
    def _inside(element: etree._Element, name: str) -> list[etree._Element]:
        """Rows of a table or cells of a row, content controls and tracked changes around them looked through."""
        out: list[etree._Element] = []
        todo = list(element)[::-1]
        while todo:
            child = todo.pop()
            if _local(child) == name:
                out.append(child)
            elif _local(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                todo += list(child)[::-1]
        return out


def _count(element: etree._Element | None, default: int) -> int:
    value = _attribute(element, "val") if element is not None else None
    return (
        min(int(value), 1000)
        if value is not None and value.isascii() and value.isdigit() and len(value) < 6
        else default
    )


def _character(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 32 <= number < 0x10000 and not 0xD800 <= number < 0xE000 else ""
