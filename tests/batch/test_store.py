"""`ipplan corpus` and `ipplan query`: tables, ready questions, near-duplicates, formats; files in use and files that are none."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipplan import export, parse
from ipplan.batch.answer import table, to_json
from ipplan.batch.near import content_hash, normalised, signature
from ipplan.batch.questions import QUESTIONS
from ipplan.batch.store import describe
from ipplan.batch.tables import TABLES, rows_of
from support import FIXTURES, ROOT, source_of, walk

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixtures, one of them from three sites."""
    out = tmp_path_factory.mktemp("out")
    for name in FIXTURES:
        (out / f"{name}.json").write_text(export([parse(source_of(name))], "json"), encoding="utf-8")
    text = source_of("taizhou").read_text(encoding="utf-8")
    copy = text.replace("（", "(").replace("）", ")").replace("\n", "\r\n\r\n")
    (out / "sites").mkdir()
    (out / "sites/copy.json").write_text(export([parse(copy.encode())], "json"), encoding="utf-8")
    nearly = text.replace("推进", "推动", 3)
    (out / "sites/nearly.yaml").write_text(export([parse(nearly.encode())], "yaml"), encoding="utf-8")
    (out / "report.json").write_text("{}", encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def corpus(outputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ipplan.batch.store import build

    folder = tmp_path_factory.mktemp("corpus")
    plans, failed = build(
        str(outputs), folder / "corpus.duckdb", parquet=folder / "tables", jobs=1, tell=lambda *_: None
    )
    assert (plans, failed) == (len(FIXTURES) + 2, 0)
    return folder / "corpus.duckdb"


@pytest.fixture
def ask(ipplan: Run, corpus: Path) -> Callable[..., list[dict[str, Any]]]:
    def run(*words: str) -> list[dict[str, Any]]:
        ran = ipplan("query", corpus, *words, "-f", "json")
        assert (ran.code, ran.err) == (0, "")
        rows: list[dict[str, Any]] = json.loads(ran.out)
        return rows

    return run


def test_every_row_of_every_plan_is_there(ask: Any) -> None:
    plan = parse(source_of("sucheng"))
    sections = list(walk(plan.sections))
    [row] = ask("SELECT * FROM plans WHERE path = 'sucheng.json'")
    assert (row["title"], row["sha256"], row["chars"]) == (plan.meta.title, plan.source.sha256, plan.source.chars)
    assert row["issuers"] == plan.meta.issuers
    where = f"WHERE plan_id = {row['plan_id']}"
    assert ask(f"SELECT count(*) n FROM sections {where}") == [{"n": len(sections)}]
    targets = [t for s in sections for t in s.targets]
    found = ask(f"SELECT indicator, value, quote, deadline FROM targets {where} ORDER BY seq")
    assert found == [
        {
            "indicator": t.indicator,
            "value": t.value,
            "quote": t.quote,
            "deadline": t.deadline and t.deadline.isoformat(),
        }
        for t in targets
    ]
    agencies = sum(len(a.agencies) for s in sections for a in s.assignments)
    assert ask(f"SELECT count(*) n FROM agencies {where}") == [{"n": agencies}]
    assert ask(f"SELECT count(*) n FROM citations {where}") == [{"n": len(plan.meta.citations)}]
    assert ask(f"SELECT count(*) n FROM diagnostics {where}") == [{"n": len(plan.diagnostics)}]


def test_keys_hold(ask: Any) -> None:
    for name, data in TABLES.items():
        head = [c.name for c in data.columns[: 3 if name == "agencies" else 2 if name != "plans" else 1]]
        assert ask(f"SELECT {', '.join(head)} FROM {name} GROUP BY ALL HAVING count(*) > 1") == []
    assert ask("SELECT * FROM targets ANTI JOIN sections USING (plan_id, section_id)") == []
    assert ask("SELECT * FROM sections s ANTI JOIN sections p ON p.plan_id = s.plan_id AND p.section_id = s.parent_id"
               " WHERE s.parent_id IS NOT NULL") == []  # fmt: skip


def test_one_plan_from_three_sites(ask: Any) -> None:
    rows = ask("SELECT path, near_group, content_hash FROM plans ORDER BY path")
    groups = {row["path"]: row["near_group"] for row in rows}
    hashes = {row["path"]: row["content_hash"] for row in rows}
    three = {"taizhou.json", "sites/copy.json", "sites/nearly.yaml"}
    assert {path for path, group in groups.items() if group is not None} == three
    assert len({groups[path] for path in three}) == 1
    assert hashes["taizhou.json"] == hashes["sites/copy.json"] != hashes["sites/nearly.yaml"]
    assert ask("SELECT count(*) n FROM unique_plans") == [{"n": len(FIXTURES)}]
    assert len(ask("--ask", "near-duplicates")) == 3


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_ready_questions_answer(ask: Any, question: Any) -> None:
    assert len(ask("--ask", question.name)) > 0


def test_lead_load_is_right(ask: Any) -> None:
    rows = {row["agency"]: row for row in ask("--ask", "lead-load")}
    leads = 0
    for name in FIXTURES:
        for s in walk(parse(source_of(name)).sections):
            leads += sum(
                u.department == "市场监督管理局" for a in s.assignments if a.role == "lead" for u in a.agencies
            )
    assert rows["市场监督管理局"]["leads"] == leads


def test_output_formats(ipplan: Run, corpus: Path, tmp_path: Path) -> None:
    sql = "SELECT path, issuers, issued_on, chars / 2 AS half FROM plans ORDER BY path LIMIT 2"
    shown = ipplan("query", corpus, sql).out.splitlines()
    assert shown[0].split() == ["path", "issuers", "issued_on", "half"]
    assert shown[-1] == "(2 rows)"
    rows = list(csv.DictReader(io.StringIO(ipplan("query", "-c", corpus, sql, "-f", "csv").out)))
    assert [row["path"] for row in rows] == sorted(f"{name}.json" for name in FIXTURES)[:2]
    file = tmp_path / "answer.parquet"
    assert ipplan("query", corpus, sql, "-o", file).code == 0
    import pyarrow.parquet as pq

    assert pq.read_table(file).column_names == ["path", "issuers", "issued_on", "half"]
    assert ipplan("query", corpus, "SELECT 1 AS a, 2 AS a", "-f", "json").out == '[\n{"a": 1, "a_2": 2}\n]\n'
    assert ipplan("query", "--ask", "list").out.count("\n") == len(QUESTIONS)


def test_rendering() -> None:
    assert table(["名称", "n"], [["知识产权", 1], ["a", None]]) == (
        "名称      n\n--------  -\n知识产权  1\na\n(2 rows)\n"
    )
    assert to_json(["a", "a"], [[1.0, float("nan")]]) == '[\n{"a": 1, "a_2": null}\n]\n'
    assert to_json(["a"], []) == "[]\n"
    assert "…" in table(["x"], [["长" * 100]])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "give SQL in quotes"),
        (("SELECT 1", "SELECT 2"), "more than one question"),
        (("SELECT 1", "--ask", "lead-load"), "give SQL in quotes, or a ready question"),
        (("--ask", "nope"), "--ask: expected one of biggest-targets"),
        (("SELECT nope FROM plans",), "query: Binder Error"),
        (("SELEKT",), "query: Parser Error"),
        (("DROP TABLE plans",), "read-only"),
        ((".", "SELECT 1"), ".: is a folder, not a corpus; make one with ipplan corpus build . corpus.duckdb"),
        (("--corpus", ".", "SELECT 1"), ".: is a folder, not a corpus"),
        (("nowhere.duckdb", "SELECT 1"), "nowhere.duckdb: does not exist; make it with ipplan corpus build"),
    ],
)
def test_questions_that_cannot_be_asked(ipplan: Run, corpus: Path, words: tuple[str, ...], says: str) -> None:
    ran = ipplan("query", "-c", corpus, *words)
    assert ran.code == 2
    assert says in ran.line


