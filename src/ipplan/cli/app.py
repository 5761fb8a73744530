"""The ``ipplan`` command: one literal table of commands, each imported when it is called."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from ipplan.cli.io import fail

#: Command → module in ``ipplan.cli`` whose ``app`` is the command. Order is that of ``ipplan --help``.
COMMANDS: dict[str, str] = {
    "parse": "parse",
    "tree": "tree",
    "text": "text",
    "targets": "targets",
    "agencies": "agencies",
    "timeline": "timeline",
    "why": "why",
    "coverage": "coverage",
    "schema": "schema",
    "explain": "explain",
    "diff": "diff",
    "compare": "compare",
    "vocab": "vocab",
    "batch": "batch",
    "corpus": "corpus",
    "query": "query",
}


class _Lazy(TyperGroup):
    """A group whose commands are imported on use, so that `ipplan parse` never pays for `ipplan diff`."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = typer.main.get_command(importlib.import_module(f"ipplan.cli.{module}").app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_Lazy,
    name="ipplan",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        from ipplan import __version__

        typer.echo(f"ipplan {__version__}")
        raise typer.Exit


@app.callback(epilog="Example: ipplan parse plan.txt")
def root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    """Read Chinese government plans (工作方案, 规划, 行动计划) and turn them into data that can be trusted."""


def main() -> None:
    """Entry point: never a traceback (but with IPPLAN_DEBUG=1), exit code 2 where the command could not run."""
    try:
        code = app(standalone_mode=False)
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
