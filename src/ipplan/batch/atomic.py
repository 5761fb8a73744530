"""Writing into OUT: whole files or none, never through a link, never outside.

A file is written in ``OUT/.ipplan/tmp`` and renamed into place, so whoever looks sees the old file or the new one. The
rename survives any death of the process. Against a power cut ``fsync`` flushes the file before the rename and its folder after;
without it the manifest's record of size and time tells the next run which outputs are not what was written.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
from pathlib import Path

#: The run's own folder inside OUT, and where files are written before they are renamed.
OWN = ".ipplan"
TMP = f"{OWN}/tmp"

#: Errors that every further file would meet.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_numbers = itertools.count()


class DiskFull(OSError):
    """OUT takes no more: every further file would fail alike."""


class OutsideError(OSError):
    """An output would land outside OUT or on something that is not a file."""


def _descend(root: str, rel: str, seen: set[str]) -> None:
    """Make the folders above ``rel`` one by one; a link among them is refused."""
    at = root
    for part in rel.split("/")[:-1]:
        at = f"{at}/{part}"
        if at in seen:
            continue
        with contextlib.suppress(FileExistsError):
            os.mkdir(at)
        mode = os.lstat(at).st_mode
        if not stat.S_ISDIR(mode):
            what = "a link" if stat.S_ISLNK(mode) else "not a folder"
            raise OutsideError(errno.ENOTDIR, f"{at[len(root) + 1 :]} in the output folder is {what}")
        seen.add(at)


def write_atomic(root: str, rel: str, data: bytes, *, fsync: bool = False, seen: set[str] | None = None) -> str:
    """Write ``data`` as ``root/rel`` (``/`` between parts, all of them safe) and return the file's stamp.

    ``seen`` holds folders already looked at. Raises :class:`DiskFull`, :class:`OutsideError` or another ``OSError``.
    """
    temporary = f"{root}/{TMP}/{os.getpid()}-{next(_numbers)}"
    target = f"{root}/{rel}"
    try:
        _descend(root, rel, set() if seen is None else seen)
        stamp = _put(temporary, data, fsync)
        try:
            os.replace(temporary, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            beside = f"{os.path.dirname(target)}/.ipplan-{os.getpid()}-{next(_numbers)}"  # a mount inside OUT
            os.unlink(temporary)
            temporary = beside
            stamp = _put(beside, data, fsync)
            os.replace(beside, target)
        if fsync:
            _sync_folder(os.path.dirname(target))
        return stamp
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError) and error.errno in FULL:
            raise DiskFull(error.errno, error.strerror, rel) from None
        raise


def _put(path: str, data: bytes, fsync: bool) -> str:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if fsync:
            os.fsync(handle)
        return stamp_of(os.fstat(handle))
    finally:
        os.close(handle)


def _sync_folder(path: str) -> None:
    with contextlib.suppress(OSError):  # not every file system can
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def stamp_of(found: os.stat_result) -> str:
    """What changes when a file does: size, time of change in nanoseconds, inode."""
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ino}"


def sweep(root: Path) -> None:
    """Remove what a killed run left half written."""
    folder = root / TMP
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        with contextlib.suppress(OSError):
            left.unlink()
