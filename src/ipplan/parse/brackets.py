"""Brackets of a healed paragraph: which closes which, whatever their kind and width."""

from __future__ import annotations

from ipplan.patterns import pattern

_BRACKET = pattern("[（〔【）〕】]")
_OPEN = frozenset("（〔【")
_ALIKE = str.maketrans("〔〕【】", "（）（）")


def is_balanced(folded: str) -> bool:
    """Whether every bracket has its partner and none stands in another two deep: true of nearly every paragraph."""
    found = "".join(_BRACKET.findall(folded))
    return not found or not found.translate(_ALIKE).replace("（）", "").replace("（）", "")


def match_brackets(folded: str) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """``(pairs, unclosed, unopened)``: pairs as ``(opener, behind closer)`` by opener, and what has no partner.

    Any closer closes the innermost opener: plans mix （…〕 and (…）. One pass, linear in the length.
    """
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    unopened: list[int] = []
    for found in _BRACKET.finditer(folded):
        at = found.start()
        if found[0] in _OPEN:
            stack.append(at)
        elif stack:
            pairs.append((stack.pop(), at + 1))
        else:
            unopened.append(at)
    pairs.sort()
    return pairs, stack, unopened
