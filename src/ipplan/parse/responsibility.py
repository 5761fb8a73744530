"""Statements of responsibility → the sections they hold for, and rules stated once for the whole document.

* 列首位的为牵头单位，下同: from this bracket on, the first of a list without roles leads and the others support. Said in
  running text it holds for the whole document.
* 以下任务均由X负责: an assignment of each section it covers, with the rule's span.
"""

from __future__ import annotations

from ipplan.draft import Agency, Assignment
from ipplan.lexicon import load
from ipplan.normalize.agencies import department
from ipplan.parse.assignments import Found, first_leads
from ipplan.parse.outline import Node, walk
from ipplan.parse.sections import Own
from ipplan.records import field, record
from ipplan.text import Passage, SourceText

Stated = tuple[Passage, Found]


@record
class Responsibilities:
    """Statements by ``id(node)``, in text order; ``leads_from``: offset from which the first of a list leads."""

    of: dict[int, list[Stated]] = field(default_factory=dict)
    leads_from: int | None = None

    def add(self, stated: list[tuple[Node, Stated]]) -> None:
        """Add the statements of tables, in text order with the others."""
        for node, statement in stated:
            self.of.setdefault(id(node), []).append(statement)
        for node in {id(node): node for node, _ in stated}.values():
            self.of[id(node)].sort(key=lambda said: said[0].at(said[1].start))


def responsibilities(owns: list[Own], passages: list[Passage]) -> Responsibilities:
    """Give each statement to the section it holds for, and find the rules of the document."""
    out = Responsibilities()
    for own in owns:
        for stated in own.assignments:
            statement = stated[1].statement
            if statement.first_leads and statement.from_now_on:
                at = stated[0].at(stated[1].start)
                out.leads_from = at if out.leads_from is None else min(at, out.leads_from)
            for node in _covered(own.node, statement.covers):
                out.of.setdefault(id(node), []).append(stated)
    if out.leads_from is None and _said_in_text(owns, passages):
        out.leads_from = 0
    return out


def _covered(node: Node, covers: str | None) -> list[Node]:
    """The sections a statement holds for: its own, or for a blanket rule those below or above it."""
    if covers is None:
        return [node]
    if covers == "below" and node.children:
        return _leaves(node)
    siblings = node.parent.children if node.parent else [node]
    at = siblings.index(node)
    chosen = siblings[at + 1 :] if covers == "below" else siblings[:at]
    if covers == "above" and not chosen and node.children:
        return _leaves(node)
    return [leaf for sibling in chosen for leaf in (_leaves(sibling) if sibling.children else [sibling])] or [node]


def _leaves(node: Node) -> list[Node]:
    return [below for below in walk(node) if not below.children]


def _said_in_text(owns: list[Own], passages: list[Passage]) -> bool:
    """Whether running text (no bracket of its own) states the rule."""
    inside = {id(p) for own in owns for p, found in own.assignments if found.statement.first_leads}
    phrases = load("words")["first_leads"]
    return any(
        "牵头" in p.fold
        and ("首" in p.fold or "第一" in p.fold)
        and id(p) not in inside
        and any(phrase in p.fold for phrase in phrases)
        for p in passages
    )


def assignments_of(source: SourceText, stated: list[Stated], leads_from: int | None) -> list[Assignment]:
    """One assignment per role per bracket, in text order."""
    out = []
    for passage, found in stated:
        span = passage.span(found.start, found.end)
        span = span[0], found.until or span[1]
        statement = found.statement
        lead_rule = statement.first_leads or (leads_from is not None and span[0] >= leads_from)
        shares = first_leads(statement) if lead_rule else statement.shares
        for share in shares:
            agencies = [
                Agency(
                    name=a.name,
                    alias=a.alias,
                    department=department(a.name),
                    raw=passage.text[a.start : a.end],
                )
                for a in share.agencies
            ]
            out.append(
                Assignment(
                    role=share.role,
                    agencies=agencies,
                    deadline=statement.deadline,
                    span=span,
                    line=source.line_of(span[0]),
                )
            )
    return out
