"""``ipplan corpus``: the outputs of a batch as a DuckDB file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.io import fail, write_out

if TYPE_CHECKING:
    import duckdb

app = typer.Typer(no_args_is_help=True, help="Make a corpus of many plans: tidy tables in one DuckDB file.")

Corpus = Annotated[Path, typer.Argument(help="The DuckDB file.", metavar="CORPUS", show_default=False)]


@app.command(epilog="Example: ipplan corpus build out corpus.duckdb")
def build(
    out: Annotated[str, typer.Argument(help="Output folder of ipplan batch.", metavar="OUT", show_default=False)],
    corpus: Corpus,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", help="Write each table as a Parquet file into this folder, too.")
    ] = None,
    jobs: Annotated[str, typer.Option("--jobs", "-j", help="Processes that load plans.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
) -> None:
    """Load the plans of an output folder into tables. Exits 1 if a file is no plan."""
    from ipplan.batch.engine import BatchError
    from ipplan.batch.names import shown
    from ipplan.batch.pool import processors
    from ipplan.batch.store import build as make

    if jobs != "auto" and not (jobs.isdecimal() and 1 <= int(jobs) <= 1024):
        fail(f"--jobs: expected auto or a number from 1 to 1024, found {jobs!r}")

    def tell(done: int, total: int, fault: tuple[str, str] | None) -> None:
        if fault is not None:
            print(f"ipplan: {shown(fault[0])}: {shown(fault[1])}", file=sys.stderr)
        elif sys.stderr.isatty() and not quiet:
            end = "\r\x1b[2K" if done == total else ""
            print(f"\r\x1b[2K{done} of {total} files{end}", end="", file=sys.stderr, flush=True)

    try:
        many = processors() if jobs == "auto" else int(jobs)
        plans, failed = make(out, corpus, parquet=parquet, jobs=many, tell=tell)
    except BatchError as error:
        fail(str(error))
    if not quiet:
        no_plans = f", {failed} {'file is no plan' if failed == 1 else 'files are no plans'}" if failed else ""
        typer.echo(f"{plans} {'plan' if plans == 1 else 'plans'} in {corpus}{no_plans}")
    if failed:
        raise typer.Exit(1)


@app.command(epilog="Example: ipplan corpus export corpus.duckdb tables/")
def export(
    corpus: Corpus,
    folder: Annotated[Path, typer.Argument(help="Folder for the Parquet files.", metavar="DIR", show_default=False)],
) -> None:
    """Write each table as a Parquet file."""
    from ipplan.batch.store import write_parquet

    opened = open_corpus(corpus)
    import duckdb

    try:
        with opened as connection:
            write_parquet(connection, folder)
    except (duckdb.Error, OSError) as error:
        fail(f"{folder}: cannot be written ({getattr(error, 'strerror', None) or error})")


@app.command(epilog="Example: ipplan corpus schema")
def schema() -> None:
    """Describe the tables, column by column."""
    from ipplan.batch.store import describe

    write_out(describe(), None)


def open_corpus(corpus: Path) -> duckdb.DuckDBPyConnection:
    """A corpus opened for reading; exits 2 with one line where it cannot be."""
    from ipplan.batch.engine import BatchError
    from ipplan.batch.store import connect

    try:
        return connect(corpus, read_only=True)
    except BatchError as error:
        fail(str(error))
