"""Items whose quantity has no noun of its own: it is that of the item before, of the clause before, or of a later item."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.actions import action_at
from ipplan.parse.before import read_before
from ipplan.parse.comparators import YEAR_BEFORE
from ipplan.parse.exclusions import kept
from ipplan.parse.forms import finish
from ipplan.parse.grammar import GROWTH_UNITS, MONEY_UNITS, Before, Item, Raw, basis_of, comparator_of, endings, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern
from ipplan.records import replace

#: 其中2021年1亿元、2022年1.5亿元; 一季度20家、二季度30家
_OF_A_YEAR = pattern(
    rf" ?(?:其中)?[：，]?(?:{YEAR} ?年(?:度|底|末)?|第[一二三四五1-5]年|(?:{YEAR} ?年)?(?:第?[一二三四1-4]季度|[上下]半年)) ?"
)
#: Weak units of what a name in front of a colon measures.
_MEASURES = frozenset(("分", "天", "个月", "工作日", "小时", "分钟", "批"))
#: Characters between a name and its value where nothing but a colon stands there.
_COLON = 3
#: What else is done with what the item before counts: 新建网点30家，2025年｜建成｜5家.
_MADE = frozenset(("建成", "建设", "培育", "打造", "创建", "认定", "竣工", "开工"))
_GROWN_TO = pattern("(?:扩大|增加|发展|扩展|拓展|壮大|提高|提升|增)[到至]$")
_GROWN = frozenset(("增加", "净增", "减少"))
#: What an item of a series in time begins with: 2024年, 上半年, 一季度, 6月底前
_TIME = pattern("[年月]|季度|批|阶段")


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
    done = completed(item)
    said = before.compared or before.commitment or before.reached or before.basis or fold or done
    yearly = before.frequency is not None and last is not None and last.quantity.unit == quantity.unit in MONEY_UNITS
    said = said or yearly  # 6000万元，｜每年2000万元
    if last and said and (_same_measure(last, quantity, before) or fold or before.basis in ("growth", "reduction")):
        comparator = before.comparator or quantity.comparator or "eq"
        raw = Raw(last.noun, quantity.start, quantity, comparator, rule="indicator of the item before")
        raw.noun_text, raw.end, raw.action = last.noun_text, quantity.end, last.action
        raw.basis = "growth" if fold else before.basis or basis_of(before.post_action) or last.basis
        own = before.post_action or (before.action if before.ends_in_verb else None)
        told = item.folded[before.from_ : quantity.start]
        grown = _GROWN_TO.search(told) is not None or (before.reached and words("scope").inside(told))
        raw.action = own or (None if quantity.unit in GROWTH_UNITS or grown else raw.action)
        if grown and raw.basis == "increment":
            raw.basis = "level"  # 新增20家、2027年扩大到100家
        if done:
            raw.start = before.noun[0]
        if before.ends_in_verb and before.action and before.start >= before.from_:
            raw.start = before.start  # 每年支持15个，｜累计培育100个
        elif raw.start == quantity.start and (before.frequency or before.basis):
            raw.start = _said_from(item.folded, before.from_, quantity.start)
        elif raw.start == quantity.start and before.compared:
            stop = before.from_ + len(item.folded[before.from_ : quantity.start].rstrip(" "))
            bound = words("comparators_before").before(item.folded, stop, before.from_)
            bound = bound or words("increment_actions").before(item.folded, stop, before.from_)
            raw.start = stop - len(bound) if bound else raw.start  # 增长10%，｜突破2万件
        if yearly and raw.basis == "cumulative" and not before.basis:
            raw.basis = "level"  # 累计3000万元，每年1000万元
        if before.frequency and last.basis == "cumulative" and before.basis != "cumulative":
            raw.basis = basis_of(raw.action) or "level"  # 三年累计新增10万人，每年不少于3万人
        inherited = None if before.ahead or raw.basis == "cumulative" else last.frequency
        raw.frequency = before.frequency or inherited
        if last.quantity.unit != quantity.unit and not fold and not before.basis:
            raw.basis, raw.frequency = "level", before.frequency  # 提高5个百分点，达到62%
        if before.reached and last.action in _GROWN and not before.basis and not own:
            raw.basis, raw.action = "level", None  # 增加500件，达到3500件
        raw.commitment = before.commitment or item.state.commitment
        return kept(item, raw)
    if quantity.kind == "rank" and last and before.from_ < quantity.start:
        raw = Raw(last.noun, before.from_, quantity, "le", rule="indicator of the item before")
        raw.noun_text, raw.end = last.noun_text, quantity.end  # 综合得分92分以上、进入全省前5位
        return [finish(raw, before, None, "level", item.state)]
    attended = last and quantity.unit in words("attended_units") and last.quantity.unit in words("held_units")
    if last and attended and not item.folded[last.quantity.end : quantity.start].strip(" 共、"):
        raw = Raw(last.noun, quantity.start, quantity, quantity.comparator or "eq", rule="who takes part")
        raw.noun_text, raw.end = last.noun_text, quantity.end  # 培训6场、800人次
        return kept(item, finish(raw, before, last.action, "level", item.state))
    label = item.state.named and item.state.subject is not None and (quantity.strong or _measured(item, quantity))
    if item.state.subject and (before.basis or rising or label):
        comparator = comparator_of(before.comparator, quantity)
        at, end = item.state.subject
        near = item.state.named and quantity.start - end <= _COLON
        named = action_at(item.folded, at, end) if item.state.named else None
        if named and (end - at - len(named) < 2 or words("metric_ends").before(item.folded, end, at)):
            named = None  # 新增｜贯标企业：2024年10家, but 许可合同备案量：…
        noun = at + len(named or ""), end
        raw = Raw(noun, at if near else before.from_, quantity, comparator, rule="subject of the clause before")
        raw.end = quantity.end
        return [finish(raw, before, named, before.basis or basis_of(named), item.state)]
    if item.state.passed and quantity.unit in MONEY_UNITS and (before.compared or before.frequency):
        fund = _fund(item.folded, *item.state.passed)
        if fund:
            comparator = comparator_of(before.comparator, quantity)
            raw = Raw(fund, max(before.start, before.from_), quantity, comparator, rule="fund of the clause before")
            raw.end = quantity.end
            return kept(item, finish(raw, before, before.action, before.basis, item.state))
    if not last and item.state.passed and _OF_A_YEAR.fullmatch(item.folded, before.from_, quantity.start):
        return _first_year(item, *item.state.passed)
    earlier = item.state.acts.get((before.action or "", quantity.unit)) if last and before.ends_in_verb else None
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
        more = "再" in item.folded[before.from_ : verb[1]] or (basis_of(before.action) is not None and not earlier)
        made = (
            before.action in _MADE
            and not item.state.waiting
            and _OF_A_YEAR.fullmatch(item.folded, before.from_, verb[0]) is not None
        )
        if last and last.quantity.unit == quantity.unit and (more or made or before.action in (last.action, "完成")):
            # 2024年建成基地3万亩，2025年再建2万亩; 上半年建成工作站3个，年底前建成5个
            raw = Raw(last.noun, verb[0], quantity, comparator, rule="indicator of the item before")
            raw.noun_text, raw.end = last.noun_text, quantity.end
            basis = "increment" if more else before.basis or basis_of(before.action) or "level"
            return kept(item, finish(raw, before, before.action, basis, item.state))
        if earlier:
            # 新建站点3个、改造站点5个，2025年新建2个
            raw = replace(
                earlier, quantity=quantity, start=verb[0], comparator=comparator, deadline=None, baseline=None
            )
            raw.rule, raw.end = "indicator of the item before", quantity.end
            return kept(item, raw)
        if item.folded[slice(*verb)] == before.action:
            raw = Raw(verb, before.start, quantity, comparator, rule="verb quantity")
            raw.end = quantity.end
            if _in_series(item, verb[0]):
                item.state.waiting.append(raw)
            return kept(item, finish(raw, before, None, before.basis, item.state))
    elif before.ends_in_verb and before.action and quantity.strong and not last:
        verb = before.noun[0] - len(before.action), before.noun[0]
        if not _in_series(item, verb[0]):
            return []
        raw = Raw(verb, before.start, quantity, comparator_of(before.comparator, quantity), rule="noun behind")
        item.state.waiting.append(
            finish(raw, before, before.action, before.basis or basis_of(before.action), item.state)
        )
    return []


def _first_year(item: Item, start: int, end: int) -> list[Raw]:
    """每年新增贯标企业，｜2024年10家: the clause before names what the years count."""
    quantity = item.quantity
    before = read_before(item.folded, start, Quantity(end, end, quantity.value, quantity.unit))
    if not before.action or before.noun[1] - before.noun[0] < 2 or not quantity.strong:
        return []
    raw = Raw(before.noun, quantity.start, quantity, quantity.comparator or "eq", rule="year by year")
    raw.end, raw.action, raw.basis = quantity.end, before.action, basis_of(before.action) or "level"
    return kept(item, raw)


def completed(item: Item) -> bool:
    """6月底前完成任务的50%，9月底前｜完成｜80%: nothing but how far the item before has come."""
    before, last = item.before, item.state.last
    return item.folded[slice(*before.noun)] == "完成" and last is not None and last.quantity.unit == item.quantity.unit


def each_of(item: Item, raw: Raw) -> list[Raw]:
    """查处商标侵权案件，｜湖滨区、陕州区各不少于15件: what is counted stands in the clause before."""
    state, quantity = item.state, item.quantity
    last = state.last if state.last and state.last.quantity.unit == quantity.unit else None
    if last:
        raw.noun, raw.noun_text, raw.action, raw.basis = last.noun, last.noun_text, last.action, last.basis
    elif state.passed:
        start, end = state.passed
        before = read_before(item.folded, start, Quantity(end, end, quantity.value, quantity.unit))
        if before.noun[1] - before.noun[0] < 2:
            return []
        raw.noun, raw.action, raw.basis = before.noun, before.action, basis_of(before.action) or "level"
    else:
        raw.noun = raw.noun[0], raw.noun[1] - item.folded.endswith("各", *raw.noun)
    raw.end = quantity.end
    return kept(item, raw)


def _in_series(item: Item, verb: int) -> bool:
    """Whether a time stands in front of the verb: a later item may name what is counted."""
    before = item.before
    timed = not before.frequency and _TIME.search(item.folded, before.from_, verb) is not None
    return timed and len(item.state.waiting) < 12


def waited(item: Item, named: Raw) -> list[Raw]:
    """2024年完成3家，2025年完成5家，2026年完成8家｜企业贯标: the items in front of the one that names what is counted."""
    out: list[Raw] = []
    for raw in item.state.waiting:
        told = raw.rule == "verb quantity"  # a target already: 2024年举办3场
        verb = item.folded[slice(*raw.noun)] if told else raw.action
        if verb == named.action and raw.quantity.unit == named.quantity.unit:
            raw.noun, raw.end, raw.action = named.noun, raw.quantity.end, named.action
            out += [] if told else kept(item, raw)
            raw.basis = named.basis if told else raw.basis
    item.state.waiting = []
    return out


def _said_from(folded: str, start: int, end: int) -> int:
    """Where how often or what kind of change begins in front of a quantity: ，｜年均增长10%, ，｜每月至少1次."""
    found = [
        at + (word[0] == "年" and folded[at - 1] in YEAR_BEFORE)  # 2025年｜增长10%
        for kind in ("frequency", "basis")
        for at, word in words(kind).find(folded, start, end)
        if word != "年" and not (word == "年度" and folded[at - 1] in YEAR_BEFORE)  # 上年度｜增长10%
    ]
    return min(found, default=end)


def _event(folded: str, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
    """The verb and noun of the clause before: 面向企业开展｜培训，每年不少于12场."""
    found = [(at, word) for at, word in words("actions").find(folded, start, end) if action_at(folded, at, end)]
    for at, word in found:
        if 2 <= end - at - len(word) <= 24 and word in words("holding"):
            return word, (at + len(word), end)
    return None


def _measured(item: Item, quantity: Quantity) -> bool:
    """Whether what stands in front of a colon is measured in a unit that says little: 保护满意度：85分."""
    assert item.state.subject
    name = item.folded[slice(*item.state.subject)].rstrip(" ：")
    if quantity.unit not in _MEASURES or name.endswith("完成时限"):
        return False
    return name.endswith((*endings("metric_ends"), "天数", "排名", "得分"))


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
    if last.quantity.unit == quantity.unit or (quantity.unit == "倍" and before.reached):
        return True
    if quantity.kind == "rank":
        return True  # 比重提高到14.5%，力争｜进入全国前四
    if not (before.reached or before.basis == "cumulative") or last.basis not in ("growth", "reduction"):
        return False
    return quantity.unit == "%" if last.quantity.unit == "百分点" else quantity.unit not in GROWTH_UNITS
