"""Sentences, segments and clauses of a paragraph, with what stands in quotation marks or brackets masked."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Stands for every character inside 《》, “”, （） when only the outer structure matters.
MASK = "\ue000"

_PAIR = re.compile('[《“‘（〔【》”’）〕】"]')
_CLOSE = {"》": "《", "”": "“", "’": "‘", "）": "（", "〕": "〔", "】": "【"}
_LONGEST = 400


def flatten(folded: str) -> str:
    """The text with the inside of quotation marks, titles and brackets masked; same length.

    An opener without its closer within 400 characters masks nothing.
    """
    if not _PAIR.search(folded):
        return folded
    out: list[str] = []
    at = 0
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for found in _PAIR.finditer(folded):
        char, here = found[0], found.start()
        while stack and here - stack[0][1] > _LONGEST:
            stack.pop(0)
        if char == '"':
            if stack and stack[-1][0] == '"':
                spans.append((stack.pop()[1] + 1, here))
            else:
                stack.append((char, here))
        elif char in _CLOSE:
            for k in range(len(stack) - 1, max(-1, len(stack) - 6), -1):
                if stack[k][0] == _CLOSE[char] or (char in "）〕】" and stack[k][0] in "（〔【"):
                    spans.append((stack[k][1] + 1, here))
                    del stack[k:]
                    break
        elif len(stack) < 50:
            stack.append((char, here))
    spans.sort()
    for a, b in spans:
        if a < at:
            continue
        out += [folded[at:a], MASK * (b - a)]
        at = b
    out.append(folded[at:])
    return "".join(out)


@dataclass(slots=True)
class Clause:
    """A clause at half-open ``start`` … ``end``; ``stop`` is the mark that ends it (， ； 。 ： or nothing)."""

    start: int
    end: int
    stop: str


def sentences(flat: str) -> list[list[Clause]]:
    """The clauses of each sentence, in order. Sentences end at 。！？, clauses also at ， ； ：."""
    out: list[list[Clause]] = [[]]
    at = 0
    for found in re.finditer("[。！？；：，\n]|(?<=[^ ])  +(?=[^ ])", flat):
        mark = found[0] if found[0].strip() else " "
        if mark == "，" and re.match("[0-9]{3}(?![0-9])", flat[found.end() :]) and re.search("(?<![0-9])[0-9]{1,3}$", flat[max(0, found.start() - 4) : found.start()]):
            continue  # 1,234
        if found.start() > at:
            out[-1].append(Clause(at, found.start(), mark))
        elif out[-1]:
            out[-1][-1].stop = mark
        at = found.end()
        if mark in "。！？\n" and out[-1]:
            out.append([])
    if at < len(flat) and flat[at:].strip():
        out[-1].append(Clause(at, len(flat), ""))
    return [s for s in out if s]
