"""Quantities without a noun: said of the indicator of the item before, of the clause before, or of a verb alone."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.actions import action_at
from ipplan.parse.comparators import YEAR_BEFORE
from ipplan.parse.exclusions import kept
from ipplan.parse.forms import finish
from ipplan.parse.grammar import GROWTH_UNITS, MONEY_UNITS, Before, Item, Raw, basis_of, comparator_of, endings, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

#: 其中2021年1亿元、2022年1.5亿元
_OF_A_YEAR = pattern(rf" ?(?:其中)?[：，]?{YEAR} ?年(?:度|底|末)? ?")


#: Weak units of what a name in front of a colon measures.
_MEASURES = frozenset(("分", "天", "个月", "工作日", "小时", "分钟", "批"))


#: Characters between a name and its value where nothing but a colon stands there.
_COLON = 3


def without_noun(item: Item) -> list[Raw]:
    """力争5%, 年均增长10%: said of the indicator of the item before, or of the subject of the clause before."""
    before, quantity, last = item.before, item.quantity, item.state.last
    last = None if item.state.named else last
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
    yearly = before.frequency is not None and last is not None and last.quantity.unit == quantity.unit in MONEY_UNITS
    said = said or yearly  # 6000万元，｜每年2000万元
    if last and said and (_same_measure(last, quantity, before) or fold or before.basis in ("growth", "reduction")):
        comparator = before.comparator or quantity.comparator or "eq"
        raw = Raw(last.noun, quantity.start, quantity, comparator, rule="indicator of the item before")
        raw.noun_text, raw.end, raw.action = last.noun_text, quantity.end, last.action
        raw.basis = "growth" if fold else before.basis or basis_of(before.post_action) or last.basis
        own = before.post_action or (before.action if before.ends_in_verb else None)
        raw.action = own or (None if quantity.unit in GROWTH_UNITS else raw.action)
        if before.ends_in_verb and before.action and before.start >= before.from_:
            raw.start = before.start  # 每年支持15个，｜累计培育100个
        elif raw.start == quantity.start and (before.frequency or before.basis):
            raw.start = _said_from(item.folded, before.from_, quantity.start)
        raw.frequency = before.frequency or (last.frequency if raw.basis != "cumulative" else None)
        if yearly and raw.basis == "cumulative" and not before.basis:
            raw.basis = "level"  # 累计3000万元，每年1000万元
        if last.quantity.unit != quantity.unit and not fold and not before.basis:
            raw.basis, raw.frequency = "level", before.frequency  # 提高5个百分点，达到62%
        raw.commitment = before.commitment
        return kept(item, raw)
    named = item.state.named and item.state.subject is not None and (quantity.strong or _measured(item, quantity))
    if item.state.subject and (before.basis or named):
        comparator = comparator_of(before.comparator, quantity)
        near = quantity.start - item.state.subject[1] <= _COLON
        begin = item.state.subject[0] if item.state.named and near else before.from_
        raw = Raw(item.state.subject, begin, quantity, comparator, rule="subject of the clause before")
        raw.end = quantity.end
        return [finish(raw, before, None, before.basis, item.state)]
    alike = quantity.unit in words("event_units") or (last is not None and last.quantity.unit == quantity.unit)
    often = quantity.unit in words("event_units") and (before.comparator or before.frequency)
    again = before.ends_in_verb and before.action is not None and before.action in words("holding")
    if item.state.passed and often and (again or not before.ends_in_verb):
        event = _event(item.folded, *item.state.passed)
        if event:
            event = before.action or event[0], event[1]  # 开展路演，每年｜举办10期
            before.action = None
            raw = Raw(event[1], before.start, quantity, comparator_of(before.comparator, quantity), rule="event before")
            raw.start = max(raw.start, before.from_) if raw.start >= 0 else quantity.start
            raw.end = quantity.end
            return kept(item, finish(raw, before, event[0], "level", item.state))
    bounded = before.compared or quantity.comparator is not None
    alike = alike or (bounded and before.action is not None and before.action in words("casework"))
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


def _measured(item: Item, quantity: Quantity) -> bool:
    """Whether what stands in front of a colon is measured in a unit that says little: 保护满意度：85分."""
    assert item.state.subject
    name = item.folded[slice(*item.state.subject)].rstrip(" ：")
    if quantity.unit not in _MEASURES or name.endswith("完成时限"):
        return False
    return name.endswith((*endings("metric_ends"), "天数", "排名", "得分"))


def _said_from(folded: str, start: int, end: int) -> int:
    """Where how often or what kind of change begins in front of a quantity: ，｜年均增长10%, ，｜每月至少1次."""
    found = [
        at + (word[0] == "年" and folded[at - 1] in YEAR_BEFORE)  # 2025年｜增长10%
        for kind in ("frequency", "basis")
        for at, word in words(kind).find(folded, start, end)
        if word != "年"
    ]
    return min(found, default=end)


def _event(folded: str, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """The verb and noun of the clause before: 面向企业开展｜培训，每年不少于12场."""
    found = [(at, word) for at, word in words("actions").find(folded, start, end) if action_at(folded, at, end)]
    for at, word in found:
        if 2 <= end - at - len(word) <= 24 and word in words("holding"):
            return word, (at + len(word), end)
    return None


def _same_measure(last: Raw, quantity: Quantity, before: Before) -> bool:
    """Whether a quantity without a noun can tell more of the indicator before: 提高5个百分点，｜达到62%."""
    if last.quantity.unit == quantity.unit:
        return True
    if not before.reached or last.basis not in ("growth", "reduction"):
        return False
    return quantity.unit == "%" if last.quantity.unit == "百分点" else quantity.unit not in GROWTH_UNITS
