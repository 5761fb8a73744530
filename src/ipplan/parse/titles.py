"""Which words of a numbered paragraph are its title.

A heading line (no sentence ends in it) is a title. A run-in title is the short first sentence that names what the rest of
the paragraph elaborates; a paragraph of parallel statements has none. A list item that is one statement has no title
unless it has children. An article's title is its 【…】.
"""

from __future__ import annotations

from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.normalize.dates import SPAN
from ipplan.parse.outline import Node
from ipplan.parse.phases import is_phase_head
from ipplan.patterns import pattern
from ipplan.records import record

LONGEST_TITLE = 40
_ARTICLE_TITLE = pattern(" *【 *([^【】]{1,40}) *】 *")
#: Words that make a sentence a statement (who must do what), not the name of a task.
_STATEMENT = pattern(
    "应当|必须|不得|可以|负责(?![人同])|(?<![重需主首纲概摘])要(?![点素求件务闻领害])|(?<![但凡或还])是(?!否|非)|^(?:对(?!标|接|外|口)|凡|如(?!何|东|皋)|若|本(?!土|地|级|质|领)|根据|按照|依据|经(?!济|营|费|贸|开|认|信)|自(?!主|觉|贸|然|由|创|律|治|驾|动)"
    "|到?[0-9]{4}年|截至|每年|其中|同时|此外|以上|上述|由(?!大))"
)
_QUANTITY = pattern(
    r"[0-9][0-9.,，]*[万亿]? ?(?:[件家个项场元人次分%‰吨]|百分点|人次|公里|小时|亩|户|名|所|批|平方|千瓦)"
)
_DATED = pattern("(?:到|截至)?[0-9]{4} ?年(?!度|版)|每年|年[底内]")
_LIST_STYLES = frozenset(("arabic_dot", "arabic_paren", "arabic_half", "circled", "han_half", "han_paren"))
_MARKS = pattern('[（〔【《“）〕】》”"。！？；]')
_UNCOUNTED = pattern("[（〔【][^（〔【）〕】]*[）〕】]| ")
_NO_LEAD = pattern("[，、]|如下$|包括$|下列|以下")
_AIM = pattern("(?:目标|思想|任务|要求|原则|内容|重点|工程|行动|举措|措施|思路)$")
_STOPS = pattern("[。；！？]")
#: 总结阶段（11月至12月底）：各单位…
_DATED = pattern(f"[^。：；，（〔【]{{2,20}}[（〔【] ?(?:时间)?：?{SPAN} ?[）〕】] ?(?=：)")
_GAP = pattern("(?<=[\u4e00-\u9fff”）]) (?: +)?(?=[\u4e00-\u9fff])")


@record
class Shape:
    """What a numbered paragraph looks like behind its marker: kind, and the stretch that may be its title."""

    kind: str  # "line" · "statement" · "run_in" · "article" · "prose"
    start: int
    end: int
    rest: int


def shape(folded: str, start: int, stop: int, *, article: bool) -> Shape:
    """Classify ``folded[start:stop]`` (behind the marker, responsibility brackets at the end already cut off)."""
    while start < stop and folded[start] in " ：":
        start += 1
    while stop > start and folded[stop - 1] == " ":
        stop -= 1
    if article:
        found = _ARTICLE_TITLE.match(folded, start, stop)
        return (
            Shape("article", found.start(1), found.end(1), found.end())
            if found
            else Shape("prose", start, start, start)
        )
    dated = _DATED.match(folded, start, stop) if folded.find("：", start, start + 60) > 0 else None
    if dated and folded[dated.end() + 1 : stop].strip(" ；。"):
        kind = "phase" if is_phase_head(folded, start, dated.end()) else "run_in"
        return Shape(kind, start, dated.end(), dated.end() + 1)
    first = _sentence_end(folded, start, stop)
    if is_phase_head(folded, start, stop if first is None else first):
        return Shape("phase", start, stop, stop) if first is None else Shape("phase", start, first, first + 1)
    if first is None:
        lead = _lead(folded, start, stop)
        if lead:
            return lead
        text = folded[start:stop].rstrip("： ")
        return Shape("line" if len(text) <= 60 and "，" * 4 not in text else "prose", start, start + len(text), stop)
    if not folded[first + 1 : stop].strip(" ；。"):
        lead = _lead(folded, start, first)
        if lead and lead.end - lead.start <= 15 and _AIM.search(folded, lead.start, lead.end):
            return lead
        return Shape("statement", start, first, stop)
    lead = _lead(folded, start, first)
    if lead and folded[first] in "。；":
        return (
            Shape("run_in", lead.start, lead.end, lead.rest)
            if lead.end - lead.start <= 15
            else Shape("prose", start, start, start)
        )
    if folded[first] == "；" or _length(folded, start, first) > LONGEST_TITLE:
        return Shape("prose", start, start, start)
    return Shape("run_in", start, first, first + 1)


