"""Facts about the document."""

from __future__ import annotations

import datetime as dt

import pytest

from ipplan import Meta, parse

BODY = "一、总体要求\n推进知识产权强市建设。\n二、重点任务\n加强知识产权保护。\n"

RED_HEAD = (
    "泰州市人民政府办公室文件\n泰政办发〔2024〕18号\n"
    "市政府办公室关于印发泰州市知识产权强市建设工作方案的通知\n"
    "各县（市、区）人民政府，泰州医药高新区管委会，市各委、办、局，市各直属单位：\n"
    "《泰州市知识产权强市建设工作方案》已经市政府同意，现印发给你们，请认真组织实施。\n"
    "泰州市人民政府办公室\n2024年5月31日\n（此件公开发布）\n"
    "泰州市知识产权强市建设工作方案\n根据上级要求，结合我市实际，制定本方案。\n" + BODY
)


def meta(text: str) -> Meta:
    return parse(text).meta


def test_red_head_with_notice_and_plan() -> None:
    m = meta(RED_HEAD)
    assert m.title == "泰州市知识产权强市建设工作方案"
    assert m.doc_number == "泰政办发〔2024〕18号"
    assert m.issuers == ["泰州市人民政府办公室"]
    assert m.recipients == ["各县（市、区）人民政府", "泰州医药高新区管委会", "市各委、办、局", "市各直属单位"]
    assert m.issued_on == dt.date(2024, 5, 31)
    assert m.status == "issued"
    assert m.region is not None
    assert (m.region.name, m.region.code, m.region.level) == ("泰州市", "321200", "city")
    assert m.citations == []
    plan = parse(RED_HEAD)
    assert plan.sections[0].text == ["根据上级要求，结合我市实际，制定本方案。"]


def test_notice_without_a_title_of_the_plan() -> None:
    m = meta(
        "某省知识产权局关于印发《某省知识产权保护行动计划（2022—2025年）》的通知\n各市知识产权局：\n"
        "现将《某省知识产权保护行动计划（2022—2025年）》印发给你们，请认真贯彻执行。\n" + BODY
    )
    assert m.title == "某省知识产权保护行动计划（2022—2025年）"
    assert m.recipients == ["各市知识产权局"]
    assert m.period is not None
    assert (m.period.start, m.period.end) == (dt.date(2022, 1, 1), dt.date(2025, 12, 31))
    assert m.citations == []


def test_web_page_head() -> None:
    m = meta(
        "索 引 号：014321/2024-00018\n发文日期：2024年6月3日\n信息来源：宿城区政府办\n"
        "发文字号：宿区政发〔2024〕19号\n宿城区知识产权工作方案\n" + BODY
    )
    assert m.index_number == "014321/2024-00018"
    assert m.doc_number == "宿区政发〔2024〕19号"
    assert m.published_on == dt.date(2024, 6, 3)
    assert m.issued_on == dt.date(2024, 6, 3)
    assert m.title == "宿城区知识产权工作方案"


def test_letter_spaced() -> None:
    m = meta("宿 城 区 知 识 产 权 工 作 方 案\n" + BODY + "宿 城 区 人 民 政 府\n2 0 2 4 年 5 月 3 1 日\n")
    assert m.title == "宿城区知识产权工作方案"
    assert m.issuers == ["宿城区人民政府"]


def test_title_over_several_lines() -> None:
    assert meta("泰州市国家知识产权强市建设\n试点城市工作方案\n（2024—2026年）\n" + BODY).title is not None
    assert (
        meta("泰州市国家知识产权强市建设\n试点城市工作方案\n" + BODY).title
        == "泰州市国家知识产权强市建设试点城市工作方案"
    )


@pytest.mark.parametrize("note", ["征求意见稿", "公开征求意见稿", "讨论稿", "送审稿"])
@pytest.mark.parametrize("form", ["某市知识产权规划（{}）\n", "某市知识产权规划\n（{}）\n"])
def test_draft(note: str, form: str) -> None:
    m = meta(form.format(note) + BODY)
    assert (m.title, m.status) == ("某市知识产权规划", "draft")


@pytest.mark.parametrize(
    "names",
    ["泰州市市场监督管理局 泰州市财政局", "泰州市市场监督管理局　　泰州市财政局", "泰州市市场监督管理局\n泰州市财政局"],
)
def test_two_issuers(names: str) -> None:
    assert meta(f"某市知识产权工作方案\n{BODY}{names}\n2024年5月31日\n").issuers == [
        "泰州市市场监督管理局",
        "泰州市财政局",
    ]


