"""Arguments and options that several commands share. Kept apart, so that ``ipplan parse`` starts without typer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ipplan.cli.plans import PROJECT

Files = Annotated[
    list[str], typer.Argument(help="Plans to read; - is standard input.", metavar="FILE…", show_default=False)
]
File = Annotated[str, typer.Argument(help="A plan; - is standard input.", metavar="FILE", show_default=False)]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of the input (found by itself by default).")]
Vocab = Annotated[
    Path | None,
    typer.Option(
        "--vocab", help=f"Vocabulary file laid over the built-in one (\\[vocab] file in {PROJECT} by default)."
    ),
]
