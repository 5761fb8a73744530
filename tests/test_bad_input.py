"""Whatever comes in: one clear line, or a plan with diagnostics; never a traceback, linear time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipplan import Plan, ReadError, export, load, parse
from support import ROOT, codes, source_of, walk

Run = Callable[..., Any]

FILES = {
    "empty": b"",
    "blanks": b" \r\n\t\n",
    "ideographic blanks": "　\n\u00a0\u200b\n".encode(),
    "bom only": b"\xef\xbb\xbf",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "zeros": bytes(10_000),
    "random bytes": bytes((i * 7919 + i // 251 * 31) % 256 for i in range(20_000)),
}


@pytest.mark.parametrize("what", FILES)
@pytest.mark.parametrize("command", ["parse", "tree", "text", "coverage"])
def test_nothing_to_read(ipplan: Run, tmp_path: Path, what: str, command: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(FILES[what])
    ran = ipplan(command, path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith(f"ipplan: {path}: ")


def test_missing_file_folder_and_unknown_encoding(ipplan: Run, tmp_path: Path) -> None:
    assert "does not exist" in ipplan("parse", tmp_path / "no.txt").line
    assert "is a folder" in ipplan("parse", tmp_path).line
    assert "klingon" in ipplan("parse", source_of("sucheng"), "--encoding", "klingon").line
    (tmp_path / "file").write_text("x")
    assert ipplan("parse", tmp_path / "file" / "x.txt").code == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(ipplan: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("一、总体要求")
    path.chmod(0)
    assert "permission" in ipplan("parse", path).line.lower()


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipplan.read.MAX_BYTES", 10)
    with pytest.raises(ReadError, match="larger"):
        parse(b"x" * 11)


HOSTILE: dict[str, str] = {
    "open brackets": "（" * 200_000,
    "nested brackets": "（" * 100_000 + "）" * 100_000,
    "nested brackets of a statement": "一、任务\n推进建设。（责任单位：" + "（" * 100_000 + "）" * 100_000,
    "half brackets": "(责任单位：" + "(" * 100_000,
    "one line": "推进知识产权强市建设，完善政策体系，" * 55_000,
    "one line without a mark": "知" * 1_000_000,
    "one line of sentences": "推进知识产权强市建设。" * 90_000,
    "headings": "".join(f"{i}.推进建设\n" for i in range(1, 100_001)),
    "the same heading": "一、推进建设\n" * 100_000,
    "titles in a row": "《知识产权强国建设纲要》" * 60_000,
    "open titles": "《" * 200_000,
    "closers": "）" * 200_000,
    "quotation marks": "“" * 200_000,
    "digits": "1" * 500_000,
    "markers in a row": "一、" * 200_000,
    "dots": "1." * 200_000,
    "digits and commas": "1," * 200_000,
    "points": "一点" * 150_000,
    "dates": "2024年1月至" * 80_000,
    "agencies": "一、任务\n推进。（责任单位：" + "市科技局、" * 60_000 + "）",
    "labels": "责任单位：" * 60_000,
    "verbs": "市科技局牵头，" * 60_000,
    "blank lines": "一、任务\n" + "\n" * 500_000 + "推进。",
    "blanks": "一、任务" + " " * 500_000 + "推进。",
    "page numbers": "— 1 —\n" * 60_000,
    "heads": "发文日期：" * 60_000,
    "document numbers": "某政办发〔2024〕" * 60_000,
    "spaced letters": "宿 " * 200_000,
    "short lines": "专\n" * 100_000,
    "open lines": "（专\n" * 60_000,
    "hashes": "#" * 300_000,
    "stars": "*" * 300_000,
    "zero width": "一、\u200b" * 100_000,
    "articles": "".join(f"第{i}条 推进。\n" for i in range(1, 40_000)),
    "annexes": "一、任务\n" + "附件1\n" * 50_000,
    "contents": "目录\n" + "一、总体要求……1\n" * 50_000,
    "numbers": "一、目标\n" + "发明专利达2.3万件，" * 50_000,
    "commas": "一、目标\n到2025年" + "，" * 300_000,
}


def sound(plan: Plan, text: str) -> None:
    """Spans lie in the text, quotes are what stands there."""
    n = len(text)
    for s in walk(plan.sections):
        assert 0 <= s.span[0] < s.span[1] <= n
        for part in (*s.targets, *s.commitments):
            assert text[slice(*part.span)] == part.quote
        for a in s.assignments:
            assert 0 <= a.span[0] < a.span[1] <= n
    for d in plan.diagnostics:
        assert d.span is None or 0 <= d.span[0] <= d.span[1] <= n


@pytest.mark.slow
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_at_length(what: str) -> None:
    """A plan comes out, and ten times the text takes about ten times as long (a floor keeps small times from deciding)."""
    text = HOSTILE[what]
    part, whole = text[: len(text) // 10], text
    parse(part)
    short, (long, plan) = min(_timed(part)[0] for _ in range(3)), _timed(whole)
    sound(plan, text)
    assert long / max(short, 0.05) < 30, (short, long)


def _timed(text: str) -> tuple[float, Plan]:
    start = time.process_time()
    plan = parse(text)
    return time.process_time() - start, plan


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_in_short(what: str) -> None:
    text = HOSTILE[what][:3000]
    plan = parse(text, full=True)
    sound(plan, text)
    assert load(export([plan], full=True)) == [plan]


@pytest.mark.slow
@pytest.mark.parametrize("what", ["nested brackets", "one line without a mark", "headings"])
def test_as_a_process(what: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(HOSTILE[what], encoding="utf-8")
    for command in (["parse", "-f", "json"], ["parse"], ["tree"], ["coverage"]):
        ran = subprocess.run(
            [sys.executable, "-m", "ipplan", *command, str(path)],
            capture_output=True,
            cwd=ROOT,
            timeout=300,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr[-300:]
        assert ran.stdout
        assert not ran.stderr


def test_deep_nesting() -> None:
    """Every style inside every other, over and over."""
    styles = ["一、", "（一）", "1.", "（1）", "1）", "①", "第一章 ", "第一节 ", "第一条 "]
    text = "\n".join(f"{styles[i * 7 % 9]}推进建设" for i in range(2000))
    plan = parse(text)
    sound(plan, text)
    assert load(export([plan])) == [plan]


def test_only_diagnostics_where_there_is_text() -> None:
    plan = parse("专利")
    assert {"IPP205", "IPP302", "IPP303"} <= set(codes(plan))
    assert [s.id for s in plan.sections] in ([], ["0"])


@pytest.mark.parametrize("char", ["\x00", "\U0010ffff", "\ufffd", "\u2028", "\x1a"])
def test_odd_characters(char: str) -> None:
    text = f"某市知识产权工作方案{char}\n一、总体{char}要求{char}\n{char}推进建设{char}。\n"
    plan = parse(text, full=True)
    sound(plan, text)
    assert [s.id for s in plan.sections] == ["1"]
