"""Quantified targets: a small grammar over clauses.

The lexer (:mod:`ipplan.parse.quantities`) finds the quantities of a clause; the parser reads what stands around each::

    clause   := item { (、|和|及) item }
    item     := before quantity                     有效发明专利拥有量达2.3万件 · 新增授权量900件
              | before-verb quantity noun           每年扶持10家重点企业 · 200家“攀登者”企业
              | names 分别 before quantity {、quantity}    A、B、C分别达到x、y、z
              | noun 由 quantity before-to quantity       由2020年的10件提高到2025年的15件
              | quantity                            力争5%: the indicator of the item before
    before   := { time | scope | frequency | commitment | connective } [累计] [verb] [noun] { comparator | basis | time | frequency }

A verb reaches the later items of its sentence that have none of their own; 达 ends its reach. What the number only
describes is no target: see :func:`_rejected`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ipplan.diagnostics import Note
from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.normalize.dates import YEAR, year_of
from ipplan.parse.clauses import Clause, Cut, FlatText
from ipplan.parse.deadlines import Deadline, find_deadlines
from ipplan.parse.quantities import Quantity, candidates, find_quantities

_PER_YEAR = re.compile(" ?(?:/|每)年")
_LOCATED = re.compile("(?:在|围绕|面向|针对|依托|聚焦)")
_SO_FAR = re.compile("(?:已|目前|现有|共有|先后|近年来|截至目前)[^，。]{0,8}$")
_YEAR_BEFORE = frozenset("0123456789〇零一二三四五六七八九上去今本当同前整")
_AND = re.compile("、|和|以及|及|与")
_CLOSING = re.compile("(?:的?目标|的?任务|的?水平|的?规模|的?比例)[，。；、]?")
_LISTED = re.compile(r"[、和及与] *$")
_NAMED = re.compile("[\u4e00-\u9fffA-Za-z\ue000]{2}")
_AGAINST = re.compile("(?:比|较|与)")
_RATED = re.compile("按照?|的比例$|^每(?!万|百|千|十|[0-9])")
_EACH = re.compile("(?:最高|每家|每件|每项|每人|不足|每)$")
_SCORED = re.compile("(?:最高|分值|扣|加)$")
_CAPPED = re.compile("最高|比例|每[家件项人户]|按")
_PURPOSE = re.compile(" *为(?:了|实现|完成|达到)")
_ITEM_END = re.compile("(?:和|及|与|以及|并|且|的?(?:目标|任务|规模|水平)|或)")
_GROWN_TAIL = re.compile("了$|(?<=新增)加|(?<=净增)加")
_REMARK = re.compile("（[^（）]*）")
_OF_AIM = re.compile("的(?:目标|任务|水平|规模|比例|增长|增速)")
_LETTER = re.compile("[\u4e00-\u9fffA-Za-z]")
_IF = re.compile("^(?:凡|若|如|当|对于|符合|具有|注册)")
_BETWEEN = re.compile(" *(?:、|和|以及|及|，) *")
_OVER = re.compile("(?:较|比|与)[^，、]{2,20}$")
_LINK = re.compile("、|和|以及|及")


@dataclass(slots=True)
class Raw:
    """A target as read from one paragraph: everything but its deadline by scope. Offsets are into the paragraph."""

    noun: tuple[int, int]
    start: int
    quantity: Quantity
    comparator: str
    action: str | None = None
    basis: str = "level"
    frequency: str | None = None
    commitment: str | None = None
    nature: str | None = None
    baseline: tuple[Decimal, int | None] | None = None
    deadline: Deadline | None = None
    sentence: tuple[int, int] = (0, 0)
    rule: str = ""
    noun_text: str | None = None
    end: int = 0

    def __post_init__(self) -> None:
        self.end = max(self.quantity.end, self.noun[1])


@dataclass(slots=True)
class Before:
    """What was read in front of a quantity."""

    noun: tuple[int, int]
    start: int
    action: str | None = None
    comparator: str | None = None
    compared: bool = False
    reached: bool = False
    basis: str | None = None
    frequency: str | None = None
    leading_frequency: bool = False
    commitment: str | None = None
    respectively: bool = False
    ends_in_verb: bool = False
    each: bool = False
    post_action: str | None = None
    share: bool = False
    from_: int = 0


@dataclass(slots=True)
class _State:
    """What a sentence has said so far and later items inherit."""

    action: str | None = None
    basis: str | None = None
    frequency: str | None = None
    commitment: str | None = None
    last: Raw | None = None
    subject: tuple[int, int] | None = None


@cache
def _set(kind: str) -> WordSet:
    """The words of one list of the grammar, or all of a table of lists."""
    words = load("grammar")[kind]
    return WordSet(_table(kind) if isinstance(words, dict) else words)


@cache
def _table(kind: str) -> dict[str, str]:
    return {word: name for name, words in load("grammar")[kind].items() for word in words}


_DATE_END = re.compile(
    rf"(?:到|至|截至|截止|在|于|力争|力争到)? ?{YEAR} ?年 ?(?:[0-9]{{1,2}} ?月)? ?(?:底|末|年底|年末)?(?:之前|以前|前|内)?$"
)
_DATE_START = re.compile(
    rf"(?:力争到|力争|争取到|截至到|截至|截止|到|至|在|自|从)? ?(?:{YEAR} ?年? ?[-~至到] ?{YEAR} ?年(?:期间)?|{YEAR} ?年 ?(?:[0-9]{{1,2}} ?月(?:[0-9]{{1,2}} ?日)?)? ?(?:年?底|年?末|上半年|下半年|第?[一二三四]季度)?(?:之前|以前|前|内|度)?|[“\"]?[一二]?十[一二三四五六七八九]?五[”\"]?(?:期间|时期|期末|末)|(?:年底|年内|[0-9]{{1,2}}月底)前?|近[一二三四五六七八九十两0-9]{{1,2}}年(?:内|来)?|[一二三四五六七八九十两0-9]{{1,3}}年(?:内|来|之内))[，,]?"
)
_METRIC = re.compile("[量率额度](?![子产外])|数(?![据字码控学智])")
_TOTAL = re.compile("总?累[计积](?!率)")
_GROWN = re.compile("(?:净增加?|新增加?|增加)了?$")
_WHO = re.compile("的(?:[\u4e00-\u9fff]{0,4})(?:企业|单位|机构|高校|个人|主体|院所|项目|产品|人员|团队|园区)$")
_HAVE = re.compile("共有|现有|已有|已经|先后|现已|已累计")
_PAST = re.compile("已|目前|现有|近年|过去|去年|上年|了$")
_OF_YEAR = re.compile(f"{YEAR} ?年(?:底|末)?的$")
_COMPARED_TO = re.compile(
    rf"(?:较|(?<![占之对])比|与)[^，、]{{0,14}}?(?:{YEAR} ?年? ?(?:底|末|初)?|上年|去年|[“\"]?[一二]?十[一二三四]?五[”\"]?(?:末|期末)?|同期|上年度|去年同期|上年同期)(?:相比)?$"
)
_SUBSIDY_MONEY = frozenset(("元", "美元", "欧元"))
_TIME_UNITS = frozenset(("小时", "分钟", "天", "个月", "工作日", "日", "周", "秒"))
_GROWTH_UNITS = frozenset(("%", "百分点", "倍", "‰", "成"))
_SEPARATORS = "、和及与"


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
    if not quantities:
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
        if stop > at:
            out += _sentence(folded, flat, sentence, quantities[at:stop], year)
        at = stop
    return out, notes


def _sentence(folded: str, flat: str, clauses: list[Clause], quantities: list[Quantity], year: int | None) -> list[Raw]:
    state = _State()
    out: list[Raw] = []
    span = (clauses[0].start, clauses[-1].end)
    text = folded[span[0] : span[1]]
    deadlines = find_deadlines(folded, flat, *span, year)
    money = any(q.unit in _SUBSIDY_MONEY for q in quantities)
    subsidy = money and _set("subsidy").inside(text)
    if _CONDITION.search(text) or _REPORT.match(text):
        return []
    if _GRANT.search(text) and (money or _CAPPED.search(text)):
        return []
    k = 0
    for clause in clauses:
        inside: list[Quantity] = []
        while k < len(quantities) and quantities[k].start < clause.end:
            if quantities[k].start >= clause.start:
                inside.append(quantities[k])
            k += 1
        if not inside:
            _pass(folded, clause, state)
        else:
            purpose = _PURPOSE.match(folded[clause.start : clause.end])
            found = [] if purpose else _clause(folded, flat, clause, inside, state, subsidy)
            for raw in found:
                raw.sentence = span
                raw.deadline = raw.deadline or _deadline(raw, deadlines, clause)
            series = [raw for raw in found if raw.rule == "respectively" and raw.noun == found[0].noun]
            if len(series) > 1 and len(series) == len(deadlines):
                for raw, day in zip(series, deadlines, strict=True):
                    raw.deadline = day
            out += found
        if clause.stop == "；":
            state.action = state.basis = state.frequency = state.commitment = None
    return out


#: A sentence that grants, awards or fines: its numbers are conditions and caps.
_REPORT = re.compile(
    "[^，。；]{0,12}(?:近年来|近[一二三四五两几]年来|以来，|[^\u4e00-\u9fff]目前，|^目前|截至目前|过去[一二三四五两几]?年|去年|历年来)"
)
_CONDITION = re.compile(
    "申报单位|申请单位|申请人|申报主体|申请条件|申报条件|应当符合|符合下列|同时满足|具备以下|应具备|注册满"
)
_GRANT = re.compile("给予|奖励|补助|补贴|资助|奖补|罚款|处以|贴息|予以支持|一次性")


def _pass(folded: str, clause: Clause, state: _State) -> None:
    """A clause without a quantity: a list that goes on keeps the verb, anything else ends its reach."""
    text = folded[clause.start : clause.end].strip()
    state.action = state.basis = None
    compared = re.match("(.{3,40}?)(?:与|较|比)[^，]{2,20}相比$", text)
    state.subject = (clause.start + compared.start(1), clause.start + compared.end(1)) if compared else None
    if text in _table("frequency"):
        state.frequency = _table("frequency")[text]
    promise = _set("commitment").at(text, 0)
    if promise and len(text) < 16:
        state.commitment = _table("commitment")[promise]
    if text in _set("connectives"):
        return
    state.last = state.last if len(text) < 12 else None


def _deadline(raw: Raw, deadlines: list[Deadline], clause: Clause) -> Deadline | None:
    """The nearest deadline phrase before the quantity in the sentence, else one behind it in the same clause."""
    before = [d for d in deadlines if d.end <= raw.quantity.end]
    if before:
        return before[-1]
    behind = [d for d in deadlines if raw.quantity.end <= d.start <= clause.end + 12 and d.forward]
    return behind[0] if behind else None


def _clause(
    folded: str, flat: str, clause: Clause, quantities: list[Quantity], state: _State, subsidy: bool
) -> list[Raw]:
    out: list[Raw] = []
    pos = clause.start
    skip = 0
    for k, quantity in enumerate(quantities):
        if skip:
            skip -= 1
            continue
        following = quantities[k + 1] if k + 1 < len(quantities) else None
        limit = following.start if following else clause.end
        before = _before(folded, pos, quantity, open_tail=_open_tail(folded[quantity.end : limit]))
        if following:
            raised = _raised(folded, clause, pos, quantity, following, state)
            if raised:
                out.append(raised)
                state.last = raised
                pos = _boundary(flat, following.end)
                skip = 1
                continue
        if before.respectively:
            many = _respectively(folded, flat, before, quantities[k:], state)
            if many:
                out += many
                skip = len(many) - 1
                pos = _boundary(flat, many[-1].end)
                state.last = many[-1]
                continue
        raws, pos = _item(folded, flat, clause, pos, before, quantity, following, limit, state, subsidy)
        out += raws
        if raws:
            state.last = raws[-1]
    return out


def _boundary(flat: str, at: int) -> int:
    """Behind the separator that follows an item."""
    while at < len(flat) and flat[at] == " ":
        at += 1
    if at < len(flat) and flat[at] == "（":
        closer = flat.find("）", at)
        if 0 <= closer <= at + 60:
            at = closer + 1
    if at < len(flat) and flat[at] in _SEPARATORS:
        at += 1
    return at


def _item(
    folded: str,
    flat: str,
    clause: Clause,
    pos: int,
    before: Before,
    quantity: Quantity,
    following: Quantity | None,
    limit: int,
    state: _State,
    subsidy: bool,
) -> tuple[list[Raw], int]:
    """One item: the noun stands in front of the quantity, behind it, or with the item before."""
    noun = before.noun
    tail_start = quantity.end
    while tail_start < limit and flat[tail_start] == " ":
        tail_start += 1
    tail = folded[tail_start:limit]
    open_tail = _open_tail(tail)
    has_noun = noun[1] - noun[0] >= 2
    next_pos = _boundary(flat, quantity.end)
    action, basis = before.action, before.basis
    per_year = _PER_YEAR.match(tail)
    if per_year:
        before.frequency = before.frequency or "annual"
        quantity.end = tail_start + per_year.end()
        tail, open_tail = tail[per_year.end() :], False
        next_pos = _boundary(flat, quantity.end)
    if open_tail and (not has_noun or before.ends_in_verb):
        stop = _noun_end(folded, flat, tail_start, clause.end, following)
        head = folded[tail_start:stop]
        if following and stop < clause.end:
            next_pos = _boundary(flat, stop)
        else:
            next_pos = stop
        if tail.startswith("的") or (
            quantity.comparator == "le" and quantity.unit in _TIME_UNITS and not has_noun and len(head) < 2
        ):
            return [], next_pos
        carried = action or (state.action if not has_noun or before.ends_in_verb else None)
        if quantity.unit in _TIME_UNITS and quantity.comparator != "le":
            return [], next_pos
        if not carried and not before.frequency and not before.compared and quantity.unit not in _TIME_UNITS:
            return [], next_pos
        if not quantity.strong and quantity.unit not in _TIME_UNITS and not (before.compared or quantity.comparator):
            return [], next_pos
        if quantity.unit in _GROWTH_UNITS:
            return [], next_pos  # 70%以上市、县完成…: a share of others
        if quantity.comparator == "ge" and _WHO.search(head):
            return [], next_pos  # 对拥有10件以上有效专利的企业: whom, not what
        if _slogan(head, quantity, carried) or _unlikely_head(head):
            return [], next_pos
        raw = Raw(
            (tail_start, stop),
            before.start if (action or before.frequency or before.basis) else quantity.start,
            quantity,
            _comparator(before, quantity),
            rule="verb quantity noun",
        )
        raw = _finish(raw, before, carried, basis or _basis_of(carried), state)
        return ([] if _rejected(folded, raw, before, subsidy, state) else [raw]), next_pos
    if open_tail and quantity.unit in _TIME_UNITS and quantity.comparator == "le" and has_noun:
        stop = _noun_end(folded, flat, tail_start, clause.end, following)
        raw = Raw(noun, before.start, quantity, "le", rule="time limit")
        raw.noun_text = folded[noun[0] : noun[1]] + folded[tail_start:stop]
        raw.end = stop
        raw = _finish(raw, before, action, "level", state)
        return ([] if _rejected(folded, raw, before, subsidy, state) else [raw]), stop
    if open_tail and not _closing(tail):
        return [], next_pos
    if not has_noun:
        said = before.compared or before.commitment or before.reached or before.basis or quantity.kind == "fold"
        same = state.last is not None and (
            state.last.quantity.unit == quantity.unit
            or quantity.kind == "fold"
            or before.basis in ("growth", "reduction")
        )
        if state.last is not None and said and same:
            last = state.last
            raw = Raw(
                last.noun,
                quantity.start,
                quantity,
                before.comparator or quantity.comparator or "eq",
                rule="indicator of the item before",
            )
            raw.noun_text, raw.end = last.noun_text, quantity.end
            raw.action, raw.basis, raw.frequency = (
                last.action,
                before.basis or last.basis,
                before.frequency or last.frequency,
            )
            if quantity.kind == "fold":
                raw.basis = "growth"
            raw.commitment = before.commitment
            return ([] if _rejected(folded, raw, before, subsidy, state) else [raw]), next_pos
        if state.subject and before.basis:
            raw = Raw(
                state.subject,
                before.from_,
                quantity,
                _comparator(before, quantity),
                rule="subject of the clause before",
            )
            raw.end = quantity.end
            return [_finish(raw, before, None, before.basis, state)], next_pos
        return [], next_pos
    if before.ends_in_verb and not action:
        return [], next_pos
    if quantity.unit in _TIME_UNITS and not (before.compared or quantity.comparator):
        return [], next_pos
    if not quantity.strong and not (before.compared or quantity.comparator or action) and quantity.kind == "count":
        return [], next_pos
    if before.reached:
        state.action = state.basis = None
    carried = action or state.action
    comparator = _comparator(before, quantity)
    raw = Raw(noun, before.start, quantity, comparator, rule="noun quantity")
    raw = _finish(raw, before, carried, basis or _basis_of(carried), state)
    if _rejected(folded, raw, before, subsidy, state):
        return [], next_pos
    return _split_metrics(folded, flat, raw, before), next_pos


def _open_tail(tail: str) -> bool:
    """Whether a noun (and not the end of the item) follows a quantity."""
    tail = tail.lstrip(" ")
    return tail[:1] not in ("", "、", "，", "。", "；", "（", "〔") and not _ITEM_END.match(tail)


def _comparator(before: Before, quantity: Quantity) -> str:
    """The comparator of both sides: 控制在61万吨以上 is ``ge``, 超过90%以上 stays ``gt``."""
    if before.comparator == "le" and quantity.comparator in ("ge", "approx"):
        return "le" if quantity.comparator == "approx" else "ge"
    return before.comparator or quantity.comparator or "eq"


def _closing(tail: str) -> bool:
    return bool(_CLOSING.match(tail))


def _finish(raw: Raw, before: Before, action: str | None, basis: str | None, state: _State) -> Raw:
    """Fill in action, basis, frequency and commitment, and remember what reaches later items."""
    raw.action = action
    raw.basis = basis or "level"
    if raw.quantity.kind == "fold":
        raw.basis = "growth"
    if raw.basis in ("growth", "reduction") and raw.quantity.kind == "count" and raw.quantity.unit not in _GROWTH_UNITS:
        # 培育提升1-2个产业 is no change; 比上年提高20家 is one.
        raw.basis = "level" if before.ends_in_verb else "reduction" if raw.basis == "reduction" else "increment"
    if raw.quantity.unit == "百分点" and raw.basis == "level" and before.basis:
        raw.basis = before.basis
    if before.action:
        state.action, state.basis = before.action, _basis_of(before.action)
    if before.leading_frequency and before.frequency:
        state.frequency = before.frequency
    if before.commitment:
        state.commitment = before.commitment
    raw.frequency = before.frequency or state.frequency
    raw.commitment = before.commitment or state.commitment
    return raw


def _basis_of(action: str | None) -> str | None:
    return "increment" if action in load("grammar")["increment_actions"] else None


def _before(folded: str, pos: int, quantity: Quantity, *, open_tail: bool = False) -> Before:
    """Read ``folded[pos:quantity.start]`` from both ends. ``open_tail``: a noun may follow the quantity."""
    i, j = pos, quantity.start
    out = Before((i, j), i, share=quantity.unit in _GROWTH_UNITS and quantity.kind == "count", from_=i)
    i = _from_left(folded, i, j, out)
    if quantity.kind == "rank":
        j = _from_rank(folded, i, j)
    j = _from_right(folded, i, j, out)
    i = _take_action(folded, i, j, out, open_tail)
    if out.post_action and not out.action:
        out.action = out.post_action
    while j > i and folded[j - 1] in " 的：":
        j -= 1
    while i < j and folded[i] in " 的，":
        i += 1
    out.noun = (i, j)
    return out


def _from_left(folded: str, i: int, j: int, out: Before) -> int:
    out.start = -1
    changed = True
    while changed and i < j:
        changed = False
        while i < j and folded[i] in " 、，":
            i += 1
        date = _DATE_START.match(folded, i, j)
        if date and date.end() > i:
            i, changed = date.end(), True
            continue
        frequency = _set("frequency").at(folded, i, j)
        if frequency and (frequency != "年" or (j - i > 4 and folded[i + 1] not in "度均轻末底内初中代月龄级限")):
            word = _table("frequency")[frequency]
            if not (frequency == "年度" and folded[i + 2 : i + 4] in ("计划", "目标", "任务", "报告")):
                out.frequency, out.leading_frequency = word, True
                out.start = i if out.start < 0 else out.start
                i, changed = i + len(frequency), True
                continue
        promise = _set("commitment").at(folded, i, j)
        if promise:
            out.commitment = _table("commitment")[promise]
            i, changed = i + len(promise), True
            continue
        scope = _set("scope").at(folded, i, j)
        if scope and i + len(scope) < j and folded[i + len(scope)] not in "性统重":
            i, changed = i + len(scope), True
            continue
        total = _TOTAL.match(folded, i, j)
        if total:
            out.basis = "cumulative"
            out.start = i if out.start < 0 else out.start
            i, changed = total.end(), True
            continue
        adverb = _set("adverbs").at(folded, i, j)
        if adverb and _action_at(folded, i + len(adverb), j):
            i, changed = i + len(adverb), True
            continue
        link = _set("connectives").at(folded, i, j)
        if link and not _action_at(folded, i, j):
            i, changed = i + len(link), True
    return i


def _from_right(folded: str, i: int, j: int, out: Before) -> int:
    """Take comparators, basis words, frequency and dates off the end."""
    changed, number = True, j
    rank_end = j if folded[j : j + 1] == "翻" else -1
    while changed and j > i:
        changed = False
        while j > i and folded[j - 1] == " ":
            j -= 1
        text = folded[max(i, j - 12) : j]
        base = max(i, j - 12)
        if text.endswith("分别"):
            out.respectively = True
        grown = _GROWN.search(text)
        if grown and base + grown.start() - i >= 2 and not text.endswith("增加到"):
            out.post_action = _GROWN_TAIL.sub("", grown[0])
            out.compared = True
            j, changed = base + grown.start(), True
            continue
        basis = _set("basis").before(folded, j, i)
        comparator = _set("comparators_before").before(folded, j, i)
        frequency = _set("frequency").before(folded, j, i)
        if frequency and folded[j - len(frequency) - 1 : j - len(frequency)] in _YEAR_BEFORE:
            frequency = None  # 上年度 names a year
        if frequency and frequency != "年" and len(frequency) > len(basis or comparator or ""):
            out.frequency = out.frequency or _table("frequency")[frequency]
            j, changed = j - len(frequency), True
            continue
        if basis and comparator and len(comparator) > len(basis):
            basis = None
        if basis and basis[0] == "年" and folded[j - len(basis) - 1 : j - len(basis)] in _YEAR_BEFORE:
            basis = basis[1:]  # 2020年增长, 上年增长: the 年 belongs to the date
        inner = j - len(basis or comparator or "")
        if basis and not (len(basis) == 1 and inner > i and folded[inner - 1] in "下升"):
            word = _table("basis")[basis]
            if word == "cumulative" or out.basis is None:
                out.basis = word
            if "年" in basis:
                out.frequency = "annual"
            out.compared = out.compared or word != "cumulative"
            j, changed = inner, True
            continue
        if comparator:
            inner = j - len(comparator)
            word = _table("comparators_before")[comparator]
            if _ends_word(folded, i, inner, comparator):
                break
            if comparator == "上" and j != number:
                break
            if comparator == "等" or (comparator == "完成" and inner - i < 2):
                break
            if word != "eq" or comparator not in (
                "分别",
                "均",
                "都",
                "共",
                "并",
                "且",
                "力争",
                "争取",
                "确保",
                "必须",
                "努力",
                "将",
                "要",
                "完成",
                "能",
                "可",
                "需",
                "应",
                "再",
                "也",
                "就",
            ):
                out.compared = True
                out.reached = out.reached or word in ("eq", "gt", "lt")
            if comparator in ("均", "都", "分别"):
                out.each = True
            if word != "eq":
                out.comparator = out.comparator or word
            if comparator in ("力争", "争取", "努力", "确保", "必须"):
                out.commitment = _table("commitment")[comparator]
            j, changed = inner, True
            continue
        promise = _set("commitment").before(folded, j, i)
        if promise:
            out.commitment = _table("commitment")[promise]
            j, changed = j - len(promise), True
            continue
        against = _COMPARED_TO.search(folded[max(i, j - 24) : j]) or (_OVER.match(folded[i:j]) if j - i <= 21 else None)
        if against and (out.basis or out.compared or j == rank_end):
            j, changed = (max(i, j - 24) if against.re is _COMPARED_TO else i) + against.start(), True
            continue
        times = _OF_YEAR.search(folded[max(i, j - 10) : j]) if out.share else None
        if times:
            j, changed = max(i, j - 10) + times.start(), True  # 达到2020年的2倍
            continue
        date = _DATE_END.search(folded[max(i, j - 24) : j])
        if date and date[0].strip():
            j, changed = max(i, j - 24) + date.start(), True
            continue
    return j


def _from_rank(folded: str, i: int, j: int) -> int:
    """Take 进入全国 off in front of 前十位."""
    end = j
    for _ in range(3):
        word = _set("rank_verbs").before(folded, end, i) or _set("rank_scopes").before(folded, end, i)
        if not word:
            break
        end -= len(word)
    return end


def _ends_word(folded: str, i: int, at: int, word: str) -> bool:
    """Whether a comparator at ``at`` is only the end of a longer word (拥有, 许可达)."""
    before = load("grammar")["word_ends"].get("可" if word == "可达" else word, "")
    return at > i and folded[at - 1] in before


def _action_at(folded: str, i: int, j: int, *, second: bool = False) -> str | None:
    """The verb at ``i``, if what follows lets it be one: 培训｜人员, but 培训基地, 授权量. ``second``: a verb stands before."""
    word = _set("actions").at(folded, i, j)
    if not word or word in _set("increment_actions"):
        return word
    after = i + len(word)
    if j - after < 1:
        return word
    if _set("metric_nouns").at(folded, after, j) or _METRIC.match(folded, after, j):
        return None
    if word in _set("weak_actions") or word in _set("place_verbs"):
        if _set("place_nouns").at(folded, after, j) or (folded[after] in "区园站点业者" and j - after == 1):
            return None
    if second and _set("event_nouns").at(folded, after, j):
        return None
    return word


def _take_action(folded: str, i: int, j: int, out: Before, open_tail: bool) -> int:
    """Take the leading verb off, or find the verb that ends the stretch (成立｜1家联盟)."""
    text = folded[i:j]
    bare = len(text.rstrip(" 了"))
    tail = _set("actions").before(text, bare)
    start = i
    words: list[str] = []
    at = i
    for _ in range(3):
        verb = _action_at(folded, at, j, second=bool(words))
        if not verb:
            break
        if verb in _set("weak_actions") and out.reached and not words:
            break
        if out.share and verb not in _set("increment_actions"):
            break  # 调解成功率达80%: a rate has no verb
        after = at + len(verb)
        if words and 0 < j - after < 2:
            break
        words.append(verb)
        at = after
        while at < j and folded[at] == " ":
            at += 1
    around = _set("scope").at(folded, at, j)
    if words and around and at + len(around) == j:
        at = j
    if words and j - at < 2:
        # nothing but a verb: the noun stands behind the quantity
        out.action, out.ends_in_verb = "".join(words), True
        out.start = start if out.start < 0 else out.start
        return at
    if words and j - at >= 2:
        out.action = "".join(words)
        out.start = start if out.start < 0 else out.start
        scope = _set("scope").at(folded, at, j)
        if (
            scope and j - at - len(scope) >= 2 and scope not in ("全国", "全省", "我国", "我省")
        ):  # 全国版权示范单位 is a name
            at += len(scope)
        return at
    if tail and len(text) > len(tail) and open_tail:
        out.ends_in_verb = True
        verb_at = i + bare - len(tail)
        out.action = tail
        own = out.start
        out.start = verb_at if own < 0 or own < i else own
        return verb_at
    located = _LOCATED.match(text)
    if located:
        for at, word in _set("actions").find(folded, i + 3, j):
            after = at + len(word)
            if j - after >= 2 and folded[after] != "的" and _action_at(folded, at, j):
                out.action, out.start = word, at
                return after
    out.start = i if out.start < 0 else out.start
    return i


def _noun_end(folded: str, flat: str, start: int, end: int, following: Quantity | None) -> int:
    """Where the noun behind a quantity ends: at the item's separator, a bracket remark, or the verb of what follows."""
    stop = end
    if following:
        between = flat[start : following.start]
        direct = _LISTED.search(between)
        if direct:
            stop = start + direct.start()
        else:
            commas = [m.start() for m in _LINK.finditer(between)]
            verbs = [c for c in commas if _set("actions").at(between, c + 1)]
            if verbs:
                stop = start + verbs[0]
            elif commas:
                stop = start + commas[-1]
            else:
                stop = following.start
    for at, word in _set("pivots").find(flat, start + 2, stop):
        after = at + len(word)
        if (
            after < stop - 1
            and _set("pivot_heads").before(folded, at, start)
            and not _set("pivot_heads").at(flat, after)
        ):
            stop = at
            break
    while stop > start and folded[stop - 1] in " ，、":
        stop -= 1
    return stop


