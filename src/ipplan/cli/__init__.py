"""The command line: arguments → library call → print → exit code, nothing else."""

from __future__ import annotations

from ipplan.cli.start import main

__all__ = ["main"]
