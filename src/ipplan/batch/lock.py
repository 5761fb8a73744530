"""One run at a time in an output folder."""

from __future__ import annotations

import os
from typing import IO

from ipplan.batch.atomic import OWN
from ipplan.batch.engine import BatchError


def lock(root: str) -> IO[str] | None:
    """Take the folder's lock, which ends with this process however it ends. Raises :class:`BatchError` if it is taken."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    file = open(f"{root}/{OWN}/lock", "a+", encoding="utf-8")  # noqa: SIM115
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        holder = file.read(20).strip()
        file.close()
        who = f" (process {holder})" if holder.isdigit() else ""
        raise BatchError(f"{root}: another run{who} is writing here; wait for it or give another folder") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
