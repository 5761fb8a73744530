"""Web pages: what is text, what is a fact, what is left out; charsets; tables; hostile pages."""

from __future__ import annotations

import time

import pytest

from ipplan import ReadError, parse
from ipplan.read import read_bytes
from ipplan.text import SourceText

BODY = (
    "<p>某市知识产权工作方案</p><p>一、总体要求</p><p>以服务高质量发展为导向，推进知识产权强市建设，完善政策体系，健全工作机制。</p>"
    "<p>二、重点任务</p><p>（一）加强保护。健全保护体系，加大执法力度，建设保护中心，提升保护水平。</p>"
)
TEXT = (
    "某市知识产权工作方案\n一、总体要求\n以服务高质量发展为导向，推进知识产权强市建设，完善政策体系，健全工作机制。\n"
    "二、重点任务\n（一）加强保护。健全保护体系，加大执法力度，建设保护中心，提升保护水平。\n"
)


def read(html: str, name: str = "page.html", encoding: str = "utf-8") -> SourceText:
    return read_bytes(html.encode(encoding), name)


def told(source: SourceText) -> str:
    return "\n".join(note.message for note in source.notes if note.code == "IPP106")


# What is the document


def test_container_and_what_is_outside() -> None:
    source = read(
        f"<html><body><div class=nav><a href=/>首页</a></div><div id='zoom'>{BODY}</div>"
        "<div class=footer>主办单位：某市人民政府 网站标识码：3200000000</div></body></html>"
    )
    assert source.raw == TEXT
    assert "<div.nav> left out" in told(source)
    assert "主办单位" in told(source)
    assert len(source.notes) == 2


@pytest.mark.parametrize(
    "container",
    ["id=zoom", "id=UCAP-CONTENT", "class=TRS_Editor", "class='a pages_content'", "class=Article", "class=view"],
)
def test_containers(container: str) -> None:
    aside = "<div class=x><p>本站讯：某日召开了会议，研究部署了全市近期工作，提出了明确要求。</p></div>"
    assert read(f"<body>{aside}<div {container}>{BODY}</div></body>").raw == TEXT


def test_innermost_container_that_loses_nothing() -> None:
    page = f"<div class=content><h3>字体大小</h3><div class=article><div class=TRS_Editor>{BODY}</div></div></div>"
    assert read(page).raw == TEXT
    notice = "<p>各有关单位：</p><p>现将方案印发给你们，请结合实际，认真组织实施，及时报告情况。</p>"
    page = f"<div class=content>{notice}<div class=TRS_Editor>{BODY}</div></div>"
    assert read(page).raw.startswith("各有关单位：\n")


def test_two_editors_of_one_document() -> None:
    notice = "<p>一、请认真贯彻执行本方案，结合实际抓好落实，及时报告情况。</p>" * 3
    page = f"<body><div class=TRS_Editor>{notice}</div><hr><div class=TRS_Editor>{BODY}</div></body>"
    assert read(page).raw.count("\n") == 8


def test_sixty_lines_of_navigation_and_no_known_container() -> None:
    links = "".join(f"<li><a href=/{i}>政务公开栏目{i}</a></li>" for i in range(60))
    page = f"<body><div class=q1><ul>{links}</ul></div><div class=q2>{BODY}</div>"
    page += "<div class=q3><p>版权所有 某市政府</p></div>"
    source = read(page)
    assert source.raw == TEXT
    assert "政务公开栏目0" in told(source)


def test_navigation_inside_the_container() -> None:
    share = "<div class='bdsharebuttonbox'>分享到：<a href=#>微信</a></div>"
    links = "<ul>" + "".join(f"<li><a href=/{i}>相关文件{i}</a></li>" for i in range(8)) + "</ul>"
    source = read(f"<div id=zoom>{share}{BODY}{links}</div>")
    assert source.raw == TEXT
    assert "分享到" in told(source)
    assert "相关文件0" in told(source)


def test_title_in_a_part_that_is_named_like_furniture() -> None:
    title = BODY.partition("</p>")[0] + "</p>"
    page = f"<div id=zoom><div class=head>{title}</div><div class=tools>打印 关闭</div>{BODY.removeprefix(title)}</div>"
    assert read(page).raw == TEXT


