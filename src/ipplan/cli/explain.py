"""``ipplan explain``: what a diagnostic code means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.io import fail, write_out

if TYPE_CHECKING:
    from ipplan.diagnostics import Code

app = typer.Typer()


@app.command(epilog="Example: ipplan explain IPP101")
def explain(
    code: Annotated[
        str | None, typer.Argument(help="A diagnostic code; without one, all are listed.", metavar="[CODE]")
    ] = None,
) -> None:
    """Say what a diagnostic code means, with a wrong and a right example."""
    from ipplan.diagnostics import BY_CODE, CODES

    if code is None:
        write_out("".join(f"{c.code}  {c.severity:7}  {c.name}\n" for c in CODES), None)
        return
    found = BY_CODE.get(code.strip().upper())
    if found is None:
        fail(f"no diagnostic has the code {code}; `ipplan explain` lists all")
    write_out(_page(found), None)


def _page(code: Code) -> str:
    """One code as a page of plain text."""
    import textwrap

    meaning = textwrap.fill(code.meaning, 88)
    return (
        f"{code.code}  {code.name} ({code.severity})\n\n{meaning}\n\n"
        f"Wrong:\n{_example(code.wrong)}\n\nRight:\n{_example(code.right)}\n"
    )


def _example(text: str | bytes) -> str:
    """An example as shown to people: bytes that are no text and control characters as escapes."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "backslashreplace")
    shown = "".join(c if c == "\n" or ord(c) >= 32 else f"\\x{ord(c):02x}" for c in text.rstrip("\n"))
    return "\n".join(f"    {line}".rstrip() for line in shown.split("\n"))
