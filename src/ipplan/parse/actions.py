"""The verb of an item (培育, 新增): where one stands, and where it is only part of a name (培训基地, 授权量)."""

from __future__ import annotations

from ipplan.parse.grammar import letters, words
from ipplan.patterns import pattern

_CALLED = frozenset(("召开", "召集"))
_ALSO = pattern("[和与、并或]")
_COST = pattern(
    "(?:专项|工作|配套|补助|奖补|财政|各类|社会)?(?:经费|资金|支出|费用|投入)(?![^的]{0,8}(?:率|比重|占比|强度|规模))"
)
_BOUNDED = pattern("[0-9万亿元%‰家个件上下]的")
_METRIC = pattern("[量率额度](?![子产外])|数(?![据字码控学智])")
#: 组织企业｜培训活动: what is held for them, not done by them.
_HELD = pattern("活动|班|会|课程|讲座|沙龙|比赛|大赛")
_LOCATED = pattern(
    "(?:在|向|为|给|对|与|会同|联合|邀请|委托|由|围绕|面向|针对|依托|聚焦|通过|利用|借助|每[家个名所户条届期场批轮人站村镇乡县市区校班院馆街州省](?![年月周日天季])|每单位|每学期|各[^类种项件，、的0-9]{0,10}?(?:[市州县区镇街乡地省盟旗]|（[市州县区、]{1,5}）|部门|单位|园区|企业|高校|学校)|[省市区县]级(?=设立|建立|建成|组建|成立|配备)|[^，、的]{0,6}财政(?=[安投落统设列]|[两一二三四五0-9]年[统安投列]))"
)


def action_at(folded: str, i: int, j: int, *, second: bool = False) -> str | None:
    """The verb at ``i``, if what follows lets it be one: 培训｜人员, but 培训基地, 授权量.

    ``second``: a verb stands before.
    """
    word = words("actions").at(folded, i, j)
    if word and word[0] in "再共" and len(words("actions").at(folded, i + 1, j) or "") >= len(word):
        return None  # 再｜建成投用, 共｜建成
    if not word or word in words("increment_actions"):
        return word
    after = i + len(word)
    if j - after < 1:
        return word
    if folded[after] in letters("action_words").get(word, ""):
        return None  # 出版物, 服务业
    cost = _COST.match(folded, after, j)
    if cost:
        return word if word in words("spending") else None  # 安排｜经费, but 研发经费
    if words("metric_nouns").at(folded, after, j) or _METRIC.match(folded, after, j):
        return word if _BOUNDED.search(folded, after, j) else None  # 设立｜规模不低于5亿元的基金1支
    if (
        (word in words("weak_actions") or word in words("place_verbs"))
        and word not in words("place_makers")
        and (
            words("place_nouns").at(folded, after, j)
            or (j - after == 1 and folded[after] in "区园站点业者员师官")
            or (folded[after] == "站" and folded[after + 1 : after + 2] not in ("点", "所"))
            or (folded[after] == "区" and folded[after + 1] not in "域属级内")
        )
    ):
        return None
    if second and words("event_nouns").at(folded, after, j):
        return None
    return word


def leading_verbs(folded: str, i: int, j: int, *, reached: bool, share: bool, open_tail: bool) -> tuple[list[str], int]:
    """Up to three verbs in a row from ``i`` (引进培育), and where they end.

    ``reached``: a comparator follows, so that weak verbs are nouns; ``share``: a rate has no verb (调解成功率达80%);
    ``open_tail``: a noun may follow the quantity.
    """
    found: list[str] = []
    start = i
    for _ in range(3):
        verb = action_at(folded, i, j, second=bool(found))
        if not verb:
            break
        if verb in words("weak_actions") and reached and not found and not _serves(folded, verb, j):
            break
        if share and words("metric_ends").before(folded, j, i) and not (verb == "完成" and "任务" in folded[i:j]):
            break  # 新开工建筑占比: the verb is part of the name
        if share and verb not in words("increment_actions") and not (verb == "完成" and "任务" in folded[i:j]):
            break
        if verb == "通过" and verb_in_front(folded, i, j):
            break  # 通过工程措施｜削减…: a means
        after = i + len(verb)
        if found and j - after < (1 if open_tail else 2) and (j > after or not open_tail):
            if len(found) > 1 and after == j:
                i -= len(found.pop())  # 开展｜督导检查1次
            break  # 达成｜许可50次: the second is what is counted
        found.append(verb)
        i = after
        if verb in _CALLED and folded.endswith("会", i, j):
            break  # 召开｜创建动员大会
        joint = _ALSO.match(folded, i, j)
        also = words("actions").at(folded, joint.end(), j) if joint and not share else None
        if joint and also and j - joint.end() - len(also) >= 2 and action_at(folded, joint.end(), j, second=True):
            found.append(joint[0] + also)  # 培育和发展｜调解组织
            i = joint.end() + len(also)
        while i < j and folded[i] == " ":
            i += 1
    if found and j - i > 2 and folded[i] in "至到" and found[-1] in words("sending"):
        i += 1  # 匹配推送至｜企业1万家次
    if found and i < j and folded[i] == "的" and found[-1] not in words("increment_actions"):
        return [], start  # 备案认定的产品: a name
    return found, i


def _serves(folded: str, verb: str, j: int) -> bool:
    """Whether a weak verb acts on bodies, so that 服务创新主体突破1万家 has a verb all the same."""
    return verb in words("serving") and words("served").before(folded, j) is not None


def made_to(folded: str, verb: str, i: int, j: int, *, open_tail: bool) -> tuple[int, str] | None:
    """The verb of those whom the plan makes act: 引导行业协会｜建立｜维权机制, 支持每个县至少｜培育｜1个.

    ``open_tail``: a noun may follow the quantity, so that none has to stand in front of it.
    """
    if verb not in words("causative"):
        return None
    for at, word in words("actions").find(folded, i + 2, j):
        behind = j - at - len(word)
        weak = word in words("weak_actions") and word not in words("done_by_bodies")
        if (behind or not open_tail) and (weak or behind < 2):
            continue
        doer = at
        for kind in ("bounds", "adverbs", "frequency"):
            doer -= len(words(kind).before(folded, doer, i) or "")
        if words("bodies").before(folded, doer, i):
            done = not behind or (action_at(folded, at, j) and not _HELD.match(folded, at + len(word), j))
            return (at, word) if done else None
    return None


def verb_in_front(folded: str, i: int, j: int) -> tuple[int, str] | None:
    """The verb behind a place: 在开发区建设｜产业园."""
    located = _LOCATED.match(folded, i, j)
    if not located:
        return None
    near = folded[i + 1] == "级" or folded[i] == "各" or (folded[i] == "每" and folded[i + 1] not in "个家名所户条")
    for at, word in words("actions").find(folded, max(i + (2 if near else 3), located.end()), j):
        after = at + len(word)
        if j - after >= 2 and folded[after] != "的" and action_at(folded, at, j):
            return at, word
    return None
