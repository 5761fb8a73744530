"""Lists of agencies → names as written, taken apart: 各 and common tails reach over a list, brackets may hold an alias.

A name keeps its brackets if they belong to it (各县（市、区）政府); an agency's name in brackets behind an agency is its
alias (市市场监督管理局（知识产权局）).
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.normalize.agencies import department, looks_like_agency
from ipplan.patterns import pattern
from ipplan.records import record

_JOINTS = pattern(r"以及|[和及与]| +|[/\\]")
_LEAD_IN = pattern(" *(?:会同|联合|配合|由|及|和|以及|，)?")
_AND_OTHERS = pattern("等(?!级)[^等（）]{2,20}(?:成员单位|有关部门|相关部门|有关单位|相关单位)$")
_REMARK = pattern("（[^（）]*）")
_JOINT = pattern(r"以及|[和及与 /\\]")


@record
class Named:
    """One agency read: normalised name, alias, and its half-open place in the paragraph."""

    name: str
    alias: str | None
    start: int
    end: int


@cache
def _tails() -> WordSet:
    return WordSet(load("words")["assignment_tails"])


@cache
def _groups() -> frozenset[str]:
    return frozenset(load("words")["groups"])


def read_names(folded: str, pieces: list[tuple[int, int]]) -> list[Named]:
    """The agencies of the pieces of one list, with what 各 and a common tail lend them; places are offsets into ``folded``."""
    names: list[Named] = []
    for start, end in pieces:
        names += [Named(name, alias, start + a, start + b) for name, alias, a, b in _read_names(folded[start:end])]
    run = 0
    for k in range(1, len(names) + 1):
        # 各 and a tail reach over a list, not behind its comma: 各县政府，高新区、经开区管委会.
        if k == len(names) or "，" in folded[names[k - 1].end : names[k].start]:
            _reach(names[run:k])
            run = k
    return [name for name in names if len(name.name) > 1]


@lru_cache(maxsize=8192)
def _read_names(folded: str) -> tuple[tuple[str, str | None, int, int], ...]:
    """Name, alias and half-open place of each agency of one piece: lists of plans hold the same names again and again."""
    names: list[tuple[str, str | None, int, int]] = []
    for a, b in _unjoined(folded, 0, len(folded)):
        text = folded[a:b]
        lead = _LEAD_IN.match(text)
        if lead and lead.end() and not lead[0].isspace() and not (lead[0].strip() and looks_like_agency(text.strip())):
            a += lead.end()
        while a < b and folded[a] == " ":
            a += 1
        while b > a and folded[b - 1] == " ":
            b -= 1
        tail = _tails().before(folded, b, a)
        if tail and b - len(tail) > a:
            b -= len(tail)
        group = _AND_OTHERS.search(folded, a + 2, b) if folded.endswith(("单位", "部门"), a, b) else None
        if group and looks_like_agency(folded[a : group.start()]):
            b = group.start()  # 市市场监管局｜等联席会议成员单位
        while b > a and folded[b - 1] in " ：":
            b -= 1
        if (b - a >= 2 or folded[a:b] in _LEVELS) and folded[a:b] not in ("有关部门单位等",):
            name, alias = _alias(folded[a:b].replace(" ", ""))
            names.append((name, alias, a, b))
    return tuple(names)


def _unjoined(folded: str, a: int, b: int) -> list[tuple[int, int]]:
    """Split at 和, 及 and blanks, but only between two agencies: not in 自然资源和规划局."""
    text = folded[a:b]
    for found in _JOINTS.finditer(text):
        left, right = text[: found.start()].strip(), text[found.end() :].strip()
        if len(left) < 2 or len(right) < 2 or text[: found.start()].count("（") != text[: found.start()].count("）"):
            continue
        whole = department(text.replace(" ", ""))
        if whole and department(left) is None:
            continue
        first = _JOINT.split(right)[0]
        right_ok = looks_like_agency(right) or looks_like_agency(first)
        tail = _tails().before(left, len(left), 2)
        if tail:
            left = left[: -len(tail)]  # 海关总署等国务院相关部门｜及各地区
        if (
            looks_like_agency(left)
            and right_ok
            and (
                tail
                or department(left)
                or left.startswith("各")
                or right.startswith("各")
                or _REMARK.sub("", left)[-1:] in tuple("局委办厅府")
            )
        ):
            return [(a, a + found.start()), *_unjoined(folded, a + found.end(), b)]
    return [(a, b)]


_INNER = pattern("（([^（）]*(?:（[^（）]*）)?)）$")
_ROUND = str.maketrans("〔〕【】", "（）（）")
_ALIAS_END = pattern("(?:局|委|办|厅|部|署|院|中心|办公室|支队|大队|总队|分局|海关|工委|会|室|公司)$")
_PLACES = pattern(
    "[市区县镇乡州旗]|(?:[市区县镇乡州旗街道]+、)+[市区县镇乡州旗街道]+|街道|街道办事处|管理办|办事处|单位|园区|开发区|功能区|管委会"
)


def _alias(name: str) -> tuple[str, str | None]:
    """``市市场监督管理局〔知识产权局〕`` → name and alias; brackets that belong to the name stay, full-width."""
    name = name.translate(_ROUND)
    found = _INNER.search(name) if name.endswith("）") else None
    if found and not name.startswith("各"):
        base, inner = name[: found.start()], found[1]
        if (
            base
            and inner
            and not _PLACES.fullmatch(inner)
            and (_ALIAS_END.search(_REMARK.sub("", inner)) or department(inner))
        ):
            return base, inner
    return name, None


_PLACE = pattern("[\u4e00-\u9fff]{0,6}(?:[省市区县州盟旗镇乡]|街道|新区|开发区|园区|高新区|经开区)$")


#: One level of a list that shares its tail: 各县、｜市｜、区人民政府.
_LEVELS = frozenset("市县区旗州镇乡")
_PROVINCES = frozenset(("省", "自治区", "直辖市", "计划单列市"))
#: Divisions that have no board of a zone.
_DIVISIONS = (
    frozenset(
        (
            "旗县区",
            "县区",
            "区县",
            "县市区",
            "市县区",
            "区市县",
            "市区",
            "市县",
            "市州",
            "州市",
            "旗县",
            "镇街",
            "街镇",
            "乡镇",
            "镇乡",
            "街道",
        )
    )
    | _LEVELS
)


@cache
def _shared_tails() -> WordSet:
    return WordSet(load("words")["shared_tails"])


def _reach(names: list[Named]) -> None:
    """各 reaches over the groups that follow it; the tail of the last place of a list over the places before it."""
    if len(names) < 2:
        return
    groups = _groups()
    written = {name.name for name in names}
    for before, after in pairwise(names):
        if (
            before.name.startswith("各")
            and not after.name.startswith("各")
            and (after.name in groups or _REMARK.sub("", after.name) in groups)
        ):
            after.name = "各" + after.name
        elif before.name.startswith("各") and after.name in ("政府", "人民政府") and before.name.endswith("党委"):
            after.name = before.name.removesuffix("党委") + after.name
    shared: set[int] = set()
    for i in range(len(names) - 1, 0, -1):
        last, place = names[i].name, names[i - 1].name
        tail = _shared_tails().before(last, len(last), 1)
        if place.startswith("各") and last.startswith("各") and last in written:
            continue  # 各园区、各开发区管委会: each has its own 各
        if last.startswith("各") and not place.startswith("各"):
            continue  # 高新区、各县区政府: what 各 begins ends there
        if (
            tail
            and _PLACE.fullmatch(_REMARK.sub("", last[: -len(tail)]))
            and _PLACE.fullmatch(place)
            and _alike(place, last, tail)
        ):
            names[i - 1].name = place + tail
            shared.add(i)
    for i in range(1, len(names)):
        if i in shared and names[i - 1].name.startswith("各") and not names[i].name.startswith("各"):
            names[i].name = "各" + names[i].name


def _alike(place: str, last: str, tail: str) -> bool:
    """Whether a place can have the tail of the one behind it: 黄埔区、天河区人民政府, but not 各街道、区市场监管局."""
    own, other = _REMARK.sub("", last[: -len(tail)]).removeprefix("各"), _REMARK.sub("", place.removeprefix("各"))
    if own in _PROVINCES and other in _PROVINCES:
        return True  # 各省、自治区、直辖市人民政府
    if tail in ("管委会", "管理委员会", "党工委"):
        return other not in _DIVISIONS  # 各旗县区、开发区管委会
    if len(own) > 1:
        return len(other) > 1
    return len(other) == 1 and (own != "市" or tail.endswith("政府") or not place.startswith("各"))
