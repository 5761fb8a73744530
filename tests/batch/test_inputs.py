"""Finding the inputs: folders, files, patterns, lists, ZIP archives; what cannot be an input."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms import render
from ipplan import load, parse
from ipplan.batch.engine import BatchError
from ipplan.batch.globs import compile_glob, fixed_part
from ipplan.batch.inputs import Finder, Found
from ipplan.batch.zips import Reader, members
from support import ROOT, core, source_of

sys.path.insert(0, str(ROOT / "fixtures"))
import render_pdf

Find = Callable[..., dict[str, Found]]
Run = Callable[..., Any]


@pytest.fixture
def find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Find:
    monkeypatch.chdir(tmp_path)

    def run(*sources: str, lists: tuple[str, ...] = ()) -> dict[str, Found]:
        return {found.rel: found for found in Finder("out").find(sources, lists)}

    return run


def write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("某市知识产权工作方案", encoding="utf-8")


def test_a_folder_is_mirrored(find: Find) -> None:
    write("p/a.txt", "p/b/c.md", "p/b/d/e.pdf")
    assert sorted(find("p")) == ["a.txt", "b/c.md", "b/d/e.pdf"]


def test_several_folders_keep_their_names(find: Find) -> None:
    write("p/a.txt", "q/a.txt", "x/y/z.txt")
    assert sorted(find("p", "q")) == ["p/a.txt", "q/a.txt"]
    assert sorted(find("p", "x/y/z.txt")) == ["p/a.txt", "z.txt"]


def test_files_are_mirrored_from_what_they_share(find: Find) -> None:
    write("p/a.txt", "p/q/a.txt", "p/b.txt")
    assert sorted(find("p/a.txt")) == ["a.txt"]
    assert sorted(find("p/a.txt", "p/q/a.txt")) == ["a.txt", "q/a.txt"]
    assert sorted(find("../" + Path.cwd().name + "/p/a.txt")) == ["a.txt"]


def test_patterns(find: Find) -> None:
    write("p/a.txt", "p/b.md", "p/q/c.txt", "p/q/r/d.txt", "p/[x].txt")
    assert sorted(find("p/*.txt")) == ["[x].txt", "a.txt"]
    assert sorted(find("p/**/*.txt")) == ["[x].txt", "a.txt", "q/c.txt", "q/r/d.txt"]
    assert sorted(find("p/*/*.txt")) == ["c.txt"] or sorted(find("p/*/*.txt")) == ["q/c.txt"]
    assert sorted(find("p/[x].txt")) == ["[x].txt"], "a file of that name goes before the pattern"
    assert sorted(find("*.txt")) == []


@pytest.mark.parametrize(
    ("pattern", "hits", "misses"),
    [
        ("*.txt", ["a.txt", ".txt"], ["a/b.txt", "a.txt~"]),
        ("**/*.txt", ["a.txt", "a/b/c.txt"], ["a.md"]),
        ("a/**", ["a/b", "a/b/c"], ["b/a"]),
        ("[ab]?.md", ["ax.md", "b1.md"], ["c1.md", "a.md", "a/x.md"]),
        ("[!a].md", ["b.md"], ["a.md", "/.md"]),
        ("a[.md", ["a[.md"], ["a.md"]),
    ],
)
def test_globs(pattern: str, hits: list[str], misses: list[str]) -> None:
    matches, _ = compile_glob(pattern)
    assert all(matches(name) for name in hits)
    assert not any(matches(name) for name in misses)


def test_fixed_part() -> None:
    assert [fixed_part(p) for p in ("a/b/*.txt", "*.txt", "/x/*", "/*", "a/**/b")] == ["a/b", ".", "/x", "/", "a"]


def test_lists(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    write("l/p/a.txt", "l/p/b.txt", "c.txt", "/tmp/ipplan-list-outside.txt")
    lines = "\ufeffp/a.txt\r\n\r\np\n../c.txt\n/tmp/ipplan-list-outside.txt\nnowhere.txt\n"
    Path("l/all.list").write_text(lines, encoding="utf-8")
    found = find("l/all.list")
    assert sorted(found) == ["../c.txt", "nowhere.txt", "p/a.txt", "p/b.txt", "tmp/ipplan-list-outside.txt"]
    assert "No such file" in (found["nowhere.txt"].error or "")
    assert find("@l/all.list").keys() == found.keys() == find(lists=("l/all.list",)).keys()
    Path("l/plain.txt").write_text("p/a.txt\np/b.txt\n", encoding="utf-8")
    assert sorted(find("l/plain.txt")) == ["p/a.txt", "p/b.txt"], "a text that begins with a path is a list"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"l/p/a.txt\n")))
    assert sorted(find(lists=("-",))) == ["l/p/a.txt"]
    with pytest.raises(BatchError, match=r"missing\.list: the list cannot be read"):
        find(lists=("missing.list",))
    os.unlink("/tmp/ipplan-list-outside.txt")


def test_links_and_loops(find: Find) -> None:
    write("p/q/a.txt", "elsewhere/b.txt")
    Path("p/q/loop").symlink_to("..")
    Path("p/self").symlink_to("self")
    Path("p/again").symlink_to("q")
    Path("p/over").symlink_to(Path("elsewhere").resolve())
    Path("p/file.txt").symlink_to(Path("elsewhere/b.txt").resolve())
    found = find("p")
    assert sorted(found) == ["file.txt", "over/b.txt", "q/a.txt", "self"]
    assert "levels of symbolic links" in (found["self"].error or "")


def test_a_loop_does_not_catch_a_pattern(find: Find) -> None:
    write("p/q/a.txt")
    for name in "xyz":
        Path(f"p/q/{name}").symlink_to("..")
    assert sorted(find("p/**/*.txt")) == ["q/a.txt"]


def test_litter_is_passed_over(find: Find) -> None:
    write("p/a.txt", "p/.hidden.txt", "p/.git/b.txt", "p/Thumbs.db", "p/~$a.docx", "p/__MACOSX/a.txt")
    finder = Finder("out")
    assert [found.rel for found in finder.find(["p"])] == ["a.txt"]
    assert finder.skipped["hidden"] == 5


def test_what_is_no_regular_file(find: Find) -> None:
    write("p/a.txt")
    os.mkfifo("p/pipe.txt")
    Path("p/gone.txt").symlink_to("nowhere")
    found = find("p")
    assert found["pipe.txt"].error == "is not a regular file"
    assert found["gone.txt"].error == "cannot be read (No such file or directory)"
    assert found["a.txt"].error is None
    os.unlink("p/pipe.txt")


def test_an_unreadable_folder_is_named(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    write("p/a.txt", "p/closed/b.txt")
    scandir = os.scandir

    def refuse(path: Any) -> Any:  # root may read anything, so permissions alone prove nothing here
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = find("p")
    assert sorted(found) == ["a.txt", "closed"]
    assert found["closed"].error == "cannot be listed (Permission denied)"
    assert find("p/**/*.txt") == found, "what might match is not passed over in silence"
    assert list(find("p/closed/*.txt")) == ["closed"]


def test_odd_names(find: Find) -> None:
    write("p/new\nline.txt", "p/ .txt")
    raw = os.fsencode("p/") + b"\xff\xfe.txt"
    os.close(os.open(raw, os.O_CREAT | os.O_WRONLY))
    assert sorted(find("p")) == [" .txt", "new\nline.txt", "\udcff\udcfe.txt"]


# --- ZIP archives ----------------------------------------------------------------------------------------------------


def packed(file: str, entries: dict[str, bytes], **options: Any) -> Path:
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return Path(file)


def test_a_zip_is_a_folder(find: Find) -> None:
    packed("p/more.zip", {"a.txt": b"x", "sub/b.txt": b"y", "__MACOSX/._a.txt": b"z", "sub/": b""})
    assert sorted(find("p/more.zip")) == ["a.txt", "sub/b.txt"]
    assert sorted(find("p")) == ["more.zip/a.txt", "more.zip/sub/b.txt"]
    assert Reader().read("p/more.zip", find("p/more.zip")["sub/b.txt"].member or "") == b"y"


def test_zip_faults_cost_their_entry_only(find: Find) -> None:
    with zipfile.ZipFile("x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("good.txt", "某市")
        archive.writestr("inner.zip", b"PK\x03\x04")
        archive.writestr("bomb.txt", bytes(40 * 2**20))
        archive.writestr("large.txt", bytes(65 * 2**20))
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("good.txt", "再来")
    found = find("x.zip")
    assert found["good.txt"].error is None
    assert Reader().read("x.zip", found["good~2.txt"].member or "") == "再来".encode()
    assert {rel: f.error for rel, f in found.items() if f.error} == {
        "inner.zip": "is a ZIP archive inside a ZIP archive; unpack it",
        "bomb.txt": "is packed more than 300 to 1: refused as a ZIP bomb",
        "large.txt": "is larger than 64 MiB",
        "link.txt": "is a link inside a ZIP archive",
    }


def test_a_damaged_zip(find: Find) -> None:
    packed("x.zip", {"a.txt": b"x" * 100})
    Path("cut.zip").write_bytes(Path("x.zip").read_bytes()[:-30])
    assert "damaged ZIP" in (find("cut.zip")["cut.zip"].error or "")
    data = bytearray(Path("x.zip").read_bytes())
    data[38] ^= 0xFF
    Path("bits.zip").write_bytes(bytes(data))
    with pytest.raises(ValueError, match="damaged inside its ZIP"):
        Reader().read("bits.zip", find("bits.zip")["a.txt"].member or "")


def test_an_encrypted_zip_and_one_that_is_all_bomb(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    packed("x.zip", {"a.txt": b"x"})
    data = Path("x.zip").read_bytes()
    at = data.index(b"PK\x01\x02") + 8
    Path("secret.zip").write_bytes(data[:at] + b"\x01" + data[at + 1 :])
    assert "encrypted" in (find("secret.zip")["a.txt"].error or "")
    monkeypatch.setattr("ipplan.batch.zips.MAX_MEMBERS", 0)
    assert "ZIP bomb" in (find("x.zip")["x.zip"].error or "")


def test_names_in_gbk(find: Find) -> None:
    raw = "方案/江阴.txt".encode("gb18030").decode("cp437")
    info = zipfile.ZipInfo("x")
    info.filename = raw
    with zipfile.ZipFile("x.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    entry = zipfile.ZipInfo("a.txt")
    entry.filename, entry.flag_bits = raw, 0
    from ipplan.batch.zips import _name

    assert _name(entry) == "方案/江阴.txt"


@pytest.mark.usefixtures("inline")
def test_zip_slip(find: Find, ipplan: Run, tmp_path: Path) -> None:
    text = "某市知识产权工作方案\n一、总体要求\n推进建设。\n".encode()
    entries = {
        "../../up.txt": text,
        "/abs.txt": text,
        "..\\..\\win.txt": text,
        "C:\\x\\drive.txt": text,
        "a\nb.txt": text,
    }
    packed("deep/er/x.zip", entries)
    before = {path for path in tmp_path.rglob("*") if "out" not in path.parts}
    assert ipplan("batch", "deep/er/x.zip", "-o", "deep/er/out").code == 0
    outputs = {str(p.relative_to("deep/er/out")) for p in Path("deep/er/out").rglob("*.yaml")}
    assert outputs == {"up.yaml", "abs.yaml", "win.yaml", "C_/x/drive.yaml", "a_b.yaml"}
    assert {path for path in tmp_path.rglob("*") if "out" not in path.parts} == before


def test_members_of_what_is_not_there(find: Find) -> None:
    [found] = members("nope.zip", "")
    assert "No such file" in (found.error or "")


def done(out: Path) -> tuple[int, int]:
    """Files that are done, and those of them that an earlier run had done."""
    found = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return found["done"], found["unchanged"]


@pytest.mark.usefixtures("inline")
def test_a_zip_of_every_form_is_a_batch(ipplan: Run, tmp_path: Path) -> None:
    text, out = source_of("taixing").read_text(encoding="utf-8"), tmp_path / "out"
    forms = {name: make(render.lines_of(text)) for name, make in render.FORMS.items()}
    forms |= {"plain.txt": text.encode(), "old.txt": text.encode("gb18030"), "marks.md": text.encode()}
    forms["pages.pdf"] = render_pdf.render(text)
    with zipfile.ZipFile(tmp_path / "forms.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in forms.items():
            archive.writestr(f"泰兴/{name}", data)
    ran = ipplan("batch", tmp_path / "forms.zip", "-o", out, "-f", "json")
    assert (ran.code, done(out)[0]) == (0, len(forms)), ran.err
    formats = set()
    for name, data in forms.items():
        [plan] = load(out / "泰兴" / f"{Path(name).stem}.json")
        assert core(plan) == core(parse(text)), name
        assert plan == parse(data, name=name)
        formats.add(plan.source.format)
    assert formats == {"txt", "md", "html", "docx", "pdf"}
    assert ipplan("batch", tmp_path / "forms.zip", "-o", out, "-f", "json").code == 0
    assert done(out)[1] == len(forms)
