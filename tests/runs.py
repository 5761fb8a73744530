"""Runs of `ipplan batch` in processes of their own, and the many small plans they read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


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


def below(pid: int) -> list[int]:
    """Processes started by ``pid``, directly or not."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found - {pid})
