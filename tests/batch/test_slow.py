"""Long tests of `ipplan batch`: killed at random moments, a full disk, very many files, a Ray worker killed in the middle.

They fail where what they need is missing: `make test-slow` installs it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ipplan.batch.atomic import TMP

pytestmark = pytest.mark.slow

Plans = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]


def start(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ipplan", "batch", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def finish(*arguments: object) -> tuple[int, str]:
    process = start(*arguments)
    _, err = process.communicate()
    assert b"Traceback" not in err
    return process.returncode, err.decode()


def report(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return found


def results(out: Path) -> list[dict[str, Any]]:
    """The report's rows without what depends on when a file was done."""
    return [{k: v for k, v in row.items() if k not in ("seconds", "unchanged")} for row in report(out)["results"]]


def many(folder: Path, count: int) -> Path:
    """Small plans, no two alike, and a bad one now and then."""
    for i in range(count):
        below = folder / f"{i // 200:03}"
        below.mkdir(parents=True, exist_ok=True)
        text = f"第{i}市知识产权工作方案\n一、总体要求\n推进第{i}项建设。\n二、任务\n到2025年，专利达{i}件。\n"
        (below / f"plan{i:05}.txt").write_text("" if i % 97 == 5 else text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments(tmp_path: Path, tree: Tree, seed: int) -> None:
    source = many(tmp_path / "plans", 400)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert finish(source, "-o", whole)[0] == 1
    truth, dice, kills = tree(whole), random.Random(seed), 0
    again: list[str] = []
    for _ in range(60):
        process = start(source, "-o", broken, "--jobs", 1 + seed % 2, *again)
        time.sleep(dice.uniform(0.05, 1.6))
        done = process.poll() is not None
        if dice.random() < 0.5:
            process.kill()  # the run alone: its workers must see that it is gone
        else:
            os.killpg(process.pid, signal.SIGKILL) if not done else None
        process.communicate()
        kills += not done
        there = tree(broken) if broken.exists() else {}
        assert all(truth[name] == data for name, data in there.items()), "no half file, no other file"
        if done and kills >= 3:
            break
        again = ["--force"] if done else []  # it was too quick for us: once more from the start
    assert kills >= 3
    assert finish(source, "-o", broken)[0] == 1
    assert tree(broken) == truth
    assert results(broken) == results(whole)
    assert list((broken / TMP).iterdir()) == []
    assert finish(source, "-o", broken)[0] == 1
    assert report(broken)["unchanged"] == len(truth)


def test_workers_do_not_outlive_the_run(plans: Plans, tmp_path: Path, wicked: Path) -> None:
    folder = plans(1)
    (folder / "a.txt").write_text("STUCK", encoding="utf-8")
    process = start(folder, "-o", tmp_path / "out", "--timeout", "3")
    deadline = time.monotonic() + 20
    while not (workers := _below(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert workers
    time.sleep(1.5)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() and _alive(pid) for pid in workers):
        assert time.monotonic() < deadline, "a worker is still there"
        time.sleep(0.1)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _below(pid: int) -> list[int]:
    """Processes started by ``pid``."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
        except OSError:
            continue
    return found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one mebibyte, where one may be mounted; else a folder and a limit simulated at the write."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], check=False,
                             stderr=subprocess.DEVNULL).returncode == 0  # fmt: skip
    if not mounted:
        (folder / "simulated").touch()
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(
    tmp_path: Path, small_disk: Path, wicked: Path, monkeypatch: pytest.MonkeyPatch, tree: Tree
) -> None:
    source, out = many(tmp_path / "plans", 600), small_disk / "out"
    if (small_disk / "simulated").exists():
        (wicked / "left").write_text("100")
        monkeypatch.setenv("WICKED_FULL", str(wicked / "left"))
    code, err = finish(source, "-o", out)
    assert code == 2
    assert len([line for line in err.splitlines() if "No space" in line or "full" in line]) == 1, err
    whole = tmp_path / "whole"
    finish(source, "-o", whole)
    truth, there = tree(whole), tree(out)
    assert 50 < len(there) < len(truth)
    assert all(truth[name] == data for name, data in there.items())
    assert list((out / TMP).iterdir()) == []
    if not (small_disk / "simulated").exists():
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    monkeypatch.delenv("WICKED_FULL", raising=False)
    assert finish(source, "-o", out)[0] == 1
    assert tree(out) == truth
    assert report(out)["unchanged"] > 10
