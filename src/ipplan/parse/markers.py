"""The heading grammar: which signs at the start of a paragraph number a section.

Patterns run over folded text (brackets full-width, digits half-width, every dash ``-``), so each row stands for all
widths. Each row carries examples and near misses; a test runs them.
"""

from __future__ import annotations

import re

from ipplan.normalize.ordinals import HAN_ORDINAL, ordinal
from ipplan.patterns import pattern
from ipplan.records import record


@record(frozen=True)
class MarkerStyle:
    """One row: a style of numbering, its pattern over folded text, examples, near misses that must not match."""

    name: str
    pattern: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


_HAN = f"(?:{HAN_ORDINAL})"
_NUM = f"(?:{HAN_ORDINAL}|[0-9]{{1,4}})"
#: 第三条规定的…, 第三条、第四条: a sentence about an article is not the article.
_CITED = "(?!规定|所列|所称|所述|第|、|和|至|或|的|中|例|款|明确|要求|[，。])"

#: Every style of marker, outermost convention first. Nesting does not follow this order but that of the document.
STYLES: tuple[MarkerStyle, ...] = (
    MarkerStyle(
        "part",
        f"第 ?{_NUM} ?(?:篇|编|部分)(?![，。、的])",
        ("第一篇 总论", "第二部分 主要任务"),
        ("第一部分的内容", "第一部"),
    ),
    MarkerStyle(
        "chapter", f"第 ?{_NUM} ?章(?![程，。、的])", ("第一章 总则", "第 十二 章　附则"), ("第一章程", "第三章的规定")
    ),
    MarkerStyle("section", f"第 ?{_NUM} ?节(?![课，。、的约])", ("第一节 发展基础",), ("第一节课", "第二节约")),
    MarkerStyle(
        "article",
        f"第 ?{_NUM} ?条{_CITED}",
        ("第一条 为规范管理", "第十二条【适用范围】", "第101条 本办法"),
        ("第三条规定的情形", "第三条、第四条", "第一条例"),
    ),
    MarkerStyle(
        "han_comma",
        rf"{_HAN} ?(?:、|[.](?![0-9]))(?! ?{_HAN} ?[、.])",
        ("一、指导思想", "十一、保障措施", "一．总体要求", "二 、重点任务"),
        ("一是加强领导", "一、二、三等奖", "一方面", "十大行动"),
    ),
    MarkerStyle(
        "han_paren",
        rf"(?:（ ?{_HAN} ?）(?! ?[至到、或和-] ?（)[、.]?|[㈠-㈩])",
        ("（一）坚持创新", "(二)运用", "（ 三 ）保护", "㈠总则"),
        ("（一）至（三）项", "（一）、（二）项", "（一期）工程"),
    ),
    MarkerStyle(
        "han_square",
        f"【 ?{_HAN} ?】(?! ?[、至到和或])",
        ("【一】工作目标", "【二】 重点行动"),
        ("【一般】要求", "【责任单位】市科技局", "【一】、【二】项"),
    ),
    MarkerStyle(
        "han_half",
        rf"{_HAN} ?）(?![，。]|、 ?{_HAN} ?）)[、.]?",
        ("一）加强领导", "二）、加强保护"),
        ("一个）", "二）。", "一）、二）项"),
    ),
    MarkerStyle(
        "arabic_dot",
        r"(?:[0-9]{1,3} ?(?:[.](?:(?![0-9])|(?=(?:19|20)[0-9]{2} ?[年-])|(?=[2-9]G))|、(?! ?[0-9]{1,3} ?[、.和]))|[⒈-⒛])",
        ("1. 完善制度", "16.厚植沃土", "1．建立机制", "3、加强保护", "2.2025年底前完成", "12 、培育"),
        ("1.5亿千瓦", "2024.6", "3.5件", "1、2、3号楼", "2024年", "10.5%", "1000、2000"),
    ),
    MarkerStyle(
        "arabic_paren",
        r"(?:（ ?[0-9]{1,3} ?）(?! ?[至到、或和-] ?（)[、.]?|[⑴-⒇])",
        ("（1）强化", "(10)重大", "⑴培育"),
        ("（2021-2035年）", "（2024）"),
    ),
    MarkerStyle(
        "arabic_half",
        r"[0-9]{1,3} ?）(?![，。]|、 ?[0-9]{1,3} ?）)[、.]?",
        ("1）申请", "2)受理", "1）、培育专利"),
        ("（1）强化", "10）。", "1）、2）项"),
    ),
    MarkerStyle(
        "stage",
        f"第 ?{_NUM} ?阶段(?=[：（〔 ]|$)",
        ("第一阶段：动员部署", "第二阶段（2024年3月-4月）", "第1阶段 启动"),
        ("第一阶段的任务", "第一阶段完成后"),
    ),
    MarkerStyle(
        "named",
        f"(?:任务|行动|举措|专项|工程|步骤) ?{_NUM} ?：(?=[\u4e00-\u9fff“])",
        ("任务1：整治环境", "行动一：强基行动", "步骤二：组织实施"),
        ("任务一览：", "行动一致", "工程1号线：", "任务1、任务2", "任务一："),
    ),
    MarkerStyle("circled", r"[①-⑳㉑-㉟㊱-㊿❶-❿➀-➉]", ("①专利", "⑩商标"), ("㎡面积", "（1）强化")),
)

