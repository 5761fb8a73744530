"""``ipplan parse``: plans in, data out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipplan.cli.io import Encoding, Files, read_all, write_out
from ipplan.cli.plans import Vocab, vocabulary

app = typer.Typer()


class Format(StrEnum):
    """Formats `ipplan parse` writes."""

    yaml = "yaml"
    json = "json"
    jsonl = "jsonl"


@app.command(epilog="Example: ipplan parse plan.txt -f json -o plan.json")
def parse(
    files: Files,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="Output format; several plans are a stream, an array, or lines.")
    ] = Format.yaml,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if a diagnostic is a warning or worse.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary on standard error.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Write empty fields too, and the primary kind of every character.")
    ] = False,
    encoding: Encoding = None,
    vocab: Vocab = None,
) -> None:
    """Read plans and write them as data. A file that cannot be read is named on stderr, the others are written."""
    from ipplan.export import export

    plans, failed = read_all(files, encoding=encoding, full=full, words=vocabulary(vocab))
    if plans:
        write_out(export(plans, format.value, full=full), output)
    findings = [d for plan in plans for d in plan.diagnostics if d.severity != "info"]
    if not quiet and sys.stderr.isatty():
        total = sum(len(plan.diagnostics) for plan in plans)
        counts = f"{_count(len(plans), 'plan')}, {_count(total, 'diagnostic')}"
        typer.echo(f"{counts}, {len(findings)} of them warnings or worse", err=True)
    if failed:
        raise typer.Exit(2)
    if strict and findings:
        raise typer.Exit(1)


def _count(n: int, what: str) -> str:
    return f"{n} {what}" + ("" if n == 1 else "s")
