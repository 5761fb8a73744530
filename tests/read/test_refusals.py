"""What cannot be read is refused in one line with exit code 2; a wrong ending is no obstacle."""

from __future__ import annotations

import io
import quopri
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms import W, docx, p, render
from ipplan import parse
from ipplan.read import READERS, read_bytes
from support import ROOT, core, source_of

Run = Callable[..., Any]
PLAN = "某市知识产权工作方案\n一、总体要求\n推进知识产权强市建设，加强保护。\n"
PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in PLAN.split()) + "</body></html>"


def zipped(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def word(document: bytes | str, **more: bytes | str) -> bytes:
    return zipped(**{"[Content_Types].xml": "<x/>", "word/document.xml": document}, **more)


def lying() -> bytes:
    """A part of 100 MiB that says it has 1,000 bytes."""
    data = bytearray(word(b"<a>" + b" " * (100 * 2**20)))
    for mark, size, which in ((b"PK\x01\x02", 24, 2), (b"PK\x03\x04", 22, 2)):
        at = -1
        for _ in range(which):
            at = data.find(mark, at + 1)
        struct.pack_into("<I", data, at + size, 1000)
    return bytes(data)


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb by its declared size": ("plan.docx", lambda: word(b" " * (201 * 2**20)), "unpacks to more than 200 MiB"),
    "zip bomb by its real size": ("plan.docx", lying, "damaged part"),
    "OFD bomb": ("plan.ofd", lambda: zipped(**{"OFD.xml": b" " * (201 * 2**20)}), "unpacks to more than 200 MiB"),
    "entity in Word": ("plan.docx", lambda: word(f"{ENTITY}<w:document {W}><w:body>&a;</w:body></w:document>"), "DTD"),
    "DTD in UTF-16": ("plan.docx", lambda: word('<!DOCTYPE x><a/>'.encode("utf-16")), "DTD"),
    "entity in OFD": ("plan.ofd", lambda: zipped(**{"OFD.xml": ENTITY + "<a>&a;</a>"}), "DTD"),
    "macros": ("plan.docm", lambda: word("<a/>", **{"word/vbaProject.bin": b"x"}), "macros"),
    "cut off Word": ("plan.docx", lambda: docx(p(PLAN * 99))[:900], "damaged zip"),
    "cut off PDF": ("plan.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "not a readable PDF"),
    "nested HTML": ("plan.html", lambda: b"<html>" + b"<div>" * 200_000 + "一、".encode() + b"</div>" * 200_000, "2000 deep"),
    "picture": ("plan.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "is not text"),
    "program": ("plan.doc", lambda: b"\x7fELF" + bytes(range(256)) * 9, "is not text"),
    "spreadsheet": ("plan.docx", lambda: zipped(**{"xl/workbook.xml": "<x/>"}), "spreadsheet"),
    "archive": ("plan.zip", lambda: zipped(**{"a.txt": PLAN}), "ipplan batch"),
    "other XML": ("plan.doc", lambda: '<?xml version="1.0"?><a>一、总体要求</a>'.encode(), "is XML"),
    "MHT without a page": ("plan.doc", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx", "without a page"),
    "old Office file": ("plan.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "no Word document"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_one_line_and_exit_2(ipplan: Run, tmp_path: Path, what: str) -> None:
    name, make, word = REFUSED[what]
    path = tmp_path / name
    path.write_bytes(make())
    ran = ipplan("parse", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith(f"ipplan: {path}: ")
    assert word in ran.line


def test_memory_stays_bounded(tmp_path: Path) -> None:
    """A part that lies about its size is not unpacked."""
    resource = pytest.importorskip("resource")
    path = tmp_path / "plan.docx"
    path.write_bytes(lying())
    code = (
        "import resource, subprocess, sys; subprocess.run([sys.executable, '-m', 'ipplan', 'parse', sys.argv[1]], "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=ROOT, check=True)
    assert resource is not None
    assert int(ran.stdout) < 90_000 * (1024 if sys.platform == "darwin" else 1)


@pytest.mark.parametrize("name", ["plan.docx", "plan.doc", "plan.pdf", "plan.wps", "plan.zip", "plan"])
@pytest.mark.parametrize(("data", "format"), [(PLAN.encode(), "txt"), (PAGE.encode(), "html"), (docx(p(PLAN)), "docx")])
def test_content_decides(name: str, data: bytes, format: str) -> None:
    assert read_bytes(data, name).format == format


def test_entities_of_a_page_are_not_read() -> None:
    page = ENTITY.replace("x [", "html [") + PAGE.replace("强市", "强市&a;")
    assert "root:" not in read_bytes(page.encode(), "plan.html").raw


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_page_in_one_file(encoding: str) -> None:
    import base64

    lines = render.lines_of(source_of("sucheng").read_text(encoding="utf-8"))
    page = ("<html><body>" + "".join(f"<p class=MsoNormal>{line}</p>" for line in lines) + "</body></html>").encode(
        "gb18030"
    )
    body = quopri.encodestring(page) if encoding == "quoted-printable" else base64.encodebytes(page)
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_P"\r\n\r\nA web page.\r\n\r\n------=_P\r\n'
    part = f'Content-Transfer-Encoding: {encoding}\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n'.encode()
    plan = parse(head + part + body + b"\r\n------=_P--\r\n", name="plan.doc")
    assert plan.source.format == "mht"
    assert core(plan) == core(parse(source_of("sucheng")))


def test_word_in_xml_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    text = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'
    with pytest.raises(ValueError, match="Word file in XML, which needs LibreOffice"):
        read_bytes(text.encode(), "plan.doc")


def test_every_reader_is_there() -> None:
    import importlib

    for reader in READERS:
        module, _, function = reader.target.partition(":")
        assert callable(getattr(importlib.import_module(module), function))
