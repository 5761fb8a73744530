"""Old and new words of a section that was reworded."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ipplan.compare.model import WordChange
from ipplan.compare.view import Node

_UNITS = "百千万亿件家个项元人次场分位%年月日"
_TOKEN = re.compile(rf"\d+(?:\.\d+)?[{_UNITS}]{{0,4}}|[A-Za-z]+|.")
_LONGEST = 4000
_BRIDGE = 2


def changes(a: Node, b: Node) -> list[WordChange]:
    """What was replaced, heading first, then text. Stretches of up to two equal characters do not separate."""
    return [*_between(a.title, b.title), *_between(a.text, b.text)]


def _between(a: str, b: str) -> list[WordChange]:
    if a == b:
        return []
    head = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    head, tail = _whole_numbers(a, b, head, tail)
    old, new = a[head : len(a) - tail], b[head : len(b) - tail]
    if max(len(old), len(new)) > _LONGEST or not old or not new:
        return [WordChange(a=old, b=new)]
    x, y = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[list[str]] = []
    gap = ""
    for tag, i, j, k, n in SequenceMatcher(None, x, y, autojunk=False).get_opcodes():
        left, right = "".join(x[i:j]), "".join(y[k:n])
        if tag == "equal":
            gap = left
        elif found and len(gap) <= _BRIDGE:
            found[-1][0] += gap + left
            found[-1][1] += gap + right
        else:
            found.append([left, right])
    return [WordChange(a=left, b=right) for left, right in found]


def _whole_numbers(a: str, b: str, head: int, tail: int) -> tuple[int, int]:
    """Draw the ends back so that no number is cut: 150件 → 160件 is not 5 → 6."""
    part = "0123456789."
    while head and a[head - 1] in part:
        head -= 1
    if any(text[head : len(text) - tail][-1:] in part for text in (a, b) if text[head : len(text) - tail]):
        while tail and a[len(a) - tail] in part + _UNITS:
            tail -= 1
    return head, tail
