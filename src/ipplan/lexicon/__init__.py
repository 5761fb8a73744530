"""Words as data. ``*.yaml`` and ``*.csv`` are the sources; ``compiled/*.json`` is made from them (`make lexicon`).

The compiled form loads ten times as fast, so that reading a plan never imports a YAML loader. A test keeps both alike.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

HERE = os.path.dirname(__file__)


@cache
def load(name: str) -> Any:
    """The compiled lexicon ``name`` (``"words"`` → ``compiled/words.json``). Treat it as read-only."""
    with open(os.path.join(HERE, "compiled", f"{name}.json"), encoding="utf-8") as file:
        return json.load(file)


def _folder() -> Path:
    from pathlib import Path  # takes longer to import than a lexicon to load

    return Path(HERE)


def _yaml(path: Path) -> Any:
    import yaml

    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def source(name: str) -> Any:
    """The lexicon ``name`` as its YAML file says: slower to load than :func:`load`, and complete."""
    return _yaml(_folder() / f"{name}.yaml")


def sources() -> dict[str, Any]:
    """Every lexicon as its source file says, by name."""
    import csv

    out: dict[str, Any] = {path.stem: _yaml(path) for path in sorted(_folder().glob("*.yaml"))}
    for path in sorted(_folder().glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            out[path.stem] = [list(row) for row in csv.reader(file)][1:]
    return out


def _departments(value: Any) -> Any:
    """Form → canonical department, and the tails of names that are groups."""
    forms = {form: d["canonical"] for d in value["departments"] for form in (d["canonical"], *d.get("aliases", ()))}
    return {"forms": forms, "groups": [g["form"] for g in value["groups"]]}


def _indicators(value: Any) -> Any:
    """Names of indicators in the forms they are looked up by, and the few facts that deciding needs.

    ``names``: key → number of the indicator · ``cores``: core → numbers, where the core is no key · ``groups``: lines
    of a signature and its cores · ``rows``: id, zh, en, theme, unit, dimension, denominator, polarity. The rest is read
    from the source when it is asked for.
    """
    from ipplan.lexicon.names import Names, key

    rules = Names(source("names"))
    names: dict[str, int] = {}
    cores: dict[str, list[int]] = {}
    groups: dict[str, list[str]] = {}
    for i, entry in enumerate(value["indicators"]):
        for name in (entry["zh"], *entry["aliases"]):
            names.setdefault(key(name), i)
            numbers = cores.setdefault(rules.core(key(name)), [])
            if i not in numbers:
                numbers.append(i)
    for core in cores:
        groups.setdefault(rules.signature(core), []).append(core)
    fields = ("id", "zh", "en", "theme", "unit", "dimension", "denominator", "polarity")
    return {
        "names": names,
        "cores": {core: numbers for core, numbers in cores.items() if [names.get(core)] != numbers},
        "groups": "\n".join("\t".join([signature, *group]) for signature, group in groups.items()),
        "rows": [[entry[field] for field in fields] for entry in value["indicators"]],
    }


_SHAPES = {"departments": _departments, "indicators": _indicators}


def compiled(name: str, value: Any) -> str:
    """The text of a compiled lexicon: what the code looks up, nothing more."""
    value = _SHAPES.get(name, lambda v: v)(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def build() -> None:
    """Write ``compiled/*.json`` anew."""
    (_folder() / "compiled").mkdir(exist_ok=True)
    for name, value in sources().items():
        (_folder() / "compiled" / f"{name}.json").write_text(compiled(name, value), encoding="utf-8")
