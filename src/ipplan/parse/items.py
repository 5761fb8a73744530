"""One item of a clause: a quantity whose noun stands in front of it, behind it, or with the item before."""

from __future__ import annotations

from ipplan.parse.carried import kept, without_noun
from ipplan.parse.exclusions import counts_no_target
from ipplan.parse.forms import finish, split_metrics
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
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

_PER_YEAR = pattern(" ?(?:/|每)年")
_THRESHOLD = pattern("(及)?以([上下])")
_PARTED = pattern("[、，和及的由从]")
_TIMED_RATE = pattern("[^，、0-9]{1,10}率")
_LONGEST_NAME = 80
_CLOSING = pattern("(?:的?目标|的?任务|的?水平|的?规模|的?比例|的(?P<growth>增速|增长率?|增幅))(?:[，。；、]|$)")
_ITEM_END = pattern("(?:和|及|与|以及|并|且|的?(?:目标|任务|规模|水平)|或)")
_OWNERS = pattern(
    "^[^，、的]{2,20}的[^，、的]{0,10}(?:企业|单位|主体|高校|园区|机构)数?(?:数量|总数)?[达到至不少低于超过突破]{0,4} *$"
)
_LISTED = pattern(r"[、和及与] *$")
_LINK = pattern("、|和|以及|及")
_NO_TAIL = frozenset(("", "、", "，", "。", "；", "（", "〔"))


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
    acting = before.action or (item.state.action and item.flat[before.from_ - 1 : before.from_] in ("、", "和", "及"))
    if opened and has_noun and acting and quantity.strong and words("pivots").at(tail, 0):
        opened = False  # 选派特派员500名｜开展服务
    growing = item.following is not None and item.following.unit in GROWTH_UNITS
    if opened and not before.ends_in_verb and (growing or not has_noun) and _qualifies(item, tail):
        return [], before.from_
    if opened and (before.ends_in_verb or not has_noun):
        return _noun_behind(item, start, tail)
    timed = opened and quantity.comparator is None and quantity.unit in TIME_UNITS and _TIMED_RATE.match(tail)
    if timed and growing and _near(item):
        return [], before.from_  # 48小时响应率98%
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
    return (_noun_in_front(item) if has_noun else without_noun(item)), after


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
    return kept(item, finish(raw, before, action, before.basis or basis_of(action), item.state)), after


def _time_limit(item: Item, start: int) -> tuple[list[Raw], int]:
    """审查周期15个月以内｜办结: a limit of time, with what it is for behind it."""
    noun, stop = item.before.noun, _noun_end(item, start)
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
    if before.reached:
        state.action = state.basis = None
    action = before.action or (None if _is_metric(item) else state.action)
    raw = Raw(before.noun, before.start, quantity, comparator_of(before.comparator, quantity), rule="noun quantity")
    found = kept(item, finish(raw, before, action, before.basis or basis_of(action), state))
    return split_metrics(item.folded, item.flat, raw, before) if found else []


def _is_metric(item: Item) -> bool:
    """Whether no verb reaches the item: a share, or the metric that a clause of its own begins with (参训人数)."""
    before = item.before
    if item.quantity.unit in GROWTH_UNITS:
        return True
    opens = before.from_ > 0 and item.flat[before.from_ - 1] in "，；"
    noun = item.folded[slice(*before.noun)]
    return opens and (noun.endswith(endings("own_metrics")) or noun.startswith(endings("per_one")))


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
            (after < stop - 1 or len(word) >= 4)
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
