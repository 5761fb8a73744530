"""What ``ipplan parse`` does, whoever has read its command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ipplan.cli.io import format_of, read_all, write_out
from ipplan.cli.plans import vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from ipplan.draft import Diagnostic

#: So many findings of a file are told one by one.
_SHOWN = 20


def run_parse(
    files: list[str],
    *,
    format: str | None = None,
    output: Path | None = None,
    strict: bool = False,
    quiet: bool = False,
    full: bool = False,
    encoding: str | None = None,
    vocab: Path | None = None,
) -> int:
    """Read plans, write them as data, return the exit code.

    ``format`` is by default that of ``output``'s ending, else YAML; ``quiet`` silences the summary, never a reason for the
    exit code.
    """
    from ipplan.export import EXPORTERS, export

    plans, read, failed = read_all(files, encoding=encoding, full=full, words=vocabulary(vocab))
    if plans:
        write_out(export(plans, format_of(format, output, EXPORTERS, "yaml"), full=full), output)
    findings = [d for plan in plans for d in plan.diagnostics if d.severity != "info"]
    if strict:
        for file, plan in zip(read, plans, strict=True):
            _reasons(file, [d for d in plan.diagnostics if d.severity != "info"])
    if not quiet and sys.stderr.isatty():
        total = sum(len(plan.diagnostics) for plan in plans)
        counts = f"{_count(len(plans), 'plan')}, {_count(total, 'diagnostic')}"
        print(f"{counts}, {len(findings)} of them warnings or worse", file=sys.stderr)
    if failed:
        return 2
    return 1 if strict and findings else 0


def _reasons(file: str, findings: list[Diagnostic]) -> None:
    """Why ``--strict`` fails a file: a line on stderr for each finding, as far as they fit."""
    for d in findings[:_SHOWN]:
        place = f"line {d.line}: " if d.line else ""
        print(f"ipplan: {file}: {place}{d.code} " + " ".join(d.message.split()), file=sys.stderr)
    if len(findings) > _SHOWN:
        print(f"ipplan: {file}: … and {len(findings) - _SHOWN} more", file=sys.stderr)


def _count(n: int, what: str) -> str:
    return f"{n} {what}" + ("" if n == 1 else "s")
