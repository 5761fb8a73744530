"""Numbers that are no target: none of these sentences may give one."""

from __future__ import annotations

from random import Random

from generate.targets import document
from generate.words import LEVELS, Example, thing

_HAN = "二三四五六七八九十"
_SLOGANS = (
    "行动", "机制", "工程", "举措", "原则", "环节", "领域", "方面", "体系", "统筹", "转变", "维度", "理念", "导向", "抓手",
    "关系", "意识", "重点任务", "产业集群", "主导产业", "板块", "关键环节", "重点领域",
)  # fmt: skip


def _none(text: str) -> Example:
    return Example(document(text), {"targets": []})


def slogan(rng: Random) -> Example:
    n, head = rng.choice(_HAN), rng.choice(_SLOGANS)
    unit = "项" if head in ("机制", "工程", "举措", "原则", "重点任务") else rng.choice(("个", "大"))
    lead = rng.choice(("实施", "健全", "推进", "突出", "围绕", "聚焦", "强化", "坚持"))
    return _none(f"{lead}{n}{unit}{head}{rng.choice(('', '，全面加强知识产权保护', '建设'))}。")


def described(rng: Random) -> Example:
    noun, unit = thing(rng)
    n = rng.randint(2, 900)
    level = rng.choice(LEVELS)
    return _none(
        rng.choice(
            (f"发挥全{level}{n}{unit}{noun}的作用。", f"对全{level}{n}{unit}{noun}开展评估。", f"组织全{level}现有{n}{unit}{noun}参加交流。",
             f"将{n}{unit}{noun}纳入统一管理。")
        )
    )  # fmt: skip


def past(rng: Random) -> Example:
    noun, unit = thing(rng)
    n = rng.randint(2, 900)
    return _none(
        rng.choice(
            (f"截至目前，全市已培育{noun}{n}{unit}。", f"近年来，全市培育{noun}{n}{unit}。", f"2020年以来，先后引进{noun}{n}{unit}。",
             f"全市现有{noun}{n}{unit}。", f"目前，全市共有{noun}{n}{unit}。", f"“十三五”以来，培育{noun}{n}{unit}。")
        )
    )  # fmt: skip


def listed(rng: Random) -> Example:
    """Counts of what was just listed."""
    n = rng.randint(2, 4)
    fields = "、".join(rng.sample(("医药", "装备制造", "新能源", "纺织", "光电", "农业"), n))
    word = rng.choice(("个领域", "大产业", "个重点产业", "个行业"))
    number = rng.choice((str(n), "零一两三四"[n]))
    return _none(f"在{fields}{number}{word}开展专利导航。")


def named(rng: Random) -> Example:
    text = rng.choice(
        ("建设“226”现代产业体系", "实施“5311”工程", "加强337调查应对", "支持5G产业发展", "组织4·26世界知识产权日宣传", "推进“三合一”审判机制改革",
         "完善“两法衔接”工作机制", "推行“一件事一次办”", "执行GB/T29490标准", "拨打12330热线", "推广ISO56005认证", "建设一站式服务平台",
         "推进双创示范", "提升12345热线服务", "加快建设G60科创走廊", "落实“531”产业计划", "深化“放管服”改革，推行“一网通办”")
    )  # fmt: skip
    return _none(text + rng.choice(("。", "，强化保护。")))


def dated(rng: Random) -> Example:
    year, month, day = rng.randint(2019, 2030), rng.randint(1, 12), rng.randint(1, 28)
    return _none(
        rng.choice(
            (f"{year}年{month}月{day}日前上报材料。", f"自{year}年{month}月起施行。", f"每年{month}月{day}日举办宣传活动。",
             f"落实《关于加强保护的意见》（苏政发〔{year}〕{day}号）。", f"贯彻《纲要（{year}—{year + 10}年）》。", f"{year}年度重点工作安排如下。")
        )
    )  # fmt: skip


def subsidy(rng: Random) -> Example:
    n = rng.randint(2, 500)
    return _none(
        rng.choice(
            (f"对获奖企业给予最高{n}万元奖励。", f"每件补助{n}元。", f"对新认定的示范企业一次性奖励{n}万元。", f"按贷款额的{n % 50 + 1}%给予贴息，每家企业每年不超过{n}万元。",
             f"处以{n}万元以下罚款。", f"给予不超过{n}万元的资助。", f"补助比例不超过{n % 90 + 1}%，单个项目最高{n}万元。")
        )
    )  # fmt: skip


def condition(rng: Random) -> Example:
    n = rng.randint(2, 9000)
    return _none(
        rng.choice(
            (f"年营收{n}万元以上的企业要建立知识产权管理制度。", f"对拥有{n}件以上有效专利的企业开展重点服务。", f"申报单位应具备{n}件以上发明专利。",
             f"从业人员{n}人以上的机构可以申报。", f"支持年出口额超过{n}万元的企业参展。", f"鼓励拥有发明专利{n}件以上的高校设立转化机构。")
        )
    )  # fmt: skip


def numeral_words(rng: Random) -> Example:
    return _none(
        rng.choice(
            ("统一标准，打造一流环境，推进三方联动。", "落实第一责任人制度，支持第三方机构参与。", "培育一批专利密集型企业，打造一支专业队伍。",
             "构建双方联动、多方参与的格局。", "进一步完善四级联动的工作网络。", "一体推进创造、运用和保护。", "推动一二三产业融合发展。",
             "做好十四五规划与年度计划的衔接。", "千方百计稳定就业，万众一心推进改革。", "百尺竿头更进一步。")
        )
    )  # fmt: skip


def procedure(rng: Random) -> Example:
    """Numbers of rules, forms and procedures."""
    n = rng.randint(2, 9)
    return _none(
        rng.choice(
            ("实行24小时值班制度。", "提供7×24小时在线服务。", f"具有{n}年以上工作经验的人员优先。", f"连续{n}年开展的活动继续举办。", f"联系电话：0523-8{n}6880{n}7。",
             f"材料不超过{n}000字。", "支持500强企业设立研发中心。", f"每人限报{n}项。", f"依据条例第{n}条第{n + 1}款办理。", f"一式{n}份报送办公室。",
             f"构建“1+{n}+N”工作体系。", f"落实“{n}个一”要求。", "推进两化融合和双碳工作。", f"发布第{n}批名单。")
        )
    )  # fmt: skip


def politics(rng: Random) -> Example:
    return _none(
        rng.choice(
            ("深入贯彻党的二十大和二十届二中、三中全会精神。", "增强“四个意识”、坚定“四个自信”、做到“两个维护”。", "统筹推进“五位一体”总体布局，协调推进“四个全面”战略布局。",
             "坚持一张蓝图绘到底，一年接着一年干。", "立足新发展阶段，实现“十四五”良好开局。", "构建“一核两翼三带”发展格局。", "打造千亿级产业集群。",
             "培育万亿级先进制造业集群，建设百年老店。", "落实省委十三届九次全会部署。", "奋力谱写新时代高质量发展新篇章。", "做到事事有人管、件件有着落。",
             "实现一个中心对外、一个窗口受理。")
        )
    )  # fmt: skip
