"""What has the form of a target and is none: reports, conditions, grants, slogans, names, whom a rule is for."""

from __future__ import annotations

from ipplan.lexicon import load
from ipplan.parse.clauses import Clause
from ipplan.parse.grammar import GROWTH_UNITS, MONEY_UNITS, TIME_UNITS, Before, Raw, endings, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

_REPORT = pattern(
    "[^，。；]{0,12}(?:近年来|近[一二三四五两几]年来|以来，|[^\u4e00-\u9fff]目前，|^目前|截至目前|过去[一二三四五两几]?年|去年|历年来)",
    needs=("年来", "以来", "目前", "过去", "去年"),
)
_SO_FAR = pattern("(?:已|目前|现有|共有|先后|近年来|截至目前)[^，。]{0,8}$")
_NAMED = pattern("[\u4e00-\u9fffA-Za-z\ue000]{2}")
_AGAINST = pattern("(?:比(?![例重率])|较(?![大重高好强])|与)")
_RATED = pattern("按(?![期时质规揭键需])照?|^每(?!万|百|千|十|[0-9])")
_EACH = pattern("(?:最高|每家|每件|每项|每人|不足|每)$|最高提|最高可|上限|封顶")
#: 扶持资金占比不超过70%: a cap
_GRANTED = pattern("(?:扶持|补助|补贴|资助|奖补|奖励)(?:资金|金额|经费|比例)")
_SCORED = pattern("(?:最高|满分|基准分|基础分|分值|扣|加)$|占[^，。；]{0,12}(?:考核|绩效|评议|总分|分值)")
#: Limits of time of a procedure, which the plan prescribes and does not set itself.
_PROCEDURE = pattern("特殊情况|情况特殊|应当?$|公示|期满|之日起|届满|收到|提交材料|异议")
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
            text = text.replace(word, "")
    return text


_OWN_AIM = pattern(
    '设立|建立|安排|投入|到20|到[“"]?十|力争|确保|每年|全年|[省市区县](?:级|本级)?财政|20[0-9]{2} ?年(?!度)|年内|[“"]?十[四五六]五'
)


def own_aims(folded: str, clauses: list[Clause]) -> list[Clause]:
    """The clauses in which a sentence that grants something says what the plan itself will do, before that or after."""
    texts = [folded[clause.start : clause.end].strip() for clause in clauses]
    k = 0
    while k < len(clauses):
        if texts[k].endswith("的") or _grants(texts[k]) or (not k and not _OWN_AIM.match(texts[k])):
            break
        k += 1
    if k:
        return clauses[:k]
    whom = next((i for i, text in enumerate(texts) if i and _TO_WHOM.match(text)), 0)
    if whom and not any(_grants(t) or "元" in t or t.endswith("的") or _IF.match(t) for t in texts[:whom]):
        return clauses[:whom]  # 开展活动50场，对购买家电的消费者给予补贴
    last = max((i for i, text in enumerate(texts) if _grants(text)), default=len(texts))
    if last + 1 < len(texts) and _AFTERWARDS.match(texts[last + 1]) and not any("元" in t for t in texts[last + 1 :]):
        return clauses[last + 1 :]  # 给予1万元补贴，全年受理申请不少于8000份
    return []


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
    if not timed and not (action or before.frequency or before.compared):
        return True
    if not timed and not quantity.strong and not (before.compared or quantity.comparator):
        return True
    if quantity.unit in GROWTH_UNITS:
        return True  # 70%以上市、县完成…: a share of others
    if head.endswith(endings("measures")) or _names_somebody(head, quantity):
        return True
    if quantity.comparator == "ge" and _WHO.search(head):
        return True  # 对拥有10件以上有效专利的企业: whom, not what
    return (_slogan(head, quantity, action) and not _so_often(before, quantity)) or not (
        _NAMED.search(head) or head in words("pivot_heads")
    )


def _names_somebody(noun: str, quantity: Quantity) -> bool:
    """各单位明确1名分管领导: no more than whom to ask."""
    return quantity.value <= 2 and noun.endswith(endings("contacts"))


def _so_often(before: Before, quantity: Quantity) -> bool:
    """每季度开展一次培训: how often makes one a number."""
    return bool(before.frequency) and quantity.han and quantity.value == 1 and quantity.unit in words("event_units")


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
    if quantity.unit == "期" and quantity.han and not before.ends_in_verb:
        return True  # 大秦线二期
    if quantity.unit in TIME_UNITS and _PROCEDURE.search(noun):
        return True
    if raw.noun_text is None and (not _has_letter(noun) or _AGAINST.match(noun)):
        return True
    if "是否" in folded[before.from_ : quantity.start]:
        return True  # what is asked for
    if noun == "完成" or noun.endswith("一式") or (raw.comparator == "le" and _GRANTED.search(noun)):
        return True
    if noun.endswith(("一般", "通常")):
        return True  # what is usual, not what is aimed at
    if noun.endswith("的比例") and not before.reached and not before.compared:
        return True
    if len(noun) > 120 or _RATED.search(noun) or folded[max(0, raw.start - 1) : raw.start] == "每":
        return True
    if _EACH.match(noun) or _SCORED.search(noun):
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
