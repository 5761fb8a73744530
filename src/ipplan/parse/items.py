"""One item of a clause: a quantity whose noun stands in front of it, behind it, or with the item before."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.actions import action_at
from ipplan.parse.exclusions import counts_no_target, is_rejected
from ipplan.parse.extents import PARTED, Item, behind_separator, has_open_tail, noun_end
from ipplan.parse.forms import finish, read_fund, split_metrics
from ipplan.parse.grammar import (
    GROWTH_UNITS,
    MONEY_UNITS,
    TIME_UNITS,
    Before,
    Raw,
    basis_of,
    comparator_of,
    words,
)
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

_PER = pattern(" ?(?:/|每)(年|季度?|月|周|日|天)")
_OFTEN = {
    "年": "annual",
    "季": "quarterly",
    "季度": "quarterly",
    "月": "monthly",
    "周": "weekly",
    "日": "daily",
    "天": "daily",
}
_THRESHOLD = pattern("(及)?以([上下])")
#: 其中2021年1亿元、2022年1.5亿元
_OF_A_YEAR = pattern(rf" ?(?:其中)?[：，]?{YEAR} ?年(?:度|底|末)? ?")
_LONGEST_NAME = 80
_CLOSING = pattern("(?:的?目标|的?任务|的?水平|的?规模|的?比例|的(?P<growth>增速|增长率?|增幅))(?:[，。；、]|$)")
_OWNERS = pattern(
    "^[^，、的]{2,20}的[^，、的]{0,10}(?:企业|单位|主体|高校|园区|机构)数?(?:数量|总数)?[达到至不少低于超过突破]{0,4} *$"
)


def read_item(item: Item) -> tuple[list[Raw], int]:
    """The targets of an item, and where the next one begins."""
    before, quantity = item.before, item.quantity
    start = quantity.end
    while start < item.limit and item.flat[start] == " ":
        start += 1
    tail = item.folded[start : item.limit]
    opened = has_open_tail(tail)
    per = _PER.match(tail)
    if per:
        before.frequency = before.frequency or _OFTEN[per[1]]
        quantity.end = start + per.end()
        tail, opened = tail[per.end() :], False
        bound = _THRESHOLD.match(tail)
        if bound and (bound[1] or has_open_tail(tail[bound.end() :])):
            return [], behind_separator(item.flat, quantity.end)  # 3万吨/年及以下的小热电
        if bound:
            quantity.comparator, quantity.end = ("ge" if bound[2] == "上" else "le"), quantity.end + bound.end()
    if quantity.unit in MONEY_UNITS and tail.startswith("的"):
        fund = None if item.subsidy else read_fund(item.folded, quantity, before, item.state)
        if fund:
            return [fund], behind_separator(item.flat, fund.noun[1])
    has_noun = before.noun[1] - before.noun[0] >= 2 and not _completed(item)
    growing = item.following is not None and item.following.unit in GROWTH_UNITS
    if opened and not before.ends_in_verb and (growing or not has_noun) and _qualifies(item, tail):
        return [], before.from_
    if opened and (before.ends_in_verb or not has_noun):
        return _noun_behind(item, start, tail)
    if opened and quantity.unit in TIME_UNITS and quantity.comparator == "le":
        if item.following and item.following.unit in GROWTH_UNITS and _near(item):
            behind = item.following.start
            if words("metric_ends").before(item.folded, behind, start):
                return [], before.from_  # 30日内办结率95%: the limit is part of the name
        return _time_limit(item, start)
    after = behind_separator(item.flat, quantity.end)
    closing = _CLOSING.match(tail)
    if closing and closing["growth"] and quantity.unit in GROWTH_UNITS:
        before.basis = before.basis or "growth"
    if opened and not closing:
        bounded = quantity.comparator in ("ge", "le") or quantity.unit in MONEY_UNITS
        joined = item.following and item.following.unit not in GROWTH_UNITS and not PARTED.search(tail, 1)
        if bounded and joined and _near(item):
            return [], before.from_  # 年产值10亿元以上企业5家: the bound is part of the name
        return [], after
    return (_noun_in_front(item) if has_noun else _without_noun(item)), after


def _qualifies(item: Item, tail: str) -> bool:
    """Whether a bound begins the name of what is counted next: 千万元以上｜企业10家, 拥有50件以上｜专利的企业达到20家."""
    following, quantity = item.following, item.quantity
    if not following or following.unit in MONEY_UNITS or not _near(item):
        return False
    bounded = quantity.comparator in ("ge", "le", "gt")
    if following.unit in GROWTH_UNITS:  # 案值50万元以上｜案件移送率100%
        metric = not PARTED.search(tail.replace("惠及", "惠"), 1) and words("metric_ends").inside(tail[2:])
        # 12个｜国控断面水质优良比例达90%
        counted = quantity.kind == "count" and quantity.unit not in GROWTH_UNITS and not item.before.action
        return metric and ((bounded and quantity.unit in MONEY_UNITS) or (counted and _bare(item)))
    if quantity.unit in MONEY_UNITS:
        head = len(tail.rstrip())
        said = words("commitment").before(tail, head) or words("comparators_before").before(tail, head)
        head -= len(said or "")  # 50亿元以上｜项目｜力争1个
        return bounded and not PARTED.search(tail) and words("pivot_heads").before(tail, head) is not None
    owned = item.folded.endswith(("拥有", "持有", "具有"), item.before.from_, quantity.start)
    return bounded and owned and _OWNERS.search(tail) is not None


def _bare(item: Item) -> bool:
    """Whether a quantity has neither noun nor comparator in front, but at most a scope (全县｜12家医院)."""
    noun = item.folded[slice(*item.before.noun)]
    return (len(noun) < 2 or noun in words("scope")) and not item.before.compared


def _near(item: Item) -> bool:
    """Whether an item is short enough to be read again as part of a longer name."""
    return item.quantity.start - item.before.from_ <= _LONGEST_NAME


def _noun_behind(item: Item, start: int, tail: str) -> tuple[list[Raw], int]:
    """每年扶持｜10家重点企业: a verb, or the verb of the item before, and the counted noun."""
    before, quantity = item.before, item.quantity
    stop = noun_end(item, start)
    after = behind_separator(item.flat, stop) if item.following and stop < item.end else stop
    action = before.action or (None if quantity.unit in TIME_UNITS else item.state.action)
    lead = item.folded[before.from_ : quantity.start].strip(" ，")
    if lead.endswith(("由", "了")):
        return [], after  # 由12名专家组成, 召开了3次会议
    if not before.action and lead[:1] in words("beneficiary"):
        action = None if before.compared else action
    if counts_no_target(item.folded[start:stop], tail, before, quantity, action):
        return [], after
    begin = before.start if (before.action or before.frequency or before.basis) else quantity.start
    comparator = comparator_of(before.comparator, quantity)
    raw = Raw((start, stop), begin, quantity, comparator, rule="verb quantity noun")
    return _kept(item, finish(raw, before, action, before.basis or basis_of(action), item.state)), after


def _time_limit(item: Item, start: int) -> tuple[list[Raw], int]:
    """审查周期15个月以内｜办结: a limit of time, with what it is for behind it."""
    noun, stop = item.before.noun, noun_end(item, start)
    raw = Raw(noun, item.before.start, item.quantity, "le", rule="time limit")
    raw.noun_text = item.folded[noun[0] : noun[1]] + item.folded[start:stop]
    raw.end = stop
    return _kept(item, finish(raw, item.before, item.before.action, "level", item.state)), stop


def _without_noun(item: Item) -> list[Raw]:
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
        return _kept(item, raw)
    completed = _completed(item)
    said = before.compared or before.commitment or before.reached or before.basis or fold or completed
    if last and said and (_same_measure(last, quantity, before) or fold or before.basis in ("growth", "reduction")):
        comparator = before.comparator or quantity.comparator or "eq"
        raw = Raw(last.noun, quantity.start, quantity, comparator, rule="indicator of the item before")
        raw.noun_text, raw.end, raw.action = last.noun_text, quantity.end, last.action
        raw.basis = "growth" if fold else before.basis or basis_of(before.post_action) or last.basis
        own = before.post_action or (before.action if before.ends_in_verb else None)
        raw.action = own or (None if quantity.unit in GROWTH_UNITS else raw.action)
        if completed:
            raw.start = before.noun[0]
        if before.ends_in_verb and before.action and before.start >= before.from_:
            raw.start = before.start  # 每年支持15个，｜累计培育100个
        raw.frequency = before.frequency or (last.frequency if raw.basis != "cumulative" else None)
        if before.frequency and last.basis == "cumulative" and before.basis != "cumulative":
            raw.basis = basis_of(raw.action) or "level"  # 三年累计新增10万人，每年不少于3万人
        if last.quantity.unit != quantity.unit and not fold and not before.basis:
            raw.basis, raw.frequency = "level", before.frequency  # 提高5个百分点，达到62%
        raw.commitment = before.commitment
        return _kept(item, raw)
    if quantity.kind == "rank" and last and before.from_ < quantity.start:
        raw = Raw(last.noun, before.from_, quantity, "le", rule="indicator of the item before")
        raw.noun_text, raw.end = last.noun_text, quantity.end  # 综合得分92分以上、进入全省前5位
        return [finish(raw, before, None, "level", item.state)]
    attended = last and quantity.unit in words("attended_units") and last.quantity.unit in words("held_units")
    if last and attended and not item.folded[last.quantity.end : quantity.start].strip(" 共、"):
        raw = Raw(last.noun, quantity.start, quantity, quantity.comparator or "eq", rule="who takes part")
        raw.noun_text, raw.end = last.noun_text, quantity.end  # 培训6场、800人次
        return _kept(item, finish(raw, before, last.action, "level", item.state))
    if item.state.subject and (before.basis or (item.state.named and quantity.strong)):
        comparator = comparator_of(before.comparator, quantity)
        raw = Raw(item.state.subject, before.from_, quantity, comparator, rule="subject of the clause before")
        raw.end = quantity.end
        return [finish(raw, before, None, before.basis, item.state)]
    alike = quantity.unit in words("event_units") or (last is not None and last.quantity.unit == quantity.unit)
    alike = alike or before.comparator is not None  # 立案查处不少于60起
    often = quantity.unit in words("event_units") and (before.comparator or before.frequency)
    if item.state.passed and often and not before.ends_in_verb:
        event = _event(item.folded, *item.state.passed)
        if event:
            raw = Raw(event[1], before.start, quantity, comparator_of(before.comparator, quantity), rule="event before")
            raw.start = max(raw.start, before.from_) if raw.start >= 0 else quantity.start
            raw.end = quantity.end
            return _kept(item, finish(raw, before, event[0], "level", item.state))
    if before.ends_in_verb and before.action == "完成投资":
        raw = Raw(
            (before.noun[0] - 2, before.noun[0]), before.start, quantity, comparator_of(before.comparator, quantity)
        )
        raw.rule, raw.end = "verb quantity", quantity.end
        return _kept(item, finish(raw, before, "完成", before.basis, item.state))
    if before.ends_in_verb and before.action and quantity.strong and alike:
        # 培训600人次: what is done is what is counted.
        comparator = comparator_of(before.comparator, quantity)
        verb = before.noun[0] - len(before.action), before.noun[0]
        more = "再" in item.folded[before.from_ : verb[1]] or basis_of(before.action) is not None
        if last and last.quantity.unit == quantity.unit and (more or before.action in (last.action, "完成")):
            # 2024年建成基地3万亩，2025年再建2万亩; 上半年建成工作站3个，年底前建成5个
            raw = Raw(last.noun, verb[0], quantity, comparator, rule="indicator of the item before")
            raw.noun_text, raw.end = last.noun_text, quantity.end
            basis = "increment" if more else before.basis or basis_of(before.action) or "level"
            return _kept(item, finish(raw, before, before.action, basis, item.state))
        if item.folded[slice(*verb)] == before.action:
            raw = Raw(verb, before.start, quantity, comparator, rule="verb quantity")
            raw.end = quantity.end
            return _kept(item, finish(raw, before, None, before.basis, item.state))
    return []


def _completed(item: Item) -> bool:
    """6月底前完成任务的50%，9月底前｜完成｜80%: nothing but how far the item before has come."""
    before, last = item.before, item.state.last
    return item.folded[slice(*before.noun)] == "完成" and last is not None and last.quantity.unit == item.quantity.unit


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


def _noun_in_front(item: Item) -> list[Raw]:
    """有效发明专利拥有量达｜2.3万件."""
    before, quantity, state = item.before, item.quantity, item.state
    compared = before.compared or quantity.comparator
    if before.ends_in_verb and not before.action:
        return []
    if quantity.unit in TIME_UNITS and not compared:
        return []
    if not quantity.strong and not (compared or before.action) and quantity.kind == "count":
        return []
    if before.reached:
        state.action = state.basis = None
    action = before.action or (None if _is_metric(item) else state.action)
    if (
        not before.basis
        and not action
        and quantity.unit not in GROWTH_UNITS
        and "新增" in item.folded[slice(*before.noun)]
    ):
        before.basis = "increment"  # 城镇新增就业5600人
    raw = Raw(before.noun, before.start, quantity, comparator_of(before.comparator, quantity), rule="noun quantity")
    kept = _kept(item, finish(raw, before, action, before.basis or basis_of(action), state))
    return split_metrics(item.folded, item.flat, raw, before) if kept else []


def _is_metric(item: Item) -> bool:
    """Whether no verb reaches the item: a share, or the metric that a clause of its own begins with (参训人数)."""
    before = item.before
    if item.quantity.unit in GROWTH_UNITS:
        return True
    opens = before.from_ > 0 and item.flat[before.from_ - 1] in "，；"
    return opens and item.folded[slice(*before.noun)].endswith(("人数", "人次", "成交额", "交易额"))


def _kept(item: Item, raw: Raw) -> list[Raw]:
    return [] if is_rejected(item.folded, raw, item.before, subsidy=item.subsidy) else [raw]
