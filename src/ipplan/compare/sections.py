"""Sections of two plans aligned by heading, content and place, by an optimal assignment; and what became of each."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter

from ipplan.compare.assign import assign
from ipplan.compare.model import Mode, SectionRef, SectionRow
from ipplan.compare.phases import kinds, names_alike
from ipplan.compare.view import Node, View
from ipplan.compare.words import changes

#: A pair less alike than this is no pair. Versions of a plan keep their words; two plans share turns of phrase anyway.
LEAST = {"versions": 0.3, "plans": 0.36}
#: Beyond this many pairs only the most promising ones are weighed.
_ALL_PAIRS = 60_000
_CANDIDATES = 12
_ROUNDS = 2


class Scale:
    """How alike two sections of two plans are. Pairs of characters that stand everywhere (知识, 产权) weigh little."""

    def __init__(self, a: View, b: View) -> None:
        nodes = [*a.nodes, *b.nodes]
        self._weights = [_weights([n.pairs[i] for n in nodes]) for i in (0, 1)]
        self._sums = {id(n): [math.fsum(map(self._weights[i].__getitem__, n.pairs[i])) for i in (0, 1)] for n in nodes}
        self._depths = {id(n): _depth(n, v.nodes) for v in (a, b) for n in v.nodes}
        heads = Counter((side, n.section.role) for side, v in ((0, a), (1, b)) for n in v.nodes if not self._depth(n))
        self._only_head = {role for _, role in heads if role and heads[0, role] == heads[1, role] == 1}

    def _depth(self, node: Node) -> int:
        return self._depths[id(node)]

    def _weighted(self, a: Node, b: Node, what: int) -> float:
        """Dice's coefficient with weights, of the headings (0) or of the texts (1)."""
        common = a.pairs[what] & b.pairs[what]
        if not common:
            return 0.0
        both = self._sums[id(a)][what] + self._sums[id(b)][what]
        return 2 * math.fsum(map(self._weights[what].__getitem__, common)) / both

    def likeness(self, a: Node, b: Node) -> float:
        """0…1: headings and words alike, the same theme or purpose; less where theme, role or depth differ."""
        heading = self._weighted(a, b, 0)
        content = self._weighted(a, b, 1)
        if a.title and b.title:
            like = 0.6 * heading + 0.4 * content if a.text and b.text else 0.9 * heading
        else:
            like = content if a.text and b.text else 0.0
        if a.section.phase and b.section.phase:
            like = max(like, 0.7 * names_alike(a.section.phase.name, b.section.phase.name))
        role, depth = a.section.role, self._depth(a)
        if role != b.section.role:
            return 0.5 * like
        if role == "safeguards" and kinds("safeguards", a.title) & kinds("safeguards", b.title):
            like = max(like, 0.45)
        if a.theme and b.theme:
            like = like + 0.15 * (1 - like) if a.theme == b.theme else 0.6 * like
        if depth != self._depth(b):
            return 0.85 * like
        return max(like, 0.5) if depth == 0 and role in self._only_head else like


def _depth(node: Node, nodes: list[Node]) -> int:
    """How far a section is below the heading that gives it its role: 发展目标 is 0 as a chapter and under 总体要求."""
    depth = 0
    while node.parent is not None and nodes[node.parent].section.role == node.section.role:
        node, depth = nodes[node.parent], depth + 1
    return depth


def _weights(sets: list[frozenset[str]]) -> dict[str, float]:
    seen = Counter(pair for found in sets for pair in found)
    return {pair: math.log(1 + len(sets) / count) for pair, count in seen.items()}


def align(a: View, b: View, mode: Mode, scale: Scale) -> list[tuple[int, int]]:
    """Pairs of positions in ``a.nodes`` and ``b.nodes``: the assignment with the greatest likeness in sum.

    It is found twice: the second time a pair gains if the headings above it, or those below it, were paired with each
    other the first time, and loses if they were paired elsewhere.
    """
    fixed = _identical(a.nodes, b.nodes)
    taken = set(fixed.values())
    left = [n for n in a.nodes if n.index not in fixed]
    right = [n for n in b.nodes if n.index not in taken]
    likes = {(x.index, y.index): scale.likeness(x, y) for x, y in _candidates(left, right)}
    chosen = dict(fixed)
    for _ in range(_ROUNDS):
        kin = _kin(a, b, chosen)
        gains = {}
        for (i, j), like in likes.items():
            place = 1 - abs(i / len(a.nodes) - j / len(b.nodes))
            gain = like - LEAST[mode] + kin.get((i, j), 0.0)
            if gain > 0:
                gains[i, j] = gain + 0.02 * place
        chosen = {**fixed, **assign(gains)}
    return sorted(chosen.items())


