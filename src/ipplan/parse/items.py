"""One item of a clause: a quantity whose noun stands in front of it, behind it, or with the item before."""

from __future__ import annotations

from ipplan.parse.exclusions import counts_no_target, kept
from ipplan.parse.extents import PARTED, behind_separator, has_open_tail, noun_end
from ipplan.parse.forms import finish, read_fund, split_metrics
from ipplan.parse.grammar import (
    GROWTH_UNITS,
    MONEY_UNITS,
    TIME_UNITS,
    Item,
    Raw,
    basis_of,
    comparator_of,
    endings,
    words,
)
from ipplan.parse.nounless import completed, each_of, waited, without_noun
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
#: 质押融资｜年度｜登记额: a metric of each year
_OF_EACH_YEAR = pattern(
    "(?<=[一-鿿])(?<![本上去当同今会跨考0-9])(?<!财政)年度(?!计划|目标|任务|报告|考核|评|优)[^年]{1,8}[量额数率值]$",
    needs=("年度",),
)
#: 每个县区｜至少有1家指导站
_FOR_EACH = pattern("(?:使|让|实现|保证|做到)?(?:每|各)[个家所名座]?[^，、。；的]{1,10}(?:（[^（）]{1,10}）)?")
#: 安排100万元｜作为专项经费: what it is for is what is counted
_USED = pattern("(?:专项|专门)?(?:作为|用作|用于)")
_TIMED_RATE = pattern("[^，、0-9]{1,10}率")
_LONGEST_NAME = 80
_CLOSING = pattern(
    "(?:的?目标|的?任务|的?水平|的?规模|的?比例|的?新?台阶|大关|的(?P<growth>增速|增长率?|增幅))(?:[，。；、]|$)"
)
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
    has_noun = before.noun[1] - before.noun[0] >= 2 and not completed(item)
    acting = before.action or (item.state.action and item.flat[before.from_ - 1 : before.from_] in ("、", "和", "及"))
    if opened and has_noun and acting and quantity.strong and words("pivots").at(tail, 0) and not _USED.match(tail):
        opened = False  # 选派特派员500名｜开展服务
    growing = item.following is not None and item.following.unit in GROWTH_UNITS
    if opened and not before.ends_in_verb and (growing or not has_noun) and _qualifies(item, tail):
        return [], before.from_
    if opened and growing and quantity.unit in TIME_UNITS and quantity.comparator == "le" and _names_rate(item, start):
        return [], before.from_
    each = opened and before.compared and _FOR_EACH.fullmatch(item.folded, *before.noun) is not None
    if opened and (before.ends_in_verb or not has_noun or each):
        return _noun_behind(item, start, tail)
    timed = opened and quantity.comparator is None and quantity.unit in TIME_UNITS and _TIMED_RATE.match(tail)
    if timed and growing and _near(item):
        return [], before.from_  # 48小时响应率98%
    if opened and quantity.unit in TIME_UNITS and quantity.comparator == "le":
        return _time_limit(item, start)
    after = behind_separator(item.flat, quantity.end)
    closing = _CLOSING.match(tail)
    if closing and closing["growth"] and quantity.unit in GROWTH_UNITS:
        before.basis = before.basis or "growth"
    if (
        closing
        and not closing["growth"]
        and quantity.unit not in GROWTH_UNITS
        and item.folded[quantity.start - 1] == "的"
    ):
        return [], after  # 方案确定的20项任务
    if opened and not closing:
        bounded = quantity.comparator in ("ge", "le") or quantity.unit in MONEY_UNITS
        joined = item.following and item.following.unit not in GROWTH_UNITS and not PARTED.search(tail, 1)
        if bounded and joined and _near(item):
            return [], before.from_  # 年产值10亿元以上企业5家: the bound is part of the name
        return [], after
    return (_noun_in_front(item) if has_noun else without_noun(item)), after


