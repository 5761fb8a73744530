"""Every code's wrong example raises it, its right example does not."""

from __future__ import annotations

import re

import pytest

from ipplan import parse
from ipplan.diagnostics import BY_CODE, CODES, Code
from support import codes


@pytest.mark.parametrize("code", CODES, ids=lambda c: c.code)
def test_examples(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    if code.code == "IPP005":
        monkeypatch.setattr("ipplan.read.traditional.available", lambda: False)
    assert code.code in codes(parse(code.wrong))
    assert code.code not in codes(parse(code.right))


@pytest.mark.parametrize("code", CODES, ids=lambda c: c.code)
def test_every_diagnostic_has_a_place(code: Code) -> None:
    plan = parse(code.wrong)
    for d in plan.diagnostics:
        assert BY_CODE[d.code].severity == d.severity
        assert d.message
        assert "\n" not in d.message
        if d.span is None:  # a part of the file that is no part of the source text
            assert d.code in {"IPP105", "IPP106", "IPP107", "IPP108", "IPP109"}
            continue
        assert 0 <= d.span[0] <= d.span[1] <= plan.source.chars
        assert d.line is not None


def test_table() -> None:
    numbers = [c.code for c in CODES]
    assert numbers == sorted(set(numbers))
    assert all(re.fullmatch("IPP[0-9]{3}", n) for n in numbers)
    assert len({c.name for c in CODES}) == len(CODES)
    assert all(c.meaning.rstrip("…").strip() and c.wrong and c.right for c in CODES)


def test_in_text_order() -> None:
    plan = parse("某市知识产权工作方案\n一、总体（要求\n推进。\n— 1 —\n三、任务\n加强）保护。\n三、保障\n")
    starts = [d.span[0] for d in plan.diagnostics if d.span]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("某市知识产权工作方案\n一、总体要求\n推进建设。\n一、重点任务\n加强保护。\n", 4),
        ("某市知识产权工作方案\n一、总体要求\n推进建设。\n三、重点任务\n加强保护。\n", 4),
        ("某市知识产权工作方案\n一、总体要求\n推进（建设。\n二、重点任务\n加强保护。\n", 3),
    ],
)
def test_the_place_is_right(text: str, line: int) -> None:
    (note,) = [d for d in parse(text).diagnostics if d.severity == "warning"]
    assert note.line == line
