"""An optimal one-to-one assignment over the few pairs that are worth anything.

``assign`` maximises the sum of the gains of the chosen pairs; nobody has to be paired. Rows are added one after the
other, each by a cheapest augmenting path (Dijkstra with potentials over the stored pairs only), so a hundred rows with
a dozen candidates each take milliseconds, and the result is the optimum, not a first good match.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping

#: gain of row and column; a pair that is not there cannot be chosen.
Gains = Mapping[tuple[int, int], float]


def assign(gains: Gains) -> dict[int, int]:
    """Row → column with the greatest sum of gains. Pairs of no gain are left out."""
    rows: dict[int, list[tuple[int, float]]] = {}
    for (row, column), gain in sorted(gains.items()):
        if gain > 0:
            rows.setdefault(row, []).append((column, gain))
    if not rows:
        return {}
    top = max(gain for edges in rows.values() for _, gain in edges)
    # Cost of a pair is top - gain ≥ 0; staying alone costs top, on a column of the row's own (-1 - row).
    edges = {row: [*((c, top - g) for c, g in found), (-1 - row, top)] for row, found in rows.items()}
    potential_row: dict[int, float] = dict.fromkeys(edges, 0.0)
    potential_column: dict[int, float] = {}
    owner: dict[int, int] = {}
    mate: dict[int, int] = {}
    for row in edges:
        _augment(row, edges, owner, mate, potential_row, potential_column)
    return {row: column for row, column in sorted(mate.items()) if column >= 0}


def _augment(
    start: int,
    edges: Mapping[int, list[tuple[int, float]]],
    owner: dict[int, int],
    mate: dict[int, int],
    potential_row: dict[int, float],
    potential_column: dict[int, float],
) -> None:
    """Give ``start`` a column, moving others on where that is cheaper in sum."""
    distance: dict[int, float] = {}
    came_from: dict[int, int] = {}
    done: dict[int, float] = {}
    rows_seen = {start: 0.0}
    heap: list[tuple[float, int]] = []
    row, base = start, 0.0
    while True:
        for column, cost in edges[row]:
            if column in done:
                continue
            reach = base + cost - potential_row[row] - potential_column.get(column, 0.0)
            if reach < distance.get(column, float("inf")) - 1e-12:
                distance[column] = reach
                came_from[column] = row
                heapq.heappush(heap, (reach, column))
        while True:
            base, column = heapq.heappop(heap)
            if column not in done and base <= distance[column] + 1e-12:
                break
        done[column] = base
        if column not in owner:
            break
        row = owner[column]
        rows_seen[row] = base
    for seen, at in rows_seen.items():
        potential_row[seen] += base - at
    for seen, at in done.items():
        potential_column[seen] = potential_column.get(seen, 0.0) - (base - at)
    while True:
        row = came_from[column]
        owner[column] = row
        mate[row], column = column, mate.get(row, column)
        if row == start:
            break
