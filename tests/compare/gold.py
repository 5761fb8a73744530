"""Plans with the targets that the annotations of the fixtures state, whatever the parser reads so far."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ipplan import parse
from ipplan.model import Plan, Section, Target
from ipplan.normalize.indicators import identify

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = ("taizhou", "nantong", "taixing", "sucheng", "changzhou-xinbei")


@cache
def gold_plan(name: str) -> Plan:
    """The parsed plan of a fixture with its annotated targets in place."""
    text = (FIXTURES / name / "source.txt").read_text(encoding="utf-8")
    gold = yaml.safe_load((FIXTURES / name / "expected.yaml").read_text(encoding="utf-8"))
    plan = parse(text, name=f"{name}.txt")
    by_section: dict[str, list[Target]] = {}
    for entry in gold["targets"]:
        by_section.setdefault(entry["section"], []).append(_target(entry, text))
    placed = [_with_targets(section, by_section) for section in plan.sections]
    assert not by_section, f"{name}: no such sections: {sorted(by_section)}"
    return plan.model_copy(update={"sections": placed})


def _target(entry: dict[str, Any], text: str) -> Target:
    fields = {key: value for key, value in entry.items() if key not in ("section", "quote")}
    quote = entry["quote"] if entry["quote"] in text else entry["indicator"]
    start = max(0, text.find(quote))
    match = identify(entry["indicator"], unit=entry["unit"], action=entry["action"], basis=entry["basis"])
    return Target(
        **fields,
        indicator_id=match.id,
        quote=quote,
        span=(start, start + len(quote)),
        line=text.count("\n", 0, start) + 1,
    )


def _with_targets(section: Section, by_section: dict[str, list[Target]]) -> Section:
    return section.model_copy(
        update={
            "targets": by_section.pop(section.id, []),
            "children": [_with_targets(child, by_section) for child in section.children],
        }
    )
