"""Tree of nodes → what each section owns: title, paragraphs without responsibility brackets, phase, assignments."""

from __future__ import annotations

from ipplan.lexicon import load
from ipplan.parse.agencies import read_statement
from ipplan.parse.assignments import Found, find_assignments
from ipplan.parse.clauses import Clause, flatten, sentences
from ipplan.parse.dues import is_ongoing
from ipplan.parse.labels import find_labels
from ipplan.parse.outline import Node, walk
from ipplan.parse.paragraphs import Paragraph
from ipplan.parse.phases import Dated, dated_start, dated_title
from ipplan.parse.roles import assign_roles, role_of
from ipplan.parse.tables.grid import Row
from ipplan.parse.titles import Shape, choose_titles, is_parallel, is_promise, is_statement, shape
from ipplan.patterns import pattern
from ipplan.records import field, record
from ipplan.text import Passage


@record
class Stretch:
    """Own text of a section: healed characters ``start`` … ``end`` of a passage, less its holes (brackets)."""

    passage: Passage
    start: int
    end: int
    holes: list[tuple[int, int]] = field(default_factory=list)
    row: Row | None = None
    _masked: str | None = None
    _flat: str | None = None
    _sentences: list[list[Clause]] | None = None

    @property
    def masked(self) -> str:
        """The folded text of the whole passage, blank where it is not this stretch's own."""
        if self._masked is None and self.row:
            self._masked = self.row.masked(self.passage, self.holes)
        elif self._masked is None:
            self._masked = mask(self.passage.fold, self.start, self.end, self.holes)
        return self._masked

    @property
    def flat(self) -> str:
        """:attr:`masked` with quoted and bracketed text masked too."""
        if self._flat is None:
            self._flat = flatten(self.masked)
        return self._flat

    @property
    def sentences(self) -> list[list[Clause]]:
        """The clauses of the stretch's sentences."""
        if self._sentences is None:
            self._sentences = sentences(self.flat)
        return self._sentences

    def words(self) -> str:
        """The text as written, holes and outer blanks removed."""
        if self.row:
            return self.row.words(self.passage, self.holes)
        text, at, out = self.passage.text, self.start, []
        for a, b in self.holes:
            out.append(text[at:a])
            at = b
        out.append(text[at : self.end])
        return "".join(out).strip(" \u3000\t")


def mask(folded: str, start: int, end: int, holes: list[tuple[int, int]]) -> str:
    """``folded`` with blanks in front of ``start``, behind ``end`` and in the holes; same length."""
    if not start and end == len(folded) and not holes:
        return folded
    if not holes:
        return " " * start + folded[start:end] + " " * (len(folded) - end)
    out = [" " * start]
    at = start
    for a, b in holes:
        out += [folded[at:a], " " * (b - a)]
        at = b
    out += [folded[at:end], " " * (len(folded) - end)]
    return "".join(out)


@record
class Own:
    """What belongs to one section: marker length, title text, dates, stretches of text, statements of responsibility."""

    node: Node
    marker: int = 0
    title: str | None = None
    title_span: tuple[int, int] | None = None
    dated: Dated | None = None
    stretches: list[Stretch] = field(default_factory=list)
    assignments: list[tuple[Passage, Found]] = field(default_factory=list)
    due_lines: list[Passage] = field(default_factory=list)


def own_parts(root: Node, year: int | None = None) -> list[Own]:
    """Every section's own parts, in document order; roles and titles are set on the nodes on the way.

    ``year``: that of phases whose dates name none, unless the phase before them does.
    """
    nodes = walk(root)
    owns = {id(node): Own(node) for node in nodes}
    found: dict[int, list[Found]] = {}
    shapes: dict[int, tuple[Shape, bool]] = {}
    for node in nodes:
        if node.head is None or node.annex:
            continue
        folded = node.head.passage.fold
        marks = find_assignments(folded)
        found[id(node)] = marks
        begin = node.head.marker.length if node.head.marker else 0
        owns[id(node)].marker = len(folded[:begin].rstrip())
        masked = mask(folded, 0, len(folded), [(f.start, f.end) for f in marks])
        look = shape(masked, begin, len(masked), article=node.style == "article")
        doubtful = look.kind == "statement" and is_promise(masked, look.start, look.end)
        if look.kind == "run_in":
            doubtful = is_statement(masked, look.start, look.end) or is_parallel(masked, look, len(masked))
        shapes[id(node)] = (look, doubtful)
    todo = [root]
    while todo:
        parent = todo.pop()
        choose_titles([(c, *shapes[id(c)]) for c in parent.children if id(c) in shapes])
        todo += parent.children
    titles = {}
    for node in nodes:
        own = owns[id(node)]
        if node.annex:
            own.title = "".join(p.passage.text.strip() for p in node.heading) or None
            own.marker = len(node.head.passage.fold.rstrip("： ")) if node.head else 0
        elif node.head and node.title:
            titles[id(node)] = node.head.passage.fold[slice(*node.title)]
    assign_roles(root, titles)
    years: dict[int, int] = {}
    for node in nodes:
        own = owns[id(node)]
        _fill(own, found.get(id(node), []), years.get(id(node.parent), year))
        last = (own.dated.end or own.dated.start) if own.dated else None
        if last:
            years[id(node.parent)] = last.year
    return [owns[id(node)] for node in nodes]


