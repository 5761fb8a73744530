"""Words as data. ``*.yaml`` and ``*.csv`` are the sources; ``compiled/*.json`` is made from them (`make lexicon`).

The compiled form loads ten times as fast, so that reading a plan never imports a YAML loader. A test keeps both the same.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def load(name: str) -> Any:
    """The compiled lexicon ``name`` (``"words"`` → ``compiled/words.json``). Treat it as read-only."""
    return json.loads((HERE / "compiled" / f"{name}.json").read_text(encoding="utf-8"))


def sources() -> dict[str, Any]:
    """Every lexicon as its source file says, by name."""
    import yaml

    out: dict[str, Any] = {}
    for path in sorted(HERE.glob("*.yaml")):
        out[path.stem] = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for path in sorted(HERE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            out[path.stem] = [list(row) for row in csv.reader(file)][1:]
    return out


def _departments(value: Any) -> Any:
    """Form → canonical department, and the tails of names that are groups."""
    forms = {form: d["canonical"] for d in value["departments"] for form in (d["canonical"], *d.get("aliases", ()))}
    return {"forms": forms, "groups": [g["form"] for g in value["groups"]]}


_SHAPES = {"departments": _departments}


def compiled(name: str, value: Any) -> str:
    """The text of a compiled lexicon: what the code looks up, nothing more."""
    value = _SHAPES.get(name, lambda v: v)(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def build() -> None:
    """Write ``compiled/*.json`` anew."""
    (HERE / "compiled").mkdir(exist_ok=True)
    for name, value in sources().items():
        (HERE / "compiled" / f"{name}.json").write_text(compiled(name, value), encoding="utf-8")
