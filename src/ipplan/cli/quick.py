"""``ipplan parse FILE… [options]`` without typer, whose import alone takes as long as reading a plan.

Only what is plain is understood here: every option in one of its own forms, once, and what follows it as its value.
Whatever else stands on the line (``--help``, a mistake, ``-f=json``, ``-qf json``) is left to typer, which says what it
always says. A test runs both ways over a table of command lines.
"""

from __future__ import annotations

import gc
import os
from typing import Any

#: Option → parameter of :func:`ipplan.cli.run_parse.run_parse` that takes a value.
_VALUES = {
    "--format": "format",
    "-f": "format",
    "--output": "output",
    "-o": "output",
    "--encoding": "encoding",
    "--vocab": "vocab",
}
_FLAGS = {"--strict": "strict", "--quiet": "quiet", "-q": "quiet", "--full": "full"}
_FORMATS = ("yaml", "json", "jsonl")


def plain_parse(args: list[str]) -> dict[str, Any] | None:
    """The parameters of ``run_parse`` that a command line gives, or ``None`` where typer has to read it.

    >>> plain_parse(["parse", "plan.txt", "-f", "json"])
    {'files': ['plan.txt'], 'format': 'json'}
    >>> plain_parse(["parse", "plan.txt", "--form", "json"]) is None
    True
    """
    if args[:1] != ["parse"] or "_IPPLAN_COMPLETE" in os.environ or os.name == "nt":
        return None
    files: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(args[1:])
    for arg in rest:
        name = _VALUES.get(arg)
        value: Any = True
        if name is not None:
            value = next(rest, "")
            if not value or value.startswith("-") or (name == "format" and value not in _FORMATS):
                return None
            if name in ("output", "vocab"):
                from pathlib import Path

                value = Path(value)
        elif arg == "-" or (arg and not arg.startswith("-")):
            files.append(arg)
            continue
        else:
            name = _FLAGS.get(arg)
        if name is None or name in given:
            return None
        given[name] = value
    return {"files": files, **given} if files else None


def quick(args: list[str]) -> int | None:
    """Run a plain ``ipplan parse`` and return its exit code; ``None`` where the line is not plain."""
    given = plain_parse(args)
    if given is None:
        return None
    # Nothing that a single plan leaves behind has to be collected before the process ends.
    before = gc.get_threshold()
    gc.set_threshold(0 if len(given["files"]) == 1 else 50_000, *before[1:])
    try:
        from ipplan.cli.run_parse import run_parse

        return run_parse(**given)
    finally:
        gc.set_threshold(*before)
