"""What a run is about and what is done: SQLite, so that memory stays flat and a kill at any moment loses no record.

``rows`` is the manifest kept in ``OUT/.ipplan/manifest.sqlite``: one row per output with the input's stamp and content hash,
the ipplan version and the options it was made with, and what came of it. ``inputs`` is a table of this run only.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ipplan import __version__
from ipplan.batch.engine import ENDINGS, BatchError, Result
from ipplan.batch.inputs import Found
from ipplan.batch.names import RESERVED, digest, key, shown, split_name
from ipplan.batch.place import is_url

#: Version of the manifest's own layout.
LAYOUT = 1

_ROWS = """
CREATE TABLE IF NOT EXISTS rows (
  out TEXT PRIMARY KEY, src TEXT NOT NULL, stamp TEXT NOT NULL, sha256 TEXT, ipplan TEXT NOT NULL, options TEXT NOT NULL,
  status TEXT NOT NULL, error TEXT, out_stamp TEXT, seconds REAL NOT NULL, counts TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rows_src ON rows (src, options);
"""
_INPUTS = """
CREATE TEMP TABLE inputs (
  id INTEGER PRIMARY KEY, rel TEXT NOT NULL, path BLOB NOT NULL, member TEXT, size INTEGER NOT NULL, stamp TEXT NOT NULL,
  error TEXT, stem TEXT NOT NULL, full TEXT NOT NULL, out TEXT, okey TEXT, kept INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'pending', UNIQUE (path, member)
);
CREATE TEMP TABLE folders (okey TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_STEP = 500


class Catalog:
    """The manifest of an output folder, and the inputs of one run."""

    def __init__(self, file: Path) -> None:
        self.note: str | None = None
        self._db = self._open(file)
        self._db.execute("PRAGMA temp_store=FILE")
        self._db.executescript(_INPUTS)

    def _open(self, file: Path) -> sqlite3.Connection:
        """Open or create; a broken manifest is put aside, one of a later layout stops the run."""
        try:
            return self._connect(file)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "not a database" not in str(error):
                raise BatchError(f"{file}: cannot be opened ({error})") from None
            aside = file.with_name(file.name + ".broken")
            os.replace(file, aside)
            for left in ("-wal", "-shm", "-journal"):
                with contextlib.suppress(OSError):
                    os.unlink(f"{file}{left}")
            self.note = f"{shown(str(file))}: was damaged and is now {aside.name}; every file is done anew"
            return self._connect(file)

    def _connect(self, file: Path) -> sqlite3.Connection:
        db = sqlite3.connect(file, isolation_level=None)
        try:
            layout = db.execute("PRAGMA user_version").fetchone()[0]
            if layout > LAYOUT:
                raise BatchError(
                    f"{file}: was written by a later ipplan (layout {layout}, this one knows {LAYOUT}); update ipplan, "
                    "or give another output folder"
                )
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            if layout < LAYOUT:
                db.execute("DROP TABLE IF EXISTS rows")  # layout 0 is an empty file
            db.executescript(_ROWS)
            db.execute(f"PRAGMA user_version={LAYOUT}")
            db.execute("SELECT out, src, options FROM rows LIMIT 1").fetchall()
        except BaseException:
            db.close()
            raise
        return db

    # --- inputs ------------------------------------------------------------------------------------------------------

    def add(self, found: Iterable[Found], format: str) -> int:
        """Take in the inputs and settle the name of every output; how many there are."""
        self._db.execute("BEGIN")
        last, rows = None, []
        for f in found:
            stem, full = split_name(f.rel)
            folder = stem.rpartition("/")[0]
            if folder != last:
                self._add_folder(last := folder)
            path = os.fsencode(_absolute(f.path))
            rows.append((shown(f.rel), path, f.member or "", f.size, f.stamp, f.error, stem, full, key(stem)))
            if len(rows) == _STEP:
                self._add_rows(rows)
        self._add_rows(rows)
        self._name(ENDINGS[format])
        self._db.execute("COMMIT")
        return int(self._one("SELECT count(*) FROM inputs"))

    def _add_rows(self, rows: list[tuple[Any, ...]]) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO inputs (rel, path, member, size, stamp, error, stem, full, okey)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            rows,
        )
        rows.clear()

    def _add_folder(self, folder: str) -> None:
        while folder:
            self._db.execute("INSERT OR IGNORE INTO folders VALUES (?)", (key(folder),))
            folder = folder.rpartition("/")[0]

    def _name(self, ending: str) -> None:
        """``a.yaml`` where the stem is the only one of its kind, ``a.txt.yaml`` where not, a digest where even that is taken."""
        run = self._db.execute
        run("CREATE INDEX temp.inputs_key ON inputs (okey)")
        run("UPDATE inputs SET kept = 1 WHERE okey IN (SELECT okey FROM inputs GROUP BY okey HAVING count(*) > 1)")
        run("UPDATE inputs SET out = CASE kept WHEN 1 THEN full ELSE stem END || ?", (ending,))
        for kept in (1, 2):  # first by keeping the ending, then by a digest of the whole name
            self._fill_keys()
            clash = (
                "(okey IN (SELECT okey FROM inputs GROUP BY okey HAVING count(*) > 1)"
                " OR okey IN (SELECT okey FROM folders) OR reserved(okey))"
            )
            self._db.create_function("reserved", 1, lambda k: k in RESERVED, deterministic=True)
            self._db.create_function("digest", 1, digest, deterministic=True)
            if kept == 1:
                run(f"UPDATE inputs SET kept = 1, out = full || ? WHERE kept = 0 AND {clash}", (ending,))
            else:
                run(
                    "UPDATE inputs SET kept = 2, out = c.name FROM (SELECT id AS this, full || '~' || digest(rel) ||"
                    " CASE row_number() OVER (PARTITION BY full, rel ORDER BY path, member) WHEN 1 THEN '' ELSE '~' ||"
                    " row_number() OVER (PARTITION BY full, rel ORDER BY path, member) END || ? AS name"
                    f" FROM inputs WHERE {clash}) AS c WHERE id = c.this",
                    (ending,),
                )
        self._fill_keys()
        run("CREATE UNIQUE INDEX temp.inputs_out ON inputs (out)")

    def _fill_keys(self) -> None:
        self._db.create_function("okey_of", 1, key, deterministic=True)
        self._db.execute("UPDATE inputs SET okey = okey_of(out) WHERE okey IS NOT okey_of(out)")

    def decided(self) -> Iterator[tuple[Any, ...]]:
        """``(id, path, size, stamp, error, out, row of the manifest …)`` of every input, in the order of outputs."""
        after = ""
        while True:
            rows = self._db.execute(
                "SELECT i.id, i.path, i.stamp, i.error, i.out, r.stamp, r.sha256, r.ipplan, r.options, r.status,"
                " r.out_stamp, r.src = i.rel FROM inputs i LEFT JOIN rows r ON r.out = i.out"
                " WHERE i.out > ? ORDER BY i.out LIMIT ?",
                (after, _STEP),
            ).fetchall()
            if not rows:
                return
            yield from rows
            after = rows[-1][4]

    def pending(self) -> Iterator[tuple[int, str, str | None, str, str, int, str | None]]:
        """``(id, path, member, rel, out, size, known hash)`` of what is to be done, in the order of outputs."""
        after = ""
        while True:
            rows = self._db.execute(
                "SELECT i.id, i.path, i.member, i.rel, i.out, i.size, CASE i.state WHEN 'check' THEN r.sha256 END"
                " FROM inputs i LEFT JOIN rows r ON r.out = i.out"
                " WHERE i.out > ? AND i.state IN ('pending', 'check') ORDER BY i.out LIMIT ?",
                (after, _STEP),
            ).fetchall()
            if not rows:
                return
            for id, path, member, rel, out, size, known in rows:
                yield id, os.fsdecode(path), member or None, rel, out, size, known
            after = rows[-1][4]

    def mark(self, id: int, state: str) -> None:
        """Note what is to be done about an input, or what came of it."""
        self._db.execute("UPDATE inputs SET state = ? WHERE id = ?", (state, id))

    def mark_all(self, marks: list[tuple[str, int]]) -> None:
        """Note many ``(state, id)``; empties the list."""
        self._db.executemany("UPDATE inputs SET state = ? WHERE id = ?", marks)
        marks.clear()

    # --- results -----------------------------------------------------------------------------------------------------

    def record(self, result: Result, options: str) -> tuple[str, str]:
        """Keep a result; ``(input, output)``."""
        rel, out = self._db.execute("SELECT rel, out FROM inputs WHERE id = ?", (result.id,)).fetchone()
        if result.status == "same":  # touched, but not changed
            self._db.execute(
                "UPDATE rows SET stamp = (SELECT stamp FROM inputs WHERE id = ?) WHERE out = ?", (result.id, out)
            )
        else:
            self._db.execute(
                "INSERT OR REPLACE INTO rows SELECT out, rel, stamp, ?, ?, ?, ?, ?, ?, ?, ? FROM inputs WHERE id = ?",
                (
                    result.sha256,
                    __version__,
                    options,
                    result.status,
                    result.error,
                    result.stamp,
                    round(result.seconds, 4),
                    json.dumps(result.counts),
                    result.id,
                ),
            )
        self.mark(result.id, result.status)
        return rel, out

    def renamed(self, options: str) -> list[tuple[str, str | None]]:
        """Outputs that inputs of this run had under another name before a namesake came or went."""
        return self._db.execute(
            "SELECT r.out, r.out_stamp FROM rows r JOIN inputs i ON r.src = i.rel AND r.options = ?"
            " WHERE i.state IN ('done', 'same', 'kept') AND r.out NOT IN (SELECT out FROM inputs)",
            (options,),
        ).fetchall()

    def left_over(self, options: str) -> Iterator[tuple[str, str | None]]:
        """Outputs of inputs that are not in this run."""
        yield from self._db.execute(
            "SELECT out, out_stamp FROM rows WHERE options = ? AND out NOT IN (SELECT out FROM inputs)", (options,)
        ).fetchall()

    def forget(self, out: str) -> None:
        """Drop the record of an output."""
        self._db.execute("DELETE FROM rows WHERE out = ?", (out,))

    def results(self, options: str) -> Iterator[tuple[Any, ...]]:
        """``(input, output, state, sha256, size, seconds, counts, error)`` of every input, in the order of inputs."""
        yield from self._db.execute(
            "SELECT i.rel, i.out, i.state, r.sha256, i.size, r.seconds, r.counts, coalesce(i.error, r.error)"
            " FROM inputs i LEFT JOIN rows r ON r.out = i.out AND r.options = ? ORDER BY i.rel, i.out",
            (options,),
        )

    def states(self) -> dict[str, int]:
        """How many inputs are in which state."""
        return dict(self._db.execute("SELECT state, count(*) FROM inputs GROUP BY state ORDER BY state").fetchall())

    def totals(self, options: str) -> dict[str, int]:
        """The counts of all files that are done, summed."""
        found = self._db.execute(
            "SELECT j.key, sum(j.value) FROM inputs i JOIN rows r ON r.out = i.out AND r.options = ? AND r.status = 'done',"
            " json_each(r.counts) j WHERE i.state IN ('done', 'same', 'kept') GROUP BY j.key ORDER BY j.key",
            (options,),
        )
        return {name: int(n) for name, n in found}

    def made(self, id: int) -> str | None:
        """The stamp of the output that an earlier run made for an input."""
        found = self._db.execute(
            "SELECT r.out_stamp FROM rows r JOIN inputs i ON r.out = i.out WHERE i.id = ? AND r.status = 'done'", (id,)
        ).fetchone()
        return found[0] if found else None

    def name_of(self, id: int) -> str:
        """The name of an input."""
        return str(self._db.execute("SELECT rel FROM inputs WHERE id = ?", (id,)).fetchone()[0])

    # --- transactions ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self._db.execute("BEGIN")

    def commit(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    def dump(self) -> bytes:
        """The manifest as one file's bytes, for an output folder on another machine."""
        with contextlib.closing(sqlite3.connect(":memory:")) as copy:
            self._db.backup(copy)
            return copy.serialize()

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.commit()
        self._db.close()

    def _one(self, sql: str) -> Any:
        return self._db.execute(sql).fetchone()[0]


def _absolute(path: str) -> str:
    return path if is_url(path) else os.path.abspath(path)
