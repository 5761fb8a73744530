"""Every form of a plan gives the same plan: web pages in three layouts, Word with typed and with automatic numbers."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from forms import render
from ipplan import Plan, parse
from ipplan.api import load_source
from support import FIXTURES, core, norm, source_of

FORMS = tuple(render.FORMS)


@cache
def lines(name: str) -> tuple[str, ...]:
    return tuple(render.lines_of(source_of(name).read_text(encoding="utf-8")))


@cache
def rendered(name: str, form: str) -> bytes:
    made: bytes = render.FORMS[form](list(lines(name)))
    return made


@cache
def original(name: str) -> Plan:
    return parse(source_of(name))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FIXTURES)
def test_same_plan(name: str, form: str) -> None:
    assert core(parse(rendered(name, form), name=form)) == core(original(name))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FIXTURES)
def test_same_facts(name: str, form: str) -> None:
    want, got = original(name).meta, parse(rendered(name, form), name=form).meta
    for field in ("title", "doc_number", "recipients", "issued_on", "status", "region", "period", "citations"):
        assert getattr(got, field) == getattr(want, field), field


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FIXTURES)
def test_recall(name: str, form: str) -> None:
    """Every character of the text arrives, in its number, and next to none that is not the plan's."""
    want = Counter(norm("".join(lines(name))))
    got = Counter(norm(load_source(rendered(name, form), name=form).raw))
    assert sum((want & got).values()) >= 0.999 * sum(want.values())
    assert sum((got - want).values()) <= 0.001 * sum(want.values())


@pytest.mark.parametrize("form", FORMS)
def test_spans_index_the_extracted_text(form: str) -> None:
    source = load_source(rendered("sucheng", form), name=form)
    plan = parse(rendered("sucheng", form), name=form)
    assert plan.source.chars == len(source.raw)
    for section in plan.sections[1:]:
        assert section.marker is not None
        assert source.raw[slice(*section.span)].startswith(section.marker)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_left_out_is_reported(form: str) -> None:
    plan = parse(rendered("taizhou", form), name=form)
    told = " ".join(d.message for d in plan.diagnostics if d.code == "IPP106")
    assert ("首页" in told and "主办单位" in told) if form.endswith("html") else ("公报" in told and "footer" in told)


def test_script_writes_every_form(tmp_path: Path) -> None:
    render.main(tmp_path)
    made = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*"))
    assert made == sorted(f"{name}/{form}" for name in FIXTURES for form in FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_name_does_not_matter(form: str) -> None:
    data = rendered("taizhou", form)
    assert core(parse(data, name="plan.txt")) == core(parse(data, name=form))
