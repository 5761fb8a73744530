"""Change and qualification: growth, points, doubling, baselines, frequency, commitment, nature."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from generate import words
from generate.targets import one, target, verb_of
from generate.words import INCREMENT, RATES, VERBS, Example, count, metric, percent, thing


def growth(rng: Random) -> Example:
    noun, _ = metric(rng)
    text, value = percent(rng)
    word, frequency = rng.choice(
        (("增长", None), ("年均增长", "annual"), ("每年增长", "annual"), ("提高", None), ("年增幅", "annual"))
    )
    tail, comparator = rng.choice((("", "eq"), ("以上", "ge"), ("左右", "approx")))
    return one(
        f"{noun}{word}{text}{tail}。",
        target(noun, value, "%", basis="growth", frequency=frequency, comparator=comparator),
    )


def points(rng: Random) -> Example:
    noun = rng.choice(RATES)
    text, value = rng.choice((("3", 3), ("2.5", 2.5), ("三", 3), ("1.2", 1.2), ("五", 5)))
    unit = rng.choice(("个百分点", "个百分点", "百分点"))
    word, basis = rng.choice(
        (("提高", "growth"), ("上升", "growth"), ("提升", "growth"), ("下降", "reduction"), ("降低", "reduction"))
    )
    return one(f"{noun}{word}{text}{unit}。", target(noun, value, "百分点", basis=basis))


def reduction(rng: Random) -> Example:
    noun, unit = rng.choice(
        (("专利侵权投诉量", "件"), ("单位能耗", "吨"), ("商标异议量", "件"), ("企业维权成本", "元"))
    )
    if rng.random() < 0.6:
        text, value = percent(rng)
        return one(f"{noun}{rng.choice(('下降', '降低', '减少'))}{text}。", target(noun, value, "%", basis="reduction"))
    text, value = count(rng)
    return one(f"{noun}减少{text}{unit}。", target(noun, value, unit, basis="reduction"))


def doubling(rng: Random) -> Example:
    noun, _ = metric(rng)
    text, value, basis = rng.choice(
        (("翻一番", 1, "growth"), ("翻番", 1, "growth"), ("翻两番", 3, "growth"), ("增长2倍", 2, "growth"), ("增长两倍", 2, "growth"),
         ("增长1.5倍", 1.5, "growth"))
    )  # fmt: skip
    against = rng.choice(("", "", "比2020年", "较2023年"))
    return one(f"{noun}{against}{text}。", target(noun, value, "倍", basis=basis))


def times_level(rng: Random) -> Example:
    noun, _ = metric(rng)
    value = rng.randint(2, 5)
    return one(f"{noun}达到2020年的{value}倍。", target(noun, value, "倍"))


def against_before(rng: Random) -> Example:
    noun, _ = metric(rng)
    text, value = percent(rng)
    before = rng.choice(("较2020年", "比2023年", "比上年", "较“十三五”末", "较上年度", "与2020年相比"))
    comma = "，" if before.endswith("相比") else ""
    return one(f"{noun}{before}{comma}增长{text}。", target(noun, value, "%", basis="growth"))


def baseline(rng: Random) -> Example:
    noun, unit = metric(rng)
    low = rng.randint(2, 500)
    high = low + rng.randint(1, 500)
    year = rng.randint(2018, 2023)
    word = rng.choice(("提高到", "增加到", "提升至", "增长到", "增加至"))
    if rng.random() < 0.5:
        end = year + rng.randint(2, 5)
        due = {"deadline": dt.date(end, 12, 31)}
        text = f"{noun}由{year}年的{low}{unit}{word}{end}年的{high}{unit}。"
        base: dict[str, Any] = {"value": low, "date": dt.date(year, 12, 31)}
    else:
        text = f"{noun}由{low}{unit}{word}{high}{unit}。"
        due = {}
        base = {"value": low, "date": None}
    return one(text, target(noun, high, unit, baseline=base, **due))


def second_value(rng: Random) -> Example:
    """达到4.5%左右，力争5%."""
    noun = rng.choice(RATES)
    low = rng.randint(1, 50)
    high = low + rng.randint(1, 30)
    return one(
        f"{noun}达到{low}%，力争达到{high}%。",
        target(noun, low, "%"),
        target(noun, high, "%", commitment="aspirational"),
    )


def cumulative(rng: Random) -> Example:
    if rng.random() < 0.5:
        noun, unit = metric(rng)
        text, value = count(rng)
        return one(f"{noun}累计达到{text}{unit}。", target(noun, value, unit, basis="cumulative"))
    noun, unit = thing(rng)
    text, value = count(rng)
    verb = rng.choice([v for v in VERBS if v not in INCREMENT])
    return one(f"累计{verb}{noun}{text}{unit}。", target(noun, value, unit, basis="cumulative", action=verb))


_FREQUENCY = {
    "每年": "annual",
    "全年": "annual",
    "每季度": "quarterly",
    "每月": "monthly",
    "每周": "weekly",
    "年均": "annual",
}


def frequency(rng: Random) -> Example:
    noun, unit = thing(rng)
    text, value = rng.choice((words.arabic, words.chinese))(rng)
    word = rng.choice(sorted(_FREQUENCY))
    verb, more = verb_of(rng)
    order = rng.random() < 0.5
    tail = f"{noun}{text}{unit}" if order else f"{text}{unit}{noun}"
    return one(f"{word}{verb}{tail}。", target(noun, value, unit, frequency=_FREQUENCY[word], **more))


def commitment(rng: Random) -> Example:
    noun, unit = metric(rng)
    text, value = count(rng)
    word, kind = rng.choice((("确保", "firm"), ("力争", "aspirational"), ("争取", "aspirational"), ("必须", "firm")))
    if rng.random() < 0.5:
        return one(f"{word}{noun}达{text}{unit}。", target(noun, value, unit, commitment=kind))
    return one(f"{noun}{word}达到{text}{unit}。", target(noun, value, unit, commitment=kind))


def nature(rng: Random) -> Example:
    noun, unit = metric(rng)
    text, value = count(rng)
    word, kind = rng.choice((("约束性", "binding"), ("预期性", "expected")))
    if rng.random() < 0.5:
        return one(f"{noun}达{text}{unit}（{word}）。", target(noun, value, unit, nature=kind))
    return one(f"{noun}达{text}{unit}。上述指标均为{word}指标。", target(noun, value, unit, nature=kind))