def _qualifies(item: Item, tail: str) -> bool:
    """Whether a bound begins the name of what is counted next: 千万元以上｜企业10家, 拥有50件以上｜专利的企业达到20家."""
    following, quantity = item.following, item.quantity
    if not following or following.unit in MONEY_UNITS or not _near(item):
        return False
    bounded = quantity.comparator in ("ge", "le", "gt") or item.before.comparator in ("ge", "gt")
    bounded = bounded or item.folded.endswith("过", item.before.from_, quantity.start)  # 过10亿元｜企业5户
    if following.unit in GROWTH_UNITS:  # 案值50万元以上｜案件移送率100%
        metric = not PARTED.search(tail.replace("惠及", "惠"), 1) and words("metric_ends").inside(tail[2:])
        # 12个｜国控断面水质优良比例达90%
        counted = quantity.kind == "count" and quantity.unit not in GROWTH_UNITS and not item.before.action
        return metric and ((bounded and quantity.unit in MONEY_UNITS) or (counted and _bare(item)))
    if quantity.unit in MONEY_UNITS and tail.rstrip() == "的":  # 超10亿元的产业1个、｜超1亿元的2个
        last = item.state.last
        return last is not None and last.quantity.unit == following.unit and (bounded or item.before.compared)
    if quantity.unit in MONEY_UNITS:
        head = len(tail.rstrip())
        said = words("commitment").before(tail, head) or words("comparators_before").before(tail, head)
        head -= len(said or "")  # 50亿元以上｜项目｜力争1个
        return bounded and not PARTED.search(tail) and words("pivot_heads").before(tail, head) is not None
    owned = item.folded.endswith(("拥有", "持有", "具有"), item.before.from_, quantity.start)
    return bounded and owned and _OWNERS.search(tail) is not None


def _names_rate(item: Item, start: int) -> bool:
    """Whether a limit of time is part of the name of a rate: 30日内办结率｜95%."""
    assert item.following
    behind = item.following.start
    behind -= len(words("comparators_before").before(item.folded, behind, start) or "")
    return _near(item) and words("metric_ends").before(item.folded, behind, start) is not None


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
    use = _USED.match(item.folded, start, stop)
    start = use.end() if use and stop - use.end() >= 2 else start
    begin = before.start if (before.action or before.frequency or before.basis) else quantity.start
    comparator = comparator_of(before.comparator, quantity)
    raw = Raw((start, stop), begin, quantity, comparator, rule="verb quantity noun")
    found = kept(item, finish(raw, before, action, before.basis or basis_of(action), item.state))
    return ([*waited(item, raw), *found] if found and item.state.waiting else found), after


def _time_limit(item: Item, start: int) -> tuple[list[Raw], int]:
    """审查周期15个月以内｜办结: a limit of time, with what it is for behind it."""
    noun, stop = item.before.noun, noun_end(item, start)
    raw = Raw(noun, item.before.start, item.quantity, "le", rule="time limit")
    raw.noun_text = item.folded[noun[0] : noun[1]] + item.folded[start:stop]
    raw.end = stop
    return kept(item, finish(raw, item.before, item.before.action, "level", item.state)), stop


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
    if before.reached or before.realized:
        state.action = state.basis = None
    action = before.action or (None if _is_metric(item) else state.action)
    if not before.frequency and _OF_EACH_YEAR.search(item.folded, *before.noun):
        before.frequency = "annual"
    if (
        not before.basis
        and not action
        and quantity.unit not in GROWTH_UNITS
        and "新增" in item.folded[slice(*before.noun)]
    ):
        before.basis = "increment"  # 城镇新增就业5600人
    raw = Raw(before.noun, before.start, quantity, comparator_of(before.comparator, quantity), rule="noun quantity")
    if before.ends_with_each(item.folded):
        return each_of(item, raw)
    last = state.last
    related = last is not None and (last.quantity.unit == quantity.unit or last.basis in ("growth", "reduction"))
    if last and related and item.folded[slice(*before.noun)] in words("totals"):
        raw.noun_text = last.noun_text or item.folded[slice(*last.noun)]  # 新增地理标志2个，总数达到8个
    basis = before.basis or basis_of(before.post_action) or basis_of(action)  # 培育示范企业｜新增｜30家
    found = kept(item, finish(raw, before, action, basis, state))
    return split_metrics(item.folded, item.flat, raw, before) if found else []


def _is_metric(item: Item) -> bool:
    """Whether no verb reaches the item: a share, or the metric that a clause of its own begins with (参训人数)."""
    before = item.before
    if item.quantity.unit in GROWTH_UNITS:
        return True
    opens = before.from_ > 0 and item.flat[before.from_ - 1] in "，；"
    noun = item.folded[slice(*before.noun)] if opens else ""
    money = item.quantity.unit in MONEY_UNITS and words("metric_ends").before(noun, len(noun)) is not None
    return money or noun.endswith(endings("own_metrics")) or noun.startswith(endings("per_one"))
