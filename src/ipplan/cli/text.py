"""``ipplan text``: the source text that offsets index."""

from __future__ import annotations

import typer

from ipplan.cli.io import load, write_out
from ipplan.cli.options import Encoding, File

app = typer.Typer()


@app.command(epilog="Example: ipplan text plan.docx | head")
def text(file: File, encoding: Encoding = None) -> None:
    """Print the source text that all offsets index."""
    write_out(load(file, encoding).raw, None)
