"""Time phases of two plans on one axis: paired by what they are for and when they are."""

from __future__ import annotations

import datetime as dt
from functools import cache

from ipplan.compare.assign import assign
from ipplan.compare.model import PhaseRow, PlacedPhase
from ipplan.compare.view import View, dice, pairs, plain
from ipplan.lexicon import load

_LEAST = 0.5


def phase_rows(a: View, b: View) -> list[PhaseRow]:
    """Pairs and single phases, by their first day."""
    left, right = a.phases, b.phases
    gains = {}
    for i, x in enumerate(left):
        for j, y in enumerate(right):
            place = 1 - abs((i + 0.5) / len(left) - (j + 0.5) / len(right))
            like = 0.6 * names_alike(x.name, y.name) + 0.25 * _overlap(x, y) + 0.15 * place
            if like > _LEAST:
                gains[i, j] = like - _LEAST + (10 if _same(x, y) else 0)
    chosen = assign(gains)
    rows = [
        PhaseRow(relation="same" if _same(left[i], right[j]) else "changed", a=left[i], b=right[j])
        for i, j in chosen.items()
    ]
    taken = set(chosen.values())
    rows += [PhaseRow(relation="only_a", a=x) for i, x in enumerate(left) if i not in chosen]
    rows += [PhaseRow(relation="only_b", b=y) for j, y in enumerate(right) if j not in taken]
    return sorted(rows, key=_start)


def _start(row: PhaseRow) -> tuple[dt.date, dt.date, str]:
    found = [p for p in (row.a, row.b) if p is not None]
    starts = [p.start for p in found if p.start] or [dt.date.max]
    ends = [p.end for p in found if p.end] or [dt.date.max]
    return min(starts), min(ends), min(plain(p.name) for p in found)


def _same(a: PlacedPhase, b: PlacedPhase) -> bool:
    return (plain(a.name), a.start, a.end) == (plain(b.name), b.start, b.end)


@cache
def _kinds(name: str) -> frozenset[str]:
    return frozenset(kind for kind, words in load("phases")["kinds"].items() if any(word in name for word in words))


def names_alike(a: str | None, b: str | None) -> float:
    """Likeness of two names; names of the same kind (总结验收, 迎检验收) are alike whatever their words."""
    if not a or not b:
        return 1.0 if not a and not b else 0.0
    x, y = plain(a).removesuffix("阶段"), plain(b).removesuffix("阶段")
    kinds = len(_kinds(x) & _kinds(y)) / max(1, len(_kinds(x) | _kinds(y)))
    return max(dice(pairs(x), pairs(y)), 0.8 * kinds, 0.6 * bool(_kinds(x) & _kinds(y)))


def _overlap(a: PlacedPhase, b: PlacedPhase) -> float:
    """The days that two phases share, as a part of the days that either has."""
    if not (a.start and a.end and b.start and b.end):
        return 0.0
    shared = (min(a.end, b.end) - max(a.start, b.start)).days + 1
    either = (max(a.end, b.end) - min(a.start, b.start)).days + 1
    return max(0.0, shared / either) if either > 0 else 0.0
