"""Primary kinds: every non-blank character of the source has exactly one (contract, rule 1).

The ledger is painted from what was read: nothing is filled in afterwards, so a character that no part of the parser has
accounted for shows as unaccounted.
"""

from __future__ import annotations

import re

from ipplan.draft import Kind, KindSpan
from ipplan.patterns import pattern
from ipplan.records import field, record
from ipplan.text import ZERO_WIDTH, Passage, SourceText

KINDS: tuple[Kind, ...] = ("meta", "marker", "title", "text", "phase", "assignment", "punctuation", "furniture")
_CODE = {kind: i for i, kind in enumerate(KINDS, 1)}
_BLANK = pattern(r"[\s" + ZERO_WIDTH + "]")


@record
class Ledger:
    """One byte per character of the source: 0 for none yet, else the number of its kind."""

    source: SourceText
    cells: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.cells = bytearray(len(self.source.raw))

    def paint(self, start: int, end: int, kind: Kind) -> None:
        """Give the source span ``[start, end)`` its kind."""
        if end > start:
            self.cells[start:end] = bytes((_CODE[kind],)) * (end - start)

    def paint_passage(self, passage: Passage, i: int, j: int, kind: Kind) -> None:
        """Give the healed characters ``i`` … ``j - 1`` their kind."""
        for start, end in passage.cut(i, j):
            self.paint(start, end, kind)

    def fill(self, start: int, end: int, kind: Kind) -> None:
        """Give what has no kind yet in ``[start, end)`` this one (marks between the pieces of a passage)."""
        code = _CODE[kind]
        cells = self.cells
        for i in range(start, end):
            if not cells[i]:
                cells[i] = code

    def spans(self) -> list[KindSpan]:
        """Maximal stretches of one kind, blanks between two stretches of a kind included."""
        out: list[KindSpan] = []
        for code, start, end in self._runs():
            if code:
                out.append(KindSpan(kind=KINDS[code - 1], span=(start, end), line=self.source.line_of(start)))
        return out

    def unaccounted(self) -> list[tuple[int, int]]:
        """Stretches of non-blank characters without a kind."""
        return [(start, end) for code, start, end in self._runs() if not code]

    def counts(self) -> dict[str, int]:
        """Non-blank characters per kind, and ``unaccounted``."""
        out = dict.fromkeys([*KINDS, "unaccounted"], 0)
        for code, start, end in self._runs():
            n = sum(1 for c in self.source.raw[start:end] if not _BLANK.match(c))
            out[KINDS[code - 1] if code else "unaccounted"] += n
        return out

    def _runs(self) -> list[tuple[int, int, int]]:
        """``(code, start, end)`` of maximal runs; blank characters belong to the run they stand in, not at its ends."""
        raw, cells = self.source.raw, self.cells
        out: list[tuple[int, int, int]] = []
        for found in re.finditer(r"[^\s" + ZERO_WIDTH + "]+", raw):
            at = found.start()
            while at < found.end():
                code, stop = cells[at], at + 1
                while stop < found.end() and cells[stop] == code:
                    stop += 1
                if out and out[-1][0] == code and not raw[out[-1][2] : at].strip(" \u3000\u00a0" + ZERO_WIDTH):
                    out[-1] = (code, out[-1][1], stop)
                else:
                    out.append((code, at, stop))
                at = stop
        return out