def _slogan(head: str, quantity: Quantity, action: str | None) -> bool:
    """Whether what is counted is a slogan or a list (五大行动, 2个领域), not something the plan brings about."""
    if quantity.han and quantity.value == 1:
        return True
    plain = re.sub("(?:建设|打造|工作|培育|试点|攻坚)$", "", _REMARK.sub("", head).rstrip('”"'))
    if not plain:
        return True
    abstract = (
        "行动",
        "机制",
        "举措",
        "措施",
        "原则",
        "环节",
        "领域",
        "方面",
        "统筹",
        "转变",
        "能级",
        "要素",
        "维度",
        "层面",
        "阶段",
        "步骤",
        "板块",
        "理念",
        "导向",
        "主线",
        "关系",
        "意识",
        "坚持",
        "强化",
        "突出",
        "关键",
        "任务",
        "问题",
        "渠道",
        "方向",
        "类别",
        "台阶",
        "格局",
        "环境",
        "链条",
        "目标",
        "条件",
        "要求",
        "特点",
        "优势",
        "方式",
        "角度",
        "体系",
        "工程",
        "内容",
    )
    if plain.endswith(abstract):
        return quantity.han or quantity.value <= 20
    if _set("slogan_heads").before(plain, len(plain)):
        return quantity.han or action is None
    return False


