"""The plain `ipplan parse` runs without typer: both ways must do the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ipplan.cli import start as ipplan_start
from ipplan.cli.quick import plain_parse

ROOT = Path(__file__).parents[2]
SUCHENG = str(ROOT / "fixtures/sucheng/source.txt")

#: Arguments behind `parse`, and whether they are plain.
LINES: tuple[tuple[list[str], bool], ...] = (
    ([SUCHENG], True),
    ([SUCHENG, "-f", "json"], True),
    (["--format", "jsonl", SUCHENG, SUCHENG], True),
    (["-", "-f", "json", "-q"], True),
    ([SUCHENG, "--full", "--strict", "--quiet"], True),
    ([SUCHENG, "--encoding", "utf-8"], True),
    ([SUCHENG, "--encoding", "no-such"], True),
    ([SUCHENG, "-o", "OUT"], True),
    ([SUCHENG, "--output", "no/such/folder/plan.yaml"], True),
    (["no-such.txt", SUCHENG], True),
    (["no-such.txt"], True),
    ([SUCHENG, "--vocab", "no-such.yaml"], True),
    ([], False),
    (["--help"], False),
    ([SUCHENG, "-h"], False),
    ([SUCHENG, "--no-such"], False),
    ([SUCHENG, "-f"], False),
    ([SUCHENG, "-f", "xml"], False),
    ([SUCHENG, "-f", "JSON"], False),
    ([SUCHENG, "-fjson"], False),
    ([SUCHENG, "-qf", "json"], False),
    ([SUCHENG, "--format=json"], False),
    ([SUCHENG, "-f", "yaml", "-f", "json"], False),
    ([SUCHENG, "--strict", "--strict"], False),
    (["no-such.txt", "-o", "--strict"], False),
    ([SUCHENG, "--encoding", ""], False),
    (["", "-q"], False),
    (["--", SUCHENG], False),
)


@pytest.mark.parametrize(("args", "plain"), LINES, ids=[" ".join(args)[-40:] for args, _ in LINES])
def test_both_ways_do_the_same(
    ipplan: Callable[..., object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, args: list[str], plain: bool
) -> None:
    out = tmp_path / "out"
    args = ["parse", *(str(out) if arg == "OUT" else arg for arg in args)]
    assert (plain_parse(args) is not None) is plain
    text = "某市知识产权工作方案\n一、总体要求\n到2025年，发明专利授权量达到100件。\n".encode()
    quick = ipplan(*args, stdin=text)
    written = out.read_bytes() if out.exists() else None
    out.unlink(missing_ok=True)
    monkeypatch.setattr(ipplan_start, "quick", lambda _: None)
    assert ipplan(*args, stdin=text) == quick
    assert (out.read_bytes() if out.exists() else None) == written


def test_the_plain_way_needs_no_typer() -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['ipplan', 'parse', {SUCHENG!r}, '-f', 'json']\n"
        "from ipplan.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as stop:\n    assert not stop.code\n"
        "heavy = {'typer', 'click', 'rich', 'yaml', 'jieba', 'lxml', 'rapidfuzz'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, stdout=subprocess.DEVNULL)