def _length(folded: str, start: int, end: int) -> int:
    """Characters of a title candidate, brackets (dates of a phase) and blanks not counted."""
    return len(_UNCOUNTED.sub("", folded[start:end]))


def _sentence_end(folded: str, start: int, stop: int) -> int | None:
    """The first 。！？； outside brackets and quotation marks."""
    depth = 0
    for found in _MARKS.finditer(folded[start:stop]):
        char = found[0]
        if char == '"':  # either side: plans mix “ and "
            depth += -1 if depth else 1
        elif char in "（〔【《“":
            depth += 1
        elif char in "）〕】》”":
            depth = max(0, depth - 1)
        elif not depth:
            return start + found.start()
        if found.start() > 400 and depth:
            depth = 0
    return None


def _lead(folded: str, start: int, end: int) -> Shape | None:
    """``总体目标：到2025年…`` and ``加强领导　各部门…``: a colon or a wide gap sets a short lead off."""
    colon = folded.find("：", start, min(end, start + 20))
    if colon > start and folded[colon + 1 : end].strip() and not _NO_LEAD.search(folded[start:colon]):
        return Shape("run_in", start, colon, colon + 1)
    gap = _GAP.search(folded, start, min(end, start + 30)) if folded.find(" ", start, start + 30) >= 0 else None
    if gap and end - gap.end() > 40 and gap.end() - gap.start() >= 2 and "，" not in folded[start : gap.start()]:
        return Shape("run_in", start, gap.start(), gap.end())
    return None


def is_statement(folded: str, start: int, end: int) -> bool:
    """Whether a sentence says who must do what or how much, rather than name a task."""
    text = folded[start:end]
    return bool(text.count("，") > 3 or _QUANTITY.search(text) or _STATEMENT.search(text))


def is_promise(folded: str, start: int, end: int) -> bool:
    """Whether a paragraph of one sentence promises something (建成工作站20家; 2024年底前出台办法), so that it names no task."""
    text = folded[start:end]
    return bool(text.count("，") > 3 or _QUANTITY.search(text) or _DATED.match(text))


def is_parallel(folded: str, shape_: Shape, stop: int) -> bool:
    """Whether the paragraph is a row of like statements: all short, the first no shorter than the rest."""
    first = _length(folded, shape_.start, shape_.end)
    others = [s for s in _STOPS.split(folded[shape_.rest : stop]) if s.strip()]
    if not others:
        return False
    lengths = [len(s) for s in others]
    if first <= 6:
        return False
    return max(lengths) <= 45 and sum(lengths) / len(lengths) < 1.5 * first


def _is_duty(folded: str) -> bool:
    """Whether a paragraph is a line of responsibility (责任单位：…, 列第一位的为牵头单位), which elaborates nothing."""
    if len(folded) < 60 and "牵头" in folded and _first_leads().inside(folded):
        return True
    head = folded[:24].replace(" ", "").lstrip("（〔【")
    word = _labels().at(head, 0)
    if word is None or "。" in folded[:-1]:
        return False
    blank = folded.startswith(word + " ") and word.endswith(("单位", "部门"))
    return blank or "：" in head[len(word) : len(word) + 7] or head.startswith(("】", "（"), len(word))


@cache
def _first_leads() -> WordSet:
    return WordSet(load("words")["first_leads"])


@cache
def _labels() -> WordSet:
    return WordSet(word for listed in load("words")["assignment_labels"].values() for word in listed)


def choose_titles(siblings: list[tuple[Node, Shape, bool]]) -> None:
    """Set ``title`` and ``rest`` of sections that stand in one list; ``bool``: whether the title is doubtful.

    In doubt a section does as most of its siblings do.
    """
    sure = sum(1 for _, s, doubt in siblings if s.kind == "run_in" and not doubt)
    against = sum(
        1 for _, s, doubt in siblings if s.kind == "prose" or (s.kind == "run_in" and doubt) or s.kind == "statement"
    )
    bare = all(not n.children and all(_is_duty(p.passage.fold) for p in n.body) for n, _, _ in siblings)
    for node, s, doubt in siblings:
        node.rest = s.start
        has_more = bool(node.children) or any(not _is_duty(p.passage.fold) for p in node.body)
        if s.kind in ("article", "phase"):
            take = True
        elif s.kind == "run_in":
            take = not doubt or sure > against
        elif s.kind == "line":
            # A list of items without full stops and without anything below them is a list of statements.
            take = has_more or not (
                bare and node.style in _LIST_STYLES and node.level > 1 and (len(siblings) > 1 or node.level > 2)
            )
        elif s.kind == "statement":
            # 2024年登记量达到3万件。 is one statement, whatever note stands below it.
            take = has_more and s.end - s.start <= LONGEST_TITLE + 10 and (bool(node.children) or not doubt)
        else:
            take = False
        if take and s.end > s.start:
            node.title, node.rest = (s.start, s.end), s.rest
