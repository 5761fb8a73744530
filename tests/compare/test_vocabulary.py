"""A user's vocabulary laid over the built-in one, and what is wrong with one in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipplan.normalize.indicators import identify
from ipplan.normalize.vocabulary import VocabularyError, load_vocabulary

GOOD = """\
indicators:
- id: charging_piles
  zh: 公共充电桩
  unit: 个
  aliases: [公共充电设施]
- id: patent_attorneys
  aliases: [专利代理执业人]
"""


def laid(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "words.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_extends_and_overrides(tmp_path: Path) -> None:
    words = load_vocabulary(laid(tmp_path, GOOD + "- id: ip_talent\n  aliases: [高层次人才]\n"))
    assert words.label is not None
    assert words.label.startswith("words.yaml sha256:")
    assert identify("全市公共充电设施数量", unit="个", vocabulary=words).id == "charging_piles"
    assert identify("专利代理执业人", unit="人", vocabulary=words).id == "patent_attorneys"
    assert identify("专利代理师", unit="人", vocabulary=words).id == "patent_attorneys"
    assert identify("高层次人才", unit="人", vocabulary=words).id == "ip_talent"
    assert identify("高层次人才", unit="人").id == "high_level_ip_talent"
    assert words.entry("charging_piles")["aliases"] == ["公共充电设施"]
    assert "专利代理执业人" in words.entry("patent_attorneys")["aliases"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: expected one key, indicators"),
        ("- a\n", "line 1: expected one key, indicators"),
        ("indicators: 3\n", "line 1: indicators: expected a list of entries"),
        ("indicators:\n- x\n", "line 2: expected an entry"),
        ("indicators:\n- zh: 充电桩\n", "line 2: id: is missing"),
        ("indicators:\n- id: Ä\n", "line 2: id: expected small letters"),
        ("indicators:\n- id: a1\n  zh: 充电桩\n", "line 2: unit: a new indicator (a1) needs one"),
        ("indicators:\n- id: a1\n  zh: 桩\n  unit: 个\n  aliasses: [b]\n", "line 5: aliasses: is not a key"),
        ("indicators:\n- id: a1\n  zh: 桩\n  unit: 个\n  aliases: b\n", "line 5: aliases: expected a list of names"),
        ("indicators:\n- id: a1\n  zh: 桩\n  unit: 个\n  theme: x\n", "line 5: theme: expected one of"),
        ("indicators:\n- id: a1\n  zh: [b]\n", "line 3: zh: expected a text"),
        (
            GOOD + "- id: b1\n  zh: 公共充电设施\n  unit: 个\n",
            "line 8: aliases: '公共充电设施' already belongs to charging_piles",
        ),
        (GOOD + "- id: charging_piles\n  unit: 台\n", "line 8: id: 'charging_piles' stands twice"),
        ("a: &a [1]\nindicators: *a\n", "line 1: anchors and aliases are not allowed"),
        ("indicators: [\n", "is not YAML"),
        ("!!python/object/apply:os.system ['true']\n", "expected one key, indicators"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(VocabularyError) as error:
        load_vocabulary(laid(tmp_path, text))
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("words.yaml: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="cannot be read"):
        load_vocabulary(tmp_path / "none.yaml")
