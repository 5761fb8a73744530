"""Measures that the words in front of a number tell, as no unit of measure stands behind it.

平均维持年限超过8年 · 综合指数达到85 · 实现三年倍增 · 进入全国百强
"""

from __future__ import annotations

from ipplan.patterns import pattern

#: Spans of years that are measured: a 年 behind any other number is a date or a period.
_LASTING = pattern("(?:维持|教育|存续|使用)(?:时间|年限|年数)[^，。；、0-9]{1,6}$|寿命[^，。；、0-9]{1,6}$")
#: Indices have no unit.
_INDEX = pattern("(?:指数|系数|得分|评分|分值|总分)[^，。；、：0-9（）]{1,8}$")
_ITEM_END = pattern(" ?(?:[，。；、）]|以[上下内]|左右|$)")
_YEARS = pattern("(?<![0-9一二三四五六七八九十])[0-9一二三四五六七八九十两]年(?:内)?$")
_DOUBLED = pattern("(?:实现|确保|力争)(?:[一二三四五两0-9]年(?:内)?)?$")
_AMONG = pattern("(?:进入|跻身|迈入|迈进|挺进|进位|入围)[^，。；、0-9]{0,8}$")
_ROUND = {"十": 10, "百": 100, "千": 1000}
#: Behind a unit: 12件/万人, 16万元/人, 5万吨/日; 8000件/年 and 20天/月 say how often.
_PER = pattern(
    " ?/ ?(?:[百千万亿]?(?:人口?|名|户|家|亩|公顷|平方公里|企业|元|辆|床|吨|千瓦时)|平方米|公里|立方米|小时|秒|日|天)(?!年)"
)


def rate_end(flat: str, at: int, unit: str) -> int:
    """Behind the /万人 that makes a rate of the ``unit`` in front of ``at``; ``at`` itself where none stands there."""
    found = _PER.match(flat, at) if flat.startswith(("/", " /"), at) and "/" not in unit else None
    return found.end() if found else at


def silent_unit(flat: str, start: int, behind: int, end: int) -> str | None:
    """The unit of the number that begins at ``start`` and stops in front of ``behind``, where only its noun tells it."""
    if flat.startswith("年", behind):
        return "年" if _LASTING.search(flat, max(0, start - 16), start) else None
    if _ITEM_END.match(flat, behind, end):
        return "" if _INDEX.search(flat, max(0, start - 16), start) else None
    return None


def is_doubled(flat: str, at: int) -> bool:
    """Whether 倍增 at ``at`` is said of an amount: 实现倍增, but not 倍增计划."""
    return _DOUBLED.search(flat, max(0, at - 8), at) is not None


def with_years(flat: str, at: int) -> int:
    """Where a fold begins, the years it takes included: 实现｜五年翻两番."""
    found = _YEARS.search(flat, max(0, at - 4), at)
    return found.start() if found else at


def best_of(flat: str, at: int) -> int | None:
    """How many 百强 at ``at`` are, where something is to be among them: 进入全国百强, but not 百强企业."""
    return _ROUND[flat[at]] if _AMONG.search(flat, max(0, at - 12), at) else None
