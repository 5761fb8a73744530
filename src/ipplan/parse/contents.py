"""Tables of contents (目录): recognised by their lines coming back, and passed over."""

from __future__ import annotations

from ipplan.parse.paragraphs import Paragraph
from ipplan.patterns import pattern

_LEADER = pattern(r"[ \t.·…_-]*[ \t.·…_-][0-9IVXivx]{1,4}$|[.·…_-]{3,}$|[ .·…_-]*（[0-9]{1,3}）$")
_LONGEST = 400
#: Paragraphs of a foreword between the table and the first chapter.
_LONGEST_FOREWORD = 40


def contents_span(paragraphs: list[Paragraph]) -> tuple[int, int] | None:
    """Half-open index range of the table of contents among the paragraphs, or ``None``.

    It begins at a line 目录, or at the first numbered line, and ends before the line that repeats its first entry, or
    before a foreword that stands in front of that.
    """
    first = next(
        (i for i, p in enumerate(paragraphs[:60]) if p.passage.fold.replace(" ", "") in ("目录", "目次")), None
    )
    begin = first
    if first is None:
        begin = next((i for i, p in enumerate(paragraphs) if p.marker), None)
        if begin is None:
            return None
        entry = begin
    else:
        entry = first + 1
    if begin is None or entry >= len(paragraphs) or "。" in paragraphs[entry].passage.fold:
        return None
    key = _key(paragraphs[entry].passage.fold)
    if len(key) < 3:
        return None
    for i in range(entry + 1, min(len(paragraphs), entry + _LONGEST)):
        text = paragraphs[i].passage.fold
        if _key(text) == key or (_key(text).startswith(key) and first is not None and len(key) > 5):
            return (begin, i) if i - entry >= 2 else None
        if "。" in text or len(text) > 80:
            return (begin, i) if first is not None and _comes_back(paragraphs, i, key, i - entry) else None
    return None


def _comes_back(paragraphs: list[Paragraph], after: int, key: str, entries: int) -> bool:
    """Whether a foreword stands between a table of contents of two entries or more and the first heading that it lists."""
    if entries < 2:
        return False
    return any(p.marker and _key(p.passage.fold) == key for p in paragraphs[after + 1 : after + _LONGEST_FOREWORD])


def _key(folded: str) -> str:
    return _LEADER.sub("", folded.strip()).replace(" ", "")
