"""Tables of contents (目录): recognised by their lines coming back, and passed over."""

from __future__ import annotations

from ipplan.parse.paragraphs import Paragraph
from ipplan.patterns import pattern

_LEADER = pattern(r"[ .·…_-]*[ .·…_-][0-9IVXivx]{1,4}$|[.·…_-]{3,}$|[ .·…_-]*（[0-9]{1,3}）$")
_LONGEST = 400
#: So many paragraphs of a preamble stand at most between the contents and the first chapter.
_PREAMBLE = 30


def contents_span(paragraphs: list[Paragraph]) -> tuple[int, int] | None:
    """Half-open index range of the table of contents among the paragraphs, or ``None``.

    It begins at a line 目录, or at the first numbered line, and ends before the line that repeats its first entry.
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
            stop = _behind_entries(paragraphs, entry, i) if first is not None else 0
            again = any(_key(p.passage.fold) == key for p in paragraphs[i : i + _PREAMBLE])
            return (begin, stop) if stop - entry >= 2 and again else None
    return None


def _behind_entries(paragraphs: list[Paragraph], entry: int, stop: int) -> int:
    """Behind the last entry in front of ``stop``, where a preamble (and the title once more) stands before the chapters."""
    while stop > entry and not paragraphs[stop - 1].marker and not _LEADER.search(paragraphs[stop - 1].passage.fold):
        stop -= 1
    return stop


def _key(folded: str) -> str:
    return _LEADER.sub("", folded.strip()).replace(" ", "")
