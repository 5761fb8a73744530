"""Write ``fixtures/*/plan.yaml`` anew: what `ipplan parse` makes of each source, for `git diff` to show."""

from __future__ import annotations

from pathlib import Path

from ipplan import export, parse

for source in sorted(Path("fixtures").glob("*/source.txt")):
    source.with_name("plan.yaml").write_bytes(export([parse(source)]).encode())
