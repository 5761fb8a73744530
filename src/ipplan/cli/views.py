"""What the commands that show rows have in common: their options, and where the rows go."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.io import fail, format_of, write_out
from ipplan.extras import install

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ipplan.model import Plan
    from ipplan.views.rows import Row


class Format(StrEnum):
    """Formats of the views."""

    table = "table"
    csv = "csv"
    xlsx = "xlsx"
    json = "json"
    yaml = "yaml"


Sources = Annotated[
    list[str],
    typer.Argument(
        help="Plans: source files, or YAML or JSON that ipplan wrote; - is standard input.",
        metavar="FILE…",
        show_default=False,
    ),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where", "-w", help="Keep rows that fit, e.g. indicator~专利, value>=100, section=4.2; repeat to narrow."
    ),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", "-f", help="Output format (by the ending of -o FILE, else table).")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]


def read_sources(files: list[str], encoding: str | None) -> list[Plan]:
    """The plans of all files; exits 2 with one line at the first that cannot be read."""
    from ipplan.cli.plans import plans_of

    return [plan for file in files for plan in plans_of(file, encoding)]


def select(rows: Sequence[Row], where: list[str] | None, fields: Sequence[str]) -> list[Row]:
    """The rows that fit every ``--where``; exits 2 with one line where a filter cannot be read."""
    from ipplan.views.where import WhereError, keep

    try:
        return keep(rows, where or [], fields)
    except WhereError as error:
        fail(str(error))


def put(
    rows: Sequence[Row],
    columns: Sequence[str],
    format: Format | None,
    output: Path | None,
    *,
    name: str,
    draw: Callable[[Console], None],
) -> None:
    """Write the rows in ``format``, by default that of the output's ending; ``draw`` prints the table for people."""
    from ipplan.views.write import WRITERS, to_xlsx

    format = Format(format_of(format, output, [*Format], Format.table))
    if format is Format.table:
        write_out(_drawn(draw, output), output)
    elif format is Format.xlsx:
        if output is None and sys.stdout.isatty():
            fail("xlsx is not for a terminal; name a file with --output")
        try:
            data = to_xlsx(rows, columns, name)
        except ImportError:
            fail(f"xlsx needs XlsxWriter: {install('xlsx')}")
        _write_bytes(data, output)
    else:
        write_out(WRITERS[format.value](rows, columns), output)


def _drawn(draw: Callable[[Console], None], output: Path | None) -> str:
    import io

    from rich.console import Console

    screen = output is None and sys.stdout.isatty()
    plain = None if screen else io.StringIO()
    console = Console(file=plain, width=None if screen else width(), highlight=False, emoji=False, soft_wrap=False)
    with console.capture() as captured:
        draw(console)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def width() -> int:
    """Cells of a line where there is no terminal: ``COLUMNS``, else 80 for a drawing."""
    given = os.environ.get("COLUMNS", "")
    return max(40, min(500, int(given))) if given.isascii() and given.isdigit() else 80


def _write_bytes(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    temporary = output.with_name(f".{output.name[:100]}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, output)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        fail(f"{output}: cannot be written ({error.strerror}); check the path and its permissions")


def table(title: str | None = None) -> Table:
    """A plain table, as all views use it."""
    from rich import box
    from rich.table import Table

    return Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0),
        header_style="bold",
    )  # fmt: skip


def shown(value: object) -> str:
    """A value in a cell: blank for none, without control characters."""
    if value is None:
        return ""
    return "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in str(value))
