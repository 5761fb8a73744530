"""What a remark in brackets says of a part of the quantity in front of it: 新增企业100家（其中国家级10家、省级90家）."""

from __future__ import annotations

from collections.abc import Callable

from ipplan.parse.grammar import GROWTH_UNITS, Raw, basis_of
from ipplan.patterns import pattern

_OF_WHICH = pattern("（(?:其中|含|包括)[：，]?([^（）。；]{3,60})）")
_SIGNS = pattern("（[其含包]")
#: A paragraph with more remarks than these is a list of its own.
_MOST = 20


def read_parts(folded: str, wholes: list[Raw], read: Callable[[str], list[Raw]]) -> list[Raw]:
    """The targets of remarks behind the quantities of ``wholes``; ``read`` reads a text of the same length."""
    if not _SIGNS.search(folded):
        return []
    at = {raw.quantity.end: raw for raw in wholes}
    out: list[Raw] = []
    for found in list(_OF_WHICH.finditer(folded))[:_MOST]:
        whole = at.get(found.start())
        if not whole or whole.quantity.unit in GROWTH_UNITS:
            continue
        inside = " " * found.start(1) + found[1] + " " * (len(folded) - found.end(1))
        for part in read(inside):
            _inherit(part, whole)
            out.append(part)
    return out


def _inherit(part: Raw, whole: Raw) -> None:
    """What is said of the whole holds for its parts: verb, basis, day, how often."""
    part.sentence, part.rule = whole.sentence, "part in brackets"
    part.deadline = part.deadline or whole.deadline
    part.commitment = part.commitment or whole.commitment
    part.frequency = part.frequency or whole.frequency
    if part.action is None and part.quantity.unit not in GROWTH_UNITS:
        part.action = whole.action
        part.basis = basis_of(whole.action) or part.basis
