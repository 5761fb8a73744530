"""The five real plans: everything that expected.yaml says is read, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from ipplan import Plan, Section, parse
from support import FIXTURES, ROOT, norm, source_of, walk

pytestmark = pytest.mark.parametrize("name", FIXTURES)


@cache
def plan(name: str) -> Plan:
    return parse(source_of(name))


@cache
def truth(name: str) -> dict[str, Any]:
    text = (ROOT / "fixtures" / name / "expected.yaml").read_text(encoding="utf-8")
    value = yaml.safe_load(text)
    assert isinstance(value, dict)
    return value


def sections(name: str) -> list[Section]:
    return list(walk(plan(name).sections))


def test_sections(name: str) -> None:
    found = [(s.id, norm(s.marker), norm(s.title)) for s in sections(name) if s.id != "0"]
    assert found == [(str(i), norm(m), norm(t)) for i, m, t in truth(name)["sections"]]


def test_levels_and_parents(name: str) -> None:
    todo: list[tuple[str, int, list[Section]]] = [("", 0, plan(name).sections)]
    while todo:
        parent, level, children = todo.pop()
        for child in children:
            assert child.level == level + 1
            assert child.id.rpartition(".")[0] == parent
            todo.append((child.id, child.level, child.children))


def test_roles(name: str) -> None:
    roles = truth(name)["roles"]
    for section in sections(name):
        at = section.id
        while at and at not in roles:
            at = at.rpartition(".")[0]
        if at:
            assert section.role == roles[at], section.id
    assert all(s.role == "preamble" for s in sections(name) if s.id == "0")


def test_meta(name: str) -> None:
    meta = plan(name).meta.model_dump(mode="json")
    for key, want in truth(name)["meta"].items():
        got = meta[key]
        if key == "citations":
            assert [norm(c["title"]) for c in got] == [norm(c["title"] if isinstance(c, dict) else c) for c in want]
        elif key in ("region", "period"):
            assert {k: str(v) for k, v in (want or {}).items()} == {k: str((got or {}).get(k)) for k in want or {}}
        elif isinstance(want, list):
            assert [norm(x) for x in got] == [norm(x) for x in want], key
        else:
            assert (norm(got) or None) == (norm(want) or None), key


def test_assignments(name: str) -> None:
    found = [
        (s.id, a.role, norm(u.name), norm(u.alias), str(a.deadline))
        for s in sections(name)
        for a in s.assignments
        for u in a.agencies
    ]
    want = [
        (str(a["section"]), a["role"], norm(u["name"]), norm(u.get("alias")), str(a.get("deadline")))
        for a in truth(name)["assignments"]
        for u in a["agencies"]
    ]
    assert sorted(found) == sorted(want)


def test_phases(name: str) -> None:
    found = [
        (s.id, norm(s.phase.name), str(s.phase.start), str(s.phase.end)) for s in sections(name) if s.phase is not None
    ]
    want = [(str(p["section"]), norm(p["name"]), str(p["start"]), str(p["end"])) for p in truth(name)["phases"]]
    assert found == want


_ATTRIBUTES = ("comparator", "value", "value_max", "unit", "basis", "frequency", "action", "deadline", "deadline_from")


def test_targets(name: str) -> None:
    found = [
        (s.id, norm(t.indicator), *(norm(getattr(t, key)) for key in _ATTRIBUTES))
        for s in sections(name)
        for t in s.targets
    ]
    want = [
        (str(t["section"]), norm(t["indicator"]), *(norm(t.get(key)) for key in _ATTRIBUTES))
        for t in truth(name)["targets"]
    ]
    assert sorted(found) == sorted(want)


def test_commitments(name: str) -> None:
    found = [(s.id, norm(c.quote)) for s in sections(name) for c in s.commitments]
    want = truth(name).get("soft_targets") or []
    for soft in want:
        place, quote = str(soft["section"]), norm(soft["quote"])
        assert any(i == place and (q in quote or quote in q) for i, q in found), soft
    assert found or not want


def test_spans(name: str) -> None:
    raw = source_of(name).read_text(encoding="utf-8-sig")
    for s in sections(name):
        start, end = s.span
        assert 0 <= start < end <= len(raw)
        assert s.line == raw.count("\n", 0, start) + 1
        if s.marker:
            assert raw[start:end].startswith(s.marker)
        for child in s.children:
            assert start <= child.span[0] < child.span[1] <= end
        for target in s.targets:
            assert raw[slice(*target.span)] == target.quote
        for promise in s.commitments:
            assert raw[slice(*promise.span)] == promise.quote
        for assignment in s.assignments:
            inside = norm(raw[slice(*assignment.span)])
            assert all(norm(a.raw)[:2] in inside for a in assignment.agencies)


def test_snapshot(name: str) -> None:
    """The whole plan as YAML; `make fixtures` writes it anew."""
    from ipplan import export

    kept = (ROOT / "fixtures" / name / "plan.yaml").read_text(encoding="utf-8")
    assert export([plan(name)]) == kept, "the plan has changed: run `make fixtures` and look at the difference"
