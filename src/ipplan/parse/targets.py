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
:mod:`~ipplan.parse.items`, what stands before a quantity in :mod:`~ipplan.parse.before`, lists and pairs of quantities
in :mod:`~ipplan.parse.forms`; what a number only describes is no target: :mod:`~ipplan.parse.exclusions`.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from ipplan.diagnostics import Note
from ipplan.normalize.dates import YEAR
from ipplan.parse.before import read_before
from ipplan.parse.clauses import Clause, Cut, FlatText, behind_sign
from ipplan.parse.deadlines import Deadline, find_deadlines
from ipplan.parse.exclusions import own_aims, tells_no_target, without_seeming_grants
from ipplan.parse.extents import Item, behind_separator, has_open_tail
from ipplan.parse.forms import read_raised, read_respectively
from ipplan.parse.grammar import MONEY_UNITS, Raw, State, endings, table, words
from ipplan.parse.items import read_item
from ipplan.parse.quantities import Quantity, candidates, find_quantities
from ipplan.patterns import pattern

_BULLETS = " *-·•●■◆▲★"
#: What may follow a day that a clause of its own names for the clause before.
_BY_THEN = pattern(
    "[前内]? ?(?:全部|全面|基本|均)?(?:完成|实现|落实|到位|达标|达成|达到|建成|办结|见效)?[。，；）]?(?=$|[。，；） ]|(?<=[。，；）]))"
)
_PURPOSE = pattern(" *为(?:了|实现|完成|达到)")
_AHEAD = pattern(f"(?:到|截至) ?{YEAR} ?年(?:年?[底末])?")
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
    span = (clauses[0].start, clauses[-1].end)
    said = without_seeming_grants(flat[span[0] : span[1]])
    money, capped = any(q.unit in MONEY_UNITS for q in quantities), False
    if tells_no_target(said, money=money):
        clauses = own_aims(flat, clauses)
        said = without_seeming_grants(flat[clauses[0].start : clauses[-1].end]) if clauses else ""
        if not clauses or tells_no_target(said, money=money):
            return []
        capped = True
    state = State()
    out: list[Raw] = []
    deadlines: list[Deadline] | None = None
    ends: list[int] = []
    subsidy = money and words("subsidy").inside(said)
    k = 0
    for clause in clauses:
        inside: list[Quantity] = []
        while k < len(quantities) and quantities[k].start < clause.end:
            if quantities[k].start >= clause.start:
                inside.append(quantities[k])
            k += 1
        if not inside:
            _pass(folded, clause, state)
        elif not _PURPOSE.match(folded, clause.start, clause.end) and not _describes(folded, clause, state):
            found = _clause(folded, flat, clause, inside, state, subsidy)
            state.reported = not found and words("had").inside(folded[clause.start : clause.end])
            state.named, state.passed = False, None
            found = [raw for raw in found if raw.comparator != "le"] if capped else found
            if found:
                if deadlines is None:
                    deadlines = find_deadlines(folded, flat, *span, year)
                    ends = [day.end for day in deadlines]
                _date(found, deadlines, ends, clause, span, folded)
                _raised_by(found, out)
                if out and _is_base(folded, out[-1], found[0]):
                    base = out.pop()
                    assert base.deadline
                    found[0].baseline = base.quantity.value, base.deadline.day.year
                out += found
        if clause.stop == "；":
            state.action = state.basis = state.frequency = state.commitment = None
    return out


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
    compared = _COMPARED.match(text) if text.endswith("相比") else None
    state.subject = (clause.start + compared.start(1), clause.start + compared.end(1)) if compared else None
    state.named = clause.stop == "：" and 3 <= len(text) <= 30 and not text.endswith(endings("no_indicator"))
    if state.named:
        at = folded.index(text, clause.start)
        state.subject = at + len(text) - len(text.lstrip(_BULLETS)), at + len(text)
    if _AHEAD.fullmatch(text):
        state.frequency = None
    if text in table("frequency"):
        state.frequency = table("frequency")[text]
    promise = words("commitment").at(text, 0)
    if promise and len(text) < 16:
        state.commitment = table("commitment")[promise]
    if text not in words("connectives") and len(text) >= 12:
        state.last = None


def _date(
    found: list[Raw],
    deadlines: list[Deadline],
    ends: list[int],
    clause: Clause,
    sentence: tuple[int, int],
    folded: str,
) -> None:
    """Give the targets of a clause their sentence and deadline; a series of dates goes one by one.

    ``deadlines``: those of the sentence, in order; ``ends``: where they end.
    """
    for raw in found:
        raw.sentence = sentence
        raw.deadline = raw.deadline or _deadline(raw, deadlines, ends, clause, folded)
    series = [raw for raw in found if raw.rule == "respectively" and raw.noun == found[0].noun]
    if len(series) > 1:
        ahead = [day for day in deadlines if day.end <= series[0].quantity.start][-len(series) :]
        listed = all(b.start - a.end <= 1 for a, b in pairwise(ahead))
        days = deadlines if len(series) == len(deadlines) else ahead if listed else []
        for raw, day in zip(series, days, strict=False) if len(days) == len(series) else ():
            raw.deadline = day


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


def _deadline(raw: Raw, deadlines: list[Deadline], ends: list[int], clause: Clause, folded: str) -> Deadline | None:
    """The nearest deadline phrase before the quantity in the sentence, else one behind it.

    Behind it means in the same clause, or in the next one where that says no more than the day (，2026年6月底前完成).
    """
    before = bisect_right(ends, raw.quantity.end)
    while before and _of_these(folded, deadlines[before - 1], clause):
        before -= 1
    if before:
        return deadlines[before - 1]
    for day in deadlines:
        if day.start > clause.end + 12:
            break
        if day.forward and raw.quantity.end <= day.start <= clause.end + 12:
            return day if day.start <= clause.end or _BY_THEN.match(folded, day.end) else None
    return None


def _of_these(folded: str, day: Deadline, clause: Clause) -> bool:
    """Whether a day tells only of a part of the item before: 其中上半年完成15家，培育｜2家."""
    if day.end > clause.start or folded[day.end : day.end + 1] in "，：":
        return False
    return folded[max(0, day.start - 4) : day.start].rstrip(" ，：").endswith("其中")


def _clause(
    folded: str, flat: str, clause: Clause, quantities: list[Quantity], state: State, subsidy: bool
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
        if raised and following:
            raws, pos, skip = [raised], behind_separator(flat, following.end), 1
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
        if raws:
            state.last = state.units[raws[-1].quantity.unit] = raws[-1]
            state.levels += [raw for raw in raws if raw.basis not in ("growth", "reduction")]
    return out


__all__ = ["Raw", "read_targets"]
