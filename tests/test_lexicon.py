"""The compiled lexicons are those of their sources; words, no patterns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipplan.lexicon import HERE, compiled, load, sources

SOURCES = sources()


@pytest.mark.parametrize("name", SOURCES)
def test_drift(name: str) -> None:
    kept = (Path(HERE) / "compiled" / f"{name}.json").read_text(encoding="utf-8")
    assert kept == compiled(name, SOURCES[name]), "the lexicon has changed: run `make lexicon`"
    assert load(name) is not None


def test_nothing_else_is_compiled() -> None:
    assert {p.stem for p in (Path(HERE) / "compiled").glob("*.json")} == set(SOURCES)


def test_divisions() -> None:
    codes = [row[0] for row in SOURCES["divisions"]]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[1-9][0-9]{5}", code) for code in codes)


@pytest.mark.parametrize("name", ["words"])
def test_words_are_words(name: str) -> None:
    todo = [SOURCES[name]]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            todo += value
        else:
            assert isinstance(value, str)
            assert not re.search(r"\\[dwsb]|\.\*|\[\^|\(\?", value), f"{value} looks like a pattern"
