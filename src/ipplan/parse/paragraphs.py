"""Lines → paragraphs: hard wraps and page breaks inside a sentence are healed, every character keeps its offset.

A line continues the paragraph before it if

* it begins with a mark that cannot begin a line (，。、；：）》”), or closes a bracket, quotation or title left open there;
* the text is wrapped at a fixed width and the line before it is full;
* the paragraph is running text and stops inside a sentence (page break).

A line that begins with a number of the outline, a signature, a date or an attachment begins a paragraph of its own.
"""

from __future__ import annotations

from collections import Counter

from ipplan.diagnostics import Note
from ipplan.parse.lines import Line
from ipplan.parse.markers import Marker
from ipplan.parse.tables.find import lay_tables
from ipplan.patterns import pattern
from ipplan.records import record
from ipplan.text import ZERO_WIDTH, Passage, SourceText

_TERMINAL = frozenset("。！？；：…!?")
_CLOSERS = {"）": "（", "〕": "〔", "】": "【", "》": "《", "”": "“", "’": "‘"}
_OPENERS = frozenset(_CLOSERS.values())
_NOT_FIRST = frozenset("，。、；：）》”’〕】！？%")
#: A line of its own by what it says: signature, date, attachment, note, recipient list, web-page head.
_OWN_LINE = pattern(
    r"附 ?件[0-9一二三四五六七八九十]{0,3} ?(?:：|$)|抄送|主送|（此件|[0-9〇一二三四五六七八九]{4} ?年 ?[0-9一二三四五六七八九十]{1,3} ?月"
    r" ?[0-9一二三四五六七八九十]{1,3} ?日(?:$| ?（此件)|专栏 ?[0-9一二三四五六七八九十]|表 ?[0-9]{1,2}[ ：]|图 ?[0-9]{1,2}[ ：]"
)
_ASSIGNED = pattern(
    r"[（〔【][^（〔【]{0,12}(?:责任|牵头|配合|负责|主办|协办)[^（〔【]*(?:[（〔][^（〔【）〕]*[）〕][^（〔【]*)*[）〕】]$"
)
_DROPPED = pattern(
    f"[{ZERO_WIDTH}\x00-\x08\x0e-\x1f\x7f*](?:(?<![*])[{ZERO_WIDTH}\x00-\x08\x0e-\x1f\x7f]*|(?<=[*])[*])"
)
_LINE_END = pattern("[\n\v\f\x85\u2028\u2029]|\r(?!\n)")
_LONGEST_HEADING = 45
_LONGEST_OPEN = 600
_PAIRS = pattern("[（〔【《“‘）〕】》”’]")
_BRACKETS = pattern("[（〔【）〕】]")
_DUTY = pattern("责任|牵头|负责|配合|承办|主办")
_LONGEST_DUTY = 400


@record
class Paragraph:
    """A healed paragraph: its passage, its first line, the marker it begins with."""

    passage: Passage
    line: Line
    marker: Marker | None


def paragraphs(source: SourceText, lines: list[Line]) -> tuple[list[Paragraph], list[Note]]:
    """The paragraphs of the text lines, in order, and what was repaired."""
    notes = lay_tables(source, lines)
    texts = [line for line in lines if line.kind == "text"]
    width = wrap_width([line for line in texts if not line.row], source.folded)
    indented = width > 0 and _indents(texts)
    groups: list[list[Line]] = []
    state = _Open()
    ordinals: dict[str, int] = {}
    joined = 0
    dropped = _DROPPED.search(source.folded) is not None
    for line in texts:
        if groups and _continues(source.folded, groups[-1], line, state, width, indented, ordinals):
            groups[-1].append(line)
            state.feed(_shown(source.folded, line, dropped))
            if line.row:
                pass
            elif line.gap:
                notes.append(Note("IPP101", "sentence continued after a page break", line.start, line.start + 1))
            else:
                joined += 1
        else:
            groups.append([line])
            state = _Open()
            state.feed(_shown(source.folded, line, dropped))
            if line.marker:
                ordinals[line.marker.style] = line.marker.ordinal
    healed: list[list[Line]] = []
    for group in groups:
        if healed and _closed_early(source.folded, healed[-1], group):
            notes.append(Note("IPP101", "bracket continued after a page break", group[0].start, group[0].start + 1))
            healed[-1] = healed[-1] + group
        else:
            healed.append(group)
    if joined:
        notes.append(Note("IPP102", f"{joined} wrapped line(s) joined to the line before", 0, 0))
    done = [_paragraph(source, group, dropped) for group in healed]
    return [paragraph for paragraph in done if paragraph.passage.pieces], notes  # a line of marks alone is none


def _shown(folded: str, line: Line, dropped: bool) -> str:
    """A line without the marks that are dropped from it."""
    text = folded[line.start : line.end]
    return _DROPPED.sub("", text) if dropped else text


