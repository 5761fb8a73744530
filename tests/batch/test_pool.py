"""Workers that crash, stick, hoard or never start cost their file only."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ipplan.batch import atomic, pool
from ipplan.batch.engine import BatchError, Result, Setup, Task
from ipplan.batch.pool import LocalEngine, processors

Run = Callable[..., Any]
Plans = Callable[..., Path]


def tasks(folder: Path) -> list[Task]:
    files = sorted(folder.iterdir())
    return [Task(i, str(f), None, f.name, f"{f.stem}.yaml", f.stat().st_size) for i, f in enumerate(files)]


def do(folder: Path, out: Path, jobs: int | None = 1, **setup: Any) -> tuple[dict[str, Result], LocalEngine]:
    """Results by name; each task has exactly one."""
    (out / atomic.TMP).mkdir(parents=True, exist_ok=True)
    given = tasks(folder)
    engine = LocalEngine(Setup(str(out), **setup), jobs)
    results = list(engine.run(iter(given), len(given)))
    assert sorted(result.id for result in results) == list(range(len(given)))
    return {given[result.id].name: result for result in results}, engine


def test_bad_files_cost_themselves_only(plans: Plans, tmp_path: Path, wicked: Path) -> None:
    folder = plans(20)
    for word in ("KILL", "FIRST", "SEGV", "STUCK", "GREEDY", "BUG"):
        (folder / f"{word}.txt").write_text(f"某市知识产权工作方案\n{word}\n", encoding="utf-8")
    start = time.monotonic()
    found, engine = do(folder, tmp_path / "out", jobs=2, timeout=3.0)
    bad = {name: result.error for name, result in found.items() if result.status != "done"}
    assert bad == {
        "KILL.txt": "its worker was ended by SIGKILL; tried twice",
        "SEGV.txt": "its worker was ended by SIGSEGV; tried twice",
        "STUCK.txt": "takes longer than 3 s (--timeout); tried twice",
        "GREEDY.txt": "needs more than 2048 MiB of memory (--memory); tried twice",
        "BUG.txt": "internal error: LookupError: no such thing; please report it",
    }
    assert found["FIRST.txt"].status == "done", "it crashed once and was tried again"
    assert engine.started >= 9
    assert time.monotonic() - start < 90
    assert len(list((tmp_path / "out").glob("*.yaml"))) == 21


def test_no_worker_can_be_started(plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_START", "raise SystemError('no luck today')")
    with pytest.raises(BatchError, match=r"no worker can be started .*no luck today"):
        do(plans(2), tmp_path / "out")


def test_auto_begins_with_one_worker(plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "processors", lambda: 2)
    _, engine = do(plans(20), tmp_path / "out", jobs=None)
    assert engine.started == 1
    _, engine = do(plans(20), tmp_path / "other", jobs=2)
    assert engine.started == 2


def test_auto_takes_more_where_it_pays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = LocalEngine(Setup(str(tmp_path)), None)
    engine._most, engine._each, engine._answers = 4, 0.02, 5
    monkeypatch.setattr(pool, "_Child", lambda *_: object())
    engine._children = [object()]  # type: ignore[list-item]
    engine._staff(40)
    assert len(engine._children) == 1
    engine._staff(60)
    assert len(engine._children) == 4
    engine._children.clear()


def test_stopping_early_ends_the_workers(plans: Plans, tmp_path: Path) -> None:
    (tmp_path / "out" / atomic.TMP).mkdir(parents=True)
    given = tasks(plans(50))
    engine = LocalEngine(Setup(str(tmp_path / "out")), 1)
    running: Iterator[Result] = engine.run(iter(given), len(given))
    next(running)
    [child] = engine._children
    running.close()  # type: ignore[attr-defined]
    assert child.process.poll() is not None


def test_processors() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)


# --- writing ---------------------------------------------------------------------------------------------------------


def test_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / atomic.TMP).mkdir(parents=True)
    stamp = atomic.write_atomic(str(tmp_path), "a/b.yaml", b"one", fsync=True)
    assert stamp == atomic.stamp_of((tmp_path / "a/b.yaml").stat())
    written = os.write

    def full(handle: int, data: Any) -> int:
        written(handle, bytes(data)[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(atomic.DiskFull):
        atomic.write_atomic(str(tmp_path), "a/b.yaml", b"two")
    monkeypatch.undo()
    assert (tmp_path / "a/b.yaml").read_bytes() == b"one"
    assert list((tmp_path / atomic.TMP).iterdir()) == []


def test_a_mount_inside_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / atomic.TMP).mkdir(parents=True)
    replace = os.replace

    def across(source: str, target: str) -> None:
        if atomic.TMP in source:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(os, "replace", across)
    atomic.write_atomic(str(tmp_path), "a/b.yaml", b"one")
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b.yaml"]


def test_a_full_disk_stops_the_run(ipplan: Run, plans: Plans, tmp_path: Path, wicked: Path,
                                   monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    folder, out = plans(12), tmp_path / "out"
    left = wicked / "left"
    left.write_text("5")
    monkeypatch.setenv("WICKED_FULL", str(left))
    ran = ipplan("batch", folder, "-o", out, "--jobs", "1")
    assert ran.code == 2
    assert "No space left on device while writing" in ran.err
    assert "make room and run again" in ran.err
    assert len(list(out.glob("*.yaml"))) == 5
    monkeypatch.delenv("WICKED_FULL")
    assert ipplan("batch", folder, "-o", out).code == 0
    assert len(list(out.glob("*.yaml"))) == 12
    assert '"unchanged": 5' in (out / "report.json").read_text(encoding="utf-8")
