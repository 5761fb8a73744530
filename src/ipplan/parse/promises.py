"""Targets and commitments of every section, with the deadline that reaches them (:mod:`~ipplan.parse.scopes`)."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from ipplan.diagnostics import Note
from ipplan.draft import Baseline, Commitment, Meta, Target, number
from ipplan.normalize.indicators import Match, identify
from ipplan.normalize.vocabulary import Vocabulary
from ipplan.parse.commitments import RawCommitment, may_promise, read_commitments
from ipplan.parse.deadlines import Deadline
from ipplan.parse.dues import due_day
from ipplan.parse.grammar import words
from ipplan.parse.quantities import candidates
from ipplan.parse.scopes import Scope, chain_of, due, first_day, scope_of
from ipplan.parse.sections import Own, Stretch
from ipplan.parse.tables.indicators import row_targets
from ipplan.parse.tables.units import counts_by
from ipplan.parse.targets import Raw, read_targets
from ipplan.patterns import pattern
from ipplan.records import field, record, replace
from ipplan.text import SourceText

_OWN_NATURE = pattern(" ?（(?:为)?(约束性|预期性)(?:指标|目标)?）")


@record
class Promises:
    """What one section promises."""

    targets: list[Target] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)


def read_promises(
    source: SourceText, owns: list[Own], meta: Meta, vocabulary: Vocabulary | None = None
) -> tuple[dict[int, Promises], list[Note]]:
    """Promises by ``id(node)``, and notes on what could not be read.

    ``vocabulary`` gives the indicators their ids, by default the built-in one.
    """
    scopes: dict[int, Scope] = {}
    out: dict[int, Promises] = {}
    notes: list[Note] = []
    floor = first_day(meta)
    for own in owns:
        node = own.node
        scope = scope_of(own, scopes.get(id(node.parent)) if node.parent else None, meta)
        scopes[id(node)] = scope
        _settle(own, scope.year)
        promises = out[id(node)] = Promises()
        chain = chain_of(node, scopes)
        for stretch in own.stretches:
            if not (stretch.row or _may_count(stretch) or may_promise(stretch.passage.fold)):
                continue
            masked = stretch.masked
            rows = (
                row_targets(stretch.row, stretch.passage, source.folded, floor.year if floor else None)
                if stretch.row and not scope.background
                else []
            )
            counted = candidates().search(masked) is not None
            promised = may_promise(masked)
            if not rows and not counted and not promised:
                continue
            raws: list[Raw] = rows
            faults: list[Note] = []
            if counted and not rows:
                raws, faults = read_targets(masked, stretch, year=scope.year, background=scope.background)
            for note in faults:
                span = stretch.passage.span(note.start or 0, note.end or 0)
                notes.append(Note(note.code, note.message, *span, node.id))
            kept = []
            for raw in raws:
                target, match = _target(source, own, stretch, raw, chain, meta, floor, vocabulary)
                if target and match:
                    if not match.id:
                        notes.append(_unknown(target, match, node.id))
                    kept.append((raw.start, raw.end))
                    promises.targets.append(target)
            soft = (
                []
                if scope.background or not promised
                else read_commitments(
                    masked,
                    stretch,
                    year=scope.year,
                    objectives=node.role == "objectives" or _due_by_bracket(own),
                    taken=kept,
                )
            )
            promises.commitments += [
                _commitment(source, own, stretch, c, chain, meta)
                for c in soft
                if not _is_over(c.deadline, floor, chain)
            ]
    _natures(source, owns, out)
    return out, notes


def _settle(own: Own, year: int | None) -> None:
    """Deadlines of statements and table rows that name no year are of the section's year."""
    for _, found in own.assignments:
        found.statement.settle(year)
    for stretch in own.stretches:
        row = stretch.row
        if row and row.undated and not row.due and (day := due_day(row.undated, year)[0]):
            row.due = day, "assignment"


def _due_by_bracket(own: Own) -> bool:
    """Whether a statement of responsibility names the day by which the section's work is done."""
    return any(found.statement.deadline for _, found in own.assignments)


def _may_count(stretch: Stretch) -> bool:
    """Whether a quantity may stand in the stretch or its brackets: asked of all text, so nothing is masked for it."""
    return candidates().search(stretch.passage.fold, stretch.start, stretch.end) is not None


def _unknown(target: Target, match: Match, section: str) -> Note:
    """An indicator the vocabulary does not have, with the nearest it has."""
    near = ", ".join(name for name, _ in match.candidates[:3])
    what = f"{target.indicator[:40]} is not in the vocabulary" + (f"; nearest: {near}" if near else "")
    return Note("IPP404", what, *target.span, section)


