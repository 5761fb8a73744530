"""Quantities in folded text: a number, its multiplier, its unit, and the comparator words that cling to them.

Grammar::

    quantity := number [余|多] [multiplier] unit [after]
              | number [unit] SEP number unit [after]          10-15家 · 10%—15%
              | 翻 n 番
              | 前 number (位|名|强)                            进入全国前十位
    number   := arabic [multiplier] {arabic multiplier} | 百分之 n | n 分之 n | Chinese numeral
    after    := 以上 | 左右 | 以内 | …

The lexer only takes what stands in front of a unit for a number; 统一, 第三方, 337调查, 5G and dates never become one.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from ipplan.diagnostics import Note
from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.normalize.numerals import NumeralError, parse_number
from ipplan.parse.measures import best_of, is_doubled, rate_end, silent_unit, with_years
from ipplan.patterns import pattern
from ipplan.records import record

_SCALE_END = pattern("[百千万亿]$")


@record
class Quantity:
    """A quantity at half-open ``start`` … ``end`` of the folded text (through unit and comparator behind it).

    ``kind``: count, rank, fold (翻番). ``comparator`` is ``None`` where the quantity itself says nothing of it.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    value_max: Decimal | None = None
    comparator: str | None = None
    strong: bool = True
    han: bool = False
    kind: str = "count"


_DIGIT = (
    r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9](?: [0-9]){1,11}(?! ?[0-9])|[0-9]+(?![0-9]))(?: ?\.[0-9]{1,10})?"
)
_SCALES = "(?:百万|千万|十万|十亿|百亿|千亿|万亿|[万亿]|百(?!分[点之])|千(?![瓦米克伏卡]))"
_ARABIC = rf"(?:{_DIGIT} ?{_SCALES}?(?:[0-9]{{1,4}}{_SCALES})*)"
_HAN_CHARS = "零〇一二两三四五六七八九十百千万亿"
_HAN = "(?:[一二两三四五六七八九十百千](?:百(?!分点)|千(?![瓦米克伏卡])|[零〇一二两三四五六七八九十万亿]){0,11}(?:点[零〇一二三四五六七八九]{1,6})?)"
#: 突破万亿元, 超亿元: a bare multiplier is a number where something shall come up to it.
_BARE = "(?:(?<=[超过破达到近于足])|(?<=[迈跃踏站]上))(?:万亿|[万亿])|(?<=、)万(?=余?家)"
_BEFORE_SHARE = frozenset(_HAN_CHARS + "0123456789")
_SHARE = f"(?:百分之(?:{_HAN}|{_DIGIT})|(?:[一二三四五六七八九十]+|[0-9]+)分之(?:[一二两三四五六七八九十]+|[0-9]+))"
_RANK = pattern(rf"前 ?(?P<n>{_HAN}|[0-9]{{1,4}}) ?(?P<u>位|名|强|%)?")
_TIMES = pattern("翻(?:了)?(?P<n>[一二两三四五]|[0-9])?番")
#: Weak units that Chinese numerals may stand before (三小时, 两周).
_HAN_WEAK = frozenset(("小时", "分钟", "天", "个月", "工作日", "周", "成"))
_NOT_BEFORE = frozenset("第./·×*+")
_SPLITS_NUMBER = frozenset("届初某每-单双万千百十")
_NOT_BEFORE_HAN = frozenset("届统唯其专同归任另逐单双万千百十每两三-初某")
#: 合一, 之一, 进一步: before one numeral alone, but 组合百余个, 引进三十人.
_NOT_BEFORE_ONE = frozenset("合进之")


#: What 二 in front of these numbers: two of them would be 两.
_ORDERED = frozenset(("次", "期", "级", "类", "档", "轮", "批", "部", "处", "道", "单", "度"))

