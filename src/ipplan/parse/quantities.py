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
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ipplan.diagnostics import Note
from ipplan.lexicon import load
from ipplan.normalize.numerals import NumeralError, parse_number


@dataclass(slots=True)
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


_DIGIT = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9](?: [0-9]){2,11}(?! ?[0-9])|[0-9]{1,30}(?![0-9]))(?: ?\.[0-9]{1,10})?"
_SCALES = "(?:百万|千万|十万|十亿|百亿|千亿|万亿|[百万亿]|千(?![瓦米克伏卡]))"
_ARABIC = rf"(?:{_DIGIT} ?{_SCALES}?(?:[0-9]{{1,4}}{_SCALES})*)"
_HAN_CHARS = "零〇一二两三四五六七八九十百千万亿"
_HAN = f"(?:[一二两三四五六七八九十百千][{_HAN_CHARS}]{{0,11}}(?:点[零〇一二三四五六七八九]{{1,6}})?)"
_SHARE = f"(?:百分之(?:{_HAN}|{_DIGIT})|(?:[一二三四五六七八九十]+|[0-9]+)分之(?:[一二两三四五六七八九十]+|[0-9]+))"
_RANK = re.compile(rf"前(?P<n>{_HAN}|[0-9]{{1,4}}) ?(?P<u>位|名|强|%)?")
_TIMES = re.compile("翻(?:了)?(?P<n>[一二两三四五]|[0-9])?番")
#: Weak units that Chinese numerals may stand before (三小时, 两周).
_HAN_WEAK = frozenset(("小时", "分钟", "天", "个月", "工作日", "周", "成"))
_NOT_BEFORE = frozenset("第统唯其专同归合任另逐进之单万千百十每两三.-/·×*+")


@cache
def _patterns() -> tuple[re.Pattern[str], frozenset[str], dict[str, str]]:
    grammar = load("grammar")
    strong, weak = grammar["units"]["strong"], grammar["units"]["weak"]
    units = "|".join(sorted(map(re.escape, [*strong, *weak]), key=len, reverse=True))
    after = {word: name for name, words in grammar["comparators_after"].items() for word in words if word not in ("余", "多")}
    tails = "|".join(sorted(map(re.escape, after), key=len, reverse=True))
    unit = rf"(?:个(?=百分点|工作日|标准))?(?:{units})"
    number = f"(?:{_SHARE}|{_ARABIC}|{_HAN})"
    pattern = re.compile(
        rf"(?P<a>{number})(?P<more>[余多])?(?P<am>{_SCALES})? ?(?P<au>{unit})?(?:(?P<sep> ?(?:-{{1,2}}|~|至|到) ?)(?P<b>{number})(?P<bm>{_SCALES})? ?(?P<bu>{unit})?)?"
        rf"(?P<more2>[余多](?!种|元化|方|部门|样|层|渠))? ?(?P<after>{tails})?"
    )
    return pattern, frozenset(strong), after


def find_quantities(flat: str, start: int = 0, end: int | None = None) -> tuple[list[Quantity], list[Note]]:
    """All quantities of ``flat[start:end]`` in order (quoted and bracketed stretches are masked by the caller).

    The notes name numbers that could not be read; their places are offsets into ``flat``.
    """
    end = len(flat) if end is None else end
    out: list[Quantity] = []
    notes: list[Note] = []
    pattern, strong, after = _patterns()
    at = start
    first = re.compile(f"[0-9{_HAN_CHARS}翻前]")
    while at < end:
        hit = first.search(flat, at, end)
        if not hit:
            break
        i = hit.start()
        char = flat[i]
        if char in "翻前":
            quantity = _special(flat, i, end)
            if quantity:
                out.append(quantity)
                at = quantity.end
            else:
                at = i + 1
            continue
        found = pattern.match(flat, i, end)
        if not found:
            at = _past_number(flat, i, end)
            continue
        quantity, stop = _quantity(flat, found, strong, after, notes)
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
        return Quantity(i, found.end(), Decimal(2**folds - 1), "倍", kind="fold")
    rank = _RANK.match(flat, i, end)
    if rank and not (rank["u"] is None and rank.end() < end and flat[rank.end()] not in "，。；、 行列）"):
        try:
            value = parse_number(rank["n"])
        except NumeralError:
            return None
        unit = {None: "位", "强": "位"}.get(rank["u"], rank["u"])
        return Quantity(i, rank.end(), value, unit, comparator="le", kind="rank")
    return None


