"""Statements of responsibility of a section → model assignments."""

from __future__ import annotations

from ipplan.model import Agency, Assignment
from ipplan.normalize.agencies import department
from ipplan.parse.sections import Own
from ipplan.text import SourceText


def assignments_of(source: SourceText, own: Own) -> list[Assignment]:
    """One assignment per role per bracket, in text order."""
    out = []
    for passage, found in own.assignments:
        span = passage.span(found.start, found.end)
        for share in found.statement.shares:
            agencies = [
                Agency(name=a.name, alias=a.alias, department=department(a.name), raw=passage.text[a.start : a.end])
                for a in share.agencies
            ]
            out.append(
                Assignment(
                    role=share.role,
                    agencies=agencies,
                    deadline=found.statement.deadline,
                    span=span,
                    line=source.line_of(span[0]),
                )
            )
    return out
