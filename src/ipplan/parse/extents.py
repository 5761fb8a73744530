"""Where an item of a clause and the noun behind its quantity end."""

from __future__ import annotations

from ipplan.parse.grammar import Item, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

PARTED = pattern("[、，和及的由从]")
_ITEM_END = pattern("(?:和|及|与|以及|并|且|共(?=[0-9计]|$)|的?(?:目标|任务|规模|水平)|或)")
#: Verbs that are no part of a name even in front of what names end in: 10条产业链｜开展专利导航.
_CLEAR = frozenset(
    ("开展", "实施", "创建", "建立", "设立", "完成", "通过", "获得", "获批", "面向", "进入", "参加", "担任", "出任")
)
_LISTED = pattern(r"[、和及与] *$")
_LINK = pattern("、|和|以及|及")
_NO_TAIL = frozenset(("", "、", "，", "。", "；", "（", "〔"))


def has_open_tail(tail: str) -> bool:
    """Whether a noun (and not the end of the item) follows a quantity."""
    tail = tail.lstrip(" ")
    return tail[:1] not in _NO_TAIL and not _ITEM_END.match(tail)


def behind_separator(flat: str, at: int) -> int:
    """Behind the separator that follows an item, its remark in brackets passed over."""
    while at < len(flat) and flat[at] == " ":
        at += 1
    if at < len(flat) and flat[at] == "（":
        closer = flat.find("）", at)
        if 0 <= closer <= at + 60:
            at = closer + 1
    return at + 1 if at < len(flat) and flat[at] in "、和及与" else at


def noun_end(item: Item, start: int) -> int:
    """Where the noun behind a quantity ends: at the item's separator, or the verb of what follows."""
    folded, flat = item.folded, item.flat
    following = item.following
    if following and flat.startswith("的", following.end) and not PARTED.search(flat, start, following.start):
        following = None  # 3家年营收超5000万元的机构: the second number belongs to the noun
    stop = _item_stop(flat, start, following) if following else item.end
    served = folded[item.before.from_ : item.quantity.start].strip(" ，")[:1] in words("beneficiary")
    held = item.quantity.unit in words("event_units") and not item.quantity.unit.startswith(("人", "家", "件"))
    for at, word in words("pivots").find(flat, start + 1, stop):
        if held:
            break  # 10场企业对接活动: no body that does something
        after = at + len(word)
        if (
            (after < stop - 1 or (following and not folded[after:stop].strip() and word in words("actions")))
            and words("pivot_heads").before(folded, at, start)
            and (served or word in _CLEAR or not words("pivot_heads").at(flat, after))
        ):
            stop = at
            break
    while stop > start and folded[stop - 1] in " ，、":
        stop -= 1
    return stop


def _item_stop(flat: str, start: int, following: Quantity) -> int:
    """Where an item ends before the next quantity: at the separator that a verb follows, else at the last."""
    between = flat[start : following.start]
    direct = _LISTED.search(between)
    if direct:
        return start + direct.start()
    links = [found.start() for found in _LINK.finditer(between)]
    verbs = [at for at in links if words("actions").at(between, at + 1)]
    return start + (verbs[0] if verbs else links[-1]) if links else following.start
