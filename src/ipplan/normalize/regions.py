"""Place names → 行政区划 (GB/T 2260) and development zones, from the vendored tables."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ipplan.lexicon import load
from ipplan.patterns import pattern

_NATION = pattern(
    "国务院|中共中央|中央|国家|全国|最高人民|财政部|教育部|科学技术部|工业和信息化部|商务部|农业农村部|文化和旅游部|生态环境部|交通运输部|民政部|司法部|水利部|公安部|自然资源部"
)
_TOWN = pattern("[\u4e00-\u9fff]{2,6}(?:镇|乡|街道)(?=人民政府|办事处|党委|党工委|知识|$)", needs=("镇", "乡", "街道"))


class Place(NamedTuple):
    """A place found in a name: official name, code (``None`` for zones and towns), level, code of its parent."""

    name: str
    code: str | None
    level: str
    parent: str = ""


@cache
def _divisions() -> dict[str, list[tuple[str, str, str, str]]]:
    """Name → its rows (code, name, level, parent); places are made of them when a name is met."""
    table: dict[str, list[tuple[str, str, str, str]]] = {}
    autonomous = []
    for row in load("divisions"):
        table.setdefault(row[1], []).append(row)
        if "自治" in row[1] and row[1][-1] in "州县旗":
            autonomous.append(row)
    peoples = "|".join(load("zones")["peoples"])
    for row in autonomous:  # 阿坝藏族羌族自治州 is 阿坝州 in daily use
        short = re.sub(f"(?:{peoples})*(?:各族)?自治(?=.$)", "", row[1])
        if len(short) >= 3 and short not in table:
            table.setdefault(short, []).append(row)
    return table


def _places(name: str) -> tuple[Place, ...]:
    """All places that bear exactly this name."""
    return tuple(Place(name, code, level, parent) for code, name, level, parent in _divisions().get(name, ()))


@cache
def _short() -> dict[str, Place]:
    """江苏 → 江苏省, 南通 → 南通市: provinces and cities without their last word, where only one fits."""
    out: dict[str, Place | None] = {}
    for code, name, level, parent in load("divisions"):
        if level in ("province", "city"):
            short = re.sub("(?:维吾尔|壮族|回族)?(?:自治区|特别行政区|省|市|地区|盟)$", "", name)
            if len(short) >= 2 and short != name:
                out[short] = None if short in out else Place(name, code, level, parent)
    return {short: place for short, place in out.items() if place}


@cache
def _zones() -> dict[str, dict[str, str]]:
    return {form: zone for zone in load("zones")["zones"] for form in (zone["name"], *zone.get("aliases", ()))}


@cache
def _zone_suffix() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, load("zones")["suffixes"])) + ")")


def places_in(name: str) -> list[Place]:
    """The places a name begins with, outermost first: 常州市新北区人民政府 → 常州市, 新北区. Ambiguous ones are left out."""
    found: list[Place] = []
    at = 0
    while at < len(name):
        hit = None
        for length in range(min(15, len(name) - at), 1, -1):
            candidates = _places(name[at : at + length])
            if candidates:
                inside = [p for p in candidates if found and found[-1].code and _within(p, found[-1].code)]
                if len(inside) == 1 or (not found and len(candidates) == 1):
                    hit = (inside or list(candidates))[0]
                    at += length
                    break
        if hit is None:
            break
        found.append(hit)
    return found


def _within(place: Place, code: str) -> bool:
    if place.parent == code:
        return True
    return code.endswith("0000") and (place.code or "").startswith(code[:2])


def ambiguous(name: str) -> tuple[Place, ...]:
    """All places that share the name at the beginning of ``name`` (鼓楼区 …: several), longest name first."""
    for length in range(min(15, len(name)), 1, -1):
        candidates = _places(name[:length])
        if candidates:
            return candidates
    return ()


def locate(names: list[str], title: str, context: str) -> tuple[Place | None, bool]:
    """The region of the first issuer that has a code, else of the place the title names.

    ``context`` (the whole text) settles names that several places bear: the parent named there wins. The second value
    says whether a place was named that could not be settled.
    """
    open_question = False
    weaker: Place | None = None
    for name in [*names, title]:
        name = re.sub(r"^(?:中共|关于|印发|《|“)+", "", name)
        if not name:
            continue
        town = _TOWN.match(name)
        found = places_in(name)
        if found:
            rest = name[sum(len(p.name) for p in found) :]
            zone = _zone_at(name, rest)
            if zone and name is not title:
                weaker = weaker or zone
                continue
            inner = _TOWN.match(rest)
            if inner and name is not title:
                return Place(inner[0], None, "town", found[-1].code or ""), False
            return found[-1], False
        candidates = ambiguous(name)
        if candidates:
            settled = [p for p in candidates if _named(p, context)]
            if len(settled) == 1:
                return settled[0], False
            open_question = True
            weaker = weaker or Place(candidates[0].name, None, candidates[0].level)
            continue
        zone = _zone_at(name, name)
        if zone:
            weaker = weaker or zone
            continue
        if town and name is not title:
            weaker = weaker or Place(town[0], None, "town")
            continue
        short = next((_short()[name[:n]] for n in (4, 3, 2) if name[:n] in _short()), None)
        if short:
            rest = name[len(re.sub("(?:自治区|省|市|地区|盟)$", "", short.name)) :]
            if name is title or re.match(
                "省|市|海关|税务|证监|银保监|金融监管|[\u4e00-\u9fff]*(?:监管局|税务局|海关)", rest
            ):
                return short, False
        if _NATION.match(name):
            return Place("全国", None, "nation"), False
    return weaker or _inside(title), open_question


def _inside(title: str) -> Place | None:
    """The first place a title names anywhere (关于加强泰州市知识产权工作的方案)."""
    for i in range(1, min(len(title) - 2, 40)):
        found = [p for p in places_in(title[i:]) if len(p.name) >= 3]
        if found:
            return found[-1]
    return None


def _zone_at(name: str, rest: str) -> Place | None:
    zones = _zones()
    for text in (name, rest):
        for length in range(min(24, len(text)), 2, -1):
            zone = zones.get(text[:length])
            if zone:
                return Place(zone["name"], None, "zone", zone["within"])
    if not any(suffix in rest[:20] for suffix in load("zones")["suffixes"]):
        return None
    found = _zone_suffix().search(rest[:20])
    if (
        found
        and found.start() <= 12
        and re.match("管委会|管理委员会|党工委|管理局|知识产权|办公室", rest[found.end() :])
    ):
        return Place(rest[: found.end()], None, "zone")
    return None


@cache
def _by_code() -> dict[str, Place]:
    return {code: Place(name, code, level, parent) for code, name, level, parent in load("divisions") if code}


def _named(place: Place, context: str) -> bool:
    """Whether the text names the city (or, for cities, the province) that holds the place."""
    parent = _by_code().get(place.parent)
    return parent is not None and re.sub("[省市]$", "", parent.name) in context
