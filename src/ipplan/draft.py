"""What the parser puts together: the plain counterpart of each model of the contract, and the contract's closed sets of words.

A draft has the names and the order of its model, which a test demands, and takes no validator: the command
line writes drafts as they are (importing pydantic takes longer than reading a plan), the library makes models of them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from ipplan.records import fields, record

SCHEMA: Literal["ipplan/1"] = "ipplan/1"

Span = tuple[int, int]
Role = Literal["preamble", "guidance", "principles", "objectives", "tasks", "schedule", "safeguards", "annex"]
Comparator = Literal["ge", "gt", "le", "lt", "approx", "range", "eq"]
Basis = Literal["increment", "cumulative", "growth", "reduction", "level"]
Frequency = Literal["annual", "quarterly", "monthly", "weekly", "daily"]
DeadlineFrom = Literal["text", "assignment", "section", "phase", "plan"]
AgencyRole = Literal["lead", "support", "responsible"]
RegionLevel = Literal["nation", "province", "city", "county", "zone", "town"]
Severity = Literal["error", "warning", "info"]
Kind = Literal["meta", "marker", "title", "text", "phase", "assignment", "punctuation", "furniture"]


@record(frozen=True)
class Source:
    name: str
    format: str
    encoding: str | None
    sha256: str
    chars: int
    vocabulary: str | None = None


@record(frozen=True)
class Region:
    name: str
    code: str | None
    level: RegionLevel


@record(frozen=True)
class Period:
    start: dt.date | None = None
    end: dt.date | None = None


@record(frozen=True)
class Citation:
    title: str
    doc_number: str | None = None


@record(frozen=True)
class Meta:
    title: str | None
    doc_number: str | None
    issuers: list[str]
    recipients: list[str]
    issued_on: dt.date | None
    published_on: dt.date | None
    index_number: str | None
    status: Literal["issued", "draft"]
    region: Region | None
    period: Period | None
    citations: list[Citation]
    attachments: list[str]


@record(frozen=True)
class Baseline:
    value: int | float
    date: dt.date | None = None


@record(frozen=True)
class Target:
    indicator: str
    indicator_id: str | None
    action: str | None
    comparator: Comparator
    value: int | float
    value_max: int | float | None
    unit: str
    basis: Basis
    frequency: Frequency | None
    commitment: Literal["firm", "aspirational"] | None
    nature: Literal["binding", "expected"] | None
    baseline: Baseline | None
    deadline: dt.date | None
    deadline_from: DeadlineFrom | None
    quote: str
    span: Span
    line: int


@record(frozen=True)
class Commitment:
    kind: Literal["zero", "full_coverage", "abolish", "establish"]
    deadline: dt.date | None
    deadline_from: DeadlineFrom | None
    quote: str
    span: Span
    line: int


@record(frozen=True)
class Agency:
    name: str
    alias: str | None
    department: str | None
    raw: str


@record(frozen=True)
class Assignment:
    role: AgencyRole
    agencies: list[Agency]
    deadline: dt.date | None
    span: Span
    line: int


@record(frozen=True)
class Phase:
    name: str | None
    start: dt.date | None
    end: dt.date | None
    span: Span
    line: int


@record(frozen=True)
class Section:
    id: str
    marker: str | None
    level: int
    title: str | None
    role: Role | None
    text: list[str]
    targets: list[Target]
    commitments: list[Commitment]
    assignments: list[Assignment]
    phase: Phase | None
    children: list[Section]
    span: Span
    line: int


@record(frozen=True)
class Diagnostic:
    code: str
    severity: Severity
    message: str
    span: Span | None
    line: int | None
    section: str | None


@record(frozen=True)
class KindSpan:
    kind: Kind
    span: Span
    line: int


@record(frozen=True)
class Plan:
    schema_: Literal["ipplan/1"]
    source: Source
    meta: Meta
    sections: list[Section]
    diagnostics: list[Diagnostic]
    spans: list[KindSpan] | None


#: Types of a draft's values that are data already; lists and drafts are not.
_PLAIN = frozenset({str, int, float, bool, type(None), dt.date, tuple})


def number(value: Decimal) -> int | float:
    """Decimal → int where integral, else float, so that 23000 prints without ``.0``."""
    return int(value) if value == int(value) else float(value)


def as_data(draft: Any) -> dict[str, Any]:
    """A draft as mappings, lists and plain values, as ``model_dump(by_alias=True)`` gives a model."""
    out = {}
    for key in fields(type(draft)):
        value = getattr(draft, key)
        if type(value) is list:
            value = [item if type(item) in _PLAIN else as_data(item) for item in value]
        elif type(value) not in _PLAIN:
            value = as_data(value)
        out[key] = value
    if "schema_" in out:
        out = {"schema": out.pop("schema_"), **out}
    return out
