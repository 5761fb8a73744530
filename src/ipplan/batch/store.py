"""``ipplan corpus build``: the outputs of a batch → a DuckDB file of tidy tables, and Parquet files of the same."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipplan.batch.atomic import OWN
from ipplan.batch.engine import BatchError
from ipplan.batch.names import REPORT
from ipplan.batch.place import filesystem, is_url
from ipplan.batch.tables import CORPUS, TABLES
from ipplan.extras import install

if TYPE_CHECKING:
    import duckdb

ENDINGS = (".yaml", ".yml", ".json", ".jsonl", ".parquet")
_QUICKEST = (".jsonl", ".json", ".parquet", ".yaml", ".yml")
_CHUNK = 50  # files loaded together

#: Told of the files loaded so far, of all, and of a file that is no plan.
Told = Callable[[int, int, "tuple[str, str] | None"], None]


def connect(file: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file. Raises :class:`BatchError` where it cannot be, or is no corpus."""
    if file.is_dir():
        raise BatchError(
            f"{file}: is a folder, not a corpus; make one with ipplan corpus build {file} corpus.duckdb and name that"
        )
    try:
        import duckdb
    except ImportError:
        raise BatchError(f"a corpus needs DuckDB: {install('store')}") from None
    if read_only and not file.is_file():
        raise BatchError(f"{file}: does not exist; make it with ipplan corpus build OUT {file}")
    try:
        connection = duckdb.connect(str(file), read_only=read_only)
    except duckdb.Error as error:
        text = " ".join(str(error).split())
        if "lock" in text or "different configuration" in text:
            raise BatchError(f"{file}: is in use by another program; close it there first") from None
        raise BatchError(f"{file}: is not a DuckDB file that can be opened ({text[:160]})") from None
    try:
        found = connection.execute("SELECT value FROM corpus_info WHERE name = 'schema'").fetchone()
    except duckdb.Error:
        found = None
    if found is None or found[0] != CORPUS:
        connection.close()
        what = f"is a corpus of layout {found[0]}; build it anew" if found else "is not an ipplan corpus"
        raise BatchError(f"{file}: {what}; give another name, or remove it first")
    return connection


def plan_files(out: str) -> list[str]:
    """The plans in an output folder, relative, sorted. Raises :class:`BatchError` where there are none."""
    if is_url(out):
        fs, root = filesystem(out.rstrip("/"))
        try:
            names = [path[len(root) :].lstrip("/") for path in fs.find(root)]
        except OSError as error:
            raise BatchError(f"{out}: cannot be read ({error})") from None
    elif os.path.isdir(out):
        names = []
        for folder, folders, files in os.walk(out):
            folders[:] = [name for name in folders if not name.startswith(".")]
            above = os.path.relpath(folder, out).replace(os.sep, "/")
            names += files if above == "." else [f"{above}/{name}" for name in files]
    else:
        raise BatchError(f"{out}: is not a folder; give the output folder of ipplan batch")
    found = [n for n in names if n.endswith(ENDINGS) and n != REPORT and not n.startswith((".", f"{OWN}/"))]
    if not found:
        raise BatchError(f"{out}: holds no plans; make some with ipplan batch SRC -o {out}")
    chosen: dict[str, str] = {}  # one plan in several formats is one plan
    for name in sorted(found, key=lambda n: (_QUICKEST.index(os.path.splitext(n)[1]), n)):
        chosen.setdefault(os.path.splitext(name)[0], name)
    return sorted(chosen.values())


def build(out: str, corpus: Path, *, parquet: Path | None, jobs: int, tell: Told) -> tuple[int, int]:
    """Make the corpus anew, beside the old one and then in its place; ``(plans, files that are no plans)``."""
    files = plan_files(out)
    try:
        import duckdb
        import pyarrow  # noqa: F401
        import rensa  # noqa: F401
    except ImportError as error:
        raise BatchError(f"a corpus needs {error.name}: {install('store')}") from None
    with contextlib.ExitStack() as stack:
        if corpus.exists():  # held open while the new one is made: nobody else writes to it meanwhile
            stack.callback(connect(corpus, read_only=False).close)
        beside = corpus.with_name(f".{corpus.name}.{os.getpid()}")
        stack.callback(_remove, beside)
        try:
            with duckdb.connect(str(beside)) as connection:
                plans, failed = _fill(connection, out, files, jobs, tell)
                if parquet is not None:
                    write_parquet(connection, parquet)
            os.replace(beside, corpus)
        except (duckdb.Error, OSError) as error:
            reason = getattr(error, "strerror", None) or " ".join(str(error).split())[:200]
            raise BatchError(f"{corpus}: cannot be written ({reason})") from None
    return plans, failed


