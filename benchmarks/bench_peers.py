"""`make bench-peers`: ipplan beside two libraries that do a part of its work, on the same fixtures.

arborparser builds a tree of headings (sections only); jionlp finds times and amounts of money in text. Both are
installed into a virtual environment of their own (``.venv-peers``, or ``IPPLAN_PEERS``), never beside ipplan. A ratio
above 1 means that the peer takes longer for its part than ipplan for the whole plan.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("IPPLAN_PEERS", HERE.parent / ".venv-peers"))
PEERS = {"arborparser": "sections only", "jionlp": "times and money only"}

#: Runs in the environment of the peer: prints the median seconds for one plan.
_TIMER = """
import statistics, sys, time
def timed(work, plans, rounds=5):
    for plan in plans:
        work(plan)
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        for plan in plans:
            work(plan)
        took.append(time.perf_counter() - start)
    return statistics.median(took) / len(plans)
plans = [open(name, encoding="utf-8").read() for name in sys.argv[1:]]
"""
_WORK = {
    "ipplan": """
import ipplan
from ipplan.export import export
def work(text):
    return export([ipplan.parse(text.encode())], "json")
""",
    "arborparser": """
from arborparser import ChainParser, TreeBuilder
from arborparser.pattern import CHINESE_CHAPTER_PATTERN_BUILDER, NUMERIC_DOT_PATTERN_BUILDER, NumberType, PatternBuilder
parser = ChainParser([
    CHINESE_CHAPTER_PATTERN_BUILDER.build(),
    PatternBuilder(suffix_regex="[、．]", number_type=NumberType.CHINESE, separator=".").build(),
    PatternBuilder(prefix_regex="[（(]", suffix_regex="[)）]", number_type=NumberType.CHINESE, separator=".").build(),
    NUMERIC_DOT_PATTERN_BUILDER.build(),
])
builder = TreeBuilder()
def work(text):
    return builder.build_tree(parser.parse_to_chain(text))
""",
    "jionlp": """
import jionlp
def work(text):
    return jionlp.ner.extract_time(text, with_parsing=True), jionlp.ner.extract_money(text, with_parsing=True)
""",
}


def install(peer: str) -> str | None:
    """Install ``peer`` into the environment; the reason in one line where that fails."""
    command = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode == 0:
        return None
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return (lines or ["pip failed"])[-1]


def python() -> Path:
    """The interpreter of the peers' environment."""
    return HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def measure(name: str, interpreter: str, plans: list[str]) -> float | str:
    """Seconds for one plan, or why it could not be measured."""
    code = _TIMER + _WORK[name] + '\nprint("seconds", timed(work, plans))\n'
    done = subprocess.run([interpreter, "-c", code, *plans], capture_output=True, text=True, check=False)
    found = re.search(r"^seconds (\S+)$", done.stdout, re.M)
    if found:
        return float(found[1])
    return (done.stderr.strip().splitlines() or ["no output"])[-1]


def main() -> int:
    """Print the table; a peer that cannot be installed or run is named with the reason."""
    plans = [str(path) for path in sorted((HERE.parent / "fixtures").glob("*/source.txt"))]
    own = measure("ipplan", sys.executable, plans)
    if isinstance(own, str):
        print(f"ipplan failed: {own}")
        return 1
    print(f"{'ipplan, whole plan to JSON':<40} {own * 1000:8.2f} ms per plan")
    if not python().exists():
        venv.create(HOME, with_pip=True)
    for peer, part in PEERS.items():
        problem = install(peer)
        if problem:
            print(f"{peer} ({part}): could not be installed: {problem}")
            continue
        took = measure(peer, str(python()), plans)
        if isinstance(took, str):
            print(f"{peer} ({part}): could not be run: {took}")
        else:
            print(f"{f'{peer} ({part})':<40} {took * 1000:8.2f} ms per plan   {took / own:6.2f} × ipplan")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