def _unlikely_head(head: str) -> bool:
    return not _NAMED.search(head)


def _rejected(folded: str, raw: Raw, before: Before, subsidy: bool, state: _State) -> bool:
    """What is no target although its form would fit: reports, conditions, subsidies, names, ranks of others."""
    quantity = raw.quantity
    noun = folded[raw.noun[0] : raw.noun[1]]
    lead = folded[max(raw.sentence[0], raw.start - 12) : raw.noun[1]]
    if quantity.unit in _SUBSIDY_MONEY and subsidy:
        return True
    if folded[quantity.end : quantity.end + 1] == "的" and not _OF_AIM.match(folded[quantity.end : quantity.end + 4]):
        return True
    if "已" in folded[raw.noun[1] : quantity.start]:
        return True
    if _PAST.search(noun) or _HAVE.search(folded[before.from_ : raw.noun[0]]):
        return True
    if _SO_FAR.search(folded[max(0, raw.start - 10) : raw.start]):
        return True
    if quantity.han and quantity.value == 1 and not raw.action and not before.compared:
        return True
    if not _LETTER.search(noun) and raw.noun_text is None:
        return True
    if _AGAINST.match(noun) and raw.noun_text is None:
        return True
    if len(noun) > 120 or _RATED.search(noun) or folded[max(0, raw.start - 1) : raw.start] == "每":
        return True
    if _EACH.match(noun) or _SCORED.search(noun):
        return True
    return bool(_IF.search(lead.strip()) and quantity.comparator == "ge" and subsidy)


