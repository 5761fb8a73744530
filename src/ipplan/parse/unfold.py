"""Texts without line breaks: a whole plan on one line is cut where its numbering says that a paragraph begins.

A number inside a line counts as a marker only if it goes on from the one before it in its style, or begins a list; a line
is cut only if it is long and holds several. 第一章 and 第一条 on one line are cut wherever blanks stand between them.
"""

from __future__ import annotations

from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.parse.heads import head_cuts
from ipplan.parse.markers import Marker, match_marker
from ipplan.patterns import pattern

# It begins with one set of characters, which is scanned for several times as fast as alternatives are.
_CANDIDATE = pattern(
    "[第一二三四五六七八九十（0-9①-⑳](?:(?<=第) ?[一二三四五六七八九十百0-9]{1,4} ?[章节条篇编](?=[ \u4e00-\u9fff【])"
    "|(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}、|(?<=（)(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})）"
    "|(?<=[0-9])(?<![0-9.][0-9])[0-9]?[.、](?![0-9])|(?<=[①-⑳]))"
)
_SHORTEST = 300
_LEAST = 3
_LIST_SIGNS = frozenset("（0123456789①一")
#: The end of an item and the sign of one: without these a line is no list.
_NEXT_ITEM = pattern("[；。][（0-9②二]")
_BOXED = pattern("第 ?[一二三四五六七八九十百0-9]{1,4} ?[章节篇编条]")
_BOXED_WITHIN = pattern(f" +({_BOXED.pattern})(?= )")


def cuts(folded: str, start: int, end: int, *, head: bool = False) -> list[int]:
    """Offsets at which ``folded[start:end]`` (one physical line) begins a new paragraph; empty for ordinary lines.

    ``head``: no numbered heading stands in front of the line, so that it may hold parts of the document's head.
    """
    if end - start < 40:
        return (
            _listed(folded, start, end) or (head_cuts(folded, start, end) if head else []) or _boxed(folded, start, end)
        )
    found = _markers(folded, start, end) if end - start >= _SHORTEST else []
    if len(found) < _LEAST:
        listed = _listed(folded, start, end)
        return listed or (head_cuts(folded, start, end) if head else []) or _boxed(folded, start, end)
    out = [at for at, _ in found if at > start]
    front = found[0][0]
    if head:
        out += head_cuts(folded, start, front)
    out += _headings(folded, found, end)
    out += _front(folded, start, front)
    return sorted(set(out))


def _listed(folded: str, start: int, end: int) -> list[int]:
    """``（一）启动阶段（…）；（二）实施阶段（…）；…``: a short line that is a list, each item behind the end of the one before."""
    if folded[start] not in _LIST_SIGNS or not _NEXT_ITEM.search(folded, start, end):
        return []
    found = _markers(folded, start, end)
    if len(found) < 2 or found[0][0] != start:
        return []
    first = found[0][1]
    for k, (at, marker) in enumerate(found[1:], 1):
        if marker.style != first.style or marker.ordinal != first.ordinal + k or folded[at - 1] not in "；。":
            return []
    return [at for at, _ in found[1:]]


def _boxed(folded: str, start: int, end: int) -> list[int]:
    """``第一章　总则　　第一条　为规范…``: chapters and articles behind a chapter's title."""
    if not _BOXED.match(folded, start, end):
        return []
    return [m.start(1) for m in _BOXED_WITHIN.finditer(folded, start, end)]


def _markers(folded: str, start: int, end: int) -> list[tuple[int, Marker]]:
    """Markers that count: each begins a list or goes on from the last of its style."""
    out: list[tuple[int, Marker]] = []
    last: dict[str, int] = {}
    for hit in _CANDIDATE.finditer(folded, start, end):
        marker = match_marker(folded[hit.start() : hit.start() + 24])
        if marker is None:
            continue
        before = folded[hit.start() - 1] if hit.start() > start else "。"
        expected = last.get(marker.style, 0) + 1
        ended = before in " 。；：）〕】！”"
        if marker.style in ("part", "chapter", "section", "article"):
            fits = marker.ordinal in (1, expected) and (ended or marker.style != "article")
        elif marker.style in ("han_comma", "han_paren"):
            fits = marker.ordinal == expected or (marker.ordinal == 1 and (ended or marker.style == "han_paren"))
        else:
            fits = marker.ordinal in (1, expected) and ended
        if not fits:
            continue
        last[marker.style] = marker.ordinal
        if marker.style == "han_comma":
            last.pop("han_paren", None)
        out.append((hit.start(), marker))
    return out


@cache
def _titles() -> WordSet:
    return WordSet(load("words")["plain_titles"])


def _headings(folded: str, found: list[tuple[int, Marker]], end: int) -> list[int]:
    """Behind a chapter's title that is glued to its text: 一、工作目标｜通过设备租赁…"""
    out = []
    for k, (at, marker) in enumerate(found):
        begin = at + marker.length
        while begin < end and folded[begin] == " ":
            begin += 1
        stop = found[k + 1][0] if k + 1 < len(found) else end
        title = _titles().at(folded, begin, stop)
        behind = begin + len(title or "")
        if title and behind + 20 < stop and folded[behind] not in "。，：；、和与及的":
            out.append(behind)
    return out


_GAP = pattern("(?<=[^ ]) {2,}(?=[^ ])")


def _front(folded: str, start: int, stop: int) -> list[int]:
    """In front of the first marker: where wide blanks stand, but not between single letters (国  务  院)."""
    out = []
    for gap in _GAP.finditer(folded, start, stop):
        spaced = folded[gap.start() - 2 : gap.start() - 1] == " " == folded[gap.end() + 1 : gap.end() + 2]
        if not spaced:
            out.append(gap.end())
    return out
