"""One unit of work: the bytes of one file in, its output written, a result back. Runs in a child process."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from typing import TYPE_CHECKING

from ipplan.batch.atomic import DiskFull
from ipplan.batch.engine import Result, Setup, Task
from ipplan.batch.place import LocalPlace, RemotePlace, is_url
from ipplan.batch.zips import MAX_BYTES, Reader, open_any

if TYPE_CHECKING:
    from ipplan.model import Plan
    from ipplan.normalize.vocabulary import Vocabulary


class Worker:
    """Does tasks one after the other; what is imported or opened for one serves the next."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.place = RemotePlace(setup.out) if is_url(setup.out) else LocalPlace(setup.out)
        self._zips = Reader()
        self._words: Vocabulary | None = None

    def prepare(self) -> None:
        """Import and load what every file needs, on no file's time."""
        import ipplan.api
        import ipplan.export  # noqa: F401

        self._vocabulary()

    def do(self, task: Task) -> Result:
        """Parse one file and write its output. A file that cannot be read is a result like any other."""
        from ipplan.read.errors import ReadError

        start = time.perf_counter()
        sha = None
        try:
            data = self._read(task)
            sha = hashlib.sha256(data).hexdigest()
            if sha == task.known:
                return Result(task.id, "same", sha256=sha, seconds=time.perf_counter() - start)
            text, counts = self._convert(data, task.name)
            stamp = self.place.write(task.out, text, fsync=self.setup.fsync)
            return Result(task.id, "done", None, sha, stamp, time.perf_counter() - start, counts)
        except ReadError as error:
            problem = f"{error.problem}; {error.advice}"
        except DiskFull as error:
            return Result(task.id, "stop", f"{error.strerror} while writing {task.out}")
        except OSError as error:
            problem = f"cannot be read or written ({error.strerror or error})"
        except MemoryError:
            raise
        except Exception as error:  # whatever a parser did not expect costs this file only
            text_ = " ".join(str(error).split())[:200]
            problem = f"internal error: {type(error).__name__}{': ' if text_ else ''}{text_}; please report it"
        return Result(task.id, "failed", problem, sha, seconds=time.perf_counter() - start)

    def _read(self, task: Task) -> bytes:
        from ipplan.read.errors import ReadError

        if task.size > MAX_BYTES:
            raise ReadError(task.name, f"is larger than {MAX_BYTES // 2**20} MiB", "split it, or parse the text alone")
        if task.member is not None:
            try:
                return self._zips.read(task.path, task.member)
            except ValueError as error:
                raise ReadError(task.name, str(error), "ask for a clean copy of the archive") from None
        with open_any(task.path) as file:
            data: bytes = file.read(MAX_BYTES + 1)
        return data

    def _vocabulary(self) -> Vocabulary | None:
        """The vocabulary of the run, loaded once; ``None`` is the built-in one."""
        if self._words is None and self.setup.words is not None:
            from ipplan.normalize.vocabulary import merge

            name, _, sha256 = (self.setup.vocabulary or "").rpartition(" sha256:")
            self._words = merge(self.setup.words, name, sha256)
        return self._words

    def _convert(self, data: bytes, name: str) -> tuple[bytes, dict[str, int]]:
        from ipplan.api import parse

        setup = self.setup
        plan = parse(data, name=name, encoding=setup.encoding, full=setup.full, vocabulary=self._vocabulary())
        if setup.format == "parquet":
            from ipplan.batch.parquet import to_parquet

            return to_parquet(plan), count(plan)
        from ipplan.export import export

        text = export([plan], setup.format, full=setup.full)
        return text.encode("utf-8", "surrogatepass"), count(plan)


def count(plan: Plan) -> dict[str, int]:
    """How much is in a plan: ``sections``, ``targets``, …, and each diagnostic by its code."""
    counts: Counter[str] = Counter(chars=plan.source.chars)
    todo = list(plan.sections)
    while todo:
        section = todo.pop()
        counts["sections"] += 1
        counts["targets"] += len(section.targets)
        counts["commitments"] += len(section.commitments)
        counts["assignments"] += len(section.assignments)
        todo += section.children
    for diagnostic in plan.diagnostics:
        counts[diagnostic.severity] += 1
        counts[diagnostic.code] += 1
    return {name: counts[name] for name in sorted(counts)}
