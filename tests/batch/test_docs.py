"""The engine shown in docs/batch.md works."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from support import ROOT


class _Spark:
    """As much of Spark as the example uses: partitions, each run by itself."""

    def __init__(self) -> None:
        self.sparkContext = self

    def parallelize(self, lines: list[str], parts: int) -> Any:
        self.parts = [lines[i::parts] for i in range(parts)]
        return self

    def mapPartitions(self, work: Callable[[Iterator[str]], Iterator[str]]) -> Any:
        self.work = work
        return self

    def toLocalIterator(self, prefetchPartitions: bool) -> Iterator[str]:
        for part in self.parts:
            yield from self.work(iter(part))


def test_the_spark_engine(plans: Callable[..., Path], tmp_path: Path, tree: Callable[[Path], dict[str, bytes]]) -> None:
    text = (ROOT / "docs/batch.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, names)
    outcome = names["convert"](_Spark(), str(plans(5)), str(tmp_path / "out"))
    assert outcome.states == {"done": 5}
    assert len(tree(tmp_path / "out")) == 5