def _target(
    source: SourceText,
    own: Own,
    stretch: Stretch,
    raw: Raw,
    chain: list[Scope],
    meta: Meta,
    floor: dt.date | None,
    vocabulary: Vocabulary | None,
) -> tuple[Target, Match] | tuple[None, None]:
    """The target of the model and what its indicator was matched to; none where its day lies in the past."""
    passage = stretch.passage
    day, origin = due(own, stretch, raw.start, raw.sentence, raw.deadline, chain, meta)
    if _is_over(raw.deadline, floor, chain):
        return None, None
    span = passage.span(raw.start, raw.end)
    indicator = (raw.noun_text or passage.text[raw.noun[0] : raw.noun[1]]).strip()
    baseline = None
    if raw.baseline:
        value, year = raw.baseline
        baseline = Baseline(value=number(value), date=dt.date(year, 12, 31) if year else None)
    quantity = raw.quantity
    if "/" in quantity.unit and quantity.unit not in words("units") and counts_by(indicator):
        quantity = replace(quantity, unit=quantity.unit.partition("/")[0])  # 每万人…12件/万人
    evened = indicator.translate(source.evened)
    match = identify(evened, unit=quantity.unit or None, action=raw.action, basis=raw.basis, vocabulary=vocabulary)
    target = Target(
        indicator=indicator,
        indicator_id=match.id,
        action=raw.action,
        comparator=cast(Any, raw.comparator),
        value=number(quantity.value),
        value_max=None if quantity.value_max is None else number(quantity.value_max),
        unit=quantity.unit,
        basis=cast(Any, raw.basis),
        frequency=cast(Any, raw.frequency if raw.frequency != "other" else None),
        commitment=cast(Any, raw.commitment),
        nature=cast(Any, raw.nature or _own_nature(passage.fold, raw.end)),
        baseline=baseline,
        deadline=day,
        deadline_from=cast(Any, origin),
        quote=source.raw[slice(*span)],
        span=span,
        line=source.line_of(span[0]),
    )
    return target, match


def _is_over(due: Deadline | None, floor: dt.date | None, chain: list[Scope]) -> bool:
    """Whether a day named lies before the plan begins: what is told of it has been reached."""
    return due is not None and floor is not None and due.day < floor and not any(scope.phase for scope in chain)


def _commitment(
    source: SourceText, own: Own, stretch: Stretch, raw: RawCommitment, chain: list[Scope], meta: Meta
) -> Commitment:
    span = stretch.passage.span(raw.start, raw.end)
    day, origin = due(own, stretch, raw.start, raw.sentence, raw.deadline, chain, meta)
    return Commitment(
        kind=cast(Any, raw.kind),
        deadline=day,
        deadline_from=cast(Any, origin),
        quote=source.raw[slice(*span)],
        span=span,
        line=source.line_of(span[0]),
    )


_NATURE = {"约束性": "binding", "预期性": "expected"}
_BLANKET = pattern(
    "(?P<which>上述|以上|前述|以下|下列|全部|所有|各项)(?:各项|主要|核心|发展)*(?:目标|指标)[^，。；]{0,10}(?:均|都|全部|皆)?(?:为|属于|属|是)(?P<nature>约束性|预期性)",
    needs=("约束性", "预期性"),
)


def _own_nature(folded: str, end: int) -> str | None:
    found = _OWN_NATURE.match(folded[end : end + 14])
    return _NATURE[found[1]] if found else None


def _natures(source: SourceText, owns: list[Own], out: dict[int, Promises]) -> None:
    """A blanket remark (上述指标均为预期性指标) reaches the targets of its chapter before it (以下: behind it)."""
    for own in owns:
        for stretch in own.stretches:
            if "性" not in stretch.passage.fold:
                continue
            for found in _BLANKET.finditer(stretch.passage.fold, stretch.start, stretch.end):
                at = stretch.passage.at(found.start())
                ahead = found["which"] in ("以下", "下列")
                everything = found["which"] in ("全部", "所有", "各项")
                chapter = own.node
                while chapter.parent is not None and chapter.parent.level > 0:
                    chapter = chapter.parent
                for other in owns:
                    top = other.node
                    while top.parent is not None and top.parent.level > 0:
                        top = top.parent
                    if top is not chapter:
                        continue
                    promises = out[id(other.node)]
                    promises.targets = [
                        replace(t, nature=cast(Any, _NATURE[found["nature"]]))
                        if t.nature is None and (everything or (t.span[0] > at) == ahead)
                        else t
                        for t in promises.targets
                    ]
