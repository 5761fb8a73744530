"""Bytes → :class:`~ipplan.text.SourceText`, one reader per format, in one literal table.

The content decides the format, the file name only helps where the content leaves it open.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from ipplan.read.errors import ReadError
from ipplan.text import SourceText

#: Files beyond this size are refused: no plan is that long, and memory is bounded.
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reader:
    """One row of the table: format name, endings, ``module:function`` (imported on first use), how content shows it."""

    format: str
    endings: tuple[str, ...]
    target: str
    looks_like: Callable[[bytes], bool]


def _is_html(head: bytes) -> bool:
    low = head[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return low.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        low.startswith((b"<?xml", b"<!--", b"<div", b"<meta", b"<p", b"<table")) and b"<" in low[1:]
    )


#: Every reader. The first whose ``looks_like`` holds reads the file; text comes last and takes what is left.
READERS: tuple[Reader, ...] = (
    Reader("html", (".html", ".htm", ".shtml", ".xhtml"), "ipplan.read.html:read_html", _is_html),
    Reader("md", (".md", ".markdown"), "ipplan.read.txt:read_txt", lambda head: False),
    Reader("txt", (".txt", ".text", ""), "ipplan.read.txt:read_txt", lambda head: False),
)


def choose(data: bytes, name: str) -> Reader:
    """The reader for these bytes: by content first, then by the file's ending, else text."""
    for reader in READERS:
        if reader.looks_like(data):
            return reader
    ending = PurePath(name).suffix.lower()
    for reader in READERS:
        if ending in reader.endings and reader.format in ("txt", "md"):
            return reader
    return READERS[-1]


def read_bytes(data: bytes, name: str = "-", *, encoding: str | None = None) -> SourceText:
    """Read ``data`` into a source text.

    Raises :class:`ReadError` where nothing readable is in it.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(name, f"is larger than {MAX_BYTES // 2**20} MiB", "split it, or parse the text alone")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadError(name, "is empty", "give a file that holds the text of a plan")
    reader = choose(data, name)
    module, _, function = reader.target.partition(":")
    read: Callable[..., SourceText] = getattr(importlib.import_module(module), function)
    text = read(data, name, encoding=encoding)
    text.format = reader.format
    text.sha256 = hashlib.sha256(data).hexdigest()
    if not text.raw.strip(" \t\r\n\u3000\u00a0\ufeff\u200b"):
        raise ReadError(name, "holds only blanks", "give a file that holds the text of a plan")
    return text


def read_file(path: Path, *, encoding: str | None = None) -> SourceText:
    """Read a file. Raises :class:`ReadError` for a missing file, a folder, or one with nothing readable in it."""
    try:
        if path.is_dir():
            raise ReadError(str(path), "is a folder", "name a file, or use a glob such as folder/*.txt")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(str(path), f"is larger than {MAX_BYTES // 2**20} MiB", "split it, or parse the text alone")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(str(path), "does not exist", "check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(str(path), f"cannot be read ({reason})", "check the path and its permissions") from None
    text = read_bytes(data, str(path), encoding=encoding)
    text.name = path.name
    return text
