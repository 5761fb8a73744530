"""The child process: a line of JSON in for each task, a line of JSON out for each result.

It ends when its input does, so it never outlives the run; a file that takes too long ends it by the kernel's timer, which also
works where the interpreter is stuck; memory is capped by the kernel too. It is started afresh, never forked, so that it is
safe to start from any program, whatever threads that has.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
from typing import Any

#: Exit code of a worker that ran out of memory.
OUT_OF_MEMORY = 71


def cap_memory(limit: int) -> None:
    """Let this process have ``limit`` bytes of address space (0: no limit)."""
    if not limit:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))


def _streams() -> tuple[Any, Any]:
    """The pipes to the run; whatever else prints goes to stderr."""
    take, give = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
    return take, give


def main() -> None:
    """Serve tasks until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides when to stop
    take, give = _streams()
    from ipplan.batch.engine import Setup, Task
    from ipplan.batch.work import Worker

    setup = Setup(**json.loads(take.readline()))
    worker = Worker(setup)
    cap_memory(setup.memory)
    timer = getattr(signal, "setitimer", None)
    if timer is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    ready = False
    give.write(b'{"ready":true}\n')
    give.flush()
    try:
        for line in take:
            task = Task(**json.loads(line))
            if not ready and task.known is None:  # what all files need is imported once, on no file's time
                worker.prepare()
                gc.collect()
                gc.freeze()
                ready = True
            if timer is not None:
                timer(signal.ITIMER_REAL, setup.timeout)
            result = worker.do(task)
            if timer is not None:
                timer(signal.ITIMER_REAL, 0)
            give.write(json.dumps(result.data()).encode() + b"\n")
            give.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(0)
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(0)
