"""More wordings of published plans: verbs with their own nouns, comparators in the middle, 其中, changes from … to …."""

from __future__ import annotations

import datetime as dt
from random import Random

from generate import words
from generate.targets import one, target
from generate.words import RATES, SCOPES, Example, count, metric, percent, thing

#: Verb, noun, unit as they go together.
_PAIRS = (
    ("培训", "企业知识产权管理人员", "人次"), ("查处", "商标侵权案件", "件"), ("举办", "知识产权大讲堂", "期"), ("走访", "重点企业", "家次"),
    ("办理", "专利侵权纠纷案件", "件"), ("推广", "专利技术", "项"), ("制定", "地方标准", "项"), ("修订", "行业标准", "项"),
    ("引进", "高层次人才", "名"), ("开展", "专利导航", "项"), ("新增", "注册商标", "件"), ("新建", "商标品牌指导站", "个"),
    ("净增", "高新技术企业", "家"), ("新认定", "专精特新企业", "家"), ("发布", "典型案例", "件"), ("受理", "维权援助申请", "件"),
    ("创建", "版权示范单位", "家"), ("打造", "区域公用品牌", "个"), ("完成", "专利转让许可", "次"), ("转化", "高校专利", "件"),
    ("调解", "知识产权纠纷", "起"), ("孵化", "科技型中小企业", "家"), ("选派", "科技特派员", "名"), ("新改建", "农村公路", "公里"),
    ("改造", "老旧小区", "个"), ("治理", "水土流失面积", "公顷"), ("引进培育", "知识产权服务机构", "家"), ("建成投用", "公共服务平台", "个"),
    ("服务", "创新主体", "家"), ("扶持", "龙头企业", "家"), ("征集", "专利转化需求", "项"), ("组建", "创新联合体", "个"),
    ("签订", "合作协议", "份"), ("评选", "专利奖", "项"), ("发放", "宣传资料", "份"), ("新增", "市级以上绿色工厂", "家"),
)  # fmt: skip
_INCREMENT = frozenset({"新增", "新建", "净增", "新认定"})


def _pair(rng: Random) -> tuple[str, str, str, dict[str, str]]:
    verb, noun, unit = rng.choice(_PAIRS)
    return verb, noun, unit, {"action": verb, "basis": "increment" if verb in _INCREMENT else "level"}


def own_verbs(rng: Random) -> Example:
    verb, noun, unit, more = _pair(rng)
    text, value = count(rng)
    scope = rng.choice(("", "", *SCOPES))
    if rng.random() < 0.5:
        return one(f"{scope}{verb}{noun}{text}{unit}。", target(noun, value, unit, **more))
    return one(f"{scope}{verb}{text}{unit}{noun}。", target(noun, value, unit, **more))


def adverbs(rng: Random) -> Example:
    verb, noun, unit, more = _pair(rng)
    text, value = count(rng)
    adverb = rng.choice(("积极", "大力", "重点", "着力", "持续", "再", "共", "计划", "累计"))
    if adverb == "累计":
        more = {**more, "basis": "cumulative"} if more["basis"] == "level" else more
        if more["basis"] == "increment":
            adverb = "再"
    return one(f"{adverb}{verb}{noun}{text}{unit}。", target(noun, value, unit, **more))


_WORDS = {
    "不少于": "ge",
    "不低于": "ge",
    "至少": "ge",
    "超过": "gt",
    "约": "approx",
    "达到": "eq",
    "达": "eq",
    "突破": "gt",
}
_TAILS = {"以上": "ge", "左右": "approx", "": "eq"}


def comparator_in_the_middle(rng: Random) -> Example:
    """培育不少于30家示范企业, 培育示范企业不少于30家, 培育30家左右示范企业."""
    verb, noun, unit, more = _pair(rng)
    text, value = count(rng)
    word = rng.choice(sorted(_WORDS))
    tail = rng.choice(sorted(_TAILS))
    return rng.choice(
        (
            one(f"{verb}{noun}{word}{text}{unit}。", target(noun, value, unit, comparator=_WORDS[word], **more)),
            one(f"{verb}{noun}{text}{unit}{tail}。", target(noun, value, unit, comparator=_TAILS[tail], **more)),
            one(f"{verb}{text}{unit}{tail}{noun}。", target(noun, value, unit, comparator=_TAILS[tail], **more)),
            one(f"{verb}不少于{text}{unit}{noun}。", target(noun, value, unit, comparator="ge", **more)),
        )
    )


