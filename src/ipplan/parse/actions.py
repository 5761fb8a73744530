"""The verb of an item (培育, 新增): where one stands, and where it is only part of a name (培训基地, 授权量)."""

from __future__ import annotations

from ipplan.parse.grammar import words
from ipplan.patterns import pattern

_ALSO = pattern("[和与、并或]")
_BOUNDED = pattern("[0-9万亿元%‰家个件上下]的")
_METRIC = pattern("[量率额度](?![子产外])|数(?![据字码控学智])")
_LOCATED = pattern(
    "(?:在|向|为|给|对|与|围绕|面向|针对|依托|聚焦|通过|利用|借助|每[家个名所户条站村镇乡县市区校班院馆街](?![年月周日天季])|[省市区县]级(?=设立|建立|建成|组建|成立|配备)|[^，、的]{0,6}财政(?=[安投落统设列]|[两一二三四五0-9]年[统安投列]))"
)


def action_at(folded: str, i: int, j: int, *, second: bool = False) -> str | None:
    """The verb at ``i``, if what follows lets it be one: 培训｜人员, but 培训基地, 授权量.

    ``second``: a verb stands before.
    """
    word = words("actions").at(folded, i, j)
    if word and word[0] == "再" and len(words("actions").at(folded, i + 1, j) or "") >= len(word):
        return None  # 再｜建成投用
    if not word or word in words("increment_actions"):
        return word
    after = i + len(word)
    if j - after < 1:
        return word
    if words("metric_nouns").at(folded, after, j) or _METRIC.match(folded, after, j):
        return word if _BOUNDED.search(folded, after, j) else None  # 设立｜规模不低于5亿元的基金1支
    if (word in words("weak_actions") or word in words("place_verbs")) and (
        words("place_nouns").at(folded, after, j)
        or (j - after == 1 and folded[after] in "区园站点业者")
        or (folded[after] == "区" and folded[after + 1] not in "域属级内")
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
        joint = _ALSO.match(folded, i, j)
        also = words("actions").at(folded, joint.end(), j) if joint and not share else None
        if joint and also and j - joint.end() - len(also) >= 2 and action_at(folded, joint.end(), j, second=True):
            found.append(joint[0] + also)  # 培育和发展｜调解组织
            i = joint.end() + len(also)
        while i < j and folded[i] == " ":
            i += 1
    if found and i < j and folded[i] == "的" and found[-1] not in words("increment_actions"):
        return [], start  # 备案认定的产品: a name
    return found, i


def _serves(folded: str, verb: str, j: int) -> bool:
    """Whether a weak verb acts on bodies, so that 服务创新主体突破1万家 has a verb all the same."""
    return verb in words("serving") and words("served").before(folded, j) is not None


def made_to(folded: str, verb: str, i: int, j: int) -> tuple[int, str] | None:
    """The verb of those whom the plan makes act: 引导行业协会｜建立｜维权机制."""
    if verb not in words("causative"):
        return None
    for at, word in words("actions").find(folded, i + 2, j):
        if j - at - len(word) >= 2 and words("bodies").before(folded, at, i) and word not in words("weak_actions"):
            return (at, word) if action_at(folded, at, j) else None
    return None


def verb_in_front(folded: str, i: int, j: int) -> tuple[int, str] | None:
    """The verb behind a place: 在开发区建设｜产业园."""
    located = _LOCATED.match(folded, i, j)
    if not located:
        return None
    least = 2 if folded[i + 1] == "级" or folded[i] == "每" else 3
    for at, word in words("actions").find(folded, max(i + least, located.end()), j):
        after = at + len(word)
        if j - after >= 2 and folded[after] != "的" and action_at(folded, at, j):
            return at, word
    return None
