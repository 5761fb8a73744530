"""Sentences, segments and clauses of a paragraph, with what stands in quotation marks or brackets masked."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from ipplan.patterns import pattern
from ipplan.records import record

#: Stands for every character inside 《》, “”, （） when only the outer structure matters.
MASK = "\ue000"

_PAIR = pattern('[《“‘（〔【》”’）〕】"]')
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


@record
class Clause:
    """A clause at half-open ``start`` … ``end``; ``stop`` is the mark that ends it (， ； 。 ： or nothing)."""

    start: int
    end: int
    stop: str


_STOP = pattern("[。！？；：，\n①-⑳]")
_WIDE = pattern("[。！？；：，\n①-⑳]|(?<=[^ ]) {2,}(?=[^ ])")


_CIRCLED = frozenset(map(chr, range(0x2460, 0x2474)))
#: 一是, 三要, 其二，, ①, （2）, 1. in front of what a clause says: no part of it.
_SIGN = pattern(
    " *(?:[一二三四五六七八九十]{1,3}(?:是要?|要(?![素件点求害领闻]))|其[一二三四五六]是?，?|第[一二三四五六]，"
    "|（ ?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}) ?）"
    "|[①-⑳⑴-⑼㈠-㈥]|[A-H](?:[.](?![0-9A-Za-z])|[、）])|[0-9]{1,2} ?(?:[、）](?! ?[0-9])|[.](?![0-9]))) *"
)
_SIGNS = frozenset(" ABCDEFGH一二三四五六七八九十其第（0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼㈠㈡㈢㈣㈤㈥")


def behind_sign(folded: str, start: int, end: int) -> int:
    """Where a clause begins to speak: behind the sign that numbers it within a sentence."""
    if folded[start : start + 1] not in _SIGNS:
        return start
    found = _SIGN.match(folded, start, end)
    return found.end() if found and found.end() < end else start


def _thousands(flat: str, at: int) -> bool:
    """Whether the comma at ``at`` groups digits."""
    behind = flat[at + 1 : at + 5]
    return (
        behind[:3].isdigit()
        and not behind[3:].isdigit()
        and flat[at - 1 : at].isdigit()
        and not flat[max(0, at - 4) : at].isdigit()
    )


def sentences(flat: str) -> list[list[Clause]]:
    """The clauses of each sentence, in order. Sentences end at 。！？, clauses also at ， ； ：."""
    out: list[list[Clause]] = [[]]
    at = 0
    for found in (_WIDE if "  " in flat.strip(" ") else _STOP).finditer(flat):
        mark, here = flat[found.start()], found.start()
        if mark == "，" and here and flat[here - 1].isdigit() and _thousands(flat, here):
            continue  # 1,234
        if mark in _CIRCLED:
            mark = "；"  # 转让300次②质押5亿元: the sign of an item parts it from the one before
            if here == at:
                at = found.end()
                continue
        if here > at:
            out[-1].append(Clause(at, here, mark))
        elif out[-1]:
            out[-1][-1].stop = mark
        at = found.end()
        if mark in "。！？\n" and out[-1]:
            out.append([])
    if at < len(flat) and flat[at:].strip():
        out[-1].append(Clause(at, len(flat), ""))
    return [s for s in out if s]


class Cut(Protocol):
    """A text flattened and cut into the clauses of its sentences."""

    @property
    def flat(self) -> str: ...

    @property
    def sentences(self) -> list[list[Clause]]: ...


class FlatText:
    """The :class:`Cut` of a folded text, each part worked out once, when it is asked for."""

    def __init__(self, folded: str) -> None:
        self.folded = folded

    @cached_property
    def flat(self) -> str:
        """The text with quoted and bracketed stretches masked."""
        return flatten(self.folded)

    @cached_property
    def sentences(self) -> list[list[Clause]]:
        """The clauses of each sentence."""
        return sentences(self.flat)
