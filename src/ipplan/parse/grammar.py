"""What the parts of the target grammar share: its words, its unit groups, a target as read, a sentence's state."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.parse.deadlines import Deadline
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern
from ipplan.records import field, record

MONEY_UNITS = frozenset(("元", "美元", "欧元"))
TIME_UNITS = frozenset(("小时", "分钟", "天", "个月", "工作日", "日", "周", "秒", "年"))
GROWTH_UNITS = frozenset(("%", "百分点", "倍", "‰", "成"))


@record
class Raw:
    """A target as read from one paragraph: everything but its deadline by scope. Offsets are into the paragraph."""

    noun: tuple[int, int]
    start: int
    quantity: Quantity
    comparator: str
    action: str | None = None
    basis: str = "level"
    frequency: str | None = None
    commitment: str | None = None
    nature: str | None = None
    baseline: tuple[Decimal, int | None] | None = None
    deadline: Deadline | None = None
    sentence: tuple[int, int] = (0, 0)
    rule: str = ""
    noun_text: str | None = None
    end: int = 0

    def __post_init__(self) -> None:
        self.end = max(self.quantity.end, self.noun[1])


_AND = pattern("[、和及]")
_PLACE_ENDS = tuple("省市区县旗州镇乡局所")


@record
class Before:
    """What was read in front of a quantity."""

    noun: tuple[int, int]
    start: int
    action: str | None = None
    comparator: str | None = None
    compared: bool = False
    reached: bool = False
    realized: bool = False  # 实现 leads: like 达 it ends the reach of the verb before
    basis: str | None = None
    frequency: str | None = None
    leading_frequency: bool = False
    commitment: str | None = None
    respectively: bool = False
    ends_in_verb: bool = False
    each: bool = False
    post_action: str | None = None
    share: bool = False
    ahead: bool = False  # a date to look ahead to opens it
    from_: int = 0
    owned: bool = False  # how often stands behind on whom it falls
    stop: int = 0  # where a frequency between subject and verb begins

    def ends_with_each(self, folded: str) -> bool:
        """Whether the noun names those of whom each has the number: 湖滨区、陕州区各｜15件."""
        noun = folded[slice(*self.noun)]
        each = noun.endswith("各") or folded.startswith("各", self.noun[1])
        places = _AND.split(noun.removesuffix("各")) if each else []
        return bool(places) and all(1 < len(place) < 10 and place.endswith(_PLACE_ENDS) for place in places)

    def begin(self, at: int) -> None:
        """The item begins at ``at``, unless it began before."""
        self.start = at if self.start < 0 else self.start


@record
class State:
    """What a sentence has said so far and later items inherit."""

    action: str | None = None
    basis: str | None = None
    frequency: str | None = None
    commitment: str | None = None
    last: Raw | None = None
    levels: list[Raw] = field(default_factory=list)  # the items that state a level, in order
    reported: bool = False  # the clause before tells what there is
    series: int = 0  # how many values of one indicator the series before had
    subject: tuple[int, int] | None = None
    named: bool = False  # the subject stands in front of a colon
    owned: bool = False  # the frequency is that of a list of one clause
    rising: bool = False  # it is said to rise or fall
    passed: tuple[int, int] | None = None  # the clause before, where it has no quantity
    units: dict[str, Raw] = field(default_factory=dict)  # the last item of each unit
    acts: dict[tuple[str, str], Raw] = field(default_factory=dict)  # the last item of each verb and unit
    waiting: list[Raw] = field(default_factory=list)  # 2024年完成3家: items whose noun a later one names
    recent: list[Raw] = field(default_factory=list)  # the items of the clause before


@record
class Item:
    """A quantity and what stands around it: ``limit`` is the next quantity's start, ``end`` that of the clause."""

    folded: str
    flat: str
    quantity: Quantity
    before: Before
    following: Quantity | None
    limit: int
    end: int
    state: State
    subsidy: bool


@cache
def words(kind: str) -> WordSet:
    """The words of one list of the grammar, or all of a table of lists."""
    listed = load("grammar")[kind]
    return WordSet(table(kind) if isinstance(listed, dict) else listed)


@cache
def table(kind: str) -> dict[str, str]:
    """Word → name of its list."""
    return {word: name for name, listed in load("grammar")[kind].items() for word in listed}


@cache
def letters(kind: str) -> dict[str, str]:
    """Word → the characters that, next to it, make it part of a longer word."""
    found: dict[str, str] = load("grammar")[kind]
    return found


@cache
def endings(kind: str) -> tuple[str, ...]:
    """A list of the grammar as ``str.endswith`` takes it."""
    return tuple(load("grammar")[kind])


def basis_of(action: str | None) -> str | None:
    """What a verb makes of a number that says nothing itself: 新增900件 is an increment."""
    if action is None:
        return None
    first = action[: min((k for k, char in enumerate(action) if char in "和与、并"), default=len(action))]
    more = first.startswith(("新增", "净增", "增加")) or words("increment_actions").before(first, len(first))
    return "increment" if more else None


def comparator_of(said: str | None, quantity: Quantity) -> str:
    """The comparator of both sides: 控制在61万吨以上 is ``ge``, 超过90%以上 stays ``gt``."""
    if said == "le" and quantity.comparator in ("ge", "approx"):
        return "le" if quantity.comparator == "approx" else "ge"
    return said or quantity.comparator or "eq"
