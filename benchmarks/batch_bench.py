"""Measures of `ipplan batch` and `ipplan corpus` for `make bench`: each function yields ``(what, figure, goal, met)``.

The files are made from the fixtures: other numbers, other places, paragraphs left out, several encodings; no two are alike.
``IPPLAN_BENCH_FILES`` (2000), ``IPPLAN_BENCH_MANY`` (20000) and ``IPPLAN_BENCH_CORPUS`` (10000) set how many; they stand in
``IPPLAN_BENCH_TMP``, up to 3 GB of them. ``python benchmarks/batch_bench.py speed memory`` measures only these.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICK = "--quick" in sys.argv
FILES = int(os.environ.get("IPPLAN_BENCH_FILES", "300" if QUICK else "2000"))
MANY = int(os.environ.get("IPPLAN_BENCH_MANY", "3000" if QUICK else "20000"))
CORPUS = int(os.environ.get("IPPLAN_BENCH_CORPUS", "1000" if QUICK else "10000"))
ROUNDS = 1 if QUICK else 3

Row = tuple[str, str, str, "bool | None"]

_PLACES = [
    "江阴",
    "昆山",
    "如皋",
    "海安",
    "启东",
    "丹阳",
    "扬中",
    "句容",
    "宜兴",
    "溧阳",
    "邳州",
    "新沂",
    "东台",
    "兴化",
    "靖江",
    "高邮",
    "仪征",
    "沭阳",
    "泗阳",
    "泗洪",
]
_NUMBER = re.compile(r"(?<![0-9])[1-9][0-9]{0,3}(?=[项件家个人名场%％])")


def variant(text: str, other: str, number: int) -> str:
    """A plan made of two, unlike every other variant: a third of the lines are exchanged, places and numbers changed."""
    dice = random.Random(number)
    place = dice.choice(_PLACES) + dice.choice("市县")
    lines = [line for line in text.splitlines() if not line.strip() or dice.random() > 0.3]
    foreign = [line for line in other.splitlines() if line.strip() and line[0] not in "一二三四五六七八九十（第"]
    for _ in range(len(lines) // 4):
        lines.insert(dice.randrange(5, max(6, len(lines))), dice.choice(foreign))
    body = re.sub("宿城区|泰兴市|泰州市|南通市", place, "\n".join(lines))
    body = _NUMBER.sub(lambda m: str(max(1, int(int(m.group()) * dice.uniform(0.4, 2.5)))), body)
    return f"{place}知识产权工作方案（第{number}号）\n{body}\n"


def make(folder: Path, count: int) -> None:
    """Write ``count`` files into folders of up to 500."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures").glob("*/source.txt"))]
    for i in range(count):
        below = folder / f"{i // 500:03}"
        below.mkdir(parents=True, exist_ok=True)
        ending, encoding = ((".txt", "utf-8"), (".txt", "gb18030"), (".md", "utf-8"))[i % 3]
        text = variant(sources[i % len(sources)], sources[(i * 7 + 3) % len(sources)], i)
        (below / f"plan{i:06}{ending}").write_bytes(text.encode(encoding, "replace"))


_SERIAL = """
import sys, time
from pathlib import Path
import ipplan
from ipplan.export import export
out = Path(sys.argv[2]); start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).rglob("*.*")):
    text = export([ipplan.parse(path)], "json")
    (out / (path.stem + ".json")).write_bytes(text.encode("utf-8", "surrogatepass"))
print(time.perf_counter() - start)
"""

#: Runs a command in a small process and prints ``seconds, seconds of CPU, largest MiB of one process``.
_WATCH = """
import json, os, resource, subprocess, sys, threading, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
peak = {}
def parents():
    tree = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as f:
                tree[int(pid)] = int(f.read().rpartition(")")[2].split()[1])
        except OSError:
            pass
    return tree
while child.poll() is None:
    tree = parents() if os.path.isdir("/proc") else {}
    for pid in tree:
        at = pid
        while at in tree and at != child.pid:
            at = tree[at]
        if at == child.pid:
            try:
                with open(f"/proc/{pid}/status") as f:
                    found = [l for l in f if l.startswith("VmHWM")]
                if found:
                    who = "run" if pid == child.pid else "worker"
                    peak[who] = max(peak.get(who, 0), int(found[0].split()[1]) / 1024)
            except OSError:
                pass
    time.sleep(0.25)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.perf_counter() - start, used.ru_utime + used.ru_stime, peak, child.returncode]))
"""


