"""`ipplan diff`, `ipplan compare` and `ipplan vocab` as people call them: formats, exit codes, bad input, git."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from rich.cells import cell_len

from compare.gold import FIXTURES, NAMES, gold_plan
from ipplan import Plan, PlanDiff
from ipplan.compare.matrix import compare
from ipplan.compare.model import PlanMatrix
from ipplan.compare.render import FORMATS, render
from ipplan.compare.render.data import diff_schema
from ipplan.export import export

ROOT = Path(__file__).parents[2]
IPPLAN = str(Path(sys.executable).with_name("ipplan"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gold plans as YAML and JSON."""
    out = tmp_path_factory.mktemp("plans")
    for name in NAMES:
        (out / f"{name}.yaml").write_text(export([gold_plan(name)], "yaml"), encoding="utf-8")
        (out / f"{name}.json").write_text(export([gold_plan(name)], "json"), encoding="utf-8")
    return out


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    env = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    return subprocess.run([IPPLAN, *map(str, arguments)], capture_output=True, cwd=cwd, env=env, check=False)


def complaint(*arguments: object, cwd: Path | None = None) -> str:
    """The one line of a command that could not run."""
    done = run(*arguments, cwd=cwd)
    assert done.returncode == 2, done
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("ipplan: ")
    return lines[0]


# --- diff --------------------------------------------------------------------------------------------------------------


def test_text_fits_80_columns_and_says_it_with_signs(folder: Path) -> None:
    done = run("diff", folder / "taizhou.yaml", folder / "nantong.yaml")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert any(line.startswith("▼ 知识产权质押融资金") for line in lines)
    assert "\x1b" not in done.stdout.decode()
    assert "§3.2 L18" in done.stdout.decode()


def test_json_is_the_contract(folder: Path) -> None:
    data = json.loads(run("diff", folder / "taizhou.yaml", folder / "nantong.json", "-f", "json").stdout)
    assert data["schema"] == "ipplan-diff/1"
    assert set(data["a"]) == {"name", "title", "region"}
    assert PlanDiff.model_validate(data).mode == "plans"
    row = next(r for r in data["targets"] if r["relation"] == "lower")
    assert row["a"][0]["section"] == "3.2"
    assert row["a"][0]["line"] > 1
    assert (
        yaml.safe_load(run("diff", folder / "taizhou.yaml", folder / "nantong.json", "-f", "yaml").stdout)["mode"]
        == "plans"
    )


def test_the_schema_is_committed() -> None:
    assert (ROOT / "schema" / "diff.schema.json").read_text(encoding="utf-8") == diff_schema(), "run `make schema`"


def test_source_files_and_data_mix(folder: Path) -> None:
    done = run(
        "diff", FIXTURES / "taizhou" / "source.txt", folder / "taizhou.yaml", "--exit-code", "--only", "sections"
    )
    assert done.returncode == 0
    assert "no differences" in done.stdout.decode()


@pytest.mark.parametrize("only", ["targets", "sections", "agencies", "phases", "meta"])
def test_only_one_part(folder: Path, only: str) -> None:
    data = json.loads(
        run("diff", folder / "nantong.yaml", folder / "taixing.yaml", "-f", "json", "--only", only).stdout
    )
    assert [part for part in ("targets", "sections", "agencies", "phases", "meta") if data[part]] == [only]


@pytest.mark.parametrize("only", [["targets,meta"], ["meta", "targets"], ["targets, meta", "targets"]])
def test_only_some_parts(folder: Path, only: list[str]) -> None:
    options = [word for part in only for word in ("--only", part)]
    data = json.loads(
        run("diff", folder / "nantong.yaml", folder / "taixing.yaml", "-f", "json", *options).stdout,
    )
    assert [part for part in ("targets", "sections", "agencies", "phases", "meta") if data[part]] == ["targets", "meta"]