def of_which(rng: Random) -> Example:
    (a, u), (b, v) = metric(rng), metric(rng)
    x, n = count(rng)
    y, m = count(rng)
    return one(f"{a}达{x}{u}，其中{b}达{y}{v}。", target(a, n, u), target(b, m, v))


def listed_metrics(rng: Random) -> Example:
    """A达x、B达y和C达z."""
    parts, wanted = [], []
    for noun, unit in rng.sample(words.METRICS, rng.randint(2, 4)):
        text, value = words.wan(rng) if rng.random() < 0.3 else words.arabic(rng)
        reach = rng.choice(("达", "达到"))
        parts.append(f"{noun}{reach}{text}{unit}")
        wanted.append(target(noun, value, unit))
    return one("、".join(parts) + "。", *wanted)


def growth_words(rng: Random) -> Example:
    noun, _ = metric(rng)
    text, value = percent(rng)
    word, frequency = rng.choice(
        (("年均增速达到", "annual"), ("年均增长率达", "annual"), ("同比增长", None), ("增速保持在", None), ("增幅达到", None), ("年均增幅不低于", "annual"),
         ("年增长", "annual"), ("累计增长", None), ("年均提高", "annual"))
    )  # fmt: skip
    comparator = "ge" if "不低于" in word else "eq"
    return one(
        f"{noun}{word}{text}。", target(noun, value, "%", basis="growth", frequency=frequency, comparator=comparator)
    )


def respectively_grown(rng: Random) -> Example:
    (a, _), (b, _) = rng.sample(words.METRICS, 2)
    x, n = rng.choice((("10%", 10), ("8.5%", 8.5)))
    y, m = rng.choice((("20%", 20), ("15%", 15)))
    kind = rng.randrange(3)
    if kind == 0:
        return one(f"{a}、{b}分别增长{x}、{y}。", target(a, n, "%", basis="growth"), target(b, m, "%", basis="growth"))
    if kind == 1:
        more = {"basis": "growth", "frequency": "annual", "comparator": "ge"}
        return one(
            f"{a}和{b}年均分别增长{x}和{y}以上。",
            target(a, n, "%", **{**more, "comparator": "eq"}),
            target(b, m, "%", **more),
        )
    c, d = rng.sample(RATES, 2)
    return one(f"{c}、{d}分别不低于{x}和{y}。", target(c, n, "%", comparator="ge"), target(d, m, "%", comparator="ge"))


def from_to(rng: Random) -> Example:
    """从10%提高到15%, 由30天压缩到20天."""
    low, high = sorted(rng.sample(range(2, 99), 2))
    kind = rng.randrange(3)
    if kind == 0:
        noun = rng.choice(RATES)
        return one(f"{noun}从{low}%提高到{high}%。", target(noun, high, "%", baseline={"value": low, "date": None}))
    if kind == 1:
        noun = rng.choice(("专利预审周期", "商标审查周期", "纠纷处理周期"))
        unit = rng.choice(("天", "个月"))
        word = rng.choice(("压缩到", "压缩至", "缩短到", "缩短至"))
        return one(
            f"{noun}由{high}{unit}{word}{low}{unit}。",
            target(noun, low, unit, baseline={"value": high, "date": None}),
        )
    noun = rng.choice(RATES)
    year = rng.randint(2019, 2023)
    return one(
        f"到{year + 4}年，{noun}从{year}年的{low}%提升到{high}%以上。",
        target(noun, high, "%", comparator="ge", baseline={"value": low, "date": dt.date(year, 12, 31)},
               deadline=dt.date(year + 4, 12, 31)),
    )  # fmt: skip


