"""Many files: found, named, parsed in child processes, written atomically, remembered; and the corpus made of them.

``inputs`` finds files, ``catalog`` names their outputs and remembers what was done, an ``Engine`` (``pool`` on this machine,
``ray_engine`` on many) has ``work`` done in child processes, ``run`` ties them together, ``report`` says what came of it.
``store``, ``tables``, ``near`` and ``questions`` make the outputs a DuckDB corpus.
"""

from __future__ import annotations

from ipplan.batch.engine import BatchError, Engine, Result, Setup, Task

__all__ = ["BatchError", "Engine", "Result", "Setup", "Task"]
