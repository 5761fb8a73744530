"""What stands in front of a quantity, read from both ends: dates, scope and verb on the left, comparators on the right."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.actions import action_at, leading_verbs, made_to, verb_in_front
from ipplan.parse.grammar import GROWTH_UNITS, letters, table, words
from ipplan.parse.quantities import Quantity
from ipplan.patterns import pattern
from ipplan.records import record

_DATE_END = pattern(
    rf"(?:到|至|截至|截止|在|于|力争|力争到)? ?{YEAR} ?年 ?(?:[0-9]{{1,2}} ?月)? ?(?:底|末|年底|年末)?"
    r"(?:之前|以前|前|内)?$"
)
_DATE_START = pattern(
    rf"(?:力争到|力争|争取到|截至到|截至|截止|到|至|在|自|从)? ?(?:{YEAR} ?年? ?[-~至到] ?{YEAR} ?年(?:期间)?"
    rf"|{YEAR} ?年 ?(?:[0-9]{{1,2}} ?月(?:[0-9]{{1,2}} ?日)?)? ?(?:年?底|年?末|上半年|下半年|第?[一二三四]季度)?"
    r"(?:之前|以前|前|内|度)?|[“\"]?[一二]?十[一二三四五六七八九]?五[”\"]?(?:期间|时期|期末|末)"
    r"|(?:年底|年内|[0-9]{1,2}月底)前?|近[一二三四五六七八九十两0-9]{1,2}年(?:内|来)?"
    r"|[一二三四五六七八九十两0-9]{1,3}年(?:内|来|之内|(?=累计|共计|合计)))[，,]?"
)
_COMPARED_TO = pattern(
    rf"(?:较|(?<![占之对])比(?![重例值率])|与)[^，、]{{0,14}}?(?:{YEAR} ?年? ?(?:底|末|初)?|上年|去年"
    r"|[“\"]?[一二]?十[一二三四]?五[”\"]?(?:末|期末)?|同期|上年度|去年同期|上年同期)(?:相比)?$"
    rf"|在{YEAR} ?年(?:底|末)?的?(?:水平|基数)?的?基础上$"
)
_OVER = pattern("(?:较|比|与)[^，、]{2,20}$")
_OF_YEAR = pattern(f"{YEAR} ?年(?:底|末)?的$")
_OF_ANOTHER = pattern("达到?了?[^，、达]{2,12}的$")
_ABOVE = pattern("[高低]于[^，、]{0,8}(?:平均水平|平均增速|平均值|平均|均值|增速)$")
_YEARS = pattern("(?:近|前|未来)?[一二三四五两0-9]年(?:内|间|来)?$")
_GROWN = pattern("(?:净增加?|新增加?|增加)了?$")
_GROWN_TAIL = pattern("了$|(?<=新增)加|(?<=净增)加")
_TOTAL = pattern("总?累[计积](?!率)")
_YEAR_BEFORE = frozenset("0123456789〇零一二三四五六七八九上去今本当同前整")
_DATE_ENDS = frozenset("年月底末前内")


@record
class Before:
    """What was read in front of a quantity."""

    noun: tuple[int, int]
    start: int
    action: str | None = None
    comparator: str | None = None
    compared: bool = False
    reached: bool = False
    basis: str | None = None
    frequency: str | None = None
    leading_frequency: bool = False
    commitment: str | None = None
    respectively: bool = False
    ends_in_verb: bool = False
    each: bool = False
    post_action: str | None = None
    share: bool = False
    from_: int = 0
    stop: int = 0  # where a frequency between subject and verb begins

    def begin(self, at: int) -> None:
        """The item begins at ``at``, unless it began before."""
        self.start = at if self.start < 0 else self.start


def read_before(folded: str, pos: int, quantity: Quantity, *, open_tail: bool = False) -> Before:
    """Read ``folded[pos:quantity.start]`` from both ends. ``open_tail``: a noun may follow the quantity."""
    i, j = pos, quantity.start
    out = Before((i, j), -1, share=quantity.unit in GROWTH_UNITS and quantity.kind == "count", from_=i)
    i = _from_left(folded, i, j, out)
    if quantity.kind == "rank":
        j = _from_rank(folded, i, j)
    j = _from_right(folded, i, j, out)
    i = _take_action(folded, i, j, out, open_tail)
    if out.post_action and not out.action:
        out.action = out.post_action
        j = out.stop or j
    if out.share and j - i >= 3 and folded[j - 1] == "占":
        j -= 1  # 权重占1%
    while j > i and folded[j - 1] in " 的：":
        j -= 1
    while i < j and folded[i] in " 的，":
        i += 1
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
        return date.end()
    frequency = words("frequency").at(folded, i, j)
    if frequency and _is_frequency(folded, i, j, frequency):
        out.frequency, out.leading_frequency = table("frequency")[frequency], True
        out.begin(i)
        return i + len(frequency)
    promise = words("commitment").at(folded, i, j)
    if promise:
        out.commitment = table("commitment")[promise]
        return i + len(promise)
    scope = words("scope").at(folded, i, j)
    if scope and i + len(scope) < j and folded[i + len(scope)] not in "性统重" and not _in_name(folded, i, j, scope):
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
    if not link or action_at(folded, i, j) or (i + len(link) == j and link in words("comparators_before")):
        return i
    return i + len(link)


def _in_name(folded: str, i: int, j: int, scope: str) -> bool:
    """Whether a scope word begins the name of an honour: 全国版权示范单位."""
    return scope in words("scopes_in_names") and words("honours").inside(folded[i:j])


def _is_frequency(folded: str, i: int, j: int, word: str) -> bool:
    """Whether a time word that leads says how often: not 年底, 年度计划."""
    if word == "年":
        bare = words("actions").at(folded, i + 1, j)
        if bare and i + 1 + len(bare) == j:
            return True  # 年培训｜1万人次
        return j - i > 4 and folded[i + 1] not in "度均轻末底内初中代月龄级限"
    return not (word == "年度" and words("yearly_papers").at(folded, i + 2))


def _from_right(folded: str, i: int, j: int, out: Before) -> int:
    """Take comparators, basis words, frequency and dates off the end."""
    number, rank = j, j if folded[j : j + 1] == "翻" else -1
    while j > i:
        while j > i and folded[j - 1] == " ":
            j -= 1
        if folded.endswith("分别", i, j):
            out.respectively = True
        at = _grown_off(folded, i, j, out)
        if at == j:
            at = _word_off(folded, i, j, number, out)
        if at == j:
            at = _date_off(folded, i, j, rank, out)
        if at < 0 or at == j:
            break
        j = at
    return j


def _grown_off(folded: str, i: int, j: int, out: Before) -> int:
    """Take 新增, 增加了 off: the noun stands in front of its verb."""
    if j <= i or folded[j - 1] not in "增加了":
        return j
    base = max(i, j - 12)
    grown = _GROWN.search(folded[base:j])
    if grown and base + grown.start() - i >= 2:
        out.post_action = _GROWN_TAIL.sub("", grown[0])
        out.compared = True
        return base + grown.start()
    return j


def _word_off(folded: str, i: int, j: int, number: int, out: Before) -> int:
    """Take the longest of frequency, basis word, comparator or commitment off; -1 where the noun ends here for good."""
    basis = words("basis").before(folded, j, i)
    if basis and folded.endswith("自然", i, j - len(basis)) and basis.endswith("率"):
        return -1  # 人口自然增长率 is a name
    comparator = words("comparators_before").before(folded, j, i)
    frequency = words("frequency").before(folded, j, i)
    if frequency and frequency != "年" and len(frequency) > len(basis or comparator or ""):
        inner = j - len(frequency)
        if folded[inner - 1 : inner] not in _YEAR_BEFORE:  # 上年度 names a year
            out.frequency = out.frequency or table("frequency")[frequency]
            return inner
    if basis and comparator and len(comparator) > len(basis):
        basis = None
    if basis and basis[0] == "年" and folded[j - len(basis) - 1 : j - len(basis)] in _YEAR_BEFORE:
        basis = basis[1:]  # 2020年增长, 上年增长: the 年 belongs to the date
    inner = j - len(basis or comparator or "")
    if basis and not (len(basis) == 1 and inner > i and folded[inner - 1] in "下升"):
        _take_basis(basis, out)
        return inner
    if comparator:
        return _comparator_off(folded, i, j, comparator, number, out)
    promise = words("commitment").before(folded, j, i)
    if promise:
        out.commitment = table("commitment")[promise]
        return j - len(promise)
    return j


def _take_basis(basis: str, out: Before) -> None:
    word = table("basis")[basis]
    if word == "cumulative" or out.basis is None:
        out.basis = word
    if "年" in basis:
        out.frequency = "annual"
    out.compared = out.compared or word != "cumulative"


def _comparator_off(folded: str, i: int, j: int, comparator: str, number: int, out: Before) -> int:
    """Take a comparator off; -1 where it is the end of a longer word or no comparator here."""
    inner = j - len(comparator)
    if len(comparator) == 2 and _ends_word(folded, i, inner, comparator):
        comparator = words("comparators_before").before(folded, j, inner + 1) or comparator  # 许可｜达
        inner = j - len(comparator)
    if _ends_word(folded, i, inner, comparator) or (comparator == "上" and j != number):
        return -1
    if comparator == "等" or (comparator == "完成" and inner - i < 2):
        return -1
    word = table("comparators_before")[comparator]
    if word != "eq" or comparator not in words("not_compared"):
        out.compared = True
        out.reached = out.reached or (word in ("eq", "gt", "lt") and comparator != "上")
    if comparator in words("each"):
        out.each = True
    if word != "eq":
        out.comparator = out.comparator or word
    if comparator in words("commitment"):
        out.commitment = table("commitment")[comparator]
    return inner


def _date_off(folded: str, i: int, j: int, rank: int, out: Before) -> int:
    """Take a comparison (较2020年), the year of a share (2020年的｜2倍) or a date off."""
    if j <= i:
        return j
    if out.basis or out.compared or j == rank:
        base = max(i, j - 24)
        against = _COMPARED_TO.search(folded[base:j])
        if against:
            return base + against.start()
        if j - i <= 21 and _OVER.match(folded[i:j]):
            return i
    if out.share and folded[j - 1] == "的":
        times = _OF_YEAR.search(folded[max(i, j - 10) : j])
        if times:
            return max(i, j - 10) + times.start()
        share = _OF_ANOTHER.search(folded, max(i + 2, j - 16), j)
        if share:
            return share.start()  # 储备量｜达到任务目标的100%
    if out.share and folded[j - 1] in "平速均值":
        above = _ABOVE.search(folded, max(i + 2, j - 16), j)
        if above:
            out.compared = True
            return above.start()  # 高于全省平均水平2个百分点
    if folded[j - 1] in _DATE_ENDS:
        date = _DATE_END.search(folded[max(i, j - 24) : j])
        if date:
            return max(i, j - 24) + date.start()
        if out.basis == "cumulative" and j - i > 4:
            span = _YEARS.search(folded, max(i + 2, j - 6), j)
            return span.start() if span else j
    return j


def _from_rank(folded: str, i: int, j: int) -> int:
    """Take 进入全国 off in front of 前十位."""
    for _ in range(3):
        word = words("rank_verbs").before(folded, j, i) or words("rank_scopes").before(folded, j, i)
        if not word:
            break
        j -= len(word)
    return j


def _ends_word(folded: str, i: int, at: int, word: str) -> bool:
    """Whether a comparator at ``at`` is only the end of a longer word (拥有, 许可达)."""
    if at <= i or folded[at - 1] not in letters("word_ends").get("可" if word == "可达" else word, ""):
        return False
    return not (word == "约" and words("not_contracts").before(folded, at, i))


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


_OFTEN = pattern("每(?:年度?|季度|月|周|半年)")


def _often(folded: str, i: int, j: int, out: Before) -> tuple[int, str] | None:
    """The verb behind a frequency behind a subject: 省财政｜每年安排｜专项资金, 联席会议｜每季度召开."""
    found = _OFTEN.search(folded, i + 2, j)
    if not found or found[0] not in words("frequency"):
        return None
    at = found.end()
    bound = words("bounds").at(folded, at, j)
    if bound:
        out.comparator = out.comparator or table("comparators_before")[bound]
        at += len(bound)
    adverb = words("adverbs").at(folded, at, j)
    at += len(adverb) if adverb else 0
    verb = words("actions").at(folded, at, j)
    if not verb or 0 < j - at - len(verb) < 2:
        return None
    out.frequency = out.frequency or table("frequency")[found[0]]
    out.stop = found.start()
    if at + len(verb) < j:
        return at, verb
    out.post_action = verb
    return None


def _take_action(folded: str, i: int, j: int, out: Before, open_tail: bool) -> int:
    """Take the leading verb off, or find the verb that ends the stretch (成立｜1家联盟)."""
    found, at = leading_verbs(folded, i, j, reached=out.reached, share=out.share, open_tail=open_tail)
    scope = words("scope").at(folded, at, j)
    if found:
        out.action = "".join(found)
        acting = made_to(folded, found[-1], at, j)
        if acting:
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
    text = folded[i:j]
    bare = len(text.rstrip(" 了"))
    tail = words("actions").before(text, bare) if open_tail else None
    if tail and len(text) > len(tail):
        out.ends_in_verb, out.action = True, tail
        verb_at = i + bare - len(tail)
        out.start = verb_at if out.start < i else out.start
        _frequency_before(folded, i, verb_at, out)
        return verb_at
    inside = verb_in_front(folded, i, j) or _often(folded, i, j, out)
    if inside:
        verb_at, out.action = inside
        out.start = min(verb_at, out.stop or verb_at)
        return verb_at + len(out.action)
    out.begin(i)
    return i
