"""Documents named in 《》, and names of documents compared (contract: Citation)."""

from __future__ import annotations

import re
from functools import cache

from ipplan.draft import Citation
from ipplan.lexicon import load
from ipplan.parse.front import DOC_NUMBER
from ipplan.patterns import pattern
from ipplan.text import Passage, fold

#: A title in 《》, which may name another.
BOOK = pattern("《(?:[^《》]|《[^《》]{1,80}》){1,200}》")
_NUMBER_BEHIND = pattern(rf" ?[（〔] ?(?P<n>{DOC_NUMBER}) ?[）〕]", needs=("号",))
_SHORT_NAME = pattern("(?:以下|下)?简称 ?：? ?$")


def compact(text: str) -> str:
    """A name for comparison: folded, without blanks, every dash and wave alike."""
    return re.sub("[-~]+", "-", fold(text).replace(" ", ""))


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(sorted(load("words")["document_nouns"], key=len, reverse=True))


def names_document(folded: str) -> bool:
    """Whether what stands in 《》 is a document: it ends in a document's word (方案, 规划, 法 …) or begins 关于."""
    text = re.sub("（[^（）]*）$", "", folded.replace(" ", ""))
    return "关于" in text or text.endswith(_nouns())


def read_citations(passages: list[Passage], own_names: set[str]) -> list[Citation]:
    """Documents named in 《》, each once, in the order of their first mention, without the plan's own names."""
    out: dict[str, Citation] = {}
    for passage in passages:
        if "《" not in passage.fold:
            continue
        for found in BOOK.finditer(passage.fold):
            inner = found[0][1:-1]
            key = compact(inner)
            if key in own_names or inner.strip() in _nouns() or not names_document(inner):
                continue
            if _SHORT_NAME.search(passage.fold, max(0, found.start() - 12), found.start()):
                own_names.add(key)
                continue
            behind = _NUMBER_BEHIND.match(passage.fold, found.end())
            number = normal_number(behind["n"]) if behind else None
            title = passage.text[found.start() + 1 : found.end() - 1].strip()
            if key not in out:
                out[key] = Citation(title=title, doc_number=number)
            elif number and out[key].doc_number is None:
                out[key] = Citation(title=out[key].title, doc_number=number)
    return list(out.values())


def normal_number(text: str) -> str:
    """文号 in its normal form: ``泰政办发(2024) 18号`` → ``泰政办发〔2024〕18号``."""
    text = (
        text.replace(" ", "").strip("（）〔〕【】") if not re.match("[（〔【]", text) else text.replace(" ", "")[1:-1]
    )
    return re.sub("[（〔【]([0-9]{4})[）〕】]", r"〔\1〕", text)