_NUMBER = pattern(f"{_SHARE}|{_ARABIC}|{_HAN}|{_BARE}")
_MULTIPLIER = pattern(_SCALES)
_SCALES_END = pattern(f"{_SCALES}+$")
_RANGE = pattern(" ?(?:-{1,2}|~|至|到) ?")
#: 30篇（次）以上
_ALSO = pattern("（[^（）]{1,3}）(?=以[上下内]|左右)")
#: 突破千亿元大关
_MARK = pattern("大关")
#: 百户企业注册商标拥有量: the name of a rate
_PER_HUNDRED = pattern(
    "[百千][户家](?:企业|市场主体|经营主体|规上|规模以上|法人)[^，。；、：]{0,24}?[量数率](?![据字])"
)
_AGE_ENDS = frozenset(("", "，", "。", "；", "、", "）", " "))
#: 四次、五次全会: which meeting, not how many
_MEETING = pattern("(?:、[一二三四五六七八九十]{1,3}次){0,4}(?:中央)?(?:全会|全体会议|党代会|人代会)")
_MORE_WORD = pattern("[余多](?!种|元化|方|部门|样|层|渠)")


@cache
def candidates() -> re.Pattern[str]:
    """Where a quantity may begin: a digit, or Chinese numerals in front of the first character of a unit."""
    units = load("grammar")["units"]
    strong = "".join(sorted({unit[0] for unit in [*units["strong"], *_HAN_WEAK]}))
    any_unit = "".join(sorted({unit[0] for unit in [*units["strong"], *units["weak"]]} | set("余多-~至到 /")))
    # It begins with one set of characters, which is scanned for several times as fast as alternatives are. Only the
    # first of a run is tried, and what is looked ahead for is bounded, so that time is linear.
    return re.compile(
        f"[0-9翻前分倍{_HAN_CHARS}](?:(?<=[0-9])(?<![0-9][0-9])(?=[0-9.,，十百千万亿]{{0,60}}[{re.escape(any_unit)}]|[0-9]{{61}})"
        f"|(?<=翻)(?:了)?[一两二三四五]?番|(?<=前) ?[0-9{_HAN_CHARS}]|(?<=分)之|(?<=倍)增|(?<=[十百千])(?<![{_HAN_CHARS}][{_HAN_CHARS}])强"
        "|(?<=[0-9])(?<![0-9][0-9])(?:[0-9]|[.][0-9]|[0-9][.][0-9])?年|(?<=[0-9])(?<![0-9][0-9.])[0-9.]{0,6}(?=[，。；、）以左 ]|$)"
        f"|(?<=[{_HAN_CHARS}])(?<![{_HAN_CHARS}][{_HAN_CHARS}])[{_HAN_CHARS}点余多]{{0,40}}(?:[{re.escape(strong)}]|-|~|至|到))"
    )


@cache
def _units() -> tuple[WordSet, frozenset[str], dict[str, str], WordSet]:
    """Units, the strong ones among them, words behind a unit with their comparator, and these words."""
    grammar = load("grammar")
    strong, weak = grammar["units"]["strong"], grammar["units"]["weak"]
    after = {w: name for name, words in grammar["comparators_after"].items() for w in words if w not in ("余", "多")}
    counted = [f"个{unit}" for unit in ("百分点", "基点", "工作日", "标准箱", "泊位", "工位")]
    return WordSet([*strong, *weak, *counted]), frozenset(strong), after, WordSet(after)


def find_quantities(flat: str, start: int = 0, end: int | None = None) -> tuple[list[Quantity], list[Note]]:
    """All quantities of ``flat[start:end]`` in order (quoted and bracketed stretches are masked by the caller).

    The notes name numbers that could not be read; their places are offsets into ``flat``.
    """
    end = len(flat) if end is None else end
    out: list[Quantity] = []
    notes: list[Note] = []
    at = start
    search = candidates().search
    while at < end:
        hit = search(flat, at, end)
        if not hit:
            break
        i = hit.start()
        if hit[0] == "分之":  # 百分之九十, 三分之一: the number begins before
            while i > at and flat[i - 1] in _BEFORE_SHARE:
                i -= 1
        if flat[i] in "翻前倍" or hit[0].endswith("强"):
            special = _special(flat, i, end)
            if special:
                out.append(special)
            at = special.end if special else i + 1
            continue
        found = _NUMBER.match(flat, i, end)
        if not found:
            at = _past_number(flat, i, end)
            continue
        quantity, stop = _quantity(flat, found, end, notes)
        if quantity:
            out.append(quantity)
        at = max(stop, i + 1)
    return out, notes