def test_markup_of_old_word() -> None:
    page = (
        '<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" /><div class=TRS_Editor>'
        "<!--[if gte mso 9]><xml>设置</xml><![endif]--><p class=MsoNormal><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></p>"
    )
    word = BODY.replace("以服务", "<st1:chsdate w:st=on><span lang=EN-US>以<o:p></o:p></span></st1:chsdate>服务")
    assert read(page + word + "</div>").raw == TEXT


def test_whole_body_as_last_resort() -> None:
    assert read(f"<html><body>{BODY}</body></html>").raw == TEXT


def test_silent_parts_are_dropped_silently() -> None:
    source = read(
        f"<style>p{{}}</style><div id=zoom><script>一</script><!-- 二 --><div style='display: none'>三</div>"
        f"<span hidden>四</span><noscript>五</noscript>{BODY}</div>"
    )
    assert source.raw == TEXT
    assert not source.notes


# Lines


def test_lines_and_blanks() -> None:
    page = (
        "<div id=zoom><p>&nbsp;&nbsp;推进<b>知识</b>\n  <i>产权</i>强市。<br/>第二行 IP\nplan</p>"
        "<p>&nbsp;</p><div>三</div>" + BODY
    )
    assert read(page).raw.split("某市")[0] == "\u00a0\u00a0推进知识产权强市。\n第二行 IP plan\n\n三\n"


def test_br_only_in_nested_layout_tables() -> None:
    text = "<br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + line for line in TEXT.splitlines())
    page = (
        "<table><tr><td><a href=a>首页</a> <a href=b>公开</a> <a href=c>办事</a></td></tr><tr><td><table><tr><td>"
        f"<font size=3>{text}</font></td></tr></table></td></tr><tr><td>主办单位：某市政府</td></tr></table>"
    )
    assert read(page).raw.replace("\u00a0", "") == TEXT


def test_preformatted_and_numbered_lists() -> None:
    page = f"<div id=zoom>{BODY}<pre>甲\n  乙</pre><ol start=3><li>加强领导。</li><li>4. 强化考核。</li></ol></div>"
    assert read(page).raw == TEXT + "甲\n  乙\n3. 加强领导。\n4. 强化考核。\n"


# Tables


def test_data_table_keeps_its_cells() -> None:
    table = (
        "<table><tr><th rowspan=2>指标</th><th colspan=2>年份</th></tr><tr><td>2020年</td><td>2025年</td></tr>"
        "<tr><td><p>每万人口</p><p>发明专利</p></td><td>10</td><td></td></tr></table>"
    )
    source = read(f"<div id=zoom>{BODY}{table}<p>尾。</p></div>")
    assert source.raw == TEXT + "指标\t年份\n2020年\t2025年\n每万人口 发明专利\t10\t\n尾。\n"
    (found,) = source.tables
    cells = [[source.raw[c.start : c.end] for c in row] for row in found.rows]
    assert cells == [["指标", "年份"], ["2020年", "2025年"], ["每万人口 发明专利", "10", ""]]
    assert [(c.columns, c.rows) for c in found.rows[0]] == [(1, 2), (2, 1)]
    assert source.raw[found.start : found.end].startswith("指标\t")


def test_layout_tables_are_no_tables() -> None:
    source = read(f"<div id=zoom><table><tr><td>{BODY}</td></tr></table></div>")
    assert source.raw == TEXT
    assert not source.tables
    two = read(f"<div id=zoom><table><tr><td>左</td><td>{BODY}</td></tr><tr><td>左</td><td>右</td></tr></table></div>")
    assert not two.tables


def test_head_table_inside_the_text_is_no_data() -> None:
    head = "<table><tr><td>索引号</td><td>0011/22</td></tr><tr><td>文号</td><td>某政发〔2024〕1号</td></tr></table>"
    source = read(f"<div id=zoom>{head}{BODY}</div>")
    assert not source.tables
    assert source.raw.startswith("索引号：0011/22\n文号：某政发〔2024〕1号\n")


# Facts