def watch(*command: str) -> tuple[float, float, dict[str, float]]:
    """Seconds, seconds of CPU, peak memory in MiB of the run and of its largest worker."""
    found = subprocess.run([sys.executable, "-c", _WATCH, *command], check=True, stdout=subprocess.PIPE).stdout
    seconds, cpu, peak, code = json.loads(found)
    assert code == 0, command
    return seconds, cpu, peak


def batch(source: Path, out: Path, *options: str) -> tuple[float, float, dict[str, float]]:
    """One `ipplan batch`."""
    command = str(Path(sys.executable).with_name("ipplan"))
    return watch(command, "batch", str(source), "-o", str(out), "-f", "json", "-q", *options)


@cache
def _scratch() -> Path:
    import atexit

    folder = tempfile.mkdtemp(prefix="ipplan-bench-", dir=os.environ.get("IPPLAN_BENCH_TMP"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def _files(count: int) -> Path:
    folder = _scratch() / f"in{count}"
    make(folder, count)
    return folder


def speed() -> Iterator[Row]:
    """Files per second: one process, one worker, two workers; and a second run."""
    source, scratch = _files(FILES), _scratch()
    plain = scratch / "plain"
    plain.mkdir(exist_ok=True)
    serial: list[tuple[float, float]] = []
    single: list[tuple[float, float]] = []
    for _ in range(ROUNDS):  # in turn, the best of each, so that a busy moment does not decide
        serial.append(watch(sys.executable, "-c", _SERIAL, str(source), str(plain))[:2])
        shutil.rmtree(scratch / "one", ignore_errors=True)
        single.append(batch(source, scratch / "one", "--jobs", "1")[:2])
    (base, before), (best, cpu) = map(min, zip(*serial, strict=True)), map(min, zip(*single, strict=True))
    figure = f"{FILES / base:.0f} files/s ({1000 * before / FILES:.1f} ms of CPU each)"
    yield f"{FILES} files, one process", figure, "", None
    figure = f"{FILES / best:.0f} files/s, {best / base:.2f} × the time (CPU {cpu / before:.2f} ×)"
    yield "  batch, one worker", figure, "≤ 1.25 ×", best / base <= 1.25
    two = batch(source, scratch / "two", "--jobs", "2")
    figure = f"{FILES / two[0]:.0f} files/s, {base / two[0]:.2f} × as fast (CPU {two[1] / before:.2f} ×)"
    yield "  batch, two workers", figure, "", None
    again = min(batch(source, scratch / "two")[0] for _ in range(3))
    figure = f"{two[0] / again:.0f} × as fast as two workers ({again:.2f} s)"
    yield "  second run, nothing changed", figure, "≥ 20 ×", two[0] / again >= 20


def ray() -> Iterator[Row]:
    """Files per second on a Ray of two workers on this machine."""
    if importlib.util.find_spec("ray") is None:
        yield "  Ray, two workers", "skipped: ray is not installed", "", None
        return
    few = batch(_files(10), _scratch() / "ray-few", "--engine", "ray", "--jobs", "2")[0]
    seconds, _, peak = batch(_files(FILES), _scratch() / "ray", "--engine", "ray", "--jobs", "2")
    figure = f"{FILES / seconds:.0f} files/s, {FILES / max(0.1, seconds - few):.0f} after its start ({few:.0f} s)"
    yield "  Ray, two workers", figure, "", None
    yield "  its memory, run and largest process", f"{peak['run']:.0f} and {peak['worker']:.0f} MiB", "", None


@cache
def _done(count: int) -> tuple[Path, dict[str, float]]:
    """The outputs of so many files, and the peak memory of making them."""
    out = _scratch() / f"out{count}"
    *_, peak = batch(_files(count), out)
    return out, peak


def memory() -> Iterator[Row]:
    """Peak memory of the run and of a worker, for few files and for many."""
    few, many = _done(FILES)[1], _done(MANY)[1]
    for who in ("run", "worker"):
        figure = f"{few[who]:.0f} MiB → {many[who]:.0f} MiB"
        yield f"memory of the {who}, {FILES} → {MANY} files", figure, "≤ 1.2 ×", many[who] <= 1.2 * few[who]


def corpus() -> Iterator[Row]:
    """Plans into DuckDB, and each ready question."""
    if importlib.util.find_spec("duckdb") is None:
        yield "corpus", "skipped: duckdb is not installed", "", None
        return
    import duckdb

    from ipplan.batch.questions import QUESTIONS

    out, file = _scratch() / "corpus", _scratch() / "corpus.duckdb"
    for path in sorted(_done(max(MANY, CORPUS))[0].glob("*/*.json"))[:CORPUS]:  # what is there already
        (out / path.parent.name).mkdir(parents=True, exist_ok=True)
        os.link(path, out / path.parent.name / path.name)
    command = str(Path(sys.executable).with_name("ipplan"))
    tables = _scratch() / "tables"
    seconds, _, peak = watch(command, "corpus", "build", str(out), str(file), "--parquet", str(tables), "-q")
    yield f"{CORPUS} plans into DuckDB", f"{CORPUS / seconds:.0f} plans/s ({seconds:.0f} s)", "", None
    yield "  its size", f"{file.stat().st_size / CORPUS / 1024:.1f} KiB per plan", "", None
    size = sum(path.stat().st_size for path in tables.iterdir())
    yield "  as Parquet tables", f"{size / CORPUS / 1024:.1f} KiB per plan", "", None
    yield "  its memory", " and ".join(f"{mib:.0f} MiB ({who})" for who, mib in peak.items()), "", None
    connection = duckdb.connect(str(file), read_only=True)
    for question in QUESTIONS:
        start = time.perf_counter()
        rows = len(connection.execute(question.sql).fetchall())
        took = time.perf_counter() - start
        yield f"  {question.name}", f"{took * 1000:.0f} ms, {rows} rows", "< 1 s", took < 1
    connection.close()


def sizes() -> Iterator[Row]:
    """Bytes of a plan in each format."""
    source, scratch = _files(100), _scratch()
    text = sum(path.stat().st_size for path in source.rglob("*.*")) / 100
    yield "bytes per plan, source", f"{text / 1024:.1f} KiB", "", None
    for name in ("yaml", "json", "jsonl", "parquet"):
        if name == "parquet" and importlib.util.find_spec("pyarrow") is None:
            continue
        out = scratch / f"size-{name}"
        command = str(Path(sys.executable).with_name("ipplan"))
        seconds, *_ = watch(command, "batch", str(source), "-o", str(out), "-f", name, "-q", "--jobs", "1")
        total = sum(path.stat().st_size for path in out.rglob(f"*.{name}") if ".ipplan" not in path.parts)
        report = (out / "report.json").stat().st_size if name == "json" else 0
        yield f"  {name}", f"{(total - report) / 100 / 1024:.1f} KiB ({100 / seconds:.0f} files/s)", "", None


#: Groups of rows, in the order of the table.
GROUPS: tuple[Callable[[], Iterator[Row]], ...] = (speed, ray, memory, corpus, sizes)


def main() -> int:
    """Print the table; names of groups as arguments choose among them."""
    chosen = [group for group in GROUPS if group.__name__ in sys.argv[1:]] or list(GROUPS)
    missed = 0
    for group in chosen:
        for what, figure, goal, met in group():
            mark = "" if met is None else "met" if met else "MISSED"
            missed += met is False
            print(f"{what:<42} {figure:<52} {goal:<10} {mark}", flush=True)
    load = os.getloadavg()[0]
    print(f"load {load:.1f}, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB for this program")
    return 1 if missed and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
