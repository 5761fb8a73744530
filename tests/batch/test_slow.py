"""Long tests of `ipplan batch`: killed at random moments, a full disk, very many files."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipplan.batch.atomic import TMP
from runs import below, finish, many, report, results, start

pytestmark = pytest.mark.slow

Plans = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments(tmp_path: Path, tree: Tree, seed: int) -> None:
    source = many(tmp_path / "plans", 400)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    began = time.monotonic()
    assert finish(source, "-o", whole)[0] == 1
    took = time.monotonic() - began
    truth, dice, kills = tree(whole), random.Random(seed), 0
    again: list[str] = []
    for _ in range(40):
        process = start(source, "-o", broken, "--jobs", 1 + seed % 2, *again)
        time.sleep(dice.uniform(0.1, 1.0) * took)
        done = process.poll() is not None
        if dice.random() < 0.5:
            process.kill()  # the run alone: its workers must see that it is gone
        else:
            os.killpg(process.pid, signal.SIGKILL) if not done else None
        process.communicate()
        kills += not done
        there = tree(broken) if broken.exists() else {}
        assert all(truth[name] == data for name, data in there.items()), "no half file, no other file"
        if kills == 6:
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
    while not (workers := below(process.pid)) and time.monotonic() < deadline:
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
    assert finish(source, "-o", out)[0] == 1
    assert report(out)["unchanged"] == len(truth)


def test_a_hundred_thousand_empty_files(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for i in range(100_000):
        os.close(os.open(folder / f"{i:06}.txt", os.O_CREAT | os.O_WRONLY))
    code, err = finish(folder, "-o", tmp_path / "out")
    assert code == 1
    assert sum(line.startswith("ipplan: ") for line in err.splitlines()) == 21
    assert report(tmp_path / "out")["failed"] == 100_000


def test_memory_is_flat(tmp_path: Path) -> None:
    """Peak memory of the run itself, its workers apart; what a worker needs does not depend on how many files there are."""
    code = (
        "import resource, runpy, sys\n"
        "sys.argv = ['ipplan', 'batch', *sys.argv[1:]]\n"
        "try: runpy.run_module('ipplan', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=open(sys.argv[-1] + '/peak', 'w'))"
    )
    peaks = []
    for count in (2_000, 20_000):
        folder, out = tmp_path / f"in{count}", tmp_path / f"out{count}"
        for i in range(count):
            below = folder / f"{i // 1000:03}"
            below.mkdir(parents=True, exist_ok=True)
            (below / f"plan{i:06}.txt").write_text("", encoding="utf-8")
        subprocess.run([sys.executable, "-c", code, str(folder), "-q", "-o", str(out)], check=True)
        peaks.append(int((out / "peak").read_text()))
    assert peaks[1] < 1.2 * peaks[0], peaks
