"""Items without a noun of their own: what they say is said of the item, the verb or the clause before."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.actions import action_at
from ipplan.parse.exclusions import is_rejected
from ipplan.parse.forms import finish
from ipplan.parse.grammar import GROWTH_UNITS, MONEY_UNITS, Before, Item, Raw, basis_of, comparator_of, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

#: 其中2021年1亿元、2022年1.5亿元
_OF_A_YEAR = pattern(rf" ?(?:其中)?[：，]?{YEAR} ?年(?:度|底|末)? ?")
_GROWN_TO = pattern("(?:扩大|增加|发展|扩展|拓展|壮大|提高|提升|增)[到至]$")


def kept(item: Item, raw: Raw) -> list[Raw]:
    """The target, unless it only has the form of one."""
    return [] if is_rejected(item.folded, raw, item.before, subsidy=item.subsidy) else [raw]


def without_noun(item: Item) -> list[Raw]:
    """力争5%, 年均增长10%: said of the indicator of the item before, or of the subject of the clause before."""
    before, quantity, last = item.before, item.quantity, item.state.last
    rising = item.state.rising and (before.compared or before.reached)
    last = None if item.state.named or rising else last
    fold = quantity.kind == "fold"
    if last and _OF_A_YEAR.fullmatch(item.folded, before.from_, quantity.start):
        last = item.state.units.get(quantity.unit)
        if not last or not quantity.strong or last.basis in ("growth", "reduction"):
            return []
        raw = Raw(last.noun, quantity.start, quantity, quantity.comparator or "eq", rule="year by year")
        raw.noun_text, raw.end, raw.action, raw.basis = last.noun_text, quantity.end, last.action, "level"
        if basis_of(last.action):
            raw.basis = "increment"
        return kept(item, raw)
    said = before.compared or before.commitment or before.reached or before.basis or fold
    if last and said and (_same_measure(last, quantity, before) or fold or before.basis in ("growth", "reduction")):
        comparator = before.comparator or quantity.comparator or "eq"
        raw = Raw(last.noun, quantity.start, quantity, comparator, rule="indicator of the item before")
        raw.noun_text, raw.end, raw.action = last.noun_text, quantity.end, last.action
        raw.basis = "growth" if fold else before.basis or basis_of(before.post_action) or last.basis
        own = before.post_action or (before.action if before.ends_in_verb else None)
        said = item.folded[before.from_ : quantity.start]
        grown = _GROWN_TO.search(said) is not None or (before.reached and words("scope").inside(said))
        raw.action = own or (None if quantity.unit in GROWTH_UNITS or grown else raw.action)
        if grown and raw.basis == "increment":
            raw.basis = "level"  # 新增20家、2027年扩大到100家
        if before.ends_in_verb and before.action and before.start >= before.from_:
            raw.start = before.start  # 每年支持15个，｜累计培育100个
        raw.frequency = before.frequency or (last.frequency if raw.basis != "cumulative" else None)
        if last.quantity.unit != quantity.unit and not fold and not before.basis:
            raw.basis, raw.frequency = "level", before.frequency  # 提高5个百分点，达到62%
        raw.commitment = before.commitment
        return kept(item, raw)
    if item.state.subject and (before.basis or rising or (item.state.named and quantity.strong)):
        comparator = comparator_of(before.comparator, quantity)
        raw = Raw(item.state.subject, before.from_, quantity, comparator, rule="subject of the clause before")
        raw.end = quantity.end
        return [finish(raw, before, None, before.basis, item.state)]
    if item.state.passed and quantity.unit in MONEY_UNITS and (before.compared or before.frequency):
        fund = _fund(item.folded, *item.state.passed)
        if fund:
            comparator = comparator_of(before.comparator, quantity)
            raw = Raw(fund, max(before.start, before.from_), quantity, comparator, rule="fund of the clause before")
            raw.end = quantity.end
            return kept(item, finish(raw, before, before.action, before.basis, item.state))
    alike = quantity.unit in words("event_units") or (last is not None and last.quantity.unit == quantity.unit)
    often = quantity.unit in words("event_units") and (before.comparator or before.frequency)
    if item.state.passed and often and not before.ends_in_verb:
        event = _event(item.folded, *item.state.passed)
        if event:
            raw = Raw(event[1], before.start, quantity, comparator_of(before.comparator, quantity), rule="event before")
            raw.start = max(raw.start, before.from_) if raw.start >= 0 else quantity.start
            raw.end = quantity.end
            return kept(item, finish(raw, before, event[0], "level", item.state))
    if before.ends_in_verb and before.action and quantity.strong and alike:
        # 培训600人次: what is done is what is counted.
        comparator = comparator_of(before.comparator, quantity)
        verb = before.noun[0] - len(before.action), before.noun[0]
        more = "再" in item.folded[before.from_ : verb[1]]
        if last and last.quantity.unit == quantity.unit and (more or before.action == last.action):
            # 2024年建成基地3万亩，2025年再建2万亩; 上半年建成工作站3个，年底前建成5个
            raw = Raw(last.noun, verb[0], quantity, comparator, rule="indicator of the item before")
            raw.noun_text, raw.end = last.noun_text, quantity.end
            basis = "increment" if more else before.basis or basis_of(before.action) or "level"
            return kept(item, finish(raw, before, before.action, basis, item.state))
        if item.folded[slice(*verb)] == before.action:
            raw = Raw(verb, before.start, quantity, comparator, rule="verb quantity")
            raw.end = quantity.end
            return kept(item, finish(raw, before, None, before.basis, item.state))
    return []


def _event(folded: str, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """The verb and noun of the clause before: 面向企业开展｜培训，每年不少于12场."""
    found = [(at, word) for at, word in words("actions").find(folded, start, end) if action_at(folded, at, end)]
    for at, word in found:
        if 2 <= end - at - len(word) <= 24 and word in words("holding"):
            return word, (at + len(word), end)
    return None


_FUND = pattern("(?:资金|基金|经费)$")


def _fund(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The money that the clause before provides: 省财政统筹安排｜专项资金，每年不低于3000万元."""
    if not _FUND.search(folded, start, end):
        return None
    start += len(folded[start:end]) - len(folded[start:end].lstrip())
    behind = [at + len(word) for at, word in words("actions").find(folded, start, end)]
    lead = words("adverbs").at(folded, start, end)
    at = max([k for k in behind if 4 <= end - k <= 24], default=start + len(lead or ""))
    return (at, end) if end - at <= 30 else None


def _same_measure(last: Raw, quantity: Quantity, before: Before) -> bool:
    """Whether a quantity without a noun can tell more of the indicator before: 提高5个百分点，｜达到62%."""
    if last.quantity.unit == quantity.unit:
        return True
    if quantity.kind == "rank":
        return True  # 比重提高到14.5%，力争｜进入全国前四
    if not (before.reached or before.basis == "cumulative") or last.basis not in ("growth", "reduction"):
        return False
    return quantity.unit == "%" if last.quantity.unit == "百分点" else quantity.unit not in GROWTH_UNITS
