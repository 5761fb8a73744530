"""Forms with more than one quantity or indicator: 由…提高到…, A、B分别达到x、y, A额和B数年增20%."""

from __future__ import annotations

import datetime as dt

from ipplan.normalize.dates import YEAR, plan_term, year_of
from ipplan.parse.before import read_before
from ipplan.parse.deadlines import Deadline
from ipplan.parse.grammar import GROWTH_UNITS, TIME_UNITS, Before, Raw, State, basis_of, table, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern
from ipplan.records import replace

_METRIC_SPLIT = pattern("、|和|以及|及(?!以上|以下)|与")
_AND = pattern("、|和|以及|及|与")
_BETWEEN = pattern(" *(?:、|和|以及|及|，) *")
_RAISED_FROM = pattern(
    rf"(?:由|从|在)(?:(?P<y>{YEAR}) ?年?(?:年?底|年?末|初)?|[“\"]?(?P<five>十[一二三四五六七八九])五[”\"]?(?:期?末|末期|期间|时期)?"
    "|目前|现在|现有|现行|当前|原来|原先|原有|以前|此前|过去|[上去]年(?:度|同期|底|末)?|法定|规定|期初|年初|最初)?的? ?(?:约|近|不足|不到)?$"
)
_COUNTED_NOUN = pattern(
    "([\u4e00-\u9fff]{1,8}?)(?:逐步|稳步|再)?(?:提高|提升|增加|扩大|发展|拓展|扩展|增|减少|缩减|压减)[到至为]"
)
_RAISED_TO = pattern(
    r" ?(?:（[^）]*）)?(?:的?基础上)?(?:逐步|稳步|大幅|进一步|再|平均)?"
    "(?P<verb>提高|提升|增加|增长|上升|扩大|发展|拓展|扩展|跃升|攀升|壮大|下降|降低|减少|压缩|缩短|压减|缩减|精简|缩小|优化|调整|[降增升减扩缩])(?:到|至|为)了?"
    rf"(?:(?P<y>{YEAR}) ?年(?:年?底|年?末)?|目前|现在|当前)?的?(?P<c>[^0-9一二两三四五六七八九十]{{0,6}})$"
)


def finish(raw: Raw, before: Before, action: str | None, basis: str | None, state: State) -> Raw:
    """Fill in action, basis, frequency and commitment, and remember what reaches later items."""
    quantity = raw.quantity
    raw.action = action
    raw.basis = basis or "level"
    if quantity.kind == "fold":
        raw.basis = "growth"
    counted = quantity.kind == "count" and quantity.unit not in GROWTH_UNITS and quantity.unit != "位"
    if raw.basis in ("growth", "reduction") and counted:
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
    if (before.leading_frequency or before.owned) and before.frequency:
        state.frequency, state.owned = before.frequency, before.owned
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
    if before.each and any(b - a < 2 for a, b in parts):
        return [raw]  # 市、区各1家
    if len(parts) == 1 or not (before.each or words("metric_ends").before(folded, end, at)):
        return [raw]
    rule = "one quantity for several metrics"
    return [replace(raw, noun=part, start=part[0] if k else raw.start, rule=rule) for k, part in enumerate(parts)]


_NOUN_BEHIND = pattern("[^，。；、：（）0-9 ]{2,30}")
#: 设立｜总规模 50亿元 的产业引导基金
_SIZE = pattern("(?:目标|首期|总体|合计|母基金)?(?:总?规模|总额度?)(?:约|近)?(?:为|达到?|不低于|不少于|超过?)? ?$")
_FUND = pattern("的(?P<noun>[^，。；、的]{0,24}(?:基金|资金池|专项资金|风险池|贷款池))")

_SPENT = pattern("的(?P<noun>[^，。；、的]{0,16}(?:资金|经费|基金|预算|贷款))(?=[，。；、）]|$|用于)")


