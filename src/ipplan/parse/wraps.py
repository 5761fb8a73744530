"""Whether lines are wrapped: the width of a text that is wrapped as a whole, and the runs of lines that are in any other."""

from __future__ import annotations

from collections import Counter

from ipplan.parse.lines import Line
from ipplan.patterns import pattern
from ipplan.text import SourceText

TERMINAL = frozenset("。！？；：…!?")
CLOSERS = {"）": "（", "〕": "〔", "】": "【", "》": "《", "”": "“", "’": "‘"}
#: A line of its own by what it says: signature, date, attachment, note, recipient list, web-page head.
OWN_LINE = pattern(
    r"附 ?件[0-9一二三四五六七八九十]{0,3} ?(?:：|$)|抄送|主送|（此件|[0-9〇一二三四五六七八九]{4} ?年 ?[0-9一二三四五六七八九十]{1,3} ?月"
    r" ?[0-9一二三四五六七八九十]{1,3} ?日(?:$| ?（此件)|专栏 ?[0-9一二三四五六七八九十]|表 ?[0-9]{1,2}[ ：]|图 ?[0-9]{1,2}[ ：]"
    "|[\u4e00-\u9fff]{2,12} ?〔[12][0-9]{3}〕 ?第? ?[0-9]{1,4} ?号$"
)
#: A line of responsibility that has come to its end with a body.
_DUTY = pattern(
    "(?:责任|牵头|配合|负责|主办|协办|参与)[^，。；：]{0,6}：[^。：]{2,300}(?:[局委办部院厅府会队处科]|街道|单位|部门|乡镇)$"
)
BODY_ENDS = frozenset("局委办部院厅府会队处科道位门镇")
_WIDEST = 90
_PROSE = pattern("[，。；、]")
#: 达到5000件: no heading tells how many.
_COUNTED = pattern("[0-9][0-9.]*[百千万亿]?[件家个项场元人次分%名户]")


def ends_duty(folded: str) -> bool:
    """Whether a text ends as a line of responsibility does, with its last body."""
    return folded[-1] in BODY_ENDS and _DUTY.search(folded, max(0, len(folded) - 320)) is not None


def wrap_width(texts: list[Line], source: SourceText) -> int:
    """The width a text is wrapped at, or 0 if its lines are whole paragraphs.

    It is counted in characters, or in ideographs where that makes more lines equal (two letters take the room of one):
    then the lines take these widths.
    """
    if len(texts) < 6:
        return 0
    plain, full = _common_width([line.width for line in texts], texts, source.folded)
    if sorted(line.width for line in texts)[-max(1, len(texts) // 30)] > 2 * _WIDEST:
        return plain
    seen = [_seen_width(source.raw, line) // 2 for line in texts]
    wide, more = _common_width(seen, texts, source.folded)
    if more <= full:
        return plain
    for line, width in zip(texts, seen, strict=True):
        line.width = width
    return wide


def _common_width(by_line: list[int], texts: list[Line], folded: str) -> tuple[int, int]:
    """The width and how many lines have it: wrapped text has many lines of nearly the same, greatest width.

    Most of them stop inside a sentence; ``(0, 0)`` where it is not so.
    """
    widths = sorted(by_line)
    greatest = widths[int(len(widths) * 0.97)] if len(widths) >= 40 else widths[-1]
    common = Counter(w for w in widths if w >= 0.6 * greatest).most_common(1)[0][0]
    width = max(common, greatest - 4) if common >= greatest - 4 else greatest
    if not 12 <= width <= _WIDEST:
        return 0, 0
    full = [line for line, w in zip(texts, by_line, strict=True) if w >= width - 2]
    if len(full) < 0.2 * len(texts) or len(full) < 4:
        return 0, 0
    inside = sum(1 for line in full if folded[line.end - 1] not in "。；：）")
    if inside < 0.6 * len(full):
        return 0, 0
    prose = sum(1 for line in full if _PROSE.search(folded, line.start, line.end))
    return (width, inside) if prose >= 0.4 * len(full) else (0, 0)  # a head of short lines is not wrapped


def loose_wraps(texts: list[Line], source: SourceText) -> set[int]:
    """Offsets of lines that go on from the line before in a text that as a whole is not wrapped.

    A run of lines of one width, which begins as running text and of which only the last, no wider one ends a sentence.
    """
    folded, raw = source.folded, source.raw
    out: set[int] = set()
    k = 0
    while k < len(texts):
        first = texts[k]
        k += 1
        if not _begins_prose(folded, first):
            continue
        width = _seen_width(raw, first)
        stop = k
        while stop < len(texts) and _goes_on(folded, texts[stop]):
            here = _seen_width(raw, texts[stop])
            if folded[texts[stop].end - 1] in TERMINAL:
                if here <= width + 3:  # a mark may hang over
                    out.update(line.start for line in texts[k : stop + 1])
                break
            if abs(here - width) > 4:
                break
            stop += 1
        k = max(k, stop)
    return out


def _begins_prose(folded: str, line: Line) -> bool:
    """Whether a line is running text that stops inside a sentence; one with a number may also be a heading."""
    last = folded[line.end - 1]
    if line.row or line.end - line.start < 15 or last in TERMINAL or last in CLOSERS or last == ".":
        return False
    if ends_duty(folded[line.start : line.end]):
        return False
    commas = folded.count("，", line.start, line.end)
    if line.marker:
        return commas > 1 or (
            commas == 1 and _COUNTED.search(folded, line.start + line.marker.length, line.end) is not None
        )
    return commas > 0 or _PROSE.search(folded, line.start, line.end) is not None


def _goes_on(folded: str, line: Line) -> bool:
    return not (line.marker or line.row or line.begins or line.gap or OWN_LINE.match(folded, line.start, line.end))


def _seen_width(raw: str, line: Line) -> int:
    """The width of a line as a reader sees it: an ideograph takes the room of two letters."""
    text = raw[line.start - line.indent : line.end]
    return 2 * len(text) - sum(1 for char in text if char.isascii())
