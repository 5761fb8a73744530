"""``ipplan targets``: what plans promise in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ipplan.cli.options import Encoding
from ipplan.cli.views import FormatOption, Output, Sources, Where, put, read_sources, select, shown, table

if TYPE_CHECKING:
    from rich.console import Console

    from ipplan.views.rows import Row

app = typer.Typer()


@app.command(epilog="Example: ipplan targets plan.txt --where indicator~专利 --where 'value>=100'")
def targets(
    files: Sources,
    where: Where = None,
    format: FormatOption = None,
    output: Output = None,
    encoding: Encoding = None,
) -> None:
    """List the quantified targets: section, indicator, value, basis, deadline and where it comes from, line.

    Fields for --where are the columns of the CSV; see --format csv. Values as in the table (basis=新增) or in the data
    (basis=increment).
    """
    from ipplan.views.rows import TARGETS, target_rows

    plans = read_sources(files, encoding)
    rows = select(target_rows(plans), where, TARGETS)

    def draw(console: Console) -> None:
        _draw(console, rows, several=len(plans) > 1)

    put(rows, TARGETS, format, output, name="targets", draw=draw)


def _draw(console: Console, rows: list[Row], *, several: bool) -> None:
    from rich.text import Text

    wide = console.width >= 100 and any(map(_base, rows))
    kinds = any(map(_kind, rows))
    for plan in dict.fromkeys(row["plan"] for row in rows):
        out = table(shown(plan) if several else None)
        out.add_column("section", no_wrap=True, style="bright_black")
        out.add_column("indicator", overflow="fold", ratio=1)
        out.add_column("value", justify="right", no_wrap=True, style="magenta")
        if wide:
            out.add_column("base", justify="right", no_wrap=True)
        if kinds:
            out.add_column("basis", no_wrap=True)
        out.add_column("deadline", no_wrap=True, style="yellow")
        out.add_column("from", no_wrap=True, style="bright_black")
        out.add_column("line", justify="right", no_wrap=True, style="bright_black")
        for row in rows:
            if row["plan"] == plan:
                amount = row["amount"] if wide or not _base(row) else f"{row['amount']}\n{_base(row)}"
                cells = [row["section"], row["indicator"], amount]
                cells += ([_base(row)] if wide else []) + ([_kind(row)] if kinds else [])
                cells += [row["deadline"], row["deadline_from"], row["line"]]
                out.add_row(*(Text(shown(cell)) for cell in cells))
        console.print(out)
    console.print(f"{len(rows)} target{'' if len(rows) == 1 else 's'}")


def _kind(row: Row) -> str:
    """``新增 每年``: basis and frequency, where they say something."""
    from ipplan.views.closed import BASIS, FREQUENCY

    return " ".join(w for w in (BASIS[str(row["basis"])], FREQUENCY.get(str(row["frequency"]), "")) if w)


def _base(row: Row) -> str:
    """The value in the base unit, where the table shows it shortened."""
    value = str(row["value"])
    return "" if value in str(row["amount"]) else value
