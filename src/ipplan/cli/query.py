"""``ipplan query``: SQL over a corpus, and ready questions."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipplan.cli.io import fail, format_of, write_out

app = typer.Typer()


class Format(StrEnum):
    """Formats `ipplan query` writes."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


@app.command(epilog='Example: ipplan query "SELECT title, chars FROM plans ORDER BY chars DESC LIMIT 5"')
def query(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="A corpus and SQL, either may be left out.", metavar="[CORPUS] [SQL]", show_default=False),
    ] = None,
    ask: Annotated[str | None, typer.Option("--ask", help="A ready question; `list` names them all.")] = None,
    corpus: Annotated[Path, typer.Option("--corpus", "-c", help="The DuckDB file.", envvar="IPPLAN_CORPUS")] = Path(
        "corpus.duckdb"
    ),
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="Output format; by the output's ending, else a table.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Ask a corpus: SQL over the tables that `ipplan corpus schema` describes, or a ready question."""
    from ipplan.batch.questions import BY_NAME, QUESTIONS

    if ask == "list":
        write_out("".join(f"{q.name:22}{q.meaning}\n" for q in QUESTIONS), output)
        return
    sql = None
    for word in words or []:
        if word.endswith((".duckdb", ".db")) or os.path.exists(word):
            corpus = Path(word)
        elif sql is None:
            sql = word
        else:
            fail("query: more than one question; put the SQL in quotes")
    if (sql is None) == (ask is None):
        fail("query: give SQL in quotes, or a ready question with --ask (`--ask list` names them)")
    if ask is not None:
        if ask not in BY_NAME:
            fail(f"--ask: expected one of {', '.join(BY_NAME)}, found {ask!r}")
        sql = BY_NAME[ask].sql
    _answer(corpus, sql or "", _format(format, output), output)


def _format(format: Format | None, output: Path | None) -> Format:
    chosen = Format(format_of(format, output, [*Format], Format.table))
    if chosen is Format.parquet and output is None and sys.stdout.isatty():
        fail("query: Parquet is not for a terminal; give a file with -o")
    return chosen


def _answer(corpus: Path, sql: str, format: Format, output: Path | None) -> None:
    from ipplan.batch.answer import RENDER, parquet
    from ipplan.cli.corpus import open_corpus

    opened = open_corpus(corpus)
    import duckdb

    try:
        with opened as connection:
            if format is Format.parquet:
                data = parquet(connection, sql)
                text = None
            else:
                result = connection.execute(sql)
                names = [column[0] for column in result.description or []]
                text = RENDER[format.value](names, result.fetchall())
    except duckdb.Error as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip() and set(line.strip()) != {"^"}]
        fail(f"query: {' '.join(lines)[:400]}")
    write_out(text, output) if text is not None else _write_bytes(data, output)


def _write_bytes(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        beside = output.with_name(f".{output.name}.{os.getpid()}")
        beside.write_bytes(data)
        os.replace(beside, output)
    except OSError as error:
        fail(f"{output}: cannot be written ({error.strerror}); check the path and its permissions")
