"""What has the form of a target and is none: reports, conditions, grants, slogans, names, whom a rule is for."""

from __future__ import annotations

from ipplan.lexicon import load
from ipplan.parse.clauses import Clause
from ipplan.parse.grammar import GROWTH_UNITS, MONEY_UNITS, TIME_UNITS, Before, Item, Raw, endings, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

_REPORT = pattern(
    "[^，。；]{0,12}(?:近年来|近[一二三四五两几]年来|以来，|[^\u4e00-\u9fff]目前，|^目前|截至目前|过去[一二三四五两几]?年|(?<![由从较比与])去年|历年来)",
    needs=("年来", "以来", "目前", "过去", "去年"),
)
_SO_FAR = pattern("(?:已|目前|现有|共有|先后|近年来|截至目前)[^，。]{0,8}$")
_NAMED = pattern("[\u4e00-\u9fffA-Za-z\ue000]{2}|[县市区]（")
_AGAINST = pattern("(?:比(?![例重率])|较(?![大重高好强])|与)")
_RATED = pattern("按(?![期时质规揭键需])照?|^每(?!亿|万|百|千|十|[0-9])")
_EACH = pattern("(?:最高|每家|每件|每项|每人|不足|每)$|最高提|最高可|上限|封顶")
#: 扶持资金占比不超过70%: a cap
_GRANTED = pattern("(?:扶持|补助|补贴|资助|奖补|奖励)(?:资金|金额|经费|比例)")
_SCORED = pattern("(?:最高|分值|扣|加)$|占[^，。；]{0,12}(?:考核|绩效|评议|总分|分值)")
#: 评分标准为100分: how it is scored.
_SCORES = pattern("(?:标准|满分|总分|基准分|基础分)$")
#: 第一批10家, 该项目总投资3亿元, 参会人员50人: no names of what is aimed at.
_NO_NAME = pattern("(?:第[一二三四五六七八九十0-9]{1,2}|首)批次?$|该(?!校|院|所)|(?:参会|与会)|(?:副?组长|成员|组员)$")
#: Limits of time of a procedure, which the plan prescribes and does not set itself.
_PROCEDURE = pattern(
    "特殊情况|情况特殊|应当?$|公示|期满|之日起|届满|收到|提交材料|异议|[印发下公]发后|发布后|公布后|实施后|施行后"
)
_SHORT = frozenset(("工作日", "日", "天", "小时", "分钟"))
_REMARK = pattern("（[^（）]*）")
_WORK = pattern("(?:建设|打造|工作|培育|试点|攻坚)$")
_OF_AIM = pattern("的(?:目标|任务|水平|规模|比例|增长|增速)")
_IF = pattern("^(?:凡|若|如|当|对于|符合|具有|注册)")
_WHO = pattern("的(?:[\u4e00-\u9fff]{0,4})(?:企业|单位|机构|高校|个人|主体|院所|项目|产品|人员|团队|园区)$")


def tells_no_target(text: str, *, money: bool) -> bool:
    """Whether a sentence reports, sets conditions, or grants, awards or fines: its numbers are no targets."""
    if words("conditions_of_entry").inside(text) or _REPORT.match(text):
        return True
    return words("grants").inside(text) and (money or words("caps").inside(text))


def without_seeming_grants(text: str) -> str:
    """The text without words that only look like grants: 补贴性培训, 一次性告知."""
    if "性" in text:
        for word in load("grammar")["no_grants"]:
            text = text.replace(word, "·" * len(word))
    return text


_OWN_AIM = pattern(
    '设立|建立|安排|统筹|投入|到20|到[“"]?十|力争|确保|每年|全年|(?:中央|自治[区州县]|[省市区县州])(?:级|本级)?财政|20[0-9]{2} ?年(?!度)|年内|[“"]?十[四五六]五'
)


#: 围绕重点产业链，｜每年遴选项目15项，每项给予30万元
_FIELD = pattern("围绕|聚焦|面向|依托|按照|根据|结合|立足|瞄准|针对|以[^，]{2,20}为")