def _kin(a: View, b: View, chosen: dict[int, int]) -> dict[tuple[int, int], float]:
    """What pairs gain by their families: children of paired headings, headings most of whose children are paired."""
    out: dict[tuple[int, int], float] = {}
    children: dict[int | None, list[int]] = {}
    for node in b.nodes:
        children.setdefault(node.parent, []).append(node.index)
    votes: Counter[tuple[int, int]] = Counter()
    sizes: Counter[int] = Counter(n.parent for n in a.nodes if n.parent is not None)
    for node in a.nodes:
        partner = chosen.get(node.index)
        above = b.nodes[partner].parent if partner is not None else None
        if node.parent is not None and above is not None:
            votes[node.parent, above] += 1
        home = chosen.get(node.parent) if node.parent is not None else None
        for j in children.get(home, ()) if home is not None or node.parent is None else ():
            out[node.index, j] = 0.12
    for (i, j), count in votes.items():
        out[i, j] = out.get((i, j), 0.0) + 0.2 * count / max(sizes[i], len(children.get(j, ())))
    return out


def _identical(a: list[Node], b: list[Node]) -> dict[int, int]:
    """Sections with the same words: those with the same id first, the others in order where the numbers are equal."""
    groups: dict[tuple[str, ...], tuple[list[Node], list[Node]]] = {}
    for side, nodes in ((0, a), (1, b)):
        for node in nodes:
            groups.setdefault(node.words, ([], []))[side].append(node)
    fixed: dict[int, int] = {}
    for words, (left, right) in groups.items():
        ids = {node.section.id: node for node in right}
        rest = []
        for node in left:
            twin = ids.pop(node.section.id, None)
            if twin is None:
                rest.append(node)
            else:
                fixed[node.index] = twin.index
        others = [node for node in right if node.section.id in ids]
        if any(words[1:]) and len(rest) == len(others):
            fixed.update({x.index: y.index for x, y in zip(rest, others, strict=True)})
    return fixed


def _candidates(left: list[Node], right: list[Node]) -> list[tuple[Node, Node]]:
    """The pairs to weigh: all of a usual plan, of a very long one those that share most rare pairs of characters."""
    if len(left) * len(right) <= _ALL_PAIRS:
        return [(x, y) for x in left for y in right]
    found: set[tuple[int, int]] = set()
    for mine, theirs, swap in ((left, right, False), (right, left, True)):
        index: dict[str, list[int]] = {}
        for k, node in enumerate(theirs):
            for pair in node.pairs[0] | node.pairs[1]:
                index.setdefault(pair, []).append(k)
        for i, node in enumerate(mine):
            shared: Counter[int] = Counter()
            for pair in node.pairs[0] | node.pairs[1]:
                hits = index.get(pair, ())
                if len(hits) <= 40:
                    shared.update(hits)
            for k, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
                found.add((k, i) if swap else (i, k))
    return [(left[i], right[k]) for i, k in sorted(found)]


def rows(a: View, b: View, aligned: list[tuple[int, int]], mode: Mode, scale: Scale) -> list[SectionRow]:
    """One row per pair and per section without a partner, in the order of ``a``, what only ``b`` has at its place."""
    partner = dict(aligned)
    moved = _moved(a.nodes, b.nodes, partner)
    out: list[tuple[tuple[int, int, int], SectionRow]] = []
    for i, x in enumerate(a.nodes):
        j = partner.get(i)
        if j is None:
            row = SectionRow.model_construct(relation="only_a", a=_ref(x), theme=x.theme)
        else:
            y = b.nodes[j]
            same = x.words[1:] == y.words[1:]
            row = SectionRow.model_construct(
                relation="reworded" if not same else "moved" if i in moved else "same",
                a=_ref(x),
                b=_ref(y),
                similarity=1.0 if same else min(0.999, round(scale.likeness(x, y), 3)),
                moved=i in moved,
                theme=x.theme if x.theme == y.theme else x.theme or y.theme,
                changes=changes(x, y) if mode == "versions" and not same else [],
            )
        out.append(((i, 0, 0), row))
    back = {j: i for i, j in partner.items()}
    before = -1
    for j, y in enumerate(b.nodes):
        if j in back:
            before = back[j]
        else:
            out.append(((before, 1, j), SectionRow.model_construct(relation="only_b", b=_ref(y), theme=y.theme)))
    return [row for _, row in sorted(out, key=lambda pair: pair[0])]


def _ref(node: Node) -> SectionRef:
    return SectionRef.model_construct(id=node.section.id, title=node.section.title, line=node.section.line)


def _moved(a: list[Node], b: list[Node], partner: dict[int, int]) -> set[int]:
    """Positions in ``a`` whose partner stands under another heading, or before one that it used to follow.

    A number that only shifts because something was put in front of it has not moved.
    """
    out: set[int] = set()
    families: dict[int | None, list[int]] = {}
    for i, j in sorted(partner.items()):
        x, y = a[i].parent, b[j].parent
        at_home = (x is None and y is None) or (x is not None and y is not None and partner.get(x) == y)
        if at_home:
            families.setdefault(x, []).append(i)
        else:
            out.add(i)
    for family in families.values():
        stay = _rising([partner[i] for i in family])
        out.update(i for k, i in enumerate(family) if k not in stay)
    return out


def _rising(values: list[int]) -> set[int]:
    """Positions of a longest rising run of ``values``."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for k, value in enumerate(values):
        n = bisect_left(ends, value)
        previous.append(at[n - 1] if n else -1)
        ends[n : n + 1] = [value]
        at[n : n + 1] = [k]
    stay: set[int] = set()
    k = at[-1] if at else -1
    while k >= 0:
        stay.add(k)
        k = previous[k]
    return stay
