"""Where the plan begins behind a notice that has numbered paragraphs of its own.

一、反馈时间 … 二、反馈方式 … signature, date, and then the title of the plan the notice named: all in front of that title is
the notice, however it is numbered.
"""

from __future__ import annotations

from ipplan.parse.front import Part, annex_number, classify
from ipplan.parse.paragraphs import Paragraph
from ipplan.patterns import pattern

_NAMED = pattern("《((?:[^《》]|《[^《》]{1,80}》){4,200})》")
_ISSUED = pattern("(?:印发|转发|公布|发布)(?P<name>[^。；，]{6,120}?)的(?:通知|公告|通告|函)")
_CLAUSE = pattern("[，。；：《》]")
_ISSUES = pattern("印发|转发|公布|发布|征求|征集|起草|制定|制订|编制|拟定|拟订|草拟|修订|现将|现就|批准|同意|通过")
#: What a title bears in brackets and a notice may leave out.
_REMARK = pattern("（[^（）]{0,10}(?:稿|草案|试行|暂行|征求意见)[^（）]{0,6}）$")
_SIGNS = str.maketrans("", "", ' “”"《》·')
_DASHES = pattern("[-~]+")
#: How the heading of a notice ends.
_HEADING = pattern("(?:通知|公告|通告|的函|启事)(?:（[^（）]{2,12}）)? *$")
_LONGEST_TITLE = 4
#: Kinds of what stands between a notice's text and the title of what it issues.
_BETWEEN = frozenset(("date", "signature", "status", "attachment"))


def plan_behind(paragraphs: list[Paragraph], first: int) -> int:
    """Index of the plan's title behind the notice whose first numbered paragraph is ``first``; ``first`` if there is none."""
    names = _names(paragraphs[:first])
    if not names:
        return first
    for i in range(first + 1, len(paragraphs)):
        paragraph = paragraphs[i]
        if paragraph.marker or paragraph.line.row or len(paragraph.passage) > 80 or "。" in paragraph.passage.fold:
            continue
        if _is_title(paragraphs, i, names) and _closes_notice(paragraphs[i - 1]):
            return i
    return first


def notice_parts(parts: list[Part], first: int, title: int) -> None:
    """What is numbered in a notice, and the prose around it, is the notice's: no preamble, no title."""
    for k in range(first, title):
        part = parts[k]
        if part.paragraph.marker or part.kind in ("prose", "title", "recipients"):
            part.kind = "notice"


def _names(front: list[Paragraph]) -> set[str]:
    """The documents that a notice names, for comparison; none where the front is that of a plan itself."""
    if not any(_HEADING.search(paragraph.passage.fold) for paragraph in front if len(paragraph.passage) <= 120):
        return set()
    text = "".join(paragraph.passage.fold for paragraph in front)
    if "《" not in text and "印发" not in text:
        return set()
    found = {match[1] for match in _NAMED.finditer(text) if _issued(text, match.start(), match.end())}
    found |= {match["name"] for match in _ISSUED.finditer(text.replace(" ", ""))}
    return {name for name in map(_plain, found) if len(name) >= 6}


def _issued(text: str, start: int, end: int) -> bool:
    """Whether a document is named because it is issued or under discussion, not because it is followed (根据《…》)."""
    before = _CLAUSE.split(text[max(0, start - 30) : start])[-1]
    behind = _CLAUSE.split(text[end : end + 40])[0]
    return bool(_ISSUES.search(before) or _ISSUES.search(behind))


def _plain(name: str) -> str:
    return _DASHES.sub("-", _REMARK.sub("", name.replace(" ", "")).translate(_SIGNS))


def _is_title(paragraphs: list[Paragraph], at: int, names: set[str]) -> bool:
    """Whether the lines from ``at`` are the name of a document that the notice issues."""
    joined = ""
    for paragraph in paragraphs[at : at + _LONGEST_TITLE]:
        if paragraph.marker or paragraph.line.row:
            return False
        joined += paragraph.passage.fold.strip()
        if _plain(joined) in names:
            return True
    return False


def _closes_notice(paragraph: Paragraph) -> bool:
    """Whether a signature, its date or the heading of an annex stands in front of a title."""
    if annex_number(paragraph.passage.fold) is not None:
        return True
    return paragraph.marker is None and classify([paragraph])[0].kind in _BETWEEN