def _past_number(flat: str, i: int, end: int) -> int:
    j = i + 1
    if flat[i].isdigit():
        while j < end and flat[j].isdigit():
            j += 1
    return j


def _special(flat: str, i: int, end: int) -> Quantity | None:
    found = _TIMES.match(flat, i, end)
    if found:
        folds = int(parse_number(found["n"])) if found["n"] else 1
        _, _, after, after_words = _units()
        tail = after_words.at(flat, found.end(), end)
        said = after[tail] if tail else None
        at = with_years(flat, i)
        return Quantity(at, found.end() + len(tail or ""), Decimal(2**folds - 1), "倍", comparator=said, kind="fold")
    if flat[i] == "倍":
        ends = i + 2 >= end or flat[i + 2] in "，。；、） "
        return (
            Quantity(with_years(flat, i), i + 2, Decimal(1), "倍", kind="fold")
            if ends and is_doubled(flat, i)
            else None
        )
    if flat[i] in "十百千":
        best = best_of(flat, i)
        return Quantity(i, i + 2, Decimal(best), "位", comparator="le", kind="rank") if best else None
    rank = _RANK.match(flat, i, end)
    if rank and not (rank["u"] is None and rank.end() < end and flat[rank.end()] not in "，。；、 行列）"):
        try:
            value = parse_number(rank["n"])
        except NumeralError:
            return None
        unit = {None: "位", "强": "位"}.get(rank["u"], rank["u"])
        return Quantity(i, rank.end(), value, unit, comparator="le", kind="rank")
    return None


@record
class _Part:
    """A number with its multiplier and unit: the number's text, 余 or 多, and where each part ends."""

    number: str
    scale: str
    unit: str | None
    more: bool
    number_end: int
    end: int


def _part(flat: str, found: re.Match[str], end: int) -> _Part:
    at = found.end()
    more = bool(at < end and _MORE_WORD.match(flat, at, end))
    at += more
    scale = _MULTIPLIER.match(flat, at, end)
    at = scale.end() if scale else at
    gap = at + 1 if at < end and flat[at] == " " else at
    unit = _units()[0].at(flat, gap, end)
    if unit is None:
        unit = silent_unit(flat, found.start(), gap, end)
    elif "/" in flat[gap + len(unit) : gap + len(unit) + 2]:
        unit = flat[gap : rate_end(flat, gap + len(unit), unit)]
    return _Part(found[0], scale[0] if scale else "", unit, more, found.end(), gap + len(unit) if unit else at)


