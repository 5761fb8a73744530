"""The outer parts of an official document: what stands before the first section and behind the last.

Every paragraph there gets one of a closed set of kinds (:data:`FrontKind`); :mod:`ipplan.parse.meta` reads the facts.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import Literal

from ipplan.lexicon import load
from ipplan.lexicon.wordset import WordSet
from ipplan.normalize.agencies import looks_like_agency
from ipplan.normalize.dates import DAY, MONTH, YEAR
from ipplan.parse.paragraphs import Paragraph
from ipplan.patterns import pattern
from ipplan.records import record

FrontKind = Literal[
    "head",
    "letterhead",
    "number",
    "status",
    "date",
    "recipients",
    "attachment",
    "notice",
    "signature",
    "title",
    "prose",
    "imprint",
    "toc",
]

DATE = f"{YEAR} ?年 ?{MONTH} ?月 ?{DAY} ?[日号]"
DOC_NUMBER = r"[\u4e00-\u9fffA-Za-z]{1,16} ?(?:[〔（【] ?[0-9]{4} ?[〕）】]|[0-9]{4}年) ?第? ?[0-9]{1,5} ?号"
_NUMBER_LINE = pattern(
    rf"[（〔]? ?(?:{DOC_NUMBER}|(?:[\u4e00-\u9fff]{{2,14}})?令? ?第 ?[0-9]{{1,4}} ?号) ?[）〕]?", needs=("号",)
)
_NUMBER_DATE = pattern(
    rf"[（〔]? ?(?P<number>{DOC_NUMBER}) ?[）〕]?(?: +|(?<=[）〕]))[（〔]?(?P<date>{DATE})[）〕]?", needs=("号",)
)
_DATE_LINE = pattern(rf"[（]? ?(?P<date>{DATE}) ?(?:印发|发布|施行)?[）]?(?: ?（此件[^（）]{{2,12}}）)?", needs=("月",))
_SIGNED_DATE = pattern(
    rf"(?P<name>[\u4e00-\u9fff（）、 ]{{4,60}}?) *(?P<date>{DATE})(?P<printed> ?印发)?", needs=("月",)
)
_SPACED = pattern(r"(?:[\u4e00-\u9fff《》“”（）0-9] +){2,}[\u4e00-\u9fff《》“”（）0-9]", needs=(" ",))
_ATTACHMENT = pattern(r"附 ?件 ?[：:]? ?(?=[0-9一二三四五六七八九十《\u4e00-\u9fff])", needs=("附",))
_ANNEX = pattern(r"附 ?(?:件|录|表) ?(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,3})? ?[：:]?", needs=("附",))
_STATUS = pattern(r"（[^（）]{2,24}）")
_RESPONSIBLE = pattern("单位|部门|牵头|负责|责任|配合|局、")
_MADE = pattern("(?:制定|制订)(?:了?本|如下)")
#: （2023-2025年）, the last line of a title.
_YEARS = pattern(rf"[（〔]{YEAR}年?[-~至到]+{YEAR}年?度?[）〕]")
_PROSE = pattern("[。；]")
_ASCII = pattern("[0-9A-Za-z]")
#: How a notice ends.
_CLOSING = pattern("(?:专此|特此)(?:通知|函告|函复|函达|通告|公告|通报|批复)[。！]?")


@record
class Part:
    """A paragraph of the front or tail, its kind, and its text with letter-spacing taken out (folded)."""

    paragraph: Paragraph
    kind: FrontKind
    text: str


def squeeze(folded: str) -> str:
    """Letter-spaced lines lose their blanks: ``宿 城 区 人 民 政 府`` → ``宿城区人民政府``."""
    text = folded.strip()
    if _SPACED.fullmatch(text):
        return text.replace(" ", "")
    return text


@cache
def _labels() -> re.Pattern[str]:
    """A label of a web-page head, letter-spaced or not, with the colon or blank behind it."""
    spaced = []
    for label in sorted(load("words")["head_labels"], key=len, reverse=True):
        letters = label.replace(" ", "")
        spaced.append(" {0,4}".join(map(re.escape, letters)))
    return re.compile(
        rf"(?:^|(?<=[ 【\t】|]))[【〔]? ?(?P<label>{'|'.join(spaced)}) ?(?:[】〕] ?：?|：| (?=\S)|$| ?(?=\|))"
    )


@cache
def _bare_labels() -> WordSet:
    return WordSet({label.replace(" ", "") for label in load("words")["head_labels"]})


def _begins_with_label(text: str) -> bool:
    """Whether a label stands within the first signs of ``text``: without one, no pattern has to be built."""
    start, labels = text.replace(" ", "")[:24], _bare_labels()
    return any(labels.at(start, at) for at in range(4))


#: What only a label of three characters or fewer can stand in front of: the value of 文号 or 索引号.
_VALUE = pattern("[^ ]{0,16}[〔（][0-9]{4}[〕）][0-9]+ ?号|[A-Za-z0-9]{6,}[-/][0-9A-Za-z/-]{3,}")


def head_fields(folded: str) -> list[tuple[str, int, int]]:
    """``(label, start, end of its value)`` for each label of a web-page head line; empty if the line is none."""
    text = folded.lstrip(" |【〔")
    if not _begins_with_label(text):
        return []
    marks = list(_labels().finditer(folded))
    if not marks or marks[0].start() > len(folded) - len(text) + 1:
        return []
    first = marks[0]
    if (
        len(first["label"].replace(" ", "")) <= 3
        and "：" not in first[0]
        and "】" not in first[0]
        and " " not in first["label"]
        and "|" not in folded
        and len(marks) < 2
        and not _VALUE.match(folded, first.end())
    ):
        return []
    out = []
    for i, mark in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else len(folded)
        out.append((mark["label"].replace(" ", ""), mark.end(), stop))
    return out


def annex_number(folded: str) -> int | None:
    """The number of an annex whose heading line this is (附件 → 1, 附件2 → 2), else ``None``."""
    found = _ANNEX.fullmatch(folded.strip())
    if not found:
        return None
    from ipplan.normalize.ordinals import ordinal

    return ordinal(found["n"]) if found["n"] else 1


def classify(paragraphs: list[Paragraph]) -> list[Part]:
    """Kinds of the paragraphs before the first section."""
    parts: list[Part] = []
    addressed = False
    attachments = False
    for paragraph in paragraphs:
        text = squeeze(paragraph.passage.fold)
        kind: FrontKind
        if (
            attachments
            and paragraph.marker
            and paragraph.marker.style in ("arabic_dot", "arabic_paren")
            and not _PROSE.search(text)
        ):
            kind = "attachment"
        elif paragraph.line.row and paragraph.line.row.grid.heads:
            kind = "prose"  # a table that stands by itself
        else:
            kind = _kind(text)
            if kind == "recipients" and addressed and parts[-1].kind != "recipients":
                kind = "prose"
            addressed = addressed or kind == "recipients"
            attachments = kind == "attachment"
        parts.append(Part(paragraph, kind, text))
    for before, part in itertools.pairwise(parts):
        if part.kind in ("date", "signature") and before.kind == "title" and is_signature(before.text):
            before.kind = "signature"
        elif part.kind == "title" and before.kind == "notice" and is_signature(part.text):
            part.kind = "signature"  # without a date, in front of the plan's title
    for i in range(len(parts) - 2, -1, -1):
        if parts[i].kind == "title" and parts[i + 1].kind == "signature" and is_signature(parts[i].text):
            parts[i].kind = "signature"
    return parts


def _kind(text: str) -> FrontKind:
    bare = text.replace(" ", "")
    if head_fields(text) and len(text) < 400:
        return "head"
    if _NUMBER_LINE.fullmatch(text) or _NUMBER_LINE.fullmatch(bare):
        return "number"
    if _NUMBER_DATE.fullmatch(text):
        return "number"
    if bare in ("目录", "目次"):
        return "toc"
    if bare in ("前言", "引言", "序言", "导言", "导语"):
        return "prose"
    if _CLOSING.fullmatch(bare):
        return "notice"
    if _DATE_LINE.fullmatch(text) or _DATE_LINE.fullmatch(bare):
        return "date"
    if re.fullmatch("（[^（）]{2,40}代章）", bare):
        return "signature"
    if _YEARS.fullmatch(bare):
        return "title"
    if _STATUS.fullmatch(text) and not _PROSE.search(text) and not _RESPONSIBLE.search(text):
        return "status"
    if re.match("抄送|抄报|主送机关", text) or (bare.endswith("印发") and _SIGNED_DATE.search(text)):
        return "imprint"
    if _SIGNED_DATE.fullmatch(text) and len(bare) <= 60:
        return "signature"
    if _ATTACHMENT.match(text) and annex_number(text) is None and len(text) < 300:
        return "attachment"
    if annex_number(text) is not None:
        return "attachment"
    if bare.endswith("文件") and len(bare) <= 40 and not re.search("[，。；：、《》]", bare):
        return "letterhead"
    if (
        bare.endswith("：")
        and len(bare) <= 300
        and "。" not in bare
        and re.search("人民政府|各|有关|单位|部门|委员会|机构|公司|局", bare)
        and not re.search("如下|通知|以下|制定|包括", bare)
    ):
        return "recipients"
    if _PROSE.search(text) or len(bare) > 120 or (len(bare) > 40 and _MADE.search(bare)):
        return "notice" if _issues(text) else "prose"
    if _ITEM.match(bare) or bare in _plain_titles():
        return "prose"  # 总体要求, Ⅰ.总体要求, 【总体要求】: a heading without a number that counts
    return "title"


_ITEM = pattern("[A-Za-zⅠ-Ⅻ][.、）]|[●■◆▲★•○□※◎]|【[^】]{2,20}】$")


@cache
def _plain_titles() -> frozenset[str]:
    return frozenset(load("words")["plain_titles"])


_ISSUES = pattern(
    "现(?:将|予|已)?[^。]{0,60}(?:印发|公布|发布|转发)|印发(?:给)?(?:你们|各)|予以(?:印发|公布|发布)|转发给"
    "|(?:已|已经|业)(?:经)?[^。，]{0,40}(?:同意|通过|批准|审定)"
)


def _issues(text: str) -> bool:
    """Whether a sentence issues a document (现印发给你们, 已经市政府同意), and does not only cite one that did."""
    outer = re.sub("《[^《》]{1,200}》", "", text)
    return bool(_ISSUES.search(outer)) and not re.search("制定本|制订本|特制定|制定如下|提出如下|编制本", outer)


def is_signature(text: str) -> bool:
    """Names of issuing bodies and nothing else, one or several with blanks between them."""
    text = re.sub("（[^（）]*代章[^（）]*）", "", text)
    names = [n for n in re.split(r" {1,}|、", text.strip()) if n]
    if not names or len(text) > 80 or _ASCII.search(text):
        return False
    if all(looks_like_agency(n) for n in names):
        return True
    return looks_like_agency(text.replace(" ", ""))


def tail_start(paragraphs: list[Paragraph]) -> int:
    """Index of the first paragraph behind the last section's text: signature, date, attachments, imprint."""
    cut = len(paragraphs)
    i = len(paragraphs) - 1
    floor = max(0, len(paragraphs) - 25)
    while i >= floor:
        text = squeeze(paragraphs[i].passage.fold)
        if (paragraphs[i].marker and not _listed(paragraphs, i)) or paragraphs[i].line.row:
            break
        kind = _kind(text)
        if (
            kind in ("date", "imprint", "status", "head")
            or (kind == "signature")
            or (kind == "title" and is_signature(text) and i + 1 < len(paragraphs) and cut == i + 1)
        ):
            cut = i
        elif (kind == "attachment" and _ATTACHMENT.match(text) and annex_number(text) is None) or _listed(
            paragraphs, i
        ):
            cut = min(cut, i)
        elif cut < len(paragraphs) or len(text) > 120 or not _CONTACT.search(text):
            break
        i -= 1
    return cut


