"""Physical lines: every line of the source gets one of a closed set of kinds, so no line can be lost."""

from __future__ import annotations

from typing import Literal

from ipplan.lexicon import load
from ipplan.parse.markers import Marker, match_marker, uses_blanks, uses_decimals
from ipplan.parse.tables.grid import Row
from ipplan.parse.unfold import cuts
from ipplan.patterns import pattern
from ipplan.records import record
from ipplan.text import ZERO_WIDTH, SourceText

LineKind = Literal["text", "blank", "page", "rule", "web"]

_CONTROLS = "".join(map(chr, (*range(9), *range(14, 32), 127)))
_WITHOUT = dict.fromkeys(map(ord, ZERO_WIDTH))
_STRIP = " \t" + ZERO_WIDTH + _CONTROLS
#: — 3 — · - 3 - · 第3页 共10页 · 3/10 · 3 (folded)
_PAGE = pattern(
    r"(?:-+ ?[0-9]{1,4} ?-+|第 ?[0-9]{1,4} ?页[，、/ ]*(?:共 ?[0-9]{1,4} ?页)?|[0-9]{1,4} ?/ ?[0-9]{1,4}|· ?[0-9]{1,4} ?·)"
)
_BARE_PAGE = pattern(r"[0-9]{1,3}")
_RULE = pattern(r"[-=_*~·.+|┄┅┈┉═]{3,}")
_HEADING_MARK = pattern(r"(?:#{1,6}(?: +|(?=[^ #0-9])))")
_PROSE_MARK = pattern("[。；、]")
_QUOTE_MARK = pattern(r"(?:> *)+|[*+-] +(?=\S)")


@record
class Line:
    """A physical line: half-open span of its content (blanks, zero-width and Markdown marks at the ends left out).

    ``indent``: blanks before the content; ``width``: characters from the line's start to the content's end;
    ``marker``: the number it begins with, if any; ``gap``: what stands between it and the text line before: nothing,
    only blank lines, or a page number too. ``begins``: cut out of a longer line, where a paragraph begins. ``row``: the row of a table
    it stands in.
    """

    start: int
    end: int
    kind: LineKind
    indent: int = 0
    width: int = 0
    marker: Marker | None = None
    gap: Literal["", "blank", "page"] = ""
    begins: bool = False
    row: Row | None = None


def read_lines(source: SourceText, *, markdown: bool) -> tuple[list[Line], bool]:
    """All lines of the source in order, and whether the document numbers its headings 1.1, 1.2."""
    folded = source.folded
    lines: list[Line] = []
    head = True
    for start, stop in source.lines():
        content = folded[start:stop]
        stripped = content.strip(_STRIP)
        if not stripped:
            lines.append(Line(start, start, "blank"))
            continue
        lead = content.index(stripped)
        lo, hi = start + lead, start + lead + len(stripped)
        indent = lead - sum(map(content[:lead].count, ZERO_WIDTH)) if lead else 0
        if stripped[0] in "#>*+-" and not _PAGE.fullmatch(stripped):
            lo = _skip_marks(folded, lo, hi, markdown)
            stripped = folded[lo:hi]
        kind: LineKind = "web" if source.skip and any(a <= lo < b for a, b in source.skip) else "text"
        if kind == "text" and stripped[0] in "-第·=_*~.+|┄┅┈┉═0123456789":
            if _PAGE.fullmatch(stripped):
                kind = "page"
            elif _RULE.fullmatch(stripped):
                kind = "rule"
        head = head and not (kind == "text" and match_marker(folded[lo : min(hi, lo + 24)]))
        inside = cuts(folded, lo, hi, head=head) if kind == "text" and hi - lo >= 16 else []
        if not inside:
            lines.append(Line(lo, hi, kind, indent, indent + hi - lo))
            continue
        for a, b in zip([lo, *inside], [*inside, hi], strict=True):
            while b > a and folded[b - 1] == " ":
                b -= 1
            if a < b:
                width = (hi if b == hi else b) - (lo if b == hi else a)  # the last part ends where the line ends
                lines.append(Line(a, b, kind, indent, indent + width, begins=a > lo))
    hollow = any(char in folded for char in ZERO_WIDTH)
    numbered = [x for x in lines if x.kind == "text" and (hollow or folded[x.start].isdigit())]
    decimals = uses_decimals([_seen(folded, x.start, x.end, hollow) for x in numbered])
    spaced = [x for x in lines if x.kind == "text" and folded[x.start : x.start + 3].find(" ") > 0]
    blanks = uses_blanks([folded[x.start : x.end] for x in spaced if x.end - x.start <= 24])
    for line in lines:
        if line.kind == "text":
            beginning = _seen(folded, line.start, min(line.end, line.start + (96 if hollow else 24)), hollow)
            line.marker = match_marker(beginning[:24], decimals=decimals, blanks=blanks)
    _bare_pages(lines, folded)
    _web(lines, folded)
    gap: Literal["", "blank", "page"] = ""
    for line in lines:
        if line.kind == "text":
            line.gap, gap = gap, ""
        elif line.kind == "page":
            gap = "page"
        else:
            gap = gap or "blank"
    return lines, decimals


def _seen(folded: str, start: int, end: int, hollow: bool) -> str:
    """A stretch as a paragraph shows it, without characters that have no width (``hollow``: there are some)."""
    text = folded[start:end]
    return text.translate(_WITHOUT) if hollow else text


def _skip_marks(folded: str, lo: int, hi: int, markdown: bool) -> int:
    """Pass over ``## ``, and in Markdown over ``> `` and ``- `` too."""
    found = _HEADING_MARK.match(folded, lo, hi)
    if not found and markdown:
        found = _QUOTE_MARK.match(folded, lo, hi)
    lo = found.end() if found and found.end() < hi else lo
    bold = folded.startswith("**", lo)  # it may be closed on a later line
    return lo + 2 if bold and match_marker(folded[lo + 2 : min(hi, lo + 26)]) else lo


def _bare_pages(lines: list[Line], folded: str) -> None:
    """A line that is only a number is a page number if it stands between running text, not between table cells."""
    texts = [line for line in lines if line.kind == "text"]
    for i, line in enumerate(texts):
        if line.end - line.start <= 3 and _BARE_PAGE.fullmatch(folded, line.start, line.end):
            before = texts[i - 1] if i else None
            after = texts[i + 1] if i + 1 < len(texts) else None
            if (before and _running(before, folded)) and (after is None or _running(after, folded)):
                line.kind = "page"


def _running(line: Line, folded: str) -> bool:
    return line.end - line.start >= 16 or line.marker is not None or folded[line.end - 1] in "。；：，、"


def _web(lines: list[Line], folded: str) -> None:
    """Navigation before and behind the document: lines of the lexicon, from either end up to its first real line."""
    words = load("words")
    starts, exact = tuple(words["furniture_starts"]), frozenset(words["furniture_exact"])
    foot = tuple(words["furniture_foot"])
    texts = [line for line in lines if line.kind == "text"]
    for side, limit in ((texts, 80), (texts[::-1], 40)):
        behind = side is not texts
        for line in side[:limit]:
            content = folded[line.start : min(line.end, line.start + 200)]
            short = len(content) < 120 and "。" not in content
            at_foot = behind and content.startswith(foot) and not _PROSE_MARK.search(content)
            if content in exact or (short and (at_foot or content.startswith(starts))):
                line.kind = "web"
            elif behind and (line.marker or _PROSE_MARK.search(content)):
                behind = False  # within a plan 主办单位：… is a duty