class _Open:
    """What a paragraph has left open so far; worked out when it is asked for."""

    __slots__ = ("_commas", "_prose", "_read", "_stack", "length", "lines")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0
        self._read = 0
        self._stack: list[str] = []
        self._commas = self._prose = False

    def feed(self, folded: str) -> None:
        self.lines.append(folded)
        self.length += len(folded)

    @property
    def prose(self) -> bool:
        """Whether the paragraph is running text: a sentence ends in it, or it is long and has a comma."""
        self._catch_up()
        return self._prose or (self._commas and self.length > _LONGEST_HEADING)

    @property
    def stack(self) -> list[str]:
        """The openers without a closer so far."""
        self._catch_up()
        return self._stack

    def _catch_up(self) -> None:
        for folded in self.lines[self._read :]:
            self._commas = self._commas or "，" in folded
            self._prose = self._prose or "。" in folded or "；" in folded
            for char in _PAIRS.findall(folded):
                if char in _OPENERS:
                    self._stack.append(char)
                elif self._stack and (
                    self._stack[-1] == _CLOSERS[char] or (char in "）〕】" and self._stack[-1] in "（〔【")
                ):
                    self._stack.pop()
        self._read = len(self.lines)

    def closed_by(self, folded: str) -> bool:
        """Whether ``folded`` begins with the rest of what stands open: its first unmatched closer fits."""
        if not self.stack or self.length > _LONGEST_OPEN:
            return False
        depth = 0
        for char in _PAIRS.findall(folded[:_LONGEST_OPEN]):
            if char in _OPENERS:
                depth += 1
            elif depth:
                depth -= 1
            else:
                want = _CLOSERS[char]
                return self.stack[-1] == want or (want in "（〔【" and self.stack[-1] in "（〔【")
        return False


def wrap_width(texts: list[Line], folded: str) -> int:
    """The width (in characters) a text is wrapped at, or 0 if its lines are whole paragraphs.

    Wrapped text has many lines of nearly the same, greatest width, and most of them stop inside a sentence.
    """
    if len(texts) < 6:
        return 0
    widths = sorted(line.width for line in texts)
    greatest = widths[int(len(widths) * 0.97)] if len(widths) >= 40 else widths[-1]
    common = Counter(w for w in widths if w >= 0.6 * greatest).most_common(1)[0][0]
    width = max(common, greatest - 4) if common >= greatest - 4 else greatest
    if not 12 <= width <= 90:
        return 0
    full = [line for line in texts if line.width >= width - 2]
    if len(full) < 0.2 * len(texts) or len(full) < 4:
        return 0
    inside = sum(1 for line in full if folded[line.end - 1] not in "。；：）")
    return width if inside >= 0.6 * len(full) else 0


def _indents(texts: list[Line]) -> bool:
    """Whether paragraphs are set off by an indent of their first line (some lines are, many are not)."""
    two = sum(1 for line in texts if 1 <= line.indent <= 4)
    none = sum(1 for line in texts if line.indent == 0)
    return two >= 0.08 * len(texts) and none >= 0.3 * len(texts)


def _continues(
    folded: str, group: list[Line], line: Line, state: _Open, width: int, indented: bool, ordinals: dict[str, int]
) -> bool:
    if line.row or group[-1].row:
        return line.row is group[-1].row  # a row of a table is one paragraph
    if line.begins:
        return False
    previous = group[-1]
    first, last = folded[line.start], folded[previous.end - 1]
    content = folded[line.start : line.end]
    if first in _NOT_FIRST and not line.marker:
        return True
    full = width > 0 and width - 2 <= previous.width <= width + 2
    stops = last in _TERMINAL
    if line.marker:
        # A wrapped line may begin with a number by chance: it is a heading only if it fits the count.
        fits = line.marker.ordinal in (1, ordinals.get(line.marker.style, 0) + 1)
        return full and not stops and not fits and not (indented and line.indent > 0)
    if _OWN_LINE.match(content):
        return False
    if state.closed_by(content):
        return True
    if last in "，、" and not line.gap and not (indented and line.indent > 0):
        return True  # no line ends so by intention
    prose = state.prose
    if full and not (indented and line.indent > 0):
        return not stops or (prose and line.gap != "blank")
    if stops or not prose:
        return False
    if last in "）〕】”":
        if last == "）" and not state.stack and _ends_in_duty("".join(state.lines)):
            return False
        return last in "”）" and state.length > 60 and first not in "（〔【"
    return True


def _ends_in_duty(folded: str) -> bool:
    """Whether a bracket of responsibility (（责任单位：…）) ends the text: nothing of its paragraph follows."""
    depth = 0
    for at in range(len(folded) - 1, max(-1, len(folded) - _LONGEST_DUTY), -1):
        char = folded[at]
        if char in "）〕】":
            depth += 1
        elif char in "（〔【":
            depth -= 1
            if depth == 0:
                return _DUTY.search(folded, at) is not None
    return False


def _closed_early(folded: str, before: list[Line], after: list[Line]) -> bool:
    """A responsibility bracket closed before a page break, its rest behind it: …法院〕 / 院、市公安局]."""
    if after[0].marker or folded[before[-1].end - 1] not in "）〕】" or folded[after[-1].end - 1] not in "）〕】。":
        return False
    tail = "".join([folded[line.start : line.end] for line in before[-8:]])[-200:]
    if not _ASSIGNED.search(tail):
        return False
    depth = 0
    for line in after[:12]:
        for char in _BRACKETS.findall(folded[line.start : line.end]):
            depth += 1 if char in _OPENERS else -1
            if depth < 0:
                return True
    return False


def _paragraph(source: SourceText, group: list[Line], dropped: bool) -> Paragraph:
    pieces: list[tuple[int, int]] = []
    raw = source.raw
    for k, line in enumerate(group):
        at = line.start
        for found in _DROPPED.finditer(source.folded, line.start, line.end) if dropped else ():
            if (
                found[0] == "**"
                and source.format != "md"
                and "**" not in raw[max(0, group[0].start - 2) : group[0].start + 2]
            ):
                continue
            pieces.append((at, found.start()))
            at = found.end()
        pieces.append((at, line.end))
        if line.row and k + 1 < len(group):  # the line end between two lines of a torn row parts its cells
            pieces += [found.span() for found in _LINE_END.finditer(raw, line.end, group[k + 1].start)][:1]
    return Paragraph(Passage(source, pieces), group[0], group[0].marker)