#: Whom to turn to: stands behind a list of attachments as well as behind the text.
_CONTACT = pattern(
    "联系(?:人|电话|方式|地址|单位)|通讯地址|责任编辑|反馈(?:截止)?(?:时间|意见|方式)|意见反馈[^，。；]{0,20}："
    "|(?:咨询|监督|举报)?电话[^，。；]{0,20}：|传真：|(?:电子)?邮箱："
)


def _listed(paragraphs: list[Paragraph], i: int) -> bool:
    """Whether a numbered line is an entry of an attachment list (附件：1.… / 2.…)."""
    for k in range(i, max(-1, i - 20), -1):
        text = paragraphs[k].passage.fold
        if _PROSE.search(text) or len(text) > 80:
            return False
        if k < i and _ATTACHMENT.match(text) and annex_number(text) is None:
            return True
        if paragraphs[k].marker is None:
            return False
    return False


def number_facts(text: str) -> tuple[str, str | None]:
    """The 文号 of its line, and the date that may stand behind it (苏政发〔2009〕1号 2009年1月5日)."""
    found = _NUMBER_DATE.fullmatch(text)
    return (found["number"], found["date"]) if found else (text, None)


def signature_facts(text: str) -> tuple[list[str], str | None]:
    """Issuers and date of a signature line. 代章 is no issuer."""
    date = None
    found = _SIGNED_DATE.fullmatch(text.strip())
    if found:
        text, date = found["name"], found["date"]
    if re.search("（[^（）]*代章[^（）]*）", text) and not re.search("（[^（）]+代章）", text):
        return [], date
    text = re.sub("（[^（）]*代章[^（）]*）", "", text).strip()
    names = [n.strip() for n in re.split(r" +|、", text) if n.strip()]
    if len(names) > 1 and not all(len(n) >= 3 and looks_like_agency(n) for n in names):
        names = [text.replace(" ", "")]
    return names, date
