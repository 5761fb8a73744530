"""Heads of documents whose line breaks are lost."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import parse
from ipplan.parse.heads import head_cuts, split_bodies
from ipplan.text import fold

ISSUERS = ["南通市人民政府办公室", "国务院办公厅", "泰州市市场监督管理局", "江苏省知识产权局", "阿坝州人民政府"]
LETTERS = ["通政办发", "国办发", "泰市监", "苏知发", "阿府发"]
TITLES = [
    "知识产权强市建设实施方案",
    "“十四五”数字经济发展规划",
    "2024年专利转化运用专项行动工作方案",
    "营商环境优化若干措施",
]
ADDRESSED = [
    "各省、自治区、直辖市人民政府，国务院各部委、各直属机构",
    "各县（市、区）人民政府，市各委、办、局，市各直属单位",
    "各有关单位",
    "省有关部门、单位",
    "市市场监管局、市财政局，各园区管委会",
]
BODY = (
    "为深入贯彻党中央、国务院决策部署，结合实际，制定本方案。{b}一、总体要求{b}坚持新发展理念，深化改革创新，全面提升治理能力和治理水平。{b}二、主要任务{b}"
    "（一）强化创造。到2025年，有效发明专利拥有量达1.2万件。{b}（二）促进运用。质押融资额达20亿元。{b}三、保障措施{b}加强组织领导，压实各方责任，建立市知识产权工作联席会议制度，定期研究解决重大问题，"
    "确保各项任务落到实处。强化督查考核，将知识产权工作纳入年度目标管理，对成效明显的单位和个人给予表扬。"
)


@given(st.randoms(use_true_random=False))
def test_a_head_on_one_line_says_the_same(rng: Random) -> None:
    issuer, letters = rng.choice(list(zip(ISSUERS, LETTERS, strict=True)))
    title, addressed = rng.choice(TITLES), rng.choice(ADDRESSED)
    year, number = rng.randint(2015, 2026), rng.randint(1, 120)
    day = dt.date(year, rng.randint(1, 12), rng.randint(1, 28))
    left, right = rng.choice(["〔〕", "[]", "（）", "()"])
    signed = f"{issuer}{year}年{day.month}月{day.day}日"
    parts = [
        f"{issuer}文件" if rng.random() < 0.5 else "",
        f"{letters}{left}{year}{right}{number}号",
        f"{issuer}关于印发《{title}》的通知",
        addressed + rng.choice("：:"),
        f"现将《{title}》印发给你们，请认真贯彻执行。",
        signed,
        rng.choice(["（此件公开发布）", ""]),
        title,
        BODY,
    ]
    texts = [
        "".join(parts).format(b=""),
        "\n".join(filter(None, parts)).format(b="\n"),
        "\n".join(["".join(parts[:3]), "".join(parts[3:7]), *parts[7:]]).format(b="\n"),
    ]
    for text in texts:
        plan = parse(text)
        meta = plan.meta
        assert meta.title == title, text
        assert meta.doc_number == f"{letters}〔{year}〕{number}号", text
        assert meta.issuers == [issuer], text
        assert meta.issued_on == day, text
        assert meta.recipients, text
        assert meta.recipients == parse(texts[1]).meta.recipients
        assert len(text) > 300
        assert [s.title for s in plan.sections if s.id != "0"] == ["总体要求", "主要任务", "保障措施"], text


@pytest.mark.parametrize(
    "line",
    [
        "根据《国务院办公厅关于印发方案的通知》（国办发〔2020〕43号）要求，各地要做好以下工作：",
        "按照国务院关于印发纲要的通知精神，各县（市、区）要落实以下任务：第一，加强领导。",
        "会议于2024年5月31日在南通市召开，各有关单位参加。",
        "截至2024年5月31日，全市有效发明专利拥有量达2万件。",
        "各地区、各部门要把知识产权工作摆上重要位置，重点做到：加强领导。",
    ],
)
def test_sentences_are_not_cut(line: str) -> None:
    assert head_cuts(fold(line), 0, len(line)) == []


def test_bodies_run_together() -> None:
    assert split_bodies("陕西省发展和改革委员会陕西省林业局") == ["陕西省发展和改革委员会", "陕西省林业局"]
    assert split_bodies("山东省住房和城乡建设厅山东省住房和城乡建设厅") == ["山东省住房和城乡建设厅"]
    assert split_bodies("南通市人民政府办公室") == ["南通市人民政府办公室"]
    assert split_bodies("南通市市场监督管理局") == ["南通市市场监督管理局"]