def read_fund(folded: str, quantity: Quantity, before: Before, state: State) -> Raw | None:
    """设立总规模50亿元的产业引导基金: what is set up stands behind its size."""
    spent = _SPENT.match(folded, quantity.end) if before.action and before.action in words("spending") else None
    if spent and before.noun[0] == before.noun[1]:
        # 每年安排不低于10万元的专项经费
        said = before.comparator or quantity.comparator or "eq"
        raw = Raw(spent.span("noun"), max(before.start, before.from_), quantity, said, rule="verb quantity noun")
        return finish(raw, before, before.action, before.basis, state)
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
_LONGEST_FROM = 32
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
    if run[-1].unit == "百分点" or run[-1].unit in TIME_UNITS:
        for quantity in run:  # 3个和1个工作日, 3个、5个百分点
            quantity.unit = run[-1].unit if quantity.unit == "个" else quantity.unit
    if before.noun[0] == before.noun[1] and before.respectively and len(state.recent) == len(run):
        # 新增A5家、B50家，累计分别达到｜15家、120家
        return [_again(raw, quantity, before) for raw, quantity in zip(state.recent, run, strict=True)]
    if before.noun[1] - before.noun[0] < 2:
        more = _more_respectively(before, run, state)
        if more:
            return more
    names: list[tuple[int, int]] = []
    if before.noun[0] == before.noun[1] and state.rising and state.subject:
        before.noun = state.subject  # A量、B量稳步增长，｜分别达到3万件和2万件
    at, end = before.noun
    if end - at < 2 and before.ends_in_verb:
        # 分别新建3个、5个｜工作站: the noun stands behind the last
        behind = _NOUN_BEHIND.match(flat, run[-1].end)
        at, end = behind.span() if behind else (at, end)
    whole = at, end
    for found in _AND.finditer(flat, at, end):
        names.append((at, found.start()))
        at = found.end()
    names.append((at, end))
    if len(names) != len(run) and flat.count("、", *before.noun) == len(run) - 1:
        names = _parted(flat, *before.noun)  # 制造业营业收入、软件和信息服务业收入分别增长8%、12%
    if len(names) != len(run):
        names = [whole] * len(run)  # one indicator, a series of dates
        state.series = len(run) if len(run) <= _LONGEST_SERIES else 0
    if any(end - at < 2 for at, end in names):
        return []
    out = []
    for name, quantity in zip(names, run, strict=True):
        # In an endless list each quote would hold all of it: there it shrinks to the quantity.
        begin = name[0] if len(run) <= _LONGEST_LIST and name[0] < quantity.start else quantity.start
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


def _again(raw: Raw, quantity: Quantity, before: Before) -> Raw:
    """A further quantity of an indicator of the clause before."""
    said = before.comparator or quantity.comparator or "eq"
    out = Raw(raw.noun, quantity.start, quantity, said, basis=before.basis or "level", rule="respectively")
    out.noun_text, out.end, out.frequency = raw.noun_text, quantity.end, before.frequency
    return out


def _parted(flat: str, at: int, end: int) -> list[tuple[int, int]]:
    """The names of a list between its 、 alone."""
    out: list[tuple[int, int]] = []
    while (mark := flat.find("、", at, end)) >= 0:
        out.append((at, mark))
        at = mark + 1
    return [*out, (at, end)]


def _counted_twice(folded: str, first: Quantity, second: Quantity) -> int:
    """The length of the noun behind both quantities: 试点范围从3个｜县区｜扩大到10个｜县区."""
    found = _COUNTED_NOUN.match(folded, first.end, second.start)
    return len(found[1]) if found and folded.startswith(found[1], second.end) else 0


def read_raised(folded: str, pos: int, first: Quantity, second: Quantity, state: State) -> list[Raw] | None:
    """由2020年的10件提高到2025年的15件: the first quantity is the baseline of the second.

    ``None`` where the text has another form, nothing where it does not say what is raised.
    """
    if first.unit != second.unit:
        return None
    base = max(pos, first.start - _LONGEST_FROM)
    lead = _RAISED_FROM.search(folded[base : first.start])
    counted = _counted_twice(folded, first, second) if lead else 0
    link = _RAISED_TO.fullmatch(folded[first.end + counted : second.start]) if lead else None
    if not lead or not link:
        return None
    head = Quantity(base + lead.start(), base + lead.start(), second.value, second.unit)
    before = read_before(folded, pos, head)
    named = before.noun[1] - before.noun[0] >= 2
    last = state.last if state.last and state.last.quantity.unit == second.unit else None
    if not named and not last:
        return []
    if last and not named:
        before.noun, before.start = last.noun, first.start
    said = link["c"] or ""
    found = words("comparators_before").before(said, len(said))
    comparator = table("comparators_before")[found] if found else "eq"
    if comparator == "eq":
        comparator = second.comparator or "eq"
    if before.action and before.action in words("pushing"):
        before.action, before.start = None, before.noun[0]  # 推动｜贷款户数由60户增加到100户
    raw = Raw(before.noun, before.start, second, comparator, rule="from baseline to target")
    if last and not named:
        raw.noun_text, raw.end = last.noun_text, second.end
    raw.end += counted
    year = year_of(lead["y"]) if lead["y"] else plan_term(lead["five"] + "五")[1] if lead["five"] else None
    raw.baseline = first.value, year
    raw = finish(raw, before, before.action, None, state)
    raw.basis = "level"
    if link["y"]:
        raw.deadline = Deadline(first.end, second.start, dt.date(year_of(link["y"]), 12, 31), True)
    return [raw]
