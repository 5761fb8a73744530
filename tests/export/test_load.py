"""What is no plan is one clear line: file, line, key, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipplan import PlanError, ReadError, load

GOOD = """\
schema: ipplan/1
source:
  name: plan.txt
  format: txt
  sha256: abc
  chars: 10
meta:
  title: 某市方案
  issued_on: 2024-05-31
sections:
- id: '1'
  marker: 一、
  level: 1
  targets:
  - indicator: 专利
    value: 5
    unit: 件
    quote: 专利5件
    span: [0, 4]
    line: 1
  span: [0, 9]
  line: 1
"""


def refused(text: str) -> str:
    with pytest.raises(PlanError) as error:
        load(text, name="plan.yaml")
    message = str(error.value)
    assert "\n" not in message
    assert message.startswith("plan.yaml: ")
    return message


def test_good() -> None:
    (plan,) = load(GOOD)
    assert plan.sections[0].targets[0].value == 5
    assert load(GOOD + "---\n" + GOOD) == [plan, plan]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value: 5", "value: viele", "line 16: sections[0].targets[0].value: expected"),
        ("    value: 5\n", "", "line 15: sections[0].targets[0].value: is missing"),
        ("2024-05-31", "2024-13-45", "line 9: meta.issued_on: expected a date such as 2025-12-31, found '2024-13-45'"),
        ("2024-05-31", "bald", "line 9: meta.issued_on: expected a date"),
        ("titel", "titel", ""),
        ("title:", "titel:", "line 8: meta.titel: is not a key of ipplan/1; did you mean title?"),
        ("title: 某市方案", "title: [1]", "line 8: meta.title: expected a text"),
        ("title: 某市方案", "title: 2024", "line 8: meta.title: expected a text, found '2024'"),
        ("span: [0, 9]", "span: [0]", "line 21: sections[0].span"),
        ("span: [0, 9]", "span: 9", "line 21: sections[0].span: expected a pair of numbers"),
        ("span: [0, 9]", "span: [0, 9, 12]", "line 21: sections[0].span"),
        ("level: 1", "level: eins", "line 13: sections[0].level: expected a whole number"),
        ("  marker: 一、", "  role: boss", "line 12: sections[0].role: expected 'preamble'"),
        ("  marker: 一、", "  children: 5", "line 12: sections[0].children: expected a list"),
        ("meta:\n", "metta:\n", "line 1: meta: is missing (and 1 more)"),
        ("schema: ipplan/1", "schema: ipplan/2", "line 1: schema: is written in ipplan/2; this version reads ipplan/1"),
        ("schema: ipplan/1", "schema: ipplan-diff/1", "line 1: schema: expected ipplan/1, found 'ipplan-diff/1'"),
        ("schema: ipplan/1\n", "", "is not a plan: the key schema: ipplan/1 is missing"),
        ("  chars: 10", "  chars: 10\n  chars: 11", "line 7: the key 'chars' stands twice"),
        ("meta:\n", "meta: &m\n", "line 7: holds a YAML anchor or alias"),
        ("title: 某市方案", "title: !!python/object/apply:os.system [ls]", "line 8: is not YAML"),
        ("title: 某市方案", "title: a: b", "line 8: is not YAML"),
        ("title: 某市方案", "title: \x00", "is not YAML"),
    ],
)
def test_messages(old: str, new: str, message: str) -> None:
    if not message:
        return
    assert old in GOOD
    assert message in refused(GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("plain words", "expected a plan: a mapping"),
        ("- 1\n- 2\n", "expected a plan"),
        ("[1, 2]", "expected a plan"),
        ("{}", "the key schema: ipplan/1 is missing"),
        ('{"schema": "ipplan/1",\n "source": 1}', "line 2: source: expected a mapping"),
        ('{"schema": "ipplan/1",\n "source"', "line 2: is not JSON"),
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ('{"schema": "ipplan/1"}\n{"schema": 3}\n', "line 1: source: is missing"),
        ('{"schema": "ipplan/3"}\n{"x": }\n', "line 1: schema: is written in ipplan/3"),
        ("a: &x [1]\nb: [*x, *x]\n", "line 1: holds a YAML anchor"),
        ("a: *x\n", "holds a YAML anchor or alias"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
        ("- " * 100_000, "nested too deep"),
        ("%YAML 9.9\n---\na: 1\n", "is not YAML"),
        ("? [a, b]\n: 1\n", "is not"),
        ("a: 9" + "9" * 6000, ""),
    ],
)
def test_no_plan(text: str, message: str) -> None:
    assert message in refused(text)


def test_alias_bomb() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "anchor" in refused(bomb)


def test_files(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        load(tmp_path / "missing.yaml")
    with pytest.raises(ReadError):
        load(tmp_path)
    (tmp_path / "a.yaml").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(PlanError, match="is not UTF-8"):
        load(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    assert load(tmp_path / "b.yaml") == load(GOOD)
