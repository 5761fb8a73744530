"""Heads of documents whose line breaks are lost: letterhead, 文号, heading, 主送机关, notice, signature run into one line.

Each part is cut off where its form says that it ends: the 文号 by its brackets, the heading by 的通知 in front of those it is
addressed to, these by their colon, a signature by the date behind names of bodies. Only lines in front of the first
numbered heading are looked at.
"""

from __future__ import annotations

from ipplan.normalize.agencies import looks_like_agency
from ipplan.normalize.dates import DAY, MONTH, YEAR
from ipplan.patterns import pattern

#: No part of a head begins farther from its line's start than this.
_LONGEST = 2500
_HINT = pattern("[号：日件]")
_NUMBER = pattern(r"[\u4e00-\u9fff]{2,24} ?[〔（][12][0-9]{3}[〕）] ?第? ?[0-9]{1,4} ?号", needs=("号",))
#: What a 文号 stands behind; its own letters are what is left.
_BEFORE_NUMBER = pattern(
    ".*(?:文件|通知|的函|公告|通告|决定|意见|批复|方案|规划|计划|办法|措施|要点|人民政府|委员会|办公室|办公厅|[局厅](?=.{3}))(?=.{2})"
)
_HEADING_END = pattern("(?:的通知|的函|的公告|的通告|的决定|的批复|的意见|的报告|意见的函)(?:（[^（）]{2,12}）)?")
#: How those addressed begin, and how they end in front of the colon.
_ADDRESSED = pattern(
    "各|有关|省|市|县|区|州|旗|国务院|中央|中国|本|机关|直属|局|厅|委|[\u4e00-\u9fff]{2,14}(?:厅|局|委|公司|政府|集团)"
)
_ADDRESSED_END = pattern(
    "(?:政府|部门|单位|机构|委员会|[委局厅办会院处组中心区部]|公司|企业|集团|学校|高校|法院|检察院|总场|分公司|联研院|委员|同志)(?:（[^（）]{1,20}）)?$"
)
_ACTS = pattern("[。；《》]|要|应|把|将|如下|以下|包括|内容|目标|任务|意义|原则")
_SIGNED = pattern(
    r"(?:^|[^\u4e00-\u9fff，、；]) *(?P<names>(?:[\u4e00-\u9fff ]|（[\u4e00-\u9fff]{1,12}）){3,160}?)"
    rf" *(?P<date>{YEAR} ?年 ?{MONTH} ?月 ?{DAY} ?日)(?! ?(?:印发|起|前|后|至|以|召开|，|、))",
    needs=("月",),
)
_PUBLIC = pattern(" *（(?:此件|本文|主动|依申请|不予)[^（）]{2,16}）")
_DAY = pattern(rf"{YEAR} ?年 ?{MONTH} ?月 ?{DAY} ?日(?= +[“《\u4e00-\u9fff]| *（此件)", needs=("月",))
_LAST = pattern("。 {2,}(?P<names>[\u4e00-\u9fff ]{2,60})$", needs=("。  ",))
_NOUN_THEN_PROSE = pattern(
    "(?:方案|规划|计划|纲要|意见|办法|要点|措施|细则)》?(?:[（〔][^（〔）〕]{2,20}[）〕])?(?: *(?=为(?!期)|为了|近年来)| +(?=根据|按照|当前|[^ ]{40}))"
)
_ENDED = pattern("[。；：，]")
_ANNEX = pattern(
    "附件 ?[0-9]{1,2}?(?=[12][0-9]{3} ?年)|附件 ?[0-9一二三四五]?(?=[“\u4e00-\u9fff])(?![一二三四五：])",
    needs=("附件",),
)