def _remove(file: Path) -> None:
    for name in (file, file.with_name(file.name + ".wal")):
        with contextlib.suppress(OSError):
            name.unlink()


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """The empty tables, with the meaning of every table and column as comments."""
    for name, table in TABLES.items():
        columns = ", ".join(f"{c.name} {c.type}" for c in table.columns)
        connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.execute(f"COMMENT ON TABLE {name} IS '{table.row}'")
        for column in table.columns:
            meaning = column.meaning.replace("'", "''")
            connection.execute(f"COMMENT ON COLUMN {name}.{column.name} IS '{meaning}'")
    connection.execute("CREATE TABLE corpus_info (name VARCHAR, value VARCHAR)")
    connection.execute(
        "CREATE VIEW unique_plans AS SELECT * FROM plans WHERE near_group IS NULL OR near_group = plan_id"
    )


def _fill(
    connection: duckdb.DuckDBPyConnection, out: str, files: Sequence[str], jobs: int, tell: Told
) -> tuple[int, int]:
    from ipplan import __version__
    from ipplan.batch.near import group

    create(connection)
    connection.execute("CREATE TEMP TABLE signatures (plan_id INTEGER, signature UINTEGER[])")
    plans = failed = loaded = 0
    chunks = [files[i : i + _CHUNK] for i in range(0, len(files), _CHUNK)]
    for chunk, (tables, count, faults) in zip(chunks, _load_all(out, chunks, jobs), strict=True):
        for name, table in tables.items():
            connection.register("incoming", table)
            columns = ", ".join(column for column in table.column_names if column != "plan_id")
            connection.execute(
                f"INSERT INTO {name} (plan_id, {columns}) SELECT (plan_id + {plans})::INTEGER, {columns} FROM incoming"
            )
            connection.unregister("incoming")
        plans += count
        loaded += len(chunk)
        for fault in faults:
            failed += 1
            tell(loaded, len(files), fault)
        tell(loaded, len(files), None)
    group(connection)
    connection.execute("DROP TABLE signatures")
    info = [("schema", CORPUS), ("ipplan", __version__), ("plans", str(plans))]
    connection.executemany("INSERT INTO corpus_info VALUES (?, ?)", info)
    connection.execute("CHECKPOINT")
    return plans, failed


def _load_all(out: str, chunks: Sequence[Sequence[str]], jobs: int) -> Iterator[Any]:
    """The loaded chunks in order, a few ahead in other processes where there are many."""
    from ipplan.batch.load import load_chunk

    if jobs < 2 or len(chunks) < 4:
        for chunk in chunks:
            yield load_chunk(out, chunk)
        return
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[Future[Any]] = deque()
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            for chunk in chunks:
                waiting.append(pool.submit(load_chunk, out, chunk))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool:
        raise BatchError(f"{out}: a process that loaded plans died (out of memory?); try --jobs 1") from None


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Every table as ``folder/NAME.parquet``, each written beside and then over the old one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        order = ", ".join(c.name for c in TABLES[name].columns[:3])
        beside = folder / f".{name}.{os.getpid()}.parquet"
        quoted = str(beside).replace("'", "''")
        connection.execute(
            f"COPY (SELECT * FROM {name} ORDER BY {order}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)"
        )
        os.replace(beside, folder / f"{name}.parquet")


def describe() -> str:
    """The tables as Markdown."""
    lines = []
    for name, table in TABLES.items():
        lines += [f"### {name}", "", f"One row: {table.row}.", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.type} | {c.meaning} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines)
