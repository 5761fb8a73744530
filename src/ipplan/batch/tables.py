"""The tidy tables of a corpus, described column by column, and the rows of a plan in them.

One literal table of tables: the DuckDB schema, the Parquet files, ``docs/corpus.md`` and ``ipplan corpus schema`` follow it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ipplan.model import Plan, Section

#: Version of the tables; kept in ``corpus_info``.
CORPUS = "ipplan-corpus/1"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, DuckDB type and meaning; ``made_by_corpus`` where it takes a corpus to know it."""

    name: str
    type: str
    meaning: str
    made_by_corpus: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, and its columns."""

    row: str
    columns: tuple[Column, ...]


_PLAN = Column("plan_id", "INTEGER", "the plan: number in the order of `path`", made_by_corpus=True)
_SECTION = Column("section_id", "VARCHAR", "the section it stands in: `sections.section_id` of the same plan")
_SEQ = Column("seq", "INTEGER", "number within the plan, from 1, in text order")
_LINE = Column("line", "INTEGER", "1-based line in the source text")
_SPAN = (
    Column("span_start", "INTEGER", "first character in the source text (code points, from 0)"),
    Column("span_end", "INTEGER", "end in the source text, not included"),
)
_DEADLINE = (
    Column("deadline", "DATE", "last day by which it holds"),
    Column("deadline_from", "VARCHAR", "where the deadline comes from: `text` `assignment` `section` `phase` `plan`"),
)

TABLES: dict[str, Table] = {
    "plans": Table(
        "one plan",
        (
            _PLAN,
            Column("path", "VARCHAR", "the plan's file in the output folder, `/` between parts", made_by_corpus=True),
            Column("name", "VARCHAR", "file name of the source"),
            Column("format", "VARCHAR", "format of the source: `txt` `md` `html` `docx` `pdf` …"),
            Column("encoding", "VARCHAR", "encoding of the source"),
            Column("sha256", "VARCHAR", "SHA-256 of the source's bytes"),
            Column("chars", "INTEGER", "characters of the source text"),
            Column("vocabulary", "VARCHAR", "name and hash of a vocabulary other than the built-in one"),
            Column("title", "VARCHAR", "the plan's own title"),
            Column("doc_number", "VARCHAR", "文号"),
            Column("issuers", "VARCHAR[]", "发文机关"),
            Column("recipients", "VARCHAR[]", "主送机关"),
            Column("issued_on", "DATE", "成文日期"),
            Column("published_on", "DATE", "发布日期"),
            Column("index_number", "VARCHAR", "索引号"),
            Column("status", "VARCHAR", "`issued` or `draft`"),
            Column("region_name", "VARCHAR", "行政区划 of the issuer"),
            Column("region_code", "VARCHAR", "its GB/T 2260 code, 6 digits"),
            Column("region_level", "VARCHAR", "`nation` `province` `city` `county` `zone` `town`"),
            Column("period_start", "DATE", "first day of the years the plan gives itself"),
            Column("period_end", "DATE", "last day of them"),
            Column("attachments", "VARCHAR[]", "附件 titles"),
            Column(
                "content_hash",
                "VARCHAR",
                "SHA-256 of the normalised text (NFKC, letters and digits only): equal for the same plan from several sites",
                made_by_corpus=True,
            ),
            Column(
                "near_group",
                "INTEGER",
                "smallest `plan_id` of the near-duplicates it belongs to (MinHash); NULL if there are none",
                made_by_corpus=True,
            ),
        ),
    ),
    "sections": Table(
        "one section",
        (
            _PLAN,
            _SEQ,
            Column("section_id", "VARCHAR", "path of the ordinals, unique within the plan: `4.2.4`"),
            Column("parent_id", "VARCHAR", "`section_id` of the section it stands in; NULL at the top"),
            Column("marker", "VARCHAR", "as written: `四、` `（二）`"),
            Column("level", "INTEGER", "depth in the tree, 1 at the top"),
            Column("title", "VARCHAR", "heading or run-in heading"),
            Column("role", "VARCHAR", "`preamble` `guidance` `principles` `objectives` `tasks` `schedule` …"),
            Column("text", "VARCHAR", "its own paragraphs, joined by line ends"),
            _LINE,
            *_SPAN,
        ),
    ),
    "targets": Table(
        "one quantified commitment",
        (
            _PLAN,
            _SEQ,
            _SECTION,
            Column("indicator", "VARCHAR", "what is counted, as written"),
            Column("indicator_id", "VARCHAR", "canonical indicator; NULL if the vocabulary has none"),
            Column("action", "VARCHAR", "the verb where it carries meaning: 新增 培育 …"),
            Column("comparator", "VARCHAR", "`ge` `gt` `le` `lt` `approx` `range` `eq`"),
            Column("value", "DOUBLE", "in the base unit; the lower end of a range"),
            Column("value_max", "DOUBLE", "the upper end of a range"),
            Column("unit", "VARCHAR", "unit of measure as written, without its multiplier"),
            Column("basis", "VARCHAR", "`increment` `cumulative` `growth` `reduction` `level`"),
            Column("frequency", "VARCHAR", "`annual` `quarterly` `monthly` `weekly` `daily`"),
            Column("commitment", "VARCHAR", "`firm` (确保) or `aspirational` (力争)"),
            Column("nature", "VARCHAR", "`binding` (约束性) or `expected` (预期性)"),
            Column("baseline_value", "DOUBLE", "the value it starts from"),
            Column("baseline_date", "DATE", "and when that was"),
            *_DEADLINE,
            Column("quote", "VARCHAR", "the exact words of the source"),
            _LINE,
            *_SPAN,
        ),
    ),
    "commitments": Table(
        "one promise without a number",
        (
            _PLAN,
            _SEQ,
            _SECTION,
            Column("kind", "VARCHAR", "`zero` `full_coverage` `abolish` `establish`"),
            *_DEADLINE,
            Column("quote", "VARCHAR", "the exact words of the source"),
            _LINE,
            *_SPAN,
        ),
    ),
    "assignments": Table(
        "one role in one responsibility bracket",
        (
            _PLAN,
            _SEQ,
            _SECTION,
            Column("role", "VARCHAR", "`lead` `support` `responsible`"),
            Column("deadline", "DATE", "the bracket's own 完成时限"),
            Column("agency_count", "INTEGER", "how many agencies it names"),
            _LINE,
            *_SPAN,
        ),
    ),
    "agencies": Table(
        "one agency named in an assignment",
        (
            _PLAN,
            Column("assignment", "INTEGER", "`assignments.seq` of the same plan"),
            Column("position", "INTEGER", "place in the list, from 1"),
            _SECTION,
            Column("role", "VARCHAR", "the assignment's role"),
            Column("name", "VARCHAR", "as named"),
            Column("alias", "VARCHAR", "the name in its alias bracket"),
            Column("department", "VARCHAR", "canonical department without level and region; NULL for groups (各镇街)"),
            Column("raw", "VARCHAR", "the exact words of the source"),
        ),
    ),
    "phases": Table(
        "one time phase",
        (
            _PLAN,
            _SEQ,
            _SECTION,
            Column("name", "VARCHAR", "its name; NULL if the plan gives only dates"),
            Column("start_on", "DATE", "first day"),
            Column("end_on", "DATE", "last day, included"),
            _LINE,
            *_SPAN,
        ),
    ),
    "citations": Table(
        "one document that the plan cites",
        (
            _PLAN,
            _SEQ,
            Column("title", "VARCHAR", "without 《》"),
            Column("doc_number", "VARCHAR", "文号, where it follows"),
        ),
    ),
    "diagnostics": Table(
        "one thing that was repaired, is doubtful or is wrong in the source",
        (
            _PLAN,
            _SEQ,
            Column("code", "VARCHAR", "`IPP` and three digits (`ipplan explain CODE`)"),
            Column("severity", "VARCHAR", "`error` `warning` `info`"),
            Column("message", "VARCHAR", "what is the matter"),
            Column("section_id", "VARCHAR", "the section, if it is in one"),
            _LINE,
            *_SPAN,
        ),
    ),
}

Row = dict[str, Any]


def walk(plan: Plan) -> Iterator[tuple[Section, str | None]]:
    """Every section in text order, with the id of the one it stands in."""
    todo: list[tuple[Section, str | None]] = [(s, None) for s in reversed(plan.sections)]
    while todo:
        section, parent = todo.pop()
        yield section, parent
        todo += [(child, section.id) for child in reversed(section.children)]


def _span(item: Any) -> Row:
    start, end = item.span if item.span is not None else (None, None)
    return {"line": item.line, "span_start": start, "span_end": end}


def _take(item: Any, *names: str) -> Row:
    return {name: getattr(item, name) for name in names}


def rows_of(plan: Plan) -> dict[str, list[Row]]:
    """The plan's rows in every table, without the columns that a corpus makes."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    rows["plans"].append(_plan_row(plan))
    for section, parent in walk(plan):
        own = {"section_id": section.id}
        head = {"seq": len(rows["sections"]) + 1, **own, "parent_id": parent}
        head |= _take(section, "marker", "level", "title", "role")
        rows["sections"].append(head | {"text": "\n".join(section.text)} | _span(section))
        for target in section.targets:
            rows["targets"].append({"seq": len(rows["targets"]) + 1, **own} | _target_row(target))
        for promise in section.commitments:
            fields = _take(promise, "kind", "deadline", "deadline_from", "quote")
            rows["commitments"].append({"seq": len(rows["commitments"]) + 1, **own} | fields | _span(promise))
        for assignment in section.assignments:
            number = len(rows["assignments"]) + 1
            fields = _take(assignment, "role", "deadline") | {"agency_count": len(assignment.agencies)}
            rows["assignments"].append({"seq": number, **own} | fields | _span(assignment))
            for i, agency in enumerate(assignment.agencies, 1):
                place = {"assignment": number, "position": i, **own, "role": assignment.role}
                rows["agencies"].append(place | _take(agency, "name", "alias", "department", "raw"))
        if section.phase is not None:
            p = section.phase
            fields = {"name": p.name, "start_on": p.start, "end_on": p.end}
            rows["phases"].append({"seq": len(rows["phases"]) + 1, **own} | fields | _span(p))
    for i, citation in enumerate(plan.meta.citations, 1):
        rows["citations"].append({"seq": i} | _take(citation, "title", "doc_number"))
    for i, d in enumerate(plan.diagnostics, 1):
        fields = _take(d, "code", "severity", "message") | {"section_id": d.section}
        rows["diagnostics"].append({"seq": i} | fields | _span(d))
    return rows


def _target_row(target: Any) -> Row:
    row = _take(
        target, "indicator", "indicator_id", "action", "comparator", "value", "value_max", "unit", "basis", "frequency",
        "commitment", "nature", "deadline", "deadline_from", "quote",
    )  # fmt: skip
    row["value"] = float(target.value)
    row["value_max"] = None if target.value_max is None else float(target.value_max)
    base = target.baseline
    row |= {"baseline_value": base and float(base.value), "baseline_date": base and base.date}
    return row | _span(target)


def _plan_row(plan: Plan) -> Row:
    row = _take(plan.source, "name", "format", "encoding", "sha256", "chars", "vocabulary")
    meta = plan.meta
    row |= _take(
        meta, "title", "doc_number", "issuers", "recipients", "issued_on", "published_on", "index_number", "status",
        "attachments",
    )  # fmt: skip
    region, period = meta.region, meta.period
    row |= {f"region_{name}": region and getattr(region, name) for name in ("name", "code", "level")}
    return row | {f"period_{name}": period and getattr(period, name) for name in ("start", "end")}
