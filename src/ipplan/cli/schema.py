"""``ipplan schema``: the JSON Schema of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipplan.cli.io import write_out

app = typer.Typer()


@app.command(epilog="Example: ipplan schema -o plan.schema.json")
def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Print the JSON Schema of a plan; kept beside a YAML plan it lets editors check and complete it."""
    from ipplan.export.schema import plan_schema

    write_out(plan_schema(), output)
