"""The narrow interface between a run and whatever does its work: tasks in, results out, in any order.

An engine has each :class:`Task` done by :func:`ipplan.batch.work.do`, in a process that may die, and yields exactly one
:class:`Result` for each. Everything in the three classes is plain data, so they cross pipes and machines as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

#: Suffix of the output for each format.
ENDINGS = {"yaml": ".yaml", "json": ".json", "jsonl": ".jsonl", "parquet": ".parquet"}

Status = Literal["done", "same", "failed", "stop"]


class BatchError(Exception):
    """A run that cannot begin or go on: one line that says what and where."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for every file of a run."""

    out: str
    format: str = "yaml"
    full: bool = False
    encoding: str | None = None
    timeout: float = 120.0
    memory: int = 2 * 2**30
    fsync: bool = False
    vocabulary: str | None = None  # name and hash of a vocabulary other than the built-in one,
    words: str | None = None  # and its text: a worker elsewhere has no such file

    def key(self) -> str:
        """The options that decide what an output holds; part of the cache key."""
        chosen = (self.format, "full" if self.full else None, self.encoding, self.vocabulary)
        return " ".join(word for word in chosen if word)


@dataclass(frozen=True, slots=True)
class Task:
    """One file: where its bytes are (a path or URL, or a member of a ZIP there), its name, its output inside OUT."""

    id: int
    path: str
    member: str | None
    name: str
    out: str
    size: int
    known: str | None = None  # sha256 of the content whose output is there already

    def data(self) -> dict[str, Any]:
        """Plain data for a pipe or another machine."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task. ``same``: content as known, nothing written. ``stop``: no further file can be written."""

    id: int
    status: Status
    error: str | None = None
    sha256: str | None = None
    stamp: str | None = None  # the output's size and time, to notice later that it was touched
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """Plain data for a pipe or another machine."""
        return asdict(self)


class Engine(Protocol):
    """Has tasks done. Closing the iterator early stops the work."""

    def run(self, tasks: Iterator[Task], total: int) -> Iterator[Result]:
        """One result for each task, in any order; ``total`` is how many there will be. Raises :class:`BatchError`."""
        ...
