"""The engine for many machines: the same work on Ray Data.

Every Ray worker holds a :class:`~ipplan.batch.pool.LocalEngine` of one child process, so that a file that crashes, sticks
or eats memory costs itself only, there as here. A block of files is one Ray task; outputs are written atomically by whoever
does the work, so a block that is done again after a machine was lost writes the same bytes, and its results are returned once.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ipplan.batch.engine import BatchError, Result, Setup, Task
from ipplan.batch.place import is_url
from ipplan.extras import install

_BLOCK = 32  # files in a Ray task
_SLICE = 20_000  # files known to Ray at a time: memory of the driver stays flat


class _Hands:
    """A Ray worker: does blocks of tasks in a child process of its own that is kept between them."""

    def __init__(self) -> None:
        self._engine: Any = None

    def __call__(self, block: dict[str, Any]) -> dict[str, list[str]]:
        import json

        from ipplan.batch.pool import LocalEngine

        results: list[str] = []
        for line in block["block"]:
            setup, tasks = json.loads(str(line))
            if self._engine is None:
                self._engine = LocalEngine(Setup(**setup), 1, keep=True)
            given = iter([Task(**task) for task in tasks])
            results += (json.dumps(result.data()) for result in self._engine.run(given, len(tasks)))
        return {"result": results}


class RayEngine:
    """Ray on this machine (``address`` is ``None``) or a cluster; ``jobs`` workers, or one for each processor there."""

    def __init__(self, setup: Setup, jobs: int | None = None, address: str | None = None) -> None:
        self.setup, self.jobs, self.address = setup, jobs, address
        if not is_url(setup.out):
            self.setup = Setup(**{**asdict(setup), "out": os.path.abspath(setup.out)})

    def run(self, tasks: Iterator[Task], total: int) -> Iterator[Result]:
        """One result for each task. Raises :class:`BatchError` where Ray is missing or cannot be reached."""
        import json

        ray, ours = self._start()
        setup = asdict(self.setup)  # with every block: nothing that a lost machine takes with it
        jobs = self.jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
        try:
            while part := list(itertools.islice(tasks, _SLICE)):
                size = max(1, min(_BLOCK, -(-len(part) // (4 * jobs))))
                blocks = [
                    {"block": json.dumps([setup, [task.data() for task in part[i : i + size]]])}
                    for i in range(0, len(part), size)
                ]
                data = ray.data.from_items(blocks, override_num_blocks=len(blocks)).map_batches(
                    _Hands,
                    batch_size=1,
                    batch_format="numpy",
                    concurrency=min(jobs, len(blocks)),
                    num_cpus=1,
                )
                for row in data.iter_rows():
                    yield Result(**json.loads(row["result"]))
        except (ray.exceptions.RayError, OSError) as error:
            raise BatchError(f"ray: {' '.join(str(error).split())[:300]}") from None
        finally:
            if ours:
                ray.shutdown()

    def _start(self) -> tuple[Any, bool]:
        """Ray, connected, and whether it was connected here. Its own words go to its log files, not to the terminal."""
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # else it warns of what Ray Data does itself
        try:
            import ray
            import ray.data
        except ImportError:
            raise BatchError(f"--engine ray needs Ray: {install('ray')}") from None
        if ray.is_initialized():
            return ray, False
        if self.address:
            _reach(self.address)
        local: dict[str, Any] = (
            {} if self.address else {"num_cpus": self.jobs or os.cpu_count(), "include_dashboard": False}
        )
        try:
            with _hushed():
                ray.init(
                    address=self.address or "local",
                    logging_level=logging.ERROR,
                    log_to_driver=False,
                    configure_logging=True,
                    **local,
                )
        except (ConnectionError, ValueError, RuntimeError, OSError) as error:
            where = f"--ray-address {self.address}" if self.address else "ray: cannot be started here"
            raise BatchError(f"{where}: {' '.join(str(error).split())[:200]}") from None
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.execution_options.verbose_progress = False
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        return ray, True


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Nothing on stderr: Ray's own code announces its log level there. What goes wrong is raised all the same."""
    kept, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(null)


def _reach(address: str) -> None:
    """Ray waits for minutes for a cluster that is not there; a look at its port tells at once."""
    import socket

    host, found, port = address.rpartition("://")[2].rstrip("/").rpartition(":")
    if not (found and port.isdecimal()):  # `auto`, or a name that only Ray knows
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BatchError(f"--ray-address {address}: cannot be reached ({reason}); check host and port") from None
