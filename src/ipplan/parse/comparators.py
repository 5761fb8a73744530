"""What clings to the front of a quantity and is taken off from the right: comparators, basis words, how often, dates."""

from __future__ import annotations

from ipplan.normalize.dates import YEAR
from ipplan.parse.grammar import Before, letters, table, words
from ipplan.patterns import pattern

_DATE_END = pattern(
    rf"(?:到|至|截至|截止|在|于|力争|力争到)? ?{YEAR} ?年 ?(?:[0-9]{{1,2}} ?月)? ?(?:底|末|年底|年末)?"
    rf"(?:之前|以前|前|内)?$|(?:到)?年[底末]前?$|(?:自|从) ?{YEAR} ?年(?:起|开始)$"
)
#: 注册率｜2025、2026、2027年分别达…
_YEAR_LIST = pattern(rf"(?<![0-9])(?:{YEAR} ?年?[、和]){{1,9}}{YEAR} ?年(?:[底末])?$")
_COMPARED_TO = pattern(
    rf"(?:较|(?<![占之对])比(?![重例值率])|(?<!参)与)[^，、较]{{0,14}}?(?:{YEAR} ?年? ?(?:底|末|初)?|上年|去年"
    r"|[“\"]?[一二]?十[一二三四]?五[”\"]?(?:末|期末)?|同期|(?:试点|实施|改革|创建|行动|活动|建设)之?前|上年度|去年同期|上年同期)(?:相比)?$"
    rf"|在{YEAR} ?年(?:底|末)?的?(?:水平|基数)?的?基础上$"
)
#: 比全省平均水平｜高2个百分点, but 较大事故起数, 比例
_OVER = pattern("(?:较(?![大重高好强长低快多为])|比(?![例重率较])|(?<!参)与(?!会))[^，、较]{2,20}$")
_OF_YEAR = pattern(f'(?:{YEAR} ?年(?:底|末)?|[“"]?十[一二三四五六七八九]五[”"]?(?:时期|期间|期末|末))的$')
_OF_ANOTHER = pattern("(?P<said>达到?了?|不少于|不低于|不超过|超过)[^，、达]{2,12}的$")
_ABOVE = pattern(
    "(?:[高低快慢优]于|超过|超出|领先于?)[^，、达于过]{0,14}(?:平均水平|平均增速|平均值|平均|均值|增速|增长速度|增长|增幅|水平|工业|GDP)$"
)
_ABOVE_ENDS = frozenset("平速度幅均值业长P")
#: 进入苏州大市｜前三名
_AMONG = pattern(
    "(?:力争)?(?:进入|挺进|挤进|迈入|跻身|位居|位列|稳居|排名|排在|保持在)"
    "(?:(?:全国|全省|全市|全区|国内|省内)[^，、]{0,14}|[\u4e00-\u9fff]{2,6}[市省州县区圈带])$"
)
_YEARS = pattern("(?:近|前|未来)?[一二三四五两0-9]年(?:内|间|来)?$")
#: 专利新增｜5件, 培训覆盖｜10万人次
_GROWN = pattern("(?:净增加?|新增加?|增加)了?$|(?<=[训动务座传播演习课赛])(?:覆盖|惠及)$")
_GROWN_TAIL = pattern("了$|(?<=新增)加|(?<=净增)加")
YEAR_BEFORE = frozenset("0123456789〇零一二三四五六七八九上去今本当同前整")
#: Say a level like 达 does, though not as a number that is reached exactly.
_REACHING = frozenset(("接近", "将近", "控制在"))
_ROUND = pattern("[百千万](?![千万亿])")
_DATE_ENDS = frozenset("年月底末前内起始")


def from_right(folded: str, i: int, j: int, out: Before) -> int:
    """Take comparators, basis words, frequency and dates off the end."""
    number, rank = j, j if folded[j : j + 1] == "翻" else -1
    while j > i:
        while j > i and folded[j - 1] == " ":
            j -= 1
        if folded.endswith("分别", i, j):
            out.respectively = True
        if folded.endswith("（含）", i, j):
            j -= 3  # 不少于（含）500件
        at = _above_off(folded, i, j, out)
        if at == j:
            at = _grown_off(folded, i, j, out)
        if at == j:
            at = _word_off(folded, i, j, number, out)
        if at == j:
            at = _date_off(folded, i, j, rank, out)
        if at < 0 or at == j:
            break
        j = at
    return j


