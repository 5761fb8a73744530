"""Quantified targets: a small grammar over clauses.

The lexer (:mod:`ipplan.parse.quantities`) finds the quantities of a clause; the parser reads what stands around each::

    clause   := item { (、|和|及) item }
    item     := before quantity                     有效发明专利拥有量达2.3万件 · 新增授权量900件
              | before-verb quantity noun           每年扶持10家重点企业 · 200家“攀登者”企业
              | names 分别 before quantity {、quantity}    A、B、C分别达到x、y、z
              | noun 由 quantity before-to quantity       由2020年的10件提高到2025年的15件
              | quantity                            力争5%: the indicator of the item before
    before   := { time | scope | frequency | commitment | connective } [累计] [verb] [noun]
                { comparator | basis | time | frequency }

A verb reaches the later items of its sentence that have none of their own; 达 ends its reach. Items are read in
:mod:`~ipplan.parse.items` (those without a noun in :mod:`~ipplan.parse.nounless`), what stands before a quantity in
:mod:`~ipplan.parse.before`, lists and pairs of quantities in :mod:`~ipplan.parse.forms`; what a number only describes is
no target: :mod:`~ipplan.parse.exclusions`.
"""

from __future__ import annotations

from ipplan.diagnostics import Note
from ipplan.normalize.dates import YEAR
from ipplan.parse.before import read_before
from ipplan.parse.breakdowns import read_breakdown, read_years
from ipplan.parse.clauses import Clause, Cut, FlatText, behind_sign
from ipplan.parse.deadlines import Deadline, find_deadlines
from ipplan.parse.exclusions import own_aims, spends, tells_no_target, without_seeming_grants
from ipplan.parse.extents import behind_separator, has_open_tail
from ipplan.parse.forms import read_raised, read_respectively
from ipplan.parse.grammar import MONEY_UNITS, Item, Raw, State, endings, table, words
from ipplan.parse.items import read_item
from ipplan.parse.quantities import Quantity, candidates, find_quantities
from ipplan.parse.target_dates import date_targets
from ipplan.patterns import pattern
from ipplan.records import replace

_BULLETS = " *-·•●■◆▲★"
#: What makes 单位 and 标准 in front of a colon a label.
_LABELLING = pattern(
    "责任|牵头|配合|协[办同作助]|参[与加][^制]?单|[主承申]办|申[报请]|落实|实施|完成|组织|支持|负责|成员|联系|计量|执行|收费|评价|考核|补助|资助|奖励|认定|验收|工作|建设|有关|相关|各"
)
#: 已安排资金2亿元: what has been done so far
_DONE = pattern("已(?:经|先后|累计|全部|基本|陆续){0,2}")
_LOOKS_AHEAD = pattern(
    "到20|截至20|力争|争取|确保|将|计划|目标|今年|明年|年底|年内|20[0-9]{2} ?年|十[四五六]五|每年|全年|再|新增|不少于|不低于|至少"
)
_PURPOSE = pattern(" *为(?:了|实现|完成|达到)")
_AHEAD = pattern(f"(?:到|截至) ?{YEAR} ?年(?:年?[底末])?")
#: A bracket with a number for each year: （2024年5家、2025年8家）
_BY_YEAR = pattern(f"（ ?{YEAR} ?年度? ?[0-9]")
#: 服判息诉率｜稳中有升，到2027年达到90%
_RISING = pattern(
    "(?:[全我本][省市区县州]|同时|推动|确保|力争)?(.{2,36}?(?:率|量|数|额|度|比重|占比|规模|水平|周期|时长|成本))"
    "(?:(?:力争|实现|保持)?(?:持续|稳步|不断|显著|明显|大幅|大幅度|进一步|逐年|逐步|稳定|平稳|较快|快速|有效|全面)"
    "(?:提升|提高|增长|上升|改善|优化|下降|降低|缩短|增加|扩大|攀升|增强)|稳中有升|稳中有降|稳步有升|稳中提质|再上新台阶|实现新突破|实现双?倍增|实现翻番|实现双(?:提升|增长|突破))"
)
_COMPARED = pattern("(.{3,40}?)(?:与|较|比)[^，]{2,20}相比$")


