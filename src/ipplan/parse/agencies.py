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
from ipplan.lexicon.wordset import WordSet
from ipplan.normalize.agencies import looks_like_agency
from ipplan.parse.agency_names import Named, read_names
from ipplan.parse.duty_dates import day_of_year, is_date, is_ongoing, last_day
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
    first_leads: bool = False
    from_now_on: bool = False
    labelled: bool = False
    verbs: int = 0
    covers: str | None = None
    doubtful: list[str] = field(default_factory=list)
    yearless: str | None = None  # a deadline whose year stands elsewhere (12月底前)

    def date(self, year: int | None) -> None:
        """Give a deadline without a year that of the plan."""
        if self.yearless and year and self.deadline is None:
            self.deadline = day_of_year(self.yearless, year)


@record(frozen=True)
class Label:
    """A label of a responsibility statement (责任单位：): its word and half-open place, the colon included."""

    word: str
    start: int
    end: int


@cache
def _roles_of(kind: str) -> dict[str, str]:
    return {word: role for role, words in load("words")[kind].items() for word in words}


@cache
def _set(kind: str) -> WordSet:
    words = load("words")[kind]
    return WordSet(_roles_of(kind) if isinstance(words, dict) else words)


def find_labels(folded: str, start: int = 0, end: int | None = None) -> list[Label]:
    """Labels with their colon in ``folded[start:end]``; a remark in brackets may stand between (责任单位（部门）：)."""
    end = len(folded) if end is None else end
    out: list[Label] = []
    labels = _set("assignment_labels")
    first = labels.at(folded, start, end)
    if first and folded[start + len(first) : start + len(first) + 1] in ("为", "是"):
        out.append(Label(first, start, start + len(first) + 1))
    at = folded.find("：", start, end)
    while at >= 0:
        stop = at
        while stop > start and folded[stop - 1] == " ":
            stop -= 1
        if stop > start and folded[stop - 1] in "）〕":
            opener = max(
                folded.rfind("（", max(start, stop - 14), stop), folded.rfind("〔", max(start, stop - 14), stop)
            )
            stop = opener if opener > start else stop
        word = labels.before(folded, stop, start)
        if word:
            out.append(Label(word, stop - len(word), at + 1))
        at = folded.find("：", at + 1, end)
    at = folded.find("】", start, end)
    while at >= 0:  # 【责任单位】市科技局
        word = labels.before(folded, at, start)
        if word and at - len(word) > start and folded[at - len(word) - 1] == "【" and folded[at + 1 : at + 2] != "：":
            out.append(Label(word, at - len(word) - 1, at + 1))
        at = folded.find("】", at + 1, end)
    return sorted(out, key=lambda label: label.start) if len(out) > 1 else out


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
    mute = together = False
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
            kind = _roles_of("assignment_labels")[label.word]
            out.labelled = True
            mute = kind in ("", "deadline")
            if kind == "deadline":
                _deadline(out, folded[label.end : piece_end])
            current = cast(AgencyRole, kind) if kind in ("lead", "support", "responsible") else current
            piece_start = label.end
            if mute:
                continue
        text = folded[piece_start:piece_end].strip(" ：")
        if not text or mute:
            continue
        if rule and rule[0] < piece_end and piece_start < rule[1]:
            continue
        if text in _word("no_deadline") or is_ongoing(text) or text in ("下同", "下同）"):
            continue
        if is_date(text) and _deadline(out, text):
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
            verb = _set("assignment_verbs").before(folded, joint.start(), piece_start)
            if verb:
                left[-1] = (piece_start, joint.start() - len(verb))
                out.verbs += 1
            role_left = cast(AgencyRole, _roles_of("assignment_verbs")[verb]) if verb else current
            if left[-1][1] - left[-1][0] >= 2 or len(left) > 1:
                _close(out, folded, [x for x in left if x[1] > x[0]], role_left or "responsible")
            pending, together = [], True
            piece_start = joint.end()
            out.verbs += 1
        verb = _set("assignment_verbs").before(folded, stop, piece_start)
        if verb and not looks_like_agency(text):
            stop -= len(verb)
            if stop > piece_start and folded[stop - 1] == "等":
                stop -= 1
            pending.append((piece_start, stop))
            out.verbs += 1
            given = "support" if together else _roles_of("assignment_verbs")[verb]
            _close(out, folded, pending, cast(AgencyRole, given))
            pending, together = [], False
            continue
        pending.append((piece_start, piece_end))
    if pending and (current or together):
        _add(out, "support" if together or current is None else current, folded, pending)
    elif pending:
        out.doubtful += [folded[a:b].strip() for a, b in pending]
    out.shares = [share for share in out.shares if share.agencies]
    return out


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


def _deadline(out: Statement, text: str) -> bool:
    """Keep the date of a text; whether it has one."""
    found = last_day(text)
    if found:
        out.deadline, out.yearless = found[0] or out.deadline, found[1] or out.yearless
    return found is not None


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
            given = cast(AgencyRole, _roles_of("assignment_verbs")[own[1]])
            other = next((s for s in out.shares if s.role == given), None)
            if other is None:
                other = Share(given)
                out.shares.insert(out.shares.index(share), other)
            other.agencies.append(name)
        else:
            share.agencies.append(name)
