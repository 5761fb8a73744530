"""The material of the generator: nouns with their units, verbs, agencies, and every notation of a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

import cn2an
import yaml

from support import ROOT


@dataclass(frozen=True)
class Example:
    """A text and what must be read from it (compared as a titled case is)."""

    text: str
    want: dict[str, Any] = field(hash=False)


#: What is measured, with its unit: fits 达.
METRICS = (
    ("有效发明专利拥有量", "件"), ("每万人口高价值发明专利拥有量", "件"), ("海外发明专利授权量", "件"), ("注册商标总量", "件"),
    ("马德里国际商标注册量", "件"), ("地理标志产品产值", "元"), ("知识产权质押融资额", "元"), ("专利质押登记金额", "元"),
    ("技术合同成交额", "元"), ("作品著作权登记量", "件"), ("植物新品种授权量", "件"), ("专利实施许可次数", "次"),
    ("知识产权专业人员数", "人"), ("规上工业企业数", "家"), ("数据知识产权登记量", "件"), ("版权相关企业数", "家"),
    ("全社会研发投入", "元"), ("城镇就业岗位数", "个"), ("绿化面积", "亩"), ("高速公路通车里程", "公里"),
    ("污水日处理能力", "吨"), ("接待游客量", "人次"), ("光伏装机容量", "千瓦"), ("义务教育学位数", "个"),
)  # fmt: skip
#: Shares and rates: unit %.
RATES = (
    "专利转化率", "专利产业化率", "知识产权民事案件调解率", "社会满意度", "规上企业专利覆盖率", "发明专利占比", "行政裁决结案率",
    "商标使用率", "高新技术产业产值占比", "森林覆盖率", "常住人口城镇化率", "垃圾分类达标率", "服务业增加值比重",
)  # fmt: skip
#: What is counted, with its unit: fits a verb.
THINGS = (
    ("知识产权示范企业", "家"), ("专利密集型企业", "家"), ("知识产权服务机构", "家"), ("高价值专利培育中心", "个"),
    ("商标品牌指导站", "个"), ("地理标志产品", "个"), ("专利导航项目", "项"), ("知识产权宣讲会", "场"), ("专利代理师", "名"),
    ("知识产权管理人员", "人"), ("侵权假冒案件", "件"), ("版权示范园区", "家"), ("维权援助分中心", "个"), ("产学研合作项目", "项"),
    ("国家级重点实验室", "家"), ("高标准农田", "亩"), ("充电桩", "个"), ("社区养老服务站", "所"), ("公益性岗位", "个"),
    ("高价值专利组合", "个"), ("绿色工厂", "家"), ("农民合作社", "家"), ("产业联盟", "个"), ("知识产权特派员", "名"),
)  # fmt: skip
VERBS = (
    "培育",
    "建设",
    "新增",
    "引进",
    "打造",
    "支持",
    "扶持",
    "建成",
    "认定",
    "遴选",
    "推进",
    "组织",
    "开展",
    "实施",
    "发展",
    "帮扶",
)
INCREMENT = frozenset({"新增", "净增", "新建", "新培育", "新引进", "新认定"})
SCOPES = ("全市", "全区", "全省", "全县", "我市", "我区", "全国", "辖区内", "本市", "全州")

DEPARTMENTS = (
    ("市场监管局", "市场监督管理局"), ("市场监督管理局", "市场监督管理局"), ("科技局", "科学技术局"), ("财政局", "财政局"),
    ("工信局", "工业和信息化局"), ("工业和信息化局", "工业和信息化局"), ("发改委", "发展和改革委员会"), ("发展改革委", "发展和改革委员会"),
    ("司法局", "司法局"), ("公安局", "公安局"), ("教育局", "教育局"), ("人力资源社会保障局", "人力资源和社会保障局"), ("人社局", "人力资源和社会保障局"),
    ("农业农村局", "农业农村局"), ("商务局", "商务局"), ("统计局", "统计局"), ("知识产权局", "知识产权局"), ("版权局", "版权局"),
    ("税务局", "税务局"), ("审计局", "审计局"), ("文化广电和旅游局", None), ("卫生健康委", None), ("生态环境局", "生态环境局"),
    ("行政审批局", None), ("数据局", "数据局"), ("检察院", "人民检察院"), ("住房城乡建设局", None), ("自然资源局", None), ("水利局", "水利局"),
)  # fmt: skip
LEVELS = ("市", "区", "县", "省")
GROUPS = (
    "各镇街",
    "各县（市、区）人民政府",
    "各乡镇（街道）",
    "各园区",
    "各有关部门",
    "市各直属单位",
    "各县区",
    "各开发区管委会",
)


@cache
def lexicon_things() -> tuple[tuple[str, str], ...]:
    """Names and units of counted things in the vocabulary of indicators, for breadth."""
    data = yaml.safe_load((ROOT / "src/ipplan/lexicon/indicators.yaml").read_text(encoding="utf-8"))
    verbs = tuple(yaml.safe_load((ROOT / "src/ipplan/lexicon/grammar.yaml").read_text(encoding="utf-8"))["actions"])
    out = []
    for row in data["indicators"]:
        for name in (row["zh"], *row.get("aliases", ())):
            plain = (
                len(name) >= 4
                and not name.startswith((*verbs, "拥有"))
                and all("\u4e00" <= c <= "\u9fff" for c in name)
            )
            if plain and row["dimension"] == "count" and row["unit"] in "件家个项人名场次":
                out.append((name, row["unit"]))
    return tuple(out)


def metric(rng: Random) -> tuple[str, str]:
    return rng.choice(METRICS)


def thing(rng: Random) -> tuple[str, str]:
    return rng.choice(THINGS)


def agency(rng: Random) -> tuple[str, str | None]:
    """A name and its department (``None`` where the generator does not assert it)."""
    name, department = rng.choice(DEPARTMENTS)
    return rng.choice(LEVELS) + name, department


def agencies(rng: Random, low: int = 1, high: int = 4) -> list[str]:
    """Names, none twice."""
    wanted = rng.randint(low, high)
    names: list[str] = []
    level = rng.choice(LEVELS)
    for name, _ in rng.sample(DEPARTMENTS, wanted):
        names.append(level + name)
    return names


_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def arabic(rng: Random) -> tuple[str, int | float]:
    value = rng.choice((rng.randint(2, 99), rng.randint(100, 9999), rng.randint(10_000, 999_999)))
    return str(value), value


def commas(rng: Random) -> tuple[str, int | float]:
    value = rng.randint(1000, 9_999_999)
    return f"{value:,}", value


def ocr_spaces(rng: Random) -> tuple[str, int | float]:
    value = rng.randint(10, 99_999)
    return " " + " ".join(str(value)) + " ", value


def full_width(rng: Random) -> tuple[str, int | float]:
    value = rng.randint(2, 99_999)
    return str(value).translate(_WIDE), value


def chinese(rng: Random) -> tuple[str, int | float]:
    value = rng.choice(
        (rng.randint(3, 99), rng.randint(1, 99) * 100, rng.randint(100, 9999), rng.randint(1, 90) * 10_000)
    )
    text = cn2an.an2cn(value)
    if rng.random() < 0.4 and text[0] == "二" and text[1:2] in ("百", "千", "万"):
        text = "两" + text[1:]
    return text, value


def wan(rng: Random) -> tuple[str, int | float]:
    tenths = rng.randint(11, 999)
    return f"{tenths / 10:g}万", tenths * 1000


def yi(rng: Random) -> tuple[str, int | float]:
    tenths = rng.randint(11, 9999)
    return f"{tenths / 10:g}亿", tenths * 10_000_000


def mixed(rng: Random) -> tuple[str, int | float]:
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    return rng.choice(
        (
            (f"{a}亿{b}千万", a * 10**8 + b * 10**7),
            (f"{a}万{b}千", a * 10**4 + b * 10**3),
            (f"{a}千万", a * 10**7),
            (f"{a}百万", a * 10**6),
            (f"{a}0余万".replace("余", ""), a * 10**5),
        )
    )


def spaced(rng: Random) -> tuple[str, int | float]:
    value = rng.randint(2, 999)
    return rng.choice(((f" {value} ", value), (f" {value} 万", value * 10_000)))


#: Notation → a writer of a count.
NOTATIONS = {
    "arabic": arabic, "commas": commas, "ocr spaces": ocr_spaces, "full-width": full_width, "chinese": chinese, "wan": wan,
    "yi": yi, "mixed multipliers": mixed, "spaced": spaced,
}  # fmt: skip


def percent(rng: Random) -> tuple[str, int | float]:
    """A share in one of its notations, without its unit: ends in %."""
    value = rng.choice((rng.randint(1, 100), rng.randint(11, 999) / 10))
    value = int(value) if value == int(value) else value
    return rng.choice(
        (
            (f"{value:g}%", value),
            (f"{value:g}％".translate(_WIDE), value),
            (f"{value:g} %", value),
            ("百分之" + cn2an.an2cn(value), value),
        )
    )


def count(rng: Random) -> tuple[str, int | float]:
    """A count in plain notation, for phenomena that are not about numbers."""
    return rng.choice((arabic, arabic, wan, commas))(rng)
