"""``ipplan why``: the words a section was read from, and the rule that read them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.io import fail, load, write_out
from ipplan.cli.options import Encoding

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from ipplan.model import Section
    from ipplan.parse.explain import Reading
    from ipplan.text import SourceText

app = typer.Typer()

_STYLE = {
    "indicator": "bold cyan", "value": "bold magenta", "unit": "magenta", "comparator": "blue", "deadline": "bold yellow",
    "verb": "green", "link": "bright_black", "lead": "bold green", "support": "green", "responsible": "cyan",
    "dates": "yellow", "promise": "magenta", "target": "magenta",
}  # fmt: skip
_DATA = (".yaml", ".yml", ".json", ".jsonl")
_FROM = {
    "text": "its own sentence", "assignment": "the responsibility bracket", "section": "an introducing sentence",
    "phase": "the end of the phase", "plan": "the period of the plan",
}  # fmt: skip


@app.command(epilog="Example: ipplan why plan.txt --at 3.1")
def why(
    file: Annotated[
        str, typer.Argument(help="A plan's source; - is standard input.", metavar="FILE", show_default=False)
    ],
    at: Annotated[str, typer.Option("--at", help="A section's id (3.1), or a line of the source (line:25).")],
    encoding: Encoding = None,
) -> None:
    """Show the sentences of a section with what was read marked in them, and which rule read it."""
    from rich.console import Console

    from ipplan.cli.views import width
    from ipplan.parse import parse_text
    from ipplan.parse.explain import explain

    if Path(file).suffix.lower() in _DATA:
        fail(f"{file}: is data; why needs the source it was read from")
    source = load(file, encoding)
    every = list(explain(source, parse_text(source)))
    section, readings, line = _place(source, every, at)
    console = Console(width=None if sys.stdout.isatty() else width(), highlight=False, emoji=False)
    with console.capture() as captured:
        _draw(console, source, section, readings, line)
    write_out("\n".join(row.rstrip() for row in captured.get().split("\n")), None)


def _place(
    source: SourceText, every: list[tuple[Section, list[Reading]]], at: str
) -> tuple[Section, list[Reading], int | None]:
    """The section asked for, and what was read in it (on one line: only what a sentence on that line says)."""
    found = re.fullmatch(r"line ?[:=]? ?([0-9]{1,9})", at.strip())
    if not found:
        for section, readings in every:
            if section.id == at.strip():
                return section, readings, None
        near = [section.id for section, _ in every if at.strip() and section.id.startswith(at.strip()[:1])][:8]
        fail(f"there is no section {at}" + (f"; near it are {', '.join(near)}" if near else "; see ipplan tree"))
    number = int(found[1])
    spans = list(source.lines())
    if not 1 <= number <= len(spans):
        fail(f"there is no line {number}; the source has {len(spans)}")
    a, b = spans[number - 1]
    holding = [(s, r) for s, r in every if s.span[0] < max(b, a + 1) and a < s.span[1]]
    if not holding:
        fail(f"line {number} is in no section")
    section, _ = holding[-1]
    readings = [r for _, rs in holding for r in rs if r.sentence[0] < max(b, a + 1) and a < r.sentence[1]]
    return section, readings, number


def _draw(console: Console, source: SourceText, section: Section, readings: list[Reading], line: int | None) -> None:
    from rich.text import Text

    head = Text(f"{section.id}  {section.marker or ''}{section.title or ''}", style="bold")
    head.append(f"  line {line or section.line}", style="not bold bright_black")
    console.print(head)
    if not readings:
        console.print("nothing was read here but text")
        return
    numbers = {id(reading): k for k, reading in enumerate(readings, 1)}
    for sentence in dict.fromkeys(reading.sentence for reading in readings):
        own = [reading for reading in readings if reading.sentence == sentence]
        console.print()
        console.print(_marked(source, sentence, own, numbers))
        for reading in own:
            console.print(_told(reading, numbers[id(reading)]))


def _marked(source: SourceText, sentence: tuple[int, int], own: list[Reading], numbers: dict[int, int]) -> Text:
    """The sentence with every mark in brackets: ``[indicator1 有效发明专利拥有量]达[value1 2.3万][unit1 件]``."""
    from rich.text import Text

    marks: dict[tuple[int, int], str] = {}
    for reading in own:
        for mark in reading.marks:
            shared = mark.label == "deadline"
            marks.setdefault((mark.start, mark.end), mark.label + ("" if shared else str(numbers[id(reading)])))
    out = Text(f"line {source.line_of(sentence[0])}: ", style="bright_black")
    at = sentence[0]
    for (a, b), label in sorted(marks.items()):
        if a < at:
            continue
        out.append(_clean(source.raw[at:a]), style="not bold default")
        style = _STYLE.get(label.rstrip("0123456789"), "bold")
        out.append(f"[{label} ", style="bright_black")
        out.append(_clean(source.raw[a:b]), style=style)
        out.append("]", style="bright_black")
        at = b
    out.append(_clean(source.raw[at : sentence[1]]), style="default")
    return out


def _clean(text: str) -> str:
    return "".join(c for c in text.replace("\t", " ") if c.isprintable())


def _told(reading: Reading, number: int) -> Text:
    """``1  target  有效发明专利拥有量 2.3万件 …  rule: noun quantity``."""
    from rich.text import Text

    out = Text(f"  {number}  {reading.kind}  ", style="bold")
    out.append(_fact(reading), style="not bold")
    out.append(f"  rule: {reading.rule}", style="not bold italic bright_black")
    return out


def _fact(reading: Reading) -> str:
    from ipplan.model import Assignment, Commitment, Target
    from ipplan.views.amounts import amount

    fact = reading.fact
    if isinstance(fact, Target):
        words = [fact.action, fact.indicator, amount(fact), fact.basis if fact.basis != "level" else None]
        words += [fact.frequency, fact.commitment, fact.nature, _deadline(fact)]
        return " ".join(word for word in words if word)
    if isinstance(fact, Commitment):
        return " ".join(word for word in (fact.kind, _deadline(fact)) if word)
    if isinstance(fact, Assignment):
        due = f" by {fact.deadline}" if fact.deadline else ""
        return f"{fact.role}: {'、'.join(agency.name for agency in fact.agencies)}{due}"
    return "dates"


def _deadline(fact: object) -> str:
    day, source = getattr(fact, "deadline", None), getattr(fact, "deadline_from", None)
    return f"by {day} from {_FROM.get(str(source), source)}" if day else ""
