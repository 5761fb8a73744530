"""``ipplan tree``: the section tree, drawn."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from ipplan.cli.io import write_out
from ipplan.cli.options import Encoding, File
from ipplan.cli.plans import plans_of

if TYPE_CHECKING:
    from rich.text import Text

    from ipplan.model import Meta, Section

app = typer.Typer()

_ROLE_STYLE = {
    "preamble": "bright_black",
    "guidance": "blue",
    "principles": "cyan",
    "objectives": "magenta",
    "tasks": "green",
    "schedule": "yellow",
    "safeguards": "red",
    "annex": "bright_black",
}
_LONGEST = 60


@app.command(epilog="Example: ipplan tree plan.txt")
def tree(file: File, encoding: Encoding = None) -> None:
    """Draw the section tree: id, marker, title, role, targets, agencies, dates of phases."""
    from rich.console import Console
    from rich.tree import Tree

    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else 10_000, highlight=False, emoji=False)
    with console.capture() as drawn:
        for plan in plans_of(file, encoding):
            top = Tree(_head(plan.meta, plan.source.name), guide_style="bright_black")
            todo = [(top, section) for section in reversed(plan.sections)]
            while todo:
                parent, section = todo.pop()
                branch = parent.add(_label(section))
                todo += [(branch, child) for child in reversed(section.children)]
            console.print(top, no_wrap=True, overflow="ellipsis")
    write_out("\n".join(line.rstrip() for line in drawn.get().split("\n")), None)


def _head(meta: Meta, name: str) -> Text:
    from rich.text import Text

    out = Text(meta.title or name, style="bold")
    facts = [meta.doc_number, str(meta.issued_on or meta.published_on or ""), meta.region.name if meta.region else ""]
    if any(facts):
        out.append("  " + "  ".join(fact for fact in facts if fact), style="not bold bright_black")
    return out


def _label(section: Section) -> Text:
    """``4.2  （二）促进运用  tasks  2 targets  3 agencies  2022-07-01 … 2022-12-31``."""
    from rich.text import Text

    out = Text(section.id, style="bright_black")
    out.append("  ")
    if section.marker:
        out.append(section.marker, style="bold")
    if section.title:
        out.append(section.title, style="bold" if section.level == 1 else "")
    else:
        words = section.text[0] if section.text else ""
        out.append(words[:_LONGEST] + ("…" if len(words) > _LONGEST else ""), style="italic bright_black")
    if section.role and (section.level == 1 or section.role != "tasks"):
        out.append(f"  {section.role}", style=_ROLE_STYLE[section.role])
    targets, agencies = len(section.targets), sum(len(a.agencies) for a in section.assignments)
    for n, what, style in ((targets, "target", "magenta"), (agencies, "agency", "cyan")):
        if n:
            out.append(f"  {n} {what if n == 1 else {'target': 'targets', 'agency': 'agencies'}[what]}", style=style)
    if section.phase:
        out.append(f"  {section.phase.start or ''} … {section.phase.end or ''}", style="yellow")
    return out
