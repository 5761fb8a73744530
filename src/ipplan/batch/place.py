"""OUT, wherever it is: a folder of this machine or any fsspec URL."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path
from typing import Any, Protocol

from ipplan.batch import atomic
from ipplan.batch.engine import BatchError
from ipplan.extras import install

#: Stores whose single write is whole or nothing; on any other a file is written beside and moved.
_WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "oci", "cos", "obs", "r2"}


def is_url(path: str) -> bool:
    """Whether ``path`` is for fsspec."""
    head, found, _ = path.partition("://")
    return bool(found) and head.replace("+", "").replace("::", "").replace("-", "").isalnum()


def filesystem(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL and the path on it. Raises :class:`BatchError`."""
    try:
        import fsspec
    except ImportError:
        raise BatchError(f"{url}: remote paths need fsspec: {install('remote')}") from None
    if url.startswith("memory://"):
        raise BatchError(f"{url}: lives in one process only, and the work is done in others; give a path they all see")
    try:
        fs, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError, OSError) as error:
        raise BatchError(f"{url}: cannot be opened ({' '.join(str(error).split())})") from None
    return fs, str(path)


class Place(Protocol):
    """Where outputs go. ``rel`` is a safe relative path with ``/``."""

    def write(self, rel: str, data: bytes, *, fsync: bool = False) -> str:
        """Write the whole file or nothing; its stamp."""
        ...

    def adopt(self, rel: str, file: str) -> None:
        """Take over a finished file of this machine."""
        ...

    def stamp(self, rel: str) -> str | None:
        """The stamp of a file as it is now, ``None`` where there is none."""
        ...

    def remove(self, rel: str) -> None:
        """Remove a file, if it is there."""
        ...


class LocalPlace:
    """A folder."""

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)
        self._seen: set[str] = set()

    def write(self, rel: str, data: bytes, *, fsync: bool = False) -> str:
        if len(self._seen) > 10_000:
            self._seen.clear()
        return atomic.write_atomic(self.root, rel, data, fsync=fsync, seen=self._seen)

    def adopt(self, rel: str, file: str) -> None:
        os.replace(file, f"{self.root}/{rel}")

    def stamp(self, rel: str) -> str | None:
        try:
            return atomic.stamp_of(os.lstat(f"{self.root}/{rel}"))
        except (OSError, ValueError):
            return None

    def remove(self, rel: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(f"{self.root}/{rel}")


class RemotePlace:
    """A folder on an fsspec file system."""

    def __init__(self, url: str) -> None:
        self.fs, self.root = filesystem(url.rstrip("/"))
        protocol = self.fs.protocol if isinstance(self.fs.protocol, str) else self.fs.protocol[0]
        self._whole = protocol in _WHOLE
        self._listed: dict[str, str] | None = None
        self._made: set[str] = set()

    def write(self, rel: str, data: bytes, *, fsync: bool = False) -> str:
        path = f"{self.root}/{rel}"
        if self._whole:
            self.fs.pipe_file(path, data)
            return str(len(data))
        temporary = f"{self.root}/{atomic.TMP}/{uuid.uuid4().hex}"
        for folder in (os.path.dirname(path), os.path.dirname(temporary)):
            if folder not in self._made:
                self.fs.makedirs(folder, exist_ok=True)
                self._made.add(folder)
        self.fs.pipe_file(temporary, data)
        self.fs.mv(temporary, path)
        return str(len(data))

    def adopt(self, rel: str, file: str) -> None:
        with open(file, "rb") as stream:
            self.write(rel, stream.read())
        os.unlink(file)

    def stamp(self, rel: str) -> str | None:
        if self._listed is None:  # one listing instead of a question per file
            try:
                found = self.fs.find(self.root, detail=True)
            except FileNotFoundError:
                found = {}
            skip = len(self.root.rstrip("/")) + 1
            self._listed = {path[skip:]: str(info.get("size")) for path, info in found.items()}
        return self._listed.get(rel)

    def remove(self, rel: str) -> None:
        with contextlib.suppress(OSError):
            self.fs.rm_file(f"{self.root}/{rel}")

    def read(self, rel: str) -> bytes | None:
        """The bytes of a file, ``None`` where there is none."""
        try:
            return bytes(self.fs.cat_file(f"{self.root}/{rel}"))
        except FileNotFoundError:
            return None


def place_of(out: str) -> LocalPlace | RemotePlace:
    """The place a path or URL names."""
    return RemotePlace(out) if is_url(out) else LocalPlace(out)


def prepare(out: str) -> str:
    """Make the folder OUT and the run's own folder in it; the absolute path of OUT. Raises :class:`BatchError`."""
    root = Path(os.path.abspath(out))
    own = root / atomic.OWN
    try:
        (root / atomic.TMP).mkdir(parents=True, exist_ok=True)
        if own.is_symlink() or (root / atomic.TMP).is_symlink():
            raise BatchError(f"{own}: is a link; remove it")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BatchError(f"{out}: cannot be written ({reason}); give another output folder") from None
    return str(root)
