"""Facts of a head table or head line: 索引号, 发文机关, 成文日期, 文号 … → keys of ``head_labels`` in the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ipplan.lexicon import load
from ipplan.patterns import pattern

_BLANKS = pattern(r"[\s\u00a0\u3000]+")
_TRIM = " \t\r\n\u00a0\u3000|【】[]〔〕：:"
_LONGEST = 400


@cache
def _labels() -> dict[str, str]:
    return {label.replace(" ", ""): key for label, key in load("words")["head_labels"].items()}


@cache
def _label() -> re.Pattern[str]:
    """A label with its colon inside a line: 发布日期：2024-06-18 信息来源：…"""
    spaced = [
        r"[\s\u00a0\u3000]{0,6}".join(map(re.escape, label)) for label in sorted(_labels(), key=len, reverse=True)
    ]
    return re.compile(rf"(?:^|(?<=[\s\u00a0\u3000【\[|]))(?P<label>{'|'.join(spaced)})[\s\u00a0\u3000]?[】\]]?[：:]")


def facts_of(cells: Iterable[str]) -> dict[str, str]:
    """Facts in a run of cells and lines: a cell that is a label names the next one; ``label：value`` inside a line."""
    labels = _labels()
    facts: dict[str, str] = {}
    waiting: str | None = None
    for cell in cells:
        if len(cell) > _LONGEST:
            waiting = None
            continue
        bare = _BLANKS.sub("", cell).strip(_TRIM)
        if bare in labels:
            waiting = labels[bare]
            continue
        if waiting is not None:
            value = _BLANKS.sub(" ", cell).strip(_TRIM)
            if waiting and value:
                facts.setdefault(waiting, value)
            waiting = None
            continue
        found = list(_label().finditer(cell))
        for mark, after in zip(found, [*found[1:], None], strict=False):
            key = labels[_BLANKS.sub("", mark["label"])]
            value = _BLANKS.sub(" ", cell[mark.end() : after.start() if after else len(cell)]).strip(_TRIM)
            if key and value:
                facts.setdefault(key, value)
            elif key and after is None:
                waiting = key
    return facts


def head_line(cells: Iterable[str]) -> str:
    """A row of a head table as one line: ``索引号：014442636/2024-00099``, the next label behind a TAB."""
    labels = _labels()
    out: list[str] = []
    label = ""
    for cell in cells:
        bare = _BLANKS.sub("", cell).strip(_TRIM)
        if label:
            out.append(label + cell)
            label = ""
        elif bare in labels:
            label = cell.rstrip(_TRIM) + "："
        else:
            out.append(cell)
    return "\t".join([*out, label] if label else out)
