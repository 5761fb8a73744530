"""Zip containers (DOCX, OFD) opened with every limit checked, and the parts of XML in them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, NoReturn

from ipplan.patterns import pattern
from ipplan.read.errors import ReadError
from ipplan.text import SourceText

if TYPE_CHECKING:
    from lxml import etree

#: Bytes all parts may unpack to, entries an archive may have, and how far a large part may shrink by packing.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 5000
MAX_RATIO = 300
_RATIO_FROM = 8 * 1024 * 1024

_DOCTYPE = pattern(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """A zip file whose declared and real sizes stay within the limits. Raises :class:`ReadError` where they do not."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._spent = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise ReadError(name, "is a damaged zip archive", "ask for a clean copy of the file") from None
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            self._bomb(f"holds {len(entries)} entries, more than {MAX_ENTRIES}")
        declared = sum(entry.file_size for entry in entries)
        if declared > MAX_UNPACKED:
            self._bomb(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB")
        if any(e.file_size > _RATIO_FROM and e.file_size > MAX_RATIO * max(1, e.compress_size) for e in entries):
            self._bomb(f"holds a part that is packed more than {MAX_RATIO} to 1")
        if any(entry.flag_bits & 1 for entry in entries):
            raise ReadError(name, "is encrypted", "save it without a password")
        self.names = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, ``None`` where there is none."""
        entry = self.names.get(part)
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as file:
                data = file.read(min(MAX_UNPACKED - self._spent, entry.file_size) + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise ReadError(self.name, f"has a damaged part {part}", "ask for a clean copy of the file") from None
        self._spent += len(data)
        if self._spent > MAX_UNPACKED:
            self._bomb(f"unpacks to more than {MAX_UNPACKED // 2**20} MiB")
        return data

    def xml(self, part: str) -> etree._Element | None:
        """The root of a part of XML, ``None`` where there is none; no DTD, no entity, no network."""
        data = self.read(part)
        if data is None:
            return None
        from lxml import etree

        head = data.replace(b"\x00", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:8] else data
        if _DOCTYPE.search(head):
            raise ReadError(
                self.name, f"declares a DTD in {part}", "such a file is not read; save it anew from its program"
            )
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            reason = str(error).split(", line")[0][:80]
            raise ReadError(
                self.name, f"has a damaged part {part} ({reason})", "ask for a clean copy of the file"
            ) from None

    def _bomb(self, problem: str) -> NoReturn:
        raise ReadError(self.name, problem, "it is refused for safety; split it, or give the plan alone")


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: id → (last word of the type, path of the target). External targets are left out."""
    folder, file = posixpath.split(part)
    root = archive.xml(posixpath.join(folder, "_rels", file + ".rels"))
    out: dict[str, tuple[str, str]] = {}
    if root is None:
        return out
    for relation in root:
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External" or not target:
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        out[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], path)
    return out


def refuse_zip(data: bytes, name: str, **_: Any) -> SourceText:
    """A zip that is none of the formats read: say what it is."""
    archive = Archive(data, name)
    names = archive.names
    if any(part.startswith("xl/") for part in names):
        raise ReadError(name, "is a spreadsheet, not a plan", "give the plan itself as DOCX, PDF, HTML or text")
    if any(part.startswith("ppt/") for part in names):
        raise ReadError(name, "is a presentation, not a plan", "give the plan itself as DOCX, PDF, HTML or text")
    if "mimetype" in names and (archive.read("mimetype") or b"").startswith(b"application/vnd.oasis.opendocument"):
        raise ReadError(name, "is an OpenDocument file", "save it as .docx")
    raise ReadError(name, "is a zip archive", "read what is in it with `ipplan batch`")