def read_targets(
    folded: str, cut: Cut | None = None, *, year: int | None = None, background: bool = False
) -> tuple[list[Raw], list[Note]]:
    """All targets of one folded paragraph, in text order, and what could not be read.

    ``cut`` is the paragraph flattened and cut into clauses, where the caller has it; ``year`` is that of dates that name
    none; ``background`` says the section reports on the past.
    """
    if background or not candidates().search(folded):
        return [], []
    cut = cut or FlatText(folded)
    flat = cut.flat
    quantities, notes = find_quantities(flat)
    years = "）" in flat and _BY_YEAR.search(folded) is not None
    if not quantities and not years:
        return [], notes
    out: list[Raw] = []
    at = 0
    for sentence in cut.sentences:
        first, last = sentence[0].start, sentence[-1].end
        while at < len(quantities) and quantities[at].start < first:
            at += 1
        stop = at
        while stop < len(quantities) and quantities[stop].start < last:
            stop += 1
        if stop > at or (years and _BY_YEAR.search(folded, first, last)):
            out += _sentence(folded, flat, sentence, quantities[at:stop], year)
        at = stop
    return out, notes


def _sentence(folded: str, flat: str, clauses: list[Clause], quantities: list[Quantity], year: int | None) -> list[Raw]:
    span = (clauses[0].start, clauses[-1].end)
    said = without_seeming_grants(flat[span[0] : span[1]])
    money, capped = any(q.unit in MONEY_UNITS for q in quantities), False
    if tells_no_target(said, money=money):
        parts = _segments(clauses)
        if len(parts) > 1:  # 每县配备专员10名；支持建设中心15家，每家给予100万元: each part for itself
            return [raw for part in parts for raw in _sentence(folded, flat, part, _within(quantities, part), year)]
        clauses = own_aims(flat, clauses)
        aims = without_seeming_grants(flat[clauses[0].start : clauses[-1].end]) if clauses else ""
        if not clauses or tells_no_target(aims, money=money):
            return []
        capped = True
    state, past = State(), False
    out: list[Raw] = []
    deadlines: list[Deadline] | None = None
    ends: list[int] = []
    granted = span[1]
    if money and words("subsidy").inside(said):
        granted = span[0] + next((at for at, _ in words("subsidy").find(said, 0, len(said))), len(said))
    k = 0
    for clause in clauses:
        inside: list[Quantity] = []
        while k < len(quantities) and quantities[k].start < clause.end:
            if quantities[k].start >= clause.start:
                inside.append(quantities[k])
            k += 1
        if not inside:
            _pass(folded, clause, state)
            if folded[clause.end - 1] == "）" and "年" in folded[clause.start : clause.end]:
                years = read_years(folded, clause.start, clause.end)
                out += [replace(raw, sentence=span) for raw in years]
        elif past and not _LOOKS_AHEAD.search(folded, clause.start, clause.end):
            pass  # 已安排资金2亿元，｜累计支持项目300个
        elif not _PURPOSE.match(folded, clause.start, clause.end) and not _describes(folded, clause, state):
            past = _done(folded, clause)
            aided = granted < clause.end and not spends(folded[clause.start : clause.end])
            found = _clause(folded, flat, clause, inside, state, subsidy=aided)
            state.reported = not found and words("had").inside(folded[clause.start : clause.end])
            state.named, state.passed = False, None
            if state.owned:
                state.frequency, state.owned = None, False
            found = [raw for raw in found if raw.comparator != "le"] if capped else found
            if found:
                state.recent = found
                if deadlines is None:
                    deadlines = find_deadlines(folded, flat, *span, year)
                    ends = [day.end for day in deadlines]
                date_targets(found, deadlines, ends, clause, span, folded)
                _raised_by(found, out)
                if out and _is_base(folded, out[-1], found[0]):
                    base = out.pop()
                    assert base.deadline
                    found[0].baseline = base.quantity.value, base.deadline.day.year
                out += found
                if folded.startswith(("（", " （"), found[-1].end):
                    out += read_breakdown(folded, found[-1])
        if clause.stop == "；":
            state.action = state.basis = state.frequency = state.commitment = None
            past = False
    return out


def _segments(clauses: list[Clause]) -> list[list[Clause]]:
    """The clauses between the semicolons of a sentence."""
    out: list[list[Clause]] = [[]]
    for clause in clauses:
        out[-1].append(clause)
        if clause.stop == "；":
            out.append([])
    return [part for part in out if part]


def _within(quantities: list[Quantity], part: list[Clause]) -> list[Quantity]:
    return [q for q in quantities if part[0].start <= q.start < part[-1].end]


def _done(folded: str, clause: Clause) -> bool:
    """Whether a clause tells what has been done (已安排资金2亿元), so that those behind it go on to tell it."""
    at = folded.find("已", clause.start, clause.end)
    if at < 0:
        return False
    found = _DONE.match(folded, at, clause.end)
    return words("actions").at(folded, found.end() if found else at + 1, clause.end) is not None


