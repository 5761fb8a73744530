"""The one error a reader raises."""

from __future__ import annotations


class ReadError(ValueError):
    """Nothing can be read from this input: which one, what is wrong, what to do. Prints as one line."""

    def __init__(self, name: str, problem: str, advice: str) -> None:
        self.name, self.problem, self.advice = name, problem, advice
        super().__init__(f"{_one_line(name)}: {problem}; {advice}")


def _one_line(name: str) -> str:
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)
