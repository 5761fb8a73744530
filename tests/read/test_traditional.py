"""Traditional characters: the same plan, as written in raw text and quotes; without OpenCC a diagnostic says so."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from forms import render
from ipplan import Plan, parse
from ipplan.api import load_source
from support import FIXTURES, codes, core, source_of, walk

opencc = pytest.importorskip("opencc")

FORMS = tuple(render.FORMS)


@cache
def table(way: str) -> dict[int, str]:
    """Character → character for every ideograph of the fixtures, and back."""
    text = "".join(source_of(name).read_text(encoding="utf-8") for name in FIXTURES)
    chars = sorted({char for char in text if char >= "\u3400"})
    forms = opencc.OpenCC("s2t").convert("\n".join(chars)).split("\n")
    pairs = zip(chars, forms, strict=True) if way == "s2t" else zip(forms, chars, strict=True)
    return {ord(a): b for a, b in pairs if a != b}


@cache
def original(name: str) -> str:
    return source_of(name).read_text(encoding="utf-8")


@cache
def traditional(name: str) -> str:
    return original(name).translate(table("s2t"))


@cache
def plan_of(name: str) -> Plan:
    return parse(original(name))


def plain(value: Any) -> Any:
    """A core with every string put back to simplified characters; targets in order again."""
    if isinstance(value, str):
        return value.translate(table("t2s"))
    if isinstance(value, list | tuple):
        items = [plain(item) for item in value]
        return sorted(items, key=repr) if items and all(len(i) == 6 and isinstance(i, list) for i in items) else items
    return value


@pytest.mark.parametrize("name", FIXTURES)
def test_same_tree(name: str) -> None:
    text = traditional(name)
    assert sum(a != b for a, b in zip(text, original(name), strict=True)) > 0.3 * len(text)
    assert plain(core(parse(text))) == plain(core(plan_of(name)))


@pytest.mark.parametrize("name", FIXTURES)
def test_same_facts(name: str) -> None:
    got, want = parse(traditional(name)).meta, plan_of(name).meta
    for field in type(want).model_fields:
        assert plain(repr(getattr(got, field))) == plain(repr(getattr(want, field))), field


@pytest.mark.parametrize("name", FIXTURES)
def test_spans_and_quotes_are_as_written(name: str) -> None:
    text = traditional(name)
    plan, twin = parse(text), plan_of(name)
    assert load_source(text).raw == text
    for section, other in zip(walk(plan.sections), walk(twin.sections), strict=True):
        assert section.span == other.span
        assert section.text == [part.translate(table("s2t")) for part in other.text]
        for target, same in zip(section.targets, other.targets, strict=True):
            assert target.quote == text[slice(*target.span)] == same.quote.translate(table("s2t"))
            assert target.indicator == same.indicator.translate(table("s2t"))
            assert (target.unit, target.action, target.indicator_id) == (same.unit, same.action, same.indicator_id)
        for duty, alike in zip(section.assignments, other.assignments, strict=True):
            assert [a.raw for a in duty.agencies] == [a.raw.translate(table("s2t")) for a in alike.agencies]
            assert [(a.name, a.department) for a in duty.agencies] == [(a.name, a.department) for a in alike.agencies]
    assert [d.code for d in plan.diagnostics if d.code != "IPP004"] == codes(twin)


@pytest.mark.parametrize("form", FORMS)
def test_every_form(form: str) -> None:
    lines = render.lines_of(traditional("taizhou"))
    assert plain(core(parse(render.FORMS[form](lines), name=form))) == plain(core(plan_of("taizhou")))


def test_big5() -> None:
    text = traditional("sucheng")
    data = text.encode("big5hkscs", "replace")
    assert len(list(walk(parse(data, encoding="big5hkscs").sections))) == len(list(walk(plan_of("sucheng").sections)))


def test_title_alone_gives_period_and_region() -> None:
    text = "泰興市“十四五”知識產權發展規劃\n一、總體要求\n推進知識產權強市建設，加強保護，優化服務。\n"
    meta = parse(text).meta
    assert meta.title == "泰興市“十四五”知識產權發展規劃"
    assert meta.region is not None
    assert meta.region.name == "泰兴市"
    assert str(meta.period.end) == "2025-12-31" if meta.period else False


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipplan.read.traditional.available", lambda: False)
    plan = parse(traditional("taizhou"))
    (told,) = [d for d in plan.diagnostics if d.code == "IPP005"]
    assert told.severity == "warning"
    assert "ipplan[traditional]" in told.message
    assert "IPP004" not in codes(plan)


@pytest.mark.parametrize(
    "text",
    [
        "某市知识产权工作方案\n一、总体要求\n推进知识产权强市建设。\n",
        "某市知识产权工作方案\n一、总体要求\n" + "推进知识产权强市建设。" * 60 + "（原文：知識產權）\n",
        "乾隆年间的瞭望塔、著作权、藉此",
    ],
)
def test_simplified_texts_are_left_alone(text: str) -> None:
    assert load_source(text).evened == {}
    assert not {"IPP004", "IPP005"} & set(codes(parse(text)))
