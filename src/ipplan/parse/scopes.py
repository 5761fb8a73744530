"""How time reaches from one part of a plan to another: introducing sentences, phases, the plan's own period.

A deadline comes from the first of these that gives one: the sentence (``text``), the responsibility bracket
(``assignment``), an introducing sentence of this or an enclosing section (``section``), the enclosing phase (``phase``),
the period of the plan (``plan``).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from ipplan.draft import Meta
from ipplan.lexicon import load
from ipplan.parse.deadlines import Deadline, find_deadlines
from ipplan.parse.outline import Node
from ipplan.parse.sections import Own, Stretch
from ipplan.patterns import pattern
from ipplan.records import record
from ipplan.text import Passage

if TYPE_CHECKING:
    from ipplan import model

_DATE_HINT = pattern(
    '[0-9一二五年月季](?:(?<=[0-9])[0-9]{3}|(?<=[一二])[〇零九]|(?<=五)[”"]?(?:期|末|时|规)|(?<=[年月])[底末前内]|(?<=季)度)'
)
_YEAR = pattern("(20[0-9]{2}) ?年")


@record
class _Intro:
    """A sentence that introduces what follows it: where it ends in the source, and by when."""

    at: int
    day: dt.date


@record
class Scope:
    """What a section knows of time: its introductions, its phase's end, the year of dates without one."""

    intros: list[_Intro]
    phase: dt.date | None
    year: int | None
    background: bool


def first_day(meta: Meta) -> dt.date | None:
    """Before this day lies the past: the period's first day, else the day of issue."""
    if meta.period and meta.period.start:
        return meta.period.start
    return meta.issued_on or meta.published_on


def chain_of(node: Node, scopes: dict[int, Scope]) -> list[Scope]:
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


def scope_of(own: Own, outer: Scope | None, meta: Meta) -> Scope:
    """What a section knows of time, inside the scope around it."""
    title = own.title or ""
    year = outer.year if outer else plan_year(meta)
    named = _YEAR.search(title) if "20" in title else None
    if own.dated and own.dated.start and own.dated.end and own.dated.start.year == own.dated.end.year:
        year = own.dated.end.year
    elif named:
        year = int(named[1])
    background = (outer.background if outer else False) or _reports(title)
    phase = own.dated.end if own.dated else None
    return Scope(_intros(own, year), phase, year, background)


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
        start = stretch.start
        if opening and not stretch.row and not _DATE_HINT.search(stretch.passage.fold, start, stretch.end):
            opening = not stretch.words()
            continue
        masked = stretch.masked
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
        if not closing and dues and not dues[0].forward and len({due.day for due in dues}) > 1:
            continue  # 2022年建成3000座，2023年…: year by year
        for due in dues:
            # 推动法庭运行，2022年底前建成中心: a date in the midst tells of its own clause only.
            leading = not masked[first : due.start].strip(" ，") or (due.forward and masked[due.start] in "到至截力争")
            if leading and (due.start - first <= 30 or closing):
                out.append(_Intro(stretch.passage.at(last - 1), due.day))
                break
    return out


def due(
    own: Own,
    stretch: Stretch,
    start: int,
    sentence: tuple[int, int],
    deadline: Deadline | None,
    chain: list[Scope],
    meta: Meta,
) -> tuple[dt.date | None, str | None]:
    """The day that holds for what is said at ``start`` of a stretch, and where it comes from (contract: deadline_from)."""
    if deadline:
        return deadline.day, "text"
    if stretch.row and stretch.row.due:
        return stretch.row.due
    behind = [
        f for p, f in own.assignments if p is stretch.passage and f.start >= sentence[1] - 1 and f.statement.deadline
    ]
    if not behind and not any(p is stretch.passage for p, _ in own.assignments):
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
