"""Web pages: bytes → source text, with the page's head table as facts and its navigation reported as left out."""

from __future__ import annotations

import codecs
import re

from ipplan.diagnostics import Note
from ipplan.lexicon import load
from ipplan.patterns import pattern
from ipplan.read.blocks import Block, Paragraph, TableBlock, assemble, lines_of
from ipplan.read.container import document_parts, is_dropped, shows_little
from ipplan.read.dom import MAX_DEPTH, Page, TooDeep, parse_page
from ipplan.read.errors import ReadError
from ipplan.read.flow import Flow
from ipplan.read.head import facts_of, head_line
from ipplan.read.txt import decode
from ipplan.text import SourceText

_CHARSET = pattern(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,30})",
    re.IGNORECASE,
)
#: Charset labels, and the superset that pages under them are really written in.
SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
_CONTROL = pattern("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_PREVIEW = 40
#: 某市人民政府关于印发《某方案》的通知, 关于印发某方案的通知: the plan's own title.
_ISSUED = pattern(
    "关于(?:印发|发布|公布|转发|下发)(?:《(?P<quoted>[^《》]{4,80})》|(?P<plain>[^《》]{4,80}?))的?(?:通知|公告|通告)$"
)


def read_html(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read a web page. Raises :class:`ReadError` where no text is in it, or it is nested beyond measure."""
    text, used, bad = decode_page(data, name, encoding)
    controls = len(_CONTROL.findall(text))
    if controls:
        text = _CONTROL.sub("", text)
    utf8 = text.encode("utf-8", "replace")
    try:
        page = parse_page(utf8)
        if shows_little(page):  # a page that a script is to uncover
            uncovered = parse_page(utf8, hidden=True)
            page = page if shows_little(uncovered) else uncovered
    except TooDeep:
        raise ReadError(
            name, f"is HTML nested more than {MAX_DEPTH} deep", "save the page anew from a browser, or give its text"
        ) from None
    parts, known = document_parts(page, utf8)
    flow = Flow()
    dropped = _lay_out(page, parts, flow, known=known)
    outside = _outside(page, parts)
    raw, tables, _ = assemble(_head_rows(flow.blocks))
    if not raw.strip():
        raise ReadError(
            name, "is a web page without text", "save the page with its text (it may be put in by a script)"
        )
    source = SourceText(raw, name=name, format="html", encoding=used, tables=tables, head=_head(page, outside))
    for _, count, byte in bad:
        what = "1 byte" if count == 1 else f"{count} bytes"
        source.notes.append(Note("IPP001", f"{what} at byte offset {byte} could not be decoded as {used}"))
    if controls:
        source.notes.append(Note("IPP003", f"{controls} control character(s) of the page, left out"))
    for number, blocks in outside:
        source.notes += _dropped_note(page, number, lines_of(blocks))
    for number in dropped:
        first, last = page.elements[number].first, page.elements[number].last
        source.notes += _dropped_note(page, number, [text for _, text in page.events[first:last] if text is not None])
    return source


def decode_page(data: bytes, name: str, encoding: str | None) -> tuple[str, str, list[tuple[int, int, int]]]:
    """Decode by BOM, by strict UTF-8, by the page's own charset, else by score (see :func:`ipplan.read.txt.decode`)."""
    if encoding is not None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, name, encoding)
    if b"\x00" in data:
        if data.lstrip()[:2] in (b"<\x00", b"\x00<"):
            return decode(data, name, "utf-16-le" if data.lstrip()[:1] == b"<" else "utf-16-be")
        data = data.replace(b"\x00", b"")
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    found = _CHARSET.search(data, 0, 8192)
    label = (found[1] or found[2]).decode("ascii").lower() if found else ""
    label = SUPERSETS.get(label, label)
    if label and label not in ("utf-8", "utf8", "iso-8859-1", "windows-1252", "us-ascii"):
        try:
            own = decode(data, name, label)
        except ReadError:
            return decode(data, name)
        if sum(count for _, count, _ in own[2]) * 200 <= len(data):
            return own
    return decode(data, name)


def _lay_out(page: Page, parts: list[int], flow: Flow, *, known: bool) -> list[int]:
    """Let the events of the parts flow into blocks; returns the elements left out."""
    dropped: list[int] = []
    for part in parts:
        _run(page, page.elements[part].first, page.elements[part].last, flow, dropped, known=known, root=part)
    return dropped


def _run(page: Page, first: int, last: int, flow: Flow, dropped: list[int] | None, *, known: bool, root: int) -> None:
    at = first
    while at < last:
        number, text = page.events[at]
        if text is not None:
            flow.text(text)
        elif number >= 0:
            if dropped is not None and number != root and is_dropped(page, number, known=known):
                dropped.append(number)
                flow.close_block()
                at = page.elements[number].last
                continue
            flow.open(page.elements[number].tag, page.elements[number].attributes)
        else:
            flow.close(page.elements[-1 - number].tag)
        at += 1
    flow.close_block()


def _outside(page: Page, parts: list[int]) -> list[tuple[int, list[Block]]]:
    """The outermost elements that hold no part of the document, with what they say; stray text under its parent."""
    holders: set[int] = set()
    for part in parts:
        number = part
        while number >= 0 and number not in holders:
            holders.add(number)
            number = page.elements[number].parent
    out: list[tuple[int, list[Block]]] = []
    chosen = set(parts)
    at = 0
    while at < len(page.events):
        number, text = page.events[at]
        at += 1
        if text is not None:
            if text.strip() and number in holders:
                out.append((number, [Paragraph(text.strip())]))
        elif number >= 0 and number in chosen:
            at = page.elements[number].last
        elif number >= 0 and number not in holders:
            element = page.elements[number]
            flow = Flow()
            _run(page, element.first, element.last, flow, None, known=True, root=number)
            if any(line.strip() for line in lines_of(flow.blocks)):
                out.append((number, flow.blocks))
            at = element.last
    return out


def _head(page: Page, outside: list[tuple[int, list[Block]]]) -> dict[str, str]:
    """Facts of the page outside of the document: head table, ``<meta>``, heading."""
    lines = [line for _, blocks in outside for line in lines_of(blocks)]
    facts = facts_of(lines)
    title = page.metas.get("articletitle") or _shown_title(page, outside)
    if title:
        issued = _ISSUED.search(title)
        facts.setdefault("title", (issued["quoted"] or issued["plain"]) if issued else title)
    published = page.metas.get("pubdate") or page.metas.get("publishdate")
    if published:
        facts.setdefault("published_on", published)
    source = page.metas.get("contentsource", "")
    if source.endswith(("政府", "办公室", "办公厅", "局", "委员会", "管委会", "厅")):
        facts.setdefault("issuer", source)
    return facts


def _shown_title(page: Page, outside: list[tuple[int, list[Block]]]) -> str | None:
    """The heading a page shows above its text, where it names a document."""
    titles = frozenset(load("containers")["titles"])
    nouns = tuple(load("words")["document_nouns"])
    for top, _ in outside:
        i, last = top, page.elements[top].last
        while i < len(page.elements) and page.elements[i].first < last:
            inner = page.elements[i]
            i += 1
            if (inner.tag in ("h1", "h2") or not titles.isdisjoint(inner.names)) and inner.wide < 120:
                flow = Flow()
                _run(page, inner.first, inner.last, flow, None, known=True, root=i)
                text = "".join(line.strip() for line in lines_of(flow.blocks))
                if len(text) >= 8 and re.sub("[（(][^（）()]*[）)]$", "", text).endswith(nouns):
                    return text
                while i < len(page.elements) and page.elements[i].first < inner.last:
                    i += 1
    return None


def _head_rows(blocks: list[Block]) -> list[Block]:
    """A head table that stands in the document itself becomes lines ``label：value``: it is no data."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, TableBlock) and len(block.rows) <= 10 and len(facts_of(lines_of([block]))) >= 2:
            out += [Paragraph(head_line(cell.text() for cell in row)) for row in block.rows]
        else:
            out.append(block)
    return out


def _dropped_note(page: Page, number: int, pieces: list[str]) -> list[Note]:
    """One note for a part left out: which, how it begins, how long it is; none for a part that says nothing."""
    words = " ".join(" ".join(pieces).split())
    if not words:
        return []
    element = page.elements[number]
    shown = words[:_PREVIEW] + ("…" if len(words) > _PREVIEW else "")
    place = element.tag + "".join(element.names)
    return [Note("IPP106", f"<{place[:60]}> left out ({len(words)} characters): {shown}")]
