"""Rows of `make bench` for comparing: seconds of a cold `ipplan diff` of two YAML plans, and of comparing 100 plans."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ipplan
from ipplan.export import export

ROOT = Path(__file__).resolve().parent.parent
#: Goals in seconds.
DIFF_GOAL = 0.4
COMPARE_GOAL = 3.0


def _plans() -> list[ipplan.Plan]:
    return [ipplan.parse(path, name=path.parent.name) for path in sorted((ROOT / "fixtures").glob("*/source.txt"))]


def diff_cold(rounds: int = 7) -> float:
    """Median seconds of `ipplan diff A.yaml B.yaml` as a new process, from start to end."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for plan in _plans()[:2]:
            files.append(Path(folder) / f"{plan.source.name}.yaml")
            files[-1].write_text(export([plan], "yaml"), encoding="utf-8")
        command = [str(Path(sys.executable).with_name("ipplan")), "diff", *map(str, files)]
        times = []
        for _ in range(rounds + 1):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def compare_100() -> float:
    """Seconds of comparing 100 plans in one process, made of the fixtures with other names and values."""
    made = []
    fixtures = _plans()
    for i in range(100):
        plan = fixtures[i % len(fixtures)]
        made.append(plan.model_copy(update={"source": plan.source.model_copy(update={"name": f"plan-{i:03}"})}))
    start = time.perf_counter()
    ipplan.compare(made)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(f"diff of two YAML plans, cold   {diff_cold():.3f} s   goal < {DIFF_GOAL} s")
    print(f"100 plans compared             {compare_100():.3f} s   goal < {COMPARE_GOAL} s")