def test_head_table_and_meta_names() -> None:
    page = (
        "<head><meta name=ArticleTitle content='市政府关于印发《某市知识产权工作方案》的通知'>"
        "<meta name=PubDate content='2024-01-02 10:00'>"
        "<meta name=ContentSource content='某市人民政府办公室'><title>信息公开</title></head><body>"
        "<table><tr><td>索 引 号：</td><td>0011/22</td><td>主题分类：</td><td>科技</td></tr>"
        "<tr><td>成文日期：</td><td>2024年01月01日</td></tr></table><ul><li><b>文号：</b>某政发〔2024〕1号</li></ul>"
        f"<p>发布日期：2024-01-03　浏览次数：5</p><div id=zoom>{BODY}</div></body>"
    )
    assert read(page).head == {
        "index_number": "0011/22",
        "issued_on": "2024年01月01日",
        "doc_number": "某政发〔2024〕1号",
        "published_on": "2024-01-03",
        "title": "某市知识产权工作方案",
        "issuer": "某市人民政府办公室",
    }
    meta = parse(page.encode()).meta
    assert (meta.index_number, meta.doc_number, str(meta.published_on)) == (
        "0011/22",
        "某政发〔2024〕1号",
        "2024-01-03",
    )


def test_the_plans_own_title_wins() -> None:
    page = f"<title>某市政府网站首页方案</title><body><h1>某市另一工作方案</h1><div id=zoom>{BODY}</div></body>"
    assert parse(page.encode()).meta.title == "某市知识产权工作方案"
    bare = BODY.removeprefix("<p>某市知识产权工作方案</p>")
    assert parse(f"<title>首页</title><h1>某市另一工作方案</h1><div id=zoom>{bare}</div>".encode()).meta.title == (
        "某市另一工作方案"
    )


# Charsets


@pytest.mark.parametrize(
    ("declared", "written", "reported"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gb18030", "gb18030"),
        ("gbk", "gb18030", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("", "gb18030", "gb18030"),
        ("iso-8859-1", "gb18030", "gb18030"),
        ("nonsense", "gb18030", "gb18030"),
        ("gb2312", "utf-16", "utf-16"),
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-16-le", "utf-16-le"),
    ],
)
def test_charset(declared: str, written: str, reported: str) -> None:
    meta = f"<meta http-equiv='Content-Type' content='text/html; charset={declared}'>" if declared else ""
    source = read(f"<html><head>{meta}</head><body><div id=zoom>{BODY}</div></body></html>", encoding=written)
    assert (source.raw, source.encoding) == (TEXT, reported)


def test_traditional_page_in_big5() -> None:
    page = "<meta charset=big5><body><p>一、總體要求</p><p>以服務高質量發展為導向，推進知識產權建設。</p>"
    assert "總體要求" in read(page, encoding="big5").raw


def test_bad_bytes_are_reported() -> None:
    source = read_bytes(f"<meta charset=gbk><div id=zoom>{BODY}".encode("gb18030") + b"\xff</div>", "x.html")
    assert [note.code for note in source.notes] == ["IPP001"]


# Content decides, and hostile pages


@pytest.mark.parametrize("name", ["plan.docx", "plan.txt", "plan.pdf", "-"])
def test_content_decides(name: str) -> None:
    assert read(f"<!-- saved -->\n<html><body>{BODY}", name).format == "html"


def test_ending_helps_where_the_content_leaves_it_open() -> None:
    assert read("某市<br>" + BODY, "x.html").format == "html"
    assert read("某市知识产权工作方案", "x.html").format == "txt"


@pytest.mark.parametrize(
    ("page", "word"),
    [
        (b"<div>" * 200_000 + b"x" + b"</div>" * 200_000, "nested more than"),
        (b"<html><body><script>var x</script></body></html>", "without text"),
        (b"<html><!--" * 50_000, "without text"),
        (b"<html></html>", "without text"),
    ],
)
def test_refused_in_one_line(page: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word) as error:
        read_bytes(page, "x.html")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>" * 600 + BODY,
        "<font>" * 1500 + BODY,
        f"<div {'a=b ' * 100_000}>{BODY}",
        BODY + "</span>" * 100_000,
        "<p>" * 100_000 + BODY,
        BODY + "&amp;" * 200_000,
        "<a href=x>链接</a>" * 20_000 + BODY,
    ],
)
def test_hostile_pages_are_read_in_time(page: str) -> None:
    start = time.process_time()
    assert "以服务高质量发展为导向" in read("<html><body>" + page).raw
    assert time.process_time() - start < 60


def test_external_entities_are_not_read() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body>{BODY}<p>&x;</p></body></html>'
    assert "&x;" in read(page).raw
