"""Entry point: the plain ``ipplan parse`` at once, everything else by typer; never a traceback."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

from ipplan.cli.io import fail
from ipplan.cli.quick import quick


def main() -> None:
    """Entry point: never a traceback (but with IPPLAN_DEBUG=1), exit code 2 where the command could not run."""
    try:
        code = quick(sys.argv[1:])
        if code is None:
            from ipplan.cli.app import app

            code = app(standalone_mode=False)
        else:
            gc.freeze()  # the process ends: what is left needs no sorting
    except BrokenPipeError:
        # The reader has gone (`ipplan parse … | head`): nothing is left to say.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        fail("interrupted", 130)
    except Exception as error:
        _give_up(error)
    raise SystemExit(code if isinstance(code, int) else 0)


def _give_up(error: Exception) -> None:
    """One line on stderr for whatever went wrong, and exit code 2."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":  # its message is the help text
        print(getattr(error, "message", ""), file=sys.stderr)
        raise SystemExit(2)
    if kind == "Abort":
        fail("aborted", 130)
    say = getattr(error, "format_message", None)
    if say is not None:  # a usage error
        context = getattr(error, "ctx", None)
        where = context.command_path if context is not None else "ipplan"
        fail(f"{say()} (see {where} --help)")
    if os.environ.get("IPPLAN_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.strerror:
        fail(f"{error.filename or 'a file'}: {error.strerror}")
    text = " ".join(str(error).split())[:300]
    fail(f"internal error: {kind}{': ' if text else ''}{text}; please report it")
