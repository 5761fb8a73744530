"""Lines → paragraphs: hard wraps and page breaks inside a sentence are healed, every character keeps its offset.

A line continues the paragraph before it if

* it begins with a mark that cannot begin a line (，。、；：）》”), or closes a bracket, quotation or title left open there;
* the text is wrapped at a fixed width and the line before it is full;
* the paragraph is running text and stops inside a sentence (page break).

A line that begins with a number of the outline, a signature, a date or an attachment begins a paragraph of its own.
"""

from __future__ import annotations

from ipplan.diagnostics import Note
from ipplan.parse.lines import Line
from ipplan.parse.markers import Marker
from ipplan.parse.tables.find import lay_tables
from ipplan.parse.wraps import BODY_ENDS, CLOSERS, OWN_LINE, TERMINAL, ends_duty, loose_wraps, wrap_width
from ipplan.patterns import pattern
from ipplan.records import record
from ipplan.text import ZERO_WIDTH, Passage, SourceText

_OPENERS = frozenset(CLOSERS.values())
_NOT_FIRST = frozenset("，。、；：）》”’〕】！？%")
#: ——知识产权保护迈上新台阶。
_BULLET = pattern("--|[●■◆▲★•○□※◎]")
_ASSIGNED = pattern(
    r"[（〔【][^（〔【]{0,12}(?:责任|牵头|配合|负责|主办|协办)[^（〔【]*(?:[（〔][^（〔【）〕]*[）〕][^（〔【]*)*[）〕】]$"
)
#: The next part of a responsibility bracket that is written over several lines: 责任单位：…
_LABEL = pattern(
    "(?:(?:责任|牵头|配合|协办|主办|参与|参加|落实|实施|承办|协助|协同|市级|分管|联系|包保)[^，。；：（）]{0,8}"
    "|(?:完成|办理|工作|落实)?(?:时限|时间|期限)[^，。；：（）]{0,4}|备 *注)："
)
_DROPPED = pattern(
    f"[{ZERO_WIDTH}\x00-\x08\x0e-\x1f\x7f*](?:(?<![*])[{ZERO_WIDTH}\x00-\x08\x0e-\x1f\x7f]*|(?<=[*])[*])"
)
_LINE_END = pattern("[\n\v\f\x85\u2028\u2029]|\r(?!\n)")
_LONGEST_HEADING = 45
#: 为贯彻落实…精神，加快…: what no heading begins with and goes on behind a comma.
_REASONS = (
    "为贯彻",
    "为深入",
    "为全面",
    "为进一步",
    "为加",
    "为推",
    "为落实",
    "为切实",
    "为认真",
    "为确保",
    "根据",
    "按照",
    "依据",
)
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
    width = wrap_width([line for line in texts if not line.row], source)
    indented = width > 0 and _indents(texts)
    loose = loose_wraps(texts, source) if not width else set()
    groups: list[list[Line]] = []
    state = _Open()
    ordinals: dict[str, int] = {}
    joined = 0
    dropped = _DROPPED.search(source.folded) is not None
    for line in texts:
        if groups and (
            line.start in loose or _continues(source.folded, groups[-1], line, state, width, indented, ordinals)
        ):
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
    def text(self) -> str:
        """The folded lines put together; asked of short paragraphs only."""
        if len(self.lines) > 1:
            self._catch_up()
            self.lines, self._read = ["".join(self.lines)], 1
        return self.lines[0]

    @property
    def prose(self) -> bool:
        """Whether the paragraph is running text: a sentence ends in it, or it has a comma and is long or gives reasons."""
        self._catch_up()
        if self._prose or not self._commas:
            return self._prose
        return self.length > _LONGEST_HEADING or self.lines[0].startswith(_REASONS)

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
                    self._stack[-1] == CLOSERS[char] or (char in "）〕】" and self._stack[-1] in "（〔【")
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
                want = CLOSERS[char]
                return self.stack[-1] == want or (want in "（〔【" and self.stack[-1] in "（〔【")
        return False


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
    stops = last in TERMINAL
    if line.marker:
        # A wrapped line may begin with a number by chance: it is a heading only if it fits the count.
        fits = line.marker.ordinal in (1, ordinals.get(line.marker.style, 0) + 1)
        return full and not stops and not fits and not (indented and line.indent > 0)
    if OWN_LINE.match(content) or (stops and _BULLET.match(content)):
        return False
    if state.closed_by(content):
        return True
    if last == "：" and state.length < 14 and not line.gap and _LABEL.fullmatch(state.text):
        return _LABEL.match(content) is None and "。" not in content  # 责任单位： alone on its line
    if state.stack and state.stack[-1] in "（〔【" and state.length < _LONGEST_OPEN and _LABEL.match(content):
        opened = state.text.rfind(state.stack[-1])
        if opened == state.length - 1 or _LABEL.search(state.text, max(0, opened)):
            return True
    if last in "，、" and not line.gap and not (indented and line.indent > 0):
        return True  # no line ends so by intention
    prose = state.prose
    if full and not (indented and line.indent > 0):
        return not stops or (prose and line.gap != "blank")
    if stops or not prose:
        return False
    if last in BODY_ENDS and ends_duty("".join(state.lines[-8:])):
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
