"""Promises that can be checked but carry no number: 清零, 全覆盖, 全面取消, 建成, 出台."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from ipplan.parse.clauses import Cut, FlatText, behind_sign
from ipplan.parse.deadlines import Deadline, find_deadlines
from ipplan.patterns import pattern
from ipplan.records import record


@record
class RawCommitment:
    """A promise at half-open ``start`` … ``end`` of the paragraph."""

    kind: str
    start: int
    end: int
    deadline: Deadline | None
    sentence: tuple[int, int]


_ZERO = pattern('[“"]?(?:动态)?(?:清零|消零|归零|灭零|脱零)[”"]?(?!率)(?:行动|工作|目标)?')
_COVER = pattern('[“"]?(?:(?:100%|百分之百)全?覆盖(?!率)|(?<!健)全覆盖|全面覆盖|全部覆盖)[”"]?')
_ABOLISH = pattern("(?:全面|全部|逐步)?(?:取消|废止|停止(?=[^，。；]{0,14}(?:资助|补助|补贴|奖励|收费)))")
_ESTABLISH = pattern("(?:建成投用|建成运行|基本建成|全面建成|建成|出台|制定出台|印发实施|研究制定)")
#: What every promise holds some of.
_HINTS = pattern("清零|消零|归零|灭零|脱零|覆盖|取消|废止|停止|建成|出台|印发实施|正式|投入|投用|牌")
#: What is set up or finished, where a day is named for it; drafting alone (制定) promises no thing.
_SOFT = pattern("(?:设立|成立|组建|搭建|开通|上线|编制完成|发布)(?![者方人后])")
_BY_DATE = pattern("[年月日] ?[底末]?(?:之|以)?前")
#: What is set going: the thing stands in front.
_RUNNING = pattern("(?:正式|投入)(?:运行|运营|使用|启用)|投用|揭牌(?:运行|成立|运营)?|挂牌(?:运行|成立|运营)")
#: What is finished: the thing stands in front, the clause ends.
_FINISHED = pattern(
    "(?:全面|基本|全部|主体)?(?:建成|竣工|完工)(?:投产|通车|投运|投入使用|投用|达产|验收|开放|运营|运行)?[ ”]*$"
)
_DAY = pattern(
    "^(?:到|至|截至|在|力争|争取|确保|于)*[0-9]{0,4} ?年?[^，]{0,6}?(?:年|年[底末]|月|月[底末份]|日|季度|半年)(?:之前|以前|前|内)?"
)
_NOT_YET = ("已", "未", "待", "已经", "已全部", "城市", "示范区", "先行区", "的", "新", "正在", "后", "如期", "按期")
_NOT_AGENT = pattern("的|后|以来|区(?![级域县市块])")
_DATE = pattern(r"(?:到|至|截至|在)?[0-9]{4} ?年[^，]{0,8}$")
_VAGUE = pattern("(?:体系|格局|机制|环境|强市|强省|强国|强县|强区|高地|新局面|优势|氛围|社会|现代化[^，]*)$")


def may_promise(folded: str) -> bool:
    """Whether a text holds a word that every promise holds."""
    return _HINTS.search(folded) is not None or _by_date(folded)


def _by_date(folded: str) -> bool:
    """Whether a text names a day by which something is done (6月底前)."""
    return "前" in folded and _BY_DATE.search(folded) is not None


def read_commitments(
    folded: str, cut: Cut | None = None, *, year: int | None, objectives: bool, taken: list[tuple[int, int]]
) -> list[RawCommitment]:
    """All promises of one folded paragraph. ``objectives``: the section states aims, so that 建成 needs no date.

    ``taken``: stretches already read as targets; a promise inside one is not told twice.
    """
    if not may_promise(folded):
        return []
    cut = cut or FlatText(folded)
    flat = cut.flat
    out: list[RawCommitment] = []
    taken = sorted(taken)
    starts, reach = [start for start, _ in taken], list(accumulate((end for _, end in taken), max))
    for sentence in cut.sentences:
        span = (sentence[0].start, sentence[-1].end)
        said = folded[slice(*span)]
        if not may_promise(said):
            continue
        by_date = _by_date(said)
        deadlines: list[Deadline] | None = None
        for clause in sentence:
            at = bisect_left(starts, clause.end)
            behind = reach[at - 1] if at else 0
            first = behind_sign(folded, _untaken(flat, clause.start, clause.end, behind), clause.end)
            text = folded[first : clause.end]
            if not text or (not may_promise(text) and not (by_date and _SOFT.search(text))):
                continue
            if deadlines is None:
                deadlines = find_deadlines(folded, flat, *span, year)
            due = next((d for d in reversed(deadlines) if d.start < clause.end), None)
            found = _one(text, flat[first : clause.end], dated=due is not None, objectives=objectives)
            if not found and due and due.forward:
                found = _set_up(text, flat[first : clause.end])
            if found:
                kind, start, end = found
                while start < end and text[start] in " 、":
                    start += 1
                out.append(RawCommitment(kind, first + start, first + end, due, span))
    return out


def _untaken(flat: str, start: int, end: int, behind: int) -> int:
    """Where a clause begins that is no target: behind the 、 of its last one, or nowhere (盘点率90%、｜年底前实现全覆盖).

    ``behind``: where the targets that begin in front of the clause's end reach.
    """
    if behind <= start:
        return start
    return behind + 1 if flat[behind : behind + 1] == "、" else end


def _one(text: str, flat: str, *, dated: bool, objectives: bool) -> tuple[str, int, int] | None:
    zero = _ZERO.search(text)
    if (
        zero
        and "零容忍" not in text
        and not text.startswith("的", zero.end())
        and (zero.start() >= 3 or text.startswith(("实现", "保持", "确保")))
    ):
        return "zero", 0, zero.end()
    cover = _COVER.search(text)
    if cover and cover.start() >= 3 and not text[cover.end() :].startswith(("的", "式")):
        return "full_coverage", 0, cover.end()
    abolish = _ABOLISH.search(flat)
    if abolish and len(text) - abolish.end() >= 4 and (dated or objectives or abolish[0].startswith(("全面", "全部"))):
        return "abolish", 0, len(text.rstrip())
    finished = _FINISHED.search(flat) if dated or objectives else None
    if finished and _is_thing(text[: finished.start()]):
        return "establish", 0, len(text.rstrip())
    running = _RUNNING.search(flat) if dated else None
    if running and running.start() >= 2 and not _ESTABLISH.search(flat):
        return "establish", _date_start(text, running.start()), running.end()
    establish = _ESTABLISH.search(flat)
    if establish and (dated or objectives) and len(text) - establish.end() >= 4:
        thing = text[establish.end() :].strip()
        if establish.start() and text[establish.start() - 1] in "已未":
            return None
        if not (_VAGUE.search(thing) and not dated) and not _NOT_AGENT.match(thing):
            return "establish", _date_start(text, establish.start()), len(text.rstrip())
    return None


def _set_up(text: str, flat: str) -> tuple[str, int, int] | None:
    """A named thing that is set up or written by a day: 4月底前，设立维权援助分中心."""
    made = _SOFT.search(flat)
    if (
        not made
        or made.start() > 12
        or len(text) - made.end() < 4
        or text[made.start() - 1 : made.start()] in ("已", "未")
    ):
        return None
    thing = text[made.end() :].strip()
    if _VAGUE.search(thing) or _NOT_AGENT.match(thing) or thing.endswith(("工作", "任务", "情况")):
        return None
    return "establish", _date_start(text, made.start()), len(text.rstrip())


def _is_thing(text: str) -> bool:
    """Whether what stands in front of 建成 can be what is built: a name, and not 已, 待 or a vague good."""
    thing = _DAY.sub("", text).strip(" “")
    return len(thing) >= 3 and not thing.endswith(_NOT_YET) and not _VAGUE.search(thing)


def _date_start(text: str, verb: int) -> int:
    """A promise begins at its verb, or at the date in front of it."""
    found = _DATE.search(text[:verb])
    return found.start() if found else verb
