"""``ipplan agencies``: who does what."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.options import Encoding
from ipplan.cli.views import FormatOption, Output, Sources, Where, put, read_sources, select, shown, table

if TYPE_CHECKING:
    from rich.console import Console

    from ipplan.views.rows import Row

app = typer.Typer()


class By(StrEnum):
    """What makes two agencies the same."""

    department = "department"
    name = "name"


@app.command(epilog="Example: ipplan agencies plan.txt --by name --where role=lead")
def agencies(
    files: Sources,
    by: Annotated[By, typer.Option("--by", help="Gather by canonical department, or by the name as written.")] = (
        By.department
    ),
    where: Where = None,
    format: FormatOption = None,
    output: Output = None,
    encoding: Encoding = None,
) -> None:
    """List who is responsible: how often each leads, supports or is responsible, and in which sections.

    Fields for --where: plan, section, title, role, name, alias, department, deadline, line.
    """
    from ipplan.views.rows import AGENCIES, DUTIES, agency_rows, duty_rows

    plans = read_sources(files, encoding)
    rows = agency_rows(select(duty_rows(plans), where, DUTIES), by.value)

    def draw(console: Console) -> None:
        _draw(console, rows, several=len(plans) > 1, named=by is By.name)

    put(rows, AGENCIES, format, output, name="agencies", draw=draw)


def _draw(console: Console, rows: list[Row], *, several: bool, named: bool) -> None:
    from rich.text import Text

    for plan in dict.fromkeys(row["plan"] for row in rows):
        out = table(shown(plan) if several else None)
        out.add_column("name" if named else "department", overflow="fold", ratio=2)
        for role in ("lead", "support", "responsible"):
            out.add_column(role, justify="right", no_wrap=True, style="magenta" if role == "lead" else "")
        out.add_column("sections", ratio=3, style="bright_black")
        for row in rows:
            if row["plan"] == plan:
                counts = [row[role] or None for role in ("lead", "support", "responsible")]
                out.add_row(*(Text(shown(cell)) for cell in (row["agency"], *counts, _places(row))))
        console.print(out)
    console.print(f"{len(rows)} {'agency' if len(rows) == 1 else 'agencies'}")


def _places(row: Row) -> str:
    """``lead 4.1 4.2; support 4.3``; without words where there is only one role."""
    found = [(role, str(row[f"{role}_sections"])) for role in ("lead", "support", "responsible")]
    found = [(role, ids) for role, ids in found if ids]
    return "; ".join(ids if len(found) == 1 else f"{role} {ids}" for role, ids in found)
