"""Progress on stderr: a bar on a terminal, a plain line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from ipplan.batch.names import shown

if TYPE_CHECKING:
    from ipplan.batch.run import Progress

_REDRAW = 0.1  # seconds between drawings of the bar
_EVERY = 5.0  # seconds between plain lines
_NAMED = 20  # failures that are named; the report has all
_BAR = 24


class Display:
    """The listener of a run that prints."""

    def __init__(self, stream: TextIO, *, quiet: bool = False) -> None:
        self._stream, self._quiet = stream, quiet
        self._live = not quiet and stream.isatty()
        self._last = time.monotonic()
        self._named = 0
        self._drawn = self._closed = False
        self._progress: Progress | None = None

    def __call__(self, progress: Progress, failure: tuple[str, str] | None) -> None:
        """Take note of where the run stands."""
        if self._quiet:
            return
        self._progress = progress
        if failure is not None:
            self._named += 1
            if self._named <= _NAMED:
                self._clear()
                self._stream.write(f"ipplan: {shown(failure[0])}: {shown(failure[1])}\n")
            elif self._named == _NAMED + 1:
                self._clear()
                self._stream.write("ipplan: further failures are in report.json\n")
        now = time.monotonic()
        if now - self._last >= (_REDRAW if self._live else _EVERY):
            self._last = now
            self._draw(progress)

    def close(self, *, failed: bool = False) -> None:
        """Print where the run ended; not where it ``failed``, for that has a line of its own."""
        if self._closed or self._progress is None:
            return
        self._closed = True
        if self._live:
            self._clear()
        elif not failed:
            self._stream.write(line(self._progress) + "\n")
        self._stream.flush()

    def _draw(self, progress: Progress) -> None:
        if not self._live:
            self._stream.write(line(progress) + "\n")
            self._stream.flush()
            return
        full = _BAR * progress.finished // max(1, progress.total)
        self._stream.write(f"\r\x1b[2K[{'#' * full}{'.' * (_BAR - full)}] {line(progress)}")
        self._stream.flush()
        self._drawn = True

    def _clear(self) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[2K")
            self._drawn = False


def line(progress: Progress, now: float | None = None) -> str:
    """``120 of 2000 files, 40/s, 47 s left, 3 failed``."""
    seconds = max(1e-9, (time.monotonic() if now is None else now) - progress.start)
    worked = progress.work - (progress.total - progress.finished)
    rate = worked / seconds
    parts = [f"{progress.finished} of {progress.total} files"]
    if worked > 0:
        parts.append(f"{rate:.0f}/s" if rate >= 10 else f"{rate:.1f}/s")
        if progress.finished < progress.total:
            parts.append(f"{_span((progress.total - progress.finished) / rate)} left")
    parts.append(f"{progress.failed} failed")
    return ", ".join(parts)


def _span(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
