"""The engine of this machine: worker processes fed over pipes, each file at the risk of its worker only.

The run hands out files a few at a time and reads results as they come, so a worker never waits. When a worker dies, the
first file it had not answered for is at fault: it is tried once more, then reported; the others go to the next worker.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from ipplan.batch.engine import BatchError, Result, Setup, Task
from ipplan.batch.worker import OUT_OF_MEMORY

_START = "import sys; sys.path.append(sys.argv[1]); from ipplan.batch.worker import main; main()"
_MOST = 32  # files given to a worker at a time,
_BYTES = 32_768  # and bytes of them, less than any pipe holds: writing never blocks
_AHEAD = 0.25  # seconds of work given in advance
_GRACE = 30.0  # seconds beyond the timeout before a worker that the kernel did not end is ended
_FAILED_STARTS = 3
_WARM = 5  # files after which a worker's pace is known


def processors() -> int:
    """Processors this process may use: its affinity and, in a container, its quota."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        count = min(count, max(1, -(-int(quota) // int(period))))
    return count


class _Child:
    """A worker process, what it was given and has not answered for, and the thread that hears it."""

    def __init__(self, setup: Setup, heard: queue.SimpleQueue[tuple[_Child, bytes]], log: IO[bytes]) -> None:
        self.given: deque[Task] = deque()
        self.sizes: deque[int] = deque()
        self.ready = self.stuck = False
        self.since = time.monotonic()
        package = str(Path(__file__).resolve().parents[2])
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, package],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        self._heard = heard
        self._say(json.dumps(_plain(setup)).encode() + b"\n")
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # else it died while writing
                self._heard.put((self, line))
        self._heard.put((self, b""))

    def _say(self, data: bytes) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):  # its death is heard of otherwise
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def give(self, tasks: list[tuple[Task, bytes]]) -> None:
        """Send tasks."""
        if not self.given:
            self.since = time.monotonic()
        for task, line in tasks:
            self.given.append(task)
            self.sizes.append(len(line))
        self._say(b"".join(line for _, line in tasks))

    def answered(self) -> Task:
        """The task that the worker has just answered for, or died of."""
        self.since = time.monotonic()
        self.sizes.popleft()
        return self.given.popleft()

    def end(self, *, at_once: bool) -> int:
        """Have it end and wait; its exit code."""
        if at_once:
            self.process.kill()
        with contextlib.suppress(OSError):
            assert self.process.stdin is not None
            self.process.stdin.close()
        try:
            code = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.thread.join(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def _plain(setup: Setup) -> dict[str, object]:
    return {name: getattr(setup, name) for name in type(setup).__slots__}


class LocalEngine:
    """``jobs`` workers, or as many as pay (``None``): one at first, more where over a second of work is left.

    With ``keep`` the workers wait for another run; they end with this process.
    """

    def __init__(self, setup: Setup, jobs: int | None = None, *, keep: bool = False) -> None:
        self.setup, self.jobs, self._keep = setup, jobs, keep
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._most = jobs or processors()
        self._heard: queue.SimpleQueue[tuple[_Child, bytes]] = queue.SimpleQueue()
        self._children: list[_Child] = []
        self._again: deque[Task] = deque()
        self._tried: set[int] = set()
        self._each: float | None = None  # seconds a file takes, lately
        self._answers = self._failed_starts = 0
        self.started = 0

    def run(self, tasks: Iterator[Task], total: int) -> Iterator[Result]:
        """One result for each task. Raises :class:`BatchError` where no worker can be started."""
        left = total
        try:
            while True:
                self._staff(left)
                self._feed(tasks)
                if not any(child.given for child in self._children) and not self._again:
                    return
                for result in self._hear():
                    left -= 1
                    yield result
        finally:
            if not self._keep or any(child.given for child in self._children):
                self.close()

    def close(self) -> None:
        """End the workers: at once where they are still at work."""
        for child in self._children:
            child.end(at_once=bool(child.given))
        self._children.clear()

    def _staff(self, left: int) -> None:
        """Start workers: those asked for, or another where the work that is left pays for it."""
        want = min(self._most, left)
        if self.jobs is None:
            rest = (self._each or 0.0) * left
            pays = self._answers > 1 and rest > (1.0 if self._answers >= _WARM else 5.0)
            want = want if pays else min(1, want)
        while len(self._children) < want:
            self._children.append(_Child(self.setup, self._heard, self._log))
            self.started += 1

    def _feed(self, tasks: Iterator[Task]) -> None:
        """Give every worker that runs short what it does in a quarter of a second."""
        room = 4 if self._each is None else max(2, min(_MOST, int(_AHEAD / max(self._each, 1e-6))))
        for child in self._children:
            if len(child.given) > room // 2:
                continue
            batch: list[tuple[Task, bytes]] = []
            spent = sum(child.sizes)
            while len(child.given) + len(batch) < room and spent < _BYTES:
                task = self._again.popleft() if self._again else next(tasks, None)
                if task is None:
                    break
                line = json.dumps(task.data()).encode() + b"\n"
                spent += len(line)
                batch.append((task, line))
            if batch:
                child.give(batch)

    def _hear(self) -> Iterator[Result]:
        """Results that are there, waiting for at least one message."""
        try:
            child, line = self._heard.get(timeout=5)
        except queue.Empty:
            self._end_the_stuck()
            return
        self._end_the_stuck()
        while True:
            if not line:
                yield from self._bury(child)
            elif not child.ready:
                child.ready, self._failed_starts = True, 0
                child.since = time.monotonic()
            else:
                child.answered()
                result = Result(**json.loads(line))
                took = result.seconds if result.status != "same" else 0.001
                self._note(took)
                yield result
            try:
                child, line = self._heard.get_nowait()
            except queue.Empty:
                return

    def _note(self, took: float) -> None:
        """Learn what a file takes lately; the first ones also load what parsing needs, so they hardly count."""
        self._answers += 1
        self._each = took if self._each is None or self._answers < _WARM else 0.9 * self._each + 0.1 * took

    def _bury(self, child: _Child) -> Iterator[Result]:
        """A worker has died: blame the file it was at, give the others to another."""
        self._children.remove(child)
        code = child.end(at_once=False)
        if not child.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise BatchError(f"no worker can be started ({self._last_words(code)})")
        elif child.given:
            task = child.answered()
            if task.id in self._tried:
                yield Result(task.id, "failed", self._cause(child, code))
            else:
                self._tried.add(task.id)
                self._again.append(task)
        self._again.extend(child.given)
        child.given.clear()

    def _end_the_stuck(self) -> None:
        for child in self._children:
            if child.given and 0 < self.setup.timeout < time.monotonic() - child.since - _GRACE:
                child.stuck = True
                child.process.kill()

    def _cause(self, child: _Child, code: int) -> str:
        """What ended a worker, in words."""
        if code == OUT_OF_MEMORY:
            return f"needs more than {self.setup.memory / 2**20:.0f} MiB of memory (--memory); tried twice"
        if child.stuck or code == -getattr(signal, "SIGALRM", 14):
            return f"takes longer than {self.setup.timeout:g} s (--timeout); tried twice"
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"its worker was ended by {signal.Signals(-code).name}; tried twice"
        return f"its worker ended with code {code}; tried twice"

    def _last_words(self, code: int) -> str:
        self._log.seek(max(0, self._log.seek(0, 2) - 2000))
        lines = self._log.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), f"code {code}")
