"""`make bench`: how fast and how small ipplan is, in one run, against floors measured on the same machine.

Every figure is a ratio or is measured beside its floor, so that machines can be compared. Options: ``--quick`` takes
fewer rounds and fewer files; ``--check`` exits 1 where a goal is missed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import ipplan
from ipplan.export import export

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = sorted((ROOT / "fixtures").glob("*/source.txt"))
QUICK = "--quick" in sys.argv
ROUNDS = 3 if QUICK else 9
STARTS = 5 if QUICK else 15

#: Needs cn2an: an ordinal beyond the small table.
_LARGE_ORDINAL = "\n第一百二十一条 市知识产权局负责解释。\n"


@dataclass(frozen=True)
class Row:
    """One line of the table: what, its figure, its goal in words and whether it is met (``None``: no goal)."""

    what: str
    figure: str
    goal: str = ""
    met: bool | None = None


def median(run: Callable[[], object], rounds: int) -> float:
    """Median seconds of ``rounds`` calls."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def to_json(data: bytes) -> str:
    """The whole way: bytes → plan → JSON text."""
    return export([ipplan.parse(data)], "json")


# --- the floor: what any reader of plans has to do -------------------------------------------------------------------

_HEADING = re.compile(r"^[ \u3000]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．])", re.M)


def floor_of() -> Callable[[bytes], object]:
    """Decode, split lines, one heading scan, validate and dump a tree of 400 nodes (built once, as plain data)."""
    from pydantic import BaseModel

    class Node(BaseModel):
        id: str
        marker: str | None = None
        level: int
        title: str | None = None
        text: list[str] = []
        due: dt.date | None = None
        span: tuple[int, int]
        line: int
        children: list[Node] = []

    Node.model_rebuild(_types_namespace={"Node": Node})

    def node(number: int, level: int, children: list[dict[str, object]]) -> dict[str, object]:
        return {
            "id": str(number),
            "marker": "（一）",
            "level": level,
            "title": "加强知识产权保护",
            "text": ["完善知识产权保护体系，健全工作机制，提升治理能力。"],
            "due": dt.date(2025, 12, 31),
            "span": (number, number + 40),
            "line": number,
            "children": children,
        }

    chapters = [node(i, 1, [node(i * 100 + k, 2, []) for k in range(19)]) for i in range(1, 21)]
    tree = node(0, 0, chapters[:]) | {"children": chapters}

    def floor(data: bytes) -> object:
        text = data.decode("utf-8")
        found = [m.start() for m in _HEADING.finditer(text)]
        return text.splitlines(), found, Node.model_validate(tree).model_dump_json()

    return floor


# --- rows ------------------------------------------------------------------------------------------------------------


def throughput() -> Iterator[Row]:
    """Documents per second per core, and as a multiple of the floor."""
    plans = [path.read_bytes() for path in FIXTURES]
    floor = floor_of()
    for data in plans:
        to_json(data), floor(data)
    took = median(lambda: [to_json(data) for data in plans], ROUNDS) / len(plans)
    least = median(lambda: [floor(data) for data in plans], ROUNDS) / len(plans)
    yield Row("parse to JSON, in process", f"{1 / took:.0f} plans/s per core", "≥ 250", 1 / took >= 250)
    yield Row("  per plan", f"{took * 1000:.2f} ms")
    yield Row("  as a multiple of the floor", f"{took / least:.1f} × {least * 1000:.2f} ms")


