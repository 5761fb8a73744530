"""Time phases of two plans on one axis: paired by what they are for and when they are."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal

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
            if like > _LEAST + 1e-3:
                # Equals are told apart by their place, in a way that is the same from either side.
                tie = 1e-6 * (i + j) + 1e-7 * abs(i - j)
                gains[i, j] = like - _LEAST + (10 if _same(x, y) else 0) - tie
    # Seen from the other side the pairs must be the same, also where several are equally good: one side always leads.
    if _order(left) <= _order(right):
        chosen = assign(gains)
    else:
        turned = assign({(j, i): gain for (i, j), gain in gains.items()})
        chosen = {i: j for j, i in sorted(turned.items(), key=lambda pair: pair[1])}
    rows = [
        PhaseRow.model_construct(relation="same" if _same(left[i], right[j]) else "changed", a=left[i], b=right[j])
        for i, j in chosen.items()
    ]
    taken = set(chosen.values())
    rows += [PhaseRow.model_construct(relation="only_a", a=x) for i, x in enumerate(left) if i not in chosen]
    rows += [PhaseRow.model_construct(relation="only_b", b=y) for j, y in enumerate(right) if j not in taken]
    return sorted(rows, key=_start)


def _order(phases: list[PlacedPhase]) -> tuple[int, str]:
    return len(phases), repr(phases)


def _start(row: PhaseRow) -> tuple[dt.date, dt.date, str]:
    found = [p for p in (row.a, row.b) if p is not None]
    starts = [p.start for p in found if p.start] or [dt.date.max]
    ends = [p.end for p in found if p.end] or [dt.date.max]
    return min(starts), min(ends), min(plain(p.name) for p in found)


def _same(a: PlacedPhase, b: PlacedPhase) -> bool:
    return (plain(a.name), a.start, a.end) == (plain(b.name), b.start, b.end)


@cache
def kinds(of: Literal["phases", "safeguards"], name: str) -> frozenset[str]:
    """What a phase or a safeguard is for, by its name: 总结验收 is close."""
    return frozenset(kind for kind, words in load("kinds")[of].items() if any(word in name for word in words))


def names_alike(a: str | None, b: str | None) -> float:
    """Likeness of two names; names of the same kind (总结验收, 迎检验收) are alike whatever their words."""
    if not a or not b:
        return 1.0 if not a and not b else 0.0
    x, y = plain(a).removesuffix("阶段"), plain(b).removesuffix("阶段")
    one, other = kinds("phases", x), kinds("phases", y)
    shared = len(one & other) / max(1, len(one | other))
    return max(dice(pairs(x), pairs(y)), 0.8 * shared, 0.6 * bool(shared))


def _overlap(a: PlacedPhase, b: PlacedPhase) -> float:
    """The days that two phases share, as a part of the days that either has."""
    if not (a.start and a.end and b.start and b.end):
        return 0.0
    shared = (min(a.end, b.end) - max(a.start, b.start)).days + 1
    either = (max(a.end, b.end) - min(a.start, b.start)).days + 1
    return max(0.0, shared / either) if either > 0 else 0.0
