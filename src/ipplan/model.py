"""The contract `ipplan/1` as frozen pydantic models: what a parsed plan is.

No I/O, no printing, no parsing. Field order is the order of the keys in YAML and JSON.

Conventions: a span is a half-open pair ``(start, end)`` of code-point offsets into the source text; a line is
1-based; a date is a calendar day (ISO 8601 when written); an absent value is ``None`` or an empty list.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ipplan.draft import (
    SCHEMA,
    AgencyRole,
    Basis,
    Comparator,
    DeadlineFrom,
    Frequency,
    Kind,
    RegionLevel,
    Role,
    Severity,
    Span,
    number,
)


def _plain_number(value: Any) -> Any:
    """Decimal → int where integral, else float, so that 23000 prints without ``.0``."""
    return value if value is None or isinstance(value, int | str) else number(value)


Number = Annotated[int | float, BeforeValidator(_plain_number)]


class Frozen(BaseModel):
    """Base of all contract objects: immutable, no unknown keys; validators are built when first needed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Source(Frozen):
    """Where the plan was read from."""

    name: str
    format: str
    encoding: str | None = None
    sha256: str
    chars: int
    vocabulary: str | None = Field(None, description="name and hash of a vocabulary other than the built-in one")


class Region(Frozen):
    """行政区划 (GB/T 2260) or development zone of the issuer."""

    name: str
    code: str | None = None
    level: RegionLevel


class Period(Frozen):
    """The years the plan gives itself, first and last day included; a side that is not stated is ``None``."""

    start: dt.date | None = None
    end: dt.date | None = None


class Citation(Frozen):
    """A document named in 《》, with its 文号 where that follows."""

    title: str
    doc_number: str | None = None


class Meta(Frozen):
    """About the document."""

    title: str | None = None
    doc_number: str | None = Field(None, description="文号")
    issuers: list[str] = Field([], description="发文机关")
    recipients: list[str] = Field([], description="主送机关")
    issued_on: dt.date | None = Field(None, description="成文日期")
    published_on: dt.date | None = Field(None, description="发布日期")
    index_number: str | None = Field(None, description="索引号")
    status: Literal["issued", "draft"] = "issued"
    region: Region | None = None
    period: Period | None = None
    citations: list[Citation] = []
    attachments: list[str] = Field([], description="附件")


class Baseline(Frozen):
    """The value a target starts from, where the plan gives one (由2020年的10件提高到…)."""

    value: Number
    date: dt.date | None = None


class Target(Frozen):
    """A quantified commitment (目标): a number the plan sets itself to reach, keep or do."""

    indicator: str
    indicator_id: str | None = None
    action: str | None = None
    comparator: Comparator = "eq"
    value: Number
    value_max: Number | None = None
    unit: str
    basis: Basis = "level"
    frequency: Frequency | None = None
    commitment: Literal["firm", "aspirational"] | None = None
    nature: Literal["binding", "expected"] | None = None
    baseline: Baseline | None = None
    deadline: dt.date | None = None
    deadline_from: DeadlineFrom | None = None
    quote: str
    span: Span
    line: int


class Commitment(Frozen):
    """A promise that can be checked but has no number (清零, 全覆盖, 全面取消, 建成)."""

    kind: Literal["zero", "full_coverage", "abolish", "establish"]
    deadline: dt.date | None = None
    deadline_from: DeadlineFrom | None = None
    quote: str
    span: Span
    line: int


class Agency(Frozen):
    """One 责任单位 as named in an assignment."""

    name: str
    alias: str | None = None
    department: str | None = None
    raw: str


class Assignment(Frozen):
    """Who is responsible (责任分工): one per role per bracket."""

    role: AgencyRole
    agencies: list[Agency] = []
    deadline: dt.date | None = None
    span: Span
    line: int


class Phase(Frozen):
    """A time phase (阶段), first and last day included."""

    name: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    span: Span
    line: int


class Section(Frozen):
    """A numbered section of the plan."""

    id: str
    marker: str | None = None
    level: int
    title: str | None = None
    role: Role | None = None
    text: list[str] = []
    targets: list[Target] = []
    commitments: list[Commitment] = []
    assignments: list[Assignment] = []
    phase: Phase | None = None
    children: list[Section] = []
    span: Span
    line: int


class Diagnostic(Frozen):
    """What was repaired, is doubtful or is wrong in the source, with its place."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    line: int | None = None
    section: str | None = None


class KindSpan(Frozen):
    """A stretch of source text and its one primary kind (written by ``--full``)."""

    kind: Kind
    span: Span
    line: int


class Plan(Frozen):
    """A parsed plan."""

    schema_: Literal["ipplan/1"] = Field(SCHEMA, alias="schema")
    source: Source
    meta: Meta
    sections: list[Section] = []
    diagnostics: list[Diagnostic] = []
    spans: list[KindSpan] | None = Field(
        None, description="primary kinds of all non-blank characters; only with --full"
    )

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
