"""A comparison as CSV for spreadsheets: BOM, CRLF, one line per row, no cell that would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ipplan.compare.model import MatrixRow, PlacedTarget, PlanDiff, PlanMatrix, SectionRef
from ipplan.compare.render.words import amount, harmless, plain, value_words

_HEAD = ("part", "relation", "indicator_id", "label", "a_section", "a_line", "a", "a_value", "a_unit", "a_deadline",
         "b_section", "b_line", "b", "b_value", "b_unit", "b_deadline", "ratio", "reasons")  # fmt: skip
Line = tuple[object, ...]


def render(result: PlanDiff | PlanMatrix) -> str:
    """Text with a BOM in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in _diff(result) if isinstance(result, PlanDiff) else matrix_lines(result):
        writer.writerow(["" if v is None else harmless(v) if isinstance(v, str) else v for v in line])
    return "\ufeff" + out.getvalue()


def _diff(diff: PlanDiff) -> Iterator[Line]:
    yield _HEAD
    for m in diff.meta:
        yield (
            "meta",
            "changed",
            "",
            m.field,
            "",
            "",
            value_words(m.a),
            "",
            "",
            "",
            "",
            "",
            value_words(m.b),
            "",
            "",
            "",
            "",
            "",
        )
    for t in diff.targets:
        for i in range(max(len(t.a), len(t.b))):
            a, b = (side[i] if i < len(side) else None for side in (t.a, t.b))
            told = (t.ratio, "; ".join(t.reasons)) if i == 0 else ("", "")
            yield ("targets", t.relation, t.indicator_id, t.label, *_target(a), *_target(b), *told)
    for s in diff.sections:
        label = (s.a or s.b or SectionRef(id="", line=0)).title
        words = "; ".join(f"{c.a} → {c.b}" for c in s.changes)
        yield ("sections", s.relation, "", label, *_section(s.a), *_section(s.b), s.similarity, words)
    for r in diff.agencies:
        relation = "same" if r.a == r.b else "changed"
        sides: list[object] = []
        for counts, places in ((r.a, r.places_a), (r.b, r.places_b)):
            told_counts = f"lead {counts.lead}, support {counts.support}, responsible {counts.responsible}"
            ids, lines = (" ".join(str(getattr(p, k)) for p in places) for k in ("section", "line"))
            sides += [ids, lines, told_counts, sum(dict(counts).values()), "", ""]
        yield ("agencies", relation, "", r.department, *sides, "", "")
    for p in diff.phases:
        row: list[object] = []
        for phase in (p.a, p.b):
            row += [phase.section, phase.line, phase.name, phase.start, "", phase.end] if phase else [""] * 6
        yield ("phases", p.relation, "", (p.a or p.b).name if p.a or p.b else "", *row, "", "")  # type: ignore[union-attr]


def _target(target: PlacedTarget | None) -> Line:
    if target is None:
        return ("",) * 6
    return (target.section, target.line, amount(target), target.value, target.unit, target.deadline)


def _section(ref: SectionRef | None) -> Line:
    return (ref.id, ref.line, ref.title, "", "", "") if ref else ("",) * 6


def matrix_lines(matrix: PlanMatrix) -> Iterator[Line]:
    """The matrix with real numbers: for each plan value, unit, deadline, rank, place and the divided values."""
    fields = ("value", "unit", "basis", "frequency", "deadline", "rank", "section", "line")
    head: list[object] = ["indicator_id", "indicator", "theme", "polarity"]
    for side in matrix.plans:
        head += [f"{side.name} {field}" for field in (*fields, *(f"per {column}" for column in matrix.per))]
    yield (*head, "note")
    for row in matrix.rows:
        facts = (row.indicator_id, row.label, row.theme, row.polarity)
        yield (*facts, *_cells(row, fields, matrix.per), "; ".join(row.reasons))


def _cells(row: MatrixRow, fields: tuple[str, ...], per: list[str]) -> Iterator[object]:
    for cell in row.cells:
        for field in fields:
            yield getattr(cell, field) if cell else ""
        for column in per:
            yield plain(cell.per[column]) if cell and column in cell.per else ""
