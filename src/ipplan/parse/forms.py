"""Forms with more than one quantity or indicator: 由…提高到…, A、B分别达到x、y, A额和B数年增20%."""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import YEAR, year_of
from ipplan.parse.before import read_before
from ipplan.parse.deadlines import Deadline
from ipplan.parse.grammar import GROWTH_UNITS, Before, Raw, State, basis_of, table, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern
from ipplan.records import replace

_METRIC_SPLIT = pattern("、|和|以及|及(?!以上|以下)|与")
_AND = pattern("、|和|以及|及|与")
_BETWEEN = pattern(" *(?:、|和|以及|及|，) *")
_RAISED_FROM = pattern(rf"(?:由|从)(?:(?P<y>{YEAR}) ?年(?:底|末|初)?)?的? ?(?:约|近)?$")
_RAISED_TO = pattern(
    r" ?(?:（[^）]*）)?(?P<verb>提高|提升|增加|增长|上升|扩大|发展|拓展|扩展|下降|降低|减少|压缩|缩短|压减|缩减|精简"
    "|缩小|优化|调整|[降增升减扩缩])(?:到|至|为)了?"
    rf"(?:(?P<y>{YEAR}) ?年(?:底|末)?)?的?(?P<c>[^0-9一二两三四五六七八九十]{{0,6}})$"
)


def finish(raw: Raw, before: Before, action: str | None, basis: str | None, state: State) -> Raw:
    """Fill in action, basis, frequency and commitment, and remember what reaches later items."""
    quantity = raw.quantity
    raw.action = action
    raw.basis = basis or "level"
    if quantity.kind == "fold":
        raw.basis = "growth"
    if raw.basis in ("growth", "reduction") and quantity.kind == "count" and quantity.unit not in GROWTH_UNITS:
        # 培育提升1-2个产业 is no change; 比上年提高20家 is one.
        raw.basis = "level" if before.ends_in_verb else "reduction" if raw.basis == "reduction" else "increment"
    if before.post_action and raw.basis == "increment" and quantity.unit in GROWTH_UNITS:
        raw.action, raw.basis = None, "growth"  # 回收量增加1倍
    if quantity.unit == "百分点" and raw.basis == "level" and before.basis:
        raw.basis = before.basis
    if before.action:
        state.action, state.basis = before.action, basis_of(before.action)
    if before.ahead:
        state.frequency = None  # 每年遴选50家，到2026年总数达150家
    if before.leading_frequency and before.frequency:
        state.frequency = before.frequency
    if before.commitment:
        state.commitment = before.commitment
    # 每月组织恳谈会2场，办结率达95%: once a month is said of what is done
    carried = state.frequency if state.frequency == "annual" or quantity.unit not in GROWTH_UNITS else None
    raw.frequency = before.frequency or (carried if before.basis != "cumulative" else None)
    raw.commitment = before.commitment or state.commitment
    return raw


def split_metrics(folded: str, flat: str, raw: Raw, before: Before) -> list[Raw]:
    """质押融资额和项目数年增幅20%: a share or change holds for each metric; 均达到 says so of counts too."""
    if not before.each and raw.quantity.unit not in GROWTH_UNITS:
        return [raw]
    at, end = raw.noun
    parts: list[tuple[int, int]] = []
    for found in _METRIC_SPLIT.finditer(flat, at, end):
        if before.each or words("metric_ends").before(folded, found.start(), at):
            parts.append((at, found.start()))
            at = found.end()
    parts.append((at, end))
    if len(parts) == 1 or not (before.each or words("metric_ends").before(folded, end, at)):
        return [raw]
    rule = "one quantity for several metrics"
    return [replace(raw, noun=part, start=part[0] if k else raw.start, rule=rule) for k, part in enumerate(parts)]


#: 设立｜总规模 50亿元 的产业引导基金
_SIZE = pattern("(?:目标|首期|总体|合计|母基金)?(?:总?规模|总额度?)(?:约|近)?(?:为|达到?|不低于|不少于|超过?)? ?$")
_FUND = pattern("的(?P<noun>[^，。；、的]{0,24}(?:基金|资金池|专项资金|风险池|贷款池))")


def read_fund(folded: str, quantity: Quantity, before: Before, state: State) -> Raw | None:
    """设立总规模50亿元的产业引导基金: what is set up stands behind its size."""
    size = _SIZE.search(folded, before.from_, quantity.start)
    fund = _FUND.match(folded, quantity.end) if size else None
    if not size or not fund:
        return None
    found = [(at, verb) for at, verb in words("actions").find(folded, before.from_, size.start()) if verb in _FOUNDING]
    if not found:
        return None
    at, verb = found[-1]
    if "已" in folded[max(before.from_, at - 2) : at] or folded[fund.end() : fund.end() + 1].isdigit():
        return None
    raw = Raw(fund.span("noun"), at, quantity, before.comparator or quantity.comparator or "eq", rule="size of a fund")
    return finish(raw, before, verb, "level", state)


