"""The titled cases of fixtures/cases (its README says how they are written): a text, and what must be read from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from expect import differences, facts
from ipplan import parse
from support import ROOT


@dataclass(frozen=True)
class Case:
    """One titled case; ``broken`` says why it does not pass yet."""

    file: str
    title: str
    broken: str | None
    text: str
    want: dict[str, Any]


_CASE = re.compile(
    r"^=== (?P<title>[^\n]+?)(?: \[broken: (?P<broken>[^\n]+)\])?\n(?P<text>.*?)\n---\n(?P<want>.*?)(?=^=== |\Z)",
    re.M | re.S,
)


def read_cases() -> list[Case]:
    """All cases, file by file."""
    out = []
    for path in sorted((ROOT / "fixtures" / "cases").glob("*.txt")):
        body = path.read_text(encoding="utf-8")
        found = list(_CASE.finditer(body))
        assert len(found) == len(re.findall("^=== ", body, re.M)), f"{path.name}: a case is not title, text, ---, YAML"
        out += [Case(path.stem, m["title"], m["broken"], m["text"], yaml.safe_load(m["want"])) for m in found]
    return out


CASES = read_cases()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case.file}: {case.title}",
            marks=[pytest.mark.xfail(reason=case.broken, strict=True)] if case.broken else [],
        )
        for case in CASES
    ],
)
def test_case(case: Case) -> None:
    assert not differences(facts(parse(case.text)), case.want)


def test_titles_are_unique() -> None:
    titles = [(case.file, case.title) for case in CASES]
    assert len(titles) == len(set(titles))