def _quantity(
    flat: str, found: re.Match[str], strong: frozenset[str], after: dict[str, str], notes: list[Note]
) -> tuple[Quantity | None, int]:
    a, b = found["a"], found["b"]
    unit = found["bu"] or found["au"]
    is_range = b is not None and found["bu"] is not None
    whole = b is None or is_range
    if not whole:
        # 2025年-… or 3家到位: no range after all, the first number stands alone.
        stop = found.end("au") if found["au"] else found.end("am") if found["am"] else found.end("a")
        unit = found["au"]
    else:
        stop = found.end()
    while flat[stop - 1] == " ":
        stop -= 1
    share = a.startswith("百分之") or "分之" in a
    if unit is None and not share:
        return None, found.end("a")
    before = flat[found.start() - 1] if found.start() else ""
    if before == " " and found.start() > 1 and flat[found.start() - 2] in "·.":
        return None, found.end("a")  # 6 · 5%: a decimal point lost by OCR
    han = not a[0].isdigit() and not share
    if before and (before in _NOT_BEFORE or (before.isascii() and before.isalnum())) and not (before == "-" and not han):
        return None, found.end("a")
    if han and before and before in "第初每某":
        return None, found.end("a")
    if han and unit not in strong and unit not in _HAN_WEAK and not found["after"]:
        return None, found.end("a")
    if not share and _unit_is_word(flat, unit, found.end("bu") if is_range else found.end("au")):
        return None, found.end("a")
    try:
        value = _scaled(a, found["am"])
        value_max = _scaled(b, found["bm"]) if is_range else None
    except NumeralError:
        if a[0].isdigit() and len(a) > 12:
            notes.append(Note("IPP401", f"{a[:20]}… is too long for a number", found.start(), found.end("a")))
        return None, found.end("a")
    if value_max is not None and value < value_max and not found["am"] and not re.search("[百千万亿]$", a):
        # 2-3万件: the multiplier of the second number holds for the first.
        scale = re.search(f"{_SCALES}+$", (b or "") + (found["bm"] or ""))
        if scale and found["au"] is None and b and b[0].isdigit():
            value = _scaled(a + scale[0], None)
    comparator = None
    if is_range:
        comparator = "range"
    elif found["more"] or (found["more2"] and whole):
        comparator = "gt"
    if found["after"] and whole:
        comparator = after[found["after"]] if comparator != "range" else comparator
    unit = "%" if share else (unit or "").removeprefix("个") if unit not in ("个", "个月") else unit
    if unit == "成":
        value, unit = value * 10, "%"
        value_max = value_max * 10 if value_max is not None else None
    if value_max is not None and value_max <= value:
        return None, found.end()
    return (
        Quantity(found.start(), stop, value, unit, value_max, comparator, strong=unit in strong or share, han=han),
        stop,
    )


def _scaled(number: str, multiplier: str | None) -> Decimal:
    return parse_number(number.replace(" ", "") + (multiplier or ""))


_WORDS = {
    "家": "[庭乡园禽政长属]",
    "人": "[口才民大工员事类力均群]",
    "项": "[目]",
    "名": "[牌优录特称义城镇]",
    "分": "[之别类工级析享布局区支校为层段局]",
    "次": "[产要生级于序]",
    "部": "[门委分署]",
    "处": "[理置罚于在室]",
    "条": "[件例约线块款]",
    "点": "[多位击对面]",
    "位": "[于居数置一]",
    "个": "[人性体别税案]",
    "期": "[间待内末满望货限]",
    "批": "[发准次复]",
    "例": "[如外行]",
    "支": "[持撑付出部行援]",
    "起": "[来步点到始]",
    "场": "[景所地馆]",
    "站": "[点位]",
    "单": "[位元项]",
    "元": "[素化]",
    "级": "[以别]",
    "所": "[有在属需]",
    "天": "[然津]",
    "周": "[期边年转]",
    "件": "[事]",
    "户": "[籍外]",
    "张": "[家]",
    "对": "[于接]",
    "门": "[户槛店]",
    "种": "[子植业质]",
    "类": "[别型]",
    "度": "[假]",
    "首": "[批次个创位]",
    "片": "[区面]",
    "系": "[统列数]",
    "市": "[场县]",
    "日": "[常]",
    "成": "[为立果效本功就员熟长]",
    "头": "[部]",
    "间": "[接]",
    "轮": "[次值]",
    "卡": "[口]",
    "套": "[餐]",
    "道": "[路德]",
    "台": "[账]",
    "课": "[题]",
}  # fmt: skip


@cache
def _word_after(unit: str) -> re.Pattern[str] | None:
    return re.compile(_WORDS[unit]) if unit in _WORDS else None


def _unit_is_word(flat: str, unit: str | None, stop: int) -> bool:
    """Whether the unit begins a longer word: 3分之一, 5人才, 20项目 (the number then counts nothing)."""
    pattern = _word_after(unit or "")
    return bool(pattern and pattern.match(flat, stop))
