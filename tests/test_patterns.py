"""Patterns that are compiled late: they behave like compiled ones, and every one of the package compiles."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ipplan
from ipplan.patterns import _Late, pattern
from support import source_of

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


def test_nothing_is_compiled_for_a_text_without_the_words_needed():
    late = pattern("(", needs=("甲", "乙"))
    assert (late.search("丙"), late.match("丙"), late.fullmatch("丙", 0)) == (None, None, None)
    assert list(late.finditer("丙")) == []
    with pytest.raises(re.error):
        late.search("丙乙")


def test_words_needed_change_no_answer():
    late = pattern("[甲乙]+", needs=("甲", "乙"))
    assert late.search("丙") is None
    assert late.search("丙甲乙")[0] == "甲乙"
    assert late.findall("丙甲丁乙") == ["甲", "乙"]
    late = pattern("[甲乙]+", needs=("甲", "乙"))
    assert [late.search("丙") for _ in range(1000)] == [None] * 1000


def _holds(parsed: Any, words: tuple[str, ...]) -> bool:
    """Whether whatever a parsed pattern matches holds one of the words."""
    run = ""
    for kind, value in parsed:
        again = str(kind) == "MAX_REPEAT" and str(value[2][0][0]) == "LITERAL"
        run = run + chr(value) if str(kind) == "LITERAL" else run + chr(value[2][0][1]) * value[0] if again else ""
        if any(word in run for word in words):
            return True
        match str(kind):
            case "IN":
                held = all(str(k) == "LITERAL" and chr(v) in words for k, v in value)
            case "BRANCH":
                held = all(_holds(branch, words) for branch in value[1])
            case "SUBPATTERN":
                held = _holds(value[3], words)
            case "MAX_REPEAT" | "MIN_REPEAT":
                held = value[0] > 0 and _holds(value[2], words)
            case "ASSERT":
                held = _holds(value[1], words)
            case _:
                held = False
        if held:
            return True
        if again and value[0] != value[1]:
            run = ""
    return False


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_compiles_and_needs_the_words_it_names(name):
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        pytest.skip(f"an optional library is not installed: {error.name}")
    for key, value in vars(module).items():
        if isinstance(value, _Late):
            re.compile(value.pattern, value.flags)
            if value.needs:
                assert _holds(re._parser.parse(value.pattern, value.flags), value.needs), key


def test_the_import_of_the_parser_compiles_nothing():
    folder = Path(ipplan.__file__).parent
    for name in ("text.py", "lexicon", "normalize", "parse", "read"):
        for path in [folder / name] if name.endswith(".py") else sorted((folder / name).rglob("*.py")):
            assert not re.search(r"^\w.*\bre\.compile\(", path.read_text(encoding="utf-8"), re.M), path


def test_a_plain_parse_imports_little():
    code = (
        "import sys; sys.argv = ['ipplan', 'parse', sys.argv[1], '-f', sys.argv[2]]\n"
        "from ipplan.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted(sys.modules), file=sys.stderr)"
    )
    for format in ("yaml", "json", "jsonl"):
        ran = subprocess.run(
            [sys.executable, "-c", code, str(source_of("taizhou")), format], capture_output=True, check=True
        )
        heavy = {"typer", "pydantic", "pydantic_core", "yaml", "rich", "jieba", "cn2an", "regex", "lxml", "dataclasses", "inspect", "pathlib"}  # fmt: skip
        assert heavy.isdisjoint(ran.stderr.decode().split())
