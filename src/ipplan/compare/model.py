"""What comparing yields: ``ipplan-diff/1`` (two plans) and ``ipplan-compare/1`` (any number), as frozen models."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from ipplan.draft import Basis, Comparator, Frequency
from ipplan.model import Frozen, Number, Phase, Region, Target

DIFF_SCHEMA: Literal["ipplan-diff/1"] = "ipplan-diff/1"
COMPARE_SCHEMA: Literal["ipplan-compare/1"] = "ipplan-compare/1"

Mode = Literal["versions", "plans"]
Part = Literal["meta", "targets", "sections", "agencies", "phases"]
PARTS: tuple[Part, ...] = ("meta", "targets", "sections", "agencies", "phases")
TargetRelation = Literal["same", "higher", "lower", "earlier", "later", "not_comparable", "only_a", "only_b"]
SectionRelation = Literal["same", "moved", "reworded", "only_a", "only_b"]
PhaseRelation = Literal["same", "changed", "only_a", "only_b"]


class Lazy(Frozen, BaseModel):
    """A frozen model that pydantic builds when it is first validated or dumped: a text diff never pays for that."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Side(Lazy):
    """One of the plans."""

    name: str
    title: str | None = None
    region: Region | None = None


class Place(Lazy):
    """Where something stands: section id and 1-based line."""

    section: str
    line: int


class MetaRow(Lazy):
    """A field of ``meta`` in which the plans differ."""

    field: str
    a: JsonValue = None
    b: JsonValue = None


class PlacedTarget(Target):
    """A target with the section it stands in."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    section: str


class TargetRow(Lazy):
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


class SectionRef(Lazy):
    """A section: id, title and line."""

    id: str
    title: str | None = None
    line: int


class WordChange(Lazy):
    """Words of ``a`` and what stands for them in ``b``; one of the two may be empty."""

    a: str = ""
    b: str = ""


class SectionRow(Lazy):
    """A pair of sections, or one without a partner. ``moved`` also where a reworded one stands elsewhere."""

    relation: SectionRelation
    a: SectionRef | None = None
    b: SectionRef | None = None
    similarity: float | None = None
    moved: bool = False
    theme: str | None = None
    changes: list[WordChange] = Field([], description="old and new words; only between versions of one plan")


class RoleCounts(Lazy):
    """How often a department is named in each role."""

    lead: int = 0
    support: int = 0
    responsible: int = 0


class AgencyRow(Lazy):
    """A department (or, without one, a group by its name), with counts and places on both sides."""

    department: str
    a: RoleCounts
    b: RoleCounts
    places_a: list[Place] = []
    places_b: list[Place] = []


class PlacedPhase(Phase):
    """A phase with its section."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    section: str


class PhaseRow(Lazy):
    """A pair of phases, or one without a partner."""

    relation: PhaseRelation
    a: PlacedPhase | None = None
    b: PlacedPhase | None = None


class PlanDiff(Lazy):
    """Two plans compared."""

    schema_: Literal["ipplan-diff/1"] = Field(DIFF_SCHEMA, alias="schema")
    mode: Mode
    vocabulary: str | None = Field(None, description="name and hash of a vocabulary other than the built-in one")
    a: Side
    b: Side
    meta: list[MetaRow] = []
    targets: list[TargetRow] = []
    sections: list[SectionRow] = []
    agencies: list[AgencyRow] = []
    phases: list[PhaseRow] = []

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    @property
    def empty(self) -> bool:
        """Whether the plans differ in nothing: every row is ``same``."""
        relations: list[str] = [row.relation for row in self.targets]
        relations += [row.relation for row in self.sections]
        relations += [row.relation for row in self.phases]
        return not self.meta and set(relations) <= {"same"} and all(row.a == row.b for row in self.agencies)

    def only(self, *parts: Part) -> PlanDiff:
        """This diff with the rows of some parts; of all where none is named."""
        if not parts:
            return self
        return self.model_copy(update={other: [] for other in PARTS if other not in parts})


class Cell(Lazy):
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


class MatrixRow(Lazy):
    """An indicator and what each plan says of it, in the order of ``plans``."""

    indicator_id: str | None = None
    label: str
    unit: str
    theme: str | None = None
    polarity: Literal["higher", "lower", "none"] = "higher"
    cells: list[Cell | None]
    reasons: list[str] = Field([], description="why some cells have no rank")


class Gap(Lazy):
    """What a plan has no target for although at least half of the others have."""

    plan: str
    missing: list[str]


class PlanMatrix(Lazy):
    """Indicators × plans."""

    schema_: Literal["ipplan-compare/1"] = Field(COMPARE_SCHEMA, alias="schema")
    vocabulary: str | None = Field(None, description="name and hash of a vocabulary other than the built-in one")
    plans: list[Side]
    per: list[str] = []
    rows: list[MatrixRow] = []
    gaps: list[Gap] = []

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
