"""Targets and commitments of every section, with the deadline that reaches them.

A deadline comes from the first of these that gives one: the sentence (``text``), the responsibility bracket
(``assignment``), an introducing sentence of this or an enclosing section (``section``), the enclosing phase (``phase``),
the period of the plan (``plan``).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from ipplan.diagnostics import Note
from ipplan.draft import Baseline, Commitment, Meta, Target, number
from ipplan.lexicon import load
from ipplan.normalize.indicators import Match, identify
from ipplan.normalize.vocabulary import Vocabulary
from ipplan.parse.commitments import RawCommitment, may_promise, read_commitments
from ipplan.parse.deadlines import Deadline, find_deadlines
from ipplan.parse.outline import Node
from ipplan.parse.quantities import candidates
from ipplan.parse.sections import Own, Stretch
from ipplan.parse.tables.indicators import row_targets
from ipplan.parse.targets import Raw, read_targets
from ipplan.patterns import pattern
from ipplan.records import field, record, replace
from ipplan.text import Passage, SourceText

if TYPE_CHECKING:
    from ipplan import model

_DATE_HINT = pattern(
    '[0-9一二五年月季](?:(?<=[0-9])[0-9]{3}|(?<=[一二])[〇零九]|(?<=五)[”"]?(?:期|末|时|规)|(?<=[年月])[底末前内]|(?<=季)度)'
)
_YEAR = pattern("(20[0-9]{2}) ?年")
_OWN_NATURE = pattern(" ?（(?:为)?(约束性|预期性)(?:指标|目标)?）")


@record
class Promises:
    """What one section promises."""

    targets: list[Target] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)


@record
class _Intro:
    """A sentence that introduces what follows it: where it ends in the source, and by when."""

    at: int
    day: dt.date


@record
class _Scope:
    """What a section knows of time: its introductions, its phase's end, the year of dates without one."""

    intros: list[_Intro]
    phase: dt.date | None
    year: int | None
    background: bool


def read_promises(
    source: SourceText, owns: list[Own], meta: Meta, vocabulary: Vocabulary | None = None
) -> tuple[dict[int, Promises], list[Note]]:
    """Promises by ``id(node)``, and notes on what could not be read.

    ``vocabulary`` gives the indicators their ids, by default the built-in one.
    """
    scopes: dict[int, _Scope] = {}
    out: dict[int, Promises] = {}
    notes: list[Note] = []
    floor = _floor(meta)
    for own in owns:
        node = own.node
        scope = _scope(own, scopes.get(id(node.parent)) if node.parent else None, meta)
        scopes[id(node)] = scope
        promises = out[id(node)] = Promises()
        chain = _chain(node, scopes)
        for stretch in own.stretches:
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
                    masked, stretch, year=scope.year, objectives=node.role == "objectives", taken=kept
                )
            )
            promises.commitments += [_commitment(source, own, stretch, c, chain, meta) for c in soft]
    _natures(source, owns, out)
    return out, notes


def _unknown(target: Target, match: Match, section: str) -> Note:
    """An indicator the vocabulary does not have, with the nearest it has."""
    near = ", ".join(name for name, _ in match.candidates[:3])
    what = f"{target.indicator[:40]} is not in the vocabulary" + (f"; nearest: {near}" if near else "")
    return Note("IPP404", what, *target.span, section)


def _floor(meta: Meta) -> dt.date | None:
    """Before this day lies the past: the period's first day, else the day of issue."""
    if meta.period and meta.period.start:
        return meta.period.start
    return meta.issued_on or meta.published_on


def _chain(node: Node, scopes: dict[int, _Scope]) -> list[_Scope]:
    """The scopes of the section and of those around it, innermost first."""
    out = []
    at: Node | None = node
    while at is not None and id(at) in scopes:
        out.append(scopes[id(at)])
        at = at.parent
    return out


@lru_cache(maxsize=2000)
def _reports(title: str) -> bool:
    """Whether a title announces a report on the past (发展现状, 面临形势)."""
    if "目标" in title:
        return False
    grammar = load("grammar")
    return title.endswith(tuple(grammar["background_ends"])) or any(w in title for w in grammar["background_titles"])


def _scope(own: Own, outer: _Scope | None, meta: Meta) -> _Scope:
    title = own.title or ""
    year = outer.year if outer else plan_year(meta)
    named = _YEAR.search(title) if "20" in title else None
    if own.dated and own.dated.start and own.dated.end and own.dated.start.year == own.dated.end.year:
        year = own.dated.end.year
    elif named:
        year = int(named[1])
    background = (outer.background if outer else False) or _reports(title)
    phase = own.dated.end if own.dated else None
    return _Scope(_intros(own, year), phase, year, background)


