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
    """Peak memory of a run that finds everything done, which is where all names are known and no worker hides it."""
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


# --- Ray -------------------------------------------------------------------------------------------------------------


def test_ray_with_a_worker_killed_in_the_middle(tmp_path: Path, tree: Tree) -> None:
    import ray

    from ipplan.batch.engine import Setup, Task
    from ipplan.batch.ray_engine import RayEngine

    assert ray.__version__
    source, out = many(tmp_path / "plans", 1500), tmp_path / "out"
    (out / TMP).mkdir(parents=True)
    files = sorted(source.rglob("*.txt"))
    tasks = [
        Task(i, str(f), None, f.name, f"{f.parent.name}/{f.stem}.yaml", f.stat().st_size) for i, f in enumerate(files)
    ]
    seen: list[int] = []
    killed: list[int] = []
    for result in RayEngine(Setup(str(out)), 2).run(iter(tasks), len(tasks)):
        seen.append(result.id)
        if len(seen) == 150:
            killed = _ray_workers()[:1]
            assert killed, "Ray shows no worker"
            os.kill(killed[0], signal.SIGKILL)
    assert killed
    assert sorted(seen) == list(range(len(tasks))), "all rows arrive, none twice"
    assert finish(source, "-o", tmp_path / "local")[0] == 1
    assert tree(out) == tree(tmp_path / "local")


def _ray_workers() -> list[int]:
    """Ray's workers that hold our hands."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if line.read_bytes().startswith(b"ray::MapWorker"):
                found.append(int(line.parent.name))
        except OSError:
            continue
    return sorted(found)


def test_any_engine_can_go_on_where_another_stopped(tmp_path: Path, tree: Tree) -> None:
    import ray

    assert ray.__version__
    source, out = many(tmp_path / "plans", 200), tmp_path / "out"
    assert finish(source / "000", "-o", out / "000")[0] == 1
    assert finish(source, "-o", out, "--engine", "ray", "--jobs", "2")[0] == 1
    (source / "000/new.txt").write_text("某市知识产权工作方案\n", encoding="utf-8")
    assert finish(source, "-o", out)[0] == 1
    assert report(out)["unchanged"] == report(out)["done"] - 1
    assert finish(source, "-o", out, "--engine", "ray", "--jobs", "2")[0] == 1
    assert report(out)["unchanged"] == report(out)["done"]


def test_a_file_that_crashes_its_worker_on_ray(plans: Plans, tmp_path: Path, wicked: Path) -> None:
    import ray

    assert ray.__version__
    folder = plans(20)
    (folder / "bad.txt").write_text("KILL", encoding="utf-8")
    code, err = finish(folder, "-o", tmp_path / "out", "--engine", "ray", "--jobs", "2")
    assert code == 1
    assert "bad.txt: its worker was ended by SIGKILL" in err
    assert report(tmp_path / "out")["done"] == 20


def test_no_such_cluster(plans: Plans, tmp_path: Path) -> None:
    code, err = finish(plans(1), "-o", tmp_path / "out", "--engine", "ray", "--ray-address", "127.0.0.1:1")
    assert code == 2
    assert err.splitlines()[-1].startswith("ipplan: --ray-address 127.0.0.1:1: ")


# --- other readers ---------------------------------------------------------------------------------------------------


def test_pandas_and_polars_read_the_tables(tmp_path: Path) -> None:
    import pandas
    import polars

    source = many(tmp_path / "plans", 20)
    finish(source, "-o", tmp_path / "out", "-f", "parquet")
    command = [sys.executable, "-m", "ipplan", "corpus", "build", str(tmp_path / "out"), str(tmp_path / "c.duckdb")]
    subprocess.run([*command, "--parquet", str(tmp_path / "t")], check=True, stdout=subprocess.DEVNULL)
    for name in ("plans", "targets", "sections"):
        file = tmp_path / "t" / f"{name}.parquet"
        assert len(pandas.read_parquet(file)) == len(polars.read_parquet(file)) > 0
    one = next((tmp_path / "out").rglob("*.parquet"))
    assert len(pandas.read_parquet(one)) == len(polars.read_parquet(one)) == 1
