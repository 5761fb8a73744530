"""``ipplan timeline``: phases and deadlines, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ipplan.cli.options import Encoding
from ipplan.cli.views import FormatOption, Output, Sources, Where, put, read_sources, select

if TYPE_CHECKING:
    from rich.console import Console

    from ipplan.views.rows import Row

app = typer.Typer()

_STYLE = {
    "plan": "bold",
    "scale": "bright_black",
    "period": "bright_black",
    "phase": "yellow",
    "target": "magenta",
    "commitment": "green",
    "assignment": "cyan",
}
_LEGEND = "░ period  █ phase  ◆ targets  ◇ commitments  ○ assignments"


@app.command(epilog="Example: ipplan timeline plan.txt --where kind=phase")
def timeline(
    files: Sources,
    where: Where = None,
    format: FormatOption = None,
    output: Output = None,
    encoding: Encoding = None,
) -> None:
    """Draw the phases as bars and mark the deadlines of targets, commitments and assignments.

    Fields for --where: plan, kind (period, phase, target, commitment, assignment), section, label, start, end,
    deadline_from, line.
    """
    from ipplan.views.rows import TIMELINE, timeline_rows

    plans = read_sources(files, encoding)
    rows = select(timeline_rows(plans), where, TIMELINE)

    def draw(console: Console) -> None:
        _draw(console, rows, several=len(plans) > 1)

    put(rows, TIMELINE, format, output, name="timeline", draw=draw)


def _draw(console: Console, rows: list[Row], *, several: bool) -> None:
    from rich.text import Text

    from ipplan.views.bars import draw

    lines = draw(rows, console.width, several=several)
    for line in lines:
        console.print(Text(line.text, style=_STYLE[line.kind]), no_wrap=True, overflow="crop", crop=True)
    if lines:
        console.print(Text(_LEGEND, style="bright_black"), no_wrap=True, overflow="ellipsis")
    else:
        console.print("nothing with a date")