@pytest.mark.parametrize(
    "date",
    [
        "2024年5月31日",
        "２０２４年５月３１日",
        "二○二四年五月三十一日",
        "二〇二四年五月三十一日",
        "2024 年 5 月 31 日",
        "2024年05月31日",
    ],
)
def test_signed_date(date: str) -> None:
    m = meta(f"某市知识产权工作方案\n{BODY}某市人民政府\n{date}\n")
    assert m.issued_on == dt.date(2024, 5, 31)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("泰政办发〔2024〕18号", "泰政办发〔2024〕18号"),
        ("泰政办发（2024）18号", "泰政办发〔2024〕18号"),
        ("泰政办发[2024] 18 号", "泰政办发〔2024〕18号"),
        ("苏知发〔2022〕5号", "苏知发〔2022〕5号"),
    ],
)
def test_document_number(written: str, number: str) -> None:
    assert meta(f"{written}\n某市知识产权工作方案\n{BODY}").doc_number == number


def test_the_number_of_a_cited_document_is_not_the_plans_own() -> None:
    m = meta("某市知识产权工作方案\n根据《知识产权强国建设纲要》（中发〔2021〕15号）制定本方案。\n" + BODY)
    assert m.doc_number is None
    assert [(c.title, c.doc_number) for c in m.citations] == [("知识产权强国建设纲要", "中发〔2021〕15号")]


def test_citations_once_and_in_order() -> None:
    m = meta(
        "某市知识产权工作方案\n根据《专利法》《商标法》《某省知识产权条例》和《专利法》，编制《某市年鉴》，制定本方案。\n"
        + BODY
        + "落实《某市知识产权工作方案》。\n"
    )
    assert [c.title for c in m.citations] == ["专利法", "商标法", "某省知识产权条例"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("附件：1.任务分工表\n　　　2.联系名单\n", ["任务分工表", "联系名单"]),
        ("附件：任务分工表\n", ["任务分工表"]),
        ("附件:1．任务分工表 2．联系名单\n", ["任务分工表", "联系名单"]),
    ],
)
def test_attachments(text: str, want: list[str]) -> None:
    m = meta(f"某市知识产权工作方案\n{BODY}{text}某市人民政府\n2024年5月31日\n")
    assert m.attachments == want


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("江苏省知识产权工作方案", ("江苏省", "320000", "province")),
        ("上海市知识产权工作方案", ("上海市", "310000", "province")),
        ("泰州市知识产权工作方案", ("泰州市", "321200", "city")),
        ("泰兴市知识产权工作方案", ("泰兴市", "321283", "county")),
        ("南京市鼓楼区知识产权工作方案", ("鼓楼区", "320106", "county")),
        ("上海市浦东新区知识产权工作方案", ("浦东新区", "310115", "county")),
        ("关于加强泰州市知识产权工作的方案", ("泰州市", "321200", "city")),
    ],
)
def test_region(title: str, region: tuple[str, str, str]) -> None:
    found = meta(f"{title}\n{BODY}").region
    assert found is not None
    assert (found.name, found.code, found.level) == region


def test_zone_has_no_code_of_its_own() -> None:
    found = meta(f"苏州工业园区知识产权工作方案\n{BODY}").region
    assert found is not None
    assert (found.name, found.code, found.level) == ("苏州工业园区", None, "zone")


def test_ambiguous_place_is_not_guessed() -> None:
    plan = parse(f"鼓楼区知识产权工作方案\n{BODY}")
    assert plan.meta.region is None or plan.meta.region.code is None
    assert "IPP305" in [d.code for d in plan.diagnostics]


@pytest.mark.parametrize(
    ("title", "text", "period"),
    [
        ("某市知识产权方案（2022—2025年）", "", ("2022-01-01", "2025-12-31")),
        ("某市知识产权方案（2022-2025年）", "", ("2022-01-01", "2025-12-31")),
        ("某市“十四五”知识产权规划", "", ("2021-01-01", "2025-12-31")),
        ("某市知识产权方案", "试点期内（2024年1月—2026年12月），全面推进。", ("2024-01-01", "2026-12-31")),
        ("某市知识产权办法", "本办法自发布之日起施行，有效期至2027年12月31日。", (None, "2027-12-31")),
        ("某市知识产权方案", "到2026年，全面建成知识产权强市。", None),
        ("某市知识产权方案", "", None),
    ],
)
def test_period(title: str, text: str, period: tuple[str | None, str] | None) -> None:
    found = meta(f"{title}\n{BODY}三、附则\n{text or '加强领导。'}\n").period
    if period is None:
        assert found is None
    else:
        assert found is not None
        assert (found.start and str(found.start), str(found.end)) == period


def test_nothing_is_made_up() -> None:
    m = meta("一、总体要求\n推进知识产权建设。\n")
    assert m == Meta()
