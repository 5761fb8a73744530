"""``ipplan vocab``: the vocabulary of indicators."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ipplan.cli.io import fail, write_out
from ipplan.cli.options import Vocab
from ipplan.cli.plans import vocabulary
from ipplan.records import fields

if TYPE_CHECKING:
    from ipplan.normalize.vocabulary import Vocabulary

app = typer.Typer(no_args_is_help=True, help="List, show and match canonical indicators.")


class Format(StrEnum):
    """Formats `ipplan vocab` writes."""

    table = "table"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Output format.")]


def _words(vocab: Any) -> Vocabulary:
    from ipplan.normalize.vocabulary import builtin

    return vocabulary(vocab) or builtin()


@app.command("list", epilog="Example: ipplan vocab list --theme finance")
def list_(
    theme: Annotated[str | None, typer.Option("--theme", help="Only this theme.")] = None,
    format: FormatOption = Format.table,
    vocab: Vocab = None,
) -> None:
    """List the indicators."""
    words = _words(vocab)
    themes = sorted({row.theme for row in words.rows})
    if theme is not None and theme not in themes:
        fail(f"--theme: expected one of {', '.join(themes)}, found {theme!r}")
    rows = [row for row in words.rows if theme in (None, row.theme)]
    if format is Format.json:
        _json([{name: getattr(row, name) for name in fields(type(row))} for row in rows])
        return
    _table([("id", "name", "unit", "theme"), *((row.id, row.zh, row.unit, row.theme) for row in rows)])


@app.command(epilog="Example: ipplan vocab show 万人发明专利拥有量")
def show(name: str, format: FormatOption = Format.table, vocab: Vocab = None) -> None:
    """Show one indicator, given by id or by name."""
    from ipplan.normalize.indicators import identify

    words = _words(vocab)
    id = name if name in words else identify(name, vocabulary=words).id
    if id is None:
        fail(f"{name}: is not an indicator; ipplan vocab match {name!r} shows the nearest")
    entry = words.entry(id)
    if format is Format.json:
        _json(entry)
        return
    _table([(key, _told(value)) for key, value in entry.items() if value not in (None, [], "")])


@app.command(epilog="Example: ipplan vocab match 知识产权质押融资总额 --unit 元")
def match(
    name: str,
    unit: Annotated[str | None, typer.Option("--unit", help="Unit of measure of the target.")] = None,
    action: Annotated[str | None, typer.Option("--action", help="Verb of the target (培训, 授权 …).")] = None,
    format: FormatOption = Format.table,
    vocab: Vocab = None,
) -> None:
    """Say which indicator a name means, and by which way; the nearest ones where that is not sure."""
    from ipplan.normalize.indicators import identify
    from ipplan.normalize.nearest import nearest_by_words

    words = _words(vocab)
    found = identify(name, unit=unit, action=action, vocabulary=words)
    near = nearest_by_words(name, vocabulary=words)
    if format is Format.json:
        candidates = [{"id": id, "zh": _zh(words, id), "score": score} for id, score in near]
        _json({"name": name, "id": found.id, "how": found.how, "score": found.score, "candidates": candidates})
        return
    if not found.id and not near:
        write_out(f"no indicator is like {name}; ipplan vocab list names them all\n", None)
        return
    rows = [("", "id", "name", "score", "how")]
    if found.id:
        rows.append(("=", found.id, _zh(words, found.id), f"{found.score:.2f}", found.how))
    rows += [("?", id, _zh(words, id), f"{score:.2f}", "nearest") for id, score in near if id != found.id]
    _table(rows)


def _zh(words: Vocabulary, id: str) -> str:
    row = words.get(id)
    return row.zh if row else ""


def _told(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _json(value: object) -> None:
    write_out(json.dumps(value, ensure_ascii=False, indent=2) + "\n", None)


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    """Columns as wide as their longest cell, a Chinese character counted as two."""
    from rich.cells import cell_len

    widths = [max(cell_len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(c + " " * (w - cell_len(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)
    write_out("".join(line + "\n" for line in lines), None)
