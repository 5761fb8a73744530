"""``ipplan diff``: two plans compared."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.io import fail, format_of, write_out
from ipplan.cli.options import Encoding, Vocab
from ipplan.cli.plans import one_plan, vocabulary, warn_without_targets

if TYPE_CHECKING:
    from ipplan.compare.model import Part, PlanDiff

app = typer.Typer()


class Format(StrEnum):
    """Formats `ipplan diff` writes."""

    text = "text"
    json = "json"
    yaml = "yaml"
    markdown = "markdown"
    html = "html"
    csv = "csv"


class ModeOption(StrEnum):
    """How two plans are compared."""

    versions = "versions"
    plans = "plans"


@app.command(epilog="Example: ipplan diff draft.yaml final.yaml --only targets. How it decides: docs/diff.md")
def diff(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Two plans: YAML or JSON that ipplan wrote, or source files.", metavar="A B", show_default=False
        ),
    ],
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="Output format (by the ending of -o FILE, else text).")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
    mode: Annotated[
        ModeOption | None,
        typer.Option("--mode", help="Two versions of one plan, or two plans (found by itself by default)."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="Only these parts: targets, sections, agencies, phases, meta; several with commas, or repeat.",
            metavar="PART",
        ),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 1 if there are differences.")] = False,
    vocab: Vocab = None,
    git: Annotated[
        bool, typer.Option("--git", help="Take the arguments git gives to an external diff command.")
    ] = False,
    encoding: Encoding = None,
) -> None:
    """Compare two plans: targets, sections, agencies, phases, metadata."""
    from ipplan.compare.diff import diff as compare_two

    if git:
        from ipplan.cli.gitdiff import git_diff

        git_diff(files)
        return
    if len(files) != 2:
        fail(f"diff needs two plans, {len(files)} given (ipplan compare takes any number)")
    if files == ["-", "-"]:
        fail("-: standard input can only be read once")
    parts = _parts(only or [])
    words = vocabulary(vocab)
    a, b = (one_plan(file, encoding) for file in files)
    if not parts or "targets" in parts:
        warn_without_targets([a, b], files)
    if a.source.name == b.source.name and files[0] != files[1]:
        a, b = (
            p.model_copy(update={"source": p.source.model_copy(update={"name": f})})
            for p, f in zip((a, b), files, strict=True)
        )
    result = compare_two(a, b, mode=mode.value if mode else None, vocabulary=words).only(*parts)
    write_out(rendered(result, format_of(format, output, [*Format], Format.text), output), output)
    if exit_code and not result.empty:
        raise typer.Exit(1)


def _parts(given: list[str]) -> list[Part]:
    """The parts of ``--only targets,meta --only phases``."""
    from ipplan.compare.model import PARTS

    names = [name.strip().lower() for word in given for name in word.split(",")]
    for name in names:
        if name not in PARTS:
            fail(f"--only: expected some of {', '.join(PARTS)}, found {name!r}")
    return [part for part in PARTS if part in names]


def rendered(result: PlanDiff, format: str, output: Path | None) -> str:
    """The text of a diff, as wide as the terminal (80 columns where there is none)."""
    from ipplan.compare.render import render

    width, colour = terminal(output)
    text = render(result, format, width=width, colour=colour)
    assert isinstance(text, str)
    return text


def terminal(output: Path | None) -> tuple[int, bool]:
    """``(width, whether colours are wanted)`` of what is written to."""
    import os
    import shutil

    if output is None and sys.stdout.isatty():
        return min(160, max(40, shutil.get_terminal_size((80, 24)).columns)), "NO_COLOR" not in os.environ
    return 80, False
