"""What comparing yields: ``ipplan-diff/1`` (two plans) and ``ipplan-compare/1`` (any number), as frozen pydantic models."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import ConfigDict, Field, JsonValue

from ipplan.model import Basis, Comparator, Frequency, Frozen, Number, Phase, Region, Target

DIFF_SCHEMA: Literal["ipplan-diff/1"] = "ipplan-diff/1"
COMPARE_SCHEMA: Literal["ipplan-compare/1"] = "ipplan-compare/1"

Mode = Literal["versions", "plans"]
Part = Literal["meta", "targets", "sections", "agencies", "phases"]
PARTS: tuple[Part, ...] = ("meta", "targets", "sections", "agencies", "phases")
TargetRelation = Literal["same", "higher", "lower", "earlier", "later", "not_comparable", "only_a", "only_b"]
SectionRelation = Literal["same", "moved", "reworded", "only_a", "only_b"]
PhaseRelation = Literal["same", "changed", "only_a", "only_b"]


class Side(Frozen):
    """One of the plans."""

    name: str
    title: str | None = None
    region: Region | None = None


class Place(Frozen):
    """Where something stands: section id and 1-based line."""

    section: str
    line: int


class MetaRow(Frozen):
    """A field of ``meta`` in which the plans differ."""

    field: str
    a: JsonValue = None
    b: JsonValue = None


class PlacedTarget(Target):
    """A target with the section it stands in."""

    section: str


class TargetRow(Frozen):
    """An indicator: the series of its targets in ``a`` and in ``b``, by deadline.

    ``relation`` says what ``b`` is, seen from ``a``, by the last target of each series; ``ratio`` is last b / last a.
    """

    indicator_id: str | None = None
    label: str
    relation: TargetRelation
    a: list[PlacedTarget] = []
    b: list[PlacedTarget] = []
    ratio: float | None = None
    reasons: list[str] = []


class SectionRef(Frozen):
    """A section: id, title and line."""

    id: str
    title: str | None = None
    line: int


class WordChange(Frozen):
    """Words of ``a`` and what stands for them in ``b``; one of the two may be empty."""

    a: str = ""
    b: str = ""


class SectionRow(Frozen):
    """A pair of sections, or one without a partner. ``moved`` also where a reworded one stands elsewhere."""

    relation: SectionRelation
    a: SectionRef | None = None
    b: SectionRef | None = None
    similarity: float | None = None
    moved: bool = False
    theme: str | None = None
    changes: list[WordChange] = Field([], description="old and new words; only between versions of one plan")


class RoleCounts(Frozen):
    """How often a department is named in each role."""

    lead: int = 0
    support: int = 0
    responsible: int = 0


class AgencyRow(Frozen):
    """A department (or, without one, a group by its name), with counts and places on both sides."""

    department: str
    a: RoleCounts
    b: RoleCounts
    places_a: list[Place] = []
    places_b: list[Place] = []


class PlacedPhase(Phase):
    """A phase with its section."""

    section: str


class PhaseRow(Frozen):
    """A pair of phases, or one without a partner."""

    relation: PhaseRelation
    a: PlacedPhase | None = None
    b: PlacedPhase | None = None


class PlanDiff(Frozen):
    """Two plans compared."""

    schema_: Literal["ipplan-diff/1"] = Field(DIFF_SCHEMA, alias="schema")
    mode: Mode
    a: Side
    b: Side
    meta: list[MetaRow] = []
    targets: list[TargetRow] = []
    sections: list[SectionRow] = []
    agencies: list[AgencyRow] = []
    phases: list[PhaseRow] = []

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def empty(self) -> bool:
        """Whether the plans differ in nothing: every row is ``same``."""
        rows = (*self.targets, *self.sections, *self.phases)
        return not self.meta and all(row.relation == "same" for row in rows) and all(r.a == r.b for r in self.agencies)

    def only(self, part: Part | None) -> PlanDiff:
        """This diff with the rows of one part, or of all."""
        if part is None:
            return self
        return self.model_copy(update={other: [] for other in PARTS if other != part})


class Cell(Frozen):
    """The last target of a plan for an indicator. ``rank``: 1 is the most ambitious of those that can be compared."""

    value: Number
    value_max: Number | None = None
    unit: str
    comparator: Comparator
    basis: Basis
    frequency: Frequency | None = None
    deadline: dt.date | None = None
    indicator: str
    section: str
    line: int
    rank: int | None = None
    per: dict[str, float] = Field({}, description="value divided by the columns of the user's table")
    per_rank: dict[str, int] = {}


class MatrixRow(Frozen):
    """An indicator and what each plan says of it, in the order of ``plans``."""

    indicator_id: str | None = None
    label: str
    unit: str
    theme: str | None = None
    polarity: Literal["higher", "lower", "none"] = "higher"
    cells: list[Cell | None]
    reasons: list[str] = Field([], description="why some cells have no rank")


class Gap(Frozen):
    """What a plan has no target for although at least half of the others have."""

    plan: str
    missing: list[str]


class PlanMatrix(Frozen):
    """Indicators × plans."""

    schema_: Literal["ipplan-compare/1"] = Field(COMPARE_SCHEMA, alias="schema")
    plans: list[Side]
    per: list[str] = []
    rows: list[MatrixRow] = []
    gaps: list[Gap] = []

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
