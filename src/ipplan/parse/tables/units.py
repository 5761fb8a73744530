"""Units of measure as tables write them: 万件, 亿元, 件/万人, 个百分点."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.patterns import pattern

_SCALE = pattern("万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克伏卡])|百(?!分)")
_PER = pattern("[/／]|每(?=.)")
_COUNTED = ("每", "人均", "户均", "亩均", "地均", "均", "单位")
_LONGEST = 14


@cache
def _known() -> frozenset[str]:
    units = load("grammar")["units"]
    return frozenset([*units["strong"], *units["weak"], *load("tables")["units"]])


@cache
def units() -> WordSet:
    """Every unit, to be found at a place in a text."""
    return WordSet([*_known(), *(f"个{unit}" for unit in ("百分点", "工作日", "标准箱"))])


@cache
def multipliers() -> tuple[WordSet, dict[str, int]]:
    """Words such as 万亿 with what they multiply by."""
    table: dict[str, int] = load("grammar")["multipliers"]
    return WordSet(table), table


def _split(text: str) -> tuple[Decimal, str]:
    """``万件`` → 10000, ``件``; a unit that is known as a whole stays whole."""
    if text in _known():
        return Decimal(1), text
    scale = _SCALE.match(text)
    if scale and scale.end() < len(text):
        return Decimal(multipliers()[1][scale[0]]), text[scale.end() :]
    return Decimal(1), text.removeprefix("个") or text


def is_unit(folded: str) -> bool:
    """Whether a text is surely a unit of measure: 万件, 件/万人, %; not GDP or 件数."""
    text = folded.strip().replace(" ", "")
    if not text or len(text) > _LONGEST:
        return False
    parts = _PER.split(text, maxsplit=1)
    return _split(parts[0])[1] in _known() and (len(parts) == 1 or 0 < len(parts[1]) <= 8)


def read_unit(folded: str, name: str) -> tuple[Decimal, str] | None:
    """``(multiplier, unit)`` of a column's unit; ``None`` where it says there is none.

    What the name counts by is left out: 每万人口发明专利拥有量 in 件/万人 is counted in 件.
    """
    text = "".join(folded.split()).strip("（）〔〕：")
    if not text.strip("-/~—"):
        return None
    head, *rest = _PER.split(text, maxsplit=1)
    multiplier, unit = _split(head)
    if rest and not counts_by(name):
        unit += text[len(head) :]
    return multiplier, unit


def counts_by(name: str) -> bool:
    """Whether a name says itself what it counts by: 每万人口发明专利拥有量, 人均产值."""
    return any(word in name for word in _COUNTED)
