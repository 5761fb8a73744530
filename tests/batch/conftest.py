"""Fixtures of the tests of `ipplan batch`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipplan.batch.engine import Result, Setup, Task
from ipplan.batch.work import Worker

GOOD = "{0}市知识产权工作方案\n一、总体要求\n推进建设。\n二、重点任务\n（一）加强保护。到2025年，发明专利达{1}件。\n"

#: Makes the workers of a run misbehave on files that say so; `sitecustomize` is imported by every Python that starts.
_WICKED = """
import os, signal
import ipplan.batch.atomic as atomic
import ipplan.batch.work as work

honest = work.Worker._convert

def once(mark):
    try:
        os.close(os.open(os.path.join(os.environ["WICKED"], mark), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True

def convert(self, data, name):
    if b"KILL" in data or (b"FIRST" in data and once(name)):
        os.kill(os.getpid(), signal.SIGKILL)
    if b"SEGV" in data:
        import ctypes
        ctypes.string_at(0)
    if b"STUCK" in data:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
        while True:
            pass
    if b"GREEDY" in data:
        hoard = bytearray(64 * 2**30)
    if b"BUG" in data:
        raise LookupError("no such\\nthing")
    return honest(self, data, name)

work.Worker._convert = convert
if os.environ.get("WICKED_FULL"):
    put = atomic._put
    def full(path, data, fsync):
        left = int(open(os.environ["WICKED_FULL"]).read())
        if left <= 0:
            with open(path, "wb") as half:
                half.write(data[: len(data) // 2])
            raise OSError(28, "No space left on device", path)
        open(os.environ["WICKED_FULL"], "w").write(str(left - 1))
        return put(path, data, fsync)
    atomic._put = full
"""


@pytest.fixture
def plans(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of small plans: ``plans(3, "folder")`` → ``folder/plan000.txt`` …"""

    def make(count: int, folder: str = "plans") -> Path:
        below = tmp_path / folder
        below.mkdir(parents=True, exist_ok=True)
        for i in range(count):
            (below / f"plan{i:03}.txt").write_text(GOOD.format("南京", 100 + i), encoding="utf-8")
        return below

    return make


@pytest.fixture
def wicked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Workers misbehave on files that hold KILL, FIRST (only the first time), SEGV, STUCK, GREEDY or BUG."""
    folder = tmp_path / "wicked"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_WICKED, encoding="utf-8")
    monkeypatch.setenv("WICKED", str(folder))
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    return folder


class Inline:
    """An engine that does the work in this process: quick, and a second example of one."""

    def __init__(self, setup: Setup, jobs: int | None = None) -> None:
        self.worker = Worker(setup)

    def run(self, tasks: Iterator[Task], total: int) -> Iterator[Result]:
        for task in tasks:
            yield self.worker.do(task)


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """`ipplan batch` works in this process: for tests of what a run decides, not of how the work is done."""
    monkeypatch.setattr("ipplan.batch.pool.LocalEngine", Inline)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the run's own, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipplan" not in path.parts and path.name != "report.json"
    }


@pytest.fixture(name="tree")
def _tree() -> Callable[[Path], dict[str, bytes]]:
    return tree