_METRIC_SPLIT = re.compile("、|和|以及|及(?!以上|以下)|与")


def _split_metrics(folded: str, flat: str, raw: Raw, before: Before) -> list[Raw]:
    """质押融资额和项目数年增幅20%: a share or change holds for each metric; 均达到 says so of counts too."""
    a, b = raw.noun
    each = before.each or raw.quantity.unit in _GROWTH_UNITS
    if not each:
        return [raw]
    parts: list[tuple[int, int]] = []
    at = a
    for found in _METRIC_SPLIT.finditer(flat, a, b):
        if _set("metric_ends").before(folded, found.start(), at) or before.each:
            parts.append((at, found.start()))
            at = found.end()
    parts.append((at, b))
    if len(parts) == 1 or not (_set("metric_ends").before(folded, b, at) or before.each):
        return [raw]
    out = []
    for k, part in enumerate(parts):
        one = Raw(
            part,
            raw.start if k == 0 else part[0],
            raw.quantity,
            raw.comparator,
            raw.action,
            raw.basis,
            raw.frequency,
            raw.commitment,
            rule="one quantity for several metrics",
        )
        out.append(one)
    return out


def _respectively(folded: str, flat: str, before: Before, quantities: list[Quantity], state: _State) -> list[Raw]:
    """A、B、C分别达到x、y、z."""
    names: list[tuple[int, int]] = []
    at, end = before.noun
    for found in _AND.finditer(flat[at:end]):
        here = before.noun[0] + found.start()
        names.append((at, here))
        at = before.noun[0] + found.end()
    names.append((at, end))
    whole = [before.noun] * len(quantities)
    run = [quantities[0]]
    for quantity in quantities[1:]:
        if not _BETWEEN.fullmatch(flat[run[-1].end : quantity.start]):
            break
        run.append(quantity)
    if len(run) > 1 and len(names) != len(run):
        names = whole[: len(run)]  # one indicator, a series of dates
    if len(run) < 2:
        return []
    out = []
    for name, quantity in zip(names, run, strict=True):
        raw = Raw(name, name[0], quantity, before.comparator or quantity.comparator or "eq", rule="respectively")
        raw.end = quantity.end
        out.append(_finish(raw, before, before.action or None, before.basis or _basis_of(before.action), state))
    out[0].start = before.start if before.action else out[0].start
    state.action = state.basis = None
    return out