def _quantity(flat: str, found: re.Match[str], end: int, notes: list[Note]) -> tuple[Quantity | None, int]:
    """The quantity that begins with this number, if it is one, and where to go on."""
    first = _part(flat, found, end)
    second = None
    joint = _RANGE.match(flat, first.end, end)
    if joint:
        other = _NUMBER.match(flat, joint.end(), end)
        if other:
            part = _part(flat, other, end)
            # 2025年-… or 3家到位 are no ranges: the second number must have a unit.
            second = part if part.unit else None
    last = second or first
    a = first.number
    share = a.startswith("百分之") or "分之" in a
    if a[0] in "百千" and _PER_HUNDRED.match(flat, found.start(), end):
        return None, first.number_end
    unit = last.unit
    if (unit is None and not share) or _not_counted(flat, found.start(), share):
        return None, first.number_end
    _, strong, after, after_words = _units()
    stop = last.end
    more = first.more or last.more
    if not more and stop < end and _MORE_WORD.match(flat, stop, end):
        more, stop = True, stop + 1
    gap = stop + 1 if stop < end and flat[stop] == " " else stop
    also = _ALSO.match(flat, gap, end) if gap < end and flat[gap] == "（" else None
    gap = also.end() if also else gap
    tail = after_words.at(flat, gap, end)
    stop = gap + len(tail) if tail else stop
    mark = _MARK.match(flat, stop, end)
    stop = mark.end() if mark else stop
    han = not a[0].isdigit() and not share
    if unit == "日" and (
        flat[found.start() - 1 : found.start()] == "月" or flat.startswith(("前", "之前", "以前"), last.end)
    ):
        return None, last.end  # 11月30日, 每月25日前
    if han and unit == "次" and _MEETING.match(flat, last.end, end):
        return None, first.number_end
    if a == "二" and unit in _ORDERED:  # 二次开发, 二期工程: the second, not two
        return None, first.number_end
    plain = (unit or "").removeprefix("个") or unit
    if han and plain not in strong and plain not in _HAN_WEAK and not tail:
        return None, first.number_end
    if not share and _unit_is_word(flat, unit, last.end):
        return None, first.number_end
    if unit == "日" and flat[max(0, found.start() - 2) : found.start()].strip(" ").endswith("月"):
        return None, stop  # 6月30日
    if unit == "岁" and tail and flat[stop : stop + 1] not in _AGE_ENDS:
        return None, stop  # 65岁以上｜老年人: of whom, not how many
    try:
        value, value_max = _values(first, second)
    except NumeralError:
        if a[0].isdigit() and len(a) > 12:
            notes.append(Note("IPP401", f"{a[:20]}… is too long for a number", found.start(), found.end()))
        return None, first.number_end
    comparator = "range" if second else after[tail] if tail else "gt" if more else None
    unit = (unit or "").replace(" ", "")
    unit = "%" if share else unit.removeprefix("个") if unit not in ("个", "个月") else unit
    if unit == "成":
        value, unit = value * 10, "%"
        value_max = value_max * 10 if value_max is not None else None
    if value_max is not None and value_max <= value:
        return None, stop
    known = unit.partition("/")[0] in strong or unit in strong or share
    return Quantity(found.start(), stop, value, unit, value_max, comparator, strong=known, han=han), stop


def _not_counted(flat: str, at: int, share: bool) -> bool:
    """Whether what stands before a number makes it no count: 第三方, 5G, 6 · 5 (a decimal point lost by OCR)."""
    before = flat[at - 1] if at else ""
    if before == " " and at > 1 and flat[at - 2] in "·.":
        return True
    if not before or (before == "-" and flat[at].isdigit()):
        return False
    if before in _NOT_BEFORE or (before.isascii() and before.isalnum()):
        return True
    if flat[at].isdigit() or share:
        return False
    behind = flat[at + 1 : at + 2]
    if before in _NOT_BEFORE_ONE:
        return flat[at] == "一" and behind not in "余多" and behind not in _HAN_CHARS
    alone = flat[at] == "一" or behind not in _HAN_CHARS
    return before in (_NOT_BEFORE_HAN if alone else _SPLITS_NUMBER)


def _values(first: _Part, second: _Part | None) -> tuple[Decimal, Decimal | None]:
    value = _scaled(first.number, first.scale)
    if second is None:
        return value, None
    value_max = _scaled(second.number, second.scale)
    if first.unit is None and not first.scale and second.number[0].isdigit():
        # 2-3万件: the multiplier of the second number holds for the first.
        scale = _SCALES_END.search(second.number + second.scale)
        if scale and not _SCALE_END.search(first.number):
            value = _scaled(first.number, scale[0])
    return value, value_max


def _scaled(number: str, multiplier: str) -> Decimal:
    return parse_number(number + multiplier)


def _unit_is_word(flat: str, unit: str | None, stop: int) -> bool:
    """Whether the unit begins a longer word: 3分之一, 5人才, 20项目 (the number then counts nothing)."""
    begins: dict[str, str] = load("grammar")["unit_words"]
    if stop >= len(flat) or not unit:
        return False
    if flat[stop] == "式":
        return True
    if flat[stop] not in begins.get(unit, ""):
        return False
    return not flat.startswith(_phrases(), stop - len(unit))


@cache
def _phrases() -> tuple[str, ...]:
    """Units with words behind them that only look like the longer word: 名优秀."""
    return tuple(load("grammar")["unit_phrases"])
