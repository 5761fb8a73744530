"""The public names."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

import ipplan
from ipplan import ReadError


def test_every_public_name_is_there() -> None:
    for name in ipplan.__all__:
        assert getattr(ipplan, name) is not None
    assert dir(ipplan) == sorted(ipplan.__all__)
    with pytest.raises(AttributeError):
        _ = ipplan.nothing


def test_parse_stays_the_function() -> None:
    """Importing the package ``ipplan.parse`` must not put the module in the function's place."""
    code = (
        "import ipplan\n"
        "assert callable(ipplan.parse) and ipplan.parse('一、甲') == ipplan.parse('一、甲')\n"
        "from ipplan.parse import parse_text\n"
        "import ipplan.export.yaml\n"
        "assert callable(ipplan.parse) and callable(ipplan.export)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    code = "import ipplan.parse, ipplan.export, ipplan\nassert ipplan.export([ipplan.parse('一、甲')])"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_three_ways_in(tmp_path: Path) -> None:
    text = "某市知识产权工作方案\n一、总体要求\n推进建设。\n"
    path = tmp_path / "plan.txt"
    path.write_bytes(text.encode())
    plans = [ipplan.parse(text), ipplan.parse(text.encode()), ipplan.parse(path)]
    assert plans[0].sections == plans[1].sections == plans[2].sections
    assert plans[0].source.sha256 == plans[1].source.sha256 == plans[2].source.sha256
    assert [p.source.name for p in plans] == ["-", "-", "plan.txt"]
    assert [p.source.chars for p in plans] == [len(text)] * 3


@pytest.mark.parametrize("text", ["", " \n", "\u3000"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(ReadError):
        ipplan.parse(text)


def test_unknown_format() -> None:
    with pytest.raises(ValueError, match=r"there is no format 'toml'; formats are yaml, json, jsonl"):
        ipplan.export([ipplan.parse("一、甲")], "toml")


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(on: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def fail(*_: object) -> None:
        seen.append(gc.isenabled())
        raise RuntimeError

    was = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        ipplan.parse("一、任务\n新增专利3件。")
        assert gc.isenabled() is on
        monkeypatch.setattr(sys.modules["ipplan.parse"], "paragraphs", fail)
        with pytest.raises(RuntimeError):
            ipplan.parse("一、任务\n新增专利3件。")
        assert gc.isenabled() is on
        assert seen == [False]
    finally:
        (gc.enable if was else gc.disable)()