_CONDITION = pattern("(?:[上下内元家项件%]|达到?标准)的 *$")


def _describes(folded: str, clause: Clause, state: State) -> bool:
    """Whether a clause only says when (死亡3人以上的，), or what is part of what there is (现有企业500家，｜其中…120家)."""
    if (
        clause.stop == "，"
        and folded[clause.end - 1] in "的 "
        and _CONDITION.search(folded, max(clause.start, clause.end - 8), clause.end)
    ):
        return True
    return state.reported and folded[clause.start : clause.end].lstrip().startswith("其中")


def _pass(folded: str, clause: Clause, state: State) -> None:
    """A clause without a quantity: a list that goes on keeps the verb, anything else ends its reach."""
    text = folded[clause.start : clause.end].strip()
    state.action = state.basis = None
    state.passed = (clause.start, clause.end) if len(text) <= 40 else None
    compared = (_COMPARED.match(text) if text.endswith("相比") else None) or _RISING.fullmatch(text)
    state.rising = compared is not None and not text.endswith("相比")
    at = folded.index(text, clause.start)
    state.subject = (at + compared.start(1), at + compared.end(1)) if compared else None
    state.named = clause.stop == "：" and 3 <= len(text) <= 30 and not _labels(text.rstrip("是为"))
    if state.named:
        state.subject = at + len(text) - len(text.lstrip(_BULLETS)), at + len(text)
    if _AHEAD.fullmatch(text):
        state.frequency = None
    if text in table("frequency"):
        state.frequency = table("frequency")[text]
    elif clause.stop == "：" and text.startswith("全年"):
        state.frequency = "annual"  # 全年主要目标：
    promise = words("commitment").at(text, 0)
    if promise and len(text) < 16:
        state.commitment = table("commitment")[promise]
    if text not in words("connectives") and len(text) >= 12:
        state.last = None


def _labels(text: str) -> bool:
    """Whether what stands in front of a colon is no indicator: 工作目标, 责任单位, but not 贯标单位."""
    if not text.endswith(endings("no_indicator")):
        return False
    return len(text) < 4 or not text.endswith(("单位", "标准")) or _LABELLING.search(text) is not None


def _is_base(folded: str, base: Raw, raw: Raw) -> bool:
    """2020年为1.2万件，到2025年达到2万件: what has been so far is the baseline of what shall be."""
    if raw.rule != "indicator of the item before" or not base.deadline or not raw.deadline:
        return False
    if base.quantity.unit != raw.quantity.unit or raw.basis != "level" or base.deadline.day >= raw.deadline.day:
        return False
    said = folded[max(base.noun[1], base.quantity.start - 2) : base.quantity.start]
    return not base.deadline.forward and "为" in said


def _raised_by(found: list[Raw], before: list[Raw]) -> None:
    """由2020年的10件提高到2025年的15件，年均提高1件: the year reached holds for what follows in the sentence."""
    for raw in found:
        if raw.deadline is None and before and before[-1].rule == "from baseline to target":
            raw.deadline = before[-1].deadline


def _clause(
    folded: str, flat: str, clause: Clause, quantities: list[Quantity], state: State, *, subsidy: bool
) -> list[Raw]:
    out: list[Raw] = []
    pos, skip = behind_sign(folded, clause.start, clause.end), 0
    for k, quantity in enumerate(quantities):
        if skip:
            skip -= 1
            continue
        if quantity.start < pos:
            continue
        following = quantities[k + 1] if k + 1 < len(quantities) else None
        raised = read_raised(folded, pos, quantity, following, state) if following else None
        if raised is not None and following:
            raws, skip = raised, 1
            pos = behind_separator(flat, max([following.end, *(raw.end for raw in raised)]))
        else:
            limit = following.start if following else clause.end
            before = read_before(folded, pos, quantity, open_tail=has_open_tail(folded[quantity.end : limit]))
            run = quantities[k:] if before.respectively else quantities[k : k + state.series + 1]
            raws = read_respectively(flat, before, run, state) if len(run) > 1 else []
            if raws:
                pos, skip = behind_separator(flat, raws[-1].end), len(raws) - 1
            else:
                item = Item(folded, flat, quantity, before, following, limit, clause.end, state, subsidy)
                raws, pos = read_item(item)
        out += raws
        if raws and raws[-1].action:
            state.acts[raws[-1].action, raws[-1].quantity.unit] = raws[-1]
        if raws:
            state.last = state.units[raws[-1].quantity.unit] = raws[-1]
            state.levels += [raw for raw in raws if raw.basis not in ("growth", "reduction")]
    return out


__all__ = ["Raw", "read_targets"]
