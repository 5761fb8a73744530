"""Target sentences composed from known values: one function per phenomenon."""

from __future__ import annotations

from random import Random
from typing import Any

from generate import words
from generate.words import INCREMENT, RATES, SCOPES, VERBS, Example, count, lexicon_things, metric, percent, thing

HEAD = "某市知识产权工作方案\n"


def document(body: str, chapter: str = "一、主要任务", title: str = HEAD) -> str:
    return f"{title}{chapter}\n{body}"


def target(indicator: str, value: float, unit: str, **more: Any) -> dict[str, Any]:
    """A target with every field that can be wrong."""
    return {
        "indicator": indicator, "value": value, "unit": unit, "comparator": "eq", "basis": "level", "action": None,
        "frequency": None, "commitment": None, "nature": None, "value_max": None, "baseline": None, "deadline": None, **more,
    }  # fmt: skip


def one(body: str, *targets: dict[str, Any], **doc: str) -> Example:
    return Example(document(body, **doc), {"targets": list(targets)})


def verb_of(rng: Random) -> tuple[str, dict[str, Any]]:
    verb = rng.choice(VERBS)
    return verb, {"action": verb, "basis": "increment" if verb in INCREMENT else "level"}


# numbers


def number(notation: str, rng: Random) -> Example:
    """One number in one notation, behind 达 or a verb."""
    text, value = words.NOTATIONS[notation](rng)
    if rng.random() < 0.6 or notation in ("wan", "yi"):
        noun, unit = metric(rng)
        if text.endswith(("亿", "千万", "百万")):
            noun, unit = "知识产权质押融资额", "元"
        return one(f"{noun}达{text}{unit}。", target(noun, value, unit))
    noun, unit = thing(rng)
    verb, more = verb_of(rng)
    return one(f"{verb}{noun}{text}{unit}。", target(noun, value, unit, **more))


def share(rng: Random) -> Example:
    text, value = percent(rng)
    noun = rng.choice(RATES)
    return one(f"{noun}{rng.choice(('达', '达到', '为', '保持在'))}{text}。", target(noun, value, "%"))


def rough(rng: Random) -> Example:
    """十余家, 近千家, 100多件."""
    noun, unit = thing(rng)
    verb, more = verb_of(rng)
    text, value, comparator = rng.choice(
        (("十余", 10, "gt"), ("百余", 100, "gt"), ("近千", 1000, "approx"), ("近百", 100, "approx"), ("100多", 100, "gt"),
         ("1000余", 1000, "gt"), ("约200", 200, "approx"), ("二十余", 20, "gt"), ("上百", 100, "gt"))
    )  # fmt: skip
    return one(f"{verb}{noun}{text}{unit}。", target(noun, value, unit, comparator=comparator, **more))


# orders


def noun_reach(rng: Random) -> Example:
    noun, unit = metric(rng)
    text, value = count(rng)
    reach = rng.choice(("达", "达到", "为", "增加到", "提高到", "稳定在", "保持在"))
    scope = rng.choice(("", "", *SCOPES))
    part = f"{noun}{reach}{text}{unit}"
    return one(f"{scope}{part}。", target(noun, value, unit, quote=part))


def verb_noun_number(rng: Random) -> Example:
    noun, unit = thing(rng)
    text, value = count(rng)
    verb, more = verb_of(rng)
    part = f"{verb}{noun}{text}{unit}"
    return one(f"{part}。", target(noun, value, unit, quote=part, **more))


def verb_number_noun(rng: Random) -> Example:
    noun, unit = thing(rng)
    text, value = count(rng)
    verb, more = verb_of(rng)
    part = f"{verb}{text}{unit}{noun}"
    return one(f"{part}。", target(noun, value, unit, quote=part, **more))


