"""Long tests of `ipplan batch` on Ray, one with a worker killed in the middle; and of readers of its Parquet.

They fail where Ray, pandas or polars are missing: `make test-slow` installs them.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ipplan.batch.atomic import TMP
from ipplan.batch.engine import Setup, Task
from runs import below, finish, many, report

pytestmark = pytest.mark.slow

Plans = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]


def test_ray_with_a_worker_killed_in_the_middle(tmp_path: Path, tree: Tree) -> None:
    from ipplan.batch.ray_engine import RayEngine

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
            assert len(tree(out)) < len(tasks) / 2, "in the middle"
            os.kill(killed[0], signal.SIGKILL)
    assert killed
    assert sorted(seen) == list(range(len(tasks))), "all rows arrive, none twice"
    assert finish(source, "-o", tmp_path / "local")[0] == 1
    assert tree(out) == tree(tmp_path / "local")


def _ray_workers() -> list[int]:
    """The Ray workers of this process that hold our hands."""
    found = []
    for pid in below(os.getpid()):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"ray::MapWorker"):
                found.append(pid)
    return found


def test_any_engine_can_go_on_where_another_stopped(tmp_path: Path, tree: Tree) -> None:
    source, out = many(tmp_path / "plans", 200), tmp_path / "out"
    assert finish(source / "000", "-o", out / "000")[0] == 1
    assert finish(source, "-o", out, "--engine", "ray", "--jobs", "2")[0] == 1
    (source / "000/new.txt").write_text("某市知识产权工作方案\n", encoding="utf-8")
    assert finish(source, "-o", out)[0] == 1
    assert report(out)["unchanged"] == report(out)["done"] - 1
    assert finish(source, "-o", out, "--engine", "ray", "--jobs", "2")[0] == 1
    assert report(out)["unchanged"] == report(out)["done"]


def test_a_file_that_crashes_its_worker_on_ray(plans: Plans, tmp_path: Path, wicked: Path) -> None:
    folder = plans(20)
    (folder / "bad.txt").write_text("KILL", encoding="utf-8")
    code, err = finish(folder, "-o", tmp_path / "out", "--engine", "ray", "--jobs", "2")
    assert code == 1
    assert "bad.txt: its worker was ended by SIGKILL" in err
    assert report(tmp_path / "out")["done"] == 20
    assert all(line.startswith("ipplan: ") or " files" in line for line in err.splitlines()), "Ray keeps quiet"


def test_no_such_cluster(plans: Plans, tmp_path: Path) -> None:
    code, err = finish(plans(1), "-o", tmp_path / "out", "--engine", "ray", "--ray-address", "127.0.0.1:1")
    assert code == 2
    assert err.splitlines()[-1].startswith("ipplan: --ray-address 127.0.0.1:1: ")


def test_pandas_polars_and_duckdb_read_the_tables(tmp_path: Path) -> None:
    import duckdb
    import pandas
    import polars

    source = many(tmp_path / "plans", 20)
    finish(source, "-o", tmp_path / "out", "-f", "parquet")
    command = [sys.executable, "-m", "ipplan", "corpus", "build", str(tmp_path / "out"), str(tmp_path / "c.duckdb")]
    subprocess.run([*command, "--parquet", str(tmp_path / "t")], check=True, stdout=subprocess.DEVNULL)
    for name in ("plans", "targets", "sections"):
        file = tmp_path / "t" / f"{name}.parquet"
        [(rows,)] = duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchall()
        assert len(pandas.read_parquet(file)) == len(polars.read_parquet(file)) == rows > 0
    one = next((tmp_path / "out").rglob("*.parquet"))
    assert len(pandas.read_parquet(one)) == len(polars.read_parquet(one)) == 1
    plans = duckdb.sql(f"SELECT count(*), sum(len(targets)) FROM '{tmp_path}/out/**/*.parquet'").fetchall()
    assert plans == [(19, 19)]
