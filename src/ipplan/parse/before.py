"""What stands in front of a quantity, read from both ends: dates, scope and verb on the left, comparators on the right."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.actions import action_at, leading_verbs, made_to, verb_in_front
from ipplan.parse.comparators import from_rank, from_right
from ipplan.parse.grammar import GROWTH_UNITS, Before, letters, table, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern

_DATE_START = pattern(
    rf"(?:力争到|力争|争取到|截至到|截至|截止|到|至|在|自|从)? ?(?:{YEAR} ?年? ?[-~至到] ?{YEAR} ?年(?:期间)?"
    rf"|(?:{YEAR} ?年?[、和] ?){{0,9}}{YEAR} ?年 ?(?:[0-9]{{1,2}} ?月(?:[0-9]{{1,2}} ?日)?)?"
    r" ?(?:年?底|年?末|上半年|下半年|第?[一二三四]季度(?:末|底)?)?"
    r"(?:之前|以前|前|内|度|起|开始)?|[“\"]?[一二]?十[一二三四五六七八九]?五[”\"]?(?:期间|时期|期末|末)"
    r"|(?:年底|年内|(?:[0-9]{1,2} ?月?[-至到] ?)?[0-9]{1,2} ?月(?:[0-9]{1,2} ?日|份|底|末|初|[上中下]旬)?|[0-9]{1,2} ?日(?=前|之前|以前)"
    r"|第?[一二三四1-4]季度(?:末|底)?|[上下]半年)(?:之?前|以前)?|第[一二三四五1-5]年(?:底|末)?|(?:近|未来|今后)[一二三四五六七八九十两0-9]{1,2}年(?:内|来|间)?"
    r"|[一二三四五六七八九十两0-9]{1,3}年(?:内|来|之内|(?=累计|共计|合计|共|统筹|安排|投入|达到|实现|力争|争取|确保|再|$)))[，,]?"
)
_ONE_YEAR = pattern(f"(?:力争|争取|在|至)? ?{YEAR} ?年[，,]?")
#: 满意度｜居全省第一方阵、达85分
_PLACED = pattern("(?:位?居|位列|稳居|处于|保持在?|进入)[^，、]{0,8}(?:方阵|前列|领先|行列|上游|三连增)、$")
_DIGIT = pattern("[0-9]")
#: 三年｜新增, 三年行动期间, 示范期内
_YEARS = pattern(
    "(?:[一二两三四五六七八九十0-9]{1,2}个?年(?!度))?(?P<term>(?:行动|试点|示范|创建|建设|培育|规划|实施|项目|政策|攻坚)(?:实施|建设|行动)?(?:期间|期内)[，,]?)?"
)
#: 引导｜基金占比, 支持｜率: no verb.
_FUND = pattern("基金|资金|力度|政策|站|员|率")
#: 与2023年相比｜增长10%
_VERSUS = pattern("[与和同较][^，。；、]{2,16}?相比[，,]?")
#: “4·26”期间｜销毁…
_DURING = pattern("[^，、。；的]{2,16}?期间")
#: 各市州｜每年专项行动不少于2次: on whom it falls
_EACH_BODY = pattern(
    "(?:各[^类种项件，、的0-9]{0,12}(?:[市州县区镇街乡地省级旗盟局]|（[市州县区、]{1,5}）|部门|单位|园区|企业|高校|学校|开发区|成员单位)"
    "|每[家个名所户县市区镇项][^，、的0-9每]{0,10})(?=(?:平均)?每(?:年|季度|月|半年|周))"
)
#: 拥有注册商标｜企业数
_OWNERS = pattern("(?:企业|单位|机构|主体|人)数(?:量|达到?|超过)?")
#: 争取｜上级资金: a verb
_STRIVEN = pattern("争取(?:上级|中央|国家|省|各类|专项|资金|债券)")
_TOTAL = pattern("总?累[计积](?!率)")


def read_before(folded: str, pos: int, quantity: Quantity, *, open_tail: bool = False) -> Before:
    """Read ``folded[pos:quantity.start]`` from both ends. ``open_tail``: a noun may follow the quantity."""
    i, j = pos, quantity.start
    out = Before((i, j), -1, share=quantity.unit in GROWTH_UNITS and quantity.kind == "count", from_=i)
    i = _from_left(folded, i, j, out)
    if quantity.kind == "rank":
        j = from_rank(folded, i, j)
    j = from_right(folded, i, j, out)
    i = _take_change(folded, i, j, out)
    i = _take_action(folded, i, j, out, open_tail, quantity.unit in words("event_units"))
    if out.post_action and not out.action:
        out.action = out.post_action
        j = out.stop or j
    if out.share and j - i >= 3 and folded[j - 1] == "占":
        j -= 1  # 权重占1%
    if j - i >= 4 and folded[j - 1] == "在" and folded[j - 2] not in "存现所内正潜":
        j -= 1  # 结案率在｜95%以上
    while j > i and folded[j - 1] in " 的：":
        j -= 1
    if j - i >= 4 and out.compared and folded.endswith("平均", i, j):
        j -= 2  # 办案周期平均｜缩短至25天
    if folded[j - 1 : j] == "、":
        placed = _PLACED.search(folded, max(i + 2, j - 24), j)
        j = placed.start() if placed else j - 1
    adverb = words("trailing").before(folded, j, i + 2) if out.basis else None
    j -= len(adverb or "")
    while i < j and folded[i] in " 的，":
        i += 1
    if open_tail and 2 <= j - i <= 3 and folded[i:j] in words("determiners"):
        i = j  # 完成首批｜6所高校盘点
    out.noun = (i, j)
    return out


def _from_left(folded: str, i: int, j: int, out: Before) -> int:
    """Take dates, frequency, commitment, scope, adverbs and connecting words off the front."""
    while i < j:
        while i < j and folded[i] in " 、，-•●■◆▲★":
            i += 1
        after = _lead_off(folded, i, j, out)
        if after == i:
            break
        i = after
    return i


def _lead_off(folded: str, i: int, j: int, out: Before) -> int:
    """Behind what leads at ``i``; ``i`` itself where nothing does."""
    date = _DATE_START.match(folded, i, j)
    if date:
        out.ahead = (
            out.ahead
            or folded[i] in "到截"
            or date[0].rstrip("，,").endswith(("底", "末", "底前", "末前"))
            or _ONE_YEAR.fullmatch(date[0]) is not None
        )
        promise = words("commitment").at(folded, i, date.end())
        if promise:
            out.commitment = table("commitment")[promise]  # 力争三年内引进30人
        return date.end()
    during = _DURING.match(folded, i, j)
    if during and _acts(folded, during.end(), j):
        return during.end()
    versus = _VERSUS.match(folded, i, j)
    if versus:
        return versus.end()
    span = _YEARS.match(folded, i, j)
    if span and span.end() > i and (span["term"] or action_at(folded, span.end(), j)):
        return span.end()
    owner = _EACH_BODY.match(folded, i, j) if folded[i] in "各每" else None
    if owner:  # each does it: how often holds for its own clause, not for the sentence
        word = words("frequency").at(folded, owner.end(), j) or ""
        out.frequency, out.owned = table("frequency").get(word), True
        out.begin(owner.end())
        return owner.end() + len(word)
    frequency = words("frequency").at(folded, i, j)
    if frequency and _is_frequency(folded, i, j, frequency):
        out.frequency, out.leading_frequency = table("frequency")[frequency], frequency != "年"
        out.owned = out.owned or frequency != "全年"  # 全年 alone reaches over the commas of its sentence
        out.begin(i)
        return i + len(frequency)
    promise = words("commitment").at(folded, i, j)
    if promise and not _STRIVEN.match(folded, i, j):
        out.commitment = table("commitment")[promise]
        return i + len(promise)
    scope = words("scope").at(folded, i, j)
    if (
        scope
        and i + len(scope) < j
        and folded[i + len(scope)] not in ("性统重" if scope[1] == "国" else "性统")
        and not _in_name(folded, i, j, scope)
    ):
        return i + len(scope)
    total = _TOTAL.match(folded, i, j)
    if total:
        out.basis = "cumulative"
        out.begin(i)
        return total.end()
    adverb = words("adverbs").at(folded, i, j)
    if adverb and action_at(folded, i + len(adverb), j):
        return i + len(adverb)
    bound = words("bounds").at(folded, i, j)
    if bound:
        out.comparator, out.compared = table("comparators_before")[bound], True
        return i + len(bound)
    link = words("connectives").at(folded, i, j)
    if link and i + len(link) < j and folded[i + len(link)] in letters("longer_words").get(link, ""):
        acts = len(words("actions").at(folded, i + 1, j) or "") >= 2 and link in ("共", "再")
        return i + 1 if acts else i  # 再｜制定, but 再制造; 要求, 使用, 总面积
    if link == "拥有" and ("的" in folded[i:j] or _OWNERS.search(folded, i, j)):
        return i  # 拥有有效专利的企业
    if link == "与" and not folded[out.from_ : i].strip() and verb_in_front(folded, i, j):
        return i  # 与高校｜开展活动
    if not link or action_at(folded, i, j) or (i + len(link) == j and link in words("comparators_before")):
        return i
    out.respectively = out.respectively or link == "分别"
    out.realized = out.realized or link.endswith("实现")
    return i + len(link)


def _acts(folded: str, i: int, j: int) -> bool:
    """Whether a verb stands at ``i``, behind an adverb or not."""
    for at in (i, i + len(words("adverbs").at(folded, i, j) or "")):
        verb = action_at(folded, at, j)
        if verb and not folded.startswith("的", at + len(verb)):
            return True
    return False


def _take_change(folded: str, i: int, j: int, out: Before) -> int:
    """Take the verb off that changes a share: 降低｜能耗｜3%; 提升｜普及率达到90% is no growth."""
    if not out.share or out.basis:
        return i
    change = words("changing").at(folded, i, j)
    if not change or j - i - len(change) < 2 or folded[i + len(change)] == "的":
        return i
    if words("metric_ends").at(folded, i + len(change), j):
        return i  # 削减比例
    if not out.compared:
        out.basis, out.compared = table("changing")[change], True
    out.begin(i)
    return i + len(change)


def _in_name(folded: str, i: int, j: int, scope: str) -> bool:
    """Whether a scope word begins the name of an honour: 全国版权示范单位."""
    if scope not in words("scopes_in_names") or not words("honours").inside(folded[i:j]):
        return False
    return action_at(folded, i + len(scope), j) is None


def _is_frequency(folded: str, i: int, j: int, word: str) -> bool:
    """Whether a time word that leads says how often: not 年底, 年度计划."""
    if word == "年":
        bare = words("actions").at(folded, i + 1, j)
        rest = folded[i + 1 + len(bare or "") : j]
        if bare and (not rest or rest in words("comparators_before")):
            return True  # 年培训｜1万人次, 年培训超｜万人次
        if _DIGIT.search(rest):
            return False  # 年营收超过1亿元的企业｜20家: it belongs to the name
        return j - i > 4 and "的" not in folded[i:j] and folded[i + 1] not in "度均轻末底内初中代月龄级限"
    return not (word == "年度" and words("yearly_papers").at(folded, i + 2))


def _frequency_before(folded: str, i: int, verb: int, out: Before) -> None:
    """Take a frequency or bound in front of the verb that ends the stretch: 市财政｜每年｜安排, 每县｜至少｜建成."""
    bound = words("bounds").before(folded, verb, i)
    if bound:
        out.comparator = out.comparator or table("comparators_before")[bound]
        verb -= len(bound)
    adverb = words("adverbs").before(folded, verb, i)
    at = verb - len(adverb) if adverb and adverb not in words("frequency") else verb
    word = words("frequency").before(folded, at, i)
    if word and word != "年":
        out.frequency = out.frequency or table("frequency")[word]
        out.start = at - len(word)


_OFTEN = pattern(
    "(?<=[会局委院心站所])年(?=[\u4e00-\u9fff]{2})|每(?:年度?|季度|月|周|半[年月]|两年|两个月|学期|旬|日|天)|年均|全年"
)
_SUBJECT = pattern(
    "(?:[长员部局委办队组]|负责人|责任人|同志|领导|干部|[镇乡村]街?|街道|单位|企业|机构|社区|人员|专班)$"
)


def _often(folded: str, i: int, j: int, out: Before, *, event: bool) -> tuple[int, str] | None:
    """The verb behind a frequency behind a subject: 省财政｜每年安排｜专项资金, 联席会议｜每季度召开.

    ``event``: what is counted may do without one (各镇街｜每月｜夜查｜2次).
    """
    found = _OFTEN.search(folded, i + 2, j)
    if not found:
        return None
    frequency = table("frequency").get(found[0])
    at = found.end()
    bound = words("bounds").at(folded, at, j)
    if bound:
        out.comparator = out.comparator or table("comparators_before")[bound]
        at += len(bound)
    adverb = words("adverbs").at(folded, at, j)
    at += len(adverb) if adverb else 0
    verb = words("actions").at(folded, at, j)
    if not verb and event and j - at >= 2 and _SUBJECT.search(folded, i, found.start()):
        out.frequency = out.frequency or frequency
        out.stop = found.start()
        return at, ""
    if not verb or 0 < j - at - len(verb) < 2:
        return None
    if found[0] == "年均" and verb in words("weak_actions") and words("served").before(folded, j) is None:
        return None  # 企业年均研发投入
    out.frequency = out.frequency or frequency
    out.stop = found.start()
    if at + len(verb) < j:
        return at, verb
    out.post_action = verb
    return None


_SERVED = pattern("(?:为|向|给)[^，、为向给]{2,14}?(?P<verb>提供|发放|投放|减免)")


def _served(folded: str, i: int, j: int, *, reached: bool) -> tuple[int, str] | None:
    """The verb behind whom it serves: 知识产权保险为企业｜提供｜风险保障.

    ``reached``: a comparator follows, and all is the name of a metric (贷款惠及企业达30家).
    """
    found = _SERVED.search(folded, i + 2, j)
    if found and j - found.end() >= 2:
        return found.start("verb"), found["verb"]
    for verb in () if reached else ("惠及", "覆盖"):
        at = folded.rfind(verb, i + 3, j)
        if at > 0 and folded[at + 2 : j].strip() in words("served"):
            return at, verb  # 贷款｜惠及｜企业
    return None


def _take_action(folded: str, i: int, j: int, out: Before, open_tail: bool, event: bool) -> int:
    """Take the leading verb off, or find the verb that ends the stretch (成立｜1家联盟)."""
    found, at = leading_verbs(folded, i, j, reached=out.reached, share=out.share, open_tail=open_tail)
    scope = words("scope").at(folded, at, j)
    if found:
        out.action = "".join(found)
        acting = made_to(folded, found[-1], at, j, open_tail=open_tail)
        if acting:
            _frequency_before(folded, at, acting[0], out)
            out.begin(acting[0])
            out.action, at = acting[1], acting[0] + len(acting[1])
            scope = None
        out.begin(i)
        if scope and at + len(scope) == j:
            at = j
        if j - at < 2:
            out.ends_in_verb = True  # nothing but a verb: the noun stands behind the quantity
        elif scope and j - at - len(scope) >= 2 and scope not in words("scopes_in_names"):
            at += len(scope)
        return at
    push = words("pushing").at(folded, i, j) if out.share and out.compared else None
    if push and not _FUND.match(folded, i + len(push), j) and j - i - len(push) >= 4:
        again = words("pushing").at(folded, i + len(push), j)  # 鼓励支持
        i += len(push) + (len(again) if again and j - i - len(push) - len(again) >= 4 else 0)
        out.begin(i)
        return i
    text = folded[i:j]
    bare = len(text.rstrip(" 了"))
    tail = words("actions").before(text, bare) if open_tail else None
    if tail and len(text) > len(tail):
        out.ends_in_verb, out.action = True, tail
        verb_at = i + bare - len(tail)
        out.start = verb_at if out.start < i else out.start
        _frequency_before(folded, i, verb_at, out)
        return verb_at
    rate = out.share and folded[i] in "各每"  # 各部门检查事项覆盖率: a name
    inside = None if rate else verb_in_front(folded, i, j)
    inside = inside or _often(folded, i, j, out, event=event) or _served(folded, i, j, reached=out.reached)
    if inside:
        verb_at, action = inside
        out.action = action or None
        out.start = min(verb_at, out.stop or verb_at)
        if not out.frequency:
            out.start = -1
            _frequency_before(folded, i, verb_at, out)
            out.begin(verb_at)
        return verb_at + len(action)
    out.begin(i)
    return i
