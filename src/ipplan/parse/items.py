"""One item of a clause: a quantity whose noun stands in front of it, behind it, or with the item before."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.actions import action_at
from ipplan.parse.exclusions import counts_no_target, is_rejected
from ipplan.parse.forms import finish, split_metrics
from ipplan.parse.grammar import (
    GROWTH_UNITS,
    MONEY_UNITS,
    TIME_UNITS,
    Before,
    Raw,
    State,
    basis_of,
    comparator_of,
    words,
)
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern
from ipplan.records import record

_PER_YEAR = pattern(" ?(?:/|每)年")
_THRESHOLD = pattern("(及)?以([上下])")
_PARTED = pattern("[、，和及的由从]")
#: 其中2021年1亿元、2022年1.5亿元
_OF_A_YEAR = pattern(rf" ?(?:其中)?[：，]?{YEAR} ?年(?:度|底|末)? ?")
_GROWN_TO = pattern("(?:扩大|增加|发展|扩展|拓展|壮大|提高|提升|增)[到至]$")
_LONGEST_NAME = 80
_CLOSING = pattern("(?:的?目标|的?任务|的?水平|的?规模|的?比例|的(?P<growth>增速|增长率?|增幅))(?:[，。；、]|$)")
_ITEM_END = pattern("(?:和|及|与|以及|并|且|的?(?:目标|任务|规模|水平)|或)")
_OWNERS = pattern(
    "^[^，、的]{2,20}的[^，、的]{0,10}(?:企业|单位|主体|高校|园区|机构)数?(?:数量|总数)?[达到至不少低于超过突破]{0,4} *$"
)
_LISTED = pattern(r"[、和及与] *$")
_LINK = pattern("、|和|以及|及")
_NO_TAIL = frozenset(("", "、", "，", "。", "；", "（", "〔"))


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


def read_item(item: Item) -> tuple[list[Raw], int]:
    """The targets of an item, and where the next one begins."""
    before, quantity = item.before, item.quantity
    start = quantity.end
    while start < item.limit and item.flat[start] == " ":
        start += 1
    tail = item.folded[start : item.limit]
    opened = has_open_tail(tail)
    per_year = _PER_YEAR.match(tail)
    if per_year:
        before.frequency = before.frequency or "annual"
        quantity.end = start + per_year.end()
        tail, opened = tail[per_year.end() :], False
        bound = _THRESHOLD.match(tail)
        if bound and (bound[1] or has_open_tail(tail[bound.end() :])):
            return [], behind_separator(item.flat, quantity.end)  # 3万吨/年及以下的小热电
        if bound:
            quantity.comparator, quantity.end = ("ge" if bound[2] == "上" else "le"), quantity.end + bound.end()
    has_noun = before.noun[1] - before.noun[0] >= 2
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
        joined = item.following and item.following.unit not in GROWTH_UNITS and not _PARTED.search(tail, 1)
        if bounded and joined and _near(item):
            return [], before.from_  # 年产值10亿元以上企业5家: the bound is part of the name
        return [], after
    return (_noun_in_front(item) if has_noun else _without_noun(item)), after


def _qualifies(item: Item, tail: str) -> bool:
    """Whether a bound begins the name of what is counted next: 千万元以上｜企业10家, 拥有50件以上｜专利的企业达到20家."""
    following, quantity = item.following, item.quantity
    if not following or following.unit in MONEY_UNITS or not _near(item):
        return False
    bounded = quantity.comparator in ("ge", "le", "gt") or item.before.comparator in ("ge", "gt")
    bounded = bounded or item.folded.endswith("过", item.before.from_, quantity.start)  # 过10亿元｜企业5户
    if following.unit in GROWTH_UNITS:  # 案值50万元以上｜案件移送率100%
        metric = not _PARTED.search(tail.replace("惠及", "惠")) and words("metric_ends").inside(tail[2:])
        return bounded and quantity.unit in MONEY_UNITS and metric
    if quantity.unit in MONEY_UNITS:
        return (
            bounded and not _PARTED.search(tail) and words("pivot_heads").before(tail, len(tail.rstrip())) is not None
        )
    owned = item.folded.endswith(("拥有", "持有", "具有"), item.before.from_, quantity.start)
    return bounded and owned and _OWNERS.search(tail) is not None


def _near(item: Item) -> bool:
    """Whether an item is short enough to be read again as part of a longer name."""
    return item.quantity.start - item.before.from_ <= _LONGEST_NAME


def has_open_tail(tail: str) -> bool:
    """Whether a noun (and not the end of the item) follows a quantity."""
    tail = tail.lstrip(" ")
    return tail[:1] not in _NO_TAIL and not _ITEM_END.match(tail)


def behind_separator(flat: str, at: int) -> int:
    """Behind the separator that follows an item, its remark in brackets passed over."""
    while at < len(flat) and flat[at] == " ":
        at += 1
    if at < len(flat) and flat[at] == "（":
        closer = flat.find("）", at)
        if 0 <= closer <= at + 60:
            at = closer + 1
    return at + 1 if at < len(flat) and flat[at] in "、和及与" else at


def _noun_behind(item: Item, start: int, tail: str) -> tuple[list[Raw], int]:
    """每年扶持｜10家重点企业: a verb, or the verb of the item before, and the counted noun."""
    before, quantity = item.before, item.quantity
    stop = _noun_end(item, start)
    after = behind_separator(item.flat, stop) if item.following and stop < item.end else stop
    action = before.action or (None if quantity.unit in TIME_UNITS else item.state.action)
    if not before.action and item.folded[before.from_ : quantity.start].strip(" ，")[:1] in words("beneficiary"):
        action = None if before.compared else action
    if counts_no_target(item.folded[start:stop], tail, before, quantity, action):
        return [], after
    begin = before.start if (before.action or before.frequency or before.basis) else quantity.start
    comparator = comparator_of(before.comparator, quantity)
    raw = Raw((start, stop), begin, quantity, comparator, rule="verb quantity noun")
    return _kept(item, finish(raw, before, action, before.basis or basis_of(action), item.state)), after


def _time_limit(item: Item, start: int) -> tuple[list[Raw], int]:
    """审查周期15个月以内｜办结: a limit of time, with what it is for behind it."""
    noun, stop = item.before.noun, _noun_end(item, start)
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
    said = before.compared or before.commitment or before.reached or before.basis or fold
    if last and said and (_same_measure(last, quantity, before) or fold or before.basis in ("growth", "reduction")):
        comparator = before.comparator or quantity.comparator or "eq"
        raw = Raw(last.noun, quantity.start, quantity, comparator, rule="indicator of the item before")
        raw.noun_text, raw.end, raw.action = last.noun_text, quantity.end, last.action
        raw.basis = "growth" if fold else before.basis or basis_of(before.post_action) or last.basis
        own = before.post_action or (before.action if before.ends_in_verb else None)
        grown = _GROWN_TO.search(item.folded, before.from_, quantity.start) is not None
        raw.action = own or (None if quantity.unit in GROWTH_UNITS or grown else raw.action)
        if grown and raw.basis == "increment":
            raw.basis = "level"  # 新增20家、2027年扩大到100家
        if before.ends_in_verb and before.action and before.start >= before.from_:
            raw.start = before.start  # 每年支持15个，｜累计培育100个
        raw.frequency = before.frequency or (last.frequency if raw.basis != "cumulative" else None)
        if last.quantity.unit != quantity.unit and not fold and not before.basis:
            raw.basis, raw.frequency = "level", before.frequency  # 提高5个百分点，达到62%
        raw.commitment = before.commitment
        return _kept(item, raw)
    if item.state.subject and (before.basis or (item.state.named and quantity.strong)):
        comparator = comparator_of(before.comparator, quantity)
        raw = Raw(item.state.subject, before.from_, quantity, comparator, rule="subject of the clause before")
        raw.end = quantity.end
        return [finish(raw, before, None, before.basis, item.state)]
    alike = quantity.unit in words("event_units") or (last is not None and last.quantity.unit == quantity.unit)
    often = quantity.unit in words("event_units") and (before.comparator or before.frequency)
    if item.state.passed and often and not before.ends_in_verb:
        event = _event(item.folded, *item.state.passed)
        if event:
            raw = Raw(event[1], before.start, quantity, comparator_of(before.comparator, quantity), rule="event before")
            raw.start = max(raw.start, before.from_) if raw.start >= 0 else quantity.start
            raw.end = quantity.end
            return _kept(item, finish(raw, before, event[0], "level", item.state))
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
            return _kept(item, finish(raw, before, before.action, basis, item.state))
        if item.folded[slice(*verb)] == before.action:
            raw = Raw(verb, before.start, quantity, comparator, rule="verb quantity")
            raw.end = quantity.end
            return _kept(item, finish(raw, before, None, before.basis, item.state))
    return []


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


def _noun_end(item: Item, start: int) -> int:
    """Where the noun behind a quantity ends: at the item's separator, or the verb of what follows."""
    folded, flat = item.folded, item.flat
    following = item.following
    if following and flat.startswith("的", following.end) and not _PARTED.search(flat, start, following.start):
        following = None  # 3家年营收超5000万元的机构: the second number belongs to the noun
    stop = _item_stop(flat, start, following) if following else item.end
    served = folded[item.before.from_ : item.quantity.start].strip(" ，")[:1] in words("beneficiary")
    for at, word in words("pivots").find(flat, start + 2, stop):
        after = at + len(word)
        if (
            after < stop - 1
            and words("pivot_heads").before(folded, at, start)
            and (served or not words("pivot_heads").at(flat, after))
        ):
            stop = at
            break
    while stop > start and folded[stop - 1] in " ，、":
        stop -= 1
    return stop


def _item_stop(flat: str, start: int, following: Quantity) -> int:
    """Where an item ends before the next quantity: at the separator that a verb follows, else at the last."""
    between = flat[start : following.start]
    direct = _LISTED.search(between)
    if direct:
        return start + direct.start()
    links = [found.start() for found in _LINK.finditer(between)]
    verbs = [at for at in links if words("actions").at(between, at + 1)]
    return start + (verbs[0] if verbs else links[-1]) if links else following.start