def test_parquet_files_read_as_they_are(corpus: Path) -> None:
    import duckdb
    import pyarrow.parquet as pq

    for name, data in TABLES.items():
        file = corpus.parent / "tables" / f"{name}.parquet"
        assert pq.read_schema(file).names == [c.name for c in data.columns]
        rows = duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchall()
        assert rows[0][0] == pq.read_metadata(file).num_rows


@pytest.mark.usefixtures("inline")
def test_a_batch_in_parquet_is_one_table_and_makes_the_same_corpus(
    ipplan: Run, outputs: Path, corpus: Path, tmp_path: Path
) -> None:
    import duckdb

    ran = ipplan("batch", *map(source_of, FIXTURES), "-o", tmp_path / "out", "-f", "parquet")
    assert ran.code == 0, ran.err
    files = f"{tmp_path}/out/*/*.parquet"
    found = duckdb.sql(f"SELECT title, len(targets) FROM '{files}' ORDER BY chars").fetchall()
    plans = sorted((parse(source_of(name)) for name in FIXTURES), key=lambda p: p.source.chars)
    assert found == [(p.meta.title, sum(len(s.targets) for s in walk(p.sections))) for p in plans]
    values = duckdb.sql(f"SELECT sum(t.value) FROM (SELECT unnest(targets) AS t FROM '{files}')").fetchall()
    assert values[0][0] == pytest.approx(sum(t.value for p in plans for s in walk(p.sections) for t in s.targets))
    assert ipplan("corpus", "build", tmp_path / "out", tmp_path / "c.duckdb").code == 0
    sql = "SELECT title, sha256, content_hash FROM plans ORDER BY sha256"
    mine = ipplan("query", tmp_path / "c.duckdb", sql, "-f", "csv").out.splitlines()
    assert set(mine) <= set(ipplan("query", corpus, sql, "-f", "csv").out.splitlines())


