"""Old Word and WPS files and RTF: turned into DOCX by LibreOffice where it is installed, then read as such.

LibreOffice gets a profile of its own that runs no macros and fetches nothing, and is ended with all its processes
where it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ipplan.read.docx import read_docx
from ipplan.read.errors import ReadError
from ipplan.text import SourceText

_TIMEOUT = 120
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAMS = ("WordDocument".encode("utf-16-le"), "WpsCustomData".encode("utf-16-le"))
_OFFICE = "org.openoffice.Office.Common/Security/Scripting"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>
""".format(
    "".join(
        f'<item oor:path="/{_OFFICE}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in (
            ("MacroSecurityLevel", "3"),
            ("DisableMacrosExecution", "true"),
            ("BlockUntrustedRefererLinks", "true"),
        )
    )
)


def read_doc(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read an old Word, WPS or RTF file through LibreOffice. Raises :class:`ReadError` where it is not installed."""
    rtf = data.startswith(b"{\\rtf")
    what = "an RTF file" if rtf else "an old Word or WPS file (.doc, .wps)"
    if not rtf and (_ENCRYPTED in data or _locked(data)):
        raise ReadError(name, "is encrypted", "save it without a password")
    if not rtf and not any(stream in data for stream in _WORD_STREAMS):
        raise ReadError(
            name,
            "is an old Office file in which no Word document is found (it is another program's, or damaged)",
            "give the plan itself as DOCX, PDF, HTML or text",
        )
    return read_docx(_convert(_office(name, what), data, name, "rtf" if rtf else "doc"), name)


def read_word_xml(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read a Word file in one file of XML through LibreOffice. Raises :class:`ReadError` for any other XML."""
    head = data[:8192]
    if not any(mark in head for mark in (b'progid="Word.Document"', b"<w:wordDocument", b"/xmlPackage")):
        raise ReadError(name, "is XML, not a plan as it is published", "give the plan as DOCX, PDF, HTML or text")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ReadError(name, "declares a DTD", "such a file is not read; save it anew from its program")
    return read_docx(_convert(_office(name, "a Word file in XML"), data, name, "xml"), name)


def _office(name: str, what: str) -> str:
    """The program. Raises :class:`ReadError` where it is not installed."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise ReadError(
            name, f"is {what}, which needs LibreOffice to be read", "install LibreOffice, or save it as .docx"
        )
    return office


def _locked(data: bytes) -> bool:
    """Whether the head of a Word document, which begins at a sector, says that the rest is encrypted."""
    for at in range(512, min(len(data), 2**24), 512):
        if data[at : at + 2] == b"\xec\xa5":
            return bool(data[at + 11 : at + 12] > b"" and data[at + 11] & 1)
    return False


def _convert(office: str, data: bytes, name: str, ending: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="ipplan-", ignore_cleanup_errors=True) as folder:
        given, made = Path(folder, f"plan.{ending}"), Path(folder, "out", "plan.docx")
        given.write_bytes(data)
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            office, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to", "docx", "--outdir", str(made.parent), str(given),
        ]  # fmt: skip
        if not _run(command):
            raise ReadError(name, f"took LibreOffice more than {_TIMEOUT} s to convert", "save it as .docx")
        if not made.is_file():
            raise ReadError(name, "could not be converted by LibreOffice (it may be damaged)", "save it as .docx")
        return made.read_bytes()


def _run(command: list[str]) -> bool:
    """Run a command to its end; ``False`` where it took too long and was ended, with all it had started."""
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    except OSError:
        return True
    try:
        process.wait(_TIMEOUT)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
