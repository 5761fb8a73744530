"""Fixtures of every test module."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, settings

# The same examples in every run, so that a red run is red for the change; `make fuzz` looks for new ones.
_common = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("main", max_examples=60, derandomize=True, database=None, **_common)
settings.register_profile("fuzz", max_examples=1500, print_blob=True, **_common)
settings.load_profile("main")


@dataclass
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line on stderr; fails where there are none or more."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@pytest.fixture
def ipplan(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Runs the command in this process: ``ipplan("parse", path, stdin=b"…")``."""

    def run(*args: object, stdin: bytes = b"") -> Ran:
        from ipplan.cli import main

        monkeypatch.setattr(gc, "freeze", lambda: None)  # this process does not end behind the command
        monkeypatch.setattr(sys, "argv", ["ipplan", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Ran(int(stopped.value.code or 0), out.decode("utf-8"), err.decode("utf-8"))

    return run
