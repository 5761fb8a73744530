"""Resume and cache: what a second run does, and what it keeps."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipplan.batch.atomic import OWN, TMP
from ipplan.batch.catalog import LAYOUT
from ipplan.batch.run import MANIFEST
from ipplan.batch.work import Worker

pytestmark = pytest.mark.usefixtures("inline")

Run = Callable[..., Any]
Plans = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]
Again = Callable[..., tuple[int, int, int]]


@pytest.fixture
def again(ipplan: Run, tmp_path: Path) -> Again:
    """Runs over ``plans`` into ``out``; ``(done anew, unchanged, failed)``."""

    def run(*options: str, source: str = "plans") -> tuple[int, int, int]:
        ran = ipplan("batch", tmp_path / source, "-o", tmp_path / "out", "--jobs", "1", *options)
        assert ran.code in (0, 1), ran.err
        found = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
        return found["done"] - found["unchanged"], found["unchanged"], found["failed"]

    return run


def test_only_what_is_new_or_changed(again: Again, plans: Plans, tmp_path: Path, tree: Tree) -> None:
    folder = plans(4)
    assert again() == (4, 0, 0)
    first = tree(tmp_path / "out")
    assert again() == (0, 4, 0)
    (folder / "plan001.txt").write_text("某市知识产权工作要点\n一、加强保护\n推进。\n", encoding="utf-8")
    (folder / "new.txt").write_text("某市知识产权工作要点\n", encoding="utf-8")
    os.utime(folder / "plan002.txt", (1, 1))  # touched, not changed
    (tmp_path / "out/plan003.yaml").unlink()
    assert again() == (3, 2, 0)
    now = tree(tmp_path / "out")
    assert now["plan003.yaml"] == first["plan003.yaml"]
    assert now["plan001.yaml"] != first["plan001.yaml"]
    assert again("--force") == (5, 0, 0)
    assert tree(tmp_path / "out") == now


def test_unchanged_content_is_not_parsed(tmp_path: Path, plans: Plans, monkeypatch: pytest.MonkeyPatch) -> None:
    from ipplan.batch.engine import Setup, Task

    file = plans(1) / "plan000.txt"
    (tmp_path / "out" / TMP).mkdir(parents=True)
    worker = Worker(Setup(str(tmp_path / "out")))
    task = Task(1, str(file), None, file.name, "plan000.yaml", 10)
    first = worker.do(task)
    assert first.status == "done"
    monkeypatch.setattr(worker, "_convert", lambda *_: pytest.fail("parsed again"))
    assert worker.do(Task(1, str(file), None, file.name, "plan000.yaml", 10, first.sha256)).status == "same"


def test_nothing_heavy_is_imported_where_nothing_is_to_be_done(again: Again, plans: Plans, tmp_path: Path) -> None:
    plans(2)
    again()
    code = (
        "import sys; sys.argv = ['ipplan', 'batch', *sys.argv[1:]]\n"
        "from ipplan.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in sys.modules if m.startswith(('ipplan.parse', 'ipplan.model', 'ray', 'duckdb'))])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "plans"), "-o", str(tmp_path / "out"), "-q"],
        stdout=subprocess.PIPE,
        check=True,
    )
    assert ran.stdout.decode() == "[]\n"


def test_options_and_version_are_part_of_the_key(again: Again, plans: Plans, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(2)
    assert again() == (2, 0, 0)
    assert again("--full") == (2, 0, 0)
    assert again("--full") == (0, 2, 0)
    assert again("-f", "json") == (2, 0, 0)
    for module in ("catalog", "run"):
        monkeypatch.setattr(f"ipplan.batch.{module}.__version__", "9.9.9")
    assert again("-f", "json") == (2, 0, 0)
    assert again("-f", "json") == (0, 2, 0)


def test_failures_are_tried_again(again: Again, plans: Plans, tmp_path: Path) -> None:
    folder = plans(1)
    (folder / "bad.txt").touch()
    assert again() == (1, 0, 1)
    assert again() == (0, 1, 1)
    (folder / "bad.txt").write_text("某市知识产权工作方案\n", encoding="utf-8")
    assert again() == (1, 1, 0)
    (folder / "bad.txt").write_text("", encoding="utf-8")
    assert again() == (0, 1, 1)
    assert not (tmp_path / "out/bad.yaml").exists(), "made of content that is no longer there"


def test_a_namesake_changes_the_name(again: Again, plans: Plans, tmp_path: Path, tree: Tree) -> None:
    folder = plans(1)
    again()
    (folder / "plan000.md").write_text("# 某市知识产权工作方案\n", encoding="utf-8")
    again()
    assert sorted(tree(tmp_path / "out")) == ["plan000.md.yaml", "plan000.txt.yaml"]
    (folder / "plan000.md").unlink()
    again()
    assert sorted(tree(tmp_path / "out")) == ["plan000.md.yaml", "plan000.yaml"]
    again("--prune")
    assert sorted(tree(tmp_path / "out")) == ["plan000.yaml"]


def test_what_others_wrote_is_not_pruned(again: Again, plans: Plans, tmp_path: Path, tree: Tree) -> None:
    folder = plans(2)
    again()
    (tmp_path / "out/notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "out/plan001.yaml").write_text("mine now", encoding="utf-8")
    (folder / "plan001.txt").unlink()
    again("--prune")
    assert tree(tmp_path / "out")["plan001.yaml"] == b"mine now"
    assert "notes.txt" in tree(tmp_path / "out")


def test_a_damaged_manifest_is_put_aside(again: Again, ipplan: Run, plans: Plans, tmp_path: Path, tree: Tree) -> None:
    plans(2)
    again()
    before, own = tree(tmp_path / "out"), tmp_path / "out" / OWN
    (own / MANIFEST).write_bytes(b"not a database at all" * 100)
    ran = ipplan("batch", tmp_path / "plans", "-o", tmp_path / "out")
    assert ran.code == 0
    assert "was damaged and is now manifest.sqlite.broken" in ran.err
    assert (own / "manifest.sqlite.broken").exists()
    assert tree(tmp_path / "out") == before
    assert again() == (0, 2, 0)


def test_a_manifest_of_a_later_layout(again: Again, ipplan: Run, plans: Plans, tmp_path: Path, tree: Tree) -> None:
    plans(1)
    again()
    file = tmp_path / "out" / OWN / MANIFEST
    with sqlite3.connect(file) as db:
        db.execute(f"PRAGMA user_version={LAYOUT + 1}")
    db.close()
    before = file.read_bytes()
    ran = ipplan("batch", tmp_path / "plans", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "was written by a later ipplan" in ran.line
    assert file.read_bytes() == before


def test_one_run_at_a_time(ipplan: Run, plans: Plans, tmp_path: Path) -> None:
    folder, out = plans(1), tmp_path / "out"
    (out / TMP).mkdir(parents=True)
    code = (
        "import sys; from ipplan.batch.lock import lock; held = lock(sys.argv[1]); print('held', flush=True);"
        "sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdin
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    ran = ipplan("batch", folder, "-o", out)
    assert ran.code == 2
    assert f"another run (process {holder.pid}) is writing here" in ran.line
    holder.stdin.close()
    holder.wait()
    holder.stdout.close()
    assert ipplan("batch", folder, "-o", out).code == 0


def test_half_written_files_are_swept_up(again: Again, plans: Plans, tmp_path: Path) -> None:
    plans(1)
    (tmp_path / "out" / TMP).mkdir(parents=True)
    (tmp_path / "out" / TMP / "123-4").write_bytes(b"half")
    again()
    assert list((tmp_path / "out" / TMP).iterdir()) == []