def plan_year(meta: Meta | model.Meta) -> int | None:
    """The year of dates that name none: the only one of the plan's period, else that of its issue."""
    period = meta.period
    if period and period.start and period.end and period.start.year == period.end.year:
        return period.end.year
    return meta.issued_on.year if meta.issued_on else None


def _intros(own: Own, year: int | None) -> list[_Intro]:
    """Dated sentences that open the section or end in a colon."""
    out: list[_Intro] = []
    opening = True
    for stretch in own.stretches:
        if not opening and "：" not in stretch.passage.fold:
            continue
        masked = stretch.masked
        start = stretch.start
        if own.dated and stretch.passage is _head(own) and stretch.start == own.dated.at:
            start = own.dated.stop
        body = masked.rstrip()
        ends_in_colon = body.endswith("：")
        if start >= len(body) or not (opening or ends_in_colon):
            continue
        first_stop = masked.find("。", start)
        if _DATE_HINT.search(masked, start, first_stop if first_stop >= 0 and not ends_in_colon else len(body)):
            out += _dated_sentences(stretch, start, opening, ends_in_colon, year)
        opening = False
    return out


def _head(own: Own) -> Passage | None:
    return own.node.head.passage if own.node.head else None


def _dated_sentences(
    stretch: Stretch, start: int, opening: bool, ends_in_colon: bool, year: int | None
) -> list[_Intro]:
    out: list[_Intro] = []
    masked = stretch.masked
    parts = [s for s in stretch.sentences if s[-1].end > start]
    for k, sentence in enumerate(parts):
        closing = ends_in_colon and k == len(parts) - 1
        if not (opening and k == 0) and not closing:
            continue
        first, last = max(start, sentence[0].start), sentence[-1].end
        dues = find_deadlines(masked, stretch.flat, first, last, year)
        if len(dues) > 1 and dues[1].start - dues[0].end <= 1:
            continue  # 到2024年末、2025年末分别达到…: a series
        for due in dues:
            leading = not masked[first : due.start].strip(" ，") or due.forward
            if leading and (due.start - first <= 30 or closing):
                out.append(_Intro(stretch.passage.at(last - 1), due.day))
                break
    return out


def _due(
    own: Own,
    stretch: Stretch,
    start: int,
    sentence: tuple[int, int],
    deadline: Deadline | None,
    chain: list[_Scope],
    meta: Meta,
) -> tuple[dt.date | None, str | None]:
    if deadline:
        return deadline.day, "text"
    if stretch.row and stretch.row.due:
        return stretch.row.due
    behind = [
        f for p, f in own.assignments if p is stretch.passage and f.start >= sentence[1] - 1 and f.statement.deadline
    ]
    if not behind:
        behind = [
            f
            for p, f in own.assignments
            if p is not stretch.passage and p.start > stretch.passage.start and f.statement.deadline
        ][:1]
    if behind:
        return behind[0].statement.deadline, "assignment"
    at = stretch.passage.at(start)
    for scope in chain:
        intro = next((i for i in reversed(scope.intros) if i.at < at), None)
        if intro:
            return intro.day, "section"
    for scope in chain:
        if scope.phase:
            return scope.phase, "phase"
    if meta.period and meta.period.end:
        return meta.period.end, "plan"
    return None, None


def _target(
    source: SourceText,
    own: Own,
    stretch: Stretch,
    raw: Raw,
    chain: list[_Scope],
    meta: Meta,
    floor: dt.date | None,
    vocabulary: Vocabulary | None,
) -> tuple[Target, Match] | tuple[None, None]:
    """The target of the model and what its indicator was matched to; none where its day lies in the past."""
    passage = stretch.passage
    day, origin = _due(own, stretch, raw.start, raw.sentence, raw.deadline, chain, meta)
    if raw.deadline and floor and raw.deadline.day < floor and not any(scope.phase for scope in chain):
        return None, None
    span = passage.span(raw.start, raw.end)
    indicator = (raw.noun_text or passage.text[raw.noun[0] : raw.noun[1]]).strip()
    baseline = None
    if raw.baseline:
        value, year = raw.baseline
        baseline = Baseline(value=number(value), date=dt.date(year, 12, 31) if year else None)
    quantity = raw.quantity
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
        frequency=cast(Any, raw.frequency),
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


def _commitment(
    source: SourceText, own: Own, stretch: Stretch, raw: RawCommitment, chain: list[_Scope], meta: Meta
) -> Commitment:
    span = stretch.passage.span(raw.start, raw.end)
    day, origin = _due(own, stretch, raw.start, raw.sentence, raw.deadline, chain, meta)
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