_FOUNDING = frozenset(("设立", "组建", "成立", "建立", "打造", "筹建", "新设", "新设立", "新组建"))
_LONGEST_LIST = 60
_LONGEST_SERIES = 12


def read_respectively(flat: str, before: Before, quantities: list[Quantity], state: State) -> list[Raw]:
    """A、B、C分别达到x、y、z."""
    run = [quantities[0]]
    for quantity in quantities[1:]:
        if not _BETWEEN.fullmatch(flat, run[-1].end, quantity.start):
            break
        run.append(quantity)
        if not before.respectively and len(run) > state.series:
            return []
    if len(run) < 2 or (not before.respectively and (len(run) != state.series or run[0].unit != run[-1].unit)):
        return []
    if before.noun[1] - before.noun[0] < 2:
        more = _more_respectively(before, run, state)
        if more:
            return more
        if before.action:  # 2024年、2025年分别完成投资10亿元、12亿元
            done = before.action.removeprefix("完成") or before.action
            before.noun = (before.noun[0] - len(done), before.noun[0])
            before.action = "完成" if done != before.action else None
    names: list[tuple[int, int]] = []
    at, end = before.noun
    for found in _AND.finditer(flat, at, end):
        names.append((at, found.start()))
        at = found.end()
    names.append((at, end))
    if len(names) != len(run):
        names = [before.noun] * len(run)  # one indicator, a series of dates
        state.series = len(run) if len(run) <= _LONGEST_SERIES else 0
    if any(end - at < 2 for at, end in names):
        return []
    for quantity in run[:-1]:
        if quantity.unit == "个" and run[-1].unit == "百分点":
            quantity.unit = run[-1].unit  # 提高3个、5个百分点
    out = []
    for name, quantity in zip(names, run, strict=True):
        # In an endless list each quote would hold all of it: there it shrinks to the quantity.
        begin = name[0] if len(run) <= _LONGEST_LIST else quantity.start
        raw = Raw(name, begin, quantity, before.comparator or quantity.comparator or "eq", rule="respectively")
        raw.end = quantity.end
        out.append(finish(raw, before, before.action or None, before.basis or basis_of(before.action), state))
    out[0].start = before.start if before.action else out[0].start
    state.action = state.basis = None
    return out


def _more_respectively(before: Before, run: list[Quantity], state: State) -> list[Raw]:
    """Values without an indicator of their own: what the items before grow by, or a series of the last of them."""
    if before.basis in ("growth", "reduction") and run[0].unit in GROWTH_UNITS:
        levels = state.levels[-len(run) :]
        if len(levels) < len(run):
            return []
        # 接待游客3000万人次，实现收入260亿元，分别增长12%和15%
        raws = [_more_of(level, before, [quantity])[0] for level, quantity in zip(levels, run, strict=True)]
        return [replace(raw, action=None, basis=before.basis) for raw in raws]
    last = state.last
    return _more_of(last, before, run) if last and last.quantity.unit == run[0].unit else []


def _more_of(last: Raw, before: Before, run: list[Quantity]) -> list[Raw]:
    """2022年新建3000座，2023年、2024年分别完成3500座、2500座: more values of the indicator before."""
    out = []
    for quantity in run:
        comparator = before.comparator or quantity.comparator or "eq"
        raw = replace(last, start=quantity.start, quantity=quantity, comparator=comparator, rule="respectively")
        raw.end, raw.deadline, raw.baseline = quantity.end, None, None
        out.append(raw)
    return out


def read_raised(folded: str, pos: int, first: Quantity, second: Quantity, state: State) -> Raw | None:
    """由2020年的10件提高到2025年的15件: the first quantity is the baseline of the second."""
    if first.unit != second.unit:
        return None
    lead = _RAISED_FROM.search(folded[pos : first.start])
    link = _RAISED_TO.fullmatch(folded[first.end : second.start]) if lead else None
    if not lead or not link:
        return None
    head = Quantity(pos + lead.start(), pos + lead.start(), second.value, second.unit)
    before = read_before(folded, pos, head)
    if before.noun[1] - before.noun[0] < 2:
        return None
    said = link["c"] or ""
    found = words("comparators_before").before(said, len(said))
    comparator = table("comparators_before")[found] if found else "eq"
    if comparator == "eq":
        comparator = second.comparator or "eq"
    raw = Raw(before.noun, before.start, second, comparator, rule="from baseline to target")
    raw.baseline = (first.value, int(lead["y"]) if lead["y"] and lead["y"].isdigit() else None)
    raw = finish(raw, before, before.action, None, state)
    raw.basis = "level"
    if link["y"]:
        raw.deadline = Deadline(first.end, second.start, dt.date(year_of(link["y"]), 12, 31), True)
    return raw
