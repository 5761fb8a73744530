"""Reading inputs and writing outputs for the commands: one clear line on stderr, whole files or none."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from typing import TYPE_CHECKING, NoReturn

from ipplan.read.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from ipplan.draft import Plan as Draft
    from ipplan.normalize.vocabulary import Vocabulary
    from ipplan.text import SourceText


def fail(message: str, code: int = 2) -> NoReturn:
    """Print one line on stderr and exit."""
    print("ipplan: " + " ".join(message.split()), file=sys.stderr)
    raise SystemExit(code)


def load(file: str, encoding: str | None) -> SourceText:
    """The source text of a file or of standard input (``-``); exits 2 with one line where it cannot be read."""
    try:
        return _source(file, encoding)
    except ReadError as error:
        fail(str(error))


def read_all(
    files: list[str], *, encoding: str | None, full: bool = False, words: Vocabulary | None = None
) -> tuple[list[Draft], list[str], int]:
    """The plans of all files that can be read, their files, and how many could not (each with its line on stderr)."""
    from ipplan.parse import draft_text

    plans: list[Draft] = []
    read: list[str] = []
    failed = 0
    for file in files:
        try:
            plans.append(draft_text(_source(file, encoding), full=full, vocabulary=words))
            read.append(file)
        except ReadError as error:
            print(f"ipplan: {error}", file=sys.stderr)
            failed += 1
    return plans, read, failed


def _source(file: str, encoding: str | None) -> SourceText:
    from ipplan.read import read_bytes, read_file

    if file == "-":
        return read_bytes(sys.stdin.buffer.read(), encoding=encoding)
    from ipplan.cli.progress import shown

    with shown(file):
        return read_file(file, encoding=encoding)


#: Ending of a file → format, where the two are not the same word.
_ENDINGS = {"yml": "yaml", "md": "markdown", "htm": "html"}


def format_of(given: str | None, output: Path | None, formats: Collection[str], default: str) -> str:
    """The format to write: the one that is given, else the one that the ending of ``output`` names, else the default."""
    if given is not None:
        return given
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    ending = _ENDINGS.get(ending, ending)
    return ending if ending in formats else default


def write_out(text: str, output: Path | None) -> None:
    """Write UTF-8 with LF to standard output, or beside ``output`` and then over it."""
    data = text.encode("utf-8", "surrogatepass")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if output.is_dir():
        fail(f"{output}: is a folder; name the file to write")
    import tempfile

    temporary = None
    try:
        if output.exists() and not output.is_file():  # a pipe or device, such as /dev/stdout
            output.write_bytes(data)
            return
        target = output.resolve()  # through a link, its target is written
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:100]}.", delete=False) as file:
            temporary = file.name
            file.write(data)
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except (OSError, ValueError) as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        reason = getattr(error, "strerror", None) or str(error)
        fail(f"{output}: cannot be written ({reason}); check the path and its permissions")


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those a new file gets."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