def test_only_an_unknown_part(folder: Path) -> None:
    for only in ("target", "targets,", ""):
        line = complaint("diff", folder / "nantong.yaml", folder / "taixing.yaml", "--only", only)
        assert "--only: expected some of meta, targets, sections, agencies, phases, found " in line


@pytest.mark.parametrize("only", ["targets", "sections", "agencies", "phases"])
def test_the_summary_counts_every_part(folder: Path, only: str) -> None:
    out = run("diff", folder / "nantong.yaml", folder / "taixing.yaml", "--only", only).stdout.decode()
    assert re.search(rf"^compared as two plans; {only}: \d+ ", out, re.M)


def test_exit_code(folder: Path) -> None:
    assert run("diff", folder / "taizhou.yaml", folder / "taizhou.json", "--exit-code").returncode == 0
    assert run("diff", folder / "taizhou.yaml", folder / "nantong.yaml", "--exit-code").returncode == 1
    assert run("diff", folder / "taizhou.yaml", folder / "nantong.yaml").returncode == 0


def test_a_diff_of_data_imports_neither_parser_nor_jieba(folder: Path) -> None:
    code = (
        "import sys\nsys.argv = ['ipplan', 'diff', *sys.argv[1:]]\nfrom ipplan.cli import main\n"
        "try:\n main()\nexcept SystemExit:\n pass\n"
        "print([m for m in sys.modules if m.startswith(('ipplan.parse', 'ipplan.read', 'jieba', 'cn2an'))"
        " and m not in ('ipplan.read', 'ipplan.read.errors')], file=sys.stderr)"
    )
    files = [str(folder / "taizhou.yaml"), str(folder / "nantong.json")]
    done = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def hostile(plan: Plan) -> Plan:
    """A plan whose words want to be a formula, a tag, a table and a terminal command."""
    first = plan.sections[0]
    title = "=HYPERLINK(1)|<script>alert(1)</script>\x1b[31m`x`"
    return plan.model_copy(update={"sections": [first.model_copy(update={"title": title}), *plan.sections[1:]]})


def test_nothing_in_a_plan_runs_in_any_format() -> None:
    from ipplan.compare.diff import diff

    result = diff(hostile(gold_plan("taizhou")), gold_plan("nantong"))
    text = {name: render(result, name) for name in FORMATS if name != "xlsx"}
    assert "\x1b" not in text["text"]
    assert "<script>" not in text["html"]
    assert "<script>" not in text["markdown"].replace("\\<", "")
    assert text["csv"].startswith("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text["csv"].removeprefix("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell and not re.fullmatch(r"-?[\d.]+", cell)]
    assert "'=HYPERLINK" in text["csv"]


def test_html_needs_nothing_from_outside(folder: Path) -> None:
    page = run("diff", folder / "taizhou.yaml", folder / "nantong.yaml", "-f", "html").stdout.decode()

    class Tags(HTMLParser):
        found: list[str] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.found.append(tag)

    Tags().feed(page)
    assert not {"script", "link", "img", "iframe"} & set(Tags.found)
    assert "http" not in page


# --- bad input ---------------------------------------------------------------------------------------------------------

