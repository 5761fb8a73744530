"""The marks of Markdown in a text: which characters say how words look, and are no words themselves.

The source text keeps them. They are folded to characters without width, which the parser passes over, so every span
still leads to the place where the words stand.
"""

from __future__ import annotations

from ipplan.patterns import pattern

Span = tuple[int, int]

#: ``> ``, ``## `` and both, at the start of a line. Bullets are left to the parser.
_LEAD = pattern(r"[ \t]{0,3}((?:>[ \t]?){1,20}(?:#{1,6}(?=[ \t])[ \t]*)?|#{1,6}[ \t]+)")
_RULE = pattern(r"[ \t>]*(?:[-*_=][ \t]*){3,}")
_FENCE = pattern(r"[ \t>]*(?:`{3,}|~{3,})[^`]{0,80}")
_DEFINITION = pattern(r"[ \t]{0,3}\[(?:\^[^\]\s]{1,40}\]:|[^\]\n^]{1,200}\]:[ \t]{0,9}<?(?:https?:|[./#]))")
_COMMENT = pattern(r"<!--")
_TOKEN = pattern(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<code>`{1,3})"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>\n]{0,300})?/?>|<(?=https?://)|(?<=[\w/])>(?=$|[^\w ]))"
    r"|(?P<entity>&(?:nbsp|ensp|emsp|#160|#12288);)"
    r"|(?P<note>\[\^[^\]\s]{1,40}\])"
    r"|(?P<image>!\[[^\]\n]{0,300}\]\((?:\\.|[^()\\\n]|\([^()\n]{0,200}\)){0,600}\))"
    r"|\[(?P<label>[^\[\]\n]{1,400})(?P<to>\]\((?:\\.|[^()\\\n]|\([^()\n]{0,200}\)){0,600}\))"
    r"|(?P<stars>\*{1,3})"
    r"|(?P<scores>(?<!_)_{1,3}(?!_))"
)


def marks_of(raw: str, lines: list[Span]) -> tuple[list[Span], list[Span]]:
    """``(marks, skipped)`` of these lines: marks inside lines, and whole lines that say nothing of the document.

    Skipped are comments that fill lines, definitions of footnotes and links.
    """
    marks: list[Span] = []
    skipped: list[Span] = []
    hidden_to = 0
    last = raw.rfind("-->")
    for start, end in lines:
        if start < hidden_to:  # inside a comment that began above
            start = min(hidden_to, end)
        text = raw[start:end]
        if not text.strip():
            continue
        if _DEFINITION.match(text):
            skipped.append((start, end))
            continue
        if _RULE.fullmatch(text):
            continue
        if _FENCE.fullmatch(text):
            marks.append((start, end))
            continue
        comments, hidden_to = _comments(raw, start, min(end, max(last, start)), end, hidden_to)
        if comments and not _rest(raw, start, end, comments).strip():
            skipped.append((comments[0][0], max(hidden_to, end)))
            continue
        marks += comments
        lead = _LEAD.match(raw, start, end)
        at = start
        if lead and lead.end() <= end:
            marks.append(lead.span(1))
            at = lead.end()
            words = raw[at:end].rstrip(" \t").rstrip("#") if "#" in lead[1] else ""
            if words.endswith((" ", "\t")):  # ## a heading ##
                marks.append((at + len(words), end))
                end = at + len(words)
        marks += _inside(raw, at, end, comments)
    return sorted(marks), skipped


def _comments(raw: str, start: int, until: int, end: int, hidden_to: int) -> tuple[list[Span], int]:
    """Comments that begin in a line before ``until``, and where the last of them ends (perhaps lines below)."""
    out: list[Span] = []
    at = start
    while found := _COMMENT.search(raw, at, until):
        stop = raw.find("-->", found.end())
        if stop < 0:
            break
        at = stop + 3
        out.append((found.start(), min(at, end)))
        hidden_to = max(hidden_to, at)
        if at >= end:
            break
    return out, hidden_to


def _rest(raw: str, start: int, end: int, holes: list[Span]) -> str:
    out, at = [], start
    for a, b in holes:
        out.append(raw[at:a])
        at = b
    return "".join(out) + raw[at:end]


def _inside(raw: str, start: int, end: int, comments: list[Span]) -> list[Span]:
    """Marks inside a line."""
    marks: list[Span] = []
    single: dict[str, list[Span]] = {"*": [], "_": []}
    holes = comments[::-1]  # what is passed over, the next one last
    at = start
    while found := _TOKEN.search(raw, at, end):
        kind = found.lastgroup
        a, b = found.span()
        while holes and holes[-1][1] <= a:
            holes.pop()
        if holes and holes[-1][0] <= a:
            at = holes.pop()[1]
            continue
        at = b
        if kind == "escape":
            marks.append((a, b))
            at = b + 1
        elif kind == "to":
            marks += [(a, a + 1), found.span("to")]
            holes.append(found.span("to"))
            at = a + 1
        elif kind == "stars":
            if b - a > 1:
                marks.append((a, min(b, a + 2)))
            factor = raw[a - 1 : a].isdigit() and raw[b : b + 1].isdigit()  # 3*4
            bullet = a == start and raw[b : b + 1] == " "
            if b - a != 2 and not factor and not bullet:
                single["*"].append((b - 1, b))
        elif kind == "scores":
            before, after = raw[max(a - 1, start) : a], raw[b : min(b + 1, end)]
            if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
                single["_"].append((a, b))
        else:
            marks.append((a, b))
    for spans in single.values():
        marks += spans[: len(spans) // 2 * 2]
    return marks
