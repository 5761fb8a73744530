"""A run: find the inputs, see what is done already, have the rest done, remember every result."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ipplan import __version__
from ipplan.batch.atomic import OWN, DiskFull, sweep
from ipplan.batch.catalog import Catalog
from ipplan.batch.engine import BatchError, Engine, Result, Setup, Task
from ipplan.batch.inputs import Finder
from ipplan.batch.lock import lock
from ipplan.batch.place import LocalPlace, RemotePlace, is_url, prepare
from ipplan.batch.report import write_report

MANIFEST = "manifest.sqlite"
_COMMIT = 0.5  # seconds between commits
_MARKS = 1000  # files noted at a time
_SAVE = 30.0  # seconds between copies of the manifest to a remote OUT


@dataclass(slots=True)
class Progress:
    """Where a run stands; given to the listener after each file, with the failure if it failed."""

    total: int = 0
    done: int = 0
    same: int = 0
    failed: int = 0
    work: int = 0  # files that were not done already
    start: float = field(default_factory=time.monotonic)

    @property
    def finished(self) -> int:
        """Files that are settled."""
        return self.done + self.same + self.failed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to. ``states`` counts inputs: ``done``, ``kept`` (done by an earlier run), ``failed``, ``pending``."""

    states: dict[str, int]
    totals: dict[str, int]
    seconds: float
    left_over: int
    skipped: dict[str, int]
    stopped: bool


#: Told of the start (``None``) and of every file: where the run stands, and ``(input, what is wrong)`` of a failure.
Listener = Callable[[Progress, "tuple[str, str] | None"], None]


