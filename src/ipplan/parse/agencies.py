"""The inside of a responsibility statement → who has which role.

Grammar (folded, blanks left out)::

    content  := part { (。|；|，) part }
    part     := label [：] list            责任单位：市科技局、市财政局     (an unlabelled list continues the label's role)
              | [由] list verb             市发改委牵头 · 市财政局、市科技局按职责分工负责
              | list 会同 list verb         市科技局会同市财政局负责
              | deadline                   完成时限：2021年6月 · 2023年12月底前完成
              | rule                       列首位的为牵头单位，下同
    list     := name { (、|，|blank|和|及) name } [等部门]

Names are read in :mod:`~ipplan.parse.agency_names`.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import cast

from ipplan.draft import AgencyRole
from ipplan.lexicon import load
from ipplan.normalize.agencies import looks_like_agency
from ipplan.parse.agency_names import Named, read_names
from ipplan.parse.dues import due_day, is_due, is_ongoing
from ipplan.parse.labels import Label, find_labels, roles_of, word_set
from ipplan.patterns import pattern
from ipplan.records import field, record

_SEPARATORS = pattern("[（〔【）〕】、，。；]")
#: 以下各项任务均由…负责: said of other sections than its own.
_BLANKET = pattern(
    " *(以上|上述|前述|以下|下列)[^，。；由需]{0,10}(?:均|都|全部)?(?=由|需)(?:需(?:由)?)?", needs=("由", "需")
)
_BY = pattern(" *(?:均|都)?由(?!来)")
_JOINED = pattern(
    "(?:(?<=牵头)|(?<=负责)|(?<=主办)|^|(?<=，)|(?<=[，；。] ))(?:会同|协同|联合)(?=[\u4e00-\u9fff])",
    needs=("会同", "协同", "联合"),
)
_OWN_ROLE = pattern("（(牵头|配合|参与|协助|负责)(?:单位|部门)?）$")
_TOGETHER = pattern("会同|商(?=[市省区县])|联合(?=[市省区县])", needs=("会同", "商", "联合"))


@record
class Share:
    """One role and its agencies, in text order; ``labelled`` where a label or verb gave the role."""

    role: AgencyRole
    agencies: list[Named] = field(default_factory=list)


@record
class Statement:
    """What a bracket or clause says: its shares, its deadline, whether it states that the first of a list leads."""

    shares: list[Share]
    deadline: dt.date | None = None
    undated: str | None = None  # a deadline without a year: 11月底前
    first_leads: bool = False
    from_now_on: bool = False
    labelled: bool = False
    verbs: int = 0
    covers: str | None = None
    doubtful: list[str] = field(default_factory=list)

    def take(self, text: str) -> bool:
        """Take the deadline that a text names, if it names one."""
        day, undated = due_day(text, self.deadline.year if self.deadline else None)
        self.deadline = day or self.deadline
        self.undated = undated or self.undated  # 6月完成50%，12月底前完成: the last day counts
        return bool(day or undated)

    def settle(self, year: int | None) -> None:
        """Give a deadline that names no year the one that holds where the statement stands."""
        if self.undated and self.deadline is None and year is not None:
            self.deadline = due_day(self.undated, year)[0]


@cache
def _word(kind: str) -> frozenset[str]:
    return frozenset(load("words")[kind])


def _find_rule(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Half-open place of the rule that the first of a list leads (列首位的为牵头单位)."""
    inside = folded[start:end]
    if "牵头" not in inside or not ("首" in inside or "第一" in inside):
        return None
    for word in load("words")["first_leads"]:
        at = folded.find(word, start, end)
        if at >= 0:
            return at, at + len(word)
    return None