BAD = {
    "not a plan": ("a: 1\n", "the key schema: ipplan/1 is missing"),
    "a list": ("- 1\n", "expected a plan"),
    "newer": ("schema: ipplan/9\n", "is written in ipplan/9; this version reads ipplan/1: update ipplan"),
    "alias bomb": (
        "a: &a [x, x]\nb: &b [*a, *a]\nschema: ipplan/1\nc: [*b, *b]\n",
        "line 1: holds a YAML anchor or alias",
    ),
    "python tag": ("!!python/object/apply:os.system ['true']\n", "line 1"),
    "not yaml": ("a: [\n", "is not YAML"),
    "empty": ("", "is empty"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_data_is_told_in_one_line(folder: Path, tmp_path: Path, what: str) -> None:
    text, told = BAD[what]
    bad = tmp_path / "bad.yaml"
    bad.write_text(text, encoding="utf-8")
    line = complaint("diff", bad, folder / "taizhou.yaml")
    assert told in line
    assert "bad.yaml" in line


def test_a_typo_is_named_with_its_line(folder: Path, tmp_path: Path) -> None:
    text = (folder / "taizhou.yaml").read_text(encoding="utf-8")
    bad = tmp_path / "typo.yaml"
    bad.write_text(text.replace("comparator:", "comparater:", 1), encoding="utf-8")
    number = text.split("comparator:")[0].count("\n") + 1
    line = complaint("diff", folder / "nantong.yaml", bad)
    assert f"line {number}" in line
    assert "comparater" in line
    assert "did you mean comparator?" in line


def test_other_inputs_that_cannot_be(folder: Path, tmp_path: Path) -> None:
    assert "2 plans, 1 given" in complaint("diff", folder / "taizhou.yaml").replace("needs two plans, 1", "2 plans, 1")
    assert "cannot be read" in complaint("diff", folder / "none.yaml", folder / "taizhou.yaml")
    both = tmp_path / "both.yaml"
    both.write_text(export([gold_plan("taizhou"), gold_plan("nantong")], "yaml"), encoding="utf-8")
    assert "holds 2 plans" in complaint("diff", both, folder / "taizhou.yaml")
    assert "is given twice" in complaint("compare", folder / "taizhou.yaml", folder / "taizhou.yaml")


def test_a_plan_without_targets_and_two_files_of_one_name(folder: Path, tmp_path: Path) -> None:
    bare = gold_plan("taizhou").model_copy(update={"sections": []})
    for side in ("x", "y"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "plan.yaml").write_text(export([bare], "yaml"), encoding="utf-8")
    done = run("diff", "x/plan.yaml", "y/plan.yaml", "--exit-code", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "ipplan: x/plan.yaml: states no targets",
        "ipplan: y/plan.yaml: states no targets",
    ]
    assert "(x/plan.yaml)" in done.stdout.decode()
    done = run("compare", "x/plan.yaml", "y/plan.yaml", cwd=tmp_path)
    assert (
        "2 plans are named taizhou.txt; they are shown as x/plan.yaml, y/plan.yaml"
        in done.stderr.decode().splitlines()[0]
    )
    assert done.returncode == 0


# --- compare -----------------------------------------------------------------------------------------------------------


def test_the_matrix_ranks_what_can_be_compared() -> None:
    matrix = compare([gold_plan(name) for name in NAMES])
    PlanMatrix.model_validate_json(matrix.model_dump_json(by_alias=True))
    row = next(r for r in matrix.rows if r.indicator_id == "valid_trademarks")
    assert [c and (c.value, c.rank) for c in row.cells] == [(120000, 1), None, (14600, 3), None, (50000, 2)]
    money = next(r for r in matrix.rows if r.indicator_id == "ip_pledge_financing_amount")
    assert [c and c.rank for c in money.cells] == [1, 2, None, None, None]
    assert money.reasons == ["ranked: 元 level"]
    gaps = {gap.plan: gap.missing for gap in matrix.gaps}
    assert "有效注册商标总量" in gaps["nantong.txt"]
    assert "有效注册商标总量" not in gaps["taizhou.txt"]


def test_names_must_differ() -> None:
    twins = [gold_plan("taizhou"), gold_plan("taizhou")]
    with pytest.raises(ValueError, match="a name of its own"):
        compare(twins, names=["a", "a"])
    assert [side.name for side in compare(twins).plans] == ["taizhou.txt", "taizhou.txt (2)"]
    assert compare([]).rows == []


def test_per_divides_counts_and_money_only(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text('region,population\n泰州市,"4,490,000"\n320600,7740000\n', encoding="utf-8-sig")
    done = run("compare", folder / "taizhou.yaml", folder / "nantong.yaml", "--per", table, "-f", "json")
    data = json.loads(done.stdout)
    rows = {row["indicator_id"]: row["cells"] for row in data["rows"]}
    money = rows["ip_pledge_financing_amount"]
    assert money[0]["per"]["population"] == pytest.approx(15e9 / 4.49e6, 1e-5)
    assert [cell["per_rank"]["population"] for cell in money] == [1, 2]
    assert rows["copyright_share_gdp"][1]["per"] == {}
    assert rows["high_value_invention_patents_per_10k"][1]["per"] == {}
    table.write_text("region,population\n泰州市,many\n", encoding="utf-8")
    assert "line 2: population: expected a number greater than 0, found 'many'" in complaint(
        "compare", folder / "taizhou.yaml", folder / "nantong.yaml", "--per", table
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_per_in_any_encoding(folder: Path, tmp_path: Path, encoding: str) -> None:
    table = tmp_path / "people.csv"
    table.write_bytes("region,人口\r\n泰州市,4490000\r\n320600,7740000\r\n".encode(encoding))
    done = run("compare", folder / "taizhou.yaml", folder / "nantong.yaml", "--per", table)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Per 人口" in done.stdout.decode()


def test_per_without_powers_of_ten(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("region,a,b\n泰州市,4490000000,0.00001\n320600,7740000000,0.00001\n", encoding="utf-8")
    for format in ("table", "csv", "markdown"):
        done = run("compare", folder / "taizhou.yaml", folder / "nantong.yaml", "--per", table, "-f", format)
        assert not re.search(r"[0-9]e[-+][0-9]", done.stdout.decode("utf-8-sig"))
        assert "0.000005122" in done.stdout.decode("utf-8-sig")  # 23000 / 4490000000


def test_per_that_is_no_table(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 9)
    arguments = ("compare", folder / "taizhou.yaml", folder / "nantong.yaml", "--per")
    assert "people.xlsx: is not text" in complaint(*arguments, tmp_path / "people.xlsx")
    assert complaint(*arguments, tmp_path).endswith(": is a folder; name a CSV file")
    assert "cannot be read (No such file" in complaint(*arguments, tmp_path / "none.csv")


def test_one_plan_is_counted_as_one(folder: Path) -> None:
    assert run("compare", folder / "taizhou.yaml").stdout.decode().startswith("1 plan, ")


@pytest.mark.parametrize("format", ["table", "csv", "json", "yaml", "markdown", "html"])
def test_formats_of_the_matrix(folder: Path, format: str) -> None:
    done = run("compare", *(folder / f"{name}.yaml" for name in NAMES), "-f", format)
    assert done.returncode == 0
    assert "知识产权质押融资金额" in done.stdout.decode("utf-8-sig")


def test_the_workbook_has_numbers_and_no_formulas(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    files = [folder / f"{name}.yaml" for name in NAMES]
    for name in ("one.xlsx", "two.xlsx"):
        assert run("compare", *files, "-f", "xlsx", "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>15000000000</v>" in sheet
    assert "<f>" not in sheet


# --- vocab -------------------------------------------------------------------------------------------------------------


def test_vocab() -> None:
    listed = json.loads(run("vocab", "list", "-f", "json").stdout)
    assert len(listed) >= 120
    assert "ip_pledge_financing_amount" in run("vocab", "list", "--theme", "finance").stdout.decode()
    assert (
        json.loads(run("vocab", "show", "万人发明专利拥有量", "-f", "json").stdout)["id"] == "invention_patents_per_10k"
    )
    assert "is not an indicator" in complaint("vocab", "show", "某某")
    assert "--theme: expected one of" in complaint("vocab", "list", "--theme", "x")
    found = json.loads(run("vocab", "match", "马德里体系商标", "-f", "json").stdout)
    assert found["id"] is None
    assert found["candidates"][0]["id"].startswith("madrid_")


def test_vocab_match_without_candidates() -> None:
    done = run("vocab", "match", "xyzzy")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "no indicator is like xyzzy; ipplan vocab list names them all\n"
    assert json.loads(run("vocab", "match", "xyzzy", "-f", "json").stdout)["candidates"] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[vocabulary]\nfile = 'a.yaml'\n", "vocabulary"),
        ("[vocab]\npath = 'a.yaml'\n", "vocab.path"),
        ("vocab = 'a.yaml'\nfile = 'x'\n[parse]\n", "file, parse"),
        ("[vocab]\nfile = 'a.yaml'\nfiles = 'b'\n", "vocab.files"),
    ],
)
def test_project_file_with_unknown_settings(folder: Path, tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "ipplan.toml").write_text(text, encoding="utf-8")
    line = complaint("vocab", "list", cwd=tmp_path)
    assert f"ipplan.toml: {named}: not known; " in line


def test_own_vocabulary_in_diff_and_project(folder: Path, tmp_path: Path) -> None:
    words = "indicators:\n- id: leading_enterprises\n  zh: “领跑者”企业\n  unit: 家\n  aliases: [“领跑者”]\n"
    (tmp_path / "words.yaml").write_text(words, encoding="utf-8")
    arguments = ("diff", folder / "nantong.yaml", folder / "taizhou.yaml", "-f", "json")
    assert "leading_enterprises" in run(*arguments, "--vocab", tmp_path / "words.yaml").stdout.decode()
    (tmp_path / "ipplan.toml").write_text('[vocab]\nfile = "words.yaml"\n', encoding="utf-8")
    (tmp_path / "inner").mkdir()
    assert "leading_enterprises" in run(*arguments, cwd=tmp_path / "inner").stdout.decode()
    (tmp_path / "words.yaml").write_text("indicators: 3\n", encoding="utf-8")
    assert "line 1: indicators: expected a list" in complaint(*arguments, cwd=tmp_path)
    (tmp_path / "ipplan.toml").write_text("[vocab]\nfile = 3\n", encoding="utf-8")
    assert "[vocab]: expected file" in complaint(*arguments, cwd=tmp_path)


# --- git ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a plan and the two lines of configuration from docs/diff.md."""
    documented = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
    lines = re.findall(r"^(echo '\*\.plan\.yaml.*|git config diff\.ipplan.*)$", documented, re.MULTILINE)
    assert len(lines) == 2
    (tmp_path / "t.plan.yaml").write_text(export([gold_plan("taizhou")], "yaml"), encoding="utf-8")
    git(tmp_path, "init", "-q")
    subprocess.run("\n".join(lines), shell=True, cwd=tmp_path, check=True)
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "plan")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    path = f"{Path(IPPLAN).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", "--no-pager", *arguments], cwd=folder, env=env, capture_output=True, check=True
    ).stdout.decode()


def edit(repository: Path, old: str, new: str) -> None:
    path = repository / "t.plan.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_git_shows_what_changed_in_the_plan(repository: Path) -> None:
    assert git(repository, "diff") == ""
    edit(repository, "value: 23000", "value: 25000")
    shown = git(repository, "diff")
    assert "ipplan diff t.plan.yaml" in shown
    assert "▲ 有效发明专利拥有量" in shown
    assert "2.5万件" in shown


def test_git_gets_an_answer_whatever_the_file_holds(repository: Path) -> None:
    edit(repository, "schema: ipplan/1", "schema: ipplan/9")
    shown = git(repository, "diff")
    assert "is written in ipplan/9" in shown
    assert "-schema: ipplan/1\n+schema: ipplan/9" in shown
    (repository / "t.plan.yaml").unlink()
    assert "deleted plan" in git(repository, "diff")


def test_a_change_beside_the_plan_is_named_as_such(repository: Path) -> None:
    edit(repository, "chars: ", "chars: 1")
    shown = git(repository, "diff")
    assert "no differences in what the plan says" in shown
    assert "+  chars: 1" in shown
