"""What several test modules share: the fixtures, and plans boiled down to what must not change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipplan import Plan, Section, parse

ROOT = Path(__file__).parent.parent
FIXTURES = sorted(path.parent.name for path in (ROOT / "fixtures").glob("*/expected.yaml"))


def source_of(name: str) -> Path:
    return ROOT / "fixtures" / name / "source.txt"


def walk(sections: list[Section]) -> Iterator[Section]:
    """Every section in document order."""
    todo = list(reversed(sections))
    while todo:
        section = todo.pop()
        yield section
        todo += reversed(section.children)


def outline(text: str | bytes | Plan) -> list[tuple[str, str | None]]:
    """``(id, title)`` of every section."""
    plan = text if isinstance(text, Plan) else parse(text)
    return [(s.id, s.title) for s in walk(plan.sections)]


def ids(text: str | bytes | Plan) -> list[str]:
    return [i for i, _ in outline(text) if i != "0"]


def codes(plan: Plan) -> list[str]:
    return [d.code for d in plan.diagnostics]


_BRACKETS = str.maketrans("〔〕[]【】。", "()()().")


def norm(text: object) -> str:
    """Text for comparison across changes of form: NFKC, brackets and full stops alike, no blanks."""
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text)).translate(_BRACKETS)
    return re.sub(r"\s+", "", re.sub("[~—–－-]+", "-", plain))


def core(plan: Plan) -> list[Any]:
    """What a change of form must not change."""

    def one(s: Section) -> list[Any]:
        return [
            s.id,
            norm(s.title),
            s.role,
            norm("".join(s.text)),
            sorted(
                (norm(t.indicator), t.value, norm(t.unit), t.comparator, t.basis, str(t.deadline)) for t in s.targets
            ),
            [
                (a.role, [(norm(u.name), norm(u.alias), u.department) for u in a.agencies], a.deadline)
                for a in s.assignments
            ],
            s.phase and (norm(s.phase.name), s.phase.start, s.phase.end),
            [one(c) for c in s.children],
        ]

    return [one(s) for s in plan.sections]
