"""Why a section reads as it does: the rule behind every fact, and the words it was read from.

The pieces of the pipeline are run again on the source; facts are matched with those of the plan by their spans, so that what
is explained is what `ipplan parse` writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ipplan.model import Assignment, Commitment, Plan, Section, Target
from ipplan.parse.assignments import Found
from ipplan.parse.document import take_apart
from ipplan.parse.lines import read_lines
from ipplan.parse.meta import preamble_of, read_front
from ipplan.parse.paragraphs import paragraphs
from ipplan.parse.scopes import plan_year
from ipplan.parse.sections import Own, Stretch, own_parts, preamble_own
from ipplan.parse.targets import Raw, read_targets
from ipplan.records import field, record
from ipplan.text import Passage, SourceText


@record(frozen=True)
class Mark:
    """Words that were read: half-open source span, and as what."""

    start: int
    end: int
    label: str


@record
class Reading:
    """One fact of a section, the rule that read it, its words, and the sentence they stand in (source span)."""

    fact: Target | Commitment | Assignment | None
    kind: str
    rule: str
    sentence: tuple[int, int]
    marks: list[Mark] = field(default_factory=list)


def explain(source: SourceText, plan: Plan) -> Iterator[tuple[Section, list[Reading]]]:
    """Every section of ``plan`` (which was read from ``source``) with its facts explained, in document order."""
    lines, _ = read_lines(source, markdown=source.format == "md")
    healed, _ = paragraphs(source, lines)
    document = take_apart(healed)
    zero = preamble_own(preamble_of(document, read_front(document.front, document.tail)))
    owns = {own.node.id: own for own in (zero, *own_parts(document.root, plan_year(plan.meta)))}
    cells = {cell for own in owns.values() for stretch in own.stretches if stretch.row for cell in stretch.row.cells}
    todo = list(reversed(plan.sections))
    while todo:
        section = todo.pop()
        own = owns.get(section.id)
        yield section, _readings(source, section, own, cells) if own else []
        todo += reversed(section.children)


def _readings(source: SourceText, section: Section, own: Own, cells: set[tuple[int, int]]) -> list[Reading]:
    out = []
    if section.phase and own.dated:
        marks = [Mark(*section.phase.span, "dates")]
        out.append(Reading(None, "phase", "dates of a title", _around(source, section.phase.span), marks))
    raws = _raws(own, section.targets)
    out += [_target(source, target, raws) for target in section.targets]
    for commitment in section.commitments:
        marks = [Mark(*commitment.span, "promise")]
        rule = f"words of {commitment.kind.replace('_', ' ')}"
        out.append(Reading(commitment, "commitment", rule, _around(source, commitment.span), marks))
    for assignment in section.assignments:
        out.append(_assignment(assignment, own, cells))
    return sorted(out, key=lambda reading: reading.sentence)


def _around(source: SourceText, span: tuple[int, int]) -> tuple[int, int]:
    """The sentence around a span."""
    raw = source.raw
    start = max(raw.rfind(mark, max(0, span[0] - 400), span[0]) for mark in "。\n") + 1
    stops = [at for mark in "。\n" if (at := raw.find(mark, span[1], span[1] + 400)) >= 0]
    return (start if start > 0 else max(0, span[0] - 40)), (min(stops) + 1 if stops else span[1])


Placed = tuple[Stretch, Raw]


def _raws(own: Own, targets: list[Target]) -> dict[tuple[int, int], Placed]:
    """Source span → what the grammar read there. Dates without a year are tried with the years of the targets."""
    years = sorted({t.deadline.year for t in targets if t.deadline and t.deadline_from == "text"})
    out: dict[tuple[int, int], Placed] = {}
    for stretch in own.stretches:
        for year in (None, *years):
            for raw in read_targets(stretch.masked, year=year)[0]:
                span = stretch.passage.span(raw.start, raw.end)
                if span not in out or (raw.deadline and not out[span][1].deadline):
                    out[span] = (stretch, raw)
    return out


def _target(source: SourceText, target: Target, raws: dict[tuple[int, int], Placed]) -> Reading:
    found = raws.get(target.span)
    if found is None:
        return Reading(
            target, "target", "cell of a table", _around(source, target.span), [Mark(*target.span, "target")]
        )
    stretch, raw = found
    passage = stretch.passage
    sentence = passage.span(*raw.sentence) if raw.sentence[1] else _around(source, target.span)
    marks = [Mark(*passage.span(a, b), label) for a, b, label in _words(stretch.masked, raw) if a < b]
    return Reading(target, "target", raw.rule or "target", sentence, _apart(marks))


def _words(folded: str, raw: Raw) -> Iterator[tuple[int, int, str]]:
    """``(start, end, label)`` of what a target was read from."""
    quantity = raw.quantity
    yield raw.noun[0], raw.noun[1], "indicator"
    written = folded[quantity.start : quantity.end]
    at = written.rfind(quantity.unit)
    if at > 0:
        unit, stop = quantity.start + at, quantity.start + at + len(quantity.unit)
        value = unit - 1 if folded[unit - 1] == "个" else unit
        yield quantity.start, value, "value"
        yield value, stop, "unit"
        yield stop, quantity.end, "comparator"
    else:
        yield quantity.start, quantity.end, "value"
    if raw.deadline:
        yield raw.deadline.start, raw.deadline.end, "deadline"
    if raw.action:
        begin = folded.find(raw.action[0], raw.start, max(raw.start, min(raw.noun[0], quantity.start)) + 1)
        if begin >= 0 and folded.startswith(raw.action, begin):
            yield begin, begin + len(raw.action), "verb"
    if raw.noun[1] <= quantity.start:
        link = folded[raw.noun[1] : quantity.start]
        lead = len(link) - len(link.lstrip(" ，"))
        yield raw.noun[1] + lead, raw.noun[1] + len(link.rstrip()), "link"


def _apart(marks: list[Mark]) -> list[Mark]:
    """The marks in text order, without those that overlap an earlier one."""
    out: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not out or mark.start >= out[-1].end:
            out.append(mark)
    return out


def _assignment(assignment: Assignment, own: Own, cells: set[tuple[int, int]]) -> Reading:
    for passage, found in own.assignments:
        if passage.span(found.start, found.end) == assignment.span:
            rule = _bracket_rule(passage, found)
            marks = [
                Mark(*passage.span(agency.start, agency.end), share.role)
                for share in found.statement.shares
                if share.role == assignment.role
                for agency in share.agencies
                if agency.start < agency.end
            ]
            return Reading(assignment, "assignment", rule, assignment.span, _apart(marks))
    rule = "cell of a task table" if assignment.span in cells else "rule stated once for several sections"
    return Reading(assignment, "assignment", rule, assignment.span)


def _bracket_rule(passage: Passage, found: Found) -> str:
    what = "bracket" if passage.fold[found.start] in "（〔【" else "clause"
    how = "with a label" if found.statement.labelled else "with verbs" if found.statement.verbs else "of agencies"
    damage = ", damage repaired" if found.repaired else ""
    return f"{what} {how}{damage}"
