"""YAML and JSON of drafts: the short way writes what PyYAML and pydantic write, or leaves it to them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipplan
from ipplan.api import load_source
from ipplan.draft import as_data
from ipplan.export import export
from ipplan.export.blocks import NotPlainError, blocks
from ipplan.export.json import _written
from ipplan.export.yaml import with_pyyaml
from ipplan.parse import draft_text
from ipplan.records import fields
from support import FIXTURES, source_of

PLAIN = (
    "方案", "（一）", "1.", "1.1", "1.1.2", "1.1~2", "0", "12", "一、总体: 要求", "要求：#", "要求 #", "- 项", "-项", "? 问", "?问", ": 冒",
    ":冒", "末:", "末 ", " 首", "'引'", "\"引\"", "{", "a, b", "[x]", "@x", "`x", "%x", "&x", "*x", "!x", "|x", ">x", "=x", "~x",
    "---", "--- x", "...", "plan-2024.txt", "3e5ab1c", "0f11", "诸、《》\u3000·", "a\u00a0b", "两\n行", "两\n\n行's", "x: y\nz",
)  # fmt: skip
ODD = ("", "\t", "a\tb", "🙂", "\ufeff", "\u2028", "yes", "Null", "~", "<<", "=", "2024-05-01", "1:30", "12-3", "08", "0x1f", "1e5",
       ".5", "-1", "行\n 行", "行 \n行", "\n行", "行\n", "\ue000", "\x7f", "\x85")  # fmt: skip


def both(text: str) -> tuple[str, str]:
    data: dict[str, Any] = {"id": text, "text": [text], "children": [{"id": text, "phase": {"name": text}}]}
    return blocks(data, False), with_pyyaml(data, False)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_texts_are_written_as_pyyaml_writes_them(text: str) -> None:
    ours, theirs = both(text)
    assert ours == theirs


@pytest.mark.parametrize("text", ODD)
def test_other_texts_are_left_to_pyyaml(text: str) -> None:
    with pytest.raises(NotPlainError):
        both(text)


_PIECES = st.sampled_from(
    [*PLAIN, *ODD, *"：:#-'\"\\,[]{}&*!|>%@`~?.=<+_ \n\t0123456789aefxny年、\u3000\r\u200b\ud800"]
)


@given(st.one_of(st.lists(_PIECES, max_size=6).map("".join), st.text(max_size=8)))
def test_whatever_is_not_left_is_written_alike(text: str) -> None:
    try:
        ours, theirs = both(text)
    except (NotPlainError, UnicodeEncodeError):
        return
    assert ours == theirs


@pytest.mark.parametrize("full", [False, True])
def test_absent_values(full: bool) -> None:
    data: dict[str, Any] = {
        "meta": {"period": {"start": None}, "issuers": []},
        "sections": [{"phase": None}, {"targets": [{"span": (1, 2), "value": 0.5}, {"span": None, "value": 7}]}],
    }
    assert blocks(data, full) == with_pyyaml(data, full)


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("full", [False, True])
def test_drafts_are_written_like_their_models(name: str, full: bool) -> None:
    path = source_of(name)
    draft = draft_text(load_source(path), full=full)
    plan = ipplan.parse(path, full=full)
    data = as_data(draft)
    assert data == plan.model_dump(by_alias=True)
    assert list(data) == list(plan.model_dump(by_alias=True))
    for format in ("yaml", "json", "jsonl"):
        assert export([draft], format, full=full) == export([plan], format, full=full)
        assert export([draft, draft], format, full=full) == export([plan, plan], format, full=full)
    given = data if full else {key: value for key, value in data.items() if key != "spans"}
    assert blocks(given, full) == with_pyyaml(given, full)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(_TEXT, st.floats(allow_nan=False, allow_infinity=False))
def test_json_is_written_as_pydantic_writes_it(text: str, value: float) -> None:
    from pydantic_core import to_json

    data = {"text": [text], "value": value, "empty": [], "none": None, "span": (1, 2), "nested": [{"a": [text]}]}
    assert _written(data, "\n") == to_json(data, indent=2).decode()
    assert _written(data, None) == to_json(data).decode()


def test_a_draft_has_the_names_and_the_order_of_its_model() -> None:
    from ipplan import draft, model

    models = {name for name, form in vars(model).items() if isinstance(form, type) and issubclass(form, model.Frozen)}
    for name in models - {"Frozen"}:
        assert fields(getattr(draft, name)) == tuple(getattr(model, name).model_fields), name
