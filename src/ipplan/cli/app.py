"""The ``ipplan`` command: one literal table of commands, each imported when it is called."""

from __future__ import annotations

import importlib
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
        try:
            app = importlib.import_module(f"ipplan.cli.{module}").app
        except ImportError as error:
            app = _unavailable(cmd_name, error)
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command


def _unavailable(name: str, error: ImportError) -> typer.Typer:
    """Stands in for a command whose libraries cannot be imported: the others, and `ipplan --help`, go on working."""
    app = typer.Typer()

    @app.command(
        help=f"Not available here: {error}.",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )
    def unavailable() -> None:
        fail(f"{name} is not available here: {error}")

    return app


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
