"""Plans for the commands that compare: data is loaded without the parser, all else is parsed; vocabularies."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ipplan.cli.io import fail

if TYPE_CHECKING:
    from pathlib import Path

    from ipplan.model import Plan
    from ipplan.normalize.vocabulary import Vocabulary

DATA = (".yaml", ".yml", ".json", ".jsonl")
PROJECT = "ipplan.toml"
#: How data on standard input begins.
_DATA_STARTS = (b"# yaml-language-server", b"schema:", b"{", b"[", b"---")


def plans_of(file: str, encoding: str | None = None) -> list[Plan]:
    """The plans of a file, whatever it is; exits 2 with one line where it cannot be read."""
    from pathlib import Path

    path = Path(file)
    data = None
    if file == "-":
        data = sys.stdin.buffer.read()
        if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_DATA_STARTS):
            return _parsed(data, encoding)
    elif path.suffix.lower() not in DATA and not _is_data(file):
        from ipplan.cli.io import load
        from ipplan.parse import parse_text

        return [parse_text(load(file, encoding))]
    from ipplan.export.load import PlanError, load_plans

    try:
        return load_plans((path.read_bytes() if data is None else data).decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        fail(f"{file}: is not UTF-8 (byte offset {error.start})")
    except (OSError, ValueError) as error:
        if isinstance(error, PlanError):
            fail(str(error))
        fail(f"{file}: cannot be read ({getattr(error, 'strerror', None) or error})")


def _is_data(file: str) -> bool:
    """Whether a file holds plans that ipplan wrote, whatever its name."""
    from ipplan.read import written_by_ipplan

    try:
        with open(file, "rb") as opened:
            return written_by_ipplan(opened.read(4096)) == "ipplan/"
    except (OSError, ValueError):
        return False


def _parsed(data: bytes, encoding: str | None) -> list[Plan]:
    from ipplan.api import parse
    from ipplan.read.errors import ReadError

    try:
        return [parse(data, encoding=encoding)]
    except ReadError as error:
        fail(str(error))


def one_plan(file: str, encoding: str | None = None) -> Plan:
    """The one plan of a file."""
    plans = plans_of(file, encoding)
    if len(plans) != 1:
        fail(f"{file}: holds {len(plans)} plans; diff needs one (ipplan compare takes any number)")
    return plans[0]


def vocabulary(file: Path | None) -> Vocabulary | None:
    """The vocabulary of ``--vocab``, else that of the project file, else ``None`` (built in)."""
    file = vocabulary_file(file)
    if file is None:
        return None
    from ipplan.normalize.vocabulary import VocabularyError, load_vocabulary

    try:
        return load_vocabulary(file)
    except VocabularyError as error:
        fail(str(error))


def vocabulary_file(given: Path | None) -> Path | None:
    """The file of ``--vocab``, else that of the project file, else ``None``."""
    return given or _project_file()


def _project_file() -> Path | None:
    """``[vocab] file`` of the ``ipplan.toml`` in this folder or the nearest one above, up to the repository's root."""
    try:
        folder = os.getcwd()
    except OSError:
        return None
    while True:
        project = os.path.join(folder, PROJECT)
        if os.path.isfile(project):
            from pathlib import Path

            return _vocab_of(Path(project))
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above


def _vocab_of(project: Path) -> Path | None:
    import tomllib

    try:
        settings = tomllib.loads(project.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        fail(f"{project}: cannot be read: {error}")
    table = settings.get("vocab")
    unknown = [name for name in settings if name != "vocab"]
    unknown += [f"vocab.{name}" for name in table if name != "file"] if isinstance(table, dict) else []
    if unknown:
        fail(f"{project}: {', '.join(unknown)}: not known; all there is, is file in the table [vocab]")
    if table is None:
        return None
    file = table.get("file") if isinstance(table, dict) else None
    if not isinstance(file, str) or not file:
        fail(f'{project}: [vocab]: expected file = "vocabulary.yaml"')
    return project.parent / file


def warn(line: str) -> None:
    """One line on stderr that does not end the command."""
    print("ipplan: " + " ".join(line.split()), file=sys.stderr)


def warn_without_targets(plans: list[Plan], names: list[str]) -> None:
    """Say which plans state no targets: their side of the comparison is empty, and that is not an error."""
    for plan, name in zip(plans, names, strict=True):
        todo = list(plan.sections)
        while todo:
            section = todo.pop()
            if section.targets:
                break
            todo += section.children
        else:
            warn(f"{name}: states no targets")