def preamble_own(paragraphs: list[Paragraph], year: int | None = None) -> Own:
    """Section 0: what stands before the first numbered heading, or all of a text that has none.

    ``year``: that of dates that name none.
    """
    own = Own(Node(None, "root", 0, role="preamble", id="0", body=paragraphs))
    _fill(own, [], year)
    return own


def _fill(own: Own, marks: list[Found], year: int | None = None) -> None:
    node = own.node
    if node.head and not node.annex:
        passage = node.head.passage
        begin = node.rest if node.title else own.marker
        if node.title:
            start, end = node.title
            inside = [f for f in marks if f.start < end and start < f.end]
            end = min([end, *(f.start for f in inside)])
            own.title_span = (start, end)
            own.dated = dated_title(passage.fold, start, end, schedule=_schedule(node), year=year)
            own.title = passage.text[start:end].strip()
            if own.dated:
                name = (passage.text[start : own.dated.at] + passage.text[own.dated.stop : end]).strip(
                    " \u3000：:，,。、-—–"
                )
                own.title = name or own.title
                # The dates are no part of the name: they stay in the text, as written.
                if name and own.dated.at > start and own.dated.stop >= end:
                    begin = own.dated.at
                elif name:
                    own.stretches.append(Stretch(passage, own.dated.at, own.dated.stop))
            elif _schedule(node) or "阶段" in own.title:
                own.dated = dated_start(passage.fold, begin, year)
        _stretch(own, passage, begin, marks)
    for paragraph in node.body:
        if paragraph.line.row:
            _row(own, paragraph.passage, paragraph.line.row)
        else:
            found = find_assignments(paragraph.passage.fold)
            if found or not own.assignments or not _due_line(own, paragraph.passage):
                _stretch(own, paragraph.passage, 0, found)


_NO_TEXT = pattern("[ 。；]*")


def _due_line(own: Own, passage: Passage) -> bool:
    """完成时限：2024年11月 on a line of its own holds for the statements above it that have none.

    Right below the last of them it is part of it (true), else it stays text.
    """
    folded = passage.fold
    if len(folded) > 60 or not ("：" in folded[:10] or "】" in folded[:10]):
        return False
    labels = find_labels(folded, 0, 12)
    if not labels or labels[0].start:
        return False
    due = read_statement(folded, 0, len(folded))
    if due.shares or not due.labelled:
        return False
    for _, found in own.assignments:
        found.statement.deadline = found.statement.deadline or due.deadline
        found.statement.undated = found.statement.undated or due.undated
    above, last = own.assignments[-1]
    said = folded[labels[0].end :].strip(" 。；")
    if not (due.deadline or due.undated or is_ongoing(said) or said in load("words")["no_deadline"]):
        return False
    below = [stretch.passage for stretch in own.stretches[-1:]]
    if below != [above] or not _NO_TEXT.fullmatch(above.fold, last.end):
        return False
    last.until = passage.span(0, len(folded.rstrip()))[1]
    own.due_lines.append(passage)
    return True


def _schedule(node: Node) -> bool:
    return node.role == "schedule" or (node.role is None and node.parent is not None and node.parent.role == "schedule")


def _stretch(own: Own, passage: Passage, begin: int, marks: list[Found]) -> None:
    own.assignments += [(passage, f) for f in marks]
    folded = passage.fold
    while begin < len(folded) and folded[begin] in " 。；：，" and begin >= own.marker:
        begin += 1
    own.stretches.append(Stretch(passage, begin, len(folded), [(f.start, f.end) for f in marks if f.end > begin]))


def _row(own: Own, passage: Passage, row: Row) -> None:
    """A row of a table: its brackets are read cell by cell."""
    folded, marks = passage.fold, []
    for k, (a, b) in enumerate(row.places(passage)):
        if k in row.open and b - a > 5:
            found = find_assignments(" " * a + folded[a:b])
            marks += [f for f in found if k in row.read or folded[f.start] in "（〔【"]
    own.assignments += [(passage, f) for f in marks]
    own.stretches.append(Stretch(passage, 0, len(folded), [(f.start, f.end) for f in marks], row))


__all__ = ["Own", "Stretch", "own_parts", "preamble_own", "role_of"]