def _above_off(folded: str, i: int, j: int, out: Before) -> int:
    """Take off whom a share lies above: 高于全省平均水平｜2个百分点."""
    if not out.share or j <= i or folded[j - 1] not in _ABOVE_ENDS:
        return j
    above = _ABOVE.search(folded, max(i + 2, j - 24), j)
    if not above:
        return j
    out.compared = True
    return above.start()


def _grown_off(folded: str, i: int, j: int, out: Before) -> int:
    """Take 新增, 增加了 off: the noun stands in front of its verb."""
    if j <= i or folded[j - 1] not in "增加了盖及":
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
    if folded.endswith("基础上", i, j):
        return j  # 在2024年基础上｜翻一番
    basis = words("basis").before(folded, j, i)
    made = words("actions").before(folded, j, i) if basis else None
    if basis and made and len(made) > len(basis):
        return -1  # 完成｜改造提升｜15套: what is done
    if basis and folded.endswith("自然", i, j - len(basis)) and basis.endswith("率"):
        return -1  # 人口自然增长率 is a name
    comparator = words("comparators_before").before(folded, j, i)
    frequency = words("frequency").before(folded, j, i)
    if frequency and frequency != "年" and len(frequency) > len(basis or comparator or ""):
        inner = j - len(frequency)
        if folded[inner - 1 : inner] not in YEAR_BEFORE:  # 上年度 names a year
            out.frequency = out.frequency or table("frequency")[frequency]
            return inner
    if basis and comparator and len(comparator) > len(basis):
        basis = None
    if basis and basis[0] == "年" and folded[j - len(basis) - 1 : j - len(basis)] in YEAR_BEFORE:
        basis = basis[1:].removeprefix("均")  # 2020年增长, 上年均增长: the 年 belongs to the date
        basis = basis if basis in words("basis") else None
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
    if comparator == "站上" and _ROUND.match(folded, j):
        comparator = "上"  # 服务站｜上百所, but 站上千亿元台阶
    inner = j - len(comparator)
    if len(comparator) == 2 and _ends_word(folded, i, inner, comparator):
        comparator = words("comparators_before").before(folded, j, inner + 1) or comparator  # 许可｜达
        inner = j - len(comparator)
    if _ends_word(folded, i, inner, comparator) or (comparator == "上" and j != number):
        return -1
    if comparator == "等" or (comparator == "完成" and inner - i < 2):
        return -1
    word = table("comparators_before")[comparator]
    if comparator == "完成":
        out.reached = True  # 外资完成4500万美元: no verb of another item
    if word != "eq" or comparator not in words("not_compared"):
        out.compared = True
        out.reached = out.reached or (word in ("eq", "gt", "lt") and comparator != "上") or comparator in _REACHING
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
        times = _OF_YEAR.search(folded[max(i, j - 12) : j])
        if times:
            return max(i, j - 12) + times.start()
        share = _OF_ANOTHER.search(folded, max(i + 2, j - 16), j)
        if share:
            said = table("comparators_before").get(share["said"], "eq")
            out.comparator = out.comparator or (said if said != "eq" else None)
            return share.start()  # 储备量｜达到任务目标的100%
    if folded[j - 1] in _DATE_ENDS:
        if out.respectively:
            years = _YEAR_LIST.search(folded, max(i, j - 60), j)
            if years and years.start() - i >= 2:
                return years.start()
        date = _DATE_END.search(folded[max(i, j - 24) : j])
        if date:
            return max(i, j - 24) + date.start()
        if (out.basis or out.frequency or out.post_action or j == rank) and j - i > 4:
            span = _YEARS.search(folded, max(i + 2, j - 6), j)
            return span.start() if span else j
    return j


def from_rank(folded: str, i: int, j: int) -> int:
    """Take 进入全国 off in front of 前十位."""
    verb = False
    for _ in range(3):
        word = words("rank_verbs").before(folded, j, i) or words("rank_scopes").before(folded, j, i)
        if not word or (word == "排名" and verb):
            break  # 综合排名｜进入全省前三
        verb = verb or word in words("rank_verbs")
        j -= len(word)
    among = None if verb else _AMONG.search(folded, max(i + 2, j - 24), j)
    return among.start() if among else j


def _ends_word(folded: str, i: int, at: int, word: str) -> bool:
    """Whether a comparator at ``at`` is only the end of a longer word (拥有, 许可达)."""
    if at <= i or folded[at - 1] not in letters("word_ends").get("可" if word == "可达" else word, ""):
        return False
    return not (word == "约" and words("not_contracts").before(folded, at, i))
