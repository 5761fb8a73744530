"""``ipplan coverage``: what every character of a source was read as."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ipplan.cli.io import load, write_out
from ipplan.cli.options import Encoding, File

if TYPE_CHECKING:
    from ipplan.parse.kinds import Ledger

app = typer.Typer()


class Format(StrEnum):
    """Formats `ipplan coverage` writes."""

    text = "text"
    json = "json"


@app.command(epilog="Example: ipplan coverage plan.txt")
def coverage(
    file: File,
    format: Annotated[Format, typer.Option("--format", "-f", help="Output format.")] = Format.text,
    encoding: Encoding = None,
) -> None:
    """Print what share of the characters was read as what, and every stretch that is no part of the plan.

    Exits 1 if a character is unaccounted for.
    """
    from ipplan.parse import parse_with_ledger

    source = load(file, encoding)
    _, ledger = parse_with_ledger(source)
    assert ledger is not None
    left_out = _left_out(ledger)
    counts = ledger.counts()
    write_out(_as_json(source.name, counts, left_out) if format is Format.json else _as_text(counts, left_out), None)
    if counts["unaccounted"]:
        raise typer.Exit(1)


def _left_out(ledger: Ledger) -> list[tuple[str, int, int, int, str]]:
    """``(kind, line, start, end, text)`` of every furniture or unaccounted stretch, in text order."""
    raw, line_of = ledger.source.raw, ledger.source.line_of
    stretches = [("furniture", *span.span) for span in ledger.spans() if span.kind == "furniture"]
    stretches += [("unaccounted", start, end) for start, end in ledger.unaccounted()]
    return [(kind, line_of(a), a, b, raw[a:b]) for kind, a, b in sorted(stretches, key=lambda s: s[1:])]


def _as_text(counts: dict[str, int], left_out: list[tuple[str, int, int, int, str]]) -> str:
    total = sum(counts.values())
    out = [f"{kind:12} {n:8} {100 * n / max(1, total):7.2f}%\n" for kind, n in counts.items()]
    out.append(f"{'all':12} {total:8} {100:7.2f}%\n")
    if left_out:
        out.append("\n")
    for kind, line, _, _, text in left_out:
        shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in " ".join(text.split()))
        out.append(f"line {line}: {kind}: {shown}\n")
    return "".join(out)


def _as_json(name: str, counts: dict[str, int], left_out: list[tuple[str, int, int, int, str]]) -> str:
    total = sum(counts.values())
    data = {
        "source": name,
        "chars": total,
        "kinds": {kind: {"chars": n, "share": round(n / max(1, total), 6)} for kind, n in counts.items()},
        "left_out": [
            {"kind": kind, "line": line, "span": [start, end], "text": text}
            for kind, line, start, end, text in left_out
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
