"""Patterns that are compiled late: they behave like compiled ones, and every one of the package compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import ipplan
from ipplan.patterns import _Late, pattern

MODULES = [m.name for m in pkgutil.walk_packages(ipplan.__path__, "ipplan.") if not m.name.endswith("__main__")]


def test_behaves_like_a_compiled_pattern():
    late = pattern("(?P<a>x)(y)?", re.I)
    assert late.pattern == "(?P<a>x)(y)?"
    assert late.fullmatch("XY")[2] == "Y"
    assert late.sub("-", "axa") == "a-a"
    assert (late.groups, late.groupindex) == (2, {"a": 1})
    assert late.search("..x", 2).start() == 2


def test_is_compiled_at_its_first_use():
    late = pattern("(")
    with pytest.raises(re.error):
        late.search("x")


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_compiles(name):
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        pytest.skip(f"an optional library is not installed: {error.name}")
    for value in vars(module).values():
        if isinstance(value, _Late):
            re.compile(value.pattern, value.flags)


def test_the_import_of_the_parser_compiles_nothing():
    folder = Path(ipplan.__file__).parent
    for name in ("text.py", "lexicon", "normalize", "parse", "read"):
        for path in [folder / name] if name.endswith(".py") else sorted((folder / name).rglob("*.py")):
            assert not re.search(r"^\w.*\bre\.compile\(", path.read_text(encoding="utf-8"), re.M), path
