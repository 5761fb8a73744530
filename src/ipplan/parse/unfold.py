"""Texts without line breaks: a whole plan on one line is cut where its numbering says that a paragraph begins.

A number inside a line counts as a marker only if it goes on from the one before it in its style, or begins a list; a line
is cut only if it is long and holds several. 第一章 and 第一条 on one line are cut wherever blanks stand between them.
"""

from __future__ import annotations

import re
from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.parse.markers import Marker, match_marker

_CANDIDATE = re.compile(
    "第 ?[一二三四五六七八九十百0-9]{1,4} ?[章节条篇编](?=[ \u4e00-\u9fff【])|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
    "|(?<![0-9.])[0-9]{1,2}[.、](?![0-9])|（[0-9]{1,2}）|[①-⑳]"
)
_SHORTEST = 300
_LEAST = 3
_BOXED = re.compile("第 ?[一二三四五六七八九十百0-9]{1,4} ?[章节篇编条]")
_NOUN_THEN_PROSE = re.compile(
    "(?:方案|规划|计划|纲要|意见|办法|要点|措施|细则)(?:[（〔][^（〔）〕]{2,20}[）〕])? ?(?=为(?!期)|根据|按照|为了|当前|近年来)"
)


def cuts(folded: str, start: int, end: int) -> list[int]:
    """Offsets at which ``folded[start:end]`` (one physical line) begins a new paragraph; empty for ordinary lines."""
    if end - start < 40:
        number = _NUMBERED.match(folded, start, end) if end - start > 16 and folded[end - 1] == "号" else None
        return [number.end()] if number else []
    if end - start < _LONGEST_NOTICE and folded.find("印发", start, end) >= 0:
        torn = _glued_notice(folded, start, end)
        if torn:
            return torn
    if end - start < _SHORTEST:
        return _boxed(folded, start, end) or _glued_title(folded, start, end)
    found = _markers(folded, start, end)
    if len(found) < _LEAST:
        return _boxed(folded, start, end) or _glued_title(folded, start, end)
    out = [at for at, _ in found if at > start]
    out += _headings(folded, found, end)
    front = found[0][0] if found else end
    out += _front(folded, start, front)
    return sorted(set(out))


_GLUED = re.compile(
    "[^，。；：]{4,60}(?:方案|规划|计划|纲要|意见|办法|要点|措施)(?:（[^（）]{2,20}）)?(?=为(?:深入|全面|加快|进一步|贯彻|认真|落实|切实|推动|推进))"
)


def _glued_title(folded: str, start: int, end: int) -> list[int]:
    """``某市…行动方案（2026-2028年）为深入贯彻…``: a title glued to the preamble."""
    found = _GLUED.match(folded, start, end)
    return [found.end()] if found else []


#: …贯彻实施。      国务院
_ALONE = re.compile("(?<=。) {4,}([\u4e00-\u9fff]{2,30}) *$")
_LONGEST_NOTICE = 600
_NUMBERED = re.compile("[^，。；]{6,80}的通知(?= ?[\u4e00-\u9fff]{1,10}[〔（][0-9]{4}[〕）] ?[0-9]{1,4} ?号 ?$)")
_ADDRESSED = re.compile("各[^。；：]{4,200}：(?=《|现|经|为)")
_SIGNED = re.compile(
    "(?<=[。！]) *([\u4e00-\u9fff（） ]{4,60}?) *(?:[12][0-9]{3}|[一二][〇零九0-9一二三四五六七八九]{3}) ?年 ?[0-9一二三四五六七八九十]{1,3} ?月"
    " ?[0-9一二三四五六七八九十]{1,3} ?日"
)


def _glued_notice(folded: str, start: int, end: int) -> list[int]:
    """``各市人民政府：现将…印发给你们。某省人民政府2020年5月31日（此件公开发布）``: a notice on one line."""
    number = _NUMBERED.match(folded, start, end)
    if number:
        return [number.end()]
    addressed = _ADDRESSED.match(folded, start, end)
    if not addressed:
        return []
    out = [addressed.end()]
    signed = _SIGNED.search(folded, addressed.end(), end)
    if signed:
        out.append(signed.start(1))
        out += [signed.end()] if signed.end() < end else []
        return out
    alone = _ALONE.search(folded, addressed.end(), end)
    return [*out, alone.start(1)] if alone else out


def _boxed(folded: str, start: int, end: int) -> list[int]:
    """``第一章　总则　　第一条　为规范…``: chapters and articles behind a chapter's title."""
    if not _BOXED.match(folded, start, end):
        return []
    return [m.start(1) for m in re.compile(f" +({_BOXED.pattern})(?= )").finditer(folded, start, end)]


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


def _front(folded: str, start: int, stop: int) -> list[int]:
    """In front of the first marker: where wide blanks stand, and behind a title that is glued to the preamble."""
    out = [start + m.end() for m in re.finditer("(?<=[^ ]) {2,}(?=[^ ])", folded[start:stop])]
    glued = list(_NOUN_THEN_PROSE.finditer(folded, start, stop))
    if glued and glued[-1].end() - start < 120:
        out.append(glued[-1].end())
    return out
