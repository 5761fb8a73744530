"""Diagnostics: the table of permanent codes, and the note a reader or parser leaves.

What is wrong with the input is a value with a place, never an exception. A code never changes its meaning; a code that
is no longer used is never given out again.
"""

from __future__ import annotations

from typing import Literal

from ipplan.records import record


@record(frozen=True)
class Note:
    """One finding, before its line is looked up: ``code`` of :data:`CODES`, half-open source span or ``None``."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None
    section: str | None = None


@record(frozen=True)
class Code:
    """A permanent diagnostic code with what it means, how to mend it, and a wrong and a right example."""

    code: str
    severity: Literal["error", "warning", "info"]
    name: str
    meaning: str
    wrong: str | bytes
    right: str


_PLAN = "某市知识产权工作方案\n一、总体要求\n（一）指导思想。以服务发展为导向，推进知识产权强市建设。\n"

#: Every code, in order. ``wrong`` is a text that raises the code, ``right`` one that does not; a test runs both.
CODES: tuple[Code, ...] = (
    Code(
        "IPP001",
        "warning",
        "replaced bytes",
        "Some bytes could not be decoded; each stands in the text as U+FFFD. Give the right encoding with --encoding, "
        "or ask for a clean copy of the file.",
        _PLAN.encode() + b"\xff\xfe\xff" + "二、重点任务\n".encode(),
        _PLAN + "二、重点任务\n",
    ),
    Code(
        "IPP002",
        "warning",
        "garbage text",
        "The text looks like the wrong encoding or a broken text layer: few of its characters are Chinese characters "
        "in use. What was read from it is not to be trusted.",
        "锟斤拷锟斤拷烫烫烫锟斤拷锟斤拷锟斤拷屯屯屯锟斤拷锟斤拷\n" * 6,
        _PLAN,
    ),
    Code(
        "IPP003",
        "info",
        "control characters",
        "Control characters (NUL, backspace, …) stand in the text. They are kept in the source text and left out of "
        "what is read.",
        _PLAN.replace("导向", "导\x00向"),
        _PLAN,
    ),
    Code(
        "IPP004",
        "info",
        "traditional characters",
        "The text is written in traditional characters. Text, titles, quotes and spans stay as they are written; words "
        "are matched, and names of agencies, units and verbs are given, in their simplified forms.",
        "某市知識產權工作方案\n一、總體要求\n（一）指導思想。以服務發展為導向，推進知識產權強市建設。\n",
        _PLAN,
    ),
    Code(
        "IPP005",
        "warning",
        "traditional characters not matched",
        "The text is written in traditional characters, and the library that knows their simplified forms is not "
        "installed: agencies, roles, targets and indicators are missed. pip install 'ipplan[traditional]'.",
        "某市知識產權工作方案\n一、總體要求\n（一）指導思想。以服務發展為導向，推進知識產權強市建設。\n",
        _PLAN,
    ),
    Code(
        "IPP101",
        "info",
        "healed page break",
        "A sentence was broken by a page break (blank lines, a page number) and has been put together again.",
        _PLAN
        + "（二）目标。到2025年，建成知识产权强市，全市知识产权创造、\n\n— 2 —\n\n运用、保护、管理水平全面提升。\n",
        _PLAN + "（二）目标。到2025年，建成知识产权强市，全市知识产权创造、运用、保护、管理水平全面提升。\n",
    ),
    Code(
        "IPP102",
        "info",
        "joined lines",
        "The text is wrapped at a fixed width; its lines were joined into paragraphs.",
        "某市知识产权工作方案\n一、总体要求\n以服务高质量发展为导向，推进知识产权强\n"
        "市建设，完善政策体系，优化服务供给，健\n全工作机制，提升知识产权创造质量，加大\n"
        "知识产权保护力度，促进知识产权转化运用\n，为全市经济社会高质量发展提供有力支撑\n。\n",
        _PLAN,
    ),
    Code(
        "IPP103",
        "info",
        "dropped furniture",
        "Page numbers, ruled lines, navigation and the like are not part of the plan and were left out.",
        _PLAN + "— 1 —\n二、重点任务\n",
        _PLAN + "二、重点任务\n",
    ),
    Code(
        "IPP104",
        "info",
        "table of contents",
        "A table of contents (目录) was recognised and not read a second time.",
        "某市知识产权规划\n目录\n一、总体要求……1\n二、重点任务……2\n三、保障措施……3\n一、总体要求\n推进建设。\n二、重点任务\n"
        "加强保护。\n三、保障措施\n加强领导。\n",
        _PLAN,
    ),
    Code(
        "IPP106",
        "info",
        "dropped page part",
        "A part of a web page, of a Word file or of a PDF that is not the document's text was left out: navigation, "
        "share buttons, footer; page headers, footers, page numbers, watermarks, pages that are images.",
        (
            "<html><body><div class='nav'><a href='/'>首页</a> <a href='/x'>信息公开</a></div><div id='zoom'>"
            + "".join(f"<p>{line}</p>" for line in _PLAN.split())
            + "</div></body></html>"
        ).encode(),
        _PLAN,
    ),
    Code(
        "IPP201",
        "warning",
        "unmatched bracket",
        "A bracket is opened and never closed, closed too early or closed without having been opened.",
        _PLAN + "（二）工作。加强保护（含专利、商标。\n",
        _PLAN + "（二）工作。加强保护（含专利、商标）。\n",
    ),
    Code(
        "IPP202",
        "warning",
        "repeated number",
        "Two sections at the same place have the same number; the later one's id ends in ~2, ~3 …",
        "某市知识产权工作方案\n一、总体要求\n推进建设。\n一、重点任务\n加强保护。\n",
        "某市知识产权工作方案\n一、总体要求\n推进建设。\n二、重点任务\n加强保护。\n",
    ),
    Code(
        "IPP203",
        "warning",
        "skipped number",
        "The numbers of sections at the same place leave a gap: a section is missing or misnumbered.",
        "某市知识产权工作方案\n一、总体要求\n推进建设。\n三、重点任务\n加强保护。\n",
        "某市知识产权工作方案\n一、总体要求\n推进建设。\n二、重点任务\n加强保护。\n",
    ),
    Code(
        "IPP204",
        "info",
        "unknown marker",
        "Lines begin with a sign or letter that looks like a list marker but is not a numbered one; they stay text.",
        _PLAN + "▲加强保护。\n▲促进运用。\n",
        _PLAN + "（二）加强保护。\n（三）促进运用。\n",
    ),
    Code(
        "IPP205",
        "warning",
        "no sections",
        "No numbered heading was found; the whole text is section 0.",
        "某市知识产权工作要点\n加强知识产权保护，促进知识产权运用。\n",
        _PLAN,
    ),
    Code(
        "IPP301",
        "warning",
        "no title",
        "No title was found above the first section.",
        "一、总体要求\n推进知识产权建设。\n二、重点任务\n加强保护。\n",
        _PLAN,
    ),
    Code(
        "IPP302",
        "info",
        "no document number",
        "The document states no 文号 of its own.",
        _PLAN,
        "某政办发〔2024〕1号\n" + _PLAN,
    ),
    Code(
        "IPP303",
        "info",
        "no date",
        "The document states no 成文日期.",
        _PLAN,
        _PLAN + "某市人民政府\n2024年5月31日\n",
    ),
    Code(
        "IPP304",
        "warning",
        "impossible date",
        "A date stands in the source that does not exist (2024年13月45日); it was not read.",
        _PLAN + "（二）目标。到2024年13月45日完成建设任务。\n",
        _PLAN + "（二）目标。到2024年12月31日完成建设任务。\n",
    ),
    Code(
        "IPP305",
        "info",
        "region not settled",
        "The place named by the issuer or title is not in the table of divisions, or several places bear its name.",
        "鼓楼区知识产权工作方案\n一、总体要求\n推进知识产权建设。\n",
        "南京市鼓楼区知识产权工作方案\n一、总体要求\n推进知识产权建设。\n",
    ),
    Code(
        "IPP401",
        "warning",
        "unreadable number",
        "What stands where a number is expected cannot be read as one (too many digits); no target was made of it.",
        _PLAN + "（二）目标。发明专利拥有量达" + "9" * 60 + "件。\n",
        _PLAN + "（二）目标。发明专利拥有量达900件。\n",
    ),
    Code(
        "IPP402",
        "info",
        "table not read",
        "A table of indicators stands here, but which of its cells is name and which is value is not sure (cells run "
        "together, rows that do not keep to the head). It is kept as text; no target was made of it.",
        _PLAN
        + "（二）目标。主要指标见专栏。\n指标2020年2025年属性1发明专利拥有量（件）100200预期性2商标（件）5070预期性\n",
        _PLAN + "（二）目标。主要指标见专栏。\n指标\t2020年\t2025年\t属性\n发明专利拥有量（件）\t100\t200\t预期性\n",
    ),
    Code(
        "IPP404",
        "info",
        "unknown indicator",
        "The vocabulary has no indicator that this name surely means; its indicator_id is null. Add it to a vocabulary "
        "of your own (--vocab) if you want to compare it.",
        _PLAN + "（二）目标。示范点位累计挂牌数达30处。\n",
        _PLAN + "（二）目标。有效发明专利拥有量达900件。\n",
    ),
    Code(
        "IPP601",
        "warning",
        "phase ends before it begins",
        "The dates of a phase (阶段) run backwards; they stand in the plan as they were written.",
        _PLAN + "二、实施步骤\n（一）启动阶段（2024年7月—2024年1月）。部署工作，制定方案。\n",
        _PLAN + "二、实施步骤\n（一）启动阶段（2024年1月—2024年7月）。部署工作，制定方案。\n",
    ),
)

BY_CODE: dict[str, Code] = {c.code: c for c in CODES}
