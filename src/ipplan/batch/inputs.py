"""Sources → files: folders, single files, globs, ZIP archives, lists of paths, and fsspec URLs of any of these.

Nothing is read here but names and sizes, and nothing is held: files are yielded as they are found. What cannot be an input
(a broken link, a pipe, an unreadable folder, a damaged archive) is yielded with the reason and fails as a file of its own.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ipplan.batch.atomic import stamp_of
from ipplan.batch.engine import BatchError
from ipplan.batch.globs import compile_glob, fixed_part, has_magic
from ipplan.batch.place import filesystem, is_url
from ipplan.batch.zips import members

#: Never inputs: what desktops and Word leave behind.
_LITTER = {"thumbs.db", "desktop.ini", "__macosx"}


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its name in the mirrored tree (``/`` between parts), where its bytes are, what shows that it changed."""

    rel: str
    path: str
    member: str | None = None
    size: int = 0
    stamp: str = ""
    error: str | None = None
    folder: bool = False  # a folder that cannot be listed


class Finder:
    """Finds the files of all sources. ``skipped`` counts what was passed over, by reason."""

    def __init__(self, out: str) -> None:
        self.skipped: Counter[str] = Counter()
        self._out = None if is_url(out) else os.path.realpath(out)

    def find(self, sources: Sequence[str], lists: Sequence[str] = ()) -> Iterator[Found]:
        """Every file of ``sources`` and of the files named in ``lists``. Raises :class:`BatchError` for a bad source."""
        listed = [*lists, *(s[1:] for s in sources if s.startswith("@") and not os.path.lexists(s))]
        plain = [s for s in sources if not (s.startswith("@") and not os.path.lexists(s))]
        listed += [s for s in plain if _is_list(s)]
        plain = [s for s in plain if s not in listed]
        for source in plain:
            self._check(source)
        alone = len(plain) + len(listed) == 1
        above = _common([s for s in plain if not is_url(s) and not os.path.isdir(s)])
        for source in plain:
            if is_url(source):
                yield from self._remote(source, "" if alone else _last(source))
            elif os.path.isdir(source):
                yield from self._folder(source, "" if alone else os.path.basename(os.path.abspath(source)))
            elif has_magic(source) and not os.path.lexists(source):
                yield from self._glob(source, above)
            elif alone and _is_zip(source):
                yield from members(source, "")
            else:
                yield from self._file(source, _relative(source, above))
        for source in listed:
            yield from self._list(source)

    def _check(self, source: str) -> None:
        """Typing mistakes stop the run before anything is done."""
        if is_url(source) or os.path.lexists(source):
            if self._out is not None and os.path.realpath(source) == self._out:
                raise BatchError(f"{source}: is the output folder itself; give another one with -o")
            return
        if "\x00" in source or not has_magic(source):
            raise BatchError(f"{source}: does not exist; check the path")
        if not os.path.isdir(fixed_part(source)):
            raise BatchError(f"{source}: matches nothing; check the pattern")

    def _file(self, path: str, rel: str) -> Iterator[Found]:
        if _is_zip(path):
            yield from members(path, rel)
            return
        try:
            found = os.stat(path)
        except (OSError, ValueError) as error:
            yield Found(rel, path, error=f"cannot be read ({getattr(error, 'strerror', None) or error})")
            return
        if stat.S_ISREG(found.st_mode):
            yield Found(rel, path, size=found.st_size, stamp=stamp_of(found))
        else:
            yield Found(rel, path, error="is not a regular file")

    def _folder(self, root: str, prefix: str, depth: int | None = None) -> Iterator[Found]:
        """All files below ``root``. Linked folders come last, each folder once, so that loops end."""
        seen: set[tuple[int, int]] = set()
        linked: list[tuple[str, str, int]] = []
        todo = [(root, prefix, 1)]
        while todo or linked:
            path, rel, level = todo.pop() if todo else linked.pop(0)
            try:
                here = os.stat(path)
                if (here.st_dev, here.st_ino) in seen:
                    self.skipped["folder met before (a link)"] += 1
                    continue
                seen.add((here.st_dev, here.st_ino))
                if self._out is not None and os.path.realpath(path) == self._out:
                    continue
                with os.scandir(path) as entries:
                    for entry in entries:
                        name = f"{rel}/{entry.name}" if rel else entry.name
                        if entry.name.startswith((".", "~$")) or entry.name.lower() in _LITTER:
                            self.skipped["hidden"] += 1
                        elif entry.is_dir(follow_symlinks=False):
                            if depth is None or level < depth:
                                todo.append((entry.path, name, level + 1))
                        elif entry.is_symlink() and os.path.isdir(entry.path):
                            if depth is None or level < depth:
                                linked.append((entry.path, name, level + 1))
                        else:
                            yield from self._file(entry.path, name)
            except OSError as error:
                yield Found(
                    rel or os.path.basename(root), path, error=f"cannot be listed ({error.strerror})", folder=True
                )
            linked.sort()

    def _glob(self, pattern: str, above: str) -> Iterator[Found]:
        """Files that match, and folders that cannot be listed, for they may hold some; ``**`` is any number of folders."""
        root = fixed_part(pattern)
        matches, depth = compile_glob(os.path.relpath(pattern, root).replace(os.sep, "/"))
        before = _relative(root, above)
        for found in self._folder(root, "", depth):
            file = found.rel if found.member is None else os.path.relpath(found.path, root).replace(os.sep, "/")
            if found.folder or matches(file):
                yield found if before == "." else replace(found, rel=f"{before}/{found.rel}")

    def _list(self, source: str) -> Iterator[Found]:
        """One path a line, relative to the list's folder (else to the current one); blank lines do not count."""
        import sys

        base = "" if source == "-" else os.path.dirname(os.path.abspath(source))
        try:
            stream = sys.stdin.buffer if source == "-" else open(source, "rb")  # noqa: SIM115
        except OSError as error:
            raise BatchError(f"{source}: the list cannot be read ({error.strerror})") from None
        with stream:
            for raw in stream:
                line = os.fsdecode(raw.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n"))
                if not line.strip():
                    continue
                if is_url(line):
                    yield from self._remote(line, _last(line))
                    continue
                path = line if os.path.isabs(line) else os.path.join(base, line)
                if not os.path.lexists(path) and os.path.lexists(line):
                    path = os.path.abspath(line)
                inside = os.path.relpath(path, base) if base and _within(path, base) else line
                rel = os.path.splitdrive(inside)[1].replace(os.sep, "/").lstrip("/")
                yield from self._folder(path, rel) if os.path.isdir(path) else self._file(path, rel)

    def _remote(self, url: str, prefix: str) -> Iterator[Found]:
        fs, path = filesystem(url)
        try:
            if has_magic(url):
                found: dict[str, Any] = fs.glob(path, detail=True)
                root = fixed_part(path)
            elif fs.isdir(path):
                found, root = fs.find(path, detail=True), path
            else:
                found, root = {path: fs.info(path)}, os.path.dirname(path)
        except (OSError, ValueError) as error:
            raise BatchError(f"{url}: cannot be read ({' '.join(str(error).split())})") from None
        for name in sorted(found):
            info = found[name]
            rel = name[len(root) :].lstrip("/") if name.startswith(root) else _last(name)
            if info.get("type") != "file":
                continue
            if any(part.startswith(".") or part.lower() in _LITTER for part in rel.split("/")):
                self.skipped["hidden"] += 1
                continue
            rel = f"{prefix}/{rel}" if prefix and root == path else rel
            where = fs.unstrip_protocol(name)
            mark = next((info[k] for k in ("ETag", "etag", "mtime", "LastModified", "created") if info.get(k)), "")
            if name.lower().endswith(".zip"):
                yield from members(where, rel)
            else:
                yield Found(rel, where, size=int(info.get("size") or 0), stamp=f"{info.get('size')}-{mark}")


def _is_zip(path: str) -> bool:
    return path.lower().endswith(".zip") and os.path.isfile(path)


def _is_list(source: str) -> bool:
    """A file with a list's ending, or a text whose first line is the path of something that is there."""
    ending = os.path.splitext(source)[1].lower()
    if ending in (".list", ".lst", ".manifest"):
        return os.path.isfile(source)
    if ending not in (".txt", "") or not os.path.isfile(source):
        return False
    try:
        with open(source, "rb") as file:
            head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    except OSError:
        return False
    line, ended, _ = head.partition(b"\n")
    path = os.fsdecode(line.rstrip(b"\r"))
    if not path.strip() or "\x00" in path or (not ended and len(head) > 4000):
        return False
    return os.path.isfile(os.path.join(os.path.dirname(source), path)) or os.path.isfile(path)


def _common(files: list[str]) -> str:
    """The folder that single files and patterns are mirrored from: the nearest that holds them all."""
    folders = [os.path.abspath(fixed_part(f) if has_magic(f) and not os.path.lexists(f) else os.path.dirname(f) or ".")
               for f in files]  # fmt: skip
    try:
        return os.path.commonpath(folders) if folders else os.getcwd()
    except ValueError:
        return os.path.abspath(os.sep)


def _relative(path: str, above: str) -> str:
    return os.path.relpath(os.path.abspath(path), above).replace(os.sep, "/")


def _within(path: str, base: str) -> bool:
    return os.path.abspath(path).startswith(base.rstrip(os.sep) + os.sep)


def _last(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]
