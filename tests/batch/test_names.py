"""Names of outputs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan.batch.catalog import Catalog
from ipplan.batch.inputs import Found
from ipplan.batch.names import digest, key, safe_part, shown, split_name

Name = Callable[..., dict[str, str]]


@pytest.fixture
def name(tmp_path: Path) -> Name:
    """The outputs of inputs: ``name("a.txt", "a.docx")``."""

    def outputs(*rels: str, format: str = "yaml") -> dict[str, str]:
        catalog = Catalog(tmp_path / f"{digest(repr(rels))}.sqlite")
        catalog.add([Found(rel, f"/x/{i}/{rel}") for i, rel in enumerate(rels)], format)
        found = {row[3]: row[4] for row in catalog.pending()}
        catalog.close()
        return found

    return outputs


def test_a_stem_of_its_own(name: Name) -> None:
    assert name("a.txt", "b/a.docx", "v1.0版", "x.tar.gz") == {
        "a.txt": "a.yaml",
        "b/a.docx": "b/a.yaml",
        "v1.0版": "v1.0版.yaml",
        "x.tar.gz": "x.tar.yaml",
    }


def test_a_shared_stem_keeps_the_ending(name: Name) -> None:
    assert name("a.txt", "a.docx", "b.txt") == {"a.txt": "a.txt.yaml", "a.docx": "a.docx.yaml", "b.txt": "b.yaml"}


def test_names_that_differ_in_case_or_composition_are_one_on_some_disks(name: Name) -> None:
    found = name("Plan.txt", "plan.TXT", "caf\u00e9.txt", "cafe\u0301.txt")
    assert len({key(out) for out in found.values()}) == 4


def test_a_kept_ending_may_meet_another_stem(name: Name) -> None:
    found = name("a.txt", "a.docx", "a.txt.md")
    assert found["a.docx"] == "a.docx.yaml"
    assert len(set(found.values())) == 3


def test_an_output_never_is_a_folder_or_the_report(name: Name) -> None:
    found = name("x.txt", "x.yaml/b.txt", "report.txt", "report.json/c.txt", format="yaml")
    assert found["x.txt"] == "x.txt.yaml"
    assert name("report.txt", format="json") == {"report.txt": "report.txt.json"}
    assert found["report.json/c.txt"] == "report.json_/c.yaml"


def test_the_same_name_from_two_folders(name: Name) -> None:
    catalog_rels = ("p/a.txt", "p/a.txt", "p/a.txt")
    assert len(set(catalog_rels)) == 1
    found = name(*catalog_rels)
    assert set(found) == {"p/a.txt"}


@pytest.mark.parametrize(
    ("rel", "out"),
    [
        ("../../etc/passwd.txt", "etc/passwd"),
        ("/etc/passwd.txt", "etc/passwd"),
        ("..\\..\\windows\\x.txt", "windows/x"),
        ("a/./b/../c.txt", "a/b/c"),
        ("new\nline.txt", "new_line"),
        ("bell\x07.txt", "bell_"),
        ("con.txt", "_con"),
        ("C:x.txt", "x"),
        (".ipplan/manifest.txt", "_ipplan/manifest"),
        ("..", "_"),
        ("", "_"),
        ("dot./x .txt", "dot_/x_"),
        ("\udcff\udcfe.txt", "__"),
        ("a\u202etxt.exe", "a_txt"),
        ("关于印发　方案.txt", "关于印发　方案"),
    ],
)
def test_safe(rel: str, out: str) -> None:
    assert split_name(rel)[0] == out


def test_long_names_are_cut_and_stay_apart() -> None:
    one, two = "知" * 84 + "甲.txt", "知" * 84 + "乙.txt"
    outs = [split_name(rel)[0] for rel in (one, two)]
    assert outs[0] != outs[1]
    assert all(len(f"{out}.txt.parquet".encode()) < 255 for out in outs)


@given(st.text(max_size=60))
def test_always_inside(rel: str) -> None:
    for out in split_name(rel):
        parts = out.split("/")
        assert not os.path.isabs(out)
        assert all(part not in ("", ".", "..") and "\x00" not in part and "\n" not in part for part in parts)
        assert all(safe_part(part) == part or len(part.encode()) > 200 for part in parts)


@given(st.text(max_size=30))
def test_shown_is_one_line(text: str) -> None:
    assert len(shown(text).splitlines()) <= 1
    assert shown(text).isprintable() or "\u3000" in text