@pytest.mark.slow
def test_build_anew_and_several_processes_give_the_same(
    ipplan: Run, outputs: Path, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ipplan.batch.store._CHUNK", 1)
    for _ in range(2):
        ran = ipplan("corpus", "build", outputs, tmp_path / "c.duckdb", "--jobs", "2")
        assert ran.code == 0, ran.err
    for name in TABLES:
        sql = f"SELECT * FROM {name} ORDER BY ALL"
        assert ipplan("query", tmp_path / "c.duckdb", sql, "-f", "csv").out == (
            ipplan("query", corpus, sql, "-f", "csv").out
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.duckdb"]
    assert ipplan("corpus", "export", tmp_path / "c.duckdb", tmp_path / "t").code == 0
    assert len(list((tmp_path / "t").iterdir())) == len(TABLES)


def test_files_that_are_no_plans_are_named(ipplan: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "good.json").write_text(export([parse("某市知识产权工作方案\n")], "json"), encoding="utf-8")
    (out / "bad.json").write_text('{"schema": "ipplan/1"}', encoding="utf-8")
    (out / "worse.yaml").write_text("a: [", encoding="utf-8")
    (out / "no.parquet").write_bytes(b"PAR1")
    ran = ipplan("corpus", "build", out, tmp_path / "c.duckdb")
    assert ran.code == 1
    assert ran.out == f"1 plan in {tmp_path / 'c.duckdb'}, 3 files are no plans\n"
    assert {line.split(": ")[1] for line in ran.err.splitlines()} == {"bad.json", "worse.yaml", "no.parquet"}


def test_a_corpus_in_use(ipplan: Run, outputs: Path, corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.duckdb"
    file.write_bytes(corpus.read_bytes())
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen([sys.executable, "-c", code, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdin
    assert holder.stdout
    assert holder.stdout.readline() == b"open\n"
    for command in (("query", file, "SELECT 1"), ("corpus", "build", outputs, file)):
        ran = ipplan(*command)
        assert ran.code == 2
        assert ran.line == f"ipplan: {file}: is in use by another program; close it there first"
    holder.stdin.close()
    holder.wait()
    holder.stdout.close()
    assert file.read_bytes() == corpus.read_bytes()
    assert ipplan("query", file, "SELECT 1").code == 0


def test_what_is_no_corpus_is_not_overwritten(ipplan: Run, outputs: Path, tmp_path: Path) -> None:
    import duckdb

    text, other = tmp_path / "notes.duckdb", tmp_path / "other.duckdb"
    text.write_text("precious", encoding="utf-8")
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")
    for file, says in ((text, "is not a DuckDB file"), (other, "is not an ipplan corpus")):
        before = file.read_bytes()
        ran = ipplan("corpus", "build", outputs, file)
        assert ran.code == 2
        assert says in ran.line
        assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("out", "says"), [("nowhere", "is not a folder"), (".", "holds no plans; make some with ipplan batch")]
)
def test_nothing_to_build_from(ipplan: Run, tmp_path: Path, monkeypatch: Any, out: str, says: str) -> None:
    monkeypatch.chdir(tmp_path)
    ran = ipplan("corpus", "build", out, "c.duckdb")
    assert ran.code == 2
    assert says in ran.line


def test_the_documentation_has_every_column(ipplan: Run) -> None:
    text = (ROOT / "docs/corpus.md").read_text(encoding="utf-8")
    assert describe().strip() in text, "run `ipplan corpus schema` and put it into docs/corpus.md"
    assert ipplan("corpus", "schema").out == describe()
    assert all(f"`{question.name}`" in text for question in QUESTIONS)


def test_rows_fit_the_columns() -> None:
    for name, rows in rows_of(parse(source_of("nantong"))).items():
        wanted = {c.name for c in TABLES[name].columns if not c.made_by_corpus}
        assert all(set(row) == wanted for row in rows)


def test_normalised_text() -> None:
    one = parse("某市知识产权工作方案\n一、总体要求\n（一）指导思想。推进２０项建设。\n")
    two = parse("某市知识产权工作方案\r\n\r\n一、总体要求\r\n(一)指导思想。\r\n推进20项建设。\r\n")
    assert content_hash(normalised(one)) == content_hash(normalised(two))
    assert len(signature("短")) == len(signature("长" * 9)) == 128
    assert signature("知识产权强市") == signature("知识产权强市")


@pytest.mark.parametrize(
    ("missing", "arguments", "says"),
    [
        (
            "duckdb",
            ("query", "c.duckdb", "SELECT 1"),
            "a corpus needs DuckDB: pip install 'ipplan[store]' (in a clone: pip install -e '.[store]')",
        ),
        (
            "duckdb",
            ("corpus", "export", "c.duckdb", "t"),
            "a corpus needs DuckDB: pip install 'ipplan[store]' (in a clone: pip install -e '.[store]')",
        ),
        (
            "rensa",
            ("corpus", "build", "o", "c.duckdb"),
            "a corpus needs rensa: pip install 'ipplan[store]' (in a clone: pip install -e '.[store]')",
        ),
        (
            "pyarrow",
            ("batch", ".", "-o", "new", "-f", "parquet"),
            "--format parquet needs PyArrow: pip install 'ipplan[store]' (in a clone: pip install -e '.[store]')",
        ),
    ],
)
def test_an_extra_that_is_missing_is_named(
    ipplan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("o").mkdir()
    Path("o/a.json").touch()
    monkeypatch.setitem(sys.modules, missing, None)
    ran = ipplan(*arguments)
    assert (ran.code, ran.line) == (2, f"ipplan: {says}")