def verb_number_after_noun(rng: Random) -> Example:
    """培育10家以上示范企业."""
    noun, unit = thing(rng)
    text, value = count(rng)
    verb, more = verb_of(rng)
    part = f"{verb}{text}{unit}以上{noun}"
    return one(f"{part}。", target(noun, value, unit, quote=part, comparator="ge", **more))


def noun_number(rng: Random) -> Example:
    """专利转化为标准4000个以上."""
    noun, unit = thing(rng)
    text, value = count(rng)
    part = f"{noun}{text}{unit}以上"
    return one(f"{part}。", target(noun, value, unit, comparator="ge", quote=part))


def vocabulary(rng: Random) -> Example:
    """Any name of the vocabulary of indicators, behind 达."""
    noun, unit = rng.choice(lexicon_things())
    text, value = count(rng)
    return one(f"{noun}达{text}{unit}。", target(noun, value, unit))


def in_prose(rng: Random) -> Example:
    """A target at the end of a sentence of prose."""
    lead = rng.choice(
        (
            "推进知识产权强市建设，",
            "围绕重点产业链，",
            "完善政策体系，优化服务供给，",
            "以高质量发展为导向，",
            "深入实施专利转化行动，",
        )
    )
    noun, unit = thing(rng)
    text, value = count(rng)
    verb, more = verb_of(rng)
    return one(f"{lead}{verb}{noun}{text}{unit}。", target(noun, value, unit, **more))


# comparators


_AFTER = {"以上": "ge", "及以上": "ge", "左右": "approx", "以内": "le", "以下": "le"}
_BEFORE = {
    "不低于": "ge", "不少于": "ge", "至少达到": "ge", "超过": "gt", "突破": "gt", "高于": "gt", "不超过": "le", "控制在": "le",
    "低于": "lt", "约": "approx", "约为": "approx",
}  # fmt: skip


def compared_after(rng: Random) -> Example:
    noun, unit = metric(rng)
    text, value = count(rng)
    word = rng.choice(sorted(_AFTER))
    return one(f"{noun}达到{text}{unit}{word}。", target(noun, value, unit, comparator=_AFTER[word]))


def compared_before(rng: Random) -> Example:
    noun, unit = metric(rng)
    text, value = count(rng)
    word = rng.choice(sorted(_BEFORE))
    return one(f"{noun}{word}{text}{unit}。", target(noun, value, unit, comparator=_BEFORE[word]))


def kept_within(rng: Random) -> Example:
    noun = rng.choice(RATES)
    text, value = percent(rng)
    return one(f"{noun}控制在{text}以内。", target(noun, value, "%", comparator="le"))


def span(rng: Random) -> Example:
    """10%—15%, 10-15家, 2-3万件."""
    low = rng.randint(2, 50)
    high = low + rng.randint(1, 40)
    dash = rng.choice(("—", "-", "～", "~", "至"))
    more = {"comparator": "range", "value_max": high}
    kind = rng.randrange(4)
    if kind == 0:
        noun = rng.choice(RATES)
        return one(f"{noun}达到{low}%{dash}{high}%。", target(noun, low, "%", **more))
    if kind == 1:
        noun, unit = thing(rng)
        verb, rest = verb_of(rng)
        return one(f"{verb}{noun}{low}{dash}{high}{unit}。", target(noun, low, unit, **{**rest, **more}))
    if kind == 2:
        noun, unit = thing(rng)
        verb, rest = verb_of(rng)
        return one(f"{verb}{low}{dash}{high}{unit}{noun}。", target(noun, low, unit, **{**rest, **more}))
    noun, unit = metric(rng)
    big = {"comparator": "range", "value_max": high * 10_000}
    return one(f"{noun}达{low}{dash}{high}万{unit}。", target(noun, low * 10_000, unit, **big))


