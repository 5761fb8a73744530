"""``ipplan batch``: many files in, one output each, a report."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.io import fail
from ipplan.cli.options import Vocab
from ipplan.cli.plans import vocabulary_file
from ipplan.extras import install

if TYPE_CHECKING:
    from ipplan.batch.engine import Engine, Setup

app = typer.Typer()


class Format(StrEnum):
    """Formats `ipplan batch` writes."""

    yaml = "yaml"
    json = "json"
    jsonl = "jsonl"
    parquet = "parquet"


class EngineName(StrEnum):
    """What does the work."""

    local = "local"
    ray = "ray"


_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


def _memory(text: str) -> int:
    number, unit = text.strip().upper().removesuffix("B").removesuffix("I"), ""
    if number and number[-1] in _UNITS:
        number, unit = number[:-1], number[-1]
    try:
        size = int(float(number) * _UNITS[unit])
    except (ValueError, OverflowError):
        fail(f"--memory: expected a size such as 2G or 500M, found {text!r}")
    if size and size < 200 * 2**20:
        fail("--memory: a worker needs at least 200M (0: no limit)")
    return size


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        fail(f"--jobs: expected auto or a number from 1 to 1024, found {text!r}")
    return int(text)


def _engine(name: EngineName, jobs: int | None, address: str | None) -> Callable[[Setup], Engine]:
    if name is EngineName.ray:
        from ipplan.batch.ray_engine import RayEngine

        return lambda setup: RayEngine(setup, jobs, address)
    from ipplan.batch.pool import LocalEngine

    return lambda setup: LocalEngine(setup, jobs)


@app.command(epilog="Example: ipplan batch plans/ -o out --format json")
def batch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, patterns ('plans/**/*.pdf'), ZIP archives, lists of paths (@list.txt), fsspec URLs.",
            metavar="SRC…",
            show_default=False,
        ),
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="Output folder or fsspec URL.", metavar="OUT")] = "",
    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.")] = Format.yaml,
    jobs: Annotated[
        str, typer.Option("--jobs", "-j", help="Worker processes; auto: more than one where that is faster.")
    ] = "auto",
    lists: Annotated[
        list[str] | None, typer.Option("--files-from", help="A list of inputs, one path a line; - is standard input.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do every file anew.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first file that fails.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove outputs whose input is gone.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no failures, no summary.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds a file may take (0: any).", min=0)] = 120.0,
    memory: Annotated[str, typer.Option("--memory", help="Memory a worker may take (0: any).")] = "2G",
    full: Annotated[
        bool, typer.Option("--full", help="Write empty fields too, and the primary kind of every character.")
    ] = False,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Encoding of all inputs.")] = None,
    vocab: Vocab = None,
    fsync: Annotated[
        bool, typer.Option("--fsync", help="Flush every output to disk: safe against power cuts.")
    ] = False,
    engine: Annotated[EngineName, typer.Option("--engine", help="What does the work.")] = EngineName.local,
    ray_address: Annotated[
        str | None, typer.Option("--ray-address", help="A Ray cluster; without one Ray starts on this machine.")
    ] = None,
) -> None:
    """Read many plans; write one output each, with a report. A second run does only what is new or changed.

    Exits 1 if a file failed.
    """
    from ipplan.batch.engine import BatchError, Setup
    from ipplan.batch.progress import Display
    from ipplan.batch.report import summary
    from ipplan.batch.run import Run

    if not output:
        fail("batch: name the output folder with -o OUT")
    if not sources and not lists:
        fail("batch: name files, folders, patterns or archives to read")
    if ray_address and engine is not EngineName.ray:
        fail("--ray-address: goes with --engine ray")
    if format is Format.parquet and not _installed("pyarrow"):
        fail(f"--format parquet needs PyArrow: {install('store')}")
    if encoding is not None:
        _check_encoding(encoding)
    setup = Setup(output, format.value, full, encoding, timeout, _memory(memory), fsync, *_vocabulary(vocab))
    display = Display(sys.stderr, quiet=quiet)
    run = Run(setup, _engine(engine, _jobs(jobs), ray_address), display)
    try:
        outcome = run.run(sources or [], lists or [], force=force, fail_fast=fail_fast, prune=prune)
    except BatchError as error:
        display.close(failed=True)
        fail(str(error))
    except KeyboardInterrupt:
        display.close(failed=True)
        fail("interrupted; what is done is kept, run again to go on", 130)
    display.close()
    if run.note and not quiet:
        typer.echo(f"ipplan: {run.note}", err=True)
    if not quiet:
        sys.stdout.write(summary(outcome))
    if outcome.states.get("failed"):
        raise typer.Exit(1)


def _vocabulary(given: Path | None) -> tuple[str | None, str | None]:
    """Label and text of the vocabulary that takes the place of the built-in one."""
    file = vocabulary_file(given)
    if file is None:
        return None, None
    from ipplan.normalize.vocabulary import VocabularyError, merge, read_vocabulary

    try:
        text, sha256 = read_vocabulary(file)
        return merge(text, file.name, sha256).label, text
    except VocabularyError as error:
        fail(str(error))


def _installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:  # imported in a way of its own
        return sys.modules.get(name) is not None


def _check_encoding(encoding: str) -> None:
    import codecs

    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        fail(f"--encoding: {encoding!r} is not the name of an encoding")
