"""Old Word and WPS files and RTF: turned into DOCX by LibreOffice where it is installed, then read as such."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ipplan.read.docx import read_docx
from ipplan.read.errors import ReadError
from ipplan.text import SourceText

_TIMEOUT = 120
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAMS = ("WordDocument".encode("utf-16-le"), "WpsCustomData".encode("utf-16-le"))


def read_doc(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read an old Word, WPS or RTF file through LibreOffice. Raises :class:`ReadError` where it is not installed."""
    rtf = data.startswith(b"{\\rtf")
    what = "an RTF file" if rtf else "an old Word or WPS file (.doc, .wps)"
    if not rtf and _ENCRYPTED in data:
        raise ReadError(name, "is encrypted", "save it without a password")
    if not rtf and not any(stream in data for stream in _WORD_STREAMS):
        raise ReadError(
            name, "is an old Office file that is no Word document", "give the plan itself as DOCX, PDF, HTML or text"
        )
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise ReadError(
            name, f"is {what}, which needs LibreOffice to be read", "install LibreOffice, or save it as .docx"
        )
    source = read_docx(_convert(office, data, name, "rtf" if rtf else "doc"), name)
    return source


def _convert(office: str, data: bytes, name: str, ending: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="ipplan-") as folder:
        given, made = Path(folder, f"plan.{ending}"), Path(folder, "out", "plan.docx")
        given.write_bytes(data)
        command = [
            office, "--headless", "--norestore", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--convert-to", "docx", "--outdir", str(made.parent), str(given),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=False, timeout=_TIMEOUT, capture_output=True, stdin=subprocess.DEVNULL)
        except (OSError, subprocess.TimeoutExpired):
            raise ReadError(name, "could not be converted by LibreOffice", "save it as .docx") from None
        if not made.is_file():
            raise ReadError(name, "could not be converted by LibreOffice", "save it as .docx")
        return made.read_bytes()
