"""Names of indicators: every alias finds its own, near misses find nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from compare.gold import FIXTURES, NAMES
from ipplan.lexicon import HERE, source
from ipplan.lexicon.names import key
from ipplan.normalize.indicators import identify
from ipplan.normalize.nearest import nearest
from ipplan.normalize.vocabulary import builtin

ENTRIES: list[dict[str, Any]] = source("indicators")["indicators"]


def test_the_vocabulary_is_large_and_each_id_stands_once() -> None:
    ids = [entry["id"] for entry in ENTRIES]
    assert len(ids) == len(set(ids)) >= 120


def test_every_name_finds_its_own_indicator_with_and_without_unit() -> None:
    wrong = [
        (name, unit)
        for entry in ENTRIES
        for name in (entry["zh"], *entry["aliases"])
        for unit in (None, entry["unit"])
        if identify(name, unit=unit).id != entry["id"]
    ]
    assert wrong == []


def test_links_lead_to_indicators_that_exist() -> None:
    ids = {entry["id"] for entry in ENTRIES}
    assert [
        (e["id"], other) for e in ENTRIES for other in (*e.get("broader", []), *e.get("not", [])) if other not in ids
    ] == []


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("全市每万人口高价值发明专利拥有数量", {"unit": "件"}, "high_value_invention_patents_per_10k"),
        ("国家级知识产权示范优势企业数量", {"unit": "家"}, "national_ip_advantage_demo_enterprises"),
        ("国家知识产权优势(示范)企业", {"unit": "家"}, "national_ip_advantage_demo_enterprises"),
        ("律师事务所、评估机构等知识产权服务机构", {"unit": "家"}, "ip_service_agencies"),
        ("知识产权质押融资额", {"unit": "%", "basis": "growth"}, "ip_pledge_financing_growth"),
        ("知识产权质押融资额", {"unit": "元"}, "ip_pledge_financing_amount"),
        ("知识产权质押融资", {"unit": "项"}, "ip_pledge_financing_projects"),
        ("发明专利", {"unit": "件", "action": "授权"}, "invention_patents_granted"),
        ("发明专利", {"unit": "件"}, "invention_patents_in_force"),
        ("马德里商标", {"unit": "件", "action": "授权"}, "madrid_trademarks"),
        ("知识产权管理人员", {"unit": "人次", "action": "培训"}, "ip_training_person_times"),
        ("南通市有效发明专利拥有量", {"unit": "件"}, "invention_patents_in_force"),
        ("ＰＣＴ专利申请量", {"unit": "件"}, "pct_applications"),
        ("专利标准融台创新企业", {"unit": "家"}, "patent_standard_enterprises"),
    ],
)
def test_forms_of_a_name(name: str, given: dict[str, str], expected: str) -> None:
    assert identify(name, **given).id == expected


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("重点企业", {"unit": "家"}),
        ("“领跑者”", {"unit": "家"}),
        ("项目数", {"unit": "%", "basis": "growth"}),
        ("农民", {"unit": "人次", "action": "培训"}),
        ("技术经理人", {"unit": "人", "action": "培训"}),
        ("有效发明专利拥有量", {"unit": "元"}),
        ("知识产权质押融资额", {"unit": "家次"}),
        ("每百户企业有效发明专利覆盖率", {"unit": "%"}),
        ("区级知识产权示范企业", {"unit": "家"}),
        ("有效发明专利拥有量（不含国防专利）", {"unit": "件"}),
        ("", {}),
        ("、、", {"unit": "个"}),
    ],
)
def test_near_misses_find_nothing(name: str, given: dict[str, str]) -> None:
    assert identify(name, **given).id is None


def test_what_is_easily_confused_is_told_apart() -> None:
    by_id = {entry["id"]: entry for entry in ENTRIES}
    for entry in ENTRIES:
        for other in entry.get("not", []):
            assert identify(by_id[other]["zh"], unit=by_id[other]["unit"]).id != entry["id"]


def test_without_one_alias_the_others_never_lead_astray() -> None:
    """Leave one name out: what is then still found is right."""
    words = builtin()
    asked = 0
    for name, number in list(words.names.items())[::7]:
        row = words.rows[number]
        for changed in (f"全市{name}", f"累计{name}", name.replace("知识产权", "知识产权的", 1)):
            found = identify(changed, unit=row.unit).id
            asked += 1
            assert found in (None, row.id), (changed, found)
    assert asked > 900


def test_the_gold_targets_meet_the_vocabulary() -> None:
    """All but four kinds of names of the five plans have an indicator, and those four do not."""
    without = set()
    for plan in NAMES:
        for t in yaml.safe_load((FIXTURES / plan / "expected.yaml").read_text(encoding="utf-8"))["targets"]:
            match = identify(t["indicator"], unit=t["unit"], action=t["action"], basis=t["basis"])
            if match.id is None:
                without.add(key(t["indicator"]))
                assert match.candidates == nearest(t["indicator"])
    assert without == {"领跑者", "攀登者企业", "重点企业", "项目数", "知识产权助力产业强链产才对接活动"}


def test_nearest_candidates_are_near() -> None:
    assert nearest("知识产权质押融资惠企数量")[0][0] == "ip_pledge_financing_enterprises"
    assert nearest("完全无关") == []


def test_the_exact_way_needs_nothing_heavy() -> None:
    code = (
        "import sys\nfrom ipplan.normalize.indicators import identify\n"
        "identify('全市有效发明专利拥有量', unit='件'); identify('重点企业', unit='家').candidates\n"
        "print([m for m in ('rapidfuzz', 'jieba', 'yaml', 'pydantic') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_compiled_vocabulary_is_what_the_sources_say() -> None:
    from ipplan.lexicon import compiled

    for name in ("indicators", "names", "kinds"):
        assert (Path(HERE) / "compiled" / f"{name}.json").read_text(encoding="utf-8") == compiled(name, source(name)), (
            f"run `make lexicon`: {name}"
        )