def scores(rng: Random) -> Example:
    noun = rng.choice(("知识产权保护社会满意度", "营商环境评价得分", "公众知晓度"))
    value = rng.randint(70, 99)
    word, comparator = rng.choice((("达", "eq"), ("达到", "eq"), ("不低于", "ge"), ("提高到", "eq")))
    tail = rng.choice(("", "以上")) if comparator == "eq" else ""
    return one(f"{noun}{word}{value}分{tail}。", target(noun, value, "分", comparator="ge" if tail else comparator))


def to_a_level(rng: Random) -> Example:
    """提高到45%, 提高5个百分点以上, 降至3%以下."""
    noun = rng.choice(RATES)
    value = rng.randint(2, 95)
    return rng.choice(
        (
            one(f"{noun}提高到{value}%以上。", target(noun, value, "%", comparator="ge")),
            one(f"{noun}提高{value}个百分点以上。", target(noun, value, "百分点", comparator="ge", basis="growth")),
            one(f"{noun}降至{value}%以下。", target(noun, value, "%", comparator="le")),
            one(f"{noun}稳定在{value}%左右。", target(noun, value, "%", comparator="approx")),
            one(f"{noun}每年提高{value}个百分点。", target(noun, value, "百分点", basis="growth", frequency="annual")),
            one(f"{noun}较上年提高{value}个百分点。", target(noun, value, "百分点", basis="growth")),
        )
    )


def leads(rng: Random) -> Example:
    """Words in front of the deadline and behind it."""
    noun, unit = metric(rng)
    text, value = count(rng)
    year = rng.randint(2022, 2033)
    day = dt.date(year, 12, 31)
    lead, more = rng.choice(
        (("到{y}年底，全市", {}), ("截止{y}年底，", {}), ("{y}年底前，力争", {"commitment": "aspirational"}), ("确保到{y}年，", {"commitment": "firm"}),
         ("至{y}年末，我市", {}), ("力争{y}年底前，", {"commitment": "aspirational"}), ("到{y}年末，", {}), ("{y}年，", {}),
         ("到 {y} 年，", {}), ("到{y}年12月底，", {}), ("{y}年12月31日前，", {}))
    )  # fmt: skip
    return one(
        f"{lead.format(y=year)}{noun}达{text}{unit}。",
        target(noun, value, unit, **{"deadline": day, "deadline_from": "text", **more}),
    )


def terms(rng: Random) -> Example:
    """Five-year plans with and without quotation marks."""
    noun, unit = thing(rng)
    text, value = count(rng)
    name, year = rng.choice((("十四五", 2025), ("十五五", 2030), ("十六五", 2035)))
    quoted = rng.choice((f"“{name}”", f"“{name}”", f'"{name}"', name, f"「{name}」"))
    phrase = rng.choice(("{q}期间，", "{q}末，", "到{q}末，", "{q}时期，", "{q}期末，", "“{n}”规划期内，"))
    return one(
        f"{phrase.format(q=quoted, n=name)}建设{noun}{text}{unit}。",
        target(noun, value, unit, action="建设", deadline=dt.date(year, 12, 31), deadline_from="text"),
    )


def mixed_sentence(rng: Random) -> Example:
    """A long sentence as plans have it: deadline, scope, several orders and comparators."""
    year = rng.randint(2022, 2033)
    due = {"deadline": dt.date(year, 12, 31)}
    (a, u), rate = metric(rng), rng.choice(RATES)
    verb, noun, unit, more = _pair(rng)
    verb2, noun2, unit2, more2 = _pair(rng)
    x, n = count(rng)
    y, m = words.arabic(rng)
    z, k = words.arabic(rng)
    p, q = percent(rng)
    return one(
        f"到{year}年，全市{a}突破{x}{u}，{rate}达到{p}以上；{verb}{noun}{y}{unit}以上，{verb2}{z}{unit2}{noun2}。",
        target(a, n, u, comparator="gt", **due),
        target(rate, q, "%", comparator="ge", **due),
        target(noun, m, unit, comparator="ge", **{**more, **due}),
        target(noun2, k, unit2, **{**more2, **due}),
    )
