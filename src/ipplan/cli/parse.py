"""``ipplan parse``: plans in, data out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipplan.cli.options import Encoding, Files, Vocab
from ipplan.cli.run_parse import run_parse

app = typer.Typer()


class Format(StrEnum):
    """Formats `ipplan parse` writes."""

    yaml = "yaml"
    json = "json"
    jsonl = "jsonl"


@app.command(epilog="Example: ipplan parse plan.txt -o plan.json")
def parse(
    files: Files,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            help="Output format (by the ending of -o FILE, else yaml); several plans are a stream, an array, or lines.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit 1 if a diagnostic is a warning or worse, and name each on standard error."),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary on standard error.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Write empty fields too, and the primary kind of every character.")
    ] = False,
    encoding: Encoding = None,
    vocab: Vocab = None,
) -> None:
    """Read plans and write them as data. A file that cannot be read is named on stderr, the others are written."""
    code = run_parse(
        files,
        format=format.value if format else None,
        output=output,
        strict=strict,
        quiet=quiet,
        full=full,
        encoding=encoding,
        vocab=vocab,
    )
    if code:
        raise typer.Exit(code)