_RAISED_FROM = re.compile(rf"(?:由|从)(?:(?P<y>{YEAR}) ?年(?:底|末|初)?)?的? ?(?:约|近)?$")
_RAISED_TO = re.compile(
    rf" ?(?:（[^）]*）)?(?P<verb>提高|提升|增加|增长|上升|扩大|发展|下降|降低|减少|压缩|缩短|压减|缩减|降)(?:到|至|为)了?(?:(?P<y>{YEAR}) ?年(?:底|末)?)?的?(?P<c>[^0-9一二两三四五六七八九十]{{0,6}})$"
)


def _raised(folded: str, clause: Clause, pos: int, first: Quantity, second: Quantity, state: _State) -> Raw | None:
    """由2020年的10件提高到2025年的15件: the first quantity is the baseline of the second."""
    lead = _RAISED_FROM.search(folded[pos : first.start])
    link = _RAISED_TO.fullmatch(folded[first.end : second.start])
    if not lead or not link or first.unit != second.unit:
        return None
    head = Quantity(pos + lead.start(), pos + lead.start(), second.value, second.unit)
    before = _before(folded, pos, head)
    if before.noun[1] - before.noun[0] < 2:
        return None
    comparator = None
    said = link["c"] or ""
    found = _set("comparators_before").before(said, len(said))
    if found:
        word = _table("comparators_before")[found]
        comparator = word if word != "eq" else None
    raw = Raw(
        before.noun, before.start, second, comparator or second.comparator or "eq", rule="from baseline to target"
    )
    raw.baseline = (first.value, int(lead["y"]) if lead["y"] and lead["y"].isdigit() else None)
    raw = _finish(raw, before, before.action, None, state)
    raw.basis = "level"
    if link["y"]:
        year = year_of(link["y"])
        raw.deadline = Deadline(first.end, second.start, dt.date(year, 12, 31), True)
    return raw