def rank(rng: Random) -> Example:
    place, value = rng.choice((("十", 10), ("3", 3), ("五", 5), ("20", 20), ("三", 3)))
    unit = rng.choice(("位", "名"))
    noun = rng.choice(("专利综合实力", "知识产权发展指数", "科技创新水平", "营商环境便利度"))
    verb = rng.choice(("进入", "跻身", "位居", "保持"))
    scope = rng.choice(("全国", "全省", "全省", "全市"))
    return one(f"{noun}{verb}{scope}前{place}{unit}。", target(noun, value, unit, comparator="le"))


def time_limit(rng: Random) -> Example:
    noun = rng.choice(("商标质押登记办理时间", "专利优先审查推荐时限", "举报投诉处理时间", "企业开办时间"))
    value = rng.randint(2, 90)
    unit = rng.choice(("小时", "个工作日", "天", "分钟"))
    read = unit.removeprefix("个")
    word = rng.choice(("压缩至", "缩短至", "控制在", "压减到"))
    tail = rng.choice(("内", "以内"))
    return one(f"{noun}{word}{value}{unit}{tail}。", target(noun, value, read, comparator="le"))


# lists


def respectively(rng: Random) -> Example:
    n = rng.randint(2, 4)
    nouns = rng.sample(words.METRICS, n)
    numbers = [count(rng) for _ in nouns]
    names = "、".join(name for name, _ in nouns)
    values = "、".join(f"{text}{unit}" for (text, _), (_, unit) in zip(numbers, nouns, strict=True))
    reach = rng.choice(("达到", "达"))
    return one(
        f"{names}分别{reach}{values}。",
        *(target(noun, value, unit) for (noun, unit), (_, value) in zip(nouns, numbers, strict=True)),
    )


def verb_over_list(rng: Random) -> Example:
    """新增A1个、B2个: the verb reaches, 达 ends its reach."""
    n = rng.randint(2, 4)
    nouns = rng.sample(words.THINGS, n)
    verb, more = verb_of(rng)
    numbers = [words.arabic(rng) for _ in nouns]
    order = rng.random() < 0.5
    parts = [
        f"{noun}{text}{unit}" if order else f"{text}{unit}{noun}"
        for (noun, unit), (text, _) in zip(nouns, numbers, strict=True)
    ]
    wanted = [target(noun, value, unit, **more) for (noun, unit), (_, value) in zip(nouns, numbers, strict=True)]
    body = verb + "、".join(parts)
    if rng.random() < 0.4:
        noun, unit = metric(rng)
        text, value = count(rng)
        body += f"，{noun}达{text}{unit}"
        wanted.append(target(noun, value, unit))
    return one(body + "。", *wanted)


def clauses(rng: Random) -> Example:
    """Several targets in one sentence, with ， or ；."""
    parts: list[str] = []
    wanted = []
    mark = rng.choice(("，", "；"))
    for noun, unit in rng.sample(words.METRICS, rng.randint(2, 5)):
        text, value = count(rng)
        parts.append(f"{noun}达{text}{unit}")
        wanted.append(target(noun, value, unit))
    return one(mark.join(parts) + "。", *wanted)


def two_verbs(rng: Random) -> Example:
    parts, wanted = [], []
    mark = rng.choice(("，", "；", "、"))
    for noun, unit in rng.sample(words.THINGS, rng.randint(2, 3)):
        text, value = words.arabic(rng)
        verb, more = verb_of(rng)
        parts.append(f"{verb}{noun}{text}{unit}")
        wanted.append(target(noun, value, unit, **more))
    return one(mark.join(parts) + "。", *wanted)


def shared_growth(rng: Random) -> Example:
    """A额和B数年增幅20%: the change holds for each."""
    (a, _), (b, _) = rng.sample([m for m in words.METRICS if m[0][-1] in "量额数"], 2)
    text, value = percent(rng)
    join = rng.choice(("和", "、", "及"))
    more = {"basis": "growth", "frequency": "annual", "comparator": "ge"}
    return one(f"{a}{join}{b}年增幅{text}以上。", target(a, value, "%", **more), target(b, value, "%", **more))
