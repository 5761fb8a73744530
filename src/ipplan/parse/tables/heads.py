"""What the columns of a table hold, by the words of its head.

序号 | 指标（单位） | 2020年 | 2025年 | 年均增长 | 属性
任务 | 牵头单位 | 配合单位 | 完成时限
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ipplan.lexicon import load
from ipplan.normalize.dates import DateError, plan_term
from ipplan.parse.tables.grid import Grid, Head, Slot
from ipplan.parse.tables.units import is_unit
from ipplan.patterns import pattern

VALUES = ("base", "target", "year", "growth")
AGENCIES = ("lead", "support", "responsible")
_BLANK = pattern(r"\s+")
_BRACKET = pattern("[（〔]([^（）〔〕]{1,12})[）〕]")
_YEAR = pattern("(?:19|20)[0-9]{2}(?![0-9])")
_TERM = pattern('[一二]?十[一二三四五六七八九]?五(?=[”"]?(?:期|末|时|规|目|$|）))')
_FOOT = pattern("[①-⑳¹²³⁴⁵*※]+$|(?<=[\u4e00-\u9fff）])[0-9]$")
_LONGEST_HEAD = 30
_MOST_HEADS = 4


@cache
def _kinds() -> dict[str, str]:
    """Head as a whole → kind of its column."""
    tables, labels = load("tables"), load("words")["assignment_labels"]
    out: dict[str, str] = {}
    for kind, words in [*tables["heads"].items(), *tables["roles"].items()]:
        out |= dict.fromkeys(words, kind)
    for kind in ("lead", "support", "responsible", "deadline"):
        for word in labels[kind]:
            out.setdefault(word, "due" if kind == "deadline" else kind)
    return out


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(load("tables")[kind])


@lru_cache(maxsize=8192)
def head_of(folded: str) -> Head:
    """What a column with this head (folded) holds.

    >>> head_of("2025年（万件）")
    Head(kind='year', year=2025, unit='万件', text='2025年（万件）')
    >>> head_of("指 标").kind, head_of("“十四五”年均增长").kind, head_of("主要做法").kind
    ('name', 'growth', '')
    """
    text = _FOOT.sub("", _BLANK.sub("", folded).strip("：*#"))
    if not text or len(text) > _LONGEST_HEAD:
        return Head(text=text)
    kind = _kinds().get(text)
    if kind:
        return Head(kind, text=text)
    unit = None
    bare = text
    for found in _BRACKET.finditer(text):
        if is_unit(found[1]):
            unit = found[1]
            bare = bare.replace(found[0], "")
        elif found[1] in ("单位", "计量单位"):
            bare = bare.replace(found[0], "")
    kind = _kinds().get(bare)
    if kind:
        return Head(kind, unit=unit, text=text)
    year = _year(bare)
    value = _value_kind(bare, year)
    return Head(value, year, unit, text) if value else Head(text=text)


def _year(text: str) -> int | None:
    """The last year a head names; a five-year plan stands for its last."""
    years = [int(found[0]) for found in _YEAR.finditer(text)]
    if years:
        return years[-1]
    term = _TERM.search(text)
    try:
        return plan_term(term[0])[1] if term else None
    except DateError:
        return None


def _value_kind(text: str, year: int | None) -> str:
    if "性" in text or any(word in text for word in _words("no_value_words")):
        return ""
    if any(word in text for word in ("年均", "累计")):
        return "growth"
    target = any(word in text for word in _words("target_words"))
    base = any(word in text for word in _words("base_words"))
    if not target and not base and any(word in text for word in _words("growth_words")):
        return "growth" if len(text) <= 12 else ""
    said = target or base
    if year is None and not said:
        return ""
    rest = _TERM.sub("", _YEAR.sub("", text))
    for word in (*_words("target_words"), *_words("base_words"), *_words("growth_words")):
        rest = rest.replace(word, "")
    if len(re.sub('[（）〔〕“”"年0-9]', "", rest)) > 5:
        return ""  # a sentence that happens to name a year
    return "target" if target else "base" if base else "year"


def read_heads(grid: Grid, folded: str) -> bool:
    """Find the head rows of a grid and set its heads; whether it has some that say what the columns hold."""
    for first in range(min(_MOST_HEADS, len(grid.rows) - 1)):
        if len({slot for slot in grid.slots[first] if slot and slot.end > slot.start}) < 2:
            continue  # the caption in a row of its own
        stop = _head_end(grid, folded, first)
        heads = _combined(grid, folded, first, stop)
        if told(heads):
            grid.heads, grid.first = heads, stop
            return True
    return False


def told(heads: list[Head]) -> bool:
    """Whether heads make an indicator table or a task table."""
    return indicator_heads(heads) or task_heads(heads)


def indicator_heads(heads: list[Head]) -> bool:
    """A name and a value to reach; a head that may mean anything (项目) only beside a unit, a nature or two years."""
    kinds = [head.kind for head in heads]
    if not {"target", "year", "growth"} & set(kinds):
        return False
    if "name" in kinds:
        return True
    sure = "unit" in kinds or "nature" in kinds or any(head.unit for head in heads)
    return "weak_name" in kinds and sure and (kinds.count("year") >= 2 or "target" in kinds or "nature" in kinds)


def task_heads(heads: list[Head]) -> bool:
    """A task and who does it."""
    kinds = {head.kind for head in heads}
    return bool({"task", "weak_name", "name"} & kinds) and bool(set(AGENCIES) & kinds)


def _head_end(grid: Grid, folded: str, first: int) -> int:
    """The row below the head: cells of the head may reach down over several rows."""
    last = first + 1
    while last < min(first + 3, len(grid.rows) - 1):
        slots = [slot for slot in grid.slots[last] if slot]
        above = [slot for slot in slots if slot.row < last and slot.row >= first]
        own = [folded[slot.start : slot.end] for slot in slots if slot.row == last and slot.end > slot.start]
        values = [text for text in own if head_of(text).kind in (*VALUES, *AGENCIES, "name", "unit")]
        if not own or len(values) < len(own) or not (above or len(own) < len(slots)):
            break
        last += 1
    return last


def _combined(grid: Grid, folded: str, first: int, stop: int) -> list[Head]:
    """The head of each column, its rows read together: 目标值 / 2025年."""
    width = max(len(slots) for slots in grid.slots[first:stop])
    heads: list[Head] = []
    for column in range(width):
        slots: list[Slot] = []
        for row in range(first, stop):
            slot = grid.at(row, column)
            if slot and slot not in slots:
                slots.append(slot)
        texts = [_BLANK.sub("", folded[slot.start : slot.end]) for slot in slots]
        whole, last = head_of("".join(texts)), head_of(next((t for t in reversed(texts) if t), ""))
        heads.append(whole if whole.kind in VALUES or not last.kind else last)
    return heads