def spends(text: str) -> bool:
    """Whether a clause tells what the plan's own budget spends, and no more: 财政每年安排不少于5000万元."""
    return _OWN_AIM.match(text.strip()) is not None and not words("subsidy").inside(text)


def own_aims(folded: str, clauses: list[Clause]) -> list[Clause]:
    """The clauses in which a sentence that grants something says what the plan itself will do, before that or after."""
    texts = [folded[clause.start : clause.end].strip() for clause in clauses]
    k = 0
    while k < len(clauses):
        if texts[k].endswith("的") or _grants(texts[k]):
            break
        k += 1
    for text in texts[:k]:
        if _OWN_AIM.match(text):
            return clauses[:k]
        if not _FIELD.match(text):
            break
    whom = next((i for i, text in enumerate(texts) if i and _TO_WHOM.match(text)), 0)
    if whom and not any(_grants(t) or "元" in t or t.endswith("的") or _IF.match(t) for t in texts[:whom]):
        return clauses[:whom]  # 开展活动50场，对购买家电的消费者给予补贴
    last = max((i for i, text in enumerate(texts) if _grants(text)), default=len(texts))
    if last + 1 < len(texts) and _AFTERWARDS.match(texts[last + 1]) and not any("元" in t for t in texts[last + 1 :]):
        return clauses[last + 1 :]  # 给予1万元补贴，全年受理申请不少于8000份
    while k and clauses[k - 1].stop != "；":
        k -= 1
    return [] if _IF.match(texts[0]) else clauses[:k]  # 贯标企业突破120家；对首次通过的奖励5万元


_TO_WHOM = pattern("对(?![接标口外照比])")
_AFTERWARDS = pattern("全年|年内|力争|确保|到20|20[0-9]{2} ?年(?:底|末|计划|力争)")


def _grants(text: str) -> bool:
    return words("grants").inside(text) or words("caps").inside(text)


def counts_no_target(head: str, tail: str, before: Before, quantity: Quantity, action: str | None) -> bool:
    """Whether a counted noun (``head``; ``tail``: all behind the quantity) is nothing the plan promises."""
    timed = quantity.unit in TIME_UNITS
    has_noun = before.noun[1] - before.noun[0] >= 2
    if tail.startswith("的") or (quantity.comparator == "le" and timed and not has_noun and len(head) < 2):
        return True
    if timed and quantity.comparator != "le":
        return True
    if quantity.unit in _SHORT and not (action or has_noun or head.endswith(endings("metric_ends"))):
        return True  # 10个工作日内完成核查: a rule
    if not timed and not (action or before.frequency or before.compared or before.commitment == "aspirational"):
        return True
    if head.endswith("的"):
        return True  # 认定2次以上侵权的，列入名单
    if not timed and not quantity.strong and not (before.compared or quantity.comparator):
        return True
    if head.endswith(("名单", "全覆盖")):
        return True  # 公布首批10家示范单位名单: what a list holds; 五个市全覆盖: a commitment
    if quantity.unit in GROWTH_UNITS:
        return True  # 70%以上市、县完成…: a share of others
    if head.endswith(endings("measures")) or _names_somebody(head, quantity):
        return True
    if quantity.comparator == "ge" and _WHO.search(head):
        return True  # 对拥有10件以上有效专利的企业: whom, not what
    at_least = before.compared and before.comparator == "ge" and quantity.han and quantity.value == 1
    slogan = _slogan(head, quantity, action) and not _so_often(before, quantity) and not at_least
    return slogan or not (_NAMED.search(head) or head in words("pivot_heads"))


def _names_somebody(noun: str, quantity: Quantity) -> bool:
    """各单位明确1名分管领导: no more than whom to ask."""
    return quantity.value <= 2 and noun.endswith(endings("contacts"))


def _so_often(before: Before, quantity: Quantity) -> bool:
    """每季度开展一次培训: how often makes one a number."""
    return (
        before.frequency not in (None, "other")
        and quantity.han
        and quantity.value == 1
        and quantity.unit in words("event_units")
    )


