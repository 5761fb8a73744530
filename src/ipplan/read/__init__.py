"""Bytes → :class:`~ipplan.text.SourceText`, one reader per format, in one literal table.

The content decides the format, the file name only helps where the content leaves it open.
"""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Callable

from ipplan.patterns import pattern
from ipplan.read.errors import ReadError
from ipplan.records import record
from ipplan.text import SourceText

#: Files beyond this size are refused: no plan is that long, and memory is bounded.
MAX_BYTES = 64 * 1024 * 1024


@record(frozen=True)
class Reader:
    """One row of the table: format name, endings, ``module:function`` (imported on first use), how content shows it."""

    format: str
    endings: tuple[str, ...]
    target: str
    looks_like: Callable[[bytes], bool]


_HTML_STARTS = (
    b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<title", b"<script", b"<style", b"<link", b"<base",
    b"<div", b"<p", b"<table", b"<font", b"<center", b"<span", b"<h1", b"<h2", b"<h3", b"<br", b"<article", b"<section",
    b"<main",
)  # fmt: skip


def _is_html(data: bytes) -> bool:
    """Markup at the very start, behind blanks, a byte-order mark, an XML declaration and comments."""
    low = data[:16384].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    while low.startswith((b"<?xml", b"<!--")):
        mark = b"?>" if low.startswith(b"<?") else b"-->"
        _, found, low = low.partition(mark)
        if not found:
            return True
        low = low.lstrip()
    return low.startswith(_HTML_STARTS)


_MARKDOWN = (".md", ".markdown")
_WHOLE_PAGE = (b"<!doctype", b"<html", b"<head", b"<body")


def _is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def _is_docx(data: bytes) -> bool:
    return _is_zip(data) and b"word/" in data and b"[Content_Types].xml" in data


def _is_ofd(data: bytes) -> bool:
    return _is_zip(data) and b"OFD.xml" in data


def _is_pdf(data: bytes) -> bool:
    """The mark at the start; behind a stray head, as some servers leave it, only where the mark of the end is there too."""
    head, found, _ = data[:1024].partition(b"%PDF-")
    return bool(found) and (not head.strip(b" \t\r\n\x00\xef\xbb\xbf") or b"%%EOF" in data[-2048:])


def _is_xml(data: bytes) -> bool:
    """XML that is no web page (that is asked for before)."""
    return data[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml")


def _is_mht(data: bytes) -> bool:
    """The head of a message with several parts or with a page."""
    head = data[:4096].lstrip().lower()
    return (
        head.startswith((b"mime-version:", b"from:", b"content-type:"))
        and b"mime-version:" in head
        and (b"multipart/" in head or b"text/html" in head)
    )


def _is_doc(data: bytes) -> bool:
    return data.startswith((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"))


#: Every reader. The first whose ``looks_like`` holds reads the file; text comes last and takes what is left.
READERS: tuple[Reader, ...] = (
    Reader("html", (".html", ".htm", ".shtml", ".xhtml"), "ipplan.read.html:read_html", _is_html),
    Reader("mht", (".mht", ".mhtml"), "ipplan.read.mht:read_mht", _is_mht),
    Reader("xml", (".xml",), "ipplan.read.doc:read_word_xml", _is_xml),
    Reader("docx", (".docx",), "ipplan.read.docx:read_docx", _is_docx),
    Reader("ofd", (".ofd",), "ipplan.read.ofd:read_ofd", _is_ofd),
    Reader("pdf", (".pdf",), "ipplan.read.pdf:read_pdf", _is_pdf),
    Reader("zip", (".zip",), "ipplan.read.archive:refuse_zip", _is_zip),
    Reader("doc", (".doc", ".wps", ".rtf"), "ipplan.read.doc:read_doc", _is_doc),
    Reader("md", _MARKDOWN, "ipplan.read.md:read_md", lambda data: False),
    Reader("txt", (".txt", ".text", ""), "ipplan.read.txt:read_txt", lambda data: False),
)


def choose(data: bytes, name: str) -> Reader:
    """The reader for these bytes: by content first, then by the file's ending, else text."""
    ending = os.path.splitext(name)[1].lower()
    start = data[:65536].lower() if ending in _MARKDOWN else b""
    fragment = bool(start) and not any(mark in start for mark in _WHOLE_PAGE)  # Markdown may begin with tags
    for reader in READERS:
        if reader.looks_like(data) and not (fragment and reader.format == "html"):
            return reader
    if ending in READERS[0].endings and b"</" in data[:65536]:
        return READERS[0]
    for reader in READERS:
        if ending in reader.endings and reader.format in ("txt", "md"):
            return reader
    return READERS[-1]


_OWN = pattern(
    rb'(?:(?:#|---)[^\n]*\n)*(?:schema: *["\']?|[\[{](?s:.*?)"schema" ?: ?")(ipplan(?:-[a-z]+)?/)[0-9]',
)


def written_by_ipplan(data: bytes) -> str | None:
    """What ipplan wrote there (``ipplan/``: plans), by the schema that its YAML or JSON names at its head; else ``None``."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = _OWN.match(head) if head.startswith((b"#", b"---", b"schema", b"{", b"[")) else None
    return found[1].decode() if found else None


def refuse_own(data: bytes, name: str) -> None:
    """Raise :class:`ReadError` for data that ipplan wrote: read as a plan's text, it would be a bad plan."""
    kind = written_by_ipplan(data)
    if kind is not None:
        plans = "use it with tree, targets, agencies, timeline, diff or compare, or give the source it was read from"
        advice = plans if kind == "ipplan/" else "give the plan itself"
        raise ReadError(name, "is data that ipplan wrote, not a plan's text", advice)


def read_bytes(data: bytes, name: str = "-", *, encoding: str | None = None) -> SourceText:
    """Read ``data`` into a source text.

    Raises :class:`ReadError` where nothing readable is in it.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(name, f"is larger than {MAX_BYTES // 2**20} MiB", "split it, or parse the text alone")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadError(name, "is empty", "give a file that holds the text of a plan")
    refuse_own(data, name)
    reader = choose(data, name)
    module, _, function = reader.target.partition(":")
    read: Callable[..., SourceText] = getattr(importlib.import_module(module), function)
    text = read(data, name, encoding=encoding)
    text.format = reader.format if reader.format != "xml" else "doc"
    text.sha256 = hashlib.sha256(data).hexdigest()
    if not text.raw.strip(" \t\r\n\u3000\u00a0\ufeff\u200b"):
        raise ReadError(name, "holds only blanks", "give a file that holds the text of a plan")

    from ipplan.read.traditional import even_out

    even_out(text)
    return text


def read_file(path: str | os.PathLike[str], *, encoding: str | None = None) -> SourceText:
    """Read a file. Raises :class:`ReadError` for a missing file, a folder, or one with nothing readable in it."""
    try:
        if os.path.isdir(path):
            raise ReadError(str(path), "is a folder", "name a file, or use a glob such as folder/*.txt")
        if os.stat(path).st_size > MAX_BYTES:
            raise ReadError(str(path), f"is larger than {MAX_BYTES // 2**20} MiB", "split it, or parse the text alone")
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise ReadError(str(path), "does not exist", "check the path") from None
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(str(path), f"cannot be read ({reason})", "check the path and its permissions") from None
    text = read_bytes(data, str(path), encoding=encoding)
    text.name = os.path.basename(path)
    return text