def corpus(size: int) -> bytes:
    """About ``size`` bytes of text made of the fixtures."""
    whole = "\n".join(path.read_text(encoding="utf-8") for path in FIXTURES)
    repeated = whole * (size // len(whole.encode()) + 1)
    return repeated.encode()[:size].decode("utf-8", "ignore").encode()


def growth() -> Iterator[Row]:
    """Time for ten times the text, and for a long text without a line end."""
    small, large = corpus(500_000), corpus(5_000_000)
    to_json(small)
    few = median(lambda: to_json(small), 3)
    many = median(lambda: to_json(large), 1 if QUICK else 3)
    yield Row("growth, 0.5 MB → 5 MB", f"{many / few:.1f} × ({few:.2f} s → {many:.2f} s)", "≤ 12", many / few <= 12)
    line = b"".join(large.split(b"\n"))
    took = median(lambda: to_json(line), 1)
    yield Row("5 MB on a single line", f"{took:.2f} s", "≤ 3 s", took <= 3)


def run(command: tuple[str, ...], bytecode: Path) -> float:
    """Seconds for one run of a command, whose modules are compiled into ``bytecode`` on the first run, as pip does."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def cold() -> Iterator[Row]:
    """Cold start of ``ipplan parse``, side by side with the import of what it is built on."""
    ipplan_command = str(Path(sys.executable).with_name("ipplan"))
    with tempfile.TemporaryDirectory() as folder:
        plain, large = Path(folder, "plan.txt"), Path(folder, "large.txt")
        text = FIXTURES[-1].read_text(encoding="utf-8")
        plain.write_text(text, encoding="utf-8")
        large.write_text(text + _LARGE_ORDINAL, encoding="utf-8")
        commands = {
            "floor": (sys.executable, "-c", "import typer, pydantic"),
            "plain": (ipplan_command, "parse", str(plain)),
            "large": (ipplan_command, "parse", str(large)),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            run(command, Path(folder))
        for _ in range(STARTS):  # in turn, so that a busy moment hits all alike
            for name, command in commands.items():
                times[name].append(run(command, Path(folder)))
    took = {name: statistics.median(each) for name, each in times.items()}
    yield Row("python -c 'import typer, pydantic'", f"{took['floor'] * 1000:.0f} ms")
    for name, what, goal in (("plain", "cold `ipplan parse`", 1.6), ("large", "  where cn2an is needed", 2.6)):
        ratio = took[name] / took["floor"]
        yield Row(what, f"{ratio:.2f} × ({took[name] * 1000:.0f} ms)", f"≤ {goal}", ratio <= goal)


#: Run by a small process of its own: a child's peak counts what its parent held when it was started.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))
"""


def memory() -> Iterator[Row]:
    """Peak resident memory of one `ipplan parse`."""
    command = [str(Path(sys.executable).with_name("ipplan")), "parse", str(FIXTURES[0]), "-f", "json"]
    mib = float(subprocess.run([sys.executable, "-c", _PEAK, *command], check=True, stdout=subprocess.PIPE).stdout)
    yield Row("peak memory, one plan", f"{mib:.1f} MiB", "< 60 MiB", mib < 60)


def pdf() -> Iterator[Row]:
    """A PDF of twenty pages, if its libraries are there."""
    sys.path.insert(0, str(ROOT / "fixtures"))
    with contextlib.suppress(ImportError):
        import pypdfium2  # noqa: F401
        from render_pdf import render

        text = "\n".join(path.read_text(encoding="utf-8") for path in FIXTURES)
        data = render(text, pages=20)
        to_json(data)
        took = median(lambda: to_json(data), 3)
        yield Row("PDF of 20 pages to JSON", f"{took:.2f} s", "< 1 s", took < 1)
        return
    yield Row("PDF of 20 pages to JSON", "skipped: pypdfium2 or reportlab is not installed")


def comparing() -> Iterator[Row]:
    """`ipplan diff` of two YAML plans from a cold start, and a hundred plans compared."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from compare_bench import compare_100, diff_cold

    took = diff_cold()
    yield Row("cold `ipplan diff` of two YAML plans", f"{took:.2f} s", "< 0.4 s", took < 0.4)
    took = compare_100()
    yield Row("100 plans compared", f"{took:.2f} s", "< 3 s", took < 3)


def many() -> Iterator[Row]:
    """`ipplan batch` over thousands of files, on one worker, two, and Ray; and the corpus made of them."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from batch_bench import GROUPS

    for group in GROUPS:
        for row in group():
            yield Row(*row)


def main() -> int:
    """Print the table."""
    missed = 0
    print(f"ipplan {ipplan.__version__}, Python {sys.version.split()[0]}, {len(FIXTURES)} fixtures\n", flush=True)
    for group in (throughput, growth, cold, memory, pdf, comparing, many):
        for row in group():
            mark = "" if row.met is None else "met" if row.met else "MISSED"
            missed += row.met is False
            print(f"{row.what:<42} {row.figure:<52} {row.goal:<10} {mark}", flush=True)
    return 1 if missed and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