def head_cuts(folded: str, start: int, end: int) -> list[int]:
    """Offsets in ``folded[start:end]`` (a line in front of the first heading, or the part of one) where a part begins."""
    end = min(end, start + _LONGEST)
    if not _HINT.search(folded, start, end):
        return []
    out: set[int] = set()
    text = folded[start:end]
    numbers = _numbers(text)
    out.update(*numbers)
    out |= _addressed(text, numbers)
    for found in _SIGNED.finditer(text):
        if _bodies(found["names"]):
            out |= {found.start("names"), found.end()}
            public = _PUBLIC.match(text, found.end())
            if public:
                out.add(public.end())
    day = _DAY.match(text)
    if day:
        out.add(day.end())
    last = _LAST.search(text.rstrip())
    if last and _bodies(last["names"]):
        out.add(last.start("names"))
    annex = _ANNEX.match(text)
    if annex and len(text) > 40:
        out.add(annex.end())
    begin = max([0, *(at for at in out if at < len(text))])
    title = _NOUN_THEN_PROSE.search(text, begin, begin + 120)
    if title and not _ENDED.search(text, begin, title.end()):
        out.add(title.end())
    return sorted(start + at for at in out if 0 < at < len(text.rstrip()))


def _numbers(text: str) -> list[tuple[int, int]]:
    """Half-open places of 文号 that stand free: not in brackets, not in a title."""
    out = []
    for found in _NUMBER.finditer(text):
        letters = found[0][: max(found[0].find("〔"), found[0].find("（"))]
        before = _BEFORE_NUMBER.match(letters)
        begin = found.start() + (before.end() if before else 0)
        free = (before or found.start() == 0) and found.end() - begin <= 28
        enclosed = (
            text[found.end() : found.end() + 1] in ("）", "〕", "》") or text[found.start() - 1 : found.start()] == "（"
        )
        if free and not enclosed and not _inside_title(text, begin):
            out.append((begin, found.end()))
    return out


def _inside_title(text: str, at: int) -> bool:
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def _addressed(text: str, numbers: list[tuple[int, int]]) -> set[int]:
    """Around 主送机关: behind the heading in front of them, and behind their colon."""
    colon = text.find("：")
    if colon < 2:
        return set()
    begin = 0
    for found in _HEADING_END.finditer(text, 0, colon):
        if not _inside_title(text, found.start()) and _ADDRESSED.match(text, found.end()):
            begin = found.end()
    begin = max([begin, *(stop for _, stop in numbers if stop <= colon)])
    while begin < colon and text[begin] == " ":
        begin += 1
    names = text[begin:colon].rstrip()
    if not (2 <= len(names) <= 500 and _ADDRESSED.match(names) and _ADDRESSED_END.search(names)) or _ACTS.search(names):
        return set()
    if not begin and not (
        names.startswith(("各", "省", "市", "有关")) and ("、" in names or "，" in names or len(names) < 20)
    ):
        return set()
    return {begin, colon + 1}


def _bodies(names: str) -> bool:
    """Whether a stretch names bodies and nothing else: 国务院办公厅, 龙岩市工业和信息化局龙岩市城市管理局, 国  务  院."""
    plain = names.replace(" ", "")
    if len(plain) <= 20:
        return looks_like_agency(plain) or plain == "国务院"
    return bool(_BODIES.fullmatch(plain))


_BODIES = pattern("(?:[\u4e00-\u9fff]{2,24}?(?:局|委|委员会|办公室|厅|办公厅|政府|部|院|署|公司|银行|中心))+")


def split_bodies(name: str) -> list[str]:
    """Names of bodies run together, each beginning with the same place: 陕西省发展和改革委员会陕西省林业局."""
    place = _PLACE.match(name)
    if not place or name.count(place[1]) < 2:
        return [name]
    out, at = [], 0
    for found in pattern(f"(?:中共)?{place[1]}").finditer(name, 1):
        piece = name[at : found.start()]
        if len(piece) > len(place[1]) and looks_like_agency(piece):
            out.append(piece)
            at = found.start()
    out.append(name[at:])
    return list(dict.fromkeys(out)) if all(looks_like_agency(piece) for piece in out) else [name]


_PLACE = pattern("(?:中共)?([\u4e00-\u9fff]{1,6}?[省市区县州盟旗])")
