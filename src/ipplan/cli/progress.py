"""Progress of long readings on stderr: only on a terminal, only after a second, and gone when the reading is done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from ipplan.read.progress import listening

_AFTER = 1.0  # seconds until the first line
_REDRAW = 0.2  # seconds between two


@contextmanager
def shown(name: str, stream: TextIO | None = None) -> Iterator[None]:
    """Show on ``stream`` (stderr) how far the reading of ``name`` has come: ``plan.pdf: page 120 of 5000``."""
    out = sys.stderr if stream is None else stream
    if not out.isatty():
        yield
        return
    due = time.monotonic() + _AFTER
    drawn = False

    def draw(work: str, done: int, total: int) -> None:
        nonlocal due, drawn
        now = time.monotonic()
        if now >= due:
            due, drawn = now + _REDRAW, True
            plain = "".join(c if c.isprintable() else "?" for c in name)
            out.write(f"\r\x1b[2K{plain[-50:]}: {work} {done} of {total}")
            out.flush()

    try:
        with listening(draw):
            yield
    finally:
        if drawn:
            out.write("\r\x1b[2K")
            out.flush()
