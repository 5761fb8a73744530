"""``ipplan compare``: any number of plans as a matrix of indicators."""

from __future__ import annotations

import csv
import math
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipplan.cli.diff import terminal
from ipplan.cli.io import fail, format_of, write_out
from ipplan.cli.options import Encoding, Vocab
from ipplan.cli.plans import plans_of, vocabulary, warn, warn_without_targets
from ipplan.extras import install
from ipplan.model import Plan

app = typer.Typer()


class Format(StrEnum):
    """Formats `ipplan compare` writes."""

    table = "table"
    csv = "csv"
    xlsx = "xlsx"
    json = "json"
    yaml = "yaml"
    markdown = "markdown"
    html = "html"


@app.command(epilog="Example: ipplan compare *.yaml --per population.csv -o matrix.xlsx")
def compare(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Plans: YAML or JSON that ipplan wrote, or source files.", metavar="PLAN…", show_default=False
        ),
    ],
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="Output format (by the ending of -o FILE, else table).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    per: Annotated[
        Path | None,
        typer.Option(
            "--per", help="CSV table to divide by: the first column names plan or region, the others are numbers."
        ),
    ] = None,
    vocab: Vocab = None,
    encoding: Encoding = None,
) -> None:
    """Compare plans: indicator × plan with value, deadline and rank, and who has no target for what."""
    from ipplan.compare.matrix import compare as compare_all
    from ipplan.compare.render import render

    words = vocabulary(vocab)
    twice = next((file for i, file in enumerate(files) if file in files[:i]), None)
    if twice is not None:
        fail(f"{twice}: is given twice")
    plans: list[Plan] = []
    places: list[str] = []
    for file in files:
        found = plans_of(file, encoding)
        plans += found
        places += [file] if len(found) == 1 else [f"{file} {i}" for i in range(1, len(found) + 1)]
    names = _names(plans, places)
    warn_without_targets(plans, names)
    matrix = compare_all(plans, names=names, per=_divisors(per, plans, names) if per else None, vocabulary=words)
    format = Format(format_of(format, output, [*Format], Format.table))
    if format is Format.xlsx:
        _write_xlsx(matrix, output)
        return
    width, _ = terminal(output) if sys.stdout.isatty() and output is None else (28 + 26 * (len(plans) + 1), False)
    text = render(matrix, "text" if format is Format.table else format.value, width=width)
    assert isinstance(text, str)
    write_out(text, output)


def _names(plans: list[Plan], places: list[str]) -> list[str]:
    """Names of the columns: those of the sources; where two are the same, those of the files, or paths."""
    names = [plan.source.name if plan.source.name != "-" else place for plan, place in zip(plans, places, strict=True)]
    same = sorted({name for name in names if names.count(name) > 1})
    short = [Path(place).name for place in places]
    shown = short if len({*short, *names} - {*same}) == len(names) else places
    for name in same:
        own = [label for label, other in zip(shown, names, strict=True) if other == name]
        warn(f"{len(own)} plans are named {name}; they are shown as {', '.join(own)}")
    return [label if name in same else name for label, name in zip(shown, names, strict=True)]


def _write_xlsx(matrix: object, output: Path | None) -> None:
    from ipplan.compare.model import PlanMatrix

    assert isinstance(matrix, PlanMatrix)
    if output is None and sys.stdout.isatty():
        fail("xlsx is not for a terminal; name a file with --output")
    try:
        from ipplan.compare.render.xlsx import render

        data = render(matrix)
    except ImportError:
        fail(f"xlsx needs XlsxWriter: {install('xlsx')}")
    if output is None:
        sys.stdout.buffer.write(data)
        return
    temporary = output.with_name(f".{output.name[:100]}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, output)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        fail(f"{output}: cannot be written ({error.strerror}); check the path and its permissions")


def _divisors(table: Path, plans: list[Plan], names: list[str]) -> dict[str, dict[str, float]]:
    """Plan's name → column → number: the table's first column holds names of plans, or names or codes of regions."""
    from ipplan.read.errors import ReadError
    from ipplan.read.txt import decode

    if table.is_dir():
        fail(f"{table}: is a folder; name a CSV file")
    try:
        text, _, bad = decode(table.read_bytes(), str(table))
        if bad:
            fail(f"{table}: is not text in UTF-8, UTF-16, GB18030 or Big5; save it as CSV UTF-8")
        rows = list(csv.reader(text.splitlines()))
    except ReadError as error:
        fail(f"{table}: {error.problem}; save it as CSV UTF-8")
    except (OSError, csv.Error) as error:
        fail(f"{table}: cannot be read ({getattr(error, 'strerror', None) or error})")
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows or len(rows[0]) < 2:
        fail(f"{table}: line 1: expected a head such as region,population")
    columns = [cell.strip() for cell in rows[0][1:]]
    values: dict[str, dict[str, float]] = {}
    for line, row in enumerate(rows[1:], 2):
        values[row[0].strip()] = {
            c: _number(v, f"{table}: line {line}: {c}") for c, v in zip(columns, row[1:], strict=False) if v.strip()
        }
    out = {}
    for plan, name in zip(plans, names, strict=True):
        region = plan.meta.region
        keys = [name, Path(name).stem, *([region.name, region.code or ""] if region else []), plan.meta.title or ""]
        found = next((values[key] for key in keys if key in values), None)
        if found is None:
            warn(f"{table}: has no row for {name}" + (f" ({region.name})" if region else ""))
        out[name] = found or {}
    return out


def _number(text: str, where: str) -> float:
    try:
        value = float(text.replace(",", "").replace("，", "").strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value <= 0:
        fail(f"{where}: expected a number greater than 0, found {text!r}")
    return value
