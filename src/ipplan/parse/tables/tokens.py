"""A flattened table taken apart: its cells and the parts of torn ones, each with what it can be, and the heads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ipplan.parse.lines import Line
from ipplan.parse.tables.grid import Head
from ipplan.parse.tables.heads import AGENCIES, VALUES, head_of, indicator_heads
from ipplan.parse.tables.units import is_unit
from ipplan.parse.tables.values import has_only_leads, is_absent, is_after, read_value
from ipplan.patterns import pattern
from ipplan.records import record
from ipplan.text import SourceText

_PIECE = pattern(r"\S+")
_BLANK = pattern(r"\s+")
_NATURE = pattern("(?:约束性|预期性)(?:指标)?")
_SENTENCE = pattern("[。；！？]")
_LONGEST_LINE = 90
_MOST_HEADS = 14


@record
class Token:
    """A cell or a part of one: half-open source span, first and last line (numbers), folded text without blanks."""

    start: int
    end: int
    first: int
    last: int
    text: str


def may_begin(folded: str) -> bool:
    """Whether a line (folded) can be the head of a flattened table or the part of it that names the indicators."""
    whole = _BLANK.sub("", folded)
    if head_of(whole).kind in ("name", "weak_name"):
        return True
    return (
        "指" in whole
        and len(whole) <= _LONGEST_LINE
        and all(head_of(piece).kind or len(piece) <= 2 for piece in folded.split()[:3])
    )


def tokens_of(source: SourceText, lines: Sequence[Line], begin: int, stop: int, *, pages: bool) -> list[Token]:
    """The cells of the lines ``begin`` … ``stop - 1``, as far as they are short and hold no sentence.

    ``pages``: lines that are only a number are cells too, not page numbers.
    """
    folded = source.folded
    out: list[Token] = []
    for n in range(begin, min(len(lines), stop)):
        line = lines[n]
        if line.kind == "blank" or (line.kind == "page" and not (pages and folded[line.start : line.end].isdigit())):
            continue
        start = line.start
        while start and folded[start - 1] in "> <" and folded[start - 1] != "\n":
            start -= 1  # >60 was taken for a quotation mark of Markdown
        text = folded[start : line.end]
        if line.row or len(text) > _LONGEST_LINE or _SENTENCE.search(text) or (text.strip("-") == "" and len(text) > 4):
            break
        whole = _BLANK.sub("", text)
        if not whole:
            continue
        heads = " " in text and all(head_of(piece).kind for piece in text.split())
        if not heads and (kind_of(whole) != "text" or (head_of(whole).kind and len(whole) <= 12)):
            lead = len(text) - len(text.lstrip())
            out.append(Token(start + lead, line.end, n, n, whole))
        else:
            out += [Token(start + m.start(), start + m.end(), n, n, m[0]) for m in _PIECE.finditer(text)]
    return _mended(out)


def _mended(tokens: list[Token]) -> list[Token]:
    """Put torn values and brackets together: 〔累计达到 / 1000〕, 年均增长 / 6%, 10 / 左右."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if last and token.first - last.last <= 3 and _belongs(last.text, token.text):
            out[-1] = Token(last.start, token.end, last.first, token.last, last.text + token.text)
        else:
            out.append(token)
    return out


def _belongs(before: str, text: str) -> bool:
    if len(before) + len(text) > 60:
        return False
    if before.count("〔") > before.count("〕") or before.count("（") > before.count("）"):
        return True
    if text[0] in "（〔" and text[-1] in "）〕" and (is_unit(text[1:-1]) or text in ("〔累计〕", "（累计）")):
        return kind_of(before) == "text"
    if has_only_leads(before) and kind_of(text) == "value":
        return True
    return kind_of(before) == "value" and (is_after(text) or text == "%") and before[-1].isdigit()


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str:
    """value, absent, nature, unit or text; a bare number is a value."""
    if is_absent(text):
        return "absent"
    if _NATURE.fullmatch(text):
        return "nature"
    if read_value(text, 0, len(text)):
        return "value"
    return "unit" if is_unit(text) else "text"


def head_runs(tokens: list[Token]) -> list[list[list[Token]]]:
    """The ways to read the first tokens as heads, each a list of columns; none where they make no indicator table."""
    run: list[list[Token]] = []
    for token in tokens[:_MOST_HEADS]:
        if run and token.text[0] in "（〔" and head_of(run[-1][-1].text + token.text).kind:
            run[-1].append(token)
        elif head_of(token.text).kind:
            run.append([token])
        else:
            break
    if len(run) < 3:
        return []
    joined: list[list[Token]] = []
    for group in run:
        before = head_of("".join(t.text for t in joined[-1])) if joined else Head()
        own = head_of("".join(t.text for t in group))
        if (
            before.kind == "year"
            and own.kind in ("base", "target")
            and own.year is None
            and before.text[-1] in "年0123456789"
        ):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    spanned = [
        group
        for group, behind in zip(run, [*run[1:], []], strict=True)
        if not (behind and _spans(head_of(group[0].text)) and head_of(behind[0].text).kind == "year")
    ]
    out = []
    for columns in (joined, run, spanned):
        heads = [head_of("".join(t.text for t in group)) for group in columns]
        values = [head for head in heads if head.kind in VALUES]
        if columns not in out and len(heads) >= 3 and indicator_heads(heads) and _order(heads) and values:
            out.append(columns)
    return out


def _spans(head: Head) -> bool:
    return head.kind in ("base", "target") and head.year is None


def _order(heads: list[Head]) -> bool:
    """Whether what stands in front of the names is number and group only, and nothing like it behind them."""
    kinds = [head.kind for head in heads]
    at = next((k for k, kind in enumerate(kinds) if kind in ("name", "weak_name")), None)
    if at is None:
        return False
    behind = kinds[at + 1 :]
    return set(kinds[:at]) <= {"serial", "group"} and set(behind) <= {"unit", "nature", "other", *VALUES, *AGENCIES}
