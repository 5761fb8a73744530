"""``report.json``: what came of every file; and the summary table."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from typing import TYPE_CHECKING

from ipplan import __version__
from ipplan.batch.atomic import FULL, TMP, DiskFull
from ipplan.batch.catalog import Catalog
from ipplan.batch.engine import BatchError, Setup
from ipplan.batch.names import REPORT
from ipplan.batch.place import LocalPlace, RemotePlace

if TYPE_CHECKING:
    from ipplan.batch.run import Outcome

SCHEMA = "ipplan-batch/1"
_STATUS = {"done": "done", "same": "done", "kept": "done", "failed": "failed", "pending": "not run", "check": "not run"}


def entry(row: tuple[object, ...]) -> dict[str, object]:
    """One file of the report."""
    rel, out, state, sha, size, seconds, counts, error = row
    status = _STATUS[str(state)]
    result: dict[str, object] = {"source": rel, "status": status}
    if status == "failed":
        return result | {"error": error, "bytes": size, "seconds": seconds or 0.0}
    if status == "not run":
        return result | {"bytes": size}
    numbers: dict[str, int] = json.loads(str(counts))
    diagnostics = {code: n for code, n in numbers.items() if code.startswith("IPP")}
    levels = {level: numbers.get(level, 0) for level in ("error", "warning", "info")}
    rest = {name: n for name, n in numbers.items() if name not in diagnostics and name not in levels}
    result |= {"output": out, "unchanged": state != "done", "bytes": size, "sha256": sha, "seconds": seconds}
    return result | {"counts": rest, "diagnostics": {**levels, "codes": diagnostics}}


def write_report(catalog: Catalog, place: LocalPlace | RemotePlace, setup: Setup, outcome: Outcome) -> None:
    """Write ``OUT/report.json``, one file a line, in the order of inputs."""
    head = {
        "schema": SCHEMA,
        "ipplan": __version__,
        "options": {
            "format": setup.format,
            "full": setup.full,
            "encoding": setup.encoding,
            "vocabulary": setup.vocabulary,
        },
        "files": sum(outcome.states.values()),
        "done": done(outcome),
        "failed": outcome.states.get("failed", 0),
        "unchanged": outcome.states.get("kept", 0) + outcome.states.get("same", 0),
        "not_run": outcome.states.get("pending", 0) + outcome.states.get("check", 0),
        "left_over": outcome.left_over,
        "skipped": outcome.skipped,
        "seconds": outcome.seconds,
        "totals": outcome.totals,
    }
    folder = os.path.join(place.root, TMP) if isinstance(place, LocalPlace) else None
    handle, name = tempfile.mkstemp(prefix="report", dir=folder)
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(head, ensure_ascii=False, indent=2)[:-2] + ',\n  "results": [')
            for i, row in enumerate(catalog.results(setup.key())):
                file.write((",\n    " if i else "\n    ") + json.dumps(entry(row), ensure_ascii=False))
            file.write("\n  ]\n}\n")
        os.chmod(name, 0o666 & ~_umask())
        place.adopt(REPORT, name)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(name)
        if error.errno in FULL:
            raise DiskFull(error.errno, error.strerror, REPORT) from None
        raise BatchError(
            f"{setup.out}/{REPORT}: cannot be written ({error.strerror or error}); make way and run again"
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def done(outcome: Outcome) -> int:
    """Inputs whose output is there and up to date."""
    return sum(outcome.states.get(state, 0) for state in ("done", "same", "kept"))


def summary(outcome: Outcome) -> str:
    """The table printed at the end."""
    states, totals = outcome.states, outcome.totals
    again = states.get("kept", 0) + states.get("same", 0)
    rows = [("files", sum(states.values())), ("done", done(outcome))]
    if again:
        rows.append(("  of them unchanged", again))
    rows.append(("failed", states.get("failed", 0)))
    if outcome.stopped:
        rows.append(("not run", states.get("pending", 0) + states.get("check", 0)))
    if outcome.left_over:
        rows.append(("left over in OUT", outcome.left_over))
    if outcome.skipped:
        rows.append(("skipped", sum(outcome.skipped.values())))
    for name in ("sections", "targets", "commitments", "assignments"):
        rows.append((name, totals.get(name, 0)))
    rows += [(f"diagnostics: {name}", totals[name]) for name in ("error", "warning", "info") if totals.get(name)]
    lines = [f"{name:24}{n:>12,}" for name, n in rows]
    return "\n".join([*lines, f"{'seconds':24}{outcome.seconds:>12,.1f}"]) + "\n"
