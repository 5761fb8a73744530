"""The commands: what they print, where they write, how they exit."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ipplan import ReadError, load, parse
from support import ROOT, source_of

Run = Callable[..., Any]
SUCHENG = source_of("sucheng")
TAIZHOU = source_of("taizhou")
GOOD = (
    "某政办发〔2024〕1号\n南京市鼓楼区知识产权工作方案\n一、总体要求\n推进建设。\n南京市鼓楼区人民政府\n2024年5月31日\n"
)


def test_yaml_by_default(ipplan: Run) -> None:
    ran = ipplan("parse", SUCHENG)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("# yaml-language-server: $schema=")
    assert "\r" not in ran.out
    assert yaml.safe_load(ran.out)["schema"] == "ipplan/1"
    assert load(ran.out) == [parse(SUCHENG)]


@pytest.mark.parametrize("format", ["yaml", "json", "jsonl"])
@pytest.mark.parametrize("full", [[], ["--full"]])
def test_several_files(ipplan: Run, format: str, full: list[str]) -> None:
    ran = ipplan("parse", SUCHENG, TAIZHOU, "-f", format, *full)
    assert ran.code == 0
    assert load(ran.out) == [parse(SUCHENG, full=bool(full)), parse(TAIZHOU, full=bool(full))]
    if format == "yaml":
        assert ran.out.count("\n---\n") == 1
    elif format == "json":
        assert isinstance(json.loads(ran.out), list)
    else:
        assert len(ran.out.splitlines()) == 2


def test_one_plan_is_an_object(ipplan: Run) -> None:
    assert json.loads(ipplan("parse", SUCHENG, "-f", "json").out)["schema"] == "ipplan/1"


def test_full(ipplan: Run) -> None:
    assert "doc_number: null" in ipplan("parse", "-", "--full", stdin="一、甲\n推进。".encode()).out
    assert "doc_number" not in ipplan("parse", "-", stdin="一、甲\n推进。".encode()).out
    spans = yaml.safe_load(ipplan("parse", SUCHENG, "--full").out)["spans"]
    assert {s["kind"] for s in spans} >= {"meta", "marker", "title", "text"}


def test_standard_input(ipplan: Run) -> None:
    ran = ipplan("parse", "-", stdin=GOOD.encode("gb18030"))
    assert ran.code == 0
    assert yaml.safe_load(ran.out)["source"]["encoding"] == "gb18030"


def test_encoding(ipplan: Run) -> None:
    ran = ipplan("parse", "-", "--encoding", "gb18030", "-f", "json", stdin=GOOD.encode("gb18030"))
    assert json.loads(ran.out)["meta"]["title"] == "南京市鼓楼区知识产权工作方案"


def test_output(ipplan: Run, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    ran = ipplan("parse", SUCHENG, "-f", "json", "-o", target)
    assert (ran.code, ran.out) == (0, "")
    assert load(target) == [parse(SUCHENG)]
    assert b"\r" not in target.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["plan.json"]
    ipplan("parse", TAIZHOU, "-f", "json", "-o", target)
    assert load(target) == [parse(TAIZHOU)]


def test_output_follows_links_and_keeps_permissions(ipplan: Run, tmp_path: Path) -> None:
    target, link = tmp_path / "plan.json", tmp_path / "link.json"
    target.write_text("{}")
    target.chmod(0o640)
    link.symlink_to(target)
    assert ipplan("parse", SUCHENG, "-f", "json", "-o", link).code == 0
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert load(target) == [parse(SUCHENG)]


@pytest.mark.parametrize("target", ["", "no/such/folder/plan.json", "file/plan.json"])
def test_output_that_cannot_be_written(ipplan: Run, tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_text("kept")
    ran = ipplan("parse", SUCHENG, "-o", tmp_path / target)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith("ipplan: ")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_strict(ipplan: Run) -> None:
    assert ipplan("parse", "-", "--strict", stdin=GOOD.encode()).code == 0
    assert ipplan("parse", "-", "--strict", stdin=GOOD.replace("推进", "（推进").encode()).code == 1
    assert ipplan("parse", "-", stdin=GOOD.replace("推进", "（推进").encode()).code == 0


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_strict_says_why(ipplan: Run, tmp_path: Path, quiet: list[str]) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(GOOD.replace("推进", "（推进"), encoding="utf-8")
    ran = ipplan("parse", SUCHENG, plan, "--strict", *quiet)
    assert ran.code == 1
    assert ran.line.startswith(f"ipplan: {plan}: line 4: IPP201 ")
    assert ipplan("parse", plan, *quiet).err == ""


def test_strict_says_no_more_than_fits(ipplan: Run) -> None:
    ran = ipplan("parse", "-", "--strict", stdin=(GOOD + "加强保护（含专利。\n" * 30).encode())
    lines = ran.err.splitlines()
    assert (ran.code, len(lines)) == (1, 21)
    assert re.fullmatch(r"ipplan: -: … and \d+ more", lines[-1])


def test_the_ending_names_the_format(ipplan: Run, tmp_path: Path) -> None:
    def written(*args: object, name: str) -> str:
        ran = ipplan(*args, "-o", tmp_path / name)
        assert (ran.code, ran.out) == (0, "")
        return (tmp_path / name).read_text(encoding="utf-8", errors="replace")

    plan = [parse(SUCHENG)]
    for name in ("a.yaml", "a.yml", "a.json", "a.jsonl", "a.JSON", "a.txt", "a"):
        text = written("parse", SUCHENG, name=name)
        assert load(text) == plan
        assert text.startswith("{") is ("json" in name.lower())
    assert written("parse", SUCHENG, "-f", "yaml", name="b.json").startswith("# yaml")
    for view in ("targets", "agencies", "timeline"):
        assert written(view, SUCHENG, name="a.csv").startswith("\ufeffplan,")
        assert isinstance(json.loads(written(view, SUCHENG, name="a.json")), list)
        assert written(view, SUCHENG, name="a.yml").startswith("- plan:")
        assert written(view, SUCHENG, name="a.xlsx").startswith("PK")
        assert written(view, SUCHENG, "-f", "table", name="c.csv").startswith("\ufeff") is False
    for command in ("diff", "compare"):
        both = (command, SUCHENG, TAIZHOU)
        assert json.loads(written(*both, name="a.json"))["schema"].startswith("ipplan-")
        assert written(*both, name="a.md").startswith("#")
        assert written(*both, name="a.html").startswith("<!")
        assert "," in written(*both, name="a.csv").splitlines()[0]


def test_summary_only_on_a_terminal(ipplan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ipplan("parse", SUCHENG).err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "1 plan, " in ipplan("parse", SUCHENG).line
    assert ipplan("parse", SUCHENG, "--quiet").err == ""


def test_a_missing_file_among_others(ipplan: Run) -> None:
    ran = ipplan("parse", SUCHENG, "missing.txt", TAIZHOU, "-f", "jsonl")
    assert ran.code == 2
    assert "missing.txt" in ran.line
    assert load(ran.out) == [parse(SUCHENG), parse(TAIZHOU)]


def test_text(ipplan: Run) -> None:
    assert ipplan("text", SUCHENG).out == SUCHENG.read_text(encoding="utf-8")
    assert ipplan("text", "-", stdin=b"\xef\xbb\xbf" + "一、甲\r\n".encode()).out == "一、甲\r\n"


def test_tree(ipplan: Run) -> None:
    out = ipplan("tree", SUCHENG).out
    lines = out.splitlines()
    assert "宿城区政府办" not in lines[0]
    assert "宿城区江苏省知识产权建设示范（县域）工作方案" in lines[0]
    assert any(line.endswith("4  四、重点工作  tasks") for line in lines)
    assert "6 agencies" in out
    assert "2024-03-01 … 2024-06-30" in out
    assert "\x1b" not in out


def test_tree_of_a_written_plan(ipplan: Run, tmp_path: Path) -> None:
    ipplan("parse", SUCHENG, "-o", tmp_path / "plan.yaml")
    assert ipplan("tree", tmp_path / "plan.yaml").out == ipplan("tree", SUCHENG).out


def test_coverage(ipplan: Run) -> None:
    ran = ipplan("coverage", source_of("changzhou-xinbei"))
    assert ran.code == 0
    assert "unaccounted         0    0.00%" in ran.out
    assert "line 4: furniture: ───" in ran.out
    data = json.loads(ipplan("coverage", source_of("changzhou-xinbei"), "--format", "json").out)
    assert sum(k["chars"] for k in data["kinds"].values()) == data["chars"]
    (left,) = data["left_out"]
    assert (left["kind"], left["line"]) == ("furniture", 4)
    assert left["text"] == "─" * 25


def test_a_folder_is_one_line(ipplan: Run, tmp_path: Path) -> None:
    for command in ("parse", "text", "tree", "coverage", "targets"):
        ran = ipplan(command, tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert ran.line == f"ipplan: {tmp_path}: is a folder; name a file, or use a glob such as folder/*.txt"


@pytest.mark.parametrize("format", ["yaml", "json", "jsonl"])
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("ending", ["data", "txt"])
def test_data_is_no_source(ipplan: Run, tmp_path: Path, format: str, count: int, ending: str) -> None:
    data = tmp_path / f"plan.{format if ending == 'data' else ending}"
    ipplan("parse", *[SUCHENG] * count, "-f", format, "-o", data)
    for command in ("parse", "text", "coverage"):
        ran = ipplan(command, data)
        assert (ran.code, ran.out) == (2, "")
        assert ran.line.startswith(f"ipplan: {data}: is data that ipplan wrote, not a plan's text; use it with tree, ")
    assert ipplan("parse", "-", stdin=b"\xef\xbb\xbf" + data.read_bytes()).code == 2
    with pytest.raises(ReadError, match="is data that ipplan wrote"):
        parse(data.read_text(encoding="utf-8"))
    ran = ipplan("targets", data, "-f", "json")
    assert len(json.loads(ran.out)) == count * len(json.loads(ipplan("targets", SUCHENG, "-f", "json").out))
    assert ipplan("tree", data).out == ipplan("tree", SUCHENG).out * count


def test_a_comparison_is_no_source(ipplan: Run, tmp_path: Path) -> None:
    for name in ("diff.json", "diff.yaml"):
        ipplan("diff", SUCHENG, TAIZHOU, "-o", tmp_path / name)
        ran = ipplan("parse", tmp_path / name)
        assert ran.code == 2
        assert ran.line.endswith("is data that ipplan wrote, not a plan's text; give the plan itself")


def test_a_plan_that_names_a_schema_is_a_source(ipplan: Run) -> None:
    for text in ("---\n" + GOOD, "# 标题\n" + GOOD, "schema\n" + GOOD, "{" + GOOD + "schema: ipplan/1\n"):
        assert ipplan("parse", "-", stdin=text.encode()).code == 0


def test_schema(ipplan: Run, tmp_path: Path) -> None:
    ran = ipplan("schema")
    assert json.loads(ran.out)["required"][0] == "schema"
    ipplan("schema", "-o", tmp_path / "s.json")
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == ran.out


def test_explain(ipplan: Run) -> None:
    from ipplan.diagnostics import CODES

    assert [line.split()[0] for line in ipplan("explain").out.splitlines()] == [c.code for c in CODES]
    for code in CODES:
        ran = ipplan("explain", code.code.lower())
        assert ran.code == 0
        assert ran.out.startswith(code.code)
        assert "\nWrong:\n    " in ran.out
        assert "\nRight:\n    " in ran.out


def test_explain_an_unknown_code(ipplan: Run) -> None:
    ran = ipplan("explain", "IPP999")
    assert (ran.code, ran.out) == (2, "")
    assert "IPP999" in ran.line


@pytest.mark.parametrize(
    "args",
    [
        ["parse"],
        ["parse", "-f", "toml", "x"],
        ["parse", "--bogus", "x"],
        ["parse", "x", "--encoding"],
        ["bogus"],
        ["--bogus"],
        ["coverage"],
        ["coverage", "a", "b"],
        ["schema", "x"],
        ["text", "missing.txt"],
        ["tree", "missing.txt"],
        ["coverage", "missing.txt"],
        ["parse", "missing.txt"],
        ["parse", "."],
        ["parse", ""],
        ["parse", "a\x00b"],
    ],
    ids=" ".join,
)
def test_usage_errors_are_one_line(ipplan: Run, args: list[str]) -> None:
    ran = ipplan(*args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith("ipplan: ")


def test_help_names_every_command_with_an_example(ipplan: Run) -> None:
    from ipplan.cli.app import COMMANDS

    top = ipplan("--help")
    assert top.code == 0
    todo = [[name] for name in COMMANDS]
    while todo:
        path = todo.pop()
        assert path[0] in top.out
        ran = ipplan(*path, "--help")
        assert ran.code == 0
        below = re.findall(r"^│ (\w+)  ", ran.out.partition("─ Commands ─")[2], re.M)
        todo += [[*path, name] for name in below]
        assert below or f"Example: ipplan {' '.join(path)}" in ran.out


def test_version(ipplan: Run) -> None:
    import ipplan as package

    assert ipplan("--version").out == f"ipplan {package.__version__}\n"


def test_a_command_that_cannot_be_imported_breaks_no_other(ipplan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ipplan.cli.query", None)
    ran = ipplan("--help")
    assert ran.code == 0
    assert "Not available here" in ran.out
    assert "coverage" in ran.out
    ran = ipplan("query", "corpus", "select 1")
    assert (ran.code, ran.out) == (2, "")
    assert ran.line.startswith("ipplan: query is not available here: import of ipplan.cli.query halted")


def test_internal_error_is_one_line(ipplan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("ipplan.parse")

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of\ntwo lines")

    monkeypatch.setattr(sys.modules["ipplan.parse"], "draft_text", broken)
    monkeypatch.delenv("IPPLAN_DEBUG", raising=False)
    ran = ipplan("parse", SUCHENG)
    assert (ran.code, ran.out) == (2, "")
    assert ran.line == "ipplan: internal error: ZeroDivisionError: of two lines; please report it"
    monkeypatch.setenv("IPPLAN_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["ipplan", "parse", str(SUCHENG)])
    from ipplan.cli import main

    with pytest.raises(ZeroDivisionError):
        main()


def process(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ipplan", *args],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        env={**os.environ, **env},
        check=False,
    )


def test_as_a_process_whatever_the_locale() -> None:
    ran = process("parse", "-", stdin=GOOD.encode(), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "鼓楼区" in ran.stdout.decode("utf-8")
    assert b"\r" not in ran.stdout


def test_as_a_process_missing_file() -> None:
    ran = process("parse", "没有.txt", LC_ALL="C")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert len(ran.stderr.splitlines()) == 1
    assert b"Traceback" not in ran.stderr


def test_a_reader_that_goes_away() -> None:
    command = f"{sys.executable} -m ipplan parse {' '.join([str(SUCHENG)] * 20)} | head -1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert ran.stderr == b""
    assert len(ran.stdout.splitlines()) == 1


def test_start_is_light() -> None:
    code = (
        "import sys, ipplan.cli.app, ipplan.cli.parse, ipplan.api, ipplan.parse\n"
        "heavy = {'jieba', 'cn2an', 'rich', 'yaml', 'lxml', 'pandas'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    subprocess.run(
        [sys.executable, "-c", "import sys, ipplan; assert 'pydantic' not in sys.modules"], check=True, timeout=60
    )