def read_statement(folded: str, start: int, end: int, *, role: AgencyRole | None = None) -> Statement:
    """Read ``folded[start:end]``. ``role`` is the role of a list that has neither label nor verb."""
    out = Statement([])
    current: AgencyRole | None = role
    mute = dated = together = named = False  # named: the list stands right behind its label
    pending: list[tuple[int, int]] = []
    rule = _find_rule(folded, start, end)
    if rule:
        out.first_leads = True
        out.from_now_on = "下同" in folded[rule[1] : min(end, rule[1] + 4)]
    labels = {label.start: label for label in find_labels(folded, start, end)}
    for piece_start, piece_end in _pieces(folded, start, end, labels):
        label = labels.get(piece_start)
        if label:
            if pending and current:
                _add(out, current, folded, pending)
            pending = []
            kind = roles_of("assignment_labels")[label.word]
            out.labelled = True
            mute, dated = kind in ("", "deadline"), kind == "deadline"
            if kind == "deadline":
                out.take(folded[label.end : piece_end])
            named = kind in ("lead", "support", "responsible")
            current = cast(AgencyRole, kind) if kind in ("lead", "support", "responsible") else current
            piece_start = label.end
            if mute:
                continue
        text = folded[piece_start:piece_end].strip(" ：")
        if mute and dated and text:
            out.take(text)
        if not text or mute:
            continue
        if rule and rule[0] < piece_end and piece_start < rule[1]:
            continue
        if text in _word("no_deadline") or is_ongoing(text) or text in ("下同", "下同）"):
            continue
        if is_due(text) and out.take(text):
            continue
        if "：" in text and not label:
            mute = True  # 联络员：张某: a label that is not known names no agency
            continue
        blanket = _BLANKET.match(folded, piece_start, piece_end)
        if blanket:
            out.covers = "above" if blanket[1] in ("以上", "上述", "前述") else "below"
            piece_start = blanket.end()
            text = folded[piece_start:piece_end].strip()
        lead_in = _BY.match(folded, piece_start, piece_end)
        if lead_in:
            piece_start = lead_in.end()
        stop = piece_end
        while stop > piece_start and folded[stop - 1] == " ":
            stop -= 1
        joint = _JOINED.search(folded, piece_start, stop)
        if joint:
            # X牵头会同Y、Z负责: X leads, whoever follows 会同 supports.
            left = [*pending, (piece_start, joint.start())]
            verb = word_set("assignment_verbs").before(folded, joint.start(), piece_start)
            if verb:
                left[-1] = (piece_start, joint.start() - len(verb))
                out.verbs += 1
            role_left = cast(AgencyRole, roles_of("assignment_verbs")[verb]) if verb else current
            if left[-1][1] - left[-1][0] >= 2 or len(left) > 1:
                _close(out, folded, [x for x in left if x[1] > x[0]], role_left or "responsible")
            pending, together = [], True
            piece_start = joint.end()
            out.verbs += 1
        verb = word_set("assignment_verbs").before(folded, stop, piece_start)
        if verb and not looks_like_agency(text):
            stop -= len(verb)
            if stop > piece_start and folded[stop - 1] == "等":
                stop -= 1
            pending.append((piece_start, stop))
            out.verbs += 1
            given = "support" if together else roles_of("assignment_verbs")[verb]
            if named and current and current != given:
                cut = _last_comma(folded, pending)
                if cut:
                    _add(out, current, folded, pending[:cut])
                    pending = pending[cut:]
            _close(out, folded, pending, cast(AgencyRole, given))
            pending, together, named = [], False, False
            continue
        pending.append((piece_start, piece_end))
    if pending and (current or together):
        _add(out, "support" if together or current is None else current, folded, pending)
    elif pending:
        out.doubtful += [folded[a:b].strip() for a, b in pending]
    out.shares = [share for share in out.shares if share.agencies]
    return out


def _last_comma(folded: str, pending: list[tuple[int, int]]) -> int:
    """How many pieces stand in front of the last comma: 牵头单位：A、B，｜C配合."""
    for k in range(len(pending) - 1, 0, -1):
        if any(mark in folded[pending[k - 1][1] : pending[k][0]] for mark in "，；。"):
            return k
    return 0


def _pieces(folded: str, start: int, end: int, labels: dict[int, Label]) -> list[tuple[int, int]]:
    """Split at separators outside inner brackets, and before every label."""
    out: list[tuple[int, int]] = []
    depth, at = 0, start
    for found in _SEPARATORS.finditer(folded, start, end):
        here, char = found.start(), found[0]
        if char in "（〔【":
            depth += 1
        elif char in "）〕】":
            depth = max(0, depth - 1)
        elif not depth:
            out.append((at, here))
            at = here + 1
    out.append((at, end))
    split: list[tuple[int, int]] = []
    marks = sorted(labels)
    k = 0
    for a, b in out:
        while a < b and folded[a] == " ":
            a += 1
        while k < len(marks) and marks[k] < b:
            if marks[k] > a:
                split.append((a, marks[k]))
                a = marks[k]
            k += 1
        if a < b:
            split.append((a, b))
    return split


def _close(out: Statement, folded: str, pending: list[tuple[int, int]], role: AgencyRole) -> None:
    """A verb closes the list before it; 会同 inside makes what follows it support."""
    for i, (a, b) in enumerate(pending):
        found = _TOGETHER.search(folded[a:b])
        if found and looks_like_agency(folded[a : a + found.start()].strip()):
            _add(out, role, folded, [*pending[:i], (a, a + found.start())])
            rest = [(a + found.end(), b), *pending[i + 1 :]]
            _add(out, "support", folded, rest)
            return
    _add(out, role, folded, pending)


def _add(out: Statement, role: AgencyRole, folded: str, pieces: list[tuple[int, int]]) -> None:
    share = next((s for s in out.shares if s.role == role), None)
    if share is None:
        share = Share(role)
        out.shares.append(share)
    for name in read_names(folded, pieces):
        own = _OWN_ROLE.search(name.name) if name.name.endswith("）") else None
        if own:
            # 县版权局（牵头）: the remark gives this one its role.
            name.name = name.name[: own.start()]
            given = cast(AgencyRole, roles_of("assignment_verbs")[own[1]])
            other = next((s for s in out.shares if s.role == given), None)
            if other is None:
                other = Share(given)
                out.shares.insert(out.shares.index(share), other)
            other.agencies.append(name)
        else:
            share.agencies.append(name)
