"""Word files: automatic numbers as Word shows them, tracked changes, tables, notes; files that must be refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from forms import W, docx, lvl, numbering, p
from ipplan import ReadError
from ipplan.read import read_bytes
from ipplan.read.numerals import number_text
from ipplan.text import SourceText


def read(body: str, **parts: str) -> SourceText:
    return read_bytes(docx(body, **parts), "plan.docx")


def shown(body: str, numbering_xml: str, **parts: str) -> list[str]:
    return read(body, numbering=numbering_xml, **parts).raw.splitlines()


# Numbers


@pytest.mark.parametrize(
    ("format", "values", "texts"),
    [
        ("decimal", (1, 10), ("1", "10")),
        ("decimalZero", (3, 12), ("03", "12")),
        ("chineseCounting", (1, 10, 11, 20, 99), ("一", "十", "十一", "二十", "九十九")),
        ("chineseCountingThousand", (21, 100, 101, 110, 1001), ("二十一", "一百", "一百零一", "一百一十", "一千零一")),
        ("japaneseCounting", (1, 12, 100), ("一", "十二", "百")),
        ("ideographTraditional", (1, 10, 11), ("甲", "癸", "11")),
        ("ideographZodiac", (1, 12), ("子", "亥")),
        ("ideographDigital", (1, 10, 23), ("一", "一〇", "二三")),
        ("decimalEnclosedCircle", (1, 20, 21), ("①", "⑳", "21")),
        ("decimalEnclosedCircleChinese", (2,), ("②",)),
        ("decimalEnclosedParen", (2,), ("⑵",)),
        ("decimalFullWidth", (12,), ("１２",)),
        ("chineseLegalSimplified", (10, 21), ("壹拾", "贰拾壹")),
        ("ideographLegalTraditional", (2, 13), ("貳", "壹拾參")),
        ("lowerLetter", (1, 26, 27), ("a", "z", "aa")),
        ("upperLetter", (2,), ("B",)),
        ("lowerRoman", (4, 9, 14), ("iv", "ix", "xiv")),
        ("upperRoman", (2024,), ("MMXXIV",)),
        ("none", (1,), ("",)),
        ("hindiVowels", (3,), ("3",)),
    ],
)
def test_number_formats(format: str, values: tuple[int, ...], texts: tuple[str, ...]) -> None:
    assert tuple(number_text(value, format) for value in values) == texts


PLAN = (
    lvl(0, "chineseCounting", "%1、")
    + lvl(1, "chineseCounting", "（%2）")
    + lvl(2, "decimal", "%3．")
    + lvl(3, "decimal", "（%4）")
    + lvl(4, "decimalEnclosedCircle", "%5")
)


def test_levels_count_and_start_anew() -> None:
    levels = (0, 1, 1, 2, 2, 3, 4, 4, 1, 2, 0, 1)
    body = "".join(p("题", 1, level) for level in levels)
    assert "".join(line.removesuffix("题") + " " for line in shown(body, numbering(PLAN))) == (
        "一、 （一） （二） 1． 2． （1） ① ② （三） 1． 二、 （一） "
    )


def test_chapters_and_articles() -> None:
    articles = lvl(0, "chineseCountingThousand", "第%1章", suffix="space") + lvl(
        1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>', suffix="tab"
    )
    body = p("总则", 1, 0) + p("为规范。", 1, 1) + p("适用。", 1, 1) + p("附则", 1, 0) + p("解释。", 1, 1)
    assert shown(body, numbering(articles)) == [
        "第一章 总则",
        "第一条 为规范。",
        "第二条 适用。",
        "第二章 附则",
        "第三条 解释。",
    ]


def test_restart_only_after_a_given_level() -> None:
    levels = (
        lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%2)") + lvl(2, "lowerLetter", "%3", '<w:lvlRestart w:val="1"/>')
    )
    body = "".join(p("", 1, level) for level in (0, 1, 2, 1, 2, 0, 1, 2))
    assert shown(body, numbering(levels)) == ["1.", "1)", "a", "2)", "b", "2.", "1)", "a"]


def test_joined_levels_and_legal_style() -> None:
    levels = (
        lvl(0, "chineseCounting", "%1、") + lvl(1, "decimal", "%1.%2", "<w:isLgl/>") + lvl(2, "decimal", "%1.%2.%3")
    )
    body = p("甲", 1, 0) + p("乙", 1, 1) + p("丙", 1, 1) + p("丁", 1, 2)
    assert shown(body, numbering(levels)) == ["一、甲", "1.1乙", "1.2丙", "一.2.1丁"]


def test_level_used_before_the_one_above_it() -> None:
    body = p("乙", 1, 1) + p("甲", 1, 0)
    assert shown(body, numbering(lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%1.%2"))) == ["1.1乙", "2.甲"]


def test_two_numbers_of_one_list_count_on() -> None:
    again = '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    body = p("", 1, 0) + p("正文") + p("", 7, 0)
    assert shown(body, numbering(PLAN, nums=again)) == ["一、", "正文", "二、"]


def test_start_override_counts_once() -> None:
    again = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = p("", 1, 0) + p("", 1, 0) + p("", 7, 0) + p("", 7, 0)
    assert shown(body, numbering(PLAN, nums=again)) == ["一、", "二、", "一、", "二、"]


def test_level_override() -> None:
    letters = lvl(0, "upperLetter", "%1)")
    other = (
        f'<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{letters}</w:lvlOverride></w:num>'
    )
    assert shown(p("", 1, 0) + p("", 7, 0), numbering(PLAN, nums=other)) == ["一、", "B)"]


def style(name: str, inner: str, kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}">{inner}</w:style>'


def in_list(num: int) -> str:
    return f'<w:pPr><w:numPr><w:numId w:val="{num}"/></w:numPr></w:pPr>'


STYLES = (
    f"<w:styles {W}>"
    + style("H1", in_list(1))
    + style("H2", '<w:basedOn w:val="H1"/>')
    + style("H2x", '<w:basedOn w:val="H2"/>')
    + style("Plain", '<w:basedOn w:val="H1"/>' + in_list(0))
    + style("List", in_list(1), "numbering")
    + "</w:styles>"
)


def test_numbers_from_styles() -> None:
    levels = lvl(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>') + lvl(
        1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'
    )
    body = (
        p("甲", style="H1")
        + p("乙", style="H2")
        + p("丙", style="H2x")
        + p("丁", style="Plain")
        + p("戊", 0, style="H1")
    )
    assert shown(body, numbering(levels), styles=STYLES) == ["一、甲", "（一）乙", "（二）丙", "丁", "戊"]


def test_numbering_style_link() -> None:
    link = '<w:numStyleLink w:val="List"/>'
    body = p("甲", 2, 0) + p("乙", 2, 1) + p("丙", 2, 0)
    assert shown(body, numbering(PLAN, link), styles=STYLES) == ["一、甲", "（一）乙", "二、丙"]
    assert shown(body + p("丁", 1, 0), numbering(PLAN, link), styles=STYLES)[-1] == "三、丁"  # one list, two ways in


def test_bullets_and_fixed_text() -> None:
    body = p("甲", 1, 0) + p("乙", 1, 1) + p("丙", 1, 2)
    levels = lvl(0, "bullet", "\uf06c", suffix="tab") + lvl(1, "bullet", "\uf0ff") + lvl(2, "none", "附注：")
    assert shown(body, numbering(levels)) == ["● 甲", "•乙", "附注：丙"]


@pytest.mark.parametrize("broken", ["", f"<w:numbering {W}/>", f'<w:numbering {W}><w:num w:numId="1"/></w:numbering>'])
def test_broken_numbering_gives_no_number(broken: str) -> None:
    parts = {"numbering": broken} if broken else {}
    assert read(p("甲", 1, 0), **parts).raw == "甲\n"


# Text


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_tracked_changes() -> None:
    body = (
        f"<w:p>{r('推进')}<w:ins>{r('知识产权')}</w:ins><w:del><w:r><w:delText>专利</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('移走')}</w:moveFrom><w:moveTo>{r('移来')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前半')}</w:p>{p('后半')}"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>全删</w:delText></w:r></w:del></w:p>"
    )
    assert read(body + p("尾")).raw == "推进知识产权移来\n前半后半\n尾\n"


def test_content_controls_fields_and_signs() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
        f"<w:p><w:smartTag>{r('行')}</w:smartTag><w:r><w:br/><w:t>新</w:t><w:tab/><w:t>制表</w:t><w:noBreakHyphen/></w:r>"
        f"<w:hyperlink>{r('链接')}</w:hyperlink><w:r><w:instrText>PAGEREF</w:instrText></w:r>"
        "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
    )
    source = read(body)
    assert source.raw == "控件\n行\n新\t制表-链接☑\n"
    assert "2 character(s) of hidden text" in source.notes[0].message


def test_text_boxes_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    body = (
        f"<w:p {mc}>{r('锚')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read(body + p("尾")).raw == "锚\n框中\n尾\n"


def test_notes_headers_and_comments() -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
        f'<w:footnote w:id="2">{p("脚注")}</w:footnote></w:footnotes>'
    )
    body = f"<w:p>{r('正文')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>" + p("下段")
    source = read(
        body,
        footnotes=notes,
        header1=f"<w:hdr {W}>{p('页眉')}</w:hdr>",
        comments=f"<w:comments {W}>{p('批注')}</w:comments>",
    )
    assert source.raw == "正文\n脚注\n下段\n"
    assert [(n.code, n.message) for n in source.notes] == [
        ("IPP106", "comments left out (2 characters): 批注"),
        ("IPP106", "page header left out (2 characters): 页眉"),
    ]


def test_paragraphs_keep_their_numbers() -> None:
    source = read(p("甲") + p("") + p("乙") + p("丙"))
    assert source.raw == "甲\n\n乙\n丙\n"
    assert source.paragraph_starts == (0, 2, 3, 5)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def test_table() -> None:
    body = table(
        (cell("指标", '<w:vMerge w:val="restart"/>'), cell("年份", '<w:gridSpan w:val="2"/>')),
        (cell("", "<w:vMerge/>"), cell("2020年"), cell("2025年")),
        (cell(p("每万人口") + p("发明专利")), cell("10"), cell(table((cell("11"), cell("12"))))),
    )
    source = read(p("前") + body + p("后"))
    assert source.raw == "前\n指标\t年份\n2020年\t2025年\n每万人口 发明专利\t10\t11 12\n后\n"
    (found,) = source.tables
    assert [(c.columns, c.rows) for c in found.rows[0]] == [(2 - 1, 2), (2, 1)]
    assert [[source.raw[c.start : c.end] for c in row] for row in found.rows][2] == ["每万人口 发明专利", "10", "11 12"]


def test_frame_around_the_text_is_no_table() -> None:
    source = read(table((cell(p("一、总体要求") + p("推进建设。")),)))
    assert source.raw == "一、总体要求\n推进建设。\n"
    assert not source.tables


# What is refused


def zipped(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(docx(p("文")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TYPES = {"[Content_Types].xml": "<x/>"}
DTD = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]><w:document xmlns:w="x"/>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (docx(p("文"), numbering=" " * (201 * 2**20)), "unpacks to more than 200 MiB"),
        (docx(p("文"), numbering=" " * (30 * 2**20)), "300 to 1"),
        (zipped(**TYPES, **{f"word/{i}": "" for i in range(5001)}), "5000"),
        (zipped(**TYPES, **{"word/document.xml": DTD}), "DTD"),
        (zipped(**TYPES, **{"word/document.xml": "<w"}), "damaged part word/document.xml"),
        (zipped(**TYPES, **{"word/document.xml": "<x/>"}), "no body"),
        (zipped(**TYPES, **{"word/other.xml": "<x/>"}), "no main part"),
        (zipped(**TYPES, **{"word/document.xml": "<x/>", "word/vbaProject.bin": b"x"}), "macros"),
        (docx("<w:sdt>" * 3000 + "</w:sdt>" * 3000), "damaged part"),
        (docx(p("")), "without text"),
        (docx(p("文"))[:400], "damaged zip"),
        (encrypted(), "encrypted"),
        (zipped(**TYPES, **{"xl/workbook.xml": "x"}), "spreadsheet"),
        (zipped(**{"a.txt": "x"}), "ipplan batch"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "no Word document is found"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word) as error:
        read_bytes(data, "plan.docx")
    assert "\n" not in str(error.value)