def _slogan(head: str, quantity: Quantity, action: str | None) -> bool:
    """Whether what is counted is a slogan or a list (五大行动, 2个领域), not something the plan brings about."""
    if quantity.han and quantity.value == 1:
        return True
    if quantity.unit in words("event_units"):
        return False
    plain = _WORK.sub("", _REMARK.sub("", head).rstrip('”"'))
    if not plain:
        return True
    if plain.endswith(endings("abstract_heads")):
        # 3项重点任务, but 完成3处黑臭水体治理任务
        return quantity.han or (quantity.value <= 20 and quantity.unit not in words("site_units"))
    if words("slogan_heads").before(plain, len(plain)):
        return quantity.han or action is None
    return False


def _has_letter(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" or (char.isascii() and char.isalpha()) for char in text)


def is_rejected(folded: str, raw: Raw, before: Before, *, subsidy: bool) -> bool:
    """What is no target although its form would fit: a subsidy, a report, one thing, a rate, a comparison."""
    quantity = raw.quantity
    noun = folded[raw.noun[0] : raw.noun[1]]
    if quantity.unit in MONEY_UNITS and subsidy:
        return True
    if raw.rule == "verb quantity noun" and folded[quantity.start - 1] == "了":
        return True  # 选择了30个项目
    if folded.startswith("的", quantity.end) and not _OF_AIM.match(folded, quantity.end, quantity.end + 4):
        return True
    if _is_past(folded, noun, raw, before):
        return True
    if (
        raw.action
        and raw.action in words("having")
        and raw.comparator == "eq"
        and "每" not in folded[before.from_ : raw.start]
    ):
        return True
    one = quantity.han and quantity.value == 1 and quantity.unit not in GROWTH_UNITS
    if one and not raw.action and not (before.comparator or quantity.comparator):
        return True
    if one and before.frequency == "other" and not (before.comparator or quantity.comparator):
        return True  # 每两年评选一次
    if quantity.unit == "期" and quantity.han and not before.ends_in_verb:
        return True  # 大秦线二期
    if quantity.unit in TIME_UNITS and (_PROCEDURE.search(noun) or folded[quantity.start - 1] == "后"):
        return True  # 受理后3个工作日内办结
    if raw.noun_text is None and (not _has_letter(noun) or _AGAINST.match(noun)):
        return True
    if noun.endswith(("全覆盖", "全面覆盖")):
        return True  # 实现11个县区全覆盖: a promise without a number
    if "是否" in folded[before.from_ : quantity.start]:
        return True  # what is asked for
    if noun == "完成" or noun.endswith("一式") or (raw.comparator == "le" and _GRANTED.search(noun)):
        return True
    if noun.endswith(endings("no_nouns")) or folded[quantity.start - 1 : quantity.start] == "由":
        return True  # what is usual, or has been so far; 满分为100分; 由12个部门组成
    if noun.endswith("的比例") and not (before.reached or before.compared or before.basis or before.comparator):
        return True
    if len(noun) > 120 or _RATED.search(noun) or folded[max(0, raw.start - 1) : raw.start] == "每":
        return True
    if _EACH.match(noun) or _SCORED.search(noun) or _NO_NAME.match(noun):
        return True
    if quantity.unit == "分" and _SCORES.search(noun):
        return True
    if not subsidy or quantity.comparator != "ge":
        return False
    lead = folded[max(raw.sentence[0], raw.start - 12) : raw.noun[1]]
    return bool(_IF.search(lead.strip()))


def _is_past(folded: str, noun: str, raw: Raw, before: Before) -> bool:
    """Whether the item tells what has been reached: 已, 目前, 现有."""
    return (
        "已" in folded[raw.noun[1] : raw.quantity.start]
        or words("past_in_noun").inside(noun.replace("线上年", ""))
        or noun.endswith("了")
        or words("had").inside(folded[before.from_ : raw.noun[0]])
        or _SO_FAR.search(folded[max(0, raw.start - 10) : raw.start]) is not None
    )


def kept(item: Item, raw: Raw) -> list[Raw]:
    """The target, if it is one."""
    return [] if is_rejected(item.folded, raw, item.before, subsidy=item.subsidy) else [raw]
