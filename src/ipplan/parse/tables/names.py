"""The name cell of an indicator table → the indicator, and what its words say of unit, change, verb and nature.

    1.新增注册商标（万件）①   →   注册商标, 新增, 万件

The name loses its number, 其中：, footnote mark, unit and scope; a change that ends it (能耗降低) becomes the basis, 新增
before it the action.
"""

from __future__ import annotations

from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.parse.tables.grid import unbroken
from ipplan.parse.tables.units import is_unit
from ipplan.patterns import pattern
from ipplan.records import record

_SERIAL = pattern(
    r"\s*(?:[0-9]{1,3}[.、．）](?![0-9])|（[0-9一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|[①-⑳]|#|\*|★|●|◇|▲|·|-{1,2}|"
    r"其中[：:，]?|：)\s*"
)
_FOOT = pattern(r"\s*[①-⑳¹²³⁴-⁹*※†#]+\s*$")
#: A bracket at the end of a name.
BRACKET = pattern(r"\s*[（〔]([^（）〔〕]{1,16})[）〕]\s*$")
_PARTS = pattern("[，、；;, ]")
_WORDS = pattern("[\u4e00-\u9fffA-Za-z]")
#: 属性 → ``nature`` of a target.
NATURE = {"约束性": "binding", "预期性": "expected"}
_NOT_A_NAME = frozenset(("合计", "小计", "总计", "备注", "注", "说明", "单位"))


@record
class Name:
    """The name of an indicator: half-open place, and what its words say of unit, change, verb and nature."""

    start: int
    end: int
    text: str
    begin: int
    unit: str | None = None
    basis: str | None = None
    action: str | None = None
    frequency: str | None = None
    nature: str | None = None


@cache
def _set(kind: str) -> WordSet:
    grammar = load("grammar")
    return WordSet([word for words in grammar[kind].values() for word in words] if kind == "basis" else grammar[kind])


@cache
def _basis() -> dict[str, str]:
    return {word: name for name, words in load("grammar")["basis"].items() for word in words}


@cache
def _verbs() -> tuple[WordSet, frozenset[str]]:
    increments = load("grammar")["increment_actions"]
    return WordSet([*increments, *load("tables")["name_verbs"]]), frozenset(increments)


def read_name(folded: str, text: str, start: int, end: int) -> Name | None:
    """The name that stands in ``folded[start:end]``; ``None`` where that is none."""
    serial = _SERIAL.match(folded, start, end)
    while serial and serial.end() > start:
        start = serial.end()
        serial = _SERIAL.match(folded, start, end)
    out = Name(start, end, "", start)
    _brackets(folded, out)
    scope = _set("scope").at(folded, out.start, out.end)
    if scope and out.end - out.start - len(scope) >= 2:
        out.start += len(scope)
    out.begin = out.start
    _verb(folded, out)
    change = _set("basis").before(folded, out.end, out.start)
    if change and len(change) > 1 and out.end - out.start - len(change) >= 2:
        out.end -= len(change)
        out.basis = _basis()[change]
        out.frequency = "annual" if "年均" in change or "每年" in change else None
    words = unbroken(text[out.start : out.end])
    if len(words) < 2 or not _WORDS.search(words) or words in _NOT_A_NAME or words in NATURE or len(words) > 80:
        return None
    out.text = words
    return out


def _brackets(folded: str, out: Name) -> None:
    """Take footnote marks off the end, and the brackets that hold a unit, 累计 or the nature."""
    while True:
        foot = _FOOT.search(folded, out.start, out.end)
        if foot and foot.start() > out.start:
            out.end = foot.start()
        found = BRACKET.search(folded, out.start, out.end)
        if not found or found.start() <= out.start:
            break
        parts = [part for part in _PARTS.split(found[1]) if part]
        nature = next((name for word, name in NATURE.items() if found[1].startswith(word)), None)
        if nature:
            out.nature = nature
        elif all(is_unit(part) or part in ("累计", "五年累计", "单位") for part in parts):
            out.unit = next((part for part in parts if is_unit(part)), out.unit)
            out.basis = "cumulative" if any("累计" in part for part in parts) else out.basis
        else:
            break
        out.end = found.start()
    while out.end > out.start and folded[out.end - 1].isspace():
        out.end -= 1


def _verb(folded: str, out: Name) -> None:
    """新增 and the like in front of the name; not where the verb begins the name of a measure (培训人次)."""
    if folded.startswith("累计", out.start) and out.end - out.start > 4:
        out.start, out.basis = out.start + 2, "cumulative"
    for word in ("每年", "年均", "年度", "年"):
        if folded.startswith(word, out.start) and _verbs()[0].at(folded, out.start + len(word), out.end):
            out.start, out.frequency = out.start + len(word), "annual"
            break
    words, increments = _verbs()
    verb = words.at(folded, out.start, out.end)
    if not verb or out.end - out.start - len(verb) < 2:
        return
    if verb not in increments and _set("metric_nouns").at(folded, out.start + len(verb), out.end):
        return
    out.start += len(verb)
    out.action = verb
    out.basis = out.basis or ("increment" if verb in increments else None)