#: 1.1 and 1.1.1, 1-1: taken only where a document counts so (see :func:`uses_decimals`).
DECIMAL = pattern(
    r"([0-9]{1,2}(?:[.][0-9]{1,2}){1,3}|[0-9]{1,2}(?:-[0-9]{1,2}){1,2}(?![年月日]))[.、]?(?= ?[^0-9.%％‰万亿千百十个件家项人元倍分公吨米度-])"
)

#: The chapters of such a document: 1 总体要求. Taken in short lines only.
CHAPTER = pattern(
    "([1-9][0-9]?) {0,4}(?=(?:[A-Z][A-Za-z]{2,14} )?[\u4e00-\u9fff]{2})(?![0-9万亿千百十个件家项人元倍分公吨米度年月日名位条种类])"
    "(?:[A-Z][A-Za-z]{2,14} )?[^，。；：、 ]{2,20}$"
)

#: 一 发展目标: a blank for the 、. Taken in short lines only, where a document counts so (see :func:`uses_blanks`).
BLANK = pattern(f"({HAN_ORDINAL}) {{1,4}}(?=[\u4e00-\u9fff]{{2}})(?!{_HAN})[^，。；：、 ]{{2,20}}$")


def _styles(*names: str) -> re.Pattern[str]:
    return pattern("|".join(f"(?P<{style.name}>{style.pattern})" for style in STYLES if style.name in names))


#: First characters of a marker → the styles that begin so: a plan without chapters never compiles theirs.
_BEGINNINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第", _styles("part", "chapter", "section", "article", "stage")),
    ("一二三四五六七八九十", _styles("han_comma", "han_half")),
    ("（", _styles("han_paren", "arabic_paren")),
    ("【", _styles("han_square")),
    ("任行举专工步", _styles("named")),
    ("0123456789", _styles("arabic_dot", "arabic_half")),
)
_BY_FIRST = {first: styles for firsts, styles in _BEGINNINGS for first in firsts}
_SIGNED = _styles("han_paren", "arabic_dot", "arabic_paren", "circled")
_SIGNS = pattern("[㈠-㈩⒈-⒛⑴-⒇①-⑳㉑-㉟㊱-㊿❶-❿➀-➉]")
_NUMBER = pattern(rf"{HAN_ORDINAL}|[0-9]+")


@record(frozen=True)
class Marker:
    """A marker found: its style, its ordinal as a number, how many characters it takes."""

    style: str
    ordinal: int
    length: int


def match_marker(folded: str, *, decimals: bool = False, blanks: bool = False) -> Marker | None:
    """The marker at the very start of a folded paragraph, or ``None``."""
    if not folded:
        return None
    first = folded[0]
    styles = _BY_FIRST.get(first)
    if styles is None:
        if not _SIGNS.match(first):
            return None
        styles = _SIGNED
    if decimals and first.isdigit():
        found = DECIMAL.match(folded)
        if found:
            parts = found[1].replace("-", ".").split(".")
            return Marker(f"decimal{len(parts)}", int(parts[-1]), found.end())
        whole = CHAPTER.match(folded)
        if whole:
            return Marker("decimal1", int(whole[1]), whole.end(1))
    spaced = BLANK.match(folded) if blanks else None
    if spaced:
        return Marker("han_comma", ordinal(spaced[1]), spaced.end(1))
    found = styles.match(folded)
    if not found or found.lastgroup is None:
        return None
    sign = _SIGNS.search(found[0])
    number = _sign_value(sign[0]) if sign else ordinal(_NUMBER.search(found[0])[0])  # type: ignore[index]
    return Marker(found.lastgroup, number, found.end())


def _sign_value(sign: str) -> int:
    """①, ⑴, ⒈, ㈠ → 1 …"""
    code = ord(sign)
    for first, last, base in (
        (0x2460, 0x2473, 1), (0x2474, 0x2487, 1), (0x2488, 0x249B, 1), (0x3220, 0x3229, 1),
        (0x3251, 0x325F, 21), (0x32B1, 0x32BF, 36), (0x2776, 0x277F, 1), (0x2780, 0x2789, 1),
    ):  # fmt: skip
        if first <= code <= last:
            return code - first + base
    raise ValueError(f"no ordinal sign: {sign!r}")


def uses_blanks(starts: list[str]) -> bool:
    """Whether a document numbers its chapters 一 …, 二 … with a blank for the 、."""
    following = 1
    for folded in starts:
        found = BLANK.match(folded)
        if found and ordinal(found[1]) == following:
            following += 1
    return following > 2


def uses_decimals(starts: list[str]) -> bool:
    """Whether a document numbers its headings 1.1, 1.2: some x.1 must be followed by its x.2."""
    seen: set[str] = set()
    for folded in starts:
        if folded[:1].isdigit():
            found = DECIMAL.match(folded)
            if found:
                number = found[1].replace("-", ".")
                head, _, last = number.rpartition(".")
                if last == "2" and f"{head}.1" in seen:
                    return True
                seen.add(number)
    return False
