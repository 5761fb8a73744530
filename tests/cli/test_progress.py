"""Progress of long readings: on a terminal only, one line that is gone at the end."""

from __future__ import annotations

import io

import pytest

from ipplan.cli import progress
from ipplan.read.progress import tell


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    out = Terminal()
    with progress.shown("plan\x1b.pdf", out):
        tell("page", 120, 5000)
    assert out.getvalue() == "\r\x1b[2Kplan?.pdf: page 120 of 5000\r\x1b[2K"
    tell("page", 121, 5000)  # nobody listens any more
    assert out.getvalue().count("page") == 1


def test_not_in_the_first_second_and_not_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Terminal()
    with progress.shown("plan.pdf", out):
        tell("page", 1, 20)
    assert out.getvalue() == ""
    monkeypatch.setattr(progress, "_AFTER", 0.0)
    plain = io.StringIO()
    with progress.shown("plan.pdf", plain):
        tell("page", 1, 20)
    assert plain.getvalue() == ""