class Run:
    """One call of ``ipplan batch``."""

    def __init__(self, setup: Setup, engine: Callable[[Setup], Engine], tell: Listener) -> None:
        self.setup, self._engine, self._tell = setup, engine, tell
        self.progress = Progress()
        self.note: str | None = None
        self._stop: str | None = None

    def run(
        self,
        sources: Sequence[str],
        lists: Sequence[str] = (),
        *,
        force: bool = False,
        fail_fast: bool = False,
        prune: bool = False,
    ) -> Outcome:
        """Do it. Raises :class:`BatchError` where the run cannot begin or go on; what is done by then is kept."""
        setup = self.setup
        with contextlib.ExitStack() as stack:
            place, file = self._open(stack)
            catalog = Catalog(file)
            stack.callback(catalog.close)
            self.note = catalog.note
            finder = Finder(setup.out)
            try:
                self.progress.total = catalog.add(finder.find(sources, lists), setup.format)
                if not self.progress.total:
                    raise BatchError(f"{', '.join(sources) or ', '.join(lists)}: holds no files; check the path")
                self._decide(catalog, place, force)
                self._tell(self.progress, None)
                if not (fail_fast and self.progress.failed):
                    self._work(catalog, place, fail_fast)
                left = self._tidy(catalog, place, prune)
                outcome = self._outcome(catalog, finder, left)
                write_report(catalog, place, setup, outcome)
                self._save(catalog, place)
            except sqlite3.OperationalError as error:
                raise BatchError(f"{setup.out}: the manifest cannot be written ({error})") from None
            except DiskFull as error:
                self._stop = f"{error.strerror} while writing the report"
        if self._stop:
            settled = self.progress.finished
            raise BatchError(
                f"{setup.out}: {self._stop}; {settled} of {self.progress.total} files are settled, make room and run again"
            )
        return outcome

    def _open(self, stack: contextlib.ExitStack) -> tuple[LocalPlace | RemotePlace, Path]:
        """OUT made, locked and swept; and the file of the manifest."""
        if not is_url(self.setup.out):
            root = prepare(self.setup.out)
            held: IO[str] | None = lock(root)
            if held is not None:
                stack.enter_context(held)
            sweep(Path(root))
            stack.callback(sweep, Path(root))  # a worker stopped in the midst of a write leaves its temporary file
            return LocalPlace(root), Path(root, OWN, MANIFEST)
        place = RemotePlace(self.setup.out)
        file = Path(stack.enter_context(tempfile.TemporaryDirectory()), MANIFEST)
        kept = place.read(f"{OWN}/{MANIFEST}")
        if kept is not None:
            file.write_bytes(kept)
        return place, file

    def _decide(self, catalog: Catalog, place: LocalPlace | RemotePlace, force: bool) -> None:
        """Sort the inputs: failed already, done already, content to be compared, to be done."""
        progress, options, out = self.progress, self.setup.key(), os.path.realpath(self.setup.out)
        marks: list[tuple[str, int]] = []
        catalog.begin()
        for (
            id,
            path,
            stamp,
            error,
            name,
            r_stamp,
            sha,
            made_by,
            r_options,
            status,
            r_out,
            same_src,
        ) in catalog.decided():
            if error is None and os.fsencode(os.path.join(out, name)) == path:
                error = "its output would replace it; give another output folder"
            if error is not None:
                catalog.record(Result(id, "failed", error), options)
                progress.failed += 1
                self._tell(progress, (catalog.name_of(id), error))
                continue
            current = (
                not force
                and status == "done"
                and same_src
                and made_by == __version__
                and r_options == options
                and place.stamp(name) == r_out
            )
            if current and stamp == r_stamp:
                marks.append(("kept", id))
                progress.same += 1
            elif current and sha:
                marks.append(("check", id))
            if len(marks) >= _MARKS:
                catalog.mark_all(marks)
        catalog.mark_all(marks)
        catalog.commit()
        progress.work = progress.total - progress.finished

    def _tasks(self, catalog: Catalog) -> Iterator[Task]:
        for id, path, member, rel, out, size, known in catalog.pending():
            yield Task(id, path, member, rel.rpartition("/")[2], out, size, known)

    def _work(self, catalog: Catalog, place: LocalPlace | RemotePlace, fail_fast: bool) -> None:
        """Have the rest done, committing what is settled every half second."""
        progress = self.progress
        if not progress.work:
            return
        committed = saved = time.monotonic()
        pause = _SAVE
        catalog.begin()
        results = self._engine(self.setup).run(self._tasks(catalog), progress.work)
        with contextlib.closing(results):  # type: ignore[type-var]
            for result in results:
                if result.status == "stop":
                    self._stop = result.error
                    break
                before = catalog.made(result.id) if result.status == "failed" and result.sha256 else None
                rel, out = catalog.record(result, self.setup.key())
                if before is not None and place.stamp(out) == before:
                    place.remove(out)  # made of content that is no longer there
                failure = (rel, result.error or "") if result.status == "failed" else None
                progress.failed += failure is not None
                progress.done += result.status == "done"
                progress.same += result.status == "same"
                self._tell(progress, failure)
                now = time.monotonic()
                if now - committed > _COMMIT:
                    catalog.commit()
                    if now - saved > pause:
                        self._save(catalog, place)
                        saved = time.monotonic()
                        pause = max(_SAVE, 20 * (saved - now))  # a large manifest takes long to copy
                    catalog.begin()
                    committed = now
                if failure and fail_fast:
                    break
        catalog.commit()

    def _tidy(self, catalog: Catalog, place: LocalPlace | RemotePlace, prune: bool) -> int:
        """Remove outputs that have another name now and, with ``prune``, those without an input; how many stay."""
        options = self.setup.key()
        for out, stamp in catalog.renamed(options):
            if place.stamp(out) == stamp:  # only what ipplan wrote and nobody touched
                place.remove(out)
            catalog.forget(out)
        left = 0
        for out, stamp in catalog.left_over(options):
            if place.stamp(out) is None:
                catalog.forget(out)
            elif prune and place.stamp(out) == stamp:
                place.remove(out)
                catalog.forget(out)
            else:
                left += 1
        return left

    def _outcome(self, catalog: Catalog, finder: Finder, left: int) -> Outcome:
        totals = catalog.totals(self.setup.key())
        seconds = round(time.monotonic() - self.progress.start, 3)
        states = catalog.states()
        stopped = bool(states.get("pending", 0) + states.get("check", 0))
        return Outcome(states, totals, seconds, left, dict(sorted(finder.skipped.items())), stopped)

    def _save(self, catalog: Catalog, place: LocalPlace | RemotePlace) -> None:
        if isinstance(place, RemotePlace):
            place.write(f"{OWN}/{MANIFEST}", catalog.dump())
