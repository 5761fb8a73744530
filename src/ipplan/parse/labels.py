"""Labels of responsibility statements (责任单位：) and the words that give agencies their roles."""

from __future__ import annotations

from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.patterns import pattern
from ipplan.records import record


@record(frozen=True)
class Label:
    """A label of a responsibility statement (责任单位：): its word and half-open place, the colon included."""

    word: str
    start: int
    end: int


@cache
def roles_of(kind: str) -> dict[str, str]:
    """Word → role, for the labels or verbs of statements of responsibility."""
    return {word: role for role, words in load("words")[kind].items() for word in words}


@cache
def word_set(kind: str) -> WordSet:
    """The words of one list, or all of a table of lists."""
    words = load("words")[kind]
    return WordSet(roles_of(kind) if isinstance(words, dict) else words)


def find_labels(folded: str, start: int = 0, end: int | None = None) -> list[Label]:
    """Labels with their colon in ``folded[start:end]``; a remark in brackets may stand between (责任单位（部门）：)."""
    end = len(folded) if end is None else end
    out: list[Label] = []
    labels = word_set("assignment_labels")
    first = labels.at(folded, start, end)
    if first and _set_off(folded, start + len(first), end, first):
        out.append(Label(first, start, start + len(first) + 1))
    for said in _SAID.finditer(folded, start + 1, end) if folded.find("为", start, end) >= 0 else ():
        word = labels.before(folded, said.start() + 2, start)
        if word and folded[said.start() + 1 - len(word) : said.start() + 2 - len(word)] in ("。", "；", "（"):
            out.append(Label(word, said.start() + 2 - len(word), said.end()))
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


_SAID = pattern("[单部][位门]为")


def _set_off(folded: str, at: int, end: int, word: str) -> bool:
    """Whether a label at the start goes without its colon: 责任单位为市科技局, 责任单位　市科技局."""
    if folded[at : at + 1] in ("为", "是"):
        return True
    return (
        folded[at : at + 1] == " " and word.endswith(("单位", "部门")) and _ONE_BODY.match(folded, at, end) is not None
    )


#: Behind a label without its colon: the name of a body.
_ONE_BODY = pattern(" {1,4}(?:各|[\u4e00-\u9fff]{1,14}(?:[局委办部院厅会]|政府|公司|中心|大队|支队)(?:[、，；（ ]|$))")
