"""What ``ipplan parse`` does, whoever has read its command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ipplan.cli.io import read_all, write_out
from ipplan.cli.plans import vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def run_parse(
    files: list[str],
    *,
    format: str = "yaml",
    output: Path | None = None,
    strict: bool = False,
    quiet: bool = False,
    full: bool = False,
    encoding: str | None = None,
    vocab: Path | None = None,
) -> int:
    """Read plans, write them as data, return the exit code."""
    from ipplan.export import export

    plans, failed = read_all(files, encoding=encoding, full=full, words=vocabulary(vocab))
    if plans:
        write_out(export(plans, format, full=full), output)
    findings = [d for plan in plans for d in plan.diagnostics if d.severity != "info"]
    if not quiet and sys.stderr.isatty():
        total = sum(len(plan.diagnostics) for plan in plans)
        counts = f"{_count(len(plans), 'plan')}, {_count(total, 'diagnostic')}"
        print(f"{counts}, {len(findings)} of them warnings or worse", file=sys.stderr)
    if failed:
        return 2
    return 1 if strict and findings else 0


def _count(n: int, what: str) -> str:
    return f"{n} {what}" + ("" if n == 1 else "s")
