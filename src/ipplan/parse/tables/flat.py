"""Indicator tables that were flattened: one cell per line, or a row torn over lines, its cells parted by blanks.

Such a table is taken for one only where its head runs through and its rows keep to it::

    head  := {serial | group} name {unit | value | nature}
    row   := [serial] [group] name-part {name-part} then one cell for each column behind the name, nature if it is said

A name in two parts is a group and a name, or a torn name; where neither is sure the row stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ipplan.lexicon import load
from ipplan.parse.lines import Line
from ipplan.parse.tables.grid import Grid, Head, Slot
from ipplan.parse.tables.heads import AGENCIES, VALUES, head_of
from ipplan.parse.tables.tokens import Token, head_runs, kind_of, tokens_of
from ipplan.patterns import pattern
from ipplan.records import field, record
from ipplan.text import SourceText

_SERIAL = pattern("[0-9]{1,3}[.、]?|[①-⑳]")
_WORD = pattern("[\u4e00-\u9fffA-Za-z]")
_LABEL = pattern("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.、](?![0-9])")
_FIRST_LINES = 80
_HEAD_LINES = 30
_MOST_PARTS = 5


@record
class FlatTable:
    """A flattened table: its grid, the lines of each row, how many rows have a name that is not sure.

    ``stop``: number of the line behind it.
    """

    grid: Grid
    lines: list[list[int]] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    stop: int = 0


def read_flat(source: SourceText, lines: Sequence[Line], begin: int) -> FlatTable | None:
    """The flattened table whose head begins at line number ``begin``; ``None`` where that is not sure."""
    if not _first_run(source, lines, begin):
        return None
    size = _FIRST_LINES
    while True:
        best: FlatTable | None = None
        part = lines[begin : begin + size]
        for pages in (False, True) if any(line.kind == "page" for line in part) else (False,):
            tokens = tokens_of(source, lines, begin, begin + size, pages=pages)
            for groups in head_runs(tokens):
                table = _table(tokens, groups)
                if table and (best is None or len(table.lines) > len(best.lines)):
                    best = table
        if best is None or best.stop < begin + size // 2 or begin + size >= len(lines):
            return best
        size *= 4  # it goes on as far as was looked


def head_run(source: SourceText, lines: Sequence[Line], begin: int) -> list[Head]:
    """The heads that follow each other from line ``begin``."""
    groups = next(iter(_first_run(source, lines, begin)), [])
    return [head_of("".join(token.text for token in group)) for group in groups]


def _first_run(source: SourceText, lines: Sequence[Line], begin: int) -> list[list[list[Token]]]:
    return head_runs(tokens_of(source, lines, begin, begin + _HEAD_LINES, pages=False))


def _table(tokens: list[Token], columns: list[list[Token]]) -> FlatTable | None:
    """The rows that keep to the head."""
    heads = [head_of("".join(t.text for t in group)) for group in columns]
    flat = [token for group in columns for token in group]
    count = sum(1 for token in tokens if token.start <= flat[-1].start)
    if count < len(tokens) and tokens[count].first == flat[-1].last:
        return None
    grid = Grid(heads=heads, first=1)
    out = FlatTable(grid)
    _add(out, [[(group[0].start, group[-1].end)] for group in columns], flat[0].first, flat[-1].last)
    at, texts = count, [token.text for token in flat]
    while at < len(tokens):
        if [t.text for t in tokens[at : at + len(texts)]] == texts:  # the head again, on the next page
            again = tokens[at : at + len(texts)]
            _add(out, [[] for _ in heads], again[0].first, again[-1].last, [(t.start, t.end) for t in again])
            at += len(texts)
            continue
        found = _row(tokens, at, heads)
        if found is None:
            break
        cells, stop, sure = found
        if not sure:
            out.unsure.append(tokens[at].start)
        _add(out, cells, tokens[at].first, tokens[stop - 1].last)
        at = stop
    rows = len(out.lines) - 1
    full = len(heads) >= 4 and any(head.kind in ("unit", "nature") for head in heads)
    if rows < (1 if full else 2):
        return None
    out.stop = out.lines[-1][-1] + 1
    return out


def _add(
    out: FlatTable, cells: list[list[tuple[int, int]]], first: int, last: int, own: list[tuple[int, int]] | None = None
) -> None:
    """A row whose columns hold these cells (a group and a name may share the column of the names: the last is read)."""
    row = out.grid.add(own if own is not None else [cell for column in cells for cell in column if cell[1] > cell[0]])
    slots: list[Slot | None] = []
    k = 0
    for column in cells:
        k += sum(1 for a, b in column if b > a)
        slots.append(Slot(row.index, k - 1, *column[-1]) if column and column[-1][1] > column[-1][0] else None)
    out.grid.slots[-1] = slots
    out.lines.append(list(range(first, last + 1)))


_Cells = list[list[tuple[int, int]]]


def _row(tokens: list[Token], at: int, heads: list[Head]) -> tuple[_Cells, int, bool] | None:
    """The cells of the row that begins at token ``at`` by column, where it ends, whether its name is sure."""
    begin = at
    name = next(c for c, head in enumerate(heads) if head.kind in ("name", "weak_name"))
    cells: _Cells = [[] for _ in heads]
    labels: list[Token] = []
    parts, at = _parts(tokens, at, heads)
    begun = False  # with a number: what follows it is the name
    numbered = not parts or (len(parts) == 1 and any(head.kind == "serial" for head in heads))
    if at < len(tokens) and numbered and _SERIAL.fullmatch(tokens[at].text) and _parts(tokens, at + 1, heads)[0]:
        begun, labels, serial = True, parts, tokens[at]
        parts, at = _parts(tokens, at + 1, heads)
        column = next((c for c, head in enumerate(heads[:name]) if head.kind == "serial"), name)
        cells[column].append((serial.start, serial.end))
    if not parts:
        return None
    grouped = any(head.kind == "group" for head in heads)
    split = 0 if begun and not grouped else _split(parts, grouped)
    labels, parts = labels + parts[: split or 0], parts[split or 0 :]
    column = next((c for c, head in enumerate(heads[:name]) if head.kind == "group"), name)
    cells[column] = [(t.start, t.end) for t in labels] + cells[column]
    if split is None:  # kept as cells, but nothing is read from them
        cells[name] += [(t.start, t.end) for t in parts] + [(parts[-1].end, parts[-1].end)]
    else:
        cells[name].append((parts[0].start, parts[-1].end))
    values = 0
    for column in range(name + 1, len(heads)):
        kind = heads[column].kind
        token = tokens[at] if at < len(tokens) else None
        what = kind_of(token.text) if token else ""
        fits = (
            what in ("unit", "absent")
            if kind == "unit"
            else what in ("value", "absent") or (what == "text" and _worded(tokens, at, heads, column))
            if kind in VALUES
            else what == "nature"
            if kind == "nature"
            else what == "absent" or (kind in AGENCIES and what == "text")
        )
        if fits and token:
            cells[column].append((token.start, token.end))
            values += what == "value" and kind in VALUES
            at += 1
        elif kind not in ("nature", "other"):
            return None
    ends = at == len(tokens) or tokens[at].first > tokens[at - 1].last
    return (cells, at, split is not None) if values and ends and at > begin else None


def _parts(tokens: list[Token], at: int, heads: list[Head]) -> tuple[list[Token], int]:
    """The parts of a name from token ``at`` on; those on one line are one part."""
    out: list[Token] = []
    units = any(head.kind == "unit" for head in heads)
    while at < len(tokens) and len(out) <= _MOST_PARTS:
        token = tokens[at]
        kind = kind_of(token.text)
        if not (kind == "text" or (kind == "unit" and not units and not out)) or not _WORD.search(token.text):
            break
        if out and out[-1].last == token.first:
            last = out[-1]
            out[-1] = Token(last.start, token.end, last.first, token.last, last.text + token.text)
        else:
            out.append(token)
        at += 1
    return (out, at) if len(out) <= _MOST_PARTS else ([], at)


def _worded(tokens: list[Token], at: int, heads: list[Head], column: int) -> bool:
    """Whether a text may stand in a column of values (完成国家下达任务): the nature closes the row behind it."""
    left = len(heads) - column
    ahead = tokens[at + 1 : at + left]
    return (
        heads[-1].kind == "nature" and len(ahead) == left - 1 and kind_of(ahead[-1].text if ahead else "-") == "nature"
    )


def _split(parts: list[Token], grouped: bool) -> int | None:
    """How many of the parts are groups in front of the name; ``None`` where that is not sure."""
    split = 0
    for k in range(len(parts) - 1):
        torn, label = _torn(parts[k].text, parts[k + 1].text), _is_label(parts[k].text, grouped)
        if torn == label:
            whole, tail = ("".join(t.text for t in parts[at:]) for at in (split, k + 1))
            known, own = _known(whole), _known(tail)
            if not known and not own:
                return None
            label = known is None or known == own  # the part in front adds nothing to the indicator
        if label:
            split = k + 1
    return split


def _torn(a: str, b: str) -> bool:
    """Whether ``b`` goes on with the name that ``a`` begins."""
    return (
        a.count("（") > a.count("）")
        or a[-1] in "、和与及的/每"
        or b[0] in "、）的及和率量额数值"
        or len(b) <= 2
        or (b[0] == "（" and b[-1] == "）")
    )


def _is_label(a: str, grouped: bool) -> bool:
    """Whether a part is the name of a group of indicators."""
    return a in _labels() or bool(_LABEL.match(a)) or (grouped and len(a) <= 8)


@cache
def _labels() -> frozenset[str]:
    return frozenset(load("tables")["groups"])


def _known(name: str) -> str | None:
    from ipplan.normalize.indicators import identify

    return identify(re.sub("（[^（）]{1,8}）$", "", name)).id
