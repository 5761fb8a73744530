"""What a plan says, flat, and how it differs from what was expected of it."""

from __future__ import annotations

from typing import Any

from ipplan import Plan
from support import codes, walk


def facts(plan: Plan) -> dict[str, Any]:
    """Everything a case can name: see fixtures/cases/README.md."""
    sections = list(walk(plan.sections))
    out: dict[str, Any] = {
        "meta": plan.meta.model_dump(),
        "ids": [s.id for s in sections],
        "titles": {s.id: s.title for s in sections},
        "roles": {s.id: s.role for s in sections},
        "texts": {s.id: s.text for s in sections},
        "codes": sorted(codes(plan)),
        "has": dict.fromkeys(codes(plan), True),
        "assignments": [],
        "targets": [],
        "commitments": [],
        "phases": [],
    }
    for section in sections:
        for kind in ("targets", "commitments"):
            out[kind] += [{"section": section.id, **item.model_dump()} for item in getattr(section, kind)]
        for item in section.assignments:
            names = {"agencies": "name", "aliases": "alias", "departments": "department"}
            lists = {key: [getattr(a, field) for a in item.agencies] for key, field in names.items()}
            out["assignments"].append({"section": section.id, **item.model_dump(), **lists})
        if section.phase:
            out["phases"].append({"section": section.id, **section.phase.model_dump()})
    return out


def differences(have: Any, want: Any, where: str = "") -> list[str]:
    """Where ``have`` is not what ``want`` says; keys that ``want`` does not name are not compared."""
    if isinstance(want, dict) and isinstance(have, dict):
        return [line for key in want for line in differences(have.get(key), want[key], f"{where}.{key}")]
    if isinstance(want, list) and isinstance(have, list) and len(want) == len(have):
        return [line for i, w in enumerate(want) for line in differences(have[i], w, f"{where}[{i}]")]
    return [] if have == want else [f"{where[1:]}: {have!r} instead of {want!r}"]
