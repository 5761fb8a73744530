"""Names of agencies (责任单位) → department without level and region, from the lexicon of departments.

``市市场监管局`` → ``市场监督管理局``: the name as written is looked up first, then without its region (南通海关), then
without its level (市, 区委, 国家 …). Groups (各镇街, 成员单位) and places have no department.
"""

from __future__ import annotations

from functools import cache, lru_cache

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.patterns import pattern

_LEVEL = pattern(
    r"(?:全国|国家|中央|最高|中共|省级|市级|区级|县级|州级|自治区|直辖市|省直|市直|区直|县直|兵团|[省市区县州盟旗镇乡]委(?!办$)|[省市区县州盟旗镇乡](?:人民)?政府"
    r"|[省市区县州盟旗镇乡]|党工委|管委会|高新区|经开区|开发区|新区|园区|街道)"
)
_REGION = pattern(r"[\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|自治县|地区|市|区|县|州|盟|旗|新区|开发区|高新区|经开区)")
_BRANCH = pattern(
    r"(?P<head>.+?)(?P<tail>营业管理部|中心支行|中支|分行|支行|分局|支局|支公司|分公司|总队|支队|监管局|税务局|供电公司|调查队)$"
)


_STOPS = pattern("[，。；：《》“]")
#: What a name may hold: 各县（市、区）, 市“双打”办.
_INNER = pattern("（[^）]*）|“[^”]{1,8}”")


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = load("departments")["forms"]
    return forms


@lru_cache(maxsize=20_000)
def department(name: str) -> str | None:
    """Canonical department of an agency's name, or ``None`` (groups, places, bodies the lexicon does not know)."""
    forms = _forms()
    name = name.replace(" ", "")
    if name.startswith("各"):
        return None
    seen = name
    for _ in range(4):
        if seen in forms:
            return forms[seen]
        level = _LEVEL.match(seen)
        region = _REGION.match(seen)
        cut = max(level.end() if level else 0, region.end() if region and region.end() < len(seen) else 0)
        if level and seen[level.end() :] in forms:
            cut = level.end()
        if not cut or cut >= len(seen):
            break
        seen = seen[cut:]
    return _known_tail(name, forms) or _branch(name, forms)


def _known_tail(name: str, forms: dict[str, str]) -> str | None:
    """The longest known form at the end, behind a short name of a place (南通海关, 苏州工业园区税务局)."""
    for cut in range(1, min(len(name) - 1, 14)):
        tail = name[cut:]
        if len(tail) < 3 and not (tail == "海关" or name[cut - 1] in "省市区县州旗"):
            return None
        if tail in forms and not name[:cut].endswith(("管理", "监督", "和", "与", "及", "建设", "发展", "经济")):
            return forms[tail]
    return None


def _branch(name: str, forms: dict[str, str]) -> str | None:
    """A body whose place stands in the middle: 人行南通中心支行, 国家税务总局南通市税务局."""
    found = _BRANCH.fullmatch(name)
    if not found:
        return None
    head, tail = found["head"], found["tail"]
    for cut in range(len(head) - 1, 1, -1):
        for form in (head[:cut] + tail, head[:cut]):
            if form in forms and len(head) - cut <= 8:
                return forms[form]
    return None


@cache
def _ends() -> WordSet:
    return WordSet(load("words")["agency_ends"])


@cache
def _not_agencies() -> frozenset[str]:
    return frozenset(load("words")["not_agencies"])


@lru_cache(maxsize=20_000)
def looks_like_agency(name: str) -> bool:
    """Whether a name can be an agency: known to the lexicon, or ending as agencies do, and short enough."""
    name = name.replace(" ", "")
    if not 2 <= len(name) <= 40 or _STOPS.search(_INNER.sub("", name) if "（" in name or "“" in name else name):
        return False
    if name in _not_agencies():
        return False
    plain = name[: name.rindex("（")] if name.endswith("）") and "（" in name else name
    return department(name) is not None or _ends().before(plain, len(plain)) is not None
