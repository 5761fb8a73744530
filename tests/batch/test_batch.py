"""`ipplan batch` as a command: outputs, failures, exit codes, what it prints."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipplan import load, parse
from ipplan.batch.engine import Setup
from ipplan.batch.progress import Display, line
from ipplan.batch.run import Progress

Run = Callable[..., Any]
Plans = Callable[..., Path]
Tree = Callable[[Path], dict[str, bytes]]


def report(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return found


def test_a_hundred_files_seven_broken_in_seven_ways(ipplan: Run, plans: Plans, tmp_path: Path, wicked: Path) -> None:
    folder, out = plans(93), tmp_path / "out"
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(" \u3000\n".encode())
    with zipfile.ZipFile(whole := io.BytesIO(), "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 50)
        archive.writestr("word/document.xml", "<w/>" * 500)
    (folder / "cut.docx").write_bytes(whole.getvalue()[:900])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    with (folder / "large.txt").open("wb") as large:
        large.truncate(65 * 2**20)
    (folder / "crash.txt").write_text("KILL", encoding="utf-8")
    ran = ipplan("batch", folder, "-o", out)
    assert ran.code == 1
    outputs = sorted(out.rglob("*.yaml"))
    assert len(outputs) == 93
    assert load(outputs[5]) == [parse(folder / f"{outputs[5].stem}.txt")]
    broken = {"empty.txt", "blank.txt", "cut.docx", "broken.pdf", "gone.txt", "large.txt", "crash.txt"}
    said = [row for row in ran.err.splitlines() if row.startswith("ipplan: ")]
    assert {row.split(": ")[1] for row in said} == broken
    assert len(said) == 7
    found = report(out)
    failed = {row["source"]: row["error"] for row in found["results"] if row["status"] == "failed"}
    assert set(failed) == broken
    assert len(set(failed.values())) == 7
    assert "SIGKILL" in failed["crash.txt"]
    assert (found["files"], found["done"], found["failed"]) == (100, 93, 7)
    assert "failed" in ran.out


@pytest.mark.usefixtures("inline")
def test_own_outputs_are_no_inputs(ipplan: Run, plans: Plans, tmp_path: Path) -> None:
    folder, out = plans(1), tmp_path / "out"
    assert ipplan("batch", folder, "-o", out).code == 0
    ran = ipplan("batch", out / "plan000.yaml", out / "report.json", "-o", tmp_path / "again")
    assert ran.code == 1
    failed = {row["source"]: row["error"] for row in report(tmp_path / "again")["results"]}
    assert set(failed) == {"plan000.yaml", "report.json"}
    assert all(error.startswith("is data that ipplan wrote, not a plan's text; ") for error in failed.values())


@pytest.mark.usefixtures("inline")
def test_the_report_counts(ipplan: Run, plans: Plans, tmp_path: Path) -> None:
    folder, out = plans(1), tmp_path / "out"
    assert ipplan("batch", folder, "-o", out, "-f", "json").code == 0
    found = report(out)
    assert found["schema"] == "ipplan-batch/1"
    [row] = found["results"]
    assert (row["source"], row["output"], row["status"], row["unchanged"]) == (
        "plan000.txt",
        "plan000.json",
        "done",
        False,
    )
    assert row["counts"]["targets"] == 1
    assert row["diagnostics"]["codes"]["IPP302"] == 1
    assert row["seconds"] > 0
    assert found["totals"]["targets"] == 1


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("format", ["yaml", "json", "jsonl"])
def test_each_output_is_what_parse_writes(ipplan: Run, plans: Plans, tmp_path: Path, format: str) -> None:
    folder, out = plans(2, "plans/下级"), tmp_path / "out"
    ipplan("batch", folder.parent, "-o", out, "-f", format)
    single = ipplan("parse", folder / "plan001.txt", "-f", format)
    assert (out / "下级" / f"plan001.{format}").read_text(encoding="utf-8") == single.out


@pytest.mark.usefixtures("inline")
def test_full_and_encoding(ipplan: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "a.txt", tmp_path / "out"
    file.write_text("某市知识产权工作方案\n一、总体要求\n推进建设。\n", encoding="gb18030")
    assert ipplan("batch", file, "-o", out, "-f", "json", "--full", "--encoding", "gbk").code == 0
    [plan] = load(out / "a.json")
    assert plan.spans
    assert plan.source.encoding == parse(file, encoding="gbk").source.encoding


VOCABULARY = "indicators:\n- {id: my_thing, zh: 发明专利, unit: 件}\n"


def test_a_vocabulary_of_ones_own(ipplan: Run, plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out, words = plans(1), tmp_path / "out", tmp_path / "mine.yaml"
    words.write_text(VOCABULARY, encoding="utf-8")
    for vocabulary, again in ((None, 0), (words, 0), (words, 1)):
        options = ("--vocab", vocabulary) if vocabulary else ()
        assert ipplan("batch", folder, "-o", out, *options).code == 0
        assert report(out)["unchanged"] == again, "another vocabulary gives other plans"
    label = report(out)["options"]["vocabulary"]
    assert label.startswith("mine.yaml sha256:")
    [plan] = load(out / "plan000.yaml")
    assert plan.source.vocabulary == label
    assert "my_thing" in (out / "plan000.yaml").read_text(encoding="utf-8")
    single = ipplan("parse", folder / "plan000.txt", "--vocab", words)
    assert (out / "plan000.yaml").read_text(encoding="utf-8") == single.out
    (tmp_path / "ipplan.toml").write_text('[vocab]\nfile = "mine.yaml"\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    assert ipplan("batch", folder, "-o", out).code == 0
    assert report(out)["unchanged"] == 1, "the vocabulary of the project file is the same one"
    words.write_text(VOCABULARY + "- {id: my_thing, zh: 又一, unit: 件}\n", encoding="utf-8")
    ran = ipplan("batch", folder, "-o", out)
    assert (ran.code, ran.line) == (2, "ipplan: mine.yaml: line 3: id: 'my_thing' stands twice")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "batch: name the output folder with -o OUT"),
        (("-o", "out"), "batch: name files, folders, patterns or archives"),
        (("nope", "-o", "out"), "nope: does not exist"),
        (("nope/*.txt", "-o", "out"), "matches nothing"),
        (("*.nope", "-o", "out"), "holds no files"),
        ((".", "-o", "out", "--jobs", "many"), "--jobs: expected auto or a number"),
        ((".", "-o", "out", "--memory", "lots"), "--memory: expected a size"),
        ((".", "-o", "out", "--memory", "1M"), "at least 200M"),
        ((".", "-o", "out", "--encoding", "klingon"), "is not the name of an encoding"),
        ((".", "-o", "."), "is the output folder itself"),
        (("plan.txt", "-o", "plan.txt"), "plan.txt: cannot be written"),
        (("memory://x", "-o", "out"), "lives in one process only"),
        ((".", "-o", "out", "--ray-address", "x"), "--ray-address: goes with --engine ray"),
    ],
)
def test_could_not_run(
    ipplan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.txt").write_text("某市知识产权工作方案", encoding="utf-8")
    ran = ipplan("batch", *arguments)
    assert ran.code == 2
    assert says in ran.line


@pytest.mark.usefixtures("inline")
def test_quiet(ipplan: Run, plans: Plans, tmp_path: Path) -> None:
    folder = plans(1)
    (folder / "empty.txt").touch()
    ran = ipplan("batch", folder, "-o", tmp_path / "out", "--quiet")
    assert (ran.code, ran.out, ran.err) == (1, "", "")


def test_plain_lines_where_there_is_no_terminal(ipplan: Run, plans: Plans, tmp_path: Path) -> None:
    ran = ipplan("batch", plans(2), "-o", tmp_path / "out")
    assert ran.line.startswith("2 of 2 files, ")
    assert "\r" not in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.usefixtures("inline")
def test_fail_fast(ipplan: Run, plans: Plans, tmp_path: Path) -> None:
    folder = plans(60)
    (folder / "a.txt").touch()
    ran = ipplan("batch", folder, "-o", tmp_path / "out", "--fail-fast", "--jobs", "1")
    assert ran.code == 1
    found = report(tmp_path / "out")
    assert found["failed"] == 1
    assert found["not_run"] > 0
    assert found["not_run"] + found["done"] + found["failed"] == 61
    assert ipplan("batch", folder, "-o", tmp_path / "out").code == 1
    assert report(tmp_path / "out")["done"] == 60


def test_any_order_and_any_number_of_workers_give_the_same(
    ipplan: Run, plans: Plans, tmp_path: Path, tree: Tree
) -> None:
    folder = plans(30)
    files = sorted(folder.iterdir())
    ipplan("batch", *files, "-o", tmp_path / "one", "--jobs", "1")
    ipplan("batch", *reversed(files), "-o", tmp_path / "two", "--jobs", "2")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    strip = ("seconds",)
    rows = [
        [{k: v for k, v in row.items() if k not in strip} for row in report(tmp_path / name)["results"]]
        for name in ("one", "two")
    ]
    assert rows[0] == rows[1]


@pytest.mark.usefixtures("inline")
def test_nothing_is_written_through_a_link_out_of_out(ipplan: Run, plans: Plans, tmp_path: Path) -> None:
    folder, out, outside = plans(2, "plans/sub"), tmp_path / "out", tmp_path / "outside"
    outside.mkdir()
    out.mkdir()
    (out / "sub").symlink_to(outside)
    ran = ipplan("batch", folder.parent, "-o", out)
    assert ran.code == 1
    assert "is a link" in ran.err
    assert list(outside.iterdir()) == []
    (out / "sub").unlink()
    (out / "sub").mkdir()
    (out / "sub" / "plan000.yaml").symlink_to(outside / "precious")
    assert ipplan("batch", folder.parent, "-o", out).code == 0
    assert list(outside.iterdir()) == []
    assert not (out / "sub" / "plan000.yaml").is_symlink()


@pytest.mark.usefixtures("inline")
def test_an_input_is_never_overwritten(ipplan: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("某市知识产权工作方案\n", encoding="utf-8")
    ran = ipplan("batch", file, "-o", tmp_path)
    assert ran.code == 2 or "would replace it" in ran.err
    assert file.read_text(encoding="utf-8").startswith("某市")


def test_out_inside_the_source_is_not_read(ipplan: Run, plans: Plans) -> None:
    folder = plans(2)
    for _ in range(2):
        assert ipplan("batch", folder, "-o", folder / "out").code == 0
    assert report(folder / "out")["files"] == 2


@pytest.mark.usefixtures("inline")
def test_fsspec_paths(ipplan: Run, plans: Plans, tmp_path: Path, tree: Tree) -> None:
    folder = plans(3, "plans/sub").parent
    ipplan("batch", folder, "-o", tmp_path / "plain")
    for _ in range(2):
        ran = ipplan("batch", f"file://{folder}", "-o", f"file://{tmp_path}/remote")
        assert ran.code == 0, ran.err
    assert tree(tmp_path / "plain") == tree(tmp_path / "remote")
    assert report(tmp_path / "remote")["unchanged"] == 3
    globbed = ipplan("batch", f"file://{folder}/**/plan000.txt", "-o", f"file://{tmp_path}/some")
    assert globbed.code == 0
    assert list(tree(tmp_path / "some")) == ["sub/plan000.yaml"]


# --- the display -----------------------------------------------------------------------------------------------------


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal() -> None:
    stream = _Terminal()
    display = Display(stream)
    progress = Progress(total=4, work=4, start=0.0)
    display(progress, None)
    display._last = -1e9
    progress.done = 2
    display(progress, ("a\nb.txt", "is empty"))
    display.close()
    text = stream.getvalue()
    assert "[############............]" in text
    assert "a\\x0ab.txt: is empty" in text
    assert text.endswith("\r\x1b[2K")


def test_only_the_first_failures_are_named() -> None:
    stream = io.StringIO()
    display = Display(stream)
    for i in range(100):
        display(Progress(total=100, failed=i + 1), (f"{i}.txt", "is empty"))
    assert stream.getvalue().count("is empty") == 20
    assert "further failures are in report.json" in stream.getvalue()


def test_the_line() -> None:
    progress = Progress(total=1000, done=50, same=500, failed=2, work=500, start=100.0)
    assert line(progress, 101.0) == "552 of 1000 files, 52/s, 9 s left, 2 failed"
    assert line(Progress(total=3, same=3, start=0.0), 1.0) == "3 of 3 files, 0 failed"
    assert "h" in line(Progress(total=10**7, done=10, work=10**7, start=0.0), 1.0)


def test_a_setup_is_plain_data() -> None:
    assert Setup("out", "json", True, "gbk").key() == "json full gbk"
    assert os.path.basename(Setup("out").out) == "out"
