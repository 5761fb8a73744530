"""Plans inside ZIP archives: listed with every limit checked, read one at a time, never unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipplan.batch.place import filesystem, is_url

if TYPE_CHECKING:
    from ipplan.batch.inputs import Found

#: Entries an archive may have, bytes one may unpack to, how far it may shrink by packing (beyond 8 MiB).
MAX_MEMBERS = 200_000
MAX_BYTES = 64 * 2**20
MAX_RATIO = 300
_RATIO_FROM = 8 * 2**20

_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def open_any(path: str) -> Any:
    """A file of this machine or of an fsspec URL, open for reading bytes."""
    if is_url(path):
        fs, inner = filesystem(path)
        return fs.open(inner, "rb")
    return open(path, "rb")


def members(path: str, rel: str) -> Iterator[Found]:
    """The files in an archive, named ``rel/name`` (just ``name`` if ``rel`` is empty)."""
    from ipplan.batch.inputs import Found

    try:
        with open_any(path) as file, zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            size = file.seek(0, 2)
    except _FAULTS as error:
        reason = getattr(error, "strerror", None) or "is it complete?"
        yield Found(rel or path.rpartition("/")[2], path, error=f"is a damaged ZIP archive ({reason})")
        return
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_MEMBERS or total > 2**30 + MAX_RATIO * size:
        problem = f"unpacks to {total // 2**20} MiB in {len(entries)} files: refused as a ZIP bomb"
        yield Found(rel or path.rpartition("/")[2], path, error=problem)
        return
    names: dict[str, int] = {}
    for i, entry in enumerate(entries):
        name = _name(entry)
        if entry.is_dir() or _litter(name):
            continue
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:  # two entries of one name are two files
            stem, dot, ending = name.rpartition(".")
            name = f"{stem}~{names[name]}.{ending}" if dot else f"{name}~{names[name]}"
        stamp = f"{entry.CRC:08x}-{entry.file_size}-{entry.date_time}-{entry.header_offset}"
        full = f"{rel}/{name}" if rel else name
        yield Found(full, path, str(i), entry.file_size, stamp, _fault(entry))


def _fault(entry: zipfile.ZipInfo) -> str | None:
    """What forbids reading an entry."""
    if entry.flag_bits & 1:
        return "is encrypted; save the archive without a password"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link inside a ZIP archive"
    if entry.file_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 2**20} MiB"
    if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        return f"is packed more than {MAX_RATIO} to 1: refused as a ZIP bomb"
    if entry.filename.lower().endswith(".zip"):
        return "is a ZIP archive inside a ZIP archive; unpack it"
    return None


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as meant: archivers on Chinese Windows write GBK and do not say so."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename.replace("\\", "/")
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename.replace("\\", "/")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return entry.filename.replace("\\", "/")


def _litter(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return not parts or any(p.startswith((".", "~$")) or p.lower() in ("__macosx", "thumbs.db") for p in parts)


class Reader:
    """Reads members, keeping the archive that was read last open."""

    def __init__(self) -> None:
        self._path: str | None = None
        self._archive: zipfile.ZipFile | None = None

    def read(self, path: str, member: str) -> bytes:
        """The bytes of entry number ``member``. Raises ``ValueError`` with what is wrong."""
        try:
            if self._path != path or self._archive is None:
                self._path, self._archive = None, zipfile.ZipFile(open_any(path))
                self._path = path
            entry = self._archive.infolist()[int(member)]
            with self._archive.open(entry) as file:
                data: bytes = file.read(MAX_BYTES + 1)
        except (IndexError, *_FAULTS) as error:
            self._path = None
            raise ValueError(f"is damaged inside its ZIP archive ({' '.join(str(error).split())[:100]})") from None
        if len(data) > MAX_BYTES:
            raise ValueError(f"is larger than {MAX_BYTES // 2**20} MiB")
        return data
